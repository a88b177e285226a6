"""What the cells of a workbook show: days and times of serial numbers, zeros in front, characters XML cannot carry."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from toshima_cli.domain.verdict import Say, say


class Unreadable(Exception):
    """A file that is not read, with the sentence that says why."""

    def __init__(self, message: Say) -> None:
        super().__init__(message.text)
        self.message = message


class Wrong(str):
    """A cell that shows an error, or nothing that can be relied on; `message` says what is wrong with it."""

    message: Say


def wrong(text: str, message: Say) -> Wrong:
    found = Wrong(text)
    found.message = message
    return found


_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """What a workbook keeps as `_x000D_`: characters XML does not carry."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


_NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|E[+-]|General|G/標準', re.IGNORECASE)
_DATES = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_TIMES = frozenset((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56))
"""Built-in formats of days and of times, those of the Japanese edition (27-36, 50-58) among them."""


class Style:
    """How a number is shown: as a day, a time, with zeros in front, or as a number."""

    def __init__(self, number: int, code: str) -> None:
        bare = _NO_DATE.sub("", code.partition(";")[0]).lower()
        letters = set(bare)
        clock = bool(letters & set("hs")) or number in _TIMES
        self._day = number in _DATES or bool(letters & set("ydeg")) or ("m" in letters and not clock)
        self._time = clock and not self._day
        self._zeros = code.count("0") if re.fullmatch("[0-]*0[0-]*", code) else 0

    def shown(self, text: str, *, y1904: bool) -> str:
        try:
            value = Decimal(text)
        except InvalidOperation:
            return text
        if not value.is_finite() or abs(value) > 10**15:
            return text
        if self._day or self._time:
            return _moment(value, text, y1904=y1904, day=self._day)
        if value == value.to_integral_value():
            return str(int(value)).zfill(self._zeros)
        return str(float(value))


def _moment(value: Decimal, text: str, *, y1904: bool, day: bool) -> str:
    """A serial number as the day it shows. Excel counts from 1900 and believes in a 29 February of it."""
    days = int(value)
    seconds = round((value - days) * 86_400)
    clock = (datetime.min + timedelta(seconds=seconds % 86_400)).strftime("%H:%M") if seconds else ""
    if not day:
        return clock or "00:00"
    begin = date(1904, 1, 1) if y1904 else date(1899, 12, 30) if days > 60 else date(1899, 12, 31)
    if days == 60 and not y1904:
        return wrong(text, say("There is no such day: {given}.", given="1900-02-29"))
    try:
        found = (begin + timedelta(days=days)).isoformat()
    except (OverflowError, ValueError):
        return wrong(text, say("There is no such day: {given}.", given=text))
    return f"{found} {clock}".rstrip()
