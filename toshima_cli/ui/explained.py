"""How each figure of the monthly report is counted, in words: as a screen, Markdown, a page and a spreadsheet."""

from collections.abc import Iterator, Sequence

from toshima_cli.domain.figures import SIGNS
from toshima_cli.domain.report import Explained
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.ui import document
from toshima_cli.ui.page import Page
from toshima_cli.ui.report import COUNTED, KEY, WHAT

Explanation = Sequence[tuple[Say, Sequence[Explained]]]
"""The keys block by block."""

TITLE = say("How the figures of the monthly report are counted")
HOW, QUERY = say("How it is counted"), say("Query")
HEAD = (WHAT, KEY, COUNTED, HOW, QUERY)
RULES = (
    say(
        "“distinct” counts each person or case once: its months do not add up to the year. “events” counts every time. "
        "“standing” is what holds at the end of the last day."
    ),
    say("Entries taken back are never counted. Restricted cases are counted, and listed for their own people only."),
    say("Where the ward's plan does not say how to count, the rule is this program's own, not an official one."),
)


def draw(blocks: Explanation, page: Page) -> None:
    """Label, key, sign; below it in words what is counted, and the query. The codes of a family stand together."""
    for title, found in blocks:
        page.line(title)
        page.blank()
        for label, key, line in _together(found):
            page.line(label, key, SIGNS[line.counts], indent=2)
            page.line(line.how, indent=4)
            page.line(say("Query: {name}", name=line.query), indent=4)
            page.blank()
    for rule in RULES:
        page.line(rule)


def markdown(blocks: Explanation) -> bytes:
    return document.markdown([_paper(blocks)])


def html(blocks: Explanation) -> bytes:
    return document.html([_paper(blocks)], TITLE)


def _paper(blocks: Explanation) -> document.Document:
    grids = [document.Grid(title, HEAD, tuple(_cells(*row) for row in _together(found))) for title, found in blocks]
    return document.Document(TITLE, say("Rules of counting"), blocks=(*grids, *(document.Block(note=r) for r in RULES)))


def _cells(label: Say, key: str, line: Explained) -> tuple[Value, ...]:
    return label, key, SIGNS[line.counts], line.how, line.query


def spreadsheet(blocks: Explanation) -> bytes:
    from toshima_cli.ui.xlsx import Row, Sheet, workbook

    rows = [
        Row((key, label, SIGNS[line.counts], line.how, line.query))
        for _, found in blocks
        for label, key, line in _together(found)
    ]
    return workbook(Sheet("explain", (KEY, WHAT, COUNTED, HOW, QUERY), rows, title=(TITLE,), notes=RULES))


def _together(found: Sequence[Explained]) -> Iterator[tuple[Say, str, Explained]]:
    """The codes of a family as one, `key.<code>`; a code that stands alone by its own key."""
    seen: set[Say] = set()
    for line in found:
        if line.family is None or len(found) == 1:
            yield line.label, line.key, line
        elif line.family not in seen:
            seen.add(line.family)
            yield line.family, line.key.rpartition(".")[0] + ".<code>", line
