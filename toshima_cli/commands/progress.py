"""toshima progress"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt

HELP = say("④ Note a contact, a visit, what was found, the next step")
EXAMPLES = (
    "toshima progress 2026-0001 --method visit --person C --note 玄関先で10分ほど話せた --next 2026-11-30",
    "toshima progress 2026-0001 --method phone --note-file - --found B:withdrawal",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    method: Annotated[str | None, opt("--method", "visit, phone, meeting, office, online …", "METHOD")] = None,
    note: Annotated[str | None, opt("--note", "What happened", "TEXT")] = None,
    note_file: Annotated[str | None, opt("--note-file", "A file with it, or - for standard input", "FILE")] = None,
    person: Annotated[str | None, opt("--person", "Whom it is about", "LABEL")] = None,
    on: Annotated[str | None, opt("--on", "The day it happened, default today", "DATE")] = None,
    next_on: Annotated[str | None, opt("--next", "The day of the next step", "DATE")] = None,
    next_what: Annotated[str | None, opt("--next-what", "What the next step is", "TEXT")] = None,
    found: Annotated[list[str] | None, opt("--found", "A concern found on the way", "LABEL:CONCERN")] = None,
    done: Annotated[list[str] | None, opt("--done", "An action that is done", "ACTION")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    how = a.code("--method", method, "method", required=True)
    if note and note_file:
        a.fault("--note-file", say("Give the note once: --note or --note-file."))
    text = a.file_text("--note-file", note_file) if note_file else a.text("--note", note, required=True)
    who = a.member(number, person, "--person") if person else None
    day = a.day("--on", on, default=c.today)
    then = a.day("--next", next_on, future=True)
    if then and then < day:
        a.fault("--next", say("The next step lies before the contact itself ({on}).", on=day))
    what = a.text("--next-what", next_what)
    if what and not next_on:
        a.missing("--next")
    concerns = tuple(_found(a, word) for word in found or ())
    actions = tuple(action for word in done or () if (action := a.text("--done", word)))
    a.settle()
    from toshima_cli.flow.progress import Told, record

    c.finish(
        record(
            c.store,
            number,
            Told(
                on=day,
                method=how,
                text=text or "",
                label=who,
                next_on=then,
                next_what=what,
                found=concerns,
                done_actions=actions,
            ),
        )
    )


def _found(a: Answers, text: str) -> tuple[str | None, str]:
    """`B:withdrawal`, or a concern alone for the household."""
    label, colon, code = text.strip().replace("：", ":").rpartition(":")
    return (a.label(label, "--found") if colon else None), a.code("--found", code, "concern", required=True)
