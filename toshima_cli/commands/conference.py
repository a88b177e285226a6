"""toshima conference"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.conference import conferences
from toshima_cli.params import arg, opt
from toshima_cli.ui.out import Column

HELP = say("Which conference of another law dealt with a case")
EXAMPLES = (
    "toshima conference 2026-0001 --of chiiki-care --held-on 2026-09-24 --not-enough 働く世代の困りごとは扱えなかった",
    "toshima conference 2026-0001",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    of: Annotated[str | None, opt("--of", "Which conference", "CODE")] = None,
    held_on: Annotated[str | None, opt("--held-on", "The day it was held", "DATE")] = None,
    not_enough: Annotated[str | None, opt("--not-enough", "Why that was not enough", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    if not (of or held_on or not_enough or on):
        a.settle()
        names = c.words()["conference"]
        c.out.rows(
            c.store.look(
                "conference", lambda conn: conferences(conn, number, mask=c.mask), lambda _: [("case", number)]
            ),
            (
                Column(
                    "conference",
                    say("Conference of another law"),
                    cell=lambda row: names.get(row["conference"], row["conference"]),
                ),
                Column("held_on", say("Held on"), whole=True),
                Column("not_enough", say("Why that was not enough")),
                Column("on", say("Recorded on"), screen=False),
            ),
            empty=say("No conference of another law is recorded for this case."),
        )
        return
    which = a.code("--of", of, "conference", required=True)
    held = a.day("--held-on", held_on, required=True)
    why = a.text("--not-enough", not_enough, required=True)
    day = a.day("--on", on, default=c.today)
    a.settle()
    from toshima_cli.flow.conference import Held, record

    c.finish(record(c.store, number, Held(which, held, why, day)))
