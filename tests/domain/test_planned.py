"""What was promised: the next step, the actions of the plan, and which of them is due first."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.household import Life, day
from toshima_cli.domain.planned import all_done, first_action_due, of_older_versions, planned_on, standing_actions
from toshima_cli.domain.terms import Decision, PlanStatus, Scope, Stage

ON = day(11, 10)


def running(*dues: tuple[date | None, date | None], label: str | None = "A") -> Life:
    """A plan for A and B in force; its actions are for `label`."""
    life = Life(Stage.SUPPORTING).consent("AB", day(10, 6)).plan("AB", day(10, 7), dues=dues)
    life.turn(1, PlanStatus.APPROVED, day(10, 7))
    (plan,) = life.case.plans
    plan = replace(plan, actions=tuple(replace(action, label=label) for action in plan.actions))
    life.case = replace(life.case, plans=(plan,))
    return life


def first(life: Life, on: date = ON, *, late: bool = True) -> list[date | None]:
    return [hint.due_on for hint in first_action_due(life.case, on, late=late)]


def test_the_step_of_somebody_who_left_is_planned_no_more() -> None:
    life = Life().note(day(11, 1), next_on=day(11, 20)).leave("A", ON)
    (note,) = life.case.notes
    case = replace(life.case, notes=(replace(note, label="A"),))
    assert (planned_on(case, day(11, 9)), planned_on(case, ON)) == (day(11, 20), None)
    assert planned_on(life.case, ON) == day(11, 20)  # it was the household's


def test_all_is_done_from_the_day_the_last_was_done() -> None:
    life = running((None, day(11, 1)), (None, ON))
    assert (all_done(life.case, day(11, 9)), all_done(life.case, ON)) == (False, True)


def test_what_was_for_somebody_who_left_need_not_be_done() -> None:
    life = running((None, None))
    assert not all_done(life.case, ON)
    assert all_done(life.leave("A", ON).case, ON)


@pytest.mark.parametrize(("label", "stands"), [("A", False), ("B", True), (None, True)])
def test_an_action_stands_while_its_person_consents_and_for_the_household(label: str | None, stands: bool) -> None:
    life = running((ON, None), label=label).consent("A", day(11, 1), Decision.WITHDRAWN, [Scope.PLAN])
    assert len(standing_actions(life.case, day(10, 31))) == 1
    assert bool(standing_actions(life.case, day(11, 1))) is stands


def test_the_action_due_first_presses_from_its_day_on() -> None:
    life = Life().action(day(11, 1), day(11, 20)).action(day(11, 1), ON)
    assert (first(life, day(11, 9)), first(life)) == ([], [ON])
    assert (first(life, day(11, 9), late=False), first(life, late=False)) == ([ON], [])


@pytest.mark.parametrize(
    "life",
    [
        Life().action(day(11, 11), ON),  # agreed on a later day
        Life().action(day(11, 1), ON, done_on=day(11, 5)),
        Life().action(day(11, 1), None),
        running((ON, None)).leave("A", day(11, 5)),
        running((ON, None)).consent("A", day(11, 5), Decision.WITHDRAWN, [Scope.PLAN]),
    ],
)
def test_nothing_presses_that_nobody_waits_for(life: Life) -> None:
    assert first(life) == first(life, late=False) == []


def test_what_a_sitting_agreed_for_somebody_who_left_does_not_press() -> None:
    life = Life().action(day(11, 1), ON)
    (action,) = life.case.other_actions
    life.case = replace(life.case, other_actions=(replace(action, label="A"),))
    assert first(life) == [ON]
    assert first(life.leave("A", day(11, 5))) == []


@pytest.mark.parametrize(
    ("in_force", "version", "warned"), [(2, 1, True), (2, 2, False), (2, None, False), (1, 1, False), (None, 1, False)]
)
def test_what_is_done_of_an_older_version_may_be_open_in_the_one_in_force(
    in_force: int | None, version: int | None, warned: bool
) -> None:
    life = Life(Stage.SUPPORTING).consent("A", day(10, 6))
    for number in range(1, (in_force or 0) + 1):
        life.plan("A", day(10, 6 + number)).turn(number, PlanStatus.APPROVED, day(10, 6 + number))
    (action,) = Life().action(day(10, 7), ON, ON).case.other_actions
    found = of_older_versions(life.case, [replace(action, plan_version=version)], ON)
    expected = {"actions": (action.number,), "plan": f"2026-0042/P{in_force}"}
    assert [(w.rule, dict(w.message.values)) for w in found] == ([("action.older", expected)] if warned else [])
