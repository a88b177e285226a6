"""The tables of HSDS 3.0 an export fills, as its tabular data package has them: columns, types, what is required.

Facts of the standard (docs.openreferral.org, 3.0), restated; `docs/hsds.md` says how they are checked against its own
files. Every column stands there, filled or not: the standard's schema knows no file without one of them.
"""

from dataclasses import dataclass
from typing import Any

STATUS = ("active", "inactive", "defunct", "temporarily closed")


@dataclass(frozen=True, slots=True)
class Column:
    """`kind`: string, number, date, datetime, or a format of strings (uuid, uri, email)."""

    name: str
    kind: str = "string"
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()

    def schema(self) -> dict[str, Any]:
        is_format = self.kind in ("uuid", "uri", "email")
        return {
            "name": self.name,
            "type": "string" if is_format else self.kind,
            **({"format": self.kind} if is_format else {}),
            "constraints": {
                "required": self.required,
                "unique": self.unique,
                **({"enum": list(self.enum)} if self.enum else {}),
            },
        }


ID = Column("id", "uuid", required=True, unique=True)
NAME = Column("name", required=True)
DESCRIPTION = Column("description", required=True)

TABLES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "organization": (
        "organizations.csv",
        (
            ID,
            NAME,
            Column("alternate_name"),
            DESCRIPTION,
            Column("email", "email"),
            Column("website", "uri"),
            Column("tax_status"),
            Column("tax_id"),
            Column("year_incorporated", "number"),
            Column("legal_status"),
            Column("logo"),
            Column("uri", "uri"),
            Column("parent_organization_id", "uuid"),
        ),
    ),
    "program": (
        "programs.csv",
        (
            ID,
            # unique in the standard: an organization has one program at the most
            Column("organization_id", "uuid", required=True, unique=True),
            NAME,
            Column("alternate_name"),
            DESCRIPTION,
        ),
    ),
    "service": (
        "services.csv",
        (
            ID,
            Column("organization_id", "uuid", required=True),
            Column("program_id", "uuid"),
            NAME,
            Column("alternate_name"),
            Column("description"),
            Column("url", "uri"),
            Column("email", "email"),
            Column("status", required=True, enum=STATUS),
            Column("interpretation_services"),
            Column("application_process"),
            Column("fees_description"),
            Column("wait_time"),
            Column("fees"),
            Column("accreditations"),
            Column("eligibility_description"),
            Column("minimum_age", "number"),
            Column("maximum_age", "number"),
            Column("assured_date", "date"),
            Column("assurer_email", "email"),
            Column("licenses"),
            Column("alert"),
            Column("last_modified", "datetime"),
        ),
    ),
    "attribute": (
        "attributes.csv",
        (
            ID,
            Column("link_id", "uuid", required=True),
            Column("taxonomy_term_id", "uuid", required=True),
            Column("link_type"),
            Column("link_entity", required=True),
            Column("value"),
        ),
    ),
    "funding": (
        "funding.csv",
        (ID, Column("organization_id", "uuid"), Column("service_id", "uuid"), Column("source")),
    ),
    "taxonomy_term": (
        "taxonomy_terms.csv",
        (
            ID,
            # unique in the standard over every taxonomy, so that a code begins with the name of its own
            Column("code", unique=True),
            NAME,
            DESCRIPTION,
            Column("parent_id", "uuid"),
            Column("taxonomy"),
            Column("language"),
            Column("taxonomy_id", "uuid"),
            Column("term_uri", "uri"),
        ),
    ),
    "taxonomy": ("taxonomies.csv", (ID, NAME, DESCRIPTION, Column("uri", "uri"), Column("version"))),
}
"""Name → its file and its columns, both in the order of the standard."""

LINKS: dict[str, dict[str, str]] = {
    "program": {"organization_id": "organization"},
    "service": {"organization_id": "organization", "program_id": "program"},
    "attribute": {"taxonomy_term_id": "taxonomy_term"},
    "funding": {"organization_id": "organization", "service_id": "service"},
    "taxonomy_term": {"taxonomy_id": "taxonomy"},
}
"""Which column holds the id of which table."""


def _resource(name: str) -> dict[str, Any]:
    path, columns = TABLES[name]
    keys = [
        {"fields": one, "reference": {"resource": other, "fields": "id"}} for one, other in LINKS.get(name, {}).items()
    ]
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [column.schema() for column in columns],
            "primaryKey": "id",
            **({"foreignKeys": keys} if keys else {}),
        },
    }


RESOURCES = [_resource(name) for name in TABLES]

FILES = frozenset({"datapackage.json", *(path for path, _ in TABLES.values())})
"""The names of everything in a package."""
