"""One line of an export after the other into the books: its shape, what it points at, and what has to hold of it."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from toshima_cli import places, records, shapes
from toshima_cli.db import LOCAL, TELLS_OF_A_REPORT, Work, queries
from toshima_cli.domain import office
from toshima_cli.domain import terms as t
from toshima_cli.domain.names import fold
from toshima_cli.domain.regular import BadRegular, parse_regular
from toshima_cli.domain.verdict import Say, say
from toshima_cli.exported import Rows
from toshima_cli.flow.import_checks import Checks, Lost, Unfounded, Wrong
from toshima_cli.flow.import_keys import Keys
from toshima_cli.records import Field, fields, table, type_of
from toshima_cli.shapes import CODE, MOMENT, NAME

Found = tuple[str, Say]
"""(field, what is wrong there)."""

DATED = 9999

COMES_WITH = {"case_file": "household", "member": "person"}
"""What stands before a record because it comes into the books with it."""

OF_YEARS = {"case_file": "case", "meeting": "meeting", "referral": "referral"}
"""What is numbered through a fiscal year, and the kind its last number is kept under (`Lines.last`)."""

MOST_BAD = 10_000
"""So many records with a fault are remembered."""


class Lines:
    """The books while they are being filled. `whole`: with an office, its lists come first; without them, everything
    in the file is about the cases it opens. `acts`: so many came; `kept`: what was believed as it was, by type; `last`:
    the last number given of a kind in a fiscal year; `cases`: those it opened."""

    def __init__(self, w: Work, *, whole: bool = True) -> None:
        self.w, self.acts, self.kept = w, 0, Counter[str]()
        self.cases: dict[str, None] = {}
        self._whole, self.keys = whole, Keys(w, whole=whole)
        self.settings: dict[str, None] = {}
        self.last: dict[tuple[str, str], int] = {}
        self._place = 0
        self._undone: set[int] = set()
        self._opening: str | None = None
        self._bad: set[tuple[str, str]] = set()
        self._lists: dict[str, int] = {}
        self._done_with_lists = not whole
        self._known = {type_of(name): name for name in records.exported()}
        self._before = dict(places.settings(w.conn))
        self._rows = Rows()
        self.checks = Checks(w)

    def take(self, record: Mapping[str, Any]) -> list[Found]:
        """Look at a record and write it; what is wrong with it is given. What points at a record with a fault has none
        of its own for that."""
        name = self._known.get(record["type"]) if isinstance(record.get("type"), str) else None
        if name is None:
            return [("type", say("There is no such type of record."))]
        if not self._whole and name in (*records.REFERENCE, *records.OFFICE_ONLY):
            return [("type", say("Such a record is in the export of an office alone."))]
        found = list(shapes.faults(name, record))
        if not found:
            try:
                self._write(name, record)
                return []
            except Lost:
                pass
            except Unfounded as wrong:
                # a record with a fault may have been what it rested on
                found = [] if self._bad else [wrong.found]
            except Wrong as wrong:
                found = [wrong.found]
        self._without(name, record)
        return found

    def _without(self, name: str, record: Mapping[str, Any]) -> None:
        """Go on after a record that was not written, so that the next ones are looked at as if it had been there."""
        if name == "act":
            self._opening = None
            self.acts, self._place = self.acts + 1, 0
            today = self.w.today.isoformat()
            stub = {"on_date": today, "recorded_at": "", "actor": "", "name": "", "case_id": None, "replayed": False}
            self._insert("act", {**stub, "seq": self.keys.base + self.acts})
        elif name in COMES_WITH:
            self.keys.waiting.pop(COMES_WITH[name], None)
            self._opening = None if name == "case_file" else self._opening
        elif name not in records.COMPOSED and name not in records.NUMBERED:
            self._place = int(record["key"].rpartition(".")[2]) if _placed(record.get("key")) else self._place + 1
        if len(self._bad) < MOST_BAD and isinstance(record.get("key"), str):
            self._bad.add((name, record["key"]))

    def finish(self) -> Iterator[Found]:
        """What the last record leaves open."""
        if not (self._done_with_lists and self.acts):
            yield "", say("Nothing was recorded in it.")
        try:
            self._nobody_waits()
        except Wrong as wrong:
            yield wrong.found

    def _write(self, name: str, record: Mapping[str, Any]) -> None:
        if not self._whole and name == "correction" and record["staff_code"] is not None:
            raise Wrong("staff_code", say("Such a record is in the export of an office alone."))
        if name in records.REFERENCE:
            self._listed(name, record)
            return
        if not self._done_with_lists:
            self._all_lists()
        if name == "act":
            self._act(record)
            return
        values = self._values(name, record)
        self.checks.check(name, record, values)
        row = self._insert(name, values)
        self._after(name, record, row)

    def _values(self, name: str, record: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of a row: references resolved, the act in the numbers of these books."""
        found: dict[str, Any] = {}
        for each in fields(name):
            value = record[each.name]
            if each.kind == "ref" and value is not None:
                value = self._there(each, value)
            elif each.kind == "json":
                value = json.dumps(value, ensure_ascii=False)
            found[each.column] = value
        if "act" in record:
            self._under(record["act"])
        if "seq" in table(name).c:
            found["seq"] = self.keys.base + self.acts
            self._not_ahead(record["on_date"])
        self._own_key(name, record, found)
        return found

    def _under(self, act: int) -> None:
        if act != self.acts:
            raise Wrong("act", say("The record stands under act {act}.", act=self.acts))

    def _own_key(self, name: str, record: Mapping[str, Any], found: dict[str, Any]) -> None:
        """What the record is called has to be what it is."""
        key = record["key"]
        if name in records.NUMBERED:
            column = records.NUMBERED[name]
            found[column] = self._freed(key) if name == "resource" else key
            owner = record.get("case") or (record.get("member") or "").partition("/")[0]
            if name in ("consent", "note", "plan", "action") and key.partition("/")[0] != owner:
                raise Wrong("key", say("It is called by another case's number."))
            if name in OF_YEARS:
                year, _, ordinal = key.lstrip("MR").partition("-")
                kind = (OF_YEARS[name], year)
                self.keys.new(key, int(ordinal), kind)
                self.last[kind] = max(int(ordinal), self.last.get(kind, 0))
            if name == "case_file":
                found["fiscal_year"], found["ordinal"] = int(key[:4]), int(key[5:])
                found["stage"] = t.Stage.RECEIVED.value
            if name == "plan" and key != f"{owner}/P{record['version']}":
                raise Wrong("key", say("It is called by another version."))
        elif name == "member":
            found["label"] = self._freed(record["label"])
            if key != f"{record['case']}/{record['label']}":
                raise Wrong("key", say("It is called by another label."))
        elif name == "gap":
            found["id"] = int(key[1:])
            self.keys.new(key, found["id"])
        elif name in ("meeting_item", "paper"):
            place = record["item" if name == "meeting_item" else "copy_number"]
            if key != f"{record['meeting']}/{place}":
                raise Wrong("key", say("It is called by another number."))
        elif name == "person":
            found |= {f"{column}_key": fold(found[column]) if found[column] else None for column in ("name", "kana")}
        elif name not in records.COMPOSED:
            self._place += 1
            if key != f"{self.acts}.{self._place}":
                raise Wrong("key", say("{key} is expected here.", key=f"{self.acts}.{self._place}"))

    def _freed(self, name: str) -> str:
        """A label or code freed by an undo bears the number of its act in these books."""
        head, mark, act = name.partition("~")
        if mark and int(act) != self.acts:
            raise Wrong("key", say("It bears the mark of another act."))
        return f"{head}~{self.keys.base + int(act)}" if mark else name

    def _there(self, each: Field, key: str) -> Any:
        if each.target == "staff":
            return self.keys.colleague(each.name, key)
        row = self.keys.of_file(each.target, key)
        if row is None and (each.target, key) in self._bad:
            raise Lost
        if row is None:
            raise Wrong(each.name, say("There is no {type} of this key before this line.", type=type_of(each.target)))
        return row

    def _listed(self, name: str, record: Mapping[str, Any]) -> None:
        if self._done_with_lists:
            raise Wrong("type", say("The lists come before everything that was recorded."))
        if name not in self._lists:
            self._lists[name] = 0
            self._rows.clear(self.w.conn, name)
        self._lists[name] += 1
        if name == "setting":
            self._setting(record)
        if name == "window" and (not CODE.fullmatch(record["code"]) or record["sites"] < 1):
            raise Wrong("code", say("A code is written in small letters, digits and hyphens."))
        values = {each.column: record[each.name] for each in fields(name)}
        self._insert(name, values)

    def _setting(self, record: Mapping[str, Any]) -> None:
        """A figure the program knows, of its kind."""
        key, value = record["key"], record["value"]
        if key not in self._before:
            raise Wrong("key", say("There is no such setting."))
        if key in office.FIXED:
            if value != self._before[key]:
                raise Wrong("value", say("This is part of the rule of consent, and is the same in all books."))
        elif key in office.BOUNDS:
            try:
                office.checked(key, value, ())
            except office.BadSetting as error:
                raise Wrong("value", error.message) from None
        else:
            try:
                parse_regular(value)
            except BadRegular as error:
                raise Wrong("value", error.message) from None
        if value != self._before[key]:
            self.settings[key] = None

    def _all_lists(self) -> None:
        self._done_with_lists = True
        lacking = [name for name in records.REFERENCE if name not in self._lists and name != "holiday"]
        if lacking:
            raise Wrong("type", say("Lists are missing before this line: {lists}.", lists=tuple(lacking)))
        if set(places.settings(self.w.conn)) != set(self._before):
            raise Wrong("type", say("Settings are missing before this line."))
        if queries("books").staff_any(self.w.conn, number=LOCAL) is None:
            raise Wrong("type", say("There is no member of staff {code}.", code=LOCAL))

    def _act(self, record: Mapping[str, Any]) -> None:
        self._nobody_waits()
        if record["key"] != self.acts + 1:
            raise Wrong("key", say("Act {act} is expected here.", act=self.acts + 1))
        if not MOMENT.fullmatch(record["recorded_at"]) or record["recorded_at"] > self.w.store.now():
            raise Wrong("recorded_at", say("This is no moment at which something was recorded."))
        if not NAME.fullmatch(record["name"]):
            raise Wrong("name", say("This is no name of an act."))
        self._not_ahead(record["on_date"])
        self.keys.colleague("actor", record["actor"])
        for one in record["undoes"]:
            if not 0 < one <= self.acts or one in self._undone:
                raise Wrong("undoes", say("Act {act} cannot be taken back here.", act=one))
        case = self.keys.of_file("case_file", record["case"]) if record["case"] else None
        values = {each.column: record[each.name] for each in fields("act") if each.kind != "ref"}
        seq = self.keys.base + self.acts + 1
        self._insert("act", {**values, "seq": seq, "case_id": case})
        self.acts, self._place = self.acts + 1, 0
        self._opening = record["case"] if case is None and ("case_file", record["case"]) not in self._bad else None
        for one in record["undoes"]:
            self._undone.add(one)
            queries("moving").take_back(self.w.conn, seq=self.keys.base + one, by=seq)
        self.checks.case_now.cache_clear()

    def _not_ahead(self, day: str) -> None:
        if date.fromisoformat(day) > self.w.today:
            raise Wrong("on_date", say("This date lies ahead."))

    def _nobody_waits(self) -> None:
        """Every household has its case by now, every record of a person its member, every act the case it names."""
        waiting, self.keys.waiting = self.keys.waiting, {}
        opening, self._opening = self._opening, None
        if waiting:
            name, (key, _) = next(iter(waiting.items()))
            raise Wrong("key", say("Nothing comes of {type} {key} before this line.", type=name, key=key))
        if opening is not None:
            raise Wrong("case", say("There is no {type} of this key before this line.", type="case"))

    def _insert(self, name: str, values: dict[str, Any]) -> int:
        if name == "member" and values["person_id"] is None:
            values["person_id"] = self._insert("person", dict.fromkeys(_columns("person")) | {"sex": "unknown"})
        if name == "case_file":
            values |= dict.fromkeys(
                {one.partition(".")[2] for one in records.DERIVED if one.startswith(f"{name}.")} - {*values}
            )
        row = self._rows.put(self.w.conn, name, values)
        if row is None:
            raise Wrong("key", say("It is in the books already, or what it says of itself does not fit together."))
        self.w.fields.update(
            f"{name}.{column}" for column, value in values.items() if value is not None and column != TELLS_OF_A_REPORT
        )
        return row

    def _after(self, name: str, record: Mapping[str, Any], row: int) -> None:
        """What follows a row: the list within it, what waits for what comes next."""
        part = records.part(name)
        if part is not None:
            self._parts(name, record, row)
        if name in ("household", "person"):
            if name in self.keys.waiting:
                left = self.keys.waiting[name][0]
                raise Wrong("key", say("Nothing comes of {type} {key} before this line.", type=name, key=left))
            self.keys.waiting[name] = (record["key"], row)
        for came, target in COMES_WITH.items():
            awaited = self.keys.waiting.get(target, ("",))[0]
            if name == came and record[target] is not None and record[target] == awaited:
                if record["key"] != awaited:
                    raise Wrong(target, say("It is called by whom it comes with first."))
                del self.keys.waiting[target]
        if name == "case_file":
            self._opened(record, row)
        if name in ("concern", "merge") and self.keys.row(name, record["key"]) != row:
            raise Wrong("key", say("It is called by another number."))
        if name == "member" and record["withheld"]:
            day = record["on_date"]
            departure = {
                "seq": self.keys.base + self.acts,
                "on_date": day,
                "member_id": row,
                "reason": "other",
                "hidden": True,
            }
            self._insert("departure", departure | {"note": None, "to_case_id": None})
        if name in ("secrecy", "paper", "referral"):
            self.kept[name] += 1
        if name != "item_member":
            self.checks.case_now.cache_clear()

    def _parts(self, name: str, record: Mapping[str, Any], row: int) -> None:
        found = records.part(name)
        assert found is not None
        own, owner, entry = found
        for one in record[records.PARTS[name][1]]:
            values = one if len(entry) > 1 else {entry[0].name: one}
            columns = {
                each.column: self._there(each, values[each.name]) if each.kind == "ref" else values[each.name]
                for each in entry
            }
            if own == "paper_member":
                self.checks.shown(self._item_of(record["item"]), values[entry[0].name])
            self._insert(own, {owner: row, **columns})

    def _item_of(self, key: str) -> int:
        return int(self.keys.row("meeting_item", key))

    def _opened(self, record: Mapping[str, Any], row: int) -> None:
        """The act that opens a case names it before it is there."""
        self.cases[record["key"]] = None
        if self._opening == record["key"]:
            queries("moving").act_is_about(self.w.conn, seq=self.keys.base + self.acts, case_id=row)
            self._opening = None


def _columns(name: str) -> list[str]:
    return [column.name for column in table(name).columns if column.name != "id"]


def _placed(key: Any) -> bool:
    return isinstance(key, str) and re.fullmatch(r"\d{1,9}\.\d{1,9}", key, re.ASCII) is not None
