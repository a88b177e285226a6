"""One household of a ledger as a form: what `intake --from` takes, and what a ledger tells beside it."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.forms import BusinessDay, Form, IntakeForm, Known, Label, Name, Text, _of, fill
from toshima_cli.i18n import render
from toshima_cli.ledger import FIELDS, Layout
from toshima_cli.ledger_rows import Household, Place, Unfit


class ProgressForm(Form):
    """One contact the ledger tells of; without a day it is the day of the reception."""

    person: Label | None = None
    text: Text
    on: BusinessDay | None = None
    method: Annotated[str, _of("method")] = "other"


class LedgerForm(IntakeForm):
    """`ledger`: the number the household had there. `coordinator`: to whom the case goes as it is received."""

    ledger: Name | None = None
    coordinator: Annotated[str, _of("staff")] | None = None
    progress: list[ProgressForm] = Field(default_factory=list)


def filled(made: Household, known: Known, layout: Layout) -> LedgerForm | list[Unfit]:
    """The form of one household, or everything wrong with it, each with the cell it stands in."""
    unfit = list(made.unfit)
    said = {one.place for one in unfit}
    try:
        form = fill(LedgerForm, made.raw, known)
    except BadInput as error:
        found = ((_place(made, fault, layout), fault.message) for fault in error.faults)
        unfit += [Unfit(place, message) for place, message in found if not _said_of(place, said)]
        return unfit
    unfit += [Unfit(_place(made, fault, layout), fault.message) for fault in _across(form)]
    return unfit or form


def _across(form: LedgerForm) -> Iterator[Fault]:
    for number, told in enumerate(form.progress):
        if told.on is not None and told.on < form.received_on:
            yield Fault(f"progress[{number}].on", say("This lies before the concern was received."))


def _said_of(place: Place, said: set[Place]) -> bool:
    """Of a cell that could not be read the form only knows that something is missing there."""
    return any((place.row, place.heading) == (one.row, one.heading) for one in said)


_FIELD_OF = {"people": "name", "concerns": "concern", "consents": "consent", "progress": "progress"}
_OF_PARTS = {
    "reporter.name": "reporter",
    "reporter.relation": "reporter_relation",
    "consents.decision": "consent",
    "consents.by": "consent_by",
    "consents.decided_by": "consent_decided_by",
    "progress.text": "progress",
    "people.note": "person_note",
    "concerns.note": "concern_note",
}


def _place(made: Household, fault: Fault, layout: Layout) -> Place:
    """The cell a part of the form came from; for what is missing, the column it would stand in."""
    where = fault.where
    while where:
        if where in made.places and where == fault.where:
            return made.places[where]
        if (inside := where.rpartition("[")[0]) and where.endswith("]") and inside in made.places:
            return made.places[inside]  # one word of several in a cell
        if where in made.places:
            found = made.places[where]
            return Place(found.row, _heading(fault.where, layout), "")
        where = where.rpartition(".")[0]
    row = next((place.row for path, place in made.places.items() if path.startswith(_head(fault.where))), made.row)
    return Place(row, _heading(fault.where, layout), "")


def _head(where: str) -> str:
    return where.partition(".")[0] if "[" in where else "\0"


def _heading(where: str, layout: Layout) -> str:
    head, _, _ = where.partition("[")
    last = where.rpartition(".")[2] if "." in where else ""
    joined = f"{head.partition('.')[0]}.{last}" if last else head
    name = _OF_PARTS.get(joined)
    if name is None and head in ("consents", "progress") and last:
        name = f"{'consent' if head == 'consents' else 'progress'}_{last}"
    name = name or _FIELD_OF.get(head if not last else "", last or head)
    return layout.heading(name) or render(FIELDS.get(name, Say(name)))
