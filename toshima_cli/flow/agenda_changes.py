"""What people change about an agenda: put on by name, leave out, move. The numbers of items stay."""

from dataclasses import dataclass
from datetime import date

from toshima_cli.db import Store, Work
from toshima_cli.domain import agenda_changes as rules
from toshima_cli.domain.terms import AgendaChange, Part
from toshima_cli.domain.verdict import Done, Next, Refusal, say
from toshima_cli.exits import NotFound
from toshima_cli.flow import agenda
from toshima_cli.flow.done import case_of
from toshima_cli.looks.agenda import Listed
from toshima_cli.meeting_tables import MeetingCaseRow
from toshima_cli.paper_tables import AgendaChangeRow, MeetingGapRow


@dataclass(frozen=True, slots=True)
class Moved:
    """An item to a part of the agenda, or to a place on its list (from 1)."""

    item: int
    part: Part | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What one command changes, in this order: cases and gaps put on, items left out, items moved."""

    on: date
    cases: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    drop: tuple[int, ...] = ()
    move: tuple[Moved, ...] = ()


def change(store: Store, number: str, edit: Edit) -> Done | Refusal:
    """1 may it still be changed · 2 put on · 3 leave out and move · 4 the agenda as it then stands."""

    def do(w: Work) -> Done | Refusal:
        w.begin("agenda change", edit.on)
        listed = agenda.write(w, number)
        refused = _may(listed, edit) or _put_on(w, listed, edit)
        if refused:
            return refused
        listed = agenda.write(w, number)
        for item in edit.drop:
            _row(w, listed, item, AgendaChange.DROP)
        for moved in edit.move:
            _row(w, listed, moved.item, AgendaChange.MOVE, moved.part, moved.place)
        listed = agenda.write(w, number)
        return Done(
            sentence=say("The agenda of {number} is changed; items: {items}.", number=number, items=len(listed.items)),
            number=number,
            data=listed.json(),
            next=(Next("agenda", say("see the agenda"), f"toshima agenda {number}"),),
            warnings=(*agenda.excepted(w, listed), *agenda.to_collect(w, listed)),
        )

    return store.work("agenda", do)


def _may(listed: Listed, edit: Edit) -> Refusal | None:
    there = {item.item for item in listed.items}
    wanted = (*edit.drop, *(moved.item for moved in edit.move))
    for item in wanted:
        if item not in there:
            raise NotFound(
                say("{meeting} has no item {item}.", meeting=listed.meeting, item=item),
                why=(say("Its items: {items}.", items=tuple(i.item for i in listed.items)),),
                do=(f"toshima agenda {listed.meeting}",),
            )
    decided = {item.item: item.outcome for item in listed.items if item.outcome is not None}
    return rules.may_change(listed.meeting, cancelled=listed.cancelled, decided=decided, items=wanted)


def _put_on(w: Work, listed: Listed, edit: Edit) -> Refusal | None:
    """By name, as `convene --case` does. What was left out before comes back; what makes no item here is refused."""
    for number in dict.fromkeys(edit.cases):
        case = case_of(w, number)
        w.add(MeetingCaseRow(seq=w.seq, on_date=w.on, meeting_id=listed.meeting_id, case_id=case.id))
    for gap in dict.fromkeys(edit.gaps):
        w.add(MeetingGapRow(seq=w.seq, on_date=w.on, meeting_id=listed.meeting_id, gap_id=int(gap.removeprefix("G"))))
    for item in listed.dropped:
        if item.case in edit.cases or item.gap in edit.gaps:
            _row(w, listed, item.item, AgendaChange.ADD)
    now = agenda.write(w, listed.meeting)
    found = {item.case for item in now.items} | {item.gap for item in now.items}
    missing = next((number for number in (*edit.cases, *edit.gaps) if number not in found), None)
    return rules.nothing_there(listed.meeting, listed.body, missing) if missing else None


def _row(
    w: Work, listed: Listed, item: int, what: AgendaChange, part: Part | None = None, place: int | None = None
) -> None:
    kept = agenda.item_id(w, listed.meeting_id, item)
    w.add(AgendaChangeRow(seq=w.seq, on_date=w.on, item_id=kept, change=what, part=part, place=place))
