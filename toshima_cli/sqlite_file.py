"""An SQLite file and how it is opened: the books, and the desk's own file beside them."""

import sqlite3
from pathlib import Path

from toshima_cli.domain.verdict import say
from toshima_cli.exits import StoreTrouble

APPLICATION_ID = 0x746F7368
"""Marks an SQLite file as ours ("tosh"), so that another program's file is never taken for the books."""

PATIENCE = 30_000
"""So many milliseconds a desk waits for another one that is writing."""


def connect(
    path: Path,
    *,
    create: bool = False,
    unchanging: bool = False,
    factory: type[sqlite3.Connection] = sqlite3.Connection,
) -> sqlite3.Connection:
    """Open an SQLite file with the settings that survive kill -9 and a power cut (tests/db kills and starves it).
    `unchanging`: as it lies on a medium nobody here can write, without a log."""
    mode = "ro&immutable=1" if unchanging else "rwc" if create else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    conn = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30, factory=factory)
    conn.row_factory = sqlite3.Row
    for pragma in (
        f"busy_timeout={PATIENCE}",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "trusted_schema=OFF",
        "synchronous=FULL",
        "secure_delete=ON",
    ):
        conn.execute(f"PRAGMA {pragma}")
    return conn


def local(url: str) -> Path:
    """The file the books are in. Raises StoreTrouble (exit 5) for an address of a database server."""
    if url.startswith(("postgresql:", "postgres:")):
        raise StoreTrouble(
            say("This version keeps its books in an SQLite file only."),
            why=(say("A PostgreSQL address was given as the database."),),
            do=(say("Give a file: toshima --db FILE …, or set TOSHIMA_DB to a file."),),
        )
    return Path(url)


def there(url: str) -> Path:
    """The file the books are in, which has to be there. Raises StoreTrouble (exit 5)."""
    path = local(url)
    if path.exists() and not path.is_file():
        raise StoreTrouble(
            say("This is not a file: {path}.", path=str(path)),
            why=(say("The database is one file of its own."),),
            do=(say("Name a file: toshima --db FILE …"),),
        )
    if not path.is_file():
        raise StoreTrouble(
            say("There is no database yet: {path}.", path=str(path)),
            why=(say("A database is created by `init` only, never by the way."),),
            do=("toshima init",),
        )
    return path
