"""Who is not connected yet and sought out (⓪), what is due first."""

from collections.abc import Iterable
from typing import Any

from toshima_cli import facts
from toshima_cli.db import queries, viewer
from toshima_cli.domain.initials import initials
from toshima_cli.domain.terms import Stage
from toshima_cli.journal import Subject
from toshima_cli.looks.caseload import EVERY


class Sought(list[dict[str, Any]]):
    """The rows, everyone who is on them, and how many there are in all."""

    def __init__(self, rows: Iterable[dict[str, Any]], subjects: Iterable[Subject], total: int) -> None:
        super().__init__(rows)
        self.subjects, self.total = tuple(subjects), total


def listed(conn: Any, most: int | None, *, mask: bool) -> Sought:
    """{case, opened_on, why, programme, people, contacts, last_contact_on, next_due_on}, at most `most` rows, what is
    due first; `people` a list of {label, name} (`mask`: initials)."""
    found, subjects = [], list[Subject]()
    for row in list(queries("outreach").sought(conn, viewer=viewer(conn), how_many=EVERY if most is None else most)):
        people = [p for p in facts.people(conn, row["id"]) if p.left_on is None]
        subjects += [("case", row["number"]), *(("person", str(p.person_id)) for p in people)]
        found.append(
            {
                "case": row["number"],
                "opened_on": row["opened_on"],
                "why": row["why"],
                "programme": row["programme_code"],
                "people": [{"label": p.label, "name": initials(p.name, p.kana) if mask else p.name} for p in people],
                "contacts": row["contacts"],
                "last_contact_on": row["last_contact_on"],
                "next_due_on": row["next_due_on"],
            }
        )
    count = queries("caseload").count_of_stage(conn, viewer=viewer(conn), stage=Stage.OUTREACH.value, today="")
    return Sought(found, subjects, count["cases"])
