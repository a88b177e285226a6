"""Taking an old ledger in: every household a case, the very same way as a reception, all of them or none."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from toshima_cli.db import Store, Work, queries, viewer
from toshima_cli.domain.names import fold
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, Warned, say
from toshima_cli.flow import search_keys
from toshima_cli.flow.done import case_of, project
from toshima_cli.flow.intake import Received, receive
from toshima_cli.flow.progress import Told, write_note
from toshima_cli.flow.route import hand_over
from toshima_cli.ledger_form import LedgerForm
from toshima_cli.series import Series

MARK = "ledger"
"""The kind of counter that knows which case a number of a ledger became: its window and day belong to it, since every
ledger begins with 1."""

Known = Literal["refuse", "skip", "again"]
SOME = 20
"""So many rows are named one by one."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One household taken in: its row in the ledger, its number there, and the case it became."""

    row: int
    ledger: str | None
    case: str


@dataclass(slots=True)
class Outcome:
    """What came of a ledger. `duplicates`: {row, label, case, reason} of people who may be on record already;
    `warnings`: (row, what); of both the first ones only, and how many there were, unless `whole` is asked for, as is
    `taken`. `first`, `last`: days of reception."""

    whole: bool = False
    cases: int = 0
    people: int = 0
    skipped: int = 0
    first: date | None = None
    last: date | None = None
    taken: list[Taken] = field(default_factory=list)
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    alike: int = 0
    warnings: list[tuple[int, Warned]] = field(default_factory=list)
    warned: int = 0

    def add(self, row: int, form: LedgerForm, got: Received) -> None:
        """One more household."""
        self.cases += 1
        self.people += len(form.people)
        self.first = min(form.received_on, self.first or form.received_on)
        self.last = max(form.received_on, self.last or form.received_on)
        self.alike += len(got.duplicates)
        self.warned += len(got.warnings)
        if self.whole:
            self.taken.append(Taken(row, form.ledger, got.number))
        if self.whole or len(self.duplicates) < SOME:
            self.duplicates += ({"row": row, **each} for each in got.duplicates)
        if self.whole or len(self.warnings) < SOME:
            self.warnings += ((row, warned) for warned in got.warnings)


def take_in(
    store: Store,
    forms: Iterable[tuple[int, LedgerForm]],
    *,
    known: Known = "refuse",
    keep: bool = True,
    whole: bool = False,
    note_number: Callable[[str], str] = str,
    told: Callable[[], None] = lambda: None,
) -> Outcome | Refusal:
    """1 which of them are in the books already · 2 each household is received · 3 what the ledger tells beside it.

    `forms` come with their rows. `keep` False tries everything and writes nothing; `whole`: an outcome that names every
    household. `note_number` says the number of the ledger in the notes of the case, `told` hears of every household.
    What is raised by `forms` leaves nothing behind.
    """

    def do(series: Series) -> Outcome | Refusal:
        made, again = Outcome(whole), list[tuple[int, str]]()
        for row, form in forms:
            said = mark(form.ledger, form.window, form.received_on)
            before = _before(series.conn, said)
            # one the reader may not know of is not known: its holders are told of whoever is recorded again
            there = before is not None and before["number"] is not None
            if there and known == "refuse":
                again.append((row, form.ledger or ""))
            if (there and known != "again") or again:
                made.skipped += there
            else:
                _one(series, made, row, form, said if before is None else None, note_number)
            told()
        return _already(again) if again else made

    return store.works("import cases", do, keep=keep)


def _before(conn: Any, said: str | None) -> Any:
    """The case of this mark that stands, if any."""
    return None if said is None else queries("books").of_ledger(conn, scope=said, viewer=viewer(conn))


def mark(number: str | None, window: str | None, received_on: date | str | None) -> str | None:
    """By what the same household of the same ledger is known again; None where the ledger gives no number."""
    return f"{window} {received_on} {fold(number)}" if number else None


def _one(
    series: Series, made: Outcome, row: int, form: LedgerForm, new: str | None, note_number: Callable[[str], str]
) -> None:
    """`new`: the mark it is known by from now on; None where another case keeps it, or there is none."""
    got = series.act(lambda w: _received(w, form, new, note_number))
    series.about |= got.met
    made.add(row, form, got)


def _received(w: Work, form: LedgerForm, new: str | None, note_number: Callable[[str], str]) -> Received:
    if form.ledger:
        number = note_number(form.ledger)
        form = form.model_copy(update={"note": f"{number}\n{form.note}" if form.note else number})
    got = receive(w, form, "import")
    if new is not None:
        queries("books").mark(w.conn, kind=MARK, scope=new, value=got.case_id)
    warnings = [*got.warnings, *_beside(w, form, got)]
    people = [int(each["person_id"]) for each in queries("books").records_of(w.conn, case_id=got.case_id)]
    search_keys.of_newcomers(w.conn, people[0], people[-1])
    w.about(("case", got.number), *(("person", str(each)) for each in people))
    return replace(got, warnings=warnings)


def _beside(w: Work, form: LedgerForm, got: Received) -> Iterator[Warned]:
    """The coordinator the case goes to, and the contacts the ledger tells of. What is derived of a case that has no
    more than its reception was written with it."""
    if not (form.coordinator or form.progress or form.consents):
        return
    if form.coordinator:
        refused = hand_over(w, case_of(w, got.number), form.coordinator, form.received_on)
        if refused:
            yield Warned(refused.rule, refused.message)
    for told in form.progress:
        contact = Told(told.on or form.received_on, told.method, told.text, told.person)
        write_note(w, got.number, got.case_id, got.ids[told.person] if told.person else None, contact)
    project(w, got.number)


def _already(again: list[tuple[int, str]]) -> Refusal:
    rows = tuple(say("row {row} ({number})", row=row, number=number) for row, number in again[:SOME])
    more: tuple[Say, ...] = ()
    if len(again) > SOME:
        more = (say("and {count} more", count=len(again) - SOME),)
    return Refusal(
        rule="import.known",
        basis=Basis.OURS,
        message=say(
            "{count} households of this ledger are in the books already. Nothing was taken in.", count=len(again)
        ),
        facts=(say("Taken in before: {rows}.", rows=(*rows, *more)),),
        missing=(say("A ledger that was not taken in yet, or your word on what to do with those."),),
        next=(
            Next("import", say("Take in only those that are new."), "toshima import cases FILE --known skip"),
            Next(
                "import",
                say("Take them in once more, as cases of their own."),
                "toshima import cases FILE --known again",
            ),
        ),
    )
