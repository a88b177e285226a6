"""toshima report"""

from datetime import date
from typing import Annotated, Any

import typer

from toshima_cli import i18n
from toshima_cli.answers import Answers, near
from toshima_cli.context import Ctx
from toshima_cli.domain.calendar import BadDate, month_range, parse_month
from toshima_cli.domain.report import Range
from toshima_cli.domain.verdict import say
from toshima_cli.looks import report as looks
from toshima_cli.params import Sub, flag, opt
from toshima_cli.ui import report as ui
from toshima_cli.ui.out import FORMATS, Column

HELP = say("The monthly report")

TABULAR = ("csv", "tsv", "jsonl")


def monthly(
    ctx: typer.Context,
    month: Annotated[str | None, opt("--month", "2026-11, R8.11; default last, the month before", "MONTH")] = None,
    all_: Annotated[bool, flag("--all", "Show codes with nothing to count too")] = False,
    row: Annotated[str | None, opt("--row", "One figure by its key, with --cases", "KEY")] = None,
    cases: Annotated[bool, flag("--cases", "List what the figure of --row counts")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    span = _month(a, month, c.today)
    key = a.text("--row", row)
    if key or cases:
        _units(c, a, span, key, cases)
        return
    a.settle()
    english = i18n.language() == "en"
    found = c.store.look("report", lambda conn: looks.monthly(conn, span, english=english), lambda _: ())
    if span.end > c.today:
        c.out.note(say("{month} is not over yet.", month=found.value.month))
    tabular = c.out.form in TABULAR
    c.out.thing(
        found,
        lambda report: report.rows() if tabular else {"month": report.month, "rows": report.rows()},
        lambda report, page: ui.draw(report, page, c.out.terminal.columns, everything=all_),
        {"md": lambda report: ui.markdown(report, everything=all_)},
    )


def _month(a: Answers, typed: str | None, today: date) -> Range:
    """The month asked for; one that has not begun is a fault."""
    text = a.text("--month", typed) or "last"
    try:
        start, end = month_range(*parse_month(text, today))
    except BadDate as error:
        a.fault("--month", error.message)
        start, end = month_range(*parse_month("last", today))
    if start > today:
        a.fault("--month", say("This month has not begun: {month}.", month=text))
    return Range(start, end)


def _units(c: Ctx, a: Answers, span: Range, key: str | None, cases: bool) -> None:
    """`--row KEY --cases`: what one figure counts."""
    if not key:
        a.missing("--row")
    elif not cases:
        a.fault("--row", say("A row is named together with --cases, which lists what it counts."))
    if c.out.form == "md":
        a.fault("-f", say("A list of cases is offered as {forms}.", forms=FORMATS))
    known = c.store.reference(lambda conn: looks.keys(conn, span)).value
    if key and key not in known:
        alike = near(key, known)
        a.fault(
            "--row",
            say("{value} is not known here. Did you mean {alike}?", value=key, alike=alike)
            if alike
            else say("{value} is not known here.", value=key),
        )
    a.settle()
    assert key is not None
    figure, label = known[key]
    about = []

    def read(conn: Any) -> list[dict[str, Any]]:
        rows, subjects = looks.units(conn, span, figure, actor=c.store.actor)
        about.extend(subjects)
        return rows

    found = c.store.look("report", read, lambda _: about)
    c.out.rows(
        found,
        (
            Column("unit", say("Counted"), whole=True),
            Column("case", say("Case"), whole=True),
            Column("meeting", say("Sitting"), whole=True),
            Column("item", say("Item"), right=True),
            Column("person", say("Person")),
            Column("on", say("On"), whole=True),
        ),
        head=say("{label}, {month}: {count}", label=label, month=span.start.isoformat()[:7], count=len(found.value)),
        empty=say("{label}, {month}: nothing was counted.", label=label, month=span.start.isoformat()[:7]),
        limit=len(found.value),
    )


COMMANDS = {
    "monthly": Sub(
        monthly,
        say("Every figure of one month, and of the fiscal year up to it"),
        (
            "toshima report monthly --month 2026-11",
            "toshima report monthly --month last -f md",
            "toshima report monthly --month 2026-11 --row consultations.new --cases",
        ),
        formats=(*FORMATS, "md"),
        files=("md", "csv", "tsv", "json", "jsonl"),
    ),
}
