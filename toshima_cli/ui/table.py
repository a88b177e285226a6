"""What is drawn with Rich: tables for people, and colour. Imported only then; Rich takes as long as all the rest."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from toshima_cli.ui.page import Line, shown
from toshima_cli.ui.text import width

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


def draw(
    rows: Sequence[Mapping[str, Any]],
    columns: "Sequence[Column[Any]]",
    stream: TextIO,
    cells_wide: int,
    *,
    colour: bool,
) -> None:
    """A table without rules, at most `cells_wide` wide; long cells fold, nothing is cut."""
    table = Table(box=None, header_style="dim", padding=(0, 3, 0, 0), pad_edge=False)
    cells = [[shown(column.shown(row)) for column in columns] for row in rows]
    for number, column in enumerate(columns):
        least = max(width(row[number][0]) for row in cells) if column.whole else None
        table.add_column(
            Text(shown(column.title)[0]),
            overflow="fold",
            min_width=least,
            justify="right" if column.right else "left",
        )
    for row in cells:
        table.add_row(*(Text(text, style=STYLES[tone]) for text, tone in row))
    console = _console(stream, cells_wide, colour=colour)
    with console.capture() as drawn:
        console.print(table)
    stream.write("\n".join(line.rstrip(" ") for line in drawn.get().split("\n")))


def paint(lines: Sequence[Line], stream: TextIO, columns: int) -> None:
    """A page's lines in colour, never wrapped again."""
    console = _console(stream, columns, colour=True)
    for line in lines:
        text = Text.assemble(*((run, STYLES[tone]) for run, tone in line))
        text.rstrip()
        console.print(text, soft_wrap=True)
