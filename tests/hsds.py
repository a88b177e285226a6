"""What HSDS 3.0 wants of a tabular data package, restated for the tests, and a check of a package against it.

The standard's own files are not in this repository; docs/hsds.md says how a package is validated against them. Each
table: its file, its columns in the standard's order (`!` required, `=` unique, `:` and a type or format that is not
plain text), and the columns that hold an id of another table.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

TABLES: dict[str, tuple[str, str, dict[str, str]]] = {
    "organization": (
        "organizations.csv",
        "id!=:uuid name! alternate_name description! email:email website:uri tax_status tax_id"
        " year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid",
        {},
    ),
    "program": (
        "programs.csv",
        "id!=:uuid organization_id!=:uuid name! alternate_name description!",
        {"organization_id": "organization"},
    ),
    "service": (
        "services.csv",
        "id!=:uuid organization_id!:uuid program_id:uuid name! alternate_name description url:uri email:email status!"
        " interpretation_services application_process fees_description wait_time fees accreditations"
        " eligibility_description minimum_age:number maximum_age:number assured_date:date assurer_email:email licenses"
        " alert last_modified:datetime",
        {"organization_id": "organization", "program_id": "program"},
    ),
    "attribute": (
        "attributes.csv",
        "id!=:uuid link_id!:uuid taxonomy_term_id!:uuid link_type link_entity! value",
        {"taxonomy_term_id": "taxonomy_term"},
    ),
    "funding": (
        "funding.csv",
        "id!=:uuid organization_id:uuid service_id:uuid source",
        {"organization_id": "organization", "service_id": "service"},
    ),
    "taxonomy_term": (
        "taxonomy_terms.csv",
        "id!=:uuid code= name! description! parent_id:uuid taxonomy language taxonomy_id:uuid term_uri:uri",
        {"taxonomy_id": "taxonomy"},
    ),
    "taxonomy": ("taxonomies.csv", "id!=:uuid name! description! uri:uri version", {}),
}
STATUS = ("active", "inactive", "defunct", "temporarily closed")

_COLUMN = re.compile(r"(\w+)(!?)(=?)(?::(\w+))?")
FORMATS = ("uuid", "uri", "email")


@dataclass
class Package:
    """A package as it lies there: what a test changes in `rows` and `descriptor` is what is checked."""

    folder: Path

    @cached_property
    def descriptor(self) -> Any:
        return json.loads((self.folder / "datapackage.json").read_bytes())

    @cached_property
    def rows(self) -> dict[str, list[dict[str, str]]]:
        return {name: list(csv.DictReader(self._lines(file), strict=True)) for name, (file, *_) in TABLES.items()}

    def header(self, name: str) -> list[str]:
        """The columns of a file; of a table with rows, those its rows have."""
        rows = self.rows[name]
        return list(rows[0]) if rows else next(csv.reader(self._lines(TABLES[name][0])))

    def _lines(self, file: str) -> io.StringIO:
        return io.StringIO((self.folder / file).read_bytes().decode("utf-8"), newline="")


def columns(name: str) -> Iterator[tuple[str, bool, bool, str]]:
    """(name, required, unique, type or format) of each column of a table."""
    for word in TABLES[name][1].split():
        found = _COLUMN.fullmatch(word)
        assert found, word
        yield found[1], bool(found[2]), bool(found[3]), found[4] or "string"


def faults(package: Package) -> list[str]:
    """Everything in which a package is not as the standard wants it."""
    return [*_of_descriptor(package), *(fault for name in TABLES for fault in _of_table(package, name))]


def _of_descriptor(package: Package) -> Iterator[str]:
    found = {resource["name"]: resource for resource in package.descriptor["resources"]}
    if package.descriptor["profile"] != "tabular-data-package" or list(found) != list(TABLES):
        yield "datapackage.json: not a tabular data package of these tables"
        return
    for name, resource in found.items():
        file, _, links = TABLES[name]
        wanted = [
            {
                "name": column,
                "type": "string" if kind in FORMATS else kind,
                **({"format": kind} if kind in FORMATS else {}),
                "constraints": {
                    "required": required,
                    "unique": unique,
                    **({"enum": list(STATUS)} if (name, column) == ("service", "status") else {}),
                },
            }
            for column, required, unique, kind in columns(name)
        ]
        keys = [{"fields": one, "reference": {"resource": other, "fields": "id"}} for one, other in links.items()]
        schema = resource["schema"]
        if resource["path"] != file or resource["profile"] != "tabular-data-resource":
            yield f"datapackage.json: {name}: path or profile"
        if (schema["fields"], schema["primaryKey"], schema.get("foreignKeys", [])) != (wanted, "id", keys):
            yield f"datapackage.json: {name}: schema"


def _of_table(package: Package, name: str) -> Iterator[str]:
    rows, wanted = package.rows[name], list(columns(name))
    if package.header(name) != [column for column, *_ in wanted]:
        yield f"{name}: columns"
        return
    for column, required, unique, kind in wanted:
        cells = [row[column] for row in rows]
        given = [cell for cell in cells if cell]
        if required and len(given) < len(cells):
            yield f"{name}.{column}: empty"
        if unique and len(set(given)) < len(given):
            yield f"{name}.{column}: twice"
        yield from (f"{name}.{column}: {cell} is no {kind}" for cell in given if not _fits(cell, kind))
    ids = {other: {row["id"] for row in package.rows[other]} for other in TABLES}
    for column, other in TABLES[name][2].items():
        yield from (f"{name}.{column}: {row[column]}" for row in rows if row[column] and row[column] not in ids[other])
    if name == "service":
        yield from (f"service.status: {row['status']}" for row in rows if row["status"] not in STATUS)
    if name == "attribute":
        yield from (
            f"attribute.link_id: {row}" for row in rows if row["link_id"] not in ids.get(row["link_entity"], ())
        )


def _fits(cell: str, kind: str) -> bool:
    checks: Mapping[str, Any] = {
        "uuid": lambda text: str(UUID(text)) == text,
        "number": float,
        "date": lambda text: re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) and date.fromisoformat(text),
        "string": str,
    }
    try:
        return bool(checks[kind](cell)) or kind == "number"
    except (KeyError, ValueError):
        return False
