"""Coming back: where a watch or an interruption began, until when a case is resumed, and who returns as a new one.

[ours] Within `return_months` an interrupted case goes on under its own number; after that, and after a conclusion, the
household returns as a new, linked case.
"""

from datetime import date
from shlex import quote

from toshima_cli.domain.calendar import add_months
from toshima_cli.domain.case import Case, Person, Step, last_on
from toshima_cli.domain.terms import ENDED, Act, EndReason, Stage
from toshima_cli.domain.verdict import Basis, Next, Refusal, say

RETURN = "return"
"""The kind of link from the new case to the one it goes on from."""


def steps_up_to(case: Case, day: date) -> list[Step]:
    return sorted((s for s in case.steps if s.on <= day), key=lambda s: (s.on, s.seq))


def came_from(case: Case, day: date) -> Stage | None:
    """The stage the watch or the interruption of that day began in; None in every other stage."""
    began: dict[Stage, Stage | None] = {}
    before: Stage | None = None
    for step in steps_up_to(case, day):
        if step.act in (Act.WATCH, Act.INTERRUPT):
            began[step.stage] = before
        before = step.stage
    return began.get(before) if before is not None else None


def returns_from(case: Case, day: date, months: int) -> date | None:
    """The first day on which the case of that day, interrupted, is resumed no more; None in every other stage."""
    if case.stage_on(day) is not Stage.INTERRUPTED:
        return None
    return add_months(steps_up_to(case, day)[-1].on, months)


def resumable(case: Case, day: date, months: int) -> bool:
    """Whether the case, watched or interrupted, goes on under its own number."""
    limit = returns_from(case, day, months)
    return case.stage_on(day) is Stage.WATCHING or (limit is not None and day < limit)


def coming_back(case: Case, day: date) -> tuple[Person, ...]:
    """Who of the household is carried over: whoever has not left, and did not die as the last one; on no day whoever
    is in a case of their own under restriction by now (rule 11)."""
    people = tuple(p for p in case.people_on(day) if not p.hidden)
    ending = last_on(case.endings, day)
    died = ending is not None and ending.reason is EndReason.DECEASED and len(people) == 1
    return () if died else people


def may_return(case: Case, day: date) -> Refusal | None:
    """What the stage table does not say of a return: the number that was kept, a return there is already, and that
    somebody of the household is left."""
    other = goes_on_as(case, day)
    if other is not None:
        return _go_on(case, "reopen.duplicate" if _kept(case, day) else "reopen.twice", other)
    if not coming_back(case, day):
        return Refusal(
            rule="reopen.nobody",
            basis=Basis.OURS,
            message=say("Nobody of this household is left to return."),
            facts=(say("Everybody of case {case} left or died by {day}.", case=case.number, day=day),),
            missing=(say("A first consultation of the people who turn to us now."),),
            next=(Next(Act.CONNECT, say("Take their concern in as a new case."), "toshima intake"),),
        )
    return None


def goes_on_as(case: Case, day: date) -> str | None:
    """The number the household goes on under, once this one has ended: that which was kept, or that of its return."""
    back = next((link.case for link in case.links if link.kind == RETURN and not link.towards), None)
    return (_kept(case, day) or back) if case.stage_on(day) in ENDED else None


def _kept(case: Case, day: date) -> str | None:
    ending = last_on(case.endings, day)
    return ending.kept if ending is not None and ending.reason is EndReason.DUPLICATE else None


def _go_on(case: Case, rule: str, number: str) -> Refusal:
    return Refusal(
        rule=rule,
        basis=Basis.OURS,
        message=say("This household goes on under another number."),
        facts=(say("Case {case} goes on as {other}.", case=case.number, other=number),),
        missing=(say("The number of the case that goes on."),),
        next=(Next("show", say("Look at the case that goes on."), f"toshima show {quote(number)}"),),
    )
