"""What a sitting said and decided, and its minutes: a version for each time they say something new."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, copy

CASE = "2026-0001"
HELD = "M2026-0002"


@pytest.fixture(scope="module")
def sitting(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """On 19 November: the plan approved with what was said, the approach to C with its three headings."""
    planning = NearDesk(copy(planned, tmp_path_factory.mktemp("sitting") / "books.db"))
    planning.ok("attend", HELD, "--guest", "小川|民生委員・児童委員", "--secrecy", today="2026-11-19")
    planning.ok("attend", HELD, "e01", "--expected", today="2026-11-19")
    said = ("--note", "このまま始める", "--discussion", "日中の過ごし方を話した", "--groundwork", "通える場所")
    action = ("--action", "csw|通う場所を探す|2026-12-10")
    planning.ok("decide", HELD, "1", "--outcome", "approved", *said, *action, today="2026-11-19")
    planning.ok(
        "decide", HELD, "2", "--outcome", "continue", "--approach", "手紙から始める", "--indirect", "娘さんと話す",
        "--household", "家事の支援", "--next", "2026-12-01", "--next-what", "返事があったか確かめる",
        "--gap", "resource|送迎のある通いの場がない", today="2026-11-19",
    )  # fmt: skip
    return planning.db


@pytest.fixture
def decided(sitting: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(sitting, tmp_path / "books.db"))


def minutes(desk: NearDesk, *more: str) -> Any:
    return desk.json("minutes", HELD, *more, today="2026-11-20")


class TestWhatADecisionBecomes:
    def test_actions_stand_on_the_board_and_in_the_case(self, decided: NearDesk) -> None:
        row = decided.json("caseload", today="2026-12-05")[0]
        assert (row["next_due_on"], row["overdue"]) == ("2026-12-01", 4)
        gaps = decided.json("gap", "list", today="2026-11-20")
        assert [(g["kind"], g["cases"]) for g in gaps] == [("resource", [CASE])]

    def test_a_heading_the_item_does_not_have_is_refused(self, planning: NearDesk) -> None:
        words = ("decide", HELD, "1", "--outcome", "approved", "--approach", "手紙")
        assert planning.refused(*words, today="2026-11-19")["rule"] == "decide.heading"
        assert planning.json("agenda", HELD, today="2026-11-19")["items"][0]["outcome"] is None

    def test_a_gap_that_names_somebody_is_refused_and_nothing_is_decided(self, planning: NearDesk) -> None:
        words = ("decide", HELD, "2", "--outcome", "continue", "--gap", "resource|節子さんの通う所がない")
        assert planning.refused(*words, today="2026-11-19")["rule"] == "gap.named"
        assert planning.json("agenda", HELD, today="2026-11-19")["items"][1]["outcome"] is None

    def test_an_item_about_a_gap_has_neither_actions_nor_another_gap(self, planning: NearDesk) -> None:
        planning.ok(
            "gap",
            "add",
            "--kind",
            "resource",
            "--text",
            "居場所",
            "--case",
            CASE,
            "--on",
            "2026-11-18",
            today="2026-11-19",
        )
        item = next(i["item"] for i in planning.json("agenda", HELD, today="2026-11-19")["items"] if i["gap"])
        words = ("decide", HELD, str(item), "--outcome", "noted")
        for more, rule in (
            (("--gap", "resource|席"), "decide.gap.gap"),
            (("--next", "2026-12-01", "--next-what", "見る"), "decide.action.gap"),
            (("--approach", "手紙"), "decide.heading"),
        ):
            assert planning.refused(*words, *more, today="2026-11-19")["rule"] == rule
        planning.ok(*words, "--discussion", "ほかの区の例を聞いた", today="2026-11-19")

    def test_due_before_it_was_decided_is_said(self, planning: NearDesk) -> None:
        words = ("decide", HELD, "1", "--outcome", "approved", "--action", "csw|探す|2026-11-10")
        assert "decide.due_before" in [w["rule"] for w in planning.json(*words, today="2026-11-19")["warnings"]]

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            (("--next", "2026-12-01"), 6),
            (("--next-what", "見る"), 6),
            (("--gap", "resource"), 2),
            (("--gap", "nothing|席"), 2),
            (("--gap", "|席"), 2),
        ],
    )
    def test_what_is_half_said(self, planning: NearDesk, more: tuple[str, ...], code: int) -> None:
        planning.refused("decide", HELD, "1", "--outcome", "approved", *more, today="2026-11-19", code=code)


class TestMinutes:
    def test_say_who_was_there_what_was_said_and_decided(self, decided: NearDesk) -> None:
        found = minutes(decided)
        assert (found["version"], found["present"], found["absent"]) == (1, ["青木", "森", "小川"], ["原"])
        first, second, *_ = found["items"]
        assert (first["people"], first["masked"], first["outcome"]) == (["A", "B"], ["C"], "approved")
        assert first["said"] == {"discussion": "日中の過ごし方を話した", "groundwork": "通える場所"}
        assert (first["note"], [(a["who"], a["due_on"]) for a in first["actions"]]) == (
            "このまま始める",
            [("csw", "2026-12-10")],
        )
        assert second["said"] == {"approach": "手紙から始める", "indirect": "娘さんと話す", "household": "家事の支援"}
        assert [(a["who"], a["what"]) for a in second["actions"]] == [("k03", "返事があったか確かめる")]

    def test_the_same_again_is_the_same_version_and_what_is_new_the_next(
        self, decided: NearDesk, tmp_path: Path
    ) -> None:
        assert minutes(decided)["version"] == 1
        assert minutes(decided)["version"] == 1
        decided.ok("attend", HELD, "e01", today="2026-11-19")
        decided.ok("minutes", HELD, "-o", str(tmp_path / "m.md"), today="2026-11-20")
        assert "第2版" in (tmp_path / "m.md").read_text()
        typed = decided.run("minutes", HELD, "-o", str(tmp_path / "m.md"), today="2026-11-20")
        assert typed.code == 2

    def test_every_form(self, decided: NearDesk, tmp_path: Path) -> None:
        for ending in ("html", "xlsx", "md", "json"):
            decided.ok("minutes", HELD, "-o", str(tmp_path / f"m.{ending}"), today="2026-11-20")
        page = (tmp_path / "m.html").read_text()
        assert "手紙から始める" in page
        assert "【取扱注意】非公開" in page
        assert json.loads((tmp_path / "m.json").read_text())["schema"] == "toshima.minutes/1"
        assert "手紙から始める" in decided.ok("minutes", HELD, today="2026-11-20").out

    def test_an_attendee_gets_what_they_may_see(self, decided: NearDesk) -> None:
        found = minutes(decided, "--for", "e01")
        first, second = found["items"][:2]
        # e01 acknowledged secrecy in October
        assert (first["people"], second["people"], second["rule"]) == (["A", "B"], ["C"], None)
        decided.ok("attend", HELD, "--guest", "田村|病院", "--expected", today="2026-11-19")
        first, second = minutes(decided, "--for", "田村")["items"][:2]
        assert (second["people"], second["rule"], second["said"], second["outcome"]) == ([], "paper.secrecy", {}, None)
        decided.refused("minutes", HELD, "--for", "知らない方", today="2026-11-20", code=4)
        decided.refused("minutes", HELD, "--for", "e01,k03", today="2026-11-20", code=2)

    def test_a_text_that_names_somebody_masked_is_asked_about(self, planning: NearDesk) -> None:
        words = ("--note", "節子さんのことは支援会議で", "--discussion", "小川正さんの話")
        planning.ok("decide", HELD, "1", "--outcome", "approved", *words, today="2026-11-19")
        typed = planning.run("minutes", HELD, today="2026-11-20")
        assert (typed.code, f"--checked {HELD}/1" in typed.err) == (6, True)
        found = minutes(planning, "--without", f"{HELD}/1")
        assert (found["items"][0]["note"], found["items"][0]["said"]) == (None, {"discussion": None})
        assert "小川" not in planning.ok("minutes", HELD, today="2026-11-20").out

    def test_there_are_none_before_it_was_held_or_once_it_is_cancelled(self, planning: NearDesk) -> None:
        planning.ok("convene", "subcommittee", "--on", "2026-12-17", today="2026-11-24")
        assert planning.refused("minutes", "M2026-0003")["rule"] == "minutes.not_held"
        planning.ok("meetings", "--cancel", "M2026-0003")
        assert planning.refused("minutes", "M2026-0003")["rule"] == "minutes.not_held"

    def test_writing_them_is_no_step_to_take_back(self, decided: NearDesk) -> None:
        minutes(decided)
        assert decided.json("undo", "--yes", today="2026-11-20")["undone"]["act"] == "decide"
        assert minutes(decided)["version"] == 2
