"""① Taking a household in: whatever window they come to, the whole concern is received."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli.change_tables import ConcernEndRow
from toshima_cli.db import Store, Work
from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.names import fold
from toshima_cli.domain.terms import Act, Origin, Sex, Stage
from toshima_cli.domain.verdict import Done, Refusal, Warned, say
from toshima_cli.exits import BadInput, Fault, Missing
from toshima_cli.flow import household, turns
from toshima_cli.flow.done import case_of, step, write_step
from toshima_cli.forms import ConcernForm, ConnectForm, IntakeForm, PersonForm
from toshima_cli.journal import Subject
from toshima_cli.tables import CaseRow, HouseholdRow, MemberRow, PersonRow, WishRow

WHY = "intake"
"""The reason written with what a first consultation corrects or completes of what outreach had heard."""


@dataclass(frozen=True, slots=True)
class Received:
    """A household taken in by the act of this transaction. `ids`: label → membership; `met`: who was looked at for who
    may be the same person."""

    number: str
    case_id: int
    ids: Mapping[str, int]
    duplicates: list[dict[str, Any]]
    met: frozenset[Subject]
    warnings: list[Warned]


def record(store: Store, form: IntakeForm, *, mask: bool = False) -> Done | Refusal:
    """1 who may be the same person · 2 number, household, people, concerns · 3 the consents · 4 where it may lead."""

    def do(w: Work) -> Done | Refusal:
        made = receive(w, form, "intake")
        return household.answer(w, made.number, form.received_on, None, made.duplicates, made.warnings, mask=mask)

    return store.work("intake", do)


def receive(w: Work, form: IntakeForm, act: str) -> Received:
    """Everything a reception writes, whether typed or from a ledger, but what is derived from it (`household.answer`).
    `act`: what it is called."""
    on = form.received_on
    duplicates = household.alike(w, form.people, form.household)
    met = frozenset(w.subjects)
    number, case_id = household.opened(
        w,
        on,
        origin=Origin.INTAKE,
        stage=Stage.RECEIVED,
        window=form.window,
        channel=form.channel,
        household=form.household,
        note=form.note,
    )
    w.begin(act, on, case_id)
    write_step(w, case_id, Act.CONNECT, on, Stage.RECEIVED)
    household.told_by(w, case_id, form.reporter)
    ids = {person.label: household.member(w, case_id, person) for person in form.people}
    household.concerns(w, case_id, form.concerns, ids)
    return Received(number, case_id, ids, duplicates, met, household.consented(w, number, form.consents))


def connect(
    store: Store, number: str, form: ConnectForm, *, from_file: bool = False, mask: bool = False
) -> Done | Refusal:
    """⓪ → ①: 1 is it still before a window · 2 who is known is completed, others join · 3 concerns, consents · 4 where
    it may lead.

    Raises BadInput (exit 2) for a label that fits nobody, Missing (exit 6) where no concern is known at all.
    """
    on = form.received_on

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        _fits(case, form, from_file=from_file)
        duplicates = household.alike(w, form.people, form.household, but=number)
        w.begin("intake", on, case.id)
        refused = step(w, case, Act.CONNECT, on)
        if refused:
            return refused
        household.told_by(w, case.id, form.reporter)
        _place(w, case, form)
        ids = {person.label: person.id for person in case.people}
        for person in form.people:
            known = case.person(person.label)
            if known is None:
                ids[person.label] = household.member(w, case.id, person)
            else:
                _complete(w, known, person, on)
        household.concerns(w, case.id, [c for c in form.concerns if not _stands(w, case, c, on)], ids)
        warnings = household.consented(w, number, form.consents)
        return household.answer(w, number, on, None, duplicates, warnings, mask=mask)

    return store.work("intake", do)


def _fits(case: Case, form: ConnectForm, *, from_file: bool) -> None:
    """Labels that fit the household as it is, and at least one concern, old or new. What a file lacks is its fault,
    what was not typed is an answer that may still be given."""
    on = form.received_on
    here = {person.label for person in case.people if person.left_on is None or person.left_on > on}
    gone = {person.label for person in case.people} - here
    faults = [
        Fault(f"people[{n}].label", say("{label} is not of the household any more.", label=person.label))
        for n, person in enumerate(form.people)
        if person.label in gone
    ]
    known = here | {person.label for person in form.people}
    named = [(f"concerns[{n}].person", concern.person) for n, concern in enumerate(form.concerns)]
    named += [(f"consents[{n}].person", consent.person) for n, consent in enumerate(form.consents)]
    faults += [
        Fault(field, say("{label} is not among the people.", label=label))
        for field, label in named
        if label is not None and label not in known
    ]
    asks = say("At least one concern is needed: LABEL:CONCERN.")
    lacking = not form.concerns and not case.concerns_on(on)
    if lacking and from_file:
        faults.append(Fault("concerns", asks))
    if faults:
        raise BadInput(faults)
    if lacking:
        raise Missing([("--concern", asks)])


def _place(w: Work, case: Case, form: ConnectForm) -> None:
    """Where it was received, how it came there, address and telephone: what outreach had noted stays beside it."""
    row = w.session.get(CaseRow, case.id)
    assert row is not None
    home = w.session.get(HouseholdRow, row.household_id)
    assert home is not None
    _change(w, row, "window_code", form.window, household_id=home.id)
    _change(w, row, "channel", form.channel, household_id=home.id)
    for field in ("address", "phone"):
        _change(w, home, field, getattr(form.household, field), household_id=home.id)
    if form.note:
        _change(w, row, "note", f"{row.note}\n{form.note}" if row.note else form.note, household_id=home.id)


def _complete(w: Work, known: Person, form: PersonForm, on: date) -> None:
    """What the file or the options say of somebody known: an empty field is filled, a different value is a correction.
    What they do not say stays as it is."""
    given = form.model_dump(include=form.model_fields_set)
    person = w.session.get(PersonRow, known.person_id)
    member = w.session.get(MemberRow, known.id)
    assert person is not None
    assert member is not None
    for field in ("name", "kana", "birth_date"):
        _change(w, person, field, given.get(field), person_id=person.id)
    if given.get("sex") not in (None, Sex.UNKNOWN):
        _change(w, person, "sex", Sex(given["sex"]), person_id=person.id)
    person.name_key = fold(person.name) if person.name else None
    person.kana_key = fold(person.kana) if person.kana else None
    for field in ("relation", "note"):
        _change(w, member, field, given.get(field), member_id=member.id)
    w.session.flush()
    if given.get("wish"):
        w.add(WishRow(seq=w.seq, on_date=on, member_id=known.id, text=given["wish"]))


def _change(w: Work, row: object, field: str, value: object, **of: int | None) -> None:
    """Put a value where there was none or another, and keep what stood there; nothing said changes nothing."""
    if value is not None:
        turns.correct(w, row, field, value, WHY, **of)


def _stands(w: Work, case: Case, form: ConcernForm, on: date) -> bool:
    """Whether outreach noted the same trouble already. One that is told with more takes the place of the first word."""
    same = next((c for c in case.concerns_on(on) if (c.label, c.code) == (form.person, form.concern)), None)
    if same is None:
        return False
    if form.most_pressing == same.most_pressing and form.note in (None, same.note):
        return True
    w.add(ConcernEndRow(seq=w.seq, on_date=on, concern_id=same.id, reason=WHY))
    return False
