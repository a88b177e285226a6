"""The monthly report over random histories, legal or not: what has to hold whatever is in the books.

The other side of every comparison is the domain's own reading of a case (`facts.load`), which shares no line of SQL
with the report's lists.
"""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from tests.history import Conn, History
from tests.lives import MONTHS, RICH, histories, lived, write
from toshima_cli import facts
from toshima_cli.domain import figures as f
from toshima_cli.domain.case import Case
from toshima_cli.domain.consent import holds
from toshima_cli.domain.terms import PlanStatus, Scope, Stage
from toshima_cli.looks import report as looks
from toshima_cli.looks import report_lists as lists


def everything(h: History) -> list[dict[str, int]]:
    """The figures of every month."""
    return [{line.key: line.month for line in looks.monthly(h.conn, span).lines} for span in MONTHS]


def all_cases(h: History) -> list[Case]:
    """As the number of each has it: the report counts what stands under a number, merged or not."""
    numbers = [row[0] for row in h.conn.execute("SELECT number FROM case_file ORDER BY number")]
    assert isinstance(h.conn, Conn)
    h.conn.viewer = "k03"  # who is of every restricted case
    return [case for number in numbers if (case := facts._alone(h.conn, number)) is not None]


quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@quick
@given(histories)
def test_the_balance_holds_in_every_month_and_year(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        for span in MONTHS:
            lines = {line.key: (line.month, line.year_to_date) for line in looks.monthly(h.conn, span).lines}
            for n in (0, 1):
                start, opened, reopened, ended, end = (
                    lines[f"cases.{word}"][n] for word in ("open_start", "opened", "reopened", "ended", "open_end")
                )
                assert start + opened + reopened - ended == end
            assert lines["ends.concluded"][0] + lines["ends.interrupted"][0] == lines["cases.ended"][0]


@quick
@given(histories)
def test_every_figure_is_the_length_of_its_list(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        for span in MONTHS[1::2]:
            known = looks.keys(h.conn, span)
            lines = looks.monthly(h.conn, span).lines
            assert list(known) == [line.key for line in lines]
            for line in lines:
                figure = known[line.key][0]
                if figure.query == lists.REPORTS:
                    continue  # whom they are open to asks the case, below
                for actor in ("k03", "k99"):
                    rows, subjects = lists.units(h.conn, span, figure, actor=actor)
                    assert len(rows) == line.month, line.key
                    named = [row["unit"] for row in rows if row["unit"] is not None]
                    if line.counts is not f.EVENTS:
                        assert len(set(named)) == len(named), line.key
                    assert actor == "k99" or len(named) == line.month or departed(h), line.key
                    if actor == "k99":
                        assert not restricted(h) & {ref for kind, ref in subjects if kind == "case"}, line.key


def restricted(h: History) -> set[str]:
    """The numbers of the cases that are for their own people only."""
    return {
        row[0]
        for row in h.conn.execute(
            "SELECT c.number FROM case_holder x JOIN act a ON a.seq = x.seq JOIN case_file c ON c.id = x.case_id"
            " WHERE a.undone_by IS NULL"
        )
    }


def departed(h: History) -> bool:
    """Whether anybody left to a case nobody holds, and is withheld from all."""
    return bool(h.conn.execute("SELECT COUNT(*) FROM departure WHERE hidden").fetchone()[0])


@quick
@given(histories)
def test_reports_by_law_are_as_many_as_their_list_whoever_asks(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        assert isinstance(h.conn, Conn)
        for span in MONTHS:
            figures = {line.key: line.month for line in looks.monthly(h.conn, span).lines}
            for key, (figure, _) in looks.keys(h.conn, span).items():
                if figure.query == lists.REPORTS:
                    for h.conn.viewer in ("k03", "k99"):
                        assert len(lists.units(h.conn, span, figure, actor=h.conn.viewer)[0]) == figures[key]


@quick
@given(histories)
def test_months_end_where_the_next_begin_and_events_add_up(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        reports = [looks.monthly(h.conn, span) for span in MONTHS]
        months = [{line.key: line.month for line in report.lines} for report in reports]
        # two that were taken for one until a merge was taken back are two in the year, and one in the months before
        parted = h.conn.execute("SELECT COUNT(*) FROM merge_end").fetchone()[0]
        for before, after in pairwise(months):
            assert before["cases.open_end"] == after["cases.open_start"]
        for line in reports[-1].lines:
            summed = sum(found.get(line.key, 0) for found in months[1:])  # from April on
            if line.counts is f.EVENTS:
                assert line.year_to_date == summed, line.key
            elif line.counts is f.DISTINCT and not parted:
                assert line.year_to_date <= summed, line.key


@quick
@given(histories)
def test_states_are_the_domains_own(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        found = all_cases(h)
        for span in MONTHS:
            day = span.end - timedelta(days=1)
            lines = {line.key: line.month for line in looks.monthly(h.conn, span).lines}
            stood = [case.stage_on(day) for case in found]
            assert lines["cases.open_end"] == sum(case.is_open_on(day) for case in found)
            assert lines["cases.open_start"] == sum(case.is_open_on(span.start - timedelta(days=1)) for case in found)
            assert lines["complex.open"] == stood.count(Stage.COMPLEX)
            assert lines["watching.open"] == stood.count(Stage.WATCHING)
            assert lines["engaging.cases"] == stood.count(Stage.ENGAGING)
            assert lines["engaging.over_90_days"] == sum(long_engaged(case, day) for case in found)
            assert lines["plans.active"] == sum(
                case.is_open_on(day) and case.plan_in_force(day) is not None for case in found
            )
            assert lines["plans.review_overdue"] == sum(review_overdue(case, day) for case in found)


def long_engaged(case: Case, day: date) -> bool:
    """More than 90 days without a break: engaging 91 days ago, and no other step since."""
    since = day - timedelta(days=91)
    steps = [step.stage for step in case.steps if since < step.on <= day]
    return case.stage_on(since) is Stage.ENGAGING and set(steps) <= {Stage.ENGAGING}


def review_overdue(case: Case, day: date) -> bool:
    plan = case.plan_in_force(day)
    if plan is None or plan.review_on is None or plan.review_on >= day or not case.is_open_on(day):
        return False
    return not any(item.held_on >= plan.review_on for item in case.dealt_with(day))


@quick
@given(histories)
def test_receptions_are_parted_by_the_consent_that_held(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        receptions = [(case, s.on) for case in all_cases(h) for s in case.steps if s.act.value == "connect"]
        for span in MONTHS:
            lines = {line.key: line.month for line in looks.monthly(h.conn, span).lines}
            shared = [
                any(holds(p, Scope.SHARING, on) for p in case.people_on(on))
                for case, on in receptions
                if span.start <= on < span.end
            ]
            assert lines["consultations.new"] == len(shared)
            assert lines["consultations.with_consent"] == sum(shared)
            assert lines["consultations.without_consent"] == len(shared) - sum(shared)
            for family in ("by_channel", "by_window"):
                counted = [n for key, n in lines.items() if key.startswith(f"consultations.{family}.")]
                assert sum(counted) == len(shared)
            methods = [n for key, n in lines.items() if key.startswith("contacts.by_method.")]
            assert sum(methods) == lines["contacts.total"]


@quick
@given(histories)
def test_approvals_are_those_of_the_plans(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        plans = [plan for case in all_cases(h) for plan in case.plans]
        for span in MONTHS:
            lines = {line.key: line.month for line in looks.monthly(h.conn, span).lines}
            approved = [s for p in plans for s in p.steps if s.status is PlanStatus.APPROVED]
            assert lines["plans.approved"] == sum(span.start <= s.on < span.end for s in approved)


@quick
@given(histories)
def test_what_was_undone_counts_as_if_it_had_never_been(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        marked = everything(h)
        forget(h)
        assert everything(h) == marked


def test_every_single_step_can_be_undone(books: History) -> None:
    """Each act of a full history, one after the other: marked as undone it leaves what its absence leaves."""
    with lived(books, RICH) as h:
        for seq in range(1, h.last_act() + 1):
            with h.taken_back():
                h.undo(seq)
                marked = everything(h)
                forget(h)
                assert everything(h) == marked, seq


def forget(h: History) -> None:
    """Delete every row of an undone act; what hangs on it is left hanging (the savepoint is never committed)."""
    h.conn.execute("PRAGMA defer_foreign_keys=ON")
    for table in SQLModel.metadata.tables.values():
        if "seq" in table.columns and table.name not in ("act", "journal"):
            h.conn.execute(f'DELETE FROM "{table.name}" WHERE seq IN (SELECT seq FROM act WHERE undone_by IS NOT NULL)')


@quick
@given(histories, st.sampled_from(range(len(MONTHS))))
def test_what_is_dated_later_changes_no_earlier_report(books: History, history: list[Any], n: int) -> None:
    """Nor do the derived columns of a case, whatever is in them."""
    end = MONTHS[n].end.isoformat()
    with books.taken_back():
        write(books, history)
        before = looks.monthly(books.conn, MONTHS[n])
        case = books.conn.execute("SELECT MIN(id) FROM case_file").fetchone()[0]
        plan = books.plan(case, end, 99)
        books.plan_step(plan, end)
        books.step(case, end, "resume", "engaging")
        books.note(case, end)
        books.consent(case, "A", end, "withdrawn")
        books.item(books.meeting(end), case)
        books.answer(books.refer(case, end), end)
        books.end(case, end)
        later = books.case(end)
        books.merge(case, later, end)
        books.same(books.person(case, "A"), books.person(later, "A"), end)
        books.leave(case, "B", end)
        concern = books.conn.execute("SELECT MIN(id) FROM concern").fetchone()[0]
        books.fact("concern_end", end, concern_id=concern)
        books.conn.execute("UPDATE case_file SET stage = 'closed', ended_on = '2020-01-01', coordinator = 'k99'")
        assert looks.monthly(books.conn, MONTHS[n]) == before
