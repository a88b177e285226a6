"""Spreadsheets: sheets of plain cells, the same bytes for the same content.

Numbers and dates are real ones, everything else is text that nothing evaluates: no formula, no link, what would act as
a visible sign. XlsxWriter is imported only where a file is made: it writes without a clock once `created` is set, into
memory (its own temporary files would hold people's data), and never reads what it was given for anything but a cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeGuard

from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.i18n import language, render
from toshima_cli.ui.charts import COLOURS
from toshima_cli.ui.page import Shown, Toned, shown
from toshima_cli.ui.text import fold, inert, visible, width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toshima_cli.ui.charts import Chart

ROWS = 1_048_576
TEXT = 32_767
"""What a sheet and a cell hold, the text in UTF-16 units, as spreadsheets count."""

NARROWEST, WIDEST = 5, 60
"""Cells of a column; what is longer is folded."""

CELL, LEAST = 7, 620
"""Pixels of a cell of a column, and of a chart beside narrow columns."""

LINE, TALLEST = 15, 405
"""Points of a line, and of the tallest row."""

FIRST_DATE = date(1900, 3, 1)
"""Spreadsheets count days from 1900 and believe in a 29 February of it; earlier days are written as text."""
LARGEST = 10**15
"""They keep 15 digits of a number; longer ones are written as text."""

FONTS = {"ja": "Yu Gothic", "en": "Calibri"}
A4 = 9
READABLE = 200
"""Cells that one page is made to hold beside each other; what is wider is printed on several."""
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.5}


Cell = Shown | float
"""A real int, float or date stays one; everything else is said in the language of the screen."""


@dataclass(frozen=True, slots=True)
class Row:
    """`strong`: a heading. `indent`: how far its `indented` column (from 0) is set in."""

    cells: Sequence[Cell]
    strong: bool = False
    indent: int = 0
    indented: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart drawn by the spreadsheet itself, as wide as the columns, from that row on, so many pixels tall."""

    chart: "Chart"
    row: int
    height: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`title` lines stand above the header, `notes` below the rows. `tall`: portrait; `one_page`: printed on one;
    `filtered`: the rows can be filtered by their head."""

    name: str
    header: Sequence[Say | str]
    rows: Sequence[Row]
    title: Sequence[Shown] = ()
    notes: Sequence[Shown] = ()
    tall: bool = False
    one_page: bool = False
    filtered: bool = False
    charts: Sequence[Placed] = ()


DATA = "charts"
"""The sheet the charts read their figures from, the last one; hidden, since the same stands in the tables."""


def workbook(*sheets: Sheet) -> bytes:
    """The file. Raises BadInput (2) where a sheet has more rows than a spreadsheet holds."""
    from xlsxwriter.workbook import Workbook

    content = BytesIO()
    font = {"font_name": FONTS[language()], "font_size": 10}
    book = Workbook(content, {"in_memory": True, "default_format_properties": font})
    book.set_properties({"created": datetime(2000, 1, 1)})
    styles = Styles(book)
    papers = [book.add_worksheet(sheet.name) for sheet in sheets]
    drawn = _Charts(book, styles)
    for paper, sheet in zip(papers, sheets, strict=True):
        _write(paper, sheet, styles)
        for placed in sheet.charts:
            drawn.draw(paper, placed, max(sum(_widths(sheet)) * CELL, LEAST))
    book.close()
    return content.getvalue()


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> "Format":
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


class _Charts:
    """Charts, and the sheet of the figures they are drawn from."""

    def __init__(self, book: "Workbook", styles: Styles) -> None:
        self._book, self._styles = book, styles
        self._row = 0

    @cached_property
    def _data(self) -> "Worksheet":
        made = self._book.add_worksheet(DATA)
        made.set_column(0, 0, 40)
        made.hide()
        return made

    def draw(self, paper: "Worksheet", placed: Placed, wide: int) -> None:
        chart, head = placed.chart, self._row
        put(self._data, head, 0, chart.title, self._styles, bold=True)
        for column, series in enumerate(chart.series, start=1):
            put(self._data, head, column, series.name, self._styles, bold=True)
        for number, label in enumerate(chart.labels, start=head + 1):
            put(self._data, number, 0, label, self._styles)
            for column, series in enumerate(chart.series, start=1):
                put(self._data, number, column, series.values[number - head - 1], self._styles)
        last = head + len(chart.labels)
        self._row = last + 2
        made = self._book.add_chart({"type": "bar" if chart.kind == "bars" else "column"})
        assert made is not None, "both kinds are known to the library"
        font = {"name": FONTS[language()], "size": 9}
        for column in range(1, len(chart.series) + 1):
            made.add_series(
                {
                    "name": [DATA, head, column],
                    "categories": [DATA, head + 1, 0, last, 0],
                    "values": [DATA, head + 1, column, last, column],
                    "fill": {"color": COLOURS[column - 1]},
                    "data_labels": {"value": True, "font": font},
                    "gap": 60,
                }
            )
        made.set_title({"name": _shown(chart.title), "name_font": {**font, "size": 11}, "overlay": False})
        made.set_legend({"none": True} if len(chart.series) == 1 else {"position": "bottom", "font": font})
        # the figures stand at the bars: no second scale, and bars are read from the top
        labels, figures = made.set_x_axis, made.set_y_axis
        if chart.kind == "bars":  # whose labels stand at the upright axis, the first at its foot
            labels, figures = figures, labels
        labels({"num_font": font, "major_gridlines": {"visible": False}, "reverse": chart.kind == "bars"})
        figures({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        made.show_hidden_data()
        made.set_size({"width": wide, "height": placed.height})
        paper.insert_chart(placed.row, 0, made, {"description": _shown(chart.title)})


def _write(paper: "Worksheet", sheet: Sheet, styles: Styles) -> None:
    head = len(sheet.title)
    if head + 1 + len(sheet.rows) + 1 + len(sheet.notes) > ROWS:
        raise BadInput(
            [
                Fault(
                    "-o",
                    say(
                        "A spreadsheet holds {most} rows, and this is {count}: write a .csv.",
                        most=ROWS,
                        count=len(sheet.rows),
                    ),
                )
            ]
        )
    for number, line in enumerate(sheet.title):
        put(paper, number, 0, line, styles, bold=not number)
    for column, title in enumerate(sheet.header):
        cells = [row.cells[column] for row in sheet.rows]
        align = "right" if any(map(_is_number, cells)) else "left"
        put(paper, head, column, title, styles, bold=True, bottom=1, bg_color="#EEEEEE", valign="top", align=align)
    for number, row in enumerate(sheet.rows, start=head + 1):
        for column, cell in enumerate(row.cells):
            more = {"indent": row.indent, "align": "left"} if row.indent and column == row.indented else {}
            put(paper, number, column, cell, styles, bold=row.strong, text_wrap=not row.strong, valign="top", **more)
    for number, line in enumerate(sheet.notes, start=head + 1 + len(sheet.rows) + 1):
        put(paper, number, 0, line, styles)
    widths = _widths(sheet)
    for column, wide in enumerate(widths):
        paper.set_column(column, column, wide)
    for number, row in enumerate(sheet.rows, start=head + 1):
        deep = 0 if row.strong else max(_lines(cell, wide) for cell, wide in zip(row.cells, widths, strict=True))
        if deep > 1:
            paper.set_row(number, min(deep * LINE, TALLEST))
    if sheet.filtered and sheet.rows:
        paper.autofilter(head, 0, head + len(sheet.rows), len(sheet.header) - 1)
    paper.freeze_panes(head + 1, 0)
    paper.repeat_rows(0, head)
    paper.set_paper(A4)
    if not sheet.tall:
        paper.set_landscape()
    paper.set_margins(**MARGINS)
    across = 1 if sheet.one_page else -(-sum(widths) // READABLE)
    paper.fit_to_pages(across, 1 if sheet.one_page else 0)
    if across > 1:
        paper.repeat_columns("A:A")
    if not sheet.one_page:
        paper.set_footer("&C&P / &N")


def _widths(sheet: Sheet) -> list[int]:
    """So wide that nothing folds, within limits; East Asian letters are two cells."""
    found = []
    for column, title in enumerate(sheet.header):
        texts = [
            (_shown(row.cells[column]), row.indented == column and row.indent) for row in sheet.rows if not row.strong
        ]
        wide = max(width(line) + 2 * deep for text, deep in [(_shown(title), 0), *texts] for line in text.split("\n"))
        found.append(min(max(wide + 2, NARROWEST), WIDEST))
    return found


def _lines(cell: Cell, wide: int) -> int:
    """On how many lines a cell is read: not every program that opens the file fits the height of its rows."""
    text = _shown(cell)
    return sum(len(fold(line, wide - 2)) for line in text.split("\n")) if width(text) > wide - 2 or "\n" in text else 1


def put(paper: "Worksheet", row: int, column: int, cell: Cell, styles: Styles, **style: Any) -> None:
    value = cell.value if isinstance(cell, Toned) else cell
    style = {name: wanted for name, wanted in style.items() if wanted}
    if _is_number(value):
        paper.write_number(
            row, column, value, styles(num_format="#,##0" if isinstance(value, int) else "General", **style)
        )
        return
    if isinstance(value, date) and value >= FIRST_DATE:
        day = datetime(value.year, value.month, value.day)
        paper.write_datetime(row, column, day, styles(num_format="yyyy-mm-dd", align="left", **style))
        return
    text = _fitting(_shown(cell))
    if not text:
        paper.write_blank(row, column, None, styles(**style))
        return
    if inert(text) != text:
        style["quote_prefix"] = True  # stays a text when somebody edits the cell
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would take this for marked-up text of its own and write it as it is
        paper.write_rich_string(row, column, text[:1], styles(), text[1:], styles(**style))
        return
    paper.write_string(row, column, text, styles(**style))


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -LARGEST < value < LARGEST


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(cell)
    text = shown(cell, keep="\r\n")[0]
    return visible(text.replace("\r\n", "\n"), keep="\n")


def _fitting(text: str) -> str:
    """The text, cut where a cell holds no more; then it says so."""
    units = len(text.encode("utf-16-le")) // 2
    if units <= TEXT:
        return text
    said = "\n" + render(say("[Cut here: the whole text has {count} characters.]", count=len(text)))
    room = TEXT - len(said.encode("utf-16-le")) // 2
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore") + said
