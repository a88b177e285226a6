"""Who may be the same person as somebody just entered: told, never decided here. Nobody of a restricted case is told
to others than its own people (rule 11); their holders see it the other way round, `looks/duplicates.py`."""

from datetime import date
from typing import Any

from toshima_cli.db import Work, queries
from toshima_cli.domain.names import fold
from toshima_cli.domain.people import Alike, alike
from toshima_cli.domain.verdict import Warned, say

MOST_ALIKE = 3
"""So many possible duplicates are told one by one; json has them all."""


def same(
    w: Work, name: str | None, kana: str | None, born: date | None, *, but: int | None = None
) -> list[dict[str, Any]]:
    """{case, label, reason}: records that may be the same person, by reading and birth date, name and birth date, or
    the name alone. `but`: the record itself."""
    own = Alike(fold(name) if name else None, fold(kana) if kana else None, born.isoformat() if born else None)
    found = []
    for row in queries("books").same_person(w.conn, name_key=own.name, kana_key=own.kana, viewer=w.actor):
        reason = alike(own, Alike(row["name_key"], row["kana_key"], row["birth_date"]))
        if reason is None or row["person_id"] == but:
            continue
        w.about(("person", str(row["person_id"])), ("case", row["number"]))
        found.append({"case": row["number"], "label": row["label"], "reason": reason})
    return found


def warned(duplicates: list[dict[str, Any]]) -> list[Warned]:
    """The first of them one by one."""
    found = [
        Warned("person.possible_duplicate", say("Perhaps the same person as {label} of {case}: {reason}", **each))
        for each in duplicates[:MOST_ALIKE]
    ]
    if len(duplicates) > MOST_ALIKE:
        more = say("and {count} more records that may be the same people", count=len(duplicates) - MOST_ALIKE)
        found.append(Warned("person.possible_duplicate", more))
    return found
