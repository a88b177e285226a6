"""The days of one's own cases and the sittings to come, for a calendar: of whose cases, the board says the same."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.domain import due as rules
from toshima_cli.domain.due import Due
from toshima_cli.domain.terms import Body
from toshima_cli.journal import Subject
from toshima_cli.looks.status import Desk


@dataclass(frozen=True, slots=True)
class Diary:
    """`dues`: (case, what falls on which day), overdue ones too and no typed text; `sittings` {meeting, body, held_on,
    items} from today on, `items` as far as the reader may know of their cases."""

    staff: str
    dues: tuple[tuple[str, Due], ...]
    sittings: tuple[dict[str, Any], ...]

    def subjects(self) -> list[Subject]:
        return [("case", case) for case in dict.fromkeys(case for case, _ in self.dues)]


def diary(conn: Any, today: date) -> Diary:
    """Every open day as known today, whole: a calendar pages by itself."""
    desk = Desk(conn, today, None, mask=False)
    unanswered = int(places.settings(conn)["unanswered_days"])
    numbers = [row["number"] for row in desk.asked("open_cases")]
    return Diary(
        staff=desk.staff,
        dues=tuple(
            (number, due)
            for number in numbers
            for due in rules.diary(facts.must(conn, number), today, unanswered_days=unanswered)
        ),
        sittings=tuple(
            {"meeting": row["meeting"], "body": Body(row["body"]), "held_on": row["held_on"], "items": row["total"]}
            for row in desk.asked("sittings", today=today.isoformat())
        ),
    )
