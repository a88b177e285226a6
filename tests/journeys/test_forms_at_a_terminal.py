"""Filling a form at a terminal: each text is looked at before it goes in."""

from pathlib import Path

from tests.desk import Desk
from tests.terminal import at_terminal
from tests.ui.xlsx_reader import read

CASE = "2026-0001"


def test_each_text_is_asked_about_and_an_interruption_writes_nothing(engaging: Desk, tmp_path: Path) -> None:
    desk, file = engaging, tmp_path / "intake.xlsx"
    desk.today = "2026-11-13"
    desk.ok("consent", CASE, "A", "--given", "--scope", "plan,sharing", "--method", "oral", today="2026-11-02")
    asked = [t["text"] for t in desk.json("report", "form", "intake", CASE)["to_look_at"]]
    assert f"{CASE}/A/note" in asked, "it says 母, who is not shown"
    line = ("--as", "k03", "report", "form", "intake", CASE, "-o", str(file))
    with at_terminal(desk, *line, TOSHIMA_LANG="en") as terminal:
        terminal.answer("y", see="1/4 Does it go into the form?")
        terminal.see("2/4")
        terminal.press("\x03")
        assert terminal.end() == 130
    assert not file.exists()
    with at_terminal(desk, *line, TOSHIMA_LANG="en") as terminal:
        terminal.see("Not shown in this form")
        for nth, text in enumerate(asked, start=1):
            terminal.see(text)
            terminal.answer("y" if text.endswith("/note") else "n", see=f"{nth}/4")
        terminal.see("Written")
        assert terminal.end() == 0
    words = [str(cell.value) for cell in read(file.read_bytes()).sheets["1"].values()]
    assert any("近所の方が心配し" in word for word in words)
    assert not any(word.startswith("☑ Welfare") for word in words), "through whom: left out"
    assert sum("looked at and left out" in word for word in words) == 2


def test_which_form_is_chosen_from_a_list_and_a_wrong_word_is_asked_again_at_once(engaging: Desk) -> None:
    desk = engaging
    desk.today = "2026-11-13"
    with at_terminal(desk, "--as", "k03", "report", "form") as terminal:
        terminal.answer("年報", see="票の種類")
        terminal.see("一覧")
        terminal.answer("\x15支援経過")
        terminal.answer(CASE, see="事例")
        terminal.answer(see="直すところがあれば番号を")
        terminal.see("支援経過記録シート", "【取扱注意】非公開")
        assert terminal.end() == 0


def test_what_is_recorded_nowhere_leaves_no_draft_behind(engaging: Desk) -> None:
    desk = engaging
    for line, asked in (
        (("report", "form"), "票の種類"),
        (("gate",), "事例"),
        (("report", "monthly", "--cases"), "キーで指定"),
    ):
        with at_terminal(desk, "--as", "k03", *line, fresh=True) as terminal:
            terminal.see(asked)
            terminal.press("intake")
            terminal.see("intake")
            terminal.press("\x03")
            assert terminal.end() == 130
            assert "下書き" not in terminal.shown
    assert desk.json("--as", "k03", "intake", "--drafts") == []
