"""What the cases of a year showed, under the items of the council: on a screen and as a paper, row for row as in the
monthly report, with the one column that counts here."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toshima_cli.domain.calendar import wareki
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import language, render
from toshima_cli.ui.page import Page, Toned
from toshima_cli.ui.text import visible, width

if TYPE_CHECKING:
    from toshima_cli.looks.summary import Summary

FIGURE, COUNTED, TOTAL = say("Figure"), say("Counted"), say("Total")
NOTES = (
    say("Counted as in the monthly report. Small numbers are printed as they are: not for publication."),
    say("Where the ward's plan does not say how to count, the rule is this program's own, not an official one."),
)


def draw(summary: "Summary | None", page: Page) -> None:
    """The number first, so that a long label folds; nothing where there is no summary."""
    if summary is None:
        return
    page.blank()
    page.line(Toned(_title(summary), "bold"))
    rows = list(_rows(summary))
    room = max(width(number) for _, _, number, _ in rows)
    page.table(
        [
            (" " * (room - width(number)) + number, sign, "  " * inner + render(label))
            for label, sign, number, inner in rows
        ],
        indent=2,
    )
    page.blank()
    for note in NOTES:
        page.line(note)


def markdown(summary: "Summary | None") -> list[str]:
    """The same as lines of a paper."""
    if summary is None:
        return []
    head = " | ".join(map(render, (FIGURE, COUNTED, TOTAL)))
    table = [
        f"| {'　' * inner}{_bars(label)} | {_bars(sign)} | {number} |" for label, sign, number, inner in _rows(summary)
    ]
    notes = [f"- {render(note)}" for note in NOTES]
    return ["", f"## {render(_title(summary))}", "", f"| {head} |", "|---|---|--:|", *table, "", *notes]


def _title(summary: "Summary") -> Say:
    start, end = (wareki(day) if language() == "ja" else day.isoformat() for day in (summary.start, summary.end))
    return say("What the cases showed, {start} to {end}", start=start, end=end)


def _rows(summary: "Summary") -> Iterator[tuple[Value, Value, str, bool]]:
    """(label, what is counted, the number, whether it is a code of the family above it)."""
    from toshima_cli.domain.figures import SIGNS

    heading: Say | None = None
    for line in summary.lines:
        if line.family is None or line.name is None:
            yield line.label, SIGNS[line.counts], f"{line.year_to_date:,}", False
            continue
        if line.family != heading:
            heading = line.family
            yield heading, SIGNS[line.counts], "", False
        yield line.name, "", f"{line.year_to_date:,}", True


def _bars(value: Value) -> str:
    return visible(render(value)).replace("\\", "\\\\").replace("|", "\\|")
