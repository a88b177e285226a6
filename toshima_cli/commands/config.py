"""toshima config"""

from typing import Annotated, Any

import typer

from toshima_cli import i18n
from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.office import FIXED, BadSetting, checked, figure_of
from toshima_cli.domain.report import Range
from toshima_cli.domain.verdict import say
from toshima_cli.exits import NotFound
from toshima_cli.looks import config, report
from toshima_cli.params import arg, flag, opt
from toshima_cli.ui.out import Column

HELP = say("What the office sets: days, inhabitants, targets")
EXAMPLES = ("toshima config", "toshima config population.2026 290000", "toshima config target.2026.plans.new 30")


def run(
    ctx: typer.Context,
    key: Annotated[
        str | None, arg("SETTING", "A setting, population.YEAR, or target.YEAR.KEY with a key of the report")
    ] = None,
    value: Annotated[str | None, arg("VALUE", "Its new value")] = None,
    as_shipped: Annotated[bool, flag("--as-shipped", "Back to the value it came with, or to none")] = False,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    name = a.text("SETTING", key)
    typed = a.text("VALUE", value)
    day = a.day("--on", on, default=c.today)
    if as_shipped and not name:
        a.missing("SETTING")
    if as_shipped and typed:
        a.fault("--as-shipped", say("Either a value or --as-shipped."))
    english = i18n.language() == "en"
    kept = None
    if name and (typed or as_shipped):
        kept = _checked(c, a, name, typed)
    a.settle()
    if name and (typed or as_shipped):
        from toshima_cli.flow.config import change

        c.finish(change(c.store, name, None if as_shipped else kept, day))
        return
    found = c.store.reference(lambda conn: config.settings(conn, name, english=english))
    if name and not found.value:
        raise NotFound(say("{key} is not set.", key=name), do=("toshima config",))
    c.out.rows(found, COLUMNS, empty=say("No setting."))


def _checked(c: Ctx, a: Answers, name: str, typed: str | None) -> str | None:
    """The value as it is kept; None goes back to the one it came with, which has to be another than it is now."""
    there = {row["key"] for row in c.store.reference(config.settings).value}
    month = Range(c.today.replace(day=1), c.today)
    figures = c.store.reference(lambda conn: report.keys(conn, month)).value if figure_of(name) else ()
    try:
        if typed is None and name in there and name not in FIXED:
            return None
        return checked(name, typed or "1", figures)
    except BadSetting as error:
        a.fault("SETTING" if error.key else "VALUE", error.message)
        return None


COLUMNS: tuple[Column[Any], ...] = (
    Column("key", say("Setting"), whole=True),
    Column("value", say("Value"), whole=True),
    Column("name", say("What it is")),
    Column("shipped", say("As shipped"), whole=True),
    Column("changed_on", say("Changed on"), whole=True),
    Column("changed_by", say("Changed by"), screen=False),
    Column("basis", say("Basis"), screen=False),
    Column("source", say("Source"), screen=False),
)
