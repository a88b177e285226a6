"""Rows of people: a record of a human being, their joining a case. What turns later stands in `turns.py`."""

from toshima_cli.db import Work, queries
from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.names import fold
from toshima_cli.domain.people import next_label
from toshima_cli.domain.terms import Sex
from toshima_cli.forms import JoinForm, PersonForm
from toshima_cli.tables import MemberRow, PersonRow


def recorded(w: Work, form: PersonForm | JoinForm) -> int:
    """A record of a human being not met before: its id."""
    return w.write(
        PersonRow,
        name=form.name,
        kana=form.kana,
        name_key=fold(form.name) if form.name else None,
        kana_key=fold(form.kana) if form.kana else None,
        birth_date=form.birth_date,
        sex=Sex(form.sex),
    )


def copy_of(person: Person) -> PersonRow:
    """A record of its own for the same human being: what is written there later shows nowhere else (rule 11)."""
    return PersonRow(
        name=person.name,
        kana=person.kana,
        name_key=fold(person.name) if person.name else None,
        kana_key=fold(person.kana) if person.kana else None,
        birth_date=person.birth_date,
        sex=Sex(person.sex),
        phone=person.phone,
        address=person.address,
        contact_rule=person.contact_rule,
        visit_alert=person.visit_alert,
        assistance_since=person.assistance_since,
        assistance_office=person.assistance_office,
    )


def taken(w: Work, case: Case) -> set[str]:
    """The labels that cannot be given any more."""
    return {row["label"] for row in queries("books").labels(w.conn, case_id=case.id)}


def free_label(w: Work, case: Case) -> str:
    return next_label(taken(w, case))


def record_id(w: Work, person: Person) -> int:
    """The member's own record, where another one speaks for it too."""
    row = w.session.get(MemberRow, person.id)
    assert row is not None
    return row.person_id


def join(w: Work, case_id: int, person_id: int, label: str, relation: str, *, note: str | None = None) -> int:
    """Add a member from the act's day on. Returns the id of the membership."""
    return w.write(
        MemberRow,
        seq=w.seq,
        on_date=w.on,
        case_id=case_id,
        person_id=person_id,
        label=label,
        relation=relation,
        note=note,
    )
