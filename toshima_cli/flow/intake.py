"""① Taking a household in: whatever window they come to, the whole concern is received."""

from datetime import date
from typing import Any

from toshima_cli.db import Store, Work, queries
from toshima_cli.domain.case import Case
from toshima_cli.domain.initials import initials
from toshima_cli.domain.names import fold
from toshima_cli.domain.terms import Act, Origin, Sex, Stage
from toshima_cli.domain.verdict import Done, Refusal, Say, Warned, say
from toshima_cli.flow import consent as consents
from toshima_cli.flow import search_keys
from toshima_cli.flow.done import case_of, done, person_of, write_step
from toshima_cli.forms import ConsentForm, IntakeForm, PersonForm
from toshima_cli.looks.route import of_case
from toshima_cli.tables import CaseRow, ConcernRow, HouseholdRow, MemberRow, PersonRow, ReporterRow, WishRow

MOST_ALIKE = 3
"""So many possible duplicates are told one by one; json has them all."""


def record(store: Store, form: IntakeForm, *, mask: bool = False) -> Done | Refusal:
    """1 who may be the same person · 2 number, household, people, concerns · 3 the consents · 4 where it may lead.

    A consent that may not be recorded is left out and said so. `mask`: no name in the answer.
    """

    def do(w: Work) -> Done | Refusal:
        on = form.received_on
        duplicates = [found for person in form.people for found in _same(w, person)]
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
        members = {person.label: _member(w, seq, on, case_id, person) for person in form.people}
        w.add(
            *(
                ConcernRow(
                    seq=seq,
                    on_date=on,
                    case_id=case_id,
                    member_id=members[c.person] if c.person else None,
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
    person = PersonRow(
        name=form.name,
        kana=form.kana,
        name_key=fold(form.name) if form.name else None,
        kana_key=fold(form.kana) if form.kana else None,
        birth_date=form.birth_date,
        sex=Sex(form.sex),
    )
    member = MemberRow(
        seq=seq,
        on_date=on,
        case_id=case_id,
        person_id=w.put(person),
        label=form.label,
        relation=form.relation,
        note=form.note,
    )
    member_id = w.put(member)
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


def _same(w: Work, person: PersonForm) -> list[dict[str, Any]]:
    """Records that may be the same person: reading and birth date, name and birth date, or the name alone."""
    rows = queries("books").same_person(
        w.conn,
        name_key=fold(person.name) if person.name else None,
        kana_key=fold(person.kana) if person.kana else None,
        viewer=w.actor,
    )
    found = []
    for row in rows:
        born = person.birth_date.isoformat() if person.birth_date else None
        if born and row["birth_date"] and row["birth_date"] != born:
            continue
        both = bool(born and row["birth_date"])
        by_kana = bool(person.kana) and row["kana_key"] == fold(person.kana or "")
        if both:
            reason = (
                say("The reading of the name and the birth date are the same.")
                if by_kana
                else say("The name and the birth date are the same.")
            )
        else:
            reason = (
                say("The reading of the name is the same; a birth date is not known.")
                if by_kana
                else say("The name is the same; a birth date is not known.")
            )
        w.about(("person", str(row["person_id"])), ("case", row["number"]))
        found.append({"case": row["number"], "label": row["label"], "reason": reason})
    return found


def _answer(
    w: Work, case: Case, on: date, duplicates: list[dict[str, Any]], warnings: list[Warned], *, mask: bool
) -> Done:
    names = {p.label: initials(p.name, p.kana) if mask else p.name for p in case.people}
    fitting = of_case(w.conn, case, on)
    warnings += [
        Warned("person.possible_duplicate", say("Perhaps the same person as {label} of {case}: {reason}", **found))
        for found in duplicates[:MOST_ALIKE]
    ]
    if len(duplicates) > MOST_ALIKE:
        more = say("and {count} more records that may be the same people", count=len(duplicates) - MOST_ALIKE)
        warnings.append(Warned("person.possible_duplicate", more))
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
