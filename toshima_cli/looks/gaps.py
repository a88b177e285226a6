"""What is lacking (不足), with the cases that show it and what became of it.

The words of a gap name nobody, but its list names cases, so it is a journaled look."""

from datetime import date
from typing import Any

from toshima_cli import facts
from toshima_cli.db import queries, viewer
from toshima_cli.domain import terms as t
from toshima_cli.domain.gaps import Gap
from toshima_cli.domain.initials import HELD_BACK
from toshima_cli.domain.paper import Names, says_anyone
from toshima_cli.domain.verdict import Say
from toshima_cli.journal import Subject
from toshima_cli.looks import elsewhere


def load(conn: Any, *, as_seen_by: str | None = None) -> tuple[Gap, ...]:
    """Every gap, the oldest first, each with the cases its reader may know of (`as_seen_by` "": known to all)."""
    q = queries("gaps")
    who = viewer(conn) if as_seen_by is None else as_seen_by
    return facts.gaps(q.gaps(conn), q.steps(conn), q.cases(conn, viewer=who), q.sittings(conn))


def named(conn: Any, gap: Gap, *, but: int | None = None) -> Names:
    """Everybody the words of a gap may not say, whoever reads them: the people of the cases that show it, by all they
    are or were known under, and who told of those; `but`: a case whose own people its readers know."""
    found: list[tuple[str | None, str | None]] = []
    for row in queries("gaps").shown_by(conn, gap_id=gap.id):
        if row["case_id"] != but:
            ids = elsewhere.reached(conn, row["case_id"])
            found += [*elsewhere.names_in(conn, row["case_id"]), *elsewhere.as_said(elsewhere.told_by(conn, ids))]
    return tuple(dict.fromkeys(found))


class Gaps(list[dict[str, Any]]):
    """The rows, and the cases that stand in them."""

    @property
    def subjects(self) -> list[Subject]:
        return [("case", number) for row in self for number in row["cases"]]


def listed(conn: Any, today: date, status: t.GapStatus | None) -> Gaps:
    """{gap, kind, text, status, raised_on, cases, answered_on, answer}, the newest first; words that say somebody whose
    name came to be known later are held back."""

    def said(gap: Gap, text: str) -> str | Say:
        return HELD_BACK if says_anyone(text, named(conn, gap)) else text

    return Gaps(
        {
            "gap": gap.number,
            "kind": gap.kind,
            "text": said(gap, gap.text),
            "status": now,
            "raised_on": gap.on,
            "cases": list(gap.cases),
            "answered_on": answer.on if answer else None,
            "answer": said(gap, answer.text) if answer and answer.text else None,
        }
        for gap in reversed(load(conn))
        if (now := gap.status_on(max(today, gap.on))) and status in (None, now)
        for answer in (gap.answer_on(max(today, gap.on)),)
    )


def answered_for(conn: Any, staff: str, since: date) -> list[dict[str, Any]]:
    """{gap, case, answered_on} for every answer since that day to a gap an open case of this coordinator shows."""
    return [
        {"gap": f"G{row['gap_id']}", "case": row["number"], "answered_on": row["on_date"]}
        for row in queries("gaps").answered_for(conn, staff=staff, since=since.isoformat())
    ]
