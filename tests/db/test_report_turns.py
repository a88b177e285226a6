"""The monthly report when lives turn: cases and people found to be the same, members who left, concerns that ended,
cases for their own people only (rule 11).

The world: November 2026, whose fiscal year began on 1 April.
"""

from datetime import date

import pytest

from tests.figures import DECEMBER, NOVEMBER, month, units, year
from tests.history import History
from toshima_cli.domain import report as r
from toshima_cli.domain.verdict import say
from toshima_cli.looks import report as looks
from toshima_cli.looks import report_lists as lists

MAY = r.Range(date(2026, 5, 1), date(2026, 6, 1))


def listed(h: History, key: str, actor: str = "local") -> list[tuple[object, ...]]:
    figure, _ = looks.keys(h.conn, NOVEMBER)[key]
    rows, _ = lists.units(h.conn, NOVEMBER, figure, actor=actor)
    return [(row["unit"], row["case"], row["person"]) for row in rows]


class TestMergedCases:
    def test_one_ends_as_a_duplicate_and_a_merge_taken_back_reopens(self, h: History) -> None:
        kept, case = h.case("2026-10-05"), h.case("2026-10-06")
        merge = h.merge(case, kept, "2026-11-05")
        assert month(h, prefix="cases.") == {"cases.open_start": 2, "cases.ended": 1, "cases.open_end": 1}
        assert month(h, prefix="ends.") == {"ends.concluded": 1, "ends.by_reason.duplicate": 1}
        h.unmerge(merge, "2026-11-20")
        assert month(h, prefix="cases.") == {
            "cases.open_start": 2,
            "cases.reopened": 1,
            "cases.ended": 1,
            "cases.open_end": 2,
        }

    def test_an_undone_merge_never_was(self, h: History) -> None:
        kept, case = h.case("2026-10-05"), h.case("2026-10-06")
        for one in (kept, case):
            h.refer(one, "2026-10-07")
            h.item(h.meeting("2026-10-15"), one)
            h.item(h.meeting("2026-11-04"), one, "multilayer_conference")
        h.merge(case, kept, "2026-11-05")
        h.undo(h.last_act())
        assert month(h, prefix="cases.") == {"cases.open_start": 2, "cases.open_end": 2}
        found = month(h)
        assert found["multilayer_conference.cases"] == found["transitions.to_multilayer"] == 2
        h.end(kept, "2026-11-06")
        assert month(h)["referrals.unanswered"] == 1

    def test_of_distinct_cases_the_two_are_one_from_then_on(self, h: History) -> None:
        kept, case = h.case("2026-10-05"), h.case("2026-10-06")
        for one in (kept, case):
            h.item(h.meeting("2026-11-10"), one)
            h.item(h.meeting("2026-11-19"), one, "multilayer_conference")
        merge = h.merge(case, kept, "2026-11-25")
        found = month(h)
        assert found["support_conference.cases"] == found["multilayer_conference.cases"] == 1
        assert found["transitions.to_multilayer"] == 1
        assert found["support_conference.items"] == 2, "events stay what they were"
        assert listed(h, "support_conference.cases") == [("2026-0001", "2026-0001", None)]
        assert listed(h, "transitions.to_multilayer") == [("2026-0001", "2026-0001", None)]
        h.unmerge(merge, "2026-11-30")
        assert month(h)["support_conference.cases"] == month(h)["transitions.to_multilayer"] == 2
        h.undo(h.last_act())
        assert month(h)["support_conference.cases"] == month(h)["transitions.to_multilayer"] == 1

    def test_what_is_found_out_later_changes_no_month_that_was_over(self, h: History) -> None:
        kept, case = h.case("2026-10-05"), h.case("2026-10-06")
        for one in (kept, case):
            h.item(h.meeting("2026-11-10"), one)
        merge = h.merge(case, kept, "2026-12-01")
        assert month(h)["support_conference.cases"] == 2
        assert year(h, DECEMBER)["support_conference.cases"] == 1
        h.unmerge(merge, "2027-01-01")
        assert year(h, DECEMBER)["support_conference.cases"] == 1

    def test_a_referral_waits_as_long_as_the_kept_case_is_open(self, h: History) -> None:
        kept, case = h.case("2026-10-05"), h.case("2026-10-06")
        h.refer(case, "2026-10-10")
        h.merge(case, kept, "2026-11-05")
        assert month(h)["referrals.unanswered"] == 1
        assert [unit[1] for unit in listed(h, "referrals.unanswered")] == ["2026-0002"]
        h.end(kept, "2026-11-20")
        assert "referrals.unanswered" not in month(h)


class TestMergedPeople:
    KEYS = ("outreach.people", "outreach.consented", "community.people")

    @pytest.fixture
    def people(self, h: History) -> list[int]:
        """Two records, each sought out, met, won and helped in a case of its own in November."""
        cases = [h.case("2026-10-05", origin="outreach", stage="outreach", act="contact") for _ in range(2)]
        for case in cases:
            h.note(case, "2026-11-02", label="A")
            h.consent(case, "A", "2026-11-05")
            plan = h.plan(case, "2026-11-06")
            h.action(case, plan, "2026-11-06", "community")
            h.plan_step(plan, "2026-11-10")
        return [h.person(case, "A") for case in cases]

    def counted(self, h: History) -> list[int]:
        return [month(h)[key] for key in self.KEYS]

    def test_one_human_being_counts_once_in_whatever_records(self, h: History, people: list[int]) -> None:
        assert self.counted(h) == [2, 2, 2]
        merge = h.same(people[1], people[0], "2026-11-30")
        assert self.counted(h) == [1, 1, 1]
        assert month(h)["outreach.contacts"] == 2
        h.fact("merge_end", "2026-11-30", merge_id=merge)
        assert self.counted(h) == [2, 2, 2]
        h.undo(h.last_act())
        assert self.counted(h) == [1, 1, 1]
        h.undo(h.conn.execute("SELECT seq FROM merge").fetchone()[0])
        assert self.counted(h) == [2, 2, 2]

    def test_what_is_found_out_later_changes_no_month_that_was_over(self, h: History, people: list[int]) -> None:
        merge = h.same(people[1], people[0], "2026-12-01")
        h.fact("merge_end", "2027-01-01", merge_id=merge)
        assert self.counted(h) == [2, 2, 2]
        assert [year(h, DECEMBER)[key] for key in self.KEYS] == [1, 1, 1]


class TestSplits:
    def test_a_new_number_is_opened_and_nothing_is_noted_anew(self, h: History) -> None:
        case = h.case("2026-11-02", people="AB", concerns="A:care B:violence")
        h.split(case, "B", "2026-11-05", concern="violence")
        assert month(h, prefix="cases.") == {"cases.opened": 2, "cases.open_end": 2}
        assert month(h, prefix="concerns.") == {"concerns.care": 1, "concerns.violence": 1}
        assert month(h, prefix="consultations.new") == {"consultations.new": 1}

    def test_a_human_being_is_one_on_either_side(self, h: History) -> None:
        """B and C are met, won and helped in the case they leave, and again in the one they get; A stays."""
        case = h.case("2026-10-05", people="ABC")
        new = h.split(case, "BC", "2026-11-05")
        for one, day, people in ((case, "2026-11-04", "ABC"), (new, "2026-11-10", "BC")):
            for label in people:
                h.note(one, day, label=label, programme="o-csw")
                h.consent(one, label, day)
            plan = h.plan(one, day, people=people)
            h.action(one, plan, day, "community", None)
            h.plan_step(plan, day)
        keys = ("outreach.people", "outreach.consented", "community.people")
        assert [month(h)[key] for key in keys] == [3, 3, 3]
        h.conn.execute("UPDATE departure SET on_date = '2026-12-01'")
        assert [month(h)[key] for key in keys] == [5, 5, 5], "not before they left"
        h.conn.execute("UPDATE departure SET on_date = '2026-11-05', hidden = 0")
        assert [month(h)[key] for key in keys] == [5, 5, 5], "who is of two cases openly is on one record"

    def test_a_split_taken_back_leaves_one(self, h: History) -> None:
        case = h.case("2026-10-05", people="AB")
        new = h.split(case, "B", "2026-11-05")
        split = h.last_act()
        for one in (case, new):
            h.note(one, "2026-11-06", label="B", programme="o-csw")
        h.undo(split)
        assert month(h)["outreach.people"] == 1


class TestOutreach:
    def test_a_contact_through_an_outreach_programme_is_one_in_every_stage(self, h: History) -> None:
        case = h.case("2026-10-05", people="AB")
        h.note(case, "2026-11-02", label="A", programme="o-csw")
        h.note(case, "2026-11-03", label="B", programme="p-kurashi-shigoto")
        h.note(case, "2026-11-04", label="B")
        h.consent(case, "A", "2026-11-05")
        h.consent(case, "B", "2026-11-05")
        assert month(h, prefix="outreach") == {
            "outreach.people": 1,
            "outreach.contacts": 1,
            "outreach.consented": 1,
        }
        assert listed(h, "outreach.consented") == [("2026-0001/A", "2026-0001", "A")]

    def test_who_consented_before_the_contact_was_not_won_by_it(self, h: History) -> None:
        case = h.case("2026-10-05")
        h.consent(case, "A", "2026-11-05")
        h.note(case, "2026-11-06", programme="o-csw")
        assert "outreach.consented" not in month(h)
        h.note(case, "2026-11-05", programme="o-csw")
        assert month(h)["outreach.consented"] == 1
        h.undo(h.last_act())
        assert "outreach.consented" not in month(h)

    def test_only_a_first_yes_is_one(self, h: History) -> None:
        case = h.case("2026-10-05", people="AB", origin="outreach", stage="outreach", act="contact")
        h.consent(case, "A", "2026-11-05", "refused")
        assert "outreach.consented" not in month(h)
        h.consent(case, "B", "2026-10-10")
        before = h.last_act()
        h.consent(case, "B", "2026-11-06")
        assert "outreach.consented" not in month(h)
        h.undo(before)
        assert month(h)["outreach.consented"] == 1

    def test_a_connection_taken_back_was_none(self, h: History) -> None:
        case = h.case("2026-10-05", origin="outreach", stage="outreach", act="contact")
        h.step(case, "2026-11-01", "connect", "received")
        connected = h.last_act()
        h.note(case, "2026-11-02")
        assert month(h, prefix="outreach") == {}
        h.undo(connected)
        assert month(h, prefix="outreach") == {"outreach.people": 1, "outreach.contacts": 1}

    def test_a_case_split_off_before_a_window_was_reached_is_sought_too(self, h: History) -> None:
        case = h.case("2026-10-05", origin="split", stage="outreach", act="split")
        h.note(case, "2026-11-02")
        assert month(h, prefix="outreach") == {"outreach.people": 1, "outreach.contacts": 1}


class TestWhoLeft:
    def test_is_not_met_by_a_contact_that_names_nobody(self, h: History) -> None:
        case = h.case("2026-10-05", people="AB", origin="outreach", stage="outreach", act="contact")
        h.leave(case, "B", "2026-11-02")
        h.note(case, "2026-11-02")
        assert month(h)["outreach.people"] == 1
        with h.taken_back():
            h.undo(h.conn.execute("SELECT seq FROM departure").fetchone()[0])
            assert month(h)["outreach.people"] == 2
        with h.taken_back():
            h.note(case, "2026-11-01")
            assert month(h)["outreach.people"] == 2, "they were there until they left"
        h.note(case, "2026-11-03", label="B")
        assert month(h)["outreach.people"] == 2, "named, they were met"

    def test_an_undone_member_was_never_there(self, h: History) -> None:
        case = h.case("2026-10-05", people="A", origin="outreach", stage="outreach", act="contact")
        h.member(case, "B", "2026-10-06")
        member = h.last_act()
        h.note(case, "2026-11-02")
        h.consent(case, "B", "2026-11-03")
        plan = h.plan(case, "2026-11-04", people="AB")
        h.action(case, plan, "2026-11-04", "community", None)
        h.plan_step(plan, "2026-11-10")
        keys = ("outreach.people", "outreach.consented", "community.people")
        assert [month(h).get(key, 0) for key in keys] == [2, 1, 2]
        h.undo(member)
        assert [month(h).get(key, 0) for key in keys] == [1, 0, 1]

    def test_has_no_part_in_a_plan_approved_later(self, h: History) -> None:
        case = h.case("2026-10-05", people="AB")
        plan = h.plan(case, "2026-11-02", people="AB")
        h.action(case, plan, "2026-11-02", "community", None)
        h.plan_step(plan, "2026-11-19")
        h.leave(case, "B", "2026-11-20")
        assert month(h)["community.people"] == 2
        h.leave(case, "A", "2026-11-19")
        assert month(h)["community.people"] == 1
        h.undo(h.last_act())
        assert month(h)["community.people"] == 2

    @pytest.mark.parametrize(("left", "shared"), [("2026-11-05", False), ("2026-11-06", True)])
    def test_holds_no_consent_in_a_reception(self, h: History, left: str, shared: bool) -> None:
        case = h.case("2026-10-01", people="AB", origin="outreach", stage="outreach", act="contact")
        h.consent(case, "B", "2026-10-05")
        h.leave(case, "B", left)
        h.step(case, "2026-11-05", "connect", "received")
        assert month(h).get("consultations.with_consent", 0) == shared
        if not shared:
            h.undo(h.conn.execute("SELECT seq FROM departure").fetchone()[0])
            assert month(h)["consultations.with_consent"] == 1


def test_an_approval_taken_back_was_not_the_first(h: History) -> None:
    case = h.case("2026-10-05")
    plan = h.plan(case, "2026-10-06")
    h.action(case, plan, "2026-10-06", "community")
    h.plan_step(plan, "2026-10-10")
    before = h.last_act()
    h.plan_step(plan, "2026-11-10")
    assert "community.people" not in month(h)
    h.undo(before)
    assert month(h)["community.people"] == 1


class TestAParentsConsent:
    """It is set aside where harm by the family was suspected by then (domain/held.py)."""

    @pytest.mark.parametrize(
        ("concern", "born", "shared"),
        [
            ("A:violence", None, False),
            ("A:violence", "2012-01-01", False),
            ("B:violence", "2012-01-01", False),
            ("A:violence", "1980-01-01", True),
            (":violence", "1980-01-01", False),
            ("A:care", None, True),
        ],
    )
    def test_at_a_reception(self, h: History, concern: str, born: str | None, shared: bool) -> None:
        case = h.case("2026-11-05", people="AB", concerns=concern)
        h.conn.execute("UPDATE person SET birth_date = ?", (born,))
        h.consent(case, "A", "2026-11-05", decided_by="parent")
        assert month(h).get("consultations.with_consent", 0) == shared

    @pytest.mark.parametrize("by", ["concern", "report"])
    def test_where_harm_was_suspected_in_another_case_of_theirs(self, h: History, by: str) -> None:
        old = h.case("2026-10-05", concerns=":violence" if by == "concern" else "")
        if by == "report":
            h.refer(old, "2026-10-06", "statutory_report", "child")
        case = h.case("2026-11-05", people="")
        h.member(case, "A", "2026-11-05", person=h.person(old, "A"))
        h.consent(case, "A", "2026-11-05", decided_by="parent")
        assert month(h).get("consultations.with_consent", 0) == 0

    @pytest.mark.parametrize(("label", "shared"), [("A", False), ("B", True), ("C", False)])
    def test_after_a_report_by_law(self, h: History, label: str, shared: bool) -> None:
        case = h.case("2026-11-05", people="ABC")
        h.conn.execute("UPDATE person SET birth_date = '1980-01-01' WHERE id = ?", (h.person(case, "B"),))
        h.consent(case, "A", "2026-11-05", decided_by="parent")
        report = h.refer(case, "2026-11-05", "statutory_report", "child", label)
        assert month(h).get("consultations.with_consent", 0) == shared
        h.answer(report, "2026-11-06", "revoked")
        assert month(h)["consultations.with_consent"] == 1
        h.undo(h.last_act())
        assert month(h).get("consultations.with_consent", 0) == shared

    def test_after_a_report_by_law_about_nobody_known(self, h: History) -> None:
        case = h.case("2026-11-05", people="AB")
        h.consent(case, "A", "2026-11-05", decided_by="parent")
        report = h.refer(case, "2026-11-05", "statutory_report", "child")
        h.conn.execute("UPDATE referral SET member_id = NULL WHERE id = ?", (report,))
        assert "consultations.with_consent" not in month(h)

    @pytest.mark.parametrize("taken_back", ["concern", "report"])
    def test_what_was_taken_back_raises_no_suspicion(self, h: History, taken_back: str) -> None:
        case = h.case("2026-11-05")
        h.consent(case, "A", "2026-11-05", decided_by="parent")
        if taken_back == "concern":
            who = h.who(case, "A")
            h.fact("concern", "2026-11-05", case_id=case, member_id=who, code="violence", most_pressing=0)
        else:
            h.refer(case, "2026-11-05", "statutory_report", "child")
        assert "consultations.with_consent" not in month(h)
        h.undo(h.last_act())
        assert month(h)["consultations.with_consent"] == 1

    def test_the_months_add_up_for_who_grows_up_in_the_year(self, h: History) -> None:
        for on in ("2026-05-05", "2026-11-05"):
            h.consent(h.case(on, concerns="A:violence"), "A", on, decided_by="parent")
        h.conn.execute("UPDATE person SET birth_date = '2008-08-08'")
        months = [month(h, span).get("consultations.without_consent", 0) for span in (MAY, NOVEMBER)]
        assert sum(months) == year(h)["consultations.without_consent"] == 2


def test_a_concern_that_becomes_the_most_pressing_is_not_noted_anew(h: History) -> None:
    case = h.case("2026-11-05", concerns="A:care")
    h.fact("concern_end", "2026-11-06", concern_id=h.conn.execute("SELECT id FROM concern").fetchone()[0])
    who = h.who(case, "A")
    for code in ("care", "job"):
        h.fact("concern", "2026-11-06", seq=h.last_act(), case_id=case, member_id=who, code=code, most_pressing=1)
    assert month(h, prefix="concerns.") == {"concerns.care": 1, "concerns.job": 1}


class TestConcernsThatEnded:
    def test_were_noted_all_the_same(self, h: History) -> None:
        h.case("2026-11-05", concerns="A:care")
        concern = h.conn.execute("SELECT id FROM concern").fetchone()[0]
        h.fact("concern_end", "2026-11-06", concern_id=concern)
        assert month(h, prefix="concerns.") == {"concerns.care": 1}
        assert month(h, prefix="consultations.by_field") == {"consultations.by_field.elderly": 1}

    def test_are_none_of_a_later_reception(self, h: History) -> None:
        case = h.case("2026-10-05", concerns="A:care", origin="outreach", stage="outreach", act="contact")
        concern = h.conn.execute("SELECT id FROM concern").fetchone()[0]
        h.fact("concern_end", "2026-11-09", concern_id=concern)
        ended = h.last_act()
        for day, counted in (("2026-11-09", 1), ("2026-11-10", 0)):
            with h.taken_back():
                h.step(case, day, "connect", "received")
                assert month(h).get("consultations.by_field.elderly", 0) == counted
        h.step(case, "2026-11-10", "connect", "received")
        h.undo(ended)
        assert month(h)["consultations.by_field.elderly"] == 1


def test_a_gap_several_cases_show_counts_once_and_is_that_of_the_first(h: History) -> None:
    first, second = h.case("2026-10-05"), h.case("2026-10-06")
    gap = h.gap("2026-11-02", first, ("2026-11-05", "forwarded"), ("2026-11-20", "answered"))
    h.fact("gap_case", "2026-11-03", gap_id=gap, case_id=second)
    assert month(h, prefix="gaps.") == {"gaps.raised": 1, "gaps.forwarded": 1, "gaps.answered": 1}
    for key in ("raised", "forwarded", "answered"):
        assert listed(h, f"gaps.{key}") == [(f"G{gap}", "2026-0001", None)]


class TestRestrictedCases:
    """A figure is of the whole office; a list tells whoever is not of the case that there is a unit, and not whose."""

    @pytest.fixture
    def case(self, h: History) -> int:
        old = h.case("2026-10-05", people="AB")
        h.note(old, "2026-11-02", label="A")
        h.note(old, "2026-11-03", label="B")
        case = h.case("2026-11-04", people="A", origin="split", act="split", concerns="A:violence")
        h.hold(case, "k03", "2026-11-04")
        h.leave(old, "B", "2026-11-04", to=case, hidden=True)
        return case

    def test_are_counted(self, h: History, case: int) -> None:
        assert month(h, prefix="cases.opened") == {"cases.opened": 1}
        assert month(h)["concerns.violence"] == 1

    def test_are_named_to_their_own_people_only(self, h: History, case: int) -> None:
        assert listed(h, "concerns.violence", "k03") == [("2026-0004/A/violence", "2026-0004", "A")]
        assert listed(h, "concerns.violence", "k99") == listed(h, "concerns.violence") == [(None, None, None)]
        h.hold(case, "k99", "2026-11-05")
        assert len([row for row in listed(h, "concerns.violence", "k99") if row[0]]) == 1
        h.hold(case, "k99", "2026-11-06", holds=False)
        assert listed(h, "concerns.violence", "k99") == [(None, None, None)]

    def test_nor_is_anybody_of_them_named_to_the_journal(self, h: History, case: int) -> None:
        figure, _ = looks.keys(h.conn, NOVEMBER)["concerns.violence"]
        assert lists.units(h.conn, NOVEMBER, figure, actor="k99")[1] == []
        assert ("case", "2026-0004") in lists.units(h.conn, NOVEMBER, figure, actor="k03")[1]

    def test_a_member_who_left_to_one_is_withheld_in_the_case_they_left(self, h: History, case: int) -> None:
        assert listed(h, "contacts.total", "k03") == [("N2", "2026-0001", "A"), ("N3", "2026-0001", "B")]
        assert listed(h, "contacts.total", "k99") == [("N2", "2026-0001", "A"), (None, None, None)]

    def test_and_shown_to_those_who_may_see_that_case_as_long_as_they_may(self, h: History, case: int) -> None:
        withheld = [("N2", "2026-0001", "A"), (None, None, None)]
        h.hold(case, "k99", "2026-11-05")
        assert listed(h, "contacts.total", "k99") == listed(h, "contacts.total", "k03")
        h.undo(h.last_act())
        assert listed(h, "contacts.total", "k99") == withheld
        h.hold(case, "k99", "2026-11-05")
        h.hold(case, "k99", "2026-11-06", holds=False)
        assert listed(h, "contacts.total", "k99") == withheld

    def test_a_departure_taken_back_withholds_nobody(self, h: History, case: int) -> None:
        h.undo(h.last_act())
        assert listed(h, "contacts.total", "k99") == listed(h, "contacts.total", "k03")

    def test_an_open_departure_withholds_nobody(self, h: History) -> None:
        old, new = h.case("2026-10-05", people="AB"), h.case("2026-10-06")
        h.note(old, "2026-11-03", label="B")
        h.leave(old, "B", "2026-11-04", to=new)
        assert listed(h, "contacts.total", "k99") == [("N3", "2026-0001", "B")]

    def test_what_nobody_may_know_stands_last_of_its_day(self, h: History) -> None:
        """The place in the list would tell the number it stands between."""
        cases = [h.case("2026-11-05") for _ in range(3)]
        h.hold(cases[1], "k03", "2026-11-05")
        assert [row[0] for row in listed(h, "cases.opened", "k99")] == ["2026-0001", "2026-0003", None]
        assert [row[0] for row in listed(h, "cases.opened", "k03")] == ["2026-0001", "2026-0002", "2026-0003"]

    def test_the_sitting_its_day_and_the_number_of_the_item_are_kept_too(self, h: History, case: int) -> None:
        h.item(h.meeting("2026-11-19"), case)
        (row,) = lists.units(h.conn, NOVEMBER, looks.keys(h.conn, NOVEMBER)["support_conference.items"][0], actor="x")[
            0
        ]
        assert {name for name, value in row.items() if value is None} == {
            "unit",
            "case",
            "meeting",
            "item",
            "person",
            "on",
        }

    def test_of_a_sitting_the_kind_is_kept_where_all_of_that_kind_was_about_them(self, h: History, case: int) -> None:
        other = h.case("2026-10-06")
        first, second, third = (h.meeting(on) for on in ("2026-11-19", "2026-11-20", "2026-11-21"))
        h.item(first, case)
        h.item(first, other, "multilayer_conference")
        for about in (case, other):
            h.item(second, about)
        h.item(third, None)
        numbers = [row[0] for row in h.conn.execute("SELECT number FROM meeting ORDER BY held_on")]
        kinds = ("support_conference.sittings", "multilayer_conference.sittings")
        seen = {staff: [[row[0] for row in listed(h, key, staff)] for key in kinds] for staff in ("k03", "k99")}
        assert seen == {"k03": [numbers, numbers[:1]], "k99": [[*numbers[1:], None], numbers[:1]]}

    def test_a_report_by_law_in_one_is_open_to_those_who_may_see_both(self, h: History, case: int) -> None:
        h.refer(case, "2026-11-06", "statutory_report", "child")
        assert listed(h, "reports_by_law.child", "k99") == [(None, None, None)]

    def test_undone_a_restriction_never_was(self, h: History) -> None:
        h.hold(h.case("2026-11-05"), "k03", "2026-11-05")
        h.undo(h.last_act())
        assert listed(h, "cases.opened", "k99") == [("2026-0001", "2026-0001", None)]


def test_every_figure_says_in_words_how_it_is_counted(h: History) -> None:
    lines = [line for _, found in looks.explained(h.conn, NOVEMBER) for line in found]
    assert [line.key for line in lines] == list(looks.keys(h.conn, NOVEMBER))
    assert all(line.how.text for line in lines)
    days = {line.key: line.how.values for line in lines if "{days}" in line.how.text}
    assert days == {"engaging.over_90_days": (("days", 90),), "referrals.unanswered": (("days", 14),)}
    (one,) = looks.explained(h.conn, NOVEMBER, "concerns.care", english=True)
    assert [(line.key, line.query) for line in one[1]] == [("concerns.care", "concerns")]
    assert one[1][0].label == say("{what}: {name}", what=say("Concerns noted"), name="Nursing care")
    assert looks.explained(h.conn, NOVEMBER, "concerns") == ()


def test_a_person_of_a_merged_record_is_listed_where_they_were_first(h: History) -> None:
    cases = [h.case("2026-10-05", origin="outreach", stage="outreach", act="contact") for _ in range(2)]
    h.note(cases[1], "2026-11-02", label="A")
    h.note(cases[0], "2026-11-03", label="A")
    h.same(h.person(cases[1], "A"), h.person(cases[0], "A"), "2026-11-04")
    assert [row["unit"] for row in units(h, "outreach.people")] == ["2026-0002/A"]
