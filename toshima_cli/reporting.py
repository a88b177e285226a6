"""Reports, from what was typed to the answer: the month asked for, its forms, a year of files, what a figure counts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toshima_cli import i18n
from toshima_cli.answers import Answers
from toshima_cli.domain.annual import Annual
from toshima_cli.domain.calendar import BadDate, add_months, fiscal_year, month_range, parse_fiscal_year, parse_month
from toshima_cli.domain.figures import Figure
from toshima_cli.domain.report import Range, fiscal_months
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.looks import monthly as looks
from toshima_cli.looks import report, report_lists
from toshima_cli.looks.annual import annual as year_of
from toshima_cli.looks.monthly import Whole
from toshima_cli.ui import annual as annual_ui
from toshima_cli.ui import explained, report_page, report_sheets, sections
from toshima_cli.ui import report as ui
from toshima_cli.ui.document import Document, Grid, html, markdown
from toshima_cli.ui.page import Page
from toshima_cli.unknown import near

if TYPE_CHECKING:
    from toshima_cli.context import Ctx

TABULAR = ("csv", "tsv", "jsonl")

MANIFEST = ".manifest.json"
"""What is put behind the name of a file for that of its manifest."""


def english() -> bool:
    return i18n.language() == "en"


def month(a: Answers, typed: str | None, today: date) -> Range:
    """The month asked for; one that has not begun is a fault."""
    text = a.text("--month", typed) or "last"
    try:
        start, end = month_range(*parse_month(text, today))
    except BadDate as error:
        written = say("A month is written as 2026-11, R8.11, this or last.")
        a.fault("--month", say("{sentence} {more}", sentence=error.message, more=written), instead="last")
        start, end = month_range(*parse_month("last", today))
    if start > today:
        a.fault("--month", say("This month has not begun: {month}.", month=text), instead="this")
    return Range(start, end)


def _look(c: "Ctx", span: Range, form: str, *, named: bool) -> Any:
    """One look at the month, journaled with everybody its lists show."""
    return c.store.look(
        "report",
        lambda conn: looks.whole(conn, span, form, actor=c.store.actor, named=named, mask=c.mask, english=english()),
        lambda found: found.subjects,
    )


def _writers(*, everything: bool, named: bool) -> dict[str, Callable[[Whole], bytes]]:
    def xlsx(w: Whole) -> bytes:
        assert w.course is not None
        return report_sheets.spreadsheet(w.monthly, w.course, w.units, everything=everything, named=named)

    def page(w: Whole) -> bytes:
        assert w.course is not None
        return report_page.html(w.monthly, w.course, everything=everything)

    return {
        "md": lambda w: ui.markdown(w.monthly, w.course, everything=everything),
        "html": page,
        "xlsx": xlsx,
    }


def _data(form: str) -> Callable[[Whole], Any]:
    """json, or the rows alone where a form has no place for more."""
    if form in TABULAR:
        return lambda w: w.monthly.rows()
    return lambda w: {"month": w.monthly.month, "rows": w.monthly.rows(), "notes": w.monthly.notes}


def one(c: "Ctx", span: Range, *, everything: bool, named: bool) -> None:
    """The report of one month, on the screen or as the one file asked for."""
    form = c.out.form or "table"
    found = _look(c, span, form, named=named)
    running(c, span)
    c.out.thing(
        found,
        _data(form),
        lambda w, page: ui.draw(w.monthly, w.course, page, c.out.terminal.columns, everything=everything),
        _writers(everything=everything, named=named),
    )


def files(c: "Ctx", spans: Sequence[Range], *, everything: bool, named: bool, manifest: bool, each: bool) -> None:
    """A file for each month, beside it its manifest where that is asked for. `each`: the month is in the name."""
    file, form = Path(c.out.given.file or ""), c.out.form or ""
    writers = _writers(everything=everything, named=named)
    parts: dict[Path, bytes] = {}
    for span in spans:
        found = _look(c, span, form, named=named).value
        path = file.with_name(f"{file.stem}-{found.monthly.month}{file.suffix}") if each else file
        if form in writers:
            parts[path] = writers[form](found)
        else:
            parts[path] = c.out.encoded(form, _data(form)(found))
        if manifest:
            about = _manifest(c, span, found, path.name, parts[path])
            parts[path.with_name(path.name + MANIFEST)] = c.out.encoded("json", about)
    running(c, spans[-1])
    c.out.files(parts)


def listed_manifest(c: "Ctx", span: Range) -> None:
    """The manifest alone, of the report as json."""
    found = _look(c, span, "json", named=False)

    def about(w: Whole) -> dict[str, Any]:
        return _manifest(c, span, w, "", c.out.encoded("json", _data("json")(w)))

    def screen(w: Whole, page: Page) -> None:
        data = about(w)
        for label, key in (
            (say("Month"), "month"),
            (say("Sum"), "sha256"),
            (say("Head of the journal"), "journal_head"),
        ):
            page.block(label, data[key])
        page.blank()
        page.table([(row["key"], row["month"], row["query"], row["query_sha256"]) for row in data["rows"]])

    c.out.thing(found, lambda w: about(w)["rows"] if c.out.form in TABULAR else about(w), screen)


def _manifest(c: "Ctx", span: Range, found: Whole, name: str, content: bytes) -> dict[str, Any]:
    known = c.store.reference(lambda conn: report.keys(conn, span, english=english())).value
    return looks.manifest(found, {key: figure.query for key, (figure, _) in known.items()}, name=name, content=content)


def year(span: Range) -> tuple[Range, ...]:
    """The months of the fiscal year up to that one."""
    return tuple(one for one in fiscal_months(fiscal_year(span.start)) if one.start <= span.start)


def running(c: "Ctx", span: Range) -> None:
    if span.end > c.today:
        c.out.note(say("{month} is not over yet.", month=span.start.isoformat()[:7]))


def _known(c: "Ctx", a: Answers, span: Range, key: str | None) -> Mapping[str, tuple[Figure, Say]]:
    """Every key; one that was typed and is none of them is a fault that names those like it."""
    known = c.store.reference(lambda conn: report.keys(conn, span, english=english())).value
    if key and key not in known:
        alike = near(key, known)
        a.fault(
            "--row",
            say("{value} is not known here. Did you mean {alike}?", value=key, alike=alike)
            if alike
            else say("{value} is not known here.", value=key),
        )
    return known


def explain(c: "Ctx", a: Answers, span: Range, key: str | None) -> None:
    """`--explain`: in words how each figure is counted, or that of `--row`. It shows nobody, so it is no look."""
    if key:
        _known(c, a, span, key)
    a.settle()
    c.out.thing(
        c.store.reference(lambda conn: report.explained(conn, span, key, english=english())),
        lambda found: [line.row() for _, lines in found for line in lines],
        explained.draw,
        {"md": explained.markdown, "html": explained.html, "xlsx": explained.spreadsheet},
    )


def units(c: "Ctx", a: Answers, span: Range, key: str, *, named: bool) -> None:
    """`--row KEY --cases`: what one figure counts."""
    known = _known(c, a, span, key)
    a.settle()
    (figure, label), name = known[key], span.start.isoformat()[:7]
    about = []

    def read(conn: Any) -> list[dict[str, Any]]:
        rows, subjects = report_lists.units(conn, span, figure, actor=c.store.actor, named=named, mask=c.mask)
        about.extend(subjects)
        return rows

    found = c.store.look("report", read, lambda _: about)
    columns = (*ui.UNITS, ui.NAMED) if named else ui.UNITS
    head = say("{label}, {month}: {count}", label=label, month=name, count=len(found.value))
    hidden = sum(row["unit"] is None for row in found.value)
    kept = say("{count} of these are shown to their own people only.", count=hidden)

    def paper(rows: Sequence[Mapping[str, Any]]) -> list[Document]:
        cells = (tuple(row[column.key] or "" for column in columns) for row in rows)
        grid = Grid("", tuple(column.title for column in columns), tuple(cells))
        foot: Value = kept if hidden else ""
        return [Document(head, ui.CARE, blocks=(grid,), foot=foot)]

    c.out.rows(
        found,
        columns,
        head=head,
        empty=say("{label}, {month}: nothing was counted.", label=label, month=name),
        limit=len(found.value),
        writers={"md": lambda rows: markdown(paper(rows)), "html": lambda rows: html(paper(rows), head)},
    )
    if hidden:
        c.out.note(kept)


# ---------------------------------------------------------------------- a year


def fiscal(a: Answers, typed: str | None, today: date) -> int:
    """The fiscal year asked for; one that has not begun is a fault."""
    text = a.text("--fiscal-year", typed) or "last"
    try:
        found = parse_fiscal_year(text, today)
    except BadDate as error:
        written = say("A fiscal year is written as 2026, R8, this or last.")
        a.fault("--fiscal-year", say("{sentence} {more}", sentence=error.message, more=written), instead="last")
        return fiscal_year(today)
    if found > fiscal_year(today):
        a.fault("--fiscal-year", say("This fiscal year has not begun: {year}.", year=text), instead="this")
    return found


def annual(c: "Ctx", year: int, *, everything: bool) -> None:
    found = c.store.figures("report", lambda conn: year_of(conn, year, c.today, english=english()))
    if found.value.end > c.today:
        c.out.note(say("The fiscal year {year} is not over yet.", year=year))
    names = c.words()

    def paper(report: Annual) -> sections.Paper:
        return annual_ui.paper(report, names, everything=everything)

    tabular = c.out.form in TABULAR
    c.out.thing(
        found,
        lambda report: _by_month(report) if tabular else report.json(),
        lambda report, page: sections.draw(paper(report), page, c.out.terminal.columns),
        {
            "md": lambda report: sections.markdown(paper(report)),
            "html": lambda report: sections.html(paper(report)),
            "xlsx": lambda report: sections.spreadsheet(paper(report)),
        },
    )


def _by_month(report: Annual) -> list[dict[str, Any]]:
    """A row for each figure, a column for each month."""
    months = [add_months(report.first, number).isoformat()[:7] for number in range(12)]
    return [
        {"key": line.key, "label": line.label, **dict(zip(months, line.months, strict=True)), "year": line.year}
        for line in report.lines
    ]
