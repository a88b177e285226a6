"""toshima caseload"""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import ENDED, Stage
from toshima_cli.domain.verdict import Say, say
from toshima_cli.looks.caseload import Asked, By, Counts, caseload, count
from toshima_cli.params import flag, opt
from toshima_cli.ui import caseload as ui
from toshima_cli.ui.out import FORMATS as LISTS
from toshima_cli.ui.out import Column

HELP = say("Every case not ended")
EXAMPLES = (
    "toshima caseload",
    "toshima caseload --coordinator k03 --overdue",
    "toshima caseload --by stage -f csv",
    "toshima caseload --balance -o balance.xlsx",
)
FORMATS = (*LISTS, "md")
FILES = ("xlsx", "html", "md", "csv", "tsv", "json", "jsonl")


def run(
    ctx: typer.Context,
    by: Annotated[str | None, opt("--by", "Grouped by coordinator, window or stage", "WHAT")] = None,
    coordinator: Annotated[str | None, opt("--coordinator", "Only this coordinator's", "STAFF")] = None,
    window: Annotated[str | None, opt("--window", "Only those this window received", "WINDOW")] = None,
    stage: Annotated[str | None, opt("--stage", "Only those in this stage", "STAGE")] = None,
    overdue: Annotated[bool, flag("--overdue", "Only those whose next step is overdue")] = False,
    limit: Annotated[str | None, opt("--limit", "At most so many; a table stops at 50", "N")] = None,
    balance: Annotated[
        bool, flag("--balance", "How many each coordinator and window has: open, new, overdue, by stage and age")
    ] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    asked = Asked(
        today=c.today,
        coordinator=a.staff("--coordinator", coordinator),
        window=a.code("--window", window, "window"),
        stage=a.choice("--stage", stage, Stage),
        overdue=overdue,
        by=a.choice("--by", by, By),
    )
    if asked.stage in ENDED:
        a.fault("--stage", say("A case in this stage has ended; the caseload shows those that have not."))
    most = a.count("--limit", limit)
    if balance:
        if any((by, coordinator, window, stage, overdue, limit)):
            a.fault("--balance", say("The balance is of every case: nothing else is chosen beside it."))
        a.settle()
        _balance(c)
        return
    if c.out.form in ("md", "html"):
        a.fault("-o", say("A list of cases is offered as {forms}.", forms=(*LISTS, "xlsx")))
    a.settle()
    found = c.store.look(
        "caseload",
        lambda conn: caseload(conn, asked, c.out.most(most), mask=c.mask),
        lambda load: load.subjects,
    )
    counts = c.store.reference(lambda conn: count(conn, asked)).value
    names = c.words()
    c.out.rows(
        found,
        _columns(asked, names),
        empty=say("No overdue case.") if overdue else say("No open case."),
        head=_head(asked, counts),
        limit=most,
        total=counts.overdue if overdue else counts.cases,
    )


def _balance(c: Ctx) -> None:
    from toshima_cli.looks.balance import Balance
    from toshima_cli.looks.balance import balance as found
    from toshima_cli.ui import sections
    from toshima_cli.ui.balance import paper

    names = c.words()

    def drawn(load: Balance) -> sections.Paper:
        return paper(load, names)

    c.out.thing(
        c.store.look("caseload", lambda conn: found(conn, c.today), lambda _: ()),
        lambda load: load.rows(),
        lambda load, page: sections.draw(drawn(load), page, c.out.terminal.columns),
        {
            "md": lambda load: sections.markdown(drawn(load)),
            "html": lambda load: sections.html(drawn(load)),
            "xlsx": lambda load: sections.spreadsheet(drawn(load)),
        },
    )


def _head(asked: Asked, counts: Counts) -> Say:
    which = tuple(value for value in (asked.coordinator, asked.window, asked.stage) if value)
    return say(
        "{which}   {cases} open   {overdue} overdue   {opened} new this month",
        which=which or say("All cases"),
        cases=counts.cases,
        overdue=counts.overdue,
        opened=counts.opened,
    )


def _columns(asked: Asked, names: Mapping[str, Mapping[str, str]]) -> tuple[Column[Mapping[str, Any]], ...]:
    today = asked.today
    return (
        Column("case", say("Case"), whole=True),
        Column("stage", say("Stage"), whole=True),
        Column("opened_on", say("Opened"), screen=False),
        Column(
            "window",
            say("Window"),
            cell=lambda row: names["window"].get(row["window"], row["window"]),
            screen=asked.by is By.WINDOW,
        ),
        Column("coordinator", say("Coordinator"), whole=True, screen=asked.by is By.COORDINATOR),
        Column("people", say("Household"), cell=lambda row: ui.household(row["people"], row["alerts"])),
        Column("concerns", say("Concerns"), cell=lambda row: ui.concerns(row["concerns"], names["concern_short"])),
        Column("track", say("Conference"), screen=False),
        Column(
            "last_contact_on", say("Last contact"), whole=True, cell=lambda row: ui.contact(row, names["method"], today)
        ),
        Column("next_due_on", say("Next step"), cell=lambda row: ui.due(row, today)),
        Column("overdue", say("Days overdue"), screen=False),
        Column("alerts", say("Visit alert or contact rule"), screen=False),
    )
