"""The same books in SQLite and in PostgreSQL, for tests that run one SQL text on both.

What PostgreSQL needs to answer like SQLite stands here and not in the program, which keeps its books in SQLite only:
parameters put in by the client (so that a bare text is compared with a date), dates given as ISO text, `%` doubled.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import aiosql
import psycopg
from aiosql.adapters.pyformat import PyFormatAdapter
from psycopg.adapt import Loader
from psycopg.rows import dict_row
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from tests.history import History
from toshima_cli import change_tables, office_tables, paper_tables, reference_tables, tables
from toshima_cli.db import QUERIES

__all__ = ["change_tables", "office_tables", "paper_tables", "reference_tables", "tables"]  # imported for their tables


class Percent(PyFormatAdapter):
    """aiosql's way to `%(name)s`, where a `%` of the text itself stays one."""

    def process_sql(self, query_name: str, op_type: Any, sql: str) -> str:
        named: str = super().process_sql(query_name, op_type, sql.replace("%", "%%"))  # type: ignore[no-untyped-call]
        return named


class IsoDate(Loader):
    def load(self, data: Any) -> str:
        return bytes(data).decode()


def files() -> list[str]:
    return sorted(path.stem for path in QUERIES.glob("*.sql"))


def named(queries: Any) -> list[str]:
    """The queries of a file, in their order (aiosql makes a second function, a cursor, of each)."""
    return [name for name in queries.available_queries if not name.endswith("_cursor")]


@cache
def of_postgres(file: str) -> Any:
    return aiosql.from_path(QUERIES / f"{file}.sql", Percent, mandatory_parameters=False)


@contextmanager
def opened(url: str) -> Iterator[Any]:
    with psycopg.connect(url, cursor_factory=psycopg.ClientCursor, row_factory=dict_row) as conn:
        conn.adapters.register_loader("date", IsoDate)
        yield conn


def copied(books: Path, url: str) -> None:
    """Make the tables in the empty database and fill them, each row as it stands in the file."""
    source = create_engine(f"sqlite:///{books}", poolclass=NullPool)
    target = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1), poolclass=NullPool)
    SQLModel.metadata.create_all(target)
    with source.connect() as here, target.begin() as there:
        # an undone act points forward, to the act that undid it: keys are looked at in the file they come from
        assert here.execute(text("PRAGMA foreign_key_check")).fetchall() == []
        there.execute(text("SET LOCAL session_replication_role = replica"))
        for table in SQLModel.metadata.sorted_tables:
            rows = [dict(row) for row in here.execute(select(table)).mappings()]
            if rows:
                there.execute(table.insert(), rows)
            count = there.execute(text(f'SELECT COUNT(*) FROM "{table.name}"')).scalar()
            assert count == len(rows), table.name
    source.dispose()
    target.dispose()


def enriched(books: Path) -> None:
    """Beside what was lived: what the story lacks, so that no query has nothing to answer with. All of 2027-02."""
    h = History.in_file(books)
    h.count = 900
    try:
        case = h.case(
            "2027-02-01",
            people="AB",
            concerns="A:care B:job :family",
            origin="outreach",
            act="connect",
            stage="outreach",
        )
        h.note(case, "2027-02-01", label="A")
        h.step(case, "2027-02-02", "approach", "engaging")
        h.fact("wish", "2027-02-01", member_id=h.who(case, "A"), text="休みたい")
        consent = h.consent(case, "A", "2027-02-03", expires="2027-12-31")
        h.insert("consent_exclusion", consent_id=consent, window_code="csw")
        h.consent(case, "B", "2027-02-03", "refused")
        h.consent(case, "B", "2027-02-04", expires="2027-03-31")
        h.conn.execute("UPDATE case_file SET stage = 'watching' WHERE id = ?", (case,))
        h.refer(case, "2027-02-04", label="A")
        h.refer(case, "2027-02-04", ground="statutory_report", kind="elder", label="B")
        h.note(case, "2027-02-05", label="A")
        plan = h.plan(case, "2027-02-06", review="2027-02-20")
        h.action(case, plan, "2027-02-06", "community")
        h.plan_step(plan, "2027-02-07")
        h.plan(case, "2027-02-08", 2)
        undone = h.note(case, "2027-02-08")
        seq = h.conn.execute("SELECT seq FROM note WHERE id = ?", (undone,)).fetchone()[0]
        h.undo(seq)
        h.consent(case, "A", "2027-02-08", "withdrawn")
        h.conn.execute("UPDATE act SET case_id = ? WHERE seq = ?", (case, h.last_act()))
        h.undo(h.last_act())
        h.fact("approach", "2027-02-09", case_id=case, text=None, afterwards="急を要した")
        h.fact("watch", "2027-02-10", case_id=case, watcher="小川", every="1m", until="2027-04-30", sign="郵便物")
        h.fact("setting_change", "2027-02-10", setting="population.2026", value="290000")
        h.fact(
            "publication",
            "2027-02-10",
            report="monthly",
            period="2027-01",
            most=4,
            cells='{"cases.opened|month": null}',
        )
        sought = h.case("2027-02-01", act="contact", stage="outreach", origin="outreach")
        h.conn.execute("UPDATE case_file SET stage = 'outreach' WHERE id = ?", (sought,))
        h.fact("outreach", "2027-02-01", case_id=sought, why="refuses")
        other = h.case("2027-02-11", concerns="A:rent", channel="family")
        h.fact("case_link", "2027-02-11", case_id=case, other_id=other, kind="split")
        h.fact("case_holder", "2027-02-11", case_id=case, staff_code="k03", holds=True)
        h.fact("concern_end", "2027-02-15", concern_id=1, reason="解消")
        h.fact("departure", "2027-02-15", member_id=h.who(case, "B"), reason="other", to_case_id=other, hidden=False)
        h.fact("departure", "2027-02-16", member_id=h.who(other, "A"), reason="other", to_case_id=case, hidden=True)
        h.fact("outreach", "2027-02-01", case_id=case, why="unaware", programme_code="o-csw")
        h.fact(
            "other_conference", "2027-02-15", case_id=case, conference_code="yotaikyo", held_on="2027-02-10",
            not_enough="住まいが決まらない",
        )  # fmt: skip
        h.fact("merge", "2027-02-15", case_id=other, kept_case_id=case)
        h.fact("merge", "2027-02-15", person_id=1, kept_person_id=2)
        h.fact("correction", "2027-02-15", person_id=1, field="name", old_value="x", new_value="y", reason="z")
        begun = h.fact("approach", "2027-02-15", case_id=case, text=None, afterwards="急を要した")
        h.insert("approach_member", approach_id=begun, member_id=h.who(case, "A"))
        h.end(other, "2027-02-12", changes=("work_started", "income"))
        h.step(other, "2027-02-13", "resume", "received")
        h.end(other, "2027-02-14", None)
        sitting = h.meeting("2027-02-18")
        _around(h, sitting, h.item(sitting, case), case)
        h.item(sitting, None, "multilayer_conference")
        cancelled = h.meeting("2027-02-19", present=False)
        h.fact("meeting_cancel", "2027-02-18", meeting_id=cancelled, reason="出席者がそろわない")
        gap = h.fact("gap", "2027-02-20", kind="resource", text="夜の相談先がない", case_id=case)
        h.fact("gap_step", "2027-02-21", gap_id=gap, status="forwarded", text="協議会へ")
        h.fact("meeting_gap", "2027-02-21", meeting_id=sitting, gap_id=gap)
        # what was corrected, and a case of k03 that waits for an answer and is watched
        fixed: dict[str, Any] = {"old_value": "高橋", "new_value": "髙橋", "reason": "誤記"}
        h.fact("correction", "2027-02-21", staff_code="k03", field="office", **fixed)
        h.fact("correction", "2027-02-21", person_id=1, field="name", **fixed)
        owed = h.case("2027-02-21", people="A", stage="complex")
        h.refer(owed, "2027-02-21")
        h.fact("watch", "2027-02-22", case_id=owed, watcher="小川", every="1m", until="2027-03-30", sign="郵便物")
        mine = "UPDATE case_file SET stage = 'watching', coordinator = 'k03', next_due_on = '2027-02-25' WHERE id = ?"
        h.conn.execute(mine, (owed,))
        h.item(h.meeting("2027-12-31", present=False), owed, decided=None)
        h.fact("gap_case", "2027-02-21", gap_id=gap, case_id=other)
        spoken_of = h.item(sitting, None, "resources")
        h.conn.execute("UPDATE meeting_item SET gap_id = ?, purpose = 'gap' WHERE id = ?", (gap, spoken_of))
        open_case = h.case("2027-02-20", concerns="A:food")
        h.conn.execute("UPDATE case_file SET coordinator = 'k03' WHERE id = ?", (open_case,))
        answered = h.fact("gap", "2027-02-20", kind="system", text="夜の窓口の取り決め", case_id=open_case)
        h.fact("gap_step", "2027-02-22", gap_id=answered, status="answered", text="来年度から開ける")
        h.fact("resource", "2027-02-20", code="salon", name="池のほとりサロン", owner="町会")
        twin = h.case("2027-02-23", concerns="A:food")
        h.fact("ending", "2027-02-24", case_id=twin, stage="closed", reason="duplicate", kept_id=case)
        h.fact("plan_confirmation", "2027-02-24", plan_id=plan, member_id=h.who(case, "A"), method="oral")
        h.fact("party", "2027-02-18", meeting_id=sitting, staff_code="k03", post="chair", present=True)
        h.insert("counter", kind="ledger", scope="csw 2027-02-23 r8-12", value=twin)
    finally:
        h.conn.close()


def _around(h: History, sitting: int, item: int, case: int) -> None:
    """What stands around a sitting: its agenda as people changed it, a copy that came back and one that is out, a text
    that was looked at, what was said, an action, minutes."""
    h.fact("agenda_change", "2027-02-17", item_id=item, change="move", place=1)
    for number, code in ((1, "k03"), (2, "c01")):
        paper = h.fact(
            "paper", "2027-02-17", meeting_id=sitting, copy_number=number, staff_code=code, held_on="2027-02-18",
            digest="0" * 64,
        )  # fmt: skip
        shown = h.fact("paper_item", "2027-02-17", paper_id=paper, item_id=item)
        h.insert("paper_member", paper_item_id=shown, member_id=h.who(case, "A"))
        if number == 1:
            h.fact("paper_return", "2027-02-18", paper_id=paper)
    h.fact("text_check", "2027-02-17", meeting_id=sitting, text_id="2026-0001/note", digest="0" * 64, goes=True)
    h.fact("item_text", "2027-02-18", item_id=item, heading="discussion", text="話し合った")
    h.fact(
        "action",
        "2027-02-18",
        number="2027-9999/A9",
        case_id=case,
        item_id=item,
        what="訪ねる",
        who="csw",
        kind="other",
    )
    h.fact("minutes", "2027-02-19", meeting_id=sitting, version=1, digest="0" * 64)
