"""One SQL text serves both databases: every named query gives the same rows on SQLite and on a real PostgreSQL.

The books: household A's whole story and some households beside it, and what the story lacks (tests/db/both.py), copied
table by table. Every query runs with every fitting value the books hold, and must answer something at least once.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.db.both import copied, enriched, files, named, of_postgres, opened
from tests.desk import copy
from tests.postgres import new_database
from toshima_cli import db, facts
from toshima_cli.looks import report
from toshima_cli.sqlite_file import connect

DAYS = ("2026-10-08", "2026-11-19", "2027-02-03", "2027-03-19", "2027-12-31")
FIRSTS = ("2026-04-01", "2026-11-01", "2027-02-01")
PARAMETERS: dict[str, str | tuple[Any, ...]] = {
    "address_key": "SELECT key FROM search_key WHERE kind = 'address' UNION SELECT NULL",
    "actor": "SELECT DISTINCT actor FROM act",
    "answered_before": ("2026-11-09", "2027-03-01"),
    "born": ("1942-02-11", None),
    "before": (5, 2**62),
    "body": ("stakeholder", "subcommittee", "council"),
    "before_day": ("2026-12-01", "2027-03-01", "2027-04-01"),
    "case_id": "SELECT id FROM case_file",
    "code": "SELECT code FROM \"window\" UNION SELECT code FROM code WHERE list = 'channel'",
    "coordinator": ("k03", "nobody", None),
    "day": (*DAYS, "2027-01-01"),
    "due_before": (None, "2026-11-19", "2027-03-01", "2027-12-31"),
    "gap_id": "SELECT id FROM gap",
    "grown_born": ("2009-01-01",),
    "held_on": DAYS,
    "highest": ("\U0010ffff",),
    "high": ("高橋\U0010ffff", "たか\U0010ffff"),
    "household_id": (1, 900, None),
    "how_many": (1, 3, 1000),
    "item": (1, 2, 99),
    "item_id": "SELECT id FROM meeting_item",
    "kana_key": ("たかはしゆみこ", "たかはしせつこ", None),
    "kind": ("case", "person", "meeting", "none"),
    "label": ("A", "C", "Z"),
    "last_day": ("2026-11-30", "2027-03-31"),
    "everyone": ("yes", "no"),
    "field": ("name", "office", "none"),
    "first": (1, 3),
    "last": (3, 1000),
    "list": ("channel", "none"),
    "lowest": ("", "2026-0002"),
    "low": ("高橋", "た"),
    "long_before": ("2026-12-01", "2027-03-02"),
    "member_id": (1, None),
    "meeting": "SELECT number FROM meeting",
    "meeting_id": "SELECT id FROM meeting",
    "months_12": ("2025-11-19", "2026-03-19"),
    "months_3": ("2026-08-19", "2026-12-19"),
    "months_6": ("2026-05-19", "2026-09-19"),
    "name_key": ("高橋由美子", "小林健", None),
    "number": "SELECT number FROM case_file UNION SELECT number FROM meeting UNION SELECT number FROM referral"
    " UNION SELECT code FROM staff UNION SELECT number FROM plan UNION SELECT number FROM action"
    " UNION SELECT 'G' || id FROM gap",
    "person_id": "SELECT id FROM person",
    "place": (0, 1),
    "phone_key": ("0300000000", None),
    "ref": "SELECT DISTINCT ref FROM journal_subject",
    "second_high": ("優\U0010ffff",),
    "second_low": ("優", None),
    "report": ("monthly", "none"),
    "scope": ("2026", "none", "csw 2027-02-23 r8-12"),
    "seq": "SELECT seq FROM member UNION SELECT seq FROM consent",
    "since": FIRSTS,
    "staff": "SELECT code FROM staff",
    "staff_code": ("k03", None),
    "stage": "SELECT DISTINCT stage FROM case_file UNION SELECT NULL",
    "state": ("open", "ended"),
    "start": FIRSTS,
    "third_high": (None,),
    "third_low": (None,),
    "today": DAYS,
    "viewer": ("k03", "nobody"),
    "window": "SELECT DISTINCT window_code FROM case_file UNION SELECT NULL",
}
"""Values for a parameter of that name, or the query over the books that gives them."""

QUERIES = [(file, name) for file in files() for name in named(db.queries(file))]
WRITING = {
    ("books", "next_number"),
    ("journal", "append"),
    ("journal", "append_subjects"),
    ("books", "forget_keys"),
    ("books", "write_keys"),
    ("books", "mark"),
    ("moving", "take_back"),
    ("moving", "act_is_about"),
}
READING = [query for query in QUERIES if query not in WRITING]


@dataclass
class Both:
    """Two open connections to equal books; a test leaves them as it found them."""

    sqlite: sqlite3.Connection
    postgres: Any

    def values(self, name: str) -> list[Any]:
        found = PARAMETERS[name]
        return [row[0] for row in self.sqlite.execute(found)] if isinstance(found, str) else list(found)

    def asked(self, names: set[str]) -> Iterator[dict[str, Any]]:
        ordered = sorted(names)
        for values in product(*(self.values(name) for name in ordered)):
            yield dict(zip(ordered, values, strict=True))

    def table(self, name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        text = f'SELECT * FROM "{name}" ORDER BY 1, 2, 3'
        return rows(self.sqlite.execute(text)), rows(self.postgres.execute(text))


@pytest.fixture(scope="module")
def books(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = copy(demonstration, tmp_path_factory.mktemp("both") / "books.db")
    enriched(path)
    return path


@pytest.fixture(scope="module")
def url(postgres: str, books: Path) -> Iterator[str]:
    with new_database(postgres) as found:
        copied(books, found)
        yield found


@pytest.fixture(scope="module")
def connected(books: Path, url: str) -> Iterator[Both]:
    with closing(connect(books)) as sqlite, opened(url) as postgres:
        yield Both(sqlite, postgres)


@pytest.fixture
def both(connected: Both) -> Iterator[Both]:
    """What a test writes, or an error leaves open, is taken back."""
    connected.sqlite.execute("BEGIN")
    yield connected
    connected.sqlite.execute("ROLLBACK")
    connected.postgres.rollback()


def rows(found: Any) -> list[dict[str, Any]]:
    """What a query gave, whether one row, none, or many."""
    if found is None:
        return []
    return [dict(row) for row in ([found] if isinstance(found, dict | sqlite3.Row) else found)]


def parameters(sql: str) -> set[str]:
    return set(re.findall(r"(?<![:\w]):(\w+)", sql))


@pytest.mark.parametrize(("file", "name"), READING, ids=lambda word: word)
def test_both_give_the_same_rows(file: str, name: str, both: Both) -> None:
    here, there = getattr(db.queries(file), name), getattr(of_postgres(file), name)
    ordered = "ORDER BY" in outermost(here.sql)
    answered = False
    for asked in both.asked(parameters(here.sql)):
        mine, theirs = rows(here(both.sqlite, **asked)), rows(there(both.postgres, **asked))
        if not ordered:
            mine, theirs = sorted(mine, key=_plain), sorted(theirs, key=_plain)
        assert mine == theirs, asked
        answered = answered or any(value is not None for row in mine for value in row.values())
    assert answered, "nothing fitted: the test would be blind"


def outermost(sql: str) -> str:
    """The text without what stands in parentheses."""
    while sql != (inner := re.sub(r"\([^()]*\)", "", sql)):
        sql = inner
    return sql


def _plain(row: dict[str, Any]) -> str:
    """The same text for a row of either database; SQLite's 1 is PostgreSQL's True, and equal to it."""
    return str([int(value) if isinstance(value, bool) else value for value in row.values()])


@pytest.mark.parametrize(("file", "name"), [(file, name) for file in report.FILES for name in named(db.queries(file))])
def test_the_report_counts_and_lists_the_same(file: str, name: str, both: Both) -> None:
    here, there = getattr(db.queries(file), name).sql, getattr(of_postgres(file), name).sql
    for asked in both.asked(parameters(here)):
        for around in (report.COUNT, report.LIST):
            mine = rows(both.sqlite.execute(around.format(list=here.strip().removesuffix(";")), asked))
            theirs = rows(both.postgres.execute(around.format(list=there.strip().removesuffix(";")), asked))
            if around is report.COUNT:
                mine, theirs = sorted(mine, key=_plain), sorted(theirs, key=_plain)
            assert mine == theirs, asked


def test_a_case_is_the_same_case(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows become the domain's facts by one loader, whichever database they came from."""
    numbers = [row["number"] for row in both.sqlite.execute("SELECT number FROM case_file ORDER BY number")]
    mine = [facts.load(both.sqlite, number) for number in numbers]
    monkeypatch.setattr(facts, "queries", of_postgres)
    assert [facts.load(both.postgres, number) for number in numbers] == mine
    assert len(mine) > 5


class TestWriting:
    def test_numbers_are_given_one_by_one(self, both: Both) -> None:
        given: list[list[int]] = [[], []]
        for scope in ("2026", "2026", "2099", "2026"):
            for place, (queries, conn) in enumerate(
                ((db.queries("books"), both.sqlite), (of_postgres("books"), both.postgres))
            ):
                given[place].append(queries.next_number(conn, kind="case", scope=scope)["value"])
        assert given[0] == given[1]
        first = given[0][0]
        assert given[0] == [first, first + 1, 1, first + 2]
        assert given[0][0] > 1, "the story gave numbers: the counter goes on from there"

    def test_an_entry_of_the_journal_is_kept_the_same(self, both: Both) -> None:
        last = db.queries("journal").last(both.sqlite)["entry"]
        entry = {
            "entry": last + 1,
            "recorded_at": "2027-03-19T00:00:00.000000Z",
            "replayed": True,
            "actor": "k03",
            "verb": "show",
            "result": "refused",
            "rule": "consent.plan.refused 100%",
            "on_date": "2027-03-19",
            "seq": None,
            "about": "case:2026-0001 person:1",
            "fields": "",
            "hash": "0" * 64,
        }
        subjects = [
            {"kind": "case", "ref": "2026-0001", "entry": last + 1},
            {"kind": "x", "ref": "%s", "entry": last + 1},
        ]
        for queries, conn in ((db.queries("journal"), both.sqlite), (of_postgres("journal"), both.postgres)):
            queries.append(conn, **entry)
            queries.append_subjects(conn, subjects)
        for table in ("journal", "journal_subject"):
            mine, theirs = both.table(table)
            assert mine == theirs
        assert both.table("journal")[1][-1] == entry
