"""What is still planned: the next step somebody promised, and whether the plan's actions are all done."""

from datetime import date

from toshima_cli.domain.case import Case, last_on


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
