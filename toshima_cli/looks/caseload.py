"""The caseload: every case not ended, what is due first, a page by index and then the people of each of its cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from toshima_cli import facts
from toshima_cli.db import queries, viewer
from toshima_cli.domain import alerts
from toshima_cli.domain.case import Person
from toshima_cli.domain.held import track
from toshima_cli.domain.initials import initials, without_names
from toshima_cli.domain.terms import Stage, Track
from toshima_cli.domain.verdict import Say
from toshima_cli.journal import Subject

EVERY = 1_000_000_000
"""More cases than there will be: a limit that means none."""


class By(StrEnum):
    """What a caseload may be grouped by."""

    COORDINATOR = "coordinator"
    WINDOW = "window"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cases. `today` is the day they are overdue on."""

    today: date
    coordinator: str | None = None
    window: str | None = None
    stage: Stage | None = None
    overdue: bool = False
    by: By | None = None

    @property
    def query(self) -> str:
        """The query that begins at the index of the narrowest filter asked for."""
        narrowest = (("coordinator", self.coordinator), ("window", self.window), ("stage", self.stage))
        return next((f"of_{name}" for name, value in narrowest if value), "open_cases")

    @property
    def filters(self) -> dict[str, str | None]:
        return {
            "coordinator": self.coordinator,
            "window": self.window,
            "stage": self.stage.value if self.stage else None,
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """Open cases of those asked for, how many of them are overdue, and how many were opened this month."""

    cases: int
    overdue: int
    opened: int


def count(conn: Any, asked: Asked) -> Counts:
    q, today = queries("caseload"), asked.today
    row = getattr(q, f"count_{asked.query}")(conn, viewer=viewer(conn), today=today.isoformat(), **asked.filters)
    opened = q.opened(conn, viewer=viewer(conn), since=today.replace(day=1).isoformat(), **asked.filters)
    return Counts(row["cases"], row["overdue"], opened["cases"])


class Load(list[dict[str, Any]]):
    """The rows, and everyone who is on them."""

    def __init__(self, rows: Iterable[dict[str, Any]], subjects: Iterable[Subject]) -> None:
        super().__init__(rows)
        self.subjects = tuple(subjects)


def caseload(conn: Any, asked: Asked, most: int | None, *, mask: bool) -> Load:
    """{case, stage, opened_on, window, coordinator, people, concerns, track, last_contact_on, next_due_on, overdue} and
    what the screen adds; at most `most` rows, overdue first, those with no date last.

    `people`, those still there, is a list of {label, name} (`mask`: initials), `alerts` of labels with a visit alert or
    a contact rule, `concerns` of slugs, the most pressing first. `track` is the
    multi-layered conference where anybody's sharing holds today. `overdue` counts days, 0 where nothing is.
    """
    rows = getattr(queries("caseload"), asked.query)(
        conn,
        viewer=viewer(conn),
        due_before=asked.today.isoformat() if asked.overdue else None,
        how_many=EVERY if most is None else most,
        **asked.filters,
    )
    found, subjects = [], list[Subject]()
    for row in list(rows):
        members = facts.people(conn, row["id"])
        joined = [p for p in members if p.joined_on <= asked.today]
        people = [p for p in joined if p.left_on is None or p.left_on > asked.today] or joined
        subjects += [("case", row["number"]), *(("person", str(p.person_id)) for p in people)]
        what = next_step(row["next_due_what"], members, mask=mask)
        found.append(_row(conn, row, people, asked.today, mask=mask) | {"next_due_what": what})
    if asked.by is not None:
        by = asked.by.value
        found.sort(key=lambda row: (row[by] is None, _order(row[by])))
    return Load(found, subjects)


def _order(value: Any) -> tuple[int, str]:
    """Stages in the order of the flow, codes by their letters."""
    return (list(Stage).index(value), "") if isinstance(value, Stage) else (0, str(value))


def _row(conn: Any, row: Any, people: list[Person], today: date, *, mask: bool) -> dict[str, Any]:
    concerns = queries("caseload").concerns(conn, case_id=row["id"], day=today.isoformat())
    shared = any(track(p, today) is Track.MULTILAYER for p in people)
    due = date.fromisoformat(row["next_due_on"]) if row["next_due_on"] else None
    return {
        "case": row["number"],
        "stage": Stage(row["stage"]),
        "opened_on": row["opened_on"],
        "window": row["window_code"],
        "coordinator": row["coordinator"],
        "people": [{"label": p.label, "name": initials(p.name, p.kana) if mask else p.name} for p in people],
        "concerns": list(dict.fromkeys(c["code"] for c in concerns)),
        "track": Track.MULTILAYER if shared else Track.SUPPORT,
        "last_contact_on": row["last_contact_on"],
        "next_due_on": row["next_due_on"],
        "overdue": max((today - due).days, 0) if due else 0,
        "last_contact_method": row["last_contact_method"],
        "next_due_kind": row["next_due_kind"],
        "alerts": [p.label for p in people if alerts.has_any(p)],
    }


def next_step(typed: str | None, people: Iterable[Person], *, mask: bool) -> str | Say | None:
    """What is to be done, as typed. In a household somebody left under restriction it may be about them (rule 11), so
    that whoever is not of their case reads the kind of the step alone."""
    people = tuple(people)
    if any(person.withheld for person in people):
        return None
    return without_names(typed, people) if mask else typed
