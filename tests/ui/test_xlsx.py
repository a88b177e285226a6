"""Spreadsheets: what stands in a cell, whatever was typed; the same bytes for the same content."""

import sys
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.xlsx_reader import Read, read
from toshima_cli import i18n
from toshima_cli.domain.terms import Stage
from toshima_cli.domain.verdict import say
from toshima_cli.exits import BadInput
from toshima_cli.ui import xlsx
from toshima_cli.ui.page import Toned
from toshima_cli.ui.xlsx import Cell, Row, Sheet, workbook


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("ja")


def one(cell: Cell) -> Read:
    """The cell as it comes out of a sheet with nothing else in it."""
    return read(workbook(Sheet("s", ["x"], [Row([cell])]))).sheets["s"]["A2"]


def text(cell: Cell) -> str:
    found = one(cell)
    assert found.kind == "s"
    return str(found.value)


class TestCells:
    def test_numbers_and_dates_are_real_ones(self) -> None:
        assert (one(12).value, one(12).kind) == (12.0, "n")
        assert one(1.5).value == 1.5
        assert one(-3).value == -3.0
        found = one(date(2026, 11, 24))
        assert (found.value, found.kind) == (46350.0, "n")
        assert found.style["numFmtId"] != "0", "shown as a date"

    def test_everything_else_is_said(self) -> None:
        assert text(say("{a} and {b}", a=1, b=Stage.SUPPORTING)) == "1 and being supported"
        assert text(Toned("late", "red")) == "late"
        assert text(("A", "B")) == "A, B"
        assert text(True) == "yes"

    def test_nothing_is_a_blank_cell(self) -> None:
        assert read(workbook(Sheet("s", ["x", "y"], [Row([None, ""])]))).column("s", "A") == ["x"]

    @pytest.mark.parametrize("value", [date(1899, 12, 31), date(1900, 2, 28), 10**15, -(10**15), float("inf")])
    def test_what_a_spreadsheet_would_change_is_text(self, value: Cell) -> None:
        assert text(value) == str(value)
        assert text(float("nan")) == "nan"

    @pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "'=1"])
    def test_no_text_is_a_formula_not_even_when_edited(self, value: str) -> None:
        found = one(value)
        assert (found.value, found.kind, found.style["quotePrefix"]) == (value, "s", "1")

    @pytest.mark.parametrize(
        "value", ["http://example.jp", "mailto:a@example.jp", "internal:s!A1", "external:c.xlsx", "00123"]
    )
    def test_no_text_is_a_link_or_a_number(self, value: str) -> None:
        book = read(workbook(Sheet("s", ["x"], [Row([value])])))
        assert book.sheets["s"]["A2"].value == value
        assert not [name for name in book.parts if name.startswith("xl/worksheets/_rels")]

    def test_markup_is_shown_as_typed(self) -> None:
        for value in ("<r><t>x</t></r>", "<r>&amp;</r>", "<r></r>", "</si>&lt;", "_x0041_", "{=1}", "a\tb"):
            assert text(value).replace("␉", "\t") == value

    def test_what_would_act_is_a_visible_sign_and_lines_stay(self) -> None:
        assert text("a\x1b[5mb\0\u202e\ufffe\ud800") == "a␛[5mb␀<U+202E><U+FFFE><U+D800>"
        assert text("一行目\r\n二行目\n三行目\rx") == "一行目\n二行目\n三行目␍x"
        assert text("邉\U000e0101") == "邉\U000e0101", "the form of a name"
        assert text("  x  ") == "  x  "

    @pytest.mark.parametrize("char", ["x", "髙", "𠮷"])
    def test_a_text_too_long_is_cut_and_says_so(self, char: str) -> None:
        units = len(char.encode("utf-16-le")) // 2
        whole = char * (xlsx.TEXT // units)
        assert text(whole) == whole
        long = whole + char * 5
        found = text(long)
        assert len(found.encode("utf-16-le")) // 2 in (xlsx.TEXT, xlsx.TEXT - 1)
        assert found.rpartition("\n")[2] == f"[Cut here: the whole text has {len(long)} characters.]"
        assert found.startswith(char * 1000)

    @given(st.text(max_size=60))
    def test_any_text_can_be_read_again(self, value: str) -> None:
        found = read(workbook(Sheet("s", ["x"], [Row([value])]))).sheets["s"].get("A2")
        assert (found is None) == (value == "")
        assert found is None or found.kind == "s"


class TestTheFile:
    SHEET = Sheet(
        "s", [say("Case"), "n"], [Row(["2026-0001", 3]), Row(["介護" * 40, 4], indent=1)], title=["T"], notes=["N"]
    )

    def test_same_content_same_bytes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = workbook(self.SHEET)
        monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
        assert workbook(self.SHEET) == first
        assert b"2000-01-01T00:00:00Z" in read(first).parts["docProps/core.xml"].encode()

    def test_title_header_rows_notes_in_their_places(self) -> None:
        book = read(workbook(self.SHEET))
        assert book.column("s", "A") == ["T", "Case", "2026-0001", "介護" * 40, "N"]
        assert book.sheets["s"]["A6"].value == "N", "a line between"
        sheet = book.parts["xl/worksheets/sheet1.xml"]
        assert 'topLeftCell="A3"' in sheet, "what stands above the rows stays in sight"
        assert 'paperSize="9"' in sheet
        assert "$1:$2" in book.parts["xl/workbook.xml"], "and on every page"

    def test_a_column_is_as_wide_as_its_japanese_and_long_texts_fold(self) -> None:
        sheet = read(workbook(Sheet("s", ["x"], [Row(["介護のこと"])]))).parts["xl/worksheets/sheet1.xml"]
        assert 'width="12.7' in sheet
        sheet = read(workbook(self.SHEET)).parts["xl/worksheets/sheet1.xml"]
        assert f'width="{xlsx.WIDEST}.7' in sheet
        assert '<row r="4" spans="1:2" ht="45"' in sheet, "the row is as high as its lines"

    def test_one_page_or_as_many_as_it_takes(self) -> None:
        for one_page, attribute in ((True, 'fitToHeight="0"'), (False, 'fitToHeight="0"')):
            sheet = read(workbook(Sheet("s", ["x"], [], one_page=one_page, tall=one_page)))
            found = sheet.parts["xl/worksheets/sheet1.xml"]
            assert (attribute in found) is not one_page
            assert ('orientation="portrait"' in found) is one_page

    @pytest.mark.parametrize(("columns", "across"), [(2, 1), (14, 1), (15, 2), (40, 3)])
    def test_what_is_too_wide_to_be_read_on_one_page_is_printed_on_several(self, columns: int, across: int) -> None:
        book = read(workbook(Sheet("s", ["介護のこと！"] * columns, [])))
        sheet, names = book.parts["xl/worksheets/sheet1.xml"], book.parts["xl/workbook.xml"]
        assert (f'fitToWidth="{across}"' in sheet) is (across > 1), "one is what nobody has to say"
        assert ("$A:$A" in names) is (across > 1), "the first column on each"

    def test_more_rows_than_it_holds_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(xlsx, "ROWS", 5)
        workbook(Sheet("s", ["x"], [Row([1])] * 2, title=["T"]))
        with pytest.raises(BadInput):
            workbook(Sheet("s", ["x"], [Row([1])] * 3, title=["T"]))

    def test_several_sheets(self) -> None:
        book = read(workbook(Sheet("a", ["x"], []), Sheet("b", ["y"], [])))
        assert {name: cells["A1"].value for name, cells in book.sheets.items()} == {"a": "x", "b": "y"}

    def test_nothing_is_written_beside_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Temporary files of the library would hold people's data, and nobody would remove them after a crash."""
        opened: list[object] = []
        monkeypatch.setattr("builtins.open", lambda *given, **_: opened.append(given))
        monkeypatch.setattr("tempfile.mkstemp", lambda *given, **_: opened.append(given))
        workbook(self.SHEET)
        assert opened == []


def test_the_library_is_loaded_by_the_first_file() -> None:
    assert "xlsxwriter" not in vars(xlsx)
    workbook(Sheet("s", ["x"], []))
    assert "xlsxwriter" in sys.modules
