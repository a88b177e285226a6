"""Days as an iCalendar file (RFC 5545), to be opened in any calendar; its writer is loaded by the first one made.

Calendars are shared, synchronised and shown on telephones: what stands in one are numbers, kinds and days. No name, no
label, no place and no typed text comes here, and what is about a case is marked private.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.terms import Body
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import render
from toshima_cli.ui.caseload import DUE
from toshima_cli.ui.text import visible

if TYPE_CHECKING:
    import icalendar

    from toshima_cli.domain.due import Due
    from toshima_cli.looks.agenda import Item, Listed
    from toshima_cli.looks.diary import Diary

PRODID = "-//toshima//toshima//EN"

SITTINGS = say("Sittings")

WHAT: Mapping[str, Value] = DUE | {
    "review": say("review of the support plan"),
    "consent_end": say("a consent runs out"),
    "watch_look": say("next contact of the watch"),
}
"""What a day of a case is for, by `domain.due`."""

OF_THEIR_DAY = ("consent_review", "consent_end")
"""Kinds a case may have several of, each another person's and nothing but its day to tell them apart."""


@dataclass(frozen=True, slots=True)
class Event:
    """One whole day of a calendar. `uid`: the same thing, moved or said anew, takes the place of what was imported
    before. `private`: it is about a case; whom the calendar is shared with sees no more than that something is there.
    """

    uid: str
    on: date
    summary: Value
    description: tuple[Value, ...] = ()
    private: bool = False
    cancelled: bool = False


def calendar(name: Value, events: Iterable[Event]) -> bytes:
    """The file: events by day and uid, each once; the same events give the same bytes."""
    from icalendar import Calendar, vText

    found = Calendar()
    found.add("prodid", PRODID)
    found.add("version", "2.0")
    found.add("x-wr-calname", vText(_text(name)))  # of a name it does not know the library escapes nothing by itself
    for event in sorted(set(events), key=lambda event: (event.on, event.uid)):
        found.add_component(_component(event))
    content: bytes = found.to_ical()
    return content


def _component(event: Event) -> "icalendar.Event":
    from icalendar import Event as Component

    found = Component()
    found.add("uid", f"{event.uid}@toshima")
    # Required, and meant for the moment of writing: a clock would make other bytes of the same content each time.
    found.add("dtstamp", datetime.combine(event.on, time(), UTC))
    found.add("dtstart", event.on)  # a day without an end is that day
    found.add("summary", _text(event.summary))
    if event.description:
        found.add("description", "\n".join(map(_text, event.description)))
    # The books know days, no hours: nobody is busy all day long for a due date, nor for a sitting.
    found.add("transp", "TRANSPARENT")
    if event.private:
        found.add("class", "PRIVATE")
    if event.cancelled:
        found.add("status", "CANCELLED")
    return found


def _text(value: Value) -> str:
    return visible(render(value))


def meetings(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The sittings of `looks.meetings`, cancelled ones left out."""
    return calendar(SITTINGS, (_sitting(row) for row in rows if not row["cancelled"]))


def diary(found: "Diary") -> bytes:
    """The days of one's own cases, and the sittings to come."""
    dues = (_due(case, due) for case, due in found.dues)
    return calendar(say("Dates of {staff}", staff=found.staff), (*dues, *map(_sitting, found.sittings)))


def agenda(listed: "Listed") -> bytes:
    """One sitting with its items: number, case, kind, purpose."""
    event = Event(
        listed.meeting,
        listed.held_on,
        _called(listed.body, listed.meeting),
        tuple(map(_item, listed.items)),
        private=True,
        cancelled=listed.cancelled,
    )
    return calendar(SITTINGS, (event,))


def _sitting(row: Mapping[str, Any]) -> Event:
    """`row`: {meeting, body, held_on (ISO), items, …}."""
    count = say("Items: {count}", count=row["items"])
    held_on = date.fromisoformat(row["held_on"])
    return Event(row["meeting"], held_on, _called(row["body"], row["meeting"]), (count,))


def _called(body: Body, meeting: str) -> Say:
    return say("{body} {meeting}", body=body, meeting=meeting)


def _item(item: "Item") -> Say:
    return say(
        "{item}. {case} {kind}, {purpose}",
        item=item.item or "-",
        case=item.case or item.gap or "-",
        kind=item.kind,
        purpose=item.purpose,
    )


def _due(case: str, due: "Due") -> Event:
    of = due.of.rpartition("/")[2] if due.of else ""
    uid = f"{case}-{of or due.kind.replace('_', '-')}"
    if due.kind in OF_THEIR_DAY:
        uid = f"{uid}-{due.on.isoformat()}"
    return Event(uid, due.on, say("{case} {what}", case=case, what=_what(due.kind, of)), private=True)


def _what(kind: str, of: str) -> Value:
    """`of`: the number of an action in its case, or of a referral."""
    if kind == "action":
        return say("{action} is due", action=of)
    if kind == "answer":
        return say("answer to {referral}", referral=of)
    return WHAT[kind]
