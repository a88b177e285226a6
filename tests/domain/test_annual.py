"""The report of a fiscal year, as values."""

from dataclasses import replace
from datetime import date

import pytest

from toshima_cli.domain import annual as a
from toshima_cli.domain.figures import Counts
from toshima_cli.domain.report import Waits
from toshima_cli.domain.verdict import say

KEYS = (
    "consultations.new",
    "complex.accepted",
    "plans.new",
    "outreach.people",
    "participation.national.people",
    "participation.local.people",
    "ends.concluded",
)
MONTHS = (1, 2, None, None, None, None, None, None, None, None, None, None)
LINES = tuple(a.Year(key, say(key), Counts.EVENTS, MONTHS, 3 + place) for place, key in enumerate(KEYS))
REPORT = a.Annual(
    first=date(2026, 4, 1),
    end=date(2026, 6, 1),
    blocks=((say("Cases"), LINES),),
    about=(a.About("job", "poverty", "single", 2),),
    came=(a.Came("self", "csw", 3),),
    places=(a.Place("window", "csw", "CSW", 9, 8, 4, 3, 1, 2, Waits((4, 4, 4, 5, 5))),),
    waits={"to_consent": Waits((1, 2, 3, 4, 5, 6))},
    gaps=(a.Lack("G1", "resource", "居場所", 1, date(2026, 4, 2), "answered", date(2026, 5, 3), "できた"),),
    targets=(a.Target("plans.new", say("plans.new"), 9, 5),),
    notes=(say("note"),),
)


def test_rates_are_known_where_the_inhabitants_are() -> None:
    assert [(key, figure, rate) for key, _, figure, rate in REPORT.rates()] == [
        (key, 3 + place, None) for place, key in enumerate(KEYS)
    ]
    counted = replace(REPORT, population=299_000)
    assert [(label.text, rate) for _, label, _, rate in counted.rates()] == list(
        zip(KEYS, (1.0, 1.3, 1.7, 2.0, 2.3, 2.7, 3.0), strict=True)
    )

    assert replace(REPORT, population=1).rates()[0][3] == 300_000


def test_every_section_stands_in_the_json() -> None:
    assert REPORT.json() == {
        "fiscal_year": 2026,
        "rows": [
            {"key": key, "label": say(key), "months": list(MONTHS), "year": 3 + place} for place, key in enumerate(KEYS)
        ],
        "about": [{"concern": "job", "field": "poverty", "household_type": "single", "cases": 2}],
        "came": [{"channel": "self", "window": "csw", "cases": 3}],
        "places": [
            {
                "kind": "window", "code": "csw", "name": "CSW", "received": 9, "asked": 8, "accepted": 4, "declined": 3,
                "waiting": 1, "addresses": 2, "median_days_to_answer": 4,
            }
        ],
        "waits": [{"until": "to_consent", "cases": 6, "median_days": 3.5}],
        "population": None,
        "rates": [
            {"key": key, "label": say(key), "year": 3 + place, "per_100000": None} for place, key in enumerate(KEYS)
        ],
        "gaps": [
            {
                "gap": "G1", "kind": "resource", "text": "居場所", "cases": 1, "raised_on": date(2026, 4, 2),
                "status": "answered", "answered_on": date(2026, 5, 3), "answer": "できた",
            }
        ],
        "targets": [{"key": "plans.new", "label": say("plans.new"), "target": 9, "actual": 5}],
        "notes": (say("note"),),
    }  # fmt: skip
    assert REPORT.year("plans.new") == 5


@pytest.mark.parametrize(("months", "year", "nothing"), [((0, None), 0, True), ((1, 0), 0, False), ((0, 0), 1, False)])
def test_a_row_of_nothing(months: tuple[int | None, ...], year: int, nothing: bool) -> None:
    assert a.Year("x", say("x"), Counts.EVENTS, months, year).nothing is nothing
