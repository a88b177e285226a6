"""Nothing anybody typed reaches a terminal or a spreadsheet as anything but letters."""

import json
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toshima_cli.ui.text import fold, inert, json_safe, readable, uninert, visible, width

ANY = st.text(st.characters(), max_size=40)
SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


def test_every_character_that_acts_is_shown_as_a_sign() -> None:
    acting = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    shown_raw = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in acting and visible(chr(code)) == chr(code)
    ]
    assert shown_raw == []


def test_letters_signs_and_gaiji_stay() -> None:
    text = "髙﨑 𠮷野 ｶﾅ Ａ１ ①○→ 　 \ue000 é e\u0301 が か\u3099 👍 ［urgent］ [red] [/b] :smile: \\033[31m %_'\""
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("\x1b[31m", "␛[31m"),
        ("\x1b]52;c;eA==\x07", "␛]52;c;eA==␇"),
        ("\x9b31m", "<U+009B>31m"),
        ("a\u202eb", "a<U+202E>b"),
        ("a\u200bb", "a<U+200B>b"),
        ("\0", "␀"),
        ("\x7f", "␡"),
        ("a\tb\r\n", "a␉b␍␊"),
        ("\ufeff", "<U+FEFF>"),
        ("\u3164", "<U+3164>"),
        ("\udc80", "<U+DC80>"),
        ("\U000e0041", "<U+E0041>"),
    ],
)
def test_signs(text: str, sign: str) -> None:
    assert visible(text) == sign


def test_variation_selectors_stay_behind_ideographs_only() -> None:
    for text in ("辻\U000e0100", "邊\U000e0101さん", "神\ufe00", "𠮷\ufe01"):
        assert visible(text) == text
    assert visible("a\ufe0f") == "a<U+FE0F>"
    assert visible("\U000e0100") == "<U+E0100>"
    assert visible("辻\U000e0100\U000e0100") == "辻\U000e0100<U+E0100>"


def test_what_the_caller_lays_out_is_kept() -> None:
    assert visible("a\nb\tc", keep="\n") == "a\nb␉c"


@given(ANY)
def test_visible_text_is_already_visible(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(ANY)
def test_json_keeps_the_text_and_shows_a_terminal_nothing(text: str) -> None:
    document = json_safe(json.dumps({"text": text}, ensure_ascii=False, indent=1))
    assert json.loads(document) == {"text": text}
    document.encode("utf-8")
    assert not [c for c in document if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c != "\n"]


def test_json_keeps_what_is_not_ascii() -> None:
    assert json_safe('"髙\U000e0100橋"') == '"髙\U000e0100橋"'
    assert json_safe('"\u202e\U000e0041"') == r'"\u202e\udb40\udc41"'


@given(ANY | st.tuples(st.sampled_from("=+-@\t\r\n＝＋－＠'"), ANY).map("".join))
@example("'=1")
@example("''=1")
@example("'")
def test_no_cell_is_a_formula_and_every_cell_comes_back(text: str) -> None:
    assert inert(text)[:1] not in [*"=+-@\t\r\n＝＋－＠"]
    assert uninert(inert(text)) == text


@pytest.mark.parametrize("text", ["'90s", "", "a=1", "'"])
def test_a_cell_that_was_never_marked_is_unchanged(text: str) -> None:
    assert uninert(text) == text


def test_readable() -> None:
    assert readable("髙\U000e0100橋\n\t")
    assert not readable("a\udcff")
    assert not readable("a\0")


def test_width_counts_cells() -> None:
    assert [width(t) for t in ("abc", "髙橋", "ｶﾅ", "Ａ", "か\u3099", "辻\U000e0100", "①")] == [3, 4, 2, 2, 2, 2, 1]


def test_fold_breaks_japanese_anywhere_and_words_whole() -> None:
    assert fold("介護のことで困っています", 10) == ["介護のこと", "で困ってい", "ます"]
    assert fold("one two three", 8) == ["one two", "three"]
    assert fold("", 8) == [""]
    assert fold("abcdefghij", 4) == ["abcdefghij"]
    assert fold("x /a/long/path y", 6) == ["x", "/a/long/path", "y"]


def test_fold_never_starts_a_line_with_a_stop_nor_ends_one_with_a_bracket() -> None:
    assert fold("困っています。次に", 12) == ["困っていま", "す。次に"]
    assert fold("これは（区の計画）です", 8) == ["これは", "（区の計", "画）です"]


@given(ANY, st.integers(4, 40))
def test_fold_loses_nothing_but_spaces_and_stays_within(text: str, cells: int) -> None:
    lines = fold(visible(text), cells)
    assert "".join(lines).replace(" ", "") == visible(text).replace(" ", "")
    assert all(width(line) <= cells or line.isascii() for line in lines)
