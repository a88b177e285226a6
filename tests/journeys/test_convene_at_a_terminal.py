"""`convene` on a real terminal: the regular day of the body is what a blank answer means."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.desk import Desk, NearDesk, copy
from tests.terminal import at_terminal

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a Unix thing"),
    pytest.mark.usefixtures("data_folder"),
]

SUMMARY = "Number of a line"


@pytest.fixture
def desk(engaged: Path, tmp_path: Path) -> Desk:
    return NearDesk(copy(engaged, tmp_path / "books.db"), today="2026-11-24", lang="en")


def talked(desk: Desk, *words: str, answers: tuple[tuple[str, str], ...]) -> str:
    with at_terminal(desk, *words) as terminal:
        for see, text in answers:
            terminal.answer(text, see=see)
        assert terminal.end() == 0, terminal.shown
        return terminal.shown


def test_the_regular_day_is_proposed(desk: Desk) -> None:
    shown = talked(
        desk,
        *("convene", "subcommittee"),
        answers=(("2026-12-17  third Thursday", ""), ("Staff expected", "k03"), ("blank: no more", ""), (SUMMARY, "")),
    )
    assert "M2026-0002" in shown
    called = desk.json("agenda", "M2026-0002")
    assert (called["body"], called["held_on"]) == ("subcommittee", "2026-12-17")


def test_another_day_may_be_answered(desk: Desk) -> None:
    shown = talked(
        desk,
        "convene",
        answers=(
            ("Body", "sub"),
            ("third Thursday", "12/24"),
            ("Staff expected", ""),
            (SUMMARY, ""),
        ),
    )
    assert "2026-12-24 (Thu)" in shown
    assert desk.json("agenda", "M2026-0002")["held_on"] == "2026-12-24"


def test_a_stakeholder_meeting_asks_for_a_day_and_its_cases(desk: Desk) -> None:
    shown = talked(
        desk,
        *("convene", "stakeholder"),
        answers=(
            ("Held on", ""),
            ("An answer is needed", "11/26"),
            ("Case", "たかはし"),
            ("blank: no more", ""),
            ("Staff expected", ""),
            (SUMMARY, ""),
        ),
    )
    assert "third Thursday" not in shown
    (item,) = desk.json("agenda", "M2026-0002")["items"]
    assert (item["case"], item["people"]) == ("2026-0001", ["A", "B", "C"])


def test_a_setting_that_is_none_is_said_before_the_day_is_asked(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.db)) as conn, conn:
        conn.execute("UPDATE setting SET value = 'full moon' WHERE key = 'regular_subcommittee'")
    shown = talked(
        desk,
        *("convene", "subcommittee"),
        answers=(("Held on", "2026-12-18"), ("Staff expected", "")),
    )
    assert "full moon" in shown
    assert desk.json("agenda", "M2026-0002")["held_on"] == "2026-12-18"
