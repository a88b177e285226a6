"""The report of a fiscal year, for the council and the implementation plan, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from toshima_cli.domain.figures import Counts
from toshima_cli.domain.report import Waits
from toshima_cli.domain.verdict import Say, Value

Json = dict[str, Value | float | list[int | None] | None]

PER = 100_000

RATES = (
    "consultations.new",
    "complex.accepted",
    "plans.new",
    "outreach.people",
    "participation.national.people",
    "participation.local.people",
    "ends.concluded",
)
"""The figures given per 100,000 inhabitants too, where the office has set how many there are."""


@dataclass(frozen=True, slots=True)
class Year:
    """One figure of the fiscal year by month, April first; None for a month that has not begun. `year`: the whole."""

    key: str
    label: Say
    counts: Counts
    months: tuple[int | None, ...]
    year: int
    family: Say | None = None
    name: Value | None = None

    @property
    def nothing(self) -> bool:
        return not self.year and not any(self.months)

    def row(self) -> Json:
        return {"key": self.key, "label": self.label, "months": list(self.months), "year": self.year}


@dataclass(frozen=True, slots=True)
class About:
    """How many cases noted that concern in the year, of households of that kind."""

    concern: str
    field: str
    household_type: str
    cases: int


@dataclass(frozen=True, slots=True)
class Came:
    channel: str
    window: str
    cases: int


@dataclass(frozen=True, slots=True)
class Place:
    """What a place of connection was asked in the year, and what it had answered by its end. `addresses`: given away
    without anything being passed on, so that no answer is awaited. `to_answer`: days until it answered."""

    kind: str
    code: str | None
    name: Value
    received: int
    asked: int
    accepted: int
    declined: int
    waiting: int
    addresses: int
    to_answer: Waits


@dataclass(frozen=True, slots=True)
class Lack:
    """A gap raised, forwarded or answered in the year, and what became of it by its end."""

    gap: str
    kind: str
    text: str | Say
    cases: int
    raised_on: date
    status: str
    answered_on: date | None
    answer: str | Say | None


@dataclass(frozen=True, slots=True)
class Target:
    key: str
    label: Say
    target: int
    actual: int


@dataclass(frozen=True, slots=True)
class Annual:
    """`first` is 1 April, `end` the day after the last day counted."""

    first: date
    end: date
    blocks: tuple[tuple[Say, tuple[Year, ...]], ...]
    about: tuple[About, ...]
    came: tuple[Came, ...]
    places: tuple[Place, ...]
    waits: Mapping[str, Waits]
    gaps: tuple[Lack, ...]
    targets: tuple[Target, ...]
    population: int | None = None
    notes: tuple[Say, ...] = field(default=())

    @property
    def fiscal_year(self) -> int:
        return self.first.year

    @property
    def lines(self) -> tuple[Year, ...]:
        return tuple(line for _, lines in self.blocks for line in lines)

    def year(self, key: str) -> int:
        return next(line.year for line in self.lines if line.key == key)

    def rates(self) -> list[tuple[str, Say, int, float | None]]:
        """(key, label, figure, per 100,000 inhabitants or None where their number is not known)."""
        found = ((key, next(line for line in self.lines if line.key == key)) for key in RATES)
        return [
            (key, line.label, line.year, round(line.year * PER / self.population, 1) if self.population else None)
            for key, line in found
        ]

    def json(self) -> dict[str, Value | Sequence[Json | Say] | None]:
        """The whole report, in the order of its sections."""
        return {
            "fiscal_year": self.fiscal_year,
            "rows": [line.row() for line in self.lines],
            "about": [
                {"concern": a.concern, "field": a.field, "household_type": a.household_type, "cases": a.cases}
                for a in self.about
            ],
            "came": [{"channel": c.channel, "window": c.window, "cases": c.cases} for c in self.came],
            "places": [
                {
                    "kind": p.kind,
                    "code": p.code,
                    "name": p.name,
                    "received": p.received,
                    "asked": p.asked,
                    "accepted": p.accepted,
                    "declined": p.declined,
                    "waiting": p.waiting,
                    "addresses": p.addresses,
                    "median_days_to_answer": p.to_answer.median,
                }
                for p in self.places
            ],
            "waits": [
                {"until": until, "cases": len(waits.days), "median_days": waits.median}
                for until, waits in self.waits.items()
            ],
            "population": self.population,
            "rates": [
                {"key": key, "label": label, "year": figure, "per_100000": rate}
                for key, label, figure, rate in self.rates()
            ],
            "gaps": [
                {
                    "gap": g.gap,
                    "kind": g.kind,
                    "text": g.text,
                    "cases": g.cases,
                    "raised_on": g.raised_on,
                    "status": g.status,
                    "answered_on": g.answered_on,
                    "answer": g.answer,
                }
                for g in self.gaps
            ],
            "targets": [{"key": t.key, "label": t.label, "target": t.target, "actual": t.actual} for t in self.targets],
            "notes": self.notes,
        }
