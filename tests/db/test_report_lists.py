"""The monthly report: what it says of referrals, people, ends and gaps (domain §6), and whom its lists show.

The world: November 2026, whose fiscal year began on 1 April.
"""

from datetime import date

import pytest

from tests.figures import DECEMBER, NOVEMBER, month, units, year
from tests.history import History
from toshima_cli.domain import figures as f
from toshima_cli.domain.verdict import say
from toshima_cli.looks import report as looks
from toshima_cli.looks import report_lists as lists


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

    def test_an_answer_taken_back_is_waited_for_again(self, h: History) -> None:
        h.answer(h.refer(h.case("2026-04-05"), "2026-06-15"), "2026-06-20")
        assert "referrals.unanswered" not in month(h)
        h.undo(h.last_act())
        assert month(h)["referrals.unanswered"] == 1

    def test_nobody_waits_for_an_answer_in_an_ended_case(self, h: History) -> None:
        case = h.case("2026-04-05")
        h.refer(case, "2026-06-15")
        h.end(case, "2026-12-01")
        assert month(h)["referrals.unanswered"] == 1
        assert "referrals.unanswered" not in month(h, DECEMBER)

    def test_nor_for_somebody_who_left(self, h: History) -> None:
        case = h.case("2026-04-05")
        h.refer(case, "2026-06-15")
        h.leave(case, "A", "2026-12-01")
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

    def test_a_contact_under_a_programme_is_outreach_in_every_stage(self, h: History) -> None:
        case = h.case("2026-10-05", people="ABC")
        h.note(case, "2026-11-02", label="A", programme="o-csw")
        h.note(case, "2026-11-03", label="A", programme="o-csw")
        h.note(case, "2026-11-04", label="B")
        h.consent(case, "A", "2026-11-01", "refused")
        h.consent(case, "A", "2026-11-05")
        h.consent(case, "B", "2026-11-05")
        assert month(h, prefix="outreach") == {
            "outreach.people": 1,
            "outreach.contacts": 2,
            "outreach.consented": 1,
        }
        assert [row["person"] for row in units(h, "outreach.consented")] == ["A"]

    def test_consent_before_the_first_contact_was_not_won_by_it(self, h: History) -> None:
        case = h.case("2026-10-05", people="AB")
        h.consent(case, "A", "2026-11-01")
        h.consent(case, "B", "2026-11-03")
        h.note(case, "2026-11-02", programme="o-csw")
        undone = h.note(case, "2026-10-30", programme="o-csw")
        h.undo(h.conn.execute("SELECT seq FROM note WHERE id = ?", (undone,)).fetchone()[0])
        assert month(h, prefix="outreach") == {
            "outreach.people": 2,
            "outreach.contacts": 1,
            "outreach.consented": 1,
        }

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
    assert lists.units(h.conn, NOVEMBER, known["contacts.total"][0], actor="local")[1] == [
        ("case", "2026-0001"),
        ("person", person),
    ]
    assert lists.units(h.conn, NOVEMBER, known["support_conference.items"][0], actor="local")[1] == [
        ("case", "2026-0001"),
        ("meeting", "M0003"),
    ]
    assert lists.units(h.conn, NOVEMBER, known["subcommittee.sittings"][0], actor="local")[1] == [("meeting", "M0003")]


def lived_on(h: History, day: str) -> None:
    """Something for every list of events, all of it on one day."""
    case = h.case(day, people="A", concerns="A:care")
    h.step(case, day, "escalate", "complex")
    h.note(case, day, label="A")
    plan = h.plan(case, day)
    h.action(case, plan, day, "participation")
    h.plan_step(plan, day)
    h.answer(h.refer(case, day), day)
    h.refer(case, day, "statutory_report", "elder")
    gap = h.fact("gap", day, kind="resource", text="日中の居場所", case_id=case)
    h.fact("gap_step", day, gap_id=gap, status="forwarded")
    h.item(h.meeting("2026-04-09"), case)
    h.item(h.meeting(day), case, "multilayer_conference")
    h.end(case, day, changes=("safe",))
    found = h.case(day, stage="outreach", origin="outreach", act="contact")
    h.note(found, day, label="A")
    h.consent(found, "A", day)


EVENTS = {figure.query: figure for block in f.BLOCKS for figure in block.figures if figure.counts is not f.STATE}


# The acts each list rests on, by what they wrote; a case is written under the act of its first step.
STANDS_ON = {
    "contacts": "note",
    "plans_made": "plan",
    "plans_approved": "plan plan_step",
    "conference_sittings": "decision meeting meeting_item",
    "conference_cases": "decision meeting meeting_item",
    "conference_items": "decision meeting meeting_item",
    "sittings": "meeting",
    "transitions": "decision meeting meeting_item",
    "outreach_people": "note stage_step",
    "outreach_contacts": "note stage_step",
    "outreach_consented": "consent stage_step",
    "action_people": "action plan plan_step stage_step",
    "referrals_sent": "referral",
    "referrals_answered": "referral referral_answer",
    "reports_by_law": "referral",
    "gaps_raised": "gap",
    "gaps_moved": "gap gap_step",
}


class TestEveryList:
    @pytest.mark.parametrize("query", EVENTS)
    def test_takes_the_first_day_and_the_last_and_neither_neighbour(self, h: History, query: str) -> None:
        for day in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
            lived_on(h, day)
        figure = f.Figure("all", say("all"), EVENTS[query].counts, query)
        rows, subjects = lists.units(h.conn, NOVEMBER, figure, actor="k03")  # k03 wrote them all
        assert {row["on"] for row in rows} == {date(2026, 11, 1), date(2026, 11, 30)}
        assert subjects

    @pytest.mark.parametrize("query", EVENTS)
    def test_needs_every_act_it_stands_on(self, h: History, query: str) -> None:
        """Of each act that wrote something the list is made of, none can be undone without the list noticing."""
        lived_on(h, "2026-11-10")
        figure = f.Figure("all", say("all"), EVENTS[query].counts, query)

        def listed() -> list[object]:
            return [tuple(row.values()) for row in lists.units(h.conn, NOVEMBER, figure, actor="k03")[0]]

        before, noticed = listed(), set()
        for seq, name in h.conn.execute("SELECT seq, name FROM act").fetchall():
            with h.taken_back():
                h.undo(seq)
                if listed() != before:
                    noticed.add(name)
        assert noticed == set(STANDS_ON.get(query, "stage_step").split())


def test_a_report_by_law_names_nobody_to_others(h: History) -> None:
    h.refer(h.case("2026-10-05"), "2026-11-06", "statutory_report", "elder")
    known = looks.keys(h.conn, NOVEMBER)["reports_by_law.elder"][0]
    (own,), _ = lists.units(h.conn, NOVEMBER, known, actor="k03")
    (others,), shown = lists.units(h.conn, NOVEMBER, known, actor="k99")
    assert own == others | {"unit": own["unit"], "case": "2026-0001", "person": "A", "on": date(2026, 11, 6)}
    assert (others["unit"], others["case"], others["person"], shown) == (None, None, None, [])
