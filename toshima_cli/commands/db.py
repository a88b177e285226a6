"""toshima db"""

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import Sub

HELP = say("The database itself: bring it to this version")


def upgrade(ctx: typer.Context) -> None:
    c: Ctx = ctx.obj
    Answers(c).settle()
    from toshima_cli.flow.upgrade import upgrade as flow

    c.finish(
        flow(c.database, actor=c.settings.staff, today=c.today, replayed=c.replayed, now=c.now),
    )


COMMANDS = {
    "upgrade": Sub(
        upgrade,
        say("Bring the database of an earlier version to this one"),
        ("toshima db upgrade", "toshima db upgrade -f json"),
    ),
}
