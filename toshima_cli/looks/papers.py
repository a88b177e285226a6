"""The papers of a sitting: for each reader one copy, with what they may see and nothing else; and the copies that are
out already.

A copy is what its reader may see of what whoever hands it out may see: a case either of them is not of is on none
(rule 11).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from shlex import quote
from typing import Any, TypeVar

from toshima_cli import facts
from toshima_cli.db import queries
from toshima_cli.domain import grounds
from toshima_cli.domain import paper as rules
from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.consent import Permit, may_read
from toshima_cli.domain.gaps import Gap
from toshima_cli.domain.grounds import Reader
from toshima_cli.domain.held import held
from toshima_cli.domain.names import fold
from toshima_cli.domain.paper import Check, Text
from toshima_cli.domain.terms import ItemKind, Scope
from toshima_cli.domain.verdict import Refusal, Warned, say
from toshima_cli.exits import NotFound
from toshima_cli.looks import elsewhere, gaps
from toshima_cli.looks.agenda import Item, Listed, compute, of_others
from toshima_cli.looks.copies import Copy, Page, Papers
from toshima_cli.looks.readers import out_of, readers_of

T = TypeVar("T")


def to_collect(found: Papers) -> tuple[Warned, ...]:
    """The copies that are out and show more than their readers may see by now, in one sentence."""
    copies = tuple(str(one.number) for one in found.out if one.returned_on is None and found.too_much(one))
    if not copies:
        return ()
    message = say(
        "{meeting}: copies {copies} show more than their readers may see by now. Collect them; --copies says why.",
        meeting=found.listed.meeting,
        copies=copies,
    )
    return (Warned("paper.collect", message),)


def out_about(conn: Any, case_id: int, *, actor: str, today: date) -> tuple[Warned, ...]:
    """The copies to be collected since something about a case, or about its people in another, changed."""
    conn.viewer = actor
    rows = (row for at in elsewhere.reached(conn, case_id) for row in queries("papers").out_about(conn, case_id=at))
    numbers = dict.fromkeys(row["number"] for row in rows)
    return tuple(told for number in numbers for told in to_collect(papers(conn, number, actor=actor, today=today)))


def papers(
    conn: Any,
    number: str,
    *,
    actor: str,
    readers: tuple[str, ...] = (),
    guests: tuple[tuple[str, str | None], ...] = (),
    today: date,
    on: date | None = None,
    mask: bool = False,
    told_of: "type[Told] | None" = None,
    only: Reader | None = None,
) -> Papers:
    """A copy for each reader named (staff codes, guests as (name, office)), for everybody expected or present, or for
    `only` the office itself, which keeps what the sitting had before it. `told_of`: what is told of each item, where it
    is not the papers. `on`: the day they are handed out as noted, up to which secrecy is acknowledged; consent has to
    hold `today` too, since they are printed now.

    Raises NotFound (exit 4) for an unknown sitting, or a reader it knows nothing of.
    """
    conn.viewer = actor
    listed = compute(conn, number)
    everybody = readers_of(conn, listed, on or today)
    wanted = [(code, None, None) for code in readers] + [(None, name, office) for name, office in guests]
    unknown = next((key for key in wanted if _find(everybody, key) is None), None)
    if unknown:
        raise NotFound(
            say("{name} is not expected at {meeting}.", name=unknown[0] or unknown[1] or "", meeting=number),
            do=(
                *(f"toshima agenda {number} --for {quote(name)}" for name in _meant(everybody, unknown)),
                f"toshima attend {number} {_typed(unknown)} --expected",
            ),
        )
    chosen = [found for key in wanted if (found := _find(everybody, key))] if wanted else everybody
    if only is not None:
        chosen = [only]
    elif listed.cancelled:
        chosen = []
    q = queries("papers")
    checks = {(r["text_id"], r["digest"]): bool(r["goes"]) for r in q.text_checks(conn, meeting_id=listed.meeting_id)}
    told = (told_of or Told)(conn, listed, actor, today=listed.held_on if only else today)
    copies = tuple(told.copy(reader) for reader in chosen)
    head = queries("journal").last(conn)
    return Papers(listed, copies, checks, out_of(conn, listed, everybody), head["hash"] if head else "", mask)


def _meant(readers: Iterable[Reader], key: tuple[str | None, str | None, str | None]) -> Iterator[str]:
    """Who is expected and is called like what was typed in part, as `--for` takes them."""
    word = fold(key[1] or "")
    for one in readers:
        if word and word in fold(one.name):
            yield one.code or "|".join(filter(None, (one.name, one.office)))


def _typed(key: tuple[str | None, str | None, str | None]) -> str:
    """Somebody as `attend` takes them."""
    code, name, office = key
    return code or f"--guest {quote('|'.join(filter(None, (name, office))))}"


def _find(readers: Iterable[Reader], key: tuple[str | None, str | None, str | None]) -> Reader | None:
    code, name, office = key
    return next(
        (
            r
            for r in readers
            if (code and r.code == code) or (name and not r.code and r.name == name and office in (None, r.office))
        ),
        None,
    )


class Told:
    """What each reader is told of each item; a case everybody reads alike is loaded once."""

    def __init__(self, conn: Any, listed: Listed, actor: str, *, today: date) -> None:
        self.conn, self.listed, self.actor, self.today = conn, listed, actor, today
        self._gaps: dict[str, Gap] = {gap.number: gap for gap in gaps.load(conn)}
        cases = [listed.cases[number] for number in dict.fromkeys(item.case for item in listed.items if item.case)]
        self._reached = {case.number: elsewhere.reached(conn, case.id, case.merged) for case in cases}
        self._tellers = {c.number: elsewhere.told_by(conn, self._reached[c.number], c.people) for c in cases}
        self._beside = {c.number: elsewhere.beside(conn, c, self._reached[c.number][1:]) for c in cases}
        later = cases if today > listed.held_on else []
        self._also_as = {c.number: elsewhere.also_as(conn, c, self._reached[c.number][1:]) for c in later}

    def copy(self, reader: Reader) -> Copy:
        self._unsaid: dict[tuple[str | None, str | None], None] = {}
        pages = tuple(self._pages(reader))
        outsider = self._with_eyes_of(reader, self._others_too)
        unsaid = (*self._unsaid, *self._not_on(pages))
        told = (names for tellers in self._tellers.values() for names in elsewhere.as_said(tellers))
        return Copy(reader, pages, outsider=outsider, unsaid=unsaid, untold=tuple(told))

    def _not_on(self, pages: Iterable[Page]) -> Iterator[tuple[str | None, str | None]]:
        """Everybody of the sitting's cases whom no page of the copy shows, and of their other households."""
        shown = {seen.person.person_id for page in pages if page.sheet for seen in page.sheet.people}
        for number, beside in self._beside.items():
            for person in self.listed.cases[number].people:
                if person.person_id not in shown:
                    yield from ((person.name, person.kana), *person.other_names)
            yield from (*beside.known, *beside.withheld)

    def _others_too(self) -> bool:
        return bool(of_others(self.conn, self.listed.meeting_id))

    def _with_eyes_of(self, reader: Reader, look: Callable[[], T]) -> T:
        try:
            self.conn.viewer = reader.code or ""
            return look()
        finally:
            self.conn.viewer = self.actor

    def _pages(self, reader: Reader) -> Iterator[Page]:
        for item in self.listed.items:
            if item.gap is not None:
                yield Page(item, loose=self.of_gap(item))
            elif item.case is not None and (case := self._as_read_by(reader, item.case)) is not None:
                yield self._of_case(item, case, reader)

    def _as_read_by(self, reader: Reader, number: str) -> Case | None:
        """The case as its reader may know it; None where it is others' own."""
        mine = self.listed.cases[number]
        if not (mine.restricted or mine.merged or mine.unsaid or any(p.hidden for p in mine.people)):
            return mine
        found = self._with_eyes_of(reader, lambda: facts.load(self.conn, number))
        self._unsaid |= dict.fromkeys(found.unsaid if found else ())
        return found

    def _of_case(self, item: Item, case: Case, reader: Reader) -> Page:
        day = self.listed.held_on
        also_as = self._also_as.get(case.number, {})
        asked = {
            label: may_read(case, label, item.kind, reader, day, self.today, also_as.get(label, ()))
            for label in (*item.people, *item.masked)
        }
        answers = {label: asked[label] for label in item.people}
        permits = {label: answer for label, answer in answers.items() if isinstance(answer, Permit)}
        refusals = [answer for answer in answers.values() if isinstance(answer, Refusal)]
        why_not = {
            label: no.facts[0]
            for label, no in asked.items()
            if isinstance(no, Refusal) and no.rule != "share.not_in_case"
        }
        nobody = item.kind is not ItemKind.INFORMATION_SHARING and not permits
        if nobody:
            refused = refusals[0] if refusals else rules.nobody_to_show(case, day)
            return Page(item, refused=refused, why_not=why_not)
        masked = tuple(p.label for p in case.people if p.label in {*item.masked, *answers} - {*permits})
        told_by = self._tellers[case.number]
        mine = self.listed.cases[case.number]
        beside = self._beside_for(case, reader)
        sheet = rules.sheet(
            case,
            item.kind,
            permits,
            masked,
            self.texts(item, case, frozenset(permits)),
            reporters=elsewhere.as_said(told_by),
            relations=tuple(relation for _, relation in told_by if relation),
            excepted=tuple(p.label for p in case.people if self._excepts(p, reader)),
            windows=reader.windows,
            beside=beside.known,
            unsaid=(*case.unsaid, *mine.unsaid, *beside.withheld),
            withheld=tuple(p.label for p in mine.people if p.withheld),
        )
        return Page(item, sheet=sheet, why_not=why_not)

    def _beside_for(self, case: Case, reader: Reader) -> elsewhere.Beside:
        mine, ids = self._beside[case.number], self._reached[case.number][1:]
        if not ids:
            return mine
        return mine.seen_by_both(self._with_eyes_of(reader, lambda: elsewhere.beside(self.conn, case, ids)))

    def _excepts(self, person: Person, reader: Reader) -> bool:
        """Whether they excepted where the reader comes from, on the day of the sitting or when this is handed out."""
        days = {self.listed.held_on, max(self.listed.held_on, self.today)}
        return any(grounds.excepts(held(person, Scope.SHARING, day), reader) for day in days)

    def texts(self, item: Item, case: Case, shown: frozenset[str]) -> Iterable[Text]:
        """All there is to be said of the case under the item."""
        day = self.listed.held_on
        since = max((s.held_on for s in case.dealt_with(day) if s.held_on < day), default=None)
        return rules.of_case(case, item.kind, day, since=since)

    def of_gap(self, item: Item) -> tuple[Text, ...]:
        """Its words named nobody of its cases when it was raised. Names come to be known later, so somebody looks each
        time, and one that says anybody of them, or who told of one, is held back."""
        gap = self._gaps[item.gap or ""]
        found = Text(gap.number, rules.Section.SITUATION, frozenset(), gap.text, gap.on, (gap.kind,))
        if rules.says_anyone(gap.text, gaps.named(self.conn, gap)):
            return (replace(found, text=None, held_back=True),)
        return (replace(found, check=Check.TIED_TO_NOBODY),)
