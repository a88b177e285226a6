"""Over random histories: every column of the monthly report, every row of the annual one and every chart says what the
months themselves say, and the list behind a figure is as long as the figure."""

from collections import Counter
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.history import History
from tests.lives import MONTHS, histories, lived
from toshima_cli.domain import report as r
from toshima_cli.domain.calendar import add_months
from toshima_cli.looks import annual, report, report_lists
from toshima_cli.ui import annual as annual_ui
from toshima_cli.ui import report as ui
from toshima_cli.ui import report_page, report_sheets, sections

quick = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@quick
@given(histories)
def test_the_months_beside_it_are_those_months(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        reports = [{line.key: line for line in report.monthly(h.conn, span).lines} for span in MONTHS]
        for before, after in pairwise(reports):
            for key in after.keys() & before.keys():
                assert after[key].last_month == before[key].month, key
        following = r.Range(add_months(MONTHS[0].start, 12), add_months(MONTHS[0].end, 12))
        later = {line.key: line for line in report.monthly(h.conn, following).lines}
        for key, line in reports[0].items():
            assert (later[key].year_ago if key in later else 0) == line.month, key


@quick
@given(histories)
def test_the_year_is_its_months(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        today = MONTHS[-1].start
        found = annual.annual(h.conn, 2026, today)
        reports = [{line.key: line for line in report.monthly(h.conn, span).lines} for span in MONTHS[1:]]
        for line in found.lines:
            each = [months[line.key].month if line.key in months else 0 for months in reports]
            assert line.months == (*each, *(None,) * (12 - len(each))), line.key
            last = reports[-1].get(line.key)
            assert line.year == (last.year_to_date if last else 0), line.key
        noted = Counter(a.concern for a in found.about for _ in range(a.cases))
        for line in found.lines:
            if line.key.startswith("concerns."):
                assert noted[line.key.removeprefix("concerns.")] <= line.year, "a case once, an entry each time"
        assert sum(c.cases for c in found.came) == found.year("consultations.new")
        asked = sum(place.asked + place.addresses for place in found.places)
        assert asked <= found.year("referrals.sent"), "those revoked are asked no more"
        for place in found.places:
            assert place.accepted + place.declined + place.waiting == place.asked


@quick
@given(histories, st.sampled_from(MONTHS))
def test_the_charts_are_of_the_figures(books: History, history: list[Any], span: r.Range) -> None:
    with lived(books, history) as h:
        found = {line.key: line for line in report.monthly(h.conn, span).lines}
        course = report.course(h.conn, span)
        month, received, standing = course.trend[-1]
        assert month == span.start.isoformat()[:7]
        assert received == found["consultations.new"].month
        assert [count for _, count, _ in course.trend[::12]] == [found["consultations.new"].year_ago, received]
        stages = dict(course.stages)
        assert sum(stages.values()) == found["cases.open_end"].month
        assert standing == sum(stages[stage] for stage in r.COMPLEX)
        assert sum(course.to_consent.classes) == len(course.to_consent.days)
        assert all(days >= 0 for days in course.to_consent.days)


@quick
@given(histories, st.sampled_from(MONTHS), st.sampled_from(["k03", "k99"]))
def test_the_list_of_a_workbook_is_every_list(books: History, history: list[Any], span: r.Range, actor: str) -> None:
    with lived(books, history) as h:
        assert hasattr(h.conn, "viewer")
        h.conn.viewer = actor
        found = {line.key: line.month for line in report.monthly(h.conn, span).lines}
        units, subjects = report_lists.every_unit(h.conn, span, actor=actor, named=True, mask=False, english=True)
        counted = Counter(unit.key for unit in units)
        assert counted == {key: count for key, count in found.items() if count}
        shown = {("case", unit.case) for unit in units if unit.case}
        assert {subject for subject in subjects if subject[0] == "case"} == shown
        assert all(unit.name is None for unit in units if unit.case is None)


@quick
@given(histories)
def test_every_form_is_made_and_the_same_twice(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        span = MONTHS[-1]
        made = []
        for _ in range(2):
            monthly, course = report.monthly(h.conn, span), report.course(h.conn, span)
            units, _subjects = report_lists.every_unit(
                h.conn, span, actor="k03", named=False, mask=False, english=False
            )
            paper = annual_ui.paper(annual.annual(h.conn, 2026, span.start), names(h), everything=True)
            made.append(
                (
                    ui.markdown(monthly, course, everything=False),
                    report_page.html(monthly, course, everything=True),
                    report_sheets.spreadsheet(monthly, course, units, everything=True),
                    sections.html(paper),
                    sections.markdown(paper),
                    sections.spreadsheet(paper),
                )
            )
        assert made[0] == made[1]


def names(h: History) -> dict[str, dict[str, str]]:
    from toshima_cli.db import queries

    found: dict[str, dict[str, str]] = {}
    for row in queries("names").names(h.conn):
        found.setdefault(row["list"], {})[row["code"]] = row["name"]
    return found
