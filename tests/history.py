"""Histories for tests of reads: rows put straight into the tables, each under an act of its own.

What a flow would never write can be written here too (a step before an earlier one, an undone act in the middle),
since a report has to be right about whatever is in the books.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel

from toshima_cli import books, change_tables, office_tables, paper_tables, reference, reference_tables, tables

__all__ = [
    "History",
    "change_tables",
    "empty",
    "office_tables",
    "paper_tables",
    "reference_tables",
    "tables",
]  # imported for their tables


@lru_cache
def _template() -> sqlite3.Connection:
    """Every table, and the reference data the program ships."""
    conn = sqlite3.connect(":memory:", check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: conn, poolclass=StaticPool)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        reference.load(session)
        session.commit()
    return conn


class Conn(sqlite3.Connection):
    """As the doors have it: `viewer` is who reads."""

    viewer = ""


def empty() -> Conn:
    """New books in memory, as the doors of `db.py` open them."""
    conn = sqlite3.connect(":memory:", isolation_level=None, factory=Conn)
    _template().backup(conn)
    return ready(conn)


C = TypeVar("C", bound=sqlite3.Connection)


def ready(conn: C) -> C:
    conn.row_factory = sqlite3.Row
    conn.execute("PRAGMA foreign_keys=ON")
    return conn


class History:
    """Puts rows. Days are ISO texts; every method gives the id of its row, `case` that of the case."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self.count = 0

    @classmethod
    def new(cls, path: Path) -> "History":
        """New books in a file, with the reference data the program ships."""
        books.create(path)
        engine = create_engine(f"sqlite:///{path}")
        with Session(engine) as session:
            reference.load(session)
            session.commit()
        engine.dispose()
        return cls.in_file(path)

    @classmethod
    def in_file(cls, path: Path) -> "History":
        return cls(ready(sqlite3.connect(path, isolation_level=None)))

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """What is put inside is gone afterwards."""
        self.conn.execute("SAVEPOINT history")
        try:
            yield
        finally:
            self.conn.execute("ROLLBACK TO history")
            self.conn.execute("RELEASE history")

    def insert(self, table: str, **values: Any) -> int:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        found = self.conn.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(values.values()))
        assert found.lastrowid is not None
        return found.lastrowid

    def act(self, on: str, name: str = "x") -> int:
        return self.insert(
            "act", on_date=on, recorded_at="2026-11-24T00:00:00.000000Z", actor="k03", name=name, replayed=0
        )

    def fact(self, table: str, on: str, *, seq: int | None = None, **values: Any) -> int:
        return self.insert(table, seq=seq or self.act(on, table), on_date=on, **values)

    def undo(self, seq: int) -> None:
        self.conn.execute("UPDATE act SET undone_by = ? WHERE seq = ?", (self.act("2026-11-24"), seq))

    def last_act(self) -> int:
        return int(self.conn.execute("SELECT MAX(seq) FROM act").fetchone()[0])

    def _next(self) -> int:
        self.count += 1
        return self.count

    # ------------------------------------------------------------------- cases

    def case(
        self,
        on: str,
        *,
        people: str = "A",
        concerns: str = "",
        act: str = "connect",
        stage: str = "received",
        origin: str = "intake",
        window: str = "csw",
        channel: str = "self",
    ) -> int:
        """A case with its first step; `people` are labels, `concerns` are `A:care B:job`."""
        n = self._next()
        case = self.insert(
            "case_file",
            number=f"2026-{n:04d}",
            fiscal_year=2026,
            ordinal=n,
            opened_on=on,
            origin=origin,
            window_code=window,
            channel=channel,
            household_id=self.insert("household", address=None),
            stage="received",
        )
        self.step(case, on, act, stage)
        seq = self.last_act()
        for label in people:
            self.member(case, label, on, seq=seq)
        for word in concerns.split():
            label, _, code = word.partition(":")
            who = self.who(case, label) if label else None
            self.fact("concern", on, seq=seq, case_id=case, member_id=who, code=code, most_pressing=0)
        return case

    def member(self, case: int, label: str, on: str, *, seq: int | None = None, person: int | None = None) -> int:
        person = person or self.insert("person", sex="unknown")
        return self.fact("member", on, seq=seq, case_id=case, person_id=person, label=label, relation="other")

    def who(self, case: int, label: str) -> int:
        row = self.conn.execute("SELECT id FROM member WHERE case_id = ? AND label = ?", (case, label)).fetchone()
        return int(row["id"])

    def step(self, case: int, on: str, act: str, stage: str, *, seq: int | None = None) -> int:
        return self.fact("stage_step", on, seq=seq, case_id=case, act=act, stage=stage)

    def end(self, case: int, on: str, reason: str | None = "resolved", changes: tuple[str, ...] = ()) -> int:
        """A conclusion for a reason, an interruption without one."""
        stage, act = ("closed", "conclude") if reason else ("interrupted", "interrupt")
        self.step(case, on, act, stage)
        ending = self.fact("ending", on, seq=self.last_act(), case_id=case, stage=stage, reason=reason)
        for code in changes:
            self.insert("ending_change", ending_id=ending, code=code)
        return ending

    def consent(
        self,
        case: int,
        label: str,
        on: str,
        decision: str = "given",
        *,
        plan: bool = True,
        sharing: bool = True,
        expires: str | None = None,
        decided_by: str = "self",
    ) -> int:
        return self.fact(
            "consent",
            on,
            number=f"C{self._next()}",
            member_id=self.who(case, label),
            decision=decision,
            scope_plan=plan,
            scope_sharing=sharing,
            method="oral",
            decided_by=decided_by,
            expires_on=expires,
        )

    def note(
        self, case: int, on: str, method: str = "visit", label: str | None = None, *, programme: str | None = None
    ) -> int:
        who = self.who(case, label) if label else None
        return self.fact(
            "note",
            on,
            number=f"N{self._next()}",
            case_id=case,
            member_id=who,
            method=method,
            text="話を聞いた",
            programme_code=programme,
        )

    # ------------------------------------------------- what turns later

    def merge(self, case: int, kept: int, on: str) -> int:
        """A case found to be `kept`: it ends as its duplicate."""
        self.step(case, on, "conclude", "closed")
        seq = self.last_act()
        self.fact("ending", on, seq=seq, case_id=case, stage="closed", reason="duplicate", kept_id=kept)
        return self.fact("merge", on, seq=seq, case_id=case, kept_case_id=kept)

    def unmerge(self, merge: int, on: str, stage: str = "received") -> None:
        self.fact("merge_end", on, merge_id=merge)
        case = self.conn.execute("SELECT case_id FROM merge WHERE id = ?", (merge,)).fetchone()[0]
        self.step(case, on, "resume", stage, seq=self.last_act())

    def same(self, person: int, kept: int, on: str) -> int:
        """Two records of one human being."""
        return self.fact("merge", on, person_id=person, kept_person_id=kept)

    def leave(self, case: int, label: str, on: str, *, to: int | None = None, hidden: bool = False) -> int:
        who = self.who(case, label)
        return self.fact("departure", on, member_id=who, reason="other", to_case_id=to, hidden=hidden)

    def split(self, case: int, labels: str, on: str, *, concern: str | None = None) -> int:
        """Members to a case of their own under restriction, each on a record of their own."""
        made = self.case(on, people=labels, origin="split", act="split")
        seq = self.last_act()
        for label in labels:
            who = self.who(case, label)
            self.fact("departure", on, seq=seq, member_id=who, reason="other", to_case_id=made, hidden=True)
            if concern:
                new = self.who(made, label)
                self.fact("concern", on, seq=seq, case_id=made, member_id=new, code=concern, most_pressing=0)
        return made

    def hold(self, case: int, staff: str, on: str, *, holds: bool = True) -> int:
        """Who may see a case, restricted from then on (the code becomes a member of staff where it is none yet)."""
        self.conn.execute(
            "INSERT INTO staff (code, name, office, role) SELECT ?, '青木', '福祉総務課', 'coordinator'"
            " WHERE NOT EXISTS (SELECT 1 FROM staff WHERE code = ?)",
            (staff, staff),
        )
        return self.fact("case_holder", on, case_id=case, staff_code=staff, holds=holds)

    def person(self, case: int, label: str) -> int:
        """The human being behind a label."""
        row = self.conn.execute("SELECT person_id FROM member WHERE id = ?", (self.who(case, label),)).fetchone()
        return int(row["person_id"])

    def gap(self, on: str, case: int | None = None, *statuses: tuple[str, str]) -> int:
        """Something that is lacking; `statuses` are (day, status)."""
        gap = self.fact("gap", on, kind="resource", text="日中の居場所", case_id=case)
        for day, status in statuses:
            self.fact("gap_step", day, gap_id=gap, status=status)
        return gap

    # ---------------------------------------------------- referrals, plans

    def refer(self, case: int, on: str, ground: str = "consent", kind: str | None = None, label: str = "A") -> int:
        return self.fact(
            "referral",
            on,
            number=f"R{self._next()}",
            case_id=case,
            member_id=self.who(case, label),
            to_kind="window",
            to_code="csw",
            to_name="CSW",
            ground=ground,
            report_kind=kind,
            from_window="csw",
            permit="{}",
        )

    def answer(self, referral: int, on: str, status: str = "accepted") -> int:
        return self.fact("referral_answer", on, referral_id=referral, status=status)

    def plan(self, case: int, on: str, version: int = 1, *, review: str | None = None, people: str = "A") -> int:
        plan = self.fact(
            "plan",
            on,
            number=f"P{self._next()}",
            case_id=case,
            version=version,
            goal="暮らしを整える",
            review_on=review,
        )
        for label in people:
            self.insert("plan_member", plan_id=plan, member_id=self.who(case, label))
        self.fact("plan_step", on, seq=self.last_act(), plan_id=plan, status="draft")
        return plan

    def plan_step(self, plan: int, on: str, status: str = "approved", *, afterwards: str | None = None) -> int:
        return self.fact("plan_step", on, plan_id=plan, status=status, afterwards=afterwards)

    def action(self, case: int, plan: int, on: str, kind: str, label: str | None = "A") -> int:
        return self.fact(
            "action",
            on,
            number=f"A{self._next()}",
            case_id=case,
            plan_id=plan,
            member_id=self.who(case, label) if label else None,
            what="通う",
            who="csw",
            kind=kind,
            why_not_existing="既存の取組では難しい",
        )

    # --------------------------------------------------------------- meetings

    def meeting(self, on: str, body: str = "subcommittee", *, present: bool = True) -> int:
        meeting = self.fact("meeting", on, number=f"M{self._next():04d}", body=body, held_on=on, held_as="in_person")
        self.fact("party", on, meeting_id=meeting, guest_name="小川", present=present)
        return meeting

    def item(
        self, meeting: int, case: int | None, kind: str = "support_conference", *, decided: str | None = "continue"
    ) -> int:
        """An item, dealt with on the day of the sitting (`decided` None: it waits)."""
        on = self.conn.execute("SELECT held_on FROM meeting WHERE id = ?", (meeting,)).fetchone()[0]
        last = self.conn.execute("SELECT COUNT(*) FROM meeting_item WHERE meeting_id = ?", (meeting,)).fetchone()[0]
        item = self.fact(
            "meeting_item",
            on,
            meeting_id=meeting,
            item=last + 1,
            case_id=case,
            kind=kind,
            purpose="progress",
            part="discussion",
            reason="{}",
        )
        if decided:
            self.fact("decision", on, item_id=item, outcome=decided)
        return item
