"""What would be published of a month, and what was."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import places
from toshima_cli.db import queries
from toshima_cli.domain import office
from toshima_cli.domain import public as p
from toshima_cli.domain import report as r
from toshima_cli.domain.calendar import add_months, fiscal_year
from toshima_cli.domain.figure_sums import cell, holding, next_to, to
from toshima_cli.domain.suppression import hidden
from toshima_cli.looks import report

Conn = Any


@dataclass(frozen=True, slots=True)
class Kept:
    """A publication as it went out."""

    on: date
    period: str
    cells: p.Cells
    most: int


def kept(conn: Any) -> dict[str, Kept]:
    """Month → what was published of it."""
    rows = queries("report_times").publications(conn, report=p.MONTHLY)
    return {
        row["period"]: Kept(date.fromisoformat(row["on_date"]), row["period"], json.loads(row["cells"]), row["most"])
        for row in rows
    }


def speaks_of(conn: Any, month: r.Range) -> bool:
    """Whether anything is recorded up to the end of the month."""
    return queries("report_times").first_day(conn, before_day=month.end.isoformat())["on_date"] is not None


def most(conn: Any) -> int:
    """The largest number that is small."""
    return int((office.DEFAULTS | dict(places.settings(conn)))[office.HIDDEN_MOST])


def would_be(conn: Any, month: r.Range, before: Mapping[str, Kept], *, english: bool = False) -> p.Published:
    """The month as it would be published beside `before`, the other publications. Raises `suppression.Pinned`."""
    others = {period: one for period, one in before.items() if period != _name(month)}
    reports = {_name(span): report.monthly(conn, span, english=english, beside=False) for span in _spans(month, others)}
    this, months = reports[_name(month)], list(reports)
    keys = list(dict.fromkeys(line.key for found in reports.values() for line in found.lines))
    values = dict.fromkeys((cell(key, column) for key in keys for name in months for column in (name, to(name))), 0)
    for name, found in reports.items():
        for line in found.lines:
            values |= {cell(line.key, name): line.month, cell(line.key, to(name)): line.year_to_date}
    sums, bounds = holding(keys, months)
    for last, first in _beside(months, others):
        known = values[cell(OPEN_END, last)] if last in reports else values[cell(OPEN_START, first)]
        values |= {cell(OPEN_END, last): known, cell(OPEN_START, first): known}
        sums += (next_to(last, first),)
    went_out = {name: number for one in others.values() for name, number in one.cells.items() if name in values}
    limit = most(conn)
    gone = hidden(values, sums, bounds, most=limit, published=went_out)
    shown = p.published(this, dict(values), limit).cells()
    return p.published(this, {name: None if name in gone else values[name] for name in shown}, limit)


OPEN_START, OPEN_END = "cases.open_start", "cases.open_end"


def _name(span: r.Range) -> str:
    """2026-11"""
    return span.start.isoformat()[:7]


def _spans(month: r.Range, others: Mapping[str, Kept]) -> tuple[r.Range, ...]:
    """The months of the fiscal year up to this one, or to the last that was published of it."""
    months = r.fiscal_months(fiscal_year(month.start))
    last = max([month.start, *(span.start for span in months if _name(span) in others)])
    return tuple(span for span in months if span.start <= last)


def _beside(months: list[str], others: Mapping[str, Kept]) -> Iterator[tuple[str, str]]:
    """Where a fiscal year begins or ends beside one of which something was published: the last month and the first."""
    for last, first in ((_shifted(months[0], -1), months[0]), (months[-1], _shifted(months[-1], 1))):
        if (last if first in months else first) in others:
            yield last, first


def _shifted(month: str, by: int) -> str:
    return add_months(date.fromisoformat(f"{month}-01"), by).isoformat()[:7]


def printed(conn: Any, month: r.Range, before: Mapping[str, Kept], *, english: bool = False) -> p.Published | None:
    """What was published of the month, as it went out; None where nothing was."""
    one = before.get(_name(month))
    if one is None:
        return None
    return p.published(report.monthly(conn, month, english=english, beside=False), one.cells, one.most)


def holds(conn: Any, month: r.Range, one: Kept) -> bool:
    """Whether every figure that was shown is still the one that is counted today. What was hidden stays hidden."""
    found = report.monthly(conn, month, beside=False)
    now = {
        name: number
        for line in found.lines
        for name, number in (
            (cell(line.key, found.month), line.month),
            (cell(line.key, to(found.month)), line.year_to_date),
        )
    }
    return all(number is None or number == now.get(name, 0) for name, number in one.cells.items())
