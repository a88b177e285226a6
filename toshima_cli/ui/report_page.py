"""The monthly report as one html file: nothing from outside, read on a screen and printed on A4."""

from toshima_cli.domain.report import Course, Monthly
from toshima_cli.i18n import language
from toshima_cli.ui.charts import svg
from toshima_cli.ui.filled import filled
from toshima_cli.ui.report import CARE, COLUMNS, COUNTED, WHAT, charts, era, notes, shown, title


def html(report: Monthly, course: Course, *, everything: bool) -> bytes:
    blocks = [(name, rows) for name, lines in report.blocks if (rows := list(shown(lines, everything)))]
    drawn = {name: (chart.title, svg(chart, f"chart-{name}")) for name, chart in charts(report, course).items()}
    return filled(
        "report.html",
        language=language(),
        title=title(report),
        era=era(report.first),
        mark=CARE,
        to_know=report.notes,
        notes=[note for note in notes(report, everything) if note not in report.notes],
        heads=(WHAT, COUNTED, *COLUMNS),
        blocks=blocks,
        charts=drawn,
    ).encode()
