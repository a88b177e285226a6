"""Before papers are handed out: who will see what of whom, on what ground, and what has to be looked at; afterwards,
which copies are out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.paper import Check
from toshima_cli.domain.verdict import Say, say
from toshima_cli.ui.agenda import heading, paper_day
from toshima_cli.ui.names import masked
from toshima_cli.ui.out import Column
from toshima_cli.ui.page import Page as Screen
from toshima_cli.ui.page import Toned
from toshima_cli.ui.papers import SECTIONS, item_title, name_of, recipient, title
from toshima_cli.ui.paste import pasted

if TYPE_CHECKING:
    from toshima_cli.looks.agenda import Item
    from toshima_cli.looks.copies import Asked, Copy, Page, Papers

CHECKS: dict[Check, Say] = {
    Check.TIED_TO_NOBODY: say("it is about nobody in particular"),
    Check.TIED_TO_MASKED: say("it is also about somebody who is not shown"),
    Check.NAMES_MASKED: say("it names somebody who is not shown"),
    Check.SAYS_KIN: say("it may mean somebody who is not shown, by a word of kinship"),
    Check.TELLS_OF_REPORTER: say("it may tell who told of the case"),
}


def asking(count: int, page: "Screen") -> None:
    """Before the first of so many texts."""
    page.line(say("Texts to be looked at first: {count}. Each answer is kept as it is given.", count=count))


def asked(one: "Asked", page: "Screen") -> None:
    """A text before somebody says whether it goes into the papers."""
    page.blank()
    why = CHECKS[one.text.check] if one.text.check else ""
    page.line(one.text.id, say("item {item}", item=one.item), why)
    page.line(one.said, indent=2)
    if one.masked:
        page.line(say("Not shown in these papers: {who}", who=tuple(map(masked, one.masked))), indent=2)


def preview(papers: "Papers", page: "Screen") -> None:
    """Item by item: whom it shows, what of them, to whom and on what ground; who gets nothing of it, and why; which
    texts have to be looked at."""
    listed = papers.listed
    page.line(title(papers), paper_day(listed.held_on))
    if not papers.copies:
        page.blank()
        page.line(say("Nobody is noted as expected: nobody gets a copy."))
    for item in listed.items:
        page.blank()
        page.line(Toned(item_title(item), "bold"))
        page.line(heading(item.kind, listed.held_on), indent=1)
        for pages, readers in _alike(papers, item):
            _for_readers(papers, pages, readers, page)
    waiting = papers.questions()
    if waiting:
        page.blank()
        page.line(say("To be looked at before anything is handed out"))
        for one in waiting:
            asked(one, page)


def _alike(papers: "Papers", item: "Item") -> list[tuple["Page", list["Copy"]]]:
    """The readers of an item who get the same of it."""
    found: list[tuple[Page, list[Copy]]] = []
    for copy in papers.copies:
        mine = next((page for page in copy.pages if page.item.item == item.item), None)
        if mine is None:
            continue
        same = next((copies for page, copies in found if _same(page, mine)), None)
        if same is None:
            found.append((mine, [copy]))
        else:
            same.append(copy)
    return found


def _same(one: "Page", other: "Page") -> bool:
    def key(page: "Page") -> object:
        sheet = page.sheet
        return (page.refused and page.refused.rule, sheet and (sheet.labels, sheet.masked))

    return key(one) == key(other)


def _for_readers(papers: "Papers", one: "Page", readers: list["Copy"], page: "Screen") -> None:
    if one.refused is not None:
        page.block(say("Not to"), tuple(recipient(papers, copy) for copy in readers), tone="red")
        page.block(say("Why"), *one.refused.facts)
        for step in one.refused.next[:1]:
            page.paste(pasted(step.command))
        return
    page.block(say("To"), tuple(recipient(papers, copy) for copy in readers))
    for seen in one.sheet.people if one.sheet else ():
        fields = tuple(SECTIONS[section] for section in one.sheet.fields(seen.person.label)) if one.sheet else ()
        said = say("{who}: {fields}", who=name_of(seen, mask=papers.mask), fields=(NAMED, *fields))
        page.block(say("Shows"), said, *seen.permit.facts)
    if one.sheet and one.sheet.masked:
        page.block(say("Masked"), tuple(map(masked, one.sheet.masked)))


NAMED = say("name, reading, age, place in the household")


def as_json(papers: "Papers") -> dict[str, object]:
    """{meeting, held_on, copies: [{reader, name, office, items: [{item, case, people: [{label, fields, ground}],
    masked, rule, facts}]}], texts: [{text, item, why, masked}]}; `rule` where the reader gets nothing of an item."""
    return {
        "meeting": papers.listed.meeting,
        "held_on": papers.listed.held_on,
        "copies": [
            {
                "copy": copy.number,
                "reader": copy.reader.code,
                "name": papers.name(copy.reader),
                "office": papers.where(copy.reader)[:1] or None,
                "items": [_page_json(page) for page in copy.pages],
            }
            for copy in papers.copies
        ],
        "texts": [
            {"text": one.text.id, "item": one.item, "why": one.text.check, "masked": list(one.masked)}
            for one in papers.questions()
        ],
    }


def _page_json(page: "Page") -> dict[str, object]:
    sheet = page.sheet
    return {
        "item": page.item.item,
        "case": page.item.case if sheet else None,
        "gap": page.item.gap,
        "kind": page.item.kind,
        "purpose": page.item.purpose,
        "people": [
            {
                "label": seen.person.label,
                "fields": list(sheet.fields(seen.person.label)) if sheet else [],
                "ground": seen.permit.ground_json(),
            }
            for seen in (sheet.people if sheet else ())
        ],
        "masked": list(sheet.masked) if sheet else [],
        "rule": page.refused.rule if page.refused else None,
        "facts": list(page.refused.facts) if page.refused else [],
    }


# ---------------------------------------------------------------- what is out


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


COPIES: tuple[Column[Mapping[str, object]], ...] = (
    Column("copy", say("Copy"), right=True),
    Column("name", say("Recipient")),
    Column("office", say("Affiliation")),
    Column("items", say("Items"), cell=lambda row: tuple(map(str, _listed(row["items"])))),
    Column("handed_on", say("Given"), whole=True),
    Column("collected_on", say("Came back"), whole=True),
    Column("why", say("To be collected, since"), cell=lambda row: tuple(_listed(row["why"]))),
)
