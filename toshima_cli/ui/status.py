"""Today's board: one section a question, nothing where there is nothing to say."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.calendar import WEEKDAYS
from toshima_cli.domain.undo import called
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import language
from toshima_cli.ui.caseload import DUE, short
from toshima_cli.ui.page import Page
from toshima_cli.ui.paste import pasted

if TYPE_CHECKING:
    from toshima_cli.looks.status import Board

ROWS = 8
"""So many rows of each section on a screen, which an ordinary desk does not fill; json gives all."""

SITTINGS = 2
ITEMS = 6
"""So many of my items of the next sitting."""

JAPAN = timezone(timedelta(hours=9))
_ENGLISH = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def draw(board: "Board", page: Page, windows: Mapping[str, str]) -> None:
    """The whole screen; `windows` are their names in the language of the screen."""
    page.line(
        _today(board.day),
        say("{office} {staff}", office=board.office, staff=board.staff) if board.office else board.staff,
    )
    if board.calm:
        page.line(say("Nothing is overdue, and no answer is awaited."))
    for label, lines, red in _sections(board, windows):
        if lines:
            page.block(label, *lines, tone="red" if red else "")


def _sections(board: "Board", windows: Mapping[str, str]) -> Iterator[tuple[Say, list[Value], bool]]:
    """What is asked of the board, in the order it is read: (label, lines, whether it is overdue)."""
    day = board.day
    yield say("Overdue"), [_late(row) for row in board.overdue] + _more(board, "overdue"), True
    yield say("To be answered"), [_owed(row, windows) for row in board.owed] + _more(board, "owed"), False
    yield say("No answer yet"), [_waits(row) for row in board.waiting] + _more(board, "waiting"), False
    yield say("Perhaps the same"), [_same(row) for row in board.duplicates], True
    yield say("This week"), [_soon(row, day) for row in board.this_week] + _more(board, "this_week"), False
    sittings = board.sittings[:SITTINGS]
    next_one = _taken_up(sittings[0]["mine"]) if sittings else []
    yield (
        say("Next sittings"),
        [line for s in sittings[:1] for line in (_sitting(s), *next_one)] + [_sitting(s) for s in sittings[1:]],
        False,
    )
    yield say("After sittings"), [line for row in board.after_sittings for line in _after(row, day)], False
    yield say("Watches ending"), [_ends(row, day) for row in board.watches] + _more(board, "watches"), False
    yield say("Gaps answered"), [_answered(row) for row in board.gaps], False
    drafts: list[Value] = [_draft(row, day) for row in board.drafts]
    yield say("Drafts"), [*drafts, pasted("toshima intake --drafts")] if drafts else [], False


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


def _after(row: Mapping[str, Any], today: date) -> Iterator[Value]:
    """What comes next: who was there, then what was decided, then the copies."""
    on, meeting = short(row["held_on"].isoformat(), today), row["meeting"]
    if row["attendance"]:
        yield say("{on} {meeting}: note who was there", on=on, meeting=meeting)
        return
    if row["undecided"]:
        yield say("{on} {meeting}: items without a decision: {items}", on=on, meeting=meeting, items=row["undecided"])
    if row["copies"]:
        yield say("{on} {meeting}: copies not back: {copies}", on=on, meeting=meeting, copies=row["copies"])


def _same(row: Mapping[str, Any]) -> Value:
    return say("{case} {label}: {other_label} of {other_case}", **{k: row[k] for k in _SAME})


_SAME = ("case", "label", "other_case", "other_label")


def _answered(row: Mapping[str, Any]) -> Value:
    return say("{case} {gap}", case=row["case"], gap=row["gap"])


def _owed(row: Mapping[str, Any], windows: Mapping[str, str]) -> Value:
    return say(
        "{referral} {case} {person}, from {window} (days waited: {days})",
        referral=row["referral"],
        case=row["case"],
        person=row["person"] or say("household"),
        window=windows.get(row["window"], row["window"]),
        days=row["days"],
    )


def _sitting(row: Mapping[str, Any]) -> Value:
    return say(
        "{on} {body} {meeting}, items: {total}, about your cases: {items}",
        on=_today(row["held_on"]),
        body=row["body"],
        meeting=row["meeting"],
        total=row["total"],
        items=row["items"],
    )


def _taken_up(items: Sequence[Mapping[str, Any]]) -> list[Value]:
    """What the next sitting takes up of my cases, a line a case."""
    found: dict[str, list[Value]] = {}
    for item in items[:ITEMS]:
        found.setdefault(item["case"], []).append(item["purpose"])
    lines: list[Value] = [
        say("{case} {purposes}", case=case, purposes=tuple(dict.fromkeys(purposes))) for case, purposes in found.items()
    ]
    more = len(items) - ITEMS
    return [*lines, say("and {count} more; -f json gives all", count=more)] if more > 0 else lines


def _draft(row: Mapping[str, Any], today: date) -> Value:
    """What was begun and not finished."""
    begun = row["started_at"]
    at = datetime.fromisoformat(begun) if isinstance(begun, str) else begun
    at = at.astimezone(JAPAN) if at.tzinfo else at
    when = f"{at:%H:%M}" if at.date() == today else f"{short(at.date().isoformat(), today)} {at:%H:%M}"
    if not row["people"]:
        return say("{at} {what}", at=when, what=called(row["command"]))
    return say("{at} {what} (people so far: {people})", at=when, what=called(row["command"]), people=row["people"])


def _today(day: date) -> str:
    """11月24日（火）; 2026-11-24 (Tue) in English."""
    if language() == "ja":
        return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"
    return f"{day.isoformat()} ({_ENGLISH[day.weekday()]})"
