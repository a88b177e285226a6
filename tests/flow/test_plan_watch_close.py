"""Plans, watches and ends, as typed."""

import pytest

from tests.desk import NearDesk

CASE = "2026-0001"
WORDS = ("--goal", "働く", "--person", "A", "--action", "A|仕事を探す|kurashi-shigoto|2026-12-20")


def supported(desk: NearDesk) -> NearDesk:
    desk.ok("decide", "M2026-0002", "1", "--outcome", "approved")
    return desk


def test_an_end_that_was_decided_is_hinted_at_once(planning: NearDesk) -> None:
    supported(planning)
    done = [word for n in ("1", "2") for word in ("--done", f"A{n}")]
    planning.ok("progress", CASE, "--method", "visit", "--note", "済んだ", *done)
    planning.ok("convene", "subcommittee", "--on", "2026-12-17", today="2026-12-01")
    planning.ok("attend", "M2026-0003", "k03", today="2026-12-17")
    decided = planning.json("decide", "M2026-0003", "1", "--outcome", "conclude", today="2026-12-17")
    assert [n["command"] for n in decided["next"] if n["act"] == "conclude"] == [
        f"toshima close {CASE} --reason REASON"
    ]
    assert f"toshima close {CASE} --reason resolved" in [n["command"] for n in planning.json("show", CASE)["next"]]


def test_an_action_of_an_older_version_is_told_of(planning: NearDesk) -> None:
    supported(planning)
    planning.ok("plan", CASE, "--revise", "--goal", "x", "--person", "A", "--action", "A|探す|csw", today="2026-11-24")
    words = ("progress", CASE, "--method", "visit", "--note", "済んだ", "--done")
    assert planning.json(*words, "A1")["warnings"] == []
    planning.ok("plan", CASE, "--approved-afterwards", "--reason", "急ぐ")
    assert [w["rule"] for w in planning.json(*words, "A2")["warnings"]] == ["action.older"]
    assert planning.json(*words, "A3")["warnings"] == []


class TestConfirmation:
    def confirmed(self, desk: NearDesk) -> dict[str, str | None]:
        plan = desk.json("show", CASE)["plans"][0]
        return {one["person"]: one["on"] for one in plan["confirmed"]}

    def test_is_noted_when_it_is_given(self, planning: NearDesk) -> None:
        drafted = ("--goal", "働く", "--person", "A", "--person", "B", "--action", "A|探す|csw")
        planning.ok("plan", CASE, *drafted, today="2026-11-20")
        line = f"toshima plan {CASE} --confirmed 'A|DATE|METHOD' --confirmed 'B|DATE|METHOD'"
        assert line in [n["command"] for n in planning.json("show", CASE)["next"]]
        told = planning.json("plan", CASE, "--confirmed", "A|2026-11-20|oral")
        assert (told["plan"], told["status"], [w["rule"] for w in told["warnings"]]) == (
            f"{CASE}/P2",
            "draft",
            ["plan.unconfirmed"],
        )
        planning.ok("plan", CASE, "--approved-afterwards", "--reason", "急ぐ")
        planning.ok("plan", CASE, "--confirmed", "B|2026-11-24|signature")
        assert self.confirmed(planning) == {"A": "2026-11-20", "B": "2026-11-24"}
        planning.ok("undo", "--yes")
        assert self.confirmed(planning) == {"A": "2026-11-20", "B": None}

    def test_of_a_version_that_stands_by_those_it_is_for(self, planning: NearDesk, engaging: NearDesk) -> None:
        for typed in ("C|2026-11-20|oral", "A|2026-11-01|oral"):
            assert planning.refused("plan", CASE, "--confirmed", typed)["rule"] == "plan.confirm"
        assert engaging.refused("plan", CASE, "--confirmed", "A|2026-11-20|oral")["rule"] == "plan.none"
        error = planning.refused("plan", CASE, "--confirmed", "A|2027-01-01|oral", code=2)
        assert [f["where"] for f in error["faults"]] == ["--confirmed #1 DATE"]
        planning.refused("plan", CASE, "--confirmed", "Z|2026-11-20|oral", code=4)


def test_an_action_is_done_once(planning: NearDesk) -> None:
    supported(planning)
    words = ("progress", CASE, "--method", "visit", "--note", "済んだ", "--found", "B:rent", "--done")
    planning.ok(*words[:-3], "--done", "A1", "--done", f"{CASE}/A1")
    before = planning.json("show", CASE)
    error = planning.refused(*words, "A2", "--done", "A1", "--on", "2026-11-20")
    assert (error["rule"], ["2026-11-24" in fact for fact in error["facts"]]) == ("action.done", [True])
    assert planning.json("show", CASE) == before
    planning.ok(*words, "A2")
    shown = {a["action"]: a["done_on"] for a in planning.json("show", CASE)["plans"][0]["actions"]}
    assert shown == {f"{CASE}/A1": "2026-11-24", f"{CASE}/A2": "2026-11-24"}


class TestPlan:
    def test_every_fault_of_a_draft_at_once(self, planning: NearDesk) -> None:
        error = planning.refused(
            "plan", CASE, "--goal", "x", "--person", "A", "--action", "B|何か|csw|2026-01-01", code=2
        )
        assert {f["where"] for f in error["faults"]} == {"--action #1 LABEL", "--action #1 DUE"}

    def test_what_is_missing(self, planning: NearDesk) -> None:
        typed = planning.run("plan", CASE)
        assert typed.code == 6
        assert all(name in typed.err for name in ("--goal", "--person", "--action"))

    def test_a_file_narrowed_to_who_consents(self, planning: NearDesk) -> None:
        data = planning.json("plan", CASE, "--from", "plan_abc.json", "--person", "A", "--person", "B")
        assert data["plan"] == "2026-0001/P2"
        history = planning.json("plan", CASE, "--list")
        assert [(p["version"], p["status"]) for p in history] == [(2, "draft"), (1, "superseded")]

    def test_started_before_its_sitting_and_approved_afterwards(self, planning: NearDesk) -> None:
        assert planning.run("plan", CASE, "--approved-afterwards").code == 6
        data = planning.json("plan", CASE, "--approved-afterwards", "--reason", "面接が明日", today="2026-11-17")
        assert data["stage"] == "supporting"
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved")
        assert planning.json("plan", CASE, "--list")[0]["status"] == "approved"

    def test_revised_the_old_version_stays_in_force_until_the_new_one_is_approved(self, planning: NearDesk) -> None:
        supported(planning)
        assert planning.refused("plan", CASE, *WORDS)["rule"] == "stage.plan"
        assert planning.json("plan", CASE, *WORDS, "--revise")["stage"] == "supporting"
        assert [p["status"] for p in planning.json("plan", CASE, "--list")] == ["draft", "approved"]
        planning.ok("convene", "subcommittee", "--on", "2026-11-24")
        planning.ok("attend", "M2026-0003", "k03")
        made = planning.json("agenda", "M2026-0003")["items"]
        assert made[0]["purpose"] == "re_plan"
        planning.ok("decide", "M2026-0003", "1", "--outcome", "approved")
        assert [p["status"] for p in planning.json("plan", CASE, "--list")] == ["approved", "superseded"]

    def test_nothing_to_start(self, engaging: NearDesk) -> None:
        error = engaging.refused("plan", CASE, "--approved-afterwards", "--reason", "急ぐ")
        assert error["rule"] == "plan.none"


class TestWatch:
    def test_who_how_often_until_when_and_the_sign(self, planning: NearDesk) -> None:
        supported(planning)
        typed = planning.run("watch", CASE)
        assert typed.code == 6
        assert all(name in typed.err for name in ("--by", "--every", "--until", "--sign"))
        whole = ("--by", "民生委員", "--every", "1m", "--until", "2027-03-31", "--sign", "郵便物")
        assert planning.run("watch", CASE, *whole[:2], "--every", "often", *whole[4:]).code == 2
        data = planning.json("watch", CASE, *whole)
        assert data["stage"] == "watching"
        assert [w["rule"] for w in data["warnings"]] == ["watch.sitting"]

    def test_not_before_there_is_anything_to_watch(self, at_reception: NearDesk) -> None:
        whole = ("--by", "民生委員", "--every", "1m", "--until", "2027-03-31", "--sign", "郵便物")
        assert at_reception.refused("watch", CASE, *whole)["rule"] == "stage.watch"


class TestClose:
    @pytest.mark.parametrize(
        ("reason", "answers"),
        [
            ("resolved", ("--evaluation", "よい", "--change", "none", "--wish", "unknown", "--groundwork", "見守り")),
            ("lead_takes_over", ("--evaluation", "よい", "--change", "none", "--wish", "x", "--groundwork", "y")),
            ("other_system", ("--lead", "outside:介護保険", "--evaluation", "移行")),
            ("declined", ("--tried", "訪問を3回")),
            ("moved", ("--lead", "none", "--evaluation", "転出先が不明")),
            ("deceased", ()),
        ],
    )
    def test_what_each_reason_asks(self, planning: NearDesk, reason: str, answers: tuple[str, ...]) -> None:
        supported(planning)
        if answers:
            assert planning.run("close", CASE, "--reason", reason, "--yes").code == 6
        assert planning.json("close", CASE, "--reason", reason, *answers, "--yes")["stage"] == "closed"
        assert planning.json("caseload") == []

    @pytest.mark.parametrize("reason", ["information_only", "out_of_scope"])
    def test_what_is_for_a_first_talk_only(self, at_reception: NearDesk, planning: NearDesk, reason: str) -> None:
        assert at_reception.json("close", CASE, "--reason", reason, "--yes")["stage"] == "closed"
        assert planning.refused("close", CASE, "--reason", reason, "--yes")["rule"] == f"close.{reason}"

    def test_a_duplicate_names_the_case_kept(self, at_reception: NearDesk) -> None:
        at_reception.ok("intake", "--from", "household_a.json")
        assert at_reception.run("close", "2026-0002", "--reason", "duplicate", "--yes").code == 6
        words = ("close", "2026-0002", "--reason", "duplicate", "--yes", "--kept")
        assert at_reception.run(*words, "2026-0009").code == 4
        assert at_reception.refused(*words, "2026-0002")["rule"] == "close.duplicate.itself"
        assert at_reception.json(*words, CASE)["stage"] == "closed"
        assert at_reception.json("show", "2026-0002")["linked_cases"] == [{"case": CASE, "kind": "duplicate"}]

    def test_ending_is_never_by_the_way(self, at_reception: NearDesk) -> None:
        typed = at_reception.run("close", CASE, "--reason", "deceased")
        assert typed.code == 6
        assert "--yes" in typed.err

    def test_a_missing_sitting_is_a_warning_that_stays(self, planning: NearDesk) -> None:
        supported(planning)
        data = planning.json("close", CASE, "--reason", "deceased", "--yes")
        assert [w["rule"] for w in data["warnings"]] == ["close.report"]

    def test_interrupted(self, planning: NearDesk) -> None:
        words = ("close", CASE, "--interrupted", "--yes")
        typed = planning.run(*words)
        assert typed.code == 6
        assert all(name in typed.err for name in ("--last-contact", "--tried"))
        data = planning.json(*words, "--last-contact", "2026-11-20", "--tried", "訪問3回")
        assert data["stage"] == "interrupted"
        assert {w["rule"] for w in data["warnings"]} == {"interrupt.short", "interrupt.sitting"}


class TestDates:
    def test_an_act_may_be_dated_before_others_and_the_stage_of_its_day_decides(self, planning: NearDesk) -> None:
        assert planning.refused("plan", CASE, *WORDS, "--on", "2026-10-10")["rule"].startswith("consent.plan.")
        assert planning.refused("progress", CASE, "--method", "phone", "--note", "x", "--on", "2026-10-01")["rule"] == (
            "stage.before_opened"
        )

    def test_no_act_lies_in_the_future(self, planning: NearDesk) -> None:
        assert planning.run("progress", CASE, "--method", "phone", "--note", "x", "--on", "2026-12-01").code == 2


class TestWhatASittingWasShown:
    def test_a_version_drafted_after_it_is_not_its_to_approve(self, planning: NearDesk) -> None:
        planning.ok("plan", CASE, *WORDS, "--on", "2026-11-20")
        error = planning.refused("decide", "M2026-0002", "1", "--outcome", "approved", "--on", "2026-11-24")
        assert error["rule"] == "plan.after_sitting"
        assert [p["status"] for p in planning.json("plan", CASE, "--list")] == ["draft", "superseded"]

    def test_a_version_drafted_the_same_day_after_it_sat_is_neither(self, planning: NearDesk) -> None:
        planning.ok("plan", CASE, *WORDS, "--on", "2026-11-19", today="2026-11-19")
        error = planning.refused("decide", "M2026-0002", "1", "--outcome", "approved", today="2026-11-19")
        assert error["rule"] == "plan.after_sitting"

    def test_nobody_is_approved_for_behind_the_mask(self, planning: NearDesk) -> None:
        withdrawn = ("--withdrawn", "--scope", "sharing", "--method", "phone")
        planning.ok("consent", CASE, "B", *withdrawn, today="2026-11-20")
        words = ("--goal", "通う", "--person", "A", "--person", "B", "--action", "B|面談|hikikomori")
        data = planning.json("plan", CASE, *words, today="2026-11-20")
        assert "plan.not_shared" in [w["rule"] for w in data["warnings"]]
        planning.ok("convene", "subcommittee", "--on", "2026-11-24")
        planning.ok("attend", "M2026-0003", "k03")
        assert planning.refused("decide", "M2026-0003", "1", "--outcome", "approved")["rule"] == "plan.masked"
        # consent written down afterwards shows nobody to a sitting that was over
        planning.ok("consent", CASE, "B", "--given", "--scope", "sharing", "--method", "oral", "--on", "2026-11-23")
        assert planning.refused("decide", "M2026-0003", "1", "--outcome", "approved")["rule"] == "plan.masked"

    def test_whom_it_showed_stays_so_whatever_is_dated_back(self, planning: NearDesk) -> None:
        withdrawn = ("--withdrawn", "--scope", "sharing", "--method", "phone", "--on", "2026-11-18")
        data = planning.json("consent", CASE, "B", *withdrawn)
        (shared,) = (w for w in data["warnings"] if w["rule"] == "consent.shared_since")
        assert "M2026-0002" in shared["message"]
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved")
        (item,) = (i for i in planning.json("agenda", "M2026-0002")["items"] if i["item"] == 1)
        assert (item["people"], item["masked"]) == (["A", "B"], ["C"])

    def test_a_stakeholder_meeting_drafts_and_the_subcommittee_approves(self, planning: NearDesk) -> None:
        planning.ok("convene", "stakeholder", "--on", "2026-11-24", "--case", CASE)
        planning.ok("attend", "M2026-0003", "k03")
        error = planning.refused("decide", "M2026-0003", "1", "--outcome", "approved")
        assert (error["rule"], error["hint"]) == ("decide.approved", "toshima convene subcommittee --on DATE")


class TestAWindowExcepted:
    EXCEPT = ("--given", "--scope", "plan,sharing", "--excluding", "csw", "--method", "oral", "--on", "2026-11-17")

    def test_a_plan_that_leads_there_says_so(self, planning: NearDesk) -> None:
        planning.ok("consent", CASE, "A", *self.EXCEPT)
        data = planning.json("plan", CASE, "--goal", "x", "--person", "A", "--action", "A|訪問する|o-csw")
        assert "plan.excepted" in [w["rule"] for w in data["warnings"]]

    def test_a_sitting_with_its_people_says_so(self, planning: NearDesk) -> None:
        planning.ok("consent", CASE, "A", *self.EXCEPT)
        called = planning.json(
            "convene", "subcommittee", "--on", "2026-11-24", "--attendee", "k03", "--attendee", "c01"
        )
        assert "meeting.excepted" in [w["rule"] for w in called["warnings"]]
        alone = planning.json("convene", "subcommittee", "--on", "2026-11-24", "--attendee", "k03")
        assert "meeting.excepted" not in [w["rule"] for w in alone["warnings"]]
        attended = planning.json("attend", alone["meeting"], "c01")
        assert "meeting.excepted" in [w["rule"] for w in attended["warnings"]]
