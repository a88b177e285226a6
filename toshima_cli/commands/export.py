"""toshima export"""

from collections.abc import Sequence
from typing import Annotated

import typer

from toshima_cli import publishing
from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import Sub, arg, flag

HELP = say("All data of a case or of the office, to take elsewhere; the windows for everybody")


def case(
    ctx: typer.Context,
    numbers: Annotated[list[str] | None, arg("CASE", "The numbers of the cases")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    if not numbers:
        a.missing("CASE")
    _write(c, a, [a.case(number) for number in numbers or ()])


def office(ctx: typer.Context) -> None:
    c: Ctx = ctx.obj
    _write(c, Answers(c), None)


def _write(c: Ctx, a: Answers, numbers: Sequence[str] | None) -> None:
    """One line for each record; everybody it shows is journaled before a word of them is written."""
    if not c.out.given.file:
        a.missing("-o")
    if c.mask:
        a.fault("--mask", say("An export carries names, or it could not come back: it is not made with --mask."))
    a.settle()
    from toshima_cli.looks.export import Counts, subjects, view, whole

    counts = Counts()
    with c.store.long_look("export", lambda conn: subjects(conn, view(conn, numbers))) as seen:
        c.out.lines(
            seen,
            lambda conn: whole(conn, view(conn, numbers), counts),
            lambda number: say("{count} records written …", count=number),
        )
    c.out.note(
        say(
            "Cases: {cases}, people: {people}, records: {records}.",
            cases=counts.cases,
            people=counts.people,
            records=counts.records,
        )
    )
    if counts.beside:
        c.out.note(
            say(
                "Not in it: {cases}, which belong with these. {command} takes several cases into one file.",
                cases=counts.beside,
                command="toshima export case",
            )
        )
    if counts.held_back:
        c.out.note(
            say(
                "{count} texts are not in it: they name who told us, or who is withheld from you.",
                count=counts.held_back,
            )
        )


def windows(
    ctx: typer.Context,
    hsds: Annotated[
        bool, flag("--hsds", "With the programmes, as a data package of HSDS 3.0: -o names a folder")
    ] = False,
) -> None:
    publishing.windows(ctx.obj, hsds=hsds)


COMMANDS = {
    "case": Sub(
        case,
        say("One case or several, each with everything recorded of it"),
        (
            "toshima export case 2026-0001 -o 2026-0001.jsonl",
            "toshima export case 2026-0001 2026-0002 -o cases.jsonl",
        ),
        formats=("jsonl",),
        files=("jsonl",),
    ),
    "office": Sub(
        office,
        say("Everything you may see, to be taken in by new books"),
        (
            "toshima export office -o office.jsonl",
            "toshima --as k03 export office -o office.jsonl --force",
        ),
        formats=("jsonl",),
        files=("jsonl",),
    ),
    "windows": Sub(
        windows,
        say("The list of windows, as init takes it back; or windows and programmes in a public standard"),
        ("toshima export windows -o list.csv", "toshima export windows --hsds -o hsds"),
        files=publishing.FILES,
    ),
}
