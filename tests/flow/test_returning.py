"""Going on, coming back, and an approach begun before its conference, as typed."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk

CASE = "2026-0001"
LOST = ("close", CASE, "--interrupted", "--last-contact", "2026-10-20", "--tried", "訪問", "--yes")
WATCH = ("watch", CASE, "--by", "民生委員", "--every", "1m", "--until", "2027-03-31", "--sign", "郵便物")
SHARED = ("--given", "--scope", "plan,sharing", "--method", "oral")


def warned(data: Any) -> list[str]:
    return [warning["rule"] for warning in data["warnings"]]


def supported(desk: NearDesk) -> NearDesk:
    desk.ok("decide", "M2026-0002", "1", "--outcome", "approved")
    return desk


class TestResume:
    def test_a_watch_leads_back_and_the_plan_stays_in_force(self, planning: NearDesk) -> None:
        supported(planning).ok(*WATCH)
        assert planning.json("resume", CASE, "--reason", "郵便物がたまっていた")["stage"] == "supporting"
        assert planning.json("plan", CASE, "--list")[0]["status"] == "approved"
        assert planning.refused("resume", CASE)["rule"] == "stage.resume"

    def test_an_interruption_is_resumed_in_time_only(self, engaging: NearDesk) -> None:
        engaging.ok(*LOST)
        late = engaging.refused("resume", CASE, today="2027-05-24")
        assert (late["rule"], late["next"][0]["command"]) == ("stage.resume", f"toshima reopen {CASE}")
        early = engaging.refused("reopen", CASE, today="2027-05-23")
        assert (early["rule"], early["next"][0]["command"]) == ("stage.return", f"toshima resume {CASE}")
        assert engaging.json("resume", CASE, today="2027-05-23")["stage"] == "engaging"

    def test_the_time_is_the_offices_own(self, engaging: NearDesk) -> None:
        _set(engaging, "return_months", "1")
        engaging.ok(*LOST)
        assert engaging.refused("resume", CASE, today="2026-12-24")["rule"] == "stage.resume"
        assert [n["command"] for n in engaging.json("show", CASE, today="2026-12-24")["next"]] == [
            f"toshima reopen {CASE}"
        ]
        assert [n["command"] for n in engaging.json("show", CASE, today="2026-12-23")["next"]] == [
            f"toshima resume {CASE}"
        ]

    def test_it_is_dated_as_it_was(self, engaging: NearDesk) -> None:
        engaging.ok(*LOST, "--on", "2026-11-10")
        assert engaging.refused("resume", CASE, "--on", "2026-11-09")["rule"] == "stage.resume"
        assert engaging.json("resume", CASE, "--on", "2026-11-12")["stage"] == "engaging"
        assert engaging.refused("resume", CASE, "--on", "2026-12-01", code=2)

    def test_who_withdrew_meanwhile_is_engaged_anew(self, planning: NearDesk) -> None:
        supported(planning).ok(*WATCH)
        planning.ok("consent", CASE, "A", "--withdrawn", "--method", "oral")
        data = planning.json("consent", CASE, "B", "--withdrawn", "--method", "oral")
        assert (data["stage"], planning.json("plan", CASE, "--list")[0]["status"]) == ("watching", "ended")
        data = planning.json("resume", CASE)
        assert (data["stage"], warned(data)) == ("engaging", ["consent.last_withdrawn"])

    def test_the_month_counts_an_interruption_resumed_as_reopened(self, engaging: NearDesk) -> None:
        engaging.ok(*LOST, today="2026-11-10")
        engaging.ok("resume", CASE)
        rows = {row["key"]: row["month"] for row in engaging.json("report", "monthly", "--month", "2026-11")["rows"]}
        assert (rows["cases.ended"], rows["cases.reopened"], rows["cases.open_end"]) == (1, 1, 1)


class TestReopen:
    def ended(self, desk: NearDesk) -> NearDesk:
        desk.ok("consent", CASE, "A", *SHARED)
        desk.ok("close", CASE, "--reason", "moved", "--lead", "他市", "--yes")
        return desk

    def test_a_new_case_with_the_same_people_and_nothing_else(self, at_reception: NearDesk) -> None:
        desk = self.ended(at_reception)
        data = desk.json("reopen", CASE, "--window", "kurashi-shigoto", "--concern", "B:job!", "--note", "電話があった",
                         "--reporter", "鈴木", today="2027-04-05")  # fmt: skip
        assert (data["case"], data["stage"], data["returned_from"]) == ("2027-0001", "received", CASE)
        new, old = desk.json("show", "2027-0001", today="2027-04-05"), desk.json("show", CASE, today="2027-04-05")
        assert [(p["label"], p["name"], p["birth_date"]) for p in new["people"]] == [
            (p["label"], p["name"], p["birth_date"]) for p in old["people"]
        ]
        assert [p["consent"]["plan"] for p in new["people"]] == ["none"] * 3
        assert [p["consents"] for p in new["people"]] == [[]] * 3
        assert [(c["person"], c["concern"]) for c in new["concerns"]] == [("B", "job")]
        assert (new["window"], new["household"]) == ("kurashi-shigoto", old["household"])
        assert new["linked_cases"] == [{"case": CASE, "kind": "return"}]
        assert old["linked_cases"] == [{"case": "2027-0001", "kind": "return"}]
        assert "鈴木" not in desk.ok("show", "2027-0001", today="2027-04-05").out
        rows = desk.json("report", "monthly", "--month", "2027-04", today="2027-04-30")["rows"]
        counts = {row["key"]: row["month"] for row in rows}
        assert (counts["cases.opened"], counts["cases.reopened"], counts["cases.open_end"]) == (0, 1, 1)

    def test_the_same_human_beings_with_their_contact_rules(self, at_reception: NearDesk) -> None:
        _do(at_reception, "UPDATE person SET contact_rule = '留守番電話に残さない' WHERE id = 1")
        self.ended(at_reception).ok("reopen", CASE)
        shown = at_reception.json("show", "2026-0002")
        assert shown["people"][0]["contact_rule"] == "留守番電話に残さない"
        ids = _ask(at_reception, "SELECT case_id, person_id FROM member ORDER BY case_id, label")
        assert [p for c, p in ids if c == 1] == [p for c, p in ids if c == 2]

    def test_it_returns_once(self, at_reception: NearDesk) -> None:
        desk = self.ended(at_reception)
        desk.ok("reopen", CASE)
        error = desk.refused("reopen", CASE)
        assert (error["rule"], error["next"][0]["command"]) == ("reopen.twice", "toshima show 2026-0002")
        assert [n["command"] for n in desk.json("show", CASE)["next"]] == ["toshima show 2026-0002"]

    def test_an_open_case_is_not_reopened(self, engaging: NearDesk) -> None:
        assert engaging.refused("reopen", CASE)["rule"] == "stage.return"
        engaging.ok(*WATCH)
        error = engaging.refused("reopen", CASE)
        assert f"toshima resume {CASE}" in [n["command"] for n in error["next"]]

    def test_a_label_that_is_not_carried_over(self, at_reception: NearDesk) -> None:
        desk = self.ended(at_reception)
        error = desk.refused("reopen", CASE, "--concern", "D:job", code=2)
        assert error["faults"][0]["where"] == "--concern #1 LABEL"
        assert desk.refused("reopen", CASE, "--concern", "A:jobb", "--channel", "moon", code=2)
        assert desk.run("reopen").code == 6

    def test_a_restricted_case_returns_for_the_same_eyes_only(self, at_reception: NearDesk) -> None:
        desk = self.ended(at_reception)
        seq = _ask(desk, "SELECT MAX(seq) FROM act")[0][0]
        _do(desk, "INSERT INTO case_holder (seq, on_date, case_id, staff_code, holds)"
                  f" VALUES ({seq}, '2026-11-24', 1, 'k03', 1)")  # fmt: skip
        assert desk.refused("reopen", CASE, code=4)
        desk.ok("--as", "k03", "reopen", CASE)
        assert desk.refused("show", "2026-0002", code=4)
        desk.ok("--as", "k03", "show", "2026-0002")


class TestApproach:
    BEGUN = ("approach", CASE, "--text", "民生委員と訪問する", "--reason", "食事がとれていない")

    def test_it_leads_to_engaging_and_waits_for_its_conference(self, at_reception: NearDesk) -> None:
        desk = at_reception
        desk.ok("route", CASE, "--complex", "--coordinator", "k03", today="2026-10-06")
        data = desk.json(*self.BEGUN, "--person", "C", today="2026-10-07")
        assert (data["stage"], warned(data), data["people"]) == ("engaging", ["approach.afterwards"], ["C"])
        shown = desk.json("show", CASE)
        assert warned(shown) == ["approach.afterwards"]
        assert shown["approaches"][0]["afterwards"] == "食事がとれていない"
        assert any("convene stakeholder" in n["command"] for n in shown["next"])
        desk.ok("convene", "subcommittee", "--on", "2026-10-15", today="2026-10-08")
        (item,) = desk.json("agenda", "M2026-0001", today="2026-10-15")["items"]
        assert (item["purpose"], item["kind"]) == ("approach", "support_conference")
        desk.ok("attend", "M2026-0001", "k03", "--secrecy", today="2026-10-15")
        desk.ok("decide", "M2026-0001", "1", "--outcome", "approach", "--note", "訪問を続ける", today="2026-10-15")
        assert warned(desk.json("show", CASE)) == []

    def test_beside_a_plan_the_stage_stays(self, planning: NearDesk) -> None:
        assert planning.json(*self.BEGUN, "--person", "C")["stage"] == "planning"
        assert "approach.afterwards" in warned(planning.json("show", CASE))

    def test_everything_missing_is_named_and_only_people_of_the_household(self, engaging: NearDesk) -> None:
        typed = engaging.run("approach", "-f", "json")
        assert [m["option"] for m in typed.error["missing"]] == ["CASE", "--text", "--reason"]
        assert engaging.refused(*self.BEGUN, "--person", "Z", code=4)
        assert engaging.json(*self.BEGUN)["people"] == []

    def test_not_at_a_window_alone(self, at_reception: NearDesk) -> None:
        assert at_reception.refused(*self.BEGUN)["rule"] == "stage.approach"


class TestWatchStays:
    def test_the_warning_of_an_undecided_watch_stays_in_show(self, planning: NearDesk) -> None:
        supported(planning)
        assert warned(planning.json(*WATCH)) == ["watch.sitting"]
        assert warned(planning.json("show", CASE)) == ["watch.sitting"]
        planning.ok("convene", "subcommittee", "--on", "2026-11-24", "--case", CASE)
        planning.ok("attend", "M2026-0003", "k03")
        planning.ok("decide", "M2026-0003", "1", "--outcome", "watch")
        assert warned(planning.json("show", CASE)) == []

    def test_its_end_names_both_ways(self, engaging: NearDesk) -> None:
        data = engaging.json(*WATCH)
        hints = {n["command"]: n["due_on"] for n in data["next"]}
        assert hints[f"toshima close {CASE} --reason resolved"] == "2027-03-31"
        assert hints[f"toshima resume {CASE}"] == "2027-03-31"


class TestASecondCoordinator:
    def test_settled_with_a_reason_and_escalated_again(self, engaging: NearDesk) -> None:
        assert engaging.run("route", CASE, "--single").code == 6
        assert engaging.json("route", CASE, "--single", "--reason", "一つの窓口で足りる")["stage"] == "single"
        engaging.ok("staff", "add", "k04", "--name", "堀", "--office", "福祉総務課", "--role", "coordinator")
        assert engaging.json("route", CASE, "--complex", "--coordinator", "k04")["stage"] == "complex"
        assert engaging.json("show", CASE)["coordinator"] == "k04"


@pytest.mark.parametrize("stage", ["single", "complex", "engaging", "supporting"])
def test_a_watch_begins_and_is_left_in_every_stage_of_the_table(
    stage: str, at_reception: NearDesk, engaging: NearDesk, planning: NearDesk
) -> None:
    desk = {"engaging": engaging, "supporting": planning}.get(stage, at_reception)
    if stage == "supporting":
        supported(desk)
    elif stage in ("single", "complex"):
        desk.ok("route", CASE, *(("--single",) if stage == "single" else ("--complex", "--coordinator", "k03")))
    assert desk.json(*WATCH)["stage"] == "watching"
    assert desk.json("resume", CASE)["stage"] == stage


def _do(desk: NearDesk, sql: str) -> None:
    with closing(sqlite3.connect(desk.db)) as conn:
        conn.execute(sql)
        conn.commit()


def _ask(desk: NearDesk, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(desk.db)) as conn:
        return list(conn.execute(sql))


def _set(desk: NearDesk, key: str, value: str) -> None:
    assert Path(desk.db).exists()
    _do(desk, f"UPDATE setting SET value = '{value}' WHERE key = '{key}'")
