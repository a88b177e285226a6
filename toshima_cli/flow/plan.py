"""③ The support plan: drafting a version, approving it at a sitting or afterwards, starting support."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from toshima_cli import places
from toshima_cli.change_tables import ConfirmationRow
from toshima_cli.db import Store, Work, queries
from toshima_cli.domain import plan as rules
from toshima_cli.domain.case import Case, Confirmation, Plan
from toshima_cli.domain.plan_hints import confirm as ask_to_confirm
from toshima_cli.domain.terms import Act, ActionKind, PlanStatus, Stage
from toshima_cli.domain.verdict import Done, Refusal, Warned, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.flow.done import case_of, done, people_of, step
from toshima_cli.forms import PlanForm
from toshima_cli.tables import ActionRow, PlanMemberRow, PlanRow, PlanStepRow


@dataclass(frozen=True, slots=True)
class Sat:
    """The sitting that approves: when it was held, and whom its item showed."""

    meeting: str
    held_on: date
    meeting_id: int
    shown: tuple[str, ...]


def draft(
    store: Store,
    number: str,
    form: PlanForm,
    on: date,
    *,
    revise: bool = False,
    afterwards: str | None = None,
    source: str | None = None,
) -> Done | Refusal:
    """1 is the draft whole · 2 who consents to it · 3 the version · 4 started before its sitting, with the reason.

    Raises BadInput (exit 2) with every fault of the draft.
    """

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        made = _draft(form, places.action_kinds(w.conn))
        people_of(w, case, [label for label in made.people if case.person(label)])
        faults = rules.faults(made, [p.label for p in case.people_on(on)], on, today=w.today)
        if faults:
            raise BadInput(Fault(field, message) for field, message in faults)
        w.begin("plan", on, case.id)
        refused = (rules.may_revise if revise else rules.may_draft)(case, made, on, source=source)
        if refused:
            return refused
        version = (queries("undo").last_version(w.conn, case_id=case.id)["version"] or 0) + 1
        plan_number = f"{case.number}/P{version}"
        _supersede(w, case, version, PlanStatus.DRAFT, on)
        _write(w, case, plan_number, version, made, on)
        refused = step(w, case, Act.REVISE if revise else Act.PLAN, on)
        if refused:
            return refused
        case = case_of(w, number)
        plan = next(p for p in case.plans if p.version == version)
        warnings = (
            *rules.hand_out(plan),
            *rules.not_shared(case, plan, on),
            *rules.excepted(case, plan, on, places.recipients(w.conn)),
        )
        if afterwards:
            approved = _start(w, case, plan, on, afterwards)
            if isinstance(approved, Refusal):
                return approved
            warnings = (*approved, *warnings)
        return done(
            w,
            case,
            say("Plan {plan} drafted for {people}; support has started.", plan=plan_number, people=made.people)
            if afterwards
            else say("Plan {plan} drafted for {people}.", plan=plan_number, people=made.people),
            plan_number,
            on,
            data=_data(plan_number, version, PlanStatus.APPROVED if afterwards else PlanStatus.DRAFT),
            warnings=warnings,
            next=ask_to_confirm(case, plan, on),
        )

    return store.work("plan", do)


def _draft(form: PlanForm, kinds: Mapping[str, ActionKind]) -> rules.Draft:
    """The form as the rules read it; an action's kind, where none was typed, follows from who does it."""
    return rules.Draft(
        goal=form.goal,
        people=tuple(form.people),
        actions=tuple(
            rules.DraftAction(
                a.person, a.what, a.who, a.due, a.kind or kinds.get(a.who, ActionKind.OTHER), a.why_not_existing
            )
            for a in form.actions
        ),
        review_on=form.review_on,
        lead=form.lead,
        confirmed=tuple(Confirmation(c.person, c.on, c.method) for c in form.confirmed),
        needs=form.needs,
        care=form.care,
    )


def confirm(store: Store, number: str, confirmed: tuple[Confirmation, ...], on: date) -> Done | Refusal:
    """The people of the version that waits, otherwise of the one in force, confirmed it themselves."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        people = people_of(w, case, [one.label for one in confirmed])
        w.begin("plan", on, case.id)
        plan = case.plan_waiting(on) or case.plan_in_force(on)
        refused = rules.may_confirm(case, plan, confirmed, on)
        if refused:
            return refused
        assert plan is not None
        of = plan_id(w, plan.number)
        w.add(
            *(
                ConfirmationRow(
                    seq=w.seq, on_date=one.on or on, plan_id=of, member_id=person.id, method=one.method or ""
                )
                for one, person in zip(confirmed, people, strict=True)
            )
        )
        labels = tuple(one.label for one in confirmed)
        plan = next(p for p in case_of(w, number).plans if p.number == plan.number)
        return done(
            w,
            case,
            say("Confirmed plan {plan} themselves: {labels}.", plan=plan.number, labels=labels),
            plan.number,
            on,
            data=_data(plan.number, plan.version, plan.status_on(on) or PlanStatus.DRAFT),
            warnings=rules.hand_out(plan),
            next=ask_to_confirm(case, plan, on),
        )

    return store.work("plan", do)


def start_afterwards(store: Store, number: str, on: date, reason: str) -> Done | Refusal:
    """Start support under the waiting draft before a sitting has approved it (事後承認)."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        w.begin("plan", on, case.id)
        plan = case.plan_waiting(on) or case.plan_in_force(on)
        if plan is None:
            return rules.nothing_waiting(case, on)
        warnings = _start(w, case, plan, on, reason)
        if isinstance(warnings, Refusal):
            return warnings
        made = done(
            w,
            case,
            say("Support has started under plan {plan}.", plan=plan.number),
            plan.number,
            on,
            data=_data(plan.number, plan.version, PlanStatus.APPROVED),
            warnings=warnings,
        )
        # consent may have ended since that day, and the version with it
        now = next(p for p in case_of(w, number).plans if p.number == plan.number).status_on(date.max)
        return replace(made, data={**made.data, "status": now})

    return store.work("plan", do)


def _start(w: Work, case: Case, plan: Plan, on: date, reason: str) -> tuple[Warned, ...] | Refusal:
    refused = rules.may_start_afterwards(case, plan, on, reason) or _in_force(w, case, plan, on, afterwards=reason)
    if refused:
        return refused
    return (
        Warned(
            "plan.afterwards",
            say("Plan {plan} waits for the subcommittee to approve it afterwards.", plan=plan.number),
        ),
    )


def approve(w: Work, case: Case, on: date, sat: Sat) -> Refusal | None:
    """What a sitting approves: the version proposed to it, or the one that runs on a reason and awaits its sitting."""
    plan = _before(case, on, sat)
    if plan is None:
        return rules.nothing_waiting(case, on)
    return (
        rules.may_be_seen(case, plan, on, meeting=sat.meeting, held_on=sat.held_on, shown=sat.shown)
        or rules.may_approve(case, plan, on)
        or _in_force(w, case, plan, on, meeting_id=sat.meeting_id)
    )


def _before(case: Case, on: date, sat: Sat) -> Plan | None:
    """The version proposed to the sitting, otherwise the one that runs on a reason and awaits its sitting."""
    plan, running = rules.before_sitting(case, sat.meeting), case.plan_in_force(on)
    if plan is None and running is not None and rules.awaits_sitting(running, on):
        return running
    return plan


def propose(w: Work, case: Case, meeting: str, meeting_id: int, held_on: date) -> None:
    """The version that waits is proposed to every sitting whose agenda it is on; one drafted after it is not."""
    for plan in (p for p in case.plans if p.on <= held_on and rules.before_sitting(case, meeting) is not p):
        on = max(plan.on, min(w.on, held_on))
        if plan.status_on(on) in rules.WAITING and plan.status_on(held_on) in rules.WAITING:
            w.add(
                PlanStepRow(
                    seq=w.seq,
                    on_date=on,
                    plan_id=plan_id(w, plan.number),
                    status=PlanStatus.PROPOSED,
                    meeting_id=meeting_id,
                )
            )


def send_back(w: Work, case: Case, on: date, sat: Sat) -> None:
    """A sitting returned the version it had: it is a draft again, though support began under it on a reason. One
    redrafted since, or approved by another sitting, stays as it is."""
    plan = _before(case, on, sat)
    standing = (case.plan_waiting(on), case.plan_in_force(on))
    if plan is None or not rules.may_turn(plan, PlanStatus.DRAFT, on) or plan not in standing:
        return
    w.add(
        PlanStepRow(
            seq=w.seq, on_date=on, plan_id=plan_id(w, plan.number), status=PlanStatus.DRAFT, meeting_id=sat.meeting_id
        )
    )


def _in_force(
    w: Work, case: Case, plan: Plan, on: date, *, meeting_id: int | None = None, afterwards: str | None = None
) -> Refusal | None:
    """The version is in force, the one before it ends, and support starts where it had not."""
    _supersede(w, case, plan.version, PlanStatus.APPROVED, on)
    w.add(
        PlanStepRow(
            seq=w.seq,
            on_date=on,
            plan_id=plan_id(w, plan.number),
            status=PlanStatus.APPROVED,
            meeting_id=meeting_id,
            afterwards=afterwards,
        )
    )
    return step(w, case, Act.START, on) if case.stage_on(on) is Stage.PLANNING else None


def plan_id(w: Work, number: str) -> int:
    return int(queries("books").plan_id(w.conn, number=number)["id"])


def _supersede(w: Work, case: Case, version: int, status: PlanStatus, on: date) -> None:
    for plan in rules.replaced(case, version, status, on):
        w.add(PlanStepRow(seq=w.seq, on_date=on, plan_id=plan_id(w, plan.number), status=PlanStatus.SUPERSEDED))


def _write(w: Work, case: Case, number: str, version: int, made: rules.Draft, on: date) -> None:
    made_id = w.put(
        PlanRow(
            seq=w.seq,
            on_date=on,
            number=number,
            case_id=case.id,
            version=version,
            goal=made.goal,
            review_on=made.review_on,
            lead=made.lead,
            needs=made.needs,
            care=made.care,
        )
    )
    members = {p.label: p for p in people_of(w, case, made.people)}
    confirmed = {c.label: c for c in made.confirmed}
    for label, person in members.items():
        own = confirmed.get(label)
        w.add(
            PlanMemberRow(
                plan_id=made_id,
                member_id=person.id,
                confirmed_on=own.on if own else None,
                confirmed_method=own.method if own else None,
            )
        )
    for action in made.actions:
        w.add(
            ActionRow(
                seq=w.seq,
                on_date=on,
                number=f"{case.number}/A{w.next_number('action', case.number)}",
                case_id=case.id,
                plan_id=made_id,
                member_id=members[action.person].id if action.person else None,
                what=action.what,
                who=action.who,
                due_on=action.due,
                kind=action.kind,
                why_not_existing=action.why_not_existing,
            )
        )
    w.add(PlanStepRow(seq=w.seq, on_date=on, plan_id=made_id, status=PlanStatus.DRAFT))


def _data(number: str, version: int, status: PlanStatus) -> dict[str, object]:
    return {"plan": number, "version": version, "status": status}
