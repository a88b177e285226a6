"""The monthly report as a spreadsheet, for the people who open it: a summary that prints on one A4 with its charts,
every figure, the charts that have no room there, and what every figure counts, row by row, with numbers and no names
unless they were asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toshima_cli.domain.report import Course, Monthly, Unit
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import render
from toshima_cli.ui.report import CARE, COLUMNS, COUNTED, KEY, UNITS, WHAT, Shown, charts, era, notes, shown, title

if TYPE_CHECKING:
    from toshima_cli.ui.charts import Chart
    from toshima_cli.ui.xlsx import Placed, Row, Sheet

SUMMARY, FIGURES, CHARTS, LIST = say("Summary"), say("Figures"), say("Bars"), say("List")
"""Names of sheets."""

HEADLINES = (
    "cases.open_start",
    "cases.opened",
    "cases.reopened",
    "cases.ended",
    "cases.open_end",
    "consultations.new",
    "consultations.with_consent",
    "consultations.without_consent",
    "contacts.total",
    "complex.accepted",
    "complex.open",
    "engaging.cases",
    "plans.new",
    "plans.active",
    "plans.review_overdue",
    "support_conference.items",
    "multilayer_conference.items",
    "referrals.sent",
    "referrals.unanswered",
    "emergencies",
    "ends.concluded",
    "ends.interrupted",
    "watching.open",
    "gaps.raised",
)
"""The rows of the summary."""

ON_SUMMARY = ("trend", "stages")
"""The charts that stand on it; the others are on a sheet of their own."""

HEAD = (KEY, WHAT, COUNTED, *COLUMNS)
NAME, BLOCK = say("Name"), say("Block")
LINE = 20
"""Pixels of a row, for what stands below another."""


def spreadsheet(
    report: Monthly, course: Course, units: Sequence[Unit], *, everything: bool, named: bool = False
) -> bytes:
    """The file. Raises BadInput (2) where there are more units than a sheet has rows."""
    from toshima_cli.ui.xlsx import workbook

    drawn = charts(report, course)
    others = [chart for name, chart in drawn.items() if name not in ON_SUMMARY]
    more = (_charts(report, others),) if others else ()
    return workbook(_summary(report, drawn), _figures(report, everything), *more, _list(report, units, named))


def _summary(report: Monthly, drawn: "dict[str, Chart]") -> "Sheet":
    from toshima_cli.ui.xlsx import Placed, Sheet

    lines = {line.key: line for line in report.lines}
    rows = [_row(row) for key in HEADLINES for row in shown((lines[key],), everything=True)]
    below = 2 + len(rows) + 2 + len(list(notes(report, True))) + 1
    places = []
    for chart in (drawn[name] for name in ON_SUMMARY if name in drawn):
        height = 240
        places.append(Placed(chart, below, height))
        below += height // LINE + 1
    return Sheet(
        render(SUMMARY),
        HEAD,
        rows,
        title=_title(report),
        notes=tuple(notes(report, True)),
        tall=True,
        one_page=True,
        charts=tuple(places),
    )


def _figures(report: Monthly, everything: bool) -> "Sheet":
    """Every block below the other, so that as few pages are printed as hold them."""
    from toshima_cli.ui.xlsx import Row, Sheet

    rows: list[Row] = []
    blank = ("",) * (len(HEAD) - 1)
    for number, (name, lines) in enumerate(report.blocks, start=1):
        rows += [Row(("", *blank))] if rows else []
        rows.append(Row((f"{number} {render(name)}", *blank), strong=True))
        rows += [_row(row) for row in shown(lines, everything)]
    return Sheet(render(FIGURES), HEAD, rows, title=_title(report), tall=True)


def _charts(report: Monthly, drawn: "Sequence[Chart]") -> "Sheet":
    from toshima_cli.ui.xlsx import Sheet

    return Sheet(render(CHARTS), (), (), title=_title(report), tall=True, one_page=True, charts=_under(drawn, 2))


def _under(drawn: "Sequence[Chart]", row: int) -> "tuple[Placed, ...]":
    """One below the other, each as tall as its labels need."""
    from toshima_cli.ui.xlsx import Placed

    found = []
    for chart in drawn:
        height = 110 + 28 * len(chart.labels) if chart.kind == "bars" else 260
        found.append(Placed(chart, row, height))
        row += height // LINE + 2
    return tuple(found)


def _list(report: Monthly, units: Sequence[Unit], named: bool) -> "Sheet":
    from toshima_cli.ui.xlsx import Row, Sheet

    labels = {line.key: line.label for line in report.lines}
    rows = [
        Row(
            (
                unit.block,
                labels.get(unit.key, unit.key),
                unit.key,
                unit.unit,
                unit.case,
                unit.meeting,
                unit.item,
                unit.person,
                *((unit.name,) if named else ()),
                unit.on,
            )
        )
        for unit in units
    ]
    *columns, on = (column.title for column in UNITS)
    head = (BLOCK, WHAT, KEY, *columns, *((NAME,) if named else ()), on)
    hidden = sum(unit.unit is None for unit in units)
    said: tuple[Say, ...] = (say("What each figure of the month counts, row by row."),)
    if hidden:
        said += (say("{count} of these are shown to their own people only.", count=hidden),)
    return Sheet(render(LIST), head, rows, title=(*_title(report), *said), filtered=True)


def _row(row: Shown) -> "Row":
    from toshima_cli.ui.xlsx import Row

    cells = row.cells or ("",) * len(COLUMNS)
    return Row((row.key, row.label, row.sign, *cells), indent=int(row.inner), indented=1)


def _title(report: Monthly) -> tuple[Value, ...]:
    when = era(report.first)
    return (render(title(report)) + (f"（{when}）" if when else "") + "   " + render(CARE),)
