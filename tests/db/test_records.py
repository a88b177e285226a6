"""Every table and every column of the books is in an export, or it is said why not."""

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table
from sqlmodel import SQLModel

from tests.db.both import enriched
from tests.desk import NearDesk, copy
from toshima_cli import records, shapes

ROOT = Path(__file__).parent.parent.parent
PARTS = {part for part, _ in records.PARTS.values()}


def forgotten(table: Table) -> set[str]:
    """The columns of a table that no export carries and nobody said why."""
    if table.name in records.LEFT_OUT:
        return set()
    known = records.covered(table) | {name for name in ("id",) if name in table.c}
    return {column.name for column in table.columns if f"{table.name}.{column.name}" not in records.DERIVED} - known


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_is_exported_or_left_out_for_a_reason(table: Table) -> None:
    assert forgotten(table) == set()
    assert (table.name in records.LEFT_OUT) != (table.name in records.exported() or table.name in PARTS)


def test_a_table_nobody_thought_of_is_noticed() -> None:
    """A new fact follows by itself; a list without an act has to be named."""
    new = Table("diary", MetaData(), Column("code", String, primary_key=True), Column("text", String))
    assert forgotten(new) == {"code", "text"}
    more = Table("staff", MetaData(), Column("code", String, primary_key=True), Column("shoe_size", Integer))
    assert forgotten(more) == {"shoe_size"}


def test_nothing_is_left_out_in_vain() -> None:
    assert records.LEFT_OUT.keys() <= SQLModel.metadata.tables.keys()
    columns = {f"{t.name}.{c.name}" for t in SQLModel.metadata.sorted_tables for c in t.columns}
    assert columns >= records.DERIVED
    named = {(name, each.column) for name in records.exported() for each in records.fields(name)}
    assert records.SUPPORTERS | records.JSON | records.LOOSE | shapes.WORDS.keys() | records.RENAMED.keys() <= named
    assert set(records.facts()) >= records.OFFICE_ONLY


def test_each_type_stands_after_what_it_points_at() -> None:
    order = records.facts()
    for place, name in enumerate(order):
        for each in records.fields(name):
            if each.target in order and each.target != name and name != "stage_step":
                assert order.index(each.target) < place, (name, each.target)


def test_every_type_occurs_in_a_rich_office(demonstration: Path, tmp_path: Path) -> None:
    """What no test data has nobody would miss."""
    desk = NearDesk(copy(demonstration, tmp_path / "books.db"), today="2027-03-19")
    enriched(desk.db)
    desk.ok("--as", "k03", "export", "office", "-o", str(tmp_path / "office.jsonl"))
    text = (tmp_path / "office.jsonl").read_text(encoding="utf-8")
    lacking = {name for name in records.exported() if f'"type":"{records.type_of(name)}"' not in text}
    assert lacking <= {"meeting_case", "gap_case", "merge_end"}, lacking
