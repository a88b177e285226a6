"""toshima merge"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt
from toshima_cli.typed import pair

HELP = say("Two cases of one household, or two records of one person, are taken as one")
EXAMPLES = (
    "toshima merge 2026-0001 2026-0002 --reason 同じ世帯を二つの窓口で受け付けていた",
    "toshima merge 2026-0001/A 2026-0002/A",
)


def run(
    ctx: typer.Context,
    kept: Annotated[str | None, arg("KEPT", "The one that is kept: a case, or CASE/LABEL")] = None,
    other: Annotated[str | None, arg("OTHER", "The other one")] = None,
    reason: Annotated[str | None, opt("--reason", "Why", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    one, two = pair(a, kept, other)
    why, day = a.text("--reason", reason), a.day("--on", on, default=c.today)
    a.settle()
    from toshima_cli.flow import merge

    if one[1] and two[1]:
        c.finish(merge.persons(c.store, (one[0], one[1]), (two[0], two[1]), day, why))
    else:
        c.finish(merge.cases(c.store, one[0], two[0], day, why))
