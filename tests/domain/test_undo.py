"""What may be taken back: what stands on a step, what was told, which acts end it instead."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.domain.household import Life
from toshima_cli.domain import undo
from toshima_cli.domain.case import (
    Action,
    Answer,
    Approach,
    Assignment,
    Case,
    Concern,
    Confirmation,
    Consent,
    Ending,
    Note,
    Person,
    Plan,
    PlanStep,
    Referral,
    Sitting,
    Watch,
    Wish,
)  # fmt: skip
from toshima_cli.domain.case import Step as Step_
from toshima_cli.domain.terms import (
    Act,
    Body,
    DecidedBy,
    Decision,
    Ground,
    ItemKind,
    Origin,
    Outcome,
    Part,
    PlanStatus,
    Purpose,
    ReferralStatus,
    Scope,
    Stage,
    ToKind,
)  # fmt: skip
from toshima_cli.domain.undo import Later, Step, Tie
from toshima_cli.domain.verdict import Basis, Refusal
from toshima_cli.i18n import render, set_language

DAY = date(2026, 11, 24)
NOON = "2026-11-24T03:00:00.000000Z"


def step(*wrote: str, moved: bool = False, case: str | None = "2026-0001", **also: Any) -> Step:
    made: dict[str, Any] = {"seq": 10, "name": "route", "on": DAY, "recorded_at": NOON, "case": case, **also}
    return Step(wrote=frozenset(wrote), moved=moved, **made)


class TestWhatStandsOnIt:
    @pytest.mark.parametrize(
        ("taken", "tie", "what", "stands"),
        [
            (step(), Tie.ROW, "consent:given", True),
            (step(), Tie.ROW, "act", True),
            (step(), Tie.ROW, "meeting_item", False),
            (step(), Tie.ROW, "plan_step:proposed", False),
            (step(), Tie.ROW, "plan_step:approved", True),
            (step(moved=True), Tie.CASE, "plan_step:approved", True),
            (step(moved=True), Tie.CASE, "decision", True),
            (step(moved=True), Tie.CASE, "note", False),
            (step(moved=True), Tie.CASE, "meeting_item", False),
            (step("stage_step"), Tie.CASE, "decision", False),
            (step("party:true"), Tie.SITTING, "decision", True),
            (step("party:false"), Tie.SITTING, "decision", False),
            (step("party:true"), Tie.SITTING, "referral:support_conference", True),
            (step("decision"), Tie.SITTING, "referral:support_conference", True),
            (step("decision"), Tie.SITTING, "referral:consent", False),
            (step("decision"), Tie.SITTING, "decision", False),
            (step("meeting"), Tie.SITTING, "referral:support_conference", False),
            (step("consent:given"), Tie.PERSON, "referral:consent", True),
            (step("consent:given"), Tie.PERSON, undo.SHOWN, True),
            (step("consent:given"), Tie.PERSON, "referral:emergency", False),
            (step("consent:refused"), Tie.PERSON, "referral:consent", False),
        ],
    )
    def test_one_row(self, taken: Step, tie: Tie, what: str, stands: bool) -> None:
        assert undo.weighs(taken, tie, what) is stands
        assert undo.standing(taken, [(tie, 11, what)]) == ({11} if stands else set())

    @pytest.mark.parametrize(
        "what",
        ["stage_step", "plan", "plan_step:draft", "approach", "watch", "ending", "decision", "item_member", "merge"],
    )
    def test_what_is_only_done_in_a_stage_stands_on_the_step_that_led_there(self, what: str) -> None:
        assert undo.weighs(step(moved=True), Tie.CASE, what)
        assert not undo.weighs(step(moved=False), Tie.CASE, what)

    def test_what_does_not_follow_without_it_stands_on_it_too(self) -> None:
        assert undo.standing(step(), [], [12, 10, 9]) == {12}

    def test_earlier_acts_stand_on_nothing(self) -> None:
        assert undo.standing(step(), [(Tie.ROW, 9, "note"), (Tie.ROW, 10, "note")]) == frozenset()


class TestWhatIsSaid:
    def test_the_newest_is_to_be_taken_back_first(self) -> None:
        later = [Later(11, "note", DAY, "c01"), Later(13, "plan", DAY, "k03"), Later(12, "x", DAY, "e01")]
        found = undo.refused(step(), later)
        assert (found.rule, found.basis) == ("undo.stands_on_it", Basis.OURS)
        assert [dict(fact.values)["who"] for fact in found.facts[1:]] == ["k03", "e01", "c01"]
        assert [n.command for n in found.next] == ["toshima --as k03 undo", "toshima show 2026-0001"]

    @pytest.mark.parametrize(
        ("taken", "commands"),
        [
            (step("referral:consent", referrals=("R2026-0001",)), ["toshima route 2026-0001 --revoke R2026-0001"]),
            (step("consent:given", labels=("A", "B")), [
                "toshima consent 2026-0001 A --withdrawn", "toshima consent 2026-0001 B --withdrawn",
            ]),
            (step("meeting", case=None, meeting="M2026-0001"), ["toshima meetings --cancel M2026-0001"]),
            (step("note"), ["toshima show 2026-0001"]),
            (step("correction", case=None), []),
        ],
    )  # fmt: skip
    def test_the_reverse_act(self, taken: Step, commands: list[str]) -> None:
        assert [n.command for n in undo.reverse(taken)] == commands

    def test_an_act_without_a_name_of_its_own_goes_by_its_slug(self) -> None:
        assert undo.called("trial").text == "trial"

    @pytest.mark.parametrize(
        ("name", "mark", "apart"),
        [
            ("consent", "consent:given", True),
            ("consent", "consent:refused", True),
            ("consent", "consent:withdrawn", True),
            ("consent", "consent:not_possible", True),
            ("consent", "note", False),
            ("route", "referral_answer:accepted", True),
            ("route", "referral_answer:declined", True),
            ("route", "referral_answer:completed", True),
            ("route", "referral_answer:revoked", True),
            ("route", "assignment:to", True),
            ("route", "referral:consent", False),
            ("route", "consent:given", False),  # the mark of another act
            ("note", "consent:given", False),
        ],
    )
    def test_an_act_is_called_by_what_it_said_where_that_tells_more(self, name: str, mark: str, apart: bool) -> None:
        said = undo.of_step(step(mark, name=name))
        assert (said != undo.called(name)) is apart
        assert not apart or said != undo.of_step(step("note", name=name))

    @pytest.mark.parametrize(
        ("refusal", "rule"),
        [
            (undo.nothing(), "undo.nothing"),
            (undo.changed(step()), "undo.changed"),
            (undo.not_possible(step()), "undo.not_possible"),
        ],
    )
    def test_every_refusal_names_a_way_on(self, refusal: Refusal, rule: str) -> None:
        assert refusal.rule == rule
        assert refusal.next


class TestANo:
    @pytest.mark.parametrize("no", ["refused", "withdrawn"])
    def test_is_taken_back_with_a_reason_only(self, no: str) -> None:
        taken = step(f"consent:{no}", labels=("A",))
        for reason in (None, " "):
            found = undo.may_unsay(taken, reason)
            assert found is not None
            assert found.rule == "undo.reason"
            assert [n.command for n in found.next] == [
                "toshima undo --reason TEXT",
                "toshima consent 2026-0001 A --given --scope plan,sharing --method oral",
            ]
        assert undo.may_unsay(taken, "別の人だった") is None

    @pytest.mark.parametrize("other", ["consent:given", "consent:not_possible", "note"])
    def test_and_nothing_else_asks_for_one(self, other: str) -> None:
        assert undo.may_unsay(step(other), None) is None


class TestWhatWasTold:
    def test_papers_stay_out(self) -> None:
        assert undo.handed_out(()) == ()
        (found,) = undo.handed_out(("M2026-0001", "M2026-0003"))
        assert found.rule == "undo.papers"
        assert dict(found.message.values) == {"first": "M2026-0001", "meetings": ("M2026-0001", "M2026-0003")}

    def test_nothing_passed_on_is_nothing_told(self) -> None:
        assert undo.told(step("referral:none_shared", "note"), NOON) == ()

    @pytest.mark.parametrize("ground", ["consent", "emergency", "statutory_report", "same_office"])
    def test_on_the_day_it_was_typed_it_is_warned_of(self, ground: str) -> None:
        found = undo.told(step(f"referral:{ground}"), "2026-11-24T14:59:59.000000Z")
        assert not isinstance(found, Refusal)
        assert [w.rule for w in found] == ["undo.shared"]

    def test_later_it_is_revoked(self) -> None:
        found = undo.told(step("referral:consent", referrals=("R2026-0001",)), "2026-11-24T15:00:00.000000Z")
        assert isinstance(found, Refusal)
        assert found.rule == "undo.told"
        assert [n.command for n in found.next] == ["toshima route 2026-0001 --revoke R2026-0001"]

    def test_the_day_is_japans(self) -> None:
        assert undo.recorded_day("2026-03-31T23:00:00.000000Z") == date(2026, 4, 1)


class TestWhatItRecorded:
    """In words without anything typed."""

    def said(self, case: Case, seq: int, *wrote: str) -> list[str]:
        set_language("en")
        return [render(line) for line in undo.recorded(step(*wrote, seq=seq), [case])]

    def test_every_fact_of_a_case_is_said_by_its_act(self) -> None:
        on = Life().case.opened_on
        bare = Case(1, "2026-0001", on, Origin.INTAKE, "csw", "self")
        a = Person(1, 1, "A", "髙橋 由美子", None, None, "female", "head", on)
        consent = Consent(on, 1, Decision.GIVEN, frozenset({Scope.PLAN}), "oral", DecidedBy.SELF)
        given = replace(a, consents=(consent,), wishes=(Wish(on, 2, "休みたい"),))
        told = Referral(
            on,
            5,
            "R2026-0001",
            None,
            ToKind.WINDOW,
            "csw",
            "CSW",
            Ground.CONSENT,
            None,
            "csw",
            answers=(Answer(on, 6, ReferralStatus.ACCEPTED),),
        )
        plan = Plan(
            on,
            8,
            "2026-0001/P1",
            1,
            "目標",
            (Confirmation("A"),),
            steps=(PlanStep(on, 9, PlanStatus.APPROVED),),
            actions=(Action(on, 10, "2026-0001/A1", "探す", "csw"),),
        )
        sat = Sitting(
            "M2026-0001",
            Body.SUBCOMMITTEE,
            on,
            2,
            ItemKind.SUPPORT_CONFERENCE,
            Purpose.APPROACH,
            Part.DISCUSSION,
            Outcome.APPROACH,
            on,
            11,
        )
        case = replace(
            bare,
            people=(given,),
            concerns=(Concern(on, 3, "job", "A"), Concern(on, 4, "job", None)),
            referrals=(told,),
            notes=(Note(on, 7, "2026-0001/N1", "phone", "電話"),),
            plans=(plan,),
            sittings=(sat, replace(sat, outcome=None, decided_seq=11)),
            approaches=(Approach(on, 12, None, "訪問"),),
            watches=(Watch(on, 13, "森", "1m", on, "郵便物"),),
            endings=(Ending(on, 14, Stage.CLOSED, None),),
            assignments=(Assignment(on, 15, "k03"),),
            steps=(Step_(on, 16, Act.WATCH, Stage.WATCHING),),
        )
        found = {seq: self.said(case, seq) for seq in range(18)}
        assert [len(found[seq]) for seq in range(18)] == [0, *[1] * 16, 0]
        assert found[1] == ["consent of A, plan: given"]
        assert found[5] == ["R2026-0001: what was passed on about household"]
        everything = " ".join(line for lines in found.values() for line in lines)
        for typed in ("髙橋", "休みたい", "目標", "探す", "訪問", "郵便物"):
            assert typed not in everything

    def test_what_bears_no_sequence_is_said_by_its_table_once(self) -> None:
        case = Life().case
        assert self.said(case, 99, "party:true", "party:false", "secrecy") == [
            "who was there",
            "the acknowledgement of secrecy",
        ]
        assert self.said(case, 99, "act") == []
