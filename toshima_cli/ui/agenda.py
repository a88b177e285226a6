"""The agenda as a screen and as Markdown: discussion before written reports, under each conference its ground.

It carries no typed text (rule 3), and nothing of anybody whose part is not shared but that there is such a person.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from toshima_cli.domain.calendar import wareki
from toshima_cli.domain.initials import initials
from toshima_cli.domain.law import support_conference_law
from toshima_cli.domain.terms import HeldAs, ItemKind, Part
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import language, render
from toshima_cli.ui import summary
from toshima_cli.ui.names import masked, member
from toshima_cli.ui.page import Page, Shown, Toned
from toshima_cli.ui.text import visible

if TYPE_CHECKING:
    from toshima_cli.looks.agenda import Item, Listed

PARTS = {Part.DISCUSSION: say("For discussion"), Part.WRITTEN: say("Written reports")}
CONFIDENTIAL = say("[Handle with care] Not public; papers are collected after the sitting.")

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def draw(listed: "Listed", page: Page, *, mask: bool) -> None:
    """The sitting in one line, then the items with a number each; a second line says why and what was decided."""
    page.line(
        listed.body,
        paper_day(listed.held_on),
        *_which(listed),
        listed.meeting,
        *_attendance(listed),
        *_leading(listed, mask=mask),
    )
    page.line(CONFIDENTIAL)
    if listed.cancelled:
        page.line(Toned(say("This sitting was cancelled."), "red"))
    if not listed.items:
        page.blank()
        page.line(say("Nothing is on the agenda."))
    part: Part | None = None
    for (of, kind), items in _groups(listed):
        if of is not part:
            page.blank()
            page.line(Toned(PARTS[of], "bold"))
            part = of
        page.line(heading(kind, listed.held_on), indent=1)
        rows: list[tuple[Shown, ...]] = []
        for item in items:
            rows.append((_number(item), item.case or item.gap, item.purpose, people(listed, item, mask=mask)))
            rows.append(("", "", "", Toned(_why(listed, item), "dim")))
        page.table(rows, indent=2)
    if listed.dropped:
        page.blank()
        page.block(say("Left out"), tuple(_left_out(item) for item in listed.dropped), tone="dim")
    summary.draw(listed.summary, page)


def markdown(listed: "Listed", *, mask: bool) -> bytes:
    """The same as a paper: one table for each conference."""
    gap = "　" if language() == "ja" else "  "
    head = [f"# {_md(listed.body)}{gap}{_md(paper_day(listed.held_on))}", "", _md(CONFIDENTIAL), ""]
    facts = [
        say("Sitting {number}", number=listed.meeting),
        *_which(listed),
        *_attendance(listed),
        *_leading(listed, mask=mask),
    ]
    lines = [
        *head,
        *(f"- {_md(fact)}" for fact in facts if fact),
        *(f"- {_md(who)}" for who in _who(listed, mask=mask)),
    ]
    if listed.cancelled:
        lines += ["", f"**{_md(say('This sitting was cancelled.'))}**"]
    if not listed.items:
        lines += ["", _md(say("Nothing is on the agenda."))]
    part: Part | None = None
    titles = (say("No."), say("Case"), say("Purpose"), say("People"), say("Reason"))
    for (of, kind), items in _groups(listed):
        if of is not part:
            lines += ["", f"## {_md(PARTS[of])}"]
            part = of
        lines += ["", f"### {_md(heading(kind, listed.held_on))}", ""]
        lines += [_row(*titles), _row(*("---" for _ in titles))]
        for item in items:
            who = (*item.people, *map(masked, item.masked))  # no names: it is for no reader in particular
            lines.append(_row(_number(item), item.case or item.gap or "", item.purpose, who, _why(listed, item)))
    lines += summary.markdown(listed.summary)
    return ("\n".join(lines) + "\n").encode()


def paper_day(day: date) -> str:
    """令和8年11月19日（木）, as papers print it; 2026-11-19 (Thu) in English."""
    return wareki(day) if language() == "ja" else f"{day.isoformat()} ({_WEEKDAYS[day.weekday()]})"


def heading(kind: ItemKind, day: date) -> Value:
    """What an item is dealt with as, and on what ground; for the statutory one its secrecy and penalty in words."""
    if kind is ItemKind.MULTILAYER_CONFERENCE:
        return say("Multi-layered conference (with the consent of the people)")
    found = support_conference_law(day)
    if kind is ItemKind.SUPPORT_CONFERENCE and found is not None:
        return say(
            "Support conference ({article}). Whoever works in it is bound to secrecy, and a breach is punished:"
            " {secrecy}; {penalty} ({text}).",
            article=found.paragraph_one.as_say(),
            secrecy=found.secrecy.as_say(),
            penalty=found.penalty.as_say(),
            text=found.penalty_say,
        )
    return kind


def people(listed: "Listed", item: "Item", *, mask: bool) -> Value:
    """Those the item shows by label and given name, then the others as members whose part is not shared."""
    if not item.case:
        return ""
    known = {person.label: person for person in listed.cases[item.case].people}
    names = {label: initials(p.name, p.kana) if mask else p.name for label, p in known.items()}
    return (*(member(label, names[label], mask=mask) for label in item.people), *map(masked, item.masked))


def _groups(listed: "Listed") -> Iterator[tuple[tuple[Part, ItemKind], list["Item"]]]:
    """By part and kind, in the order of the paper; items added later keep their number and join their group."""
    for group, items in groupby(listed.items, lambda item: (item.part, item.kind)):
        yield group, list(items)


def _left_out(item: "Item") -> Value:
    return say("{item} {case} {purpose}", item=item.item, case=item.case or item.gap or "", purpose=item.purpose)


def _number(item: "Item") -> str:
    return str(item.item) if item.item else "-"


def _why(listed: "Listed", item: "Item") -> Value:
    who = listed.cases[item.case].coordinator_on(listed.held_on) if item.case else None
    reason = say("{reason} Coordinator {who}.", reason=item.reason, who=who) if who else item.reason
    found = listed.alerts(item)
    if found:
        reason = say("Visit alert or contact rule: {labels}. {reason}", labels=found, reason=reason)
    if item.outcome is None:
        return reason
    return say("{reason} Decided: {outcome}.", reason=reason, outcome=item.outcome)


def _attendance(listed: "Listed") -> tuple[Say, ...]:
    expected, present = (len(_names(listed, present=there, mask=False)) for there in (False, True))
    found = (say("{count} expected", count=expected),) if expected else ()
    return (*found, say("{count} present", count=present)) if present else found


def _which(listed: "Listed") -> tuple[Value, ...]:
    """第9回 of the fiscal year, and how it is held where its members do not sit together."""
    how = () if listed.held_as is HeldAs.IN_PERSON else (listed.held_as,)
    return (*((say("No. {nth} of the year", nth=listed.nth),) if listed.nth else ()), *how)


def _leading(listed: "Listed", *, mask: bool) -> tuple[Value, ...]:
    place = listed.typed(listed.place, mask=mask)
    return (
        *((say("Chair {name}", name=listed.chair),) if listed.chair else ()),
        *((say("Recorder {name}", name=listed.recorder),) if listed.recorder else ()),
        *((say("Place {place}", place=place),) if place else ()),
    )


def _who(listed: "Listed", *, mask: bool) -> tuple[Say, ...]:
    expected, present = (_names(listed, present=there, mask=mask) for there in (False, True))
    found = (say("Expected: {names}", names=expected),) if expected else ()
    return (*found, say("Present: {names}", names=present)) if present else found


def _names(listed: "Listed", *, present: bool, mask: bool) -> tuple[Value, ...]:
    """Those expected, or those who were there, each once, with their office."""
    found = dict.fromkeys(
        (p["name"], p["office"])
        if p["staff_code"]
        else (listed.typed(p["name"], mask=mask) or "", listed.typed(p["office"], mask=mask))
        for p in listed.parties
        if bool(p["present"]) is present
    )
    return tuple(say("{name} ({office})", name=name, office=office) if office else name for name, office in found)


def _row(*cells: Value) -> str:
    return "| " + " | ".join(_md(cell) for cell in cells) + " |"


def _md(value: Value) -> str:
    """A text no Markdown reader takes for a mark of its own."""
    text = visible(render(value))
    if text == "---":
        return text
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in text)
