"""What taking in, seeking out and coming back share: the number, the household, its people and concerns, and what is
answered about them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from toshima_cli.db import Work
from toshima_cli.domain.alike import Like
from toshima_cli.domain.case import Case
from toshima_cli.domain.initials import initials
from toshima_cli.domain.terms import Origin, Stage
from toshima_cli.domain.verdict import Done, Refusal, Say, Warned, say
from toshima_cli.flow import consent as consents
from toshima_cli.flow import members, search_keys
from toshima_cli.flow.alike import same, warned
from toshima_cli.flow.done import case_of, done, person_of
from toshima_cli.forms import ConcernForm, ConsentForm, HouseholdForm, PersonForm, ReporterForm
from toshima_cli.looks.route import of_case
from toshima_cli.tables import CaseRow, ConcernRow, HouseholdRow, ReporterRow, WishRow


def opened(
    w: Work,
    on: date,
    *,
    origin: Origin,
    stage: Stage,
    window: str,
    channel: str,
    household: HouseholdForm,
    note: str | None,
) -> tuple[str, int]:
    """A new number with its household: (number, id). The act and the first step are the caller's."""
    number, year, ordinal = w.number_of_year("case", on)
    home = w.write(HouseholdRow, address=household.address, phone=household.phone)
    case_id = w.write(
        CaseRow,
        number=number,
        fiscal_year=year,
        ordinal=ordinal,
        opened_on=on,
        origin=origin,
        window_code=window,
        channel=channel,
        household_id=home,
        note=note,
        stage=stage,
    )
    return number, case_id


def told_by(w: Work, case_id: int, reporter: ReporterForm | None) -> None:
    """Who told us: kept, and shown nowhere (rule 10)."""
    if reporter:
        w.write(ReporterRow, seq=w.seq, on_date=w.on, case_id=case_id, name=reporter.name, relation=reporter.relation)


def member(w: Work, case_id: int, form: PersonForm) -> int:
    """A human being not met before, as a member of the household: the id of the membership."""
    member_id = members.join(w, case_id, members.recorded(w, form), form.label, form.relation, note=form.note)
    if form.wish:
        w.write(WishRow, seq=w.seq, on_date=w.on, member_id=member_id, text=form.wish)
    return member_id


def concerns(w: Work, case_id: int, forms: Iterable[ConcernForm], ids: Mapping[str, int]) -> None:
    for c in forms:
        w.write(
            ConcernRow,
            seq=w.seq,
            on_date=w.on,
            case_id=case_id,
            member_id=ids[c.person] if c.person else None,
            code=c.concern,
            most_pressing=c.most_pressing,
            note=c.note,
        )


def consented(w: Work, number: str, forms: Iterable[ConsentForm]) -> list[Warned]:
    """The consents that came along. The concern is received whole, whatever becomes of one consent: one that may not be
    recorded is left out, and said so."""
    warnings: list[Warned] = []
    for given in forms:
        case = case_of(w, number)
        made = consents.write(w, case, person_of(w, case, given.person), _given(given), w.seq)
        if isinstance(made, Refusal):
            left_out = say("The consent of {label} was not recorded: {why}", label=given.person, why=made.message)
            warnings.append(Warned(made.rule, left_out))
            continue
        warnings += made[1]
    return warnings


def found_by(w: Work, case: Case) -> None:
    """Write the keys the people of the case are found by."""
    for person in case.people:
        w.about(("person", str(person.person_id)))
        search_keys.of_person(w.conn, person.person_id)


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


def alike(
    w: Work, people: Iterable[PersonForm], home: HouseholdForm, *, but: str | None = None
) -> list[dict[str, Any]]:
    """Records of other cases than `but` that may be the same people."""
    return [
        found
        for person in people
        for found in same(w, Like(person.name, person.kana, person.birth_date, home.phone, home.address))
        if found["case"] != but
    ]


def answer(
    w: Work,
    number: str,
    on: date,
    sentence: Say | None,
    duplicates: list[dict[str, Any]],
    warnings: list[Warned],
    *,
    mask: bool,
    also: Mapping[str, object] | None = None,
) -> Done:
    """The people, where it may lead, and who may be on record already, with what else is to be said (`also`).
    `sentence` None: it was received. `mask`: no name in the answer."""
    case = case_of(w, number)
    found_by(w, case)
    names = {p.label: initials(p.name, p.kana) if mask else p.name for p in case.people}
    fitting = of_case(w.conn, case, on, mask=mask)
    warnings += warned(duplicates)
    return done(
        w,
        case,
        sentence or _received(case, names[case.people[0].label]),
        case.number,
        on,
        data={
            "people": [{"label": label, "name": name} for label, name in names.items()],
            **{key: value for key, value in fitting.json().items() if key != "case"},
            "possible_duplicates": duplicates,
            **(also or {}),
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
