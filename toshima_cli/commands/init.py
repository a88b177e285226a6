"""toshima init"""

from pathlib import Path
from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import opt

HELP = say("Create the database and load the reference data")
EXAMPLES = ("toshima init", "toshima --db town.db init --windows windows.csv")


def run(
    ctx: typer.Context,
    windows: Annotated[str | None, opt("--windows", "Another town's list of windows (CSV)", "FILE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    listed = a.text("--windows", windows)
    if listed and not Path(listed).is_file():
        a.fault("--windows", say("There is no such file: {path}.", path=listed))
    a.settle(store=False)
    from toshima_cli.flow.init import init

    c.finish(
        init(
            c.database,
            Path(listed) if listed else None,
            actor=c.settings.staff,
            today=c.today,
            replayed=c.replayed,
            now=c.now,
        )
    )
