"""Sittings: what they may decide, what becomes of it, and who was there."""

import pytest

from tests.desk import NearDesk

CASE = "2026-0001"


def items(desk: NearDesk, meeting: str = "M2026-0002") -> list[dict[str, object]]:
    found: list[dict[str, object]] = desk.json("agenda", meeting)["items"]
    return found


class TestAgenda:
    def test_both_conferences_and_the_mask(self, planning: NearDesk) -> None:
        plan, other = items(planning)[:2]
        assert (plan["kind"], plan["purpose"], plan["people"], plan["masked"]) == (
            "multilayer_conference", "new_plan", ["A", "B"], ["C"],
        )  # fmt: skip
        assert (other["kind"], other["people"], other["masked"]) == ("support_conference", ["C"], [])

    def test_a_withdrawal_before_the_sitting_changes_who_is_shown(self, planning: NearDesk) -> None:
        planning.ok("consent", CASE, "B", "--withdrawn", "--method", "phone", "--on", "2026-11-18")
        plan = items(planning)[0]
        assert (plan["people"], plan["masked"]) == (["A"], ["B", "C"])

    def test_a_withdrawal_after_it_does_not(self, planning: NearDesk) -> None:
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved")
        planning.ok("consent", CASE, "B", "--withdrawn", "--method", "phone", "--on", "2026-11-20")
        assert items(planning)[0]["people"] == ["A", "B"]

    def test_the_numbers_of_items_stay(self, planning: NearDesk) -> None:
        before = [(i["item"], i["kind"]) for i in items(planning)]
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved")
        assert [(i["item"], i["kind"]) for i in items(planning)] == before

    def test_a_stakeholder_meeting_takes_up_the_named_case_only(self, engaging: NearDesk) -> None:
        made = engaging.json("convene", "stakeholder", "--on", "2026-11-26", "--case", CASE)
        assert [(i["kind"], i["people"]) for i in made["items"]] == [("support_conference", ["A", "B", "C"])]
        assert engaging.run("convene", "stakeholder", "--on", "2026-11-26").code == 6

    def test_the_council_never_has_a_named_person(self, engaging: NearDesk) -> None:
        assert engaging.run("convene", "council", "--on", "2026-11-26", "--case", CASE).code == 2
        assert engaging.json("convene", "council", "--on", "2026-11-26")["items"] == []

    def test_a_closing_day_is_warned_of(self, engaging: NearDesk) -> None:
        made = engaging.json("convene", "subcommittee", "--on", "2026-12-29")
        assert [w["rule"] for w in made["warnings"]] == ["meeting.closing_day"]


class TestDecide:
    @pytest.mark.parametrize(
        ("outcome", "stage"),
        [
            ("approved", "supporting"),
            ("approved_with_changes", "planning"),
            ("returned", "planning"),
            ("continue", "planning"),
            ("watch", "planning"),
            ("conclude", "planning"),
            ("interrupt", "planning"),
            ("advised", "planning"),
            ("forward_to_council", "planning"),
            ("noted", "planning"),
        ],
    )
    def test_on_the_item_of_a_plan(self, planning: NearDesk, outcome: str, stage: str) -> None:
        assert planning.json("decide", "M2026-0002", "1", "--outcome", outcome)["stage"] == stage

    @pytest.mark.parametrize("outcome", ["approach", "move_to_multilayer", "continue", "noted"])
    def test_on_the_item_of_a_support_conference(self, planning: NearDesk, outcome: str) -> None:
        assert planning.json("decide", "M2026-0002", "2", "--outcome", outcome)["stage"] == "planning"

    @pytest.mark.parametrize(("item", "outcome"), [("2", "approved"), ("1", "approach"), ("2", "returned")])
    def test_what_does_not_fit(self, planning: NearDesk, item: str, outcome: str) -> None:
        assert planning.refused("decide", "M2026-0002", item, "--outcome", outcome)["rule"] == f"decide.{outcome}"

    def test_returned_is_a_draft_again(self, planning: NearDesk) -> None:
        assert planning.json("plan", CASE, "--list")[0]["status"] == "proposed"
        planning.ok("decide", "M2026-0002", "1", "--outcome", "returned")
        assert planning.json("plan", CASE, "--list")[0]["status"] == "draft"

    def test_approval_never_replaces_consent(self, planning: NearDesk) -> None:
        planning.ok("consent", CASE, "B", "--withdrawn", "--method", "phone", "--on", "2026-11-19")
        error = planning.refused("decide", "M2026-0002", "1", "--outcome", "approved")
        assert error["rule"] == "consent.plan.withdrawn"

    def test_twice_before_and_without_anybody(self, planning: NearDesk) -> None:
        planning.ok("decide", "M2026-0002", "1", "--outcome", "noted")
        assert planning.refused("decide", "M2026-0002", "1", "--outcome", "noted")["rule"] == "decide.twice"
        planning.ok("convene", "subcommittee", "--on", "2026-12-17")
        planning.ok("convene", "subcommittee", "--on", "2026-11-20", today="2026-11-19")
        future, empty = ("M2026-0003", "M2026-0004")
        rule = planning.refused("decide", future, "1", "--outcome", "noted")["rule"]
        assert rule == "decide.before_sitting"
        assert items(planning, empty) != []
        assert planning.refused("decide", empty, "1", "--outcome", "noted")["rule"] == "decide.nobody_present"

    def test_an_action_has_owner_and_day(self, planning: NearDesk) -> None:
        data = planning.json(
            "decide", "M2026-0002", "2", "--outcome", "continue", "--action", "korei-sogo|声かけを続ける|2026-12-10"
        )
        assert len(data["actions"]) == 1
        assert planning.run("decide", "M2026-0002", "1", "--outcome", "noted", "--action", "誰か").code == 2


class TestAttendance:
    def test_nobody_attends_before_the_day(self, engaging: NearDesk) -> None:
        engaging.ok("convene", "subcommittee", "--on", "2026-12-17")
        assert engaging.refused("attend", "M2026-0002", "k03")["rule"] == "meeting.not_yet"
        # what was typed along goes along with the hint
        guest = ("--guest", "白川 梢|病院|医師")
        typed = engaging.run("attend", "M2026-0002", "k03", *guest, "--secrecy", COLUMNS="1000")
        assert "toshima attend M2026-0002 k03 --guest '白川 梢|病院|医師' --expected --secrecy" in typed.err

    def test_without_secrecy_attendance_is_kept_and_warned_of(self, engaging: NearDesk) -> None:
        engaging.ok("convene", "stakeholder", "--on", "2026-11-20", "--case", CASE, today="2026-11-19")
        data = engaging.json("attend", "M2026-0002", "--guest", "小川|民生委員|委員")
        assert data["without_secrecy"] == ["小川"]
        assert [w["rule"] for w in data["warnings"]] == ["secrecy.missing"]
        data = engaging.json("attend", "M2026-0002", "--guest", "小川|民生委員|委員", "--secrecy")
        assert data["without_secrecy"] == []

    def test_two_of_one_day_are_told_of(self, engaging: NearDesk) -> None:
        for on, warned in (("2026-12-17", []), ("2026-12-18", []), ("2026-12-17", ["meeting.same_day"])):
            assert [w["rule"] for w in engaging.json("convene", "subcommittee", "--on", on)["warnings"]] == warned
        engaging.ok("meetings", "--cancel", "M2026-0003")
        assert engaging.json("convene", "subcommittee", "--on", "2026-12-18")["warnings"] == []
        for case in (CASE, CASE):
            made = engaging.json("convene", "stakeholder", "--on", "2026-12-17", "--case", case)
            assert made["warnings"] == []

    def test_a_cancelled_sitting_is_over(self, engaging: NearDesk) -> None:
        engaging.ok("convene", "subcommittee", "--on", "2026-11-20", today="2026-11-19")
        engaging.ok("meetings", "--cancel", "M2026-0002")
        assert engaging.refused("attend", "M2026-0002", "k03")["rule"] == "meeting.cancelled"
        assert engaging.refused("decide", "M2026-0002", "1", "--outcome", "noted")["rule"] == "decide.cancelled"
        assert engaging.refused("meetings", "--cancel", "M2026-0002")["rule"] == "meeting.cancel"
        assert engaging.refused("meetings", "--cancel", "M2026-0001")["rule"] == "meeting.cancel"


class TestWhatAPaperDoesNotSay:
    def test_a_place_and_a_guest_that_name_somebody_masked_are_held_back(self, planning: NearDesk) -> None:
        called = ("convene", "subcommittee", "--on", "2026-11-24", "--place", "髙橋 節子さん宅")
        made = planning.json(*called, "--guest", "髙橋 節子|本人|", "--guest", "小川 正|民生委員・児童委員|委員")
        for form in ("table", "md"):
            paper = planning.ok("agenda", made["meeting"], "-f", form).out
            assert "節子さん宅" not in paper
            assert "髙橋 節子" not in paper
        assert "小川 正" in planning.ok("agenda", made["meeting"], "-f", "md").out
        assert "会議室C" in planning.ok("agenda", planning.json(*called[:-1], "会議室C")["meeting"], "-f", "md").out

    def test_who_did_not_acknowledge_secrecy_gets_no_paper_and_that_is_said(self, planning: NearDesk) -> None:
        made = planning.json("convene", "subcommittee", "--on", "2026-11-24")
        assert "木原" not in planning.ok("agenda", made["meeting"]).err
        planning.ok("attend", made["meeting"], "--guest", "木原|こども食堂|代表")
        typed = planning.ok("agenda", made["meeting"], "-f", "md")
        assert "木原" in typed.err
        planning.ok("attend", made["meeting"], "--guest", "木原|こども食堂|代表", "--secrecy")
        assert planning.ok("agenda", made["meeting"], "-f", "md").err == ""
