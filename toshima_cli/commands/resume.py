"""toshima resume"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt

HELP = say("Go on with a watched or interrupted case where it was")
EXAMPLES = (
    "toshima resume 2026-0001 --reason 郵便物がたまっていると連絡があった",
    "toshima resume 2026-0001 --on 2027-03-18",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    reason: Annotated[str | None, opt("--reason", "What brought it back", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "The day it goes on, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    day = a.day("--on", on, default=c.today)
    why = a.text("--reason", reason)
    a.settle()
    from toshima_cli.flow.resume import record

    c.finish(record(c.store, number, day, why))
