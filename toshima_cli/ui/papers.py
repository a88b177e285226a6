"""The papers of a sitting in words: one document for each copy, and beforehand who will see what.

Business dates stand as papers print them (令和8年11月19日（木）).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from toshima_cli.domain.calendar import age_on
from toshima_cli.domain.held import Held
from toshima_cli.domain.initials import HELD_BACK, initials
from toshima_cli.domain.paper import Section, Sheet, Shown, Text
from toshima_cli.domain.terms import HeldAs, ItemKind, Part
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import render
from toshima_cli.ui.agenda import PARTS, heading, paper_day
from toshima_cli.ui.document import Block, Document, Grid, Room, Row
from toshima_cli.ui.names import kin, masked, whoever

if TYPE_CHECKING:
    from toshima_cli.looks.agenda import Item
    from toshima_cli.looks.copies import Copy, Page, Papers

Words = Mapping[str, Mapping[str, str]]
"""The names of every list that is data, in the language of the reader."""

MARK = say("[Handle with care] Not public")

SECTIONS: dict[Section, Say] = {
    Section.ALERT: say("Before any contact"),
    Section.SITUATION: say("Situation"),
    Section.WISH: say("The person's own wish"),
    Section.CONCERN: say("Concerns"),
    Section.EMERGENCY: say("Passed on in an emergency"),
    Section.PLAN: say("Support plan"),
    Section.ACTION: say("Agreed before"),
    Section.REFERRAL: say("Referrals"),
    Section.APPROACH: say("Approach"),
    Section.PROGRESS: say("Since the last sitting"),
    Section.EARLIER: say("Decided before"),
    Section.OTHER_LAW: say("Conferences of other laws"),
    Section.WATCH: say("Watch"),
    Section.END: say("End"),
}

LEFT_OUT = say("(looked at and left out)")

ROOMS = (say("How to approach"), say("Indirect support"), say("Support for the household"))

FIELDS = {
    "visit_alert": say("Visit alert"),
    "contact_rule": say("Contact rule"),
    "goal": say("Goal"),
    "needs": say("Needs"),
    "care": say("To be careful about"),
    "lead": say("Lead agency"),
    "tried": say("What was tried"),
    "safety": say("Check of safety"),
    "evaluation": say("Evaluation"),
    "wish": say("The person's own wish"),
    "groundwork": say("Groundwork"),
}


def documents(papers: "Papers", words: Words, *, list_too: bool) -> list[Document]:
    """A document for each copy that shows anything; before them, with `list_too`, the list to hand out and collect."""
    copies = [copy for copy in papers.copies if not copy.empty]
    listing = [collect_list(papers)] if list_too else []
    return [*listing, *(_copy(papers, copy, words) for copy in copies)]


def on_paper(value: Value) -> Value:
    """The value with its days as papers print them."""
    if isinstance(value, Say):
        return Say(value.text, tuple((name, on_paper(inner)) for name, inner in value.values))
    if isinstance(value, tuple):
        return tuple(map(on_paper, value))
    return paper_day(value) if isinstance(value, date) else value


def facts(papers: "Papers", copy: "Copy | None" = None) -> Iterator[Row]:
    """Day, place, who leads and who writes; how it is held where its members do not sit together."""
    listed = papers.listed
    yield Row(say("Day"), (paper_day(listed.held_on),))
    if listed.held_as is not HeldAs.IN_PERSON:
        yield Row(say("How"), (listed.held_as,))
    place = papers.place(copy) if copy else papers.typed(listed.place)
    for label, value in ((say("Place"), place), (say("Chair"), listed.chair)):
        if value:
            yield Row(label, (value,))
    if listed.recorder:
        yield Row(say("Recorder"), (listed.recorder,))


def spaced(*parts: Value) -> Value:
    """What is there, side by side."""
    found: Value = ""
    for part in parts:
        found = say("{one}  {other}", one=found, other=part) if found and part else found or part
    return found


def title(papers: "Papers") -> Value:
    listed = papers.listed
    if listed.nth is None:
        return say("{body} {number}", body=listed.body, number=listed.meeting)
    return say("{body} No. {nth} of the year ({number})", body=listed.body, nth=listed.nth, number=listed.meeting)


def foot(papers: "Papers") -> Value:
    return say(
        "{meeting}; to be given back after the sitting. Head of the journal: {head}",
        meeting=papers.listed.meeting,
        head=papers.head,
    )


def recipient(papers: "Papers", copy: "Copy") -> Value:
    name, where = papers.name(copy.reader), papers.where(copy.reader)
    return say("{name} ({office})", name=name, office=where) if where else name


def _copy(papers: "Papers", copy: "Copy", words: Words) -> Document:
    number = copy.number or 0
    return Document(
        title=title(papers),
        mark=MARK,
        copy=say("Copy {number} for {who}", number=number, who=recipient(papers, copy)),
        foot=foot(papers),
        name=f"{number} {render(papers.name(copy.reader))}",
        facts=tuple(facts(papers, copy)),
        blocks=tuple(_blocks(papers, copy, words)),
    )


def _blocks(papers: "Papers", copy: "Copy", words: Words) -> Iterator[Block]:
    part: Part | None = None
    kind: ItemKind | None = None
    for page in copy.pages:
        if page.item.part is not part:
            part, kind = page.item.part, None
            yield Block(PARTS[part], level=2)
        if page.item.kind is not kind:
            kind = page.item.kind
            yield Block(heading(kind, papers.listed.held_on), level=2)
        yield _block(papers, page, words)


def withheld(page: "Page") -> Value:
    """Why the reader gets nothing of an item, without the case or who would not have it so: only that the number is not
    missing by mistake."""
    if page.item.kind is ItemKind.SUPPORT_CONFERENCE:
        return say("Not handed out: no acknowledgement of secrecy covers the day.")
    return say("Not handed out: there is nobody whose part may be shown to you.")


def item_title(item: "Item") -> Value:
    return say("{item}  {case}  {purpose}", item=item.item, case=item.case or item.gap or "", purpose=item.purpose)


def _block(papers: "Papers", page: "Page", words: Words) -> Block:
    item = page.item
    if page.refused is not None:
        return Block(say("{item}  {purpose}", item=item.item, purpose=item.purpose), note=withheld(page))
    if page.sheet is None:
        rows = (Row(say("Lacking"), tuple(said(papers, text, None, words) for text in page.loose)),)
        return Block(item_title(item), rows=(Row(say("Why now"), (on_paper(item.reason),)), *rows))
    return Block(item_title(item), rows=tuple(_rows(papers, item, page.sheet, words)))


def _rows(papers: "Papers", item: "Item", sheet: Sheet, words: Words) -> Iterator[Row | Room]:
    case, day = sheet.case, papers.listed.held_on
    if case.restricted:
        yield Row(say("Restricted"), (say("For the people of this case only; nobody else is present."),))
    yield from _section(papers, Section.ALERT, sheet, words)
    yield Row(say("Why now"), (on_paper(item.reason),))
    who = case.coordinator_on(day)
    if who:
        yield Row(say("Coordinator"), (whoever(who, words),))
    for seen in sheet.people:
        yield Row(name_of(seen, mask=papers.mask), tuple(_person(seen, day, words, mask=papers.mask)))
    if sheet.masked:
        yield Row(say("Others"), tuple(map(masked, sheet.masked)))
    for section in SECTIONS:
        if section is not Section.ALERT:
            yield from _section(papers, section, sheet, words)
    if item.kind is ItemKind.SUPPORT_CONFERENCE and item.part is Part.DISCUSSION:
        yield from map(Room, ROOMS)
    elif item.kind is not ItemKind.SUPPORT_CONFERENCE and len(case.people) > 1:
        yield Row(
            say("Not in here"),
            (say("What is about people who are not shown is left out, but for what somebody looked at and let in."),),
        )


def _section(papers: "Papers", section: Section, sheet: Sheet, words: Words) -> Iterator[Row]:
    lines = tuple(_line(papers, text, sheet, words) for text in sheet.texts if text.section is section)
    if lines:
        yield Row(SECTIONS[section], lines)


def name_of(seen: Shown, *, mask: bool) -> Value:
    person = seen.person
    name = initials(person.name, person.kana) if mask else person.name
    return say("{label} {name}", label=person.label, name=name or say("(name not known)"))


def _person(seen: Shown, day: date, words: Words, *, mask: bool) -> Iterator[Value]:
    person = seen.person
    age = say("{age} years old", age=age_on(person.birth_date, day)) if person.birth_date else None
    told = (None if mask else person.kana, age, kin(person.relation, person.sex, words))
    if any(told):
        yield spaced(*(part for part in told if part))
    # that a parent's consent is not relied on tells of a report by law, which no agenda does (rule 7)
    if not any(isinstance(fact, Held) and fact.suspected for fact in seen.permit.seen):
        yield from (on_paper(fact) for fact in seen.permit.facts)


def _line(papers: "Papers", text: Text, sheet: Sheet, words: Words) -> Value:
    """What the text says, with whom it is about before it."""
    labels = tuple(sorted(text.ties & set(sheet.labels)))
    about: Value = labels if text.ties else say("household")
    return say("{who}: {what}", who=about, what=said(papers, text, sheet, words))


def said(papers: "Papers", text: Text, sheet: Sheet | None, words: Words) -> Value:
    """The words that may stand there, or the sign that some were held back or left out."""
    typed: Value = text.text or ""
    who: Value = text.who or ""
    if text.held_back:
        typed, who = HELD_BACK, ""
    elif not papers.goes(text, sheet.unseen if sheet else ()):
        typed, who = LEFT_OUT, ""
    elif sheet is not None:
        typed, who = papers.words_of(sheet.case, text.text) or "", papers.words_of(sheet.case, text.who) or ""
    return on_paper(spaced(*_lead(text, words), whoever(who, words), typed))


def _lead(text: Text, words: Words) -> Iterator[Value]:
    """What stands before the words: a day, a list's word."""
    lead = text.lead
    match text.section:
        case Section.ALERT:
            yield FIELDS[str(lead[0])]
        case Section.CONCERN:
            mark = "◎" if lead[1] else ""
            yield mark + words["concern"].get(str(lead[0]), str(lead[0]))
        case Section.PLAN if lead[0] == "action":
            yield from _action(lead[1:])
        case Section.PLAN if lead[0] == "version":
            yield say("Version {version}", version=lead[1] or "")
            yield lead[2] or ""
        case Section.PLAN if lead[0] == "review":
            yield say("Review {on}", on=lead[1] or "")
        case Section.PLAN if lead[0] == "confirmed":
            yield say("confirmed by the person on {on}", on=lead[1] or "")
        case Section.END if lead[0] == "reason":
            yield from (text.on or "", lead[1] or "")
        case Section.END if lead[0] == "last_contact":
            yield say("Last contact {on}", on=lead[1] or "")
        case Section.END:
            yield FIELDS[str(lead[0])]
        case Section.PLAN:
            yield FIELDS[str(lead[0])]
            if len(lead) > 1 and lead[1]:
                yield whoever(str(lead[1]), words)
        case Section.ACTION:
            yield from _action(lead)
        case Section.REFERRAL:
            yield from (part for part in (text.on, lead[0], lead[2], lead[1]) if part)
        case Section.EMERGENCY:
            yield from (part for part in (text.on, *lead) if part)
        case Section.PROGRESS if lead[0] == "next":
            yield say("Next: {on}", on=text.on or "")
        case Section.PROGRESS:
            yield from (part for part in (text.on, words["method"].get(str(lead[0]), str(lead[0]))) if part)
        case Section.EARLIER:
            yield from (part for part in (text.on, lead[1], lead[2]) if part)
        case Section.OTHER_LAW:
            yield from (part for part in (lead[1], words["conference"].get(str(lead[0]), str(lead[0]))) if part)
        case Section.WATCH:
            yield say("until {until}", until=lead[1] or "")
        case _:
            yield from (text.on,) if text.on else ()


def _action(lead: tuple[object, ...]) -> Iterator[Value]:
    number, due = str(lead[0]).rpartition("/")[2], lead[1]
    yield say("action {action}", action=number)
    if isinstance(due, date):
        yield say("due {on}", on=due)
    done = lead[2] if len(lead) > 2 else None
    if isinstance(done, date):
        yield say("done {on}", on=done)


def collect_list(papers: "Papers") -> Document:
    """The list of the copies, to tick off when they come back."""
    rows = tuple(
        (str(copy.number), papers.name(copy.reader), papers.where(copy.reader), "", "")
        for copy in papers.copies
        if not copy.empty
    )
    without = tuple(
        (papers.name(copy.reader), tuple(dict.fromkeys(withheld(page) for page in copy.pages if page.refused)))
        for copy in papers.copies
        if copy.empty
    )
    header = (say("Copy"), say("Recipient"), say("Where they come from"), say("Given"), say("Came back"))
    grids = [Grid(say("Handed out and collected"), header, rows)]
    if without:
        grids.append(Grid(say("Without a copy"), (say("Recipient"), say("Why")), without))
    return Document(
        title=title(papers),
        mark=MARK,
        copy=say("List of copies"),
        foot=foot(papers),
        name="0",
        facts=tuple(facts(papers)),
        blocks=tuple(grids),
    )
