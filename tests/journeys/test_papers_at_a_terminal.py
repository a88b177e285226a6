"""Handing out papers at a terminal: each text is looked at, and no answer is lost."""

from pathlib import Path

from tests.desk import Desk
from tests.terminal import at_terminal

CASE, HELD = "2026-0001", "M2026-0002"
LEFT_OUT = "（確認のうえ、掲載を見合わせました）"


def test_an_answer_about_a_text_is_kept_as_it_is_given(engaging: Desk, tmp_path: Path) -> None:
    desk, file = engaging, tmp_path / "paper.md"
    desk.today = "2026-11-13"
    desk.ok("consent", CASE, "A", "--given", "--scope", "plan,sharing", "--method", "oral", today="2026-11-02")
    for note in ("Bさんの進路を心配している", "節子さんの通院に付き添った", "家族で話した"):
        desk.ok("progress", CASE, "--method", "visit", "--person", "A", "--note", note, today="2026-11-03")
    desk.ok("convene", "subcommittee", "--on", "2026-11-19", "--attendee", "c01")
    texts = [one["text"] for one in desk.json("agenda", HELD, "--for", "c01", "--preview")["texts"]]
    first, second, third, fourth, fifth = dict.fromkeys(texts)  # a text of two items is one question
    line = ("--as", "k03", "agenda", HELD, "--for", "c01", "-o", str(file))
    with at_terminal(desk, *line, TOSHIMA_LANG="en") as terminal:
        terminal.see("Texts to be looked at first: 5", first)
        terminal.answer("y", see="1/5 Does it go into the papers?")
        terminal.answer("n", see="2/5 Does it go into the papers?")
        terminal.see("3/5")
        terminal.press("\x03")
        assert terminal.end() == 130
    assert (file.exists(), desk.json("agenda", HELD, "--copies")) == (False, [])
    # the third is the first that is asked about now; a window that is closed loses no answer either
    with at_terminal(desk, *line, TOSHIMA_LANG="en") as terminal:
        terminal.see("Texts to be looked at first: 3", third)
        terminal.answer("y", see="1/3")
        terminal.see("2/3")
        terminal.kill()
    assert (file.exists(), desk.json("agenda", HELD, "--copies")) == (False, [])
    desk.ok(*line, "--without", fourth, "--checked", fifth)
    assert file.read_text().count(LEFT_OUT) == 3, "the second stands in two items"
    # what was said by mistake is said anew by its id, in a new copy
    desk.ok(*line, "--force", "--checked", second)
    assert file.read_text().count(LEFT_OUT) == 1
    assert [row["copy"] for row in desk.json("agenda", HELD, "--copies")] == [1, 2]
