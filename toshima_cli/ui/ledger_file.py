"""A ledger handed in, as rows of text: a spreadsheet (xlsx) or a text file (csv, or parted by TAB), told apart by what
is in it. It is read a row at a time, as often as is asked."""

import csv
import io
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from toshima_cli.domain.verdict import Say, say
from toshima_cli.ui import xlsx_in
from toshima_cli.ui.files import LARGEST, encoding_of
from toshima_cli.ui.text import uninert
from toshima_cli.ui.xlsx_cells import Unreadable
from toshima_cli.ui.xlsx_in import CELL, COLUMNS

LARGEST_TEXT = 200_000_000
"""Bytes of a csv: a hundred thousand households are some thirty million."""

RECORD = 1_000_000
"""Characters of one row of a csv."""

WIDEST = 4
"""Bytes of one character."""

Row = tuple[int, list[str]]
"""The number of a row as a spreadsheet counts it, and its cells. A csv has no other numbers: blank lines count, and a
cell of several lines is one row."""

# what other programs write: older Excel, and a workbook behind a password
_OLE = b"\xd0\xcf\x11\xe0"


class Ledger:
    """An opened ledger. `encoding` of a text file, `sheet` of a workbook; `sheets` are all there are."""

    encoding: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """From the first row on. Raises Unreadable."""
        raise NotImplementedError

    @property
    def formulas(self) -> int:
        """Cells that are worked out by the spreadsheet: what they showed when it was saved is taken."""
        return 0


@contextmanager
def opened(name: str, sheet: str | int | None = None) -> Iterator[Ledger]:
    """The file named (`-`: standard input, csv only). `sheet` by name or number, the first where it is None.

    Raises Unreadable: not there, not a ledger, too large, or in an encoding that is not certain.
    """
    with _file(name) as file:
        start = file.read(8)
        file.seek(0)
        if start.startswith(_OLE):
            raise Unreadable(say("This is an older workbook (.xls), or one with a password. Save it as .xlsx."))
        if start.startswith(b"PK"):
            yield _Sheet(file, sheet)
            return
        if sheet is not None:
            raise Unreadable(say("A text file has no sheets."))
        yield _Text(file)


@contextmanager
def _file(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        content = sys.stdin.buffer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Unreadable(say("The file is larger than {most} bytes.", most=LARGEST))
        yield io.BytesIO(content)
        return
    try:
        file = open(name, "rb")  # noqa: SIM115 - closed below, and nothing else is to be caught here
    except FileNotFoundError:
        raise Unreadable(say("There is no such file: {path}.", path=name)) from None
    except IsADirectoryError:
        raise Unreadable(say("This is a folder; name a file in it: {path}.", path=name)) from None
    except PermissionError:
        # Windows says so of a folder too
        folder = Path(name).is_dir()
        if folder:
            raise Unreadable(say("This is a folder; name a file in it: {path}.", path=name)) from None
        raise Unreadable(say("There is no permission for this: {path}.", path=name)) from None
    except (OSError, ValueError):
        raise Unreadable(say("This path cannot be used: {path}.", path=name)) from None
    with file:
        about = _stat(file)
        if about is not None and about > LARGEST_TEXT:
            raise Unreadable(say("The file is larger than {most} bytes.", most=LARGEST_TEXT))
        if about is None:
            raise Unreadable(say("This is not an ordinary file: {path}.", path=name))
        yield file


def _stat(file: BinaryIO) -> int | None:
    """Bytes of an ordinary file, None of anything else (a pipe cannot be read twice)."""
    import os

    found = os.fstat(file.fileno())
    return found.st_size if stat.S_ISREG(found.st_mode) else None


class _Sheet(Ledger):
    def __init__(self, file: BinaryIO, sheet: str | int | None) -> None:
        self._book = xlsx_in.Book(file)
        self.sheets = self._book.sheets
        number = sheet if isinstance(sheet, int) else 1 if sheet is None else None
        if number is None and isinstance(sheet, str) and sheet not in self.sheets and sheet.isdecimal():
            number = int(sheet)
        if number is not None and 1 <= number <= len(self.sheets):
            self.sheet = self.sheets[number - 1]
        elif isinstance(sheet, str) and sheet in self.sheets:
            self.sheet = sheet
        else:
            raise Unreadable(say("There is no sheet {name}; there are: {sheets}.", name=str(sheet), sheets=self.sheets))

    def rows(self) -> Iterator[Row]:
        assert self.sheet is not None
        self._book.formulas = 0
        return self._book.rows(self.sheet)

    @property
    def formulas(self) -> int:
        return self._book.formulas


class _Text(Ledger):
    def __init__(self, file: BinaryIO) -> None:
        _begins(file)
        found = encoding_of(file)
        if isinstance(found, Say):
            raise Unreadable(found)
        self.encoding, self._file = found, file

    def rows(self) -> Iterator[Row]:
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, self.encoding, newline="")
        try:
            first = text.readline(RECORD)
            # Excel's "Unicode text" is parted by TAB
            mark = "\t" if "\t" in first and "," not in first else ","
            text.seek(0)
            yield from _records(text, mark)
        finally:
            text.detach()  # or closing the text would close the file, which is read once more


_FIELD = rb'(?:"(?:[^"]++|"")*+"[^,\t\r\n]*+|(?!")[^,\t\r\n]*+)'
_ROW = re.compile(_FIELD + rb"(?:[,\t]" + _FIELD + rb")*+[\r\n]")
BOM = b"\xef\xbb\xbf"


def _begins(file: BinaryIO) -> None:
    """Raises Unreadable where the first row does not end: told before the whole file is looked through for what it is
    written in. A row ends at a line break that stands in no quoted cell; no byte of a letter looks like either mark."""
    head = file.read(WIDEST * RECORD + 1)
    file.seek(0)
    utf_16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")  # where bytes of letters do
    if len(head) > WIDEST * RECORD and not utf_16 and not _ROW.match(head.removeprefix(BOM)):
        raise Unreadable(_too_long())


def _too_long() -> Say:
    return say("A row holds more than {most} characters.", most=RECORD)


def _records(text: io.TextIOWrapper, mark: str) -> Iterator[Row]:
    read = [0]

    def lines() -> Iterator[str]:
        while line := text.readline(RECORD + 1):
            read[0] += len(line)
            if read[0] > RECORD:
                raise Unreadable(_too_long())
            yield line

    before = csv.field_size_limit(CELL)
    try:
        reader, number = csv.reader(lines(), delimiter=mark, strict=True), 0
        while True:
            read[0] = 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise Unreadable(_not_csv(number + 1)) from None
            number += 1
            if len(cells) > COLUMNS and any(cells[COLUMNS:]):
                raise Unreadable(say("The sheet has more than {most} columns.", most=COLUMNS))
            if any(cells):
                yield number, [uninert(cell) for cell in cells[:COLUMNS]]
    finally:
        csv.field_size_limit(before)


def _not_csv(row: int) -> Say:
    return say(
        "From row {row} on this is not CSV: a quotation mark is missing or one too many, or a cell holds more than"
        " {most} characters.",
        row=row,
        most=CELL,
    )
