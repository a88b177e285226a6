"""Which windows fit the concerns of a case, and why it may be complex."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.domain import route
from toshima_cli.domain.case import Case
from toshima_cli.domain.law import Cite
from toshima_cli.domain.referral import duty
from toshima_cli.domain.route import Suggestion
from toshima_cli.domain.terms import ReportKind
from toshima_cli.domain.verdict import Say
from toshima_cli.journal import Subject


@dataclass(frozen=True, slots=True)
class Fitting:
    case: Case
    why_complex: tuple[Say, ...]
    suggestions: tuple[Suggestion, ...]
    duty: tuple[tuple[ReportKind, Cite], ...]

    def subjects(self) -> list[Subject]:
        return [("case", self.case.number), *(("person", str(p.person_id)) for p in self.case.people)]

    def json(self) -> dict[str, Any]:
        """The part of `intake`'s answer that suggests, for a case already taken in."""
        return {
            "case": self.case.number,
            "looks_complex": bool(self.why_complex),
            "why_complex": list(self.why_complex),
            "suggestions": [
                {
                    "window": s.window,
                    "name": s.name,
                    "person": s.person,
                    "concern": s.concern,
                    "reasons": list(s.reasons),
                }
                for s in self.suggestions
            ],
            "duty": [{"kind": kind, "article": cite.code} for kind, cite in self.duty],
        }


def fitting(conn: Any, number: str, day: date) -> Fitting:
    case = facts.must(conn, number)
    return of_case(conn, case, day)


def of_case(conn: Any, case: Case, day: date) -> Fitting:
    known = places.routing(conn)
    return Fitting(
        case=case,
        why_complex=route.why_complex(case, day, known),
        suggestions=route.suggest(case, day, known),
        duty=duty(case, day),
    )
