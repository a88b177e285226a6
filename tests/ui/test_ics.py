"""Calendars: what a reader finds in the file, whatever the words; the same bytes for the same content."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import icalendar
import pytest

from tests.naughty import naughty
from toshima_cli import i18n
from toshima_cli.domain.due import Due
from toshima_cli.domain.terms import Body
from toshima_cli.domain.verdict import Value
from toshima_cli.looks.diary import Diary
from toshima_cli.ui import ics
from toshima_cli.ui.ics import Event, calendar
from toshima_cli.ui.text import visible

DAY = date(2026, 12, 17)
PLAIN = Event("M2026-0003", DAY, "x")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("ja")


def read(content: bytes) -> tuple[icalendar.Calendar, list[Any]]:
    found = icalendar.Calendar.from_ical(content)
    assert isinstance(found, icalendar.Calendar)
    return found, list(found.walk("VEVENT"))


def one(event: Event) -> Any:
    (found,) = read(calendar("x", [event]))[1]
    return found


class TestTheFile:
    def test_a_whole_day_that_keeps_nobody_busy(self) -> None:
        made, (event,) = read(calendar("x", [PLAIN]))
        assert (made["version"], made["prodid"], made["x-wr-calname"]) == ("2.0", ics.PRODID, "x")
        assert type(event["dtstart"].dt) is date
        assert (event["dtstart"].dt, event["uid"], event["transp"]) == (DAY, "M2026-0003@toshima", "TRANSPARENT")
        assert event["dtstamp"].dt.isoformat() == "2026-12-17T00:00:00+00:00"
        assert {"dtend", "class", "status", "description", "location", "attendee"} & {k.lower() for k in event} == set()

    def test_what_is_about_a_case_is_private(self) -> None:
        assert one(replace(PLAIN, private=True))["class"] == "PRIVATE"

    def test_what_was_cancelled_says_so(self) -> None:
        assert one(replace(PLAIN, cancelled=True))["status"] == "CANCELLED"

    def test_the_same_events_give_the_same_bytes_in_whatever_order(self) -> None:
        events = [PLAIN, Event("b", DAY, "x"), Event("a", DAY, "x"), Event("z", date(2026, 1, 1), "x"), PLAIN]
        assert len({calendar("x", order) for order in permutations(events)}) == 1
        uids = [event["uid"].partition("@")[0] for event in read(calendar("x", events))[1]]
        assert uids == ["z", "M2026-0003", "a", "b"]

    def test_lines_are_as_the_standard_wants_them(self) -> None:
        content = calendar("会議", [replace(PLAIN, summary="福祉包括化推進部会" * 20, description=("a", "b"))])
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
        assert max(map(len, content.split(b"\r\n"))) <= 75

    def test_nothing_at_all_is_a_calendar_too(self) -> None:
        assert read(calendar("x", []))[1] == []


class TestWhateverTheWords:
    WORDS = ("END:VEVENT\r\nBEGIN:VEVENT", "a\\nb", 'a,b;c:d"e', "\x1b[31m\x00", "\u202eabc", "\ud800", "=1+1", " x ")

    @pytest.mark.parametrize("text", WORDS)
    def test_they_stay_one_text_and_act_nowhere(self, text: str) -> None:
        found, events = read(calendar(text, [replace(PLAIN, summary=text, description=(text, "z"))]))
        (event,) = events
        assert event["summary"] == visible(text)
        # a name the reader does not know it leaves as it was written
        assert found["x-wr-calname"] == icalendar.vText(visible(text)).to_ical().decode()
        assert event["description"] == f"{visible(text)}\nz"

    def test_the_naughty_ones_too(self) -> None:
        strings = naughty()
        events = [Event(f"e{at:04}", DAY, text) for at, text in enumerate(strings)]
        found = read(calendar("x", events))[1]
        assert [str(event["summary"]) for event in found] == [visible(text) for text in strings]


class TestWhatStandsInIt:
    def events(self, content: bytes) -> dict[str, str]:
        return {event["uid"].removesuffix("@toshima"): str(event["summary"]) for event in read(content)[1]}

    def test_sittings_that_were_not_cancelled(self) -> None:
        row = {"meeting": "M2026-0003", "body": Body.SUBCOMMITTEE, "held_on": "2026-12-17", "items": 3}
        content = ics.meetings([{**row, "cancelled": False}, {**row, "meeting": "M2026-0004", "cancelled": True}])
        assert self.events(content) == {"M2026-0003": "subcommittee M2026-0003"}
        assert read(content)[1][0]["description"] == "Items: 3"

    def test_every_kind_of_day_has_a_uid_that_stays_when_it_moves(self) -> None:
        kinds: dict[Due, tuple[str, Value]] = {
            Due(DAY, "next_step"): ("next-step", "next step"),
            Due(DAY, "action", of="2026-0001/A3"): ("A3", "A3 is due"),
            Due(DAY, "answer", of="R2026-0002"): ("R2026-0002", "answer to R2026-0002"),
            Due(DAY, "review"): ("review", "review of the support plan"),
            Due(DAY, "consent_review"): ("consent-review-2026-12-17", "whether consent is possible by now"),
            Due(DAY, "consent_end"): ("consent-end-2026-12-17", "a consent runs out"),
            Due(DAY, "watch_look"): ("watch-look", "next contact of the watch"),
            Due(DAY, "watch_end"): ("watch-end", "end of the watch"),
        }
        made = ics.diary(Diary("k03", tuple(("2026-0001", due) for due in kinds), ()))
        assert self.events(made) == {f"2026-0001-{uid}": f"2026-0001 {what}" for uid, what in kinds.values()}
        assert {event["class"] for event in read(made)[1]} == {"PRIVATE"}
        assert set(ics.WHAT) <= {due.kind for due in kinds}

    def test_typed_words_do_not_get_in(self) -> None:
        assert b"\xe9" not in ics.diary(Diary("k03", (("2026-0001", Due(DAY, "action", "髙橋", "2026-0001/A1")),), ()))


def test_the_library_is_loaded_by_the_first_file() -> None:
    assert "icalendar" not in vars(ics)
    calendar("x", [])
    assert "icalendar" in sys.modules
