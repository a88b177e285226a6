"""What a case waits for next, and its last contact."""

from dataclasses import replace
from datetime import date

from tests.domain.household import Life, day
from toshima_cli.domain.due import Due, dues, last_contact, next_due
from toshima_cli.domain.terms import Act, Decision, Ground, PlanStatus, ReferralStatus, Scope, Stage


def kinds(life: Life) -> list[tuple[date, str]]:
    return [(due.on, due.kind) for due in dues(life.case, day(12, 1))]


def test_nothing_promised_is_nothing_due() -> None:
    assert next_due(Life().case, day(12, 1)) is None
    assert last_contact(Life().case) is None


def test_the_earliest_open_date_of_everything_promised() -> None:
    life = Life(Stage.SUPPORTING).consent("A", day(10, 6)).note(day(11, 1), next_on=day(11, 20))
    life.plan(
        "A", day(11, 2), review_on=day(12, 17), dues=[(day(11, 15), None), (day(11, 5), day(11, 4)), (None, None)]
    )
    assert kinds(life) == [(day(11, 20), "next_step")]  # a draft promises nothing yet
    life.turn(1, PlanStatus.APPROVED, day(11, 3), meeting="M2026-0001").action(day(11, 3), day(11, 25))
    assert kinds(life) == [
        (day(11, 20), "next_step"),
        (day(12, 17), "review"),
        (day(11, 15), "action"),
        (day(11, 25), "action"),
    ]
    assert next_due(life.case, day(12, 1)) == Due(day(11, 15), "action", "…")


def test_a_later_note_without_a_step_takes_the_step_back() -> None:
    life = Life().note(day(11, 1), next_on=day(11, 20)).note(day(11, 2))
    assert kinds(life) == []
    assert last_contact(life.case) == (day(11, 2), "visit")


def test_of_one_day_the_promised_step_comes_first() -> None:
    life = Life().action(day(11, 1), day(11, 20)).note(day(11, 2), next_on=day(11, 20))
    due = next_due(life.case, day(12, 1))
    assert due is not None
    assert due.kind == "next_step"


def test_a_watch_ends_only_while_the_case_is_watched() -> None:
    life = Life(Stage.SUPPORTING).watch(day(11, 3), day(12, 31)).step(day(11, 3), Act.WATCH, Stage.WATCHING)
    assert kinds(life) == [(day(12, 31), "watch_end")]
    assert kinds(life.step(day(11, 9), Act.RESUME, Stage.SUPPORTING)) == []


def test_an_ended_case_waits_for_nothing() -> None:
    life = Life().note(day(11, 1), next_on=day(11, 20)).step(day(11, 5), Act.CONCLUDE, Stage.CLOSED)
    assert kinds(life) == []


def test_what_a_plan_promised_ends_with_the_consent_of_whom_it_was_for() -> None:
    life = Life(Stage.SUPPORTING).consent("AB", day(10, 6))
    life.plan("A", day(11, 2), dues=[(day(11, 15), None)]).turn(1, PlanStatus.APPROVED, day(11, 3))
    assert kinds(life) == [(day(11, 15), "action")]
    life.consent("A", day(11, 10), Decision.WITHDRAWN, [Scope.PLAN])
    assert list(dues(life.case, day(11, 9))) == [Due(day(11, 15), "action", "…")]
    assert kinds(life) == []


def test_a_referral_nobody_answers_comes_back_after_the_time_that_was_set() -> None:
    life = Life().refer(day(11, 2))
    assert next_due(life.case, day(11, 2)) == Due(day(11, 16), "answer")
    assert next_due(life.case, day(11, 2), unanswered_days=3) == Due(day(11, 5), "answer")
    for ground in (Ground.NONE_SHARED, Ground.STATUTORY_REPORT):
        assert kinds(Life().refer(day(11, 2), ground)) == []
    assert kinds(Life().refer(day(11, 2), answer=ReferralStatus.ACCEPTED)) == []
    assert kinds(Life().refer(day(11, 2), answer=ReferralStatus.WAITING)) == [(day(11, 16), "answer")]


def test_who_could_not_decide_is_looked_at_again_until_an_answer_comes() -> None:
    life = Life().consent("AB", day(11, 1), Decision.NOT_POSSIBLE, review_on=day(12, 20))
    life.consent("C", day(11, 1), Decision.REFUSED, review_on=day(12, 10))  # a no is never overdue
    assert kinds(life) == [(day(12, 20), "consent_review")] * 2
    life.consent("A", day(11, 5), scopes=[Scope.PLAN]).consent("B", day(11, 5))
    assert kinds(life) == [(day(12, 20), "consent_review")]
    assert kinds(life.consent("A", day(11, 6))) == []


def test_nothing_is_due_of_somebody_who_left() -> None:
    life = Life().note(day(11, 1), next_on=day(11, 20)).action(day(11, 2), day(11, 25))
    (note,), (action,) = life.case.notes, life.case.other_actions
    life.case = replace(life.case, notes=(replace(note, label="A"),), other_actions=(replace(action, label="A"),))
    assert kinds(life) == [(day(11, 20), "next_step"), (day(11, 25), "action")]
    assert kinds(life.leave("A", day(11, 10))) == []


def test_who_left_is_not_looked_at_again() -> None:
    life = Life().consent("AB", day(11, 1), Decision.NOT_POSSIBLE, review_on=day(12, 20)).leave("A", day(11, 10))
    assert kinds(life) == [(day(12, 20), "consent_review")]
