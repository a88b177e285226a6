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
    listed = a.file_text("--windows", windows, whole=True)
    if windows and not listed and "--windows" not in a.said():
        a.fault("--windows", say("The file is empty."))
    a.settle()
    from toshima_cli.flow.init import init
    from toshima_cli.reference import File
    from toshima_cli.ui.text import uninert

    c.finish(
        init(
            c.database,
            File(Path(windows or "").name, listed, uninert) if listed else None,
            actor=c.settings.staff,
            today=c.today,
            replayed=c.replayed,
            now=c.now,
        )
    )
