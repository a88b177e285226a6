"""Today's board of the one who asks: what is overdue, who owes whom an answer, what is due this week, the sittings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from toshima_cli import facts
from toshima_cli.db import LOCAL, queries, viewer
from toshima_cli.domain import shown as texts
from toshima_cli.domain.case import Person
from toshima_cli.domain.terms import Body, Purpose, ToKind
from toshima_cli.journal import Subject
from toshima_cli.looks.caseload import next_step
from toshima_cli.looks.duplicates import told_to_holders
from toshima_cli.looks.gaps import answered_for

Json = dict[str, Any]

WEEK = timedelta(days=7)
MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Board:
    """`overdue` {case, what, on, days}, `waiting` {referral, case, to, days}: answers my cases wait for, `owed`
    {referral, case, person, window, on, days}: those others wait for from my window, `this_week` {case, what, on},
    `sittings` {meeting, body, held_on, items, total, mine}: of all its items `total`, of my cases `items`, which are
    `mine` {item, case, purpose}; `watches` {case, on}, `drafts` {draft, started_at, command, window, people}. `what` is
    the step as typed, or its kind. `duplicates` of the people of restricted cases I hold (rule 11), `gaps` answered
    lately for my cases, `after_sittings` {meeting, held_on, attendance, copies, undecided}: of what is over, whether
    who came is still to be noted, how many copies I handed out are not back, how many items have no decision. `more`:
    how many rows of each list stand on no screen."""

    day: date
    staff: str
    office: str | None
    overdue: list[Json]
    waiting: list[Json]
    this_week: list[Json]
    sittings: list[Json]
    watches: list[Json]
    drafts: list[Json] = field(default_factory=list)
    duplicates: list[Json] = field(default_factory=list)
    gaps: list[Json] = field(default_factory=list)
    owed: list[Json] = field(default_factory=list)
    after_sittings: list[Json] = field(default_factory=list)
    more: Mapping[str, int] = field(default_factory=dict)

    @property
    def calm(self) -> bool:
        return not self.overdue and not self.waiting and not self.owed and not self.duplicates

    def subjects(self) -> list[Subject]:
        mine = (item for sitting in self.sittings for item in sitting["mine"])
        rows = (*self.overdue, *self.waiting, *self.owed, *self.this_week, *self.watches, *mine, *self.duplicates)
        cases = [row["case"] for row in rows] + [row["other_case"] for row in self.duplicates]
        cases += [gap["case"] for gap in self.gaps]
        return [("case", case) for case in dict.fromkeys(cases)]

    def json(self) -> Json:
        return {key: getattr(self, key) for key in _KEYS}


_KEYS = (
    "day",
    "staff",
    "overdue",
    "waiting",
    "this_week",
    "sittings",
    "watches",
    "drafts",
    "duplicates",
    "gaps",
    "owed",
    "after_sittings",
)


class Desk:
    """Reads what is mine; one place for whose cases those are."""

    def __init__(self, conn: Any, today: date, most: int | None, *, mask: bool) -> None:
        self.conn, self.today, self.most, self.mask = conn, today, most, mask
        self.staff = viewer(conn)
        row = queries("status").desk(conn, staff=self.staff)
        self.office = row["office"] if row and self.staff != LOCAL else None
        window = row["window_code"] if row else None
        alone = self.staff == LOCAL or not (window or (row and row["coordinates"]))
        self._mine = {
            "coordinator": self.staff,
            "window": None if alone else window,
            "everyone": "yes" if alone else "no",
            "viewer": self.staff,
        }
        self._people: dict[int, tuple[Person, ...]] = {}
        self._standing: dict[str, set[tuple[str, int]]] = {}
        self.more: dict[str, int] = {}

    def asked(self, name: str, **also: str) -> list[Any]:
        return list(getattr(queries("status"), name)(self.conn, **self._mine, **also))

    def some(self, name: str, rows: list[Any]) -> list[Any]:
        """As many as the screen takes."""
        if self.most is not None and len(rows) > self.most:
            self.more[name] = len(rows) - self.most
        return rows[: self.most]

    def people(self, case_id: int) -> tuple[Person, ...]:
        if case_id not in self._people:
            self._people[case_id] = facts.people(self.conn, case_id)
        return self._people[case_id]

    def due(self, row: Any) -> Json:
        what = row["next_due_what"]
        if what is not None:
            what = next_step(what, list(self.people(row["id"])), mask=self.mask)
        return {
            "case": row["number"],
            "what": row["next_due_kind"] if what is None else what,
            "on": date.fromisoformat(row["next_due_on"]),
        }

    def waits(self, row: Any) -> Json:
        to = row["to_name"]
        if row["to_kind"] in (ToKind.OUTSIDE, ToKind.RESOURCE):  # the names of recipients that are typed
            case = facts.must(self.conn, row["number"])
            to = texts.shown(to, case.people, case.unsaid, mask=self.mask)
        sent = date.fromisoformat(row["on_date"])
        return {"referral": row["referral"], "case": row["number"], "to": to, "days": (self.today - sent).days}

    def owed(self) -> list[Json]:
        """What was referred to my window and has no answer of mine yet, the oldest first."""
        rows = self.asked("owed", today=self.today.isoformat()) if self._mine["window"] else []
        return [
            {
                "referral": row["referral"],
                "case": row["number"],
                "person": row["label"],
                "window": row["from_window"],
                "on": (sent := date.fromisoformat(row["on_date"])),
                "days": (self.today - sent).days,
            }
            for row in rows
        ]

    def after_sittings(self, since: date) -> list[Json]:
        """What is left to be noted of sittings that are over."""
        days = {"since": since.isoformat(), "today": self.today.isoformat()}
        found = [
            {
                "meeting": row["number"],
                "held_on": date.fromisoformat(row["held_on"]),
                "attendance": not row["attended"] and row["called_by"] == self.staff,
                "copies": row["copies"],
                "undecided": row["undecided"],
            }
            for row in self.asked("after_sittings", **days)
        ]
        return [row for row in found if row["attendance"] or row["copies"] or row["undecided"]]

    def sitting(self, row: Any) -> Json:
        listed = self.asked("taken_up", meeting=row["meeting"])
        mine = [item for item in listed if not item["touched"] or self._stands(row["meeting"], item)]
        gone = len(listed) - len(mine)
        return {
            "meeting": row["meeting"],
            "body": Body(row["body"]),
            "held_on": date.fromisoformat(row["held_on"]),
            "items": row["items"] - gone,
            "total": row["total"] - gone,
            "mine": [
                {"item": item["item"], "case": item["number"], "purpose": Purpose(item["purpose"])} for item in mine
            ],
        }

    def _stands(self, meeting: str, item: Any) -> bool:
        """Whether the sitting still takes it up."""
        from toshima_cli.looks.standing import standing  # where something was recorded since, and that is seldom

        if item["number"] not in self._standing:
            case = facts.must(self.conn, item["number"])
            self._standing[item["number"]] = {(s.meeting, s.item) for s in standing(self.conn, case)}
        return (meeting, item["item"]) in self._standing[item["number"]]


def status(conn: Any, today: date, most: int | None, *, mask: bool, drafts: Sequence[Json] = ()) -> Board:
    """The board as of today; at most `most` rows of each list (None: all). `drafts`: what the desk keeps."""
    desk = Desk(conn, today, most, mask=mask)
    due = desk.asked("due", before_day=(today + WEEK + timedelta(days=1)).isoformat())
    late = [row for row in due if row["next_due_on"] < today.isoformat()]
    soon = due[len(late) :]
    owed = desk.owed()
    own = {row["referral"] for row in owed}
    waiting = [row for row in desk.asked("waiting", today=today.isoformat()) if row["referral"] not in own]
    listed = {row["number"] for row in due if row["next_due_kind"] == "watch_end"}
    ending = desk.asked("watches", before_day=(today + MONTH).isoformat())
    watches = [row for row in ending if row["number"] not in listed]
    return Board(
        day=today,
        drafts=list(drafts),
        staff=desk.staff,
        office=desk.office,
        overdue=[
            {**made, "days": (today - made["on"]).days}
            for row in desk.some("overdue", late)
            for made in (desk.due(row),)
        ],
        waiting=[desk.waits(row) for row in desk.some("waiting", waiting)],
        this_week=[desk.due(row) for row in desk.some("this_week", soon)],
        sittings=[desk.sitting(row) for row in desk.asked("sittings", today=today.isoformat())],
        watches=[
            {"case": row["number"], "on": date.fromisoformat(row["until"])} for row in desk.some("watches", watches)
        ],
        duplicates=told_to_holders(conn, desk.staff),
        gaps=answered_for(conn, desk.staff, today - MONTH),
        owed=desk.some("owed", owed),
        after_sittings=desk.after_sittings(today - MONTH),
        more=desk.more,
    )
