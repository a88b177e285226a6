"""Labels, who is there, who may leave or join, who looks the same, what of theirs is still open."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.domain.household import Life, day, planned
from toshima_cli.domain import alerts, merge, people
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Person
from toshima_cli.domain.people import next_label
from toshima_cli.domain.plan import ended_for
from toshima_cli.domain.stages import misfits

ON = day(11, 10)


class TestLabels:
    @pytest.mark.parametrize(
        ("taken", "label"),
        [("", "A"), ("ABC", "D"), ("AC", "B"), ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA")],
    )
    def test_the_next_free_one(self, taken: str, label: str) -> None:
        assert next_label(set(taken)) == label

    def test_after_two_letters(self) -> None:
        taken = {next_label(set())}
        for _ in range(27):
            taken.add(next_label(taken))
        assert {"Z", "AA", "AB"} <= taken
        assert len(taken) == 28


class TestThere:
    def test_joined_and_not_left(self) -> None:
        case = Life().leave("B", ON).case
        b = case.person("B")
        assert b is not None
        assert people.not_there(case, b, day(11, 9)) is None
        for when in (ON, day(10, 4)):
            refused = people.not_there(case, b, when)
            assert refused is not None
            assert refused.rule == "person.not_there"

    def test_the_last_one_goes_by_death_only(self) -> None:
        case = Life(labels="AB").leave("B", ON).case
        a, b = case.people
        assert people.may_leave(case, a, day(11, 9), "other") is None
        refused = people.may_leave(case, a, ON, "other")
        assert refused is not None
        assert refused.rule == "person.last"
        assert {n.act for n in refused.next} == {t.Act.CONCLUDE}
        moving = people.may_leave(case, a, ON, "other", "2026-0007")
        assert moving is not None
        assert moving.next[0].command == "toshima merge 2026-0007 2026-0042"
        assert people.may_leave(case, a, ON, people.DECEASED) is None
        gone = people.may_leave(case, b, ON, people.DECEASED)
        assert gone is not None
        assert gone.rule == "person.not_there"

    def test_somebody_who_joins_later_keeps_the_case_open(self) -> None:
        case = Life(labels="AB").case
        case = replace(case, people=(case.people[0], replace(case.people[1], joined_on=day(11, 20))))
        assert people.may_leave(case, case.people[0], ON, "other") is None

    def test_in_two_households(self) -> None:
        here, there = Life(labels="A").case, replace(Life(labels="AB").case, number="2026-0043")
        b = there.people[1]
        assert people.may_join(here, there, b, ON) is None
        assert people.may_join(Life(labels="A").leave("A", ON).case, there, there.people[0], ON) is None
        known = people.may_join(here, there, there.people[0], ON)
        assert known is not None
        assert known.rule == "person.there"
        for pair in ((here, replace(there, restricted=True)), (replace(here, restricted=True), there)):
            refused = people.may_join(*pair, b, ON)
            assert refused is not None
            assert refused.rule == "case.restricted"
            (restricted,) = (case.number for case in pair if case.restricted)
            assert refused.next[0].command.endswith(restricted)


class TestRelations:
    @pytest.mark.parametrize(
        ("new_head", "was", "now"),
        [
            ("head", "child", "child"),
            ("spouse", "child", "child"),
            ("child", "parent", "grandparent"),
            ("child", "spouse", "parent"),
            ("child", "child", "sibling"),
            ("parent", "child", "grandchild"),
            ("sibling", "parent", "parent"),
            ("child", "cohabitant", "cohabitant"),
            ("child", "grandchild", "other"),  # their own child, or a niece
            ("partner", "child", "other"),
            ("cohabitant", "relative", "other"),
        ],
    )
    def test_to_a_new_head_as_far_as_they_follow(self, new_head: str, was: str, now: str) -> None:
        assert people.related(new_head, was) == now


class TestWhatTheyLeave:
    def test_a_household_without_its_head(self) -> None:
        case = Life().case
        a, b, c = case.people
        case = replace(case, people=(replace(a, relation="head"), b, c))
        assert [w.rule for w in people.no_head(case, ("A",), ON)] == ["person.no_head"]
        assert people.no_head(case, ("B",), ON) == ()
        assert people.no_head(case, ("A", "B", "C"), ON) == ()
        assert people.no_head(Life().case, ("A",), ON) == ()  # it never had one
        two = replace(case, people=(replace(a, relation="head"), replace(b, relation="head"), c))
        assert people.no_head(two, ("A",), ON) == ()

    def test_referrals_that_run_and_actions_not_done(self) -> None:
        life = Life().refer(day(10, 8), answer=t.ReferralStatus.ACCEPTED).plan("A", day(10, 9), dues=[(ON, None)])
        assert [w.rule for w in people.left_open(life.case, "A", ON)] == [
            "person.open_referrals",
            "person.open_actions",
        ]
        assert people.left_open(life.case, "B", ON) == ()

    @pytest.mark.parametrize("answer", [None, *t.ReferralStatus])
    def test_a_referral_runs_until_it_is_declined_revoked_or_completed(self, answer: t.ReferralStatus | None) -> None:
        over = answer in (t.ReferralStatus.DECLINED, t.ReferralStatus.REVOKED, t.ReferralStatus.COMPLETED)
        found = people.left_open(Life().refer(day(10, 8), answer=answer).case, "A", ON)
        assert [w.rule for w in found] == ([] if over else ["person.open_referrals"])

    @pytest.mark.parametrize("stage", t.Stage)
    def test_a_case_split_off_begins_in_no_stage_that_rests_on_the_plan(self, stage: t.Stage) -> None:
        begins = people.SPLIT_STAGE.get(stage, stage)
        assert begins not in (t.Stage.PLANNING, t.Stage.SUPPORTING, t.Stage.WATCHING)

    def test_one_of_those_left_is_noted_as_head(self) -> None:
        case = Life().case
        a, b, c = (replace(p, relation="head" if p.label == "A" else "other") for p in case.people)

        def lines(*members: Person, gone: str = "A") -> list[str]:
            return [n.command for n in people.name_head(replace(case, people=members), gone, ON)]

        line = "toshima person edit 2026-0042 {} --relation head --reason TEXT"
        assert lines(a, b, c) == [line.format("B")]
        assert lines(a, replace(b, hidden=True), c) == [line.format("C")]  # who has a case of their own is not offered
        assert lines(a, b, c, gone="AB") == [line.format("C")]
        assert lines(a, replace(b, hidden=True)) == []
        assert lines(a, b, c, gone="B") == lines(a, b, c, gone="ABC") == []

    @pytest.mark.parametrize(
        ("label", "staff", "on", "told"),
        [("A", "k03", ON, True), ("A", "e01", ON, False), ("B", "k03", ON, False), ("A", "k03", day(10, 7), False)],
    )
    def test_a_report_by_law_stays_in_the_old_case_for_its_own_people(
        self, label: str, staff: str, on: date, told: bool
    ) -> None:
        life = Life().refer(day(10, 8), t.Ground.STATUTORY_REPORT).refer(day(10, 8), t.Ground.CONSENT)
        found = people.reported(life.case, label, on, staff)
        number = life.case.referrals[0].number
        expected = ("split.reported", {"case": "2026-0042", "referrals": (number,)})
        assert [(w.rule, dict(w.message.values)) for w in found] == ([expected] if told else [])
        if not told:
            return
        # the coordinator of that day may know of it too, whoever recorded it
        life.coordinator(day(10, 9), "e01")
        assert people.reported(life.case, label, on, "e01")
        assert not people.reported(life.case, label, on, "e02")

    def test_a_report_by_law_and_what_is_done_say_nothing(self) -> None:
        life = Life().refer(day(10, 8), t.Ground.STATUTORY_REPORT).refer(day(10, 8), answer=t.ReferralStatus.DECLINED)
        life.refer(day(10, 8), t.Ground.NONE_SHARED)
        life.plan("A", day(10, 9), dues=[(ON, day(10, 20))])
        assert people.left_open(life.case, "A", ON) == ()


class TestConcerns:
    def test_noted_once_and_ended_once(self) -> None:
        case = Life().concern("A", "job").concern(None, "family").case
        assert people.concern_stands(case, "A", "debt", ON) is None
        assert people.concern_gone(case, "A", "job", ON) is None
        stands, gone = people.concern_stands(case, "A", "job", ON), people.concern_gone(case, "B", "job", ON)
        assert stands is not None
        assert gone is not None
        assert (stands.rule, gone.rule) == ("concern.stands", "concern.not_standing")
        assert [n.command.rpartition(" ")[2] for n in gone.next] == ["A:job", "family"]
        empty = people.concern_gone(Life().case, None, "job", ON)
        assert empty is not None
        assert empty.next == ()

    def test_of_somebody_who_left_none_stands(self) -> None:
        case = Life().concern("A", "job").concern("B", "debt").leave("B", ON).case
        assert [c.label for c in case.concerns_on(day(11, 9))] == ["A", "B"]
        assert [c.label for c in case.concerns_on(ON)] == ["A"]

    def test_the_newest_mark_counts_whatever_became_of_it(self) -> None:
        case = Life().concern("A", "job").concern("A", "debt", day(10, 20)).concern(None, "family").case
        marked = tuple(replace(c, most_pressing=True) for c in case.concerns)
        case = replace(case, concerns=marked)
        pressing = {c.code for c in case.concerns_on(ON) if c.most_pressing}
        assert pressing == {"debt", "family"}
        assert {c.code for c in case.concerns_on(day(10, 10)) if c.most_pressing} == {"job", "family"}
        ended = replace(case, concerns=(marked[0], replace(marked[1], ended_on=ON), marked[2]))
        assert {c.code for c in ended.concerns_on(ON) if c.most_pressing} == {"family"}


class TestAlerts:
    def test_visits_before_other_contact(self) -> None:
        a, b, c = Life().case.people
        told = alerts.of((replace(a, contact_rule="x"), replace(b, contact_rule="y", visit_alert="z"), c))
        assert [w.rule for w in told] == [alerts.VISIT, alerts.CONTACT, alerts.CONTACT]
        assert alerts.has_any(replace(a, visit_alert="z"))
        assert alerts.has_any(replace(a, contact_rule="z"))
        assert not alerts.has_any(a)


class TestPlansOfThoseWhoLeft:
    def test_are_told_apart_from_those_who_withdrew(self) -> None:
        life = planned().leave("A", day(12, 1))
        life.consent("B", day(12, 2), t.Decision.WITHDRAWN)
        found = ended_for(life.case, day(12, 3))
        assert [dict(w.message.values)["labels"] for w in found] == [("A",), ("B",)]
        assert len({w.message.text for w in found}) == 2

    def test_approved_after_they_left_is_a_misfit(self) -> None:
        life = Life(t.Stage.ENGAGING).consent("A", day(10, 6))
        left = life.next()
        life.leave("A", day(10, 8)).running("A", day(10, 9))
        rules = [w.rule for w in misfits(life.case, (day(10, 8), left))]
        assert rules.count("plan.misfit") == 2


class TestMerge:
    def test_two_open_cases_with_the_same_protection(self) -> None:
        case, twin = Life().case, replace(Life().case, number="2026-0043")
        everybody: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        assert merge.may_merge(case, twin, ON, seen_by=everybody) is None
        for one, other, rule in (
            (case, case, "merge.itself"),
            (case, replace(twin, restricted=True), "case.restricted"),
            (case, replace(twin, merged=("2026-0044",)), "merge.chain"),
            (case, replace(Life().end(ON, t.EndReason.RESOLVED).case, number="2026-0043"), "stage.merge"),
        ):
            refused = merge.may_merge(one, other, ON, seen_by=everybody)
            assert refused is not None
            assert refused.rule == rule
            assert refused.next

    def test_two_cases_under_restriction_for_the_same_eyes_only(self) -> None:
        case = replace(Life().case, restricted=True)
        twin = replace(case, number="2026-0043")
        assert merge.may_merge(case, twin, ON, seen_by=(("k03", "c01"), ("c01", "k03"))) is None
        found = merge.may_merge(case, twin, ON, seen_by=(("k03", "c01"), ("k03", "k04")))
        assert found is not None
        assert found.rule == "merge.holders"
        assert [n.command for n in found.next] == [
            "toshima split 2026-0042 A B C --reason TEXT --holder k04",
            "toshima split 2026-0043 A B C --reason TEXT --holder c01",
        ]

    def test_who_is_in_a_case_of_their_own_is_tied_to_nothing_by_the_old_label(self) -> None:
        case, twin = Life().case, replace(Life().case, number="2026-0043")
        gone = replace(case.people[0], hidden=True, to_case="2026-0044")
        other = replace(twin.people[0], person_id=9)
        for one, two in ((gone, other), (other, gone)):
            found = merge.may_be_one(case, one, twin, two, ON, reason=None, tied=False)
            assert found is not None
            assert (found.rule, found.next[0].command) == ("case.restricted", "toshima show 2026-0044")
        joining = people.may_join(twin, case, gone, ON)
        assert joining is not None
        assert joining.rule == "case.restricted"
        hiding = replace(case, people=(gone, *case.people[1:]))
        apart = replace(twin, people=tuple(replace(p, person_id=9, name="佐藤") for p in twin.people))
        assert merge.alike_in(hiding, apart, ON) == ()

    def test_two_records_of_one_person(self) -> None:
        case, twin = Life().case, replace(Life().case, number="2026-0043")
        mine, theirs = case.people[0], replace(twin.people[0], person_id=9)

        def rule(**changed: Any) -> str | None:
            asked: dict[str, Any] = {
                "case": case,
                "person": mine,
                "theirs": twin,
                "twin": theirs,
                "reason": None,
                "tied": False,
            }
            asked |= changed
            found = merge.may_be_one(day=ON, **asked)
            return found.rule if found else None

        assert rule() is None
        assert rule(tied=True) == "merge.chain"
        assert rule(twin=mine) == "merge.chain"
        assert rule(theirs=replace(twin, restricted=True)) == "case.restricted"
        assert rule(case=Life().end(ON, t.EndReason.RESOLVED).case) == "stage.merge"
        other = replace(theirs, birth_date=day(1, 1, 1990))
        assert rule(twin=other) == "merge.birth_date"
        assert rule(twin=other, reason="書き違い") is None
        assert rule(twin=replace(theirs, birth_date=None)) is None

    def test_there_has_to_be_one_to_take_back_and_not_before_it(self) -> None:
        assert merge.no_merge("2026-0001", "2026-0002", True) is None
        none = merge.no_merge("2026-0001/A", "2026-0002/B", False)
        assert none is not None
        assert none.next[0].command == "toshima show 2026-0001"
        assert merge.before_merge("2026-0001", "2026-0002", ON, ON) is None
        early = merge.before_merge("2026-0001", "2026-0002", ON, day(11, 9))
        assert early is not None
        assert early.rule == "unmerge.before"

    def test_where_the_case_stood(self) -> None:
        life = Life().step(day(10, 6), t.Act.ESCALATE, t.Stage.COMPLEX)
        at = life.next()
        life.step(day(10, 7), t.Act.CONCLUDE, t.Stage.CLOSED, seq=at)
        assert merge.stage_before(life.case, (day(10, 7), at)) is t.Stage.COMPLEX

    def test_of_two_steps_of_one_act_the_case_stood_in_the_later_one(self) -> None:
        life = Life(t.Stage.COMPLEX)
        at = life.next()
        life.step(day(10, 6), t.Act.PLAN, t.Stage.PLANNING, seq=at).step(
            day(10, 6), t.Act.START, t.Stage.SUPPORTING, seq=at
        )
        assert merge.stage_before(life.case, (day(10, 7), life.next())) is t.Stage.SUPPORTING

    def test_taken_back_the_case_is_open_again_and_that_is_no_misfit(self) -> None:
        life = Life().end(day(10, 7), t.EndReason.DUPLICATE).step(day(10, 9), t.Act.MERGE, t.Stage.RECEIVED)
        assert misfits(life.case, (day(1, 1), 0)) == ()
        other = Life().end(day(10, 7), t.EndReason.RESOLVED).step(day(10, 9), t.Act.MERGE, t.Stage.RECEIVED)
        assert [w.rule for w in misfits(other.case, (day(1, 1), 0))] == ["stage.misfit"]

    def test_who_of_both_looks_the_same(self) -> None:
        case = Life(labels="AB").case
        a, b = (replace(p, name="髙橋 花", kana="たかはし はな") for p in case.people)
        a, b = replace(a, birth_date=None), replace(b, name=None, kana=None)
        one = replace(case, people=(a, b))
        two = replace(case, people=(replace(a, person_id=9, name="高橋 花"), b))
        assert [(mine.label, theirs.label) for mine, theirs, _ in merge.alike_in(one, two, ON)] == [("A", "A")]
        assert merge.alike_in(one, one, ON) == ()
        gone = replace(two, people=tuple(replace(p, left_on=ON) for p in two.people))
        assert merge.alike_in(one, gone, ON) == merge.alike_in(gone, one, ON) == ()

    @pytest.mark.parametrize(
        "what", ["concern", "note", "refer", "wish", "consent", "plan", "action", "sitting", "nothing"]
    )
    def test_whether_anything_is_recorded_of_somebody(self, what: str) -> None:
        life = Life()
        match what:
            case "concern":
                life.concern("A", "job")
            case "refer":
                life.refer(ON, label="A")
            case "wish":
                life.wish("A", ON)
            case "consent":
                life.consent("A", ON)
            case "plan":
                life.plan("A", ON)
            case "note":
                (note,) = life.note(ON).case.notes
                life.case = replace(life.case, notes=(replace(note, label="A"),))
            case "action":
                (action,) = life.action(ON, None).case.other_actions
                life.case = replace(life.case, other_actions=(replace(action, label="A"),))
            case "sitting":
                (item,) = life.sat(ON).case.sittings
                life.case = replace(life.case, sittings=(replace(item, labels=("A",)),))
        assert merge.recorded_of(life.case, "A") is (what != "nothing")
        assert not merge.recorded_of(life.case, "B")
        assert not merge.recorded_of(life.case, "Z")
