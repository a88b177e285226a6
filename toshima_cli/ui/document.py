"""A paper as what it says, and the three forms it is printed in: html for A4, a spreadsheet, Markdown.

One `Document` is one copy. Everything typed goes in as a value; each form makes it harmless for itself.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toshima_cli.domain.verdict import Value, say
from toshima_cli.i18n import language
from toshima_cli.ui.filled import filled, said
from toshima_cli.ui.page import Toned
from toshima_cli.ui.text import visible

if TYPE_CHECKING:
    from toshima_cli.ui.page import Page

LONGEST_NAME = 31
"""UTF-16 units of the name of a sheet, as spreadsheets count."""

_MARKS = "\\`*_[]<>|#~&"
_BEGINS = re.compile(r"[-+=]|\d+[.)]")
"""What is a mark at the beginning of a line only: a list, a rule, the line under a heading."""


@dataclass(frozen=True, slots=True)
class Row:
    """Something with its label: `lines` stand below each other."""

    label: Value
    lines: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """A box with room to write in by hand."""

    label: Value


@dataclass(frozen=True, slots=True)
class Block:
    """What stays on one page as far as it fits: a heading with its rows. `level` 2 begins a part, 3 is an item."""

    title: Value = ""
    level: int = 3
    rows: tuple[Row | Room, ...] = ()
    note: Value = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its head."""

    title: Value
    header: tuple[Value, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One paper. `mark` stands on every page (取扱注意), `copy` names the copy and whose it is, `foot` is the last line
    of every page, `name` that of its sheet in a spreadsheet."""

    title: Value
    mark: Value
    copy: Value = ""
    foot: Value = ""
    name: str = ""
    facts: tuple[Row, ...] = ()
    blocks: tuple[Block | Grid, ...] = field(default=())


# ----------------------------------------------------------------------- html


def html(documents: Sequence[Document], title: Value) -> bytes:
    """One file without anything from outside, each document on pages of its own, A4."""
    tests = {"is_grid": lambda block: isinstance(block, Grid), "is_room": lambda row: isinstance(row, Room)}
    return filled("paper.html", documents=documents, title=title, language=language(), **tests).encode()


# ------------------------------------------------------------------- Markdown


def markdown(documents: Sequence[Document]) -> bytes:
    papers = ("\n".join(_md_lines(document)).strip() for document in documents)
    return re.sub(r"\n{3,}", "\n\n", "\n\n---\n\n".join(papers)).encode() + b"\n"


def _md_lines(document: Document) -> Iterator[str]:
    yield f"# {md(document.title)}"
    yield ""
    yield from (f"{md(value)}  " for value in (document.mark, document.copy) if value)
    yield ""
    for fact in document.facts:
        yield f"- {md(fact.label)}: {md(_joined(fact.lines))}"
    for block in document.blocks:
        yield ""
        if isinstance(block, Grid):
            if block.title:
                yield f"## {md(block.title)}"
                yield ""
            yield md_row(block.header)
            yield "|" + " --- |" * len(block.header)
            yield from (md_row(row) for row in block.rows)
            continue
        if block.title:
            yield f"{'#' * block.level} {md(block.title)}"
            yield ""
        if block.note:
            yield md(block.note)
            yield ""
        for row in block.rows:
            if isinstance(row, Room):
                yield f"- {md(row.label)}:"
            elif len(row.lines) == 1:
                yield f"- {md(row.label)}: {md(row.lines[0])}"
            else:
                yield f"- {md(row.label)}"
                yield from (f"  - {md(line)}" for line in row.lines)
    if document.foot:
        yield ""
        yield md(document.foot)


def _joined(lines: tuple[Value, ...]) -> Value:
    return lines if len(lines) > 1 else lines[0] if lines else ""


def md(value: Value) -> str:
    """A text no Markdown reader takes for a mark of its own, on one line."""
    text = said(value).replace("\n", " ").strip(" ")
    text = "".join(f"\\{sign}" if sign in _MARKS else sign for sign in text)
    begins = _BEGINS.match(text)
    return f"{text[: begins.end() - 1]}\\{text[begins.end() - 1 :]}" if begins else text


def md_row(cells: Sequence[Value]) -> str:
    return "| " + " | ".join(md(cell) for cell in cells) + " |"


# --------------------------------------------------------------------- screen


def draw(document: Document, page: "Page") -> None:
    """The same on a screen."""
    page.line(document.title)
    page.line(*(value for value in (document.mark, document.copy) if value))
    for fact in document.facts:
        page.block(fact.label, *fact.lines)
    for block in document.blocks:
        if isinstance(block, Grid):
            page.blank()
            page.line(block.title)
            page.table((block.header, *block.rows))
            continue
        page.blank()
        page.line(Toned(block.title, "bold"), indent=0 if block.level < 3 else 1)
        if block.note:
            page.line(block.note, indent=1)
        for row in block.rows:
            if isinstance(row, Row):
                page.block(row.label, *row.lines)


# ---------------------------------------------------------------- spreadsheet


def spreadsheet(documents: Sequence[Document]) -> bytes:
    """A sheet for each document, its labels in the first column."""
    from toshima_cli.ui.xlsx import workbook

    names = sheet_names(document.name for document in documents)
    return workbook(*(_sheet(document, name) for document, name in zip(documents, names, strict=True)))


def _sheet(document: Document, name: str) -> "Sheet":
    from toshima_cli.ui.xlsx import Row as Line
    from toshima_cli.ui.xlsx import Sheet

    lines: list[Line] = [Line((fact.label, said(_joined(fact.lines)))) for fact in document.facts]
    for block in document.blocks:
        if block.title:
            lines.append(Line((said(block.title), ""), strong=True))
        if isinstance(block, Grid):
            head = tuple(map(said, block.header))
            for row in block.rows:
                parts = (f"{label}: {said(cell)}" for label, cell in zip(head[1:], row[1:], strict=True) if cell)
                lines.append(Line((said(row[0]), "\n".join(parts))))
            continue
        if block.note:
            lines.append(Line(("", said(block.note))))
        for one in block.rows:
            told = "" if isinstance(one, Room) else "\n".join(map(said, one.lines))
            lines.append(Line((said(one.label), told), indent=1, indented=0))
    title = [value for value in (document.title, document.mark, document.copy) if value]
    notes = (document.foot,) if document.foot else ()
    return Sheet(name, (say("Item"), say("Contents")), lines, title=title, notes=notes, tall=True)


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names of sheets: short, without the signs a spreadsheet refuses, each once."""
    found: list[str] = []
    for number, one in enumerate(wanted, start=1):
        plain = sheet_name(one) or str(number)
        name, again = plain, number
        while name.casefold() in {taken.casefold() for taken in found}:
            end = f" {again}"
            name, again = _short(plain, LONGEST_NAME - len(end)) + end, again + 1
        found.append(name)
    return found


def sheet_name(text: str) -> str:
    """A text as a spreadsheet takes it for the name of a sheet: short, without the signs it refuses."""
    return _short("".join(c for c in visible(text) if c not in "[]:*?/\\'").strip(), LONGEST_NAME)


def _short(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore").strip()


if TYPE_CHECKING:
    from toshima_cli.ui.xlsx import Sheet
