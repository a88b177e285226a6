"""toshima import"""

from collections.abc import Callable, Iterable
from itertools import chain, islice
from typing import Annotated, Any

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.params import Sub, arg, flag, opt

HELP = say("Take in what was kept elsewhere: an old ledger, cases, a whole office")

KNOWN = ("refuse", "skip", "again")


def cases(
    ctx: typer.Context,
    file: Annotated[
        str | None, arg("FILE", "The ledger, a workbook (xlsx) or csv; - for csv on standard input")
    ] = None,
    mapping: Annotated[
        str | None, opt("--mapping", "A file (TOML or JSON) that says which column is what", "FILE")
    ] = None,
    sheet: Annotated[str | None, opt("--sheet", "The sheet of the workbook, by name or number", "SHEET")] = None,
    known: Annotated[
        str | None, opt("--known", "Households in the books already, default refuse", "refuse|skip|again")
    ] = None,
    dry_run: Annotated[bool, flag("--dry-run", "Check and try everything, write nothing")] = False,
    template: Annotated[bool, flag("--template", "Make an empty sheet with the headings")] = False,
    yes: Annotated[bool, flag("--yes", "Take everything in without asking")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    from toshima_cli import importing

    if template:
        for name, value in (("FILE", file), ("--mapping", mapping), ("--sheet", sheet), ("--known", known)):
            if value is not None:
                a.fault(name, say("A template is made without this."))
        a.settle()
        importing.template(c)
        return
    path = a.text("FILE", file, required=True)
    how = (known or KNOWN[0]).strip().lower()
    if how not in KNOWN:
        a.fault("--known", say("Known here are: {known}.", known=KNOWN))
    given = importing.understood(a, mapping, sheet)
    importing.run(c, a, path, given, how, dry_run=dry_run, yes=yes)


def office(
    ctx: typer.Context,
    file: Annotated[str | None, arg("FILE", "The export of an office; - reads standard input")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    path = a.text("FILE", file, required=True)
    a.settle()
    from toshima_cli.flow import import_records
    from toshima_cli.ui.lines import read

    _take_in(c, read(path), import_records.office)


def case(
    ctx: typer.Context,
    file: Annotated[str | None, arg("FILE", "The export of one case or several; - reads standard input")] = None,
    yes: Annotated[bool, flag("--yes", "It comes from this office: take it in without asking")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    path = a.text("FILE", file, required=True)
    if not yes and not c.ask.possible:
        a.missing("--yes")
    a.settle()
    from toshima_cli.flow import import_records
    from toshima_cli.ui.lines import read

    lines = read(path)
    # nobody is asked about a file that cannot be read
    head = [*islice(lines, 1)]
    if not yes:
        c.out.note(
            say(
                "What people consented to counts here as well, and nothing of it can be taken back: only cases of this"
                " office are taken in."
            )
        )
        if not c.ask.confirm(say("Take them in?"), fresh=True):
            c.out.note(say("Nothing was changed."))
            return
    _take_in(c, chain(head, lines), import_records.case)


def _take_in(c: Ctx, lines: Iterable[Any], flow: Callable[..., Done | Refusal]) -> None:
    progress = c.out.progress()
    try:
        said = progress.over(lines, lambda number: say("{count} lines read …", count=number))
        answer = flow(c.store, said, progress.said)
    finally:
        progress.clear()
    c.finish(answer)


COMMANDS = {
    "cases": Sub(
        cases,
        say("Take a ledger of households in, all of it or nothing"),
        (
            "toshima import cases ledger.csv --mapping mapping.toml --dry-run",
            "toshima import cases ledger.xlsx --mapping mapping.toml --yes",
            "toshima import cases --template -o template.xlsx",
        ),
        formats=("table", "json", "csv", "xlsx"),
        files=("csv", "xlsx", "json"),
    ),
    "case": Sub(
        case,
        say("Cases from their export, under their own numbers"),
        (
            "toshima --db new.db import case 2026-0001.jsonl",
            "toshima --db new.db import case 2026-0001.jsonl --yes",
        ),
    ),
    "office": Sub(
        office,
        say("A whole office from its export, into new books"),
        (
            "toshima --db new.db import office office.jsonl",
            "toshima --db new.db import office office.jsonl -f json",
        ),
    ),
}
