"""Filling a standard form (`report form`): what has to be looked at first is asked text by text, or named."""

from dataclasses import replace
from functools import partial
from shlex import join
from typing import TYPE_CHECKING, Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.domain.form import PER_PERSON, Form
from toshima_cli.domain.seen import Seen
from toshima_cli.domain.verdict import Next, Refusal, Warned, say
from toshima_cli.exits import granted
from toshima_cli.handing import CHECKED, WITHOUT
from toshima_cli.looks import form as looks
from toshima_cli.params import Sub, arg, flag, opt
from toshima_cli.ui import form as ui
from toshima_cli.ui.form_boxes import leaves
from toshima_cli.ui.form_words import ask, excepted, why, worded
from toshima_cli.ui.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toshima_cli.context import Ctx
    from toshima_cli.db import Work

HELP = say("A standard form filled from a case: intake, assessment, plan, progress record, evaluation")


def form(
    ctx: typer.Context,
    kind: Annotated[str | None, arg("FORM", "Which form")] = None,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    person: Annotated[
        list[str] | None, opt("--person", "Only for this person: assessment, plan and application", "LABEL")
    ] = None,
    version: Annotated[str | None, opt("--version", "This version of the plan, default the newest", "N")] = None,
    with_consent: Annotated[
        bool, flag("--with-consent", "The variant with consent, or none: the case decides where neither is said")
    ] = False,
    without_consent: Annotated[
        bool, flag("--without-consent", "The variant for a support conference, under its secrecy")
    ] = False,
    checked: Annotated[
        list[str] | None, opt("--checked", "This text was looked at and may go into the form", "TEXTID")
    ] = None,
    without: Annotated[
        list[str] | None, opt("--without", "This text was looked at and stays out of the form", "TEXTID")
    ] = None,
    on: Annotated[str | None, opt("--on", "As of this day, default today", "DATE")] = None,
) -> None:
    """1 what was typed · 2 whom it may show · 3 what has to be looked at first · 4 the form."""
    c: Ctx = ctx.obj
    a = Answers(c)
    which = a.choice("FORM", kind, Form, required=True)
    number = a.case(case)
    labels = a.labels("--person", person)
    variant = a.one_of({"--with-consent": with_consent, "--without-consent": without_consent}, required=False)
    typed = looks.Wanted(
        which,
        number,
        a.day("--on", on, default=c.today),
        labels,
        a.count("--version", version, most=9999),
        None if variant is None else variant == "--without-consent",
        a.words(CHECKED, checked),
        a.words(WITHOUT, without),
    )
    if labels and which not in PER_PERSON:
        a.fault("--person", say("This form is about the household; the assessment and the plan are about a person."))
    if version and which is not Form.PLAN:
        a.fault("--version", say("Only the plan has versions."))
    if variant and which is Form.PLAN:
        a.fault(variant, say("The plan is made for people who consent to it; it has no other variant."))
    for text_id in sorted({*typed.checked} & {*typed.without}):
        a.fault(WITHOUT, say("{text} is said to go in and to stay out.", text=text_id))
    a.settle()
    found = _settled(c, typed)
    words = c.words()
    c.out.thing(
        found,
        lambda form: _json(form, words),
        lambda form, page: _screen(form, words, page),
        {"xlsx": lambda form: ui.spreadsheet(leaves(form, words))},
    )
    if c.out.form in (None, "table") and (asks := found.value.asks()):
        c.out.warn(_unread(len(asks)))
    c.out.warn(*excepted(found.value, words))


def _screen(form: looks.Filled, words: dict[str, dict[str, str]], page: Page) -> None:
    """What will stand in the boxes, then what has to be looked at first, with its words."""
    ui.draw(leaves(form, words), page)
    if asks := form.asks():
        page.blank()
        page.line(say("To be looked at before it goes into the form"))
        for text in asks:
            ask(form, text, words, page)


def _settled(c: "Ctx", wanted: looks.Wanted) -> Seen[looks.Filled]:
    """The form with an answer for every text that is asked about. Where nobody can be asked they stay out: the form
    says so where each would stand, and how they are let in is said beside it."""
    found = _look(c, wanted)
    asks = found.value.asks()
    if not asks or c.out.form in (None, "table", "json"):
        return found
    if not c.ask.possible:
        c.out.warn(_unread(len(asks)))
        look = say("Read them: the form on a screen gives each with its words and why.")
        let_in = say("Let in what you have read and may stand there; the others stay out.")
        force = () if "--force" in c.line else ("--force",)
        c.out.follow(
            Next("report", look, join(("toshima", *_without_file(c.line)))),
            Next("report", let_in, f"{join(('toshima', *c.line, *force))} {CHECKED} TEXTID"),
        )
        return found
    words = c.words()
    for nth, text in enumerate(asks, start=1):
        c.out.ahead(partial(ask, found.value, text, words))
        question = say(
            "{nth}/{count} Does it go into the form? (n leaves it out, and it says so)", nth=nth, count=len(asks)
        )
        goes = c.ask.confirm(question)
        wanted = replace(
            wanted,
            checked=(*wanted.checked, *((text.id,) if goes else ())),
            without=(*wanted.without, *(() if goes else (text.id,))),
        )
    return _look(c, wanted)


def _unread(count: int) -> Warned:
    said = say(
        "Texts nobody looked at: {count}. They are left out, and the form says so where they would stand.", count=count
    )
    return Warned("form.not_looked_at", said)


def _without_file(line: "Sequence[str]") -> tuple[str, ...]:
    """The line as typed, for a screen: without the file it was to be written to."""
    found: list[str] = []
    skip = False
    for word in line:
        if skip or word == "--force" or word.startswith(("-o=", "--output=")):
            skip = False
        elif word in ("-o", "--output"):
            skip = True
        else:
            found.append(word)
    return tuple(found)


def _look(c: "Ctx", wanted: looks.Wanted) -> Seen[looks.Filled]:
    """The look, journaled with whom it shows; a refusal is journaled as one."""
    refused: list[Refusal] = []

    def read(conn: object) -> looks.Filled:
        answer = looks.filled(conn, wanted, today=c.today, mask=c.mask)
        if isinstance(answer, Refusal):
            refused.append(answer)
            raise _Refused
        return answer

    try:
        return c.store.look("form", read, lambda form: form.subjects(), on=wanted.on)
    except _Refused:
        pass

    def refuse(w: "Work") -> Refusal:
        w.about(("case", wanted.case))
        return refused[0]

    granted(c.store.work("form", refuse))
    raise AssertionError("a refusal is raised")


class _Refused(Exception):
    """Leaves the transaction of a look that showed nobody."""


COMMAND = Sub(
    form,
    HELP,
    (
        "toshima report form progress 2026-0001 -o progress.xlsx",
        "toshima report form intake 2026-0001 --without-consent --without 2026-0001/note,2026-0001/channel -o in.xlsx",
        "toshima report form plan 2026-0001 --person A --checked 2026-0001/concern/4,2026-0001/P1/care -o plan.xlsx",
        "toshima report form assessment 2026-0001 --person C -f json",
    ),
    formats=("table", "json"),
    files=("xlsx", "json"),
)


def _json(form: looks.Filled, words: dict[str, dict[str, str]]) -> dict[str, object]:
    """{form, case, on, with_consent, people, masked, plan, to_look_at, sheets}: what will stand in which box."""
    return {
        "form": form.form,
        "case": form.case.number,
        "on": form.day,
        "with_consent": not form.printed.secret,
        "people": list(form.printed.labels),
        "masked": list(form.sheet.masked),
        "plan": form.plan.number if form.plan and form.form is Form.PLAN else None,
        "to_look_at": [{"text": text.id, "why": why(text), "words": worded(form, text, words)} for text in form.asks()],
        "sheets": ui.as_json(leaves(form, words)),
    }
