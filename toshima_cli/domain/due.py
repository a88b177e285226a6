"""What a case waits for next: the earliest open date of everything that was promised. [ours]"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, last_on
from toshima_cli.domain.plan import standing_actions


@dataclass(frozen=True, slots=True)
class Due:
    """`kind` is next_step, action, review or watch_end; `what` the typed words, where there are any."""

    on: date
    kind: str
    what: str | None = None


LAST = date.max


def dues(case: Case, day: date) -> Iterator[Due]:
    """Every open date, as known on `day`. A note's next step holds until a later note; a plan's dates while it stands,
    for those whose consent to it does; nothing is due of somebody who left."""
    if not case.is_open_on(LAST):
        return
    note = last_on(case.notes, LAST)
    if note and note.next_on and not case.left_by(note.label, LAST):
        yield Due(note.next_on, "next_step", note.next_what)
    plan = case.plan_in_force(LAST)
    if plan and plan.review_on:
        yield Due(plan.review_on, "review")
    for action in (*standing_actions(case, day), *case.other_actions):
        if action.due_on and action.done_on is None and not case.left_by(action.label, LAST):
            yield Due(action.due_on, "action", action.what)
    if case.stage_on(LAST) is t.Stage.WATCHING and (watch := last_on(case.watches, LAST)):
        yield Due(watch.until, "watch_end", watch.sign)


def next_due(case: Case, day: date) -> Due | None:
    """The earliest of them; of one day, the step a person promised comes first."""
    return min(dues(case, day), key=lambda due: due.on, default=None)


def last_contact(case: Case) -> tuple[date, str] | None:
    """(day, method) of the last contact noted; the first consultation is not counted as one."""
    note = last_on(case.notes, LAST)
    return (note.on, note.method) if note else None
