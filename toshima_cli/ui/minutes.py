"""The minutes of a sitting in words: who was there, who was not, and for each item what was said and decided."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toshima_cli.domain.initials import HELD_BACK
from toshima_cli.domain.paper import Section, Sheet, Text
from toshima_cli.domain.terms import Heading, ItemKind, Part
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.ui.agenda import PARTS, heading, paper_day
from toshima_cli.ui.document import Block, Document, Row
from toshima_cli.ui.names import masked, whoever
from toshima_cli.ui.papers import (
    LEFT_OUT,
    MARK,
    Words,
    facts,
    item_title,
    name_of,
    on_paper,
    recipient,
    spaced,
    title,
    withheld,
)

if TYPE_CHECKING:
    from toshima_cli.looks.copies import Page
    from toshima_cli.looks.minutes import Minutes

HEADINGS: dict[Heading, Say] = {
    Heading.DISCUSSION: say("What the sitting said"),
    Heading.APPROACH: say("How to approach"),
    Heading.INDIRECT: say("Indirect support"),
    Heading.HOUSEHOLD: say("Support for the household"),
    Heading.GROUNDWORK: say("Groundwork"),
}


def document(minutes: "Minutes", words: Words, version: int) -> Document:
    papers = minutes.papers
    who = recipient(papers, minutes.copy) if minutes.copy.reader.name else None
    numbered = say("Minutes, version {version}", version=version)
    return Document(
        title=say("{minutes}: {sitting}", minutes=numbered, sitting=title(papers)),
        mark=MARK,
        copy=say("For {who}", who=who) if who else "",
        foot=say("{meeting}  Head of the journal: {head}", meeting=papers.listed.meeting, head=papers.head),
        name=str(version),
        facts=(*facts(papers, minutes.copy), *_people(minutes)),
        blocks=tuple(_blocks(minutes, words)),
    )


def _people(minutes: "Minutes") -> Iterator[Row]:
    for label, present in ((say("Present"), True), (say("Absent"), False)):
        found = tuple(
            say("{name} ({office})", name=name, office=tuple(office)) if office else name
            for name, *office in minutes.people(present=present)
        )
        if found:
            yield Row(label, (found,))


def _blocks(minutes: "Minutes", words: Words) -> Iterator[Block]:
    part: Part | None = None
    kind: ItemKind | None = None
    for page in minutes.copy.pages:
        if page.item.part is not part:
            part, kind = page.item.part, None
            yield Block(PARTS[part], level=2)
        if page.item.kind is not kind:
            kind = page.item.kind
            yield Block(heading(kind, minutes.papers.listed.held_on), level=2)
        if page.refused is not None:
            number = say("{item}  {purpose}", item=page.item.item, purpose=page.item.purpose)
            yield Block(number, note=withheld(page))
        else:
            yield Block(item_title(page.item), rows=tuple(_rows(minutes, page, words)))


def _rows(minutes: "Minutes", page: "Page", words: Words) -> Iterator[Row]:
    sheet = page.sheet
    yield Row(say("Why now"), (on_paper(page.item.reason),))
    if sheet is not None:
        people = (*(name_of(p, mask=minutes.papers.mask) for p in sheet.people), *map(masked, sheet.masked))
        if people:
            yield Row(say("People"), (people,))
    texts = sheet.texts if sheet else page.loose
    for text in (t for t in texts if t.section is Section.SAID):
        yield Row(HEADINGS[Heading(str(text.lead[0]))], (_said(minutes, text, sheet, words),))
    decided = [t for t in texts if t.section is Section.DECISION]
    outcome: tuple[Value, ...] = (page.item.outcome,) if page.item.outcome else (say("Not decided."),)
    yield Row(
        say("What was decided"),
        (*outcome, *(_said(minutes, t, sheet, words) for t in decided if t.text or t.held_back)),
    )
    agreed = [t for t in texts if t.section is Section.AGREED]
    if agreed:
        yield Row(say("Who does what"), tuple(_action(minutes, t, sheet, words) for t in agreed))


def _said(minutes: "Minutes", text: Text, sheet: Sheet | None, words: Words) -> Value:
    papers = minutes.papers
    if text.held_back:
        return HELD_BACK
    if not papers.goes(text, sheet.unseen if sheet else ()):
        return LEFT_OUT
    if sheet is None:
        return spaced(whoever(text.who or "", words), text.text or "")
    who = papers.words_of(sheet.case, text.who) or ""
    return spaced(whoever(who, words), papers.words_of(sheet.case, text.text) or "")


def _action(minutes: "Minutes", text: Text, sheet: Sheet | None, words: Words) -> Value:
    number, due = str(text.lead[0]).rpartition("/")[2], text.lead[1]
    when: Value = say("due {on}", on=paper_day(due)) if due and not isinstance(due, str | int) else ""
    return spaced(number, _said(minutes, text, sheet, words), when)


def as_json(minutes: "Minutes", version: int) -> dict[str, object]:
    """{meeting, held_on, version, chair, recorder, present, absent, items: [{item, case, gap, kind, purpose, part,
    people, masked, said: {heading: text}, outcome, note, actions: [{action, who, what, due_on}], rule}]}; a text that
    was held back or left out is null."""
    papers = minutes.papers
    listed = papers.listed
    return {
        "meeting": listed.meeting,
        "held_on": listed.held_on,
        "version": version,
        "chair": listed.chair,
        "recorder": listed.recorder,
        "present": [name for name, *_ in minutes.people(present=True)],
        "absent": [name for name, *_ in minutes.people(present=False)],
        "items": [_page_json(minutes, page) for page in minutes.copy.pages],
    }


def _page_json(minutes: "Minutes", page: "Page") -> dict[str, object]:
    sheet, item = page.sheet, page.item
    texts = sheet.texts if sheet else page.loose

    def said(text: Text, words: str | None) -> Value | None:
        goes = not text.held_back and minutes.papers.goes(text, sheet.unseen if sheet else ())
        if not goes:
            return None
        return minutes.papers.words_of(sheet.case, words) if sheet else words

    return {
        "item": item.item,
        "case": item.case if page.refused is None else None,
        "gap": item.gap,
        "kind": item.kind,
        "purpose": item.purpose,
        "part": item.part,
        "people": list(sheet.labels) if sheet else [],
        "masked": list(sheet.masked) if sheet else [],
        "said": {str(t.lead[0]): said(t, t.text) for t in texts if t.section is Section.SAID},
        "outcome": item.outcome if page.refused is None else None,
        "note": next((said(t, t.text) for t in texts if t.section is Section.DECISION), None),
        "actions": [
            {"action": t.lead[0], "who": said(t, t.who), "what": said(t, t.text), "due_on": t.lead[1]}
            for t in texts
            if t.section is Section.AGREED
        ],
        "rule": page.refused.rule if page.refused else None,
    }
