"""The monthly report as a screen and as Markdown: the same blocks, the same rows, in the same order."""

from collections.abc import Iterator
from dataclasses import dataclass

from toshima_cli.domain.calendar import wareki
from toshima_cli.domain.report import SIGNS, Line, Monthly
from toshima_cli.domain.verdict import Say, say
from toshima_cli.i18n import language, render
from toshima_cli.ui.page import Page
from toshima_cli.ui.text import fold, visible, width

CARE = say("[Handle with care]")
WHAT, COUNTED, MONTH, YEAR = say("Figure"), say("Counted"), say("Month"), say("Year to date")

LEAST = 16
"""Cells a label gets on the narrowest screen."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A row as it is read; the heading of a family has no figures, its codes no sign."""

    label: str
    sign: str
    month: str = ""
    year: str = ""
    inner: bool = False


def draw(report: Monthly, page: Page, columns: int, *, everything: bool) -> None:
    """A column of labels, what is counted, the month, the year to date; long labels folded to fit the screen."""
    page.line(_title(report), *filter(None, [_era(report)]), right=render(CARE))
    page.blank()
    blocks = [(title, list(_shown(lines, everything))) for title, lines in report.blocks]
    every = [_Shown("", "", render(MONTH), render(YEAR)), *(row for _, rows in blocks for row in rows)]
    sign, month, year = (
        max(width(cell) for cell in cells) for cells in zip(*((r.sign, r.month, r.year) for r in every), strict=True)
    )
    room = max(columns - sum((sign, month, year)) - 3 * 3, LEAST)
    rows: list[tuple[str | Say, ...]] = [("", "", _right(every[0].month, month), _right(every[0].year, year))]
    for title, shown in blocks:
        if not shown:
            continue
        rows += [("",), (title,)]
        for row in shown:
            indent = "    " if row.inner else "  "
            first, *more = fold(visible(row.label), room - len(indent))
            rows.append((indent + first, row.sign, _right(row.month, month), _right(row.year, year)))
            rows += [(indent + piece,) for piece in more]
    page.table(rows)
    page.blank()
    for note in _notes(report, everything):
        page.line(note)


def markdown(report: Monthly, *, everything: bool) -> bytes:
    """The same as a paper."""
    era = _era(report)
    text = [f"# {_plain(_title(report))}" + (f"（{era}）" if era else ""), "", _plain(CARE)]
    head = " | ".join(map(_plain, (WHAT, COUNTED, MONTH, YEAR)))
    for title, lines in report.blocks:
        shown = list(_shown(lines, everything))
        if shown:
            text += ["", f"## {_plain(title)}", "", f"| {head} |", "|---|---|--:|--:|"]
            text += [f"| {_cell(row)} | {row.sign} | {row.month} | {row.year} |" for row in shown]
    text += ["", *(f"- {_plain(note)}" for note in _notes(report, everything))]
    return ("\n".join(text) + "\n").encode()


def _title(report: Monthly) -> Say:
    return say("Monthly report {month}", month=report.month)


def _era(report: Monthly) -> str:
    """令和8年11月, as Japanese papers print it; nothing in English, whose title says the month already."""
    if language() != "ja":
        return ""
    year, month, _ = wareki(report.first).partition("月")
    return year + month


def _shown(lines: tuple[Line, ...], everything: bool) -> Iterator[_Shown]:
    """The rows to show: codes of a family under a heading, those with nothing to count left out."""
    heading: Say | None = None
    for line in lines:
        sign, month, year = render(SIGNS[line.counts]), f"{line.month:,}", f"{line.year_to_date:,}"
        if line.family is None or line.name is None:
            yield _Shown(render(line.label), sign, month, year)
        elif everything or not line.nothing:
            if line.family != heading:
                heading = line.family
                yield _Shown(render(heading), sign)
            yield _Shown(render(line.name), "", month, year, inner=True)


def _notes(report: Monthly, everything: bool) -> Iterator[Say]:
    yield say("Open at the start + newly opened + reopened − ended = open at the end.")
    yield say("The year to date counts from {start}.", start=report.year_from)
    yield say(
        "“distinct” counts each person or case once: its months do not add up to the year. “events” counts every time."
    )
    yield say("Where the ward's plan does not say how to count, the rule is this program's own, not an official one.")
    yield say("Small numbers are printed as they are: not for publication.")
    if not everything and any(line.nothing for line in report.lines if line.family is not None):
        yield say("Codes with nothing to count are left out; --all shows them.")


def _right(text: str, cells: int) -> str:
    return " " * (cells - width(text)) + text


def _plain(value: Say) -> str:
    return visible(render(value))


def _cell(row: _Shown) -> str:
    """A label as a cell of Markdown; a full-width space sets the codes of a family in."""
    text = visible(row.label).replace("\\", "\\\\").replace("|", "\\|")
    return f"　{text}" if row.inner else text
