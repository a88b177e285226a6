"""Papers made of tables and charts (the annual report, the balance of a caseload): one list of sections, every form."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from toshima_cli.domain.verdict import Say, Value
from toshima_cli.i18n import language, render
from toshima_cli.ui.charts import Chart, strokes, svg
from toshima_cli.ui.document import md, md_row, sheet_name
from toshima_cli.ui.filled import filled, said
from toshima_cli.ui.page import Page
from toshima_cli.ui.text import fold, width

Cell = Value | float | None
"""A number stands to the right; None is nothing to say."""

HIDDEN = "X"
"""What stands for a figure that is hidden, as in official statistics of Japan (秘匿)."""

LABEL = 40
"""Cells of the first column on a screen at most."""

LEAST = 16

HEAD, GAP = 10, 3
"""Cells of the head of a column of figures, where there is little room; cells between two columns."""


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its head; `charts` stand above it, `notes` below. `name`: of its sheet in a spreadsheet. `screen`:
    which columns a screen shows, the others being too many; () for none, where a chart says the same."""

    name: str
    title: Value
    header: tuple[Value, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[Value, ...] = ()
    screen: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """`mark` stands beside the title (取扱注意); `to_know` is what has to be known first."""

    title: Value
    mark: Value
    sections: tuple[Section, ...]
    to_know: tuple[Value, ...] = ()
    notes: tuple[Value, ...] = ()


def cell(value: Cell) -> str:
    """As people read it: 1,234, 12.5, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:,}"
    return said(value)


def figure(value: Cell) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _right(section: Section) -> list[bool]:
    """Which columns hold figures, the first never: nothing but figures, and places where there is none."""
    cells = [[row[place] for row in section.rows] for place in range(len(section.header))]
    return [
        bool(place) and all(value in (None, HIDDEN) or figure(value) for value in found)
        for place, found in enumerate(cells)
    ]


# ----------------------------------------------------------------------- forms


def html(paper: Paper) -> bytes:
    """One file without anything from outside, for a screen and A4."""
    drawn = [
        (
            section,
            _right(section),
            [(chart.title, svg(chart, f"chart-{number}-{place}")) for place, chart in enumerate(section.charts)],
        )
        for number, section in enumerate(paper.sections)
    ]
    page = filled("sections.html", paper=paper, language=language(), sections=drawn, shown=cell)
    return page.encode()


def markdown(paper: Paper) -> bytes:
    text = [f"# {md(paper.title)}", "", md(paper.mark), "", *(f"- {md(note)}" for note in paper.to_know)]
    for section in paper.sections:
        text += ["", f"## {md(section.title)}", ""]
        for chart in section.charts:
            text += [*_md_chart(chart), ""]
        if section.rows:
            text.append(md_row(section.header))
            text.append("|" + "|".join("--:" if right else "---" for right in _right(section)) + "|")
            text += [md_row(tuple(map(cell, row))) for row in section.rows]
        text += ["", *(f"- {md(note)}" for note in section.notes)]
    text += ["", *(f"- {md(note)}" for note in paper.notes)]
    lines = [line for line, before in zip(text, ["x", *text], strict=False) if line or before]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _md_chart(chart: Chart) -> list[str]:
    """Small bars of signs, a row for each label."""
    bars = [list(strokes(series.values, 20)) for series in chart.series]
    heads = [head for series in chart.series for head in (series.name, "")]
    rows = []
    for place, label in enumerate(chart.labels):
        cells = [part for n, one in enumerate(chart.series) for part in (f"{one.values[place]:,}", bars[n][place])]
        rows.append(md_row((label, *cells)))
    return [md_row((chart.title, *heads)), "|---|" + "--:|---|" * len(chart.series), *rows]


def spreadsheet(paper: Paper) -> bytes:
    """A sheet for each section, its charts below its rows."""
    from toshima_cli.ui.xlsx import Placed, Row, Sheet, workbook

    sheets = []
    for number, section in enumerate(paper.sections):
        top = 3 + len(section.rows) + len(section.notes) + len(paper.notes) + len(paper.to_know) + 2
        places = []
        for chart in section.charts:
            tall = 110 + 26 * len(chart.labels) if chart.kind == "bars" else 260
            places.append(Placed(chart, top, tall))
            top += tall // 20 + 2
        first = not number
        title = f"{said(paper.title)}   {said(paper.mark)}"
        notes = (*section.notes, *(paper.to_know if first else ()), *(paper.notes if first else ()))
        sheets.append(
            Sheet(
                sheet_name(f"{number + 1} {section.name}"),
                [said(head) for head in section.header] or [""],
                [Row(tuple("" if value is None else value for value in row)) for row in section.rows],
                title=(title, section.title),
                notes=notes,
                charts=tuple(places),
            )
        )
    return workbook(*sheets)


def draw(paper: Paper, page: Page, columns: int) -> None:
    """The same on a screen, the bars as signs where they say more than figures."""
    page.line(paper.title, right=render(paper.mark) if isinstance(paper.mark, Say) else str(paper.mark))
    for note in paper.to_know:
        page.line(note)
    for section in paper.sections:
        page.blank()
        page.line(section.title)
        if section.rows and section.screen != ():
            rows = _screen_rows(section, columns)
            if rows is None:
                _below(section, page)
            else:
                page.table(rows, indent=2)
        for chart in section.charts:
            page.blank()
            page.line(chart.title, indent=2)
            page.table(_screen_bars(chart, columns), indent=4)
        for note in section.notes:
            page.line(note, indent=2)
    page.blank()
    for note in paper.notes:
        page.line(note)


def _kept(section: Section) -> tuple[int, ...]:
    return section.screen if section.screen is not None else tuple(range(len(section.header)))


def _below(section: Section, page: Page) -> None:
    """Too many columns for the screen: each row by itself, what it says below it; figures of nothing are left out."""
    for row in section.rows:
        page.line(cell(row[0]), indent=2)
        told = ((section.header[place], row[place]) for place in _kept(section)[1:])
        page.line(*(f"{said(head)} {cell(value)}" for head, value in told if value not in (None, "", 0)), indent=6)


def _screen_rows(section: Section, columns: int) -> list[tuple[str, ...]] | None:
    """Heads of figures are folded where they are wider than these, then the first column, so that a row fits. None
    where none does."""
    kept = _kept(section)
    right = _right(section)
    body = [[cell(row[place]) for place in kept] for row in section.rows]
    heads = [said(section.header[place]) for place in kept]
    needed = [max((width(row[n]) for row in body), default=0) for n in range(len(kept))]
    whole = [max(needed[n], width(head)) for n, head in enumerate(heads)]
    narrow = [max(needed[n], *map(width, fold(head, HEAD))) for n, head in enumerate(heads)]
    gaps = 2 + GAP * (len(kept) - 1)
    wide = whole if sum(whole[1:]) + min(whole[0], LABEL) + gaps <= columns else narrow
    room = min(columns - gaps - sum(wide[1:]), LABEL)
    if room < min(LEAST, whole[0]):
        return None

    def laid(cells: list[str]) -> Iterator[tuple[str, ...]]:
        pieces = [fold(text, room if not n else wide[n]) for n, text in enumerate(cells[:-1])]
        last = len(cells) - 1
        pieces.append(fold(cells[last], wide[last]) if right[kept[last]] else [cells[last]])
        for lines in zip_longest(*pieces, fillvalue=""):
            yield tuple(
                " " * (wide[n] - width(line)) + line if right[kept[n]] else line for n, line in enumerate(lines)
            )

    return [line for cells in [heads, *body] for line in laid(cells)]


def _screen_bars(chart: Chart, columns: int) -> list[tuple[str, ...]]:
    labels = [said(label) for label in chart.labels]
    room = max(min(columns - 60, LABEL), LEAST)
    found: list[tuple[str, ...]] = []
    bars = [list(strokes(series.values, 16 if len(chart.series) > 1 else 30)) for series in chart.series]
    wide = [max((len(f"{value:,}") for value in series.values), default=1) for series in chart.series]
    for place, label in enumerate(labels):
        first, *more = fold(label, room)
        cells = [
            part
            for n, series in enumerate(chart.series)
            for part in (f"{series.values[place]:,}".rjust(wide[n]), bars[n][place])
        ]
        found.append((first, *cells))
        found += [(piece,) for piece in more]
    return found
