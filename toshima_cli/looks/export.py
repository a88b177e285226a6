"""All data of the office, or of some cases, record by record in the order it was recorded, as its reader may see it.

An export is made for one reader: cases of somebody's own are there for their own people only, of who is withheld there
is the label (rule 11), reports by law are there for their own people (rule 7), and who told us is left out everywhere,
also in texts that name them (rule 10). Every act has the number it has in this file, so that nothing shows what is not
there.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import merge
from typing import Any

from toshima_cli import facts, records
from toshima_cli.db import queries, viewer
from toshima_cli.domain import shown
from toshima_cli.domain.case import Person
from toshima_cli.domain.shown import Names
from toshima_cli.exported import View, view_of
from toshima_cli.journal import Subject
from toshima_cli.looks import elsewhere
from toshima_cli.records import OFFICE_ONLY, SUPPORTERS, Field

Json = dict[str, Any]

IDENTITY = frozenset({"name", "kana", "phone", "address"})

HELD_BACK = "〔書き出していません〕"
"""What stands for a text that names who told us or who is withheld: the same in every language, as it comes back."""

AT_ONCE = 1000
"""So many cases stand in one entry of the journal."""

NOBODY = ""
"""A viewer who is nobody's colleague: of no case of somebody's own."""

CASES_KEPT = 2048
"""Of so many cases what their texts may not say is remembered."""


@dataclass
class Counts:
    """What went into an export so far."""

    records: int = 0
    acts: int = 0
    cases: int = 0
    people: int = 0
    held_back: int = 0
    beside: tuple[str, ...] = ()
    """Cases that belong with those asked for and are not in the file."""


def view(conn: Any, numbers: Sequence[str] | None) -> View:
    """What whoever reads may see; `numbers`: cases that are in the books, None for the office.

    What was found to be one of the cases is part of it: what was said there counts for it too. Of who left to a case
    of somebody's own there is the label alone, unless that case is asked for as well.
    """
    q, who = queries("moving"), viewer(conn)
    apart = frozenset(row["id"] for row in q.apart(conn, viewer=who))
    withheld = frozenset(row["id"] for row in q.withheld(conn, viewer=who))
    if numbers is None:
        return view_of(who, apart, withheld)
    found = dict.fromkeys(int(q.case_id(conn, number=number)["id"]) for number in numbers)
    waiting = list(found)
    for case_id in waiting:  # grows
        for row in queries("facts").merged_into(conn, case_id=case_id):
            twin = int(q.case_id(conn, number=row["number"])["id"])
            if twin not in found and twin not in apart:
                found[twin] = None
                waiting.append(twin)
    left = (row["id"] for row in q.withheld(conn, viewer=NOBODY) if row["to_case_id"] not in found)
    return view_of(who, apart, withheld.union(left), tuple(found))


def beside(conn: Any, seen: View) -> tuple[str, ...]:
    """The numbers of cases that belong with those asked for and are not in the file."""
    ours = {conn.execute(seen.one("case_file"), {"id": key}).fetchone()["key"] for key in seen.cases or ()}
    links = (row for key in seen.cases or () for row in queries("facts").links(conn, case_id=key, viewer=seen.viewer))
    return tuple(sorted({row["number"] for row in links} - ours))


def subjects(conn: Any, seen: View) -> Iterator[list[Subject]]:
    """Everybody it shows, for the journal, some cases at a time; there is one list at least."""
    found: dict[Subject, None] = {}
    cases, last = 0, None
    for number, person in conn.execute(seen.subjects()):
        if number != last:
            if cases == AT_ONCE:
                yield list(found)
                found, cases = {}, 0
            cases, last = cases + 1, number
            found["case", number] = None
        if person is not None:
            found["person", str(person)] = None
    yield list(found)


def whole(conn: Any, seen: View, counts: Counts) -> Iterator[Json]:
    """The head, the lists of an office, every act with what it recorded, and the end, which counts them."""
    numbers = None
    if seen.cases is not None:
        numbers = [conn.execute(seen.one("case_file"), {"id": key}).fetchone()["key"] for key in seen.cases]
        counts.beside = beside(conn, seen)
    yield {
        "schema": records.SCHEMA,
        "kind": "office" if numbers is None else "case",
        **({"cases": sorted(numbers)} if numbers else {}),
    }
    for record in _Reading(conn, seen, counts).records():
        counts.records += 1
        yield record
    yield {"type": "end", "records": counts.records}


@dataclass
class _Reading:
    conn: Any
    seen: View
    counts: Counts
    undone: dict[int, int] = field(default_factory=dict)
    """Acts that were taken back → the act that did."""
    numbers: dict[int, int] = field(default_factory=dict)
    """Acts that were taken back → their number in the file."""
    took: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    left: set[tuple[str, int]] = field(default_factory=set)
    """Records left out here and not by the SELECT."""

    def __post_init__(self) -> None:
        self.undone = {row["seq"]: row["undone_by"] for row in queries("moving").undone(self.conn, first=0)}
        for seq, by in self.undone.items():
            self.took[by].append(seq)
        self.unsaid = lru_cache(CASES_KEPT)(self._unsaid)
        self.sittings = _sittings(self.conn, self.seen) if self.seen.apart else {}

    def records(self) -> Iterator[Json]:
        if self.seen.cases is None:
            for name in records.REFERENCE:
                for row in self.conn.execute(self.seen.listed(name)):
                    yield {"type": name, **self._said(name, row, None)}
        for seq, rows in self._by_act():
            yield from self._act(seq, rows)

    def _by_act(self) -> Iterator[tuple[int, list[tuple[str, Any]]]]:
        """(act, its rows), the oldest first: every type is read in its order, side by side."""
        names = [n for n in records.facts() if self.seen.cases is None or n not in OFFICE_ONLY]
        streams = [self._stream(order, name) for order, name in enumerate(names)]
        streams.append((seq, -1, 0, "", None) for seq in sorted(self.took))
        last, rows = -1, list[tuple[str, Any]]()
        for seq, _, _, name, row in merge(*streams, key=lambda entry: entry[:3]):
            if seq != last:
                if last >= 0:
                    yield last, rows
                last, rows = seq, []
            if row is not None:
                rows.append((name, row))
        if last >= 0:
            yield last, rows

    def _stream(self, order: int, name: str) -> Iterator[tuple[int, int, int, str, Any]]:
        for row in self.conn.execute(self.seen.stream(name)):
            yield row["seq"], order, row["id"], name, row

    # ------------------------------------------------------------------- an act

    def _act(self, seq: int, rows: list[tuple[str, Any]]) -> Iterator[Json]:
        """The act and its records; of one of which nothing is seen there is nothing."""
        undoes = [self.numbers[one] for one in self.took.get(seq, ()) if one in self.numbers]
        act = self.conn.execute(self.seen.acts(), {"id": seq}).fetchone()
        number = self.counts.acts + 1
        made: list[Json] = []
        guests = {row["guest_name"] for name, row in rows if name == "party" and not self._told(name, row, act)}
        place = 0
        if seq in self.undone:
            self.numbers[seq] = number
        for name, row in rows:
            unseen = name == "correction" and row["field"] == "undone" and not undoes
            if unseen or not self._told(name, row, act) or (name == "secrecy" and row["guest_name"] in guests - {None}):
                self.left.add((name, row["id"]))
                continue
            values = self._values(name, row, row["owner"])
            if values is None:
                self.left.add((name, row["id"]))
                continue
            made += self._before(name, row)
            if name in records.NUMBERED or name in records.COMPOSED:
                key = self._label(row["key"])
            else:
                place += 1
                key = f"{number}.{place}"
            record = {"type": records.type_of(name), "key": key, "act": number, **values}
            made.append(self._whole(name, row, record))
        if not made and not undoes:
            self.numbers.pop(seq, None)
            return
        self.counts.acts = number
        yield {"type": "act", "key": number, **self._said("act", act, None), "undoes": undoes}
        yield from made

    def _before(self, name: str, row: Any) -> Iterator[Json]:
        """What comes into the books with a record: a case and its household, a human being behind a label."""
        if name == "stage_step" and row["opens"]:
            case = self.conn.execute(self.seen.one("case_file"), {"id": row["_case"]}).fetchone()
            if case["opens"]:
                yield self._one("household", case["record"], row["_case"])
            self.counts.cases += 1
            yield self._one("case_file", row["_case"], row["_case"])
        if name == "member" and row["comes"]:
            self.counts.people += 1
            yield self._one("person", row["record"], row["owner"])

    def _one(self, name: str, key: int, owner: int) -> Json:
        row = self.conn.execute(self.seen.one(name), {"id": key}).fetchone()
        return {"type": records.type_of(name), "key": self._label(row["key"]), **self._said(name, row, owner)}

    def _whole(self, name: str, row: Any, record: Json) -> Json:
        """With what is a list within it; of a member who is withheld, the label and nothing else."""
        part = records.part(name)
        if part is not None:
            entries = [
                self._entry(part[2], entry) for entry in self.conn.execute(self.seen.parts(name), {"id": row["id"]})
            ]
            record[records.PARTS[name][1]] = [entry for entry in entries if entry is not None]
        if name == "member":
            withheld = row["id"] in self.seen.withheld
            if withheld:
                record |= {"person": None, "relation": "other", "note": None}
            record["withheld"] = withheld
        return record

    def _entry(self, fields: tuple[Field, ...], row: Any) -> Any:
        values = {each.name: self._plain(each, row[each.name]) for each in fields}
        if any(values[each.name] is None and not each.nullable for each in fields):
            return None
        return values if len(values) > 1 else next(iter(values.values()))

    # -------------------------------------------------------------------- values

    def _said(self, name: str, row: Any, owner: int | None) -> Json:
        """The fields of what hangs on nothing that could be missing."""
        found = self._values(name, row, owner)
        assert found is not None
        return found

    def _values(self, name: str, row: Any, owner: int | None) -> Json | None:
        """The fields of a record; None where something it hangs on is not there for this reader."""
        found: Json = {}
        tellers, withheld, people = self.unsaid(owner) if owner is not None else ((), (), ())
        if name in ("gap", "gap_step"):
            tellers = (*tellers, *self._of_gap(row))
        for each in records.fields(name):
            value = row[each.name]
            if each.kind == "ref" and each.target != "staff" and row[f"_{each.name}"] is not None:
                loose = (name, each.column) in records.LOOSE
                hidden = name == "member" and each.name == "person"
                gone = (each.target, row[f"_{each.name}"]) in self.left
                if (value is None or gone) and not loose and not hidden:
                    return None
            if each.kind == "text" and value is not None and not _is_a_name(name, each, row):
                supports = (name, each.column) in SUPPORTERS
                value = self._text(value, people, withheld if supports else (*tellers, *withheld))
            found[each.name] = self._plain(each, value)
        if name == "meeting":
            found |= self._sitting(row)
        if name == "referral" and people:
            to = {"to": HELD_BACK} if HELD_BACK in (found["to_name"], found["to_code"]) else {}
            found["permit"] = _without({p.label for p in people}, found["permit"]) | to
        if name == "member":
            found["label"] = self._label(found["label"])
        if name == "meeting_cancel" and row["_meeting"] in self.sittings:
            found["reason"] = None
        return found

    def _plain(self, each: Field, value: Any) -> Any:
        if value is None:
            return None
        match each.kind:
            case "bool":
                return bool(value)
            case "json":
                return json.loads(value)
            case "ref":
                return self._label(value)
            case _:
                return value

    def _label(self, key: Any) -> Any:
        """A label freed by an undo (`D~12`) says which act that was: by its number in this file."""
        if not isinstance(key, str) or "~" not in key:
            return key
        head, _, seq = key.rpartition("~")
        return f"{head}~{self.numbers[int(seq)]}" if seq.isdecimal() and int(seq) in self.numbers else key

    # --------------------------------------------------------------------- words

    def _text(self, text: str, people: tuple[Person, ...], unsaid: Names) -> str:
        if not unsaid and not people:
            return text
        if shown.shown(text, people, unsaid, mask=False) == text:
            return text
        self.counts.held_back += 1
        return HELD_BACK

    def _unsaid(self, case_id: int) -> tuple[Names, Names, tuple[Person, ...]]:
        """What the texts of a case may not say: who told of it and of every case its people stand in, who is withheld
        in it; and who that is, since a label says it too."""
        merged = [row["number"] for row in queries("facts").merged_into(self.conn, case_id=case_id)]
        told = elsewhere.told_by(self.conn, elsewhere.reached(self.conn, case_id, merged))
        rows = (
            queries("facts").people(self.conn, case_id=case_id, viewer=self.seen.viewer) if self.seen.withheld else ()
        )
        if not any(row["id"] in self.seen.withheld for row in rows) and not any(name for name, _ in told):
            return (), (), ()
        people = facts.people(self.conn, case_id)
        own = {person.name for person in people if person.name}
        withheld = tuple(person for person in people if person.id in self.seen.withheld)
        names = elsewhere.names_in(self.conn, case_id) if withheld else ()
        known = (person for person in people if person not in withheld)
        seen = {(name, kana) for p in known for name, kana in ((p.name, p.kana), *p.other_names)}
        return (
            elsewhere.as_said(teller for teller in told if teller[0] not in own),
            tuple(pair for pair in names if pair not in seen),
            withheld,
        )

    def _of_gap(self, row: Any) -> Names:
        """Who told of the cases that show a gap, and who is of those that are others' own."""
        gap = row["id"] if "text" in row.keys() and "kind" in row.keys() else row["_gap"]  # noqa: SIM118 - a Row's keys
        found: list[tuple[str | None, str | None]] = []
        for case in queries("gaps").shown_by(self.conn, gap_id=gap):
            tellers, withheld, _ = self.unsaid(case["case_id"])
            found += [*tellers, *withheld]
            if case["case_id"] in self.seen.apart:
                found += elsewhere.names_in(self.conn, case["case_id"])
        return tuple(dict.fromkeys(found))

    # ------------------------------------------------- sittings about somebody's own

    def _told(self, name: str, row: Any, act: Any) -> bool:
        """Of a sitting that deals with a case of others' own, who came from outside and who was handed what would tell
        whom it is about; of one that deals with nothing else, everybody (as on its agenda)."""
        meeting = row["_meeting"] if "_meeting" in row.keys() else None  # noqa: SIM118 - a Row's keys are its columns
        if meeting not in self.sittings:
            return True
        nothing_else = not self.sittings[meeting]
        outside = name in ("party", "paper") and row["staff_code"] is None and act["actor"] != self.seen.viewer
        if name == "paper":
            shows = queries("papers").paper_items(self.conn, meeting_id=meeting, viewer=self.seen.viewer)
            return not outside and row["id"] in {item["paper_id"] for item in shows}
        if name in ("party", "minutes"):
            return not (nothing_else or outside)
        return name != "correction"

    def _sitting(self, row: Any) -> Json:
        if row["id"] not in self.sittings:
            return {}
        nothing_else = not self.sittings[row["id"]]
        return {"place": None, **({"chair": None, "recorder": None} if nothing_else else {})}


def _sittings(conn: Any, seen: View) -> dict[int, bool]:
    """The sittings that deal with a case of others' own → whether they deal with anything else."""
    found: dict[int, bool] = {}
    for case_id in seen.apart:
        for row in queries("moving").sittings_of(conn, case_id=case_id):
            others = queries("meetings").items(conn, meeting_id=row["id"], viewer=seen.viewer)
            found[row["id"]] = next(iter(others), None) is not None
    return found


def _is_a_name(name: str, each: Field, row: Any) -> bool:
    """Who somebody is and where they live: never a text about somebody else."""
    if name == "correction":
        return each.name != "reason" and row["field"] in IDENTITY
    return name in ("person", "household") and each.name in IDENTITY


def _without(labels: set[str], permit: Json) -> Json:
    """What a referral was decided on, without a word of who is withheld."""
    facts = [fact for fact in permit["facts"] if fact.get("person") not in labels] if "facts" in permit else []
    return {**permit, "labels": [one for one in permit.get("labels", ()) if one not in labels], "facts": facts}
