"""toshima show"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.show import shown
from toshima_cli.params import arg
from toshima_cli.ui.case import draw

HELP = say("One case, whole")
EXAMPLES = ("toshima show 2026-0001", "toshima show 2026-0001 -f json")
FORMATS = ("table", "json")


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    a.settle()
    found = c.store.look(
        "show", lambda conn: shown(conn, number, c.today, actor=c.store.actor, mask=c.mask), lambda s: s.subjects()
    )
    names = c.words()
    c.out.thing(found, lambda s: s.json(), lambda s, page: draw(s, page, names))
