"""The gate as a look: each person of a case, what may be shared of them and on what ground."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.domain import gate as rules
from toshima_cli.domain.case import Case
from toshima_cli.domain.gate import GateLine
from toshima_cli.journal import Subject


@dataclass(frozen=True, slots=True)
class Asked:
    case: Case
    day: date
    lines: tuple[GateLine, ...]

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
    case = facts.load(conn, number)
    assert case is not None  # the command looked for the number
    recipient = places.recipient(conn, to) if to else None
    sender = places.sender(conn, actor, case) if to else None
    return Asked(case, day, rules.gate(case, day, recipient, meeting=meeting, sender=sender))
