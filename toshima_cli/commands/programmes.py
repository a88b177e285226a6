"""toshima programmes"""

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.reference import programmes
from toshima_cli.ui.out import Column

HELP = say("The programmes of participation, community and outreach")
EXAMPLES = ("toshima programmes", "toshima programmes -f json")

# The projects programmes are run under (chapter; Act 106-4(2) items 2 to 4).
PROJECTS = {
    "participation": say("participation"),
    "community": say("community"),
    "outreach": say("outreach"),
}


def run(ctx: typer.Context) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    a.settle()
    c.out.rows(
        c.store.reference(programmes),
        (
            Column("code", say("Code"), whole=True),
            Column("name", say("Name")),
            Column("kind", say("Project"), cell=lambda row: PROJECTS.get(row["kind"], row["kind"])),
            Column("department", say("Department")),
            Column("operation", say("Run by"), cell=lambda row: row["operation"]),
            Column("staffing", say("Staff"), right=True),
            Column("staffing_note", say("Note on staff"), screen=False),
            Column("places", say("Places"), screen=False),
            Column("subsidised", say("Subsidised"), cell=lambda row: "★" if row["subsidised"] else ""),
        ),
        empty=say("No programme is listed."),
    )
