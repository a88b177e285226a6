"""toshima export"""

from typing import Annotated

import typer

from toshima_cli import publishing
from toshima_cli.domain.verdict import say
from toshima_cli.params import Sub, flag

HELP = say("Files for others: the list of windows, as data anybody can read")


def windows(
    ctx: typer.Context,
    hsds: Annotated[
        bool, flag("--hsds", "With the programmes, as a data package of HSDS 3.0: -o names a folder")
    ] = False,
) -> None:
    publishing.windows(ctx.obj, hsds=hsds)


COMMANDS = {
    "windows": Sub(
        windows,
        say("The list of windows, as init takes it back; or windows and programmes in a public standard"),
        ("toshima export windows -o list.csv", "toshima export windows --hsds -o hsds"),
        files=publishing.FILES,
    ),
}
