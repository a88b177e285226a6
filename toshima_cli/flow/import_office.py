"""Taking over an office from its export: every line is looked at, everything or nothing is kept.

1. The books are new: nothing was taken in yet. 2. Each line is read, held against the schema, its references are
sought among the lines before it, and what the program itself would have judged is judged again, as known by then.
3. One fault, and nothing is kept; every line with a fault is named. 4. What repeats the records is written anew: the
last numbers given, what people are found by, what lists say of a case. 5. The journal of these books is told of every
case and everybody in it; that of the other books stays with them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from toshima_cli import places, records
from toshima_cli.db import Store, Work, queries
from toshima_cli.domain import moved
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, Say, Warned, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.flow import search_keys
from toshima_cli.flow.done import project, vanish
from toshima_cli.flow.import_lines import Lines

NAMED = 200
"""So many lines with a fault are named one by one; further ones are counted."""

AT_ONCE = 2000
"""So many people are written into the search at a time."""

Line = tuple[int, Mapping[str, Any] | Say]
Told = Callable[[Say], None]


def take_in(store: Store, lines: Iterable[Line], told: Told) -> Done | Refusal:
    """Read the export of an office into new books. Raises BadInput (2) with every faulty line; nothing is kept then."""

    def do(w: Work) -> Done | Refusal:
        w.begin("import office", w.today)
        first = queries("moving").taken_in(w.conn, first=0)
        if first is not None and first["seq"] != w.seq:
            return _not_new()
        taken = _Taking(Lines(w))
        for number, line in lines:
            taken.line(number, line)
        taken.finish()
        if taken.faults:
            raise BadInput(taken.named())
        _numbers_given(w, taken.lines.last)
        _found_by(w, told)
        cases, people = _cases(w, told)
        return _done(w, taken, cases, people)

    return store.work("import office", do)


def _not_new() -> Refusal:
    return Refusal(
        rule="import.not_new",
        basis=Basis.OURS,
        message=say("An office is taken in by new books only."),
        facts=(say("Something was recorded in these books already; two offices cannot be told apart in one."),),
        missing=(say("Books in which nothing was recorded yet."),),
        next=(Next("init", say("Make new books."), "toshima --db NEW.db init"),),
    )


@dataclass
class _Taking:
    """The file as it goes by: its head, its records, its end."""

    lines: Lines
    faults: list[Fault] = field(default_factory=list)
    more: int = 0
    records: int = 0
    last: int = 0
    begun: bool = False
    ended: bool = False

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
        elif line.get("kind") != "office":
            self._fault(1, "kind", say("This is the export of a case; only that of an office is taken in."))
        elif set(line) != {"schema", "kind"}:
            self._fault(1, "", say("Only schema and kind are expected here."))

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
        if self.begun and not self.ended:
            self._fault(self.last, "", say("The file is cut off: its last line says how many records there are."))

    def _fault(self, number: int, where: str, message: Say) -> None:
        if len(self.faults) < NAMED:
            self.faults.append(Fault(f"line {number} {where}".rstrip(), message))
        else:
            self.more += 1

    def named(self) -> list[Fault]:
        more = [Fault("…", say("{count} more faults.", count=self.more))] if self.more else []
        return [*self.faults, *more]


def _numbers_given(w: Work, last: Mapping[tuple[str, str], int]) -> None:
    """The last numbers given follow from the records, those of undone acts too: none is given twice."""
    for (kind, scope), value in last.items():
        queries("books").mark(w.conn, kind=kind, scope=scope, value=value)


def _numbers_in(w: Work, case: Mapping[str, Any]) -> None:
    for kind in ("action", "note", "consent"):
        row = getattr(queries("moving"), f"last_{kind}")(w.conn, case_id=case["id"])
        if row is not None:
            ordinal = int(row["number"].rpartition("/")[2][1:])
            queries("books").mark(w.conn, kind=kind, scope=case["number"], value=ordinal)


def _found_by(w: Work, told: Told) -> None:
    last = queries("moving").last_person(w.conn)["id"] or 0
    for first in range(1, last + 1, AT_ONCE):
        search_keys.of_some(w.conn, first, min(first + AT_ONCE - 1, last))
        told(say("{count} of {all} people can be found …", count=min(first + AT_ONCE - 1, last), all=last))


def _cases(w: Work, told: Told) -> tuple[int, int]:
    """Write anew what repeats the facts of each case, and tell the journal of it and of everybody in it."""
    cases, people, at = 0, set[int](), 0
    faults, deciders = list[tuple[str, Say]](), places.deciders(w.conn)
    try:
        for row in _each(w):
            at = row["id"]
            w.conn.viewer = row["holder"] or w.actor
            _numbers_in(w, row)
            if row["standing"]:
                case = project(w, row["number"])
                faults += moved.unfit(case, deciders)
                w.cases.clear()
                w.session.expunge_all()
                members = [p.person_id for p in case.people]
            else:
                vanish(w, at)
                members = [m["person_id"] for m in queries("moving").records_of(w.conn, case_id=at)]
            w.note("import office", [("case", row["number"]), *(("person", str(key)) for key in members)])
            people.update(members)
            cases += 1
            if cases % 500 == 0:
                told(say("{count} cases are written anew …", count=cases))
    finally:
        w.conn.viewer = w.actor
    if faults:
        raise BadInput([Fault(where, message) for where, message in faults[:NAMED]])
    return cases, len(people)


def _each(w: Work) -> Iterator[Mapping[str, Any]]:
    at = 0
    while (row := next(iter(queries("moving").cases_from(w.conn, case_id=at)), None)) is not None:
        yield row
        at = row["id"]


def _done(w: Work, taken: _Taking, cases: int, people: int) -> Done:
    lines = taken.lines
    return Done(
        sentence=say(
            "Taken in: cases {cases}, people {people}, records {records}.",
            cases=cases,
            people=people,
            records=taken.records,
        ),
        number=str(cases),
        data={"cases": cases, "people": people, "records": taken.records, "acts": lines.acts},
        next=(
            Next("status", say("See today's board."), "toshima status"),
            Next("caseload", say("See every case."), "toshima caseload"),
        ),
        warnings=tuple(_warnings(lines)),
    )


def _warnings(lines: Lines) -> Iterator[Warned]:
    kept = lines.kept
    if any(kept.values()):
        message = say(
            "Kept as the other books had them, seen by nobody here: acknowledgements of secrecy {secrecy}, copies of"
            " papers {paper}, referrals {referral}.",
            **{name: kept[name] for name in ("secrecy", "paper", "referral")},
        )
        yield Warned("import.kept", message)
    if lines.settings:
        message = say("The office's own figures are other ones now: {settings}.", settings=tuple(lines.settings))
        yield Warned("import.settings", message)
    yield Warned(
        "import.reporters", say("Who told us, and what was seen and done by whom (the journal), did not come along.")
    )
