"""toshima show"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.show import shown
from toshima_cli.params import arg, flag
from toshima_cli.ui.case import draw
from toshima_cli.ui.timeline import draw as course

HELP = say("One case, whole")
EXAMPLES = ("toshima show 2026-0001", "toshima show 2026-0001 --timeline")
FORMATS = ("table", "json")


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    timeline: Annotated[bool, flag("--timeline", "Everything in the order of its dates")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    a.settle()
    names = c.words()
    found = c.store.look(
        "show",
        lambda conn: shown(
            conn, number, c.today, actor=c.store.actor, mask=c.mask, timeline=names if timeline else None
        ),
        lambda s: s.subjects(),
    )
    c.out.thing(found, lambda s: s.json(), lambda s, page: course(s, page) if timeline else draw(s, page, names))
