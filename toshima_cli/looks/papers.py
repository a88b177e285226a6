"""The papers of a sitting: for each reader one copy, with what they may see and nothing else; and the copies that are
out already.

A copy is what its reader may see of what whoever hands it out may see: a case either of them is not of is on none
(rule 11).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from toshima_cli import facts
from toshima_cli.db import queries
from toshima_cli.domain import paper as rules
from toshima_cli.domain import papers_out
from toshima_cli.domain.case import Case
from toshima_cli.domain.consent import Permit, may_read
from toshima_cli.domain.gaps import Gap
from toshima_cli.domain.grounds import Reader
from toshima_cli.domain.paper import Check, Sheet, Text
from toshima_cli.domain.shown import shown
from toshima_cli.domain.terms import ItemKind
from toshima_cli.domain.verdict import Refusal, Say, Value, Warned, say
from toshima_cli.exits import NotFound
from toshima_cli.journal import Subject
from toshima_cli.looks import gaps
from toshima_cli.looks.agenda import Item, Listed, compute
from toshima_cli.looks.readers import Out, out_of, readers_of
from toshima_cli.saying import to_json

Checks = Mapping[tuple[str, str], bool]
"""(id of a text, its digest) → whether somebody said that it goes in."""


@dataclass(frozen=True, slots=True)
class Page:
    """One item in a copy: its sheet, the texts of one that is about no case, or why its reader gets nothing of it."""

    item: Item
    sheet: Sheet | None = None
    loose: tuple[Text, ...] = ()
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """What one reader gets. `number` is None while it is not handed out; `handed_on` the day it was."""

    reader: Reader
    pages: tuple[Page, ...]
    number: int | None = None
    handed_on: date | None = None

    @property
    def empty(self) -> bool:
        return all(page.refused is not None for page in self.pages)

    def texts(self) -> Iterator[tuple[Page, Text]]:
        for page in self.pages:
            yield from ((page, text) for text in (page.sheet.texts if page.sheet else ()))
            yield from ((page, text) for text in page.loose)

    def shows(self) -> dict[int, frozenset[str]]:
        """The labels by item; an item about a gap shows nobody."""
        return {
            page.item.item: frozenset(page.sheet.labels) if page.sheet else frozenset()
            for page in self.pages
            if page.refused is None
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """A text somebody has to look at before it goes into a paper."""

    text: Text
    item: int
    digest: str
    masked: tuple[str, ...]
    said: str | Say | None
    """Its words, as whoever is asked may read them."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The copies of a sitting. `checks`: what was said about texts; `out`: every copy handed out so far; `names`: the
    words of the lists, in the language of the reader."""

    listed: Listed
    copies: tuple[Copy, ...]
    checks: Checks = field(default_factory=dict)
    out: tuple[Out, ...] = ()
    head: str = ""
    mask: bool = False

    def typed(self, text: str | None) -> str | Say | None:
        """A text tied to no person (a place, a guest), as the agenda says it."""
        return self.listed.typed(text, mask=self.mask)

    def name(self, reader: Reader) -> Value:
        return reader.name if reader.code else self.typed(reader.name) or ""

    def where(self, reader: Reader) -> tuple[Value, ...]:
        """The office and the post of a reader, those of a guest as typed."""
        told = (reader.office, reader.post) if reader.code else map(self.typed, (reader.office, reader.post))
        return tuple(part for part in told if part)

    def words_of(self, case: Case, text: str | None) -> str | Say | None:
        """A text of a case; with `mask` none that names anybody of it."""
        return shown(text, case.people, (), mask=self.mask)

    def goes(self, text: Text, unseen: tuple[str, ...]) -> bool | None:
        """Whether the text stands in the paper; None: nobody has said so yet."""
        return True if text.check is None else self.checks.get((text.id, text_digest(text, unseen)))

    def asks(self) -> tuple[Asked, ...]:
        """What has to be looked at before these copies are handed out, each text once for those masked beside it."""
        found = {}
        for copy in self.copies:
            for page, text in copy.texts():
                masked, unseen = (page.sheet.masked, page.sheet.unseen) if page.sheet else ((), ())
                if self.goes(text, unseen) is None:
                    digest = text_digest(text, unseen)
                    typed = " ".join(filter(None, (text.who, text.text)))
                    said = self.words_of(page.sheet.case, typed) if page.sheet else typed
                    found[text.id, digest] = Asked(text, page.item.item, digest, masked, said)
        return tuple(found.values())

    def subjects(self) -> list[Subject]:
        """Whom the copies show, and to which colleague each goes."""
        found: list[Subject] = [("meeting", self.listed.meeting)]
        for copy in self.copies:
            if copy.reader.code:
                found.append(("staff", copy.reader.code))
            for page in copy.pages:
                if page.sheet is not None:
                    found.append(("case", page.sheet.case.number))
                    found += [("person", str(seen.person.person_id)) for seen in page.sheet.people]
        return found

    def numbered(self) -> "Papers":
        """The copies with the numbers they were handed out under; those that say something else by now have none."""
        return replace(self, copies=tuple(self._numbered(copy) for copy in self.copies))

    def _numbered(self, copy: Copy) -> Copy:
        digest = self.digest(copy)
        out = self.still_out(copy.reader)
        same = [one for one in out if one.digest == digest]
        return replace(copy, number=same[-1].number, handed_on=same[-1].handed_on) if same else copy

    def still_out(self, reader: Reader) -> list[Out]:
        return [one for one in self.out if one.reader.key == reader.key and one.returned_on is None]

    def too_much(self, one: Out) -> dict[int, frozenset[str]]:
        """Whom a copy that is out shows by item though its reader may not see them there any more."""
        return papers_out.too_much(one.shows, self._may(one.reader))

    def changed(self) -> tuple[Say, ...]:
        """What is another agenda than the one the newest copies say, for whoever reads them."""
        said: dict[Say, None] = {}
        for copy in self.copies:
            for one in self.still_out(copy.reader)[-1:]:
                said |= dict.fromkeys(
                    papers_out.changes(one.shows, self._may(copy.reader), one.held_on, self.listed.held_on)
                )
        return tuple(said)

    def _may(self, reader: Reader) -> dict[int, frozenset[str]]:
        return next((copy.shows() for copy in self.copies if copy.reader.key == reader.key), {})

    def digest(self, copy: Copy) -> str:
        """Of all a copy says, whoever prints it and on whatever day."""
        said = [
            [
                page.item.item,
                page.item.kind,
                page.item.purpose,
                page.item.part,
                to_json(page.item.reason),
                page.refused.rule if page.refused else None,
                [self._said(text, page.sheet.unseen) for text in page.sheet.texts] if page.sheet else None,
                [[s.person.label, s.person.name, s.person.kana, str(s.person.birth_date)] for s in page.sheet.people]
                if page.sheet
                else None,
                page.sheet.masked if page.sheet else None,
                [self._said(text, ()) for text in page.loose],
            ]
            for page in copy.pages
        ]
        where = [self.listed.held_on.isoformat(), self.listed.place, self.listed.chair, self.listed.recorder]
        return sum_of(json.dumps([where, said], ensure_ascii=False, default=str))

    def _said(self, text: Text, unseen: tuple[str, ...]) -> list[Any]:
        goes = self.goes(text, unseen)
        return [text.id, text.text if goes else None, text.who if goes else None, text.lead, str(text.on), goes]


def to_collect(found: Papers) -> tuple[Warned, ...]:
    """The copies that are out and show somebody their reader may not see any more."""
    warned = []
    for one in found.out:
        much = found.too_much(one) if one.returned_on is None else {}
        if much:
            labels = tuple(sorted({label for of_item in much.values() for label in of_item}))
            message = say(
                "{meeting}: copy {copy} ({name}) shows {labels}, whom it may not show any more: collect it.",
                meeting=found.listed.meeting,
                copy=one.number,
                name=found.name(one.reader),
                labels=labels,
            )
            warned.append(Warned("paper.collect", message))
    return tuple(warned)


def out_about(conn: Any, case_id: int, *, actor: str, today: date) -> tuple[Warned, ...]:
    """The copies to be collected since something about a case changed."""
    found: list[Warned] = []
    for row in queries("papers").out_about(conn, case_id=case_id):
        found += to_collect(papers(conn, row["number"], actor=actor, today=today))
    return tuple(found)


class Rows(list[dict[str, Any]]):
    """{copy, reader, name, office, items, handed_on, collected_on, why}, one for each copy handed out; `why` it is to
    be collected before the sitting: whom it shows too much."""

    def __init__(self, found: Papers) -> None:
        super().__init__(
            {
                "copy": one.number,
                "reader": one.reader.code,
                "name": found.name(one.reader),
                "office": found.where(one.reader)[:1] or None,
                "items": sorted(one.shows),
                "handed_on": one.handed_on,
                "collected_on": one.returned_on,
                "why": [
                    say("item {item}: {labels}", item=item, labels=tuple(sorted(labels)))
                    for item, labels in (found.too_much(one) if one.returned_on is None else {}).items()
                ],
            }
            for one in found.out
        )
        self.subjects: list[Subject] = [("meeting", found.listed.meeting)]


def text_digest(text: Text, unseen: Iterable[str]) -> str:
    """Of the words of a text and of those not shown beside it."""
    return sum_of("\0".join((text.text or "", text.who or "", *sorted(unseen))))


def sum_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def papers(
    conn: Any,
    number: str,
    *,
    actor: str,
    readers: tuple[str, ...] = (),
    guests: tuple[tuple[str, str | None], ...] = (),
    today: date,
    mask: bool = False,
    told_of: "type[Told] | None" = None,
    only: Reader | None = None,
) -> Papers:
    """A copy for each reader named (staff codes, guests as (name, office)), for everybody expected or present, or for
    `only` one who need not be either. `told_of`: what is told of each item, where it is not the papers.

    Raises NotFound (exit 4) for an unknown sitting, or a reader it knows nothing of.
    """
    conn.viewer = actor
    listed = compute(conn, number)
    everybody = readers_of(conn, listed, today)
    wanted = [(code, None, None) for code in readers] + [(None, name, office) for name, office in guests]
    unknown = next((key for key in wanted if _find(everybody, key) is None), None)
    if unknown:
        raise NotFound(
            say("{name} is not expected at {meeting}.", name=unknown[0] or unknown[1] or "", meeting=number),
            do=(f"toshima attend {number} {unknown[0] or '--guest GUEST'} --expected",),
        )
    chosen = [found for key in wanted if (found := _find(everybody, key))] if wanted else everybody
    if only is not None:
        chosen = [only]
    q = queries("papers")
    checks = {(r["text_id"], r["digest"]): bool(r["goes"]) for r in q.text_checks(conn, meeting_id=listed.meeting_id)}
    told = (told_of or Told)(conn, listed, actor)
    copies = tuple(Copy(reader, tuple(told.pages(reader))) for reader in chosen)
    head = queries("journal").last(conn)
    return Papers(listed, copies, checks, out_of(conn, listed, everybody), head["hash"] if head else "", mask)


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

    def __init__(self, conn: Any, listed: Listed, actor: str) -> None:
        self.conn, self.listed, self.actor = conn, listed, actor
        self._gaps: dict[str, Gap] = {gap.number: gap for gap in gaps.load(conn)}
        self._reporters = {case.number: self._told_by(case) for case in listed.cases.values()}

    def pages(self, reader: Reader) -> Iterator[Page]:
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
        try:
            self.conn.viewer = reader.code or ""
            return facts.load(self.conn, number)
        finally:
            self.conn.viewer = self.actor

    def _of_case(self, item: Item, case: Case, reader: Reader) -> Page:
        day = self.listed.held_on
        answers = {label: may_read(case, label, item.kind, reader, day) for label in item.people}
        permits = {label: answer for label, answer in answers.items() if isinstance(answer, Permit)}
        refusals = [answer for answer in answers.values() if isinstance(answer, Refusal)]
        nobody = item.kind is not ItemKind.INFORMATION_SHARING and not permits
        if nobody or (item.kind is ItemKind.SUPPORT_CONFERENCE and refusals):
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
            reporters=tuple((name, None) for name, _ in told_by if name),
            relations=tuple(relation for _, relation in told_by if relation),
            unsaid=(*case.unsaid, *mine.unsaid),
        )
        return Page(item, sheet=sheet)

    def texts(self, item: Item, case: Case, shown: frozenset[str]) -> Iterable[Text]:
        """All there is to be said of the case under the item."""
        day = self.listed.held_on
        since = max((s.held_on for s in case.dealt_with(day) if s.held_on < day), default=None)
        return rules.of_case(case, item.kind, day, since=since)

    def of_gap(self, item: Item) -> tuple[Text, ...]:
        """Its words name nobody of its cases; those of one without a case nobody has held against anyone."""
        gap = self._gaps[item.gap or ""]
        check = None if gap.cases else Check.TIED_TO_NOBODY
        return (Text(gap.number, rules.Section.SITUATION, frozenset(), gap.text, gap.on, (gap.kind,), check=check),)

    def _told_by(self, case: Case) -> tuple[tuple[str | None, str | None], ...]:
        """(name, relation) of those who told of the case, or of one its people came from with what was said of them,
        but for who is of the household."""
        ids = [case.id]
        for other in case.merged:
            row = queries("books").case_exists(self.conn, number=other, viewer=self.actor)
            ids += [row["id"]] if row else []
        for at in ids:  # grows
            ids += sorted({row["case_id"] for row in queries("facts").elsewhere(self.conn, case_id=at)} - set(ids))
        rows = [row for at in ids for row in queries("facts").reporters(self.conn, case_id=at)]
        members = {p.name for p in case.people}
        return tuple((row["name"], row["relation"]) for row in rows if row["name"] not in members or not row["name"])
