"""Regular days of sittings: how they are written, which day of a month they are, and where a closing day moves them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toshima_cli.domain import regular as r
from toshima_cli.domain.calendar import is_closing_day
from toshima_cli.i18n import render, set_language

HOLIDAYS = frozenset({date(2026, 11, 3), date(2026, 11, 23), date(2027, 3, 21), date(2027, 3, 22)})
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
REGULARS = st.builds(r.Regular, st.integers(r.LAST, 5), st.integers(0, 4))
THIRD_THURSDAY = r.Regular(3, 3)


@pytest.mark.parametrize(
    ("text", "nth", "weekday"),
    [
        ("3-thu", 3, 3),
        ("3thu", 3, 3),
        (" ３－ＴＨＵ ", 3, 3),
        ("third Thursday", 3, 3),
        ("3rd thursday", 3, 3),
        ("第3木曜日", 3, 3),
        ("第三木曜", 3, 3),
        ("毎月 第３ 木曜日", 3, 3),
        ("last-fri", r.LAST, 4),
        ("最終金曜日", r.LAST, 4),
        ("1-mon", 1, 0),
        ("5-wed", 5, 2),
        ("second tuesday", 2, 1),
    ],
)
def test_it_may_be_written_as(text: str, nth: int, weekday: int) -> None:
    assert r.parse_regular(text) == r.Regular(nth, weekday)


@pytest.mark.parametrize("text", ["", "  ", "none", "None", "なし"])
def test_nothing_may_be_set(text: str) -> None:
    assert r.parse_regular(text) is None


@pytest.mark.parametrize(
    "text", ["thu", "3", "0-thu", "6-thu", "3-sat", "第3日曜日", "3-thu,1-mon", "2026-12-17", "{x}"]
)
def test_anything_else_is_said_to_be_none(text: str) -> None:
    with pytest.raises(r.BadRegular) as wrong:
        r.parse_regular(text)
    assert dict(wrong.value.message.values) == {"given": text}


@pytest.mark.parametrize(
    ("text", "first", "day"),
    [
        ("3-thu", date(2026, 12, 1), date(2026, 12, 17)),
        ("3-thu", date(2026, 10, 1), date(2026, 10, 15)),  # the month begins on a Thursday
        ("1-tue", date(2026, 12, 1), date(2026, 12, 1)),
        ("last-thu", date(2026, 12, 1), date(2026, 12, 31)),
        ("last-fri", date(2026, 11, 1), date(2026, 11, 27)),
        ("5-thu", date(2026, 12, 1), date(2026, 12, 31)),
        ("5-thu", date(2026, 11, 1), None),
        ("5-mon", date(2027, 2, 1), None),
        ("4-mon", date(2027, 2, 1), date(2027, 2, 22)),
    ],
)
def test_in_a_month(text: str, first: date, day: date | None) -> None:
    regular = r.parse_regular(text)
    assert regular is not None
    assert regular.in_month(first) == day


@pytest.mark.parametrize(
    ("regular", "since", "day"),
    [
        (THIRD_THURSDAY, date(2026, 11, 24), date(2026, 12, 17)),
        (THIRD_THURSDAY, date(2026, 12, 17), date(2026, 12, 17)),  # today is one
        (THIRD_THURSDAY, date(2026, 12, 18), date(2027, 1, 21)),
        (r.Regular(1, 1), date(2026, 11, 1), date(2026, 11, 4)),  # the third is a holiday
        (r.Regular(1, 1), date(2026, 11, 4), date(2026, 11, 4)),
        (r.Regular(1, 1), date(2026, 11, 5), date(2026, 12, 1)),
        (r.Regular(4, 0), date(2027, 3, 20), date(2027, 3, 23)),
        (r.Regular(r.LAST, 3), date(2026, 12, 1), date(2027, 1, 4)),  # beyond the end of its month
        (r.Regular(r.LAST, 3), date(2027, 1, 2), date(2027, 1, 4)),
        (r.Regular(r.LAST, 3), date(2027, 1, 5), date(2027, 1, 28)),
        (r.Regular(5, 3), date(2026, 11, 1), date(2027, 1, 4)),
    ],
)
def test_the_next_one(regular: r.Regular, since: date, day: date) -> None:
    assert r.next_regular(regular, since, HOLIDAYS) == day


def test_days_already_taken_are_passed_over() -> None:
    taken = frozenset({date(2026, 12, 17), date(2027, 1, 21)})
    assert r.next_regular(THIRD_THURSDAY, date(2026, 11, 24), HOLIDAYS, taken) == date(2027, 2, 18)


@given(REGULARS, DAYS)
def test_it_is_open_not_before_and_what_comes_next_follows_it(regular: r.Regular, since: date) -> None:
    day = r.next_regular(regular, since, HOLIDAYS)
    assert day >= since
    assert not is_closing_day(day, HOLIDAYS)
    assert r.next_regular(regular, day, HOLIDAYS) == day
    after = r.next_regular(regular, day + timedelta(days=1), HOLIDAYS)
    assert day < after < day + timedelta(days=7 * 20)


def test_its_name() -> None:
    set_language("en")
    try:
        assert render(THIRD_THURSDAY.as_say(date(2026, 12, 17))) == "third Thursday"
        assert render(r.Regular(r.LAST, 4).as_say(date(2026, 11, 27))) == "last Friday"
        assert render(r.Regular(1, 1).as_say(date(2026, 11, 4))) == "Wednesday: first Tuesday is a closing day"
    finally:
        set_language("ja")
