"""toshima split"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt

HELP = say("Give people under restriction a case of their own, seen by its own people only")
EXAMPLES = (
    "toshima split 2026-0001 B --reason 別居し、居所を知らせないことを希望 --coordinator k03",
    "toshima split 2026-0001 B C --reason 避難 --holder c01",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    label: Annotated[list[str] | None, arg("LABEL", "Who goes; everybody: the case itself is restricted")] = None,
    reason: Annotated[str | None, opt("--reason", "Why", "TEXT")] = None,
    coordinator: Annotated[str | None, opt("--coordinator", "Who coordinates it; default who did", "STAFF")] = None,
    holder: Annotated[list[str] | None, opt("--holder", "Who may see it beside you and them", "STAFF")] = None,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    labels = tuple(dict.fromkeys(a.member(number, word) for word in label or ()))
    if not labels:
        a.missing("LABEL")
    why = a.text("--reason", reason, required=True)
    who, also = a.staff("--coordinator", coordinator), a.codes("--holder", holder, "staff")
    day = a.day("--on", on, default=c.today)
    a.settle()
    from toshima_cli.flow.split import split

    c.finish(split(c.store, number, labels, day, why, coordinator=who, also=also))
