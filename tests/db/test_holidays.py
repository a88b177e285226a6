"""`data/holidays.csv`, computed a second time after the Act on National Holidays."""

from datetime import date, timedelta

import pytest

from tests.db.shipped import rows
from toshima_cli.domain.calendar import is_closing_day

EQUINOXES = {
    2021: (20, 23),
    2022: (21, 23),
    2023: (21, 23),
    2024: (20, 22),
    2025: (20, 23),
    2026: (20, 23),
    2027: (21, 23),
    2028: (20, 22),
}
"""Days of March and September: announced a year ahead in the almanac of the observatory; 2028 is not announced yet."""


def nth_monday(year: int, month: int, n: int) -> date:
    mondays = [day for day in (date(year, month, d) for d in range(1, 29)) if day.weekday() == 0]
    return mondays[n - 1]


def by_law(year: int) -> dict[date, str]:
    """The holidays of a year after the Act on National Holidays, the days of 2021 moved by the Olympic act."""
    march, september = EQUINOXES[year]
    days = {
        date(year, 1, 1): "元日",
        nth_monday(year, 1, 2): "成人の日",
        date(year, 2, 11): "建国記念の日",
        date(year, 2, 23): "天皇誕生日",
        date(year, 3, march): "春分の日",
        date(year, 4, 29): "昭和の日",
        date(year, 5, 3): "憲法記念日",
        date(year, 5, 4): "みどりの日",
        date(year, 5, 5): "こどもの日",
        (date(2021, 7, 22) if year == 2021 else nth_monday(year, 7, 3)): "海の日",
        (date(2021, 8, 8) if year == 2021 else date(year, 8, 11)): "山の日",
        nth_monday(year, 9, 3): "敬老の日",
        date(year, 9, september): "秋分の日",
        (date(2021, 7, 23) if year == 2021 else nth_monday(year, 10, 2)): "スポーツの日",
        date(year, 11, 3): "文化の日",
        date(year, 11, 23): "勤労感謝の日",
    }
    national, one = set(days), timedelta(days=1)
    for day in sorted(national):
        if day.weekday() == 6:  # paragraph 2 of its article on rest days: the next day that is no national holiday
            following = next(d for n in range(1, 8) if (d := day + n * one) not in national)
            days[following] = "休日（振替休日）"
        if day + 2 * one in national and day + one not in national:  # paragraph 3: a day between two of them
            days.setdefault(day + one, "休日（国民の休日）")
    return days


@pytest.mark.parametrize("year", EQUINOXES)
def test_the_holidays_of_a_year_are_those_of_the_act(year: int) -> None:
    found = [row for row in rows("holidays") if row["on"].startswith(f"{year}-")]
    assert {date.fromisoformat(row["on"]): row["name"] for row in found} == by_law(year)


def test_the_holidays_stand_in_order_each_day_once_from_2021_to_2028() -> None:
    days = [row["on"] for row in rows("holidays")]
    assert days == sorted(set(days))
    assert {day[:4] for day in days} == {str(year) for year in EQUINOXES}
    assert len(days) == 141


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2021-08-09", "休日（振替休日）"),
        ("2021-08-11", None),
        ("2021-10-11", None),
        ("2024-02-12", "休日（振替休日）"),
        ("2025-05-06", "休日（振替休日）"),
        ("2026-05-06", "休日（振替休日）"),
        ("2026-09-22", "休日（国民の休日）"),
        ("2026-11-03", "文化の日"),
        ("2026-11-23", "勤労感謝の日"),
        ("2026-11-24", None),
        ("2027-03-22", "休日（振替休日）"),
    ],
)
def test_days_one_can_look_up_on_the_wall(day: str, name: str | None) -> None:
    known = {row["on"]: row["name"] for row in rows("holidays")}
    assert known.get(day) == name
    assert is_closing_day(date.fromisoformat(day), frozenset(map(date.fromisoformat, known))) == (name is not None)


def test_only_what_is_not_announced_yet_is_called_an_estimate() -> None:
    assert [row["on"] for row in rows("holidays") if "推定" in row["source"]] == ["2028-03-20", "2028-09-22"]
