"""What the tests of the monthly report read: a workbook, and the journal."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.desk import Typed
from tests.history import History
from tests.ui.xlsx_reader import Book, read


def spreadsheet(report: Callable[..., Typed], folder: Path, *words: str, **more: str) -> Book:
    file = folder / "month.xlsx"
    typed = report(*words, "-o", str(file), "--force", **more)
    assert typed.code == 0, typed.err
    return read(file.read_bytes())


def journal(db: Path) -> list[tuple[Any, ...]]:
    conn = History.in_file(db).conn
    rows = [tuple(row) for row in conn.execute("SELECT verb, result, about FROM journal ORDER BY entry")]
    conn.close()
    return rows


def head(db: Path) -> str:
    conn = History.in_file(db).conn
    row = conn.execute("SELECT hash FROM journal ORDER BY entry DESC LIMIT 1").fetchone()
    conn.close()
    return str(row[0]) if row else ""
