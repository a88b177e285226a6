"""A form as boxes on A4: what it says, and how it is drawn as a spreadsheet, on a screen and as data.

A leaf is one sheet: parts below each other on a grid of 24 columns. Whoever describes a form says what stands in which
box and how wide it is; where a text is longer than a box, the box goes on in another one below it, so that a page never
ends within a line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import language
from toshima_cli.ui.agenda import paper_day
from toshima_cli.ui.document import sheet_names
from toshima_cli.ui.filled import said
from toshima_cli.ui.form_text import as_read, lines_of, parted, pieces_of
from toshima_cli.ui.page import Page, Toned

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from toshima_cli.ui.xlsx import Styles

WHOLE = 24
"""Columns of the grid."""
LABEL = 5
"""Columns of the label of a box."""

COLUMN = 3.75
"""Width of one of them, in digits of the font: together as wide as A4 lets them be."""

SIZE, SMALL, BIG = 9, 8, 14
LINE = {"ja": 15.0, "en": 13.5}
"""Points of a line: the fonts of Japanese offices are tall."""
AIR = 4
ONE_PAGE = 915
"""Points of rows that are made to fit on one page: a little smaller, but no page holds a last note alone."""

GREY, RED = "#EDEDED", "#C00000"
ERA = '[$-411]ggge"年"m"月"d"日（"aaa"）"'
FIRST_DATE = date(1900, 3, 1)

OFF, ON = "☐", "☑"

CONTINUED = say("(continued)")


@dataclass(frozen=True, slots=True)
class Box:
    """A label and what stands beside it; `wide` columns together, `room` lines at least, to write in by hand."""

    label: Value
    text: Value | None = None
    wide: int = WHOLE
    room: int = 1
    red: bool = False
    label_wide: int = LABEL


@dataclass(frozen=True, slots=True)
class Row:
    """Boxes beside each other."""

    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    name: Value
    on: bool = False
    after: Value = ""
    """Whose it is, or a mark."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """A label with the words of a list, each to be ticked, `per` in a line; `note` stands below the label."""

    label: Value
    ticks: tuple[Tick, ...]
    per: int = 4
    note: Value = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `header` gives the title and the columns of each cell. `room` lines in each row at least, `blank` rows
    to write in by hand."""

    header: tuple[tuple[Value, int], ...]
    rows: tuple[tuple[Value | None, ...], ...]
    room: int = 1
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A heading across the page."""

    title: Value


@dataclass(frozen=True, slots=True)
class Words:
    """Words outside any box."""

    text: Value
    small: bool = False


Part = Row | Ticks | Grid | Bar | Words


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet. `title`, `mark` and `head` stand on every page of it, `foot` at the bottom of each."""

    name: str
    title: Value
    mark: Value
    head: Value
    parts: tuple[Part, ...]
    foot: Value


def box(label: Value, text: Value | None = None, *, room: int = 1, red: bool = False) -> Row:
    """One box across the page."""
    return Row((Box(label, text, room=room, red=red),))


def beside(*boxes: tuple[Value, Value | None]) -> Row:
    """Boxes that share a line evenly."""
    return Row(tuple(Box(label, text, WHOLE // len(boxes)) for label, text in boxes))


# ----------------------------------------------------------------- spreadsheet


def spreadsheet(leaves: Sequence[Leaf]) -> bytes:
    """A sheet for each leaf, laid out for paper: A4 upright, as wide as the page, its head on every page."""
    from xlsxwriter.workbook import Workbook

    from toshima_cli.ui.xlsx import FONTS, Styles

    content = BytesIO()
    font = {"font_name": FONTS[language()], "font_size": SIZE}
    book = Workbook(content, {"in_memory": True, "default_format_properties": font})
    book.set_properties({"created": datetime(2000, 1, 1)})
    styles = Styles(book)
    for leaf, name in zip(leaves, sheet_names(leaf.name for leaf in leaves), strict=True):
        _Drawing(book.add_worksheet(name), styles).leaf(leaf)
    book.close()
    return content.getvalue()


class _Drawing:
    """Puts one leaf on its sheet, row by row."""

    def __init__(self, paper: "Worksheet", styles: "Styles") -> None:
        self.paper, self.styles, self.row, self.tall = paper, styles, 0, 0.0
        self.line = LINE[language()]

    def leaf(self, leaf: Leaf) -> None:
        from toshima_cli.ui.xlsx import A4, MARGINS

        paper = self.paper
        paper.set_column(0, WHOLE - 1, COLUMN)
        wide = WHOLE - 6
        self._cell(0, wide, leaf.title, bold=True, font_size=BIG)
        self._cell(wide, 6, leaf.mark, bold=True, align="right", font_color=RED)
        self._end(1, BIG - 4)
        self._cell(0, WHOLE, leaf.head, bottom=1, text_wrap=True)
        self._end(self._deep(leaf.head, WHOLE))
        for part in leaf.parts:
            self._part(part)
        paper.print_area(0, 0, self.row - 1, WHOLE - 1)
        paper.repeat_rows(0, 1)
        paper.set_paper(A4)
        paper.set_portrait()
        paper.set_margins(**{**MARGINS, "bottom": 0.7})
        paper.center_horizontally()
        paper.fit_to_pages(1, 1 if self.tall <= ONE_PAGE else 0)
        # the words of the foot are this program's own: nothing typed goes where & is a command
        paper.set_footer(f"&L&8{said(leaf.foot).replace('&', '&&')}&R&8&P / &N", {"margin": 0.3})
        paper.hide_gridlines(2)

    def _part(self, part: Part) -> None:
        match part:
            case Bar():
                self._cell(0, WHOLE, part.title, bold=True, bg_color=GREY, border=1)
                self._end(1, 3)
            case Words():
                size = SMALL if part.small else SIZE
                for piece in pieces_of(said(part.text), WHOLE):
                    self._cell(0, WHOLE, piece, font_size=size, text_wrap=True)
                    self._end(self._deep(piece, WHOLE))
            case Ticks():
                self._ticks(part)
            case Grid():
                titles, wides = zip(*part.header, strict=True)
                self._cells(titles, wides, 1, label=True)
                for row in (*part.rows, *[(None,) * len(wides)] * part.blank):
                    self._cells(row, wides, part.room)
            case Row():
                self._row(part)

    def _row(self, row: Row) -> None:
        texts = [box.wide - box.label_wide for box in row.boxes]
        columns = [parted(box.text, wide) for box, wide in zip(row.boxes, texts, strict=True)]
        most = max(map(len, columns))
        for number in range(most):
            at, deep = 0, 1
            for box, wide, pieces in zip(row.boxes, texts, columns, strict=True):
                label = CONTINUED if number else box.label
                value = pieces[number] if number < len(pieces) else None
                red: dict[str, Any] = {"font_color": RED, "bold": True} if box.red else {}
                edges = _edges(number, most)
                self._cell(at, box.label_wide, label, bg_color=GREY, text_wrap=True, **edges, **red)
                self._cell(at + box.label_wide, wide, value, text_wrap=True, **edges, **red)
                deep = max(deep, self._deep(label, box.label_wide), self._deep(value, wide), 0 if number else box.room)
                at += box.wide
            self._end(deep)

    def _ticks(self, part: Ticks) -> None:
        lines = [part.ticks[at : at + part.per] for at in range(0, len(part.ticks), part.per)]
        wide = (WHOLE - LABEL) // part.per
        label: Value = say("{label}\n{note}", label=part.label, note=part.note) if part.note else part.label
        deep = [max(self._deep(_ticked(tick), wide) for tick in line) for line in lines]
        short = self._deep(label, LABEL) - sum(deep)
        if short > 0:
            deep[-1] += short
        first = self.row
        self._cell(0, LABEL, label, down=len(lines) - 1, bg_color=GREY, border=1, text_wrap=True)
        for line, high in zip(lines, deep, strict=True):
            for number in range(part.per):
                at = LABEL + number * wide
                room = WHOLE - at if number == part.per - 1 else wide
                edges: dict[str, Any] = {
                    "top": int(self.row == first),
                    "bottom": int(self.row == first + len(lines) - 1),
                    "right": int(number == part.per - 1),
                }
                value = _ticked(line[number]) if number < len(line) else None
                strong: dict[str, Any] = {"bold": True} if value is not None and line[number].on else {}
                self._cell(at, room, value, text_wrap=True, **edges, **strong)
            self._end(high)

    def _cells(self, values: Sequence[Value | None], wides: Sequence[int], room: int, *, label: bool = False) -> None:
        columns = [parted(value, wide) for value, wide in zip(values, wides, strict=True)]
        style: dict[str, Any] = {"bg_color": GREY, "align": "center"} if label else {}
        most = max(map(len, columns))
        for number in range(most):
            at, deep = 0, room if not number else 1
            for wide, pieces in zip(wides, columns, strict=True):
                value = pieces[number] if number < len(pieces) else None
                self._cell(at, wide, value, text_wrap=True, **_edges(number, most), **style)
                deep = max(deep, self._deep(value, wide))
                at += wide
            self._end(deep)

    def _cell(self, at: int, wide: int, value: Value | None, *, down: int = 0, **style: Any) -> None:
        """One cell from column `at` on; merged where it is wider or deeper than one."""
        from toshima_cli.ui.xlsx import put

        style = {"valign": "vcenter", **style}
        plain = {name: wanted for name, wanted in style.items() if wanted}
        if wide > 1 or down:
            self.paper.merge_range(self.row, at, self.row + down, at + wide - 1, "", self.styles(**plain))
        if isinstance(value, date) and language() == "ja":
            if value >= FIRST_DATE and "元年" not in paper_day(value):
                day = datetime(value.year, value.month, value.day)
                self.paper.write_datetime(self.row, at, day, self.styles(num_format=ERA, **{**plain, "align": "left"}))
                return
            value = paper_day(value)
        put(self.paper, self.row, at, value, self.styles, **style)

    def _deep(self, value: Value | None, wide: int) -> int:
        return lines_of(as_read(value), wide)

    def _end(self, lines: int, more: float = 0) -> None:
        high = lines * self.line + AIR + more
        self.paper.set_row(self.row, high)
        self.row, self.tall = self.row + 1, self.tall + high


def _edges(number: int, count: int) -> dict[str, Any]:
    """The lines around a box, and around all of it where it goes on below; what goes on is read from its top."""
    edges = {"left": 1, "right": 1, "top": int(number == 0), "bottom": int(number == count - 1)}
    return {**edges, "valign": "top"} if count > 1 else edges


def _ticked(tick: Tick) -> Say:
    return say("{box} {name}{after}", box=ON if tick.on else OFF, name=tick.name, after=tick.after)


# ------------------------------------------------------------ screen, and json


def draw(leaves: Sequence[Leaf], page: Page) -> None:
    """What will stand in the boxes; blank ones are left out."""
    for leaf in leaves:
        page.line(Toned(leaf.title, "bold"), leaf.mark)
        page.line(leaf.head)
        for part in leaf.parts:
            if isinstance(part, Bar):
                page.blank()
                page.line(Toned(part.title, "bold"))
            for label, value in _told(part):
                page.block(label, *said(value).split("\n"))
        page.blank()


def as_json(leaves: Sequence[Leaf]) -> list[dict[str, Any]]:
    """{name, title, boxes} a sheet, a box {label, value}; blank ones are null."""
    return [
        {
            "name": leaf.name,
            "title": leaf.title,
            "boxes": [{"label": label, "value": value} for part in leaf.parts for label, value in _every(part)],
        }
        for leaf in leaves
    ]


def _told(part: Part) -> Iterator[tuple[Value, Value]]:
    for label, value in _every(part):
        if value not in (None, ""):
            yield label, paper_day(value) if isinstance(value, date) else value or ""


def _every(part: Part) -> Iterator[tuple[Value, Value | None]]:
    match part:
        case Row():
            yield from ((box.label, box.text) for box in part.boxes)
        case Ticks():
            on = tuple(say("{name}{after}", name=tick.name, after=tick.after) for tick in part.ticks if tick.on)
            yield part.label, on or None
        case Grid():
            for row in part.rows:
                label, *values = row
                heads = [head for head, _ in part.header]
                told = tuple(
                    say("{label} {text}", label=head, text=paper_day(v) if isinstance(v, date) else v)
                    for head, v in zip(heads[-len(values) :], values, strict=False)
                    if v not in (None, "")
                )
                yield said(label or "").replace("\n", " "), told or None
        case _:
            return
