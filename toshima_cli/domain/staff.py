"""Colleagues: who may leave, and whose cases go to whom. [ours]"""

from collections.abc import Sequence
from datetime import date

from toshima_cli.domain.case import Case
from toshima_cli.domain.stages import may
from toshima_cli.domain.terms import Act
from toshima_cli.domain.verdict import Basis, Next, Refusal, say

_MOST = 10
"""So many cases are named in a refusal."""


def may_retire(code: str, cases: Sequence[str], *, others_own: bool, local: bool) -> Refusal | None:
    """Whether somebody may leave: not while open cases are with them. `others_own`: some of those are hidden from
    whoever asks, and only those who see them hand them over; nothing of them is said."""
    if local:
        return Refusal(
            rule="staff.local",
            basis=Basis.OURS,
            message=say("“{code}” is whoever sits at this desk without a code; nobody retires from it.", code=code),
            next=(Next("staff", say("See who works here."), "toshima staff list"),),
        )
    if not cases and not others_own:
        return None
    named = (*cases[:_MOST], *((say("{count} more", count=len(cases) - _MOST),) if len(cases) > _MOST else ()))
    return Refusal(
        rule="staff.coordinates",
        basis=Basis.OURS,
        message=say("{code} still looks after open cases.", code=code),
        facts=(say("Open cases: {cases}.", cases=named),) if cases else (),
        missing=(say("Somebody who takes them over; what {code} alone sees, {code} hands over.", code=code),),
        next=(
            Next(
                "hand_over",
                say("Hand all of them to a colleague."),
                f"toshima {'' if cases else f'--as {code} '}staff handover {code} CODE",
            ),
        ),
    )


def may_hand_over(case: Case, giver: str, on: date) -> Refusal | None:
    """Whether the case is the giver's to hand over on that day."""
    stage = may(case, Act.HAND_OVER, on)
    if isinstance(stage, Refusal):
        return stage
    coordinator = case.coordinator_on(on)
    if coordinator == giver:
        return None
    fact = (
        say("Case {case} is with {coordinator} on {on}.", case=case.number, coordinator=coordinator, on=on)
        if coordinator
        else say("Case {case} is with no coordinator on {on}.", case=case.number, on=on)
    )
    return Refusal(
        rule="staff.handover.not_theirs",
        basis=Basis.OURS,
        message=say("{giver} does not coordinate this case.", giver=giver),
        facts=(fact,),
        missing=(say("A case {giver} coordinates on that day.", giver=giver),),
        next=(Next("caseload", say("See their cases."), f"toshima caseload --coordinator {giver}"),),
    )


def no_cases(giver: str) -> Refusal:
    return Refusal(
        rule="staff.handover.nothing",
        basis=Basis.OURS,
        message=say("{giver} has no open case to hand over.", giver=giver),
        next=(Next("caseload", say("See the open cases."), "toshima caseload"),),
    )


def same(code: str) -> Refusal:
    return Refusal(
        rule="staff.edit.same",
        basis=Basis.OURS,
        message=say("Nothing about {code} is different from what stands there.", code=code),
        next=(Next("staff", say("See who works here."), "toshima staff list"),),
    )
