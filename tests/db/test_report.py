"""Every figure of the monthly report counts what domain §6 says, and is the length of its own list.

The world: the report of November 2026, whose fiscal year began on 1 April. `month(h)` gives every figure that is not
zero, `year(h)` the same to date.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.history import History, empty
from toshima_cli.domain import report as r
from toshima_cli.domain.terms import EndReason, Field, ReportKind
from toshima_cli.looks import report as looks

NOVEMBER = r.Range(date(2026, 11, 1), date(2026, 12, 1))
DECEMBER = r.Range(date(2026, 12, 1), date(2027, 1, 1))
APRIL = r.Range(date(2026, 4, 1), date(2026, 5, 1))


@pytest.fixture
def h() -> Iterator[History]:
    conn = empty()
    yield History(conn)
    conn.close()


def month(h: History, span: r.Range = NOVEMBER, prefix: str = "") -> dict[str, int]:
    lines = looks.monthly(h.conn, span).lines
    return {line.key: line.month for line in lines if line.month and line.key.startswith(prefix)}


def year(h: History, span: r.Range = NOVEMBER, prefix: str = "") -> dict[str, int]:
    lines = looks.monthly(h.conn, span).lines
    return {line.key: line.year_to_date for line in lines if line.year_to_date and line.key.startswith(prefix)}


def units(h: History, key: str, span: r.Range = NOVEMBER) -> list[dict[str, object]]:
    figure, _ = looks.keys(h.conn, span)[key]
    return looks.units(h.conn, span, figure)[0]


class TestTheKeys:
    def test_every_key_in_the_order_of_the_contract(self, h: History) -> None:
        channels = "self family neighbour welfare_commissioner window agency outreach other"
        methods = "visit phone meeting office online letter email accompany other"
        codes = {
            name: [row[0] for row in h.conn.execute(f"SELECT code FROM {table} ORDER BY position")]
            for name, table in (
                ("window", '"window"'),
                ("concern", "concern_kind"),
                ("change", "code WHERE list = 'change'"),
            )
        }
        assert len(codes["window"]) == 19
        assert len(codes["concern"]) == 16
        assert [line.key for line in looks.monthly(h.conn, NOVEMBER).lines] == [
            *["cases.open_start", "cases.opened", "cases.reopened", "cases.ended", "cases.open_end"],
            *["consultations.new", "consultations.with_consent", "consultations.without_consent"],
            *(f"consultations.by_channel.{code}" for code in channels.split()),
            *(f"consultations.by_window.{code}" for code in codes["window"]),
            *(f"consultations.by_field.{code}" for code in Field),
            *(f"concerns.{code}" for code in codes["concern"]),
            "contacts.total",
            *(f"contacts.by_method.{code}" for code in methods.split()),
            *["complex.accepted", "complex.open", "engaging.cases", "engaging.over_90_days"],
            *["plans.new", "plans.revised", "plans.approved", "plans.approved_afterwards", "plans.active"],
            "plans.review_overdue",
            *(f"support_conference.{word}" for word in ("sittings", "cases", "items")),
            *(f"multilayer_conference.{word}" for word in ("sittings", "cases", "items")),
            *["stakeholder.sittings", "subcommittee.sittings", "council.sittings", "transitions.to_multilayer"],
            *["outreach.people", "outreach.contacts", "outreach.consented"],
            *["participation.national.people", "participation.local.people", "community.people"],
            *(f"referrals.{word}" for word in ("sent", "accepted", "declined", "unanswered")),
            *(f"reports_by_law.{kind}" for kind in ReportKind),
            "emergencies",
            *["ends.concluded", "ends.interrupted"],
            *(f"ends.by_reason.{code}" for code in EndReason),
            "watching.open",
            *(f"changes.{code}" for code in codes["change"]),
            *["gaps.raised", "gaps.forwarded", "gaps.answered"],
        ]

    def test_an_empty_year_is_all_zero(self, h: History) -> None:
        assert month(h) == year(h) == {}
        assert {line.month for line in looks.monthly(h.conn, NOVEMBER).lines} == {0}

    def test_a_code_of_an_earlier_edition_is_still_counted(self, h: History) -> None:
        h.case("2026-06-02", window="old-window")
        report = looks.monthly(h.conn, NOVEMBER)
        keys = [line.key for line in report.lines if line.key.startswith("consultations.by_window.")]
        assert keys[-1] == "consultations.by_window.old-window"
        assert year(h)["consultations.by_window.old-window"] == year(h)["consultations.new"] == 1

    def test_labels_take_their_days_from_the_settings(self, h: History) -> None:
        h.conn.execute("UPDATE setting SET value = '60' WHERE key = 'engaging_long_days'")
        labels = {line.key: line.label for line in looks.monthly(h.conn, NOVEMBER).lines}
        assert labels["engaging.over_90_days"].values == (("days", 60),)
        assert labels["referrals.unanswered"].values == (("days", 14),)

    def test_names_of_codes_in_either_language(self, h: History) -> None:
        key = "contacts.by_method.visit"
        names = [
            {line.key: line.name for line in looks.monthly(h.conn, NOVEMBER, english=english).lines}[key]
            for english in (False, True)
        ]
        assert names == ["訪問", "Visit"]


class TestTheBalance:
    def test_an_opening_counts_once_and_stays_open(self, h: History) -> None:
        h.case("2026-10-31")
        h.case("2026-11-01", stage="outreach", origin="outreach", act="contact")
        h.case("2026-11-30", origin="split", act="split")
        h.case("2026-12-01")
        assert month(h, prefix="cases.") == {"cases.open_start": 1, "cases.opened": 2, "cases.open_end": 3}
        assert year(h, prefix="cases.") == {"cases.opened": 3, "cases.open_end": 3}
        assert [row["unit"] for row in units(h, "cases.opened")] == ["2026-0002", "2026-0003"]

    def test_a_return_reopens(self, h: History) -> None:
        h.case("2026-11-03", origin="return", act="return")
        assert month(h, prefix="cases.") == {"cases.reopened": 1, "cases.open_end": 1}

    def test_an_end_and_a_reopening_in_one_month(self, h: History) -> None:
        case = h.case("2026-04-01")
        h.end(case, "2026-11-03")
        h.step(case, "2026-11-20", "resume", "received")
        h.end(case, "2026-11-25", None)
        assert month(h, prefix="cases.") == {"cases.open_start": 1, "cases.reopened": 1, "cases.ended": 2}
        assert month(h, prefix="ends.") == {
            "ends.concluded": 1,
            "ends.interrupted": 1,
            "ends.by_reason.resolved": 1,
        }

    def test_within_a_day_the_later_recording_holds(self, h: History) -> None:
        case = h.case("2026-11-03")
        h.end(case, "2026-11-10")
        h.step(case, "2026-11-10", "resume", "received")
        assert month(h, prefix="cases.") == {
            "cases.opened": 1,
            "cases.reopened": 1,
            "cases.ended": 1,
            "cases.open_end": 1,
        }

    def test_two_steps_of_one_act_in_the_order_of_their_rows(self, h: History) -> None:
        case = h.case("2026-10-03")
        h.step(case, "2026-11-10", "plan", "planning")
        h.step(case, "2026-11-10", "start", "supporting", seq=h.last_act())
        h.step(case, "2026-11-11", "watch", "watching")
        h.step(case, "2026-11-11", "conclude", "closed", seq=h.last_act())
        assert month(h, prefix="cases.") == {"cases.open_start": 1, "cases.ended": 1}

    def test_a_step_recorded_late_takes_its_place_by_its_date(self, h: History) -> None:
        case = h.case("2026-04-02")
        h.end(case, "2026-11-20")
        h.step(case, "2026-11-10", "escalate", "complex")
        assert month(h, prefix="cases.") == {"cases.open_start": 1, "cases.ended": 1}

    def test_an_ended_case_that_ends_again_ends_once(self, h: History) -> None:
        case = h.case("2026-04-02")
        h.end(case, "2026-10-20", None)
        h.end(case, "2026-11-20")
        assert month(h, prefix="cases.") == {}
        assert month(h, prefix="ends.") == {}

    def test_a_case_that_only_ever_ended_leaves_the_balance_whole(self, h: History) -> None:
        h.case("2026-11-02", act="conclude", stage="closed")
        assert month(h, prefix="cases.") == {"cases.opened": 1, "cases.ended": 1}

    def test_undone_steps_never_were(self, h: History) -> None:
        case = h.case("2026-11-02")
        h.end(case, "2026-11-05", changes=("safe",))
        h.undo(h.last_act())
        assert month(h, prefix="cases.") == {"cases.opened": 1, "cases.open_end": 1}
        assert {**month(h, prefix="ends."), **month(h, prefix="changes.")} == {}
        gone = h.case("2026-11-04")
        h.undo(h.last_act())
        assert gone
        assert month(h, prefix="cases.") == {"cases.opened": 1, "cases.open_end": 1}

    def test_april_starts_the_year(self, h: History) -> None:
        h.case("2026-03-31")
        h.case("2026-04-01")
        found = looks.monthly(h.conn, APRIL)
        assert all(line.month == line.year_to_date for line in found.lines)
        assert month(h, APRIL, "cases.") == {"cases.open_start": 1, "cases.opened": 1, "cases.open_end": 2}
        assert year(h, NOVEMBER, "cases.") == month(h, APRIL, "cases.")

    def test_january_to_march_belong_to_the_year_before(self, h: History) -> None:
        h.case("2026-04-01")
        march = r.Range(date(2027, 3, 1), date(2027, 4, 1))
        assert year(h, march, "cases.opened") == {"cases.opened": 1}
        assert looks.monthly(h.conn, march).year_from == date(2026, 4, 1)


class TestConsultations:
    def test_by_channel_window_and_each_field_once(self, h: History) -> None:
        h.case("2026-11-05", people="ABC", concerns="A:job B:withdrawal C:care A:debt :family A:gone", window="csw")
        h.case("2026-11-06", concerns="A:care", channel="family", window="kaigo")
        h.case("2026-11-07", stage="outreach", origin="outreach", act="contact", concerns="A:childcare")
        assert month(h, prefix="consultations.") == {
            "consultations.new": 2,
            "consultations.without_consent": 2,
            "consultations.by_channel.self": 1,
            "consultations.by_channel.family": 1,
            "consultations.by_window.csw": 1,
            "consultations.by_window.kaigo": 1,
            "consultations.by_field.elderly": 2,
            "consultations.by_field.poverty": 1,
            "consultations.by_field.other": 1,
        }

    def test_a_concern_found_later_changes_no_reception(self, h: History) -> None:
        case = h.case("2026-11-05", concerns="A:job")
        h.fact("concern", "2026-11-06", case_id=case, member_id=None, code="care", most_pressing=0)
        assert month(h, prefix="consultations.by_field") == {"consultations.by_field.poverty": 1}
        assert month(h, prefix="concerns.") == {"concerns.job": 1, "concerns.care": 1}
        assert [(row["unit"], row["person"]) for row in units(h, "concerns.care")] == [("2026-0001/care", None)]

    def test_a_connection_from_outreach_is_a_reception(self, h: History) -> None:
        case = h.case("2026-10-05", stage="outreach", origin="outreach", act="contact")
        h.step(case, "2026-11-05", "connect", "received")
        assert month(h)["consultations.new"] == 1
        assert units(h, "consultations.new")[0]["on"] == date(2026, 11, 5)

    @pytest.mark.parametrize(
        ("consents", "shared"),
        [
            ([("2026-11-05", "given", {})], True),
            ([("2026-10-05", "given", {"expires": "2026-11-05"})], True),
            ([("2026-10-05", "given", {"expires": "2026-11-04"})], False),
            ([("2026-11-06", "given", {})], False),
            ([("2026-11-05", "given", {"sharing": False})], False),
            ([("2026-11-05", "refused", {})], False),
            ([("2026-11-05", "given", {}), ("2026-11-05", "withdrawn", {})], False),
            ([("2026-11-05", "given", {}), ("2026-11-05", "withdrawn", {"sharing": False})], True),
            ([("2026-11-05", "given", {}), ("2026-11-06", "withdrawn", {})], True),
        ],
    )
    def test_consent_is_what_held_on_the_very_day(
        self, h: History, consents: list[tuple[str, str, dict[str, bool]]], shared: bool
    ) -> None:
        case = h.case("2026-11-05", people="AB")
        for on, decision, more in consents:
            h.consent(case, "B", on, decision, **more)
        assert month(h).get("consultations.with_consent", 0) == shared
        assert month(h).get("consultations.without_consent", 0) == (not shared)

    def test_of_an_undone_consent_or_person_nothing_holds(self, h: History) -> None:
        case = h.case("2026-11-05")
        h.consent(case, "A", "2026-11-05")
        h.undo(h.last_act())
        h.member(case, "B", "2026-11-05")
        member = h.last_act()
        h.consent(case, "B", "2026-11-05")
        assert month(h)["consultations.with_consent"] == 1
        h.undo(member)
        assert "consultations.with_consent" not in month(h)


class TestContactsAndStages:
    def test_contacts_by_method(self, h: History) -> None:
        case = h.case("2026-10-05")
        for on, method in (
            ("2026-10-31", "phone"),
            ("2026-11-01", "visit"),
            ("2026-11-30", "visit"),
            ("2026-12-01", "x"),
        ):
            h.note(case, on, method)
        assert month(h, prefix="contacts.") == {"contacts.total": 2, "contacts.by_method.visit": 2}
        assert year(h, prefix="contacts.") == {
            "contacts.total": 3,
            "contacts.by_method.visit": 2,
            "contacts.by_method.phone": 1,
        }

    def test_accepted_again_counts_again_and_open_is_the_stage_of_the_last_day(self, h: History) -> None:
        case = h.case("2026-10-05")
        h.step(case, "2026-11-02", "escalate", "complex")
        h.step(case, "2026-11-05", "settle", "single")
        h.step(case, "2026-11-09", "escalate", "complex")
        h.step(case, "2026-12-01", "approach", "engaging")
        assert month(h, prefix="complex.") == {"complex.accepted": 2, "complex.open": 1}
        assert month(h, DECEMBER, "complex.") == {}
        assert month(h, DECEMBER, "engaging.") == {"engaging.cases": 1}

    @pytest.mark.parametrize(("began", "long"), [("2026-09-01", False), ("2026-08-31", True)])
    def test_engaging_is_long_after_more_than_ninety_days(self, h: History, began: str, long: bool) -> None:
        case = h.case("2026-04-05")
        h.step(case, began, "approach", "engaging")
        h.step(case, "2026-10-05", "approach", "engaging")
        assert month(h, prefix="engaging.") == {"engaging.cases": 1, **({"engaging.over_90_days": 1} if long else {})}

    def test_a_break_begins_the_engaging_anew(self, h: History) -> None:
        case = h.case("2026-04-05")
        h.step(case, "2026-05-05", "approach", "engaging")
        h.step(case, "2026-11-05", "interrupt", "interrupted")
        h.step(case, "2026-11-06", "resume", "engaging")
        assert month(h, prefix="engaging.") == {"engaging.cases": 1}

    def test_the_days_are_the_setting(self, h: History) -> None:
        h.conn.execute("UPDATE setting SET value = '9' WHERE key = 'engaging_long_days'")
        case = h.case("2026-04-05")
        h.step(case, "2026-11-20", "approach", "engaging")
        assert month(h, prefix="engaging.over") == {"engaging.over_90_days": 1}

    def test_watching(self, h: History) -> None:
        case = h.case("2026-10-05")
        h.step(case, "2026-11-30", "watch", "watching")
        assert month(h, prefix="watching.") == {"watching.open": 1}


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

    def test_none_in_an_ended_case_and_one_in_a_case(self, h: History) -> None:
        ended = h.case("2026-10-05")
        h.plan_step(h.plan(ended, "2026-10-06"), "2026-10-10")
        h.end(ended, "2026-11-10")
        two = h.case("2026-10-05")
        h.plan_step(h.plan(two, "2026-10-06"), "2026-10-10")
        h.plan_step(h.plan(two, "2026-10-20", 2), "2026-10-25")
        assert [row["unit"] for row in units(h, "plans.active")] == ["P5"]

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

    @pytest.mark.parametrize("spoilt", ["waiting", "cancelled", "undone"])
    def test_a_sitting_that_did_not_deal_with_it_settles_no_review(self, h: History, spoilt: str) -> None:
        case = h.case("2026-10-05")
        h.plan_step(h.plan(case, "2026-10-06", review="2026-11-10"), "2026-10-10")
        meeting = h.meeting("2026-11-19")
        h.item(meeting, case, decided=None if spoilt == "waiting" else "continue")
        if spoilt == "cancelled":
            h.fact("meeting_cancel", "2026-11-18", meeting_id=meeting)
        if spoilt == "undone":
            h.undo(h.last_act())
        assert month(h)["plans.review_overdue"] == 1


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


class TestReferrals:
    def test_sent_and_answered_each_on_its_day(self, h: History) -> None:
        case = h.case("2026-10-05")
        one, two = h.refer(case, "2026-10-30"), h.refer(case, "2026-11-01", "none_shared")
        h.answer(one, "2026-11-05")
        h.answer(two, "2026-11-06", "declined")
        h.answer(one, "2026-11-09", "completed")
        assert month(h, prefix="referrals.") == {
            "referrals.sent": 1,
            "referrals.accepted": 1,
            "referrals.declined": 1,
        }
        assert year(h, prefix="referrals.sent") == {"referrals.sent": 2}

    def test_a_report_by_law_is_no_referral_and_an_emergency_is(self, h: History) -> None:
        case = h.case("2026-10-05")
        h.answer(h.refer(case, "2026-11-02", "statutory_report", "elder"), "2026-11-03")
        h.refer(case, "2026-11-02", "statutory_report", "child")
        h.refer(case, "2026-11-04", "emergency")
        assert month(h, prefix="re") == {
            "referrals.sent": 1,
            "referrals.unanswered": 1,
            "reports_by_law.child": 1,
            "reports_by_law.elder": 1,
        }
        assert month(h, prefix="emerg") == {"emergencies": 1}

    @pytest.mark.parametrize(
        ("sent", "ground", "answers", "unanswered"),
        [
            ("2026-11-15", "consent", [], True),
            ("2026-11-16", "consent", [], False),
            ("2026-06-15", "same_office", [("2026-06-20", "waiting")], True),
            ("2026-06-15", "support_conference", [("2026-11-30", "accepted")], False),
            ("2026-06-15", "consent", [("2026-12-01", "accepted")], True),
            ("2026-06-15", "consent", [("2026-06-16", "revoked")], False),
            ("2026-06-15", "none_shared", [], False),
        ],
    )
    def test_unanswered_after_more_than_fourteen_days(
        self, h: History, sent: str, ground: str, answers: list[tuple[str, str]], unanswered: bool
    ) -> None:
        referral = h.refer(h.case("2026-04-05"), sent, ground)
        for on, status in answers:
            h.answer(referral, on, status)
        assert month(h).get("referrals.unanswered", 0) == unanswered

    def test_nobody_waits_for_an_answer_in_an_ended_case(self, h: History) -> None:
        case = h.case("2026-04-05")
        h.refer(case, "2026-06-15")
        h.end(case, "2026-12-01")
        assert month(h)["referrals.unanswered"] == 1
        assert "referrals.unanswered" not in month(h, DECEMBER)


class TestPeople:
    def test_participation_and_community_count_people_once(self, h: History) -> None:
        case = h.case("2026-10-05", people="ABC")
        plan = h.plan(case, "2026-11-02", people="AB")
        for kind, label in (
            ("participation_national", "A"),
            ("participation_national", "A"),
            ("participation", None),
            ("community", "B"),
            ("outreach", "B"),
        ):
            h.action(case, plan, "2026-11-02", kind, label)
        assert month(h, prefix="participation") == {}
        h.plan_step(plan, "2026-11-19", afterwards="急ぐ")
        h.plan_step(plan, "2026-12-17")
        assert {**month(h, prefix="part"), **month(h, prefix="community")} == {
            "participation.national.people": 1,
            "participation.local.people": 2,
            "community.people": 1,
        }
        assert month(h, DECEMBER, "participation") == {}
        assert [row["unit"] for row in units(h, "participation.local.people")] == ["2026-0001/A", "2026-0001/B"]

    def test_one_person_of_two_cases_is_one(self, h: History) -> None:
        cases = [h.case("2026-10-05"), h.case("2026-10-06", people="")]
        person = h.conn.execute("SELECT person_id FROM member").fetchone()[0]
        h.member(cases[1], "A", "2026-10-06", person=person)
        for case in cases:
            plan = h.plan(case, "2026-11-02")
            h.action(case, plan, "2026-11-02", "participation")
            h.plan_step(plan, "2026-11-19")
        assert month(h, prefix="participation") == {"participation.local.people": 1}

    def test_outreach_is_contact_before_a_window_is_reached(self, h: History) -> None:
        case = h.case("2026-10-05", people="AB", stage="outreach", origin="outreach", act="contact")
        h.note(case, "2026-10-20", label="A")
        h.note(case, "2026-11-02", label="A")
        h.note(case, "2026-11-03", label="A")
        h.step(case, "2026-11-04", "connect", "received")
        h.note(case, "2026-11-05", label="B")
        h.consent(case, "A", "2026-11-06", "refused")
        h.consent(case, "A", "2026-11-07")
        h.consent(case, "A", "2026-12-07")
        assert month(h, prefix="outreach") == {
            "outreach.people": 1,
            "outreach.contacts": 2,
            "outreach.consented": 1,
        }
        assert year(h, prefix="outreach") == {
            "outreach.people": 1,
            "outreach.contacts": 3,
            "outreach.consented": 1,
        }
        assert month(h, DECEMBER, "outreach") == {}

    def test_a_contact_with_nobody_named_is_with_everybody_known(self, h: History) -> None:
        case = h.case("2026-10-05", people="AB", stage="outreach", origin="outreach", act="contact")
        h.member(case, "C", "2026-11-20")
        h.note(case, "2026-11-02")
        assert month(h, prefix="outreach") == {"outreach.people": 2, "outreach.contacts": 1}

    def test_other_cases_have_no_outreach(self, h: History) -> None:
        case = h.case("2026-10-05")
        h.note(case, "2026-11-02", label="A")
        h.consent(case, "A", "2026-11-03")
        assert month(h, prefix="outreach") == {}


class TestEndsAndGaps:
    def test_reasons_and_changes(self, h: History) -> None:
        for reason, changes in (("resolved", ("safe", "work_started")), ("declined", ("none",)), ("resolved", ())):
            h.end(h.case("2026-10-05"), "2026-11-10", reason, changes)
        assert {**month(h, prefix="ends."), **month(h, prefix="changes.")} == {
            "ends.concluded": 3,
            "ends.by_reason.resolved": 2,
            "ends.by_reason.declined": 1,
            "changes.safe": 1,
            "changes.work_started": 1,
            "changes.none": 1,
        }

    def test_gaps(self, h: History) -> None:
        gap = h.fact("gap", "2026-10-20", kind="resource", text="日中の居場所", case_id=h.case("2026-10-05"))
        other = h.fact("gap", "2026-11-20", kind="system", text="制度の間", case_id=None)
        h.fact("gap_step", "2026-11-19", gap_id=gap, status="forwarded", text=None)
        h.fact("gap_step", "2026-11-25", gap_id=gap, status="answered", text=None)
        assert month(h, prefix="gaps.") == {"gaps.raised": 1, "gaps.forwarded": 1, "gaps.answered": 1}
        assert year(h, prefix="gaps.raised") == {"gaps.raised": 2}
        assert [row["unit"] for row in units(h, "gaps.raised")] == [f"G{other}"]


def test_whom_a_list_shows_is_named_for_the_journal(h: History) -> None:
    case = h.case("2026-11-05")
    h.note(case, "2026-11-06", label="A")
    h.item(h.meeting("2026-11-19"), case)
    known = looks.keys(h.conn, NOVEMBER)
    person = str(h.conn.execute("SELECT person_id FROM member").fetchone()[0])
    assert looks.units(h.conn, NOVEMBER, known["contacts.total"][0])[1] == [("case", "2026-0001"), ("person", person)]
    assert looks.units(h.conn, NOVEMBER, known["support_conference.items"][0])[1] == [
        ("case", "2026-0001"),
        ("meeting", "M0003"),
    ]
    assert looks.units(h.conn, NOVEMBER, known["subcommittee.sittings"][0])[1] == [("meeting", "M0003")]
