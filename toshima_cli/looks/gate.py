"""The gate as a look: each person of a case, what may be shared of them and on what ground."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.domain import gate as rules
from toshima_cli.domain.case import Case
from toshima_cli.domain.gate import GateLine
from toshima_cli.journal import Subject
from toshima_cli.looks.agenda import compute


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: a case, a day (of the sitting, where one is named), to whom; and the answers."""

    case: Case
    day: date
    lines: tuple[GateLine, ...]
    to: str | None = None

    def subjects(self) -> list[Subject]:
        return [("case", self.case.number), *(("person", str(p.person_id)) for p in self.case.people)]

    def json(self) -> list[dict[str, Any]]:
        """{label, may, conference, rule, basis, ground, facts, missing, next}, one per open person."""
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
            }
            for line in self.lines
        ]


def ask(conn: Any, actor: str, number: str, day: date, *, to: str | None, meeting: str | None) -> Asked:
    """`to`: a code or `outside:NAME`, `meeting`: a number; one of them at most."""
    case = facts.must(conn, number)
    names = {code: place.name for code, place in places.recipients(conn).items()}
    if meeting:
        listed = compute(conn, meeting)
        kinds = frozenset(item.kind for item in listed.items if item.case == number and not listed.cancelled)
        answers = rules.gate(case, listed.held_on, meeting=meeting, kinds=kinds, names=names)
        return Asked(case, listed.held_on, answers, meeting)
    if to:
        recipient, sender = places.recipient(conn, to), places.sender(conn, actor, case)
        return Asked(case, day, rules.gate(case, day, recipient, sender=sender), recipient.name)
    return Asked(case, day, rules.gate(case, day, names=names))
