"""What is said of a ledger: its first rows as they were understood, what is wrong in it, what became of it, and the
empty sheet to fill in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from toshima_cli.domain.verdict import Say, Warned, say
from toshima_cli.i18n import render
from toshima_cli.ui.formats import as_csv
from toshima_cli.ui.out import Column
from toshima_cli.ui.page import Page, Shown
from toshima_cli.ui.xlsx import Row, Sheet, workbook

ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp932": "Shift_JIS (cp932)"}

FAULTS: tuple[Column[Any], ...] = (
    Column("row", say("Row")),
    Column("column", say("Column")),
    Column("value", say("What stands there")),
    Column("message", say("What is wrong"), cell=lambda row: row["message"]),
)
TAKEN: tuple[Column[Any], ...] = (
    Column("row", say("Row")),
    Column("ledger", say("Ledger number")),
    Column("case", say("Case"), whole=True),
    Column("notice", say("To be looked at")),
)

MOST = 50
"""So many faults stand on a screen; json and a file have all."""


def preview(page: Page, path: str, source: Mapping[str, Any], rows: Sequence[Sequence[tuple[Shown, Shown]]]) -> None:
    """How the file was read, and its first households, a value a line. `source`: {encoding, sheet, formulas}."""
    how = list[Say | str]()
    if source["encoding"]:
        how.append(say("read as {encoding}", encoding=ENCODINGS[source["encoding"]]))
    if source["sheet"]:
        how.append(say("sheet {name}", name=source["sheet"]))
    page.line(path, *how)
    if source["formulas"]:
        page.line(say("{count} cells are formulas: what they show was taken.", count=source["formulas"]))
    page.line(say("The first households as they were understood:"))
    for number, row in enumerate(rows):
        if number:
            page.blank()
        page.table(row, indent=2)
    page.blank()


def sentence(cases: int, people: int, skipped: int, first: date | None, last: date | None, *, dry_run: bool) -> Say:
    """What was taken in, or would be."""
    if first is None or last is None:
        return say("Nothing new: all {skipped} households are in the books already.", skipped=skipped)
    if dry_run:
        said = say(
            "Nothing is wrong: {cases} households with {people} people, {first} to {last}. Nothing was written.",
            cases=cases,
            people=people,
            first=first,
            last=last,
        )
    else:
        said = say(
            "Taken in: {cases} households with {people} people, {first} to {last}.",
            cases=cases,
            people=people,
            first=first,
            last=last,
        )
    if skipped:
        more = say("{skipped} in the books already were left out.", skipped=skipped)
        return say("{sentence} {more}", sentence=said, more=more)
    return said


def zeros(count: int) -> Warned:
    """Of telephone numbers."""
    return Warned(
        "import.zeros",
        say("{count} telephone numbers had lost their first 0 to a spreadsheet: it was put back.", count=count),
    )


def counted(first: date | None, today: date, published: Sequence[str], *, dry_run: bool) -> tuple[Warned, ...]:
    """Reports of months that are over count what a ledger brings, from the day of its first reception on: whoever
    printed one finds other figures. `published`: the months of which something is kept as it was published."""
    if first is None or (begun := f"{first:%Y-%m}") >= f"{today:%Y-%m}":
        return ()
    last = f"{today:%Y-%m}"
    if dry_run:
        said = say("Once taken in, these cases count in the reports of {first} to {last}.", first=begun, last=last)
    else:
        said = say("Reports of {first} to {last} count these cases from now on.", first=begun, last=last)
    months = tuple(month for month in published if month >= begun)
    if months:
        more = say("What was published stays as it is: {months}.", months=months)
        said = say("{sentence} {more}", sentence=said, more=more)
    return (Warned("import.counted", said),)


def headings(titles: Sequence[str]) -> bytes:
    """One line of csv."""
    return as_csv(titles, ()).encode()


def alike(duplicates: Sequence[Mapping[str, Any]], count: int) -> tuple[Warned, ...]:
    """Who may be on record already, with the row they stand in."""
    found = [
        Warned(
            "person.possible_duplicate",
            say("Row {row}: perhaps the same person as {label} of {case}: {reason}", **each),
        )
        for each in duplicates
    ]
    if count > len(found):
        more = say("and {count} more records that may be the same people", count=count - len(found))
        found.append(Warned("person.possible_duplicate", more))
    return tuple(found)


def in_rows(warnings: Sequence[tuple[int, Warned]], count: int) -> tuple[Warned, ...]:
    """What the rules say of single rows."""
    found = [Warned(w.rule, say("Row {row}: {what}", row=row, what=w.message)) for row, w in warnings]
    if count > len(found):
        found.append(
            Warned("import.more", say("and {count} more warnings; -o FILE.csv has all", count=count - len(found)))
        )
    return tuple(found)


def template(fields: Mapping[str, Say], needed: Sequence[str], lists: Mapping[str, Sequence[tuple[str, str]]]) -> bytes:
    """An empty sheet with our headings, and what may be written where. `lists`: field → (name, code)."""
    how = [
        Row((title, say("required") if name in needed else "", ""))
        for name, title in fields.items()
        if name not in lists
    ]
    for name, words in lists.items():
        must = say("required") if name in needed else ""
        how += [Row((fields[name], must, said), indent=0) for said, _ in words]
    return workbook(
        Sheet(render(say("Ledger")), list(fields.values()), ()),
        Sheet(render(say("What may be written")), (say("Column"), "", say("Words")), how, tall=True),
    )
