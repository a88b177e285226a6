"""The lists of windows and programmes as a data package of HSDS 3.0: what is told and how (docs/hsds.md).

Nothing is told that the lists do not say: no place, address, telephone, hours, no change of anything. The package is
in Japanese, as the lists are, whatever the screen speaks. Its tables and columns are the standard's (`hsds_tables`).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from toshima_cli.domain.terms import Field, Operation, SiteType
from toshima_cli.domain.verdict import Value, say
from toshima_cli.i18n import render, speaking
from toshima_cli.ui import formats
from toshima_cli.ui.hsds_tables import RESOURCES, TABLES

NAMESPACE = uuid5(NAMESPACE_URL, "urn:x-toshima:hsds")
"""Every id is the UUID of version 5 of its name in here: `service/window/csw` is the same in every export."""

Row = Mapping[str, Any]
Record = dict[str, str]

KINDS: dict[str, tuple[Value, Value]] = {
    "window": (say("window of consultation"), say("Takes concerns in and leads on to the support that fits.")),
    "participation": (say("participation support"), say("Helps people to find their way back into society.")),
    "community": (say("community building"), say("Makes ties among neighbours, and places to be.")),
    "outreach": (say("outreach and continued support"), say("Goes to people whom no support has reached, and stays.")),
}
OPERATIONS: dict[Operation, Value] = {
    Operation.DIRECT: say("The department runs it itself."),
    Operation.COMMISSIONED: say("The department has commissioned somebody else with it."),
    Operation.PARTLY_COMMISSIONED: say("The department has commissioned somebody else with a part of it."),
}
# The chapter's notes ※2 and ※3.
SITE_TYPES: dict[SiteType, Value] = {
    SiteType.BASIC: say("Support is given under the commission of one programme."),
    SiteType.COMMUNITY: say("Advice is given at places near to those who live there."),
}
DETAILS: dict[str, tuple[Value, Value]] = {
    "code": (say("Code"), say("Its code in the list.")),
    "sites": (say("Number of sites"), say("At how many places it is. Where they are, the list does not say.")),
    "coordinator_posted": (
        say("Coordinator posted"),
        say("A coordinator of complex cases is posted here. Where this is missing, it is unknown or not so."),
    ),
    "staffing": (say("Number of staff"), say("How many people are assigned to it.")),
    "staffing_note": (say("Note on staff"), say("What the list says of the staff beside or instead of a number.")),
    "places": (say("Places"), say("The places as the list names them.")),
    "source": (say("Source"), say("Where the line of the list comes from.")),
    "edition": (say("As of"), say("The date or edition the line of the list stands for.")),
}
TAXONOMIES: dict[str, tuple[Value, Value]] = {
    "kind": (
        say("Kind of service"),
        say("Whether it is a window of consultation, or a programme and under which project that one is run."),
    ),
    "field": (say("Field"), say("The fields of trouble a window is for: a grouping by this program, not official.")),
    "operation": (say("Run by"), say("Whether the department runs it itself or has commissioned somebody.")),
    "site_type": (say("Site type"), say("How the window is set up.")),
    "detail": (say("Details"), say("What else the list says; the value stands with each service.")),
}
NOTES = {"varies": say("changes with time and situation")}
GRANT = say("Grant for the multi-layered support system")


def package(windows: Sequence[Row], programmes: Sequence[Row]) -> dict[str, bytes]:
    """The files of the package, `datapackage.json` first. The rows are those of `looks.reference.listed_…`."""
    with speaking("ja"):
        tables = _tables([*_services("window", windows), *_services("programme", programmes)])
        files = {"datapackage.json": formats.as_json(_descriptor([*windows, *programmes]))}
        for name, (path, columns) in TABLES.items():
            rows = ({column.name: row.get(column.name, "") for column in columns} for row in tables[name])
            files[path] = formats.as_csv([column.name for column in columns], rows)
    return {path: text.encode("utf-8", "backslashreplace") for path, text in files.items()}


def _id(*name: str) -> str:
    return str(uuid5(NAMESPACE, "/".join(name)))


def _services(of: str, rows: Sequence[Row]) -> Iterator[tuple[str, str, Row]]:
    """(the name its id is made of, the kind of service, the row) for each."""
    return ((f"service/{of}/{row['code']}", row.get("kind", "window"), row) for row in rows)


def _tables(services: Sequence[tuple[str, str, Row]]) -> dict[str, list[Record]]:
    departments = dict.fromkeys(str(row["department"]) for *_, row in services)
    return {
        "organization": [_organization(department) for department in departments],
        "program": [],
        "service": [_service(*service) for service in services],
        "attribute": [record for service in services for record in _attributes(*service)],
        "funding": [
            {"id": _id("funding", name), "service_id": _id(name), "source": render(GRANT)}
            for name, _, row in services
            if row["subsidised"]
        ],
        "taxonomy_term": list(_terms()),
        "taxonomy": [
            {"id": _id("taxonomy", code), "name": render(name), "description": render(description)}
            for code, (name, description) in TAXONOMIES.items()
        ],
    }


def _organization(department: str) -> Record:
    """A department as the list prints it: several that share a window stay one entry."""
    description = say("Named in the list of the source as the one that provides windows of consultation or programmes.")
    return {"id": _id("organization", department), "name": department, "description": render(description)}


def _service(name: str, kind: str, row: Row) -> Record:
    said = (
        say(
            "A window of consultation at {sites} sites ({site_type}; {operation}).",
            sites=row["sites"],
            site_type=row["site_type"],
            operation=row["operation"],
        )
        if kind == "window"
        else say("A programme run as {kind}.", kind=KINDS[kind][0])
    )
    return {
        "id": _id(name),
        "organization_id": _id("organization", str(row["department"])),
        "name": str(row["name"]),
        "description": render(said),
        "status": "active",
        "assured_date": _day(str(row["edition"])),
    }


def _day(edition: str) -> str:
    """An edition that is a day; a month or the name of a plan is none."""
    try:
        return edition if date.fromisoformat(edition).isoformat() == edition else ""
    except ValueError:
        return ""


def _attributes(name: str, kind: str, row: Row) -> Iterator[Record]:
    for code, value in _said(kind, row):
        yield {
            "id": _id("attribute", name, code),
            "link_id": _id(name),
            "taxonomy_term_id": _id("taxonomy_term", code),
            "link_type": code.partition(".")[0],
            "link_entity": "service",
            "value": value,
        }


def _said(kind: str, row: Row) -> Iterator[tuple[str, str]]:
    """(code of the term, value) of everything the list says of a window or a programme."""
    yield f"kind.{kind}", ""
    yield from ((f"field.{field}", "") for field in row.get("fields", ()))
    yield from ((f"{name}.{row[name]}", "") for name in ("operation", "site_type") if row.get(name))
    for name in DETAILS:
        value = row.get(name)
        if name == "coordinator_posted":
            yield from [(f"detail.{name}", "")] if value == "yes" else ()
        elif value not in (None, ""):
            yield f"detail.{name}", render(NOTES.get(str(value), str(value)))


def _terms() -> Iterator[Record]:
    words: dict[str, dict[str, tuple[Value, Value]]] = {
        "kind": KINDS,
        "field": {field: (field, say("Troubles of this field: {field}.", field=field)) for field in Field},
        "operation": {term: (term, description) for term, description in OPERATIONS.items()},
        "site_type": {term: (term, description) for term, description in SITE_TYPES.items()},
        "detail": DETAILS,
    }
    for taxonomy, terms in words.items():
        for term, (name, description) in terms.items():
            code = f"{taxonomy}.{term}"
            yield {
                "id": _id("taxonomy_term", code),
                "code": code,
                "name": render(name),
                "description": render(description),
                "taxonomy": render(TAXONOMIES[taxonomy][0]),
                "language": "ja",
                "taxonomy_id": _id("taxonomy", taxonomy),
            }


def _descriptor(rows: Sequence[Row]) -> formats.Json:
    lines = dict.fromkeys((str(row["source"]), str(row["edition"])) for row in rows)
    return {
        "profile": "tabular-data-package",
        "name": "toshima-windows",
        "title": render(say("Windows of consultation and programmes")),
        "description": render(
            say(
                "Made by toshima from the lists of an office, in the Human Services Data Specification (HSDS) 3.0 of "
                "Open Referral. Not an official publication of the municipality the sources are of; the fields are a "
                "grouping by the program."
            )
        ),
        "languages": ["ja"],
        "sources": [
            {"title": render(say("{source} (as of {edition})", source=source, edition=edition))}
            for source, edition in lines
        ],
        "resources": RESOURCES,
    }
