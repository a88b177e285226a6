"""toshima bodies"""

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.reference import bodies
from toshima_cli.ui.out import Column

HELP = say("Which departments sit on the council and the subcommittee")
EXAMPLES = ("toshima bodies", "toshima bodies -f json")


def run(ctx: typer.Context) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    a.settle()
    c.out.rows(
        c.store.reference(bodies),
        (
            Column("department", say("Office or section")),
            Column("council", say("Council")),
            Column("subcommittee", say("Subcommittee")),
            Column("source", say("Source"), screen=False),
        ),
        empty=say("No department is listed."),
    )
