"""Publishing the figures of a month (`report monthly --public`): how it would look, what is kept, what was kept."""

from typing import TYPE_CHECKING, Any

from toshima_cli.domain.public import Published, never, pinned
from toshima_cli.domain.report import Range
from toshima_cli.domain.suppression import Pinned
from toshima_cli.domain.verdict import say
from toshima_cli.exits import granted
from toshima_cli.looks import public as looks
from toshima_cli.reporting import TABULAR, english
from toshima_cli.ui import public as ui
from toshima_cli.ui import sections

if TYPE_CHECKING:
    from toshima_cli.context import Ctx


def public(c: "Ctx", span: Range, *, everything: bool, again: bool, yes: bool) -> None:
    """`--public`: on a screen how it would look, as a file or for a machine the publication itself, which is kept;
    `--kept`: what was published, once more."""
    name = span.start.isoformat()[:7]
    preview = (c.out.form or "table") == "table" and not again
    if not (preview or again):
        if not _publish(c, span, yes=yes):
            c.out.note(say("Nothing was published."))
            return
        again = True

    def read(conn: Any) -> Published | None:
        before = looks.kept(conn)
        if again or name in before:
            return looks.printed(conn, span, before, english=english())
        return looks.would_be(conn, span, before, english=english())

    try:
        found = c.store.figures("report", read)
    except Pinned as error:
        granted(pinned(name, error.cells))
        raise
    if found.value is None:
        granted(never(name))
    if preview:
        one = c.store.reference(looks.kept).value.get(name)
        if one is None:
            c.out.note(say("Nothing is published yet: -o FILE publishes, and keeps what went out."))
        else:
            preview = False
            c.out.note(say("{month} was published on {on}; this is what was published.", month=name, on=one.on))

    def paper(report: Published | None) -> sections.Paper:
        assert report is not None
        return ui.paper(report, everything=everything, preview=preview)

    def data(report: Published | None) -> Any:
        assert report is not None
        return report.rows() if c.out.form in TABULAR else {"month": report.month, "rows": report.rows()}

    c.out.thing(
        found,
        data,
        lambda report, page: sections.draw(paper(report), page, c.out.terminal.columns),
        {
            "md": lambda report: sections.markdown(paper(report)),
            "html": lambda report: sections.html(paper(report)),
            "xlsx": lambda report: sections.spreadsheet(paper(report)),
        },
    )


def _publish(c: "Ctx", span: Range, *, yes: bool) -> bool:
    """Keep the publication, unless the one that is kept still says the same: then it is printed again. A person is
    asked first, since it is never taken back; False where they say no. Raises Refused (3)."""
    from toshima_cli.flow.publish import publish

    name = span.start.isoformat()[:7]
    before = c.store.reference(looks.kept).value.get(name)
    if before is not None and c.store.figures("report", lambda conn: looks.holds(conn, span, before)).value:
        c.out.note(say("{month} was published on {on}; this is what was published.", month=name, on=before.on))
        return True
    if before is None and span.end <= c.today and c.ask.possible and not yes:
        sure = say("Publish {month}? It is kept as it is and never changed.", month=name)
        if not c.ask.confirm(sure):
            return False
    c.out.note(granted(publish(c.store, span)).sentence)
    return True
