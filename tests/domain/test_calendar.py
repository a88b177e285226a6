"""Business dates: what may be typed, eras and their real boundaries, fiscal years, ages, closing days, intervals."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toshima_cli.domain import calendar as c

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1873, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2026/11/24", date(2026, 11, 24)),
        ("2026.1.4", date(2026, 1, 4)),
        ("2026年1月4日", date(2026, 1, 4)),
        ("２０２６－１１－２４", date(2026, 11, 24)),
        (" 2026-11-24 ", date(2026, 11, 24)),
        ("R8.11.24", date(2026, 11, 24)),
        ("r8-11-24", date(2026, 11, 24)),
        ("Ｒ８．１１．２４", date(2026, 11, 24)),
        ("令和8年11月24日", date(2026, 11, 24)),
        ("令和　８年 １１月 ２４日", date(2026, 11, 24)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H1.1.8", date(1989, 1, 8)),
        ("S64.1.7", date(1989, 1, 7)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("S43.5.1", date(1968, 5, 1)),
        ("T15.12.24", date(1926, 12, 24)),
        ("大正元年7月30日", date(1912, 7, 30)),
        ("M45.7.29", date(1912, 7, 29)),
        ("明治元年10月23日", date(1868, 10, 23)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026−11−24", date(2026, 11, 24)),
        ("２０２６ー１１ー２４", date(2026, 11, 24)),
        ("令和8年11月24日（火）", date(2026, 11, 24)),
        ("today", TODAY),
        ("TODAY", TODAY),
        ("今日", TODAY),
        ("本日", TODAY),
        ("yesterday", date(2026, 11, 23)),
        ("昨日", date(2026, 11, 23)),
    ],
)
def test_a_date_may_be_typed_as(text: str, day: date) -> None:
    assert c.parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("11/24", TODAY, TODAY),
        ("１１／２４", TODAY, TODAY),
        ("11月2日", TODAY, date(2026, 11, 2)),
        ("1/15", TODAY, date(2027, 1, 15)),
        ("12-28", date(2027, 1, 4), date(2026, 12, 28)),
        ("6/1", TODAY, date(2026, 6, 1)),
        ("2/29", date(2025, 1, 10), date(2024, 2, 29)),
        # 182 days on either side: the earlier one
        ("3/2", date(2026, 8, 31), date(2026, 3, 2)),
    ],
)
def test_without_a_year_the_day_nearest_to_today_is_meant(text: str, today: date, day: date) -> None:
    assert c.parse_date(text, today) == day


def test_of_two_days_equally_near_the_earlier_is_meant() -> None:
    today = date(2023, 8, 31)
    earlier, later = date(2023, 3, 1), date(2024, 3, 1)
    assert today - earlier == later - today
    assert c.parse_date("3/1", today) == earlier


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026",
        "2026-11",
        "26-11-24",
        "2026-11-24T09:00",
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "0000-01-01",
        "2/30",
        "13/1",
        "0/1",
        "R8.2.29",
        "R8.13.1",
        "K8.1.1",
        # days outside the era named
        "R1.4.30",
        "令和0年5月1日",
        "R0.12.31",
        "H31.5.1",
        "H1.1.7",
        "S64.1.8",
        "S1.12.24",
        "T15.12.25",
        "T1.7.29",
        "M45.7.30",
        "M1.10.22",
        "S99.1.1",
    ],
)
def test_what_is_no_date_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(c.BadDate) as refused:
        c.parse_date(text, TODAY)
    assert dict(refused.value.message.values)["given"] == text
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize("text", ["2/29", "2/30"])
def test_a_day_that_none_of_the_years_around_has_is_refused(text: str) -> None:
    with pytest.raises(c.BadDate):
        c.parse_date(text, date(2026, 11, 24))


def test_the_refusal_of_a_wrong_era_names_the_era() -> None:
    with pytest.raises(c.BadDate) as refused:
        c.parse_date("平成31年5月1日", TODAY)
    assert dict(refused.value.message.values)["era"] == "平成"


@given(DAYS)
def test_what_papers_print_can_be_typed_again(day: date) -> None:
    printed = c.wareki(day).partition("（")[0]
    assert c.parse_date(printed, TODAY) == day


@given(DAYS, st.dates(date(1990, 1, 1), date(2080, 12, 31)))
def test_a_date_without_a_year_is_never_further_than_half_a_leap_year_away(day: date, today: date) -> None:
    if (day.month, day.day) != (2, 29):
        found = c.parse_date(f"{day.month}/{day.day}", today)
        assert (found.month, found.day) == (day.month, day.day)
        assert abs(found - today) <= timedelta(days=183)


@pytest.mark.parametrize(
    ("text", "today", "month"),
    [
        ("2026-11", TODAY, (2026, 11)),
        ("2026/1", TODAY, (2026, 1)),
        ("２０２６年４月", TODAY, (2026, 4)),
        ("R8.11", TODAY, (2026, 11)),
        ("令和8年11月", TODAY, (2026, 11)),
        ("令和元年5月", TODAY, (2019, 5)),
        ("last", TODAY, (2026, 10)),
        ("Last", date(2027, 1, 31), (2026, 12)),
        ("先月", date(2024, 3, 31), (2024, 2)),
        ("this", TODAY, (2026, 11)),
        ("今月", date(2027, 1, 31), (2027, 1)),
        ("H31.4", TODAY, (2019, 4)),
        ("2000-04", TODAY, (2000, 4)),
    ],
)
def test_a_month_may_be_typed_as(text: str, today: date, month: tuple[int, int]) -> None:
    assert c.parse_month(text, today) == month


@pytest.mark.parametrize(
    "text",
    [
        "", "11", "next", "2026-11-24", "2026-00", "2026-13", "0000-01", "9999-01", "R8.13", "R1.4", "H31.5", "S64.2",
        "S1.11", "1999-12",
    ],
)  # fmt: skip
def test_what_is_no_month_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(c.BadDate) as refused:
        c.parse_month(text, TODAY)
    assert dict(refused.value.message.values)["given"] == text


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 3, 31), 2026),
    ],
)
def test_the_fiscal_year_begins_on_the_first_of_april(day: date, year: int) -> None:
    assert c.fiscal_year(day) == year
    assert c.fiscal_start(day) == date(year, 4, 1)


def test_the_range_of_a_month_ends_with_the_first_of_the_next() -> None:
    assert c.month_range(2026, 11) == (date(2026, 11, 1), date(2026, 12, 1))
    assert c.month_range(2026, 12) == (date(2026, 12, 1), date(2027, 1, 1))
    assert c.month_range(2024, 2) == (date(2024, 2, 1), date(2024, 3, 1))


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 11, 24), 1, date(2026, 12, 24)),
        (date(2026, 12, 24), 1, date(2027, 1, 24)),
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_last_of_the_month(day: date, months: int, found: date) -> None:
    assert c.add_months(day, months) == found


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 11, 19), "令和8年11月19日（木）"),
        (date(2019, 5, 1), "令和元年5月1日（水）"),
        (date(2019, 4, 30), "平成31年4月30日（火）"),
        (date(1989, 1, 8), "平成元年1月8日（日）"),
        (date(1989, 1, 7), "昭和64年1月7日（土）"),
        (date(1926, 12, 25), "昭和元年12月25日（土）"),
        (date(1926, 12, 24), "大正15年12月24日（金）"),
        (date(1912, 7, 30), "大正元年7月30日（火）"),
        (date(1912, 7, 29), "明治45年7月29日（月）"),
        (date(1868, 10, 23), "明治元年10月23日（金）"),
        (date(1868, 10, 22), "1868年10月22日（木）"),
    ],
)
def test_papers_print_the_era_and_the_weekday(day: date, printed: str) -> None:
    assert c.wareki(day) == printed


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1968, 5, 1), date(2026, 4, 30), 57),
        (date(1968, 5, 1), date(2026, 5, 1), 58),
        (date(1968, 5, 1), date(2026, 11, 24), 58),
        (date(1968, 12, 31), date(2026, 11, 24), 57),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 11, 24), date(2026, 11, 24), 0),
    ],
)
def test_age_counts_birthdays(birth: date, day: date, age: int) -> None:
    assert c.age_on(birth, day) == age


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 11, 20), False),
        (date(2026, 11, 21), True),
        (date(2026, 11, 22), True),
        (date(2026, 11, 23), True),  # 勤労感謝の日, a Monday
        (date(2026, 11, 24), False),
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
        (date(2026, 12, 31), True),
        (date(2025, 1, 3), True),
        (date(2027, 1, 4), False),
        (date(2026, 10, 30), False),
        (date(2026, 2, 2), False),
    ],
)
def test_weekends_holidays_and_the_turn_of_the_year_are_closing_days(day: date, closed: bool) -> None:
    assert c.is_closing_day(day, frozenset({date(2026, 11, 23)})) is closed


@pytest.mark.parametrize(
    ("text", "every", "said"),
    [
        ("1m", c.Every(1, "m"), "every month"),
        ("3M", c.Every(3, "m"), "every {count} months"),
        ("1w", c.Every(1, "w"), "every week"),
        ("2w", c.Every(2, "w"), "every {count} weeks"),
        (" １０ｄ ", c.Every(10, "d"), "every {count} days"),
        ("1d", c.Every(1, "d"), "every day"),
    ],
)
def test_an_interval(text: str, every: c.Every, said: str) -> None:
    assert c.parse_every(text) == every
    assert every.as_say().text == said


@pytest.mark.parametrize(
    ("every", "then"),
    [
        (c.Every(1, "m"), date(2027, 2, 28)),
        (c.Every(3, "m"), date(2027, 4, 30)),
        (c.Every(2, "w"), date(2027, 2, 14)),
        (c.Every(10, "d"), date(2027, 2, 10)),
    ],
)
def test_one_interval_later(every: c.Every, then: date) -> None:
    assert every.after(date(2027, 1, 31)) == then


@pytest.mark.parametrize("text", ["", "1", "m", "0d", "-1d", "1y", "1.5m", "monthly", "1000d", "1m2w"])
def test_what_is_no_interval_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(c.BadEvery) as refused:
        c.parse_every(text)
    assert dict(refused.value.message.values)["given"] == text
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("", None),
        ("unknown", None),
        ("Unknown", None),
        ("不明", None),
        ("？", None),
        ("58", 58),
        ("５８歳", 58),
        ("58 才", 58),
        ("1 year", 1),
        ("58years", 58),
        ("0", 0),
        ("130", c.OLDEST),
        ("S43.5.1", date(1968, 5, 1)),
        ("1968-05-01", date(1968, 5, 1)),
        ("昭和43年5月1日", date(1968, 5, 1)),
    ],
)
def test_a_birth_is_a_date_an_age_or_unknown(text: str, birth: date | int | None) -> None:
    assert c.parse_birth(text, TODAY) == birth


@pytest.mark.parametrize("text", ["131", "-1", "1968", "58.5", "about 58", "1968-02-30"])
def test_anything_else_is_no_birth(text: str) -> None:
    with pytest.raises(c.BadDate):
        c.parse_birth(text, TODAY)


@given(st.integers(1, 99), st.sampled_from("mwd"))
def test_an_interval_is_read_as_it_is_written(count: int, unit: str) -> None:
    every = c.Every(count, unit)
    assert c.parse_every(every.slug) == every


def test_an_age_that_was_told_is_noted_with_its_day() -> None:
    noted = c.told_age(58, date(2026, 11, 24))
    assert dict(noted.values) == {"age": 58, "on": date(2026, 11, 24)}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026", 2026),
        ("R8", 2026),
        ("令和8年度", 2026),
        ("２０２６年度", 2026),
        ("last", 2025),
        ("this", 2026),
        ("今年度", 2026),
    ],
)
def test_a_fiscal_year_as_people_write_it(text: str, year: int) -> None:
    assert c.parse_fiscal_year(text, date(2026, 11, 24)) == year
    assert c.parse_fiscal_year("last", date(2026, 3, 31)) == 2024


@pytest.mark.parametrize("text", ["", "soon", "1999", "9999", "26", "2026-11"])
def test_no_fiscal_year(text: str) -> None:
    with pytest.raises(c.BadDate):
        c.parse_fiscal_year(text, TODAY)
