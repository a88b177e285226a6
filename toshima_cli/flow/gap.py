"""What is lacking (不足): raised by whoever meets it, forwarded to the council, answered; the answer comes back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from shlex import quote

from toshima_cli import facts
from toshima_cli.change_tables import GapCaseRow, GapRow, GapStepRow
from toshima_cli.db import Store, Work, queries
from toshima_cli.domain import gaps as rules
from toshima_cli.domain import stages
from toshima_cli.domain.case import Case
from toshima_cli.domain.gaps import Gap
from toshima_cli.domain.terms import Act, GapKind, GapStatus
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, Say, all_of, say
from toshima_cli.exits import NotFound
from toshima_cli.flow.done import case_of
from toshima_cli.looks.gaps import load


@dataclass(frozen=True, slots=True)
class Raised:
    kind: GapKind
    text: str
    on: date
    cases: tuple[str, ...] = ()


def add(store: Store, raised: Raised) -> Done | Refusal:
    """1 may the cases raise one in their stage · 2 does it name nobody · 3 the gap, with every case that shows it."""

    def do(w: Work) -> Done | Refusal:
        cases = [case_of(w, number) for number in raised.cases]
        w.begin("gap", raised.on, cases[0].id if cases else None)
        shown = "".join(f" --case {case.number}" for case in cases)
        again = f"toshima gap add --kind {raised.kind} --text TEXT{shown}"
        refused = _may(cases, raised.on) or rules.names_nobody(raised.text, _people(w, cases), again)
        if refused:
            return refused
        made = w.put(
            GapRow(
                seq=w.seq,
                on_date=raised.on,
                kind=raised.kind,
                text=raised.text,
                case_id=cases[0].id if cases else None,
            )
        )
        _shown_by(w, made, cases[1:])
        return _done(w, gap_of(w, f"G{made}"), say("Gap {gap} is raised: {kind}.", gap=f"G{made}", kind=raised.kind))

    return store.work("gap", do)


def raise_one(w: Work, case: Case, kind: GapKind, text: str, on: date, again: str) -> str | Refusal:
    """Raise a gap for one case within an act that has begun; its number."""
    refused = _may([case], on) or rules.names_nobody(text, _people(w, [case]), again)
    if refused:
        return refused
    return f"G{w.put(GapRow(seq=w.seq, on_date=on, kind=kind, text=text, case_id=case.id))}"


def same(store: Store, number: str, cases: tuple[str, ...], on: date) -> Done | Refusal:
    """Further cases show the same gap; its words may name nobody of them either."""

    def do(w: Work) -> Done | Refusal:
        gap = gap_of(w, number)
        found = [case_of(w, case) for case in cases]
        w.begin("gap", on, found[0].id)
        again = f"toshima gap add --kind {gap.kind} --text TEXT --case {found[0].number}"
        known = tuple(case.number for case in found if case.number in gap.cases)
        refused = (
            _may(found, on)
            or (_shown_already(gap, known) if known else None)
            or (_not_yet(gap) if on < gap.on else None)
            or rules.names_nobody(gap.text, _people(w, found), again)
        )
        if refused:
            return refused
        _shown_by(w, gap.id, found)
        return _done(w, gap_of(w, number), say("Gap {gap} is shown by {cases} too.", cases=cases, gap=number))

    return store.work("gap", do)


def forward(store: Store, number: str, on: date, note: str | None) -> Done | Refusal:
    """To the council, with a note where there is something to say."""

    def do(w: Work) -> Done | Refusal:
        gap = gap_of(w, number)
        w.begin("gap", on)
        refused = move(w, gap, GapStatus.FORWARDED, on, note, f"toshima gap forward {number} --note TEXT")
        return refused or _done(w, gap_of(w, number), say("Gap {gap} goes to the council.", gap=number))

    return store.work("gap", do)


def answer(store: Store, number: str, on: date, text: str) -> Done | Refusal:
    """What the council, or whoever could, answered; it comes back to the cases that show the gap."""

    def do(w: Work) -> Done | Refusal:
        gap = gap_of(w, number)
        w.begin("gap", on)
        refused = move(w, gap, GapStatus.ANSWERED, on, text, f"toshima gap answer {number} --text TEXT")
        return refused or _done(
            w,
            gap_of(w, number),
            say("Gap {gap} is answered; the cases that show it see the answer.", gap=number),
        )

    return store.work("gap", do)


def move(w: Work, gap: Gap, to: GapStatus, on: date, text: str | None, again: str) -> Refusal | None:
    """Write the next step of a gap within an act that has begun, or say why it cannot be."""
    cases = [case for number in gap.cases if (case := facts.load(w.conn, number))]
    named = rules.names_nobody(text, _people(w, cases), again) if text else None
    refused = rules.may_move(gap, to, on) or named
    if refused is None:
        w.about(*(("case", case.number) for case in cases))
        w.add(GapStepRow(seq=w.seq, on_date=on, gap_id=gap.id, status=to, text=text))
    return refused


def gap_of(w: Work, number: str) -> Gap:
    """The gap of that number. Raises NotFound (exit 4)."""
    found = next((gap for gap in load(w.conn) if gap.number == number), None)
    if found is None:
        raise NotFound(say("There is no gap {number}.", number=number), do=("toshima gap list",))
    return found


def _may(cases: list[Case], on: date) -> Refusal | None:
    answers = (stages.may(case, Act.GAP, on) for case in cases)
    return all_of(answer for answer in answers if isinstance(answer, Refusal))


def _people(w: Work, cases: Iterable[Case]) -> list[rules.Named]:
    """Everybody of the cases, and who told of them (rule 10)."""
    cases = list(cases)
    told = (row["name"] for case in cases for row in queries("facts").reporters(w.conn, case_id=case.id))
    return [
        *((name, None, None) for name in told if name),
        *((p.name, p.kana, p.label) for case in cases for p in case.people),
        *((name, kana, None) for case in cases for p in case.people for name, kana in p.other_names),
        *((name, kana, None) for case in cases for name, kana in case.unsaid),
    ]


def _shown_by(w: Work, gap_id: int, cases: list[Case]) -> None:
    w.add(*(GapCaseRow(seq=w.seq, on_date=w.on, gap_id=gap_id, case_id=case.id) for case in cases))


def _shown_already(gap: Gap, known: tuple[str, ...]) -> Refusal:
    return Refusal(
        rule="gap.case.known",
        basis=Basis.OURS,
        message=say("Gap {gap} is shown by {cases} already.", cases=known, gap=gap.number),
        missing=(say("A further case."),),
        next=(Next(Act.GAP, say("Look at the gaps."), "toshima gap list"),),
    )


def _not_yet(gap: Gap) -> Refusal:
    return Refusal(
        rule="gap.order",
        basis=Basis.OURS,
        message=say("No case can show gap {gap} before it was raised.", gap=gap.number),
        facts=(say("{gap} was raised on {on}.", gap=gap.number, on=gap.on),),
        missing=(say("A date on or after {on}.", on=gap.on),),
        next=(Next(Act.GAP, say("Look at the gaps."), "toshima gap list"),),
    )


def _done(w: Work, gap: Gap, sentence: Say) -> Done:
    status = gap.status_on(date.max) or GapStatus.RAISED
    further: dict[GapStatus, tuple[Next, ...]] = {
        GapStatus.RAISED: (
            Next(
                Act.CONVENE,
                say("The next subcommittee takes it up by itself; it may be forwarded before."),
                f"toshima gap forward {gap.number}",
            ),
        ),
        GapStatus.FORWARDED: (
            Next(Act.GAP, say("Write down what the council answers."), f"toshima gap answer {gap.number} --text TEXT"),
        ),
    }
    return Done(
        sentence=sentence,
        number=gap.number,
        data={
            "gap": gap.number,
            "kind": gap.kind,
            "text": gap.text,
            "status": status,
            "cases": list(gap.cases),
        },
        next=(
            *further.get(status, ()),
            *(Next("show", say("See it with the case."), f"toshima show {quote(case)}") for case in gap.cases[:1]),
        ),
    )
