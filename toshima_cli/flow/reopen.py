"""A household that returns: a new case, linked to the one that ended, with its people."""

from toshima_cli.db import Store, Work
from toshima_cli.domain import returning, stages
from toshima_cli.domain.case import Case
from toshima_cli.domain.initials import initials
from toshima_cli.domain.terms import Act, Origin, Stage
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.flow import holders, household
from toshima_cli.flow.done import case_of, return_months, write_step
from toshima_cli.forms import HouseholdForm, ReturnForm
from toshima_cli.tables import CaseLinkRow, MemberRow


def record(store: Store, number: str, form: ReturnForm, *, mask: bool = False) -> Done | Refusal:
    """1 may it return · 2 the new number, linked · 3 the people under their labels, for the same eyes only · 4 what
    they come with. Consents, concerns and plans stay with the old case: they are asked for anew.

    Raises BadInput (exit 2) for a label that is not carried over.
    """
    on = form.received_on

    def do(w: Work) -> Done | Refusal:
        old = case_of(w, number)
        allowed = stages.may(old, Act.RETURN, on, return_months=return_months(w))
        refused = allowed if isinstance(allowed, Refusal) else returning.may_return(old, on)
        if refused:
            w.begin("reopen", on, old.id)
            return refused
        people = returning.coming_back(old, on)
        _fits(form, {person.label for person in people})
        new, case_id = household.opened(
            w,
            on,
            origin=Origin.RETURN,
            stage=Stage.RECEIVED,
            window=form.window or old.window,
            channel=form.channel,
            household=HouseholdForm(address=old.address, phone=old.phone),
            note=form.note,
        )
        w.begin("reopen", on, case_id)
        write_step(w, case_id, Act.RETURN, on, Stage.RECEIVED)
        w.add(CaseLinkRow(seq=w.seq, on_date=on, case_id=case_id, other_id=old.id, kind=returning.RETURN))
        _for_the_same_eyes(w, old, case_id)
        household.told_by(w, case_id, form.reporter)
        members = {
            person.label: w.put(
                MemberRow(
                    seq=w.seq,
                    on_date=on,
                    case_id=case_id,
                    person_id=person.person_id,
                    label=person.label,
                    relation=person.relation,
                    note=person.note,
                )
            )
            for person in people
        }
        household.concerns(w, case_id, form.concerns, members)
        first = initials(people[0].name, people[0].kana) if mask else people[0].name
        sentence = (
            say("Received again: case {case}, household of {name} ({old}).", case=new, name=first, old=number)
            if first
            else say("Received again: case {case}, name not known ({old}).", case=new, old=number)
        )
        return household.answer(w, new, on, sentence, [], [], mask=mask, also={"returned_from": number})

    return store.work("reopen", do)


def _for_the_same_eyes(w: Work, old: Case, case_id: int) -> None:
    """Who may see the old case, where it is restricted, may see the new one, and nobody else (rule 11)."""
    if old.restricted:
        holders.add(w, case_id, holders.of(w, old.id))


def _fits(form: ReturnForm, labels: set[str]) -> None:
    faults = [
        Fault(f"concerns[{n}].person", say("{label} is not among the people.", label=concern.person))
        for n, concern in enumerate(form.concerns)
        if concern.person is not None and concern.person not in labels
    ]
    if faults:
        raise BadInput(faults)
