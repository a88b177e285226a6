"""A desk to type at: the installed command as its own process, on a database of its own, on a day of its own."""

import contextlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from toshima_cli import app, books
from toshima_cli.sqlite_file import connect

ANYWHERE = str(Path(sys.executable)).isascii()
"""Python 3.11 reads the path of an editable installation in the letters of the locale: from a path with Japanese
letters it starts under UTF-8 only."""

EXAMPLES = Path(__file__).parent.parent / "examples"


@dataclass(frozen=True)
class Typed:
    """What came of one line."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)["data"]

    @property
    def error(self) -> Any:
        return json.loads(self.err)["error"]


@dataclass
class Desk:
    """`run("show", "2026-0001", today="2026-11-24")` types one line; `ok` also wants exit 0, `json` its data."""

    db: Path
    today: str = "2026-11-24"
    lang: str = "ja"

    def run(self, *words: str, today: str | None = None, stdin: str | None = None, **env: str) -> Typed:
        found = subprocess.run(
            [*command(), *words],
            input=stdin if stdin is not None else "",
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            env={**self.environment(today), **env},
            cwd=EXAMPLES,
        )
        return Typed(found.returncode, found.stdout, found.stderr)

    def environment(self, today: str | None = None) -> dict[str, str]:
        return {
            **os.environ,
            "TOSHIMA_DB": str(self.db),
            "TOSHIMA_TODAY": today or self.today,
            "TOSHIMA_LANG": self.lang,
        }

    def ok(self, *words: str, today: str | None = None, **env: str) -> Typed:
        typed = self.run(*words, today=today, **env)
        assert typed.code == 0, f"{words}: {typed.code}\n{typed.out}\n{typed.err}"
        return typed

    def json(self, *words: str, today: str | None = None) -> Any:
        return self.ok(*words, "-f", "json", today=today).data

    def refused(self, *words: str, today: str | None = None, code: int = 3) -> Any:
        typed = self.run(*words, "-f", "json", today=today)
        assert typed.code == code, f"{words}: {typed.code}\n{typed.out}\n{typed.err}"
        assert typed.out == ""
        return typed.error


def command() -> list[str]:
    """The `toshima` beside this Python, as `pip install` put it there."""
    beside = Path(sys.executable).parent / ("toshima.exe" if os.name == "nt" else "toshima")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "toshima_cli"]


def copy(template: Path, to: Path) -> Path:
    return Path(shutil.copy(template, to))


_migrate = books.upgrade


@cache
def _migrated() -> sqlite3.Connection:
    """New tables, made once: the migrations take as long as twenty lines typed."""
    kept = sqlite3.connect(":memory:")
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.closing(connect(Path(folder) / "books.db", create=True)) as made,
    ):
        _migrate(made)
        made.backup(kept)
    return kept


def upgrade(conn: sqlite3.Connection) -> None:
    """As `books.upgrade`; only what is empty is filled from what was made once."""
    if conn.execute("SELECT 1 FROM sqlite_schema").fetchone():
        _migrate(conn)
    else:
        _migrated().backup(conn)


class NearDesk(Desk):
    """The same desk without a process for every line: for tests of many lines. The journeys use the real one."""

    def run(self, *words: str, today: str | None = None, stdin: str | None = None, **env: str) -> Typed:
        given = {
            "TOSHIMA_DB": str(self.db),
            "TOSHIMA_TODAY": today or self.today,
            "TOSHIMA_LANG": self.lang,
            "TOSHIMA_NO_INPUT": "1",
            **env,
        }
        out, err = io.StringIO(), io.StringIO()
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            for name, value in given.items():
                patch.setenv(name, value)
            patch.setattr(books, "upgrade", upgrade)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((stdin or "").encode())))
            patch.chdir(EXAMPLES)
            code = app.main(words)
        return Typed(code, out.getvalue(), err.getvalue())
