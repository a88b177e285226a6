"""Every screen keeps inside its terminal and its columns in line, however hard the names on it are to draw.

Widths are measured by `wcwidth`, which is not ours.
"""

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from wcwidth import wcswidth

from tests.desk import NearDesk, copy
from toshima_cli import app, context
from toshima_cli.settings import Terminal

TODAY = "2027-03-19"

NAMES = (
    ("髙\U000e0100﨑 𠮷\U000e0101子", "たかさき よしこ"),  # variation selectors, a surrogate pair
    ("ﾀﾞﾃﾞ ｶﾂﾞﾐ", "ﾀﾞﾃﾞ ｶﾂﾞﾐ"),  # half-width kana, their dakuten cells of their own
    ("か\u3099き\u3099 く\u3099", "か\u3099き\u3099 く\u3099"),  # combining dakuten
    ("Ｍａｒｉａ　Ｓｉｌｖａ", "マリア シルバ"),
    ("Wolfeschlegelsteinhausenberger", None),  # thirty letters without a space
    ("寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る", "じゅげむじゅげむごこうのすりきれ"),
    ("محمد عبد الرحمن", None),
    ("สมชาย ใจดี้", None),
    ("राम कुमारी", None),
    ("👩\u200d👩\u200d👧 家", None),
    ("一", "い"),
    ("\u202e山田\u200b 太郎", None),
)

LOOKS = (
    "caseload",
    "caseload --by stage",
    "outreach list",
    "find 0",
    "status",
    "meetings",
    "agenda M2026-0003",
    "staff list --all",
    "resource list",
    "gap list",
    "plan 2026-0001 --list",
    "report monthly --month 2026-11",
    "report monthly --month 2026-11 --row cases.opened --explain",
    "journal --limit 30",
    "windows",
    "windows csw",
    "programmes",
    "bodies",
    "show 2026-0001",
    "map 2026-0001",
    "gate 2026-0001",
    "route 2026-0001",
    *(f"{look} 2026-{n:04}" for n in range(2, 6) for look in ("show", "map", "gate")),
    "--help",
    "intake --help",
    "show 2026-0099",
    "plan 2026-0001 --from plan_abc.json",
    "consent 2026-0001 A",
)


@pytest.fixture(scope="module")
def hard(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> NearDesk:
    """Household A's books and some beside it, everybody renamed."""
    desk = NearDesk(copy(demonstration, tmp_path_factory.mktemp("hard") / "books.db"), today=TODAY)
    people = [(case["case"], p["label"]) for case in desk.json("caseload") for p in case["people"]]
    people += [("2026-0001", label) for label in "ABC"]
    for n, (case, label) in enumerate(people):
        name, kana = NAMES[n % len(NAMES)]
        phone = ("--phone", f"03-{n:04}")
        named = ("--name", name, "--kana", kana or "none", *phone, "--reason", "x")
        desk.ok("person", "edit", case, label, *named, *(("--on", "2027-03-01") if case == "2026-0001" else ()))
    for n, (name, _) in enumerate(NAMES):
        desk.ok("staff", "add", f"s{n}", "--name", name, "--office", f"{name} {name}")
        desk.ok(
            "resource", "add", f"r{n}", "--name", name, "--owner", name, "--place", name, "--offers", f"{name}、" * 3
        )
        case = f"2026-{n % 5 + 1:04}"
        desk.run(
            "progress", case, "--method", "visit", "--note", f"{name}さんと話した", "--next", TODAY, "--next-what", name
        )
        desk.run("gap", "add", "--kind", "resource", "--text", f"{name * 4} の居場所")
    return desk


def drawn(desk: NearDesk, look: str, columns: int, lang: str) -> list[str]:
    out = io.StringIO()
    terminal = Terminal(stdout=True, stderr=True, columns=columns)
    with redirect_stdout(out), redirect_stderr(out), context.desk(TODAY, TOSHIMA_DB=str(desk.db), TOSHIMA_LANG=lang):
        app.main(look.split(), terminal=terminal)
    return out.getvalue().split("\n")


def too_wide(lines: list[str], columns: int) -> Iterator[str]:
    """Lines over the edge that might have been broken: no line to paste, no single word."""
    for line in lines:
        words = [word for word in line.split() if word not in ("|", "|--", "`--")]
        if wcswidth(line) > columns and words[0] != "toshima" and len(words) > 1:
            yield line


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("columns", [20, 40, 80, 120])
def test_no_line_is_wider_than_the_terminal(hard: NearDesk, columns: int, lang: str) -> None:
    found = {look: [*too_wide(drawn(hard, look, columns, lang), columns)] for look in LOOKS}
    assert {look: lines for look, lines in found.items() if lines} == {}


def starts(line: str) -> list[int]:
    """The cells at which the columns of a line begin: after two blanks at least."""
    return [wcswidth(line[: found.start(1)]) for found in re.finditer(r"(?:^| {2,})([^ ])", line)]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("columns", [80, 120, 200])
@pytest.mark.parametrize("look", ["caseload", "find 0", "staff list --all", "resource list", "gap list", "meetings"])
def test_every_row_begins_its_columns_where_the_titles_do(hard: NearDesk, look: str, columns: int, lang: str) -> None:
    lines = [line for line in drawn(hard, look, columns, lang) if line]
    head = next(n for n, line in enumerate(lines) if len(starts(line)) > 2 and not re.search("[0-9]", line))
    places = set(starts(lines[head]))
    rows = [line for line in lines[head + 1 :] if "--limit" not in line]
    assert [line for line in rows if not _fits(line, places)] == []


def _fits(line: str, places: set[int]) -> bool:
    """Whether everything on the line that stands after two blanks begins a column, or, a number, ends one."""
    return all(place in places or line.split()[-1].isdigit() for place in starts(line))


LISTS = ("caseload", "find 0", "staff list --all", "resource list", "gap list", "meetings", "windows", "programmes")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_sign_that_japanese_terminals_draw_twice_as_wide_stands_before_a_column(hard: NearDesk, lang: str) -> None:
    """①○→… take one cell or two, by the terminal; what comes after them in a line must not be a column."""
    found = []
    for look in (*LISTS, "bodies", "outreach list", "plan 2026-0001 --list", "journal --limit 30"):
        for line in drawn(hard, look, 160, lang):
            before = "".join(re.findall(r"[^ ]+(?= {2,}[^ ])", line))
            found += [(look, char) for char in before if east_asian_width(char) == "A" and wcswidth(char)]
    assert found == []
