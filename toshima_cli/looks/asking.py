"""What a conversation looks up to ask with: who is of a case, which number a name means, who may be known already."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import facts
from toshima_cli.domain import shown as texts
from toshima_cli.domain.case import Case
from toshima_cli.domain.initials import initials
from toshima_cli.journal import Subject


@dataclass(frozen=True, slots=True)
class Asked:
    """A case as a conversation speaks of it; `names` of who is there (`mask`: initials), by label."""

    case: Case
    day: date
    names: dict[str, str | None]
    mask: bool

    def text(self, typed: str | None) -> str:
        """A typed text as it may stand in a question: "" where it names somebody withheld, with `mask` anybody."""
        found = texts.shown(typed, self.case.people, self.case.unsaid, mask=self.mask)
        return found if isinstance(found, str) else ""

    def subjects(self) -> list[Subject]:
        return [("case", self.case.number), *(("person", str(p.person_id)) for p in self.case.people if not p.withheld)]


def of_case(conn: Any, number: str, day: date, *, mask: bool) -> Asked:
    """The case as of a day, and the people who are of its household then."""
    case = facts.must(conn, number)
    there = [p for p in case.people_on(max(day, case.opened_on)) if not p.withheld]
    return Asked(case, day, {p.label: initials(p.name, p.kana) if mask else p.name for p in there}, mask)
