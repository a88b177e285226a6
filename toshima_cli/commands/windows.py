"""toshima windows"""

from typing import Annotated
from unicodedata import normalize

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.exits import NotFound
from toshima_cli.looks.reference import windows
from toshima_cli.params import arg
from toshima_cli.ui.out import ROOMY, Column
from toshima_cli.unknown import near

HELP = say("The windows of consultation")
EXAMPLES = ("toshima windows", "toshima windows csw", "toshima windows -f json")


def run(
    ctx: typer.Context,
    code: Annotated[str | None, arg("CODE", "One window by its code; default all")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    asked = normalize("NFKC", a.text("CODE", code) or "").strip().lower()
    a.settle()
    found = c.store.reference(lambda conn: [row for row in windows(conn) if asked in ("", row["code"])])
    if asked and not found.value:
        alike = near(asked, c.words()["window"])
        raise NotFound(
            say("There is no window {code}.", code=asked),
            do=(*(f"toshima windows {other}" for other in alike), "toshima windows"),
        )
    roomy = c.out.terminal.columns >= ROOMY
    c.out.rows(
        found,
        (
            Column("code", say("Code"), whole=True),
            Column("name", say("Name")),
            Column("department", say("Department")),
            Column("operation", say("Run by"), cell=lambda row: row["operation"]),
            Column("sites", say("Sites"), right=True),
            Column("site_type", say("Site type"), cell=lambda row: row["site_type"], screen=roomy),
            Column("subsidised", say("Subsidised"), cell=lambda row: "★" if row["subsidised"] else ""),
            Column("coordinator_posted", say("Coordinator posted"), screen=False),
            Column("fields", say("Fields"), screen=False),
        ),
        empty=say("No window is listed."),
    )
