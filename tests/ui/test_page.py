"""A screen as lines: labels in one column, tables aligned, long text folded, nothing acting."""

from datetime import date

import pytest

from toshima_cli import i18n
from toshima_cli.domain.terms import Stage
from toshima_cli.domain.verdict import say
from toshima_cli.ui.page import Beside, Page, Short, Toned
from toshima_cli.ui.text import width


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.set_language("en")


def test_values_are_spoken_in_a_line() -> None:
    page = Page()
    page.line("2026-0042", Stage.ENGAGING, date(2026, 10, 5), ("A", "B"), 3, None, "")
    assert page.plain(80) == "2026-0042   engaging, before consent   2026-10-05   A, B   3\n"


def test_a_line_too_long_takes_another() -> None:
    page = Page()
    page.line("2026-0042", "髙橋 由美子さん世帯", "プラン作成中", indent=2)
    assert page.plain(30).splitlines() == ["  2026-0042", "  髙橋 由美子さん世帯", "  プラン作成中"]


def test_the_right_edge() -> None:
    page = Page()
    page.line("Refused", right="consent.plan")
    page.line("介護" * 9, right="consent.plan")
    assert page.plain(40).splitlines() == [
        "Refused" + " " * 21 + "consent.plan",
        "介護" * 9,
        " " * 28 + "consent.plan",
    ]


def test_labels_share_a_column_and_their_text_hangs_in_it() -> None:
    page = Page()
    page.block(say("同意"), "A あり", "B あり")
    page.block("困りごと", "仕事探しのことと介護のことで困っています")
    page.block("なし")
    lines = page.plain(34).splitlines()
    assert lines[:3] == ["同意        A あり", "            B あり", "困りごと    仕事探しのことと介護の"]
    assert lines[3].startswith(" " * 12)
    assert lines[-1] == "なし"


def test_a_table_is_aligned_by_cells_and_folds_its_last_column() -> None:
    page = Page()
    page.table(
        [("2026-0031", "", "支援中", "住まい"), ("2026-0042", None, "engaging", "介護のこと" * 4), ("x",)], indent=1
    )
    lines = page.plain(46).splitlines()
    assert lines[0] == " 2026-0031   支援中     住まい"
    assert lines[1] == " 2026-0042   engaging   介護のこと介護のこと介"
    assert lines[2] == " " * 24 + "護のこと介護のこと"
    assert lines[3] == " x"
    empty = Page()
    empty.table([])
    assert empty.plain(80) == ""


def test_what_was_typed_cannot_act_nor_leave_its_place() -> None:
    page = Page()
    page.table([("\x1b[31m", "a\nb")])
    page.block("x\x9b", "first\nsecond\x07")
    page.line("one\r\ntwo")
    assert page.plain(80).splitlines() == ["␛[31m   a␊b", "x<U+009B>    first", " " * 13 + "second␇", "one␍", "two"]


def test_a_line_to_paste_is_never_folded() -> None:
    page = Page()
    page.paste("toshima route 2026-0042 --complex --coordinator k03 --reason " + "x" * 60)
    assert page.plain(40).count("\n") == 1


def test_tones_are_kept_beside_their_words() -> None:
    page = Page()
    page.line(Toned(say("4 days overdue"), "red"), "x")
    page.table([(Toned("done", "dim"), "y")])
    assert ("4 days overdue", "red") in page.lines(80)[0]
    assert ("done", "dim") in page.lines(80)[1]


def test_a_very_narrow_screen_still_shows_everything() -> None:
    page = Page()
    page.block("label", "word " * 5)
    assert "".join(page.plain(5).split()).count("word") == 5
    assert all(width(line) <= 20 for line in page.plain(5).splitlines())


def test_branches_hang_on_their_own_stem() -> None:
    page = Page()
    page.tree([(0, ["a"]), (1, ["b"]), (2, ["c"]), (1, ["d"]), (0, ["e", "長い話を二つに折る"]), (1, ["f"])])
    assert page.plain(20).splitlines() == [
        "|-- a",
        "|   |-- b",
        "|   |   `-- c",
        "|   `-- d",
        "`-- e",
        "    長い話を二つに折",
        "    る",
        "    `-- f",
    ]


def test_a_line_in_parts_breaks_between_them() -> None:
    page = Page()
    page.block("People", Beside(("A one", "B two", None, Toned("C three", "dim"))))
    assert page.plain(80).splitlines() == ["People    A one   B two   C three"]
    assert page.plain(28).splitlines() == ["People    A one   B two", "          C three"]


def test_of_a_short_line_the_beginning_stands_and_it_says_so() -> None:
    page = Page()
    page.block("Note", Short("介護のこと" * 4), Short(Toned("短い", "red")), Short("介護のこと" * 4, lines=2))
    lines = page.plain(28).splitlines()
    assert lines == [
        "Note    介護のこと介護のこ…",
        "        短い",
        "        介護のこと介護のこと",
        "        介護のこと介護のこと",
    ]
    assert max(map(width, lines)) <= 28
