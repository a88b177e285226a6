"""The monthly report: what it says of plans and meetings (domain §6).

The world: November 2026, whose fiscal year began on 1 April.
"""

from datetime import date

import pytest

from tests.figures import DECEMBER, month, units, year
from tests.history import History


class TestPlans:
    def test_new_redrafted_revised(self, h: History) -> None:
        case = h.case("2026-10-05")
        first = h.plan(case, "2026-11-02")
        h.plan_step(first, "2026-11-03", "superseded")
        second = h.plan(case, "2026-11-03", 2)
        h.plan_step(second, "2026-11-19")
        h.plan(case, "2026-11-25", 3)
        assert month(h, prefix="plans.") == {
            "plans.new": 1,
            "plans.revised": 1,
            "plans.approved": 1,
            "plans.active": 1,
        }
        assert [row["unit"] for row in units(h, "plans.active")] == ["P3"]

    def test_a_version_before_the_approval_is_no_revision(self, h: History) -> None:
        case = h.case("2026-10-05")
        first = h.plan(case, "2026-10-06")
        h.plan(case, "2026-11-02", 2)
        h.plan_step(first, "2026-11-03")
        assert month(h, prefix="plans.") == {"plans.approved": 1, "plans.active": 1}

    def test_what_was_taken_back_comes_before_nothing(self, h: History) -> None:
        case = h.case("2026-10-05")
        first = h.plan(case, "2026-11-02")
        drafted = h.last_act()
        h.plan_step(first, "2026-11-03")
        approved = h.last_act()
        h.plan(case, "2026-11-25", 2)
        made = ("plans.new", "plans.revised")
        assert [month(h).get(key, 0) for key in made] == [1, 1]
        h.undo(approved)
        assert [month(h).get(key, 0) for key in made] == [1, 0]
        h.undo(drafted)
        assert [month(h).get(key, 0) for key in made] == [1, 0]

    def test_begun_before_the_sitting_and_approved_by_it_later(self, h: History) -> None:
        case = h.case("2026-10-05")
        plan = h.plan(case, "2026-10-06")
        h.plan_step(plan, "2026-10-30", afterwards="面接が明日ある")
        h.plan_step(plan, "2026-11-19")
        assert month(h, prefix="plans.approved") == {"plans.approved": 1}
        assert year(h, prefix="plans.approved") == {"plans.approved": 1, "plans.approved_afterwards": 1}

    @pytest.mark.parametrize("end", ["ended", "superseded", "draft"])
    def test_in_force_until_its_last_status_says_otherwise(self, h: History, end: str) -> None:
        case = h.case("2026-10-05")
        plan = h.plan(case, "2026-10-06")
        h.plan_step(plan, "2026-10-10")
        assert month(h, prefix="plans.active") == {"plans.active": 1}
        h.plan_step(plan, "2026-12-01", end)
        assert month(h, prefix="plans.active") == {"plans.active": 1}
        h.plan_step(plan, "2026-11-30", end)
        assert month(h, prefix="plans.active") == {}

    def test_what_comes_on_the_day_after_the_last_takes_nothing_away(self, h: History) -> None:
        case, other = h.case("2026-10-05"), h.case("2026-10-05")
        for one in (case, other):
            h.plan_step(h.plan(one, "2026-10-06"), "2026-10-10")
        h.end(case, "2026-12-01")
        h.plan_step(h.plan(other, "2026-11-20", 2), "2026-12-01")
        assert [row["unit"] for row in units(h, "plans.active")] == ["P3", "P4"]
        assert [row["unit"] for row in units(h, "plans.active", DECEMBER)] == ["P5"]

    def test_none_in_an_ended_case_and_one_in_a_case(self, h: History) -> None:
        ended = h.case("2026-10-05")
        h.plan_step(h.plan(ended, "2026-10-06"), "2026-10-10")
        h.end(ended, "2026-11-10")
        two = h.case("2026-10-05")
        h.plan_step(h.plan(two, "2026-10-06"), "2026-10-10")
        h.plan_step(h.plan(two, "2026-10-20", 2), "2026-10-25")
        assert [row["unit"] for row in units(h, "plans.active")] == ["P5"]

    def test_within_a_day_the_later_step_of_a_plan_holds(self, h: History) -> None:
        case = h.case("2026-10-05")
        first, second = h.plan(case, "2026-11-01"), h.plan(case, "2026-11-02", 2)
        h.plan_step(first, "2026-11-03")
        h.plan_step(second, "2026-11-04")
        assert [row["unit"] for row in units(h, "plans.active")] == ["P3"]
        h.plan_step(second, "2026-11-04", "ended")
        assert [row["unit"] for row in units(h, "plans.active")] == ["P2"], "the newest of those in force"
        third = h.plan(case, "2026-11-05", 3)
        h.plan_step(third, "2026-11-06")
        h.fact("plan_step", "2026-11-06", seq=h.last_act(), plan_id=third, status="ended")
        assert [row["unit"] for row in units(h, "plans.active")] == ["P2"], "of one act the later row"
        h.plan_step(first, "2026-11-03", "ended")
        assert month(h, prefix="plans.active") == {}

    def test_an_approval_taken_back_leaves_the_draft(self, h: History) -> None:
        h.plan_step(h.plan(h.case("2026-10-05"), "2026-11-01"), "2026-11-03")
        h.undo(h.last_act())
        assert month(h, prefix="plans.") == {"plans.new": 1}

    @pytest.mark.parametrize(
        ("review", "met", "overdue"),
        [
            ("2026-11-29", None, True),
            ("2026-11-30", None, False),
            (None, None, False),
            ("2026-11-19", "2026-11-18", True),
            ("2026-11-19", "2026-11-19", False),
            ("2026-11-19", "2026-12-01", True),
        ],
    )
    def test_a_review_is_overdue_until_a_sitting_dealt_with_the_case(
        self, h: History, review: str | None, met: str | None, overdue: bool
    ) -> None:
        case = h.case("2026-10-05")
        h.plan_step(h.plan(case, "2026-10-06", review=review), "2026-10-10")
        if met:
            h.item(h.meeting(met), case)
        assert month(h).get("plans.review_overdue", 0) == overdue
        assert month(h)["plans.active"] == 1

    @pytest.mark.parametrize("spoilt", ["waiting", "cancelled", "decision", "meeting_item", "meeting"])
    def test_a_sitting_that_did_not_deal_with_it_settles_no_review(self, h: History, spoilt: str) -> None:
        case = h.case("2026-10-05")
        h.plan_step(h.plan(case, "2026-10-06", review="2026-11-10"), "2026-10-10")
        meeting = h.meeting("2026-11-19")
        h.item(meeting, case, decided=None if spoilt == "waiting" else "continue")
        if spoilt == "cancelled":
            h.fact("meeting_cancel", "2026-11-18", meeting_id=meeting)
        elif spoilt != "waiting":
            h.undo(h.conn.execute("SELECT seq FROM act WHERE name = ?", (spoilt,)).fetchone()[0])
        assert month(h)["plans.review_overdue"] == 1
        if spoilt == "cancelled":
            h.undo(h.last_act())
            assert "plans.review_overdue" not in month(h)


class TestMeetings:
    def test_sittings_cases_and_items_apart(self, h: History) -> None:
        one, two = h.case("2026-10-05"), h.case("2026-10-05")
        first, second = h.meeting("2026-11-05", "stakeholder"), h.meeting("2026-11-19")
        h.item(first, one)
        h.item(second, one)
        h.item(second, two)
        h.item(second, two, "multilayer_conference")
        h.item(second, two, "multilayer_conference", decided=None)
        h.item(second, None, "resources")
        assert month(h, prefix="s") == {
            "support_conference.sittings": 2,
            "support_conference.cases": 2,
            "support_conference.items": 3,
            "stakeholder.sittings": 1,
            "subcommittee.sittings": 1,
        }
        assert month(h, prefix="multilayer") == {
            "multilayer_conference.sittings": 1,
            "multilayer_conference.cases": 1,
            "multilayer_conference.items": 1,
        }
        listed = units(h, "support_conference.items")
        assert [(row["unit"], row["case"], row["item"]) for row in listed][:2] == [
            ("M0003/1", "2026-0001", 1),
            ("M0004/1", "2026-0001", 1),
        ]
        assert {row["on"] for row in units(h, "support_conference.cases")} == {date(2026, 11, 5), date(2026, 11, 19)}

    def test_distinct_cases_of_months_do_not_add_up(self, h: History) -> None:
        case = h.case("2026-10-05")
        h.item(h.meeting("2026-10-15"), case)
        h.item(h.meeting("2026-11-19"), case)
        assert month(h)["support_conference.cases"] == year(h)["support_conference.cases"] == 1
        assert year(h)["support_conference.items"] == 2

    def test_a_sitting_took_place_when_somebody_came_or_something_was_decided(self, h: History) -> None:
        h.meeting("2026-11-05", "council", present=False)
        h.meeting("2026-11-06", "council")
        h.item(h.meeting("2026-11-07", "council", present=False), None, "system")
        h.fact("meeting_cancel", "2026-11-08", meeting_id=h.meeting("2026-11-08", "council"))
        h.meeting("2026-11-09", "council")
        h.undo(h.last_act() - 1)
        h.meeting("2026-11-10", "council")
        h.undo(h.last_act())
        assert [row["on"] for row in units(h, "council.sittings")] == [date(2026, 11, 6), date(2026, 11, 7)]

    def test_called_in_one_month_and_held_in_another(self, h: History) -> None:
        h.case("2026-10-05")
        meeting = h.insert(
            "meeting",
            seq=h.act("2026-11-20"),
            on_date="2026-11-20",
            number="M9",
            body="subcommittee",
            held_on="2026-12-17",
            held_as="in_person",
        )
        h.fact("party", "2026-12-17", meeting_id=meeting, guest_name="小川", present=True)
        assert month(h).get("subcommittee.sittings") is None
        assert month(h, DECEMBER)["subcommittee.sittings"] == 1

    @pytest.mark.parametrize("spoilt", ["cancelled", "undone", "waiting"])
    def test_what_was_not_dealt_with_counts_nowhere(self, h: History, spoilt: str) -> None:
        meeting = h.meeting("2026-11-19", present=False)
        h.item(meeting, h.case("2026-10-05"), decided=None if spoilt == "waiting" else "noted")
        if spoilt == "undone":
            h.undo(h.last_act())
        if spoilt == "cancelled":
            h.fact("meeting_cancel", "2026-11-18", meeting_id=meeting)
        assert month(h, prefix="su") == {}

    def test_a_cancelled_cancellation_is_none(self, h: History) -> None:
        meeting = h.meeting("2026-11-19")
        h.item(meeting, h.case("2026-10-05"))
        h.fact("meeting_cancel", "2026-11-18", meeting_id=meeting)
        h.undo(h.last_act())
        assert month(h, prefix="su") == {
            "support_conference.sittings": 1,
            "support_conference.cases": 1,
            "support_conference.items": 1,
            "subcommittee.sittings": 1,
        }

    def test_no_transition_from_a_sitting_that_was_cancelled(self, h: History) -> None:
        case, before = h.case("2026-10-05"), h.meeting("2026-10-15")
        h.item(before, case)
        h.item(h.meeting("2026-11-19"), case, "multilayer_conference")
        assert month(h, prefix="transitions") == {"transitions.to_multilayer": 1}
        h.fact("meeting_cancel", "2026-10-14", meeting_id=before)
        assert month(h, prefix="transitions") == {}
        h.undo(h.last_act())
        assert month(h, prefix="transitions") == {"transitions.to_multilayer": 1}

    def test_what_waited_or_was_taken_back_on_either_side_is_no_transition(self, h: History) -> None:
        for undone in (None, "meeting", "meeting_item", "decision"):
            for side in ("support_conference", "multilayer_conference"):
                case, rows = h.case("2026-10-05"), {}
                for kind, on in (("support_conference", "2026-10-15"), ("multilayer_conference", "2026-11-19")):
                    held = h.meeting(on)
                    item = h.item(held, case, kind, decided="continue" if undone or kind != side else None)
                    rows[kind] = {"meeting": ("id", held), "meeting_item": ("id", item), "decision": ("item_id", item)}
                if undone:
                    column, row = rows[side][undone]
                    sql = f"SELECT seq FROM {undone} WHERE {column} = ?"
                    h.undo(h.conn.execute(sql, (row,)).fetchone()[0])
                assert month(h, prefix="transitions") == {}, (undone, side)

    def test_the_transition_is_the_first_multilayered_item_after_a_support_conference(self, h: History) -> None:
        case, other = h.case("2026-04-05"), h.case("2026-04-05")
        h.item(h.meeting("2026-08-20"), case, "multilayer_conference")
        h.item(h.meeting("2026-09-17"), case)
        same = h.meeting("2026-10-15")
        h.item(same, other, "multilayer_conference")
        h.item(same, other)
        held = h.meeting("2026-11-19")
        h.item(held, case, "multilayer_conference")
        h.item(h.meeting("2026-11-26"), case, "multilayer_conference")
        assert [(row["case"], row["on"]) for row in units(h, "transitions.to_multilayer")] == [
            ("2026-0001", date(2026, 11, 19))
        ]
        assert month(h, DECEMBER, "transitions") == {}
        h.item(h.meeting("2026-12-17"), other, "multilayer_conference")
        assert month(h, DECEMBER, "transitions") == {"transitions.to_multilayer": 1}
        assert year(h, DECEMBER, "transitions") == {"transitions.to_multilayer": 2}
