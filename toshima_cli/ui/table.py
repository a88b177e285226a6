"""Lists for people: columns where they fit, otherwise one row below another; and colour, which is Rich's.

Rich is imported only for colour; it takes as long as all the rest.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from toshima_cli.ui.page import Line, Run, Tone, shown
from toshima_cli.ui.text import broken, fold, width

if TYPE_CHECKING:
    from toshima_cli.ui.out import Column

STYLES = {"": "", "red": "red", "dim": "dim", "bold": "bold"}

GAP, TIGHT = 3, 2
"""Cells between two columns, and where that is too much."""

LEAST = 10
SHORT_TITLE = 12
LONGEST_WORD = 24
"""A column that may fold gets at least so many cells; titles and words up to so many stay whole in it."""

BESIDE = 16
"""Cells a value gets at least beside its title, where a row stands as lines; with fewer it stands below it."""

_WORD = re.compile(r"[\x21-\x7e]+")
_PHRASE = re.compile("[^ 　、]*[ 　、]+|[^ 　、]+")


def draw(
    rows: Sequence[Mapping[str, Any]],
    columns: "Sequence[Column[Any]]",
    stream: TextIO,
    cells_wide: int,
    *,
    colour: bool,
) -> None:
    """A table without rules, never wider than `cells_wide`; long cells fold, nothing is cut.

    Where columns as wide as a person can read do not fit, every row becomes lines of its own, a title and a value each.
    """
    cells = [[shown(column.shown(row)) for column in columns] for row in rows]
    titles = [shown(column.title)[0] for column in columns]
    texts = [[row[number][0] for row in cells] for number in range(len(columns))]
    found = _widths(titles, texts, [column.whole for column in columns], cells_wide)
    if found is None:
        lines = [*_below(titles, cells, cells_wide)]
    else:
        widths, gap = found
        right = [column.right for column in columns]
        head: list[Run] = [(title, "dim") for title in titles]
        lines = [line for row in (head, *cells) for line in _row(row, widths, gap, right)]
    if colour:
        paint(lines, stream, cells_wide)
    else:
        stream.writelines("".join(text for text, _ in line).rstrip(" ") + "\n" for line in lines)


def _widths(
    titles: Sequence[str], texts: Sequence[Sequence[str]], whole: Sequence[bool], room: int
) -> tuple[list[int], int] | None:
    """The width of every column and the gap between two; None where they cannot be read in so little room.

    Every column as wide as it would like; where that is too much, the gaps are narrowed, then the widest that may still
    fold gives way, and where that is not enough, columns that should stay whole fold too, between their words.
    """
    wish = [max(width(title), *map(width, cells), 0) for title, cells in zip(titles, texts, strict=True)]
    every, none = [True] * len(whole), [False] * len(whole)
    for gap, kept in ((GAP, every), (TIGHT, whole), (TIGHT, none)):
        least = [
            wide if stays else min(wide, max(LEAST, _unbroken(title, cells)))
            for wide, stays, title, cells in zip(wish, kept, titles, texts, strict=True)
        ]
        over = sum(wish) + gap * (len(wish) - 1) - room
        if over > sum(wish) - sum(least):
            continue
        widths = list(wish)
        for _ in range(over):
            _, widest = max((wide, number) for number, wide in enumerate(widths) if wide > least[number])
            widths[widest] -= 1
        return widths, gap
    return None


def _unbroken(title: str, cells: Sequence[str]) -> int:
    """Cells the longest word takes that is not to be broken, the title's too."""
    words = (len(word) for text in cells for word in _WORD.findall(text) if len(word) <= LONGEST_WORD)
    return max(min(width(title), SHORT_TITLE), *words, 0)


def _row(cells: Sequence[Run], widths: Sequence[int], gap: int, right: Sequence[bool]) -> Iterator[Line]:
    folded = [_cell(text, wide) for (text, _), wide in zip(cells, widths, strict=True)]
    for number in range(max(map(len, folded))):
        line: Line = []
        for pieces, (_, tone), wide, flush in zip(folded, cells, widths, right, strict=True):
            text = pieces[number] if number < len(pieces) else ""
            pad = " " * (wide - width(text))
            line += [(pad, ""), (text, tone)] if flush else [(text, tone), (pad, "")]
            line.append((" " * gap, ""))
        yield line[:-1]


def _below(titles: Sequence[str], rows: Sequence[Sequence[Run]], room: int) -> Iterator[Line]:
    """Rows as lines, a blank one between two rows. What a row does not have is left out."""
    column = max(map(width, titles)) + TIGHT
    for place, row in enumerate(rows):
        if place:
            yield []
        for title, (text, tone) in zip(titles, row, strict=True):
            if text:
                yield from _titled(title, text, tone, column, room)


def _titled(title: str, text: str, tone: Tone, column: int, room: int) -> Iterator[Line]:
    if room - column < BESIDE:
        for part in _cell(title, room):
            yield [(part, "dim")]
        for part in _cell(text, room - TIGHT):
            yield [(" " * TIGHT, ""), (part, tone)]
        return
    for number, part in enumerate(_cell(text, room - column)):
        head = title if not number else ""
        yield [(head, "dim"), (" " * (column - width(head)), ""), (part, tone)]


def _cell(text: str, wide: int) -> list[str]:
    """A text folded to its column, rather after a space or 、 than elsewhere; a word longer than it is broken."""
    lines, line = list[str](), ""
    for phrase in _PHRASE.findall(text):
        word = phrase.rstrip()
        if width(line + word) <= wide:
            line += phrase
        elif line and width(word) <= wide:
            lines.append(line.rstrip())
            line = phrase
        else:
            *full, last = _folded(line + word, wide)
            lines += full
            line = last + phrase[len(word) :]
    return [*lines, line.rstrip()]


def _folded(text: str, wide: int) -> list[str]:
    return [part for line in fold(text, max(wide, 1)) for part in broken(line, wide)]


def paint(lines: Sequence[Line], stream: TextIO, columns: int) -> None:
    """A page's lines in colour, never wrapped again."""
    from rich.console import Console
    from rich.text import Text

    # markup, emoji and highlight off: what people typed is shown as typed
    console = Console(file=stream, width=columns, force_terminal=True, markup=False, emoji=False, highlight=False)
    for line in lines:
        text = Text.assemble(*((run, STYLES[tone]) for run, tone in line))
        text.rstrip()
        console.print(text, soft_wrap=True)
