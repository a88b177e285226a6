"""Household A, from the first word to the monthly report: the road of the chapter, typed at the installed command; and
what consent decides on the way, typed in this process."""

import json
import os
from pathlib import Path

import pytest

from tests.desk import ANYWHERE, EXAMPLES, Desk, NearDesk
from toshima_cli.demo import story

CASE = "2026-0001"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The whole story of `examples/household_a.sh`: the first line of each command in a process of its own."""
    desk = Desk(tmp_path_factory.mktemp("lived") / "books.db", today="2027-03-19")
    near = NearDesk(desk.db, today=desk.today)
    known: set[str] = set()
    for step in story():
        if step.line:
            typed = (near if step.words[0] in known else desk).run(*step.words, today=step.day)
            known.add(step.words[0])
            assert typed.code == step.exit, f"{step.words}: {typed.code}\n{typed.out}\n{typed.err}"
    return desk


class TestTheWholeRoad:
    def test_it_ends_concluded(self, lived: Desk) -> None:
        data = lived.json("show", CASE)
        assert data["stage"] == "closed"
        assert [m["outcome"] for m in data["meetings"]].count("approved") == 1
        assert data["plans"][0]["status"] == "approved"

    def test_nobody_is_left_in_the_caseload(self, lived: Desk) -> None:
        assert lived.json("caseload") == []

    def test_the_agenda_masked_who_had_not_consented(self, lived: Desk) -> None:
        items = lived.json("agenda", "M2026-0003")["items"]
        plan, other = items[0], items[1]
        assert (plan["kind"], plan["purpose"]) == ("multilayer_conference", "new_plan")
        assert (plan["people"], plan["masked"]) == (["A", "B"], ["C"])
        assert (other["kind"], other["people"]) == ("support_conference", ["C"])
        assert other["ground"]["article"] == "106-6"
        assert "世帯員C（共有対象外）" in lived.ok("agenda", "M2026-0003").out

    def test_the_month_counts_what_happened(self, lived: Desk) -> None:
        rows = {r["key"]: r for r in lived.json("report", "monthly", "--month", "2026-11")["rows"]}
        assert rows["plans.approved"]["month"] == 1
        assert rows["multilayer_conference.sittings"]["month"] == 1
        assert rows["referrals.sent"]["month"] == 2
        assert rows["cases.open_end"]["month"] == 1
        assert rows["cases.opened"] == {**rows["cases.opened"], "month": 0, "year_to_date": 1}

    def test_every_figure_is_the_length_of_its_list(self, lived: Desk) -> None:
        near = NearDesk(lived.db, today=lived.today)
        for row in near.json("report", "monthly", "--month", "2026-11")["rows"]:
            listed = near.json("report", "monthly", "--month", "2026-11", "--row", row["key"], "--cases")
            assert len(listed) == row["month"], row["key"]

    def test_the_report_is_the_same_everywhere(self, lived: Desk) -> None:
        here = lived.ok("report", "monthly", "--month", "2026-11", "-f", "json", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
        there = lived.ok(
            "report",
            "monthly",
            "--month",
            "2026-11",
            "-f",
            "json",
            TZ="Pacific/Honolulu",
            LC_ALL="C" if ANYWHERE else "C.UTF-8",
        )
        assert here.out == there.out

    def test_the_journal_holds(self, lived: Desk) -> None:
        assert lived.json("journal", "--verify")["ok"] is True


class TestConsentDecides:
    def test_before_consent_everyone_is_a_matter_of_the_support_conference(self, engaging: Desk) -> None:
        lines = engaging.json("gate", CASE, "--on", "2026-10-31")
        assert [(g["label"], g["may"], g["conference"]) for g in lines] == [
            (label, False, "support_conference") for label in "ABC"
        ]
        assert lines[0]["ground"]["text"] == "社会福祉法第106条の6第1項"

    def test_what_held_on_the_day_decides(self, engaging: Desk) -> None:
        engaging.ok(
            "consent", CASE, "A", "--given", "--scope", "plan,sharing", "--method", "signature", "--on", "2026-11-02"
        )
        engaging.ok("consent", CASE, "A", "--withdrawn", "--method", "oral", "--on", "2026-11-20")
        held = {day: engaging.json("gate", CASE, "--on", day)[0]["may"] for day in ("2026-11-01", "2026-11-02")}
        later = {day: engaging.json("gate", CASE, "--on", day)[0]["may"] for day in ("2026-11-19", "2026-11-20")}
        assert held == {"2026-11-01": False, "2026-11-02": True}
        assert later == {"2026-11-19": True, "2026-11-20": False}

    def test_a_plan_for_someone_without_consent_is_refused_with_everything_said(self, engaging: Desk) -> None:
        for label in "AB":
            engaging.ok("consent", CASE, label, "--given", "--scope", "plan,sharing", "--method", "signature")
        engaging.ok("consent", CASE, "C", "--refused", "--method", "oral")
        error = engaging.refused("plan", CASE, "--from", "plan_abc.json")
        assert (error["code"], error["rule"], error["basis"]) == (3, "consent.plan.refused", "plan")
        assert error["facts"]
        assert error["missing"]
        assert any("--person A --person B" in n["command"] for n in error["next"])
        assert any("convene stakeholder" in n["command"] for n in error["next"])
        assert engaging.json("show", CASE)["plans"] == []

    def test_the_last_withdrawal_takes_the_case_back_to_engaging(self, engaging: Desk) -> None:
        engaging.ok("consent", CASE, "A", "--given", "--scope", "plan,sharing", "--method", "signature")
        engaging.ok(
            "plan", CASE, "--goal", "働く", "--person", "A", "--action", "A|仕事を探す|kurashi-shigoto",
            "--approved-afterwards", "--reason", "仕事の面接が明日ある",
        )  # fmt: skip
        assert engaging.json("show", CASE)["stage"] == "supporting"
        data = engaging.json("consent", CASE, "A", "--withdrawn", "--method", "oral")
        assert data["stage"] == "engaging"
        assert any(w["rule"] == "consent.last_withdrawn" for w in data["warnings"])

    def test_a_referral_by_consent_without_consent_is_refused(self, engaging: Desk) -> None:
        error = engaging.refused("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent")
        assert error["rule"].startswith("share.consent.")
        assert engaging.json("show", CASE)["referrals"] == []

    def test_a_report_by_law_is_never_refused(self, engaging: Desk) -> None:
        data = engaging.json(
            "route", CASE, "--to", "outside:東京都", "--person", "C", "--ground", "statutory_report", "--kind", "elder"
        )
        assert data["referral"] == "R2026-0001"


class TestWhatIsTypedWrong:
    def test_a_broken_file_names_every_fault_and_keeps_nothing(self, desk: Desk, tmp_path: Path) -> None:
        broken = json.loads((EXAMPLES / "household_a.json").read_text(encoding="utf-8"))
        broken["window"] = "nowhere"
        broken["people"][0]["birth_date"] = "2026-02-30"
        broken["people"][1]["colour"] = "red"
        broken["concerns"][0]["person"] = "Z"
        file = tmp_path / "broken.json"
        file.write_text(json.dumps(broken), encoding="utf-8")
        error = desk.refused("intake", "--from", str(file), code=2)
        where = {fault["where"] for fault in error["faults"]}
        assert {"window", "people[0].birth_date", "people[1].colour"} <= where
        assert desk.json("caseload") == []

    def test_an_unknown_case(self, desk: Desk) -> None:
        assert desk.refused("show", "2026-0099", code=4)["code"] == 4

    def test_no_database_names_the_command_that_makes_one(self, tmp_path: Path) -> None:
        error = Desk(tmp_path / "none.db").refused("caseload", code=5)
        assert "toshima init" in error["hint"]

    def test_missing_answers_are_all_named(self, desk: Desk) -> None:
        typed = desk.run("intake")
        assert typed.code == 6
        assert all(name in typed.err for name in ("--window", "--person", "--concern"))
        assert typed.out == ""

    def test_a_root_option_after_the_command_gives_the_corrected_line(self, desk: Desk) -> None:
        typed = desk.run("caseload", "--lang", "en")
        assert typed.code == 2
        assert "toshima --lang en caseload" in typed.err


class TestTheFile:
    def test_it_is_for_its_owner_only(self, desk: Desk) -> None:
        assert desk.db.stat().st_mode & 0o777 == 0o600 or os.name == "nt"

    def test_init_twice_is_once(self, desk: Desk) -> None:
        before = desk.json("windows")
        desk.ok("init")
        assert desk.json("windows") == before
        assert len(before) == 19
