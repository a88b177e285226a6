"""Which items of a case are still on the agenda they got a number on: it corrects itself, and the number stays."""

from typing import Any

from toshima_cli import places
from toshima_cli.db import queries
from toshima_cli.domain.agenda_changes import stands
from toshima_cli.domain.case import Case, Sitting
from toshima_cli.domain.terms import ItemKind, Purpose


def standing(conn: Any, case: Case) -> tuple[Sitting, ...]:
    """The items of a case as known now, without those that vanished since they got their numbers."""
    if all(stands(sitting, ()) for sitting in case.sittings):
        return case.sittings
    from toshima_cli.domain import agenda as rules  # most looks find nothing to ask it

    named = {row["number"] for row in queries("meetings").put_on(conn, case_id=case.id)}
    days = places.agenda_days(conn)

    def wanted(sitting: Sitting) -> set[tuple[ItemKind, Purpose]]:
        found = rules.items_for(case, sitting.body, sitting.held_on, named=sitting.meeting in named, **days)
        return {(item.kind, item.purpose) for item in found}

    return tuple(sitting for sitting in case.sittings if stands(sitting, wanted(sitting)))
