"""Handing something out of a sitting: what has to be looked at first is asked text by text, or named."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from shlex import join, quote
from typing import TYPE_CHECKING

from toshima_cli import i18n
from toshima_cli.answers import Answers
from toshima_cli.domain.seen import Seen
from toshima_cli.domain.verdict import Done, Next, Refusal, Say, Value, Warned, say
from toshima_cli.exits import BadInput, Fault, Missing, granted
from toshima_cli.looks.agenda import Listed, compute
from toshima_cli.looks.summary import with_summary
from toshima_cli.ui import document, ics
from toshima_cli.ui import preview as ui
from toshima_cli.ui.agenda import draw, markdown
from toshima_cli.ui.preview import CHECKS, asked, asking

if TYPE_CHECKING:
    from toshima_cli.context import Ctx
    from toshima_cli.flow.papers import Questions, Wanted
    from toshima_cli.looks.copies import Asked, Papers
    from toshima_cli.looks.minutes import Minutes

Readers = tuple[tuple[str, ...], tuple[tuple[str, str | None], ...]]
"""Staff codes, and guests as (name, office); nobody named is everybody expected or present."""


def readers(c: "Ctx", a: Answers, values: list[str] | None) -> Readers:
    """`--for`: staff codes; what is none is the name of a guest, `NAME` or `NAME|OFFICE`."""
    known = c.words().get("staff", {}) if values else {}
    words = [(word, word.strip().lower()) for word in a.words("--for", values)]
    guests = (a.parts("--for", word, 3) for word, code in words if code not in known)
    return tuple(code for _, code in words if code in known), tuple((g[0] or "", (*g, None)[1]) for g in guests)


CHECKED, WITHOUT = "--checked", "--without"


def looked_at(
    c: "Ctx", number: str, wanted: "Wanted", hand_out: "Callable[[Wanted], Done | Refusal | Questions]"
) -> Done | Refusal:
    """Hand out, and where texts have to be looked at first, ask about each: y and it goes in, n and it stays out, which
    the paper says. An answer is kept as it is given. Where nobody can be asked: Missing (6), naming every text."""
    from toshima_cli.flow.papers import keep_answer

    while not isinstance(answer := hand_out(wanted), Done | Refusal):
        groups: dict[str, list[Asked]] = {}
        for one in answer.asked:
            groups.setdefault(one.text.id, []).append(one)
        if not c.ask.possible:
            raise Missing(
                [(f"{CHECKED} {text_id}", reasons(group)) for text_id, group in groups.items()],
                # what goes in is for somebody who read it to say; that everything stays out can be pasted
                do=(join(("toshima", *c.line, WITHOUT, ",".join(groups))),),
            )
        c.out.ahead(partial(asking, len(groups)))
        for nth, group in enumerate(groups.values(), start=1):
            for one in {(one.item, one.text.check, one.masked): one for one in group}.values():
                c.out.ahead(partial(asked, one))
            goes = c.ask.confirm(
                say(
                    "{nth}/{count} Does it go into the papers? (n leaves it out, and they say so)",
                    nth=nth,
                    count=len(groups),
                )
            )
            keep_answer(c.store, number, wanted.on, tuple(one.digest for one in group), group[0].text.id, goes=goes)
    return answer


def reasons(group: list["Asked"]) -> Say:
    """Every item the text stands under, each with why it is asked about there: one answer is for all of them."""
    found: list[Value] = [
        say("item {item}: {why}", item=one.item, why=CHECKS[one.text.check])
        if one.text.check
        else say("item {item}", item=one.item)
        for one in group
    ]
    return say("{reasons}", reasons=tuple(dict.fromkeys(found)))


def listing(c: "Ctx", number: str) -> None:
    """The list of items: it carries no typed text, and is never refused for one. What is new gets its number first."""
    found = _listed(c, number)
    if found.value.unnumbered and not found.value.cancelled:
        from toshima_cli.flow.agenda import sync

        sync(c.store, number)
        found = _listed(c, number)
    c.out.thing(
        found,
        lambda listed: listed.json(),
        lambda listed, page: draw(listed, page, mask=c.mask),
        {"md": lambda listed: markdown(listed, mask=c.mask), "ics": ics.agenda},
    )
    if names := tuple(found.value.typed(name, mask=c.mask) or "" for name in found.value.without_secrecy):
        message = say("Without an acknowledgement of secrecy, and so without the paper: {names}.", names=names)
        c.out.warn(Warned("secrecy.missing", message))
    c.out.warn(*found.value.not_approvable())
    if found.value.handed_out:
        changed(c, number)


def _listed(c: "Ctx", number: str) -> "Seen[Listed]":
    english = i18n.language() == "en"
    return c.store.look(
        "agenda",
        lambda conn: with_summary(conn, compute(conn, number), c.today, english=english),
        lambda listed: listed.subjects(),
    )


def papers(c: "Ctx", number: str, readers: Readers, texts: Mapping[str, tuple[str, ...]], on: date | None) -> None:
    """Hand out a copy to each reader, and write them into one file: with a list to collect them, where all get one."""
    from toshima_cli.flow.papers import Wanted, hand_out
    from toshima_cli.ui.papers import documents, title

    wanted = Wanted(on or c.today, *readers, checked=texts["checked"], without=texts["without"])
    done = granted(looked_at(c, number, wanted, lambda wanted: hand_out(c.store, number, wanted)))
    words = c.words()

    def pages(found: "Papers") -> list[document.Document]:
        return documents(found.numbered(), words, list_too=not any(readers))

    seen = _look(c, number, readers, wanted.on)
    if any(copy.number is None for copy in seen.value.numbered().copies if not copy.empty):
        # another desk recorded something in between: what was numbered is not what would be printed
        raise BadInput([Fault("MEETING", say("The books changed while the papers were made. Type the line again."))])
    c.out.thing(
        seen,
        ui.as_json,
        lambda found, page: ui.preview(found, page),
        {
            "html": lambda found: document.html(pages(found), title(found)),
            "xlsx": lambda found: document.spreadsheet(pages(found)),
            "md": lambda found: document.markdown(pages(found)),
        },
    )
    c.out.note(done.sentence)
    c.out.follow(*done.next)
    changed(c, number)


def preview(c: "Ctx", number: str, readers: Readers) -> None:
    """Who would see what: nothing is handed out."""
    codes, guests = readers
    found = _look(c, number, readers)
    if found.value.listed.unnumbered and not found.value.listed.cancelled:
        from toshima_cli.flow.agenda import sync

        sync(c.store, number)
        found = _look(c, number, readers)
    c.out.thing(found, ui.as_json, lambda papers, page: ui.preview(papers, page))
    if not found.value.listed.cancelled and any(not copy.empty for copy in found.value.copies):
        named = (*codes, *("|".join(filter(None, guest)) for guest in guests))
        only = "".join(f" --for {quote(name)}" for name in named)
        what = say("Hand them out; at a terminal each text is asked about.")
        c.out.follow(Next("agenda", what, f"toshima agenda {number}{only} -o {number}.html"))


def copies(c: "Ctx", number: str) -> None:
    """The copies handed out, whether they came back, and which shows too much by now."""
    from toshima_cli.looks.copies import Rows
    from toshima_cli.looks.papers import papers as read

    found = c.store.look(
        "agenda",
        lambda conn: Rows(read(conn, number, actor=c.store.actor, today=c.today, mask=c.mask)),
        lambda rows: rows.subjects,
    )
    c.out.rows(found, ui.COPIES, empty=say("No copy of {meeting} is handed out.", meeting=number))


def changed(c: "Ctx", number: str) -> None:
    """What changed since copies were handed out, and which of them show too much by now: they are to be collected."""
    from toshima_cli.looks.papers import to_collect

    found = _look(c, number, ((), ())).value
    said = found.changed()
    if said:
        head = say("Since papers were handed out, this has changed.")
        c.out.warn(*(Warned("paper.changed", one) for one in (head, *said)))
    c.out.warn(*to_collect(found))


def _look(c: "Ctx", number: str, readers: Readers, on: date | None = None) -> "Seen[Papers]":
    from toshima_cli.looks.papers import papers as read

    codes, guests = readers
    return c.store.look(
        "papers",
        lambda conn: read(
            conn, number, actor=c.store.actor, readers=codes, guests=guests, today=c.today, on=on, mask=c.mask
        ),
        lambda found: found.subjects(),
    )


def minutes(c: "Ctx", number: str, readers: Readers, texts: Mapping[str, tuple[str, ...]], on: date) -> None:
    """Write the minutes, a new version where they say something new, and show or print them."""
    from toshima_cli.flow.minutes import write
    from toshima_cli.flow.papers import Wanted
    from toshima_cli.looks.minutes import minutes as read
    from toshima_cli.ui import minutes as shown

    wanted = Wanted(on, *readers, checked=texts["checked"], without=texts["without"])
    done = granted(looked_at(c, number, wanted, lambda wanted: write(c.store, number, wanted)))
    version, words = int(str(done.data["version"])), c.words()
    codes, guests = readers
    if not (codes or guests):
        for_whom = done.data["for"]
        assert isinstance(for_whom, list)
        codes = tuple(for_whom)  # whoever does not keep the minutes reads as an attendee
    found = c.store.look(
        "minutes",
        lambda conn: read(conn, number, actor=c.store.actor, reader=codes, guest=guests, today=c.today, mask=c.mask),
        lambda found: found.papers.subjects(),
    )

    def page(found: "Minutes") -> document.Document:
        return shown.document(found, words, version)

    c.out.thing(
        found,
        lambda found: shown.as_json(found, version),
        lambda found, screen: document.draw(page(found), screen),
        {
            "html": lambda found: document.html([page(found)], page(found).title),
            "xlsx": lambda found: document.spreadsheet([page(found)]),
            "md": lambda found: document.markdown([page(found)]),
        },
    )
    c.out.note(done.sentence)
    c.out.follow(*done.next)
