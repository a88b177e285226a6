"""Sittings: calling one, noting who is to come, who was there and who acknowledged the duty of secrecy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from shlex import quote
from typing import Any

from toshima_cli.db import Store, Work, queries
from toshima_cli.domain.calendar import fiscal_year
from toshima_cli.domain.terms import Body, HeldAs
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, Warned, say
from toshima_cli.exits import NotFound
from toshima_cli.flow import agenda
from toshima_cli.flow.done import case_of
from toshima_cli.looks.agenda import CHAIR, RECORDER, Listed
from toshima_cli.meeting_tables import MeetingCaseRow, MeetingRow, PartyRow, SecrecyRow


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone from outside the staff list."""

    name: str
    office: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Called:
    body: Body
    held_on: date
    on: date
    cases: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()
    guests: tuple[Guest, ...] = ()
    held_as: HeldAs = HeldAs.IN_PERSON
    place: str | None = None
    chair: str | None = None
    recorder: str | None = None


def convene(store: Store, called: Called) -> Done | Refusal:
    """1 the sitting · 2 who is expected · 3 the cases named · 4 the agenda it makes by itself."""

    def do(w: Work) -> Done | Refusal:
        seq = w.begin("convene", called.on)
        number, _, _ = w.number_of_year("meeting", called.held_on, "M")
        meeting_id = w.put(
            MeetingRow(
                seq=seq,
                on_date=called.on,
                number=number,
                body=called.body,
                held_on=called.held_on,
                held_as=called.held_as,
                place=called.place,
                chair=called.chair,
                recorder=called.recorder,
            )
        )
        w.about(("meeting", number))
        _parties(
            w,
            seq,
            called.on,
            meeting_id,
            _with(called.attendees, called.chair, called.recorder),
            called.guests,
            present=False,
        )
        for case_number in dict.fromkeys(called.cases):
            case = case_of(w, case_number)
            w.add(MeetingCaseRow(seq=seq, on_date=called.on, meeting_id=meeting_id, case_id=case.id))
        listed = agenda.write(w, number)
        warnings = (*agenda.excepted(w, listed), *of_the_day(w, called.body, number, called.held_on))
        expected = _typed(_with(called.attendees, called.chair, called.recorder), called.guests)
        return Done(
            sentence=say(
                "{number}: {body} called, to be held on {on}; items: {items}.",
                number=number,
                body=called.body,
                on=called.held_on,
                items=len(listed.items),
            ),
            number=number,
            data=listed.json(),
            next=(
                Next("agenda", say("see the agenda"), f"toshima agenda {number}"),
                Next(
                    "attend",
                    say("on the day: who is there, and their acknowledgement of secrecy"),
                    f"toshima attend {number} {expected} --secrecy",
                    called.held_on,
                ),
            ),
            warnings=warnings,
        )

    return store.work("convene", do)


def attend(
    store: Store,
    number: str,
    on: date,
    staff: tuple[str, ...],
    guests: tuple[Guest, ...],
    *,
    secrecy: bool,
    expected: bool = False,
    chair: str | None = None,
    recorder: str | None = None,
) -> Done | Refusal:
    """Note who was there, or answered papers that were circulated; who led it and who wrote it down were there too.

    `secrecy`: they acknowledged the duty of secrecy, for the fiscal year of the sitting. `expected`: they are to come,
    and may have acknowledged it beforehand, so that they can be handed their papers.
    """
    there = _with(staff, chair, recorder)

    def do(w: Work) -> Done | Refusal:
        found = meeting_of(w, number)
        seq = w.begin("attend", on)
        if found["cancelled"]:
            return Refusal(
                rule="meeting.cancelled",
                basis=Basis.OURS,
                message=say("{number} was cancelled; nobody can attend it.", number=number),
                next=(Next("meetings", say("see the sittings"), "toshima meetings"),),
            )
        if not expected and min(on, w.today) < date.fromisoformat(found["held_on"]):
            return Refusal(
                rule="meeting.not_yet",
                basis=Basis.OURS,
                message=say("Attendance of {number} cannot be recorded before its day.", number=number),
                facts=(say("It is held on {on}.", on=date.fromisoformat(found["held_on"])),),
                missing=(say("The day of the sitting."),),
                next=(
                    Next(
                        "attend",
                        say("Note who is to come, and who acknowledged secrecy beforehand."),
                        f"toshima attend {number} {_typed(there, guests)} --expected{' --secrecy' if secrecy else ''}",
                    ),
                    Next("agenda", say("look at the agenda until then"), f"toshima agenda {number}"),
                ),
            )
        posts = {} if expected else {CHAIR: chair, RECORDER: recorder}
        _parties(w, seq, on, found["id"], there, guests, present=not expected, posts=posts)
        if secrecy:
            until = date(fiscal_year(on) + 1, 3, 31)
            w.add(*(SecrecyRow(seq=seq, on_date=on, staff_code=code, until=until) for code in there))
            w.add(*(SecrecyRow(seq=seq, on_date=on, guest_name=g.name, office=g.office, until=until) for g in guests))
        if expected:
            return _expected(agenda.write(w, number), len(there) + len(guests), secrecy)
        listed = agenda.hold(w, number)
        without = listed.without_secrecy
        warnings = agenda.excepted(w, listed)
        if without:
            warnings = (
                *warnings,
                Warned(
                    "secrecy.missing",
                    say(
                        "No acknowledgement of secrecy is on file for: {names}. Their attendance is recorded;"
                        " papers of support-conference items are not handed to them.",
                        names=without,
                    ),
                ),
            )
        return Done(
            sentence=say("{number}: answers of {count} recorded.", number=number, count=len(there) + len(guests))
            if listed.held_as is HeldAs.CIRCULATED
            else say("{number}: attendance of {count} recorded.", number=number, count=len(there) + len(guests)),
            number=number,
            data={
                "meeting": number,
                "present": [*there, *(g.name for g in guests)],
                "secrecy": secrecy,
                "without_secrecy": list(without),
            },
            next=(Next("decide", say("take down what is decided, item by item"), f"toshima decide {number}"),),
            warnings=warnings,
        )

    return store.work("attend", do)


def _expected(listed: Listed, count: int, secrecy: bool) -> Done:
    sentence = say("{number}: {count} expected.", number=listed.meeting, count=count)
    if secrecy:
        sentence = say(
            "{number}: {count} expected, with their acknowledgement of secrecy.", number=listed.meeting, count=count
        )
    return Done(
        sentence=sentence,
        number=listed.meeting,
        data={"meeting": listed.meeting, "expected": count, "secrecy": secrecy},
        next=(
            Next(
                "agenda",
                say("see beforehand who will see what"),
                f"toshima agenda {listed.meeting} --preview",
                listed.held_on,
            ),
        ),
    )


def day_of(store: Store, number: str) -> date:
    """The day of the sitting: what acts on it are dated by default. Looks at no person."""
    row = store.reference(lambda conn: queries("meetings").meeting(conn, number=number)).value
    return date.fromisoformat(row["held_on"])


def meeting_of(w: Work, number: str) -> dict[str, Any]:
    """The sitting's row. Raises NotFound (exit 4)."""
    row = queries("meetings").meeting(w.conn, number=number)
    if row is None:
        raise NotFound(say("There is no sitting {number}.", number=number))
    w.about(("meeting", number))
    return dict(row)


def of_the_day(w: Work, body: Body, number: str, on: date) -> Iterator[Warned]:
    """Of the day: that the office is closed, that the same body sits then already."""
    if agenda.is_closing_day(w, on):
        yield Warned("meeting.closing_day", say("{on} is a closing day.", on=on))
    if body == Body.STAKEHOLDER:
        return
    for row in queries("meetings").same_day(w.conn, body=body, held_on=on.isoformat(), number=number):
        yield Warned(
            "meeting.same_day",
            say("{other} is called for {on} too: {body}.", other=row["number"], on=on, body=Body(body)),
        )


def expect(w: Work, meeting_id: int, on: date, staff: tuple[str, ...]) -> None:
    """They are to come too."""
    _parties(w, w.seq, on, meeting_id, staff, (), present=False)


def _typed(staff: tuple[str, ...], guests: tuple[Guest, ...]) -> str:
    """Who it is about, as `attend` takes them."""
    named = (f"--guest {quote('|'.join(filter(None, (g.name, g.office, g.post))))}" for g in guests)
    return " ".join((*map(quote, staff), *named)) or "STAFF"


def _with(staff: tuple[str, ...], *leading: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*staff, *(code for code in leading if code))))


def _parties(
    w: Work,
    seq: int,
    on: date,
    meeting_id: int,
    staff: tuple[str, ...],
    guests: tuple[Guest, ...],
    *,
    present: bool,
    posts: Mapping[str, str | None] | None = None,
) -> None:
    """`posts`: chair and recorder of the day, each a fact of its own beside the attendance."""
    rows = [
        PartyRow(seq=seq, on_date=on, meeting_id=meeting_id, staff_code=code, present=present)
        for code in dict.fromkeys(staff)
    ]
    rows += [
        PartyRow(seq=seq, on_date=on, meeting_id=meeting_id, staff_code=code, post=post, present=present)
        for post, code in (posts or {}).items()
        if code
    ]
    rows += [
        PartyRow(
            seq=seq,
            on_date=on,
            meeting_id=meeting_id,
            guest_name=guest.name,
            office=guest.office,
            post=guest.post,
            present=present,
        )
        for guest in dict.fromkeys(guests)
    ]
    w.add(*rows)
