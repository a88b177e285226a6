"""A form as boxes: nothing of a text is lost where it goes on, no cell starts anything, and blank boxes stay."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.naughty import naughty
from tests.ui.xlsx_reader import Book, read
from toshima_cli import i18n
from toshima_cli.domain.terms import Stage
from toshima_cli.ui import form as ui
from toshima_cli.ui import form_text
from toshima_cli.ui.form import WHOLE, Bar, Box, Grid, Leaf, Part, Row, Tick, Ticks, Words, as_json, beside, box
from toshima_cli.ui.page import Page
from toshima_cli.ui.text import inert, visible


@pytest.fixture(autouse=True, params=["ja", "en"])
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    i18n.set_language(request.param)
    yield
    i18n.set_language("ja")


def leaf(*parts: Part, name: str = "1") -> Leaf:
    return Leaf(name, "title", "mark", "head", parts, "foot")


def book(*parts: Part) -> Book:
    return read(ui.spreadsheet([leaf(*parts)]))


def values(*parts: Part) -> list[str | float]:
    """What stands below the head."""
    cells = next(iter(book(*parts).sheets.values()))
    return [cell.value for place, cell in cells.items() if int(place.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) > 2]


class TestLongTexts:
    @pytest.mark.parametrize("text", ["介護のこと。" * 500, "word " * 600, "行\n" * 200, "x" * 3000])
    def test_a_box_goes_on_below_and_nothing_is_lost(self, text: str) -> None:
        found = values(box("label", text))
        pieces = found[1::2]
        assert len(pieces) > 1
        assert found[0] == "label"
        assert len(set(map(str, found[2::2]))) == 1, "the box says that it goes on"
        assert "".join(map(str, pieces)).replace("\n", "") == text.replace("\n", "")

    def test_no_row_is_taller_than_a_spreadsheet_draws(self) -> None:
        content = ui.spreadsheet([leaf(box("x", "介護のこと。" * 500), Words("話" * 3000))])
        sheet = read(content).parts["xl/worksheets/sheet1.xml"]
        heights = [float(part.partition('"')[0]) for part in sheet.split(' ht="')[1:]]
        assert len(heights) > 10
        assert max(heights) <= form_text.MOST * 15 + 10

    def test_a_row_of_a_table_goes_on_too(self) -> None:
        found = values(Grid((("a", 4), ("b", 20)), (("1", "話" * 2000),)))
        assert "".join(map(str, found[3:])) == "話" * 2000

    @settings(max_examples=40)
    @given(st.text(max_size=400))
    def test_pieces_make_the_text_again(self, text: str) -> None:
        plain = visible(text.replace("\r\n", "\n"), keep="\n")
        pieces = list(form_text.pieces_of(plain, 2))
        assert "".join(pieces).replace("\n", "") == plain.replace("\n", "")
        assert all(form_text.lines_of(piece, 2) <= form_text.MOST or len(piece.split("\n")) == 1 for piece in pieces)


class TestHarmless:
    def test_no_naughty_string_starts_anything(self) -> None:
        strings = [text for text in naughty() if visible(text, keep="\n").strip()]
        grid = Grid((("a", 12), ("b", 12)), tuple((text, text) for text in strings))
        ticks = Ticks("t", tuple(Tick(text, True, text) for text in strings[:40]), 2)
        cells = book(*(box(text, text) for text in strings), grid, ticks)  # read() finds no formula
        sheet = next(iter(cells.sheets.values()))
        for place, cell in sheet.items():
            assert cell.kind == "s", place
            text = str(cell.value)
            assert (inert(text) == text) or cell.style.get("quotePrefix") == "1", text
        assert not [name for name in cells.parts if "_rels/sheet" in name], "no link"

    def test_the_foot_takes_no_command_of_what_it_says(self) -> None:
        made = Leaf("1", "t", "m", "h", (box("x"),), "A & B &P")
        sheet = read(ui.spreadsheet([made])).parts["xl/worksheets/sheet1.xml"]
        assert "A &amp;&amp; B &amp;&amp;P" in sheet

    @pytest.mark.parametrize(("rows", "alone"), [(30, True), (44, True), (60, False)])
    def test_no_page_holds_the_last_lines_alone(self, rows: int, alone: bool) -> None:
        sheet = book(*[box("label")] * rows).parts["xl/worksheets/sheet1.xml"]
        assert ('fitToHeight="0"' not in sheet) is alone

    def test_names_of_sheets(self) -> None:
        made = [leaf(box("x"), name=name) for name in ("A", "a", "B/[x]", "")]
        assert list(read(ui.spreadsheet(made)).sheets) == ["A", "a 2", "Bx", "4"]


class TestBoxes:
    def test_every_label_stands_there_though_its_box_is_blank(self) -> None:
        assert values(box("one"), beside(("two", None), ("three", "")), Row((Box("four", wide=WHOLE, room=3),))) == [
            "one",
            "two",
            "three",
            "four",
        ]

    def test_days_and_numbers_are_real_ones(self) -> None:
        cells = next(iter(book(beside(("a", date(2026, 11, 24)), ("b", 3))).sheets.values())).values()
        assert [c.value for c in cells if c.kind == "n"] == [46350.0, 3.0]

    @pytest.mark.parametrize("day", [date(2019, 5, 7), date(1890, 1, 1)])
    def test_days_a_spreadsheet_would_say_wrongly_are_words(self, day: date) -> None:
        found = values(box("a", day))[1]
        if i18n.language() == "ja":
            assert found == {2019: "令和元年5月7日（火）", 1890: "明治23年1月1日（水）"}[day.year]

    def test_ticks_stand_in_their_order_and_the_known_one_is_ticked(self) -> None:
        found = values(Ticks("list", (Tick("a"), Tick("b", True, "!"), Tick("c")), 2, note="n"))
        assert found == ["list\nn", "☐ a", "☑ b!", "☐ c"]

    def test_a_heading_stands_across_the_page_and_a_long_label_makes_room(self) -> None:
        found = book(Bar("bar"), Ticks("話" * 40, (Tick("a"),), 2))
        sheet = found.parts["xl/worksheets/sheet1.xml"]
        assert "A3:X3" in sheet
        assert float(sheet.split(' ht="')[4].partition('"')[0]) > 40

    def test_a_table_keeps_rows_to_write_in(self) -> None:
        sheet = book(Grid((("a", 24),), (("x",),), room=2, blank=3)).parts["xl/worksheets/sheet1.xml"]
        assert sheet.count("<row ") == 2 + 1 + 1 + 3

    def test_a_screen_shows_what_is_filled_in(self) -> None:
        page = Page()
        grid = Grid((("g", 24),), (("y", Stage.CLOSED, date(2026, 1, 5)),))
        parts = (Bar("bar"), box("one", "x"), box("two"), Ticks("t", (Tick("a", True),)), grid, Words("w"))
        ui.draw([leaf(*parts)], page)
        drawn = page.plain(80)
        assert "bar" in drawn
        assert "one" in drawn
        assert "two" not in drawn
        assert [b["label"] for b in as_json([leaf(*parts)])[0]["boxes"]] == ["one", "two", "t", "y"]
