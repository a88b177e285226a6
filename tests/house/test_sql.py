"""What every `.sql` keeps to, so that one text serves SQLite and PostgreSQL, today's books and a million cases.

That both really give the same rows is `tests/db/test_sql_on_both.py`; here stands what a few rows do not show.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean
from sqlmodel import SQLModel

from toshima_cli import books, change_tables, office_tables, paper_tables, reference_tables, tables
from toshima_cli.db import QUERIES, queries
from toshima_cli.rows import Fact

__all__ = ["change_tables", "office_tables", "paper_tables", "reference_tables", "tables"]  # imported for their tables

FILES = sorted(path.stem for path in QUERIES.glob("*.sql"))


def named() -> Iterator[tuple[str, str]]:
    for file in FILES:
        for name in queries(file).available_queries:
            if not name.endswith("_cursor"):
                yield file, name


ALL = list(named())
each = pytest.mark.parametrize(("file", "name"), ALL, ids=lambda word: word)

BOOLEANS = "|".join(
    sorted(
        {c.name for table in SQLModel.metadata.tables.values() for c in table.columns if isinstance(c.type, Boolean)}
    )
)
FACTS = {table.__tablename__ for table in Fact.__subclasses__()}

FORBIDDEN = {
    "LIKE: each database folds letters its own way": r"\b(NOT )?(I?LIKE|GLOB|REGEXP|SIMILAR TO)\b",
    "a list of values: join, or compare one by one": r"\bIN\s*\((?!\s*SELECT\b)",
    "a bool compared with a number": rf"\b({BOOLEANS})\s*(=|<>|!=|IS( NOT)?)\s*[01]\b",
    "BETWEEN: ranges are half open": r"\bBETWEEN\b",
    "a function or operator of one database": (
        r"\b(strftime|julianday|unixepoch|datetime|date|time|now|age|extract|date_trunc|to_char|to_date|interval"
        r"|ifnull|iif|nvl|instr|strpos|printf|format|group_concat|string_agg|array_agg|json_\w+|total|random|typeof"
        r"|last_insert_rowid|changes|hex|quote|glob)\s*\(|::|->|\bILIKE\b|\bSIMILAR\b"
    ),
    "the clock": r"\bCURRENT_(DATE|TIME|TIMESTAMP)\b|\bLOCALTIME",
    "a word of one database": r"\b(rowid|OR (REPLACE|IGNORE|ABORT)|REPLACE INTO|AUTOINCREMENT|PRAGMA|INDEXED BY)\b",
    "LIMIT with a comma": r"\bLIMIT\s+[^;\s]+\s*,",
    "every column, whatever they are by then": r"SELECT\s+(\w+\.)?\*",
    "window without quotes: PostgreSQL keeps the word": r"(?<![\"\w:.])window(?![\"\w])",
    "double quotes round a text": r"[=<>]\s*\"",
}


def bare(sql: str) -> str:
    """The text without comments and without what stands in single quotes."""
    return re.sub(r"'[^']*'", "''", re.sub(r"--[^\n]*", "", sql))


def text(file: str, name: str) -> str:
    found: str = getattr(queries(file), name).sql
    return found


def broken(sql: str) -> list[str]:
    return [why for why, pattern in FORBIDDEN.items() if re.search(pattern, bare(sql), re.IGNORECASE)]


class TestTheText:
    def test_there_is_something_to_look_at(self) -> None:
        assert len(ALL) > 80
        assert {"case_file", "journal"} <= set(SQLModel.metadata.tables)
        assert {"consent", "meeting_item"} <= FACTS
        assert "present" in BOOLEANS.split("|")

    @each
    def test_says_what_it_is(self, file: str, name: str) -> None:
        assert (getattr(queries(file), name).__doc__ or "").strip()

    @each
    def test_is_understood_by_both(self, file: str, name: str) -> None:
        assert broken(text(file, name)) == []

    @pytest.mark.parametrize("file", FILES)
    def test_comments_hold_no_parameter(self, file: str) -> None:
        lines = (QUERIES / f"{file}.sql").read_text(encoding="utf-8").splitlines()
        wrong = [
            number
            for number, line in enumerate(lines, start=1)
            if ":" in line.partition("--")[2] and not line.startswith("-- name: ")
        ]
        assert wrong == []

    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT 1 FROM person WHERE name LIKE :x",
            "SELECT 1 FROM case_file WHERE stage IN ('a', 'b')",
            "SELECT 1 FROM case_file WHERE stage IN (:a, :b)",
            "SELECT 1 FROM party WHERE present = 1",
            "SELECT 1 FROM party y WHERE y.present IS NOT 0",
            "SELECT 1 FROM note WHERE on_date BETWEEN :a AND :b",
            "SELECT date(on_date, '+1 day') FROM note",
            "SELECT ifnull(name, '') FROM person",
            "SELECT on_date::text FROM note",
            "SELECT 1 WHERE on_date < CURRENT_DATE",
            "INSERT OR REPLACE INTO counter VALUES (1)",
            "SELECT 1 FROM note LIMIT 1, 2",
            "SELECT n.* FROM note n",
            "SELECT code FROM window",
            'SELECT 1 FROM code WHERE list = "channel"',
        ],
    )
    def test_what_is_forbidden_is_seen(self, sql: str) -> None:
        assert broken(sql)

    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT 1 FROM person WHERE id IN (SELECT id FROM person)",
            "SELECT 1 FROM party WHERE present",
            "SELECT 1 FROM x WHERE nth = 1 AND on_date >= :start AND on_date < :before_day",
            'SELECT code AS "window" FROM "window"',
            "SELECT 'LIKE', 'a::b' FROM note -- date(x)",
            "SELECT 1 FROM staff WHERE window_code = :window",
        ],
    )
    def test_what_is_allowed_is_left_alone(self, sql: str) -> None:
        assert broken(sql) == []


UNDONE_TOO = {
    ("books", "plan_id"): "looked up by the number an act of this very transaction gave",
    ("books", "action_id"): "looked up by a number the facts, which leave undone acts out, have named",
    ("books", "labels"): "a label is never given twice, not even after an undo",
    ("facts", "consent_exclusions"): "hangs on consents, which leave undone acts out",
    ("facts", "approach_members"): "hangs on approaches, which leave undone acts out",
    ("facts", "ending_changes"): "hangs on endings, which leave undone acts out",
    ("meetings", "last_item"): "a number is never given twice, not even after an undo",
    ("undo", "last_version"): "a number is never given twice, not even after an undo",
    ("undo", "turns"): "asked of an act that stands",
    ("undo", "first_correction"): "what a field said before it was ever corrected, whatever became of the correction",
    ("places", "place_any"): "a code is never given twice, not even after an undo",
    ("papers", "last_copy"): "the number of a copy is never given twice",
    ("moving", "last_gap"): "a number is never given twice, not even after an undo",
    ("moving", "has_begun"): "undone records come along, and the first of them began the case",
    ("moving", "sittings_of"): "an undone sitting would tell of a case of somebody's own as well",
    ("moving", "member_id"): "undone records come along, and others point at them",
    ("moving", "referral_id"): "undone records come along, and others point at them",
    ("moving", "meeting_id"): "undone records come along, and others point at them",
    ("moving", "item_id"): "undone records come along, and others point at them",
    ("moving", "paper_id"): "undone records come along, and others point at them",
    ("moving", "gap_id"): "undone records come along, and others point at them",
    ("moving", "concern_id"): "undone records come along, and others point at them",
    ("moving", "case_merge_id"): "undone records come along, and others point at them",
    ("moving", "person_merge_id"): "undone records come along, and others point at them",
    ("moving", "item_about"): "undone records come along, and others point at them",
    ("moving", "records_of"): "asked of a case whose reception was taken back",
    ("moving", "last_action"): "a number is never given twice, not even after an undo",
    ("moving", "last_note"): "a number is never given twice, not even after an undo",
    ("moving", "last_consent"): "a number is never given twice, not even after an undo",
    ("show", "notes"): "an undone entry stays in the progress record and says so",
    ("show", "undone"): "what was taken back stays on the timeline and says so",
    ("show", "undone_people"): "what was taken back stays on the timeline and says so",
}
"""Queries that see rows of undone acts, and why they may."""


class TestUndoneActs:
    @each
    def test_are_left_out(self, file: str, name: str) -> None:
        sql = bare(text(file, name))
        spoken_of = {word for word in re.findall(r"\b(?:FROM|JOIN)\s+\"?(\w+)", sql) if word in FACTS}
        if spoken_of and (file, name) not in UNDONE_TOO:
            assert re.search(r"\bundone_by IS NULL\b", sql)
        for alias in re.findall(r"\bJOIN act (\w+) ON", sql):
            assert re.search(rf"\b{alias}\.undone_by IS (NOT )?NULL\b", sql), f"{alias} is joined and never asked"

    def test_every_exception_is_still_one(self) -> None:
        for file, name in UNDONE_TOO:
            assert "undone_by IS NULL" not in text(file, name), (file, name)


BIG = {"case_file", "person", "member", "household", "concern", "stage_step", "note", "act"}
"""What grows with the cases: a million of them one day."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("plans") / "books.db"
    books.create(path)
    with closing(sqlite3.connect(path)) as conn:
        yield conn


def scanned(conn: sqlite3.Connection, sql: str) -> set[str]:
    """The big tables a statement reads without going in by an index."""
    asked: dict[str, Any] = dict.fromkeys(re.findall(r"(?<![:\w]):(\w+)", sql))
    aliases: dict[str, str] = {
        alias: table
        for table, alias in re.findall(r"\b(?:FROM|JOIN)\s+(\w+)(?:\s+AS)?\s+(\w+)", bare(sql))
        if table in BIG
    }
    plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", asked)]
    found = [match[1] for line in plan if (match := re.match(r"SCAN (\w+)", line))]
    return {aliases.get(word, word) for word in found} & BIG


class TestThePlan:
    @each
    def test_goes_in_by_an_index(self, file: str, name: str, empty: sqlite3.Connection) -> None:
        assert scanned(empty, text(file, name)) == set()

    @pytest.mark.parametrize(
        ("sql", "found"),
        [
            ("SELECT number FROM case_file", {"case_file"}),
            ("SELECT c.number FROM case_file c WHERE c.note = :note", {"case_file"}),
            ("SELECT p.name FROM person p JOIN staff s ON s.name = p.name", {"person"}),
            ("SELECT c.number FROM case_file c WHERE c.number = :number", set()),
        ],
    )
    def test_a_full_scan_is_seen(self, sql: str, found: set[str], empty: sqlite3.Connection) -> None:
        assert scanned(empty, sql) == found
