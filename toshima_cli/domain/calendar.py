"""Business dates: Japanese calendar dates, eras, fiscal years (April to March), closing days. Never a clock or a zone.

Era boundaries are those of the imperial edicts and cabinet orders: Meiji from 1868-10-23 as counted on forms, Taisho
1912-07-30, Showa 1926-12-25, Heisei 1989-01-08, Reiwa 2019-05-01.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

from toshima_cli.domain.verdict import Say, say


@dataclass(frozen=True, slots=True)
class Era:
    """One era: its name, its letter on forms, its first and last day (None: it goes on)."""

    name: str
    letter: str
    first: date
    last: date | None


ERAS = (
    Era("令和", "R", date(2019, 5, 1), None),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 24)),
    Era("明治", "M", date(1868, 10, 23), date(1912, 7, 29)),
)
WEEKDAYS = "月火水木金土日"


EARLIEST = date(2000, 4, 1)
"""No act of an office that uses this program lies before this day; birth dates do."""


class BadDate(ValueError):
    """Something that is no date, with the sentence that says so."""

    def __init__(self, message: Say) -> None:
        super().__init__(message.text)
        self.message = message


class BadEvery(ValueError):
    """Something that is no interval."""

    def __init__(self, message: Say) -> None:
        super().__init__(message.text)
        self.message = message


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YMD = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MD = re.compile(r"(\d{1,2})[-/月](\d{1,2})日?")
_ERA_YMD = re.compile(r"(令和|平成|昭和|大正|明治|[RHSTM])(元|\d{1,2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YM = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_ERA_YM = re.compile(r"(令和|平成|昭和|大正|明治|[RHSTM])(元|\d{1,2})[-/.年](\d{1,2})月?")
_EVERY = re.compile(r"(\d{1,3})([dwm])")
_UNITS = {"か月": "m", "ヶ月": "m", "ケ月": "m", "カ月": "m", "月": "m", "週間": "w", "週": "w", "日": "d"}
_UNIT = re.compile("|".join(_UNITS))
_EACH = re.compile("^(?:毎([月週日])|([月週日])に?1回)$")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
_WEEKDAY = re.compile(r"\([月火水木金土日]\)$")
_WORDS = {"today": 0, "今日": 0, "本日": 0, "yesterday": -1, "昨日": -1}


def parse_date(text: str, today: date) -> date:
    """2026-11-24, 2026/11/24, R8.11.24, 令和8年11月24日, 11/24, today, yesterday; full-width digits too.

    Without a year, the day nearest to today is meant, the earlier one of two equally near (ours).
    Raises BadDate; an era date outside its era is refused.
    """
    if _ISO.fullmatch(text):  # so they stand in files, by the hundred thousand
        return _date(text, int(text[:4]), int(text[5:7]), int(text[8:]))
    plain = _plain(text)
    word = plain.lower()
    if word in _WORDS:
        return today + timedelta(days=_WORDS[word])
    if found := _YMD.fullmatch(plain):
        return _date(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _ERA_YMD.fullmatch(plain.upper()):
        era = _era(found[1])
        day = _date(text, _year(era, found[2]), int(found[3]), int(found[4]))
        if day < era.first or (era.last is not None and day > era.last):
            raise BadDate(say("{given} lies outside the era {era}.", given=text, era=era.name))
        return day
    if found := _MD.fullmatch(plain):
        return _nearest(text, int(found[1]), int(found[2]), today)
    raise BadDate(say("{given} is not a date; write it as 2026-11-24 or R8.11.24.", given=text))


_AGE = re.compile(r"(\d{1,3})(?:歳|才|years?)?")
_UNKNOWN = ("", "unknown", "不明", "?")
OLDEST = 130


def parse_birth(text: str, today: date) -> date | int | None:
    """A birth date in any form `parse_date` knows, an age (`58`, `58歳`) as int, or None for `unknown`, `不明`, `?`.

    Raises BadDate.
    """
    plain = _plain(text).lower()
    if plain in _UNKNOWN:
        return None
    if (found := _AGE.fullmatch(plain)) and int(found[1]) <= OLDEST:
        return int(found[1])
    return parse_date(text, today)


def told_age(age: int, on: date) -> Say:
    """What is noted of somebody whose birth date is not known: a date made of it would look like one that was said."""
    return say("{age} years old as told on {on}; the birth date is not known", age=age, on=on)


def _plain(text: str) -> str:
    """Half width, without blanks, every dash a hyphen, and without the weekday papers print behind a date."""
    dashed = normalize("NFKC", text).translate(_DASHES).replace(" ", "").strip()
    return _WEEKDAY.sub("", dashed)


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDate(say("There is no such day: {given}.", given=text)) from None


def _era(name: str) -> Era:
    return next(era for era in ERAS if name in (era.name, era.letter))


def _year(era: Era, number: str) -> int:
    return era.first.year - 1 + (1 if number == "元" else int(number))


def _nearest(text: str, month: int, day: int, today: date) -> date:
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:  # 29 February in a common year, or no such day at all
            continue
    if not found:
        raise BadDate(say("There is no such day: {given}.", given=text))
    return min(found, key=lambda d: (abs((d - today).days), d))


def parse_month(text: str, today: date) -> tuple[int, int]:
    """`2026-11`, `R8.11`, `令和8年11月`, `this`, or `last` (the month before today's): (year, month).

    Raises BadDate; a month of which no day lies in the era named is refused.
    """
    era = None
    plain = normalize("NFKC", text).strip().replace(" ", "")
    if plain.lower() in ("last", "先月", "前月"):
        before = today.replace(day=1) - timedelta(days=1)
        return before.year, before.month
    if plain.lower() in ("this", "今月", "当月"):
        return today.year, today.month
    if found := _YM.fullmatch(plain):
        year, month = int(found[1]), int(found[2])
    elif found := _ERA_YM.fullmatch(plain.upper()):
        era = _era(found[1])
        year, month = _year(era, found[2]), int(found[3])
    else:
        raise BadDate(say("{given} is not a month.", given=text))
    if year < EARLIEST.year or not (1 <= month <= 12 and 1 <= year <= 9998):
        raise BadDate(say("There is no such month: {given}.", given=text))
    first, following = month_range(year, month)
    if era is not None and (following <= era.first or (era.last is not None and first > era.last)):
        raise BadDate(say("{given} lies outside the era {era}.", given=text, era=era.name))
    return year, month


_FISCAL = re.compile(r"(\d{4})(?:年度?)?")
_ERA_FISCAL = re.compile(r"(令和|平成|昭和|大正|明治|[RHSTM])(元|\d{1,2})(?:年度?)?")


def parse_fiscal_year(text: str, today: date) -> int:
    """`2026`, `R8`, `令和8年度`, `this`, or `last` (the one before today's): the year it begins in.

    Raises BadDate.
    """
    plain = normalize("NFKC", text).strip().replace(" ", "")
    word = plain.lower()
    if word in ("last", "昨年度", "前年度", "this", "今年度"):
        return fiscal_year(today) - (word not in ("this", "今年度"))
    if found := _FISCAL.fullmatch(plain):
        year = int(found[1])
    elif found := _ERA_FISCAL.fullmatch(plain.upper()):
        year = _year(_era(found[1]), found[2])
    else:
        raise BadDate(say("{given} is not a fiscal year.", given=text))
    if not EARLIEST.year <= year <= 9998:
        raise BadDate(say("There is no such fiscal year: {given}.", given=text))
    return year


def fiscal_year(day: date) -> int:
    """The fiscal year a day belongs to: it begins on 1 April."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_start(day: date) -> date:
    return date(fiscal_year(day), 4, 1)


def month_range(year: int, month: int) -> tuple[date, date]:
    """The first day of the month, and the first of the next: a half-open range."""
    return date(year, month, 1), add_months(date(year, month, 1), 1)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def wareki(day: date) -> str:
    """令和8年11月19日（木）, as papers print it; the western year before the Meiji era."""
    weekday = WEEKDAYS[day.weekday()]
    for era in ERAS:
        if day >= era.first:
            year = day.year - era.first.year + 1
            return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日（{weekday}）"
    return f"{day.year}年{day.month}月{day.day}日（{weekday}）"


def age_on(birth: date, day: date) -> int:
    """Full years, as forms count them: on the birthday itself one is a year older (29 February: on 1 March).

    By law (年齢計算ニ関スル法律) an age is attained at the end of the day before; papers and forms do not count so.
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def is_closing_day(day: date, holidays: frozenset[date]) -> bool:
    """Saturday, Sunday, a public holiday, or 29 December to 3 January."""
    new_year = (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)
    return day.weekday() >= 5 or new_year or day in holidays


@dataclass(frozen=True, slots=True)
class Every:
    """An interval: so many months (m), weeks (w) or days (d)."""

    count: int
    unit: str

    @property
    def slug(self) -> str:
        return f"{self.count}{self.unit}"

    def after(self, day: date) -> date:
        """The day one interval later."""
        if self.unit == "m":
            return add_months(day, self.count)
        return day + timedelta(days=self.count * (7 if self.unit == "w" else 1))

    def as_say(self) -> Say:
        if self.unit == "m":
            return say("every {count} months", count=self.count) if self.count > 1 else say("every month")
        if self.unit == "w":
            return say("every {count} weeks", count=self.count) if self.count > 1 else say("every week")
        return say("every {count} days", count=self.count) if self.count > 1 else say("every day")


def parse_every(text: str) -> Every:
    """`1m`, `2w`, `10d`; `1か月`, `2週間`, `10日`, `毎月`, `月1回`. Raises BadEvery."""
    plain = "".join(normalize("NFKC", text).lower().split()).removesuffix("ごと")
    plain = _EACH.sub(lambda word: f"1{word[1] or word[2]}", plain).removesuffix("に1回")
    found = _EVERY.fullmatch(_UNIT.sub(lambda word: _UNITS[word[0]], plain))
    if not found or int(found[1]) < 1:
        raise BadEvery(say("{given} is not an interval; write it as 1m, 2w or 10d.", given=text))
    return Every(int(found[1]), found[2])
