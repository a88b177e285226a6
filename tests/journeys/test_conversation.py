"""The conversation on a real terminal: household A is taken in by answers alone, and nothing that was typed is lost."""

import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.desk import Desk, NearDesk, copy
from tests.terminal import CTRL_C, CTRL_D, CTRL_U, ENTER, Terminal, at_terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a Unix thing")

HOUSEHOLD_A = (
    # what is waited for, what is answered
    ("窓口", ""),
    ("受付日", ""),
    ("相談経路", "みんせい"),
    ("知らせてくれた方", "山田 民子"),
    ("ご本人との関係", "民生委員"),
    ("ご本人のお名前", "髙橋 由美子"),
    ("ふりがな", "たかはし ゆみこ"),
    ("生年月日", "S43.5.1"),
    ("続柄", ""),
    ("性別", "女性"),
    ("困りごと", "しごとさがし"),
    ("ほかになければ", "家族"),
    ("ほかになければ", ""),
    ("いちばんの困りごと", ""),
    ("住所", "豊島区東池袋１－２－３"),
    ("電話番号", ""),
    ("同じ世帯の方", "髙橋 優太"),
    ("ふりがな", "たかはし ゆうた"),
    ("生年月日", "19歳"),
    ("続柄", "長男"),
    ("困りごと", "ひきこもり"),
    ("ほかになければ", ""),
    ("同じ世帯の方", "髙橋 節子"),
    ("ふりがな", "たかはし せつこ"),
    ("生年月日", "昭和17年3月3日"),
    ("続柄", "はは"),
    ("困りごと", "介護"),
    ("ほかになければ", ""),
    ("同じ世帯の方", ""),
    ("世帯全体の困りごと", ""),
    ("ご相談の内容", "母の介護で退職した。"),
    ("", "息子は部屋から出ない。"),
    ("", ""),
)

FIRST = "相談受付"
SUMMARY = "直すところがあれば番号を"


@pytest.fixture
def csw(desk: Desk, data_folder: Path) -> Desk:
    return NearDesk(desk.db, today="2026-10-05")  # what is typed is on a terminal of its own; what is read need not be


def intake(desk: Desk, *words: str, columns: int = 80) -> Terminal:
    return Terminal(desk, "--as", "c01", "intake", *words, columns=columns)


def answered(terminal: Terminal, pairs: tuple[tuple[str, str], ...] = HOUSEHOLD_A) -> None:
    for see, text in pairs:
        terminal.answer(text, see=see)


def cases(desk: Desk) -> int:
    with closing(sqlite3.connect(desk.db)) as conn:
        return int(conn.execute("SELECT COUNT(*) FROM case_file").fetchone()[0])


def test_household_a_is_taken_in_by_answers(csw: Desk) -> None:
    with at_terminal(csw, "--as", "c01", "intake", fresh=True) as terminal:
        terminal.see(FIRST)
        answered(terminal)
        terminal.see("1968-05-01（58歳）", "19歳（生年月日は不明）", "髙橋 節子", SUMMARY)
        terminal.answer()
        terminal.see("受け付けました", "2026-0001", "route 2026-0001")
        assert terminal.end() == 0
    as_taken_in(csw)
    assert csw.json("--as", "c01", "intake", "--drafts") == []


def as_taken_in(desk: Desk) -> None:
    data = desk.json("show", "2026-0001")
    assert [(p["label"], p["name"], p["kana"], p["birth_date"], p["sex"], p["relation"]) for p in data["people"]] == [
        ("A", "髙橋 由美子", "たかはし ゆみこ", "1968-05-01", "female", "head"),
        ("B", "髙橋 優太", "たかはし ゆうた", None, "male", "child"),
        ("C", "髙橋 節子", "たかはし せつこ", "1942-03-03", "female", "parent"),
    ]
    assert [(c["person"], c["concern"], c["most_pressing"]) for c in data["concerns"]] == [
        ("A", "job", True),
        ("A", "family", False),
        ("B", "withdrawal", False),
        ("C", "care", False),
    ]
    assert data["note"] == "母の介護で退職した。\n息子は部屋から出ない。"
    assert data["household"]["address"] == "豊島区東池袋１－２－３"
    assert "19" in data["people"][1]["note"]
    assert (data["window"], data["opened_on"]) == ("csw", "2026-10-05")


def test_a_step_back_keeps_the_earlier_answer_and_a_line_of_the_summary_is_put_right(csw: Desk) -> None:
    with at_terminal(csw, "--as", "c01", "intake") as terminal:
        terminal.see(FIRST)
        answered(terminal, HOUSEHOLD_A[:5])
        terminal.answer("<", see="ご本人のお名前")
        terminal.see("ご本人との関係", "民生委員")  # the answer stands there, to be kept or changed
        terminal.answer(CTRL_U + "民生児童委員")
        answered(terminal, HOUSEHOLD_A[5:])
        terminal.see(SUMMARY)
        terminal.answer("3")
        terminal.answer("本人", see="民生委員・児童委員")
        terminal.see(SUMMARY)
        assert "山田" not in terminal.drawn, "who told us is not asked of the person themselves"
        terminal.answer("99")
        terminal.answer("", see="までの番号")
        assert terminal.end() == 0
    with closing(sqlite3.connect(csw.db)) as conn:
        assert conn.execute("SELECT channel FROM case_file").fetchone() == ("self",)
        assert conn.execute("SELECT COUNT(*) FROM reporter").fetchone() == (0,)


def test_wrong_answers_are_said_at_the_prompt_in_a_sentence(csw: Desk) -> None:
    with at_terminal(csw, "--as", "c01", "intake") as terminal:
        terminal.answer("まどぐちX", see="窓口")
        terminal.see("一覧にありません")
        terminal.answer("そうだん")
        terminal.see("どれでしょうか")
        terminal.answer("csw")
        terminal.answer("2026-02-30", see="受付日")
        terminal.see("という日はありません")
        terminal.answer("2027-01-01")
        terminal.see("先の")
        terminal.answer("R8.10.1")
        terminal.see("2026-10-01（木）")
        terminal.press(CTRL_C)
        assert terminal.end() == 130
    assert cases(csw) == 0


def test_an_option_given_is_not_asked(csw: Desk) -> None:
    words = ("--as", "c01", "intake", "--window", "korei-sogo", "--person", "A|大野 進||1940-01-02|male|head")
    with at_terminal(csw, *words) as terminal:
        terminal.answer("", see="受付日")
        terminal.answer("本人", see="相談経路")
        terminal.answer("介護", see="大野 進さんの困りごと")
        answered(
            terminal, (("ほかになければ", ""), ("住所", ""), ("電話番号", ""), ("世帯全体", ""), ("ご相談の内容", ""))
        )
        terminal.answer("", see=SUMMARY)
        assert terminal.end() == 0
        assert "ご本人のお名前" not in terminal.shown
    data = csw.json("show", "2026-0001")
    assert (data["window"], data["people"][0]["name"], data["concerns"][0]["concern"]) == (
        "korei-sogo",
        "大野 進",
        "care",
    )


LAST = 30
"""Where the lines of one answer begin; what stands behind them is the summary."""


def stopped(csw: Desk, places: Sequence[int]) -> None:
    """Household A is taken in by as many desks as there are places, each stopped behind its answer to that question: by
    Ctrl-C, kill -9 or a closed window, in turn."""
    answered_before = 0
    for turn, place in enumerate(places):
        with at_terminal(csw, "--as", "c01", "intake") as terminal:
            if turn:
                terminal.answer("", see="下書きがあります")
                terminal.see("ここまでの入力")
            answered(terminal, HOUSEHOLD_A[answered_before : place + 1])
            if place == LAST:
                answered(terminal, HOUSEHOLD_A[LAST + 1 :])
            see, text = HOUSEHOLD_A[place]
            following = "ほかになければ" if see == "ほかになければ" and text else HOUSEHOLD_A[place + 1][0]
            terminal.see(following if place < LAST else SUMMARY)
            match turn % 3:
                case 0:
                    terminal.press(CTRL_C)
                    assert terminal.end() == 130
                    assert "下書きに残しました" in terminal.shown
                case 1:
                    terminal.kill()
                case _:
                    terminal.hang_up()
        assert cases(csw) == 0
        answered_before = place + 1
    with at_terminal(csw, "--as", "c01", "intake") as terminal:
        terminal.answer("", see="下書きがあります")
        terminal.answer("", see=SUMMARY)
        assert terminal.end() == 0
    as_taken_in(csw)
    assert csw.json("--as", "c01", "intake", "--drafts") == []


def test_stopped_behind_a_question_the_same_command_goes_on_where_it_was(csw: Desk) -> None:
    """The first one; a name; one of several answers, and the end of them; another person, and what is asked of a third;
    nobody else; the lines of one answer. `make soak` stops at every question there is."""
    stopped(csw, (0, 5, 11, 12, 16, 23, 28, LAST))


@pytest.mark.soak
def test_stopped_at_each_question_the_same_command_goes_on_where_it_was(csw: Desk) -> None:
    stopped(csw, range(LAST + 1))


def test_ctrl_c_before_anything_was_typed_leaves_nothing(csw: Desk) -> None:
    with at_terminal(csw, "--as", "c01", "intake", fresh=True) as terminal:
        terminal.see("窓口")
        terminal.press(CTRL_C)
        assert terminal.end() == 130
        assert "下書きに残しました" not in terminal.shown
    assert csw.json("--as", "c01", "intake", "--drafts") == []


@pytest.mark.parametrize("ending", ["kill", "hang_up", "ctrl_d"])
def test_a_killed_terminal_costs_nothing_not_even_what_is_half_typed(csw: Desk, ending: str) -> None:
    terminal = intake(csw)
    answered(terminal, HOUSEHOLD_A[:5])
    terminal.see("ご本人のお名前")
    if ending == "ctrl_d":
        terminal.press(CTRL_D)
        assert terminal.end() == 130
    else:
        terminal.press("髙橋 由美")
        terminal.see("髙橋 由美")
        terminal.kill() if ending == "kill" else terminal.hang_up()
    assert cases(csw) == 0
    (draft,) = csw.json("--as", "c01", "intake", "--drafts")
    assert (draft["window"], draft["command"], draft["people"]) == ("csw", "intake", 0)
    with at_terminal(csw, "--as", "c01", "intake") as again:
        again.answer("", see="下書きがあります")
        again.see("ここまでの入力", "山田 民子", "ご本人のお名前")
        if ending != "ctrl_d":
            again.see("髙橋 由美")
        again.answer("子" if ending != "ctrl_d" else "髙橋 由美子")
        again.see("ふりがな")
        again.press(CTRL_C)
        assert again.end() == 130


def test_a_draft_may_be_left_or_thrown_away(csw: Desk) -> None:
    for _ in range(2):
        with at_terminal(csw, "--as", "c01", "intake") as terminal:
            terminal.see("下書きがあります" if _ else "窓口")
            if _:
                terminal.answer("new")
            terminal.answer("", see="窓口")
            terminal.see("受付日")
            terminal.press(CTRL_C)
            assert terminal.end() == 130
    assert len(csw.json("--as", "c01", "intake", "--drafts")) == 2
    assert csw.json("--as", "k03", "intake", "--drafts") == [], "drafts are of who typed them"


def test_a_discarded_draft_is_gone_from_the_file(csw: Desk, data_folder: Path) -> None:
    with at_terminal(csw, "--as", "c01", "intake") as terminal:
        answered(terminal, HOUSEHOLD_A[:6])
        terminal.see("ふりがな")
        terminal.press(CTRL_C)
        assert terminal.end() == 130
    with at_terminal(csw, "--as", "c01", "intake") as terminal:
        terminal.answer("discard", see="下書きがあります")
        terminal.see("窓口")
        terminal.press(CTRL_C)
        assert terminal.end() == 130
    assert csw.json("--as", "c01", "intake", "--drafts") == []
    files = [path for path in (data_folder / "toshima").iterdir() if path.is_file()]
    assert files
    assert not any("由美子".encode() in path.read_bytes() or b"\\u7531" in path.read_bytes() for path in files)
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)


def test_a_window_of_twenty_columns(csw: Desk) -> None:
    with at_terminal(csw, "--as", "c01", "intake", columns=20, rows=60) as terminal:
        answered(terminal)
        terminal.answer("", see="なければ Enter")
        assert terminal.end() == 0
    assert len(csw.json("show", "2026-0001")["people"]) == 3


def test_where_nobody_can_answer_everything_missing_is_named_and_stdin_is_left_alone(csw: Desk) -> None:
    typed = csw.run("intake", stdin="csw\n")
    assert typed.code == 6
    assert all(option in typed.err for option in ("--window", "--person", "--concern"))
    assert typed.out == ""
    with at_terminal(csw, "--as", "c01", "--no-input", "intake") as terminal:
        assert terminal.end() == 6
    with at_terminal(csw, "--as", "c01", "intake", CI="1") as terminal:
        assert terminal.end() == 6


def test_books_that_are_busy_do_not_stop_typing(csw: Desk) -> None:
    with at_terminal(csw, "--as", "c01", "intake") as terminal:
        answered(terminal, HOUSEHOLD_A[:6])
        terminal.see("ふりがな")
        with closing(sqlite3.connect(csw.db, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answered(terminal, HOUSEHOLD_A[6:])
            terminal.see(SUMMARY)
            other.execute("ROLLBACK")
        terminal.answer()
        assert terminal.end() == 0
    assert cases(csw) == 1


def test_nothing_hostile_that_is_typed_reaches_the_screen(csw: Desk) -> None:
    with at_terminal(csw, "--as", "c01", "intake", "--reporter", "\x1b]0;owned\x07\u202egnp") as terminal:
        answered(terminal, HOUSEHOLD_A[:3])
        answered(terminal, HOUSEHOLD_A[4:])
        terminal.see(SUMMARY)
        terminal.answer(ENTER)
        assert terminal.end() == 0
        assert "\x1b]0;owned" not in terminal.raw
        assert "\u202e" not in terminal.raw


def test_the_board_names_drafts_by_their_time_and_where_they_are(csw: Desk) -> None:
    with at_terminal(csw, "--as", "c01", "intake") as terminal:
        answered(terminal, HOUSEHOLD_A[:7])
        terminal.see("生年月日")
        terminal.press(CTRL_C)
        assert terminal.end() == 130
    board = csw.ok("--as", "c01", "status").out
    assert "下書き" in board
    assert "toshima intake --drafts" in board or "intake --drafts" in board
    assert "由美子" not in board
    (draft,) = csw.json("--as", "c01", "status")["drafts"]
    assert (draft["command"], draft["people"], draft["window"]) == ("intake", 1, "csw")
    assert csw.json("--as", "k03", "status")["drafts"] == []


def test_somebody_told_of_by_mistake_is_taken_out_and_nobody_after_them_is_lost(csw: Desk) -> None:
    with at_terminal(csw, "--as", "c01", "intake") as terminal:
        answered(terminal)
        terminal.answer("8", see=SUMMARY)
        terminal.answer(CTRL_U, see="同じ世帯の方")
        terminal.see(SUMMARY)
        assert "優太" not in terminal.drawn
        terminal.answer()
        assert terminal.end() == 0
    data = csw.json("show", "2026-0001")
    assert [(p["label"], p["name"]) for p in data["people"]] == [("A", "髙橋 由美子"), ("B", "髙橋 節子")]
    assert [(c["person"], c["concern"]) for c in data["concerns"]] == [("A", "job"), ("A", "family"), ("B", "care")]


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk, which needs root on Linux"
)
def test_books_that_cannot_be_written_stop_nobody_typing(csw: Desk, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.system(f"mount -t tmpfs -o size=16m tmpfs '{disk}' 2>/dev/null") != 0:
        pytest.skip("this machine does not let us mount a disk")
    try:
        fixed = NearDesk(copy(csw.db, disk / "books.db"), today=csw.today)
        os.system(f"mount -o remount,ro '{disk}'")
        with at_terminal(fixed, "--as", "c01", "intake") as terminal:
            answered(terminal)
            terminal.see(SUMMARY)
            terminal.answer()
            assert terminal.end() == 5
            assert "いまは記録を確かめられません" in terminal.shown
            assert "下書きに残しました" in terminal.shown
        os.system(f"mount -o remount,rw '{disk}'")
        with at_terminal(fixed, "--as", "c01", "intake") as terminal:
            terminal.answer("", see="下書きがあります")
            terminal.answer("", see=SUMMARY)
            assert terminal.end() == 0
        as_taken_in(fixed)
    finally:
        os.system(f"umount '{disk}'")
