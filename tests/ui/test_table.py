"""Tables on narrow screens: everything of every cell is there, whatever has to stay whole beside it."""

import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toshima_cli.domain.verdict import say
from toshima_cli.i18n import set_language
from toshima_cli.ui.out import Column
from toshima_cli.ui.page import Toned
from toshima_cli.ui.table import _cell, draw
from toshima_cli.ui.text import width

COLUMNS: tuple[Column[Any], ...] = (
    Column("case", say("Case"), whole=True),
    Column("stage", say("Stage"), whole=True),
    Column("names", say("Household")),
    Column("next", say("Next")),
)
ROW = {"case": "2026-0001", "stage": "関わり中（同意前）", "names": "髙橋 由美子 ほか2"}


@pytest.fixture(autouse=True)
def in_english() -> None:
    set_language("en")


def drawn(row: dict[str, Any], cells: int) -> str:
    stream = io.StringIO()
    draw([row], COLUMNS, stream, cells, colour=False)
    return stream.getvalue()


LATE = Toned("11/02 同意について話す（22日超過）", "red")
TITLES = "CaseStageHouseholdNext"
WHOLE = "2026-0001関わり中（同意前）髙橋由美子ほか211/02同意について話す（22日超過）"


@pytest.mark.parametrize("cells", [62, 66, 70, 80, 100, 120])
def test_nothing_is_lost_beside_columns_that_stay_whole(cells: int) -> None:
    text = drawn({**ROW, "next": LATE}, cells)
    assert re.search("2026-0001 {2,3}関わり中（同意前）", text)
    assert max(map(width, text.splitlines())) <= cells
    assert sorted("".join(text.split())) == sorted(TITLES + WHOLE)


@pytest.mark.parametrize("cells", [20, 30, 40, 44])
def test_where_columns_cannot_be_read_a_row_is_lines_with_its_titles(cells: int) -> None:
    text = drawn({**ROW, "next": LATE}, cells)
    assert max(map(width, text.splitlines())) <= cells
    assert sorted("".join(text.split())) == sorted(TITLES + WHOLE)
    assert text.splitlines()[0].split() == (["Case", "2026-0001"] if cells > 28 else ["Case"])


def test_rows_as_lines_are_parted_and_leave_out_what_they_do_not_have() -> None:
    stream = io.StringIO()
    draw([{**ROW, "next": None}, {**ROW, "next": "x"}], COLUMNS, stream, 30, colour=False)
    first, second = stream.getvalue().split("\n\n")
    assert "Next" not in first
    assert second.splitlines()[-1].split() == ["Next", "x"]


def test_before_anything_folds_the_gaps_are_narrowed() -> None:
    lines = drawn({**ROW, "next": LATE}, 85).splitlines()
    assert len(lines) == 2
    assert "2026-0001  関わり中（同意前）  髙橋" in lines[1]


def test_a_cell_folds_rather_after_a_space_and_keeps_those_within() -> None:
    assert _cell("鈴木 英二 ほか1", 12) == ["鈴木 英二", "ほか1"]
    assert _cell("家賃、生活費、仕事探し", 14) == ["家賃、生活費、", "仕事探し"]
    assert _cell("01/25 声かけ（53日超過） a", 14) == ["01/25 声かけ", "（53日超過） a"]
    assert _cell("x" * 9 + " b", 8) == ["x" * 8, "x b"]
    assert _cell("", 8) == [""]


@given(st.text("介護の（）、。abc123-/ ", min_size=1, max_size=60).filter(str.strip), st.integers(20, 120))
def test_every_sign_of_a_cell_is_on_the_screen(text: str, cells: int) -> None:
    found = drawn({**ROW, "next": text}, cells)
    rest = drawn({**ROW, "next": "."}, cells)
    assert max(map(width, found.splitlines())) <= cells
    assert sorted("".join((found + ".").split())) == sorted("".join((rest + text).split()))


def test_a_word_longer_than_the_screen_is_broken_not_cut() -> None:
    path = "/" + "folder/" * 12
    lines = drawn({**ROW, "next": path}, 80).splitlines()[1:]
    assert "".join(line.split("  ")[-1].strip() for line in lines) == path
