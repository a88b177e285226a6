"""Today's board: one section a question, nothing where there is nothing to say."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.calendar import WEEKDAYS
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import language
from toshima_cli.ui.caseload import DUE, short
from toshima_cli.ui.page import Page

if TYPE_CHECKING:
    from toshima_cli.looks.status import Board

ROWS = 20
"""So many rows of each section on a screen; json gives all."""

SITTINGS = 2
_ENGLISH = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def draw(board: "Board", page: Page) -> None:
    page.line(
        _today(board.day),
        say("{office} {staff}", office=board.office, staff=board.staff) if board.office else board.staff,
    )
    if board.calm:
        page.line(say("Nothing is overdue, and no answer is awaited."))
    for label, lines, red in _sections(board):
        if lines:
            page.block(label, *lines, tone="red" if red else "")


def _sections(board: "Board") -> Iterator[tuple[Say, list[Value], bool]]:
    """What is asked of the board, in the order it is read: (label, lines, whether it is overdue)."""
    day = board.day
    yield say("Overdue"), [_late(row) for row in board.overdue] + _more(board, "overdue"), True
    yield say("No answer yet"), [_waits(row) for row in board.waiting] + _more(board, "waiting"), False
    yield say("Perhaps the same"), [_same(row) for row in board.duplicates], True
    yield say("This week"), [_soon(row, day) for row in board.this_week] + _more(board, "this_week"), False
    yield say("Watches ending"), [_ends(row, day) for row in board.watches] + _more(board, "watches"), False
    yield say("Gaps answered"), [_answered(row) for row in board.gaps], False
    yield say("Next sittings"), [_sitting(row) for row in board.sittings[:SITTINGS]], False


def _more(board: "Board", name: str) -> list[Value]:
    count = board.more.get(name)
    return [say("and {count} more; -f json gives all", count=count)] if count else []


def _what(row: Mapping[str, Any]) -> Value:
    what: Value = row["what"]
    return DUE.get(what, what) if isinstance(what, str) else what


def _late(row: Mapping[str, Any]) -> Value:
    return say("{case} {what} (days overdue: {days})", case=row["case"], what=_what(row), days=row["days"])


def _waits(row: Mapping[str, Any]) -> Value:
    return say("{referral} {to} (days waited: {days})", referral=row["referral"], to=row["to"], days=row["days"])


def _soon(row: Mapping[str, Any], today: date) -> Value:
    return say("{on} {case} {what}", on=short(row["on"].isoformat(), today), case=row["case"], what=_what(row))


def _ends(row: Mapping[str, Any], today: date) -> Value:
    return say("{on} {case}", on=short(row["on"].isoformat(), today), case=row["case"])


def _same(row: Mapping[str, Any]) -> Value:
    return say("{case} {label}: {other_label} of {other_case}", **{k: row[k] for k in _SAME})


_SAME = ("case", "label", "other_case", "other_label")


def _answered(row: Mapping[str, Any]) -> Value:
    return say("{case} {gap}", case=row["case"], gap=row["gap"])


def _sitting(row: Mapping[str, Any]) -> Value:
    return say(
        "{on} {body} {meeting}, items about your cases: {items}",
        on=_today(row["held_on"]),
        body=row["body"],
        meeting=row["meeting"],
        items=row["items"],
    )


def _today(day: date) -> str:
    """11月24日（火）; 2026-11-24 (Tue) in English."""
    if language() == "ja":
        return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"
    return f"{day.isoformat()} ({_ENGLISH[day.weekday()]})"
