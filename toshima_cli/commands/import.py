"""toshima import"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import Sub, arg

HELP = say("Take in what was written elsewhere")


def office(
    ctx: typer.Context,
    file: Annotated[str | None, arg("FILE", "The export of an office; - reads standard input")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    path = a.text("FILE", file, required=True)
    a.settle()
    from toshima_cli.flow.import_office import take_in
    from toshima_cli.ui.lines import read

    progress = c.out.progress()
    try:
        lines = progress.over(read(path), lambda number: say("{count} lines read …", count=number))
        answer = take_in(c.store, lines, progress.said)
    finally:
        progress.clear()
    c.finish(answer)


COMMANDS = {
    "office": Sub(
        office,
        say("A whole office from its export, into new books"),
        (
            "toshima --db new.db import office office.jsonl",
            "toshima --db new.db import office office.jsonl -f json",
        ),
    ),
}
