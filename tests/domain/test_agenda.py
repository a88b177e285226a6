"""The agenda that makes itself: which items a case makes at which sitting, for whom, and why."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.household import Life, day
from toshima_cli.domain.agenda import KINDS, Wanted, items_for, sort_key
from toshima_cli.domain.terms import (
    Act,
    Body,
    Decision,
    EndReason,
    Ground,
    ItemKind,
    Outcome,
    Part,
    PlanStatus,
    Purpose,
    Stage,
)
from toshima_cli.domain.verdict import Say

MULTI, SUPPORT, SHARED = ItemKind.MULTILAYER_CONFERENCE, ItemKind.SUPPORT_CONFERENCE, ItemKind.INFORMATION_SHARING
TALK, WRITTEN = Part.DISCUSSION, Part.WRITTEN
SITTING = day(12, 17)
REPORTED = day(12, 10)


def items(life: Life, on: date = SITTING, body: Body = Body.SUBCOMMITTEE, *, named: bool = False) -> tuple[Wanted, ...]:
    return items_for(life.case, body, on, named=named, progress_days=30)


def rows(
    life: Life, on: date = SITTING, body: Body = Body.SUBCOMMITTEE, *, named: bool = False
) -> list[tuple[ItemKind, Purpose, Part, str, str]]:
    """(kind, purpose, part, people shown, people masked)."""
    found = items(life, on, body, named=named)
    return [(i.kind, i.purpose, i.part, "".join(i.labels), "".join(i.masked)) for i in found]


def known(stage: Stage = Stage.SUPPORTING, shared: str = "ABC") -> Life:
    """With a coordinator from 10-06 on, everybody's approach decided, dealt with a week before: nothing is due."""
    life = Life(stage).approach(day(10, 15)).consent(shared, day(11, 2))
    return life.sat(REPORTED)


# The chapter's household


def test_household_a() -> None:
    """New and without consent, then a report in writing, then a plan for A and B while C stays before consent."""
    life = Life().step(day(10, 6), Act.ESCALATE, Stage.COMPLEX)
    assert rows(life, day(10, 15)) == [(SUPPORT, Purpose.APPROACH, TALK, "ABC", "")]
    life.sat(day(10, 15), Outcome.APPROACH).approach(day(10, 15)).step(day(10, 15), Act.APPROACH, Stage.ENGAGING)
    assert rows(life, day(11, 12)) == []
    life.consent("AB", day(11, 2))
    assert rows(life, day(11, 19)) == [
        (MULTI, Purpose.PROGRESS, WRITTEN, "AB", "C"),
        (SUPPORT, Purpose.PROGRESS, WRITTEN, "C", ""),
    ]
    life.plan("AB", day(11, 25)).step(day(11, 25), Act.PLAN, Stage.PLANNING)
    assert rows(life, day(12, 17)) == [
        (MULTI, Purpose.NEW_PLAN, TALK, "AB", "C"),
        (SUPPORT, Purpose.APPROACH, TALK, "C", ""),
    ]


def test_the_agenda_is_as_of_the_sittings_date() -> None:
    life = Life().step(day(10, 6), Act.ESCALATE, Stage.COMPLEX).consent("AB", day(11, 2))
    life.consent("B", day(11, 20), Decision.WITHDRAWN)
    assert rows(life, day(10, 5)) == []
    assert [r[3] for r in rows(life, day(10, 15))] == ["ABC"]
    assert [r[3] for r in rows(life, day(11, 19))] == ["AB", "C"]
    assert [r[3] for r in rows(life, day(11, 20))] == ["A", "BC"]


def test_before_it_was_opened_a_case_makes_nothing() -> None:
    assert rows(Life(), day(10, 4), named=True) == []


@pytest.mark.parametrize("stage", [Stage.OUTREACH, Stage.RECEIVED, Stage.SINGLE])
def test_a_case_without_a_coordinator_comes_only_when_named(stage: Stage) -> None:
    assert rows(Life(stage)) == []
    assert rows(Life(stage), named=True) == [(SUPPORT, Purpose.APPROACH, TALK, "ABC", "")]


# Bodies


def test_a_stakeholder_meeting_deals_with_the_cases_named() -> None:
    life = Life(Stage.COMPLEX)
    assert rows(life, body=Body.STAKEHOLDER) == []
    assert rows(life, body=Body.STAKEHOLDER, named=True) == [(SUPPORT, Purpose.APPROACH, TALK, "ABC", "")]


def test_the_council_never_meets_a_named_person() -> None:
    life = Life(Stage.COMPLEX).refer(day(12, 1), Ground.EMERGENCY)
    assert rows(life, body=Body.COUNCIL, named=True) == []
    assert not KINDS[Body.COUNCIL] & {MULTI, SUPPORT, SHARED}


def test_every_item_is_of_a_kind_of_its_body() -> None:
    life = known(shared="A").refer(day(12, 1), Ground.EMERGENCY).plan("A", day(12, 1))
    for body in Body:
        assert {i.kind for i in items(life, body=body, named=True)} <= KINDS[body]


def test_before_the_law_there_was_no_support_conference() -> None:
    life = Life(Stage.COMPLEX, on=date(2021, 3, 1)).consent("A", date(2021, 3, 1))
    assert [r[0] for r in rows(life, date(2021, 3, 31))] == [MULTI]
    assert [r[0] for r in rows(life, date(2021, 4, 1))] == [MULTI, SUPPORT]


# Named


def test_nothing_due_makes_no_item() -> None:
    assert rows(known()) == []


def test_a_case_put_on_by_name_is_talked_about() -> None:
    assert rows(known(shared="AB"), named=True) == [
        (MULTI, Purpose.ADVICE, TALK, "AB", "C"),
        (SUPPORT, Purpose.APPROACH, TALK, "C", ""),
    ]
    assert rows(known().running("A", day(11, 5)), named=True) == [(MULTI, Purpose.PROGRESS, TALK, "ABC", "")]
    assert rows(known(shared="A"), day(1, 21, 2027), named=True) == [
        (MULTI, Purpose.PROGRESS, TALK, "A", "BC"),
        (SUPPORT, Purpose.PROGRESS, TALK, "BC", ""),
    ]


# What is due


def test_an_approach_is_missing_for_one_more_person() -> None:
    life = Life(Stage.SUPPORTING).approach(day(10, 15), "AB").consent("AB", day(11, 2)).sat(REPORTED)
    assert rows(life) == [(SUPPORT, Purpose.APPROACH, TALK, "C", ""), (MULTI, Purpose.PROGRESS, WRITTEN, "AB", "C")]
    assert items(life)[0].due_on == day(10, 5)
    life.approach(SITTING, "C")
    assert len(rows(life)) == 2
    assert rows(life, day(12, 18)) == []


def test_an_approach_begun_before_its_conference_is_asked_for_until_one_decides() -> None:
    life = known(Stage.ENGAGING, "").approach(day(12, 11), "C", afterwards="…")
    (item,) = items(life)
    assert (item.purpose, item.part, item.due_on) == (Purpose.APPROACH, TALK, day(12, 11))
    life.approach(SITTING, "C")
    assert items(life) == (item,)  # what this sitting decides leaves its own agenda as it was
    life.approach(day(12, 12), "C")
    assert items(life) == ()


def test_a_watched_case_needs_no_approach() -> None:
    life = Life(Stage.COMPLEX).sat(REPORTED).step(day(11, 1), Act.WATCH, Stage.WATCHING)
    assert rows(life) == []


def test_who_consents_needs_no_approach() -> None:
    assert rows(Life(Stage.COMPLEX).consent("ABC", day(11, 2)).sat(REPORTED)) == []


def test_a_new_case_with_consent_asks_for_advice() -> None:
    life = Life(Stage.COMPLEX).consent("ABC", day(11, 2))
    assert rows(life) == [(MULTI, Purpose.ADVICE, TALK, "ABC", "")]
    assert rows(life.sat(SITTING)) == [(MULTI, Purpose.ADVICE, TALK, "ABC", "")]
    at_once = Life(Stage.COMPLEX, on=REPORTED).consent("ABC", REPORTED).sat(REPORTED)
    assert rows(at_once) == []


def test_new_to_the_subcommittee_though_the_stakeholders_met() -> None:
    life = Life(Stage.COMPLEX).consent("ABC", day(11, 2)).sat(REPORTED, body=Body.STAKEHOLDER)
    assert [r[1] for r in rows(life)] == [Purpose.ADVICE]


def test_new_again_after_it_was_settled() -> None:
    life = Life(Stage.COMPLEX).consent("ABC", day(10, 6)).sat(day(10, 15)).step(day(10, 20), Act.SETTLE, Stage.SINGLE)
    assert rows(life, day(11, 19)) == []
    life.step(day(12, 1), Act.ESCALATE, Stage.COMPLEX)
    (item,) = items(life)
    assert (item.purpose, item.due_on) == (Purpose.ADVICE, day(12, 1))


def test_a_draft_waits() -> None:
    assert rows(known().plan("A", day(12, 1))) == [(MULTI, Purpose.NEW_PLAN, TALK, "ABC", "")]
    again = known().running("A", day(11, 5)).plan("A", day(12, 1)).turn(2, PlanStatus.PROPOSED, day(12, 2))
    assert rows(again) == [(MULTI, Purpose.RE_PLAN, TALK, "ABC", "")]
    same_day = known().running("A", SITTING).plan("A", SITTING)
    assert rows(same_day)[0][1] is Purpose.NEW_PLAN
    afterwards = known().plan("A", SITTING).turn(1, PlanStatus.APPROVED, SITTING, afterwards="…").plan("A", SITTING)
    assert rows(afterwards)[0][1] is Purpose.RE_PLAN
    assert rows(afterwards.turn(2, PlanStatus.ENDED, SITTING))[0][1] is Purpose.NEW_PLAN
    never_in_force = known().plan("A", day(11, 5)).turn(1, PlanStatus.SUPERSEDED, day(12, 1)).plan("A", day(12, 1))
    assert rows(never_in_force) == [(MULTI, Purpose.NEW_PLAN, TALK, "ABC", "")]


def test_support_that_began_before_a_sitting_is_approved_afterwards() -> None:
    life = known().plan("A", day(11, 20)).turn(1, PlanStatus.APPROVED, day(11, 25), afterwards="…")
    assert rows(life) == [(MULTI, Purpose.NEW_PLAN, TALK, "ABC", "")]
    assert items(life)[0].due_on == day(11, 25)
    life.turn(1, PlanStatus.APPROVED, day(12, 10), meeting="M2026-0001")
    assert rows(life) == []


def test_what_a_sitting_approves_changes_nothing_on_its_own_agenda() -> None:
    life = known(shared="AB").plan("AB", day(12, 1))
    before = rows(life)
    life.turn(1, PlanStatus.APPROVED, SITTING, meeting="M2026-0009").step(SITTING, Act.START, Stage.SUPPORTING)
    assert rows(life) == before
    assert rows(life, day(12, 18)) == []
    ran = known(shared="AB").plan("AB", day(12, 1)).turn(1, PlanStatus.APPROVED, SITTING, afterwards="…")
    assert [r[1] for r in rows(ran)] == [Purpose.NEW_PLAN, Purpose.APPROACH]
    assert items(ran)[0].due_on == SITTING


def test_a_plan_whose_people_do_not_share_makes_no_item_for_nobody() -> None:
    assert [r[0] for r in rows(known(shared="").plan("A", day(12, 1)))] == [SUPPORT]


def test_the_review_that_was_set() -> None:
    life = known().running("A", day(11, 5), review_on=SITTING)
    (item,) = items(life)
    assert (item.purpose, item.part, item.due_on) == (Purpose.PROGRESS, TALK, SITTING)
    assert rows(life, day(12, 16)) == []
    assert rows(life.sat(SITTING), day(12, 18)) == []


def done(*dues: tuple[date | None, date | None], stage: Stage = Stage.SUPPORTING) -> Life:
    life = known(stage).plan("A", day(11, 5), dues=dues)
    return life.turn(1, PlanStatus.APPROVED, day(11, 5), meeting="M2026-0001")


def test_the_end_is_evaluated_when_all_actions_are_done() -> None:
    assert rows(done((None, day(12, 11)), (None, day(12, 1)))) == [(MULTI, Purpose.CONCLUSION, TALK, "ABC", "")]
    assert rows(done((None, REPORTED))) == []
    assert rows(done((None, day(12, 11)), (None, None))) == []
    assert rows(done((None, day(12, 18)))) == []
    assert rows(done()) == []
    assert rows(done((None, day(12, 11)), stage=Stage.ENGAGING)) == []


def test_a_watch_that_ends() -> None:
    def watched(until: date) -> Life:
        return known().watch(day(11, 1), until).step(day(11, 1), Act.WATCH, Stage.WATCHING)

    assert rows(watched(SITTING)) == [(MULTI, Purpose.WATCH, TALK, "ABC", "")]
    assert rows(watched(day(12, 18))) == []
    partly = Life(Stage.SUPPORTING).consent("A", day(11, 2)).sat(REPORTED).watch(day(11, 1), SITTING)
    partly.step(day(11, 1), Act.WATCH, Stage.WATCHING)
    assert rows(partly) == [(MULTI, Purpose.WATCH, TALK, "A", "BC"), (SUPPORT, Purpose.WATCH, TALK, "BC", "")]


def test_what_was_resumed_is_over() -> None:
    watched = known().watch(day(11, 1), SITTING).step(day(11, 1), Act.WATCH, Stage.WATCHING)
    assert rows(watched.step(day(12, 1), Act.RESUME, Stage.SUPPORTING)) == []
    interrupted = known().end(day(12, 11), None)
    assert rows(interrupted.step(day(12, 16), Act.RESUME, Stage.SUPPORTING)) == []


def test_a_watched_case_is_not_a_new_one() -> None:
    life = Life(Stage.COMPLEX, on=day(12, 1)).consent("ABC", day(12, 1)).step(day(12, 2), Act.WATCH, Stage.WATCHING)
    assert rows(life) == []


def test_a_watch_from_one_window_is_not_the_subcommittees() -> None:
    life = Life(Stage.SINGLE).watch(day(11, 1), day(12, 1)).step(day(11, 1), Act.WATCH, Stage.WATCHING)
    assert rows(life) == []


@pytest.mark.parametrize(
    ("life", "due_on"),
    [
        (known(), None),
        (known().note(day(12, 11), next_on=day(12, 16)), day(12, 16)),
        (known().note(day(12, 11), next_on=SITTING), SITTING),
        (known().note(day(12, 11), next_on=day(12, 18)), None),
        (known().note(day(12, 11), next_on=day(12, 12)).note(day(12, 13)), None),
        (known().action(day(12, 11), day(12, 15)), day(12, 15)),
        (known().action(day(12, 11), day(12, 15), day(12, 14)), None),
        (known().action(day(12, 11), day(12, 15), day(12, 18)), day(12, 15)),
        (known().action(day(12, 11), day(12, 18)), None),
        (known().action(day(12, 11), None), None),
        (known().action(day(12, 11), day(12, 15), SITTING), None),
        (known().action(day(12, 11), SITTING), SITTING),
        (known().action(SITTING, day(12, 1)), day(12, 1)),
        (known().action(day(12, 18), day(12, 1)), None),
        (done((day(12, 12), None)), day(12, 12)),
    ],
)
def test_progress_is_due_when_its_date_has_come(life: Life, due_on: date | None) -> None:
    found = items(life)
    assert [i.due_on for i in found] == ([due_on] if due_on else [])
    assert all((i.purpose, i.part) == (Purpose.PROGRESS, WRITTEN) for i in found)


def test_progress_is_reported_again_after_a_time() -> None:
    assert rows(known(), day(1, 8, 2027)) == []
    (item,) = items(known(), day(1, 9, 2027))
    assert (item.purpose, item.part, item.due_on) == (Purpose.PROGRESS, WRITTEN, day(1, 9, 2027))


# Ends


@pytest.mark.parametrize(
    ("reason", "purpose", "part"),
    [
        (EndReason.RESOLVED, Purpose.CONCLUSION, TALK),
        (EndReason.MOVED, Purpose.CONCLUSION, WRITTEN),
        (EndReason.DUPLICATE, None, None),
        (None, Purpose.INTERRUPTION, TALK),
    ],
)
def test_an_end_no_sitting_decided(reason: EndReason | None, purpose: Purpose | None, part: Part | None) -> None:
    life = known(shared="AB").end(day(12, 12), reason)
    expected = [(MULTI, purpose, part, "AB", "C"), (SUPPORT, purpose, part, "C", "")] if purpose else []
    assert rows(life) == expected


def test_an_end_that_was_decided_or_told_is_done_with() -> None:
    assert rows(known().sat(REPORTED, Outcome.CONCLUDE).end(day(12, 12), EndReason.RESOLVED)) == []
    assert rows(known().sat(REPORTED, Outcome.INTERRUPT).end(day(12, 12), None)) == []
    told = known().end(day(12, 12), EndReason.MOVED).sat(SITTING, Outcome.NOTED, purpose=Purpose.CONCLUSION)
    assert len(rows(told)) == 1
    assert rows(told, day(1, 21, 2027)) == []


def test_the_end_of_a_case_of_one_window_is_its_own() -> None:
    assert rows(Life(Stage.SINGLE).end(day(12, 12), EndReason.RESOLVED)) == []


def test_a_draft_of_a_closed_case_is_not_deliberated() -> None:
    assert rows(known().plan("A", day(12, 1)).end(day(12, 12), EndReason.DUPLICATE)) == []


def test_a_death_is_reported_though_nobody_is_left() -> None:
    life = known(shared="A").leave("C", day(12, 1)).leave("B", day(12, 12)).leave("A", day(12, 12))
    life.end(day(12, 12), EndReason.DECEASED)
    assert [(r[3], r[4]) for r in rows(life)] == [("A", "B"), ("B", "")]


def test_a_closed_stage_without_its_ending_makes_nothing() -> None:
    assert rows(known().step(day(12, 12), Act.CONCLUDE, Stage.CLOSED)) == []


# Emergencies


def test_an_emergency_is_an_item_of_its_own_until_a_sitting_was_told() -> None:
    life = known(shared="AB").refer(day(12, 12), Ground.EMERGENCY, "C").refer(day(12, 13), Ground.EMERGENCY, "A")
    assert rows(life) == [(SHARED, Purpose.EMERGENCY_REPORT, TALK, "A", "C")]
    assert items(life)[0].due_on == day(12, 12)
    assert rows(life, day(12, 12)) == [(SHARED, Purpose.EMERGENCY_REPORT, TALK, "", "C")]
    life.sat(SITTING, Outcome.NOTED, purpose=Purpose.EMERGENCY_REPORT)
    assert len(rows(life)) == 1
    assert rows(life, day(12, 18)) == []


def test_an_emergency_after_the_last_report_is_told_at_the_next() -> None:
    life = known().sat(day(12, 11), Outcome.NOTED, purpose=Purpose.EMERGENCY_REPORT)
    life.refer(day(12, 12), Ground.EMERGENCY, None)
    assert rows(life) == [(SHARED, Purpose.EMERGENCY_REPORT, TALK, "ABC", "")]


def test_an_emergency_on_the_day_of_a_report_is_told_by_it() -> None:
    life = known().refer(day(12, 11), Ground.EMERGENCY).sat(day(12, 11), purpose=Purpose.EMERGENCY_REPORT)
    assert rows(life) == []
    assert rows(life.refer(day(12, 18), Ground.EMERGENCY)) == []


@pytest.mark.parametrize(
    "life",
    [
        known().sat(day(12, 11), purpose=Purpose.EMERGENCY_REPORT).refer(day(12, 10), Ground.EMERGENCY),
        known().refer(day(12, 12), Ground.EMERGENCY).sat(day(12, 11), purpose=Purpose.EMERGENCY_REPORT),
    ],
    ids=["dated back", "after the day of the sitting"],
)
def test_a_sitting_was_told_of_what_had_happened_and_been_written_down(life: Life) -> None:
    assert [r[1] for r in rows(life)] == [Purpose.EMERGENCY_REPORT]


def test_an_emergency_not_told_yet_is_not_asked_for_besides() -> None:
    assert [r[1] for r in rows(known().refer(day(11, 28), Ground.EMERGENCY))] == [Purpose.EMERGENCY_REPORT]


def test_an_emergency_about_somebody_who_left() -> None:
    life = known(shared="AB").refer(day(12, 1), Ground.EMERGENCY, "C").leave("C", day(12, 2))
    assert [(r[3], r[4]) for r in rows(life)] == [("", "C")]


def test_an_emergency_is_told_in_every_stage_but_not_at_a_stakeholder_meeting() -> None:
    life = Life(Stage.SINGLE).refer(day(12, 12), Ground.EMERGENCY, "A")
    assert [r[0] for r in rows(life)] == [SHARED]
    assert [r[0] for r in rows(life, body=Body.STAKEHOLDER, named=True)] == [SUPPORT]


def test_a_report_by_law_never_comes_onto_an_agenda() -> None:
    assert rows(known().refer(day(12, 12), Ground.STATUTORY_REPORT).refer(day(12, 12))) == []


# Order


def test_discussion_before_reports_and_the_kinds_in_the_order_of_a_paper() -> None:
    (item,) = items(known().plan("A", day(12, 1)))
    report = replace(item, part=WRITTEN)
    support = replace(item, kind=SUPPORT)
    late = replace(item, due_on=day(11, 1))
    undated = replace(item, due_on=None)
    other = replace(item, case="2026-0043")
    given = [report, undated, support, other, item, late]
    assert sorted(given, key=sort_key) == [late, item, other, undated, support, report]


def test_reasons_hold_no_typed_text() -> None:
    life = known(shared="A").note(day(12, 11), "秘密", next_on=day(12, 12)).refer(day(12, 12), Ground.EMERGENCY)
    for item in items(life):
        assert isinstance(item.reason, Say)
        assert not [value for _, value in item.reason.values if "秘密" in str(value)]


def test_a_referral_nobody_answers_comes_back_and_again_as_long_after_each_sitting() -> None:
    life = known().refer(day(12, 4))
    expected = [(MULTI, Purpose.PROGRESS, WRITTEN, "ABC", "")]
    assert rows(life) == []
    assert rows(life, day(12, 18)) == expected
    reason = items(life, day(12, 18))[0].reason
    assert dict(reason.values) == {"referral": life.case.referrals[0].number, "days": 14}
    told = known().refer(day(12, 4)).sat(day(12, 18))
    assert rows(told, day(12, 31)) == []
    assert rows(told, day(1, 1, 2027)) == expected
    assert [i.due_on for i in items_for(life.case, Body.SUBCOMMITTEE, SITTING, named=False, progress_days=90,
                                        unanswered_days=5)] == [day(12, 15)]  # fmt: skip


@pytest.mark.parametrize("ground", [Ground.NONE_SHARED, Ground.STATUTORY_REPORT])
def test_what_nobody_has_to_answer_does_not_come_back(ground: Ground) -> None:
    assert rows(known().refer(day(11, 2), ground)) == []


def test_an_emergency_without_an_answer_comes_back_once_it_was_told() -> None:
    life = known().refer(day(11, 2), Ground.EMERGENCY)
    assert [r[1] for r in rows(life)] == [Purpose.EMERGENCY_REPORT]
    life.sat(day(12, 11), purpose=Purpose.EMERGENCY_REPORT, kind=SHARED)
    assert rows(life) == []
    assert [r[1] for r in rows(life, day(12, 25))] == [Purpose.PROGRESS]
