"""The monthly report as values: the days its queries are asked about, its rows."""

from dataclasses import replace
from datetime import date

import pytest

from toshima_cli.domain.figures import Counts, Figure
from toshima_cli.domain.report import (
    COMPLEX,
    Explained,
    Line,
    Monthly,
    Range,
    Waits,
    fiscal_months,
    months_before,
    to_know,
)
from toshima_cli.domain.terms import Field
from toshima_cli.domain.verdict import Value, say

NOVEMBER = Range(date(2026, 11, 1), date(2026, 12, 1))
OPEN = Figure("cases.open_end", say("Open cases"), Counts.STATE, "open")
LINE = Line("cases.open_end", say("Open cases"), Counts.STATE, 3, 41)


@pytest.mark.parametrize(
    ("at_start", "before_day", "last_day", "long_before", "answered_before"),
    [
        (False, "2026-12-01", "2026-11-30", "2026-09-01", "2026-11-16"),
        (True, "2026-11-01", "2026-10-31", "2026-08-02", "2026-10-17"),
    ],
)
def test_a_figure_is_asked_at_the_end_of_its_range_or_before_it(
    at_start: bool, before_day: str, last_day: str, long_before: str, answered_before: str
) -> None:
    assert NOVEMBER.asked(replace(OPEN, at_start=at_start), engaging_long=90, unanswered=14) == {
        "start": "2026-11-01",
        "before_day": before_day,
        "last_day": last_day,
        "long_before": long_before,
        "answered_before": answered_before,
        "grown_born": "2008-04-01",
    }


@pytest.mark.parametrize(
    ("start", "born"),
    [
        (date(2026, 4, 1), "2008-04-01"),
        (date(2027, 3, 1), "2008-04-01"),  # of one fiscal year, so that its months add up
        (date(2027, 4, 1), "2009-04-01"),
    ],
)
def test_who_is_grown_up_is_asked_of_the_fiscal_year(start: date, born: str) -> None:
    assert Range(start, start).asked(OPEN, engaging_long=90, unanswered=14)["grown_born"] == born


@pytest.mark.parametrize(("month", "year", "nothing"), [(0, 0, True), (0, 1, False), (1, 0, False), (3, 41, False)])
def test_a_line_of_nothing_but_zeros(month: int, year: int, nothing: bool) -> None:
    assert replace(LINE, month=month, year_to_date=year).nothing is nothing


def test_the_rows_of_every_block_in_their_order() -> None:
    other = replace(LINE, key="contacts.total", month=0, year_to_date=0)
    report = Monthly(date(2026, 11, 1), date(2026, 4, 1), ((say("Cases"), (LINE,)), (say("Contacts"), (other,))))
    assert report.month == "2026-11"
    assert report.lines == (LINE, other)
    assert report.rows() == [
        {"key": "cases.open_end", "label": LINE.label, "month": 3, "year_to_date": 41, "last_month": 0, "year_ago": 0},
        {"key": "contacts.total", "label": LINE.label, "month": 0, "year_to_date": 0, "last_month": 0, "year_ago": 0},
    ]


def test_how_a_key_is_counted() -> None:
    how = say("Every stage but closed and interrupted.")
    explained = Explained("cases.open_end", LINE.label, Counts.STATE, how, "open")
    assert explained.row() == {
        "key": "cases.open_end", "label": LINE.label, "counts": Counts.STATE, "how": how, "query": "open",
    }  # fmt: skip


class TestMonths:
    def test_up_to_a_month_that_one_included(self) -> None:
        days = [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
        assert months_before(days[2], 3) == tuple(map(Range, days, days[1:]))

    def test_of_a_fiscal_year(self) -> None:
        months = fiscal_months(2026)
        assert (len(months), months[0].start, months[-1].end) == (12, date(2026, 4, 1), date(2027, 4, 1))


class TestWaits:
    def test_a_median_from_five_on(self) -> None:
        assert Waits((1, 2, 3, 4)).median is None
        assert Waits((1, 2, 3, 4, 90)).median == 3

    def test_each_day_is_of_one_class(self) -> None:
        assert Waits((0, 7, 8, 30, 31, 90, 91, 180, 181, 5000)).classes == (2, 2, 2, 2, 2)


class TestWhatHasToBeKnown:
    def known(self, began: date | None, **counted: int) -> list[tuple[str, dict[str, Value]]]:
        """The first word of each note, and what is said in it."""
        sat = replace(LINE, key="subcommittee.sittings", month=counted.get("sat", 1))
        begun = replace(LINE, key="plans.approved_afterwards", month=counted.get("begun", 0))
        closed = replace(LINE, key="concerns.old", family=say("Concerns"), name="old" if counted.get("old") else "Old")
        # a code of the program's own lists is its own word
        own = replace(LINE, key="consultations.by_field.disability", family=say("By field"), name=Field.DISABILITY)
        blocks = ((say("x"), (sat, begun, closed, own)),)
        return [(note.text.partition(" ")[0], dict(note.values)) for note in to_know(blocks, NOVEMBER, began)]

    def test_since_when_the_books_speak(self) -> None:
        assert self.known(None) == [("Nothing", {})]
        assert self.known(date(2025, 11, 2)) == [("The", {"on": date(2025, 11, 2)})]
        assert self.known(date(2025, 11, 1)) == []

    def test_no_sitting_support_begun_before_and_codes_of_no_list(self) -> None:
        assert self.known(date(2020, 1, 1), sat=0) == [("The", {})]
        assert self.known(date(2020, 1, 1), begun=2) == [("Begun", {"count": 2})]
        assert self.known(date(2020, 1, 1), old=1) == [("Not", {"codes": ("old",)})]


def test_a_row_is_found_by_its_key() -> None:
    lines = (replace(LINE, key="cases.opened"), LINE)
    report = Monthly(date(2026, 11, 1), date(2026, 4, 1), ((say("Cases"), lines),))
    assert report.line("cases.open_end") is LINE


def test_more_than_a_single_concern_is_what_a_coordinator_took_and_nobody_ended() -> None:
    assert [stage.value for stage in COMPLEX] == ["complex", "engaging", "planning", "supporting", "watching"]
