"""What one act wrote, and what hangs on it: read off the foreign keys of the schema, so that a new table is followed by
itself. Rows of undone acts hang on nothing."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, ForeignKey, Table, select, update
from sqlmodel import Session, SQLModel

from toshima_cli import change_tables, office_tables, paper_tables, tables

__all__ = ["change_tables", "office_tables", "paper_tables", "tables"]  # imported for the metadata

Ids = dict[str, set[int]]
"""Rows by their table."""

MARKS = {"plan_step": "status", "referral": "ground", "consent": "decision", "party": "present"}
"""The column that tells the rows of a table apart for whoever asks what weighs."""

Hung = tuple[int, str]
"""(sequence of the act, its table with the mark: `plan`, `referral:consent`)."""


def _facts() -> Iterator[Table]:
    return (table for table in SQLModel.metadata.sorted_tables if "seq" in table.c and "id" in table.c)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def column(row: Any, name: str) -> Any:
    """The column behind a field of a row."""
    return _table(row.__tablename__).c[name]


def _not_undone(seq: ColumnElement[Any]) -> ColumnElement[bool]:
    act = _table("act")
    return seq.in_(select(act.c.seq).where(act.c.undone_by.is_(None), act.c.name != "undo"))


def of(session: Session, seq: int) -> Ids:
    """The rows of an act: its facts, and the case, the people and the colleague that came into the books with it."""
    found: Ids = {}
    for table in _facts():
        ids = set(session.scalars(select(table.c.id).where(table.c.seq == seq)))
        if ids:
            found[table.name] = ids
    for key, name, column in (("case_file", "stage_step", "case_id"), ("person", "member", "person_id")):
        new = _first_with(session, _table(name), column, found.get(name, set()))
        if new:
            found[key] = new
    return found


def _first_with(session: Session, table: Table, column: str, rows: Collection[int]) -> set[int]:
    """What these rows name, where no row before them names it."""
    named = set(session.scalars(select(table.c[column]).where(table.c.id.in_(rows))))
    earlier = select(table.c[column]).where(table.c[column].in_(named), table.c.id < min(rows, default=0))
    return named - set(session.scalars(earlier))


def marks(session: Session, rows: Ids) -> frozenset[str]:
    """The tables of these rows, each with the marks that occur."""
    return frozenset(
        what
        for name, ids in rows.items()
        for what in (
            {_marked(name, value) for value in session.scalars(select(_mark(name)).where(_table(name).c.id.in_(ids)))}
            if name in MARKS
            else {name}
        )
    )


def below(session: Session, roots: Mapping[str, Collection[int]], after: int) -> set[Hung]:
    """Everything later acts than `after` recorded that points, over however many rows, at one of the roots."""
    seen: dict[str, set[int]] = {name: set(ids) for name, ids in roots.items()}
    now, found = {name: set(ids) for name, ids in roots.items()}, set[Hung]()
    while now:
        beyond: Ids = {}
        for key in _keys(now):
            for row, seq, what in _pointing(session, key, now[key.column.table.name]):
                if seq > after:
                    found.add((seq, what))
                name = key.parent.table.name
                if row is not None and row not in seen.setdefault(name, set()):
                    seen[name].add(row)
                    beyond.setdefault(name, set()).add(row)
        now = beyond
    return found


def _keys(targets: Mapping[str, Any]) -> Iterator[ForeignKey]:
    for table in SQLModel.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name in targets and key.column.table.name != "act":
                yield key


def _pointing(session: Session, key: ForeignKey, ids: Collection[int]) -> list[tuple[int | None, int, str]]:
    """(row, sequence of its act, what it is) of the rows that point there."""
    column = cast("ColumnElement[Any]", key.parent)
    table = key.parent.table
    if "seq" in table.c and "id" in table.c:
        asked = select(table.c.id, table.c.seq, _mark(table.name)).where(column.in_(ids), _not_undone(table.c.seq))
        return [(row, seq, _marked(table.name, mark)) for row, seq, mark in session.execute(asked)]
    if table.name == "act":
        own = select(table.c.seq).where(column.in_(ids), _not_undone(table.c.seq))
        return [(None, seq, "act") for seq in session.scalars(own)]
    owner = next(iter(table.primary_key.columns), None)
    whole = next(iter(owner.foreign_keys), None) if owner is not None else None
    if whole is None or owner is None or "seq" not in whole.column.table.c:
        return []
    # a part of a fact (whom a plan is for): its act is the one of the whole
    part = select(whole.column.table.c.seq).join(table, owner == whole.column)
    return [
        (None, seq, table.name)
        for seq in session.scalars(part.where(column.in_(ids), _not_undone(whole.column.table.c.seq)))
    ]


def _mark(name: str) -> ColumnElement[Any]:
    table = _table(name)
    return table.c[MARKS.get(name, "id")]


def _marked(name: str, value: Any) -> str:
    if name not in MARKS:
        return name
    return f"{name}:{value.value if isinstance(value, StrEnum) else str(value).lower()}"


def above(session: Session, rows: Ids, wanted: str) -> set[int]:
    """The ids of one table (cases, people, sittings) that these rows point at, over however many rows."""
    found, now = set(rows.get(wanted, ())), {name: set(ids) for name, ids in rows.items() if name != wanted}
    while now:
        beyond: Ids = {}
        for name, ids in now.items():
            for key in _table(name).foreign_keys:
                target = key.column.table.name
                if target in ("act", "staff"):
                    continue
                column = cast("ColumnElement[Any]", key.parent)
                there = set(session.scalars(select(column).where(_table(name).c.id.in_(ids), column.is_not(None))))
                if target == wanted:
                    found |= there
                elif there:
                    beyond.setdefault(target, set()).update(there)
        now = beyond
    return found


def spoken_of(session: Session, members: Collection[int], after: int) -> set[int]:
    """Later acts that kept these people as shown in a multi-layered conference: their consent let it show them."""
    shown, item = _table("item_member"), _table("meeting_item")
    asked = select(shown.c.seq).join(item, item.c.id == shown.c.item_id)
    asked = asked.where(
        shown.c.member_id.in_(members),
        shown.c.masked.is_(False),
        item.c.kind == "multilayer_conference",
        shown.c.seq > after,
        _not_undone(shown.c.seq),
    )
    return set(session.scalars(asked))


def discussed(session: Session, meetings: Collection[int]) -> set[int]:
    """The cases on the agendas of these sittings."""
    item = _table("meeting_item")
    asked = select(item.c.case_id).where(item.c.meeting_id.in_(meetings), item.c.case_id.is_not(None))
    return set(session.scalars(asked))


NAMED = {"member": "label", "resource": "code"}
"""What people name themselves and may name again once it was taken back: label and code are given once in the books."""


def set_aside(session: Session, rows: Ids, seq: int) -> None:
    """Free those names: the undone row keeps its own with a mark no name has (`D~12`)."""
    for name, ids in rows.items():
        if name in NAMED:
            named = _table(name).c[NAMED[name]]
            session.execute(update(_table(name)).where(_table(name).c.id.in_(ids)).values({named: named + f"~{seq}"}))
