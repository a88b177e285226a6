"""What the copies of the papers of a sitting say: an item a page, the texts that have to be looked at first, and what
is out already."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from toshima_cli.domain import papers_out
from toshima_cli.domain.case import Case
from toshima_cli.domain.grounds import Reader
from toshima_cli.domain.paper import Names, Sheet, Text
from toshima_cli.domain.shown import shown
from toshima_cli.domain.verdict import Refusal, Say, Value, say
from toshima_cli.journal import Subject
from toshima_cli.looks.agenda import Item, Listed
from toshima_cli.looks.readers import Out
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
    why_not: Mapping[str, Say] = field(default_factory=dict)
    """Label → why this reader is not shown who the item is about."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What one reader gets. `number` is None while it is not handed out; `handed_on` the day it was."""

    reader: Reader
    pages: tuple[Page, ...]
    number: int | None = None
    handed_on: date | None = None
    outsider: bool = False
    """Whether the sitting deals with a restricted case this reader is not of: neither the place nor who comes from
    outside stands in their copy (rule 11)."""
    unsaid: Names = ()
    """Names this copy shows nobody of: neither the place nor who comes from outside says them."""
    untold: Names = ()
    """Names of those who told: the place does not say them."""

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

    def place(self, copy: Copy) -> str | Say | None:
        """Where it sits, as the reader of a copy may know it."""
        return None if copy.outsider else self._for(copy, self.listed.place, copy.untold)

    def _for(self, copy: Copy, text: str | None, untold: Names = ()) -> str | Say | None:
        said = self.typed(text)
        return shown(said, (), (*copy.unsaid, *untold), mask=False) if isinstance(said, str) else said

    def name(self, reader: Reader, copy: Copy | None = None) -> Value:
        if reader.code:
            return reader.name
        return (self._for(copy, reader.name) if copy else self.typed(reader.name)) or ""

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

    def questions(self) -> tuple[Asked, ...]:
        """The same, each once for whoever looks: one text may be asked about for several readers."""
        return tuple({(one.text.id, one.item, one.text.check, one.masked): one for one in self.asks()}.values())

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

    def why_back(self, one: Out, item: int, label: str) -> Say:
        """Why a copy that is out may not show somebody under an item any more."""
        mine = next((copy for copy in self.copies if copy.reader.key == one.reader.key), None)
        page = next((page for page in mine.pages if page.item.item == item), None) if mine else None
        why = page.why_not.get(label) if page else None
        if why is None:
            return say("item {item}: {label}", item=item, label=label)
        return say("item {item}: {label}. {why}", item=item, label=label, why=why)

    def changed(self) -> tuple[Say, ...]:
        """What is another agenda than the one the newest copies say, for whoever reads them."""
        said: dict[Say, None] = {}
        known = {item for one in self.out for item in one.shows}
        for copy in self.copies:
            for one in self.still_out(copy.reader)[-1:]:
                days, name = (one.held_on, self.listed.held_on), str(self.name(copy.reader))
                said |= dict.fromkeys(
                    papers_out.changes(one.shows, self._may(copy.reader), *days, known=known, name=name)
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


class Rows(list[dict[str, Any]]):
    """{copy, reader, name, office, items, handed_on, collected_on, why}, one for each copy handed out; `why` it is to
    be collected: whom it shows too much, and since when."""

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
                    found.why_back(one, item, label)
                    for item, labels in (found.too_much(one) if one.returned_on is None else {}).items()
                    for label in sorted(labels)
                ],
            }
            for one in found.out
        )
        self.subjects: list[Subject] = [("meeting", found.listed.meeting)]


def text_digest(text: Text, unseen: Iterable[str]) -> str:
    """Of the words of a text, why it is asked about, and of those not shown beside it: a yes answers one question."""
    return sum_of("\0".join((text.text or "", text.who or "", text.check or "", *sorted(unseen))))


def sum_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
