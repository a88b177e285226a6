"""Each language speaks for itself: no English on a Japanese screen but what is typed so, no Japanese on an English one
but what was typed or is a name."""

import csv
import enum
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from docs import catalogue
from tests.desk import EXAMPLES, copy
from toshima_cli import app, context
from toshima_cli.commands import TABLE
from toshima_cli.domain import terms
from toshima_cli.settings import ROOT, Terminal

JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
WORD = re.compile("[A-Za-z][A-Za-z_]+")

NAMES = {
    "toshima",
    "CSW",
    "HSDS",
    "DV",
    "JSON",
    "CSV",
    "DOCTYPE",
    "Excel",
    "TOML",
    "xls",
    "xlsx",
    "UTC",
    "UTF",
    "SQLite",
    "PostgreSQL",
    "NUL",
    "Enter",
    "Ctrl",
    "Tab",
    "bash",
    "zsh",
    "fish",
    "PowerShell",
    "powershell",
    "bashrc",
    "eval",
    "SHELL",
}
"""Names and what has no Japanese."""

TYPED = {
    "table", "json", "jsonl", "csv", "tsv", "md", "ja", "en", "true", "false", "local", "last", "none", "unknown",
    "outside", "all", "people", "salon", "COMMAND", "FILE", "KEY", "window", "stage", "this", "population", "target",
    "data", "SHA", "refuse", "skip", "again",
}  # fmt: skip
"""Words as they are typed, beside commands and slugs."""


def _slugs() -> set[str]:
    of_terms = {
        member.value
        for kind in vars(terms).values()
        if isinstance(kind, type) and issubclass(kind, enum.StrEnum) and kind is not enum.StrEnum
        for member in kind
    }
    with (EXAMPLES.parent / "data" / "codes.csv").open(encoding="utf-8") as file:
        of_lists = {row["code"] for row in csv.DictReader(file)}
    return of_terms | of_lists


def _english(text: str, allowed: set[str]) -> list[str]:
    """Words of a Japanese text that are neither names, slugs, places, options, variables nor dotted names of rules."""
    bare = re.sub(r"\{\w+\}|--?[a-z][a-z-]*|TOSHIMA_\w+|\w+(\.\w+)+", "", text)
    return [word for word in WORD.findall(bare) if word not in allowed]


ALLOWED = NAMES | TYPED | _slugs() | {entry.name for entry in TABLE}


def test_japanese_texts_hold_no_english() -> None:
    messages = catalogue.messages(catalogue.read())
    found = {m.string: words for m in messages if (words := _english(str(m.string), ALLOWED))}
    assert found == {}


def test_english_texts_hold_no_japanese() -> None:
    messages = catalogue.messages(catalogue.read())
    assert [m.id for m in messages if JAPANESE.search(str(m.id))] == []


def _commands() -> Iterator[tuple[str, ...]]:
    yield ()
    for entry in TABLE:
        yield (entry.name,)
        yield from ((entry.name, sub) for sub in entry.subs)


def _said(words: tuple[str, ...], lang: str, db: str = "", *, columns: int = 80) -> str:
    out = io.StringIO()
    here = context.desk("2027-03-19", TOSHIMA_LANG=lang, TOSHIMA_DB=db)
    with redirect_stdout(out), redirect_stderr(out), here:
        app.main(list(words), terminal=Terminal(stdout=True, stderr=True, columns=columns))
    return out.getvalue()


_METAVARS = {
    word
    for path in (*(catalogue.PACKAGE / "commands").glob("*.py"), catalogue.PACKAGE / "filling.py")
    for line in re.findall(r"(?:opt|arg)\(([^()]*)\)", path.read_text(encoding="utf-8"))
    for word in re.findall("[A-Z]{1,}", line)
} | {"OPTIONS", "FORMAT", *(takes for takes, _ in ROOT.values() if takes)}


@pytest.mark.parametrize("words", list(_commands()), ids=" ".join)
def test_a_help_speaks_its_language(words: tuple[str, ...]) -> None:
    japanese = _prose(_said((*words, "--help"), "ja"))
    assert _english(japanese, ALLOWED | _METAVARS | {sub for e in TABLE for sub in e.subs}) == []
    assert JAPANESE.findall(_prose(_said((*words, "--help"), "en"))) == []


def _prose(text: str) -> str:
    """Without lines to paste: what they carry is typed."""
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("toshima ") or "--help" in line)


@pytest.fixture(scope="module")
def books(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(demonstration, tmp_path_factory.mktemp("languages") / "books.db")


LOOKS = (
    "status", "caseload", "outreach list", "show 2026-0001", "map 2026-0001", "gate 2026-0001", "route 2026-0001",
    "agenda M2026-0003", "meetings", "find 髙橋", "staff list", "resource list", "gap list", "journal",
    "plan 2026-0001 --list", "report monthly --month 2026-11", "report monthly --month 2026-11 --explain", "windows",
    "programmes", "bodies",
    "show 2026-0099", "progress 2026-0001", "close 2026-0001 --reason resolved", "plan 2026-0002 --goal x",
    "consent 2026-0002 A --given --refused --on 2026-02-30", "intake --window nowhere --person A --concern A:job!",
)  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_an_english_screen_shows_no_japanese_but_what_the_books_hold(books: Path, look: str) -> None:
    said = _said(tuple(look.split()), "en", str(books), columns=400)
    known = _kept(books)
    assert [word for word in JAPANESE.findall(_prose(said)) if word not in known and word not in look] == []


BY_KEY = ("journal", "report monthly --month 2026-11 --explain")
"""What shows the names of fields and figures as json has them."""


def _kept(db: Path) -> str:
    with closing(sqlite3.connect(db)) as kept:
        tables = [name for (name,) in kept.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return "\n".join(
            str(cell) for table in tables for row in kept.execute(f'SELECT * FROM "{table}"') for cell in row
        )


@pytest.mark.parametrize("look", [look for look in LOOKS if look not in BY_KEY])
def test_a_japanese_screen_shows_no_english_but_what_is_typed(books: Path, look: str) -> None:
    said = _prose(_said(tuple(look.split()), "ja", str(books), columns=400))
    known = set(WORD.findall(_kept(books))) | _METAVARS
    assert [word for word in _english(said, ALLOWED) if word not in known and word not in look] == []
