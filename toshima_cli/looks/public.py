"""What would be published of a month, and what was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import places
from toshima_cli.db import queries
from toshima_cli.domain import office
from toshima_cli.domain import public as p
from toshima_cli.domain import report as r
from toshima_cli.domain.calendar import fiscal_year
from toshima_cli.domain.figure_sums import related
from toshima_cli.domain.suppression import hidden
from toshima_cli.looks import report


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


def most(conn: Any) -> int:
    """The largest number that is small."""
    return int((office.DEFAULTS | dict(places.settings(conn)))[office.HIDDEN_MOST])


def would_be(conn: Any, month: r.Range, before: Mapping[str, Kept], *, english: bool = False) -> p.Published:
    """The month as it would be published beside `before`, the other publications. Raises `suppression.Pinned`."""
    others = {period: one for period, one in before.items() if period != month.start.isoformat()[:7]}
    spans = _spans(month, others)
    reports = {span.start.isoformat()[:7]: report.monthly(conn, span, english=english) for span in spans}
    this = reports[month.start.isoformat()[:7]]
    values = {
        name: number
        for name_of, found in reports.items()
        for line in found.lines
        for name, number in (
            (p.cell(line.key, name_of), line.month),
            (p.cell(line.key, name_of, to_date=True), line.year_to_date),
        )
    }
    went_out = {name: number for one in others.values() for name, number in one.cells.items()}
    values |= {name: 0 for name in went_out if name not in values}
    limit = most(conn)
    sums, bounds = related({line.key for found in reports.values() for line in found.lines}, tuple(reports))
    gone = hidden(values, sums, bounds, most=limit, published=went_out)
    names = p.published(this, dict(values), limit).cells()
    return p.published(this, {name: None if name in gone else values[name] for name in names}, limit)


def _spans(month: r.Range, others: Mapping[str, Kept]) -> tuple[r.Range, ...]:
    """The months of the fiscal year up to this one, or to the last that was published of it."""
    year = fiscal_year(month.start)
    months = r.fiscal_months(year)
    published = [span for span in months if span.start.isoformat()[:7] in others]
    last = max([month.start, *(span.start for span in published)])
    return tuple(span for span in months if span.start <= last)


def printed(conn: Any, month: r.Range, before: Mapping[str, Kept], *, english: bool = False) -> p.Published | None:
    """What was published of the month, as it went out; None where nothing was."""
    one = before.get(month.start.isoformat()[:7])
    if one is None:
        return None
    return p.published(report.monthly(conn, month, english=english), one.cells, one.most)
