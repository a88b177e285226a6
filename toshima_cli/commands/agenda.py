"""toshima agenda"""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

import typer

from toshima_cli import handing
from toshima_cli.answers import Answers, number
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import Part
from toshima_cli.domain.verdict import say
from toshima_cli.exits import Missing
from toshima_cli.looks.meetings import nearest
from toshima_cli.params import arg, flag, opt

HELP = say("The agenda of a sitting, and its papers")
EXAMPLES = (
    "toshima agenda",
    "toshima agenda M2026-0003 --preview",
    "toshima agenda M2026-0002 --for k03 -o paper.html --checked G1,2026-0001/note",
    "toshima agenda M2026-0003 --drop 3 --move 2:1",
)
FORMATS = ("table", "json", "md", "ics")
FILES = ("html", "xlsx", "md", "json", "ics")
PAPERS = ("html", "xlsx", "md")


def run(
    ctx: typer.Context,
    meeting: Annotated[str | None, arg("MEETING", "Number of the sitting; default the next one")] = None,
    add: Annotated[list[str] | None, opt("--add", "Put this case or gap on the agenda", "CASE|GAP")] = None,
    drop: Annotated[list[str] | None, opt("--drop", "Leave this item out", "ITEM")] = None,
    move: Annotated[
        list[str] | None, opt("--move", "Move an item to a place, or to discussion or written", "ITEM:WHERE")
    ] = None,
    reader: Annotated[
        list[str] | None, opt("--for", "Only for this attendee: a staff code, or a guest's name", "STAFF")
    ] = None,
    preview: Annotated[bool, flag("--preview", "Who would see what, before anything is handed out")] = False,
    checked: Annotated[
        list[str] | None, opt("--checked", "This text was looked at and may go into the papers", "TEXTID")
    ] = None,
    without: Annotated[
        list[str] | None, opt("--without", "This text was looked at and stays out of the papers", "TEXTID")
    ] = None,
    copies: Annotated[bool, flag("--copies", "The copies handed out, and which came back")] = False,
    collected: Annotated[list[str] | None, opt("--collected", "These copies came back: 3, 3-5, or all", "COPY")] = None,
    on: Annotated[str | None, opt("--on", "Business date of a change, default the day of the sitting", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    asked = a.meeting(meeting) if meeting is not None else None
    wanted = _changes(a, add, drop, move)
    came = a.words("--collected", collected)
    everything = ALL in (word.strip().lower() for word in came)
    back = tuple(dict.fromkeys(n for word in came for n in _copies(a, word)))
    readers = handing.readers(c, a, reader)
    texts = {"checked": a.words("--checked", checked), "without": a.words("--without", without)}
    day = a.day("--on", on)
    papers = c.out.form in PAPERS and bool(c.out.given.file or reader) and not (wanted or came or preview or copies)
    if any(texts.values()) and not papers:
        a.fault("--checked", say("Texts are looked at for papers: -o FILE.html, FILE.xlsx or FILE.md."))
    if sum((bool(wanted), bool(came), preview, copies)) > 1 or ((wanted or came or copies) and reader):
        a.fault("--preview", say("Only one of these at a time: a change, --preview, --copies, --collected, --for."))
    a.settle()
    found = asked or c.store.reference(lambda conn: nearest(conn, c.today.isoformat())).value
    if found is None:
        raise Missing(
            [("MEETING", say("No sitting has been called yet."))], do=("toshima convene subcommittee --on DATE",)
        )
    if wanted:
        _change(c, found, wanted, day)
    elif came:
        from toshima_cli.flow.papers import collect

        c.finish(collect(c.store, found, back, day or c.today, everything=everything))
    elif copies:
        handing.copies(c, found)
    elif papers:
        handing.papers(c, found, readers, texts, day)
    elif preview or reader:
        handing.preview(c, found, readers)
    else:
        handing.listing(c, found)


ALL = "all"
"""Every copy that is out."""


def _copies(a: Answers, word: str) -> tuple[int, ...]:
    """`3`, `3-5`, or `all`, for which the books know the numbers."""
    if word.strip().lower() == ALL:
        return ()
    found = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", unicodedata.normalize("NFKC", word).strip())
    if found is None or int(found[2] or found[1]) < int(found[1]):
        a.fault("--collected", say("Write a copy (3), from one to another (3-5), or all."))
        return ()
    return tuple(range(int(found[1]), int(found[2] or found[1]) + 1))


def _changes(
    a: Answers, add: list[str] | None, drop: list[str] | None, move: list[str] | None
) -> dict[str, tuple[Any, ...]]:
    """What is to be changed, by the fields of `flow.agenda_changes.Edit`; {} where nothing is."""
    cases, gaps = [], []
    for word in a.words("--add", add):
        if number("gap", word).startswith("G"):
            gaps.append(a.gap(word, "--add"))
        else:
            cases.append(a.case(word, "--add"))
    moved = []
    for word in a.words("--move", move):
        item, colon, where = word.replace("：", ":").partition(":")
        if not (colon and item.strip() and where.strip()):
            a.fault("--move", say("Write the item and where it goes: 3:1, or 3:written."))
            continue
        place = a.count("--move", where, most=9999) if where.strip().isdecimal() else None
        part = a.choice("--move", where, Part) if place is None else None
        moved.append((a.count("--move", item, most=9999) or 0, part, place))
    dropped = tuple(a.count("--drop", word, most=9999) or 0 for word in a.words("--drop", drop))
    found = {"cases": tuple(cases), "gaps": tuple(gaps), "drop": dropped, "move": tuple(moved)}
    return found if any(found.values()) else {}


def _change(c: Ctx, meeting: str, wanted: dict[str, tuple[Any, ...]], day: date | None) -> None:
    from toshima_cli.flow.agenda_changes import Edit, Moved, change
    from toshima_cli.flow.meeting import day_of

    on = day or min(c.today, day_of(c.store, meeting))
    moved = tuple(Moved(*parts) for parts in wanted["move"])
    c.finish(change(c.store, meeting, Edit(on, wanted["cases"], wanted["gaps"], wanted["drop"], moved)))
