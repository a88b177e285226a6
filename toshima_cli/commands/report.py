"""toshima report"""

from typing import Annotated

import typer

from toshima_cli import reporting
from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.filling import COMMAND as FORM
from toshima_cli.params import Sub, flag, opt
from toshima_cli.ui.out import FORMATS

HELP = say("Reports of a month and of a fiscal year, and the standard forms")


def monthly(
    ctx: typer.Context,
    month: Annotated[
        str | None, opt("--month", "2026-11, R8.11, this; default last, the month before", "MONTH")
    ] = None,
    all_: Annotated[bool, flag("--all", "Show codes with nothing to count too")] = False,
    row: Annotated[str | None, opt("--row", "One figure by its key, with --cases or --explain", "KEY")] = None,
    cases: Annotated[bool, flag("--cases", "List what the figure of --row counts")] = False,
    explain: Annotated[bool, flag("--explain", "Say in words how each figure is counted, or that of --row")] = False,
    with_names: Annotated[bool, flag("--with-names", "With the names of people in the lists (journaled)")] = False,
    all_months: Annotated[
        bool, flag("--all-months", "A file for each month of the fiscal year up to this one: -o NAME.xlsx")
    ] = False,
    manifest: Annotated[
        bool, flag("--manifest", "Figures, queries and sums for a machine; with -o beside the file")
    ] = False,
    public: Annotated[
        bool, flag("--public", "For publication: small numbers hidden; a file is kept as what was published")
    ] = False,
    kept: Annotated[bool, flag("--kept", "With --public: what was published of the month, once more")] = False,
    yes: Annotated[bool, flag("--yes", "With --public: publish without asking")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    span = reporting.month(a, month, c.today)
    key = a.text("--row", row)
    one_figure = bool(key) or cases
    if explain and cases:
        a.fault("--explain", say("--explain and --cases are asked one after the other."))
    if cases and not key:
        a.missing("--row")
    if key and not (cases or explain):
        a.fault("--row", say("A row is named together with --cases, which lists what it counts, or with --explain."))
    if with_names and not (cases or c.out.form == "xlsx"):
        a.fault("--with-names", say("Names stand in lists only: -o FILE.xlsx, or --row KEY --cases."))
    if all_months and not c.out.given.file:
        a.missing("-o")
    if (all_months or manifest) and (one_figure or explain):
        name = "--all-months" if all_months else "--manifest"
        a.fault(name, say("This is for the whole report, not for one figure or its explanation."))
    for name, given in (("--kept", kept), ("--yes", yes)):
        if given and not public:
            a.fault(name, say("This stands with --public only."))
    if public and (one_figure or explain or with_names or all_months or manifest):
        a.fault("--public", say("What is published is the whole report of one month, without lists and names."))
    if public:
        a.settle()
        from toshima_cli import publication

        publication.public(c, span, everything=all_, again=kept, yes=yes)
    elif explain:
        reporting.explain(c, a, span, key)
    elif key:
        reporting.units(c, a, span, key, named=with_names)
    else:
        a.settle()
        if all_months or (manifest and c.out.given.file):
            spans = reporting.year(span) if all_months else (span,)
            reporting.files(c, spans, everything=all_, named=with_names, manifest=manifest, each=all_months)
        elif manifest:
            reporting.listed_manifest(c, span)
        else:
            reporting.one(c, span, everything=all_, named=with_names)


def annual(
    ctx: typer.Context,
    fiscal_year: Annotated[
        str | None, opt("--fiscal-year", "2026, R8, this; default last, the fiscal year before", "YEAR")
    ] = None,
    all_: Annotated[bool, flag("--all", "Show codes with nothing to count too")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    year = reporting.fiscal(a, fiscal_year, c.today)
    a.settle()
    reporting.annual(c, year, everything=all_)


COMMANDS = {
    "monthly": Sub(
        monthly,
        say("Every figure of one month, beside the month before, the year before and the year to date"),
        (
            "toshima report monthly --month last -f md",
            "toshima report monthly --month 2026-11 --row consultations.new --cases",
            "toshima report monthly --month 2026-11 -o 2026-11.xlsx",
            "toshima report monthly --row plans.revised --explain",
        ),
        formats=(*FORMATS, "md"),
        files=("xlsx", "html", "md", "csv", "tsv", "json", "jsonl"),
    ),
    "annual": Sub(
        annual,
        say("A fiscal year: what was counted month by month, what cases were about, how long it took"),
        (
            "toshima report annual --fiscal-year 2026",
            "toshima report annual --fiscal-year this -o annual.xlsx",
        ),
        formats=(*FORMATS, "md"),
        files=("xlsx", "html", "md", "csv", "tsv", "json", "jsonl"),
    ),
    "form": FORM,
}
