"""The agenda makes itself from the state of the cases as of the sitting's date; numbers once given stay.

`compute` looks only; `flow.agenda.write` stores the items that are new. An item nobody decided yet shows whom consent
lets it show on the day of the sitting, as known now; a decided one shows whom it showed when the sitting was held.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from toshima_cli import facts, places
from toshima_cli.db import queries, viewer
from toshima_cli.domain import agenda as rules
from toshima_cli.domain import agenda_changes, alerts, grounds, law
from toshima_cli.domain import shown as texts
from toshima_cli.domain.agenda_changes import Change
from toshima_cli.domain.calendar import fiscal_year
from toshima_cli.domain.case import Case
from toshima_cli.domain.decide import PLAN_PURPOSES, not_approvable
from toshima_cli.domain.held import labels_holding
from toshima_cli.domain.terms import AgendaChange, Body, HeldAs, ItemKind, Outcome, Part, Purpose, Scope
from toshima_cli.domain.verdict import Say, Warned, say
from toshima_cli.exits import NotFound
from toshima_cli.journal import Subject
from toshima_cli.looks import gaps
from toshima_cli.saying import from_json

if TYPE_CHECKING:
    from toshima_cli.looks.summary import Summary

CHAIR, RECORDER = "chair", "recorder"
"""The posts of those who lead a sitting, as noted with their attendance."""

NOBODY = ""
"""An agenda counts the cases of a gap as everybody may: a restricted one is not counted (rule 11)."""

Key = tuple[str | None, str | None, ItemKind, Purpose]
"""What makes an item the same one when the agenda is made again."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item as listed. `item` is 0 while the number is not given yet."""

    item: int
    case: str | None
    kind: ItemKind
    purpose: Purpose
    part: Part
    people: tuple[str, ...]
    masked: tuple[str, ...]
    reason: Say
    outcome: Outcome | None = None
    note: str | None = None
    sat: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    """(shown, masked) as kept when the sitting was held; None before."""
    gap: str | None = None
    """The gap it is about, which is about no case; its words are not on the list (rule 3)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A sitting with its items; `names` gives each case's coordinator and its people's names by label."""

    meeting: str
    meeting_id: int
    body: Body
    held_on: date
    held_as: HeldAs
    place: str | None
    cancelled: bool
    present: int
    parties: tuple[dict[str, Any], ...]
    items: tuple[Item, ...]
    cases: dict[str, Case] = field(default_factory=dict)
    without_secrecy: tuple[str, ...] = ()
    """Those present who get no paper of a support conference: no acknowledgement of theirs covers the day (rule 4)."""
    nth: int | None = None
    """Which sitting of its body in the fiscal year it is; None for a cancelled one."""
    chair: str | None = None
    recorder: str | None = None
    """Names of who leads it and who writes it down."""
    handed_out: bool = False
    """Whether copies of its papers are out."""
    dropped: tuple[Item, ...] = ()
    """What the agenda would have and somebody left out."""
    summary: "Summary | None" = None
    """What the cases of the year showed, for the council alone (`looks/summary.py`)."""

    def typed(self, text: str | None, *, mask: bool = False) -> str | Say | None:
        """A text tied to no person (the place, a guest): held back where it names somebody masked (rule 3) or withheld
        (rule 11), with `mask` anybody of the cases."""
        masked = (
            names
            for item in self.items
            if item.case and item.kind is ItemKind.MULTILAYER_CONFERENCE
            for person in self.cases[item.case].people
            if person.label in item.masked
            for names in ((person.name, person.kana), *person.other_names)
        )
        people = (person for case in self.cases.values() for person in case.people)
        unsaid = (names for case in self.cases.values() for names in case.unsaid)
        return texts.shown(text, people, (*masked, *unsaid), mask=mask, labels=False)

    @property
    def unnumbered(self) -> bool:
        return any(item.item == 0 for item in self.items)

    def subjects(self) -> list[Subject]:
        """Whom the list shows: a masked person's facts are not on it."""
        found: list[Subject] = [("meeting", self.meeting)]
        for item in self.items:
            if item.case:
                found.append(("case", item.case))
                people = {p.label: str(p.person_id) for p in self.cases[item.case].people}
                found += [("person", people[label]) for label in item.people]
        return found

    def alerts(self, item: Item) -> tuple[str, ...]:
        """Who of those shown has a visit alert or a contact rule; its words stand in the case (no typed text here)."""
        people = self.cases[item.case].people if item.case else ()
        return tuple(p.label for p in people if p.label in item.people and alerts.has_any(p))

    def not_approvable(self) -> tuple[Warned, ...]:
        """The plans before it that are for somebody its items do not show."""
        return tuple(
            warned
            for item in self.items
            if item.case and item.outcome is None and not self.cancelled
            if item.purpose in PLAN_PURPOSES and item.kind is ItemKind.MULTILAYER_CONFERENCE
            for warned in not_approvable(self.cases[item.case], item.item, item.people, self.held_on)
        )

    def ground(self, kind: ItemKind) -> Mapping[str, Any] | None:
        """On what people may be spoken of under such an item; None where no person is."""
        if kind is ItemKind.SUPPORT_CONFERENCE:
            return law.ground_json(self.held_on)
        return grounds.SHARED_BY_CONSENT if kind is ItemKind.MULTILAYER_CONFERENCE else None

    def json(self) -> dict[str, Any]:
        return {
            "meeting": self.meeting,
            "body": self.body,
            "held_on": self.held_on,
            "items": [
                {
                    "item": item.item,
                    "case": item.case,
                    "kind": item.kind,
                    "purpose": item.purpose,
                    "part": item.part,
                    "people": list(item.people),
                    "masked": list(item.masked),
                    "reason": item.reason,
                    "ground": self.ground(item.kind),
                    "outcome": item.outcome,
                    "gap": item.gap,
                    "alerts": list(self.alerts(item)),
                }
                for item in self.items
            ],
            "dropped": [
                {"item": item.item, "case": item.case, "gap": item.gap, "kind": item.kind, "purpose": item.purpose}
                for item in self.dropped
            ],
            "nth": self.nth,
            "held_as": self.held_as,
            "chair": self.chair,
            "recorder": self.recorder,
            "summary": self.summary.rows() if self.summary else None,
            "summary_span": self.summary.span() if self.summary else None,
        }


def compute(conn: Any, number: str) -> Listed:
    """The agenda as it stands. Raises NotFound (exit 4) for an unknown number."""
    q = queries("meetings")
    head = q.meeting(conn, number=number)
    if head is None:
        raise NotFound(say("There is no sitting {number}.", number=number))
    body, held_on = Body(head["body"]), date.fromisoformat(head["held_on"])
    named = [r["number"] for r in q.named(conn, meeting_id=head["id"], viewer=viewer(conn))]
    found = named if body is Body.STAKEHOLDER else [r["number"] for r in q.candidates(conn, day=held_on.isoformat())]
    stored = list(q.items(conn, meeting_id=head["id"], viewer=viewer(conn)))
    numbers = sorted({*found, *named, *(r["case_number"] for r in stored if r["case_number"])})
    cases = {n: c for n in numbers if (c := facts.load(conn, n))}
    days = places.agenda_days(conn)
    wanted: dict[Key, rules.Wanted] = {}
    for case in cases.values():
        for w in rules.items_for(case, body, held_on, named=case.number in named, **days):
            wanted[w.case, None, w.kind, w.purpose] = w
    by_name = [f"G{row['gap_id']}" for row in q.named_gaps(conn, meeting_id=head["id"])]
    for w in rules.gap_items(gaps.load(conn, as_seen_by=NOBODY), body, held_on, by_name):
        wanted[None, w.gap, w.kind, w.purpose] = w
    leading = _leading(q, conn, head)
    merged = _merge(stored, _frozen(q, conn, head["id"]), wanted, cases, held_on)
    changes = _changes(q, conn, head["id"])
    items = _as_changed(merged, changes)
    secret = any(item.kind is ItemKind.SUPPORT_CONFERENCE for item in items)
    # where it sits and who comes from outside would tell of whoever it is about (rule 11)
    of_others_too = bool(of_others(conn, head["id"]))
    others_own = of_others_too and not items

    def told(row: Any) -> bool:
        """Of those from outside, whom the reader noted there is no news to them."""
        outside = row["staff_code"] is None and row["actor"] != viewer(conn)
        return not (others_own or (of_others_too and outside))

    return Listed(
        meeting=head["number"],
        meeting_id=head["id"],
        body=body,
        held_on=held_on,
        held_as=HeldAs(head["held_as"]),
        place=None if of_others_too else head["place"],
        cancelled=bool(head["cancelled"]),
        present=head["present"],
        parties=tuple(dict(row) for row in q.parties(conn, meeting_id=head["id"]) if told(row)),
        items=items,
        cases=cases,
        without_secrecy=tuple(
            dict.fromkeys(
                row["name"]
                for row in q.without_secrecy(conn, meeting_id=head["id"], held_on=head["held_on"])
                if told(row)
            )
        )
        if secret
        else (),
        nth=None if head["cancelled"] else _nth(q, conn, head, held_on),
        handed_out=bool(head["handed_out"]),
        dropped=tuple(item for item in merged if item.item in agenda_changes.left_out(changes)),
        chair=None if others_own else leading[CHAIR],
        recorder=None if others_own else leading[RECORDER],
    )


def _changes(q: Any, conn: Any, meeting_id: int) -> tuple[Change, ...]:
    return tuple(
        Change(row["item"], AgendaChange(row["change"]), Part(row["part"]) if row["part"] else None, row["place"])
        for row in q.agenda_changes(conn, meeting_id=meeting_id)
    )


def _as_changed(items: tuple[Item, ...], changes: tuple[Change, ...]) -> tuple[Item, ...]:
    """In the order of a paper, without what was left out, and where people moved it."""
    off, parts = agenda_changes.left_out(changes), agenda_changes.parts(changes)
    listed = [replace(item, part=parts.get(item.item, item.part)) for item in items if item.item not in off]
    listed.sort(key=lambda item: (item.part is Part.WRITTEN, rules.ORDER.index(item.kind), item.item or rules.LAST))
    return agenda_changes.arranged(listed, lambda item: item.item, changes)


def of_others(conn: Any, meeting_id: int) -> list[int]:
    """The restricted cases on a sitting that whoever reads is not of."""
    return [int(row["id"]) for row in queries("meetings").of_others(conn, meeting_id=meeting_id, viewer=viewer(conn))]


def _nth(q: Any, conn: Any, head: Any, held_on: date) -> int:
    since = date(fiscal_year(held_on), 4, 1).isoformat()
    row = q.nth(conn, body=head["body"], since=since, held_on=head["held_on"], number=head["number"])
    return int(row["nth"])


def _leading(q: Any, conn: Any, head: Any) -> dict[str, str | None]:
    """The names of chair and recorder: who it was on the day where that was noted, otherwise who was named before."""
    codes = {CHAIR: head["chair"], RECORDER: head["recorder"]}
    codes |= {row["post"]: row["staff_code"] for row in q.leading(conn, meeting_id=head["id"])}
    names = {post: q.staff_name(conn, staff=code) if code else None for post, code in codes.items()}
    return {post: row["name"] if row else None for post, row in names.items()}


def _frozen(q: Any, conn: Any, meeting_id: int) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    found: dict[int, tuple[list[str], list[str]]] = {}
    for row in q.frozen(conn, meeting_id=meeting_id):
        found.setdefault(row["item"], ([], []))[1 if row["masked"] else 0].append(row["label"])
    return {item: (tuple(people), tuple(masked)) for item, (people, masked) in found.items()}


def _merge(
    stored: list[Any],
    frozen: dict[int, tuple[tuple[str, ...], tuple[str, ...]]],
    wanted: dict[Key, rules.Wanted],
    cases: Mapping[str, Case],
    held_on: date,
) -> tuple[Item, ...]:
    """Decided items as they were decided; those of a sitting that was held as it had them; waiting ones as they are
    wanted now; new ones after them, not numbered.

    A case that this sitting has dealt with gets no new items there.
    """
    items: list[Item] = []
    settled = {row["case_number"] for row in stored if row["outcome"] or row["item"] in frozen} - {None}
    for row in stored:
        gap = f"G{row['gap_id']}" if row["gap_id"] else None
        key = (row["case_number"], gap, ItemKind(row["kind"]), Purpose(row["purpose"]))
        now = wanted.pop(key, None)
        sat = frozen.get(row["item"])
        if row["outcome"]:
            people, masked = sat or ((), ())
        elif sat:
            # held already: nobody and nothing is added to what it dealt with; whose consent is gone since is masked
            shared = labels_holding(cases[key[0]], Scope.SHARING, held_on) if key[0] else ()
            multilayer = key[2] is ItemKind.MULTILAYER_CONFERENCE
            people = tuple(label for label in sat[0] if label in shared or not multilayer)
            masked = tuple(sorted({*sat[0], *sat[1]} - {*people}, key=lambda label: (len(label), label)))
        elif now:
            people, masked = now.labels, now.masked
        else:
            continue
        items.append(
            Item(
                item=row["item"],
                case=row["case_number"],
                kind=key[2],
                purpose=key[3],
                part=Part(row["part"]),
                people=people,
                masked=masked,
                reason=now.reason if now else from_json(json.loads(row["reason"])),
                outcome=Outcome(row["outcome"]) if row["outcome"] else None,
                note=row["note"],
                sat=sat,
                gap=gap,
            )
        )
    new = sorted((w for w in wanted.values() if w.case not in settled), key=rules.sort_key)
    return (
        *items,
        *(Item(0, w.case, w.kind, w.purpose, w.part, w.labels, w.masked, w.reason, gap=w.gap) for w in new),
    )
