"""What would be taken back is seen before anybody is asked, on a real terminal."""

import os
import sqlite3
from contextlib import closing

import pytest

from tests.desk import Desk
from tests.terminal import ENTER, at_terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a Unix thing")

CASE = "2026-0001"


def undone(desk: Desk) -> int:
    with closing(sqlite3.connect(desk.db)) as conn:
        found: int = conn.execute("SELECT COUNT(*) FROM act WHERE undone_by IS NOT NULL").fetchone()[0]
        return found


@pytest.fixture
def consented(engaging: Desk) -> Desk:
    engaging.lang = "en"
    engaging.ok("consent", CASE, "B", "--given", "--scope", "plan,sharing", "--method", "oral", today="2026-11-24")
    return engaging


def test_it_shows_what_would_be_taken_back_and_asks(consented: Desk) -> None:
    with at_terminal(consented, "undo") as terminal:
        terminal.see(
            "consent given", "2026-11-24", "household of", "由美子", "consent of B, plan, sharing", "Take it back?"
        )
        terminal.see("Nothing recorded later")
        terminal.press("n" + ENTER)
        assert terminal.end() == 0
    assert undone(consented) == 0
    with at_terminal(consented, "undo") as terminal:
        terminal.see("Take it back?")
        terminal.press("y" + ENTER)
        assert terminal.end() == 0
    assert undone(consented) == 1
    assert consented.json("show", CASE)["people"][1]["consent"]["plan"] == "none"


def test_masked_it_names_nobody(consented: Desk) -> None:
    with at_terminal(consented, "--mask", "undo") as terminal:
        terminal.see("Take it back?")
        assert "由美子" not in terminal.drawn
        terminal.press("n" + ENTER)
        terminal.end()


def test_what_stands_on_it_is_said_and_nobody_is_asked(consented: Desk) -> None:
    to = ("--to", "hikikomori", "--person", "B", "--ground", "consent")
    consented.ok("--as", "k03", "route", CASE, *to, today="2026-11-24")
    with at_terminal(consented, "undo") as terminal:
        terminal.see("something recorded later stands on it", "k03")
        assert terminal.end() == 3
        assert "Take it back?" not in terminal.shown
    assert undone(consented) == 0


def test_a_no_without_a_reason_is_not_asked_about(consented: Desk) -> None:
    consented.ok("consent", CASE, "B", "--withdrawn", "--method", "oral", today="2026-11-24")
    with at_terminal(consented, "undo") as terminal:
        terminal.see("without a reason")
        assert terminal.end() == 3
    with at_terminal(consented, "undo", "--reason", "別の人だった") as terminal:
        terminal.see("withdrawal of consent", "Take it back?")
        terminal.press("y" + ENTER)
        assert terminal.end() == 0
    assert undone(consented) == 1
