"""`toshima config`: what is shipped, what the office sets, what it may not."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.desk import NearDesk, copy


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = NearDesk(tmp_path_factory.mktemp("new") / "books.db", today="2026-11-24")
    made.ok("init")
    return made.db


@pytest.fixture
def desk(new: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(new, tmp_path / "books.db"), today="2026-11-24")


def test_the_list_says_what_was_shipped_and_what_was_changed(desk: NearDesk) -> None:
    before = {row["key"]: row for row in desk.json("config")}
    assert (before["unanswered_days"]["value"], before["unanswered_days"]["changed_on"]) == ("14", None)
    assert desk.json("config", "unanswered_days", "21")["before"] == "14"
    after = {row["key"]: row for row in desk.json("config")}
    assert (after["unanswered_days"]["value"], after["unanswered_days"]["shipped"]) == ("21", "14")
    assert after["unanswered_days"]["changed_on"] == "2026-11-24"
    assert before.keys() == after.keys()


def test_a_change_counts_at_once_outlives_init_and_is_undone(desk: NearDesk) -> None:
    desk.ok("config", "unanswered_days", "21")
    desk.ok("init")
    assert desk.json("config", "unanswered_days")[0]["value"] == "21"
    explained = desk.json("report", "monthly", "--month", "2026-11", "--row", "referrals.unanswered", "--explain")
    assert "21" in explained[0]["label"]
    desk.ok("undo", "--yes")
    assert desk.json("config", "unanswered_days")[0]["value"] == "14"


def test_back_to_what_was_shipped_or_to_none(desk: NearDesk) -> None:
    desk.ok("config", "unanswered_days", "21")
    desk.ok("config", "population.2026", "290000")
    assert desk.json("config", "unanswered_days", "--as-shipped")["value"] == "14"
    assert desk.json("config", "population.2026", "--as-shipped")["value"] is None
    desk.refused("config", "population.2026", code=4)


@pytest.mark.parametrize(
    "words",
    [
        ("unanswered_days", "0"),
        ("unanswered_days", "x"),
        ("unanswered_days", "9" * 5000),
        ("population.20２6", "1000"),
        ("consent_self_from_age", "12"),
        ("consent_self_from_age", "--as-shipped"),
        ("nothing", "1"),
        ("target.2026.nothing", "1"),
        ("unanswered_days", "3", "--as-shipped"),
        ("unanswered_days", "3", "--on", "2027-01-01"),
    ],
)
def test_what_is_refused_changes_nothing(desk: NearDesk, words: tuple[str, ...]) -> None:
    before = desk.json("config")
    desk.refused("config", *words, code=2)
    assert desk.json("config") == before


def test_what_is_missing_is_named(desk: NearDesk) -> None:
    assert "SETTING" in str(desk.refused("config", "--as-shipped", code=6))
    desk.refused("config", "nothing", code=4)


def test_a_target_whose_figure_is_gone_can_still_be_taken_away(desk: NearDesk) -> None:
    desk.ok("config", "target.2026.consultations.by_window.asisu", "3")
    with closing(sqlite3.connect(desk.db, isolation_level=None)) as conn:
        conn.execute("DELETE FROM \"window\" WHERE code = 'asisu'")
    desk.ok("config", "target.2026.consultations.by_window.asisu", "--as-shipped")
    desk.refused("config", "target.2026.consultations.by_window.asisu", code=4)
