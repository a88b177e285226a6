"""Which windows fit the concerns of a case, and why it may be complex."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.db import viewer
from toshima_cli.domain import alerts, route
from toshima_cli.domain import shown as texts
from toshima_cli.domain.case import Case
from toshima_cli.domain.law import Cite
from toshima_cli.domain.referral import duty
from toshima_cli.domain.route import Suggestion
from toshima_cli.domain.shown import Reader
from toshima_cli.domain.terms import ReportKind
from toshima_cli.domain.verdict import Say
from toshima_cli.journal import Subject


@dataclass(frozen=True, slots=True)
class Fitting:
    case: Case
    why_complex: tuple[Say, ...]
    suggestions: tuple[Suggestion, ...]
    duty: tuple[tuple[ReportKind, Cite], ...]
    day: date
    mask: bool = False

    def text(self, typed: str | None) -> str | Say | None:
        return texts.shown(typed, self.case.people, self.case.unsaid, mask=self.mask)

    def sentence(self, said: Say) -> Say:
        return Reader(self.case.people, self.case.unsaid, self.mask).sentence(said)

    def subjects(self) -> list[Subject]:
        return [("case", self.case.number), *(("person", str(p.person_id)) for p in self.case.people if not p.withheld)]

    def json(self) -> dict[str, Any]:
        """The part of `intake`'s answer that suggests, for a case already taken in."""
        return {
            "case": self.case.number,
            "looks_complex": bool(self.why_complex),
            "why_complex": [self.sentence(why) for why in self.why_complex],
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
            "alerts": [
                {"label": p.label, "visit_alert": self.text(p.visit_alert), "contact_rule": self.text(p.contact_rule)}
                for p in self.case.people_on(self.day)
                if alerts.has_any(p)
            ],
        }


def fitting(conn: Any, number: str, day: date, *, mask: bool = False) -> Fitting:
    case = facts.must(conn, number)
    return of_case(conn, case, day, mask=mask)


def of_case(conn: Any, case: Case, day: date, *, mask: bool = False) -> Fitting:
    known = places.routing(conn)
    return Fitting(
        case=case,
        why_complex=route.why_complex(case, day, known),
        suggestions=route.suggest(case, day, known),
        duty=duty(case, day, staff=viewer(conn)),
        day=day,
        mask=mask,
    )
