"""The plan: faults of a draft, consent of everyone in it, and a version's way from draft to its end."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.household import Life, day
from toshima_cli.domain.case import Confirmation
from toshima_cli.domain.plan import (
    STATUS,
    Draft,
    DraftAction,
    awaits_sitting,
    before_sitting,
    ended_for,
    excepted,
    faults,
    hand_out,
    may_approve,
    may_be_seen,
    may_confirm,
    may_draft,
    may_revise,
    may_start_afterwards,
    may_turn,
    not_in_force,
    not_shared,
    nothing_waiting,
    replaced,
)
from toshima_cli.domain.planned import done_already
from toshima_cli.domain.referral import Recipient
from toshima_cli.domain.terms import Act, ActionKind, Decision, EndReason, PlanStatus, Scope, Stage, ToKind
from toshima_cli.domain.verdict import Basis, Refusal

ON = day(11, 10)
P = PlanStatus
GOOD = Draft("…", ("A", "B"), (DraftAction("A", "…", "csw", ON),), ON, confirmed=(Confirmation("A", ON, "oral"),))


def fields(draft: Draft, *, today: date = ON) -> list[str]:
    return [field for field, _ in faults(draft, "ABC", ON, today=today)]


def test_a_good_draft_has_no_faults() -> None:
    assert fields(GOOD) == []


def test_every_fault_is_named_at_once() -> None:
    early = day(11, 9)
    nobody = DraftAction(None, " ", "", early, ActionKind.PARTICIPATION_NATIONAL, " ")
    stranger = DraftAction("C", "…", "csw")
    draft = Draft(
        " ",
        ("A", "A", "D"),
        (nobody, stranger),
        early,
        confirmed=(Confirmation("B"), Confirmation("A", day(11, 11), "oral")),
    )
    assert fields(draft) == [
        "goal",
        "people",
        "people",
        "review_on",
        "actions[0].person",
        "actions[0].what",
        "actions[0].who",
        "actions[0].due",
        "actions[0].why_not_existing",
        "actions[1].person",
        "confirmed[0].person",
        "confirmed[0].on",
        "confirmed[0].method",
        "confirmed[1].on",
    ]


def test_people_and_an_action_are_required() -> None:
    assert fields(Draft("…", (), ())) == ["people", "actions"]


def test_the_national_project_only_with_why() -> None:
    action = DraftAction("A", "…", "p-x", kind=ActionKind.PARTICIPATION_NATIONAL, why_not_existing="…")
    assert fields(Draft("…", ("A",), (action,))) == []
    assert fields(Draft("…", ("A",), (replace(action, why_not_existing=None),))) == ["actions[0].why_not_existing"]
    assert fields(Draft("…", ("A",), (replace(action, kind=ActionKind.PARTICIPATION, why_not_existing=None),))) == []


def test_a_confirmation_may_come_after_a_plan_dated_back_but_not_from_the_future() -> None:
    draft = Draft("…", ("A",), GOOD.actions, confirmed=(Confirmation("A", day(11, 20), "oral"),))
    assert fields(draft, today=day(11, 20)) == []
    assert fields(draft, today=day(11, 19)) == ["confirmed[0].on"]


# Who may draft


def consenting(stage: Stage = Stage.ENGAGING) -> Life:
    """A and B consent, C refused."""
    return Life(stage).consent("AB", day(11, 2)).consent("C", day(10, 9), Decision.REFUSED)


def refused(answer: Refusal | None) -> Refusal:
    assert answer is not None
    return answer


def commands(answer: Refusal | None) -> list[str]:
    return [n.command for n in refused(answer).next]


def test_a_plan_is_for_those_who_consent() -> None:
    assert may_draft(consenting().case, GOOD, ON) is None
    everyone = replace(GOOD, people=("A", "B", "C"))
    answer = refused(may_draft(consenting().case, everyone, ON, source="plan.json"))
    assert (answer.rule, answer.basis) == ("consent.plan.refused", Basis.PLAN)
    assert commands(answer)[0] == "toshima plan 2026-0042 --from plan.json --person A --person B"
    assert "toshima convene stakeholder --case 2026-0042 --on 2026-11-10" in commands(answer)


def test_nobody_consents() -> None:
    answer = may_draft(Life(Stage.COMPLEX).case, GOOD, ON)
    assert refused(answer).rule == "consent.plan.none"
    assert not [line for line in commands(answer) if line.startswith("toshima plan")]


def test_stage_and_consent_are_told_together() -> None:
    answer = refused(may_draft(Life(Stage.RECEIVED).case, GOOD, ON))
    assert answer.rule == "stage.plan"
    assert len(answer.facts) > 1


def test_while_a_plan_runs_it_is_revised() -> None:
    life = consenting(Stage.SUPPORTING)
    assert refused(may_draft(life.case, GOOD, ON)).rule == "stage.plan"
    assert may_revise(life.case, GOOD, ON) is None
    everyone = replace(GOOD, people=("A", "C"))
    assert commands(may_revise(life.case, everyone, ON))[0] == "toshima plan 2026-0042 --revise --person A"
    assert refused(may_revise(consenting(Stage.PLANNING).case, GOOD, ON)).rule == "stage.revise"


# Approval


def drafted(stage: Stage = Stage.PLANNING, labels: str = "AB") -> Life:
    return consenting(stage).plan(labels, day(11, 5))


def approve(life: Life, on: date = ON) -> str | None:
    answer = may_approve(life.case, life.case.plans[-1], on)
    return answer.rule if answer else None


def test_an_approval_never_replaces_consent() -> None:
    life = drafted()
    assert approve(life) is None
    life.consent("B", day(11, 9), Decision.WITHDRAWN)
    assert approve(life, day(11, 8)) is None
    assert approve(life) == "consent.plan.withdrawn"
    assert commands(may_approve(life.case, life.case.plans[0], ON))[0] == "toshima plan 2026-0042 --person A"
    life.consent("A", day(11, 9), Decision.WITHDRAWN)
    assert approve(life) == "consent.plan.withdrawn"


def test_sharing_alone_is_not_enough_to_approve() -> None:
    life = Life(Stage.PLANNING).consent("A", day(11, 2), scopes=[Scope.SHARING]).plan("A", day(11, 5))
    assert approve(life) == "consent.plan.none"


@pytest.mark.parametrize(
    ("status", "rule"),
    [
        (P.PROPOSED, None),
        (P.DRAFT, None),
        (P.APPROVED, "plan.approve.status"),
        (P.SUPERSEDED, "plan.approve.status"),
        (P.ENDED, "plan.approve.status"),
    ],
)
def test_what_can_be_approved(status: PlanStatus, rule: str | None) -> None:
    assert approve(drafted().turn(1, status, day(11, 6), meeting="M2026-0001")) == rule


def test_nothing_is_approved_before_it_was_drafted() -> None:
    life = drafted()
    answer = refused(may_approve(life.case, life.case.plans[0], day(11, 4)))
    assert answer.rule == "plan.approve.status"
    assert dict(answer.facts[0].values) == {"day": day(11, 4)}
    ended = refused(may_approve(life.turn(1, P.ENDED, day(11, 6)).case, life.case.plans[0], ON))
    assert dict(ended.facts[0].values) == {"day": ON, "status": P.ENDED}


@pytest.mark.parametrize(
    ("stage", "rule"),
    [
        (Stage.SUPPORTING, None),
        (Stage.WATCHING, None),
        (Stage.ENGAGING, "stage.start"),
        (Stage.CLOSED, "stage.start"),
    ],
)
def test_the_stage_of_an_approval(stage: Stage, rule: str | None) -> None:
    assert approve(drafted(stage)) == rule


def test_support_may_start_before_the_sitting_with_a_reason() -> None:
    life = drafted()
    plan = life.case.plans[0]
    assert may_start_afterwards(life.case, plan, ON, "急ぐ") is None
    for nothing in (None, " "):
        answer = refused(may_start_afterwards(life.case, plan, ON, nothing))
        assert (answer.rule, answer.basis) == ("plan.afterwards.reason", Basis.OURS)
        assert answer.next[0].act == Act.START
    life.consent("A", day(11, 9), Decision.WITHDRAWN)
    assert refused(may_start_afterwards(life.case, plan, ON, "急ぐ")).rule == "consent.plan.withdrawn"


def started() -> Life:
    """Support began on 6 November on a reason, before any sitting."""
    life = drafted(Stage.PLANNING).turn(1, P.APPROVED, day(11, 6), afterwards="…")
    return life.step(day(11, 6), Act.START, Stage.SUPPORTING)


def test_a_later_sitting_approves_it_once() -> None:
    life = started()
    assert not awaits_sitting(life.case.plans[0], day(11, 5))
    assert awaits_sitting(life.case.plans[0], ON)
    assert approve(life) is None
    assert refused(may_start_afterwards(life.case, life.case.plans[0], ON, "急ぐ")).rule == "plan.approve.status"
    assert refused(may_start_afterwards(life.case, life.case.plans[0], ON, None)).rule == "plan.approve.status"
    life.turn(1, P.APPROVED, day(11, 8), meeting="M2026-0002")
    assert awaits_sitting(life.case.plans[0], day(11, 7))
    assert not awaits_sitting(life.case.plans[0], day(11, 8))
    assert approve(life) == "plan.approve.status"


def test_a_version_returned_before_it_started_awaits_its_sitting_too() -> None:
    life = drafted().turn(1, P.PROPOSED, day(11, 5)).turn(1, P.DRAFT, day(11, 6), meeting="M2026-0001")
    assert not awaits_sitting(life.case.plans[0], ON)
    life.turn(1, P.APPROVED, day(11, 7), afterwards="…")
    assert awaits_sitting(life.case.plans[0], ON)


def test_a_version_that_runs_is_approved_for_those_it_still_runs_for() -> None:
    life = started().consent("B", day(11, 7), Decision.WITHDRAWN)
    assert approve(life) is None
    life.consent("A", day(11, 7), Decision.WITHDRAWN)
    assert approve(life) == "consent.plan.withdrawn"


def test_only_what_runs_on_a_reason_can_be_a_draft_again() -> None:
    life = started()
    assert may_turn(life.case.plans[0], P.DRAFT, ON)
    assert not_in_force(life.case, ON) == ()
    returned = started().turn(1, P.DRAFT, day(11, 8), meeting="M2026-0002")
    assert not_in_force(returned.case, day(11, 7)) == ()
    assert [w.rule for w in not_in_force(returned.case, ON)] == ["plan.not_in_force"]
    assert not_in_force(returned.step(ON, Act.LAST_CONSENT_WITHDRAWN, Stage.ENGAGING).case, ON) == ()
    life.turn(1, P.APPROVED, day(11, 8), meeting="M2026-0002")
    assert not may_turn(life.case.plans[0], P.DRAFT, ON)


# Versions


@pytest.mark.parametrize("now", P)
@pytest.mark.parametrize("to", P)
def test_which_status_follows_which(now: PlanStatus, to: PlanStatus) -> None:
    possible = {
        P.DRAFT: {P.PROPOSED, P.APPROVED, P.SUPERSEDED, P.ENDED},
        P.PROPOSED: {P.DRAFT, P.APPROVED, P.SUPERSEDED, P.ENDED},
        P.APPROVED: {P.SUPERSEDED, P.ENDED},
    }
    meeting = "M2026-0001" if now is P.APPROVED else None
    plan = drafted().turn(1, now, day(11, 6), meeting=meeting).case.plans[0]
    assert may_turn(plan, to, ON) is (to in possible.get(now, set()))
    assert set(STATUS) == set(P)


def test_no_status_before_the_draft() -> None:
    assert not may_turn(drafted().case.plans[0], P.PROPOSED, day(11, 4))


def test_the_version_in_force_stays_until_the_next_is_approved() -> None:
    life = consenting(Stage.SUPPORTING).running("A", day(11, 3)).plan("A", day(11, 5)).plan("A", day(11, 6))
    assert [p.version for p in replaced(life.case, 3, P.DRAFT, ON)] == [2]
    assert [p.version for p in replaced(life.case, 3, P.APPROVED, ON)] == [1, 2]
    assert [p.version for p in replaced(life.case, 2, P.APPROVED, ON)] == [1]
    life.turn(2, P.SUPERSEDED, day(11, 7))
    assert [p.version for p in replaced(life.case, 3, P.APPROVED, ON)] == [1]


def test_where_no_version_waits_a_draft_is_the_way_on() -> None:
    for life in (consenting(), drafted().turn(1, P.ENDED, day(11, 6))):
        answer = nothing_waiting(life.case, ON)
        assert answer.rule == "plan.none"
        assert commands(answer) == ["toshima plan 2026-0042"]
        drafted_so_far = tuple(p.number for p in life.case.plans)
        assert (dict(answer.facts[0].values)["plans"] == drafted_so_far) is bool(drafted_so_far)


def test_who_has_not_confirmed_is_named_before_it_is_handed_out() -> None:
    people = (
        Confirmation("A", ON, "oral"),
        Confirmation("B", ON, None),
        Confirmation("C", None, "oral"),
    )
    found = hand_out(replace(drafted().case.plans[0], people=people))
    assert [dict(w.message.values)["label"] for w in found] == ["B", "C"]
    assert {w.rule for w in found} == {"plan.unconfirmed"}


@pytest.mark.parametrize(
    ("confirmed", "facts"),
    [
        ((), []),
        ((Confirmation("A", ON, "oral"), Confirmation("B")), []),
        ((Confirmation("A", day(11, 11), "oral"),), []),
        ((Confirmation("C", ON, "oral"),), [{"plan": "2026-0042/P1", "label": "C"}]),
        ((Confirmation("A", day(11, 9), "oral"),), [{"label": "A", "on": day(11, 9), "drafted": ON}]),
        (
            (Confirmation("A", day(11, 9), "oral"), Confirmation("C", day(11, 9), "oral"), Confirmation("B", ON)),
            [{"plan": "2026-0042/P1", "label": "C"}, {"label": "A", "on": day(11, 9), "drafted": ON}],
        ),
    ],
)
def test_those_of_the_version_confirm_it_from_its_day_on(
    confirmed: tuple[Confirmation, ...], facts: list[dict[str, object]]
) -> None:
    case = drafted().case
    answer = may_confirm(case, replace(case.plans[0], on=ON), confirmed, ON)
    assert ([dict(fact.values) for fact in answer.facts] if answer else []) == facts
    if answer is not None:
        assert (answer.rule, commands(answer)) == ("plan.confirm", ["toshima show 2026-0042"])


def test_without_a_version_nothing_is_confirmed() -> None:
    case = consenting().case
    assert refused(may_confirm(case, None, (Confirmation("A", ON),), ON)) == nothing_waiting(case, ON)


# What a sitting was shown


def seen(life: Life, shown: str, *, held_on: date = ON, on: date = ON) -> Refusal | None:
    return may_be_seen(life.case, life.case.plans[-1], on, meeting="M2026-0007", held_on=held_on, shown=tuple(shown))


def test_a_sitting_approves_what_it_was_shown() -> None:
    assert seen(Life(Stage.PLANNING).consent("ABC", day(11, 1)).plan("AB", day(11, 2)), "AB") is None


def test_a_version_drafted_after_the_sitting_is_not_approved_by_it() -> None:
    life = Life(Stage.PLANNING).consent("AB", day(11, 1)).plan("AB", day(11, 9))
    refused = seen(life, "AB", held_on=day(11, 8))
    assert refused is not None
    assert (refused.rule, refused.basis) == ("plan.after_sitting", Basis.OURS)
    assert seen(life, "AB", held_on=day(11, 9)) is None


def test_a_version_that_runs_is_approved_while_the_next_is_drafted() -> None:
    life = Life(Stage.SUPPORTING).consent("AB", day(11, 1)).plan("AB", day(11, 2))
    life.turn(1, P.APPROVED, day(11, 3), afterwards="…").plan("AB", day(11, 4))

    def rule() -> str | None:
        version = life.case.plans[0]
        answer = may_be_seen(life.case, version, ON, meeting="M2026-0007", held_on=ON, shown=("A", "B"))
        return answer.rule if answer else None

    assert rule() is None
    life.turn(1, P.SUPERSEDED, day(11, 5))
    assert rule() == "plan.after_sitting"


def test_a_plan_is_not_approved_for_somebody_masked() -> None:
    life = Life(Stage.PLANNING).consent("A", day(11, 1)).consent("B", day(11, 1), scopes=[Scope.PLAN])
    life.plan("AB", day(11, 2))
    refused = seen(life, "A")
    assert refused is not None
    assert (refused.rule, refused.basis) == ("plan.masked", Basis.PLAN)
    assert [n.command for n in refused.next] == [
        "toshima plan 2026-0042 --person A",
        "toshima consent 2026-0042 B --given --scope sharing --method METHOD",
        "toshima convene subcommittee --on DATE",
    ]
    nobody = seen(life, "")
    assert nobody is not None
    assert [n.command for n in nobody.next if n.act == "consent"] == [refused.next[1].command]
    late = seen(life.consent("B", day(11, 9), scopes=[Scope.SHARING]), "A")
    assert late is not None
    assert [n.act for n in late.next] == ["plan", "convene"]


def test_who_no_longer_consents_to_the_plan_is_not_held_against_the_sitting() -> None:
    life = Life(Stage.PLANNING).consent("AB", day(11, 1)).plan("AB", day(11, 2))
    assert seen(life.consent("B", day(11, 3), Decision.WITHDRAWN), "A") is None


def test_a_draft_says_for_whom_no_sitting_can_approve_it() -> None:
    life = Life(Stage.PLANNING).consent("A", day(11, 1)).consent("B", day(11, 1), scopes=[Scope.PLAN])
    assert [w.rule for w in not_shared(life.plan("AB", ON).case, life.case.plans[0], ON)] == ["plan.not_shared"]
    assert not_shared(life.plan("A", ON).case, life.case.plans[1], ON) == ()


def test_a_plan_that_goes_on_for_others_says_for_whom_it_ended() -> None:
    life = Life(Stage.SUPPORTING).consent("AB", day(11, 1)).running("AB", day(11, 2))
    assert ended_for(life.case, ON) == ()
    life.consent("B", day(11, 9), Decision.WITHDRAWN, [Scope.PLAN])
    assert ended_for(life.case, day(11, 8)) == ()
    (warned,) = ended_for(life.case, ON)
    assert warned.rule == "plan.ended_for"
    assert dict(warned.message.values) == {"plan": "2026-0042/P1", "labels": ("B",)}
    life.plan("AB", ON)
    assert len(ended_for(life.case, ON)) == 2
    assert ended_for(life.end(ON, EndReason.MOVED).case, ON) == ()


def test_what_was_before_a_sitting_is_the_newest_version_proposed_to_it() -> None:
    life = Life(Stage.PLANNING).consent("A", day(11, 1)).plan("A", day(11, 2))
    assert before_sitting(life.case, "M2026-0001") is None
    life.turn(1, P.PROPOSED, day(11, 3), meeting="M2026-0001").plan("A", day(11, 4))
    life.turn(2, P.PROPOSED, day(11, 5), meeting="M2026-0001").plan("A", day(11, 6))
    life.turn(3, P.PROPOSED, day(11, 7), meeting="M2026-0002")
    life.turn(3, P.APPROVED, day(11, 8), meeting="M2026-0001")
    found = before_sitting(life.case, "M2026-0001")
    assert found is not None
    assert found.version == 2


def test_a_plan_says_whom_it_leads_where_they_do_not_want_to_go() -> None:
    csw = Recipient(ToKind.WINDOW, "csw", "CSW", also=frozenset({"o-csw"}))
    life = Life(Stage.PLANNING).consent("AB", day(11, 1)).plan("AB", ON, lead="o-csw", dues=[(None, None)])
    known = {"o-csw": replace(csw, code="o-csw", also=frozenset({"csw"})), "csw": csw}
    assert excepted(life.case, life.case.plans[0], ON, known) == ()
    kept = replace(life.case.people[1].consents[0], excluding=frozenset({"csw"}))
    people = (life.case.people[0], replace(life.case.people[1], consents=(kept,)), *life.case.people[2:])
    (warned,) = excepted(replace(life.case, people=people), life.case.plans[0], ON, known)
    assert warned.rule == "plan.excepted"
    assert dict(warned.message.values) == {"label": "B", "windows": ("CSW",)}
    alone = replace(life.case.plans[0], people=(Confirmation("A"),), actions=())
    assert excepted(replace(life.case, people=people), alone, ON, known) == ()


def test_an_action_is_done_once() -> None:
    waiting, finished = Life().action(ON, ON).action(ON, ON, ON).case.other_actions
    assert done_already(Life().case, waiting) is None
    assert refused(done_already(Life().case, finished)).rule == "action.done"
