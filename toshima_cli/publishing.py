"""What the office publishes: the list of windows as it stands in the books, plainly or in a public standard.

Both are reference data: no person is in them, so nothing is journaled. The resources of the community are in neither:
whose salon it is and where they meet was noted for the office, and may be somebody's own name and home.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toshima_cli.answers import Answers
from toshima_cli.domain.verdict import say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.looks.reference import listed_programmes, listed_windows
from toshima_cli.ui.out import Column

if TYPE_CHECKING:
    from toshima_cli.context import Ctx

FILES = ("csv", "tsv", "xlsx", "json", "jsonl")
NO_FOLDERS = (*FILES, "zip")
"""Endings of files: who names a folder so means something else."""

FOLDER = say("The folder of the HSDS data package")

COLUMNS: tuple[Column[Mapping[str, Any]], ...] = (
    Column("code", say("Code"), whole=True),
    Column("name", say("Name")),
    Column("department", say("Department")),
    Column("operation", say("Run by")),
    Column("sites", say("Sites"), right=True),
    Column("site_type", say("Site type"), screen=False),
    Column("subsidised", say("Subsidised"), cell=lambda row: "★" if row["subsidised"] else ""),
    Column("coordinator_posted", say("Coordinator posted"), screen=False),
    Column("fields", say("Fields"), screen=False),
    Column("source", say("Source"), screen=False),
    Column("edition", say("As of")),
)
"""Every column `init --windows` wants, by the name and in the words it wants them."""


def windows(c: "Ctx", *, hsds: bool) -> None:
    """`export windows`: the list, or with `--hsds` the package of HSDS 3.0 in a folder."""
    a = Answers(c)
    if hsds:
        _package(c, a)
        return
    a.settle()
    c.out.rows(
        c.store.reference(listed_windows),
        COLUMNS,
        empty=say("No window is listed."),
        writers={"xlsx": _spreadsheet},
    )


def _spreadsheet(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The same words as in the csv, in cells: saved as csv it is a list `init --windows` takes."""
    from toshima_cli.ui.formats import bare
    from toshima_cli.ui.xlsx import Row, Sheet, workbook

    names = [column.key for column in COLUMNS]
    return workbook(Sheet("windows", names, [Row([bare(row[name]) for name in names]) for row in rows]))


def _package(c: "Ctx", a: Answers) -> None:
    from toshima_cli.ui.folders import write_folder
    from toshima_cli.ui.hsds import package

    given = c.out.given
    if given.form:
        a.fault("-f", say("--hsds writes a folder of files; it takes no -f."))
    # what stands after -o is no file here
    c.out.given = replace(given, form=None, file=None)
    if given.file is not None:
        fault = _fault(given.file, force=given.force)
        if fault:
            a.fault(fault.where, fault.message)
    elif not c.ask.possible:
        a.missing("-o", FOLDER)
    a.settle()
    folder = given.file or _asked(c, force=given.force)
    listed, run = c.store.reference(listed_windows).value, c.store.reference(listed_programmes).value
    write_folder(Path(folder), package(listed, run), force=given.force)
    if not c.out.quiet:
        c.out.note(say("Written: {path}", path=folder))
        c.out.note(
            say(
                "{windows} windows and {programmes} programmes. The resources of the community are not in it: "
                "they may say where somebody lives.",
                windows=len(listed),
                programmes=len(run),
            )
        )


def _fault(folder: str, *, force: bool) -> Fault | None:
    from toshima_cli.ui.folders import unusable
    from toshima_cli.ui.hsds_tables import FILES as PACKAGE

    if Path(folder).suffix[1:].lower() in NO_FOLDERS:
        return Fault("-o", say("--hsds writes a folder of files; this is the name of a file: {path}.", path=folder))
    return unusable(Path(folder), set(PACKAGE), force=force)


def _asked(c: "Ctx", *, force: bool) -> str:
    """The folder, asked for at a terminal until one can be made there."""
    from toshima_cli.ui.text import readable
    from toshima_cli.ui.trouble import tell

    while True:
        folder = c.ask.line(FOLDER).strip()
        if not folder:
            fault: Fault | None = Fault("-o", say("Name a folder that does not exist yet, or press Ctrl-C."))
        elif not readable(folder):
            fault = Fault("-o", say("The characters could not be read."))
        else:
            fault = _fault(folder, force=force)
        if not fault:
            return folder
        tell(BadInput([fault]), c.ask.stream, c.ask.terminal, json=False)
