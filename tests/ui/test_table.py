"""Tables on narrow screens: everything of every cell is there, whatever has to stay whole beside it."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toshima_cli.domain.verdict import say
from toshima_cli.i18n import set_language
from toshima_cli.ui.out import Column
from toshima_cli.ui.page import Toned
from toshima_cli.ui.table import draw
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


@pytest.mark.parametrize("cells", [46, 50, 60, 66, 70, 80, 120])
def test_nothing_is_lost_beside_columns_that_stay_whole(cells: int) -> None:
    late = Toned("11/02 同意について話す（22日超過）", "red")
    text = drawn({**ROW, "next": late}, cells)
    assert "2026-0001   関わり中（同意前）" in text
    assert max(map(width, text.splitlines())) <= max(cells, 54)
    assert sorted("".join(text.split())) == sorted(
        "CaseStageHouseholdNext2026-0001関わり中（同意前）髙橋由美子ほか211/02同意について話す（22日超過）"
    )


@given(st.text("介護の（）、。abc123-/ ", min_size=1, max_size=60), st.integers(30, 100))
def test_every_sign_of_a_cell_is_on_the_screen(text: str, cells: int) -> None:
    found = drawn({**ROW, "next": text}, cells)
    rest = drawn({**ROW, "next": ""}, cells)
    assert sorted("".join(found.split())) == sorted("".join(rest.split()) + "".join(text.split()))


def test_a_word_longer_than_the_screen_is_broken_not_cut() -> None:
    path = "/" + "folder/" * 12
    lines = drawn({**ROW, "next": path}, 80).splitlines()[1:]
    assert "".join(line.split("   ")[-1].strip() for line in lines) == path
