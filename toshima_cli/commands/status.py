"""toshima status"""

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.diary import diary
from toshima_cli.looks.status import status
from toshima_cli.ui import ics
from toshima_cli.ui.status import ROWS, draw

HELP = say("Today's board: what waits for you, overdue first")
EXAMPLES = ("toshima status", "toshima --as k03 status -f json", "toshima --as k03 status -o mine.ics")
FORMATS = ("table", "json", "ics")
FILES = ("ics",)


def run(ctx: typer.Context) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    a.settle()
    if c.out.form == "ics":
        days = c.store.look("status", lambda conn: diary(conn, c.today), lambda found: found.subjects())
        c.out.whole(days, ics.diary)
        return
    most = None if c.out.form == "json" else ROWS
    drafts = c.kept()
    found = c.store.look(
        "status",
        lambda conn: status(conn, c.today, most, mask=c.mask, drafts=drafts),
        lambda board: board.subjects(),
    )
    windows = c.words()["window"]
    c.out.thing(found, lambda board: board.json(), lambda board, page: draw(board, page, windows))
