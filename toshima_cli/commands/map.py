"""toshima map"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.map import drawn
from toshima_cli.params import arg
from toshima_cli.ui.map import draw

HELP = say("The household, and who supports it")
EXAMPLES = ("toshima map 2026-0001", "toshima map 2026-0001 -f json")
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
        "map", lambda conn: drawn(conn, number, c.today, actor=c.store.actor, mask=c.mask), lambda m: m.subjects()
    )
    names = c.words()
    c.out.thing(found, lambda m: m.json(), lambda m, page: draw(m, page, names))
