"""What `import cases` does: 1 what the columns mean · 2 every household checked, every fault collected · 3 the first of
them shown and asked about · 4 all taken in, in one transaction.

The file is read once to be checked and once more to be taken in, so that no household but one is in memory, and nobody
else waits for the books while a person reads and answers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, Any

from toshima_cli.answers import Answers
from toshima_cli.domain.initials import initials
from toshima_cli.domain.verdict import Next, Refusal, Say, say
from toshima_cli.exits import BadInput, BadRows, Fault, granted
from toshima_cli.forms import Known
from toshima_cli.i18n import render
from toshima_cli.ledger import FIELDS, LISTED, Layout, MappingForm, layout, mapping_of
from toshima_cli.ledger_form import LedgerForm, filled
from toshima_cli.ledger_rows import Household, Place, Reader, Unfit
from toshima_cli.ledger_words import Words, faults
from toshima_cli.looks import public
from toshima_cli.ui import ledger as screens
from toshima_cli.ui.files import parse_json
from toshima_cli.ui.ledger_file import Ledger, Row, opened
from toshima_cli.ui.page import Shown
from toshima_cli.ui.progress import bar
from toshima_cli.ui.xlsx_cells import Unreadable

if TYPE_CHECKING:
    from toshima_cli.context import Ctx
    from toshima_cli.flow.ledger import Outcome

MOST_FAULTS = 10_000
"""With so many a column was meant otherwise; the rest would say the same."""

PREVIEW = 3


@dataclass(slots=True)
class Checked:
    """What a ledger holds, nothing of it wrong. `first`: the first households, to be shown."""

    count: int = 0
    zeros: int = 0
    first: list[LedgerForm] = field(default_factory=list)


def understood(a: Answers, mapping: str | None, sheet: str | None) -> MappingForm:
    """The mapping; a sheet named on the line goes before one named in it. Raises BadInput (exit 2)."""
    text = a.file_text("--mapping", mapping, whole=True)
    name = a.text("--sheet", sheet)
    raw = _parsed(mapping, text) if mapping and text else {}
    if isinstance(raw, Say):
        a.fault("--mapping", raw)
    a.settle()
    found = mapping_of(raw)
    return found if name is None else found.model_copy(update={"sheet": name})


def _parsed(name: str, text: str) -> Any:
    """The value of TOML or JSON, by the ending of the name, or what is wrong with it."""
    if Path(name).suffix.lower() != ".toml":
        raw, message = parse_json(text)
        return message or raw
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        return say("This is not TOML: line {line}, column {column}.", line=line, column=column)


class Importing:
    """One ledger, opened."""

    def __init__(self, c: "Ctx", path: str, ledger: Ledger, given: MappingForm) -> None:
        self._c, self._path, self._ledger = c, path, ledger
        self._header = given.header
        codes = c.store.codes()
        self._known = Known(c.today, codes)
        self._layout: Layout = layout(given, self._headings())
        self._words = Words(self._layout.values, codes, c.store.codes(english=True))
        if wrong := [*faults(given, self._words, c.today)]:
            raise BadInput(wrong, do=(say("Put the mapping right and give it again. Nothing was taken in."),))

    def _headings(self) -> list[str]:
        for number, cells in self._ledger.rows():
            if number == self._header:
                return cells
            if number > self._header:
                break
        missing = say("Row {row} holds no headings.", row=self._header)
        raise BadInput([Fault(self._path, missing)], do=("toshima import cases --template -o FILE.xlsx",))

    def _below(self) -> Iterator[Row]:
        return ((number, cells) for number, cells in self._ledger.rows() if number > self._header)

    def _households(self) -> Iterator[tuple[Household, LedgerForm | list[Unfit]]]:
        for made in Reader(self._layout, self._words, self._c.today).households(self._below()):
            yield made, filled(made, self._known, self._layout)

    def check(self) -> Checked:
        """Read it whole. Raises BadRows (exit 2) with everything wrong in it."""
        found, unfit, met = Checked(), list[Unfit](), dict[str, int]()
        with self._bar(say("Checking"), None) as step:
            for made, form in self._households():
                twice = [*self._twice(made, met)]
                if twice or isinstance(form, list):
                    unfit += sorted((*(form if isinstance(form, list) else ()), *twice), key=lambda one: one.place.row)
                    if len(unfit) >= MOST_FAULTS:
                        break
                    continue
                found.count += 1
                found.zeros += made.zeros
                if len(found.first) < PREVIEW:
                    found.first.append(form)
                step()
        if unfit:
            raise self._bad(unfit[:MOST_FAULTS], cut=len(unfit) >= MOST_FAULTS)
        if not found.count:
            raise BadInput([Fault(self._path, say("There is no row below the headings."))])
        return found

    def _twice(self, made: Household, met: dict[str, int]) -> Iterator[Unfit]:
        """A number that comes again further down: two households, or one whose rows do not stand together."""
        from toshima_cli.flow.ledger import mark

        said = mark(made.raw.get("ledger"), made.raw.get("window"), made.raw.get("received_on"))
        before = met.setdefault(said, made.row) if said else made.row
        if before != made.row:
            message = say("This number stood in row {row} already; rows of one household stand together.", row=before)
            yield Unfit(made.places["ledger"], message)

    def _bad(self, unfit: list[Unfit], *, cut: bool) -> BadRows:
        rows = [_row(one, mask=self._c.mask) for one in unfit]
        if self._c.out.given.file:
            self._c.out.rows(self._c.store.reference(lambda conn: rows), screens.FAULTS, empty=say("Nothing."))
        do = (say("Put the ledger right and give it again. Nothing was taken in."),)
        return BadRows(rows, [_fault(row) for row in rows[: screens.MOST]], cut=cut, do=do)

    def show(self, checked: Checked) -> None:
        """Its first households as they were understood, where a person is there to look."""
        c = self._c
        names = c.words()
        source = {
            "encoding": self._ledger.encoding,
            "sheet": self._ledger.sheet,
            "formulas": self._ledger.formulas,
        }
        first = [_seen(form, names, mask=c.mask) for form in checked.first]
        c.out.ahead(lambda page: screens.preview(page, self._path, source, first))

    def take_in(self, count: int, known: Any, *, keep: bool) -> "Outcome":
        """All of them, or none. Raises Refused (exit 3), and BadInput where the file changed meanwhile."""
        from toshima_cli.flow.ledger import take_in

        whole = self._c.out.form not in (None, "table")
        with self._bar(say("Taking in") if keep else say("Trying"), count) as step:
            made = take_in(
                self._c.store,
                self._forms(),
                known=known,
                keep=keep,
                whole=whole,
                note_number=lambda number: render(say("Ledger number {number}", number=number)),
                told=step,
            )
        if isinstance(made, Refusal):
            made = replace(made, next=tuple(replace(one, command=self._again(one)) for one in made.next))
        return granted(made)

    def _again(self, one: Next) -> str:
        """The line as typed, with what the hint adds to it."""
        _, _, more = one.command.partition(" FILE ")
        return f"{join(('toshima', *self._c.line))} {more}" if more else one.command

    def _forms(self) -> Iterator[tuple[int, LedgerForm]]:
        for made, form in self._households():
            if isinstance(form, list):
                raise BadInput([Fault(self._path, say("The file was changed meanwhile. Nothing was taken in."))])
            yield made.row, form

    def _bar(self, what: Say, total: int | None) -> Any:
        return bar(self._c.out.terminal, what, total, quiet=self._c.out.quiet)


def _row(one: Unfit, *, mask: bool) -> dict[str, Any]:
    """{row, column, value, message}; with --mask what stands there may be a name."""
    place: Place = one.place
    return {
        "row": place.row,
        "column": place.heading,
        "value": None if mask else str(place.value),
        "message": say("What stands here does not fit.") if mask else one.message,
    }


def _fault(row: dict[str, Any]) -> Fault:
    where = render(say("row {row}  {column}", row=row["row"], column=row["column"]))
    message, value = row["message"], row["value"]
    if value and value not in render(message):
        message = say("“{value}”: {what}", value=value, what=message)
    return Fault(where.rstrip(), message)


def _seen(form: LedgerForm, names: Any, *, mask: bool) -> list[tuple[Shown, Shown]]:
    """One household in words, a line each."""
    lines: list[tuple[Shown, Shown]] = [
        (FIELDS["ledger"], form.ledger),
        (FIELDS["received_on"], form.received_on),
        (FIELDS["window"], names["window"].get(form.window, form.window)),
    ]
    for person in form.people:
        who = (initials(person.name, person.kana),) if mask else (person.name, person.kana)
        more = (person.birth_date, names["sex"][person.sex], names["relation"].get(person.relation))
        told = [concern for concern in form.concerns if concern.person == person.label]
        concerns = (names["concern"][concern.concern] for concern in told)
        lines.append((person.label, tuple(str(part) for part in (*who, *more, *concerns) if part)))
    if form.coordinator:
        lines.append((FIELDS["coordinator"], names["staff"].get(form.coordinator, form.coordinator)))
    return [line for line in lines if line[1]]


def run(c: "Ctx", a: Answers, path: str, given: MappingForm, known: str, *, dry_run: bool, yes: bool) -> None:
    """The whole of it, from the file to what is said at the end."""
    try:
        with opened(path, given.sheet) as ledger:
            job = Importing(c, path, ledger, given)
            checked = job.check()
            if not (dry_run or yes) and not c.ask.possible:
                a.missing("--yes")
                a.settle()
            if c.ask.possible and not c.out.quiet:
                job.show(checked)
            sure = say("Take in {count} households, all or none?", count=checked.count)
            if not (dry_run or yes or c.ask.confirm(sure, fresh=True)):
                c.out.note(say("Nothing was changed."))
                return
            finish(c, job.take_in(checked.count, known, keep=not dry_run), checked, dry_run=dry_run)
    except Unreadable as error:
        raise BadInput([Fault(path, error.message)]) from None


def finish(c: "Ctx", made: "Outcome", checked: Checked, *, dry_run: bool) -> None:
    """What was taken in, or would be."""
    warnings = (*screens.in_rows(made.warnings, made.warned), *screens.alike(made.duplicates, made.alike))
    if checked.zeros:
        warnings = (*warnings, screens.zeros(checked.zeros))
    published = sorted(c.store.reference(public.kept).value)
    counted = screens.counted(made.first, c.today, published, dry_run=dry_run)
    sentence = screens.sentence(made.cases, made.people, made.skipped, made.first, made.last, dry_run=dry_run)
    if c.out.given.file:
        rows = _listed(made, dry_run=dry_run)
        c.out.rows(c.store.reference(lambda conn: rows), screens.TAKEN, empty=say("Nothing."))
        c.out.note(sentence)
        c.out.warn(*screens.alike(made.duplicates[: screens.MOST], made.alike), *counted)
        return
    data = {
        "taken_in": made.cases,
        "people": made.people,
        "skipped": made.skipped,
        "dry_run": dry_run,
        "first": made.first,
        "last": made.last,
        "phone_zeros": checked.zeros,
        "cases": [{"row": one.row, "ledger": one.ledger, "case": None if dry_run else one.case} for one in made.taken],
        "possible_duplicates": made.duplicates,
    }
    hints = (
        () if dry_run else (Next("caseload", say("Look at what was taken in."), "toshima caseload --stage received"),)
    )
    c.out.done(sentence, str(made.cases), data, hints=hints, warnings=(*warnings, *counted))


def _listed(made: "Outcome", *, dry_run: bool) -> list[dict[str, Any]]:
    notices: dict[int, list[str]] = {}
    for row, warned in made.warnings:
        notices.setdefault(row, []).append(render(warned.message))
    for each in made.duplicates:
        notices.setdefault(each["row"], []).append(render(screens.alike([each], 1)[0].message))
    return [
        {
            "row": one.row,
            "ledger": one.ledger,
            "case": None if dry_run else one.case,
            "notice": "\n".join(notices.get(one.row, [])) or None,
        }
        for one in made.taken
    ]


def template(c: "Ctx") -> None:
    """An empty sheet with our headings in the language of the screen, to a file; without one, the headings alone."""
    if (c.out.form or "csv") == "xlsx":
        words = c.words()
        lists = {name: [(said, code) for code, said in words[of].items()] for name, of in LISTED.items() if of in words}
        seen = c.store.reference(lambda conn: lists)
        c.out.whole(seen, lambda found: screens.template(FIELDS, NEEDED_IN_TEMPLATE, found))
        return
    headings = c.store.reference(lambda conn: [render(title) for title in FIELDS.values()])
    # a file that Excel opens begins with a BOM
    mark = b"\xef\xbb\xbf" if c.out.given.file else b""
    c.out.whole(headings, lambda titles: mark + screens.headings(titles))


NEEDED_IN_TEMPLATE = ("received_on", "window", "concern")
