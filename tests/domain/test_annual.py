"""The report of a fiscal year, as values."""

from dataclasses import replace
from datetime import date

from toshima_cli.domain import annual as a
from toshima_cli.domain.figures import Counts
from toshima_cli.domain.report import Waits
from toshima_cli.domain.verdict import say

MONTHS = (1, 2, None, None, None, None, None, None, None, None, None, None)
LINES = tuple(a.Year(key, say("x"), Counts.EVENTS, MONTHS, 3) for key in a.RATES)
REPORT = a.Annual(
    first=date(2026, 4, 1),
    end=date(2026, 6, 1),
    blocks=((say("Cases"), LINES),),
    about=(a.About("job", "poverty", "single", 2),),
    came=(a.Came("self", "csw", 3),),
    places=(a.Place("window", "csw", "CSW", 3, 2, 1, 0, 1, 0, Waits((4,))),),
    waits={"to_consent": Waits((1, 2, 3, 4, 5))},
    gaps=(a.Lack("G1", "resource", "居場所", 1, date(2026, 4, 2), "raised", None, None),),
    targets=(a.Target("plans.new", say("x"), 5, 3),),
)


def test_rates_are_known_where_the_inhabitants_are() -> None:
    assert {rate for *_, rate in REPORT.rates()} == {None}
    counted = replace(REPORT, population=300_000)
    assert {rate for *_, rate in counted.rates()} == {1.0}


def test_every_section_stands_in_the_json() -> None:
    found = REPORT.json()
    assert list(found) == [
        "fiscal_year", "rows", "about", "came", "places", "waits", "population", "rates", "gaps", "targets", "notes",
    ]  # fmt: skip
    assert found["fiscal_year"] == 2026
    assert found["waits"] == [{"until": "to_consent", "cases": 5, "median_days": 3}]
    assert REPORT.year("plans.new") == 3
    assert LINES[0].row()["months"] == list(MONTHS)


def test_a_row_of_nothing() -> None:
    assert not LINES[0].nothing
    assert a.Year("x", say("x"), Counts.EVENTS, (0, None), 0).nothing
