"""What a case waits for next, and its last contact."""

from dataclasses import replace
from datetime import date

from tests.domain.household import Life, day
from toshima_cli.domain.due import Due, diary, dues, last_contact, next_due
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
    assert next_due(life.case, day(12, 1)) == Due(day(11, 15), "action", "…", life.case.plans[0].actions[0].number)


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
    assert list(dues(life.case, day(11, 9))) == [Due(day(11, 15), "action", "…", life.case.plans[0].actions[0].number)]
    assert kinds(life) == []


def test_a_referral_nobody_answers_comes_back_after_the_time_that_was_set() -> None:
    life = Life().refer(day(11, 2))
    assert next_due(life.case, day(11, 2)) == Due(day(11, 16), "answer", of="R2026-0002")
    assert next_due(life.case, day(11, 2), unanswered_days=3) == Due(day(11, 5), "answer", of="R2026-0002")
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


def shown(life: Life, on: date) -> list[tuple[date, str, str | None, str | None]]:
    return [(due.on, due.kind, due.what, due.of) for due in diary(life.case, on)]


def test_a_diary_has_every_day_once_in_order_and_nothing_typed() -> None:
    life = Life().note(day(11, 1), next_on=day(11, 20)).refer(day(11, 2)).action(day(11, 3), day(11, 20))
    life.consent("AB", day(11, 2), Decision.NOT_POSSIBLE, review_on=day(11, 18))
    action, referral = life.case.other_actions[0].number, life.case.referrals[0].number
    assert shown(life, day(11, 3)) == [
        (day(11, 16), "answer", None, referral),
        (day(11, 18), "consent_review", None, None),
        (day(11, 20), "action", None, action),
        (day(11, 20), "next_step", None, None),
    ]
    assert diary(life.case, day(11, 3), unanswered_days=30)[-1] == Due(day(12, 2), "answer", of=referral)
    assert shown(life.step(day(11, 5), Act.CONCLUDE, Stage.CLOSED), day(11, 6)) == []


def test_a_consent_that_holds_is_in_the_diary_until_it_ran_out() -> None:
    life = Life().consent("AB", day(11, 2), expires_on=day(11, 30))
    assert shown(life, day(11, 30)) == [(day(11, 30), "consent_end", None, None)]
    assert shown(life, day(12, 1)) == []
    life.consent("B", day(11, 3), scopes=[Scope.PLAN], expires_on=day(12, 24))
    assert [on for on, *_ in shown(life, day(11, 3))] == [day(11, 30), day(12, 24)]
    life.consent("AB", day(11, 4), Decision.WITHDRAWN)
    assert shown(life, day(11, 4)) == []


def test_a_watch_is_looked_at_one_interval_after_the_last_contact_until_it_ends() -> None:
    life = Life(Stage.SUPPORTING).note(day(10, 8)).watch(day(11, 3), day(12, 31))
    life.step(day(11, 3), Act.WATCH, Stage.WATCHING)
    end = (day(12, 31), "watch_end", None, None)
    assert shown(life, day(11, 3)) == [(day(12, 3), "watch_look", None, None), end]
    assert shown(life.note(day(11, 20)), day(11, 3)) == [(day(12, 20), "watch_look", None, None), end]
    assert shown(life.note(day(11, 30)), day(11, 3)) == [(day(12, 30), "watch_look", None, None), end]
    assert shown(life.note(day(12, 1)), day(11, 3)) == [end]
    assert shown(life.step(day(12, 2), Act.RESUME, Stage.SUPPORTING), day(12, 2)) == []
