"""What the tests of the monthly report ask it: the figures of a month, of its year, and what a figure counts."""

from datetime import date

from tests.history import History
from toshima_cli.domain import report as r
from toshima_cli.looks import report as looks
from toshima_cli.looks import report_lists as lists

NOVEMBER = r.Range(date(2026, 11, 1), date(2026, 12, 1))
DECEMBER = r.Range(date(2026, 12, 1), date(2027, 1, 1))
APRIL = r.Range(date(2026, 4, 1), date(2026, 5, 1))


def month(h: History, span: r.Range = NOVEMBER, prefix: str = "") -> dict[str, int]:
    """Every figure of the month that is not zero and whose key begins so."""
    lines = looks.monthly(h.conn, span).lines
    return {line.key: line.month for line in lines if line.month and line.key.startswith(prefix)}


def year(h: History, span: r.Range = NOVEMBER, prefix: str = "") -> dict[str, int]:
    """The same to date."""
    lines = looks.monthly(h.conn, span).lines
    return {line.key: line.year_to_date for line in lines if line.year_to_date and line.key.startswith(prefix)}


def units(h: History, key: str, span: r.Range = NOVEMBER) -> list[dict[str, object]]:
    """The list of `--row KEY --cases`."""
    figure, _ = looks.keys(h.conn, span)[key]
    return lists.units(h.conn, span, figure, actor="local")[0]
