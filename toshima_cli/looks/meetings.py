"""The sittings as a list. No person, case or typed text stands in it, so it is not journaled."""

from typing import Any

from toshima_cli.db import queries, viewer
from toshima_cli.domain.terms import Body, HeldAs


def meetings(conn: Any) -> list[dict[str, Any]]:
    """{meeting, body, held_on, held_as, items, decided, present, cancelled}, the newest first."""
    return [
        {
            "meeting": row["meeting"],
            "body": Body(row["body"]),
            "held_on": row["held_on"],
            "held_as": HeldAs(row["held_as"]),
            "items": row["items"],
            "decided": row["decided"],
            "present": row["present"],
            "cancelled": bool(row["cancelled"]),
        }
        for row in queries("meetings").meetings(conn, viewer=viewer(conn))
    ]


def nearest(conn: Any, day: str) -> str | None:
    """The sitting an agenda without a number means: the next one from `day` (ISO) on, otherwise the last before it."""
    row = queries("meetings").nearest(conn, day=day)
    return str(row["number"]) if row else None
