"""toshima gate"""

import re
from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import Warned, say
from toshima_cli.looks.gate import ask
from toshima_cli.params import arg, opt
from toshima_cli.ui.gate import draw

HELP = say("Ask who may be spoken of, where, and on what ground")
EXAMPLES = (
    "toshima gate 2026-0001",
    "toshima gate 2026-0001 --to hikikomori --on 2026-11-05",
    "toshima gate 2026-0001 --to M2026-0003",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    on: Annotated[str | None, opt("--on", "As of which day, default today", "DATE")] = None,
    to: Annotated[str | None, opt("--to", "A window, a programme, outside:NAME, or a sitting", "WHERE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    day = a.day("--on", on, default=c.today, future=True)
    sitting = a.meeting(to, "--to") if to and re.fullmatch(r"\s*[MmＭｍ][\d０-９].*", to) else None
    place = a.places("--to", [to])[0] if to and not sitting else None
    a.settle()
    seen = c.store.look(
        "gate",
        lambda conn: ask(conn, c.store.actor, number, day, today=c.today, to=place, meeting=sitting, mask=c.mask),
        lambda asked: asked.subjects(),
        on=day,
    )
    if on and seen.value.day != day:
        message = say("The day that counts is the sitting's ({on}), not {day}.", on=seen.value.day, day=day)
        c.out.warn(Warned("gate.sitting_day", message))
    c.out.thing(seen, lambda asked: asked.json(), lambda asked, page: draw(asked, page, mask=c.mask))
