"""Exports changed before they are taken in, and what is in the books afterwards."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.desk import NearDesk

Records = list[dict[str, Any]]
Change = Callable[[Records], int]
"""Changes the records of an export; gives the line of what was changed."""


def file_of(records: Records, path: Path) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


def faults(desk: NearDesk, path: Path, what: str = "office") -> list[str]:
    """Where the faults are; nothing of the file is in the books."""
    before = kept(desk)
    sure = ("--yes",) if what == "case" else ()
    error = desk.refused("import", what, str(path), *sure, code=2)
    assert kept(desk) == before
    return [fault["where"] for fault in error["faults"]]


def kept(desk: NearDesk) -> list[Any]:
    with closing(sqlite3.connect(desk.db)) as conn:
        names = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        skip = {"counter", "journal", "journal_subject"}
        return [conn.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names if name not in skip]


def at(records: Records, kind: str, **where: Any) -> tuple[int, dict[str, Any]]:
    """(number of its line, record) of the first of its type that says this."""
    for number, record in enumerate(records, start=1):
        if record.get("type") == kind and all(record[key] == value for key, value in where.items()):
            return number, record
    raise LookupError(kind, where)


def change(kind: str, field: str, value: Any, **where: Any) -> Change:
    def do(records: Records) -> int:
        number, record = at(records, kind, **where)
        record[field] = value
        return number

    return do
