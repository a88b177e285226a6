"""The day a sitting is proposed for where none was given: the regular one of its body."""

import sqlite3
from contextlib import closing

import pytest

from tests.desk import NearDesk


def hint(desk: NearDesk, *words: str, today: str) -> str:
    """The line to paste, where the day is what is missing."""
    typed = desk.run("convene", *words, "-f", "json", today=today)
    assert typed.code == 6
    assert "--on" in [one["option"] for one in typed.error["missing"]]
    return str(typed.error["hint"])


def setting(desk: NearDesk, key: str, value: str | None) -> None:
    with closing(sqlite3.connect(desk.db)) as conn, conn:
        if value is None:
            assert conn.execute("DELETE FROM setting WHERE key = ?", [key]).rowcount == 1
        else:
            assert conn.execute("UPDATE setting SET value = ? WHERE key = ?", [value, key]).rowcount == 1


@pytest.mark.parametrize(
    ("today", "day"), [("2026-11-24", "2026-12-17"), ("2026-12-17", "2026-12-17"), ("2026-12-18", "2027-01-21")]
)
def test_the_next_one_is_proposed(engaging: NearDesk, today: str, day: str) -> None:
    typed = engaging.run("convene", "subcommittee", "-f", "json", today=today)
    assert (typed.code, typed.out) == (6, "")
    (asked,) = typed.error["missing"]
    assert asked["option"] == "--on"
    assert day in asked["asks"]
    assert f"--on {day}" in typed.error["hint"]
    line = typed.error["hint"].split()[1:]
    assert engaging.json(*line, today=today)["held_on"] == day


def test_one_that_is_called_already_is_passed_over_and_proposed_again_once_cancelled(engaging: NearDesk) -> None:
    assert "2026-12-17" in hint(engaging, "subcommittee", today="2026-11-24")
    engaging.ok("convene", "stakeholder", "--on", "2026-12-17", "--case", "2026-0001")
    assert "2026-12-17" in hint(engaging, "subcommittee", today="2026-11-24")
    called = engaging.json("convene", "subcommittee", "--on", "2026-12-17")["meeting"]
    assert "2027-01-21" in hint(engaging, "subcommittee", today="2026-11-24")
    engaging.ok("meetings", "--cancel", called)
    assert "2026-12-17" in hint(engaging, "subcommittee", today="2026-11-24")
    engaging.ok("convene", "subcommittee", "--on", "2026-12-17")
    engaging.ok("undo", "--yes")
    assert "2026-12-17" in hint(engaging, "subcommittee", today="2026-11-24")


def test_the_holidays_on_record_are_respected(engaging: NearDesk) -> None:
    setting(engaging, "regular_subcommittee", "1-tue")
    assert "--on 2026-11-04" in hint(engaging, "subcommittee", today="2026-10-20")  # 3 November is a holiday


@pytest.mark.parametrize("body", ["stakeholder", "council"])
def test_where_none_is_set_none_is_proposed(engaging: NearDesk, body: str) -> None:
    assert "--on DATE" in hint(engaging, body, today="2026-11-24")
    assert "--on DATE" in hint(engaging, today="2026-11-24")  # nor without a body


def test_the_council_may_have_one_too(engaging: NearDesk) -> None:
    setting(engaging, "regular_council", "最終金曜日")
    assert "--on 2026-11-27" in hint(engaging, "council", today="2026-11-24")


def test_books_that_lack_the_setting_go_by_ours_until_they_are_given_it(engaging: NearDesk) -> None:
    setting(engaging, "regular_subcommittee", None)
    setting(engaging, "regular_council", None)
    assert "--on 2026-12-17" in hint(engaging, "subcommittee", today="2026-11-24")
    assert "--on DATE" in hint(engaging, "council", today="2026-11-24")
    assert engaging.json("db", "upgrade")["added"] == 2
    assert "--on 2026-12-17" in hint(engaging, "subcommittee", today="2026-11-24")


def test_a_setting_that_is_none_is_said_to_be_and_stops_nobody(engaging: NearDesk) -> None:
    setting(engaging, "regular_subcommittee", "every full moon")
    typed = engaging.run("convene", "subcommittee", "-f", "json")
    assert typed.code == 6
    (asked,) = typed.error["missing"]
    assert "regular_subcommittee" in asked["asks"]
    assert "every full moon" in asked["asks"]
    assert "--on DATE" in typed.error["hint"]
    assert engaging.json("convene", "subcommittee", "--on", "2026-12-18")["warnings"] == []


def test_another_day_than_the_regular_one_is_as_good(engaging: NearDesk) -> None:
    assert engaging.json("convene", "subcommittee", "--on", "2026-12-16")["warnings"] == []
