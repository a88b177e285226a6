"""A screen as lines: sentences, label blocks, aligned tables. The same lines are plain on a pipe."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from toshima_cli.domain.verdict import Value
from toshima_cli.i18n import render
from toshima_cli.ui.text import cut, fold, visible, width

Tone = Literal["", "red", "dim", "bold"]


@dataclass(frozen=True, slots=True)
class Toned:
    """A value with a colour: `red` for overdue (which its words must say too), `dim` for done."""

    value: Value
    tone: Tone


Shown = Value | Toned | None
"""What a cell or a line may hold; None is nothing."""


@dataclass(frozen=True, slots=True)
class Short:
    """A line of a block of which a screen gives the beginning: at most `lines` of it, then `…`."""

    value: Shown
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Beside:
    """A line of a block in parts, three spaces apart; where they do not fit beside each other, one under the other."""

    parts: tuple[Shown, ...]


Piece = Shown | Short | Beside
"""What a line of a block may be."""

NARROW = 16
"""Cells a text beside a label or a column gets at least; with fewer it stands below."""

Run = tuple[str, Tone]
Line = list[Run]


@dataclass(frozen=True, slots=True)
class _Text:
    parts: tuple[Shown, ...]
    indent: int
    right: str


@dataclass(frozen=True, slots=True)
class _Block:
    label: str
    tone: Tone
    lines: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Paste:
    text: str
    indent: int


@dataclass(frozen=True, slots=True)
class _Table:
    rows: tuple[tuple[Shown, ...], ...]
    indent: int


@dataclass(frozen=True, slots=True)
class _Tree:
    rows: tuple[tuple[int, tuple[Shown, ...]], ...]


class Page:
    """Collects a screen; `lines(columns)` lays it out. Everything is made visible on the way, so pass values."""

    def __init__(self) -> None:
        self._parts: list[_Text | _Block | _Paste | _Table | _Tree] = []

    def line(self, *parts: Shown, indent: int = 0, right: str = "") -> None:
        """One line (or paragraph), its parts three spaces apart; `right` stands at the right edge."""
        self._parts.append(_Text(parts, indent, right))

    def blank(self) -> None:
        self.line()

    def block(self, label: Value, *lines: Piece, tone: Tone = "") -> None:
        """A label with its lines beside it. The labels of a page share one column."""
        self._parts.append(_Block(_flat(label), tone, lines))

    def table(self, rows: Sequence[Sequence[Shown]], *, indent: int = 0) -> None:
        """Columns aligned without rules; the last one folds where the screen ends."""
        self._parts.append(_Table(tuple(map(tuple, rows)), indent))

    def tree(self, rows: Sequence[tuple[int, Sequence[Shown]]]) -> None:
        """Branches: (depth from 0, parts three spaces apart). The marks are ASCII, one cell wide on every terminal."""
        self._parts.append(_Tree(tuple((depth, tuple(parts)) for depth, parts in rows)))

    def paste(self, command: str, *, indent: int = 4) -> None:
        """A line to paste: never folded, whatever the width."""
        self._parts.append(_Paste(visible(command), indent))

    def lines(self, columns: int) -> list[Line]:
        """The screen as lines of (text, tone)."""
        labels = [width(p.label) for p in self._parts if isinstance(p, _Block)]
        column = max(labels, default=0) + 4
        done: list[Line] = []
        for part in self._parts:
            match part:
                case _Text():
                    done += _text(part, columns)
                case _Block():
                    done += _block(part, column, columns)
                case _Table():
                    done += _table(part, columns)
                case _Tree():
                    done += _tree(part, columns)
                case _Paste():
                    done.append([(" " * part.indent + part.text, "")])
        return done

    def plain(self, columns: int) -> str:
        """The screen without colour, every line ended."""
        return "".join("".join(text for text, _ in line).rstrip(" ") + "\n" for line in self.lines(columns))


def shown(value: Shown, *, keep: str = "") -> tuple[str, Tone]:
    """A value as visible text, and its colour."""
    if isinstance(value, Toned):
        return shown(value.value, keep=keep)[0], value.tone
    return visible("" if value is None else render(value), keep=keep), ""


def _flat(value: Shown) -> str:
    return shown(value)[0]


def _paragraphs(value: Piece, cells: int) -> list[Line]:
    if isinstance(value, Beside):
        return _flow([run for run in (shown(part) for part in value.parts) if run[0]], 0, max(cells, 8))
    if isinstance(value, Short):
        return _beginning(value, max(cells, 8))
    text, tone = shown(value, keep="\n")
    return [[(line, tone)] for piece in text.split("\n") for line in fold(piece, max(cells, 8))]


def _beginning(short: Short, cells: int) -> list[Line]:
    text, tone = shown(short.value, keep="\n")
    folded = fold(" ".join(text.split("\n")), cells)
    kept = folded[: short.lines]
    if len(folded) > len(kept):
        kept[-1] = cut(kept[-1] + folded[len(kept)], cells)
    return [[(line, tone)] for line in kept]


def _text(part: _Text, columns: int) -> list[Line]:
    runs = [run for run in (shown(p, keep="\n") for p in part.parts) if run[0]]
    pad = " " * part.indent
    total = part.indent + sum(width(t) for t, _ in runs) + 3 * (len(runs) - 1)
    if len(runs) > 1 and total <= columns and not any("\n" in t for t, _ in runs):
        line: Line = [(pad, "")]
        for number, run in enumerate(runs):
            line += [("   ", ""), run] if number else [run]
        lines = [line]
    elif len(runs) == 1:
        text, tone = runs[0]
        lines = [
            [(pad + piece, tone)] for para in text.split("\n") for piece in fold(para, max(columns - part.indent, 8))
        ]
    else:
        lines = _flow(runs, part.indent, columns)
    if part.right:
        gap = columns - sum(width(t) for t, _ in lines[0]) - width(part.right)
        if gap >= 2:
            lines[0] += [(" " * gap, ""), (part.right, "dim")]
        else:
            lines.append([(" " * max(columns - width(part.right), 0), ""), (part.right, "dim")])
    return lines


def _flow(runs: list[Run], indent: int, columns: int) -> list[Line]:
    """Parts that do not fit one line: as many on each as fit, a part too long on lines of its own."""
    lines: list[Line] = [[(" " * indent, "")]]
    used = indent
    for text, tone in runs:
        for number, piece in enumerate(p for para in text.split("\n") for p in fold(para, max(columns - indent, 8))):
            need = width(piece)
            if used > indent and (number or used + 3 + need > columns):
                lines.append([(" " * indent, "")])
                used = indent
            gap = 3 if used > indent else 0
            lines[-1] += [(" " * gap, ""), (piece, tone)]
            used += gap + need
    return lines


def _block(part: _Block, column: int, columns: int) -> list[Line]:
    if columns - column < NARROW:
        return _label_above(part, columns)
    done: list[Line] = []
    for value in part.lines:
        for line in _paragraphs(value, columns - column):
            head = part.label if not done else ""
            done.append([(head + " " * (column - width(head)), part.tone), *line])
    return done or [[(part.label, part.tone)]]


def _label_above(part: _Block, columns: int) -> list[Line]:
    """Where a screen is too narrow for two columns."""
    done: list[Line] = [[(line, part.tone)] for line in fold(part.label, columns)]
    for value in part.lines:
        done += [[("  ", ""), *line] for line in _paragraphs(value, columns - 2)]
    return done


def _table(part: _Table, columns: int) -> list[Line]:
    rows = [[shown(cell) for cell in row] for row in part.rows]
    count = max((len(row) for row in rows), default=0)
    widths = [max((width(row[i][0]) for row in rows if i < len(row)), default=0) for i in range(count)]
    kept = [i for i in range(count) if widths[i]]
    if not kept:
        return []
    start = part.indent + sum(widths[i] + 3 for i in kept[:-1])
    if columns - start < min(NARROW, widths[kept[-1]]):
        return [line for row in rows for line in _flow([run for run in row if run[0]], part.indent, columns)]
    done: list[Line] = []
    for row in rows:
        line: Line = [(" " * part.indent, "")]
        for i in kept[:-1]:
            text, tone = row[i] if i < len(row) else ("", "")
            line += [(text, tone), (" " * (widths[i] - width(text) + 3), "")]
        text, tone = row[kept[-1]] if kept[-1] < len(row) else ("", "")
        first, *others = fold(text, columns - start)
        done.append([*line, (first, tone)])
        done += [[(" " * start, ""), (other, tone)] for other in others]
    return done


def _tree(part: _Tree, columns: int) -> list[Line]:
    done: list[Line] = []
    for place, (depth, parts) in enumerate(part.rows):
        stem = "".join("|   " if _goes_on(part.rows, place, level) else "    " for level in range(depth))
        goes_on = _goes_on(part.rows, place, depth)
        runs = [run for run in map(shown, parts) if run[0]]
        for number, line in enumerate(_flow(runs, 0, max(columns - len(stem) - 4, 8))):
            mark = ("|-- " if goes_on else "`-- ") if not number else ("|   " if goes_on else "    ")
            done.append([(stem + mark, "dim"), *line])
    return done


def _goes_on(rows: Sequence[tuple[int, tuple[Shown, ...]]], place: int, level: int) -> bool:
    """Whether a further branch of that depth follows under the same parent."""
    for depth, _ in rows[place + 1 :]:
        if depth <= level:
            return depth == level
    return False
