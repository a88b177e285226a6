"""toshima resource"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.resource import resources
from toshima_cli.params import Sub, arg, opt
from toshima_cli.ui.out import Column

HELP = say("Resources of the community: salons, dining rooms, groups")


def add(
    ctx: typer.Context,
    code: Annotated[str | None, arg("CODE", "A short code, such as salon-ike")] = None,
    name: Annotated[str | None, opt("--name", "Its name", "TEXT")] = None,
    owner: Annotated[str | None, opt("--owner", "Who runs it", "TEXT")] = None,
    place: Annotated[str | None, opt("--place", "Where it is", "TEXT")] = None,
    offers: Annotated[str | None, opt("--offers", "What it offers", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    which = a.slug("CODE", code)
    called = a.text("--name", name, required=True)
    by, where, what = a.text("--owner", owner), a.text("--place", place), a.text("--offers", offers)
    day = a.day("--on", on, default=c.today)
    a.settle()
    from toshima_cli.flow.resource import Resource, add

    c.finish(add(c.store, Resource(which, called, by, where, what), day))


def list_(ctx: typer.Context) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    a.settle()
    c.out.rows(
        c.store.reference(resources),
        (
            Column("resource", say("Code"), whole=True),
            Column("name", say("Name")),
            Column("owner", say("Run by")),
            Column("place", say("Place")),
            Column("offers", say("Offers")),
        ),
        empty=say("No resource is listed yet."),
    )


COMMANDS = {
    "add": Sub(
        add,
        say("Add a resource"),
        (
            "toshima resource add salon-ike --name 池のほとりサロン --owner 町会 --place 区民ひろば",
            "toshima resource add kodomo-shokudo --name こども食堂",
        ),
    ),
    "list": Sub(list_, say("List every resource"), ("toshima resource list", "toshima resource list -f json")),
}
