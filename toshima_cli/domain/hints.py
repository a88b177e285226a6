"""What comes next for a case: hints, most pressing first, each with a line to type.

Every hint names an act, and only acts the stage table knows in the stage of that day come through. Words in capitals
(CODE, DATE, WINDOW, ITEM) are left for the person to fill in, where no fact of the case says them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from shlex import quote

from toshima_cli.domain import plan_hints
from toshima_cli.domain.approach import decided_for
from toshima_cli.domain.case import Case, last_on
from toshima_cli.domain.held import held, reviews
from toshima_cli.domain.planned import all_done, first_action_due, planned_on
from toshima_cli.domain.referral import (
    HEALTH,
    UNANSWERED_DAYS,
    VIOLENCE,
    awaiting,
    minors,
    report_kinds,
    reports,
)
from toshima_cli.domain.returning import came_from, goes_on_as, may_return, resumable
from toshima_cli.domain.stage_table import RETURN_MONTHS, reach
from toshima_cli.domain.terms import ENDED, Act, Purpose, ReportKind, Scope, Stage
from toshima_cli.domain.verdict import Next, say
from toshima_cli.domain.ways import by_whom

# Where asking for consent is what the stage waits for; elsewhere only those nobody has asked yet are named.
_ASKING = frozenset({Stage.RECEIVED, Stage.COMPLEX, Stage.ENGAGING, Stage.PLANNING, Stage.SUPPORTING})


@dataclass(frozen=True, slots=True)
class _At:
    """The case on that day; `meeting` is the number and the date of the next sitting, where one is called."""

    case: Case
    day: date
    stage: Stage
    meeting: tuple[str, date] | None
    staff: str
    unanswered_days: int
    return_months: int

    @property
    def number(self) -> str:
        return self.case.number


def next_acts(
    case: Case,
    day: date,
    *,
    meeting: tuple[str, date] | None = None,
    staff: str = "",
    unanswered_days: int = UNANSWERED_DAYS,
    return_months: int = RETURN_MONTHS,
) -> tuple[Next, ...]:
    """The next lawful steps of that day, () before the case was opened. `meeting`: (number, day of the sitting);
    `staff`: who reads it, since a report by law is its own people's to know of (rule 7)."""
    stage = case.stage_on(day)
    if stage is None:
        return ()
    at = _At(case, day, stage, meeting, staff, unanswered_days, return_months)
    found = (hint for hints in _HINTS for hint in hints(at))
    return tuple(n for n in found if reach(stage, Act(n.act), came_from=stage) is not None)


def next_meeting(case: Case, day: date) -> tuple[str, date] | None:
    """(number, day) of the sitting where the waiting plan is to be deliberated: the next one called, otherwise the last
    one that passed without a decision on it."""
    about = (Purpose.NEW_PLAN, Purpose.RE_PLAN)
    waiting = [(s.held_on, s.meeting) for s in case.sittings if not s.dealt_with and s.purpose in about]
    coming = [pair for pair in waiting if pair[0] >= day]
    found = min(coming) if coming else max(waiting, default=None)
    return (found[1], found[0]) if found else None


def _duty(at: _At) -> Iterator[Next]:
    """Of violence: a child that lives with it first, whoever it was noted for; then that person."""
    concerns = [c for c in at.case.concerns_on(at.day) if c.code == VIOLENCE]
    reported = {report.label for report in reports(at.case, at.day, at.staff)}
    noted = {c.label for c in concerns}
    children = [label for label in minors(at.case, at.day) if label not in {*reported, *noted}]
    if children and noted - {None}:
        yield _report(at, (ReportKind.CHILD,), children)
    ill = {c.label for c in at.case.concerns_on(at.day) if c.code == HEALTH}
    for label in (c.label for c in concerns):
        if label in reported or (label is None and reported):
            continue
        kinds = report_kinds(at.case, (label,) if label else (p.label for p in at.case.people_on(at.day)), at.day)
        # nobody's disability is on record, and there is a report that fits
        if not (children and kinds == (ReportKind.DISABLED,) and label not in ill):
            yield _report(at, kinds, (label,) if label else ())


def _report(at: _At, kinds: tuple[ReportKind, ...], labels: Iterable[str]) -> Next:
    about = "".join(f" --person {quote(label)}" for label in labels)
    return Next(
        Act.REPORT_BY_LAW,
        say("Violence is noted. Suspicion is enough to report by law; no consent is needed."),
        f"toshima notify {at.number} --kind {kinds[0] if len(kinds) == 1 else 'KIND'} --to WINDOW{about}",
    )


def _connect(at: _At) -> Iterator[Next]:
    yield Next(
        Act.CONNECT,
        say("Take the concern in at a window once there is contact."),
        f"toshima intake {at.number}",
    )


def _come_back(at: _At) -> Iterator[Next]:
    other = goes_on_as(at.case, at.day)
    if other is not None:
        yield Next(Act.RETURN, say("The household goes on as {other}.", other=other), f"toshima show {quote(other)}")
    if at.stage not in ENDED or resumable(at.case, at.day, at.return_months) or may_return(at.case, at.day):
        return
    yield Next(
        Act.RETURN,
        say("If the household turns to us again, take the concern in as a new, linked case."),
        f"toshima reopen {at.number}",
    )


def _resume(at: _At) -> Iterator[Next]:
    """Back to where the case was: from an interruption when there is contact again, from a watch when it is needed."""
    if not resumable(at.case, at.day, at.return_months):
        return
    back = came_from(at.case, at.day)
    why = (
        say("Where the watch shows that more is needed, support again: {stage}.", stage=back or at.stage)
        if at.stage is Stage.WATCHING
        else say("When there is contact again, go on where the case was: {stage}.", stage=back or at.stage)
    )
    watch = last_on(at.case.watches, at.day) if at.stage is Stage.WATCHING else None
    yield Next(Act.RESUME, why, f"toshima resume {at.number}", watch.until if watch else None)


def _answers(at: _At) -> Iterator[Next]:
    for referral in awaiting(at.case, at.day):
        due_on = referral.on + timedelta(days=at.unanswered_days)
        late = say(
            "{referral} has waited for an answer for {days} days: ask, and record it.",
            referral=referral.number,
            days=(at.day - referral.on).days,
        )
        yield Next(
            Act.REFER,
            late
            if due_on <= at.day
            else say("Ask for the answer to {referral} and record it.", referral=referral.number),
            f"toshima route {at.number} --accept {referral.number}",
            due_on,
        )


def _answered_gaps(at: _At) -> Iterator[Next]:
    """An answer of the council comes back to the cases that show the gap, until somebody has written after it."""
    note = last_on(at.case.notes, at.day)
    for gap in at.case.gaps:
        answer = gap.answer_on(at.day)
        if answer is not None and (note is None or (note.on, note.seq) < (answer.on, answer.seq)):
            yield Next(
                Act.GAP,
                say("Gap {gap} is answered: see what it opens for this household.", gap=gap.number),
                "toshima gap list --status answered",
            )


def _windows(at: _At) -> Iterator[Next]:
    if at.stage is Stage.RECEIVED and not at.case.concerns_on(at.day):
        why = say("Note what troubles them; it says which windows fit.")
        yield Next(Act.CONCERN, why, f"toshima concern add {at.number} --concern LABEL:CONCERN")
    elif at.stage in (Stage.RECEIVED, Stage.SINGLE) and not any(r.on <= at.day for r in at.case.referrals):
        yield Next(Act.REFER, say("See which windows fit."), f"toshima route {at.number}")


def _escalate(at: _At) -> Iterator[Next]:
    coordinator = quote(at.case.coordinator_on(at.day) or "CODE")
    yield Next(
        Act.ESCALATE,
        say("Hand the case to a coordinator where troubles cross fields; the window that received it stays on."),
        f"toshima route {at.number} --complex --coordinator {coordinator}",
    )


def _settle(at: _At) -> Iterator[Next]:
    if at.stage is Stage.RECEIVED:
        yield Next(
            Act.SETTLE,
            say("Support it at its window where there is one trouble only."),
            f"toshima route {at.number} --single",
        )


def _planned(at: _At) -> Iterator[Next]:
    # A closed case keeps its last note, but nothing is planned in it any more.
    if at.stage in ENDED:
        return
    on = planned_on(at.case, at.day)
    if on is not None:
        yield Next(
            Act.NOTE,
            say("The step planned for {on} is overdue: take it and write it down.", on=on)
            if on < at.day
            else say("Take the step planned for {on} and write it down.", on=on),
            f"{_note(at)} --method visit --note TEXT",
            on,
        )
    yield from first_action_due(at.case, at.day, late=True)


def _note(at: _At) -> str:
    """The command a contact is written down with: before any window was reached it is outreach."""
    return f"toshima {'outreach log' if at.stage is Stage.OUTREACH else 'progress'} {at.number}"


def _ask(at: _At) -> Iterator[Next]:
    if at.stage not in _ASKING:
        return
    for person in at.case.people_on(at.day):
        scopes = tuple(scope for scope in Scope if held(person, scope, at.day).unanswered)
        if scopes:
            yield Next(
                Act.CONSENT,
                say("Ask {label}, separately from the others, and write down the answer.", label=person.label),
                f"toshima consent {at.number} {quote(person.label)} --given --scope {','.join(scopes)}"
                f" --method METHOD{by_whom(at.case, person.label, at.day)}",
            )


def _conference(at: _At) -> Iterator[Next]:
    """The agencies of a case are gathered once; what they advise goes to the month's sitting, which decides."""
    if at.stage is Stage.COMPLEX:
        entered = last_on(at.case.steps, at.day)
        met = any(entered is None or item.held_on >= entered.on for item in at.case.dealt_with(at.day))
        yield (
            Next(
                Act.CONVENE,
                say("Have the subcommittee decide how to go on."),
                "toshima convene subcommittee --on DATE",
            )
            if met
            else _gather(at)
        )
    elif at.stage in (Stage.OUTREACH, Stage.ENGAGING) and _without_approach(at):
        yield _gather(at)


def _gather(at: _At) -> Next:
    return Next(
        Act.CONVENE,
        say("Gather the agencies of this case; it need not wait for the month."),
        f"toshima convene stakeholder --case {at.number} --on {at.day}",
    )


def _without_approach(at: _At) -> bool:
    """Whether somebody before consent is left for whom no approach has been decided."""
    covered = decided_for(at.case, at.day)
    return any(
        not held(p, Scope.SHARING, at.day).holds and not any(not labels or p.label in labels for labels in covered)
        for p in at.case.people_on(at.day)
    )


def _look_again(at: _At) -> Iterator[Next]:
    """Whether somebody can decide by now is looked at on the day that was set for it."""
    for label, on in reviews(at.case, at.day):
        yield Next(
            Act.CONSENT,
            say("Look again, on {on}, whether {label} can decide.", label=label, on=on),
            f"toshima consent {at.number} {quote(label)} --not-possible --method oral --why TEXT --judged-by NAME"
            " --review DATE",
            on,
        )


def _plans(at: _At) -> Iterator[Next]:
    yield from plan_hints.of(at.case, at.day, meeting=at.meeting)


def _write_down(at: _At) -> Iterator[Next]:
    if at.stage not in (Stage.RECEIVED, Stage.ENGAGING, Stage.CLOSED):
        yield from _contact(at)
    if at.stage not in ENDED:
        yield from first_action_due(at.case, at.day, late=False)


def _visit(at: _At) -> Iterator[Next]:
    """Before consent, patient contact comes before the question."""
    if at.stage is Stage.ENGAGING:
        yield from _contact(at)


def _contact(at: _At) -> Iterator[Next]:
    if planned_on(at.case, at.day) is None:
        yield Next(
            Act.NOTE,
            say("Write down the last contact and set the next step."),
            f"{_note(at)} --method visit --note TEXT --next DATE",
        )


def _watch_ends(at: _At) -> Iterator[Next]:
    watch = last_on(at.case.watches, at.day)
    if at.stage is Stage.WATCHING and watch is not None:
        yield Next(
            Act.CONCLUDE,
            say("The watch runs until {until}; then conclude, or support again.", until=watch.until),
            f"toshima close {at.number} --reason resolved",
            watch.until,
        )


def _watch(at: _At) -> Iterator[Next]:
    if at.stage is Stage.SUPPORTING and all_done(at.case, at.day):
        yield Next(
            Act.WATCH,
            say("All actions are done. Where light support is still good, watch on for a while."),
            f"toshima watch {at.number} --by TEXT --every 1m --until DATE --sign TEXT",
        )


def _conclude(at: _At) -> Iterator[Next]:
    if at.stage is Stage.SINGLE or (at.stage is Stage.SUPPORTING and all_done(at.case, at.day)):
        yield Next(
            Act.CONCLUDE,
            say("Conclude the case when its troubles are solved."),
            f"toshima close {at.number} --reason resolved",
        )


_HINTS = (
    _duty,
    _connect,
    _come_back,
    _answers,
    _answered_gaps,
    _planned,
    _escalate,
    _windows,
    _settle,
    _conference,
    _visit,
    _ask,
    _look_again,
    _plans,
    _watch_ends,
    _resume,
    _write_down,
    _watch,
    _conclude,
)
