"""The agenda that makes itself: what a sitting has to deal with, from the cases as of its date (rules 5, 12, 14).

1. `due` says why a case belongs on the agenda of the subcommittee, the weightiest reason first.
2. `items_for` makes of it at most one multi-layered item, with everyone whose sharing holds that day, and one
   support-conference item with the other open people. An emergency is an item of its own.
3. What was decided at earlier sittings counts from the day **after** them, so the agenda of a sitting stays the same
   while it is held; what was typed about its own items is kept beside it by whoever stores them.

Reasons hold numbers and dates only: an agenda carries no typed text (rule 3). What may be decided stands in
`decide.py`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from toshima_cli.domain import law
from toshima_cli.domain.approach import awaits_conference, before_consent, decided_for, next_word
from toshima_cli.domain.case import Case, Person, Referral, Sitting, last_on
from toshima_cli.domain.close import ASKS, Report, decided_end, decided_interruption, of_sittings
from toshima_cli.domain.gaps import Gap, item_kind
from toshima_cli.domain.held import track
from toshima_cli.domain.plan import awaits_sitting
from toshima_cli.domain.planned import all_done, planned_on, standing_actions
from toshima_cli.domain.referral import UNANSWERED_DAYS, awaiting
from toshima_cli.domain.terms import ENDED, Body, Ground, ItemKind, Part, PlanStatus, Purpose, Stage, Track
from toshima_cli.domain.verdict import Say, say

# Stages the subcommittee looks after by itself; in the others a case comes when it is named.
LOOKED_AFTER = frozenset({Stage.COMPLEX, Stage.ENGAGING, Stage.PLANNING, Stage.SUPPORTING, Stage.WATCHING})

# What each body deals with (rule 12). The council never meets a named person.
KINDS: dict[Body, frozenset[ItemKind]] = {
    Body.STAKEHOLDER: frozenset({ItemKind.SUPPORT_CONFERENCE, ItemKind.MULTILAYER_CONFERENCE}),
    Body.SUBCOMMITTEE: frozenset(
        {
            ItemKind.INFORMATION_SHARING,
            ItemKind.SUPPORT_CONFERENCE,
            ItemKind.MULTILAYER_CONFERENCE,
            ItemKind.RESOURCES,
        }
    ),
    Body.COUNCIL: frozenset({ItemKind.SYSTEM, ItemKind.TRAINING, ItemKind.RESOURCES, ItemKind.COORDINATION}),
}

# The order of a paper: with consent first, then the statutory conference, then what is about no single case.
ORDER = (
    ItemKind.MULTILAYER_CONFERENCE,
    ItemKind.SUPPORT_CONFERENCE,
    ItemKind.INFORMATION_SHARING,
    ItemKind.RESOURCES,
    ItemKind.SYSTEM,
    ItemKind.TRAINING,
    ItemKind.COORDINATION,
)

LAST = 10**6
"""Stands behind every number: an item that has none yet."""


@dataclass(frozen=True, slots=True)
class Due:
    """Why a case is on an agenda, and since when."""

    purpose: Purpose
    part: Part
    reason: Say
    on: date | None = None
    shared: Say | None = None
    """The reason where those before consent are masked, if it says more of them than their label."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item to be: whom it shows and whom it masks, by label, in the order of the household."""

    case: str | None
    kind: ItemKind
    purpose: Purpose
    part: Part
    labels: tuple[str, ...]
    masked: tuple[str, ...]
    reason: Say
    due_on: date | None = None
    gap: str | None = None
    """The gap it is about; such an item is about no case and shows nobody."""


def sort_key(item: Wanted) -> tuple[bool, int, date, str, str]:
    """Discussion before written report, then the kinds in the order of a paper, then the longest due."""
    return (
        item.part is Part.WRITTEN,
        ORDER.index(item.kind),
        item.due_on or date.max,
        item.case or item.gap or "",
        item.purpose,
    )


def gap_items(gaps: Iterable[Gap], body: Body, day: date, named: Collection[str] = ()) -> tuple[Wanted, ...]:
    """What is lacking, as far as `body` has to look at it or it was put on by name: its kind and how many cases show
    it, no word of it."""
    return tuple(
        Wanted(
            case=None,
            kind=kind,
            purpose=Purpose.GAP,
            part=Part.DISCUSSION,
            labels=(),
            masked=(),
            reason=say(
                "{kind}; cases that show it: {count}; raised on {on}.", kind=gap.kind, count=len(gap.cases), on=gap.on
            ),
            due_on=gap.on,
            gap=gap.number,
        )
        for gap in gaps
        if (kind := item_kind(gap, body, day, named=gap.number in named)) is not None
    )


def items_for(
    case: Case, body: Body, day: date, *, named: bool, progress_days: int, unanswered_days: int = UNANSWERED_DAYS
) -> tuple[Wanted, ...]:
    """The items this case makes at a sitting of `body` held on `day`.

    `named`: the case was put on by name (`--case`), which is the only way onto a stakeholder meeting. Progress is
    reported when its next step is due, or `progress_days` after the last sitting that dealt with the case; a referral
    nobody answers within `unanswered_days` comes back too.
    """
    by_itself = body is Body.SUBCOMMITTEE
    meets_people = ItemKind.MULTILAYER_CONFERENCE in KINDS[body]
    if case.stage_on(day) is None or not meets_people or not (by_itself or named):
        return ()
    case = _as_it_came(case, day)
    found = next(due(case, body, day, progress_days=progress_days, unanswered_days=unanswered_days), None)
    missing = _without_approach(case, day)
    items = [*_emergencies(case, day)] if by_itself else []
    if found is not None or missing is not None or named:
        pair = _conference(case, day, found, missing, named=named)
        # Whoever puts a case on by name wants to talk about it.
        items += (replace(item, part=Part.DISCUSSION) for item in pair) if named else pair
    return tuple(sorted(items, key=sort_key))


def due(
    case: Case, body: Body, day: date, *, progress_days: int, unanswered_days: int = UNANSWERED_DAYS
) -> Iterator[Due]:
    """Every reason why the case belongs on the agenda, the weightiest first; nothing where it need not be there."""
    yield from _plans(case, day)
    yield from _ends(case, day)
    entered = _entered(case, day)
    if entered is None or not of_sittings(case, day):
        return
    yield from _watch_ends(case, day)
    yield from _review(case, day)
    yield from _all_done(case, day)
    yield from _new(case, body, day, entered)
    yield from _unanswered(case, day, unanswered_days)
    yield from _progress(case, day, entered, progress_days)


def _as_it_came(case: Case, day: date) -> Case:
    """The case without what sittings of this very day did to its plans: an item stays when another is decided."""
    plans = (replace(p, steps=tuple(s for s in p.steps if s.meeting is None or s.on != day)) for p in case.plans)
    return replace(case, plans=tuple(plans))


def _plans(case: Case, day: date) -> Iterator[Due]:
    """A version that waits, and one that runs without a sitting: both are to be deliberated."""
    if case.stage_on(day) in ENDED:
        return
    waiting = case.plan_waiting(day)
    if waiting is not None:
        text = say("Plan {plan} waits to be deliberated.", plan=waiting.number)
        yield Due(_new_or_again(case, waiting.version, day), Part.DISCUSSION, text, waiting.on)
    running = case.plan_in_force(day)
    if running is not None and awaits_sitting(running, day):
        on = min(step.on for step in running.steps if step.status is PlanStatus.APPROVED)
        text = say(
            "Support by plan {plan} began on {on}, before a sitting: to be approved.", plan=running.number, on=on
        )
        yield Due(_new_or_again(case, running.version, day), Part.DISCUSSION, text, on)


def _new_or_again(case: Case, version: int, day: date) -> Purpose:
    """A re-plan is a version after one that was in force."""
    before = (p for p in case.plans if p.version < version)
    again = any(s.status is PlanStatus.APPROVED and s.on <= day for p in before for s in p.steps)
    return Purpose.RE_PLAN if again else Purpose.NEW_PLAN


def _ends(case: Case, day: date) -> Iterator[Due]:
    """Ends no sitting has decided: evaluated in discussion, or reported in writing."""
    ending = last_on(case.endings, day)
    if case.stage_on(day) not in ENDED or ending is None or not of_sittings(case, day):
        return
    before = day - timedelta(days=1)
    if ending.reason is None:
        if not decided_interruption(case, before):
            text = say("Interrupted on {on}; no sitting has decided it.", on=ending.on)
            yield Due(Purpose.INTERRUPTION, Part.DISCUSSION, text, ending.on)
        return
    sitting = ASKS[ending.reason].sitting
    if sitting is not Report.NOT_CONCERNED and not decided_end(case, before):
        text = say("Concluded on {on} ({reason}).", on=ending.on, reason=ending.reason)
        part = Part.DISCUSSION if sitting is Report.EVALUATES else Part.WRITTEN
        yield Due(Purpose.CONCLUSION, part, text, ending.on)


def _watch_ends(case: Case, day: date) -> Iterator[Due]:
    watch = last_on(case.watches, day)
    if case.stage_on(day) is Stage.WATCHING and watch is not None and watch.until <= day:
        text = say("The watch ends on {on}: conclude, or support again.", on=watch.until)
        yield Due(Purpose.WATCH, Part.DISCUSSION, text, watch.until)


def _review(case: Case, day: date) -> Iterator[Due]:
    plan = case.plan_in_force(day)
    if plan is None or plan.review_on is None or plan.review_on > day:
        return
    on = plan.review_on
    if not any(item.held_on >= on for item in _earlier(case, day)):
        text = say("The review of plan {plan} was set for {on}.", plan=plan.number, on=on)
        yield Due(Purpose.PROGRESS, Part.DISCUSSION, text, on)


def _all_done(case: Case, day: date) -> Iterator[Due]:
    """Every action of the plan is done, and no sitting has met since: is the end near?"""
    plan = case.plan_in_force(day)
    if plan is None or not plan.actions or case.stage_on(day) is not Stage.SUPPORTING or not all_done(case, day):
        return
    on = max(a.done_on for a in plan.actions if a.done_on is not None)
    if not any(item.held_on >= on for item in _earlier(case, day)):
        text = say("All actions of plan {plan} are done.", plan=plan.number)
        yield Due(Purpose.CONCLUSION, Part.DISCUSSION, text, on)


def _new(case: Case, body: Body, day: date, entered: date) -> Iterator[Due]:
    """Complex, and this body has not dealt with it yet."""
    dealt_with = any(item.body is body and item.held_on >= entered for item in _earlier(case, day))
    if case.stage_on(day) is not Stage.WATCHING and not dealt_with:
        yield Due(Purpose.ADVICE, Part.DISCUSSION, say("A new complex case, since {on}.", on=entered), entered)


def _unanswered(case: Case, day: date, unanswered_days: int) -> Iterator[Due]:
    """Referrals nobody answers, again each time that long after a sitting was told of them."""
    wait = timedelta(days=unanswered_days)
    reported = _untold(case, day)
    for referral in (r for r in awaiting(case, day) if r not in reported):
        told = [item.held_on for item in _earlier(case, day) if item.held_on >= referral.on + wait]
        on = max([referral.on, *told]) + wait
        if on <= day:
            text = say(
                "{referral} has waited for an answer for {days} days.",
                referral=referral.number,
                days=(day - referral.on).days,
            )
            yield Due(Purpose.PROGRESS, Part.WRITTEN, text, on)


def _progress(case: Case, day: date, entered: date, progress_days: int) -> Iterator[Due]:
    """④: the next step that was set, an action that is overdue, or time since a sitting dealt with the case."""
    planned = planned_on(case, day)
    dates = [planned] if planned is not None else []
    actions = (*standing_actions(case, day), *case.other_actions)
    dates += [a.due_on for a in actions if a.on <= day and a.due_on and (a.done_on is None or a.done_on > day)]
    last = max((item.held_on for item in _earlier(case, day)), default=entered)
    dates.append(last + timedelta(days=progress_days))
    on = min((d for d in dates if d <= day), default=None)
    if on is not None:
        late, late_for_one = _late(day, on), next_word(case, day, on) if on == planned else None
        yield Due(Purpose.PROGRESS, Part.WRITTEN, late_for_one or late, on, late if late_for_one else None)


def _late(day: date, on: date) -> Say:
    days = (day - on).days
    if days:
        return say("Progress was due on {on} ({days} days late).", on=on, days=days)
    return say("Progress was due on {on}.", on=on)


def _entered(case: Case, day: date) -> date | None:
    """Since when the case is with a coordinator, None where it is not: an interruption in between does not count."""
    since: date | None = None
    for step in sorted((s for s in case.steps if s.on <= day), key=lambda s: (s.on, s.seq)):
        if step.stage in LOOKED_AFTER:
            since = since or step.on
        elif step.stage not in ENDED:
            since = None
    return since if case.stage_on(day) in LOOKED_AFTER else None


def _earlier(case: Case, day: date) -> Iterator[Sitting]:
    """Items dealt with before the day of the sitting."""
    return (item for item in case.dealt_with(day) if item.held_on < day)


def _household(case: Case, day: date) -> tuple[Person, ...]:
    """The open people; after the last one left, the one or those who left last (a death is reported too)."""
    people = case.people_on(day)
    last = max((p.left_on for p in case.people if p.left_on is not None), default=None)
    return people or tuple(p for p in case.people if p.left_on is not None and p.left_on == last)


def _without_approach(case: Case, day: date) -> Due | None:
    """Open people before consent for whom no approach has been decided; only while a coordinator has the case."""
    entered = _entered(case, day)
    if entered is None or case.stage_on(day) is Stage.WATCHING:
        return None
    begun = [approach.on for approach, _ in awaits_conference(case, day - timedelta(days=1))]
    if begun:
        text = say("An approach began on {on}, before a support conference: to be decided.", on=min(begun))
        return Due(Purpose.APPROACH, Part.DISCUSSION, text, min(begun))
    covered = decided_for(case, day - timedelta(days=1))
    waiting = [
        p
        for p in case.people_on(day)
        if track(p, day) is Track.SUPPORT and not any(not labels or p.label in labels for labels in covered)
    ]
    if not waiting:
        return None
    since = min(before_consent(p, day, entered) for p in waiting)
    return Due(Purpose.APPROACH, Part.DISCUSSION, say("Before consent since {on}: how to approach.", on=since), since)


def _conference(case: Case, day: date, found: Due | None, missing: Due | None, *, named: bool) -> Iterator[Wanted]:
    """Rule 5: both conferences, whatever the reason; one that would have nobody is left out."""
    people = _household(case, day)
    shared = tuple(p.label for p in people if track(p, day) is Track.MULTILAYER)
    others = tuple(p.label for p in people if track(p, day) is Track.SUPPORT)
    advice = named and case.plan_in_force(day) is None
    put_on = Due(Purpose.ADVICE if advice else Purpose.PROGRESS, Part.WRITTEN, say("The case is on the agenda."))
    if shared:
        why = found or put_on
        yield Wanted(
            case.number,
            ItemKind.MULTILAYER_CONFERENCE,
            why.purpose,
            why.part,
            shared,
            others,
            why.shared or why.reason,
            why.on,
        )
    if others and law.support_conference_law(day) is not None:
        why = missing or _for_those_before_consent(found)
        yield Wanted(case.number, ItemKind.SUPPORT_CONFERENCE, why.purpose, why.part, others, (), why.reason, why.on)


def _for_those_before_consent(found: Due | None) -> Due:
    """The case's own reason where it is about everybody; beside a plan, a review or advice, the approach again."""
    about_all = (Purpose.CONCLUSION, Purpose.INTERRUPTION, Purpose.WATCH)
    if found is not None and (found.purpose in about_all or found.part is Part.WRITTEN):
        return found
    return Due(Purpose.APPROACH, Part.DISCUSSION, say("The approach to those who have not consented."))


def _untold(case: Case, day: date) -> list[Referral]:
    """What was passed on in an emergency and no sitting has been told of yet.

    A sitting was told of what had been written down when it dealt with the item; what is dated back comes later.
    """
    reports = [i for i in _earlier(case, day) if i.purpose is Purpose.EMERGENCY_REPORT]
    return [
        r
        for r in case.referrals
        if r.ground is Ground.EMERGENCY
        and r.on <= day
        and not any(r.on <= i.held_on and r.seq < i.decided_seq for i in reports)
    ]


def _emergencies(case: Case, day: date) -> Iterator[Wanted]:
    """Rule 7: the emergencies no sitting has been told of, in one item, whatever the stage."""
    untold = _untold(case, day)
    if not untold:
        return
    about = {r.label for r in untold}
    everyone = {p.label for p in _household(case, day)} if None in about else set()
    people = [p for p in case.people if p.label in about | everyone]
    yield Wanted(
        case.number,
        ItemKind.INFORMATION_SHARING,
        Purpose.EMERGENCY_REPORT,
        Part.DISCUSSION,
        tuple(p.label for p in people if track(p, day) is Track.MULTILAYER),
        tuple(p.label for p in people if track(p, day) is Track.SUPPORT),
        say("Passed on in an emergency: {referrals}.", referrals=tuple(r.number for r in untold)),
        min(r.on for r in untold),
    )
