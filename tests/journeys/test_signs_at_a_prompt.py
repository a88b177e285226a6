"""What people type that is no answer: `<`, `-`, a word instead of y or n, and a hint with its placeholders."""

import os

import pytest

from tests.desk import Desk
from tests.terminal import CTRL_C, ENTER, at_terminal

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a Unix thing"),
    pytest.mark.usefixtures("data_folder"),
]

CASE = "2026-0001"
SUMMARY = "直すところがあれば番号を"


def test_back_and_none_behind_what_stands_there_are_what_they_are_on_an_empty_line(engaging: Desk) -> None:
    words = ("outreach", "new", "--why", "unaware", "--window", "csw", "--on", "2026-11-20", "--channel", "self")
    with at_terminal(engaging, *words) as terminal:
        for see, text in (
            ("事業", ""),
            ("把握した様子", "郵便物"),
            ("", ""),
            ("お名前", "田中 一郎"),
            ("ふりがな", "たなか"),
            ("生年月日", "<"),
            ("ふりがな", "<"),
            ("お名前", ""),
            ("ふりがな", "－"),
            ("生年月日", "<"),
        ):
            terminal.answer(text, see=see)
        terminal.see("ふりがな")
        terminal.press("いちろう" + ENTER)
        terminal.see("生年月日")
        terminal.press(CTRL_C)
        assert terminal.end() == 130
    with at_terminal(engaging, *words) as terminal:
        terminal.answer("", see="下書き")
        terminal.see("田中 一郎", "いちろう", "生年月日")
        assert not [sign for sign in ("たなか", "一郎<", "一郎‹") if sign in terminal.shown]


def test_back_on_a_line_of_its_own_leaves_the_lines_before_it(engaging: Desk) -> None:
    with at_terminal(engaging, "progress", CASE, "--method", "visit", "--on", "2026-11-20") as terminal:
        for see, text in (("どなた", "A"), ("経過の内容", "一行目"), ("", "＜"), ("どなた", "B"), ("経過の内容", "")):
            terminal.answer(text, see=see)
        for see in ("新たに", "次の対応の日", SUMMARY):
            terminal.answer(see=see)
        assert terminal.end() == 0
    note = engaging.json("show", CASE)["progress"][0]
    assert (note["person"], note["text"]) == ("B", "一行目")


def test_back_behind_a_line_half_typed_leaves_that_line(engaging: Desk) -> None:
    words = ("progress", CASE, "--method", "visit", "--on", "2026-11-20")
    with at_terminal(engaging, *words) as terminal:
        terminal.answer("A", see="どなた")
        terminal.see("経過の内容")
        terminal.press("途中")
        terminal.see("途中")
        terminal.press(CTRL_C)
        assert terminal.end() == 130
    with at_terminal(engaging, *words) as terminal:
        for see, text in (("下書き", ""), ("途中", "<"), ("どなた", "B"), ("途中", ""), ("新たに", "")):
            terminal.answer(text, see=see)
        for see in ("次の対応の日", SUMMARY):
            terminal.answer(see=see)
        assert terminal.end() == 0
    note = engaging.json("show", CASE)["progress"][0]
    assert (note["person"], note["text"]) == ("B", "途中")


def test_a_word_that_is_neither_yes_nor_no_is_asked_again_on_an_empty_line(engaging: Desk) -> None:
    engaging.ok("consent", CASE, "B", "--given", "--scope", "sharing", "--method", "oral")
    with at_terminal(engaging, "undo") as terminal:
        terminal.answer("abc", see="(y/N)")
        terminal.answer("はい", see="y か n で")
        assert terminal.end() == 0
    assert engaging.json("show", CASE)["people"][1]["consent"]["sharing"] == "none"


def test_a_no_to_the_last_question_keeps_what_was_typed(engaging: Desk) -> None:
    with at_terminal(engaging, "close", CASE) as terminal:
        for see, text in (
            ("終結の理由", "きぼうしない"),
            ("終わりの日", ""),
            ("これまでの働きかけ", "訪問を3回"),
            ("", ""),
            (SUMMARY, ""),
            ("(y/N)", ""),
        ):
            terminal.answer(text, see=see)
        assert terminal.end() == 0
        assert "下書きに残しました" in terminal.shown
    assert [draft["command"] for draft in engaging.json("intake", "--drafts")] == ["close"]


def test_the_line_that_lists_the_drafts_is_of_whoever_types(engaging: Desk) -> None:
    with at_terminal(engaging, "--as", "k03", "progress", CASE, "--method", "visit") as terminal:
        terminal.answer("11/20", see="日付")
        terminal.see("どなた")
        terminal.press(CTRL_C)
        assert terminal.end() == 130
        assert "toshima --as k03 intake --drafts" in " ".join(terminal.shown.split())


class TestAHintWithItsPlaceholders:
    WORDS = ("progress", CASE, "--method", "visit", "--note", "TEXT", "--next", "DATE")

    def test_is_missing_answers_where_nobody_can_be_asked(self, engaging: Desk) -> None:
        typed = engaging.run(*self.WORDS)
        assert typed.code == 6
        assert [name for name in ("--note", "--next") if name not in typed.err] == []
        assert engaging.json("show", CASE)["progress"] == []

    def test_of_a_yes_too(self, engaging: Desk) -> None:
        engaging.refused("consent", CASE, "B", "--given", "--scope", "plan,sharing", "--method", "METHOD", code=6)
        assert engaging.json("show", CASE)["people"][1]["consent"]["sharing"] == "none"

    def test_is_asked_for_at_a_terminal(self, engaging: Desk) -> None:
        with at_terminal(engaging, *self.WORDS) as terminal:
            for see, text in (("日付", ""), ("どなた", ""), ("経過の内容", "会えた"), ("", "")):
                terminal.answer(text, see=see)
            for see, text in (
                ("新たに", ""),
                ("次の対応の日", "2026-12-01"),
                ("次の対応の内容", "電話"),
                (SUMMARY, ""),
            ):
                terminal.answer(text, see=see)
            assert terminal.end() == 0
        note = engaging.json("show", CASE)["progress"][0]
        assert (note["text"], note["next_on"]) == ("会えた", "2026-12-01")


def test_a_sitting_is_called_in_the_words_of_the_screen(engaging: Desk) -> None:
    with at_terminal(engaging, "convene") as terminal:
        for see, text in (
            ("会議体", "関係者会議"),
            ("", "2026-12-10"),
            ("事例", CASE),
            ("", ""),
            ("出席予定", ""),
            (SUMMARY, ""),
        ):
            terminal.answer(text, see=see)
        assert terminal.end() == 0
    meeting = engaging.json("meetings")[0]
    assert (meeting["body"], meeting["items"]) == ("stakeholder", 1)
