"""toshima staff"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import Role
from toshima_cli.domain.verdict import say
from toshima_cli.looks.staff import staff
from toshima_cli.params import Sub, arg, opt
from toshima_cli.ui.out import Column

HELP = say("The people who work with the program")


def add(
    ctx: typer.Context,
    code: Annotated[str | None, arg("CODE", "A short code, such as k03")] = None,
    name: Annotated[str | None, opt("--name", "Name", "NAME")] = None,
    office: Annotated[str | None, opt("--office", "Section or body", "TEXT")] = None,
    window: Annotated[str | None, opt("--window", "The window they sit at", "WINDOW")] = None,
    role: Annotated[str | None, opt("--role", "window_worker, coordinator, secretariat, auditor", "ROLE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    who = a.slug("CODE", code)
    called = a.text("--name", name, required=True)
    where = a.text("--office", office, required=True)
    place = a.code("--window", window, "window")
    kind = a.choice("--role", role, Role) or Role.COORDINATOR
    a.settle()
    from toshima_cli.flow.staff import add

    c.finish(add(c.store, who, called, where, place, kind))


def list_(ctx: typer.Context) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    a.settle()
    c.out.rows(
        c.store.reference(staff),
        (
            Column("staff", say("Code"), whole=True),
            Column("name", say("Full name")),
            Column("office", say("Belongs to")),
            Column("window", say("Window")),
            Column("role", say("Role"), cell=lambda row: Role(row["role"])),
        ),
        empty=say("Nobody is listed."),
    )


COMMANDS = {
    "add": Sub(
        add,
        say("Add someone"),
        (
            "toshima staff add k03 --name 青木 --office 福祉総務課 --window csw --role coordinator",
            "toshima staff add s01 --name 上田 --office 福祉総務課 --role secretariat",
        ),
    ),
    "list": Sub(list_, say("List everyone"), ("toshima staff list", "toshima staff list -f json")),
}
