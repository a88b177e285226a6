"""What is published of a month: the rows of the report, a sign where a number is hidden, and what the sign means."""

from collections.abc import Iterator

from toshima_cli.domain.figures import SIGNS
from toshima_cli.domain.public import PublicLine, Published
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import render
from toshima_cli.ui.report import COUNTED, WHAT, era
from toshima_cli.ui.sections import HIDDEN, Cell, Paper, Section

MARK, PREVIEW = say("[For publication]"), say("[Not published: a look beforehand]")
COLUMNS = (say("Month"), say("To date"))


def paper(report: Published, *, everything: bool, preview: bool) -> Paper:
    """`everything`: codes with nothing to count too. `preview`: it is not published, and says so."""
    when = era(report.first)
    title = render(say("Monthly report {month}", month=report.month)) + (f"（{when}）" if when else "")
    sections = tuple(
        Section(render(name), name, (WHAT, COUNTED, *COLUMNS), rows)
        for name, lines in report.blocks
        if (rows := tuple(_rows(lines, everything)))
    )
    return Paper(title, PREVIEW if preview else MARK, sections, notes=tuple(notes(report)))


def notes(report: Published) -> Iterator[Value]:
    if any(line.suppressed for line in report.lines):
        yield say(
            "{sign} stands for a number from 1 to {most}, or for one from which such a number could be computed.",
            sign=HIDDEN,
            most=report.most,
        )
    yield say("The year to date counts from {start}.", start=report.year_from)
    yield say(
        "“distinct” counts each person or case once: its months do not add up to the year. “events” counts every time."
    )
    yield say("Where the ward's plan does not say how to count, the rule is this program's own, not an official one.")


def _rows(lines: tuple[PublicLine, ...], everything: bool) -> Iterator[tuple[Cell, ...]]:
    heading: Say | None = None
    for line in lines:
        cells = tuple(HIDDEN if number is None else number for number in (line.month, line.year_to_date))
        if line.family is None or line.name is None:
            yield line.label, SIGNS[line.counts], *cells
        elif everything or not line.nothing:
            if line.family != heading:
                heading = line.family
                yield heading, SIGNS[line.counts], None, None
            yield f"　{render(line.name)}", "", *cells
