"""toshima undo"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.exits import granted
from toshima_cli.params import flag, opt
from toshima_cli.ui.undo import draw

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
    from toshima_cli.flow.undo import ahead, take_back

    expected = None
    if not yes:
        found = granted(ahead(c.store, why))
        expected = found.step.seq
        c.out.ahead(lambda page: draw(found, page))
        if not c.ask.confirm(say("Take it back?")):
            c.out.note(say("Nothing was changed."))
            return
    c.finish(take_back(c.store, why, expected=expected))
