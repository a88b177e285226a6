"""toshima reopen"""

from typing import Annotated

import typer

from toshima_cli import reception
from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt
from toshima_cli.typed import in_words_of

HELP = say("A household returns: a new case, linked to the one that ended")
EXAMPLES = (
    "toshima reopen 2026-0001 --window csw --channel self --concern A:job --note 仕事を辞めたと電話があった",
    "toshima reopen 2026-0001",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "The case that ended")] = None,
    window: Annotated[str | None, opt("--window", "The window, default that of the case", "WINDOW")] = None,
    on: Annotated[str | None, opt("--on", "The day it was received, default today", "DATE")] = None,
    channel: Annotated[str | None, opt("--channel", "How it came to the window", "CHANNEL")] = None,
    reporter: Annotated[str | None, opt("--reporter", "Who told us, when not the person", "NAME")] = None,
    reporter_relation: Annotated[str | None, opt("--reporter-relation", "Who that is to them", "TEXT")] = None,
    concern: Annotated[
        list[str] | None, opt("--concern", "One concern; ! marks the most pressing", "LABEL:CONCERN[!]")
    ] = None,
    note: Annotated[str | None, opt("--note", "What else was said", "TEXT")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    typed = {
        "--window": window,
        "--on": on,
        "--channel": channel,
        "--reporter": reporter,
        "--reporter-relation": reporter_relation,
        "--concern": concern,
        "--note": note,
    }
    from toshima_cli.forms import ReturnForm

    form = reception.form(c, a, ReturnForm, None, typed)
    from toshima_cli.flow.reopen import record

    with in_words_of(reception.OPTIONS):
        answer = record(c.store, number, form, mask=c.mask)
    reception.finish(c, answer)
