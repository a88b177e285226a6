"""toshima decide"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import Outcome
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt

HELP = say("⑤ Record what a sitting decided on an item")
EXAMPLES = (
    "toshima decide M2026-0001 1 --outcome approach --note CSWと民生委員が一緒に訪問する"
    ' --action "csw|民生委員と訪問|2026-10-22"',
    "toshima decide M2026-0003 1 --outcome approved",
)


def run(
    ctx: typer.Context,
    meeting: Annotated[str | None, arg("MEETING", "Number of the sitting")] = None,
    item: Annotated[str | None, arg("ITEM", "Number of the item")] = None,
    outcome: Annotated[str | None, opt("--outcome", "What was decided", "OUTCOME")] = None,
    note: Annotated[str | None, opt("--note", "In words", "TEXT")] = None,
    action: Annotated[list[str] | None, opt("--action", "Who does what by when", '"WHO|WHAT|DUE"')] = None,
    on: Annotated[str | None, opt("--on", "Business date, default the day of the sitting", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.meeting(meeting)
    which = a.item(number, item)
    what = a.choice("--outcome", outcome, Outcome, required=True)
    text = a.text("--note", note)
    tasks = []
    for line in action or ():
        who, done, due = (*a.parts("--action", line, 3), None, None)[:3]
        if not who or not done:
            a.fault("--action", say("An action names who and what: WHO|WHAT|DUE."))
        tasks.append((who or "", done or "", a.day("--action", due, future=True)))
    typed = a.day("--on", on)
    a.settle()
    from toshima_cli.flow.decide import Decided, Task, record
    from toshima_cli.flow.meeting import day_of

    day = typed or day_of(c.store, number)
    c.finish(
        record(
            c.store,
            number,
            Decided(item=which, outcome=what, on=day, note=text, tasks=tuple(Task(*task) for task in tasks)),
        )
    )
