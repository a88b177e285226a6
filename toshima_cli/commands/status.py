"""toshima status"""

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.status import status
from toshima_cli.ui.status import ROWS, draw

HELP = say("Today's board: what waits for you, overdue first")
EXAMPLES = ("toshima status", "toshima --as k03 status -f json")
FORMATS = ("table", "json")


def run(ctx: typer.Context) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    a.settle()
    most = None if c.out.form == "json" else ROWS
    drafts = c.kept()
    found = c.store.look(
        "status",
        lambda conn: status(conn, c.today, most, mask=c.mask, drafts=drafts),
        lambda board: board.subjects(),
    )
    windows = c.words()["window"]
    c.out.thing(found, lambda board: board.json(), lambda board, page: draw(board, page, windows))
