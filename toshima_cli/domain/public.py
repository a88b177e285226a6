"""What is published of a month: its figures with the small ones hidden, and how it is kept. [ours]

Only the month and the year to date are published; the month before and the one a year ago have publications of their
own. Cells are those of `figure_sums.py`: `key|2026-11` the month, `key|to 2026-11` the year up to its end, so that the
cells of all publications stand beside each other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from toshima_cli.domain.calendar import add_months
from toshima_cli.domain.figure_sums import cell, known, to
from toshima_cli.domain.figures import Counts
from toshima_cli.domain.office import BOUNDS, HIDDEN_MOST
from toshima_cli.domain.report import Line, Monthly
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, Value, say

MONTHLY = "monthly"
"""What is published, in the table of publications."""

Cells = dict[str, int | None]
"""Cell → its number, None where it is hidden."""


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One row as it is published. In a family, `family` and `name` are the two parts of `label`."""

    key: str
    label: Say
    counts: Counts
    month: int | None
    year_to_date: int | None
    family: Say | None = None
    name: Value | None = None

    @property
    def nothing(self) -> bool:
        return self.month == 0 and self.year_to_date == 0

    @property
    def suppressed(self) -> bool:
        return self.month is None or self.year_to_date is None

    def row(self) -> dict[str, Value | None]:
        found: dict[str, Value | None] = {
            "key": self.key,
            "label": self.label,
            "month": self.month,
            "year_to_date": self.year_to_date,
        }
        return found | {"suppressed": True} if self.suppressed else found


@dataclass(frozen=True, slots=True)
class Published:
    """The report of a month as it is published; `most`: the largest small number."""

    first: date
    year_from: date
    most: int
    blocks: tuple[tuple[Say, tuple[PublicLine, ...]], ...]

    @property
    def month(self) -> str:
        """2026-11"""
        return self.first.isoformat()[:7]

    @property
    def lines(self) -> tuple[PublicLine, ...]:
        return tuple(line for _, lines in self.blocks for line in lines)

    def rows(self) -> list[dict[str, Value | None]]:
        """{key, label, month, year_to_date} and {suppressed} where one of the two is hidden, every key."""
        return [line.row() for line in self.lines]

    def cells(self) -> Cells:
        """As they are kept."""
        return {
            name: number
            for line in self.lines
            for name, number in (
                (cell(line.key, self.month), line.month),
                (cell(line.key, to(self.month)), line.year_to_date),
            )
        }


def published(report: Monthly, cells: Mapping[str, int | None], most: int) -> Published:
    """The report with the numbers of `cells`. A key without a cell was on no list then, and is left out; a cell whose
    key is on no list any more stays, under its code."""

    def numbers(key: str) -> tuple[int | None, int | None]:
        return cells.get(cell(key, report.month)), cells.get(cell(key, to(report.month)))

    listed = {one.key for one in report.lines}
    gone = [key for key in _keys(cells) if key not in listed]

    def lines(found: tuple[Line, ...]) -> Iterator[PublicLine]:
        for one in found:
            if cell(one.key, report.month) in cells:
                yield PublicLine(one.key, one.label, one.counts, *numbers(one.key), one.family, one.name)
        families = {one.key.rpartition(".")[0]: (one.family, one.counts) for one in found if one.family is not None}
        for key in gone:
            of, _, code = key.rpartition(".")
            if of in families:
                family, counts = families[of]
                yield PublicLine(
                    key, say("{what}: {name}", what=family, name=code), counts, *numbers(key), family, code
                )

    blocks = tuple((title, tuple(lines(found))) for title, found in report.blocks)
    return Published(report.first, report.year_from, most, blocks)


def _keys(names: Iterable[str]) -> dict[str, None]:
    """The keys of some cells, each once, in their order."""
    return dict.fromkeys(name.partition("|")[0] for name in names)


def differing(kept: Mapping[str, int | None], now: Mapping[str, int | None]) -> int:
    """How many cells of two publications differ, those only one of them has among them."""
    return sum(kept.get(name, -1) != now.get(name, -1) for name in kept.keys() | now.keys())


def different(month: str, on: date, cells: int) -> Refusal:
    """A second, different publication of the same month: the two could be subtracted."""
    return Refusal(
        rule="publish.different",
        basis=Basis.OURS,
        message=say("{month} was published already, and the figures have changed since.", month=month),
        facts=(
            say("Published on {on}; {count} places would be others now.", on=on, count=cells),
            say("From two publications of one month the hidden numbers could be computed."),
        ),
        missing=(),
        next=(
            Next(
                "report",
                say("Print again what was published."),
                f"toshima report monthly --month {month} --public --kept",
            ),
            Next(
                "report", say("See today's exact figures, for the office."), f"toshima report monthly --month {month}"
            ),
        ),
    )


def pinned(month: str, names: Iterable[str]) -> Refusal:
    """What was published before gives a small number away, whatever is hidden now."""
    return Refusal(
        rule="publish.pinned",
        basis=Basis.OURS,
        message=say("{month} cannot be published: earlier publications would give hidden numbers away.", month=month),
        facts=(say("It is about: {keys}.", keys=tuple(_keys(names))),),
        missing=(),
        next=(
            Next(
                "report", say("See today's exact figures, for the office."), f"toshima report monthly --month {month}"
            ),
        ),
    )


def running(month: str) -> Refusal:
    """The month is not over: what would be published today would be another tomorrow."""
    return Refusal(
        rule="publish.running",
        basis=Basis.OURS,
        message=say("{month} is not over; it is published afterwards.", month=month),
        facts=(say("What is published of a month is never changed."),),
        missing=(),
        next=(Next("report", say("See how it would look."), f"toshima report monthly --month {month} --public"),),
    )


def nothing(month: str) -> Refusal:
    """A month the books do not speak of would stand published as one in which nothing happened."""
    return Refusal(
        rule="publish.nothing",
        basis=Basis.OURS,
        message=say("Nothing is recorded up to {month}, so there is nothing to publish of it.", month=month),
        missing=(),
        next=(),
    )


def never(month: str) -> Refusal:
    return Refusal(
        rule="publish.none",
        basis=Basis.OURS,
        message=say("{month} was not published.", month=month),
        missing=(),
        next=(
            Next(
                "report",
                say("Publish it; it is kept as it is."),
                f"toshima report monthly --month {month} --public -o {month}.html",
            ),
        ),
    )


_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


def fault(kind: str, period: str, most: int, cells: object, on: date) -> str | None:
    """Which field of a publication taken over from elsewhere cannot be so; None where all fit. Every key of the month
    has both its cells, known to the report, and no number that is shown is small."""
    if kind != MONTHLY:
        return "report"
    if not _MONTH.fullmatch(period) or add_months(date.fromisoformat(f"{period}-01"), 1) > on:
        return "period"
    least, largest = BOUNDS[HIDDEN_MOST]
    if not least <= most <= largest:
        return "most"
    if not isinstance(cells, dict) or not cells:
        return "cells"
    keys = _keys(cells)
    if cells.keys() != {name for key in keys for name in (cell(key, period), cell(key, to(period)))}:
        return "cells"
    if not all(map(known, keys)):
        return "cells"
    shown = [number for number in cells.values() if number is not None]
    fits = all(type(number) is int and (number == 0 or number > most) for number in shown)
    return None if fits else "cells"
