"""What stands on the drawing of a map, measured: every text folded or cut to the room it has, so that it has a size.

Lengths are units of the drawing (96 to the inch at scale 1). A cell of a text (`ui.text.width`) takes `CELL` of its
size: more than half of a full-width letter, so that the digits and small letters of proportional fonts fit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import east_asian_width

from toshima_cli.domain.verdict import Value
from toshima_cli.ui.filled import said
from toshima_cli.ui.text import broken, cut, fold, width

SIZE = 12.0
CELL = 0.56
LEADING = 1.3
PAD = 6.0
USUALLY = 0.88
"""The part of its greatest breadth a line usually takes: drawn so where it might not fit otherwise."""


_NARROW = frozenset(" iljtfrI.,:;'|!()[]{}-/`")
_BROAD = frozenset("MWmw@%&")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text. `length`: what it is drawn in exactly, where a font might need more than there is."""

    text: str
    size: float = SIZE
    bold: bool = False
    length: float | None = None

    @property
    def height(self) -> float:
        return self.size * LEADING


@dataclass(frozen=True, slots=True)
class Box:
    """Lines below each other in a box `width` wide. `look`: its class in the picture; `told`: its text, uncut."""

    look: str
    width: float
    lines: tuple[Line, ...]
    told: str
    pad: float = PAD

    @property
    def height(self) -> float:
        return sum(line.height for line in self.lines) + 2 * self.pad


@dataclass(frozen=True, slots=True)
class Piece:
    """A value of a box, several beside each other as far as they fit: at most so many lines of it, then `…`."""

    value: Value | tuple[Value, ...]
    most: int = 2
    bold: bool = False
    size: float = SIZE


def box(look: str, room: float, pieces: Iterable[Piece], *, pad: float = PAD) -> Box:
    pieces = tuple(pieces)
    lines = tuple(line for piece in pieces for line in lines_of(piece, room - 2 * pad))
    values = [v for piece in pieces for v in (piece.value if isinstance(piece.value, tuple) else (piece.value,))]
    return Box(look, room, lines, told(values), pad)


def lines_of(piece: Piece, room: float) -> list[Line]:
    """The value folded into `room`; marks that would act show as signs, and what is too long ends in `…`."""
    cells = max(int(room / (piece.size * CELL)), 2)
    texts = [flat(value) for value in (piece.value if isinstance(piece.value, tuple) else (piece.value,))]
    folded = [part for text in _beside(texts, cells) for line in fold(text, cells) for part in _within(line, cells)]
    kept = folded[: piece.most]
    if len(folded) > len(kept):
        kept[-1] = cut(kept[-1] + folded[len(kept)], cells)
        kept[-1] = kept[-1] if kept[-1].endswith("…") else cut(kept[-1] + "…", cells)
    return [one_line(line, piece.size, room, bold=piece.bold) for line in kept]


def _beside(texts: Iterable[str], cells: int) -> list[str]:
    found: list[str] = []
    for text in texts:
        if found and width(found[-1]) + 2 + width(text) <= cells:
            found[-1] += f"  {text}"
        else:
            found.append(text)
    return found


def _within(line: str, cells: int) -> list[str]:
    """`fold` leaves a long word of ASCII whole; here it is taken apart."""
    return broken(line, cells) if width(line) > cells else [line]


def flat(value: Value) -> str:
    """A value on one line, nothing hidden in it."""
    return " ".join(said(value).split())


def one_line(text: str, size: float, room: float, *, bold: bool = False) -> Line:
    need = at_most(text) * size * (1.08 if bold else 1)
    return Line(text, size, bold, min(need * USUALLY, room) if need > room else None)


def at_most(text: str) -> float:
    """How broad a line may get in any of the fonts, in units of its size."""
    return sum(map(_broad, text))


@cache
def _broad(char: str) -> float:
    if width(char) == 0:
        return 0.0
    if char.isascii():
        return 0.98 if char in _BROAD else 0.42 if char in _NARROW else 0.78 if char.isupper() else 0.64
    if width(char) == 2:
        return 1.0 if char < "\U0001f000" or char >= "\U00020000" else 1.4
    if "\uff61" <= char <= "\uff9f":
        return 0.6
    # letters of the West and what some fonts draw as broad as a Japanese letter; of anything else nobody knows
    return 1.0 if char < "\u0530" or east_asian_width(char) == "A" else 3.0


def told(values: Sequence[Value]) -> str:
    """The same for those who hear it: uncut, listed as the language lists."""
    return flat(tuple(value for value in values if value != ""))
