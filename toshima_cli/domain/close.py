"""The ends of a case: conclusion (終結), interruption (中断), and the watch (経過観察) beside them.

Conclusion asks for what its reason asks for, and no more (rule 18). A sitting that has not decided is a warning that
stays, never a dead end (rule 15). The table of reasons is ours, completed from the chapter's 終結 and 経過観察.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from shlex import quote

from toshima_cli.domain.calendar import age_on
from toshima_cli.domain.case import Case
from toshima_cli.domain.referral import VIOLENCE
from toshima_cli.domain.stages import may
from toshima_cli.domain.terms import Act, EndReason, Outcome, Purpose, Stage
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, Warned, all_of, say

# A loss of contact shorter than this is no interruption yet (ours, a setting).
INTERRUPTION_DAYS = 28

# From this age on somebody alone is an "old person alone" for rule 19 (ours, after the age of the care insurance).
OLD_FROM = 65

# What `--lead` takes where a household moved away and nobody takes over.
NOBODY = "none"

# Self-neglect has no box on the intake form, so the words of the notes are looked at (width and dots folded).
_SELF_NEGLECT = ("セルフネグレクト", "self-neglect", "self neglect")


class Report(StrEnum):
    """What a sitting has to do with the end: it evaluates, is told, or is not concerned."""

    EVALUATES = "evaluates"
    IS_TOLD = "is_told"
    NOT_CONCERNED = "not_concerned"


@dataclass(frozen=True, slots=True)
class Asks:
    options: tuple[str, ...]
    sitting: Report


_WHOLE = ("--lead", "--evaluation", "--change", "--wish", "--groundwork")

ASKS: dict[EndReason, Asks] = {
    EndReason.RESOLVED: Asks(_WHOLE, Report.EVALUATES),
    EndReason.LEAD_TAKES_OVER: Asks(_WHOLE, Report.EVALUATES),
    EndReason.OTHER_SYSTEM: Asks(("--lead", "--evaluation"), Report.IS_TOLD),
    EndReason.INFORMATION_ONLY: Asks((), Report.NOT_CONCERNED),
    EndReason.OUT_OF_SCOPE: Asks((), Report.NOT_CONCERNED),
    EndReason.DECLINED: Asks(("--tried",), Report.IS_TOLD),
    EndReason.MOVED: Asks(("--lead",), Report.IS_TOLD),
    EndReason.DECEASED: Asks((), Report.IS_TOLD),
    EndReason.DUPLICATE: Asks(("--kept",), Report.NOT_CONCERNED),
}

QUESTIONS: dict[str, Say] = {
    "--lead": say("Which agency leads from here on?"),
    "--evaluation": say("How is the support evaluated, in a few words?"),
    "--change": say("Which changes were observed? `none` is an answer."),
    "--wish": say("What does the person wish? `unknown` is an answer."),
    "--groundwork": say("What stands so that support can end: watchers, a place to be, procedures, a key person?"),
    "--tried": say("What was tried?"),
    "--kept": say("Which case number is kept?"),
    "--last-contact": say("When was the last contact?"),
    "--safety": say("Who checked that the person is safe, when and how?"),
    "--by": say("Who watches?"),
    "--every": say("How often, for example 1m or 2w?"),
    "--until": say("Until when?"),
    "--sign": say("Which sign should bring a call?"),
}

_MOVED_TO_NOBODY = say("Nobody takes over: why not?")

# The two that are for a first talk only, and where they are possible.
BEFORE_SUPPORT: dict[EndReason, tuple[Stage, ...]] = {
    EndReason.INFORMATION_ONLY: (Stage.OUTREACH, Stage.RECEIVED, Stage.SINGLE),
    EndReason.OUT_OF_SCOPE: (Stage.OUTREACH, Stage.RECEIVED, Stage.SINGLE),
}

# A case that was in one of these belongs to the sittings; one supported at a single window never went there.
_OF_SITTINGS = frozenset({Stage.COMPLEX, Stage.ENGAGING, Stage.PLANNING, Stage.SUPPORTING})

# Outcomes by which a sitting took note of an end that had been reached without it.
_TAKEN = frozenset({Outcome.NOTED, Outcome.ADVISED})


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for the end, as typed; `lead` with the plan's as its default (see `default_lead`)."""

    lead: str | None = None
    evaluation: str | None = None
    changes: tuple[str, ...] = ()
    wish: str | None = None
    groundwork: str | None = None
    tried: str | None = None
    kept: str | None = None


def default_lead(case: Case, day: date) -> str | None:
    """The lead agency the plan in force names."""
    plan = case.plan_in_force(day)
    return plan.lead if plan is not None else None


def missing(reason: EndReason, given: Given) -> tuple[tuple[str, Say], ...]:
    """The options the reason asks for and that were not given, all at once, as (option, what it asks)."""
    answers: dict[str, object] = {
        "--lead": (given.lead or "").strip(),
        "--evaluation": (given.evaluation or "").strip(),
        "--change": given.changes,
        "--wish": (given.wish or "").strip(),
        "--groundwork": (given.groundwork or "").strip(),
        "--tried": (given.tried or "").strip(),
        "--kept": (given.kept or "").strip(),
    }
    lacking = _lacking(ASKS[reason].options, answers)
    if reason is EndReason.MOVED and answers["--lead"] == NOBODY and not answers["--evaluation"]:
        return (*lacking, ("--evaluation", _MOVED_TO_NOBODY))
    return lacking


def may_conclude(case: Case, reason: EndReason, day: date, given: Given) -> Refusal | None:
    """The stage table, the reasons that are for a first talk only, and a duplicate that would keep itself."""
    return all_of((_stage(case, Act.CONCLUDE, day), _too_late(case, reason, day), _itself(case, reason, given)))


def warnings(case: Case, reason: EndReason, day: date) -> tuple[Warned, ...]:
    """What stays to be looked at after a conclusion with this reason; asked again on a later day, it may be gone."""
    found: list[Warned] = []
    sitting = ASKS[reason].sitting
    if sitting is not Report.NOT_CONCERNED and of_sittings(case, day) and not decided_end(case, day):
        found.append(
            Warned("close.sitting", say("No sitting has evaluated the end of this case yet."))
            if sitting is Report.EVALUATES
            else Warned("close.report", say("The end of this case has not been reported to a sitting yet."))
        )
    if reason is EndReason.DECLINED:
        found += [
            Warned(
                "close.safety",
                say("{why} Support was declined, but safety is in doubt: better watch on for a while.", why=why),
            )
            for why in safety_doubts(case, day)
        ]
    return tuple(found)


def instead(case: Case, reason: EndReason, day: date) -> tuple[Next, ...]:
    """What is suggested before such an end: a watch, where support was declined, safety is in doubt, and the stage
    knows a watch."""
    if reason is not EndReason.DECLINED or not safety_doubts(case, day) or _stage(case, Act.WATCH, day):
        return ()
    why = say("Safety is in doubt: watch on for a while instead of concluding.")
    return (Next(Act.WATCH, why, f"toshima watch {case.number} --by TEXT --every 1m --until DATE --sign TEXT"),)


def of_sittings(case: Case, day: date) -> bool:
    """Whether the case was ever with a coordinator up to `day`: then its plan and its end belong to a sitting."""
    return any(step.stage in _OF_SITTINGS and step.on <= day for step in case.steps)


def decided_end(case: Case, day: date) -> bool:
    """Whether a sitting up to `day` decided to conclude, or took note of the conclusion."""
    return _decided(case, day, Outcome.CONCLUDE, Purpose.CONCLUSION)


def decided_interruption(case: Case, day: date) -> bool:
    """The same for the interruption."""
    return _decided(case, day, Outcome.INTERRUPT, Purpose.INTERRUPTION)


def safety_doubts(case: Case, day: date) -> tuple[Say, ...]:
    """Why safety has to be checked (rule 19): violence, self-neglect, or an old person alone is noted."""
    found: list[Say] = []
    if any(c.code == VIOLENCE for c in case.concerns_on(day)):
        found.append(say("Violence is noted."))
    if any(_self_neglect(text) for text in _texts(case, day)):
        found.append(say("Self-neglect is noted."))
    people = case.people_on(day)
    if len(people) == 1 and people[0].birth_date is not None and age_on(people[0].birth_date, day) >= OLD_FROM:
        found.append(say("An old person lives alone."))
    return tuple(found)


def interrupt_missing(
    case: Case, day: date, *, last_contact: date | None, tried: str | None, safety: str | None
) -> tuple[tuple[str, Say], ...]:
    """The options an interruption lacks; the check of safety only where there is a reason for it."""
    options = ("--last-contact", "--tried", *(("--safety",) if safety_doubts(case, day) else ()))
    return _lacking(
        options,
        {"--last-contact": last_contact, "--tried": (tried or "").strip(), "--safety": (safety or "").strip()},
    )


def may_interrupt(case: Case, day: date, last_contact: date) -> Refusal | None:
    """The stage table, and a last contact that lies before the interruption."""
    after = None
    if last_contact > day:
        after = Refusal(
            rule="interrupt.last_contact",
            basis=Basis.OURS,
            message=say("The last contact cannot lie after the interruption."),
            facts=(say("Last contact {last}, interruption {day}.", last=last_contact, day=day),),
            missing=(say("A last contact on or before {day}.", day=day),),
            next=(
                Next(
                    Act.INTERRUPT,
                    say("Give the day of the last contact."),
                    f"toshima close {case.number} --interrupted --on {day} --last-contact DATE --tried TEXT",
                ),
            ),
        )
    return all_of((_stage(case, Act.INTERRUPT, day), after))


def interrupt_warnings(
    case: Case, day: date, last_contact: date, *, interruption_days: int, seen_on: date | None = None
) -> tuple[Warned, ...]:
    """A short loss of contact before `day`, and no sitting that decided it up to `seen_on` (default that day): both
    warn, neither refuses."""
    found: list[Warned] = []
    days = (day - last_contact).days
    if days < interruption_days:
        found.append(
            Warned(
                "interrupt.short",
                say(
                    "The last contact was {days} days ago; contact counts as lost after {limit} days.",
                    days=days,
                    limit=interruption_days,
                ),
            )
        )
    if of_sittings(case, day) and not decided_interruption(case, seen_on or day):
        found.append(Warned("interrupt.sitting", say("No sitting has decided this interruption yet.")))
    return tuple(found)


def watch_missing(
    *, by: str | None, every: str | None, until: date | None, sign: str | None
) -> tuple[tuple[str, Say], ...]:
    """A watch names watcher, interval, end date and sign (rule 20): which of them are lacking."""
    return _lacking(
        ("--by", "--every", "--until", "--sign"),
        {
            "--by": (by or "").strip(),
            "--every": (every or "").strip(),
            "--until": until,
            "--sign": (sign or "").strip(),
        },
    )


def may_watch(case: Case, day: date, until: date) -> Refusal | None:
    """The stage table, and an end that lies after the beginning."""
    over = None
    if until <= day:
        over = Refusal(
            rule="watch.until",
            basis=Basis.OURS,
            message=say("A watch ends after it begins."),
            facts=(say("It would begin on {day} and end on {until}.", day=day, until=until),),
            missing=(say("An end after {day}.", day=day),),
            next=(
                Next(
                    Act.WATCH,
                    say("Give a later end."),
                    f"toshima watch {case.number} --by TEXT --every 1m --until DATE --sign TEXT",
                ),
            ),
        )
    return all_of((_stage(case, Act.WATCH, day), over))


def watch_warnings(case: Case, day: date, *, seen_on: date | None = None) -> tuple[Warned, ...]:
    """Where a plan was in force when the watch began on `day`, a sitting decides that the case is watched on
    (`decide --outcome watch`); whether one has, up to `seen_on` (default that day)."""
    decided = _decided(case, seen_on or day, Outcome.WATCH, Purpose.WATCH)
    if case.plan_in_force(day) is None or decided:
        return ()
    return (Warned("watch.sitting", say("A plan is in force, and no sitting has decided on a watch yet.")),)


def _lacking(options: Iterable[str], answers: dict[str, object]) -> tuple[tuple[str, Say], ...]:
    return tuple((option, QUESTIONS[option]) for option in options if not answers[option])


def _stage(case: Case, act: Act, day: date) -> Refusal | None:
    answer = may(case, act, day)
    return answer if isinstance(answer, Refusal) else None


def _too_late(case: Case, reason: EndReason, day: date) -> Refusal | None:
    stage = case.stage_on(day)
    allowed = BEFORE_SUPPORT.get(reason)
    if allowed is None or stage is None or stage in allowed or _stage(case, Act.CONCLUDE, day):
        return None
    return Refusal(
        rule=f"close.{reason}",
        basis=Basis.OURS,
        message=say("This reason is for a first talk only: {reason}.", reason=reason),
        facts=(say("On {day} case {case} stood in: {stage}.", day=day, case=case.number, stage=stage),),
        missing=(say("It is possible in: {stages}.", stages=allowed),),
        next=(
            Next(
                Act.CONCLUDE,
                say("Conclude with the reason that fits."),
                f"toshima close {case.number} --reason {EndReason.RESOLVED}",
            ),
        ),
    )


def _itself(case: Case, reason: EndReason, given: Given) -> Refusal | None:
    if reason is not EndReason.DUPLICATE or given.kept != case.number:
        return None
    return Refusal(
        rule="close.duplicate.itself",
        basis=Basis.OURS,
        message=say("A case is not the duplicate of itself."),
        facts=(say("{case} would be closed and kept at once.", case=case.number),),
        missing=(say("The number of the other case."),),
        next=(
            Next(
                Act.CONCLUDE,
                say("Name the case that is kept."),
                f"toshima close {quote(case.number)} --reason {EndReason.DUPLICATE} --kept CASE",
            ),
        ),
    )


def _decided(case: Case, day: date, outcome: Outcome, purpose: Purpose) -> bool:
    """In the present stretch of the case: what was decided before it was resumed is about an earlier end."""
    since = max((s.on for s in case.steps if s.act is Act.RESUME and s.on <= day), default=case.opened_on)
    items = (item for item in case.dealt_with(day) if item.held_on >= since)
    return any(item.outcome is outcome or (item.purpose is purpose and item.outcome in _TAKEN) for item in items)


def _texts(case: Case, day: date) -> Iterator[str]:
    yield from (c.note for c in case.concerns_on(day) if c.note)
    yield from (p.note for p in case.people_on(day) if p.note)
    yield from (n.text for n in case.notes if n.on <= day)


def _self_neglect(text: str) -> bool:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("・", "").replace("=", "")
    return any(word in folded for word in _SELF_NEGLECT)
