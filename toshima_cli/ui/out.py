"""The one output door. stdout is the answer; everything said about it is stderr.

A command ends in exactly one of `rows()` (a list), `thing()` (one screen), `done()` (what a verb did) or `text()` (a
script). Which form it takes follows from `-f`, from the ending of `-o`, and from whether a person or a pipe is reading.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TextIO, TypeVar

from toshima_cli.domain.seen import Reference, Seen
from toshima_cli.domain.verdict import Next, Say, Warned, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.i18n import render
from toshima_cli.settings import Terminal
from toshima_cli.ui import formats
from toshima_cli.ui.page import Page, Shown
from toshima_cli.ui.paste import pasted
from toshima_cli.ui.text import visible

if TYPE_CHECKING:
    from toshima_cli.ui.progress import Progress

T = TypeVar("T")
R = TypeVar("R", bound=Mapping[str, Any])
R_contra = TypeVar("R_contra", bound=Mapping[str, Any], contravariant=True)

FORMATS = ("table", "json", "jsonl", "csv", "tsv")
TABLE_ROWS = 50

HINTS = 2
"""So many next steps after an act, the nearest first; json gives them all."""

ROOMY = 100
"""Columns of a screen from which on a list shows all it has; below it names would be folded to slivers."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R_contra]):
    """One column of a list. `key` names the field of the row (the header of csv and tsv); `cell` makes what a person
    reads of it (default: the field). `screen` False: not on screens; `whole`: never folded; `right`: numbers."""

    key: str
    title: Say
    cell: Callable[[R_contra], Shown] | None = None
    screen: bool = True
    whole: bool = False
    right: bool = False

    def shown(self, row: R_contra) -> Shown:
        return self.cell(row) if self.cell else row[self.key]


@dataclass(frozen=True, slots=True)
class Given:
    """`-f`, `-o`, `--force` as typed, and what the command offers: forms for `-f`, endings for `-o`."""

    form: str | None = None
    file: str | None = None
    force: bool = False
    forms: tuple[str, ...] = FORMATS
    endings: tuple[str, ...] = ()


class Out:
    """The output of one command; `command` makes the schema (`toshima.<command>/1`)."""

    def __init__(
        self,
        command: str,
        terminal: Terminal,
        given: Given,
        *,
        quiet: bool = False,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
    ) -> None:
        self.command, self.terminal, self.given, self.quiet = command, terminal, given, quiet
        self._stdout, self._stderr = stdout or sys.stdout, stderr or sys.stderr

    @property
    def form(self) -> str | None:
        """table, json … as asked by `-f` or the ending of `-o`; None where nothing was asked."""
        if self.given.form:
            return self.given.form
        return Path(self.given.file).suffix[1:].lower() or None if self.given.file else None

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with `-f` and `-o`, known before anything is done."""
        from toshima_cli.ui.files import unwritable

        given, found = self.given, list[Fault]()
        ending = Path(given.file).suffix[1:].lower() if given.file else ""
        if given.form and given.form not in given.forms:
            found.append(Fault("-f", say("This command offers {forms}.", forms=given.forms)))
        if given.file and ending not in given.endings and not (not ending and given.form):
            found.append(Fault("-o", say("The name has to end in one of {endings}.", endings=_dotted(given.endings))))
        elif given.file and given.form and ending and ending != given.form:
            found.append(Fault("-o", say("-f {form} does not fit this ending.", form=given.form)))
        if given.file and not found:
            fault = unwritable(Path(given.file), force=given.force)
            found += [fault] if fault else []
        return tuple(found)

    # ------------------------------------------------------------------ a list

    def rows(
        self,
        data: Seen[Sequence[R]] | Reference[Sequence[R]],
        columns: Sequence[Column[R]],
        *,
        empty: Say,
        head: Say | None = None,
        limit: int | None = None,
        total: int | None = None,
        writers: Mapping[str, Callable[[Sequence[R]], bytes]] | None = None,
    ) -> None:
        """A list: a table for people, tsv on a pipe, json with every field of the rows, xlsx where it is offered,
        `writers` for other forms (ics).

        `limit` is `--limit`; without it a table stops at 50 and everything else is whole. `total`: how many there are
        where the query itself stopped earlier. What is left out is always announced.
        """
        every = data.value
        form = self._form(self._listing)
        most = self.most(limit)
        some = every if most is None else every[:most]
        if form == "table":
            if some:
                self._table(some, columns, head)
            else:
                self._say(empty)
        elif writers and form in writers:
            self._deliver(writers[form](some))
        elif form == "xlsx":
            self._deliver(_spreadsheet(some, columns, head if some else empty))
        else:
            self._data(form, some, [column.key for column in columns])
        if not some and form not in ("table", "json") and not self.quiet:
            self.note(empty)
        there = len(every) if total is None else total
        if there > len(some):
            self.note(say("{some} of {all} are shown; --limit {all} shows all.", some=len(some), all=there))

    def most(self, limit: int | None) -> int | None:
        """How many rows of a list are shown: `--limit`, 50 in a table, otherwise every one (None)."""
        if limit is not None:
            return limit
        return TABLE_ROWS if (self.form or self._listing) == "table" else None

    @property
    def _listing(self) -> str:
        return "table" if self.terminal.stdout else "tsv"

    def _table(self, rows: Sequence[R], columns: Sequence[Column[R]], head: Say | None) -> None:
        from toshima_cli.ui.table import draw

        seen = [column for column in columns if column.screen]
        if head:
            self._say(head)
            self._stdout.write("\n")
        draw(rows, seen, self._stdout, self.terminal.columns, colour=self.terminal.stdout and self.terminal.colour)

    # -------------------------------------------------------------- one thing

    def thing(
        self,
        data: Seen[T] | Reference[T],
        json: Callable[[T], formats.Json],
        screen: Callable[[T, Page], None],
        writers: Mapping[str, Callable[[T], bytes]] | None = None,
    ) -> None:
        """One thing: `screen` draws it for people (plain on a pipe), `json` gives its `data`.

        `writers` make other forms by ending (md, html, xlsx, ics, svg) as whole files; md may go to stdout.
        csv, tsv, jsonl are made from `json` where it gives a list of objects, or one object as one row.
        """
        form = self._form("table")
        if form == "table":
            page = Page()
            screen(data.value, page)
            self._page(page, self._stdout, self.terminal.stdout)
        elif writers and form in writers:
            self._deliver(writers[form](data.value))
        else:
            self._data(form, json(data.value))

    def whole(self, data: Seen[T] | Reference[T], writer: Callable[[T], bytes]) -> None:
        """A file no screen stands for (the calendar of a board), as `-f` or `-o` asked for it."""
        self._form("table")
        self._deliver(writer(data.value))

    def lines(
        self, data: Seen[T], records: Callable[[T], Iterable[formats.Json]], so_far: Callable[[int], Say]
    ) -> None:
        """A file of JSON Lines, made one by one; `so_far` says how many there are by now, to a person who waits."""
        from toshima_cli.ui.files import write_through
        from toshima_cli.ui.lines import written

        assert self.given.file
        made = self.progress().over(records(data.value), so_far)
        write_through(Path(self.given.file), written(made), force=self.given.force)
        self.note(say("Written: {path}", path=self.given.file))

    def progress(self) -> "Progress":
        """How far something long has come, on stderr where somebody reads it."""
        from toshima_cli.ui.progress import Progress

        return Progress(self._stderr, shown=self.terminal.stderr and not self.quiet)

    def text(self, text: str, json: formats.Json) -> None:
        """A text of the program's own that a program reads (a script), as it is."""
        if self._form("table") == "table":
            self._put(text)
        else:
            self._data(self._form("table"), json)

    # ---------------------------------------------------------------- a verb

    def done(
        self,
        sentence: Say,
        number: str,
        data: Mapping[str, Any],
        *,
        hints: Sequence[Next] = (),
        warnings: Sequence[Warned] = (),
        screen: Callable[[Page], None] | None = None,
    ) -> None:
        """What a verb did. json: `data` with `next` and `warnings` added. Terminal: the sentence (and `screen`, what
        belongs to it). Pipe: `number` alone on stdout, the rest on stderr. `-q` drops all but answer and warnings.
        """
        form = self._form("line")
        person = self.terminal.stdout and form in ("line", "table")
        if form not in ("line", "table"):
            self._data(form, {**data, "next": list(hints), "warnings": list(warnings)})
        elif not person or self.quiet:
            self._put(visible(number) + "\n")
        if form in ("line", "table") and not self.quiet:
            page = Page()
            page.line(sentence)
            if screen:
                page.blank()
                screen(page)
            if person:
                self._page(page, self._stdout, True)
            else:
                self._page(page, self._stderr, self.terminal.stderr)
        self._stdout.flush()
        self.warn(*warnings)
        if form in ("line", "table") and not self.quiet:
            self._hints(hints)

    def warn(self, *warnings: Warned) -> None:
        """Something to look at again, on stderr; `-q` never hides it."""
        page = Page()
        for warning in warnings:
            page.block(say("Warning"), warning.message, tone="red")
        self._page(page, self._stderr, self.terminal.stderr)

    def ahead(self, screen: Callable[[Page], None]) -> None:
        """What has to be seen before a question is answered, on stderr, where the question stands."""
        page = Page()
        screen(page)
        self._page(page, self._stderr, self.terminal.stderr)

    def note(self, sentence: Say) -> None:
        """A remark about the answer, on stderr: one line for a pipe, folded for a person."""
        self._stdout.flush()
        page = Page()
        page.line(sentence)
        self._stderr.write(
            page.plain(self.terminal.columns) if self.terminal.stderr else visible(render(sentence)) + "\n"
        )

    def narrate(self, text: str) -> None:
        """A line of a story told between commands (`demo`), on stdout, in its order."""
        self._stderr.flush()
        self._put("\n" + visible(text) + "\n")
        self._stdout.flush()

    def follow(self, *hints: Next) -> None:
        """The next lines to paste, where a command ends without an answer of its own."""
        if not self.quiet:
            self._hints(hints)

    def _hints(self, hints: Sequence[Next]) -> None:
        if not hints:
            return
        page = Page()
        page.blank()
        page.line(say("Next"))
        for hint in hints[:HINTS]:
            page.paste(pasted(hint.command))
            due: tuple[Shown, ...] = (hint.why, say("due {on}", on=hint.due_on)) if hint.due_on else (hint.why,)
            page.line(*due, indent=6)
        self._page(page, self._stderr, self.terminal.stderr)

    # ----------------------------------------------------------------- below

    def _form(self, default: str) -> str:
        faults = self.faults()
        if faults:
            raise BadInput(faults)
        return self.form or default

    def _data(self, form: str, data: formats.Json, keys: Sequence[str] | None = None) -> None:
        """json, jsonl, csv, tsv to the file or to stdout."""
        self._deliver(self.encoded(form, data, keys), harmless=form != "csv")

    def encoded(self, form: str, data: formats.Json, keys: Sequence[str] | None = None) -> bytes:
        """json, jsonl, csv or tsv as a whole file. Without `keys`, the objects' own make the header."""
        rows = list(data) if isinstance(data, (list, tuple)) else [data]
        if form in ("csv", "tsv") and keys is None:
            keys = list(dict.fromkeys(key for row in rows for key in row))
            rows = [{key: row.get(key) for key in keys} for row in rows]
        match form:
            case "json":
                text = formats.as_json({"schema": f"toshima.{self.command}/1", "data": data})
            case "jsonl":
                text = formats.as_jsonl(rows)
            case "csv":
                text = formats.as_csv(keys or (), rows)
            case _:
                text = formats.as_tsv(keys or (), rows)
        bom = b"\xef\xbb\xbf" if form == "csv" and self.given.file else b""
        return bom + text.encode("utf-8", "backslashreplace")

    def files(self, parts: Mapping[Path, bytes]) -> None:
        """Files that belong together, each new, whole and 0600. None is begun before all can be written, as far as that
        is known beforehand. Raises BadInput (2)."""
        from toshima_cli.ui.files import unwritable, write_new

        faults = [fault for path in parts if (fault := unwritable(path, force=self.given.force))]
        if faults:
            raise BadInput(faults)
        for path, content in parts.items():
            write_new(path, content, force=self.given.force)
            if not self.quiet:
                self.note(say("Written: {path}", path=str(path)))

    def _deliver(self, content: bytes, *, harmless: bool = False) -> None:
        """A whole file, or the same on stdout; what is not yet harmless is made so where a person looks at it."""
        if self.given.file:
            from toshima_cli.ui.files import write_new

            write_new(Path(self.given.file), content, force=self.given.force)
            if not self.quiet:
                self.note(say("Written: {path}", path=self.given.file))
            return
        text = content.decode("utf-8")
        if self.terminal.stdout and not harmless:
            text = visible(text.replace("\r\n", "\n"), keep="\n")
        self._put(text)

    def _say(self, sentence: Say) -> None:
        page = Page()
        page.line(sentence)
        self._page(page, self._stdout, self.terminal.stdout)

    def _page(self, page: Page, stream: TextIO, person: bool) -> None:
        if person and self.terminal.colour:
            from toshima_cli.ui.table import paint

            paint(page.lines(self.terminal.columns), stream, self.terminal.columns)
        else:
            stream.write(page.plain(self.terminal.columns))

    def _put(self, text: str) -> None:
        self._stdout.write(text)


def _spreadsheet(rows: Sequence[Any], columns: Sequence[Column[Any]], title: Say | None) -> bytes:
    """A list as one sheet: every column, headed by its title, numbers and dates as such."""
    from toshima_cli.ui.xlsx import Row, Sheet, workbook

    cells = [Row(tuple(column.shown(row) for column in columns)) for row in rows]
    return workbook(Sheet("list", [column.title for column in columns], cells, title=(title,) if title else ()))


def _dotted(endings: Sequence[str]) -> tuple[str, ...]:
    return tuple(f".{ending}" for ending in endings)
