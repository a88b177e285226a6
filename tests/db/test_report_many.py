"""The monthly report over random histories, legal or not: what has to hold whatever is in the books.

The other side of every comparison is the domain's own reading of a case (`facts.load`), which shares no line of SQL
with the report's lists.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import aiosql
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row
from sqlalchemy import MetaData, create_engine, insert, select
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from tests.history import History, empty
from toshima_cli import facts
from toshima_cli.db import QUERIES, queries
from toshima_cli.domain import report as r
from toshima_cli.domain.calendar import add_months
from toshima_cli.domain.case import Case
from toshima_cli.domain.consent import holds
from toshima_cli.domain.terms import PlanStatus, Scope, Stage
from toshima_cli.looks import report as looks

FIRST = date(2026, 3, 1)
DAYS = 150
MONTHS = [r.Range(add_months(FIRST, n), add_months(FIRST, n + 1)) for n in range(5)]
"""March 2026, the end of one fiscal year, to July."""

LISTS = sorted({figure.query for block in r.BLOCKS for figure in block.figures})


@pytest.fixture(scope="module")
def books() -> Iterator[History]:
    conn = empty()
    yield History(conn)
    conn.close()


# ----------------------------------------------------------------- histories

days = st.integers(0, DAYS - 1).map(lambda n: (FIRST + timedelta(days=n)).isoformat())
stages = st.sampled_from([stage.value for stage in Stage])
steps = st.tuples(
    st.just("step"), days, st.sampled_from(["connect", "escalate", "approach", "resume", "conclude"]), stages
)
consents = st.tuples(
    st.just("consent"),
    days,
    st.sampled_from(["given", "refused", "withdrawn", "not_possible"]),
    st.sampled_from([(True, True), (True, False), (False, True)]),
    st.none() | days,
)
plans = st.tuples(st.just("plan"), days, st.none() | days)
plan_steps = st.tuples(
    st.just("plan_step"), days, st.integers(0, 3), st.sampled_from(["approved", "superseded", "ended", "draft"])
)
referrals = st.tuples(
    st.just("refer"), days, st.sampled_from(["consent", "emergency", "none_shared", "statutory_report"])
)
answers = st.tuples(st.just("answer"), days, st.integers(0, 3), st.sampled_from(["waiting", "accepted", "declined"]))
notes = st.tuples(st.just("note"), days, st.sampled_from(["visit", "phone", "nowhere"]))
ends = st.tuples(st.just("end"), days, st.sampled_from(["resolved", "moved", None]))
items = st.tuples(
    st.just("item"),
    days,
    st.sampled_from(["support_conference", "multilayer_conference"]),
    st.booleans(),
    st.booleans(),
)
undos = st.tuples(st.just("undo"), st.integers(0, 30))
entries = st.one_of(steps, consents, plans, plan_steps, referrals, answers, notes, ends, items, undos)
cases = st.tuples(days, st.sampled_from(["intake", "outreach", "return"]), stages, st.lists(entries, max_size=9))
histories = st.lists(cases, min_size=1, max_size=4)


def write(h: History, history: list[Any]) -> None:
    """Put a history into the books; whatever is dated before the case is moved to its first day."""
    before = h.last_act() if h.conn.execute("SELECT COUNT(*) FROM act").fetchone()[0] else 0
    undone: list[int] = []
    for opened, origin, stage, made in history:
        case = h.case(opened, people="AB", concerns="A:care", origin=origin, stage=stage)
        versions: list[int] = []
        sent: list[int] = []
        for what, *more in made:
            if what == "undo":
                undone.append(more[0])
                continue
            on = max(more[0], opened)
            match what:
                case "step":
                    h.step(case, on, more[1], more[2])
                case "consent":
                    plan, sharing = more[2]
                    h.consent(case, "A", on, more[1], plan=plan, sharing=sharing, expires=more[3])
                case "plan":
                    versions.append(h.plan(case, on, len(versions) + 1, review=more[1]))
                case "plan_step" if versions:
                    h.plan_step(versions[more[1] % len(versions)], on, more[2])
                case "refer":
                    kind = "elder" if more[1] == "statutory_report" else None
                    sent.append(h.refer(case, on, more[1], kind, label="B"))
                case "answer" if sent:
                    h.answer(sent[more[1] % len(sent)], on, more[2])
                case "action" if versions:
                    h.action(case, versions[-1], on, more[1], None)
                case "gap":
                    gap = h.fact("gap", on, kind="resource", text="日中の居場所", case_id=case)
                    h.fact("gap_step", on, gap_id=gap, status=more[1])
                case "note":
                    h.note(case, on, more[1], "A")
                case "end":
                    h.end(case, on, more[1], ("safe",))
                case "item":
                    meeting = h.meeting(on)
                    h.item(meeting, case, more[1], decided="continue" if more[2] else None)
                    if more[3]:
                        h.fact("meeting_cancel", on, meeting_id=meeting)
    acts = range(before + 1, h.last_act() + 1)
    for n in undone:
        h.undo(acts[n % len(acts)])


@contextmanager
def lived(h: History, history: list[Any]) -> Iterator[History]:
    with h.taken_back():
        write(h, history)
        yield h


def everything(h: History) -> list[dict[str, int]]:
    return [
        {line.key: value for line in looks.monthly(h.conn, span).lines for value in (line.month,)} for span in MONTHS
    ]


def all_cases(h: History) -> list[Case]:
    numbers = [row[0] for row in h.conn.execute("SELECT number FROM case_file ORDER BY number")]
    return [case for number in numbers if (case := facts.load(h.conn, number)) is not None]


quick = settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

# ---------------------------------------------------------------- properties


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
                rows, _ = looks.units(h.conn, span, known[line.key][0])
                assert len(rows) == line.month, line.key
                if line.counts is not r.EVENTS:
                    assert len({row["unit"] for row in rows}) == len(rows), line.key


@quick
@given(histories)
def test_months_end_where_the_next_begin_and_events_add_up(books: History, history: list[Any]) -> None:
    with lived(books, history) as h:
        reports = [looks.monthly(h.conn, span) for span in MONTHS]
        months = [{line.key: line.month for line in report.lines} for report in reports]
        for before, after in pairwise(months):
            assert before["cases.open_end"] == after["cases.open_start"]
        for line in reports[-1].lines:
            summed = sum(found.get(line.key, 0) for found in months[1:])  # from April on
            if line.counts is r.EVENTS:
                assert line.year_to_date == summed, line.key
            elif line.counts is r.DISTINCT:
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
        books.case(end)
        books.conn.execute("UPDATE case_file SET stage = 'closed', ended_on = '2020-01-01', coordinator = 'k99'")
        assert looks.monthly(books.conn, MONTHS[n]) == before


# ---------------------------------------------------------- one text, two databases


def test_no_list_scans_the_cases_or_the_people(books: History) -> None:
    """The planner knows nothing of the tables' sizes, as in books that were never analysed."""
    big = {"case_file", "person", "member", "stage_step", "consent", "note", "act"}
    asked = r.Range(date(2026, 7, 1), date(2026, 8, 1)).asked(r.BLOCKS[0].figures[0], engaging_long=90, unanswered=14)
    for name in LISTS:
        sql = getattr(queries("report"), name).sql.strip().removesuffix(";")
        alias = {a: table for table, a in re.findall(r"(?:FROM|JOIN) (\w+) (\w+)", sql)}
        for frame in (looks.COUNT, looks.LIST):
            plan = books.conn.execute("EXPLAIN QUERY PLAN " + frame.format(list=sql), asked)
            scans = [found[1] for row in plan if (found := re.match(r"SCAN (\w+)", row["detail"]))]
            assert not big & {alias.get(scan, scan) for scan in scans}, name


def test_every_list_has_the_same_columns_and_no_text_only_one_database_takes() -> None:
    text = (QUERIES / "report.sql").read_text(encoding="utf-8")
    names = re.findall(r"-- name: (\w+)", text)
    assert sorted(names) == LISTS
    for comment in re.findall(r"^--(?! name:)(.*)$", text, re.MULTILINE):
        assert ":" not in comment
    assert not re.search(r"\b(LIKE|strftime|julianday|IFNULL|printf|IN \()\b|%", text)


def test_both_databases_count_the_same(postgres_database: str) -> None:
    h = History(empty())
    write(h, RICH)
    copy(h, postgres_database)
    there = aiosql.from_path(QUERIES / "report.sql", "psycopg", mandatory_parameters=False)
    with psycopg.connect(postgres_database, row_factory=dict_row, cursor_factory=psycopg.ClientCursor) as conn:
        empties = set(LISTS)
        for span in MONTHS:
            asked = span.asked(r.BLOCKS[0].figures[1], engaging_long=30, unanswered=14)
            for name in LISTS:
                ours, theirs = (
                    getattr(found, name).sql.strip().removesuffix(";") for found in (queries("report"), there)
                )
                here = [dict(row) for row in h.conn.execute(looks.LIST.format(list=ours), asked)]
                found = conn.execute(looks.LIST.format(list=theirs), asked).fetchall()
                assert [{**row, "on_date": row["on_date"].isoformat()} for row in found] == here, name
                if here:
                    empties.discard(name)
        assert empties == set()
    h.conn.close()


RICH: list[Any] = [
    (
        "2026-03-10",
        "intake",
        "received",
        [
            ("consent", "2026-03-10", "given", (True, True), None),
            ("step", "2026-03-12", "escalate", "complex"),
            ("step", "2026-03-20", "approach", "engaging"),
            ("item", "2026-03-25", "support_conference", True, False),
            ("plan", "2026-04-02", "2026-05-10"),
            ("item", "2026-04-16", "multilayer_conference", True, False),
            ("plan_step", "2026-04-16", 0, "approved"),
            ("action", "2026-04-10", "participation"),
            ("gap", "2026-04-10", "forwarded"),
            ("refer", "2026-04-20", "consent"),
            ("refer", "2026-04-21", "emergency"),
            ("refer", "2026-04-22", "statutory_report"),
            ("answer", "2026-05-01", 0, "accepted"),
            ("note", "2026-05-02", "visit"),
            ("plan", "2026-06-02", None),
            ("plan_step", "2026-06-04", 1, "approved"),
            ("step", "2026-06-05", "interrupt", "interrupted"),
            ("step", "2026-06-10", "resume", "engaging"),
            ("step", "2026-07-10", "approach", "engaging"),
            ("item", "2026-07-16", "support_conference", True, True),
            ("item", "2026-07-20", "multilayer_conference", True, True),
            ("item", "2026-07-23", "multilayer_conference", True, False),
            ("consent", "2026-03-10", "withdrawn", (True, False), None),
        ],
    ),
    (
        "2026-03-15",
        "outreach",
        "outreach",
        [
            ("note", "2026-04-02", "phone"),
            ("consent", "2026-04-10", "given", (True, True), None),
            ("consent", "2026-04-12", "given", (True, True), None),
            ("plan", "2026-04-20", None),
            ("plan", "2026-04-22", None),
            ("plan_step", "2026-04-23", 1, "approved"),
            ("plan_step", "2026-05-23", 1, "approved"),
            ("action", "2026-04-22", "community"),
            ("refer", "2026-06-21", "consent"),
            ("step", "2026-04-11", "connect", "received"),
            ("end", "2026-05-20", "resolved"),
            ("step", "2026-06-20", "resume", "watching"),
            ("end", "2026-07-01", None),
        ],
    ),
]


def copy(h: History, url: str) -> None:
    """The rows of the books into an empty PostgreSQL, table by table."""
    here = create_engine("sqlite://", creator=lambda: h.conn, poolclass=StaticPool)
    there = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    metadata: MetaData = SQLModel.metadata
    with there.begin() as target:
        metadata.create_all(target)
        # acts and cases point at each other; the rows are whole, so the order need not matter
        target.exec_driver_sql("SET session_replication_role = replica")
        with here.connect() as source:
            for table in metadata.tables.values():
                rows = [dict(row) for row in source.execute(select(table)).mappings()]
                if rows:
                    target.execute(insert(table), rows)
    there.dispose()
