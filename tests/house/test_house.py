"""The arrows of the house that no linter draws: who may build, speak, leave, look at the wall; what every command is.

Import arrows are import-linter's (pyproject.toml), run here too, so that `make test` alone keeps the house.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from importlib import import_module
from inspect import getsource
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, modules, used
from toshima_cli.commands import PANELS, TABLE, Entry, called
from toshima_cli.context import READING
from toshima_cli.domain.verdict import Say

BUILDERS = {
    "toshima_cli.domain.seen.Seen": ("db.py",),
    "toshima_cli.domain.seen.Reference": ("db.py",),
    "toshima_cli.domain.consent.Permit": ("domain/consent.py",),
    # within the module that declares it the name needs no import
    "Seen": (),
    "Reference": (),
    "Permit": ("domain/consent.py",),
}
"""A look that was not journaled and a sharing that was not judged must not type-check (arrow 7): one place each."""

SPEAKING = {
    "print": "speaks",
    "input": "asks",
    "breakpoint": "asks",
    "SystemExit": "leaves",
    "exit": "leaves",
    "quit": "leaves",
    "sys.exit": "leaves",
    "os._exit": "leaves",
    "os.abort": "leaves",
    "rich.console.Console": "speaks",
    "rich.print": "speaks",
    "typer.echo": "speaks",
    "typer.secho": "speaks",
    "typer.prompt": "asks",
    "typer.confirm": "asks",
    "getpass.getpass": "asks",
}

WALL = re.compile(
    r"""time(\.\w+)?$
    | datetime\.datetime\.(now|today|utcnow)$ | datetime\.date\.today$ | (datetime|date)\.(now|today|utcnow)$
    | os\.(environb?|getenvb?|putenv|getlogin|get_terminal_size)\b | (\.|sys\.\w+\.)isatty$ | shutil\.get_terminal_size$
    | platformdirs\b | getpass\b | locale\.getlocale$ | pathlib\.Path\.home$ | random\.(random|choice|randrange|seed)$
    | secrets\b | uuid\.uuid[14]$""",
    re.VERBOSE,
)
"""Clock, environment, terminal, chance: what makes the same line give another answer tomorrow or elsewhere."""


def built_elsewhere(name: str, tree: ast.Module) -> list[str]:
    return [
        f"{name}:{line} builds {what}"
        for what, line, called in used(tree)
        if called and what in BUILDERS and name not in BUILDERS[what]
    ]


def speaks(name: str, tree: ast.Module) -> list[str]:
    if name == "app.py" or name.startswith("ui/"):
        return []
    return [
        f"{name}:{line} {SPEAKING[what]}: {what}" for what, line, called in used(tree) if called and what in SPEAKING
    ]


def looks_at_the_wall(name: str, tree: ast.Module) -> list[str]:
    if name == "context.py":
        return []
    return [f"{name}:{line} {what}" for what, line, _ in used(tree) if WALL.match(what)]


Rule = Callable[[str, ast.Module], list[str]]


class TestTheDoors:
    def test_there_is_something_to_look_at(self) -> None:
        assert {"app.py", "db.py", "context.py", "ui/out.py", "domain/consent.py"} <= set(modules())

    @pytest.mark.parametrize("rule", [built_elsewhere, speaks, looks_at_the_wall], ids=lambda rule: rule.__name__)
    def test_hold_everywhere(self, rule: Rule) -> None:
        assert [line for name, tree in modules().items() for line in rule(name, tree)] == []

    @pytest.mark.parametrize(
        "source",
        [
            "from toshima_cli.domain.seen import Seen\nSeen(1, 2)",
            "from toshima_cli.domain.seen import Seen as S\nS(1, 2)",
            "from toshima_cli.domain import seen\nseen.Reference(1)",
            "import toshima_cli.domain.seen\ntoshima_cli.domain.seen.Seen(1, 2)",
            "from toshima_cli.domain.consent import Permit\nPermit()",
        ],
    )
    def test_building_is_seen_however_it_is_written(self, source: str) -> None:
        assert built_elsewhere("flow/route.py", ast.parse(source))
        assert built_elsewhere("db.py", ast.parse(source)) == [] or "Permit" in source

    @pytest.mark.parametrize(
        "source",
        [
            "print(1)",
            "input()",
            "raise SystemExit",
            "raise SystemExit(1)",
            "import sys\nsys.exit(0)",
            "from sys import exit as leave\nleave(0)",
            "import os\nos._exit(0)",
            "from rich.console import Console\nConsole()",
        ],
    )
    def test_speaking_is_seen_however_it_is_written(self, source: str) -> None:
        assert speaks("flow/route.py", ast.parse(source))
        assert speaks("ui/out.py", ast.parse(source)) == []

    @pytest.mark.parametrize(
        "source",
        [
            "import time\ntime.monotonic()",
            "from time import time\ntime()",
            "import datetime\ndatetime.date.today()",
            "from datetime import date\ndate.today()",
            "from datetime import datetime as d\nd.now()",
            "import os\nos.environ['TOSHIMA_DB']",
            "from os import getenv\ngetenv('TOSHIMA_DB')",
            "import sys\nsys.stdout.isatty()",
            "stream.isatty()",
            "import platformdirs",
        ],
    )
    def test_the_wall_is_seen_however_it_is_written(self, source: str) -> None:
        assert looks_at_the_wall("flow/route.py", ast.parse(source))
        assert looks_at_the_wall("context.py", ast.parse(source)) == []

    @pytest.mark.parametrize("source", ["store.today", "w.today()", "store.now()", "now()", "date(2026, 1, 1)"])
    def test_what_is_handed_in_is_not_the_wall(self, source: str) -> None:
        assert looks_at_the_wall("flow/route.py", ast.parse(source)) == []


def module_of(entry: Entry) -> str:
    """`import_` of `import`, which Python keeps for itself."""
    return entry.module.rpartition(".")[2]


@pytest.mark.parametrize("entry", TABLE, ids=lambda entry: entry.name)
class TestEveryCommand:
    def test_its_module_says_what_the_table_says(self, entry: Entry) -> None:
        module = import_module(entry.module)
        assert entry.help == module.HELP
        assert entry.panel in PANELS
        assert called(entry.name) is entry

    def test_it_shows_two_lines_that_are_its_own(self, entry: Entry) -> None:
        module = import_module(entry.module)
        subs = getattr(module, "COMMANDS", None)
        shown = (
            {(entry.name,): module.EXAMPLES}
            if subs is None
            else {(entry.name, word): sub.examples for word, sub in subs.items()}
        )
        for words, examples in shown.items():
            assert len(set(examples)) >= 2, words
            for example in examples:
                typed = example.split()
                assert typed[0] == "toshima"
                place = typed.index(words[0])
                assert typed[place : place + len(words)] == list(words), example

    def test_it_is_one_command_or_a_group(self, entry: Entry) -> None:
        module = import_module(entry.module)
        assert entry.subs == tuple(getattr(module, "COMMANDS", {}))
        assert bool(entry.subs) != hasattr(module, "run")
        for sub in getattr(module, "COMMANDS", {}).values():
            assert isinstance(sub.help, Say)

    def test_it_is_small_and_holds_no_sql(self, entry: Entry) -> None:
        text = (PACKAGE / "commands" / f"{module_of(entry)}.py").read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 150
        assert not re.search(r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b", text)


def test_every_file_of_commands_stands_in_the_table() -> None:
    found = {path.stem for path in (PACKAGE / "commands").glob("*.py")} - {"__init__"}
    assert found == {module_of(entry) for entry in TABLE}


def long_files(paths: Iterable[Path], most: int) -> list[str]:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return [f"{path}: {length}" for path, length in lengths.items() if length > most]


def test_the_commands_that_only_read_are_named() -> None:
    """A command writes by a function of `flow/`, named in its file; two have a module of their own that names it."""
    silent = set[str]()
    for entry in TABLE:
        module = import_module(entry.module)
        runs = (
            {entry.name: module} if not entry.subs else {f"{entry.name}.{w}": s.run for w, s in module.COMMANDS.items()}
        )
        silent |= {name for name, run in runs.items() if "toshima_cli.flow" not in getsource(run)}
    assert silent - {"demo", "import.cases"} == set(READING)


def test_no_file_of_the_program_is_long() -> None:
    generated = PACKAGE / "migrations" / "versions"
    paths = [
        *(path for path in PACKAGE.rglob("*.py") if generated not in path.parents),
        *(path for folder in ("bench", "docs", "examples") for path in (ROOT / folder).rglob("*.py")),
    ]
    assert len(paths) > 50
    assert long_files(paths, 400) == []


TEXTS = {".py", ".sql", ".md", ".toml", ".csv", ".sh", ".json", ".po", ".yml", ".yaml", ".mako"}


def test_nothing_is_left_to_do() -> None:
    """A promise in a comment is kept by nobody: what is missing is said in the README, or done."""
    word = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
    here = [ROOT / folder for folder in ("toshima_cli", "tests", "bench", "docs", "examples", "data")]
    paths = [*ROOT.glob("*.md"), *(p for folder in here for p in folder.rglob("*") if p.suffix in TEXTS)]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if word.search(line)
    ]
    assert found == []


DATABASE = {"sqlite3", "aiosql", "sqlmodel", "sqlalchemy", "alembic", "psycopg"}


def test_whoever_keeps_the_books_is_named_in_the_contracts() -> None:
    """A new module that imports a database library would otherwise be held by no arrow."""
    keepers = {
        f"toshima_cli.{name.removesuffix('.py').partition('/')[0]}"
        for name, tree in modules().items()
        if DATABASE & {what.partition(".")[0] for what, _, _ in used(tree)}
    }
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    two, four = (next(c for c in contracts if c["name"].startswith(number)) for number in ("2.", "4."))
    assert keepers <= set(two["source_modules"])
    assert keepers <= set(four["forbidden_modules"])
    assert {f"toshima_cli.{room}" for room in ("flow", "commands", "ui")} <= set(two["forbidden_modules"])


def test_the_import_arrows_hold() -> None:
    """The contracts of pyproject.toml, from a process of its own: import-linter changes what is importable."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
