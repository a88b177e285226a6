"""The monthly report as values: its range, its rows, and how each of them is counted. The table is `figures.py`."""

from dataclasses import dataclass
from datetime import date, timedelta

from toshima_cli.domain.calendar import add_months, fiscal_start
from toshima_cli.domain.figures import Counts, Figure
from toshima_cli.domain.referral import ADULT
from toshima_cli.domain.verdict import Say, Value


@dataclass(frozen=True, slots=True)
class Range:
    """Half-open: from `start` to the day before `end`."""

    start: date
    end: date

    def asked(self, figure: Figure, *, engaging_long: int, unanswered: int) -> dict[str, str]:
        """The values of the placeholders of `report.sql`, as ISO dates. What has lasted more than n days at the end of
        the last day began before the day n days earlier."""
        end = self.start if figure.at_start else self.end
        last = end - timedelta(days=1)
        days = {
            "start": self.start,
            "before_day": end,
            "last_day": last,
            "long_before": last - timedelta(days=engaging_long),
            "answered_before": last - timedelta(days=unanswered),
            # of the fiscal year, so that its months add up
            "grown_born": add_months(fiscal_start(self.start), -12 * ADULT),
        }
        return {name: day.isoformat() for name, day in days.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the report. In a family, `family` and `name` are the two parts of `label`; None elsewhere."""

    key: str
    label: Say
    counts: Counts
    month: int
    year_to_date: int
    family: Say | None = None
    name: Value | None = None

    @property
    def nothing(self) -> bool:
        return not (self.month or self.year_to_date)


@dataclass(frozen=True, slots=True)
class Explained:
    """How one key is counted: the words of `figures.HOW`, and the query whose rows it counts."""

    key: str
    label: Say
    counts: Counts
    how: Say
    query: str
    family: Say | None = None

    def row(self) -> dict[str, Value]:
        return {"key": self.key, "label": self.label, "counts": self.counts, "how": self.how, "query": self.query}


@dataclass(frozen=True, slots=True)
class Monthly:
    """The report of the month that begins on `first`; `year_from` is the first day of its fiscal year."""

    first: date
    year_from: date
    blocks: tuple[tuple[Say, tuple[Line, ...]], ...]

    @property
    def month(self) -> str:
        """2026-11"""
        return self.first.isoformat()[:7]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for _, lines in self.blocks for line in lines)

    def rows(self) -> list[dict[str, Value]]:
        """{key, label, month, year_to_date}, every key of the report."""
        return [
            {"key": line.key, "label": line.label, "month": line.month, "year_to_date": line.year_to_date}
            for line in self.lines
        ]
