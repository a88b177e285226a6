"""What is published of a month, as values: its cells, its refusals, and what could not have been published."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from toshima_cli.domain import public as p
from toshima_cli.domain.figure_sums import cell, known, to
from toshima_cli.domain.figures import Counts
from toshima_cli.domain.report import Line, Monthly
from toshima_cli.domain.verdict import Refusal, say

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
    }
    keys = [line.key for line in p.published(REPORT, kept, 4).lines]
    assert keys == ["cases.opened", gone], "of a family the month does not have nothing can be said"


def test_how_many_places_differ() -> None:
    assert p.differing(cells(month=5), cells(month=5)) == 0
    assert p.differing(cells(month=5), cells()) == 1
    assert p.differing({"a|1": None}, {"b|1": 0}) == 2


@pytest.mark.parametrize(
    "refusal",
    [
        p.different(MONTH, date(2026, 12, 1), 3),
        p.pinned(MONTH, ["cases.opened|2026-11", "cases.opened|to 2026-11"]),
        p.running(MONTH),
        p.nothing(MONTH),
        p.never(MONTH),
    ],
)
def test_a_refusal_names_the_month(refusal: Refusal) -> None:
    assert dict(refusal.message.values)["month"] == MONTH
    assert refusal.rule.startswith("publish.")


GOOD: dict[str, Any] = {"cases.opened|2026-10": 0, "cases.opened|to 2026-10": 12}


@pytest.mark.parametrize(
    ("kind", "period", "most", "found", "on", "wrong"),
    [
        ("monthly", "2026-10", 4, GOOD, "2026-11-01", None),
        ("monthly", "2026-10", 4, GOOD | {"cases.opened|2026-10": None}, "2026-11-24", None),
        ("annual", "2026-10", 4, GOOD, "2026-11-01", "report"),
        ("monthly", "2026-10", 4, GOOD, "2026-10-31", "period"),
        ("monthly", "2026-13", 4, GOOD, "2027-10-31", "period"),
        ("monthly", "2026-10", 0, GOOD, "2026-11-01", "most"),
        ("monthly", "2026-10", 100, GOOD, "2026-11-01", "most"),
        ("monthly", "2026-10", 4, [], "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, {}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, {"cases.opened|2026-10": 0}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, {"x|2026-10": 0, "x|to 2026-10": 0}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, GOOD | {"cases.opened|2026-10": 4}, "2026-11-01", "cells"),
        ("monthly", "2026-10", 4, GOOD | {"cases.opened|2026-10": True}, "2026-11-01", "cells"),
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


def test_a_row_of_nothing_is_hidden_or_not() -> None:
    line = p.published(REPORT, cells(month=5, year=12), 4).lines[0]
    assert replace(line, month=0, year_to_date=0).nothing
    assert not replace(line, month=None, year_to_date=0).nothing
