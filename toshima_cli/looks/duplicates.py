"""Rule 11: who may be the same person as somebody of a restricted case is told to its holders, never to the typist."""

from datetime import date
from typing import Any

from toshima_cli import facts
from toshima_cli.db import queries
from toshima_cli.domain.people import Alike, alike, keys_of
from toshima_cli.domain.verdict import Warned, say


def told_to_holders(conn: Any, viewer: str) -> list[dict[str, Any]]:
    """{case, label, other_case, other_label, reason, on}: records of other cases, entered or corrected since the case
    was restricted, that may be one of its open people. `on` is the day the other joined there."""
    q = queries("books")
    found = []
    for held in q.held_cases(conn, viewer=viewer):
        for person in facts.people(conn, held["id"]):
            if person.left_on is not None:
                continue
            own = keys_of(person)
            for row in q.same_person(conn, name_key=own.name, kana_key=own.kana, viewer=viewer):
                elsewhere = row["case_id"] not in (held["id"], held["from_id"])
                reason = alike(own, Alike(row["name_key"], row["kana_key"], row["birth_date"]))
                if reason is None or not elsewhere or row["told_by"] <= held["since"]:
                    continue
                found.append(
                    {
                        "case": held["number"],
                        "label": person.label,
                        "other_case": row["number"],
                        "other_label": row["label"],
                        "reason": reason,
                        "on": date.fromisoformat(row["on_date"]),
                    }
                )
    return found


def warned(found: list[dict[str, Any]]) -> tuple[Warned, ...]:
    """The same as warnings of the restricted case."""
    return tuple(
        Warned(
            "person.possible_duplicate",
            say("{label} may have been recorded as {other_label} of {other_case} on {on}: {reason}", **told),
        )
        for told in found
    )
