"""⑤ What a sitting decided on one item, and what becomes of it: an approach, a plan in force, a stage, an action."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from toshima_cli.db import Store, Work
from toshima_cli.domain import decide as rules
from toshima_cli.domain import other_law
from toshima_cli.domain.case import Case
from toshima_cli.domain.terms import Act, ActionKind, GapKind, GapStatus, Heading, Outcome, PlanStatus
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, say
from toshima_cli.exits import NotFound
from toshima_cli.flow import agenda, gap, plan
from toshima_cli.flow.done import case_of, done, step
from toshima_cli.looks.agenda import Item, Listed
from toshima_cli.meeting_tables import DecisionRow
from toshima_cli.paper_tables import ItemTextRow
from toshima_cli.tables import ActionRow, ApproachRow


@dataclass(frozen=True, slots=True)
class Task:
    """An action a decision becomes: 「who|what|due」."""

    who: str
    what: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """`note` is the decision in words, `texts` what was said, by heading; `gap` something lacking that showed, as
    (kind, words that name nobody); `next` when to look again, which becomes an action of the coordinator."""

    item: int
    outcome: Outcome
    on: date
    note: str | None = None
    tasks: tuple[Task, ...] = ()
    texts: Mapping[Heading, str] = field(default_factory=dict)
    gap: tuple[GapKind, str] | None = None
    next: tuple[date, str] | None = None


def record(store: Store, number: str, decided: Decided) -> Done | Refusal:
    """1 may it be decided here · 2 freeze whom it showed · 3 the decision and what was said · 4 what it becomes."""

    def do(w: Work) -> Done | Refusal:
        w.begin("decide", decided.on)
        listed = agenda.write(w, number)
        item = next((i for i in listed.items if i.item == decided.item), None)
        if item is None:
            raise NotFound(
                say("{meeting} has no item {item}.", meeting=number, item=decided.item),
                why=(say("Its items: {items}.", items=tuple(i.item for i in listed.items)),),
                do=(f"toshima agenda {number}",),
            )
        refused = _may(w, listed, item, decided)
        if refused:
            return refused
        item_id = agenda.item_id(w, listed.meeting_id, item.item)
        _said(w, item_id, decided)
        if item.gap is not None:
            return _of_a_gap(w, listed, item, item.gap, item_id, decided)
        assert item.case is not None
        case = case_of(w, item.case)
        listed = agenda.keep(w, listed, only=item.item)
        item = next(i for i in listed.items if i.item == decided.item)
        w.add(DecisionRow(seq=w.seq, on_date=decided.on, item_id=item_id, outcome=decided.outcome, note=decided.note))
        refused = _become(w, case, listed, item, item_id, decided)
        if refused:
            return refused
        raised = _lacking(w, case, listed.meeting, decided)
        if isinstance(raised, Refusal):
            return raised
        tasks = _tasks(w, case, item_id, decided)
        return done(
            w,
            case,
            say(
                "{meeting} item {item} ({case}): {outcome}.",
                meeting=number,
                item=item.item,
                case=case.number,
                outcome=decided.outcome,
            ),
            f"{number}/{item.item}",
            decided.on,
            data={"meeting": number, "item": item.item, "outcome": decided.outcome, "actions": tasks, "gap": raised},
            warnings=(
                *other_law.unrecorded(case_of(w, case.number), only=number),
                *rules.due_before(decided.on, (task.due_on for task in decided.tasks)),
            ),
            next=(
                *other_law.ways(case_of(w, case.number), only=number),
                *rules.follow(case, decided.outcome, decided.on, number),
                *_left(listed, item),
            ),
        )

    return store.work("decide", do)


def _of_a_gap(w: Work, listed: Listed, item: Item, number: str, item_id: int, decided: Decided) -> Done | Refusal:
    """What a sitting decided about something lacking: forwarded, or what it advised; no case moves by it."""
    if decided.tasks or decided.next:
        return rules.no_action(listed.meeting, item.item, number)
    if decided.gap:
        return rules.gap_already(listed.meeting, item.item, number)
    w.add(DecisionRow(seq=w.seq, on_date=decided.on, item_id=item_id, outcome=decided.outcome, note=decided.note))
    if decided.outcome is Outcome.FORWARD_TO_COUNCIL:
        again = f"toshima decide {listed.meeting} {item.item} --outcome {decided.outcome} --note TEXT"
        found = gap.gap_of(w, number)
        refused = gap.move(w, found, GapStatus.FORWARDED, decided.on, decided.note, again)
        if refused:
            return refused
    return Done(
        sentence=say(
            "{meeting} item {item} ({case}): {outcome}.",
            meeting=listed.meeting,
            item=item.item,
            case=number,
            outcome=decided.outcome,
        ),
        number=f"{listed.meeting}/{item.item}",
        data={
            "case": None,
            "stage": None,
            "meeting": listed.meeting,
            "item": item.item,
            "outcome": decided.outcome,
            "actions": [],
            "gap": number,
        },
        next=(*rules.follow_gap(number, listed.body, decided.outcome), *_left(listed, item)),
    )


def _left(listed: Listed, item: Item) -> tuple[Next, ...]:
    """The sitting goes on to what it has not decided yet."""
    left = tuple(str(i.item) for i in listed.items if i.outcome is None and i.item != item.item)
    if not left:
        return ()
    why = say("Go on to what {meeting} has not decided yet: {items}.", meeting=listed.meeting, items=left)
    return (Next("decide", why, f"toshima decide {listed.meeting}"),)


def _may(w: Work, listed: Listed, item: Item, decided: Decided) -> Refusal | None:
    if item.outcome is not None:
        return Refusal(
            rule="decide.twice",
            basis=Basis.OURS,
            message=say("Item {item} of {meeting} is decided already.", item=item.item, meeting=listed.meeting),
            facts=(say("Its outcome: {outcome}.", outcome=item.outcome),),
            next=(
                Next("undo", say("Where it was your last step and a mistake, take it back."), "toshima undo"),
                Next("agenda", say("see the agenda"), f"toshima agenda {listed.meeting}"),
            ),
        )
    held = rules.may_hold(
        listed.meeting,
        listed.held_on,
        decided.on,
        today=w.today,
        present=listed.present,
        cancelled=listed.cancelled,
    )
    return (
        held
        or rules.may_decide(listed.meeting, item.item, listed.body, item.kind, item.purpose, decided.outcome)
        or rules.may_head(listed.meeting, item.item, item.kind, decided.texts)
    )


def _said(w: Work, item_id: int, decided: Decided) -> None:
    """What was said, each under its heading."""
    w.add(
        *(
            ItemTextRow(seq=w.seq, on_date=decided.on, item_id=item_id, heading=heading, text=text)
            for heading, text in decided.texts.items()
        )
    )


def _lacking(w: Work, case: Case, meeting: str, decided: Decided) -> str | Refusal | None:
    """The gap that showed, raised for the case; None where none did."""
    if decided.gap is None:
        return None
    kind, text = decided.gap
    again = f"toshima decide {meeting} {decided.item} --outcome {decided.outcome} --gap '{kind}|TEXT'"
    return gap.raise_one(w, case, kind, text, decided.on, again)


def _become(w: Work, case: Case, listed: Listed, item: Item, item_id: int, decided: Decided) -> Refusal | None:
    """What the outcome does at once; the table is `domain.decide.EFFECTS`."""
    effect = rules.effect(decided.outcome)
    sat = plan.Sat(listed.meeting, listed.held_on, listed.meeting_id, item.sat[0] if item.sat else ())
    if effect.plan is PlanStatus.APPROVED:
        return plan.approve(w, case, decided.on, sat)
    if effect.plan is PlanStatus.DRAFT:
        plan.send_back(w, case, decided.on, sat)
    if effect.act is Act.APPROACH:
        w.add(ApproachRow(seq=w.seq, on_date=decided.on, case_id=case.id, item_id=item_id, text=decided.note))
        return step(w, case, Act.APPROACH, decided.on)
    return None


def _tasks(w: Work, case: Case, item_id: int, decided: Decided) -> list[str]:
    numbers = []
    tasks = list(decided.tasks)
    if decided.next:
        on, what = decided.next
        tasks.append(Task(case.coordinator_on(decided.on) or w.actor, what, on))
    for task in tasks:
        number = f"{case.number}/A{w.next_number('action', case.number)}"
        w.add(
            ActionRow(
                seq=w.seq,
                on_date=decided.on,
                number=number,
                case_id=case.id,
                item_id=item_id,
                what=task.what,
                who=task.who,
                due_on=task.due_on,
                kind=ActionKind.OTHER,
            )
        )
        numbers.append(number)
    return numbers
