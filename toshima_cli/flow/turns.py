"""Rows of what turns with people: who leaves, one field corrected with what stood there before."""

from datetime import date
from typing import Any

from toshima_cli.change_tables import CorrectionRow, DepartureRow
from toshima_cli.db import Work
from toshima_cli.domain.case import Person
from toshima_cli.tables import MemberRow


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
