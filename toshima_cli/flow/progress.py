"""④ Progress and ⓪ outreach: a contact or a finding noted in the case's record, with the next step it sets."""

from dataclasses import dataclass, replace
from datetime import date

from toshima_cli.db import Store, Work, queries
from toshima_cli.domain import stages
from toshima_cli.domain.case import Action, Case, last_on
from toshima_cli.domain.people import next_label
from toshima_cli.domain.planned import done_already, of_older_versions
from toshima_cli.domain.terms import Act
from toshima_cli.domain.verdict import Done, Next, Refusal, all_of, say
from toshima_cli.exits import NotFound
from toshima_cli.flow import household
from toshima_cli.flow.done import case_of, done, person_of
from toshima_cli.forms import PersonForm
from toshima_cli.tables import ActionEndRow, ConcernRow, NoteRow


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the record. `found` are concerns noticed on the way: (label or None for the household, concern); the
    next free letter is somebody met for the first time. `programme`: the outreach programme the contact was made under.
    """

    on: date
    method: str
    text: str
    label: str | None = None
    next_on: date | None = None
    next_what: str | None = None
    found: tuple[tuple[str | None, str], ...] = ()
    done_actions: tuple[str, ...] = ()
    programme: str | None = None


def record(store: Store, number: str, told: Told) -> Done | Refusal:
    """A contact under an outreach programme is outreach; any other entry is a note, which a case may take after a
    death too."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        return _write(w, case, told, Act.CONTACT if told.programme else Act.NOTE, "progress")

    return store.work("progress", do)


def log(store: Store, number: str, told: Told) -> Done | Refusal:
    """⓪ A contact in outreach, under the programme named, otherwise under the case's own."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        own = last_on(case.outreach, told.on)
        programme = told.programme or (own.programme if own else None)
        return _write(w, case, replace(told, programme=programme), Act.CONTACT, "outreach log")

    return store.work("outreach log", do)


def _write(w: Work, case: Case, told: Told, act: Act, verb: str) -> Done | Refusal:
    """1 may it be noted, and what was found be added · 2 the note · 3 another person, another trouble · 4 the actions
    that are done."""
    person = person_of(w, case, told.label) if told.label else None
    new = _new_people(w, case, told)
    finished = [_action(case, number) for number in told.done_actions]
    seq = w.begin(verb, told.on, case.id)
    acts = (act, *((Act.CONCERN,) if told.found else ()), *((Act.PERSON,) if new else ()))
    answers = [stages.may(case, each, told.on) for each in acts]
    refused = all_of(
        (*(each for each in answers if isinstance(each, Refusal)), *(done_already(case, each) for each in finished))
    )
    if refused:
        return refused
    note = write_note(w, case.number, case.id, person.id if person else None, told)
    members = {p.label: p.id for p in case.people}
    members |= {label: household.member(w, case.id, PersonForm(label=label)) for label in new}
    w.add(
        *(
            ConcernRow(
                seq=seq, on_date=told.on, case_id=case.id, member_id=members[label] if label else None, code=code
            )
            for label, code in told.found
        )
    )
    for number in dict.fromkeys(action.number for action in finished):
        action_id = int(queries("books").action_id(w.conn, number=number)["id"])
        w.add(ActionEndRow(seq=seq, on_date=told.on, action_id=action_id))
    return done(
        w,
        case,
        say("Noted: {note} ({on}). New in the household: {labels}.", note=note, on=told.on, labels=new)
        if new
        else say("Noted: {note} ({on}).", note=note, on=told.on),
        note,
        told.on,
        data={
            "note": note,
            "on": told.on,
            "method": told.method,
            "person": told.label,
            "next_on": told.next_on,
            "programme": told.programme,
            "found": [{"person": label, "concern": code} for label, code in told.found],
            "people_found": list(new),
        },
        next=[_name(case, label) for label in new],
        warnings=of_older_versions(case, finished, told.on),
    )


def write_note(w: Work, number: str, case_id: int, member_id: int | None, told: Told) -> str:
    """The row of a contact, by the act of this transaction. Returns its number."""
    note = f"{number}/N{w.next_number('note', number)}"
    w.add(
        NoteRow(
            seq=w.seq,
            on_date=told.on,
            number=note,
            case_id=case_id,
            member_id=member_id,
            method=told.method,
            text=told.text,
            next_on=told.next_on,
            next_what=told.next_what,
            programme_code=told.programme,
        )
    )
    return note


def _new_people(w: Work, case: Case, told: Told) -> tuple[str, ...]:
    """Whom a finding is about who is not of the household yet: the next free letter, otherwise nobody (exit 4)."""
    new: list[str] = []
    for label, _ in told.found:
        known = [*(p.label for p in case.people), *new]
        if label is None or label in new:
            continue
        if label in known or label != next_label(known):
            person_of(w, case, label)
        else:
            new.append(label)
    return tuple(new)


def _name(case: Case, label: str) -> Next:
    return Next(
        Act.PERSON,
        say("Write down what is known of {label}, when it is known.", label=label),
        f"toshima person edit {case.number} {label} --name NAME --reason TEXT",
    )


def _action(case: Case, number: str) -> Action:
    """The action of that number, which may be given short: A2 for 2026-0001/A2. Those of somebody withheld are not
    there (rule 11)."""
    full = number if "/" in number else f"{case.number}/{number}"
    withheld = {p.label for p in case.people if p.withheld}
    there = [a for a in case.actions if a.label not in withheld]
    found = next((a for a in there if a.number == full), None)
    if found is None:
        raise NotFound(
            say("Case {case} has no action {number}.", case=case.number, number=number),
            why=(say("It has: {actions}.", actions=tuple(a.number for a in there)),),
        )
    return found
