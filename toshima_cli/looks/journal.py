"""The journal as a list: who did what, and who saw whom. Numbers and ids only, as it is kept."""

from typing import Any

from toshima_cli.db import queries, viewer
from toshima_cli.journal import Subject

EVERY = 1_000_000_000
"""More entries than there will be: a limit that means none."""


def entries(conn: Any, about: Subject | None, most: int | None) -> list[dict[str, Any]]:
    """{entry, recorded_at, actor, verb, result, rule, on, about, fields, replayed}, the newest first.

    Of an entry that touches a restricted case others than its own people get when and by whom it was written, and
    nothing else; of one that touches a report by law others than its own people do not get whom it is about (rule 7).
    `recorded_at` is UTC, `on` the business date, `replayed` true where TOSHIMA_TODAY was set.
    """
    q, how_many = queries("journal"), EVERY if most is None else most
    if about:
        rows = q.of_subject(conn, kind=about[0], ref=about[1], how_many=how_many, viewer=viewer(conn))
    else:
        rows = q.recent(conn, how_many=how_many, viewer=viewer(conn))
    return [
        {
            "entry": row["entry"],
            "recorded_at": row["recorded_at"],
            "actor": row["actor"],
            **(dict(_WITHHELD) if row["withheld"] else _said(row)),
            "replayed": bool(row["replayed"]),
        }
        for row in rows
    ]


_WITHHELD: dict[str, Any] = {"verb": None, "result": None, "rule": None, "on": None, "about": [], "fields": []}


def _said(row: Any) -> dict[str, Any]:
    return {
        "verb": row["verb"],
        "result": row["result"],
        "rule": row["rule"],
        "on": row["on_date"],
        "about": [ref for ref in row["about"].split() if not (row["by_law"] and ref.startswith("person:"))],
        "fields": row["fields"].split(),
    }


def count(conn: Any, about: Subject | None) -> int:
    """How many entries there are to list."""
    q = queries("journal")
    row = q.count_of_subject(conn, kind=about[0], ref=about[1], viewer=viewer(conn)) if about else q.count(conn)
    return int(row["entries"])


def person_id(conn: Any, case: str, label: str) -> str | None:
    """The id under which the journal knows a member of a case."""
    row = queries("journal").person_id(conn, number=case, label=label)
    return str(row["person_id"]) if row else None
