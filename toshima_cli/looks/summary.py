"""What the cases of a fiscal year showed, for a sitting of the council: figures of the monthly report, none of its own.

Which year is ours: from July on the one the sitting lies in, up to its day; from April to June the whole year before,
which is what a council then looks back on. Nothing is counted beyond today, and of a year that has not begun the one
now running is shown. Figures are exact: papers of a meeting are handled with care, and are not for publication.
Restricted cases are counted, as in the report.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.calendar import fiscal_year
from toshima_cli.domain.terms import Body
from toshima_cli.domain.verdict import Value

if TYPE_CHECKING:
    from toshima_cli.domain.report import Line
    from toshima_cli.looks.agenda import Listed

ALWAYS = (
    "consultations.new",
    "consultations.by_field",
    "complex.accepted",
    "complex.open",
    "engaging.cases",
    "plans.new",
    "plans.approved",
    "plans.approved_afterwards",
    "support_conference.cases",
    "multilayer_conference.cases",
    "transitions.to_multilayer",
    "outreach.people",
    "ends.concluded",
    "ends.interrupted",
    "gaps.raised",
    "gaps.forwarded",
    "gaps.answered",
)
"""Figures, and families with all their codes, that stand there when they are 0 too."""

WHERE_ANY = ("concerns", "ends.by_reason")
"""Families of which only the codes with something to count are shown."""

MOST_FREQUENT = {"concerns": 10}
"""Of these the most frequent codes are shown, so many at most."""

LOOKING_BACK = (4, 5, 6)
"""The months in which a council looks at the fiscal year before."""


@dataclass(frozen=True, slots=True)
class Summary:
    """`lines` of the report, whose column of the year counts from `start` to `end`, both days included."""

    start: date
    end: date
    lines: tuple["Line", ...]

    def rows(self) -> list[dict[str, Value]]:
        return [{"key": line.key, "label": line.label, "year": line.year_to_date} for line in self.lines]

    def span(self) -> dict[str, date]:
        return {"start": self.start, "end": self.end}


def with_summary(conn: Any, listed: "Listed", today: date, *, english: bool) -> "Listed":
    """The agenda, with the summary where it is one of the council; any other is as it was, and nothing is counted."""
    if listed.body is not Body.COUNCIL:
        return listed
    return replace(listed, summary=of_year(conn, listed.held_on, today, english=english))


def of_year(conn: Any, held_on: date, today: date, *, english: bool) -> Summary:
    """The summary for a sitting held on that day. No person is in it, so nobody is journaled for it."""
    from toshima_cli.domain.report import Range
    from toshima_cli.looks import report

    start, end = span(held_on, today)
    found = report.lines(conn, Range(start, end + timedelta(days=1)), (*ALWAYS, *WHERE_ANY), english=english)
    return Summary(start, end, tuple(_shown(found)))


def span(held_on: date, today: date) -> tuple[date, date]:
    """The first and the last day counted for a sitting of that day, as it may be seen today."""
    year = fiscal_year(held_on) - (held_on.month in LOOKING_BACK)
    year = min(year, fiscal_year(today))
    return date(year, 4, 1), min(held_on, today, date(year + 1, 3, 31))


def _shown(lines: Iterable["Line"]) -> Iterator["Line"]:
    """In the order of the report, the most frequent first where that is asked for (of equals, the report's order)."""
    for family, group in groupby(lines, lambda line: line.key.rpartition(".")[0] if line.family else line.key):
        found = [line for line in group if line.year_to_date or family not in WHERE_ANY]
        if family in MOST_FREQUENT:
            found = sorted(found, key=lambda line: -line.year_to_date)[: MOST_FREQUENT[family]]
        yield from found
