"""⑤ What a sitting may decide about an item, and what each decision becomes (rule 16).

`approach` leads to `engaging`, `approved` approves the version and support starts; every other outcome leaves the
stage and names the command that goes on from it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from shlex import quote

from toshima_cli.domain.case import Case
from toshima_cli.domain.held import labels_holding
from toshima_cli.domain.plan_hints import rework
from toshima_cli.domain.stage_table import reach
from toshima_cli.domain.terms import Act, Body, Heading, ItemKind, Outcome, PlanStatus, Purpose, Scope
from toshima_cli.domain.verdict import Basis, Next, Refusal, Warned, say

PLAN_PURPOSES = frozenset({Purpose.NEW_PLAN, Purpose.RE_PLAN})

_SUPPORT = frozenset({ItemKind.SUPPORT_CONFERENCE})
_MULTILAYER = frozenset({ItemKind.MULTILAYER_CONFERENCE})
_OF_A_CASE = frozenset(
    {ItemKind.SUPPORT_CONFERENCE, ItemKind.MULTILAYER_CONFERENCE, ItemKind.INFORMATION_SHARING},
)


@dataclass(frozen=True, slots=True)
class Fits:
    """Which items an outcome fits; None: all of them."""

    kinds: frozenset[ItemKind] | None = None
    purposes: frozenset[Purpose] | None = None
    bodies: frozenset[Body] | None = None


_PLAN_ITEM = Fits(_MULTILAYER, PLAN_PURPOSES)
# Rule 12: a stakeholder meeting drafts the plan; whether it is adequate is the subcommittee's to say.
_APPROVAL = Fits(_MULTILAYER, PLAN_PURPOSES, frozenset({Body.SUBCOMMITTEE}))
_CASE_ITEM = Fits(_OF_A_CASE)

FITS: dict[Outcome, Fits] = {
    Outcome.APPROACH: Fits(_SUPPORT),
    Outcome.APPROVED: _APPROVAL,
    Outcome.APPROVED_WITH_CHANGES: _APPROVAL,
    Outcome.RETURNED: _PLAN_ITEM,
    Outcome.CONTINUE: Fits(),
    Outcome.MOVE_TO_MULTILAYER: Fits(_SUPPORT),
    Outcome.WATCH: _CASE_ITEM,
    Outcome.CONCLUDE: _CASE_ITEM,
    Outcome.INTERRUPT: _CASE_ITEM,
    Outcome.ADVISED: Fits(),
    Outcome.FORWARD_TO_COUNCIL: Fits(bodies=frozenset({Body.SUBCOMMITTEE})),
    Outcome.NOTED: Fits(),
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What an outcome does at once: an act of the stage table, a status of the plan; None where nothing."""

    act: Act | None = None
    plan: PlanStatus | None = None


EFFECTS: dict[Outcome, Effect] = {
    Outcome.APPROACH: Effect(act=Act.APPROACH),
    Outcome.APPROVED: Effect(act=Act.START, plan=PlanStatus.APPROVED),
    Outcome.RETURNED: Effect(plan=PlanStatus.DRAFT),
}


def effect(outcome: Outcome) -> Effect:
    """Of `approved`, the act is done in `planning` only: a next version is approved without a move."""
    return EFFECTS.get(outcome, Effect())


def outcomes_for(body: Body, kind: ItemKind, purpose: Purpose) -> tuple[Outcome, ...]:
    """What may be decided about such an item, in the order of the list."""
    return tuple(outcome for outcome in Outcome if _fits(FITS[outcome], body, kind, purpose))


def may_decide(
    meeting: str, item: int, body: Body, kind: ItemKind, purpose: Purpose, outcome: Outcome
) -> Refusal | None:
    """Whether the outcome fits the item: no approval where there is no plan, no approach where there is consent."""
    if _fits(FITS[outcome], body, kind, purpose):
        return None
    possible = outcomes_for(body, kind, purpose)
    return Refusal(
        rule=f"decide.{outcome}",
        basis=Basis.OURS,
        message=say("This outcome does not fit the item: {outcome}.", outcome=outcome),
        facts=(
            say("Item {item} of {meeting}: {kind}, {purpose}.", item=item, meeting=meeting, kind=kind, purpose=purpose),
        ),
        missing=(
            say(
                "Possible here: {outcomes}.",
                outcomes=tuple(say("{code} ({name})", code=one.value, name=one) for one in possible),
            ),
        ),
        next=(
            *(
                (Next(Act.CONVENE, say("Put it on the next agenda."), "toshima convene subcommittee --on DATE"),)
                if FITS[outcome] is _APPROVAL and body is not Body.SUBCOMMITTEE
                else ()
            ),
            Next(
                "decide",
                say("Record what was decided."),
                f"toshima decide {quote(meeting)} {item} --outcome OUTCOME",
            ),
        ),
    )


def may_hold(
    meeting: str, held_on: date, on: date, *, today: date, present: int, cancelled: bool = False
) -> Refusal | None:
    """Whether a decision dated `on` can come from the sitting held on `held_on`.

    `present` counts those who attended or, where papers were circulated, answered. A decision before the sitting, in
    one nobody came to, or in one that was called off is refused.
    """
    if cancelled:
        return Refusal(
            rule="decide.cancelled",
            basis=Basis.OURS,
            message=say("{meeting} was called off: nothing was decided in it.", meeting=meeting),
            missing=(say("A sitting that is held."),),
            next=(Next(Act.CONVENE, say("Look for the sitting that took its place."), "toshima meetings"),),
        )
    if min(on, today) < held_on:
        return Refusal(
            rule="decide.before_sitting",
            basis=Basis.OURS,
            message=say("A decision cannot come before its sitting."),
            facts=(say("{meeting} is held on {held_on}.", meeting=meeting, held_on=held_on),),
            missing=(say("A date on or after {held_on}, when that day has come.", held_on=held_on),),
            next=(Next(Act.CONVENE, say("Look at the agenda until then."), f"toshima agenda {quote(meeting)}"),),
        )
    if present < 1:
        return Refusal(
            rule="decide.nobody_present",
            basis=Basis.OURS,
            message=say(
                "A decision of {meeting} cannot be recorded: nobody is noted as having attended or answered.",
                meeting=meeting,
            ),
            missing=(say("At least one person who was present or answered."),),
            next=(Next("attend", say("Note who was there."), f"toshima attend {quote(meeting)} CODE"),),
        )
    return None


def may_cancel(
    meeting: str, *, cancelled: bool, decided: int, held: int, others_own: bool, staff: str
) -> Refusal | None:
    """Whether a sitting may be called off: not twice, not once something was decided.

    `decided` counts what `staff` may see; `held`, how many came where something was decided at all: what was decided
    about a restricted case is told of as attendance, which everybody sees. `others_own`: nothing of it is theirs to see
    (rule 11).
    """
    if cancelled:
        fact = say("It is cancelled already.")
    elif decided:
        fact = say("Items of it are decided: {count}.", count=decided)
    elif held:
        fact = say("It was held: attendance of {count} is noted.", count=held)
    elif others_own:
        fact = say("Nothing of it is open to {staff}; somebody of the case may cancel it.", staff=staff)
    else:
        return None
    return Refusal(
        rule="meeting.cancel",
        basis=Basis.OURS,
        message=say("{number} cannot be cancelled.", number=meeting),
        facts=(fact,),
        next=(Next("agenda", say("see the agenda"), f"toshima agenda {quote(meeting)}"),),
    )


def may_move(
    meeting: str, was: date, to: date, *, cancelled: bool, held: bool, others_own: bool, staff: str
) -> Refusal | None:
    """Whether a sitting may be set for another day: not once somebody is noted as present or something is decided."""
    if cancelled:
        fact = say("It is cancelled already.")
    elif held:
        fact = say("It was held on {on}.", on=was)
    elif was == to:
        fact = say("It is set for {on} already.", on=was)
    elif others_own:
        fact = say("Nothing of it is open to {staff}; somebody of the case may change it.", staff=staff)
    else:
        return None
    return Refusal(
        rule="meeting.move",
        basis=Basis.OURS,
        message=say("{number} cannot be set for another day.", number=meeting),
        facts=(fact,),
        next=(Next("agenda", say("see the agenda"), f"toshima agenda {quote(meeting)}"),),
    )


def may_edit(
    meeting: str,
    leading: Mapping[str, str],
    *,
    cancelled: bool,
    held: bool,
    new: bool,
    others_own: bool,
    staff: str,
) -> Refusal | None:
    """Whether what was said of a sitting may be said anew. Who led one that was held is noted with who was there.

    `leading`: who is to lead it and to write it down (post → staff code) by what is said now; `new`: whether anything
    is another word.
    """
    see = Next("agenda", say("see the agenda"), f"toshima agenda {quote(meeting)}")
    if cancelled:
        fact = say("It is cancelled already.")
    elif others_own:
        fact = say("Nothing of it is open to {staff}; somebody of the case may change it.", staff=staff)
    elif held and leading:
        fact = say("It was held, so who led it and who wrote it down is noted with who was there.")
        posts = " ".join(f"--{post} {quote(code)}" for post, code in leading.items())
        see = Next("attend", say("Note who led it and who wrote it down."), f"toshima attend {quote(meeting)} {posts}")
    elif not new:
        fact = say("All of it stands there already.")
    else:
        return None
    return Refusal(
        rule="meeting.edit",
        basis=Basis.OURS,
        message=say("Nothing of {number} is changed.", number=meeting),
        facts=(fact,),
        next=(see,),
    )


def not_approvable(case: Case, item: int, people: Collection[str], day: date) -> tuple[Warned, ...]:
    """Beforehand: the plan that waits is for somebody too whom the item does not show or who does not consent to it, so
    that no sitting approves it as it stands. `people`: whom it shows."""
    plan = case.plan_waiting(day)
    if plan is None:
        return ()
    consenting = labels_holding(case, Scope.PLAN, day)
    fit = tuple(label for label in plan.labels if label in people and label in consenting)
    if fit == plan.labels:
        return ()
    message = say(
        "Item {item}: plan {plan} cannot be approved as it stands: {labels} not shown here, or without consent to a"
        " plan.",
        item=item,
        plan=plan.number,
        labels=tuple(label for label in plan.labels if label not in fit),
    )
    if fit:
        others = "".join(f" --person {quote(label)}" for label in fit)
        line = f"toshima plan {case.number}{others}"
        message = say("{message} Draft it anew for the others: {line}", message=message, line=line)
    return (Warned("plan.masked", message),)


def no_action(meeting: str, item: int, gap: str) -> Refusal:
    """An action belongs to a case; an item about a gap has none."""
    return Refusal(
        rule="decide.action.gap",
        basis=Basis.OURS,
        message=say(
            "An action belongs to a case; item {item} of {meeting} is about {gap}.", item=item, meeting=meeting, gap=gap
        ),
        missing=(say("Who does what, written into the note."),),
        next=(
            Next(
                "decide",
                say("Record what was decided."),
                f"toshima decide {quote(meeting)} {item} --outcome {Outcome.ADVISED} --note TEXT",
            ),
        ),
    )


_THREE = (Heading.APPROACH, Heading.INDIRECT, Heading.HOUSEHOLD)


def headings(kind: ItemKind) -> tuple[Heading, ...]:
    """Under what the discussion of an item is written down: a support conference has its three headings (rule 13), any
    case the groundwork (rule 16)."""
    if kind is ItemKind.SUPPORT_CONFERENCE:
        return (Heading.DISCUSSION, *_THREE, Heading.GROUNDWORK)
    return (Heading.DISCUSSION, Heading.GROUNDWORK) if kind in _OF_A_CASE else (Heading.DISCUSSION,)


def may_head(meeting: str, item: int, kind: ItemKind, said: Iterable[Heading]) -> Refusal | None:
    """Whether the item has these headings."""
    wrong = tuple(heading for heading in said if heading not in headings(kind))
    if not wrong:
        return None
    return Refusal(
        rule="decide.heading",
        basis=Basis.PLAN,
        message=say(
            "Item {item} of {meeting} does not have this heading: {headings}.",
            item=item,
            meeting=meeting,
            headings=wrong,
        ),
        facts=(say("Item {item} of {meeting} is dealt with as: {kind}.", item=item, meeting=meeting, kind=kind),),
        missing=(say("Its headings: {headings}.", headings=headings(kind)),),
        next=(
            Next(
                "decide",
                say("Record what was decided."),
                f"toshima decide {quote(meeting)} {item} --outcome OUTCOME --discussion TEXT",
            ),
        ),
    )


def due_before(on: date, dues: Iterable[date | None]) -> tuple[Warned, ...]:
    """Actions that were due before anybody agreed on them."""
    return tuple(
        Warned("decide.due_before", say("An action is due on {due}, before it was decided ({on}).", due=due, on=on))
        for due in dues
        if due is not None and due < on
    )


def gap_already(meeting: str, item: int, gap: str) -> Refusal:
    """The item is about something lacking: what else is lacking is raised for itself."""
    return Refusal(
        rule="decide.gap.gap",
        basis=Basis.OURS,
        message=say("Item {item} of {meeting} is about {gap} itself.", item=item, meeting=meeting, gap=gap),
        missing=(say("A gap of its own."),),
        next=(Next(Act.GAP, say("Raise what else is lacking."), "toshima gap add --kind KIND --text TEXT"),),
    )


def follow_gap(gap: str, body: Body, outcome: Outcome) -> tuple[Next, ...]:
    """What goes on from a decision about a gap: the council that is to see it, the answer that is to come back."""
    if outcome is Outcome.FORWARD_TO_COUNCIL:
        why = say("Call the council; {gap} is on its agenda by itself.", gap=gap)
        return (Next(Act.CONVENE, why, "toshima convene council --on DATE"),)
    if outcome is Outcome.CONTINUE or (body is Body.SUBCOMMITTEE and outcome is Outcome.NOTED):
        return ()
    why = say("Write down the answer; it comes back to the cases that show {gap}.", gap=gap)
    return (Next(Act.GAP, why, f"toshima gap answer {gap} --text TEXT"),)


def follow(case: Case, outcome: Outcome, day: date, meeting: str) -> tuple[Next, ...]:
    """The command an outcome of `meeting` relies on, where the stage of `day` knows its act."""
    stage = case.stage_on(day)
    if stage is None:
        return ()
    return tuple(n for n in _follow(case, outcome, meeting) if reach(stage, Act(n.act)) is not None)


def _fits(fits: Fits, body: Body, kind: ItemKind, purpose: Purpose) -> bool:
    return (
        (fits.kinds is None or kind in fits.kinds)
        and (fits.purposes is None or purpose in fits.purposes)
        and (fits.bodies is None or body in fits.bodies)
    )


def _follow(case: Case, outcome: Outcome, meeting: str) -> Iterator[Next]:
    number = case.number
    if outcome is Outcome.WATCH:
        yield Next(
            Act.WATCH,
            say("Begin the watch the sitting decided on."),
            f"toshima watch {number} --by TEXT --every 1m --until DATE --sign TEXT",
        )
    elif outcome is Outcome.CONCLUDE:
        yield Next(
            Act.CONCLUDE, say("Conclude the case as the sitting decided."), f"toshima close {number} --reason REASON"
        )
    elif outcome is Outcome.INTERRUPT:
        yield Next(
            Act.INTERRUPT,
            say("Interrupt the case as the sitting decided."),
            f"toshima close {number} --interrupted --last-contact DATE --tried TEXT",
        )
    elif outcome is Outcome.FORWARD_TO_COUNCIL:
        yield Next(
            Act.GAP,
            say("Put what is lacking into words that name nobody; the council sees those."),
            f"toshima gap add --kind KIND --text TEXT --case {number}",
        )
    elif outcome in (Outcome.RETURNED, Outcome.APPROVED_WITH_CHANGES):
        yield from rework(case, meeting)
