"""Windows, programmes, bodies, and the words of the lists: reference data, no person in it, nothing journaled."""

from typing import Any

from toshima_cli.db import queries
from toshima_cli.domain.terms import Field, Operation, SiteType

"""The names of slugs, list by list: `words["relation"]["head"]`."""


def windows(conn: Any) -> list[dict[str, Any]]:
    """{code, name, department, operation, sites, site_type, subsidised, coordinator_posted, fields}, as the chapter
    orders them. `coordinator_posted` is yes, no or unknown (note ※1), `fields` a list of slugs (ours)."""
    return [_window(row) for row in map(dict, queries("reference").windows(conn))]


def listed_windows(conn: Any) -> list[dict[str, Any]]:
    """The same with `source` and `edition`: every column of the list a town hands in, in its order."""
    return [_window(row) for row in map(dict, queries("reference").listed_windows(conn))]


def _window(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "operation": Operation(row["operation"]),
        "site_type": SiteType(row["site_type"]),
        "subsidised": bool(row["subsidised"]),
        "fields": [Field(field) for field in row["fields"].split()],
    }


def programmes(conn: Any) -> list[dict[str, Any]]:
    """{code, name, kind, department, operation, staffing, staffing_note, places, subsidised}; `staffing` a number or
    None."""
    return [_programme(row) for row in map(dict, queries("reference").programmes(conn))]


def listed_programmes(conn: Any) -> list[dict[str, Any]]:
    """The same with `source` and `edition`."""
    return [_programme(row) for row in map(dict, queries("reference").listed_programmes(conn))]


def _programme(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "operation": Operation(row["operation"]) if row["operation"] else None,
        "subsidised": bool(row["subsidised"]),
    }


def bodies(conn: Any) -> list[dict[str, Any]]:
    """{department, council, subcommittee, source}; `source` says where a circle was inferred."""
    return [
        {**row, "council": bool(row["council"]), "subcommittee": bool(row["subcommittee"])}
        for row in map(dict, queries("reference").bodies(conn))
    ]
