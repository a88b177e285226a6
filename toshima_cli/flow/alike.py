"""Who may be the same person as somebody just entered: told, never decided here. Nobody of a restricted case is told
to others than its own people (rule 11); their holders see it the other way round, `looks/duplicates.py`."""

from typing import Any

from toshima_cli.db import Work
from toshima_cli.domain.alike import Like
from toshima_cli.domain.verdict import Warned, say
from toshima_cli.looks.duplicates import likenesses

MOST_ALIKE = 3
"""So many possible duplicates are told one by one; json has them all."""


def same(w: Work, like: Like, *, but: int | None = None) -> list[dict[str, Any]]:
    """{case, label, reason}: records that may be the same person, the strongest reason first. `but`: the record
    itself."""
    found = []
    for likeness, row in sorted(likenesses(w.conn, like, w.actor), key=lambda each: each[0].rank):
        if but in (row["record_id"], row["person_id"]) and but is not None:
            continue
        w.about(("person", str(row["person_id"])), ("case", row["number"]))
        found.append({"case": row["number"], "label": row["label"], "reason": likeness.because})
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
