"""Taking in an export, of an office or of cases: every line is looked at, everything or nothing is kept.

1. An office comes into new books, in which nothing was recorded yet; cases into books that gave none of their numbers.
2. Each line is read, held against the schema, its references are sought among the lines before it, and what the
program itself would have judged is judged again, as known by then. 3. One fault, and nothing is kept; every line with a
fault is named. 4. What repeats the records is written anew: the last numbers given, what people are found by, what
lists say of a case. 5. The journal of these books is told of every case and everybody in it; that of the other books
stays with them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from toshima_cli import records
from toshima_cli.db import Store, Work, queries
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, Say, Warned, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.flow.alike import warned
from toshima_cli.flow.import_anew import Anew, Told
from toshima_cli.flow.import_lines import Lines
from toshima_cli.shapes import CODE, KEYS

NAMED = 200
"""So many lines with a fault are named one by one; further ones are counted."""

SHOWN = 20
"""So many numbers given already are named."""

OTHER_KIND = {
    "office": say("This is the export of a case: {command} takes it in.", command="toshima import case"),
    "case": say("This is the export of an office: {command} takes it in.", command="toshima import office"),
}

Line = tuple[int, Mapping[str, Any] | Say]


def office(store: Store, lines: Iterable[Line], told: Told) -> Done | Refusal:
    """Read the export of an office into new books. Raises BadInput (2) with every faulty line; nothing is kept then."""

    def do(w: Work) -> Done | Refusal:
        w.begin("import office", w.today)
        first = queries("moving").taken_in(w.conn, first=0)
        if first is not None and first["seq"] != w.seq:
            return _not_new()
        anew, taken = Anew(w, "import office", told), _Taking(Lines(w), "office")
        taken.read(lines)
        anew.write(taken.lines.last)
        next = (
            Next("status", say("See today's board."), "toshima status"),
            Next("caseload", say("See every case."), "toshima caseload"),
        )
        return _done(taken, anew, next)

    return store.work("import office", do)


def case(store: Store, lines: Iterable[Line], told: Told) -> Done | Refusal:
    """Read the export of one case or several into these books. Raises BadInput (2) with every faulty line; nothing is
    kept then."""

    def do(w: Work) -> Done | Refusal:
        w.begin("import case", w.today)
        anew, taken = Anew(w, "import case", told), _Taking(Lines(w, whole=False), "case")
        taken.read(lines)
        if taken.lines.keys.given:
            return _given(tuple(taken.lines.keys.given))
        anew.write(taken.lines.last)
        look = Next("show", say("Look at the case."), f"toshima show {anew.seen}")
        return _done(taken, anew, (look,) if anew.seen else ())

    return store.work("import case", do)


def _not_new() -> Refusal:
    return Refusal(
        rule="import.not_new",
        basis=Basis.OURS,
        message=say("An office is taken in by new books only."),
        facts=(say("Something was recorded in these books already; two offices cannot be told apart in one."),),
        missing=(say("Books in which nothing was recorded yet."),),
        next=(Next("init", say("Make new books."), "toshima --db NEW.db init"),),
    )


def _given(numbers: tuple[str, ...]) -> Refusal:
    """No number is given twice; which of them stand for what here is not said."""
    return Refusal(
        rule="import.given",
        basis=Basis.OURS,
        message=say("Numbers of this file were given in these books already: nothing was taken in."),
        facts=(
            say("Given here: {numbers}.", numbers=numbers[:SHOWN]),
            *((say("And {count} more.", count=len(numbers) - SHOWN),) if len(numbers) > SHOWN else ()),
            say("A case comes back under its own numbers, or what refers to them would mean something else."),
        ),
        missing=(say("Books that gave none of these numbers."),),
        next=(
            Next("init", say("Make new books."), "toshima --db NEW.db init"),
            Next(
                "export",
                say("Cases that share a sitting: into one file."),
                "toshima export case CASE CASE -o FILE.jsonl",
            ),
        ),
    )


@dataclass
class _Taking:
    """The file as it goes by: its head, its records, its end."""

    lines: Lines
    kind: str
    cases: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    more: int = 0
    records: int = 0
    last: int = 0
    begun: bool = False
    ended: bool = False

    def read(self, lines: Iterable[Line]) -> None:
        """To the end. Raises BadInput (2) where anything is wrong, unless its numbers were given here before: then
        nothing else of it matters."""
        for number, line in lines:
            self.line(number, line)
        self.finish()
        if self.faults and not self.lines.keys.given:
            raise BadInput(self.named(), do=self._who_is_missing())

    def line(self, number: int, line: Mapping[str, Any] | Say) -> None:
        self.last, self.begun = number, True
        if isinstance(line, Say):
            self._fault(number, "", line)
        elif number == 1:
            self._head(line)
        elif self.ended:
            self._fault(number, "", say("The file had ended before this line."))
        elif line.get("type") == "end":
            self._end(number, line)
        else:
            self.records += 1
            for where, message in self.lines.take(line):
                self._fault(number, where, message)

    def _head(self, line: Mapping[str, Any]) -> None:
        if line.get("schema") != records.SCHEMA:
            self._fault(
                1, "schema", say("This is no export of this program: {schema} is expected.", schema=records.SCHEMA)
            )
        elif line.get("kind") != self.kind:
            # whatever follows is not what it is held against
            raise BadInput([Fault("kind", OTHER_KIND[self.kind], 1)])
        elif set(line) != {"schema", "kind", *(("cases",) if self.kind == "case" else ())}:
            self._fault(1, "", say("Only what the head of an export says is expected here."))
        elif self.kind == "case":
            self._announced(line["cases"])

    def _announced(self, cases: Any) -> None:
        numbers = KEYS["case_file"]
        if (
            not isinstance(cases, list)
            or not cases
            or not all(isinstance(one, str) and numbers.fullmatch(one) for one in cases)
            or len(set(cases)) < len(cases)
        ):
            self._fault(1, "cases", say("The numbers of its cases are expected here."))
            return
        self.cases = tuple(cases)

    def _end(self, number: int, line: Mapping[str, Any]) -> None:
        self.ended = True
        if line.get("records") != self.records or set(line) != {"type", "records"}:
            message = say(
                "{said} records are announced, {found} are there.",
                said=str(line.get("records"))[:20],
                found=self.records,
            )
            self._fault(number, "records", message)

    def finish(self) -> None:
        if not self.begun:
            self._fault(1, "", say("The file is empty."))
        else:
            for where, message in self.lines.finish():
                self._fault(self.last, where, message)
            if self.kind == "case" and not self.lines.keys.given:
                self._as_announced()
        if self.begun and not self.ended:
            self._fault(self.last, "", say("The file is cut off: its last line says how many records there are."))

    def _as_announced(self) -> None:
        for number in sorted({*self.cases} ^ {*self.lines.cases}):
            self._fault(1, "cases", say("{case} is announced here, or is in the file, and not both.", case=number))

    def _fault(self, number: int, where: str, message: Say) -> None:
        if len(self.faults) < NAMED:
            self.faults.append(Fault(where, message, number))
        else:
            self.more += 1

    def _who_is_missing(self) -> tuple[str, ...]:
        """The lines that add them, of a case; an office brings its people along."""
        codes = [code for code in self.lines.keys.strangers if CODE.fullmatch(code)] if self.kind == "case" else []
        return tuple(f"toshima staff add {code} --name NAME --office TEXT" for code in codes[:SHOWN])

    def named(self) -> list[Fault]:
        more = [Fault("…", say("{count} more faults.", count=self.more))] if self.more else []
        return [*self.faults, *more]


def _done(taken: _Taking, anew: Anew, next: tuple[Next, ...]) -> Done:
    cases, people = anew.cases, len(anew.people)
    return Done(
        sentence=say(
            "Taken in: cases {cases}, people {people}, records {records}.",
            cases=cases,
            people=people,
            records=taken.records,
        ),
        number=str(cases),
        data={
            "cases": cases,
            "people": people,
            "records": taken.records,
            "acts": taken.lines.acts,
            "possible_duplicates": anew.alike,
        },
        next=next,
        warnings=(*warned(anew.alike), *_warnings(taken)),
    )


def _warnings(taken: _Taking) -> Iterator[Warned]:
    kept, settings = taken.lines.kept, taken.lines.settings
    if taken.kind == "case":
        if kept["referral"]:
            yield Warned(
                "import.kept",
                say(
                    "Kept as the other books had them, seen by nobody here: referrals {count}.", count=kept["referral"]
                ),
            )
        yield Warned(
            "import.alone",
            say(
                "Who told us, who came to the sittings, their papers and minutes, and what was seen and done by whom"
                " (the journal) did not come along."
            ),
        )
        return
    if any(kept.values()):
        message = say(
            "Kept as the other books had them, seen by nobody here: acknowledgements of secrecy {secrecy}, copies of"
            " papers {paper}, referrals {referral}.",
            **{name: kept[name] for name in ("secrecy", "paper", "referral")},
        )
        yield Warned("import.kept", message)
    if settings:
        message = say("The office's own figures are other ones now: {settings}.", settings=tuple(settings))
        yield Warned("import.settings", message)
    yield Warned(
        "import.reporters", say("Who told us, and what was seen and done by whom (the journal), did not come along.")
    )
