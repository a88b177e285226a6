"""Which conference of another law dealt with a case: recorded, listed, and from April 2027 missed where it is not."""

import pytest

from tests.desk import NearDesk

CASE = "2026-0001"
RECORD = (
    "conference",
    CASE,
    "--of",
    "chiiki-care",
    "--held-on",
    "2026-09-24",
    "--not-enough",
    "働く世代は扱えなかった",
)


def dealt_with(desk: NearDesk, on: str) -> dict[str, object]:
    meeting = desk.json("convene", "stakeholder", "--on", on, "--case", CASE, today=on)["meeting"]
    desk.ok("attend", meeting, "k03", today=on)
    found: dict[str, object] = desk.json("decide", meeting, "1", "--outcome", "continue", today=on)
    return found


def rules(found: object) -> list[str]:
    assert isinstance(found, list)
    return [warning["rule"] for warning in found]


def test_it_is_recorded_listed_and_shown(engaging: NearDesk) -> None:
    assert engaging.json("conference", CASE) == []
    engaging.ok(*RECORD)
    expected = [
        {
            "conference": "chiiki-care",
            "held_on": "2026-09-24",
            "not_enough": "働く世代は扱えなかった",
            "on": "2026-11-24",
        }
    ]
    assert engaging.json("conference", CASE) == expected
    assert engaging.json("show", CASE)["other_conferences"] == expected
    assert "地域ケア会議" in engaging.ok("show", CASE).out
    engaging.ok(*RECORD[:-1], "由美子さんの仕事")
    assert "由美子" not in engaging.ok("--mask", "conference", CASE).out


def test_what_is_missing_or_unknown(engaging: NearDesk) -> None:
    typed = engaging.refused("conference", CASE, "--of", "chiiki-care", code=6)
    assert {"--held-on", "--not-enough"} <= set(typed["hint"].split())
    assert engaging.run(*RECORD[:3], "ours", *RECORD[4:]).code == 2
    assert engaging.run("conference", "2026-0099").code == 4


@pytest.mark.parametrize(("on", "missed"), [("2027-03-31", False), ("2027-04-01", True)])
def test_from_that_day_on_its_absence_is_said_and_stays_said(engaging: NearDesk, on: str, missed: bool) -> None:
    expected = ["conference.other_law"] if missed else []
    made = dealt_with(engaging, on)
    assert [rule for rule in rules(made["warnings"]) if rule == "conference.other_law"] == expected
    shown = engaging.json("show", CASE, today=on)
    assert [rule for rule in rules(shown["warnings"]) if rule == "conference.other_law"] == expected
    if missed:
        assert "toshima conference" in str(made["next"])
    engaging.ok(*RECORD, today=on)
    shown = engaging.json("show", CASE, today=on)
    assert "conference.other_law" not in rules(shown["warnings"])


def test_recorded_before_nothing_is_missed(engaging: NearDesk) -> None:
    engaging.ok(*RECORD)
    made = dealt_with(engaging, "2027-04-08")
    assert "conference.other_law" not in rules(made["warnings"])
