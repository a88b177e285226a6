"""The lists behind the figures: what one of them counts, unit by unit, and all of them for the sheet of a report.

A number says nothing about who, a list would: as many rows as the figure says come out, whoever asks, and where the
reader may not know whom a row is about it names nobody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import facts
from toshima_cli.db import queries
from toshima_cli.domain import figures as f
from toshima_cli.domain import report as r
from toshima_cli.domain.case import Case
from toshima_cli.domain.initials import initials
from toshima_cli.journal import Subject
from toshima_cli.looks.report import LIST, Books, list_of

REPORTS = "reports_by_law"
_NAMES = ("unit", "case_number", "meeting", "item", "person", "person_id", "on_date")
"""What a row kept from the reader does not say: its day and its sitting would tell on the case."""

TELLING = ("consultations", "consultations_by_field")
"""Lists of cases whose code may follow from one member alone."""

OF_SITTINGS = ("conference_sittings",)


@dataclass
class _Hidden:
    """What a list keeps from `actor`, though the figure counts it: a number says nothing about who, a list would."""

    conn: Any
    actor: str
    _cases: frozenset[str] = frozenset()
    _people: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        cases = queries("restricted").hidden_cases(self.conn, viewer=self.actor)
        self._cases = frozenset(row["number"] for row in cases)
        people = queries("restricted").hidden_members(self.conn, viewer=self.actor)
        self._people = frozenset((row["number"], row["label"]) for row in people)
        self._left = frozenset(number for number, _ in self._people)
        seen = queries("restricted").sittings_seen(self.conn, viewer=self.actor) if self._cases else ()
        self._sittings = frozenset((row["meeting"], row["kind"]) for row in seen)

    def hides(self, row: Mapping[str, Any], query: str) -> bool:
        number = row["case_number"]
        if number is None:
            # which kind of conference a sitting was, where all of that kind it dealt with is hidden from the reader
            hidden = query in OF_SITTINGS and self._cases and (row["meeting"], row["code"]) not in self._sittings
            return bool(hidden)
        if query in TELLING and number in self._left:
            return True
        if number in self._cases or (number, row["person"]) in self._people:
            return True
        if query != REPORTS:
            return False
        case = facts.load(self.conn, number)
        if case is None:  # its reception was taken back
            return True
        report = next(referral for referral in case.referrals if referral.number == row["unit"])
        return not report.open_to(self.actor, case.coordinator_on(date.max))


def _rows(hidden: _Hidden, books: Books, month: r.Range, figure: f.Figure) -> Iterator[tuple[bool, dict[str, Any]]]:
    """(kept from the reader?, the row), by day, those kept from the reader last."""
    found = []
    for row in hidden.conn.execute(LIST.format(list=list_of(figure.query)), books.asked(figure, month)):
        if row["code"] in figure.codes or not figure.codes:
            kept = hidden.hides(row, figure.query)
            found.append((kept, dict(row) | dict.fromkeys(_NAMES) if kept else dict(row)))
    return iter(sorted(found, key=lambda one: one[0]))


def _shown(row: Mapping[str, Any]) -> Iterator[Subject]:
    for kind, column in (("case", "case_number"), ("person", "person_id"), ("meeting", "meeting")):
        if row[column] is not None:
            yield kind, str(row[column])


def _unit(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "unit": row["unit"],
        "case": row["case_number"],
        "meeting": row["meeting"],
        "item": row["item"],
        "person": row["person"],
        "on": date.fromisoformat(row["on_date"]) if row["on_date"] else None,
    }


def units(
    conn: Any, month: r.Range, figure: f.Figure, *, actor: str, named: bool = False, mask: bool = False
) -> tuple[list[dict[str, Any]], list[Subject]]:
    """The units a figure of the month counts, {unit, case, meeting, item, person, on} and with `named` {name}, and whom
    they show.

    As many rows as the figure says, whoever asks. Where `actor` may not know whom a unit is about, everything in it is
    null, and it stands last: a restricted case, for whoever is not of it, a member who left to one, and what of their
    old household may say something of them (rule 11); a report by law, for all but its own people (rule 7).
    """
    who = _Names(conn, mask) if named else None
    found, subjects = list[dict[str, Any]](), list[Subject]()
    for kept, row in _rows(_Hidden(conn, actor), Books(conn, month), month, figure):
        name, about = who.of(row) if who and not kept else (None, ())
        found.append(_unit(row) | ({"name": name} if named else {}))
        subjects += [*_shown(row), *about]
    return found, subjects


def every_unit(
    conn: Any, month: r.Range, *, actor: str, named: bool, mask: bool, english: bool
) -> tuple[list[r.Unit], list[Subject]]:
    """What every figure of the month counts, in the order of the report, and whom it shows. `named`: with the name of
    the person, or of the first of the household where the unit is the case."""
    books, hidden = Books(conn, month, english), _Hidden(conn, actor)
    who = _Names(conn, mask) if named else None
    found, subjects = list[r.Unit](), list[Subject]()
    for title, figure in ((block.title, figure) for block in f.BLOCKS for figure in block.figures):
        for kept, row in _rows(hidden, books, month, figure):
            key = figure.key if figure.each is None else f"{figure.key}.{row['code']}"
            name, about = who.of(row) if who and not kept else (None, ())
            found.append(r.Unit(title, key, **_unit(row), name=name))
            subjects += [*_shown(row), *about]
    return found, subjects


@dataclass
class _Names:
    """Names of people by case and label; each case is read once."""

    conn: Any
    mask: bool

    def __post_init__(self) -> None:
        self._cases: dict[str, Case | None] = {}

    def of(self, row: Mapping[str, Any]) -> tuple[str | None, tuple[Subject, ...]]:
        number = row["case_number"]
        if number is None:
            return None, ()
        if number not in self._cases:
            self._cases[number] = facts.load(self.conn, number)
        case = self._cases[number]
        if case is None:
            return None, ()
        label = row["person"]
        found = next((p for p in case.people if label in (None, p.label) and not p.withheld), None)
        if found is None:
            return None, ()
        name = initials(found.name, found.kana) if self.mask else found.name
        return name, (("person", str(found.person_id)),)
