"""Stage × act as the full product, against the spec's two lists written out once more by hand."""

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.domain.household import OPENED, Life, day, planned
from toshima_cli.domain import stages
from toshima_cli.domain.stages import asks, automatic, came_from, may, misfits, picture, reach, unfit
from toshima_cli.domain.terms import (
    OPEN,
    Act,
    Decision,
    EndReason,
    Ground,
    PlanStatus,
    Scope,
    Stage,
)
from toshima_cli.domain.verdict import Basis, Refusal

S, A = Stage, Act
LATER = day(11, 1)

MOVES = {
    A.CONNECT: {S.OUTREACH: S.RECEIVED},
    A.SETTLE: dict.fromkeys([S.RECEIVED, S.COMPLEX, S.ENGAGING], S.SINGLE),
    A.ESCALATE: dict.fromkeys([S.OUTREACH, S.RECEIVED, S.SINGLE], S.COMPLEX),
    A.APPROACH: dict.fromkeys([S.OUTREACH, S.COMPLEX, S.ENGAGING, S.PLANNING, S.SUPPORTING], S.ENGAGING),
    A.PLAN: dict.fromkeys([S.COMPLEX, S.ENGAGING, S.PLANNING], S.PLANNING),
    A.START: {S.PLANNING: S.SUPPORTING},
    A.REVISE: {S.SUPPORTING: S.SUPPORTING, S.WATCHING: S.WATCHING},
    A.LAST_CONSENT_WITHDRAWN: dict.fromkeys([S.PLANNING, S.SUPPORTING], S.ENGAGING),
    A.WATCH: dict.fromkeys([S.SINGLE, S.COMPLEX, S.ENGAGING, S.SUPPORTING], S.WATCHING),
    A.RESUME: dict.fromkeys([S.WATCHING, S.INTERRUPTED], S.SINGLE),
    A.CONCLUDE: dict.fromkeys(OPEN, S.CLOSED),
    A.INTERRUPT: dict.fromkeys(OPEN, S.INTERRUPTED),
    A.RETURN: {S.CLOSED: S.CLOSED, S.INTERRUPTED: S.INTERRUPTED},
    A.NOTE: {s: s for s in (*OPEN, S.CLOSED)},
    A.REPORT_BY_LAW: {s: s for s in S},
}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("act", Act)
def test_stage_times_act(stage: Stage, act: Act) -> None:
    expected = MOVES.get(act, {s: s for s in OPEN}).get(stage)
    assert reach(stage, act, came_from=S.SINGLE) is expected
    assert (stage in stages.stages_for(act)) is (expected is not None)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("act", Act)
def test_may_says_what_the_table_says(stage: Stage, act: Act) -> None:
    life = Life(stage)
    if stage in (S.WATCHING, S.INTERRUPTED):
        life = Life(S.SINGLE).step(day(10, 6), A.WATCH if stage is S.WATCHING else A.INTERRUPT, stage)
    expected = MOVES.get(act, {s: s for s in OPEN}).get(stage)
    answer = may(life.case, act, LATER)
    if (stage, act) in ((S.INTERRUPTED, A.RETURN), (S.CLOSED, A.NOTE)) or expected is None:
        assert isinstance(answer, Refusal)
        assert answer.rule == f"stage.{act}"
        assert answer.missing
        assert answer.facts
        assert answer.next or (stage, act) == (S.OUTREACH, A.CONNECT)
    else:
        assert answer is expected


def test_resume_leads_nowhere_without_a_stage_before() -> None:
    assert reach(S.WATCHING, A.RESUME) is None
    assert isinstance(may(Life(S.WATCHING).case, A.RESUME, LATER), Refusal)


def test_the_stage_of_that_day_is_asked() -> None:
    case = Life().step(day(10, 20), A.ESCALATE, S.COMPLEX).case
    assert isinstance(may(case, A.PLAN, day(10, 19)), Refusal)
    assert may(case, A.PLAN, day(10, 20)) is S.PLANNING


def test_of_two_moves_of_one_act_the_later_holds() -> None:
    life = Life(S.COMPLEX).step(day(10, 6), A.PLAN, S.PLANNING)
    life.step(day(10, 6), A.START, S.SUPPORTING, seq=life.seq)
    assert life.case.stage_on(day(10, 6)) is S.SUPPORTING


def test_nothing_before_the_case_was_opened() -> None:
    answer = may(Life().case, A.NOTE, day(10, 4))
    assert isinstance(answer, Refusal)
    assert answer.rule == "stage.before_opened"


def test_ours_is_not_shown_as_the_chapters() -> None:
    plan = may(Life().case, A.PLAN, LATER)
    resume = may(Life().case, A.RESUME, LATER)
    assert isinstance(plan, Refusal)
    assert isinstance(resume, Refusal)
    assert (plan.basis, resume.basis) == (Basis.PLAN, Basis.OURS)


@pytest.mark.parametrize(
    ("stage", "act", "line"),
    [
        (S.SUPPORTING, A.PLAN, "toshima plan 2026-0042 --revise"),
        (S.WATCHING, A.PLAN, "toshima plan 2026-0042 --revise"),
        (S.PLANNING, A.REVISE, "toshima plan 2026-0042"),
        (S.RECEIVED, A.PLAN, "toshima route 2026-0042 --complex --coordinator CODE"),
    ],
)
def test_a_refusal_names_the_way_on(stage: Stage, act: Act, line: str) -> None:
    answer = may(Life(stage).case, act, LATER)
    assert isinstance(answer, Refusal)
    assert answer.next[0].command == line


@pytest.mark.parametrize("stage", [S.SUPPORTING, S.PLANNING])
def test_the_sister_act_is_offered_for_its_sister_only(stage: Stage) -> None:
    answer = may(Life(stage).case, A.ESCALATE, LATER)
    assert isinstance(answer, Refusal)
    assert not {A.PLAN, A.REVISE} & {n.act for n in answer.next}


@pytest.mark.parametrize(("reason", "offered"), [(None, True), (EndReason.MOVED, False)])
def test_a_case_with_a_coordinator_is_handed_over_while_it_is_open(reason: EndReason | None, offered: bool) -> None:
    life = Life(S.SUPPORTING).coordinator(OPENED)
    answer = may((life.end(OPENED, reason) if reason else life).case, A.ESCALATE, LATER)
    assert isinstance(answer, Refusal)
    assert any(n.command.startswith("toshima staff handover k03 CODE") for n in answer.next) is offered


def test_revise_where_no_plan_can_be_drafted_names_no_draft() -> None:
    answer = may(Life(S.RECEIVED).case, A.REVISE, LATER)
    assert isinstance(answer, Refusal)
    assert A.PLAN not in {n.act for n in answer.next}


def test_after_a_death_the_record_stays_open() -> None:
    assert may(Life().end(day(10, 20), EndReason.DECEASED).case, A.NOTE, LATER) is S.CLOSED
    assert isinstance(may(Life().end(day(10, 20), EndReason.MOVED).case, A.NOTE, LATER), Refusal)


@pytest.mark.parametrize(
    ("on", "months", "act", "allowed"),
    [
        (day(4, 19, 2027), 6, A.RESUME, True),
        (day(4, 20, 2027), 6, A.RESUME, False),
        (day(4, 19, 2027), 6, A.RETURN, False),
        (day(4, 20, 2027), 6, A.RETURN, True),
        (day(11, 20), 1, A.RESUME, False),
        (day(11, 19), 1, A.RESUME, True),
    ],
)
def test_six_months_part_resuming_from_returning(on: date, months: int, act: Act, allowed: bool) -> None:
    case = Life(S.COMPLEX).end(day(10, 20), None).case
    answer = may(case, act, on, return_months=months)
    assert isinstance(answer, Refusal) is not allowed
    if allowed:
        assert answer is (S.COMPLEX if act is A.RESUME else S.INTERRUPTED)
    else:
        assert isinstance(answer, Refusal)
        assert answer.rule == f"stage.{act}"


def test_the_interruption_of_that_day_counts_not_a_later_one() -> None:
    life = Life(S.COMPLEX).end(day(10, 20), None).step(day(3, 1, 2027), A.RESUME, S.COMPLEX).end(day(3, 10, 2027), None)
    first, second = (may(life.case, A.RETURN, on) for on in (day(2, 28, 2027), day(4, 30, 2027)))
    assert isinstance(first, Refusal)
    assert isinstance(second, Refusal)
    assert dict(first.missing[0].values)["limit"] == day(4, 20, 2027)
    assert dict(second.missing[0].values)["limit"] == day(9, 10, 2027)


def test_an_interruption_within_a_watch_leads_back_to_the_watch_and_then_to_support() -> None:
    life = Life(S.SUPPORTING).step(day(10, 10), A.WATCH, S.WATCHING).end(day(10, 20), None)
    assert came_from(life.case, LATER) is S.WATCHING
    life.step(day(11, 2), A.RESUME, S.WATCHING)
    assert came_from(life.case, day(11, 2)) is S.SUPPORTING
    assert may(life.case, A.RESUME, day(11, 3)) is S.SUPPORTING


def test_a_case_that_was_never_watched_came_from_nowhere() -> None:
    assert came_from(Life().case, LATER) is None
    assert came_from(Life().case, day(10, 4)) is None


@pytest.mark.parametrize(
    ("stage", "act", "options"),
    [
        (S.RECEIVED, A.SETTLE, []),
        (S.COMPLEX, A.SETTLE, ["--reason"]),
        (S.ENGAGING, A.SETTLE, ["--reason"]),
        (S.RECEIVED, A.ESCALATE, ["--coordinator"]),
        (S.COMPLEX, A.NOTE, []),
    ],
)
def test_what_settling_and_handing_over_ask(stage: Stage, act: Act, options: list[str]) -> None:
    assert [option for option, _ in asks(stage, act)] == options


# Approach and consent


@pytest.mark.parametrize("stage", [S.PLANNING, S.SUPPORTING])
def test_an_approach_for_others_leaves_a_plan_alone(stage: Stage) -> None:
    life = planned(stage)
    assert may(life.case, A.APPROACH, LATER) is stage
    life.consent("A", day(10, 20), Decision.WITHDRAWN)
    assert may(life.case, A.APPROACH, LATER) is stage
    assert automatic(life.case, LATER) is None
    life.consent("B", day(10, 21), Decision.WITHDRAWN)
    assert automatic(life.case, day(10, 20)) is None
    assert automatic(life.case, day(10, 21)) is A.LAST_CONSENT_WITHDRAWN
    assert may(life.case, A.APPROACH, LATER) is S.ENGAGING


def test_who_is_not_in_the_plan_does_not_hold_it() -> None:
    life = planned().consent("C", day(10, 8)).consent("AB", day(10, 20), Decision.WITHDRAWN)
    assert stages.consenting(life.case, LATER) == ()
    assert automatic(life.case, LATER) is A.LAST_CONSENT_WITHDRAWN


def test_consent_to_sharing_alone_does_not_hold_a_plan() -> None:
    life = planned().consent("AB", day(10, 20), Decision.WITHDRAWN, [Scope.PLAN])
    assert automatic(life.case, LATER) is A.LAST_CONSENT_WITHDRAWN


def test_a_draft_that_waits_holds_the_stage_too() -> None:
    life = planned().consent("C", day(10, 20)).plan("C", day(10, 21))
    life.consent("AB", day(10, 22), Decision.WITHDRAWN)
    assert stages.consenting(life.case, LATER) == ("C",)
    assert automatic(life.case, LATER) is None


def test_people_who_left_hold_no_plan() -> None:
    life = planned().leave("A", day(10, 20)).leave("B", day(10, 20))
    assert automatic(life.case, LATER) is A.LAST_CONSENT_WITHDRAWN
    life.leave("C", day(10, 20))
    assert automatic(life.case, LATER) is None


def test_nothing_follows_where_there_is_no_plan() -> None:
    assert automatic(Life(S.SUPPORTING).case, LATER) is None
    assert automatic(Life(S.COMPLEX).plan("A", day(10, 6)).case, LATER) is None
    assert automatic(Life(S.PLANNING).plan("A", day(11, 2)).case, LATER) is None


@pytest.mark.parametrize(
    ("stage", "moves"),
    [(S.OUTREACH, True), (S.COMPLEX, True), (S.ENGAGING, False), (S.RECEIVED, False), (S.CLOSED, False)],
)
def test_where_an_approach_moves_the_case(stage: Stage, moves: bool) -> None:
    assert stages.approach_moves(Life(stage).case, LATER) is moves


def test_no_approach_before_the_case_was_opened() -> None:
    assert not stages.approach_moves(Life().case, day(10, 4))


# What no longer fits


def rules(life: Life, after: tuple[date, int]) -> list[str]:
    return [warned.rule for warned in misfits(life.case, after)]


def facts(life: Life, after: tuple[date, int]) -> list[dict[str, object]]:
    return [dict(warned.message.values) for warned in misfits(life.case, after)]


def test_what_was_recorded_after_a_conclusion_dated_before_it_is_named() -> None:
    life = Life().concern("A", "job").step(day(10, 10), A.ESCALATE, S.COMPLEX).note(day(10, 12)).note(day(10, 7))
    life.refer(day(10, 13)).refer(day(10, 14), Ground.STATUTORY_REPORT).consent("A", day(10, 9)).wish("A", day(10, 9))
    life.concern("B", "job", day(10, 9))
    life.end(day(10, 8), EndReason.MOVED)
    found = facts(life, (day(10, 8), life.seq))
    assert [(f["act"], f["on"], f["stage"]) for f in found] == [
        (A.CONSENT, day(10, 9), S.CLOSED),
        (A.WISH, day(10, 9), S.CLOSED),
        (A.CONCERN, day(10, 9), S.CLOSED),
        (A.ESCALATE, day(10, 10), S.CLOSED),
    ]
    assert set(rules(life, (day(10, 8), life.seq))) == {"stage.misfit"}


def test_nothing_is_named_where_everything_follows() -> None:
    life = Life().step(day(10, 10), A.ESCALATE, S.COMPLEX).note(day(10, 12))
    life.step(day(10, 8), A.SETTLE, S.SINGLE)
    assert misfits(life.case, (day(10, 8), life.seq)) == ()


def test_what_does_not_follow_is_known_by_its_sequence() -> None:
    life = Life().step(day(10, 10), A.ESCALATE, S.COMPLEX).note(day(10, 12))
    assert unfit(life.case) == frozenset()
    life.end(day(10, 8), EndReason.MOVED)
    # a closed case is not taken on; the note follows from that it was
    assert unfit(life.case) == {step.seq for step in life.case.steps if step.act is A.ESCALATE}


def test_on_one_day_the_order_of_recording_counts() -> None:
    life = Life().step(day(10, 8), A.ESCALATE, S.COMPLEX).note(day(10, 8))
    life.end(day(10, 8), EndReason.MOVED)
    assert misfits(life.case, (day(10, 8), life.seq)) == ()


def test_notes_after_a_death_fit_and_after_another_end_do_not() -> None:
    dead = Life().note(day(10, 12)).end(day(10, 8), EndReason.DECEASED)
    assert misfits(dead.case, (day(10, 8), dead.seq)) == ()
    moved = Life().note(day(10, 12)).end(day(10, 8), EndReason.MOVED)
    assert rules(moved, (day(10, 8), moved.seq)) == ["stage.misfit"]


def test_a_report_by_law_fits_after_every_end() -> None:
    life = Life().refer(day(10, 12), Ground.STATUTORY_REPORT).refer(day(10, 13)).end(day(10, 8), EndReason.MOVED)
    assert [(f["act"], f["on"]) for f in facts(life, (day(10, 8), life.seq))] == [(A.REFER, day(10, 13))]


def test_danger_fits_after_every_end() -> None:
    life = Life().refer(day(10, 12), Ground.EMERGENCY).end(day(10, 8), EndReason.MOVED)
    assert rules(life, (day(10, 8), life.seq)) == []


@pytest.mark.parametrize(
    ("decision", "fits"),
    [
        (Decision.REFUSED, True),
        (Decision.WITHDRAWN, True),
        (Decision.GIVEN, False),
        (Decision.NOT_POSSIBLE, False),
    ],
)
def test_a_no_fits_after_every_end(decision: Decision, fits: bool) -> None:
    life = Life().consent("A", day(10, 12), decision).end(day(10, 8), EndReason.MOVED)
    assert rules(life, (day(10, 8), life.seq)) == ([] if fits else ["stage.misfit"])
    assert stages.a_no_after_the_end(life.case, decision, day(10, 8)) is fits
    assert not stages.a_no_after_the_end(life.case, decision, day(10, 7))


def test_facts_and_the_move_of_one_act_are_read_in_that_order() -> None:
    life = Life(S.PLANNING).consent("A", day(10, 12), Decision.WITHDRAWN)
    life.step(day(10, 12), A.LAST_CONSENT_WITHDRAWN, S.ENGAGING, seq=life.seq).note(day(10, 6))
    assert misfits(life.case, (day(10, 6), life.seq)) == ()


def test_nothing_stands_before_the_opening() -> None:
    assert misfits(Life().note(day(10, 6)).case, (day(10, 1), 9)) == ()


def test_a_withdrawal_dated_back_names_the_plan_made_after_it() -> None:
    life = planned().turn(1, PlanStatus.ENDED, day(10, 25))
    life.consent("B", day(10, 6), Decision.WITHDRAWN)
    found = facts(life, (day(10, 6), life.seq))
    assert [(f["status"], f["labels"]) for f in found] == [
        (PlanStatus.DRAFT, ("B",)),
        (PlanStatus.APPROVED, ("B",)),
    ]
    assert rules(planned(), (OPENED, 1)) == []


def test_a_withdrawal_later_on_the_day_of_a_draft_leaves_the_draft_alone() -> None:
    given = Life(S.ENGAGING).consent("A", day(10, 6))
    after = given.seq
    after_it = given.plan("A", day(10, 7)).consent("A", day(10, 7), Decision.WITHDRAWN)
    assert rules(after_it, (day(10, 6), after)) == []
    before_it = Life(S.ENGAGING).consent("A", day(10, 6)).consent("A", day(10, 7), Decision.WITHDRAWN)
    assert rules(before_it.plan("A", day(10, 7)), (day(10, 6), after)) == ["plan.misfit"]


def test_who_left_and_never_consented_is_named_once() -> None:
    life = Life(S.ENGAGING).consent("B", day(10, 6)).plan("AB", day(10, 7)).leave("A", day(10, 7))
    assert [f["labels"] for f in facts(life, (day(10, 6), life.seq))] == [("A",)]


def test_a_plan_that_did_not_fit_before_is_not_named_again() -> None:
    life = Life(S.SUPPORTING).plan("A", day(10, 7))
    assert rules(life, (day(10, 6), 9)) == ["plan.misfit"]
    assert rules(life, (day(10, 7), life.seq)) == []
    assert rules(life, (day(10, 8), 1)) == []


def test_the_picture_is_the_table() -> None:
    rows = {m[1]: m[0] for m in re.finditer(r"^\| (\w+) \|.*$", picture(), re.M)}
    assert set(rows) == {"act", *Act}
    cells = [cell.strip() for cell in rows["return"].strip("|").split("|")]
    assert cells == ["return", *[""] * 8, "new", "new"]
    head = [cell.strip() for cell in rows["act"].strip("|").split("|")]
    for act in Act:
        cells = [cell.strip() for cell in rows[act].strip("|").split("|")]
        assert {head[at] for at, cell in enumerate(cells) if at and cell} == set(stages.stages_for(act))


# Plans nobody consents to any more


def test_each_version_is_judged_alone() -> None:
    life = Life(S.SUPPORTING).consent("AB", day(10, 6)).running("A", day(10, 7)).plan("B", day(10, 8))
    assert stages.without_consent(life.case, LATER) == ()
    life.consent("A", day(10, 20), Decision.WITHDRAWN)
    assert [p.number for p in stages.without_consent(life.case, day(10, 20))] == ["2026-0042/P1"]
    assert stages.without_consent(life.case, day(10, 19)) == ()
    life.leave("B", day(10, 25))
    assert [p.number for p in stages.without_consent(life.case, LATER)] == ["2026-0042/P1", "2026-0042/P2"]


def test_the_days_on_which_a_consent_may_have_ended() -> None:
    life = Life(S.SUPPORTING).consent("A", day(10, 20), expires_on=day(10, 31)).consent("B", day(10, 6))
    life.case = replace(life.case, people=tuple(replace(p, suspected_on=day(10, 9)) for p in life.case.people))
    assert stages.days_of_consent(life.case, LATER) == (day(10, 6), day(10, 9), day(10, 20), day(11, 1))
    assert stages.days_of_consent(life.case, day(10, 31)) == (day(10, 6), day(10, 9), day(10, 20))


def test_so_are_the_days_of_a_draft_an_approval_and_a_departure() -> None:
    life = Life(S.SUPPORTING).plan("A", day(10, 15)).turn(1, PlanStatus.PROPOSED, day(10, 16))
    life.turn(1, PlanStatus.APPROVED, day(10, 18)).turn(1, PlanStatus.ENDED, day(10, 25)).leave("A", day(10, 28))
    assert stages.days_of_consent(life.case, LATER) == (day(10, 15), day(10, 18), day(10, 28))


@pytest.mark.parametrize("back", [S.PLANNING, S.SUPPORTING])
def test_who_comes_back_to_a_plan_that_ended_meanwhile_is_engaged_anew(back: Stage) -> None:
    life = planned(back).step(day(10, 20), A.WATCH, S.WATCHING)
    life.consent("AB", day(10, 21), Decision.WITHDRAWN).turn(1, PlanStatus.ENDED, day(10, 21))
    assert automatic(life.case, day(10, 25)) is None
    life.step(day(10, 30), A.RESUME, back)
    assert day(10, 30) in stages.days_of_consent(life.case, LATER)
    assert automatic(life.case, day(10, 30)) is A.LAST_CONSENT_WITHDRAWN
    assert automatic(life.consent("A", day(10, 30)).case, day(10, 30)) is A.LAST_CONSENT_WITHDRAWN


def test_a_contact_of_outreach_does_not_fit_after_a_death_where_a_note_does() -> None:
    life = Life(S.SINGLE).note(day(10, 9)).note(day(10, 10), programme="o-csw").end(day(10, 8), EndReason.DECEASED)
    assert [f["act"] for f in facts(life, (day(10, 8), life.seq))] == [A.CONTACT]


@pytest.mark.parametrize("stage", Stage)
def test_who_was_received_already_is_told_of_by_a_note(stage: Stage) -> None:
    answer = may(Life(stage).case, A.CONNECT, LATER)
    if stage is S.OUTREACH:
        assert answer is S.RECEIVED
        return
    assert isinstance(answer, Refusal)
    lines = [n.command for n in answer.next]
    assert any("--found" in line for line in lines) is (stage not in (S.CLOSED, S.INTERRUPTED))
