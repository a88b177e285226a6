"""Rows of people: a record of a human being, their joining a case, their leaving it, one field corrected."""

from datetime import date
from typing import Any

from toshima_cli.change_tables import CorrectionRow, DepartureRow
from toshima_cli.db import Work, queries
from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.names import fold
from toshima_cli.domain.people import next_label
from toshima_cli.domain.terms import Sex
from toshima_cli.forms import JoinForm, PersonForm
from toshima_cli.tables import MemberRow, PersonRow


def record_of(form: PersonForm | JoinForm) -> PersonRow:
    return PersonRow(
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
    return w.put(
        MemberRow(
            seq=w.seq, on_date=w.on, case_id=case_id, person_id=person_id, label=label, relation=relation, note=note
        )
    )


def leave(
    w: Work, person: Person, reason: str, *, note: str | None = None, to: int | None = None, hidden: bool = False
) -> None:
    w.about(("person", str(person.person_id)))
    w.add(
        DepartureRow(
            seq=w.seq, on_date=w.on, member_id=person.id, reason=reason, note=note, to_case_id=to, hidden=hidden
        )
    )


def correct_relation(w: Work, person: Person, relation: str, reason: str) -> None:
    row = w.session.get(MemberRow, person.id)
    assert row is not None
    correct(w, row, "relation", relation, reason, member_id=person.id)


def correct(w: Work, row: Any, field: str, new: Any, reason: str, **of: Any) -> bool:
    """Keep the old value with the reason, and let the row hold the new one. False where they are the same."""
    old = getattr(row, field)
    if old == new:
        return False
    w.add(
        CorrectionRow(
            seq=w.seq, on_date=w.on, field=field, old_value=_text(old), new_value=_text(new), reason=reason, **of
        )
    )
    setattr(row, field, new)
    w.session.flush()
    return True


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
