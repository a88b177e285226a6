"""toshima undo"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.undo import nothing, of_step
from toshima_cli.domain.verdict import say
from toshima_cli.exits import Refused
from toshima_cli.params import flag, opt

HELP = say("Take back one's own last step; nothing is erased")
EXAMPLES = ("toshima undo", "toshima undo --reason 別の世帯に記録していた --yes")


def run(
    ctx: typer.Context,
    reason: Annotated[str | None, opt("--reason", "Why it is taken back", "TEXT")] = None,
    yes: Annotated[bool, flag("--yes", "Do not ask whether to take it back")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    why = a.text("--reason", reason)
    if not yes and not c.ask.possible:
        a.missing("--yes")
    a.settle()
    from toshima_cli.flow.undo import last, take_back

    expected = None
    if not yes:
        step = last(c.store)
        if step is None:
            raise Refused(nothing())
        expected = step.seq
        where = step.case or step.meeting or say("no case")
        question = say("Take back {what} of {on} ({number})?", what=of_step(step), on=step.on, number=where)
        if not c.ask.confirm(question):
            c.out.note(say("Nothing was changed."))
            return
    c.finish(take_back(c.store, why, expected=expected))
