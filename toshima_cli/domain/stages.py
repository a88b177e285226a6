"""Stages (段階): may this be done with the case on that day, and what follows by itself.

1. `may` asks the table for the stage **of that day** and answers with the stage after the act, or with a refusal.
2. `approach_moves` and `automatic` are the two moves that hang on consent.
3. `misfits` looks, after something was dated before what is already recorded, at what no longer fits.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from shlex import quote

from toshima_cli.domain.case import Case, Person, Plan, last_on
from toshima_cli.domain.held import holds
from toshima_cli.domain.hints import next_acts, next_meeting
from toshima_cli.domain.returning import came_from, returns_from, steps_up_to
from toshima_cli.domain.stage_table import BACK, NEW, RETURN_MONTHS, SAME, TABLE, basis, picture, reach, stages_for
from toshima_cli.domain.terms import ENDED, Act, Decision, EndReason, Ground, PlanStatus, Scope, Stage
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, Warned, say

__all__ = [
    "BACK",
    "NEW",
    "RETURN_MONTHS",
    "SAME",
    "TABLE",
    "approach_moves",
    "asks",
    "automatic",
    "came_from",
    "consenting",
    "days_of_consent",
    "may",
    "misfits",
    "next_acts",
    "next_meeting",
    "picture",
    "reach",
    "stages_for",
    "without_consent",
]

_PLANNED = (Stage.PLANNING, Stage.SUPPORTING)
_STANDING = (PlanStatus.DRAFT, PlanStatus.APPROVED)


def asks(stage: Stage, act: Act) -> tuple[tuple[str, Say], ...]:
    """The options `settle` and `escalate` cannot do without, as (option, what it asks); () for other acts."""
    if act is Act.SETTLE and stage is not Stage.RECEIVED:
        return (("--reason", say("Why is the case supported at one window again?")),)
    if act is Act.ESCALATE:
        return (("--coordinator", say("Which coordinator takes the case?")),)
    return ()


def may(case: Case, act: Act, day: date, *, return_months: int = RETURN_MONTHS) -> Stage | Refusal:
    """The stage after `act` on `day`, or why the stage of that day does not allow it.

    Consent, options and sittings are asked elsewhere (`plan.py`, `close.py`). A return answers with the old case's
    own stage, which it does not change.
    """
    stage = case.stage_on(day)
    if stage is None:
        return Refusal(
            rule="stage.before_opened",
            basis=Basis.OURS,
            message=say("On {day} case {case} did not exist yet.", day=day, case=case.number),
            facts=(say("It was opened on {on}.", on=case.opened_on),),
            missing=(say("A date on or after {on}.", on=case.opened_on),),
            next=(Next("show", say("Look at the case."), f"toshima show {case.number}"),),
        )
    after = reach(stage, act, came_from=came_from(case, day))
    if after is None or ((stage, act) == (Stage.CLOSED, Act.NOTE) and not _after_death(case, day)):
        return _not_now(case, act, day, stage, return_months)
    if act in (Act.RESUME, Act.RETURN):
        return _in_time(case, act, day, return_months) or after
    if act is Act.APPROACH and not approach_moves(case, day):
        return stage
    return after


def ended(case: Case, day: date) -> bool:
    """Whether the case had ended by that day. Danger and a report by law ask for no open file (ours)."""
    return case.stage_on(day) in ENDED


def refused_for_good(case: Case, act: Act, day: date) -> Refusal | None:
    """Why the act is not for a case that had ended by that day, and how it goes on; None while the case is open."""
    found = may(case, act, day) if ended(case, day) else None
    return found if isinstance(found, Refusal) else None


def a_no_after_the_end(case: Case, decision: Decision, day: date) -> bool:
    """Whether this is somebody's no on a case that has ended: it is recorded all the same, since what was passed on by
    their consent may still run (rule 6, completed by ours)."""
    return ended(case, day) and decision in (Decision.REFUSED, Decision.WITHDRAWN)


def approach_moves(case: Case, day: date) -> bool:
    """Whether an approach decided on `day` leads the case to `engaging`.

    While somebody of the plan still consents, an approach for others is recorded and the stage stays.
    """
    stage = case.stage_on(day)
    if stage in _PLANNED:
        return not consenting(case, day)
    return stage is not None and TABLE.get((stage, Act.APPROACH)) is Stage.ENGAGING


def automatic(case: Case, day: date) -> Act | None:
    """The act that follows by itself: the last consent to a plan drafted or in force is gone (announced, rule 6), be it
    that day or while the case was watched or interrupted.

    None where the household has no open people left: then the case is to be closed, not to be approached.
    """
    planned = case.stage_on(day) in _PLANNED and any(plan.status_on(day) is not None for plan in case.plans)
    return Act.LAST_CONSENT_WITHDRAWN if planned and case.people_on(day) and not consenting(case, day) else None


def consenting(case: Case, day: date) -> tuple[str, ...]:
    """The people of the plan, in force or waiting, who are still there and whose consent to `plan` holds that day."""
    planned = _planned_labels(case, day)
    return tuple(p.label for p in case.people_on(day) if p.label in planned and holds(p, Scope.PLAN, day))


def without_consent(case: Case, day: date) -> tuple[Plan, ...]:
    """The versions, in force or waiting, of which nobody still there consents on `day`: they end that day (rule 6).

    Each is judged alone: consent to the next version does not carry the one in force, nor the other way round.
    """
    people = {p.label for p in case.people_on(day) if holds(p, Scope.PLAN, day)}
    plans = (case.plan_in_force(day), case.plan_waiting(day))
    return tuple(plan for plan in plans if plan is not None and not people & set(plan.labels))


def days_of_consent(case: Case, today: date) -> tuple[date, ...]:
    """The days up to today on which a consent may have ended: decisions, days after an expiry, suspicions, birth dates
    corrected, the days somebody left; and on which a case came back, or a version was drafted or approved, after it
    had ended (a withdrawal of an earlier day is often typed late)."""
    rows = [row for person in case.people for row in person.consents]
    days = {row.on for row in rows} | {row.expires_on + timedelta(days=1) for row in rows if row.expires_on}
    days |= {row.void_on for row in rows if row.void_on}
    days |= {step.on for step in case.steps if step.act is Act.RESUME}
    days |= {step.on for plan in case.plans for step in plan.steps if step.status in _STANDING}
    days |= {person.suspected_on for person in case.people if person.suspected_on}
    days |= {person.left_on for person in case.people if person.left_on}
    return tuple(sorted(day for day in days if day <= today))


def misfits(case: Case, after: tuple[date, int]) -> tuple[Warned, ...]:
    """What is recorded later than `after` and no longer fits; the case is read with the new act in it.

    `after` is (business date, sequence) of the new act. What was recorded stays, and the replay goes on from it: only
    what does not follow from what stands before it is named.
    """
    return tuple(warned for _, warned in _misfits(case, after))


def unfit(case: Case) -> frozenset[int]:
    """The acts, by their sequence, of which something does not follow from what stands before it (`undo`)."""
    return frozenset(seq for seq, _ in _misfits(case, (date.min, 0)))


def _misfits(case: Case, after: tuple[date, int]) -> tuple[tuple[int, Warned], ...]:
    return (*_steps_that_do_not_follow(case, after), *_plans_without_consent(case, after))


def _planned_labels(case: Case, day: date) -> frozenset[str]:
    plans = (case.plan_in_force(day), case.plan_waiting(day))
    return frozenset(label for plan in plans if plan is not None for label in plan.labels)


def _after_death(case: Case, day: date) -> bool:
    ending = last_on(case.endings, day)
    return ending is not None and ending.reason is EndReason.DECEASED


def _as_duplicate(case: Case, day: date) -> bool:
    """Whether the case was concluded as the duplicate of another: taking the merge back opens it again."""
    ending = last_on(case.endings, day)
    return ending is not None and ending.reason is EndReason.DUPLICATE


def _not_now(case: Case, act: Act, day: date, stage: Stage, months: int) -> Refusal:
    return Refusal(
        rule=f"stage.{act}",
        basis=basis(act),
        message=say("{act} is not possible in this stage.", act=act),
        facts=(say("On {day} case {case} stood in: {stage}.", day=day, case=case.number, stage=stage),),
        missing=(say("It is possible in: {stages}.", stages=tuple(s for s in stages_for(act) if s is not stage)),),
        next=(*_instead(case, act, stage, case.coordinator_on(day)), *next_acts(case, day, return_months=months)),
    )


def _instead(case: Case, act: Act, stage: Stage, coordinator: str | None) -> Iterator[Next]:
    """The sister act: a draft and a revision are the same wish in different stages; who was received already is told
    of by a note; a case with a coordinator goes to another one by a handover."""
    if act is Act.ESCALATE and coordinator is not None and stage not in ENDED:
        yield Next(
            "handover",
            say("{coordinator} coordinates the case already; hand it over to another one.", coordinator=coordinator),
            f"toshima staff handover {quote(coordinator)} CODE --case {case.number}",
        )
    if act is Act.PLAN and reach(stage, Act.REVISE) is not None:
        yield Next(Act.REVISE, say("Make the next version of the plan."), f"toshima plan {case.number} --revise")
    if act is Act.REVISE and reach(stage, Act.PLAN) is not None:
        yield Next(Act.PLAN, say("Draft the plan anew."), f"toshima plan {case.number}")
    if act is Act.CONNECT and reach(stage, Act.NOTE) is not None and stage is not Stage.CLOSED:
        yield Next(
            Act.NOTE,
            say("The case was received already: note what was found, another trouble or another person too."),
            f"toshima progress {case.number} --method METHOD --note TEXT --found LABEL:CONCERN",
        )


def _in_time(case: Case, act: Act, day: date, months: int) -> Refusal | None:
    """An interruption of less than `months` is resumed, a longer one returns as a new case."""
    limit = returns_from(case, day, months)
    if limit is None or (act is Act.RESUME) is (day < limit):
        return None
    if act is Act.RESUME:
        message = say("The interruption is too long ago to go on with the same case.")
        missing = say(
            "Up to the day before {limit} it could be resumed; now it returns as a new, linked case.", limit=limit
        )
    else:
        message = say("The interruption is too recent for a new case.")
        missing = say("Before {limit} the same case is resumed.", limit=limit)
    facts = (say("The case was interrupted on {on}.", on=steps_up_to(case, day)[-1].on),)
    return Refusal(f"stage.{act}", Basis.OURS, message, facts, (missing,), next_acts(case, day, return_months=months))


def _later(case: Case, after: tuple[date, int]) -> list[tuple[date, int, Act, Stage | None]]:
    """Everything recorded later than `after` that is an act of the table, with the stage it led to where it moved.

    Rows of one act share a sequence; the facts of it come before the move it made.
    """
    found: list[tuple[date, int, Act, Stage | None]] = []
    found += [(n.on, n.seq, Act.CONTACT if n.programme else Act.NOTE, None) for n in case.notes]
    found += [(c.on, c.seq, Act.CONCERN, None) for c in case.concerns]
    rows = [row for person in case.people for row in person.consents]
    found += [(c.on, c.seq, Act.CONSENT, None) for c in rows if not a_no_after_the_end(case, c.decision, c.on)]
    found += [(w.on, w.seq, Act.WISH, None) for p in case.people for w in p.wishes]
    for referral in case.referrals:
        everywhere = referral.ground in (Ground.STATUTORY_REPORT, Ground.EMERGENCY)
        act = Act.REPORT_BY_LAW if everywhere else Act.REFER
        found.append((referral.on, referral.seq, act, None))
    found += [(s.on, s.seq, s.act, s.stage) for s in case.steps]
    return sorted(dict.fromkeys(f for f in found if f[:2] > after), key=lambda f: f[:2])


def _steps_that_do_not_follow(case: Case, after: tuple[date, int]) -> Iterator[tuple[int, Warned]]:
    earlier = [s for s in steps_up_to(case, after[0]) if (s.on, s.seq) <= after]
    stage = earlier[-1].stage if earlier else None
    for on, seq, act, led_to in _later(case, after):
        if stage is not None and _does_not_follow(case, stage, act, on):
            message = say(
                "{act} of {on} no longer fits: before it the case stands in {stage}.", act=act, on=on, stage=stage
            )
            yield seq, Warned("stage.misfit", message)
        stage = led_to or stage


def _does_not_follow(case: Case, stage: Stage, act: Act, on: date) -> bool:
    if (stage, act) == (Stage.CLOSED, Act.NOTE):
        return not _after_death(case, on)
    if (stage, act) == (Stage.CLOSED, Act.MERGE):
        return not _as_duplicate(case, on)
    return (stage, act) not in TABLE


def _as_known(person: Person, moment: tuple[date, int]) -> Person:
    """With the decisions up to that moment: on one day the order of recording tells which came first."""
    return replace(person, consents=tuple(c for c in person.consents if (c.on, c.seq) <= moment))


def _plans_without_consent(case: Case, after: tuple[date, int]) -> Iterator[tuple[int, Warned]]:
    """Versions drafted or approved later, for people whose consent to `plan` does not hold on that day any more."""
    people = {p.label: p for p in case.people}
    for plan in case.plans:
        for step in plan.steps:
            if (step.on, step.seq) <= after or step.status not in _STANDING:
                continue
            there = {p.label for p in case.people_on(step.on)}
            known = {label: _as_known(people[label], (step.on, step.seq)) for label in plan.labels}
            without = tuple(label for label in plan.labels if not holds(known[label], Scope.PLAN, step.on))
            gone = tuple(label for label in plan.labels if label not in there and label not in without)
            if gone:
                message = say(
                    "Plan {plan} became {status} on {on}, but by that day {labels} had left.",
                    plan=plan.number,
                    status=step.status,
                    on=step.on,
                    labels=gone,
                )
                yield step.seq, Warned("plan.misfit", message)
            if without:
                message = say(
                    "Plan {plan} became {status} on {on}, but on that day the consent of {labels} does not hold.",
                    plan=plan.number,
                    status=step.status,
                    on=step.on,
                    labels=without,
                )
                yield step.seq, Warned("plan.misfit", message)
