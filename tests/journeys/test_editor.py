"""A long text in the person's own editor: nothing it saved is lost, and nothing of it opens anywhere else."""

import os
import stat
import time
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.terminal import CTRL_C, Terminal, at_terminal

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a Unix thing"),
    pytest.mark.usefixtures("data_folder"),
]

CASE = "2026-0001"
SUMMARY = "直すところがあれば番号を"


def test_a_long_text_may_be_written_in_an_editor(engaging: Desk, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "一行目\\n\\n三行目" > "$1"\nls -l "$1" > "%s"\n' % (tmp_path / "mode"))
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    with at_terminal(engaging, "progress", CASE, "--method", "visit", EDITOR=str(editor), VISUAL="") as terminal:
        for see, text in (
            ("日付", ""),
            ("どなたのことか", ""),
            ("経過の内容", "e"),
            ("新たに", ""),
            ("次の対応の日", ""),
        ):
            terminal.answer(text, see=see)
        terminal.answer("", see=SUMMARY)
        assert terminal.end() == 0
    assert engaging.json("show", CASE)["progress"][0]["text"] == "一行目\n\n三行目"
    assert (tmp_path / "mode").read_text().startswith("-rw-------")
    assert not list((tmp_path / "data" / "toshima").glob("draft-*.txt"))


def test_an_editor_that_does_not_run_is_said_and_nothing_is_lost(engaging: Desk) -> None:
    with at_terminal(engaging, "progress", CASE, "--method", "visit", EDITOR="/nowhere/ed", VISUAL="") as terminal:
        for see, text in (("日付", ""), ("どなたのことか", ""), ("経過の内容", "e"), ("起動できません", "ここに書く")):
            terminal.answer(text, see=see)
        terminal.answer("")
        terminal.see("新たにわかったこと")
        terminal.press(CTRL_C)
        assert terminal.end() == 130


def _editor(tmp_path: Path, script: str) -> str:
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    return str(editor)


def _to_the_note(terminal: Terminal, *more: tuple[str, str]) -> None:
    for see, text in (("日付", ""), ("どなたのことか", ""), ("経過の内容", "e"), *more):
        terminal.answer(text, see=see)


PROGRESS = ("progress", CASE, "--method", "visit")


@pytest.mark.parametrize("ends", ["kill -9 $$", "exit 1"])
def test_what_an_editor_saved_before_it_ended_badly_stands_in_the_prompt(
    engaging: Desk, tmp_path: Path, ends: str
) -> None:
    editor = _editor(tmp_path, f"printf '長い記録\n二行目' > \"$1\"; {ends}")
    with at_terminal(engaging, *PROGRESS, EDITOR=editor, VISUAL="") as terminal:
        _to_the_note(terminal)
        terminal.see("エラーで終わりました", "二行目")
        terminal.press(CTRL_C)
        assert terminal.end() == 130
    with at_terminal(engaging, *PROGRESS) as terminal:
        for see, text in (
            ("下書き", ""),
            ("長い記録", ""),
            ("", ""),
            ("新たに", ""),
            ("次の対応の日", ""),
            (SUMMARY, ""),
        ):
            terminal.answer(text, see=see)
        assert terminal.end() == 0
    assert engaging.json("show", CASE)["progress"][0]["text"] == "長い記録\n二行目"


def test_what_an_editor_saved_before_the_terminal_was_killed_opens_again_in_this_draft_alone(
    engaging: Desk, tmp_path: Path
) -> None:
    saved = tmp_path / "saved"
    editor = _editor(tmp_path, f"printf '避難先' > \"$1\"; touch {saved}; sleep 60")
    with at_terminal(engaging, "--as", "k03", *PROGRESS, EDITOR=editor, VISUAL="") as terminal:
        _to_the_note(terminal)
        while not saved.exists():
            time.sleep(0.05)
        terminal.kill()
    folder = tmp_path / "data" / "toshima"
    assert len(list(folder.glob("draft-*.txt"))) == 1
    looking = _editor(tmp_path, 'echo "[$(cat "$1")]" >&2; printf x > "$1"')
    with at_terminal(engaging, "--as", "e01", *PROGRESS, EDITOR=looking, VISUAL="") as terminal:
        _to_the_note(terminal, ("新たに", ""))
        assert "避難先" not in terminal.shown
        assert "[]" in terminal.shown
    with at_terminal(engaging, "--as", "k03", *PROGRESS, EDITOR=looking, VISUAL="") as terminal:
        for see, text in (("下書き", ""), ("経過の内容", "")):
            terminal.answer(text, see=see)
        terminal.see("[避難先]", "新たに")
    assert not list(folder.glob("draft-*.txt"))


def test_a_discarded_draft_takes_along_what_an_editor_saved(engaging: Desk, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    editor = _editor(tmp_path, f"printf '避難先' > \"$1\"; touch {saved}; sleep 60")
    with at_terminal(engaging, *PROGRESS, EDITOR=editor, VISUAL="") as terminal:
        _to_the_note(terminal)
        while not saved.exists():
            time.sleep(0.05)
        terminal.kill()
    with at_terminal(engaging, *PROGRESS) as terminal:
        terminal.answer("discard", see="下書き")
        terminal.see("日付")
    assert not list((tmp_path / "data" / "toshima").glob("draft-*.txt"))
