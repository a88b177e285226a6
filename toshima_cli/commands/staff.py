"""toshima staff"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import Role
from toshima_cli.domain.verdict import say
from toshima_cli.exits import NotFound
from toshima_cli.looks.staff import staff
from toshima_cli.params import Sub, arg, flag, opt
from toshima_cli.ui.staff import columns

HELP = say("The people who work with the program")


def add(
    ctx: typer.Context,
    code: Annotated[str | None, arg("CODE", "A short code, such as k03")] = None,
    name: Annotated[str | None, opt("--name", "Their name", "NAME")] = None,
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
    kind = a.choice("--role", role, Role) or (Role.WINDOW_WORKER if window else Role.COORDINATOR)
    a.settle()
    from toshima_cli.flow.staff import add

    c.finish(add(c.store, who, called, where, place, kind))


def edit(
    ctx: typer.Context,
    code: Annotated[str | None, arg("CODE", "Their code")] = None,
    name: Annotated[str | None, opt("--name", "Their name", "NAME")] = None,
    office: Annotated[str | None, opt("--office", "Section or body", "TEXT")] = None,
    window: Annotated[str | None, opt("--window", "The window they sit at, or none", "WINDOW")] = None,
    role: Annotated[str | None, opt("--role", "window_worker, coordinator, secretariat, auditor", "ROLE")] = None,
    reason: Annotated[str | None, opt("--reason", "Why it changes", "TEXT")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    who = _colleague(c, a, "CODE", code)
    if not (name or office or window or role):
        a.missing("--name|--office|--window|--role", say("What is new about them."))
    none = (window or "").strip().lower() == "none"
    from toshima_cli.flow.staff import Edited, edit

    new = Edited(
        name=a.text("--name", name),
        office=a.text("--office", office),
        window=None if none else a.code("--window", window, "window"),
        no_window=none,
        role=a.choice("--role", role, Role),
    )
    why = a.text("--reason", reason)
    a.settle()
    c.finish(edit(c.store, who, new, why))


def retire(
    ctx: typer.Context,
    code: Annotated[str | None, arg("CODE", "Their code")] = None,
    on: Annotated[str | None, opt("--on", "Their last day, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    who, day = _colleague(c, a, "CODE", code), a.day("--on", on, default=c.today)
    a.settle()
    from toshima_cli.flow.staff import retire

    c.finish(retire(c.store, who, day))


def handover(
    ctx: typer.Context,
    giver: Annotated[str | None, arg("FROM", "Whose cases")] = None,
    taker: Annotated[str | None, arg("TO", "Who takes them over")] = None,
    case: Annotated[list[str] | None, opt("--case", "Only this one; every open one otherwise", "CASE")] = None,
    on: Annotated[str | None, opt("--on", "From which day on, default today", "DATE")] = None,
    yes: Annotated[bool, flag("--yes", "Do not ask whether to hand over all of them")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    one, other = _colleague(c, a, "FROM", giver), _colleague(c, a, "TO", taker)
    if one and one == other:
        a.fault("TO", say("Cases are handed over to somebody else."))
    numbers = tuple(dict.fromkeys(a.case(number, "--case") for number in case or ()))
    day = a.day("--on", on, default=c.today)
    asked = not numbers and not yes
    if asked and not c.ask.possible:
        a.missing("--yes")
    a.settle()
    question = say("Hand over every open case of {giver} to {taker}?", giver=one, taker=other)
    if asked and not c.ask.confirm(question):
        c.out.note(say("Nothing was changed."))
        return
    from toshima_cli.flow.staff import handover

    c.finish(handover(c.store, one, other, numbers, day))


def _colleague(c: Ctx, a: Answers, name: str, value: str | None) -> str:
    """The code of somebody who works here (otherwise 4)."""
    code = a.slug(name, value)
    if code and not c.store.exists("staff", code):
        raise NotFound(say("There is no member of staff {code}.", code=code), do=("toshima staff list",))
    return code


def list_(ctx: typer.Context, everyone: Annotated[bool, flag("--all", "Those who retired too")] = False) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    a.settle()
    c.out.rows(
        c.store.reference(lambda conn: staff(conn, everyone=everyone)),
        columns(everyone, c.words()["window"]),
        empty=say("Nobody is listed."),
    )


_ADD = (
    "toshima staff add k03 --name 青木 --office 福祉総務課 --window csw --role coordinator",
    "toshima staff add s01 --name 上田 --office 福祉総務課 --role secretariat",
)
_LIST = ("toshima staff list", "toshima staff list --all -f json")
_EDIT = ("toshima staff edit k03 --office 障害福祉課 --reason 異動", "toshima staff edit e01 --window kaigo")
_RETIRE = ("toshima staff retire e01", "toshima staff retire e01 --on 2026-11-02")
_HANDOVER = ("toshima staff handover k03 k01 --yes", "toshima staff handover k03 k01 --case 2026-0001 --on 2026-11-02")
COMMANDS = {
    "add": Sub(add, say("Add someone"), _ADD),
    "list": Sub(list_, say("List everyone"), _LIST),
    "edit": Sub(edit, say("Change what is known of someone; the old value is kept"), _EDIT),
    "retire": Sub(retire, say("Someone leaves, once their cases are with others"), _RETIRE),
    "handover": Sub(handover, say("Hand the cases of one over to another"), _HANDOVER),
}
