"""Books of every earlier revision open: upgraded, they say what they said, and nothing of them is lost."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory

from tests.desk import NearDesk
from toshima_cli import books, db

KEPT = Path(__file__).parent / "kept"
EARLIER = [
    script.revision
    for script in ScriptDirectory.from_config(books.config()).walk_revisions()
    if script.revision != db.REVISION
]


def contents(
    path: Path, columns: dict[str, list[str]] | None = None
) -> tuple[dict[str, list[str]], dict[str, list[object]]]:
    """The columns of every table, and its rows in those columns (the old ones, where a later revision added some)."""
    with closing(sqlite3.connect(path)) as conn:
        tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        if columns is None:
            columns = {
                table: [row[1] for row in conn.execute(f'PRAGMA table_info("{table}")')]
                for table in tables
                if table != "alembic_version"
            }
        return columns, {
            table: list(conn.execute(f'SELECT {", ".join(chr(34) + c + chr(34) for c in names)} FROM "{table}"'))
            for table, names in columns.items()
        }


def people_by_key(rows: list[Any]) -> set[tuple[str, int]]:
    return {(key, person_id) for key, _, person_id in rows}


def test_every_earlier_revision_is_kept() -> None:
    assert EARLIER
    assert {path.name for path in KEPT.iterdir()} == {f"{revision}.db.gz" for revision in EARLIER}


@pytest.mark.parametrize("revision", EARLIER)
class TestAnEarlierRevision:
    @pytest.fixture
    def desk(self, revision: str, tmp_path: Path) -> NearDesk:
        path = tmp_path / "books.db"
        path.write_bytes(gzip.decompress((KEPT / f"{revision}.db.gz").read_bytes()))
        return NearDesk(path, today="2027-03-31")

    def test_is_refused_with_the_way_on(self, desk: NearDesk) -> None:
        error = desk.refused("show", "2026-0001", code=5)
        assert "toshima db upgrade" in str(error)

    def test_is_upgraded_without_loss(self, desk: NearDesk, revision: str) -> None:
        columns, before = contents(desk.db)
        done = desk.json("db", "upgrade")
        assert (done["from"], done["to"]) == (revision, db.REVISION)
        _, after = contents(desk.db, columns)
        # the keys people are found by are written anew: under whatever somebody stood before, they stand still
        old, new = people_by_key(before.pop("search_key", [])), people_by_key(contents(desk.db)[1]["search_key"])
        assert old <= new
        assert new
        for table, rows in before.items():
            assert after[table][: len(rows)] == rows, table
            # the upgrade itself is an act, and stands in the journal
            if table not in ("act", "journal", "journal_subject", "code", "conference", "setting"):
                assert len(after[table]) == len(rows), table
        assert desk.json("show", "2026-0001")["stage"] == "closed"
        assert desk.json("journal", "--verify")["ok"] is True

    def test_its_people_are_found_by_what_was_no_key_then(self, desk: NearDesk) -> None:
        desk.ok("db", "upgrade")
        assert [row["label"] for row in desk.json("find", "S43.5.1")] == ["A"]
        assert [row["label"] for row in desk.json("find", "2026-0001", "○○1丁目2番3号")] == ["A", "B", "C"]

    def test_twice_is_the_same_as_once(self, desk: NearDesk) -> None:
        desk.ok("db", "upgrade")
        again = desk.json("db", "upgrade")
        assert (again["from"], again["added"]) == (db.REVISION, 0)
