"""Every record an export may carry, as SELECTs made from the schema: what hangs on a case of somebody's own, on who
is withheld or on a report by law of others is no row of them (rules 7 and 11)."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.dialects import sqlite

from toshima_cli import records
from toshima_cli.domain.terms import Ground
from toshima_cli.records import COMPOSED, LOOSE, NUMBERED, table

OWNERS = ("member_id", "plan_id", "referral_id", "action_id", "concern_id", "item_id", "gap_id", "merge_id", "paper_id")
"""By what a record belongs to a case, where it does not name one itself; the first it has."""

STAY = frozenset({"act", "staff", "household", "person"})
"""What is never left out for whom it is about: keys of people and households say so themselves."""


@dataclass(frozen=True)
class View:
    """Whose export it is, and of what. `apart`: cases of somebody's own they are not of; `withheld`: members of whom
    they see the label alone; `cases`: the cases asked for, None for the office. What points at another case than these
    is no row of theirs: a file stands for itself."""

    viewer: str
    apart: frozenset[int] = frozenset()
    withheld: frozenset[int] = frozenset()
    cases: tuple[int, ...] | None = None
    _made: dict[str, str] = field(default_factory=dict, compare=False)

    # ------------------------------------------------------------ what may be seen

    def _there_is(self, case_id: Any) -> list[ColumnElement[bool]]:
        """The case is one of those asked for, and none this viewer is not of."""
        found = [case_id.not_in(sorted(self.apart))] if self.apart else []
        return [*found, case_id.in_(self.cases)] if self.cases is not None else found

    def _seen(self, name: str, of: Any) -> list[ColumnElement[bool]]:
        """The conditions under which a row is there for this viewer, over everything it hangs on."""
        if name == "case_file":
            return self._there_is(of.c.id)
        found: list[ColumnElement[bool]] = []
        if name == "referral":
            found.append(self._not_a_report_of_others(of))
        for key in sorted(table(name).foreign_keys, key=lambda key: key.parent.name):
            target, column = key.column.table.name, of.c[key.parent.name]
            if target in STAY or (name, key.parent.name) in LOOSE:
                continue
            if target == "case_file":
                asked = self._there_is(column)
                if asked:
                    found.append(or_(column.is_(None), and_(*asked)))
                continue
            there = table(target).alias()
            asked = self._seen(target, there)
            if target == "member" and self.withheld:
                asked.append(there.c.id.not_in(sorted(self.withheld)))
            if asked:
                found.append(or_(column.is_(None), exists().where(there.c.id == column, *asked)))
        return found

    def _not_a_report_of_others(self, of: Any) -> ColumnElement[bool]:
        act, case = table("act").alias(), table("case_file").alias()
        return or_(
            of.c.ground != Ground.STATUTORY_REPORT,
            exists().where(act.c.seq == of.c.seq, act.c.actor == self.viewer),
            exists().where(case.c.id == of.c.case_id, case.c.coordinator == self.viewer),
        )

    # --------------------------------------------------------------------- keys

    def key(self, name: str, row: Any) -> Any:
        """What the record in that row is called; None where it is not there for this viewer."""
        of = table(name).alias()
        return select(self._name(name, of)).where(of.c.id == row, *self._there(name, of)).scalar_subquery()

    def _there(self, name: str, of: Any) -> list[ColumnElement[bool]]:
        found = self._seen(name, of) if name not in ("person", "household") else []
        if name == "member" and self.withheld:
            found.append(of.c.id.not_in(sorted(self.withheld)))
        return found

    def _name(self, name: str, of: Any) -> Any:
        if name in NUMBERED:
            return of.c[NUMBERED[name]]
        match name:
            case "household":
                return self.first_case(of.c.id, number=True)
            case "person":
                return self.first_member(of.c.id, key=True)
            case "member":
                return self.key("case_file", of.c.case_id) + "/" + of.c.label
            case "concern":
                return self.key("case_file", of.c.case_id) + "/K" + self._place("concern", of, "case_id")
            case "merge":
                what = func.coalesce(self.key("case_file", of.c.case_id), self.key("person", of.c.person_id))
                one = table("merge").alias()
                same = or_(one.c.case_id == of.c.case_id, one.c.person_id == of.c.person_id)
                count = select(func.count()).where(same, one.c.id <= of.c.id).scalar_subquery()
                return what + "/M" + cast(count, String)
            case "meeting_item":
                return self.key("meeting", of.c.meeting_id) + "/" + cast(of.c.item, String)
            case "paper":
                return self.key("meeting", of.c.meeting_id) + "/" + cast(of.c.copy_number, String)
            case "gap":
                return literal("G") + cast(of.c.id, String)
        raise KeyError(name)

    def _place(self, name: str, of: Any, column: str) -> Any:
        """Which of its kind it is within what it belongs to, from 1; who is withheld does not count."""
        one = table(name).alias()
        asked = [one.c[column] == of.c[column], one.c.id <= of.c.id, *self._seen(name, one)]
        return cast(select(func.count()).where(*asked).scalar_subquery(), String)

    def first_case(self, household: Any, *, number: bool = False) -> Any:
        """The first case of a household that is seen."""
        case = table("case_file").alias()
        asked = select(case.c.number if number else case.c.id).where(
            case.c.household_id == household, *self._seen("case_file", case)
        )
        return asked.order_by(case.c.id).limit(1).scalar_subquery()

    def first_member(self, person: Any, *, key: bool = False) -> Any:
        """The first member a record stands behind, as far as it is seen."""
        member = table("member").alias()
        what = self._name("member", member) if key else member.c.id
        asked = select(what).where(member.c.person_id == person, *self._there("member", member))
        return asked.order_by(member.c.id).limit(1).scalar_subquery()

    # ------------------------------------------------------------------ belonging

    def owner(self, name: str, of: Any) -> Any:
        """The case whose people a record's words may name."""
        if "case_id" in of.c and name != "gap":
            own = of.c.case_id
            if name != "merge":
                return own
            return func.coalesce(own, self._case_of_person(of.c.person_id))
        if name == "case_file":
            return of.c.id
        if name == "correction":
            member, house = table("member").alias(), table("case_file").alias()
            return func.coalesce(
                select(member.c.case_id).where(member.c.id == of.c.member_id).scalar_subquery(),
                self._case_of_person(of.c.person_id),
                select(func.min(house.c.id)).where(house.c.household_id == of.c.household_id).scalar_subquery(),
                self._case_of_act(of.c.seq),
            )
        column = next((column for column in OWNERS if column in of.c), None)
        if column is None or name in ("gap", "meeting_gap"):
            return null()
        target = next(iter(table(name).c[column].foreign_keys)).column.table.name
        there = table(target).alias()
        return select(self.owner(target, there)).where(there.c.id == of.c[column]).scalar_subquery()

    def _case_of_person(self, person: Any) -> Any:
        member = table("member").alias()
        asked = select(member.c.case_id).where(member.c.id == self.first_member(person))
        return asked.scalar_subquery()

    def _case_of_act(self, seq: Any) -> Any:
        act = table("act").alias()
        return select(act.c.case_id).where(act.c.seq == seq).scalar_subquery()

    def _belongs(self, name: str, of: Any) -> ColumnElement[bool]:
        """Whether a row is about one of the cases asked for; by indexes, so that a case of a large office is quick."""
        assert self.cases is not None
        ids = self.cases
        if name == "case_link":
            return or_(of.c.case_id.in_(ids), of.c.other_id.in_(ids))
        people = self._of_ours("member", "person_id")
        if name == "merge":
            return or_(
                of.c.case_id.in_(ids),
                of.c.kept_case_id.in_(ids),
                of.c.person_id.in_(people),
                of.c.kept_person_id.in_(people),
            )
        if name == "correction":
            homes = select(table("case_file").c.household_id).where(table("case_file").c.id.in_(ids))
            undo = select(table("act").c.seq).where(table("act").c.case_id.in_(ids))
            return or_(
                of.c.member_id.in_(self._of_ours("member", "id")),
                of.c.person_id.in_(people),
                of.c.household_id.in_(homes),
                and_(of.c.field == "undone", of.c.seq.in_(undo)),
            )
        if name == "meeting":
            return or_(
                of.c.id.in_(self._of_ours("meeting_item", "meeting_id")),
                of.c.id.in_(self._of_ours("meeting_case", "meeting_id")),
            )
        if name == "gap":
            return or_(of.c.case_id.in_(ids), of.c.id.in_(self._of_ours("gap_case", "gap_id")))
        if "case_id" in of.c:
            found: ColumnElement[bool] = of.c.case_id.in_(ids)
            return found
        columns = ("meeting_id", *OWNERS) if name == "meeting_cancel" else OWNERS
        column = next(column for column in columns if column in of.c)
        target = next(iter(table(name).c[column].foreign_keys)).column.table.name
        there = table(target).alias()
        return of.c[column].in_(select(there.c.id).where(self._belongs(target, there)))  # type: ignore[no-any-return]

    def _of_ours(self, name: str, column: str) -> Any:
        of = table(name).alias()
        return select(of.c[column]).where(of.c.case_id.in_(self.cases or ()))

    # -------------------------------------------------------------------- streams

    def stream(self, name: str) -> str:
        """Every row of a type that hangs on acts, in the order of the acts: `seq`, `id`, `owner`, each field under its
        name, and what a reference points at under `_name`."""
        return self._kept(f"stream {name}", lambda: self._stream(name))

    def _stream(self, name: str) -> Any:
        of = table(name).alias()
        columns = [of.c.seq, of.c.id, self.owner(name, of).label("owner"), *self._columns(name, of)]
        if name in NUMBERED or name in COMPOSED:
            columns.append(self._name(name, of).label("key"))
        if name == "stage_step":
            first = table("stage_step").alias()
            least = select(func.min(first.c.id)).where(first.c.case_id == of.c.case_id).scalar_subquery()
            columns.append((of.c.id == least).label("opens"))
        if name == "member":
            columns.append((of.c.id == self.first_member(of.c.person_id)).label("comes"))
            columns.append(of.c.person_id.label("record"))
        asked = select(*columns).where(*self._seen(name, of))
        if self.cases is not None:
            asked = asked.where(self._belongs(name, of))
        return asked.order_by(of.c.seq, of.c.id)

    def _columns(self, name: str, of: Any) -> Iterable[Any]:
        for each in records.fields(name):
            column = of.c[each.column]
            if each.kind != "ref" or each.target == "staff":
                yield column.label(each.name)
                continue
            yield column.label(f"_{each.name}")
            yield self.key(each.target, column).label(each.name)

    def one(self, name: str) -> str:
        """A case, household or record of a person by its row (`:id`)."""
        return self._kept(f"one {name}", lambda: self._one(name))

    def _one(self, name: str) -> Any:
        of = table(name).alias()
        columns = [*self._columns(name, of), self._name(name, of).label("key")]
        if name == "case_file":
            columns.append((of.c.id == self.first_case(of.c.household_id)).label("opens"))
            columns.append(of.c.household_id.label("record"))
        return select(*columns).where(of.c.id == _given("id"))

    def parts(self, name: str) -> str:
        """The list within a record, by the record's row (`:id`)."""
        return self._kept(f"parts {name}", lambda: self._parts(name))

    def _parts(self, name: str) -> Any:
        found = records.part(name)
        assert found is not None
        of = table(found[0]).alias()
        columns: list[Any] = []
        for each in found[2]:
            column = of.c[each.column]
            columns.append((self.key(each.target, column) if each.kind == "ref" else column).label(each.name))
        keys = [of.c[column.name] for column in table(found[0]).primary_key.columns]
        return select(*columns).where(of.c[found[1]] == _given("id")).order_by(*keys)

    def acts(self) -> str:
        """Every act by its number in the books (`:id`)."""
        return self._kept("act", self._acts)

    def _acts(self) -> Any:
        of = table("act").alias()
        return select(*self._columns("act", of)).where(of.c.seq == _given("id"))

    def subjects(self) -> str:
        """(number, person_id) of everybody an export shows, case by case."""
        case, member = table("case_file").alias(), table("member").alias()
        hidden = [member.c.id.not_in(sorted(self.withheld))] if self.withheld else []
        of = case.outerjoin(member, and_(member.c.case_id == case.c.id, *hidden))
        asked = select(case.c.number, member.c.person_id).select_from(of).where(*self._seen("case_file", case))
        if self.cases is not None:
            asked = asked.where(case.c.id.in_(self.cases))
        return self._text(asked.order_by(case.c.id, member.c.id))

    def listed(self, name: str) -> str:
        """The rows of a list that is data, by its key."""
        return self._kept(f"listed {name}", lambda: self._listed(name))

    def _listed(self, name: str) -> Any:
        of = table(name)
        places = [of.c.position] if "position" in of.c else []
        return select(*self._columns(name, of)).order_by(*places, *of.primary_key.columns)

    def _kept(self, name: str, make: Any) -> str:
        if name not in self._made:
            self._made[name] = self._text(make())
        return self._made[name]

    def _text(self, asked: Select[Any]) -> str:
        return str(asked.compile(dialect=sqlite.dialect(paramstyle="named"), compile_kwargs={"literal_binds": True}))


view_of = lru_cache(8)(View)
"""One view for all who see the same: to make its statements takes longer than to read a small office."""


def _given(name: str) -> Any:
    return literal_column(f":{name}")


class Rows:
    """Writes rows of an export into tables, each statement made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, ...], str] = {}

    def put(self, conn: sqlite3.Connection, name: str, values: Mapping[str, Any]) -> int | None:
        """The number of the row; None where the table does not take it (a key twice, columns that do not fit)."""
        asked = (name, *values)
        if asked not in self._made:
            insert = table(name).insert().values(dict.fromkeys(values))
            named = sqlite.dialect(paramstyle="named")
            self._made[asked] = str(insert.compile(dialect=named, column_keys=list(values)))
        try:
            return int(conn.execute(self._made[asked], values).lastrowid or 0)
        except sqlite3.IntegrityError:
            return None

    def clear(self, conn: sqlite3.Connection, name: str) -> None:
        """Take a list out, before another one comes in its place."""
        conn.execute(str(table(name).delete()))
