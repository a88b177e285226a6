"""Small charts: as SVG for papers, as lines of signs for screens. Spreadsheets draw their own (`xlsx.py`).

Every figure stands beside its bar, so that a chart can be read without its colours, and in print. Labels are measured
in cells, two for a Japanese letter, and folded; nothing depends on the fonts of the machine that draws.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from toshima_cli.domain.verdict import Value
from toshima_cli.ui.filled import filled, said
from toshima_cli.ui.text import cut, fold, width

Kind = Literal["bars", "columns"]

COLOURS = ("#1f4e79", "#c55a11")
"""Of the series, dark and middling: told apart in grey, and 4.5 to 1 on white."""

SIGN = "#"
"""One cell wide on every terminal, which block signs are not."""


@dataclass(frozen=True, slots=True)
class Series:
    name: Value
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`bars`: one series, a bar beside each label. `columns`: up to two series side by side over each label."""

    kind: Kind
    title: Value
    labels: tuple[Value, ...]
    series: tuple[Series, ...]

    @property
    def most(self) -> int:
        return max((value for series in self.series for value in series.values), default=0)

    @property
    def nothing(self) -> bool:
        return self.most == 0


# ------------------------------------------------------------------------ SVG

CELL, LINE = 6.2, 15
"""Pixels of a cell and of a line of text at 11 pixels."""

WIDE, LABEL = 680, 36
"""Pixels of a chart, and cells of the labels beside bars at most; a longer one is folded once and then cut."""

THICK, APART = 14, 6
TALL = 150
FIGURE = 48
"""Pixels a figure may take beside or above its bar."""


@dataclass(frozen=True, slots=True)
class _Bar:
    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class _Text:
    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    strong: bool = False


def svg(chart: Chart, ident: str) -> str:
    """The chart as an `<svg>` element, its text for who cannot see it inside; `ident` is its own in the page."""
    bars: list[_Bar] = []
    texts: list[_Text] = []
    height = (_beside if chart.kind == "bars" else _above)(chart, bars, texts)
    return filled(
        "chart.svg", chart=chart, ident=ident, bars=bars, texts=texts, width=WIDE, height=height, told=_told(chart)
    )


def _told(chart: Chart) -> str:
    """Every figure in words."""
    rows = zip(chart.labels, *(series.values for series in chart.series), strict=True)
    return "; ".join(f"{said(label)} {', '.join(map(str, values))}" for label, *values in rows)


def _label(value: Value, cells: int) -> list[str]:
    lines = fold(said(value).replace("\n", " "), cells)
    return [cut(line, cells) for line in (lines if len(lines) < 3 else [lines[0], lines[1] + "…"])]


def _beside(chart: Chart, bars: list[_Bar], texts: list[_Text]) -> int:
    """Labels to the left, bars to the right, each as thick as its label needs. Gives the height."""
    (series,) = chart.series
    labels = [_label(label, LABEL) for label in chart.labels]
    left = max((width(line) for lines in labels for line in lines), default=0) * CELL + 10
    room, top = WIDE - left - FIGURE, 4.0
    for lines, value in zip(labels, series.values, strict=True):
        tall = max(THICK, len(lines) * LINE)
        middle = top + tall / 2
        texts += [
            _Text(left - 8, middle + 4 + (number - (len(lines) - 1) / 2) * LINE, line, "end")
            for number, line in enumerate(lines)
        ]
        long = room * value / (chart.most or 1)
        bars.append(_Bar(left, middle - THICK / 2, round(long, 1), THICK, COLOURS[0]))
        texts.append(_Text(round(left + long + 5, 1), middle + 4, f"{value:,}", strong=True))
        top += tall + APART
    return int(top + 4)


def _above(chart: Chart, bars: list[_Bar], texts: list[_Text]) -> int:
    """Columns over their labels, the names of the series above. Gives the height."""
    named = len(chart.series) > 1
    top = LINE + 12 if named else 0
    x = 0.0
    for number, series in enumerate(chart.series if named else ()):
        bars.append(_Bar(x, 2, 11, 11, COLOURS[number]))
        texts.append(_Text(x + 16, 12, said(series.name)))
        x += 16 + width(said(series.name)) * CELL + 24
    each = WIDE / (len(chart.labels) or 1)
    thick = min(each * 0.8 / len(chart.series), 40)
    floor = top + LINE + TALL
    deepest = 1
    for place, label in enumerate(chart.labels):
        middle = each * (place + 0.5)
        lines = _label(label, max(int(each / CELL) - 1, 7))
        deepest = max(deepest, len(lines))
        texts += [_Text(round(middle, 1), floor + LINE * (n + 1), line, "middle") for n, line in enumerate(lines)]
        for number, series in enumerate(chart.series):
            long = TALL * series.values[place] / (chart.most or 1)
            start = middle + (number - len(chart.series) / 2) * thick
            bars.append(
                _Bar(round(start, 1), round(floor - long, 1), round(thick - 1, 1), round(long, 1), COLOURS[number])
            )
            centre = round(start + thick / 2, 1)
            texts.append(_Text(centre, round(floor - long - 4, 1), f"{series.values[place]:,}", "middle", strong=True))
    bars.append(_Bar(0, floor, WIDE, 1, "#000000"))
    return int(floor + LINE * deepest + 8)


# --------------------------------------------------------------------- signs


def strokes(values: Sequence[int], room: int) -> Iterator[str]:
    """A bar of signs for each value, the largest `room` cells long; what is not 0 has at least one."""
    most = max(values, default=0)
    for value in values:
        yield SIGN * (max(round(value * room / most), 1) if value and most else 0)
