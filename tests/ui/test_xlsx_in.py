"""Workbooks handed in: what a cell shows is what is read, and nothing hostile is unfolded."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from toshima_cli.ui.ledger_file import opened
from toshima_cli.ui.xlsx import Row, Sheet, workbook
from toshima_cli.ui.xlsx_cells import Unreadable, Wrong, unescaped
from toshima_cli.ui.xlsx_in import COLUMNS, Book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="台帳" r:id="r1"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Type="{REL}/worksheet" '
    'Target="worksheets/s.xml"/></Relationships>',
}


def book(sheet: str, *, head: str = "", more: Mapping[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in {**PARTS, **(more or {})}.items():
            file.writestr(name, text)
        file.writestr(
            "xl/worksheets/s.xml", f'{head}<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
        )
    return out.getvalue()


def rows(content: bytes) -> list[tuple[int, list[str]]]:
    made = Book(io.BytesIO(content))
    return [(number, list(cells)) for number, cells in made.rows(made.sheets[0])]


def cell(inside: str, kind: str = "n", style: int = 0) -> str:
    return f'<row r="1"><c r="A1" t="{kind}" s="{style}">{inside}</c></row>'


class TestCells:
    def test_what_our_own_writer_made(self) -> None:
        made = workbook(Sheet("a", ["x", "y"], [Row(("=1", date(2026, 11, 24))), Row((12, "０３ あ"))]))
        assert rows(made) == [(1, ["x", "y"]), (2, ["=1", "2026-11-24"]), (3, ["12", "０３ あ"])]

    @pytest.mark.parametrize(
        ("code", "number", "shown"),
        [
            ("General", "58.0", "58"),
            ("General", "9012345678", "9012345678"),
            ("General", "1.5", "1.5"),
            ("00000", "42", "00042"),
            ("#,##0", "1200", "1200"),
            ("yyyy/m/d", "46350", "2026-11-24"),
            ('[$-411]ggge"年"m"月"d"日"', "46350", "2026-11-24"),
            ("ge.m.d;@", "46350", "2026-11-24"),
            ("yyyy/m/d h:mm", "46350.5625", "2026-11-24 13:30"),
            ("h:mm", "0.5", "12:00"),
            ("yyyy/m/d", "1", "1900-01-01"),
            ("G/標準", "46350", "46350"),
            ("0.00E+00", "120", "120"),
        ],
    )
    def test_numbers(self, code: str, number: str, shown: str) -> None:
        code = code.replace('"', "&quot;")
        styles = (
            f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts>'
            '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="170"/></cellXfs></styleSheet>'
        )
        assert rows(book(cell(f"<v>{number}</v>"), more={"xl/styles.xml": styles})) == [(1, [shown])]

    def test_days_of_the_other_beginning(self) -> None:
        workbook = PARTS["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
        styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
        made = book(cell("<v>44888</v>"), more={"xl/workbook.xml": workbook, "xl/styles.xml": styles})
        assert rows(made) == [(1, ["2026-11-24"])]

    def test_a_reading_beside_a_name_is_no_part_of_it(self) -> None:
        name = '<r><t>髙橋</t></r><r><t> 翔</t></r><rPh sb="0" eb="2"><t>タカハシ</t></rPh>'
        shared = f'<sst xmlns="{MAIN}"><si>{name}</si></sst>'
        assert rows(book(cell("<v>0</v>", "s"), more={"xl/sharedStrings.xml": shared})) == [(1, ["髙橋 翔"])]

    def test_other_kinds(self) -> None:
        assert rows(book(cell("<is><t>直接</t></is>", "inlineStr"))) == [(1, ["直接"])]
        assert rows(book(cell("<v>1</v>", "b"))) == [(1, ["TRUE"])]
        assert rows(book(cell("<v>2026-11-24T00:00:00</v>", "d"))) == [(1, ["2026-11-24"])]
        assert unescaped("a_x000D_b_x005F_x0041_") == "a\rb_x0041_"

    def test_a_formula_is_what_it_showed_and_never_worked_out(self) -> None:
        made = Book(io.BytesIO(book(cell("<f>1+1</f><v>3</v>"))))
        assert [cells for _, cells in made.rows("台帳")] == [["3"]]
        assert made.formulas == 1
        for inside, kind in (("<f>1+1</f>", "n"), ("<f>A9</f><v>#REF!</v>", "e")):
            ((_, (wrong,)),) = rows(book(cell(inside, kind)))
            assert isinstance(wrong, Wrong)

    def test_rows_and_columns_are_where_they_stand(self) -> None:
        made = book('<row r="3"><c r="C3" t="str"><v>x</v></c></row><row r="9"><c t="str"><v>y</v></c></row>')
        assert rows(made) == [(3, ["", "", "x"]), (9, ["y"])]

    def test_two_cells_in_opposite_corners(self) -> None:
        made = book('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c></row>')
        assert rows(made) == [(1, ["1"]), (1048576, ["", "2"])]


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


class TestHostile:
    @pytest.mark.parametrize(
        "content",
        [
            book(cell("<v>1</v>"), head=ENTITY),
            book('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
            book('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'),
            book('<row r="0"><c r="A0"><v>1</v></c></row>'),
            book('<row r="9999999"><c><v>1</v></c></row>'),
            book(cell("<v>7</v>", "s")),
            book("<row>"),
            book(cell(f"<v>{'x' * 300_000}</v>", "str")),
            book(f'<row r="1" x="{"y" * 3_000_000}"/>'),
            book(cell("<v>1</v>"))[:-40],
            b"PK\x03\x04 and nothing more",
            b"PK",
        ],
        ids=range(12),
    )
    def test_is_refused(self, content: bytes) -> None:
        with pytest.raises(Unreadable):
            rows(content)

    def test_more_than_it_says_is_never_unfolded(self) -> None:
        content = bytearray(book(cell(f"<v>{'x' * 150_000}</v>", "str")))
        # the size the directory declares for the sheet, made small
        at = content.rfind(b"PK\x01\x02")
        content[at + 24 : at + 28] = (100).to_bytes(4, "little")
        with pytest.raises(Unreadable):
            rows(bytes(content))


PROBE = """
import sys
from toshima_cli.ui.ledger_file import opened
from toshima_cli.ui.xlsx_in import Unreadable
try:
    with opened(sys.argv[1]) as ledger:
        for row in ledger.rows():
            pass
    print("read")
except Unreadable:
    print("refused")
# not getrusage: it counts what the process was before it became this one
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def _bomb(path: Path) -> None:
    """Half a gigabyte of blanks in half a megabyte."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in PARTS.items():
            file.writestr(name, text)
        with file.open("xl/worksheets/s.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(500):
                sheet.write(b" " * 1_000_000)
            sheet.write(b"</sheetData></worksheet>")
    assert path.stat().st_size < 600_000


def _ten_gigabytes(path: Path) -> None:
    path.touch()
    os.truncate(path, 10_000_000_000)


def _a_million_columns(path: Path) -> None:
    path.write_text(",".join(["x"] * 1_000_000) + "\n")


def _one_line(path: Path) -> None:
    path.write_text("x" * 150_000_000)


def _one_cell(path: Path) -> None:
    path.write_text('"' + "x\n" * 50_000_000)


def _one_in_another(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in PARTS.items():
            file.writestr(name, text)
        file.writestr("xl/worksheets/s.xml", f'<worksheet xmlns="{MAIN}">' + "<a>" * 2_000_000)


WORKBOOKS = (_bomb, _one_in_another)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units elsewhere")
@pytest.mark.parametrize("make", [*WORKBOOKS, _ten_gigabytes, _a_million_columns, _one_line, _one_cell])
def test_what_would_fill_the_memory_is_refused(make: object, tmp_path: Path) -> None:
    path = tmp_path / ("ledger.xlsx" if make in WORKBOOKS else "ledger.csv")
    assert callable(make)
    make(path)
    done = subprocess.run([sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True)
    answer, megabytes = done.stdout.split()
    assert (answer, done.stderr) == ("refused", "")
    assert int(megabytes) < 200


@pytest.mark.parametrize("start", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""])
def test_other_files(start: bytes, tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(start)
    if start:
        with pytest.raises(Unreadable), opened(str(path)):
            pass
    else:
        with opened(str(path)) as ledger:
            assert list(ledger.rows()) == []


def test_a_sheet_is_named_or_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(Sheet("一", ["a"], ()), Sheet("二", ["b"], ())))
    for sheet, found in ((None, "a"), ("二", "b"), (2, "b"), ("2", "b")):
        with opened(str(path), sheet) as ledger:
            assert next(ledger.rows())[1] == [found]
    for sheet in ("三", 3, 0):
        with pytest.raises(Unreadable), opened(str(path), sheet):
            pass
    assert COLUMNS < 16_384


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_parts_packed_as_no_spreadsheet_packs_them_are_refused(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, text in PARTS.items():
            file.writestr(name, text)
        file.writestr("xl/worksheets/s.xml", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')
    with pytest.raises(Unreadable):
        Book(io.BytesIO(out.getvalue()))


def test_a_directory_of_a_later_version_is_refused() -> None:
    content = bytearray(book("<row/>"))
    at = content.index(b"PK\x01\x02")
    content[at + 6 : at + 8] = (99).to_bytes(2, "little")
    with pytest.raises(Unreadable):
        Book(io.BytesIO(bytes(content)))
