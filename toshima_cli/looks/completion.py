"""What the books offer a line that is being typed: numbers, labels, codes, and of people their initials alone.

It is no look: no name, reading or text leaves it, so nothing is journaled, and nothing could be, since the file is
opened for reading only and no file is made beside it. It reads with sqlite3 alone; whatever is wrong is raised, and
whoever asked offers nothing.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from toshima_cli.db import LOCAL, QUERIES, REVISION
from toshima_cli.domain.initials import initials
from toshima_cli.sqlite_file import APPLICATION_ID

_WAIT = 0.2
"""Seconds to wait for a lock."""

_STEPS = 10_000_000
"""So many steps of SQLite at most, well under a second: a Tab must not hang, whatever the books hold."""

Row = sqlite3.Row


@contextmanager
def opened(path: Path, viewer: str, most: int) -> Iterator["Offers"]:
    """The books as `viewer` may read them, `most` rows of what may be many. Raises sqlite3.Error or ValueError:
    missing, not ours, of another version, to be read only with a file made beside it, or `viewer` is nobody's code.
    """
    # SQLite makes files beside a database it opens to read, unless it is told that nobody writes: true where no desk
    # has left a log
    log, index = (path.with_name(path.name + end).exists() for end in ("-wal", "-shm"))
    if log and not index:
        raise ValueError(path)
    how = "mode=ro" if log else "mode=ro&immutable=1"
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=_WAIT)
    try:
        conn.row_factory = Row
        conn.set_progress_handler(lambda: 1, _STEPS)
        if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise ValueError(path)
        if conn.execute("SELECT version_num FROM alembic_version").fetchone()[0] != REVISION:
            raise ValueError(path)
        offers = Offers(conn, viewer, most)
        if viewer != LOCAL and not offers.rows("works_here"):
            raise ValueError(viewer)
        yield offers
    finally:
        conn.close()


@cache
def _queries(file: str) -> dict[str, str]:
    """By hand what aiosql does: importing it would take as long as all the rest."""
    text = (QUERIES / f"{file}.sql").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in text.split("-- name: "))
    return {name.split(maxsplit=1)[0]: sql for name, _, sql in parts if name.strip()}


class Offers:
    """Each gives rows in the order they are offered in; `begun` is what of a number was typed already."""

    def __init__(self, conn: sqlite3.Connection, viewer: str, most: int) -> None:
        self._conn, self._viewer, self._most = conn, viewer, most

    def rows(self, query: str, **values: Any) -> list[Row]:
        return self._read("completion", query, values)

    def _read(self, file: str, query: str, values: dict[str, Any]) -> list[Row]:
        asked = {"viewer": self._viewer, "how_many": self._most, **values}
        return self._conn.execute(_queries(file)[query], asked).fetchall()

    def codes(self, name: str, *, english: bool) -> list[tuple[str, str]]:
        """(code, name) of a list that is data."""
        rows = self._read("names", "names", {})
        return [(row["code"], row["name_en" if english else "name"]) for row in rows if row["list"] == name]

    def cases(self, begun: str, *, ended: bool) -> list[tuple[str, str | None, str]]:
        """(number, initials of the first person, stage)."""
        found = self.rows("ended_cases" if ended else "open_cases", **_range(begun))
        return [(row["number"], self._first(row["number"]), row["stage"]) for row in found]

    def _first(self, number: str) -> str | None:
        return next((said for _, said in self.members(number)), None)

    def members(self, number: str) -> list[tuple[str, str | None]]:
        """(label, initials) of the people of a case."""
        return [(row["label"], initials(row["name"], row["kana"])) for row in self.rows("members", number=number)]

    def referrals(self, begun: str, case: str | None) -> list[Row]:
        return self.rows("referrals", number=case, **_range(begun))

    def meetings(self, begun: str, today: str) -> list[Row]:
        return self.rows("meetings", today=today, **_range(begun))


def _range(begun: str) -> dict[str, str]:
    return {"lowest": begun, "highest": f"{begun}\U0010ffff"}
