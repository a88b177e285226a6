"""What a case waits for next: the earliest open date of everything that was promised. [ours]"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from toshima_cli.domain import terms as t
from toshima_cli.domain.calendar import parse_every
from toshima_cli.domain.case import Case, last_on
from toshima_cli.domain.held import held, reviews
from toshima_cli.domain.planned import standing_actions
from toshima_cli.domain.referral import UNANSWERED_DAYS, awaiting


@dataclass(frozen=True, slots=True)
class Due:
    """`kind` is next_step, action, answer, review, consent_review or watch_end, in a `diary` consent_end and watch_look
    too; `what` the typed words, if any, `of` the number of the action or the referral."""

    on: date
    kind: str
    what: str | None = None
    of: str | None = None


LAST = date.max


def dues(case: Case, day: date, *, unanswered_days: int = UNANSWERED_DAYS) -> Iterator[Due]:
    """Every open date, as known on `day`. A note's next step holds until a later note; a plan's dates while it stands,
    for those whose consent to it does; nothing is due of somebody who left. A referral is asked after
    `unanswered_days` later."""
    if not case.is_open_on(LAST):
        return
    note = last_on(case.notes, LAST)
    if note and note.next_on and not case.left_by(note.label, LAST):
        yield Due(note.next_on, "next_step", note.next_what)
    plan = case.plan_in_force(LAST)
    if plan and plan.review_on:
        yield Due(plan.review_on, "review")
    yield from (Due(on, "consent_review") for _, on in reviews(case, LAST))
    for action in (*standing_actions(case, day), *case.other_actions):
        if action.due_on and action.done_on is None and not case.left_by(action.label, LAST):
            yield Due(action.due_on, "action", action.what, action.number)
    for referral in awaiting(case, LAST):
        yield Due(referral.on + timedelta(days=unanswered_days), "answer", of=referral.number)
    if case.stage_on(LAST) is t.Stage.WATCHING and (watch := last_on(case.watches, LAST)):
        yield Due(watch.until, "watch_end")


def next_due(case: Case, day: date, *, unanswered_days: int = UNANSWERED_DAYS) -> Due | None:
    """The earliest of them; of one day, the step a person promised comes first."""
    return min(dues(case, day, unanswered_days=unanswered_days), key=lambda due: due.on, default=None)


def diary(case: Case, day: date, *, unanswered_days: int = UNANSWERED_DAYS) -> tuple[Due, ...]:
    """Every day of the case a calendar shows, the first first, each once and without typed words. Beside what is due:
    when a consent that holds on `day` runs out, and when a watch is looked at next."""
    if not case.is_open_on(LAST):
        return ()
    found = (
        *dues(case, day, unanswered_days=unanswered_days),
        *(Due(on, "consent_end") for on in _running_out(case, day)),
        *_next_look(case),
    )
    return tuple(sorted({replace(due, what=None) for due in found}, key=lambda due: (due.on, due.kind, due.of or "")))


def _running_out(case: Case, day: date) -> Iterator[date]:
    """The last days of the consents that hold on `day`; what ran out is not overdue, it is asked again (rule 23)."""
    for person in case.people_on(day):
        for scope in t.Scope:
            answer = held(person, scope, day)
            if answer.holds and answer.consent is not None and answer.consent.expires_on is not None:
                yield answer.consent.expires_on


def _next_look(case: Case) -> Iterator[Due]:
    """One interval after the watch began, or after the last contact noted since; none past the end of the watch."""
    watch = last_on(case.watches, LAST)
    if watch is None or case.stage_on(LAST) is not t.Stage.WATCHING:
        return
    note = last_on(case.notes, LAST)
    on = parse_every(watch.every).after(max(watch.on, note.on) if note else watch.on)
    if on < watch.until:
        yield Due(on, "watch_look")


def last_contact(case: Case) -> tuple[date, str] | None:
    """(day, method) of the last contact noted; the first consultation is not counted as one."""
    note = last_on(case.notes, LAST)
    return (note.on, note.method) if note else None
