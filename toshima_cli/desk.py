"""The desk's own file, `desk.db` in the user's data folder: what was typed and is not in the books yet.

It belongs to one person on one machine, whatever books they work with: drafts are kept by the books (path or address)
and the staff code they were typed under. It is opened with the settings of the books, so that what was kept survives
kill -9, and it is another file, so that books which are busy or read-only do not stop anybody typing.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from toshima_cli.sqlite_file import APPLICATION_ID, connect

VERSION = 1

_TABLES = (
    """CREATE TABLE draft (
        id INTEGER PRIMARY KEY, books TEXT NOT NULL, staff TEXT NOT NULL, command TEXT NOT NULL, writer TEXT NOT NULL,
        started_at TEXT NOT NULL, touched_at TEXT NOT NULL, said TEXT NOT NULL) STRICT""",
    "CREATE INDEX draft_of ON draft (books, staff, started_at)",
)


class Unusable(Exception):
    """The desk's file cannot be opened or written: no draft can be kept, and nothing else stops."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one interrupted conversation had heard. `started_at`, `touched_at`: UTC, as in the books."""

    number: int
    command: str
    started_at: str
    touched_at: str
    said: Mapping[str, Any]

    def heard(self) -> dict[str, Any]:
        """{draft, started_at, window, people, command, case}: `window` a code, `people` how many were named. No name is
        in it."""
        said: dict[str, Any] = {**self.said["answers"], **self.said["given"]}
        people = said.get("--person")
        named = [key for key in said if key.startswith("person[") and key.endswith("].name") and said[key]]
        return {
            "draft": self.number,
            "started_at": self.started_at,
            "window": said.get("--window") or None,
            "people": len(people) if isinstance(people, list) else len(named),
            "command": self.command,
            "case": said.get("CASE") or None,
        }


class Desk:
    """Drafts for one pair of books and one staff code. `writer` tells two terminals apart: a draft taken over by
    another one is left to it, and what is typed here goes to a draft of its own."""

    def __init__(self, path: Path, books: str, staff: str, now: Callable[[], str], writer: str) -> None:
        self._path, self._books, self._staff, self._now, self._writer = path, books, staff, now, writer
        self._conn: sqlite3.Connection | None = None

    def drafts(self) -> list[Draft]:
        """All of them, the newest first; none where there is no file yet."""
        if self._conn is None and not self._path.exists():
            return []
        with self._open() as conn:
            rows = conn.execute(
                "SELECT id, command, started_at, touched_at, said FROM draft"
                " WHERE books = ? AND staff = ? ORDER BY started_at DESC, id DESC",
                (self._books, self._staff),
            ).fetchall()
            return [Draft(r["id"], r["command"], r["started_at"], r["touched_at"], json.loads(r["said"])) for r in rows]

    def keep(self, number: int | None, command: str, said: Mapping[str, Any]) -> int:
        """Write what was said so far: into the draft of that number, or into a new one. Its number."""
        text, now = json.dumps(said, ensure_ascii=True), self._now()
        with self._open() as conn:
            kept = conn.execute(
                "UPDATE draft SET said = ?, touched_at = ? WHERE id = ? AND writer = ?",
                (text, now, number, self._writer),
            )
            if kept.rowcount:
                return int(number or 0)
            made = conn.execute(
                "INSERT INTO draft (books, staff, command, writer, started_at, touched_at, said)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self._books, self._staff, command, self._writer, now, now, text),
            )
            return int(made.lastrowid or 0)

    def take(self, number: int) -> None:
        """Go on with a draft here; whoever wrote it until now writes into another one from here on."""
        with self._open() as conn:
            conn.execute("UPDATE draft SET writer = ? WHERE id = ?", (self._writer, number))

    def forget(self, number: int) -> None:
        """Take a draft out of the file, unless another terminal goes on with it."""
        with self._open() as conn:
            gone = conn.execute("DELETE FROM draft WHERE id = ? AND writer = ?", (number, self._writer)).rowcount
        if gone:
            for path in self._path.parent.glob(self.beside(number, "*").name):
                path.unlink()

    def beside(self, number: int, key: str) -> Path:
        """The file in which the person's own editor writes one answer of a draft; it goes with the draft. Its name is
        of these books and this staff code alone, since numbers are given again; 0 is a draft that could not be kept."""
        whose = sha256(f"{self._books}\0{self._staff}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
        return self._path.with_name(f"draft-{whose}-{number or self._writer}-{key}.txt")

    def close(self) -> None:
        if self._conn is not None:
            self._conn.close()
            self._conn = None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if self._conn is None:
                self._conn = _opened(self._path)
            yield self._conn
        except (OSError, ValueError, sqlite3.Error) as error:
            raise Unusable from error


def _opened(path: Path) -> sqlite3.Connection:
    """The file, made for this user alone where there is none. Raises OSError, ValueError, sqlite3.Error."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_symlink():
        raise ValueError("a link is not followed")
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    conn = connect(path)
    try:
        conn.execute("PRAGMA busy_timeout=5000")
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("BEGIN IMMEDIATE")
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            for statement in (*_TABLES, f"PRAGMA user_version={VERSION}", f"PRAGMA application_id={APPLICATION_ID}"):
                conn.execute(statement)
        conn.execute("COMMIT")
        if version > VERSION:
            raise ValueError("made by a newer version")
    except BaseException:
        conn.close()
        raise
    return conn
