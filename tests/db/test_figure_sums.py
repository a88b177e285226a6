"""What `figure_sums` says of the report holds over random histories, legal or not."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.history import History, empty
from tests.lives import MONTHS, RICH, histories, write
from toshima_cli.domain import figure_sums as s
from toshima_cli.domain import figures as f
from toshima_cli.domain.suppression import AtMost, hidden
from toshima_cli.looks import report as looks

YEAR = MONTHS[1:]
"""From April on."""


@pytest.fixture(scope="module")
def books() -> Iterator[History]:
    conn = empty()
    yield History(conn)
    conn.close()


def published(h: History) -> tuple[list[str], list[str], dict[str, int]]:
    """Keys, months and the number of every cell of the year. A code that a month does not know yet is zero there."""
    reports = [looks.monthly(h.conn, span) for span in YEAR]
    keys = [line.key for line in reports[-1].lines]
    months = [report.month for report in reports]
    values = {s.cell(key, column): 0 for key in keys for month in months for column in (month, s.to(month))}
    for report in reports:
        for line in report.lines:
            values[s.cell(line.key, report.month)] = line.month
            values[s.cell(line.key, s.to(report.month))] = line.year_to_date
    return keys, months, values


def without_a_reason(h: History) -> bool:
    """Whether a case was concluded in a way the program does not write."""
    found = h.conn.execute(
        "SELECT COUNT(*) FROM stage_step s LEFT JOIN ending e ON e.seq = s.seq AND e.case_id = s.case_id"
        " WHERE s.stage = 'closed' AND e.reason IS NULL"
    )
    return bool(found.fetchone()[0])


def found_to_be_one(h: History) -> bool:
    tables = ("merge", "merge_end", "departure")
    return any(h.conn.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables)


def key_of(cell: str) -> str:
    return cell.rpartition("|")[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories)
@example(RICH)
def test_all_of_it_holds(books: History, history: list[Any]) -> None:
    with books.taken_back():
        write(books, history)
        keys, months, values = published(books)
        sums, bounds = s.holding(keys, months)
        no_reason, one = without_a_reason(books), found_to_be_one(books)
        for each in sums:
            if no_reason and key_of(each.plus[0]) == "ends.concluded":
                continue
            assert sum(values[c] for c in each.plus) == sum(values[c] for c in each.minus), each
        for bound in bounds:
            if one and s.figure_of(key_of(bound.less)).counts is f.DISTINCT and len(months_of(bound)) > 1:
                continue
            assert sum(values[c] for c in (bound.less, *bound.also)) <= sum(values[c] for c in bound.more), bound


def months_of(bound: AtMost) -> set[str]:
    return {cell.rpartition(" ")[2].rpartition("|")[2] for cell in (bound.less, *bound.more)}


def test_a_rich_year_is_hidden_month_by_month(books: History) -> None:
    with books.taken_back():
        write(books, RICH)
        keys, months, values = published(books)
        before: dict[str, int | None] = {}
        for n in range(1, len(months) + 1):
            sums, bounds = s.holding(keys, months[:n])
            now = {
                cell: number
                for cell, number in values.items()
                if any(cell.endswith(f"|{column}") for month in months[:n] for column in (month, s.to(month)))
            }
            found = hidden(now, sums, bounds, published=before)
            assert {cell for cell, number in now.items() if 0 < number <= 4} <= found
            before = {cell: None if cell in found else number for cell, number in now.items()}
