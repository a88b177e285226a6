"""toshima report"""

from datetime import date
from typing import Annotated, Any

import typer

from toshima_cli import i18n
from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.calendar import BadDate, month_range, parse_month
from toshima_cli.domain.figures import Figure
from toshima_cli.domain.report import Range
from toshima_cli.domain.verdict import Say, say
from toshima_cli.looks import report as looks
from toshima_cli.params import Sub, flag, opt
from toshima_cli.ui import report as ui
from toshima_cli.ui.out import FORMATS
from toshima_cli.unknown import near

HELP = say("The monthly report")


def monthly(
    ctx: typer.Context,
    month: Annotated[str | None, opt("--month", "2026-11, R8.11; default last, the month before", "MONTH")] = None,
    all_: Annotated[bool, flag("--all", "Show codes with nothing to count too")] = False,
    row: Annotated[str | None, opt("--row", "One figure by its key, with --cases or --explain", "KEY")] = None,
    cases: Annotated[bool, flag("--cases", "List what the figure of --row counts")] = False,
    explain: Annotated[bool, flag("--explain", "Say in words how each figure is counted, or that of --row")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    span = _month(a, month, c.today)
    key = a.text("--row", row)
    english = i18n.language() == "en"
    if explain:
        _explained(c, a, span, key, cases, english)
        return
    if key or cases:
        _units(c, a, span, key, cases, english)
        return
    a.settle()
    found = c.store.look("report", lambda conn: looks.monthly(conn, span, english=english), lambda _: ())
    if span.end > c.today:
        c.out.note(say("{month} is not over yet.", month=found.value.month))
    tabular = c.out.form in ("csv", "tsv", "jsonl")
    c.out.thing(
        found,
        lambda report: report.rows() if tabular else {"month": report.month, "rows": report.rows()},
        lambda report, page: ui.draw(report, page, c.out.terminal.columns, everything=all_),
        {
            "md": lambda report: ui.markdown(report, everything=all_),
            "xlsx": lambda report: ui.spreadsheet(report, everything=all_),
        },
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


def _known(c: Ctx, a: Answers, span: Range, key: str | None, english: bool) -> dict[str, tuple[Figure, Say]]:
    """Every key; one that was typed and is none of them is a fault that names those like it."""
    known = c.store.reference(lambda conn: looks.keys(conn, span, english=english)).value
    if key and key not in known:
        alike = near(key, known)
        a.fault(
            "--row",
            say("{value} is not known here. Did you mean {alike}?", value=key, alike=alike)
            if alike
            else say("{value} is not known here.", value=key),
        )
    return known


def _explained(c: Ctx, a: Answers, span: Range, key: str | None, cases: bool, english: bool) -> None:
    """`--explain`: in words how each figure is counted, or that of `--row`. It shows nobody, so it is no look."""
    if cases:
        a.fault("--explain", say("--explain and --cases are asked one after the other."))
    if key:
        _known(c, a, span, key, english)
    a.settle()
    c.out.thing(
        c.store.reference(lambda conn: looks.explained(conn, span, key, english=english)),
        lambda found: [line.row() for _, lines in found for line in lines],
        ui.explain,
        {"md": ui.explained_markdown, "xlsx": ui.explained_spreadsheet},
    )


def _units(c: Ctx, a: Answers, span: Range, key: str | None, cases: bool, english: bool) -> None:
    """`--row KEY --cases`: what one figure counts."""
    if not key:
        a.missing("--row")
    elif not cases:
        a.fault("--row", say("A row is named together with --cases, which lists what it counts, or with --explain."))
    if c.out.form == "md":
        a.fault("-f", say("A list of cases is offered as {forms}.", forms=(*FORMATS, "xlsx")))
    known = _known(c, a, span, key, english)
    a.settle()
    assert key is not None
    (figure, label), month = known[key], span.start.isoformat()[:7]
    about = []

    def read(conn: Any) -> list[dict[str, Any]]:
        rows, subjects = looks.units(conn, span, figure, actor=c.store.actor)
        about.extend(subjects)
        return rows

    found = c.store.look("report", read, lambda _: about)
    c.out.rows(
        found,
        ui.UNITS,
        head=say("{label}, {month}: {count}", label=label, month=month, count=len(found.value)),
        empty=say("{label}, {month}: nothing was counted.", label=label, month=month),
        limit=len(found.value),
    )
    hidden = sum(row["unit"] is None for row in found.value)
    if hidden:
        c.out.note(say("{count} of these are shown to their own people only.", count=hidden))


COMMANDS = {
    "monthly": Sub(
        monthly,
        say("Every figure of one month, and of the fiscal year up to it"),
        (
            "toshima report monthly --month last -f md",
            "toshima report monthly --month 2026-11 --row consultations.new --cases",
            "toshima report monthly --month 2026-11 -o 2026-11.xlsx",
            "toshima report monthly --row plans.revised --explain",
        ),
        formats=(*FORMATS, "md"),
        files=("xlsx", "md", "csv", "tsv", "json", "jsonl"),
    ),
}
