"""toshima approach"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt

HELP = say("Begin an approach before its support conference, which decides it afterwards")
EXAMPLES = (
    "toshima approach 2026-0001 --text CSWと民生委員が一緒に訪問する --reason 食事がとれていない様子のため",
    "toshima approach 2026-0001 --person C --text 手紙を届ける --reason 退院が明日のため --on 2026-10-06",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    text: Annotated[str | None, opt("--text", "Who does what, by when", "TEXT")] = None,
    reason: Annotated[str | None, opt("--reason", "Why it cannot wait for the conference", "TEXT")] = None,
    person: Annotated[list[str] | None, opt("--person", "For whom; default the whole household", "LABEL")] = None,
    on: Annotated[str | None, opt("--on", "The day the approach begins, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    what, why = a.text("--text", text, required=True), a.text("--reason", reason, required=True)
    labels = a.labels("--person", person)
    day = a.day("--on", on, default=c.today)
    a.settle()
    from toshima_cli.flow.approach import Begun, record

    c.finish(record(c.store, number, Begun(on=day, text=what, reason=why, labels=labels)))
