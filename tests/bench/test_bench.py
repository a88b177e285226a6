"""The benchmark measures what it says: sound books, every line answered. No test asks how long anything took."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench import fill, run
from bench.fill import TODAY
from tests.desk import Desk

CASES = 120


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run.made(tmp_path_factory.mktemp("bench"), CASES)


def test_the_books_are_sound(books: Path) -> None:
    with closing(sqlite3.connect(books)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = [
            conn.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("case_file", "person", "note")
        ]
        assert counts == [CASES, 2 * CASES, 2 * CASES]
        # the derived columns of a case say what its facts say
        wrong = conn.execute(
            "SELECT number FROM case_file c WHERE stage <> (SELECT stage FROM stage_step s WHERE s.case_id = c.id"
            " ORDER BY on_date DESC, seq DESC LIMIT 1)"
        )
        assert wrong.fetchall() == []


def test_the_program_reads_them(books: Path) -> None:
    desk = Desk(books, today=TODAY)
    assert desk.json("show", run.CASE)["stage"] == "complex"
    mine = desk.json("caseload", "--coordinator", "k00")
    assert len(mine) == 50
    assert len(desk.json("caseload")) > len(mine)
    assert len(desk.json("--as", "k00", "status")["waiting"]) == 50
    assert {row["name"] for row in desk.json("find", "髙橋節子")} == {"高橋 節子"}
    assert {row["name"] for row in desk.json("find", "たかはし", "節子")} == {"高橋 節子"}
    assert [row["birth_date"] for row in desk.json("find", "1930-01-01")] == ["1930-01-01"] * 2
    assert len(desk.json("find", "架空町1丁目")) == 2 * 14


def test_every_line_is_answered(books: Path, tmp_path: Path) -> None:
    found = run.measured({CASES: books}, 1, tmp_path)
    assert {"--help", "--version", "caseload", "status", "show", "map", "find", "find surname", "progress"} <= {
        line.name for line in found
    }
    assert all(line.median > 0 for line in found)
    drawn = run.table(found).splitlines()
    assert len(drawn) == len(found) + 1


def test_a_line_that_fails_is_no_measurement(tmp_path: Path) -> None:
    line = run.Line("show", (*run.toshima(), "show", run.CASE))
    with pytest.raises(RuntimeError, match="show: 5"):
        run.run(line, run.desk(tmp_path / "none.db"), keep=True)
    assert line.seconds == []


def test_what_was_kept_stands_beside_the_same_with_few_cases() -> None:
    few = run.Line("show", (), "import typer", 1.5, 1000, [0.2, 0.3, 0.4])
    many = run.Line("show", (), "import typer", 1.5, 9000, [0.6, 0.5, 0.9])
    base = run.Line("import typer", (), seconds=[0.1, 0.1, 0.2])
    drawn = [line.split() for line in run.table([base, many, few]).splitlines()]
    assert drawn[2] == ["show", "9,000", "0.600", "6.00", "import", "typer", "1.5"]
    assert drawn[3][:1] == ["2.00"]
    assert drawn[4] == ["show", "1,000", "0.300", "3.00", "import", "typer", "1.5"]


def test_more_cases_are_more_coordinators(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fill, "CASES_OF_ONE_COORDINATOR", 1_000)
    path = run.made(tmp_path, 2_000)
    with closing(sqlite3.connect(path)) as conn:
        shares = conn.execute("SELECT COUNT(*) FROM case_file WHERE ended_on IS NULL GROUP BY coordinator").fetchall()
    assert sorted(share for (share,) in shares) == [50, 50, 95]
