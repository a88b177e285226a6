"""Opens existing books: ours, whole, of this revision, for somebody who works here."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

from toshima_cli.db import LOCAL, REVISION, Held, Store, queries
from toshima_cli.domain.verdict import say
from toshima_cli.exits import BadInput, Fault, StoreTrouble
from toshima_cli.sqlite_errors import trouble, writable
from toshima_cli.sqlite_file import APPLICATION_ID, connect, there


def open_store(url: str, *, actor: str, today: date, replayed: bool, now: Callable[[], str]) -> "Store":
    """Open existing books. Raises StoreTrouble (exit 5): missing, not ours, damaged, older or newer than this program;
    BadInput (exit 2) where `actor` is nobody's staff code.

    `now` gives the real moment in UTC as ISO text, for the journal; `today` is the business date of the desk.
    """
    path = there(url)
    try:
        conn = _opened(path, actor)
    except sqlite3.Error as error:
        if writable(path):
            raise trouble(path, error) from error
        # windows and codes can still be asked for; every look at a person and every act writes, and is refused
        try:
            conn = _opened(path, actor, unchanging=True)
        except sqlite3.Error:
            raise trouble(path, error) from error
    return Store(path, conn, actor, today, replayed, now)


def _opened(path: Path, actor: str, *, unchanging: bool = False) -> Held:
    conn = connect(path, unchanging=unchanging, factory=Held)
    assert isinstance(conn, Held)
    conn.viewer = actor
    try:
        if not unchanging:
            # a copy made by VACUUM INTO, or restored, is not: reading for long would keep others from writing
            conn.execute("PRAGMA journal_mode=WAL")
        _check(conn, path)
        if actor != LOCAL:
            _works_here(conn, actor)
    except BaseException:
        conn.close()
        raise
    return conn


def _works_here(conn: sqlite3.Connection, code: str) -> None:
    row = queries("books").staff_any(conn, number=code)
    if row is None or row["retired_on"] is not None:
        unknown = say("There is no member of staff {code}.", code=code)
        gone = row and say("{code} has retired ({on}).", code=code, on=date.fromisoformat(row["retired_on"]))
        raise BadInput([Fault("--as", gone or unknown)], do=("toshima --as local staff list --all",))


def _ours(conn: sqlite3.Connection, path: Path) -> None:
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreTrouble(
            say("This file is not a database of toshima: {path}.", path=str(path)),
            why=(say("It does not carry the mark that `init` writes. It was not touched."),),
            do=("toshima --db FILE init",),
        )


def _check(conn: sqlite3.Connection, path: Path) -> None:
    _ours(conn, path)
    row = conn.execute("SELECT version_num FROM alembic_version").fetchone()
    found = str(row[0]) if row else "?"
    if found != REVISION:
        older = found < REVISION
        raise StoreTrouble(
            say("The database was made by another version of this program: {path}.", path=str(path)),
            why=(say("It has revision {found}, this program works with {wanted}.", found=found, wanted=REVISION),),
            do=("toshima db upgrade",) if older else (say("Use the version of toshima that made it."),),
        )


def revision(path: Path) -> str:
    """The revision of books of ours. Raises StoreTrouble (exit 5): missing, not ours, damaged."""
    try:
        conn = connect(path)
        try:
            _ours(conn, path)
            row = conn.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(row[0]) if row else "?"
        finally:
            conn.close()
    except sqlite3.Error as error:
        raise trouble(path, error) from error
