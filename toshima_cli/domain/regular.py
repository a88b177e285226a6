"""The regular day of a body's sittings, set by the office: the third Thursday of a month, the last Friday (ours)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from toshima_cli.domain.calendar import add_months, is_closing_day
from toshima_cli.domain.terms import Body
from toshima_cli.domain.verdict import Say, say

SETTINGS = {Body.SUBCOMMITTEE: "regular_subcommittee", Body.COUNCIL: "regular_council"}
"""The setting of each body that has one; a stakeholder meeting sits when a case needs it."""

DEFAULTS = {"regular_subcommittee": "3-thu", "regular_council": "none"}
"""For books whose settings were loaded before there were these; the same as in `data/settings.csv`."""

LAST = 0
"""The last of a month, whichever that is."""

_NTHS = ("last 最終", "1 1st first 一", "2 2nd second 二", "3 3rd third 三", "4 4th fourth 四", "5 5th fifth 五")
_DAYS = ("mon monday 月", "tue tuesday 火", "wed wednesday 水", "thu thursday 木", "fri friday 金")
_NTH = {word: nth for nth, words in enumerate(_NTHS) for word in words.split()}
_DAY = {word: weekday for weekday, words in enumerate(_DAYS) for word in words.split()}
_WRITTEN = re.compile(rf"(?:毎月)?第?({'|'.join(_NTH)})-?({'|'.join(_DAY)})(?:曜日?)?")
_NONE = ("", "none", "なし")

_WEEKDAYS = (say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday"), say("Friday"))


class BadRegular(ValueError):
    """A setting that names no regular day, with the sentence that says so."""

    def __init__(self, message: Say) -> None:
        super().__init__(message.text)
        self.message = message


@dataclass(frozen=True, slots=True)
class Regular:
    """`nth` from 1 to 5, or LAST; `weekday` from 0, Monday, to 4, Friday."""

    nth: int
    weekday: int

    def in_month(self, first: date) -> date | None:
        """That day of the month that begins on `first`; None where a month has no fifth."""
        days = monthrange(first.year, first.month)[1]
        found = range(1 + (self.weekday - first.weekday()) % 7, days + 1, 7)
        if self.nth > len(found):
            return None
        return first.replace(day=found[self.nth - 1])

    @property
    def name(self) -> Say:
        """第3木曜日"""
        weekday = _WEEKDAYS[self.weekday]
        return (
            say("last {weekday}", weekday=weekday),
            say("first {weekday}", weekday=weekday),
            say("second {weekday}", weekday=weekday),
            say("third {weekday}", weekday=weekday),
            say("fourth {weekday}", weekday=weekday),
            say("fifth {weekday}", weekday=weekday),
        )[self.nth]

    def as_say(self, day: date) -> Say:
        """Its name, and that `day` is not it but the next open day after it, where that is so."""
        if day == self.in_month(day.replace(day=1)):
            return self.name
        return say("{weekday}: {regular} is a closing day", weekday=_WEEKDAYS[day.weekday()], regular=self.name)


def parse_regular(text: str) -> Regular | None:
    """`3-thu`, `last-fri`, `third Thursday`, `第3木曜日`, `最終金曜`; None for `none` or blank: nothing is set.

    Saturdays and Sundays are no days to sit on. Raises BadRegular.
    """
    plain = "".join(normalize("NFKC", text).lower().split())
    if plain in _NONE:
        return None
    found = _WRITTEN.fullmatch(plain)
    if not found:
        raise BadRegular(say("{given} is not a regular day; write it as 3-thu or last-fri, or none.", given=text))
    return Regular(_NTH[found[1]], _DAY[found[2]])


def next_regular(
    regular: Regular, since: date, holidays: frozenset[date], taken: frozenset[date] = frozenset()
) -> date:
    """The first regular day from `since` on, itself included, that is not `taken`. One that falls on a closing day is
    held on the next open day, in the month after if need be."""
    first = add_months(since.replace(day=1), -1)  # its day may have moved beyond its end
    while True:
        exact = regular.in_month(first)
        if exact is not None:
            day = _open(exact, holidays)
            if day >= since and day not in taken:
                return day
        first = add_months(first, 1)


def _open(day: date, holidays: frozenset[date]) -> date:
    while is_closing_day(day, holidays):
        day += timedelta(days=1)
    return day
