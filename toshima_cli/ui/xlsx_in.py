"""Reads spreadsheets (xlsx) a row at a time: the text each cell shows, never a formula worked out.

Written on the standard library, since a file handed in may be hostile: `python-calamine` ends the whole process at two
cells in opposite corners of a sheet, `openpyxl` takes entities of a document type apart. Here sizes are looked at
before anything is unfolded, a document type is refused, and only one row is in memory (and the texts shared by cells).
"""

import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from posixpath import join, normpath
from typing import Any, BinaryIO
from xml.parsers import expat

from toshima_cli.domain.verdict import Say, say
from toshima_cli.ui.xlsx_cells import Style, Unreadable, unescaped, wrong

LARGEST = 50_000_000
"""Bytes of the file."""
UNFOLDED = 300_000_000
"""Bytes of the parts that are read, as the file itself declares them; no more than that is ever unfolded."""
RATIO, RATIO_FROM = 200, 20_000_000
"""A spreadsheet folds to a tenth or a thirtieth; what folds so much more was made to fill a memory."""
DIRECTORY = 1_000_000
COLUMNS = 256
TEXTS = 1_000_000
CELL = 200_000
"""Characters of one cell; Excel holds 32,767."""
TOKEN = 1_000_000
"""Bytes the parser may hold back: one mark of XML longer than that is no spreadsheet's."""
DEPTH = 100
"""So many marks of XML stand in one another; the parser keeps them all, and a workbook has ten."""
PIECE = 65_536

ROWS, LAST_COLUMN = 1_048_576, 16_384


class Book:
    """One workbook. `sheets` are the names of its worksheets, in order; `formulas` counts those met while reading."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = _opened(file)
        self.formulas = 0
        self._unfolded = 0
        try:
            self._parts = self._worksheets()
            self._styles = self._read_styles()
            self._texts: list[str] | None = None
        except (KeyError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
            raise Unreadable(_DAMAGED) from error

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """(number as the sheet counts, cells as text) of every row that holds something."""
        try:
            if self._texts is None:
                self._texts = self._shared()
            yield from self._sheet(self._parts[sheet])
        except (KeyError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, IndexError) as error:
            raise Unreadable(_DAMAGED) from error

    # ------------------------------------------------------------------ parts

    def _worksheets(self) -> dict[str, str]:
        rels: dict[str, str] = {}
        sheets: list[tuple[str, str]] = []
        self._1904 = False

        def relation(name: str, given: dict[str, str]) -> None:
            if name == "Relationship" and given.get("Type", "").endswith("/worksheet"):
                target = given.get("Target", "")
                rels[given.get("Id", "")] = target.lstrip("/") if target[:1] == "/" else normpath(join("xl", target))

        def book(name: str, given: dict[str, str]) -> None:
            if name == "sheet":
                key = next((value for key, value in given.items() if key.endswith(":id")), "")
                sheets.append((given.get("name", ""), key))
            elif name == "workbookPr":
                self._1904 = given.get("date1904") in ("1", "true")

        self._parse("xl/_rels/workbook.xml.rels", relation)
        self._parse("xl/workbook.xml", book)
        found = {name: rels[key] for name, key in sheets if key in rels}
        if not found:
            raise Unreadable(say("The workbook holds no sheet."))
        return found

    def _read_styles(self) -> list["Style"]:
        formats: dict[int, str] = {}
        styles: list[Style] = []
        inside = [False]

        def style(name: str, given: dict[str, str]) -> None:
            if name == "numFmt":
                formats[int(given["numFmtId"])] = given.get("formatCode", "")
            elif name == "cellXfs":
                inside[0] = True
            elif name == "cellStyles":
                inside[0] = False
            elif name == "xf" and inside[0]:
                number = int(given.get("numFmtId", "0"))
                styles.append(Style(number, formats.get(number, "")))

        if "xl/styles.xml" in self._zip.namelist():
            self._parse("xl/styles.xml", style)
        return styles

    def _shared(self) -> list[str]:
        found: list[str] = []
        if "xl/sharedStrings.xml" not in self._zip.namelist():
            return found
        text = _Text()
        # rPh is the reading Excel keeps beside Japanese text: no part of what the cell says
        state = {"reading": 0, "t": False}

        def start(name: str, given: dict[str, str]) -> None:
            if name == "si":
                text.clear()
            elif name == "rPh":
                state["reading"] += 1
            state["t"] = name == "t" and not state["reading"]

        def end(name: str) -> None:
            state["t"] = False
            if name == "rPh":
                state["reading"] -= 1
            elif name == "si":
                if len(found) >= TEXTS:
                    raise Unreadable(say("The workbook holds more than {most} texts.", most=TEXTS))
                found.append(unescaped(text.whole()))

        def data(more: str) -> None:
            if state["t"]:
                text.add(more)

        self._parse("xl/sharedStrings.xml", start, end, data)
        return found

    def _sheet(self, part: str) -> Iterator[tuple[int, list[str]]]:
        reader = _SheetReader(self._texts or [], self._styles, y1904=self._1904)
        for _ in self._pieces(part, reader.start, reader.end, reader.data):
            yield from reader.done
            reader.done.clear()
        self.formulas += reader.formulas

    def _parse(self, part: str, *handlers: Callable[..., None]) -> None:
        for _ in self._pieces(part, *handlers):
            pass

    def _pieces(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        data: Callable[[str], None] | None = None,
    ) -> Iterator[None]:
        """Parse one part, pausing after each piece of it."""
        size = self._zip.getinfo(part).file_size
        if size > UNFOLDED:
            raise Unreadable(_too_large())
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_document_type
        depth = 0

        def begun(name: str, given: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > DEPTH:
                raise Unreadable(_DAMAGED)
            start(name.rpartition(":")[2], given)

        def ended(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(name.rpartition(":")[2])

        parser.StartElementHandler, parser.EndElementHandler = begun, ended
        if data is not None:
            parser.CharacterDataHandler = data
        fed = 0
        with self._zip.open(part) as file:
            try:
                while piece := file.read(PIECE):
                    fed += len(piece)
                    parser.Parse(piece, False)
                    if fed - parser.CurrentByteIndex > TOKEN:
                        raise Unreadable(_DAMAGED)
                    yield
                parser.Parse(b"", True)
                yield
            except (expat.ExpatError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]  # zipfile's own
                raise Unreadable(_DAMAGED) from error


_DAMAGED = say("The file is no workbook that can be read (.xlsx), or it is damaged. Save it anew in Excel.")


def _too_large() -> Say:
    return say(
        "The workbook unfolds to more than {most} bytes: it was not opened. Save the sheet as CSV, or in parts.",
        most=UNFOLDED,
    )


def _no_document_type(*given: Any) -> None:
    raise Unreadable(say("The file carries definitions (DOCTYPE) that no workbook needs: it was not opened."))


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, once its own figures say that it can be unfolded."""
    size = file.seek(0, 2)
    if size > LARGEST:
        raise Unreadable(say("The file is larger than {most} bytes.", most=LARGEST))
    file.seek(max(size - 65_557, 0))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22 or struct.unpack("<I", tail[at + 12 : at + 16])[0] > DIRECTORY:
        raise Unreadable(_DAMAGED)
    file.seek(0)
    try:
        found = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise Unreadable(_DAMAGED) from error
    each = found.infolist()
    if any(one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in each):
        raise Unreadable(_DAMAGED)  # no spreadsheet packs its parts otherwise
    whole = sum(one.file_size for one in each)
    if whole > UNFOLDED or (whole > RATIO_FROM and whole > RATIO * size):
        raise Unreadable(_too_large())
    if len({one.filename for one in each}) < len(each) or any(one.flag_bits & 1 for one in each):
        raise Unreadable(_DAMAGED)
    return found


class _Text:
    """The text of one cell as it comes in pieces; too long a one is refused before it fills the memory."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def clear(self) -> None:
        self._parts, self._length = [], 0

    def add(self, more: str) -> None:
        self._length += len(more)
        if self._length > CELL:
            raise Unreadable(say("A cell holds more than {most} characters.", most=CELL))
        self._parts.append(more)

    def whole(self) -> str:
        return "".join(self._parts)


class _SheetReader:
    """Handlers for the XML of one sheet; finished rows wait in `done`."""

    def __init__(self, texts: Sequence[str], styles: Sequence["Style"], *, y1904: bool) -> None:
        self.done: list[tuple[int, list[str]]] = []
        self.formulas = 0
        self._texts, self._styles, self._1904 = texts, styles, y1904
        self._row, self._cells, self._column = 0, list[str](), 0
        self._kind, self._style, self._formula, self._reading = "n", 0, False, 0
        self._inside, self._text, self._has = False, _Text(), False

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._column = _column(given["r"]) if "r" in given else self._column + 1
            self._kind, self._style = given.get("t", "n"), _number(given.get("s", "0"))
            self._formula, self._has = False, False
            self._text.clear()
        elif name in ("v", "t"):
            self._inside = not self._reading
            self._has = self._has or self._inside
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._reading += 1
        elif name == "row":
            row = _number(given["r"]) if "r" in given else self._row + 1
            if not self._row < row <= ROWS:
                raise Unreadable(_DAMAGED)
            self._row, self._cells, self._column = row, [], 0

    def data(self, more: str) -> None:
        if self._inside:
            self._text.add(more)

    def end(self, name: str) -> None:
        if name == "c":
            self._cell()
        elif name in ("v", "t"):
            self._inside = False
        elif name == "rPh":
            self._reading -= 1
        elif name == "row" and any(self._cells):
            self.done.append((self._row, self._cells))

    def _cell(self) -> None:
        self.formulas += self._formula
        value = self._value() if self._has or self._formula else ""
        if not value:
            return
        if self._column > COLUMNS:
            raise Unreadable(say("The sheet has more than {most} columns.", most=COLUMNS))
        self._cells += [""] * (self._column - len(self._cells))
        self._cells[self._column - 1] = value

    def _value(self) -> str:
        text = self._text.whole()
        if self._formula and not self._has:
            return wrong("=…", say("A formula without a value: open the file in Excel, save it, and give it again."))
        match self._kind:
            case "s":
                return self._texts[_number(text)]
            case "e":
                return wrong(text, say("The cell shows an error of the spreadsheet: {value}", value=text))
            case "b":
                return "TRUE" if text == "1" else "FALSE"
            case "n":
                style = self._styles[self._style] if self._style < len(self._styles) else Style(0, "")
                return style.shown(text, y1904=self._1904)
            case "d":
                return text.partition("T")[0]
            case _:
                return unescaped(text)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Unreadable(_DAMAGED)
    return int(text)


def _column(place: str) -> int:
    found = 0
    for char in place:
        if not "A" <= char <= "Z":
            break
        found = found * 26 + ord(char) - 64
    if not 1 <= found <= LAST_COLUMN:
        raise Unreadable(_DAMAGED)
    return found
