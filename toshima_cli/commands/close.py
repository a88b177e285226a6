"""toshima close"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import EndReason
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, flag, opt

HELP = say("Conclude a case, with what its reason asks for")
EXAMPLES = (
    "toshima close 2026-0001 --reason resolved --lead csw --change work_started --evaluation 生活が安定した"
    " --wish 今の暮らしを続けたい --groundwork 民生委員の見守り",
    "toshima close 2026-0001 --reason information_only",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    reason: Annotated[str | None, opt("--reason", "Why it ends", "REASON")] = None,
    lead: Annotated[str | None, opt("--lead", "Who leads from here on; default the plan's", "WHO")] = None,
    change: Annotated[list[str] | None, opt("--change", "A change observed; none is one too", "CODE")] = None,
    evaluation: Annotated[str | None, opt("--evaluation", "How the support is evaluated", "TEXT")] = None,
    wish: Annotated[str | None, opt("--wish", "The wish of the person; unknown is an answer", "TEXT")] = None,
    groundwork: Annotated[str | None, opt("--groundwork", "What stands so that support can end", "TEXT")] = None,
    tried: Annotated[str | None, opt("--tried", "What was tried", "TEXT")] = None,
    kept: Annotated[str | None, opt("--kept", "The case that is kept, for a duplicate", "CASE")] = None,
    on: Annotated[str | None, opt("--on", "The day it ends, default today", "DATE")] = None,
    yes: Annotated[bool, flag("--yes", "Do not ask whether to end the case")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    why = a.choice("--reason", reason, EndReason, required=True)
    day = a.day("--on", on, default=c.today)
    other = a.case(kept, "--kept") if kept else None
    changes = a.codes("--change", change, "change")
    texts = {
        "lead": a.text("--lead", lead),
        "evaluation": a.text("--evaluation", evaluation),
        "wish": a.text("--wish", wish),
        "groundwork": a.text("--groundwork", groundwork),
        "tried": a.text("--tried", tried),
    }
    a.settle()
    from toshima_cli.flow.close import Closing, conclude, lacking

    closing = Closing(on=day, reason=why, kept=other, changes=changes, **texts)
    for name, asks in lacking(c.store, number, closing):
        a.missing(name, asks)
    if not yes and not c.ask.possible:
        a.missing("--yes")
    a.settle()
    if not yes and not c.ask.confirm(say("End case {case}: {reason}?", case=number, reason=why)):
        c.out.note(say("Nothing was changed."))
        return
    c.finish(conclude(c.store, number, closing))
