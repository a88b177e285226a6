"""The monthly report as a screen, as Markdown and as a spreadsheet: the same blocks, rows and notes, in the same order;
and how each figure is counted, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toshima_cli.domain.calendar import wareki
from toshima_cli.domain.figures import SIGNS
from toshima_cli.domain.report import Explained, Line, Monthly
from toshima_cli.domain.verdict import Say, say
from toshima_cli.i18n import language, render
from toshima_cli.ui.out import Column
from toshima_cli.ui.page import Page
from toshima_cli.ui.text import fold, visible, width

CARE = say("[Handle with care]")
KEY, WHAT, COUNTED, MONTH, YEAR = say("Key"), say("Figure"), say("Counted"), say("Month"), say("Year to date")
HOW, QUERY = say("How it is counted"), say("Query")

UNITS: tuple[Column[Mapping[str, Any]], ...] = (
    Column("unit", say("Counted unit"), whole=True),
    Column("case", say("Case"), whole=True),
    Column("meeting", say("Sitting"), whole=True),
    Column("item", say("Item"), right=True),
    Column("person", say("Person")),
    Column("on", say("On"), whole=True),
)
"""What a figure counts, unit by unit."""

LEAST = 16
"""Cells a label gets on the narrowest screen."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A row as it is read; the heading of a family has no figures and no key, its codes no sign."""

    label: str
    sign: str
    month: str = ""
    year: str = ""
    inner: bool = False
    line: Line | None = None


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


SUMMARY = "summary"
"""The sheet's name, the same in either language: other files may refer to its cells."""


def spreadsheet(report: Monthly, *, everything: bool) -> bytes:
    """The same as one sheet {key, figure, counted, month, year to date}, on one A4 unless every code is asked for."""
    from toshima_cli.ui.xlsx import Row, Sheet, workbook

    rows: list[Row] = []
    for title, lines in report.blocks:
        shown = list(_shown(lines, everything))
        rows += [Row((title, "", "", "", ""), strong=True)] if shown else []
        for row in shown:
            key, month, year = (row.line.key, row.line.month, row.line.year_to_date) if row.line else ("", "", "")
            rows.append(Row((key, row.label, row.sign, month, year), indent=int(row.inner), indented=1))
    era = _era(report)
    return workbook(
        Sheet(
            SUMMARY,
            (KEY, WHAT, COUNTED, report.month, YEAR),
            rows,
            title=(render(_title(report)) + (f"（{era}）" if era else "") + "   " + render(CARE),),
            notes=tuple(_notes(report, everything)),
            tall=True,
            one_page=not everything,
        )
    )


Explanation = Sequence[tuple[Say, Sequence[Explained]]]
"""The keys block by block."""


def explain(blocks: Explanation, page: Page) -> None:
    """Label, key, sign; below it in words what is counted, and the query. The codes of a family stand together."""
    for title, found in blocks:
        page.line(title)
        page.blank()
        for label, key, line in _together(found):
            page.line(label, key, SIGNS[line.counts], indent=2)
            page.line(line.how, indent=4)
            page.line(say("Query: {name}", name=line.query), indent=4)
            page.blank()
    for note in _always():
        page.line(note)


def explained_markdown(blocks: Explanation) -> bytes:
    text = [f"# {_plain(say('How the figures of the monthly report are counted'))}"]
    head = " | ".join(map(_plain, (WHAT, KEY, COUNTED, HOW, QUERY)))
    for title, found in blocks:
        text += ["", f"## {_plain(title)}", "", f"| {head} |", "|---|---|---|---|---|"]
        for label, key, line in _together(found):
            cells = (label, key, SIGNS[line.counts], line.how, line.query)
            text.append("| " + " | ".join(_bars(visible(render(cell))) for cell in cells) + " |")
    text += ["", *(f"- {_plain(note)}" for note in _always())]
    return ("\n".join(text) + "\n").encode()


def explained_spreadsheet(blocks: Explanation) -> bytes:
    from toshima_cli.ui.xlsx import Row, Sheet, workbook

    rows = [
        Row((key, label, SIGNS[line.counts], line.how, line.query))
        for _, found in blocks
        for label, key, line in _together(found)
    ]
    title = say("How the figures of the monthly report are counted")
    return workbook(Sheet("explain", (KEY, WHAT, COUNTED, HOW, QUERY), rows, title=(title,), notes=tuple(_always())))


def _together(found: Sequence[Explained]) -> Iterator[tuple[Say, str, Explained]]:
    """The codes of a family as one, `key.<code>`; a code that stands alone by its own key."""
    seen: set[Say] = set()
    for line in found:
        if line.family is None or len(found) == 1:
            yield line.label, line.key, line
        elif line.family not in seen:
            seen.add(line.family)
            yield line.family, line.key.rpartition(".")[0] + ".<code>", line


def _always() -> Iterator[Say]:
    yield say(
        "“distinct” counts each person or case once: its months do not add up to the year. “events” counts every time. "
        "“standing” is what holds at the end of the last day."
    )
    yield say(
        "Entries taken back are never counted. Restricted cases are counted, and listed for their own people only."
    )
    yield say("Where the ward's plan does not say how to count, the rule is this program's own, not an official one.")


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
            yield _Shown(render(line.label), sign, month, year, line=line)
        elif everything or not line.nothing:
            if line.family != heading:
                heading = line.family
                yield _Shown(render(heading), sign)
            yield _Shown(render(line.name), "", month, year, inner=True, line=line)


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
    text = _bars(visible(row.label))
    return f"　{text}" if row.inner else text


def _bars(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
