"""toshima progress"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.contacts import told
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt

HELP = say("④ Note a contact, a visit, what was found, the next step")
EXAMPLES = (
    "toshima progress 2026-0001 --method visit --person C --note 玄関先で10分ほど話せた --next 2026-11-30",
    "toshima progress 2026-0001 --method phone --note-file - --found B:withdrawal",
    "toshima progress 2026-0001 --method visit --programme o-csw --note 弟の家賃の滞納がわかった --found D:rent",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    method: Annotated[str | None, opt("--method", "visit, phone, meeting, office, online …", "METHOD")] = None,
    note: Annotated[str | None, opt("--note", "What happened", "TEXT")] = None,
    note_file: Annotated[str | None, opt("--note-file", "A file with it, or - for standard input", "FILE")] = None,
    person: Annotated[str | None, opt("--person", "Whom it is about", "LABEL")] = None,
    programme: Annotated[str | None, opt("--programme", "The outreach programme it was made under", "CODE")] = None,
    on: Annotated[str | None, opt("--on", "The day it happened, default today", "DATE")] = None,
    next_on: Annotated[str | None, opt("--next", "The day of the next step", "DATE")] = None,
    next_what: Annotated[str | None, opt("--next-what", "What the next step is", "TEXT")] = None,
    found: Annotated[
        list[str] | None, opt("--found", "A concern found on the way, of somebody new too", "LABEL:CONCERN")
    ] = None,
    done: Annotated[list[str] | None, opt("--done", "An action that is done", "ACTION")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    typed = {
        "--method": method,
        "--note": note,
        "--note-file": note_file,
        "--person": person,
        "--programme": programme,
        "--on": on,
        "--next": next_on,
        "--next-what": next_what,
        "--found": found,
    }
    entry = told(a, number, c.today, typed, done or ())
    from toshima_cli.flow.progress import record

    c.finish(record(c.store, number, entry))
