"""The gate as a look: each person of a case, what may be shared of them and on what ground."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.db import viewer
from toshima_cli.domain import gate as rules
from toshima_cli.domain import referral, stages
from toshima_cli.domain import shown as texts
from toshima_cli.domain.case import Case
from toshima_cli.domain.gate import GateLine
from toshima_cli.domain.law import Cite
from toshima_cli.domain.roads import Road
from toshima_cli.domain.terms import ItemKind, ReportKind, Stage
from toshima_cli.domain.verdict import Next, Say
from toshima_cli.journal import Subject
from toshima_cli.looks.agenda import Listed, compute


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: a case, a day (of the sitting, where one is named), to whom; and the answers.

    `to` is whom it would go to by name, `sitting` the agenda asked about, `today` when it is asked. `duty`: the
    reports by law that concerns raise, as `route` shows them. `absent`: who is not asked about, and why.
    """

    case: Case
    day: date
    today: date
    lines: tuple[GateLine, ...]
    to: str | None = None
    sitting: Listed | None = None
    duty: tuple[tuple[ReportKind, Cite], ...] = ()
    mask: bool = False

    @property
    def absent(self) -> tuple[Say, ...]:
        return rules.absent(self.case, self.day)

    @property
    def ended(self) -> Stage | None:
        """The stage in which the case had ended by that day; None while it is open."""
        return self.case.stage_on(self.day) if stages.ended(self.case, self.day) else None

    @property
    def reader(self) -> texts.Reader:
        return texts.Reader(self.case.people, self.case.unsaid, self.mask)

    def text(self, typed: str | None) -> str | Say | None:
        return texts.shown(typed, self.case.people, self.case.unsaid, mask=self.mask)

    def sentences(self, said: Iterable[Say]) -> tuple[Say, ...]:
        return tuple(map(self.reader.sentence, said))

    def steps(self, next: Iterable[Next]) -> tuple[Next, ...]:
        return tuple(map(self.reader.step, next))

    def subjects(self) -> list[Subject]:
        return [("case", self.case.number), *(("person", str(p.person_id)) for p in self.case.people if not p.withheld)]

    def json(self) -> list[dict[str, Any]]:
        """{label, may, conference, rule, basis, ground, facts, missing, next, visit_alert, contact_rule, answer,
        article, items, roads}, one per open person."""
        people = {p.label: p for p in self.case.people}
        return [
            {
                "label": line.label,
                "may": line.may,
                "conference": line.conference,
                "rule": line.rule,
                "basis": line.basis,
                "ground": line.ground,
                "facts": list(self.sentences(line.facts)),
                "missing": list(self.sentences(line.missing)),
                "next": list(self.steps(line.next)),
                "visit_alert": self.text(people[line.label].visit_alert),
                "contact_rule": self.text(people[line.label].contact_rule),
                "answer": line.answer,
                "article": line.article,
                "items": list(line.items),
                "roads": [self._road(road) for road in line.roads],
            }
            for line in self.lines
        ]

    def _road(self, road: Road) -> dict[str, Any]:
        return {
            "ground": road.kind,
            "may": road.may,
            "due": road.due,
            "rule": road.rule,
            "basis": road.basis,
            "article": road.article,
            "needs": list(self.sentences(road.needs)),
            "next": list(self.steps(road.next)),
        }


def ask(
    conn: Any,
    actor: str,
    number: str,
    day: date,
    *,
    today: date,
    to: str | None,
    meeting: str | None,
    mask: bool = False,
) -> Asked:
    """`to`: a code or `outside:NAME`, `meeting`: a number; one of them at most. Of somebody withheld nothing is said,
    for no day (rule 11)."""
    case = facts.must(conn, number)
    asked = _asked(conn, case, actor, day, today, to=to, meeting=meeting)
    withheld = {p.label for p in case.people if p.withheld}
    return replace(
        asked,
        lines=tuple(line for line in asked.lines if line.label not in withheld),
        duty=referral.duty(case, asked.day, staff=viewer(conn)),
        mask=mask,
    )


def _asked(conn: Any, case: Case, actor: str, day: date, today: date, *, to: str | None, meeting: str | None) -> Asked:
    names = {code: place.name for code, place in places.recipients(conn).items()}
    if meeting:
        listed = compute(conn, meeting)
        answers = rules.gate(case, listed.held_on, at=_at(listed, case), names=names, today=today)
        return Asked(case, listed.held_on, today, answers, sitting=listed)
    if to:
        recipient, sender = places.recipient(conn, to), places.sender(conn, actor, case)
        return Asked(case, day, today, rules.gate(case, day, recipient, sender=sender, today=today), recipient.name)
    return Asked(case, day, today, rules.gate(case, day, names=names, today=today))


def _at(listed: Listed, case: Case) -> rules.At:
    items: dict[ItemKind, tuple[int, ...]] = {}
    for item in listed.items:
        if item.case == case.number:
            items[item.kind] = (*items.get(item.kind, ()), item.item)
    return rules.At(listed.meeting, items, listed.cancelled)
