"""The migrations make exactly the tables the program works with, wholly or not at all, and guard the journal."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool, StaticPool
from sqlmodel import SQLModel

from tests.desk import NearDesk
from toshima_cli import books, change_tables, db, office_tables, paper_tables, reference_tables, tables
from toshima_cli.sqlite_file import connect

__all__ = ["change_tables", "office_tables", "paper_tables", "reference_tables", "tables"]  # imported for their tables

ALEMBIC = {"alembic_version"}
DESCENDING = "ix_search_key_newest"


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def shape(connection: Connection) -> dict[str, dict[str, Any]]:
    """Every table as the database itself describes it: columns, keys, uniques, checks, indexes; order left out."""
    found = inspect(connection)
    return {
        table: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(table)},
            "key": found.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(
                (f["name"], f["constrained_columns"], f["referred_table"], f["referred_columns"])
                for f in found.get_foreign_keys(table)
            ),
            "unique": sorted((str(u["name"]), u["column_names"]) for u in found.get_unique_constraints(table)),
            "checks": sorted((str(c["name"]), c["sqltext"]) for c in found.get_check_constraints(table)),
            "indexes": sorted((i["name"], i["column_names"], i["unique"]) for i in found.get_indexes(table)),
        }
        for table in set(found.get_table_names()) - ALEMBIC
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "books.db"
    books.create(path)
    return path


class TestTheTables:
    def test_the_program_knows_the_newest_revision(self) -> None:
        assert ScriptDirectory.from_config(books.config()).get_heads() == [db.REVISION]

    def test_autogenerate_finds_nothing_to_add(self, made: Path) -> None:
        with connected(f"sqlite:///{made}") as connection:
            # Alembic cannot compare an index with a descending column; the next but one does
            compared = {"compare_type": True, "include_object": lambda _, name, *__: name != DESCENDING}
            settings = MigrationContext.configure(connection, opts=compared)
            assert compare_metadata(settings, SQLModel.metadata) == []

    def test_the_migrated_file_is_what_the_metadata_say(self, made: Path, tmp_path: Path) -> None:
        with connected(f"sqlite:///{made}") as migrated, connected(f"sqlite:///{tmp_path / 'said.db'}") as said:
            SQLModel.metadata.create_all(said)
            assert shape(migrated) == shape(said)
            # without this the comparison would hold for two empty files
            assert set(shape(said)) == set(SQLModel.metadata.tables)
            assert any("stage" in name for name, _ in shape(said)["case_file"]["checks"])

    def test_a_descending_index_is_one_in_both(self, made: Path, tmp_path: Path) -> None:
        with connected(f"sqlite:///{made}") as migrated, connected(f"sqlite:///{tmp_path / 'said.db'}") as said:
            SQLModel.metadata.create_all(said)
            texts = [
                connection.exec_driver_sql("SELECT sql FROM sqlite_schema WHERE name = ?", (DESCENDING,)).scalar_one()
                for connection in (migrated, said)
            ]
        assert texts[0] == texts[1]
        assert texts[0].endswith("person_id DESC)")

    def test_the_same_migration_serves_postgresql(self, postgres_database: str) -> None:
        url = postgres_database.replace("postgresql:", "postgresql+psycopg:", 1)
        with connected(url) as connection:
            SQLModel.metadata.create_all(connection)
            said = shape(connection)
            connection.rollback()
            command.upgrade(books.config(connection), "head")
            assert shape(connection) == said
            assert set(said) == set(SQLModel.metadata.tables)


class Failing(sqlite3.Connection):
    """A connection on which a disk fails after so many statements."""

    left = 10**9

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        return super().cursor(FailingCursor)


class FailingCursor(sqlite3.Cursor):
    def execute(self, *args: Any) -> sqlite3.Cursor:  # type: ignore[override]  # whatever sqlite3 takes
        connection = self.connection
        assert isinstance(connection, Failing)
        connection.left -= 1
        done = super().execute(*args)
        if connection.left < 0:
            raise sqlite3.OperationalError("disk I/O error")
        return done


def upgraded(path: Path, left: int) -> int:
    """Upgrade the file, with a fault after `left` statements; gives how many statements were left over."""
    with closing(connect(path, create=True, factory=Failing)) as conn:
        assert isinstance(conn, Failing)
        conn.left = left
        with suppress(OperationalError, sqlite3.OperationalError):
            books.upgrade(conn)
        return conn.left


def names(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as conn:
        return {row[0] for row in conn.execute("SELECT name FROM sqlite_schema WHERE type <> 'index'")}


def released(tmp_path: Path) -> list[set[str]]:
    """The tables of every revision, from none to the newest."""
    found = [set[str]()]
    for script in reversed(list(ScriptDirectory.from_config(books.config()).walk_revisions())):
        path = tmp_path / f"{script.revision}.db"
        with closing(connect(path, create=True)) as conn, connected_to(conn) as connection:
            command.upgrade(books.config(connection), script.revision)
        found.append(names(path) - ALEMBIC)
    return found


@contextmanager
def connected_to(conn: sqlite3.Connection) -> Iterator[Connection]:
    engine = create_engine("sqlite://", creator=lambda: conn, poolclass=StaticPool)
    with engine.connect() as connection:
        yield connection


def faulted(tmp_path: Path, step: int) -> None:
    """A fault after every `step`th statement of the upgrade: the tables are those of a revision, wholly, and the
    upgrade can be run again."""
    whole = tmp_path / "whole.db"
    wholly = released(tmp_path)
    assert len(wholly) == int(db.REVISION) + 1
    needed = 10**6 - upgraded(whole, 10**6)
    assert needed > 100, "the faults would not fall into the migration"
    for after in {*range(0, needed, step), needed - 2, needed - 1}:
        path = tmp_path / f"after{after}.db"
        assert upgraded(path, after) < 0
        assert names(path) - ALEMBIC in wholly, f"after statement {after}"
        assert upgraded(path, 10**6) > 0
        assert names(path) == names(whole)
        path.unlink()


class TestWhollyOrNotAtAll:
    def test_a_failed_upgrade_leaves_nothing_and_can_be_run_again(self, tmp_path: Path) -> None:
        faulted(tmp_path, 61)

    @pytest.mark.soak
    def test_a_fault_after_each_single_statement(self, tmp_path: Path) -> None:
        faulted(tmp_path, 1)

    def test_books_that_could_not_be_made_leave_no_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(conn: sqlite3.Connection) -> None:
            raise sqlite3.OperationalError("disk I/O error")

        monkeypatch.setattr(books, "upgrade", fail)
        with pytest.raises(sqlite3.OperationalError):
            books.create(tmp_path / "books.db")
        assert list(tmp_path.iterdir()) == []


def contents(path: Path) -> dict[str, str]:
    """A digest of each table but the acts and the journal, which grow with every command."""
    with closing(sqlite3.connect(path)) as conn:
        return {
            table: hashlib.sha256(repr(sorted(conn.execute(f'SELECT * FROM "{table}"'), key=repr)).encode()).hexdigest()
            for table in SQLModel.metadata.tables
            if table not in ("act", "journal", "journal_subject")
        }


def test_init_twice_is_the_same_as_once(tmp_path: Path) -> None:
    desk = NearDesk(tmp_path / "books.db")
    first = desk.json("init")
    desk.ok("staff", "add", "k03", "--name", "青木", "--office", "福祉総務課", "--role", "coordinator")
    desk.ok("intake", "--from", "household_a.json")
    before, was = contents(desk.db), desk.db.stat().st_ino
    second = desk.json("init")
    assert (first["created"], second["created"]) == (True, False)
    assert {k: v for k, v in first.items() if k != "created"} == {k: v for k, v in second.items() if k != "created"}
    assert contents(desk.db) == before
    assert desk.db.stat().st_ino == was
    assert not list(tmp_path.glob(".*")), "init left something beside the books"


@pytest.fixture(scope="module")
def journaled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Books with a journal of two entries, opened as the program opens them."""
    desk = NearDesk(tmp_path_factory.mktemp("journal") / "books.db")
    desk.ok("init")
    desk.ok("intake", "--from", "household_a.json")
    with closing(connect(desk.db)) as conn:
        yield conn


class TestTheJournalIsNeverChanged:
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE journal SET actor = 'someone'",
            "UPDATE journal SET recorded_at = recorded_at",
            "DELETE FROM journal",
            "DELETE FROM journal WHERE entry = (SELECT MAX(entry) FROM journal)",
            "INSERT OR REPLACE INTO journal SELECT * FROM journal",
            "UPDATE journal_subject SET ref = '2026-0099'",
            "DELETE FROM journal_subject",
            "INSERT OR REPLACE INTO journal_subject SELECT * FROM journal_subject",
        ],
    )
    def test_by_no_statement(self, journaled: sqlite3.Connection, change: str) -> None:
        def kept() -> list[list[tuple[Any, ...]]]:
            return [
                [tuple(row) for row in journaled.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")]
                for table in ("journal", "journal_subject")
            ]

        before = kept()
        assert all(before)
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            journaled.execute(change)
        assert kept() == before
