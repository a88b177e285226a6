"""The lists of the monthly report as queries: indexes, and one text that both databases read alike."""

import re
from collections.abc import Iterator
from datetime import date

import aiosql
import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy import MetaData, create_engine, insert, select
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from tests.history import History, empty
from tests.lives import MONTHS, RICH, write
from toshima_cli.db import QUERIES
from toshima_cli.domain import figures as f
from toshima_cli.domain import report as r
from toshima_cli.looks import report as looks

LISTS = sorted({figure.query for block in f.BLOCKS for figure in block.figures})


@pytest.fixture(scope="module")
def books() -> Iterator[History]:
    conn = empty()
    yield History(conn)
    conn.close()


def test_no_list_scans_the_cases_or_the_people(books: History) -> None:
    """The planner knows nothing of the tables' sizes, as in books that were never analysed."""
    big = {"case_file", "person", "member", "stage_step", "consent", "note", "act"}
    asked = r.Range(date(2026, 7, 1), date(2026, 8, 1)).asked(f.BLOCKS[0].figures[0], engaging_long=90, unanswered=14)
    for name in LISTS:
        sql = looks.list_of(name)
        alias = {a: table for table, a in re.findall(r"(?:FROM|JOIN) (\w+) (\w+)", sql)}
        for frame in (looks.COUNT, looks.LIST):
            plan = books.conn.execute("EXPLAIN QUERY PLAN " + frame.format(list=sql), asked)
            scans = [found[1] for row in plan if (found := re.match(r"SCAN (\w+)", row["detail"]))]
            assert not big & {alias.get(scan, scan) for scan in scans}, name


def test_every_list_has_the_same_columns_and_no_text_only_one_database_takes() -> None:
    text = "".join((QUERIES / f"{file}.sql").read_text(encoding="utf-8") for file in looks.FILES)
    names = re.findall(r"-- name: (\w+)", text)
    assert sorted(names) == LISTS
    for comment in re.findall(r"^--(?! name:)(.*)$", text, re.MULTILINE):
        assert ":" not in comment
    assert not re.search(r"\b(LIKE|strftime|julianday|IFNULL|printf|IN \()\b|%", text)


def test_both_databases_count_the_same(postgres_database: str) -> None:
    h = History(empty())
    write(h, RICH)
    copy(h, postgres_database)
    files = [aiosql.from_path(QUERIES / f"{file}.sql", "psycopg", mandatory_parameters=False) for file in looks.FILES]
    there = {name: getattr(file, name).sql for file in files for name in file.available_queries}
    with psycopg.connect(postgres_database, row_factory=dict_row, cursor_factory=psycopg.ClientCursor) as conn:
        empties = set(LISTS)
        for span in MONTHS:
            asked = span.asked(f.BLOCKS[0].figures[1], engaging_long=30, unanswered=14)
            for name in LISTS:
                ours, theirs = looks.list_of(name), there[name].strip().removesuffix(";")
                here = [dict(row) for row in h.conn.execute(looks.LIST.format(list=ours), asked)]
                found = conn.execute(looks.LIST.format(list=theirs), asked).fetchall()
                assert [{**row, "on_date": row["on_date"].isoformat()} for row in found] == here, name
                if here:
                    empties.discard(name)
        assert empties == set()
    h.conn.close()


def copy(h: History, url: str) -> None:
    """The rows of the books into an empty PostgreSQL, table by table."""
    here = create_engine("sqlite://", creator=lambda: h.conn, poolclass=StaticPool)
    there = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    metadata: MetaData = SQLModel.metadata
    with there.begin() as target:
        metadata.create_all(target)
        # acts and cases point at each other; the rows are whole, so the order need not matter
        target.exec_driver_sql("SET session_replication_role = replica")
        with here.connect() as source:
            for table in metadata.tables.values():
                rows = [dict(row) for row in source.execute(select(table)).mappings()]
                if rows:
                    target.execute(insert(table), rows)
    there.dispose()
