"""The rows of a ledger as households: raw forms for `LedgerForm`, each part of which remembers the cell it came from.

Rows that share a ledger number and stand together are one household; so does a row below another that says nothing
of the case itself (merged cells leave it so). In a ledger with a row for each household, columns of A, B, C … do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from toshima_cli import ledger_words as words
from toshima_cli.domain.names import fold
from toshima_cli.domain.people import next_label
from toshima_cli.domain.verdict import Say, say
from toshima_cli.i18n import render
from toshima_cli.ledger import DATES, LISTED, OF_A_PERSON, SEVERAL, Layout
from toshima_cli.ledger_words import Words

Row = tuple[int, Sequence[str]]

MEMBERS = 26 + 26 * 26
"""So many labels there are, A to ZZ, and so many rows one household may have."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the row as the spreadsheet counts it, the heading, and what is written there."""

    row: int
    heading: str
    value: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """One thing wrong with the ledger."""

    place: Place
    message: Say


@dataclass(slots=True)
class Household:
    """One household of the ledger: the raw form, where each part of it stands, and what could not be read."""

    row: int
    raw: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    unfit: list[Unfit] = field(default_factory=list)
    zeros: int = 0
    """Telephone numbers whose first 0 was put back."""


@dataclass(slots=True)
class _Cell:
    text: str
    place: Place


class Reader:
    """Turns rows below the header into households. `today`: for what is said of dates."""

    def __init__(self, layout: Layout, known: Words, today: date) -> None:
        self._layout, self._words, self._today = layout, known, today

    def households(self, rows: Iterable[Row]) -> Iterator[Household]:
        """One after the other, none of the rows before it kept."""
        group, more = list[tuple[int, dict[str | None, dict[str, _Cell]]]](), 0
        for number, cells in rows:
            read = self._cells(number, cells)
            if group and not self._belongs(group, read):
                yield self._household(group, more)
                group, more = [], 0
            if len(group) < MEMBERS:
                group.append((number, read))
            else:
                more += 1
        if group:
            yield self._household(group, more)

    # ------------------------------------------------------------------ rows

    def _cells(self, number: int, cells: Sequence[str]) -> dict[str | None, dict[str, _Cell]]:
        """label (None: the row's own) → field → cell, blank ones left out."""
        found: dict[str | None, dict[str, _Cell]] = {}
        for column in self._layout.columns:
            text = cells[column.place] if column.place < len(cells) else ""
            if not text.strip():
                continue
            values = self._layout.values.get(column.field)
            meant = values.get(fold(text), text) if values else text
            if meant:
                cell = _Cell(meant, Place(number, column.heading, text))
                found.setdefault(column.label, {})[column.field] = cell
        return found

    def _belongs(self, group: Sequence[tuple[int, Any]], read: Mapping[str | None, Mapping[str, _Cell]]) -> bool:
        if self._layout.household:
            return False
        own, first = read.get(None, {}), group[0][1].get(None, {})
        number, before = own.get("ledger"), first.get("ledger")
        if number is not None:
            return before is not None and before.text == number.text
        return not any(name not in OF_A_PERSON for name in own)

    # ------------------------------------------------------------- households

    def _household(self, group: Sequence[tuple[int, dict[str | None, dict[str, _Cell]]]], more: int = 0) -> Household:
        """`more`: rows beyond those that were kept."""
        made = Household(group[0][0])
        if more:
            own = group[0][1].get(None, {})
            cell = own.get("ledger") or next(iter(own.values()), _Cell("", Place(made.row, "", "")))
            _fault(
                made,
                cell,
                say(
                    "One household has {count} rows; there are labels for {most} people.",
                    count=len(group) + more,
                    most=MEMBERS,
                ),
            )
        self._case(made, [read.get(None, {}) for _, read in group])
        people: list[tuple[int, str | None, dict[str, _Cell]]] = []
        for number, read in group:
            first = {name: cell for name, cell in read.get(None, {}).items() if name in OF_A_PERSON}
            if not self._layout.household:
                people.append((number, None, first))
                continue
            labelled = {label: cells for label, cells in read.items() if label is not None}
            labelled["A"] = {**first, **labelled.get("A", {})}
            people += [(number, label, labelled[label]) for label in sorted(labelled, key=lambda one: (len(one), one))]
        labels: list[str] = []
        for number, label, cells in people:
            labels.append(self._person(made, number, label, cells, labels))
        return made

    def _case(self, made: Household, rows: Sequence[Mapping[str, _Cell]]) -> None:
        raw = made.raw
        cells: dict[str, _Cell] = {}
        for row in rows:
            for name, cell in row.items():
                if name in OF_A_PERSON:
                    continue
                before = cells.setdefault(name, cell)
                if before.text != cell.text:
                    _fault(
                        made, cell, say("Row {row} of the same household says something else.", row=before.place.row)
                    )
        for name in ("ledger", "received_on", "window", "channel", "note", "coordinator"):
            self._put(made, raw, name, name, self._cell(made.row, name, cells))
        for name in ("address", "phone"):
            self._put(made, raw.setdefault("household", {}), name, f"household.{name}", cells.get(name))
        told = {"name": cells.get("reporter"), "relation": cells.get("reporter_relation")}
        if any(told.values()):
            raw["reporter"] = {}
            for name, given in told.items():
                self._put(made, raw["reporter"], name, f"reporter.{name}", given)
        raw["people"], raw["concerns"], raw["consents"], raw["progress"] = [], [], [], []
        self._concerns(made, None, self._cell(made.row, "household_concern", cells), None)

    def _cell(self, row: int, name: str, cells: Mapping[str, _Cell]) -> _Cell | None:
        """The cell, or what the mapping says holds where it is blank."""
        if name in cells or name not in self._layout.constants:
            return cells.get(name)
        text = self._layout.constants[name]
        return _Cell(text, Place(row, self._layout.heading(name) or name, text))

    def _put(self, made: Household, into: dict[str, Any], key: str, path: str, cell: _Cell | None) -> None:
        """One value into the raw form, as the form takes it; what cannot be read is a fault of its cell."""
        if cell is None:
            return
        made.places[path] = cell.place
        if (broken := getattr(cell.text, "message", None)) is not None:
            _fault(made, cell, broken)
            return
        name = path.rpartition(".")[2] if path.startswith("household.") else key
        if name in LISTED and path != "reporter.relation":  # in their own words: 母 of whom, a list cannot say
            into[key] = self._words.slug(name, cell.text)
        elif name == "phone":
            into[key], put_back = words.phone(cell.text)
            made.zeros += put_back
        elif name in DATES:
            found = words.day(cell.text, self._today)
            if isinstance(found, Say):
                _fault(made, cell, found)
            else:
                into[key] = found
        else:
            into[key] = cell.text.strip() if name in ("ledger", "label") else cell.text

    # ----------------------------------------------------------------- people

    def _person(
        self, made: Household, row: int, label: str | None, cells: dict[str, _Cell], taken: Sequence[str]
    ) -> str:
        """One member with what is told of them. Returns their label."""
        raw = made.raw
        at = f"people[{len(raw['people'])}]"
        person: dict[str, Any] = {}
        raw["people"].append(person)
        own = cells.get("label")
        label = label or (own.text.strip().upper() if own else next_label(taken))
        person["label"] = label
        made.places[f"{at}.label"] = own.place if own else Place(row, "", label)
        for name in ("name", "kana", "sex", "relation", "wish"):
            self._put(made, person, name, f"{at}.{name}", self._cell(row, name, cells))
        self._put(made, person, "note", f"{at}.note", cells.get("person_note"))
        self._birth(made, person, at, cells.get("birth_date"))
        self._concerns(made, label, self._cell(row, "concern", cells), cells.get("concern_note"))
        self._consent(made, row, label, cells)
        self._progress(made, row, label, cells)
        return label

    def _birth(self, made: Household, person: dict[str, Any], at: str, cell: _Cell | None) -> None:
        if cell is None or hasattr(cell.text, "message"):
            self._put(made, person, "birth_date", f"{at}.birth_date", cell)
            return
        made.places[f"{at}.birth_date"] = cell.place
        received = made.raw.get("received_on")
        on = date.fromisoformat(received) if isinstance(received, str) else self._today
        found = words.birth(cell.text, self._today, on)
        if isinstance(found, Say):
            _fault(made, cell, found)
            return
        born, told = found
        if born:
            person["birth_date"] = born
        if told:
            person["note"] = "\n".join((*filter(None, [person.get("note")]), render(told)))

    def _concerns(self, made: Household, label: str | None, cell: _Cell | None, note: _Cell | None) -> None:
        each = made.raw["concerns"]
        if cell is None:
            if note is not None:
                _fault(made, note, say("This belongs to a concern, and none stands in this row."))
            return
        if hasattr(cell.text, "message"):
            _fault(made, cell, cell.text.message)
            return
        for number, (code, pressing) in enumerate(
            self._words.several("concern" if label else "household_concern", cell.text)
        ):
            at = f"concerns[{len(each)}]"
            made.places[f"{at}.concern"] = made.places[f"{at}.most_pressing"] = cell.place
            found: dict[str, Any] = {"person": label, "concern": code, "most_pressing": pressing}
            if note is not None and not number:
                self._put(made, found, "note", f"{at}.note", note)
            each.append(found)

    def _consent(self, made: Household, row: int, label: str, cells: dict[str, _Cell]) -> None:
        names = ("consent_scope", "consent_on", "consent_method", "consent_decided_by", "consent_by")
        more = ("consent_evidence", "consent_excluding")
        decision = self._cell(row, "consent", cells)
        if decision is None:
            for name in (*names, *more):
                if name in cells:
                    _fault(made, cells[name], say("This belongs to a consent, and none stands in this row."))
            return
        at = f"consents[{len(made.raw['consents'])}]"
        found: dict[str, Any] = {"person": label}
        made.raw["consents"].append(found)
        made.places[at] = decision.place
        for name in ("consent", *names, *more):
            cell = decision if name == "consent" else self._cell(row, name, cells)
            key = "decision" if name == "consent" else name.removeprefix("consent_")
            if cell is not None and name in SEVERAL and not hasattr(cell.text, "message"):
                made.places[f"{at}.{key}"] = cell.place
                found[key] = [code for code, _ in self._words.several(name, cell.text)]
            elif cell is not None:
                got = dict[str, Any]()
                self._put(made, got, name, f"{at}.{key}", cell)
                found |= {key: got[name]} if got else {}

    def _progress(self, made: Household, row: int, label: str, cells: dict[str, _Cell]) -> None:
        text = cells.get("progress")
        if text is None:
            for name in ("progress_on", "progress_method"):
                if name in cells:
                    _fault(made, cells[name], say("This belongs to a contact, and what it was about is blank."))
            return
        at = f"progress[{len(made.raw['progress'])}]"
        found: dict[str, Any] = {"person": label}
        made.raw["progress"].append(found)
        for name, key in (("progress", "text"), ("progress_on", "on"), ("progress_method", "method")):
            got = dict[str, Any]()
            self._put(made, got, name, f"{at}.{key}", self._cell(row, name, cells))
            found |= {key: got[name]} if got else {}


def _fault(made: Household, cell: _Cell, message: Say) -> None:
    made.unfit.append(Unfit(cell.place, message))
