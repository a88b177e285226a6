"""What is drawn with Rich: tables for people, and colour. Imported only then; Rich takes as long as all the rest."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from toshima_cli.ui.page import Line, shown
from toshima_cli.ui.text import fold, width

if TYPE_CHECKING:
    from toshima_cli.ui.out import Column

STYLES = {"": "", "red": "red", "dim": "dim", "bold": "bold"}


def _console(stream: TextIO, columns: int, *, colour: bool) -> Console:
    # markup, emoji and highlight off: what people typed is shown as typed
    return Console(
        file=stream,
        width=columns,
        force_terminal=colour,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
    )


GAP = 3
LEAST = 6
SHORT_TITLE = 12
LONGEST_WORD = 24
"""A column that may fold gets at least so many cells; titles and words up to so many stay whole in it."""

_WORD = re.compile(r"[\x21-\x7e]+")


def draw(
    rows: Sequence[Mapping[str, Any]],
    columns: "Sequence[Column[Any]]",
    stream: TextIO,
    cells_wide: int,
    *,
    colour: bool,
) -> None:
    """A table without rules, at most `cells_wide` wide; long cells fold, nothing is cut.

    The widths are ours: where columns that must stay whole leave too little room, Rich would crop the last one. A
    table that cannot be narrower runs over the edge instead.
    """
    cells = [[shown(column.shown(row)) for column in columns] for row in rows]
    titles = [shown(column.title)[0] for column in columns]
    texts = [[row[number][0] for row in cells] for number in range(len(columns))]
    widths = _widths(titles, texts, [column.whole for column in columns], cells_wide)
    table = Table(box=None, header_style="dim", padding=(0, GAP, 0, 0), pad_edge=False)
    for column, title, wide in zip(columns, titles, widths, strict=True):
        justify: Literal["left", "right"] = "right" if column.right else "left"
        table.add_column(_cell(title, wide), width=wide, no_wrap=True, justify=justify)
    for row in cells:
        table.add_row(*(_cell(text, wide, STYLES[tone]) for (text, tone), wide in zip(row, widths, strict=True)))
    console = _console(stream, max(cells_wide, sum(widths) + GAP * len(widths)), colour=colour)
    with console.capture() as drawn:
        console.print(table)
    stream.write("\n".join(line.rstrip(" ") for line in drawn.get().split("\n")))


def _widths(titles: Sequence[str], texts: Sequence[Sequence[str]], whole: Sequence[bool], room: int) -> list[int]:
    """Every column as wide as it would like; while that is too much, the widest that may still fold gives way."""
    widths, least = [], []
    for title, cells, stays in zip(titles, texts, whole, strict=True):
        longest = max(map(width, cells), default=0)
        words = [len(word) for text in cells for word in _WORD.findall(text) if len(word) <= LONGEST_WORD]
        head = min(width(title), SHORT_TITLE)
        widths.append(max(longest, width(title)))
        least.append(min(widths[-1], max([longest if stays else LEAST, head, *words])))
    broken = [wide if stays else min(wide, LEAST) for wide, stays in zip(least, whole, strict=True)]
    gaps = GAP * (len(widths) - 1)
    # words are broken where whole ones would run over the edge, and breaking them helps
    if sum(least) + gaps > room >= sum(broken) + gaps:
        least = broken
    over = sum(widths) + gaps - room
    while over > 0:
        foldable = [(wide, number) for number, wide in enumerate(widths) if wide > least[number]]
        if not foldable:
            break
        widths[max(foldable)[1]] -= 1
        over -= 1
    return widths


def _cell(text: str, wide: int, style: str = "") -> Text:
    """A text folded to its column; a word longer than the column is broken."""
    lines: list[str] = []
    for line in fold(text, max(wide, 1)):
        while width(line) > max(wide, 2):
            fits = next(n for n in range(len(line), 0, -1) if width(line[:n]) <= max(wide, 2))
            lines.append(line[:fits])
            line = line[fits:]
        lines.append(line)
    return Text("\n".join(lines), style=style)


def paint(lines: Sequence[Line], stream: TextIO, columns: int) -> None:
    """A page's lines in colour, never wrapped again."""
    console = _console(stream, columns, colour=True)
    for line in lines:
        text = Text.assemble(*((run, STYLES[tone]) for run, tone in line))
        text.rstrip()
        console.print(text, soft_wrap=True)
