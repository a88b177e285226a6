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
from toshima_cli.domain.case import Case
from toshima_cli.domain.consent import Permit, may_read
from toshima_cli.domain.gaps import Gap
from toshima_cli.domain.grounds import Reader
from toshima_cli.domain.held import held
from toshima_cli.domain.names import fold
from toshima_cli.domain.paper import Check, Names, Text
from toshima_cli.domain.terms import ItemKind, Scope
from toshima_cli.domain.verdict import Refusal, Warned, say
from toshima_cli.exits import NotFound
from toshima_cli.looks import gaps
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
    """The copies to be collected since something about a case changed."""
    found: list[Warned] = []
    for row in queries("papers").out_about(conn, case_id=case_id):
        found += to_collect(papers(conn, row["number"], actor=actor, today=today))
    return tuple(found)


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
            do=(f"toshima attend {number} {_typed(unknown)} --expected",),
        )
    chosen = [found for key in wanted if (found := _find(everybody, key))] if wanted else everybody
    if only is not None:
        chosen = [only]
    q = queries("papers")
    checks = {(r["text_id"], r["digest"]): bool(r["goes"]) for r in q.text_checks(conn, meeting_id=listed.meeting_id)}
    told = (told_of or Told)(conn, listed, actor, today=listed.held_on if only else today)
    copies = tuple(told.copy(reader) for reader in chosen)
    head = queries("journal").last(conn)
    return Papers(listed, copies, checks, out_of(conn, listed, everybody), head["hash"] if head else "", mask)


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
        self._named = gaps.named(conn)
        cases = [listed.cases[number] for number in dict.fromkeys(item.case for item in listed.items if item.case)]
        reached = {case.number: self._reached(case) for case in cases}
        self._reporters = {case.number: self._told_by(case, reached[case.number]) for case in cases}
        self._others = {case.number: self._beside(case, reached[case.number][1:]) for case in cases}

    def copy(self, reader: Reader) -> Copy:
        self._unsaid: dict[tuple[str | None, str | None], None] = {}
        pages = tuple(self._pages(reader))
        return Copy(reader, pages, outsider=self._with_eyes_of(reader, self._others_too), unsaid=tuple(self._unsaid))

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
        answers = {label: may_read(case, label, item.kind, reader, day, self.today) for label in item.people}
        permits = {label: answer for label, answer in answers.items() if isinstance(answer, Permit)}
        refusals = [answer for answer in answers.values() if isinstance(answer, Refusal)]
        nobody = item.kind is not ItemKind.INFORMATION_SHARING and not permits
        if nobody:
            return Page(item, refused=refusals[0] if refusals else rules.nobody_to_show(case, day))
        masked = tuple(p.label for p in case.people if p.label in {*item.masked, *answers} - {*permits})
        told_by = self._reporters[case.number]
        mine = self.listed.cases[case.number]
        sheet = rules.sheet(
            case,
            item.kind,
            permits,
            masked,
            self.texts(item, case, frozenset(permits)),
            reporters=tuple(pair for name, _ in told_by if name for pair in ((name, None), (None, name.split()[0]))),
            relations=tuple(relation for _, relation in told_by if relation),
            excepted=tuple(p.label for p in case.people if grounds.excepts(held(p, Scope.SHARING, day), reader)),
            beside=self._others[case.number],
            unsaid=(*case.unsaid, *mine.unsaid),
            withheld=tuple(p.label for p in mine.people if p.withheld),
        )
        return Page(item, sheet=sheet)

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
        if rules.says_anyone(gap.text, self._named.get(gap.number, ())):
            return (replace(found, text=None, held_back=True),)
        return (replace(found, check=Check.TIED_TO_NOBODY),)

    def _told_by(self, case: Case, ids: list[int]) -> tuple[tuple[str | None, str | None], ...]:
        """(name, relation) of those who told of the case, or of one its people came from with what was said of them,
        but for who is of the household."""
        rows = [row for at in ids for row in queries("facts").reporters(self.conn, case_id=at)]
        members = {p.name for p in case.people}
        return tuple((row["name"], row["relation"]) for row in rows if row["name"] not in members or not row["name"])

    def _beside(self, case: Case, ids: list[int]) -> Names:
        """Everybody of the other households its people stand or stood in: what they say of those, too, is looked at."""
        q, found = queries("facts"), list[tuple[str | None, str | None]]()
        for at in ids:
            found += [(row["name"], row["kana"]) for row in q.people(self.conn, case_id=at, viewer=self.actor)]
            found += [(row["name"], row["kana"]) for row in q.other_names(self.conn, case_id=at)]
        own = {fold(name) for p in case.people for name, _ in ((p.name, p.kana), *p.other_names) if name}
        return tuple(dict.fromkeys(names for names in found if fold(names[0] or "") not in own))

    def _reached(self, case: Case) -> list[int]:
        """The case, and every other its people stand or stood in, by their ids."""
        ids = [case.id]
        for other in case.merged:
            row = queries("books").case_exists(self.conn, number=other, viewer=self.actor)
            ids += [row["id"]] if row else []
        for at in ids:  # grows
            ids += sorted({row["case_id"] for row in queries("facts").elsewhere(self.conn, case_id=at)} - set(ids))
        return ids
