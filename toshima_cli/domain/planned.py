"""What is still planned: the next step somebody promised, and whether the plan's actions are all done."""

from collections.abc import Iterable, Iterator
from datetime import date

from toshima_cli.domain.case import Action, Case, last_on
from toshima_cli.domain.held import labels_holding
from toshima_cli.domain.terms import Act, Scope
from toshima_cli.domain.verdict import Basis, Next, Refusal, Warned, say


def planned_on(case: Case, day: date) -> date | None:
    """The next step the newest note of that day set: a later note takes its place, with or without a step. What was
    planned for somebody who has left is planned no more."""
    note = last_on(case.notes, day)
    return note.next_on if note is not None and not case.left_by(note.label, day) else None


def all_done(case: Case, day: date) -> bool:
    """Whether every action of the plan in force is done on that day, those for people who left aside; False without a
    plan in force."""
    plan = case.plan_in_force(day)
    if plan is None:
        return False
    waiting = (a for a in plan.actions if not case.left_by(a.label, day))
    return all(a.done_on is not None and a.done_on <= day for a in waiting)


def done_already(case: Case, action: Action) -> Refusal | None:
    """An action is done once; the day it was done stays."""
    if action.done_on is None:
        return None
    return Refusal(
        rule="action.done",
        basis=Basis.OURS,
        message=say("{action} is done already.", action=action.number),
        facts=(say("{action} was done on {on}.", action=action.number, on=action.done_on),),
        missing=(say("An action that is not done yet."),),
        next=(Next("show", say("Look at the case."), f"toshima show {case.number}"),),
    )


def of_older_versions(case: Case, finished: Iterable[Action], day: date) -> tuple[Warned, ...]:
    """Actions done that stand in a version no longer in force, while another one is: the same may be open there."""
    plan = case.plan_in_force(day)
    older = tuple(a.number for a in finished if plan and a.plan_version not in (None, plan.version))
    if plan is None or not older:
        return ()
    message = say("Of a version that is not in force: {actions}. In force is {plan}.", actions=older, plan=plan.number)
    return (Warned("action.older", message),)


def standing_actions(case: Case, day: date) -> tuple[Action, ...]:
    """The actions of the plan in force, without those of people for whom it ended: their consent holds no longer."""
    plan = case.plan_in_force(day)
    if plan is None:
        return ()
    people = (*labels_holding(case, Scope.PLAN, day), None)
    return tuple(action for action in plan.actions if action.label in people)


def first_action_due(case: Case, day: date, *, late: bool) -> Iterator[Next]:
    """Of what was agreed and is not done, the action due first: what the caseload counts the days of. It presses
    once its day has come (`late`)."""
    actions = (*standing_actions(case, day), *(a for a in case.other_actions if a.on <= day))
    waiting = (a for a in actions if a.due_on and a.done_on is None and not case.left_by(a.label, day))
    for action in sorted(waiting, key=lambda a: a.due_on or day)[:1]:
        number = action.number.rpartition("/")[2]
        if action.due_on is None or late is not (action.due_on <= day):
            return
        yield Next(
            Act.NOTE,
            say("See that what was agreed as {action} is done, and write it down.", action=number),
            f"toshima progress {case.number} --method visit --note TEXT --done {number}",
            action.due_on,
        )
