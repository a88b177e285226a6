"""④ Progress: a contact or a finding noted in the case's record, with the next step it sets."""

from dataclasses import dataclass
from datetime import date

from toshima_cli.db import Store, Work, queries
from toshima_cli.domain import stages
from toshima_cli.domain.case import Case
from toshima_cli.domain.terms import Act
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.exits import NotFound
from toshima_cli.flow.done import case_of, done, person_of
from toshima_cli.tables import ActionEndRow, ConcernRow, NoteRow


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the record. `found` are concerns noticed on the way: (label or None for the household, concern)."""

    on: date
    method: str
    text: str
    label: str | None = None
    next_on: date | None = None
    next_what: str | None = None
    found: tuple[tuple[str | None, str], ...] = ()
    done_actions: tuple[str, ...] = ()


def record(store: Store, number: str, told: Told) -> Done | Refusal:
    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        person = person_of(w, case, told.label) if told.label else None
        seq = w.begin("progress", told.on, case.id)
        refused = stages.may(case, Act.NOTE, told.on)
        if isinstance(refused, Refusal):
            return refused
        note = f"{case.number}/N{w.next_number('note', case.number)}"
        w.add(
            NoteRow(
                seq=seq,
                on_date=told.on,
                number=note,
                case_id=case.id,
                member_id=person.id if person else None,
                method=told.method,
                text=told.text,
                next_on=told.next_on,
                next_what=told.next_what,
            )
        )
        for label, code in told.found:
            member = person_of(w, case, label) if label else None
            w.add(
                ConcernRow(
                    seq=seq, on_date=told.on, case_id=case.id, member_id=member.id if member else None, code=code
                )
            )
        for action in told.done_actions:
            w.add(ActionEndRow(seq=seq, on_date=told.on, action_id=_action(w, case, action)))
        return done(
            w,
            case,
            say("Noted: {note} ({on}).", note=note, on=told.on),
            note,
            told.on,
            data={"note": note, "on": told.on, "method": told.method, "person": told.label, "next_on": told.next_on},
        )

    return store.work("progress", do)


def _action(w: Work, case: Case, number: str) -> int:
    """The row of an action that is still open. A number may be given short: A2 for 2026-0001/A2."""
    full = number if "/" in number else f"{case.number}/{number}"
    found = next((a for a in case.actions if a.number == full), None)
    if found is None:
        raise NotFound(
            say("Case {case} has no action {number}.", case=case.number, number=number),
            why=(say("It has: {actions}.", actions=tuple(a.number for a in case.actions)),),
        )
    return int(queries("books").action_id(w.conn, number=full)["id"])
