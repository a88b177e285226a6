"""The conferences of other laws that dealt with a case."""

from typing import Any

from toshima_cli import facts
from toshima_cli.domain.initials import without_names


def conferences(conn: Any, number: str, *, mask: bool) -> list[dict[str, Any]]:
    """{conference, held_on, not_enough, on}, the oldest first."""
    case = facts.must(conn, number)
    return [
        {
            "conference": found.conference,
            "held_on": found.held_on,
            "not_enough": without_names(found.not_enough, case.people) if mask else found.not_enough,
            "on": found.on,
        }
        for found in case.other_conferences
    ]
