"""toshima map"""

from collections.abc import Mapping
from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.map import Map, drawn
from toshima_cli.params import arg
from toshima_cli.ui.map import draw

HELP = say("The household, and who supports it")
EXAMPLES = ("toshima map 2026-0001", "toshima map 2026-0001 -o household.svg")
FORMATS = ("table", "json")
FILES = ("svg", "json")


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    a.settle()
    paper = c.out.form == "svg"
    found = c.store.look(
        "map",
        lambda conn: drawn(conn, number, c.today, actor=c.store.actor, mask=c.mask, paper=paper),
        lambda m: m.subjects(),
    )
    names = c.words()
    c.out.thing(found, lambda m: m.json(), lambda m, page: draw(m, page, names), {"svg": lambda m: _picture(m, names)})


def _picture(found: Map, names: Mapping[str, Mapping[str, str]]) -> bytes:
    from toshima_cli.ui.map_svg import picture

    return picture(found, names)
