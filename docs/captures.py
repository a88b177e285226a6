"""Screens of the demonstration as SVG: really run, in both languages, drawn without any font or address from outside.

Rich's own SVG gives a wide (Japanese) character the room of a narrow one, so the drawing is ours: every run of equally
wide characters stands at its own cell. Colours follow the reader's light or dark page.
"""

import re
import shlex
from collections.abc import Iterator
from html import escape
from itertools import groupby

from rich.ansi import AnsiDecoder
from rich.cells import cell_len
from rich.text import Text

from docs.session import Session, at_a_desk
from toshima_cli import context, demo
from toshima_cli.settings import Terminal

CASE = "2026-0001"
COLUMNS = 92
SCREEN = Terminal(stdin=False, stdout=True, stderr=True, columns=COLUMNS, colour=True)
HOUSEHOLDS, SEED = 7, 3

# The line of the story that is captured while it is played, and lines typed just after one.
DURING = {"intake --from household_a.json": "intake", "plan 2026-0001 --from plan_abc.json": "refusal"}
AFTER = {
    "plan 2026-0001 --from plan_a.json": ("show", f"show {CASE}", 0),
    "agenda M2026-0003": ("agenda", "agenda M2026-0003", 0),
    "attend M2026-0003 k03 c01 e01": ("preview", "agenda M2026-0003 --preview", 30),
}
AT_THE_END = (("caseload", "caseload", 0), ("report", "report monthly --month 2026-11", 38))

# How Rich names what it reads in a terminal's colours.
CLASSES = {"red": "color(1)", "dim": "dim", "bold": "bold"}

CELL, LINE, SIZE, MARGIN = 8.0, 21, 14.5, 14
FONTS = (
    "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'BIZ UDGothic', 'MS Gothic', Osaka-Mono, "
    "'Hiragino Sans', 'Noto Sans Mono CJK JP', 'Noto Sans CJK JP', monospace"
)
STYLE = f"""\
text {{ font: {SIZE}px {FONTS}; fill: #1f2328; white-space: pre }}
.card {{ fill: #ffffff; stroke: #d1d9e0 }} .dim {{ fill: #59636e }} .red {{ fill: #c1121f }}
.bold {{ font-weight: 600 }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #e6edf3 }} .card {{ fill: #0d1117; stroke: #3d444d }} .dim {{ fill: #9198a1 }} .red {{ fill: #ff7b72 }}
}}"""


def screens() -> Iterator[tuple[str, str]]:
    """(file name, SVG) of every capture: `intake.ja.svg`, `intake.en.svg` …"""
    for lang in ("ja", "en"):
        for name, command, screen in _played(lang):
            yield f"{name}.{lang}.svg", svg(command, screen)


def _played(lang: str) -> Iterator[tuple[str, str, str]]:
    """(name, line typed, what a terminal shows, with its colours), in the order of the story."""
    with at_a_desk(TOSHIMA_DB="demo.db", TOSHIMA_LANG=lang) as typing:
        last = demo.LAST_DAY.isoformat()
        for step in demo.story():
            if not step.words:
                continue
            words = shlex.join(step.words)
            screen = typing.type(f"TOSHIMA_TODAY={step.day} toshima {words}", SCREEN)
            if typing.code != step.exit:
                raise demo.Broken(f"{words}: {typing.code}\n{screen}")
            if words in DURING:
                yield DURING[words], f"toshima {words}", screen
            if words in AFTER:
                name, line, most = AFTER[words]
                yield name, *_looked(typing, step.day, line, most)
        with context.desk(last):
            demo.invent(typing.folder / "demo.db", HOUSEHOLDS, SEED)
        for name, line, most in AT_THE_END:
            yield name, *_looked(typing, last, line, most)


def _looked(typing: Session, day: str, line: str, most: int) -> tuple[str, str]:
    """The line as shown (`| head` where only the first `most` lines are) and its screen."""
    screen = typing.type(f"TOSHIMA_TODAY={day} toshima {line}", SCREEN)
    if not most:
        return f"toshima {line}", screen
    return f"toshima {line} | head -n {most}", "".join(screen.splitlines(keepends=True)[:most])


def svg(command: str, screen: str) -> str:
    """A terminal's screen under the line that was typed."""
    lines = [Text(f"$ {command}", style="bold"), Text(), *AnsiDecoder().decode(screen.rstrip("\n"))]
    rows = [
        f'<text x="{_number(MARGIN + at * CELL)}" y="{_number(MARGIN + number * LINE + SIZE)}"'
        f' textLength="{_number(cells * CELL)}" lengthAdjust="spacingAndGlyphs"{_class(style)}>'
        f"{escape(run, quote=False)}</text>"
        for number, line in enumerate(lines)
        for run, style, at, cells in _runs(line)
    ]
    width, height = _number(COLUMNS * CELL + 2 * MARGIN), len(lines) * LINE + 2 * MARGIN
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
    title = f"<title>{escape(command, quote=False)}</title>"
    card = f'<rect class="card" x="0.5" y="0.5" width="{_number(float(width) - 1)}" height="{height - 1}" rx="6"/>'
    return "\n".join([head, title, f"<style>\n{STYLE}\n</style>", card, *rows, "</svg>"]) + "\n"


def _runs(line: Text) -> Iterator[tuple[str, str, int, int]]:
    """(characters, style, first cell, cells): one style and one width of character each."""
    styles = [str(line.style)] * len(line)
    for span in line.spans:
        styles[span.start : span.end] = [str(span.style)] * len(styles[span.start : span.end])
    at = 0
    for (style, wide), group in groupby(zip(line.plain, styles, strict=True), lambda c: (c[1], cell_len(c[0]) == 2)):
        run = "".join(character for character, _ in group)
        # not every viewer keeps spaces: words more than one apart are placed each for itself
        for words in [re.match(".*", run)] if wide else re.finditer(r"\S+(?: \S+)*", run):
            if words:
                yield words[0], style, at + words.start(), cell_len(words[0])
        at += cell_len(run)


def _class(style: str) -> str:
    found = [name for name, said in CLASSES.items() if said in style.split()]
    return f' class="{" ".join(found)}"' if found else ""


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
