"""The gate as a look: each person of a case, what may be shared of them and on what ground."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.domain import gate as rules
from toshima_cli.domain import shown as texts
from toshima_cli.domain.case import Case
from toshima_cli.domain.gate import GateLine
from toshima_cli.domain.verdict import Say
from toshima_cli.journal import Subject
from toshima_cli.looks.agenda import compute


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: a case, a day (of the sitting, where one is named), to whom; and the answers."""

    case: Case
    day: date
    lines: tuple[GateLine, ...]
    to: str | None = None
    mask: bool = False

    def text(self, typed: str | None) -> str | Say | None:
        return texts.shown(typed, self.case.people, self.case.unsaid, mask=self.mask)

    def subjects(self) -> list[Subject]:
        return [("case", self.case.number), *(("person", str(p.person_id)) for p in self.case.people if not p.withheld)]

    def json(self) -> list[dict[str, Any]]:
        """{label, may, conference, rule, basis, ground, facts, missing, next, visit_alert, contact_rule}, one per open
        person."""
        people = {p.label: p for p in self.case.people}
        return [
            {
                "label": line.label,
                "may": line.may,
                "conference": line.conference,
                "rule": line.rule,
                "basis": line.basis,
                "ground": line.ground,
                "facts": list(line.facts),
                "missing": list(line.missing),
                "next": list(line.next),
                "visit_alert": self.text(people[line.label].visit_alert),
                "contact_rule": self.text(people[line.label].contact_rule),
            }
            for line in self.lines
        ]


def ask(
    conn: Any, actor: str, number: str, day: date, *, to: str | None, meeting: str | None, mask: bool = False
) -> Asked:
    """`to`: a code or `outside:NAME`, `meeting`: a number; one of them at most. Of somebody withheld nothing is said,
    for no day (rule 11)."""
    case = facts.must(conn, number)
    asked = _asked(conn, case, actor, day, to=to, meeting=meeting)
    withheld = {p.label for p in case.people if p.withheld}
    return replace(asked, lines=tuple(line for line in asked.lines if line.label not in withheld), mask=mask)


def _asked(conn: Any, case: Case, actor: str, day: date, *, to: str | None, meeting: str | None) -> Asked:
    names = {code: place.name for code, place in places.recipients(conn).items()}
    if meeting:
        listed = compute(conn, meeting)
        kinds = frozenset(item.kind for item in listed.items if item.case == case.number and not listed.cancelled)
        answers = rules.gate(case, listed.held_on, meeting=meeting, kinds=kinds, names=names)
        return Asked(case, listed.held_on, answers, meeting)
    if to:
        recipient, sender = places.recipient(conn, to), places.sender(conn, actor, case)
        return Asked(case, day, rules.gate(case, day, recipient, sender=sender), recipient.name)
    return Asked(case, day, rules.gate(case, day, names=names))
