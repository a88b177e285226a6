"""① Taking a household in: whatever window they come to, the whole concern is received."""

from datetime import date
from typing import Any

from toshima_cli.db import Store, Work
from toshima_cli.domain.case import Case
from toshima_cli.domain.initials import initials
from toshima_cli.domain.terms import Act, Origin, Stage
from toshima_cli.domain.verdict import Done, Refusal, Say, Warned, say
from toshima_cli.flow import alike, members, search_keys
from toshima_cli.flow import consent as consents
from toshima_cli.flow.done import case_of, done, person_of, write_step
from toshima_cli.forms import ConsentForm, IntakeForm, PersonForm
from toshima_cli.looks.route import of_case
from toshima_cli.tables import CaseRow, ConcernRow, HouseholdRow, ReporterRow, WishRow


def record(store: Store, form: IntakeForm, *, mask: bool = False) -> Done | Refusal:
    """1 who may be the same person · 2 number, household, people, concerns · 3 the consents · 4 where it may lead.

    A consent that may not be recorded is left out and said so. `mask`: no name in the answer.
    """

    def do(w: Work) -> Done | Refusal:
        on = form.received_on
        duplicates = [
            found for person in form.people for found in alike.same(w, person.name, person.kana, person.birth_date)
        ]
        number, case_id = _open(w, form)
        seq = w.begin("intake", on, case_id)
        write_step(w, case_id, Act.CONNECT, on, Stage.RECEIVED)
        if form.reporter:
            w.add(
                ReporterRow(
                    seq=seq,
                    on_date=on,
                    case_id=case_id,
                    name=form.reporter.name,
                    relation=form.reporter.relation,
                )
            )
        ids = {person.label: _member(w, seq, on, case_id, person) for person in form.people}
        w.add(
            *(
                ConcernRow(
                    seq=seq,
                    on_date=on,
                    case_id=case_id,
                    member_id=ids[c.person] if c.person else None,
                    code=c.concern,
                    most_pressing=c.most_pressing,
                    note=c.note,
                )
                for c in form.concerns
            )
        )
        warnings: list[Warned] = []
        for given in form.consents:
            case = case_of(w, number)
            made = consents.write(w, case, person_of(w, case, given.person), _given(given), seq)
            if isinstance(made, Refusal):
                # The concern is received whole, whatever becomes of one consent: it is left out, and said so.
                left_out = say("The consent of {label} was not recorded: {why}", label=given.person, why=made.message)
                warnings.append(Warned(made.rule, left_out))
                continue
            warnings += made[1]
        case = case_of(w, number)
        for person in case.people:
            w.about(("person", str(person.person_id)))
            search_keys.of_person(w.conn, person.person_id)
        return _answer(w, case, on, duplicates, warnings, mask=mask)

    return store.work("intake", do)


def _open(w: Work, form: IntakeForm) -> tuple[str, int]:
    number, year, ordinal = w.number_of_year("case", form.received_on)
    household_id = w.put(HouseholdRow(address=form.household.address, phone=form.household.phone))
    case = CaseRow(
        number=number,
        fiscal_year=year,
        ordinal=ordinal,
        opened_on=form.received_on,
        origin=Origin.INTAKE,
        window_code=form.window,
        channel=form.channel,
        household_id=household_id,
        note=form.note,
        stage=Stage.RECEIVED,
    )
    return number, w.put(case)


def _member(w: Work, seq: int, on: date, case_id: int, form: PersonForm) -> int:
    person = members.record_of(form)
    member_id = members.join(w, case_id, w.put(person), form.label, form.relation, note=form.note)
    if form.wish:
        w.add(WishRow(seq=seq, on_date=on, member_id=member_id, text=form.wish))
    return member_id


def _given(form: ConsentForm) -> consents.Given:
    return consents.Given(
        label=form.person,
        decision=form.decision,
        on=form.on,
        scopes=frozenset(form.scope),
        method=form.method,
        decided_by=form.decided_by,
        by_name=form.by,
        evidence=form.evidence,
        excluding=tuple(form.excluding),
    )


def _answer(
    w: Work, case: Case, on: date, duplicates: list[dict[str, Any]], warnings: list[Warned], *, mask: bool
) -> Done:
    names = {p.label: initials(p.name, p.kana) if mask else p.name for p in case.people}
    fitting = of_case(w.conn, case, on)
    warnings += alike.warned(duplicates)
    return done(
        w,
        case,
        _received(case, names[case.people[0].label]),
        case.number,
        on,
        data={
            "people": [{"label": label, "name": name} for label, name in names.items()],
            **{key: value for key, value in fitting.json().items() if key != "case"},
            "possible_duplicates": duplicates,
        },
        warnings=warnings,
    )


def _received(case: Case, name: str | None) -> Say:
    counts = {"people": len(case.people), "concerns": len(case.concerns)}
    if name is None:
        return say(
            "Received: case {case}, name not known ({people} people, {concerns} concerns).", case=case.number, **counts
        )
    return say(
        "Received: case {case}, household of {name} ({people} people, {concerns} concerns).",
        case=case.number,
        name=name,
        **counts,
    )
