"""The resources of the community. About no person, so a look at them is not journaled."""

from typing import Any

from toshima_cli.db import queries


def resources(conn: Any) -> list[dict[str, Any]]:
    """{resource, name, owner, place, offers}, by code."""
    return [
        {
            "resource": row["code"],
            "name": row["name"],
            "owner": row["department"],
            "place": row["place"],
            "offers": row["offers"],
        }
        for row in queries("places").resources(conn)
    ]
