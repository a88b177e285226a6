"""Looking is light: what only writing, asking or installing needs stays out of a process that reads or shows help.

A coordinator looks ten times for each time she writes; SQLModel alone would double the wait. No clock is asked here:
the shape is what is kept, `make bench` measures.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.desk import EXAMPLES, Desk, copy
from toshima_cli.commands import TABLE

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "questionary",
    "prompt_toolkit",
    "icalendar",
    "jinja2",
    "openpyxl",
    "xlsxwriter",
    "babel",
    "psycopg",
)
PARSER = ("typer", "pydantic", "rich")

PROBE = """
import sys
from toshima_cli import app
for line in sys.argv[2].split("\\n"):
    code = app.main(line.split("\\t"))
    if code:
        break
with open(sys.argv[1], "w") as file:
    kept = (name for name in sys.modules if "." not in name or name.startswith("toshima_cli."))
    file.write(" ".join([str(code), *sorted(kept)]))
"""

HELPS = [
    words for entry in TABLE for words in ([entry.name, "--help"], *([entry.name, sub, "--help"] for sub in entry.subs))
]

LOOKS = (
    "status",
    "caseload",
    "caseload --coordinator k03",
    "outreach list",
    "show 2026-0001",
    "map 2026-0001",
    "find 髙橋",
    "gate 2026-0001",
    "agenda M2026-0003",
    "meetings",
    "windows",
    "programmes",
    "bodies",
    "staff list --all",
    "show 2026-0001 --timeline",
    "route 2026-0001",
    "report monthly --month 2026-11",
    "report form plan 2026-0001",
    "journal",
    "journal --verify",
)


@pytest.fixture(scope="module")
def desk(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(copy(demonstration, tmp_path_factory.mktemp("light") / "books.db"), today="2027-03-19")


def loaded(words: Sequence[str], tmp_path: Path, *more: Sequence[str], **env: str) -> set[str]:
    """The top-level modules in memory after one line (and more, in the same process), each of which must end in 0."""
    note = tmp_path / "modules"
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(note), "\n".join("\t".join(line) for line in (words, *more))],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=EXAMPLES,
        env={**Desk(tmp_path / "none.db").environment(), **env},
    )
    code, *modules = note.read_text().split()
    assert code == "0", done.stderr
    assert done.stdout or "-o" in words
    return set(modules)


def test_no_help_loads_anything_heavy(tmp_path: Path) -> None:
    if loaded(HELPS[0], tmp_path, *HELPS[1:]) & set(HEAVY):
        guilty = {" ".join(words): found for words in HELPS if (found := loaded(words, tmp_path) & set(HEAVY))}
        assert guilty == {}


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["help"]], ids=" ".join)
def test_the_root_answers_before_the_parser_is_loaded(words: list[str], tmp_path: Path) -> None:
    found = loaded(words, tmp_path)
    assert found & {*HEAVY, *PARSER, "sqlite3", "aiosql"} == set()
    # a case is some twenty frozen classes: as much again as the whole answer
    assert "toshima_cli.domain.case" not in found
    assert "toshima_cli.domain.verdict" in found, "no module of ours was seen: the test would be blind"


TABS = (
    "",
    "caseload --st",
    "caseload --stage w",
    "show ",
    "consent 2026-0001 ",
    "agenda ",
    "route 2026-0001 --to ",
    "report monthly --row ",
)


@pytest.mark.parametrize("line", TABS)
def test_a_tab_is_answered_before_the_parser_is_loaded(line: str, desk: Desk, tmp_path: Path) -> None:
    found = loaded(["__complete", "fish", "toshima", *line.split(" ")], tmp_path, **desk.environment())
    assert found & {*HEAVY, *PARSER, "aiosql"} == set()
    assert "toshima_cli.domain.case" not in found
    assert ("sqlite3" in found) == (line[-1:] == " "), "what is in the books was not read, or read in vain"


@pytest.mark.parametrize("line", LOOKS)
def test_a_look_loads_nothing_heavy(line: str, desk: Desk, tmp_path: Path) -> None:
    found = loaded(line.split(), tmp_path, **desk.environment())
    assert found & set(HEAVY) == set()
    assert "sqlite3" in found, "nothing was read: the test would be blind"


def test_a_spreadsheet_is_what_loads_its_writer_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    line = f"report monthly --month 2026-11 -o {tmp_path / 'month.xlsx'}"
    found = loaded(line.split(), tmp_path, **desk.environment())
    assert found & set(HEAVY) == {"xlsxwriter"}


@pytest.mark.parametrize("line", ["status", "meetings", "agenda M2026-0003"])
def test_a_calendar_is_what_loads_its_writer_and_nothing_else(line: str, desk: Desk, tmp_path: Path) -> None:
    found = loaded([*line.split(), "-o", str(tmp_path / "days.ics")], tmp_path, **desk.environment())
    assert found & set(HEAVY) == {"icalendar"}


def test_writing_is_what_loads_it(desk: Desk, tmp_path: Path) -> None:
    words = ("staff", "add", "z09", "--name", "林", "--office", "福祉総務課", "--role", "coordinator")
    assert {"sqlmodel", "sqlalchemy"} <= loaded(words, tmp_path, **desk.environment())


def test_the_first_look_of_a_day_is_as_light_where_no_consent_ran_out(demonstration: Path, tmp_path: Path) -> None:
    """It leaves its mark, and the next look of the day has nothing to seek."""
    desk = Desk(copy(demonstration, tmp_path / "books.db"), today="2027-06-01")
    for _ in range(2):
        assert loaded(["caseload"], tmp_path, **desk.environment()) & {*HEAVY, "toshima_cli.flow"} == set()
    with closing(sqlite3.connect(desk.db)) as conn:
        marks = conn.execute("SELECT value FROM counter WHERE kind = 'swept'").fetchall()
    assert marks == [(20270601,)]


def test_a_save_that_turns_nothing_does_without_the_tables_of_what_turns(desk: Desk, tmp_path: Path) -> None:
    words = ("progress", "2026-0002", "--method", "phone", "--note", "電話")
    found = loaded(words, tmp_path, **desk.environment())
    assert "toshima_cli.tables" in found
    assert "toshima_cli.change_tables" not in found
