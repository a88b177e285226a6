"""Makes new books, and brings the tables of a file to the newest revision. The only module that imports Alembic."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from toshima_cli.sqlite_errors import trouble
from toshima_cli.sqlite_file import APPLICATION_ID, connect


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without an ini file."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    found.set_main_option("path_separator", "os")
    found.attributes["connection"] = connection
    return found


def upgrade(conn: sqlite3.Connection) -> None:
    """Run the revisions that are missing, on an open connection in autocommit mode."""
    engine = create_engine("sqlite://", creator=lambda: conn, poolclass=StaticPool)
    with engine.connect() as connection:
        command.upgrade(config(connection), "head")


def bring(path: Path) -> None:
    """Bring a file of an earlier revision to the newest. Raises StoreTrouble (exit 5); the file is as it was then."""
    try:
        with closing(connect(path)) as conn:
            upgrade(conn)
    except (sqlite3.Error, DBAPIError) as error:
        inner = error.orig if isinstance(error, DBAPIError) else error
        assert isinstance(inner, sqlite3.Error)
        raise trouble(path, inner) from error


def create(path: Path) -> None:
    """Make an empty file of books at `path`, which must not exist: built beside, then put in place in one step.

    Raises FileExistsError where another desk was faster.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        conn = connect(beside)
        try:
            conn.execute("PRAGMA journal_mode=WAL")
            upgrade(conn)
            conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
        finally:
            conn.close()
        os.link(beside, path)
    finally:
        for left in (beside, *(beside.with_name(beside.name + tail) for tail in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)


def columns(table: Any) -> dict[str, type]:
    """The columns of a table with their Python types."""
    return {column.name: column.type.python_type for column in table.columns}
