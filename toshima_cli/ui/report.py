"""The monthly report as a screen and as Markdown: blocks, rows and notes in the order of the contract, and its charts.

`shown` makes the rows every form has, `charts` the charts; the spreadsheet is in `report_sheets.py`, the page in
`report_page.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli.domain.calendar import wareki
from toshima_cli.domain.figures import SIGNS
from toshima_cli.domain.report import WAITS, Course, Line, Monthly
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import language, render
from toshima_cli.ui.charts import Chart, Series, strokes
from toshima_cli.ui.document import md
from toshima_cli.ui.out import Column
from toshima_cli.ui.page import Page
from toshima_cli.ui.text import fold, visible, width

CARE = say("[Handle with care]")
KEY, WHAT, COUNTED = say("Key"), say("Figure"), say("Counted")
COLUMNS = (say("Month"), say("Last"), say("Year ago"), say("To date"))
"""The heads of `Line.cells`."""

UNITS: tuple[Column[Mapping[str, Any]], ...] = (
    Column("unit", say("Counted unit"), whole=True),
    Column("case", say("Case"), whole=True),
    Column("meeting", say("Sitting"), whole=True),
    Column("item", say("Item"), right=True),
    Column("person", say("Person")),
    Column("on", say("On"), whole=True),
)
"""What a figure counts, unit by unit."""

NAMED: Column[Mapping[str, Any]] = Column("name", say("Name"))
"""Who it is about, where names were asked for."""

LEAST = 16
"""Cells a label gets on the narrowest screen."""

LONGEST = 24
"""Signs of the longest bar on a screen."""

BALANCE = say("Open at the start + newly opened + reopened − ended = open at the end.")
RULES = (
    say(
        "“distinct” counts each person or case once: its months do not add up to the year. “events” counts every time."
    ),
    say("Where the ward's plan does not say how to count, the rule is this program's own, not an official one."),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is read; the heading of a family has no figures and no key, its codes no sign."""

    label: str
    sign: str
    cells: tuple[int, ...] = ()
    inner: bool = False
    key: str = ""


def title(report: Monthly) -> Say:
    return say("Monthly report {month}", month=report.month)


def era(first: date) -> str:
    """令和8年11月, as Japanese papers print it; nothing in English, whose title says the month already."""
    if language() != "ja":
        return ""
    year, month, _ = wareki(first).partition("月")
    return year + month


def shown(lines: tuple[Line, ...], everything: bool) -> Iterator[Shown]:
    """The rows to show: codes of a family under a heading, those with nothing to count left out."""
    heading: Say | None = None
    for line in lines:
        sign = render(SIGNS[line.counts])
        if line.family is None or line.name is None:
            yield Shown(render(line.label), sign, line.cells, key=line.key)
        elif everything or not line.nothing:
            if line.family != heading:
                heading = line.family
                yield Shown(render(heading), sign)
            yield Shown(render(line.name), "", line.cells, inner=True, key=line.key)


def notes(report: Monthly, everything: bool) -> Iterator[Say]:
    """What is to be known of this month first, then how to read every month."""
    yield from report.notes
    yield BALANCE
    yield say("The year to date counts from {start}.", start=report.year_from)
    yield from RULES
    yield say("Small numbers are printed as they are: not for publication.")
    if not everything and any(line.nothing for line in report.lines if line.family is not None):
        yield say("Codes with nothing to count are left out; --all shows them.")


# --------------------------------------------------------------------- charts

TREND = say("Received in this system, and open complex cases, month by month")
RECEIVED, OPEN = say("Received in this system"), say("Open, from being sorted out to watched")


def charts(report: Monthly, course: Course) -> dict[str, Chart]:
    """The charts by name; one without anything to show is left out."""
    trend = Chart(
        "columns",
        TREND,
        tuple(month for month, _, _ in course.trend),
        (
            Series(RECEIVED, tuple(received for _, received, _ in course.trend)),
            Series(OPEN, tuple(standing for _, _, standing in course.trend)),
        ),
    )
    stages = Chart(
        "bars",
        say("Open cases by stage, at the end of the month"),
        tuple(stage for stage, _ in course.stages),
        (Series(say("Cases"), tuple(count for _, count in course.stages)),),
    )
    found = {
        "trend": trend,
        "stages": stages,
        "windows": _family(report, "consultations.by_window", say("Received this year to date, by window")),
        "channels": _family(report, "consultations.by_channel", say("Received this year to date, by channel")),
    }
    if course.to_consent.median is not None:
        found["consent"] = _waits(course)
    return {name: chart for name, chart in found.items() if not chart.nothing}


def _family(report: Monthly, family: str, name: Say) -> Chart:
    """The codes of a family with anything to count in the year, in the order of the report: no ranking."""
    lines = [line for line in report.lines if line.key.rpartition(".")[0] == family and line.year_to_date]
    return Chart(
        "bars",
        name,
        tuple(line.name or "" for line in lines),
        (Series(say("Year to date"), tuple(line.year_to_date for line in lines)),),
    )


def _waits(course: Course) -> Chart:
    waits = course.to_consent
    name = say(
        "From the first word to the first consent, cases of this year to date (median {days} days)",
        days=f"{waits.median or 0:g}",
    )
    return Chart("columns", name, classes(), (Series(say("Cases"), waits.classes),))


def classes() -> tuple[Say, ...]:
    """The labels of `Waits.classes`."""
    lows = (0, *(day + 1 for day in WAITS))
    between = (say("{low} to {high} days", low=low, high=high) for low, high in zip(lows, WAITS, strict=False))
    return (*between, say("more than {days} days", days=WAITS[-1]))


def _trend(course: Course) -> Iterator[tuple[str, str, str, str, str]]:
    """(month, received, its bar, open, its bar), the two bars to one measure."""
    room = LONGEST // 2
    both = [count for _, received, standing in course.trend for count in (received, standing)]
    bars = list(strokes(both, room))
    wide = [max(width(f"{count:,}") for count in both[side::2]) for side in (0, 1)]
    for number, (month, received, standing) in enumerate(course.trend):
        left, right = (_right(f"{count:,}", cells) for count, cells in zip((received, standing), wide, strict=True))
        yield month, left, bars[2 * number], right, bars[2 * number + 1]


# --------------------------------------------------------------------- screen


def draw(report: Monthly, course: Course | None, page: Page, columns: int, *, everything: bool) -> None:
    """A column of labels, what is counted, the four columns of figures; long labels folded to fit the screen."""
    page.line(title(report), *filter(None, [era(report.first)]), right=render(CARE))
    page.blank()
    blocks = [(name, list(shown(lines, everything))) for name, lines in report.blocks]
    heads = [render(head) for head in COLUMNS]
    every = [row for _, rows in blocks for row in rows]
    sign = max(width(row.sign) for row in every)
    wide = [
        max(width(head), *(width(f"{row.cells[number]:,}") for row in every if row.cells))
        for number, head in enumerate(heads)
    ]
    room = max(columns - sign - sum(wide) - 3 * 5, LEAST)
    rows: list[tuple[Value, ...]] = [("", "", *(_right(head, cells) for head, cells in zip(heads, wide, strict=True)))]
    for name, found in blocks:
        if not found:
            continue
        rows += [("",), *((piece,) for piece in fold(plain(name), room))]
        for row in found:
            indent = "    " if row.inner else "  "
            first, *more = fold(visible(row.label), room - len(indent))
            cells = (_right(f"{cell:,}", most) for cell, most in zip(row.cells, wide, strict=False))
            rows.append((indent + first, row.sign, *cells))
            rows += [(indent + piece,) for piece in more]
    page.table(rows)
    page.blank()
    if course and any(received or standing for _, received, standing in course.trend):
        page.line(TREND)
        page.table([*_trend(course)], indent=2)
        page.blank()
    for note in notes(report, everything):
        page.line(note)


def markdown(report: Monthly, course: Course | None, *, everything: bool) -> bytes:
    """The same as a paper."""
    when = era(report.first)
    text = [f"# {plain(title(report))}" + (f"（{when}）" if when else ""), "", plain(CARE)]
    heads = " | ".join(map(plain, (WHAT, COUNTED, *COLUMNS)))
    for name, lines in report.blocks:
        found = list(shown(lines, everything))
        if found:
            text += ["", f"## {plain(name)}", "", f"| {heads} |", "|---|---|" + "--:|" * len(COLUMNS)]
            for row in found:
                cells = [f"{cell:,}" for cell in row.cells] or [""] * len(COLUMNS)
                label = f"　{md(row.label)}" if row.inner else md(row.label)
                text.append(f"| {label} | {row.sign} | {' | '.join(cells)} |")
    if course:
        text += ["", f"## {plain(TREND)}", "", f"| | {plain(RECEIVED)} | | {plain(OPEN)} | |", "|---|--:|---|--:|---|"]
        text += [f"| {' | '.join(cells)} |" for cells in _trend(course)]
    text += ["", *(f"- {md(note)}" for note in notes(report, everything))]
    return ("\n".join(text) + "\n").encode()


def _right(text: str, cells: int) -> str:
    return " " * (cells - width(text)) + text


def plain(value: Value) -> str:
    return visible(render(value))
