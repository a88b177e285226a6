"""The monthly report as values: its range, its rows, and how each of them is counted. The table is `figures.py`."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from toshima_cli.domain.calendar import add_months, fiscal_start
from toshima_cli.domain.figures import Counts, Figure
from toshima_cli.domain.referral import ADULT
from toshima_cli.domain.terms import Stage
from toshima_cli.domain.verdict import Say, Value, say


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
    last_month: int = 0
    year_ago: int = 0
    family: Say | None = None
    name: Value | None = None

    @property
    def cells(self) -> tuple[int, int, int, int]:
        """As a person reads them: this month, the last one, the same month a year ago, the year to date."""
        return self.month, self.last_month, self.year_ago, self.year_to_date

    @property
    def nothing(self) -> bool:
        return not any(self.cells)

    def row(self) -> dict[str, Value | None]:
        return {
            "key": self.key,
            "label": self.label,
            "month": self.month,
            "year_to_date": self.year_to_date,
            "last_month": self.last_month,
            "year_ago": self.year_ago,
        }


Blocks = tuple[tuple[Say, tuple[Line, ...]], ...]
"""The titles of the blocks with their rows."""


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
    """The report of the month that begins on `first`; `year_from` is the first day of its fiscal year. `notes` say what
    has to be known to read it."""

    first: date
    year_from: date
    blocks: Blocks
    notes: tuple[Say, ...] = ()

    @property
    def month(self) -> str:
        """2026-11"""
        return self.first.isoformat()[:7]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for _, lines in self.blocks for line in lines)

    def rows(self) -> list[dict[str, Value | None]]:
        """{key, label, month, year_to_date, last_month, year_ago}, every key of the report."""
        return [line.row() for line in self.lines]

    def line(self, key: str) -> Line:
        """The row of a key the report has."""
        return next(line for line in self.lines if line.key == key)


@dataclass(frozen=True, slots=True)
class Unit:
    """One of the units a figure counts, under its block and key. What the reader may not know is None; `name` is given
    where names were asked for."""

    block: Say
    key: str
    unit: str | None
    case: str | None
    meeting: str | None
    item: int | None
    person: str | None
    on: date | None
    name: str | None = None


def months_before(first: date, count: int) -> tuple[Range, ...]:
    """So many months up to the one that begins on `first`, that one included, the earliest first."""
    return tuple(Range(add_months(first, -back), add_months(first, 1 - back)) for back in range(count - 1, -1, -1))


def fiscal_months(year: int) -> tuple[Range, ...]:
    """The twelve months of a fiscal year, April first."""
    return months_before(date(year + 1, 3, 1), 12)


WAITS = (7, 30, 90, 180)
"""Days up to which a wait is of one class, the classes of the chart; the last class is longer (ours)."""

FEWEST = 5
"""So many waits are needed before their median is said: of fewer it would tell of one household (ours)."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How many days lay between two things, one entry for each case, in no order."""

    days: tuple[int, ...]

    @property
    def median(self) -> float | None:
        """None where there are fewer than `FEWEST`."""
        return median(self.days) if len(self.days) >= FEWEST else None

    @property
    def classes(self) -> tuple[int, ...]:
        """How many lie in each class of `WAITS`, and how many above the last."""
        found = Counter(bisect_left(WAITS, day) for day in self.days)
        return tuple(found[place] for place in range(len(WAITS) + 1))


@dataclass(frozen=True, slots=True)
class Course:
    """What the charts of a monthly report show beside its rows. `trend` begins twelve months before the month."""

    trend: tuple[tuple[str, int, int], ...]
    """(2025-11, received, open complex cases at its end)"""
    stages: tuple[tuple[Stage, int], ...]
    """Open cases at the end of the month, by stage, in the order of the flow."""
    to_consent: Waits
    """From the first word to the first consent of the household, of the cases whose first consent was given in the
    fiscal year up to the end of the month."""


COMPLEX = (Stage.COMPLEX, Stage.ENGAGING, Stage.PLANNING, Stage.SUPPORTING, Stage.WATCHING)
"""The stages of a case that is more than a single concern, for the trend (ours)."""


def to_know(blocks: Blocks, month: Range, began: date | None) -> Iterator[Say]:
    """What has to be known to read the figures of the month. `began`: the first day the books speak of by its end."""
    lines = {line.key: line for _, found in blocks for line in found}
    if began is None:
        yield say("Nothing is recorded in these books up to the end of the month.")
        return
    if began > add_months(month.start, -12):
        yield say("The books begin on {on}: a 0 for the time before says nothing.", on=began)
    if not lines["subcommittee.sittings"].month:
        yield say("The subcommittee did not sit this month.")
    if afterwards := lines["plans.approved_afterwards"].month:
        yield say("Begun before the sitting, to be approved afterwards: {count}.", count=afterwards)
    # a code that is its own name is on no list of today: those of the program's own lists are terms, not texts
    strange = dict.fromkeys(
        line.name for key, line in lines.items() if type(line.name) is str and key.endswith(f".{line.name}")
    )
    if strange:
        yield say("Not on today's lists, and counted under the code: {codes}.", codes=tuple(strange))
