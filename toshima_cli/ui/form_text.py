"""How much of a text a box of a form holds, and where a longer one is parted. Columns are those of the grid."""

from collections.abc import Iterator
from datetime import date

from toshima_cli.domain.verdict import Value
from toshima_cli.ui.agenda import paper_day
from toshima_cli.ui.filled import said
from toshima_cli.ui.text import fold, width

CELLS = 4.9
"""Half-width letters that fit into one, with some air."""
MOST = 8
"""Lines of one box; what is longer goes on in the next one."""

_ENDS = ("。", "、", " ")
"""Behind these a long text is parted."""


def as_read(value: Value | None) -> str:
    if value is None:
        return ""
    return paper_day(value) if isinstance(value, date) else said(value)


def _room(wide: int) -> int:
    """Half-width letters of a line over so many columns."""
    return max(int(wide * CELLS) - 1, 2)


def lines_of(text: str, wide: int) -> int:
    """On how many lines it is read; a word longer than a line is broken by whatever opens the file."""
    room = _room(wide)
    return sum(max(-(-width(line) // room), 1) for part in text.split("\n") for line in fold(part, room))


def parted(value: Value | None, wide: int) -> list[Value | None]:
    """A value as the boxes hold it one below the other; numbers and days are one."""
    if value is None or (isinstance(value, int | date) and not isinstance(value, bool)):
        return [value]
    text = said(value)
    return [value] if lines_of(text, wide) <= MOST else list(pieces_of(text, wide))


def pieces_of(text: str, wide: int) -> Iterator[str]:
    """The text in pieces of at most so many lines; joined they are the text again, but for the line ends between."""
    piece: list[str] = []
    used = 0
    for paragraph in text.split("\n"):
        for part in _parts(paragraph, wide):
            need = lines_of(part, wide)
            if piece and used + need > MOST:
                yield "\n".join(piece)
                piece, used = [], 0
            piece.append(part)
            used += need
    yield "\n".join(piece)


def _parts(paragraph: str, wide: int) -> Iterator[str]:
    """A paragraph, taken apart where it alone is longer than a box: behind a sentence or a word, if one ends there."""
    most = _room(wide) * (MOST - 1)
    part, used = "", 0
    for char in paragraph:
        need = width(char)
        if part and used + need > most:
            at = max(part.rfind(end) for end in _ENDS) + 1
            kept = part[:at] if at > len(part) // 2 else part
            yield kept
            part = part[len(kept) :]
            used = width(part)
        part, used = part + char, used + need
    yield part
