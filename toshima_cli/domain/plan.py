"""The support plan (支援プラン): what a draft must hold, and how a version goes from draft to its end.

1. `faults` looks at what was typed (exit 2), `may_draft` and `may_revise` at stage and consent (exit 3).
2. A version is approved by a sitting, or starts before it with a reason and is approved afterwards. Neither replaces
   the consent of its people (chapter: プラン作成についての同意; rule 15).
3. The version in force stays so until the next one is approved.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from shlex import quote

from toshima_cli.domain import ways
from toshima_cli.domain.case import Case, Confirmation, Plan
from toshima_cli.domain.consent import may_plan
from toshima_cli.domain.held import held, labels_holding
from toshima_cli.domain.referral import Recipient, said
from toshima_cli.domain.stages import may
from toshima_cli.domain.terms import Act, ActionKind, PlanStatus, Scope, Stage
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, Warned, all_of, say

# From which status to which. Approval afterwards moves nothing: it gives a version that runs its sitting; one that
# runs on a reason and is returned by its sitting is a draft again (`may_turn`).
STATUS: dict[PlanStatus, frozenset[PlanStatus]] = {
    PlanStatus.DRAFT: frozenset(
        {PlanStatus.PROPOSED, PlanStatus.APPROVED, PlanStatus.SUPERSEDED, PlanStatus.ENDED},
    ),
    PlanStatus.PROPOSED: frozenset(
        {PlanStatus.DRAFT, PlanStatus.APPROVED, PlanStatus.SUPERSEDED, PlanStatus.ENDED},
    ),
    PlanStatus.APPROVED: frozenset({PlanStatus.SUPERSEDED, PlanStatus.ENDED}),
    PlanStatus.SUPERSEDED: frozenset(),
    PlanStatus.ENDED: frozenset(),
}

WAITING = (PlanStatus.DRAFT, PlanStatus.PROPOSED)
_RUNNING = (Stage.SUPPORTING, Stage.WATCHING)


@dataclass(frozen=True, slots=True)
class DraftAction:
    """One action as typed: for whom, what, who does it (a code, otherwise text), by when."""

    person: str | None
    what: str
    who: str
    due: date | None = None
    kind: ActionKind = ActionKind.WINDOW
    why_not_existing: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A version before it has a number; the fields are those of `plan --from FILE.json`."""

    goal: str
    people: tuple[str, ...]
    actions: tuple[DraftAction, ...]
    review_on: date | None = None
    lead: str | None = None
    confirmed: tuple[Confirmation, ...] = ()
    needs: str | None = None
    care: str | None = None


def faults(draft: Draft, known: Collection[str], day: date, *, today: date) -> tuple[tuple[str, Say], ...]:
    """Everything wrong with a draft of `day`, as (field, what to do), typed `today`.

    `known` are the labels of the open people. Only a confirmation is held against `today`: it may come after the plan.
    """
    return (*_head(draft, known, day), *_actions(draft, day), *_confirmed(draft, today))


def may_draft(case: Case, draft: Draft, day: date, *, source: str | None = None) -> Refusal | None:
    """The stage, and consent to `plan` of everyone in the draft. `source`: the file of `--from`, for the hints."""
    return all_of((_stage(case, Act.PLAN, day), _consents(case, draft.people, day, source=source)))


def may_revise(case: Case, draft: Draft, day: date, *, source: str | None = None) -> Refusal | None:
    """As `may_draft`, for the next version while one is in force (⑥)."""
    return all_of((_stage(case, Act.REVISE, day), _consents(case, draft.people, day, source=source)))


def may_approve(case: Case, plan: Plan, day: date) -> Refusal | None:
    """Whether a sitting may approve this version on `day`: its status, the stage, and everyone's consent.

    A version that already runs ends by itself for those who withdrew; it is approved afterwards for the others.
    """
    status = plan.status_on(day)
    afterwards = awaits_sitting(plan, day)
    if not afterwards and (status is None or PlanStatus.APPROVED not in STATUS[status]):
        return _wrong_status(case, plan, status, day)
    stage = None if case.stage_on(day) in _RUNNING else _stage(case, Act.START, day)
    still = tuple(label for label in labels_holding(case, Scope.PLAN, day) if label in plan.labels)
    refused = _consents(case, still if afterwards and still else plan.labels, day)
    if refused is not None:
        message = say("Plan {plan} cannot be approved: an approval never replaces consent.", plan=plan.number)
        refused = replace(refused, message=message)
    return all_of((stage, refused))


def may_start_afterwards(case: Case, plan: Plan, day: date, reason: str | None) -> Refusal | None:
    """Whether support may start before the sitting (事後承認): with a reason, and never without consent."""
    refused = _wrong_status(case, plan, PlanStatus.APPROVED, day) if awaits_sitting(plan, day) else None
    if refused is None and not said(reason):
        refused = Refusal(
            rule="plan.afterwards.reason",
            basis=Basis.OURS,
            message=say("Support may start before a sitting, but not without a reason."),
            facts=(say("Plan {plan} has not been to a sitting yet.", plan=plan.number),),
            missing=(say("Why it cannot wait for the sitting that approves it afterwards."),),
            next=(_afterwards(case),),
        )
    return all_of((refused, may_approve(case, plan, day)))


def may_turn(plan: Plan, to: PlanStatus, day: date) -> bool:
    """Whether the version may take this status on `day`: returned to draft, proposed, superseded, ended."""
    status = plan.status_on(day)
    given_back = to is PlanStatus.DRAFT and awaits_sitting(plan, day)
    return status is not None and (to in STATUS[status] or given_back)


def awaits_sitting(plan: Plan, day: date) -> bool:
    """Whether the version runs on a reason (事後承認) and no sitting has approved it up to `day`."""
    approvals = [s for s in plan.steps if s.status is PlanStatus.APPROVED and s.on <= day]
    started = plan.status_on(day) is PlanStatus.APPROVED
    return started and all(step.meeting is None for step in approvals)


def not_in_force(case: Case, day: date) -> tuple[Warned, ...]:
    """Support goes on while the sitting that was to approve its plan afterwards has returned it."""
    waiting = case.plan_waiting(day)
    started = waiting is not None and any(s.status is PlanStatus.APPROVED and s.on <= day for s in waiting.steps)
    if waiting is None or not started or case.plan_in_force(day) or case.stage_on(day) not in _RUNNING:
        return ()
    message = say(
        "Support has begun under plan {plan}, which a sitting returned: no version of a plan is in force.",
        plan=waiting.number,
    )
    return (Warned("plan.not_in_force", message),)


def replaced(case: Case, version: int, status: PlanStatus, day: date) -> tuple[Plan, ...]:
    """The versions that are superseded when `version` becomes `status` (draft, or approved) on `day`.

    A new draft takes the place of an older one that still waits; an approval also that of the version in force.
    """
    gone = (*WAITING, PlanStatus.APPROVED) if status is PlanStatus.APPROVED else WAITING
    return tuple(p for p in case.plans if p.version < version and p.status_on(day) in gone)


def before_sitting(case: Case, meeting: str) -> Plan | None:
    """The version that was proposed to the sitting."""
    found = [p for p in case.plans if any(s.meeting == meeting and s.status is PlanStatus.PROPOSED for s in p.steps)]
    return max(found, key=lambda p: p.version, default=None)


def may_be_seen(
    case: Case, plan: Plan, day: date, *, meeting: str, held_on: date, shown: tuple[str, ...]
) -> Refusal | None:
    """A sitting approves what it had before it: the version proposed to it, or drafted by then, of people it saw."""
    newer = max(case.plans, key=lambda p: p.version)
    if plan.on > held_on or (newer is not plan and any(s.status is PlanStatus.SUPERSEDED for s in plan.steps)):
        return Refusal(
            rule="plan.after_sitting",
            basis=Basis.OURS,
            message=say(
                "{meeting} cannot approve plan {plan}: it was drafted afterwards.", meeting=meeting, plan=newer.number
            ),
            facts=(say("The sitting was held on {held_on}, the version is of {on}.", held_on=held_on, on=newer.on),),
            missing=(say("A sitting to which {plan} is proposed.", plan=newer.number),),
            next=(Next(Act.CONVENE, say("Put it on the next agenda."), "toshima convene subcommittee --on DATE"),),
        )
    hidden = tuple(
        label for label in labels_holding(case, Scope.PLAN, day) if label in plan.labels and label not in shown
    )
    if not hidden:
        return None
    sharing = labels_holding(case, Scope.SHARING, held_on)
    return Refusal(
        rule="plan.masked",
        basis=Basis.PLAN,
        message=say("Plan {plan} cannot be approved: the sitting was not shown everyone it is for.", plan=plan.number),
        facts=(say("Not shared in this item: {labels}.", labels=hidden),),
        missing=(say("A sitting that is shown the part of {labels}, who consent to sharing by then.", labels=hidden),),
        next=(
            *((_draft_again(case, shown, day),) if shown else ()),
            *(ways.ask(case, label, Scope.SHARING, day) for label in hidden if label not in sharing),
            Next(Act.CONVENE, say("Put it on the next agenda."), "toshima convene subcommittee --on DATE"),
        ),
    )


def not_shared(case: Case, plan: Plan, day: date) -> tuple[Warned, ...]:
    """Who is in the plan but not in the multi-layered conference: no sitting can approve it for them."""
    sharing = labels_holding(case, Scope.SHARING, day)
    hidden = tuple(label for label in plan.labels if label not in sharing)
    if not hidden:
        return ()
    message = say(
        "A sitting approves a plan for those it is shown; consent to sharing is not there for: {labels}.", labels=hidden
    )
    return (Warned("plan.not_shared", message),)


def excepted(case: Case, plan: Plan, day: date, known: Mapping[str, Recipient]) -> tuple[Warned, ...]:
    """Whose part would go, by this plan, to a window they excepted from their consent to sharing."""
    found = []
    for person in case.people_on(day):
        consent = held(person, Scope.SHARING, day).consent
        who = [a.who for a in plan.actions if a.label == person.label]
        who += [plan.lead] if plan.lead and person.label in plan.labels else []
        places = [known[code] for code in dict.fromkeys(who) if code in known]
        windows = tuple(place.name for place in places if consent and place.codes & consent.excluding)
        if windows:
            message = say("{label} does not want it shared with: {windows}.", label=person.label, windows=windows)
            found.append(Warned("plan.excepted", message))
    return tuple(found)


def ended_for(case: Case, day: date) -> tuple[Warned, ...]:
    """For whom a standing version ended because they left or their consent to it holds no longer, while it goes on for
    others; in a case that has ended nothing goes on."""
    found = []
    standing = (case.plan_in_force(day), case.plan_waiting(day)) if case.is_open_on(day) else ()
    for plan in standing:
        if plan is None:
            continue
        gone = tuple(label for label in plan.labels if label not in labels_holding(case, Scope.PLAN, day))
        left = tuple(label for label in gone if case.left_by(label, day))
        without = tuple(label for label in gone if label not in left)
        if left:
            message = say("Plan {plan} has ended for {labels}, who left.", plan=plan.number, labels=left)
            found.append(Warned("plan.ended_for", message))
        if without:
            message = say(
                "Plan {plan} has ended for {labels}: their consent holds no longer.", plan=plan.number, labels=without
            )
            found.append(Warned("plan.ended_for", message))
    return tuple(found)


def may_confirm(case: Case, plan: Plan | None, confirmed: Collection[Confirmation], today: date) -> Refusal | None:
    """Whether there is a version that stands, of those who are said to have confirmed it, not before it was drafted."""
    if plan is None:
        return nothing_waiting(case, today)
    facts = [
        *(
            say("Plan {plan} is not for {label}.", plan=plan.number, label=one.label)
            for one in confirmed
            if one.label not in plan.labels
        ),
        *(
            say("{label}: {on} is before the version ({drafted}).", label=one.label, on=one.on, drafted=plan.on)
            for one in confirmed
            if one.label in plan.labels and one.on is not None and one.on < plan.on
        ),
    ]
    if not facts:
        return None
    return Refusal(
        rule="plan.confirm",
        basis=Basis.PLAN,
        message=say("This confirmation does not fit plan {plan}.", plan=plan.number),
        facts=tuple(facts),
        missing=(say("A confirmation of those the version is for, of its day or later."),),
        next=(Next("show", say("Look at the case."), f"toshima show {case.number}"),),
    )


def nothing_waiting(case: Case, day: date) -> Refusal:
    """There is no version to approve, to start, to confirm or to send back."""
    still = labels_holding(case, Scope.PLAN, day)
    return Refusal(
        rule="plan.none",
        basis=Basis.OURS,
        message=say("No version of a plan of case {case} waits on {day}.", case=case.number, day=day),
        facts=(say("Drafted so far: {plans}.", plans=tuple(p.number for p in case.plans) or say("nothing")),),
        missing=(say("A version that is a draft or proposed."),),
        next=(
            _draft_again(case, (), day)
            if still and not isinstance(may(case, Act.PLAN, day), Refusal)
            else Next("show", say("Look at the case."), f"toshima show {case.number}"),
        ),
    )


def hand_out(plan: Plan) -> tuple[Warned, ...]:
    """Before a version is handed out, each of its people has confirmed it: who has not."""
    return tuple(
        Warned(
            "plan.unconfirmed",
            say("{label} has not confirmed plan {plan}: note date and method.", label=person.label, plan=plan.number),
        )
        for person in plan.people
        if person.on is None or person.method is None
    )


def _head(draft: Draft, known: Collection[str], day: date) -> Iterator[tuple[str, Say]]:
    if not draft.goal.strip():
        yield "goal", say("A plan needs its goal.")
    if not draft.people:
        yield "people", say("A plan names the people it is made for.")
    for label in dict.fromkeys(draft.people):
        if label not in known:
            yield "people", say("{label} is not among the people in the case.", label=label)
        if draft.people.count(label) > 1:
            yield "people", say("{label} is named twice.", label=label)
    if draft.review_on is not None and draft.review_on < day:
        yield "review_on", say("The review is set before the plan itself ({on}).", on=day)


def _actions(draft: Draft, day: date) -> Iterator[tuple[str, Say]]:
    if not draft.actions:
        yield "actions", say("A plan needs at least one action: who does what by when.")
    for at, action in enumerate(draft.actions):
        field = f"actions[{at}]"
        if action.person is None:
            yield f"{field}.person", say("Say for which person of the plan this is done.")
        elif action.person not in draft.people:
            yield f"{field}.person", say("{label} is not among the people of the plan.", label=action.person)
        if not action.what.strip():
            yield f"{field}.what", say("Say what is done.")
        if not action.who.strip():
            yield f"{field}.who", say("Say who does it: a window, programme, resource or staff code, or a name.")
        if action.due is not None and action.due < day:
            yield f"{field}.due", say("The due date lies before the plan itself ({on}).", on=day)
        if action.kind is ActionKind.PARTICIPATION_NATIONAL and not (action.why_not_existing or "").strip():
            yield (
                f"{field}.why_not_existing",
                say("The national participation project is for what existing support cannot meet: say why."),
            )


def _confirmed(draft: Draft, today: date) -> Iterator[tuple[str, Say]]:
    for at, confirmation in enumerate(draft.confirmed):
        field = f"confirmed[{at}]"
        if confirmation.label not in draft.people:
            yield f"{field}.person", say("{label} is not among the people of the plan.", label=confirmation.label)
        if confirmation.on is None:
            yield f"{field}.on", say("Say on which day the person confirmed the plan.")
        elif confirmation.on > today:
            yield f"{field}.on", say("A confirmation cannot lie in the future.")
        if not (confirmation.method or "").strip():
            yield f"{field}.method", say("Say how the person confirmed the plan.")


def _stage(case: Case, act: Act, day: date) -> Refusal | None:
    answer = may(case, act, day)
    return answer if isinstance(answer, Refusal) else None


def _consents(case: Case, labels: tuple[str, ...], day: date, *, source: str | None = None) -> Refusal | None:
    """Consent to `plan`, its hint turned into the line that fits the stage."""
    refused = may_plan(case, labels, day, source=source)
    if refused is None:
        return None
    still = tuple(label for label in labels_holding(case, Scope.PLAN, day) if label in labels)
    others = (n for n in refused.next if n.act != Act.PLAN)
    return replace(refused, next=(*((_draft_again(case, still, day, source),) if still else ()), *others))


def _draft_again(case: Case, labels: tuple[str, ...], day: date, source: str | None = None) -> Next:
    people = "".join(f" --person {quote(label)}" for label in labels)
    given = f" --from {quote(source)}" if source else ""
    revise = " --revise" if case.stage_on(day) in _RUNNING else ""
    return Next(
        Act.PLAN,
        say("Draft a version for those who consent."),
        f"toshima plan {case.number}{revise}{given}{people}",
    )


def _afterwards(case: Case) -> Next:
    return Next(
        Act.START,
        say("Start now and say why it cannot wait."),
        f"toshima plan {case.number} --approved-afterwards --reason TEXT",
    )


def _wrong_status(case: Case, plan: Plan, status: PlanStatus | None, day: date) -> Refusal:
    fact = (
        say("On {day} it had not been drafted yet.", day=day)
        if status is None
        else say("On {day} it is: {status}.", day=day, status=status)
    )
    return Refusal(
        rule="plan.approve.status",
        basis=Basis.OURS,
        message=say("Plan {plan} cannot be approved.", plan=plan.number),
        facts=(fact,),
        missing=(say("A version that is a draft or proposed."),),
        next=(_draft_again(case, (), day),),
    )
