"""What is published of a month, as values: its cells, its refusals, and what could not have been published."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from toshima_cli.domain import public as p
from toshima_cli.domain.figure_sums import cell, known, to
from toshima_cli.domain.figures import Counts
from toshima_cli.domain.report import Line, Monthly
from toshima_cli.domain.verdict import Basis, Refusal, say

FAMILY = say("By window")
OPENED = Line("cases.opened", say("Newly opened"), Counts.EVENTS, 3, 12)
CSW = Line("consultations.by_window.csw", say("CSW"), Counts.EVENTS, 0, 0, family=FAMILY, name="CSW")
REPORT = Monthly(date(2026, 11, 1), date(2026, 4, 1), ((say("Cases"), (OPENED,)), (say("Windows"), (CSW,))))
MONTH = "2026-11"


def cells(**given: int | None) -> p.Cells:
    found: p.Cells = {}
    for key in ("cases.opened", "consultations.by_window.csw"):
        found |= {cell(key, MONTH): 0, cell(key, to(MONTH)): 0}
    return found | {cell("cases.opened", MONTH): given.get("month"), cell("cases.opened", to(MONTH)): given.get("year")}


def test_what_is_hidden_is_null_and_says_so() -> None:
    found = p.published(REPORT, cells(year=12), 4)
    opened, csw = found.rows()
    assert opened == {
        "key": "cases.opened", "label": OPENED.label, "month": None, "year_to_date": 12, "suppressed": True,
    }  # fmt: skip
    assert "suppressed" not in csw
    assert (found.month, found.lines[1].nothing, found.lines[0].nothing) == (MONTH, True, False)
    assert found.cells() == cells(year=12)


def test_a_key_without_a_cell_was_on_no_list_and_a_cell_without_a_key_keeps_its_code() -> None:
    kept = {name: number for name, number in cells(month=5, year=12).items() if "csw" not in name}
    gone = "consultations.by_window.closed"
    kept |= {
        cell(gone, MONTH): 7,
        cell(gone, to(MONTH)): 9,
        cell("changes.old", MONTH): 0,
        cell("changes.old", to(MONTH)): 0,
        cell("cases.old", MONTH): 0,
        cell("cases.old", to(MONTH)): 0,
    }
    opened, closed = p.published(REPORT, kept, 4).lines
    assert opened.key == "cases.opened", (
        "of a family the month does not have, and of a figure it has not, nothing can be said"
    )
    assert closed == p.PublicLine(
        gone, say("{what}: {name}", what=FAMILY, name="closed"), Counts.EVENTS, 7, 9, FAMILY, "closed"
    )


def test_how_many_places_differ() -> None:
    assert p.differing(cells(month=5), cells(month=5)) == 0
    assert p.differing(cells(month=5), cells()) == 1
    assert p.differing({"a|1": None}, {"b|1": 0}) == 2
    assert p.differing({"a|1": 1}, {}) == p.differing({}, {"a|1": 1}) == 1


REPORTED = "toshima report monthly --month 2026-11"


@pytest.mark.parametrize(
    ("refused", "rule", "facts", "commands"),
    [
        (
            lambda: p.different(MONTH, date(2026, 12, 1), 3),
            "publish.different",
            [{"on": date(2026, 12, 1), "count": 3}, {}],
            [f"{REPORTED} --public --kept", REPORTED],
        ),
        (
            lambda: p.pinned(MONTH, ["cases.opened|2026-11", "cases.opened|to 2026-11", "cases.ended|2026-11"]),
            "publish.pinned",
            [{"keys": ("cases.opened", "cases.ended")}],
            [REPORTED],
        ),
        (lambda: p.running(MONTH), "publish.running", [{}], [f"{REPORTED} --public"]),
        (lambda: p.nothing(MONTH), "publish.nothing", [], []),
        (lambda: p.never(MONTH), "publish.none", [], [f"{REPORTED} --public -o 2026-11.html"]),
    ],
)
def test_a_refusal_names_the_month_and_what_can_be_done(
    refused: Callable[[], Refusal], rule: str, facts: list[dict[str, object]], commands: list[str]
) -> None:
    refusal = refused()
    assert (refusal.rule, refusal.basis, refusal.missing) == (rule, Basis.OURS, ())
    assert dict(refusal.message.values) == {"month": MONTH}
    assert [dict(fact.values) for fact in refusal.facts] == facts
    assert [(step.act, step.command) for step in refusal.next] == [("report", command) for command in commands]


GOOD: dict[str, Any] = {"cases.opened|2026-10": 0, "cases.opened|to 2026-10": 12}


@pytest.mark.parametrize(
    ("kind", "period", "most", "found", "on", "wrong"),
    [
        ("monthly", "2026-10", 4, GOOD, "2026-11-01", None),
        ("monthly", "2026-10", 4, GOOD | {"cases.opened|2026-10": None}, "2026-11-24", None),
        ("annual", "2026-10", 4, GOOD, "2026-11-01", "report"),
        ("monthly", "2026-10", 4, GOOD, "2026-10-31", "period"),
        ("monthly", "2026-13", 4, GOOD, "2027-10-31", "period"),
        ("monthly", "2026-10", 1, GOOD, "2026-11-01", None),
        ("monthly", "2026-10", 99, GOOD | {"cases.opened|to 2026-10": None}, "2026-11-01", None),
        ("monthly", "2026-10", 0, GOOD, "2026-11-01", "most"),
        ("monthly", "2026-10", 100, GOOD, "2026-11-01", "most"),
        ("monthly", "2026-10", 4, ["cases.opened|2026-10"], "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, {}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, {"cases.opened|2026-10": 0}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, {"x|2026-10": 0, "x|to 2026-10": 0}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, GOOD | {"x|2026-10": 0, "x|to 2026-10": 0}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, GOOD | {"cases.opened|2026-10": 5}, "2026-11-01", None),
        ("monthly", "2026-10", 4, GOOD | {"cases.opened|2026-10": 4}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, GOOD | {"cases.opened|2026-10": False}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, GOOD | {"cases.opened|2026-10": 12.5}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, GOOD | {"cases.opened|2026-10": -1}, "2026-11-01", "cells"),
    ],
)
def test_what_could_not_have_been_published(
    kind: str, period: str, most: int, found: object, on: str, wrong: str | None
) -> None:
    assert p.fault(kind, period, most, found, date.fromisoformat(on)) == wrong


def test_the_keys_of_the_report() -> None:
    assert [known(key) for key in ("cases.opened", "consultations.by_window.any", "cases", "x.y")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("month", "year", "nothing", "suppressed"),
    [
        (0, 0, True, False),
        (0, 5, False, False),
        (5, 0, False, False),
        (5, 5, False, False),
        (None, 5, False, True),
        (0, None, False, True),
    ],
)
def test_a_row_of_nothing_and_one_that_is_hidden(
    month: int | None, year: int | None, nothing: bool, suppressed: bool
) -> None:
    line = replace(p.published(REPORT, cells(month=5, year=12), 4).lines[0], month=month, year_to_date=year)
    assert (line.nothing, line.suppressed) == (nothing, suppressed)
