"""What an export says of each table: read off the columns and foreign keys of the schema, so that a new table is
followed by itself or a test says it is not. Numbers of rows never leave the books: a record is named by what people
know it by (a case's number, `2026-0001/B`, `M2026-0003/2`) or by its place in its act (`12.1`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Date, Enum, Integer, Table, Text
from sqlmodel import SQLModel

from toshima_cli import change_tables, office_tables, paper_tables, reference_tables, tables

__all__ = ["change_tables", "office_tables", "paper_tables", "reference_tables", "tables"]  # imported for the metadata

SCHEMA = "toshima.export/1"

REFERENCE = (
    "window",
    "programme",
    "body_member",
    "concern_kind",
    "routing",
    "code",
    "conference",
    "setting",
    "decider",
    "holiday",
    "staff",
)
"""The lists of the office and the people who work there: first in the export of an office, by their key."""

LEFT_OUT: Mapping[str, str] = {
    "reporter": "Who told us is never on an export (rule 10).",
    "journal": "The journal is the chain of these very books; an import writes its own.",
    "journal_subject": "It repeats the journal.",
    "text_check": "That a text may go into a paper is for somebody to say who read it there; it is asked again.",
    "counter": "The last numbers given follow from the records.",
    "search_key": "What people are found by follows from their names.",
}
"""Tables that no export carries, and why."""

DERIVED = frozenset(
    {
        "case_file.fiscal_year",
        "case_file.ordinal",
        "case_file.stage",
        "case_file.coordinator",
        "case_file.ended_on",
        "case_file.last_contact_on",
        "case_file.last_contact_method",
        "case_file.next_due_on",
        "case_file.next_due_kind",
        "case_file.next_due_what",
        "person.name_key",
        "person.kana_key",
    }
)
"""Columns that repeat what the records say: an import writes them anew."""

PARTS: Mapping[str, tuple[str, str]] = {
    "consent": ("consent_exclusion", "excluding"),
    "plan": ("plan_member", "people"),
    "ending": ("ending_change", "changes"),
    "approach": ("approach_member", "people"),
    "paper_item": ("paper_member", "people"),
}
"""Tables that are a list within another record, and the field it stands in."""

NUMBERED: Mapping[str, str] = {
    "case_file": "number",
    "consent": "number",
    "referral": "number",
    "note": "number",
    "plan": "number",
    "action": "number",
    "meeting": "number",
    "resource": "code",
}
"""The column that is a record's key; every other key is composed, see `key`."""

COMPOSED = ("household", "person", "member", "concern", "merge", "meeting_item", "paper", "gap")

OFFICE_ONLY = frozenset(
    {
        "party",
        "secrecy",
        "agenda_change",
        "meeting_gap",
        "paper",
        "paper_item",
        "paper_return",
        "minutes",
        "resource",
        "setting_change",
        "publication",
    }
)
"""What a sitting keeps of itself, and what is about no case: not in the export of a case."""

LOOSE = frozenset(
    {
        ("act", "case_id"),
        ("departure", "to_case_id"),
        ("ending", "kept_id"),
        ("gap", "case_id"),
        ("plan_step", "meeting_id"),
    }
)
"""What may point at something that is not exported: the record stays and says null there. Any other goes with it."""

JSON = frozenset({("referral", "permit"), ("meeting_item", "reason")})

SUPPORTERS = frozenset(
    {
        ("watch", "watcher"),
        ("action", "who"),
        ("plan", "lead"),
        ("ending", "lead"),
        ("referral", "to_name"),
        ("consent", "by_name"),
        ("consent", "explained_by"),
        ("consent", "judged_by"),
    }
)
"""Who supports, decides or explains stands there though they told us: it says nothing of that (as on the map)."""

TYPES = {"case_file": "case"}
"""Names of types that differ from the table's."""

RENAMED = {("stage_step", "act"): "step"}
"""Names of fields that differ from the column's: `act` is the number of the act a record stands under."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record. `kind`: ref (a key of `target`), slug (of `values`), date, bool, int, json, word, text;
    `text` is what people type at length."""

    name: str
    column: str
    kind: str
    nullable: bool
    target: str = ""
    values: tuple[str, ...] = ()


def table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def type_of(name: str) -> str:
    return TYPES.get(name, name)


def facts() -> tuple[str, ...]:
    """The types that hang on an act, in the order in which they stand under it: what opens a case and who comes in
    first, then so that everything comes after what it points at."""
    parts = {part for part, _ in PARTS.values()}
    every = [t.name for t in SQLModel.metadata.sorted_tables if "seq" in t.c and "id" in t.c]
    rest = [name for name in every if name not in LEFT_OUT and name not in parts]
    first = ["stage_step", "member"]
    return (*first, *(name for name in rest if name not in first))


def exported() -> tuple[str, ...]:
    """Every table that is a record of its own, in the order of the schema."""
    return (*REFERENCE, "act", "household", "case_file", "person", *facts())


@cache
def fields(name: str) -> tuple[Field, ...]:
    """The fields of a record after `type` and `key`, in the order of its columns."""
    return tuple(
        _field(name, column)
        for column in table(name).columns
        if column.name not in ("id", "seq", "undone_by")
        and f"{name}.{column.name}" not in DERIVED
        and NUMBERED.get(name) != column.name
    )


def _field(name: str, column: Any) -> Field:
    null = bool(column.nullable)
    key = next(iter(column.foreign_keys), None)
    if key is not None:
        target = key.column.table.name
        shown = column.name.removesuffix("_id") if target != "staff" else column.name
        return Field(shown, column.name, "ref", null, target=target)
    shown = RENAMED.get((name, column.name), column.name)
    if (name, column.name) in JSON:
        return Field(shown, column.name, "json", null)
    kinds = ((Enum, "slug"), (Boolean, "bool"), (Date, "date"), (Integer, "int"), (Text, "text"))
    kind = next((kind for of, kind in kinds if isinstance(column.type, of)), "word")
    values = tuple(column.type.enums) if kind == "slug" else ()
    return Field(shown, column.name, kind, null, values=values)


@cache
def part(name: str) -> tuple[str, str, tuple[Field, ...]] | None:
    """(table, column that points at the record, fields of an entry) of the list within a record."""
    if name not in PARTS:
        return None
    own = table(PARTS[name][0])
    owner = next(iter(own.primary_key.columns))
    return own.name, owner.name, tuple(_field(own.name, c) for c in own.columns if c is not owner)


def covered(of: Table) -> set[str]:
    """The columns of a table that an export carries in a field, in a key, or as the act a record stands under."""
    if of.name in (part for part, _ in PARTS.values()):
        return {column.name for column in of.columns}
    found = {field.column for field in fields(of.name)} if of.name in exported() else set()
    if "seq" in of.c:
        found |= {"seq", "undone_by"}  # the act's number, and `undoes` of the act that took it back
    if of.name in NUMBERED:
        found.add(NUMBERED[of.name])
    return found & {column.name for column in of.columns}
