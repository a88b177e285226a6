"""How long a person waits, beside what she would use instead: `make bench`, or `python bench/run.py --cases 100000`.

Every line is a whole process, from start to end, on a copy of the books of its own. The lines take turns, so that a
machine that is busy for a while is busy for all of them; the first turn is thrown away, medians are taken of the rest.
Memory is the most a process ever had resident. This file imports the standard library only: on Linux a child's peak
begins with its parent's.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.fill import TODAY, fill  # the checkout is not on the path of a script
from toshima_cli.ui.shells import ASKED

CASE = "2017-0001"
FEW = 1000
MONTH = ("2026-10-01", "2026-11-01")

TRACED = r"""
import sqlite3, sys
from datetime import date
from toshima_cli.domain.report import Range
from toshima_cli.looks.report import monthly
conn = sqlite3.connect(sys.argv[1])
conn.row_factory = sqlite3.Row
said = []
conn.set_trace_callback(said.append)
monthly(conn, Range(date.fromisoformat(sys.argv[2]), date.fromisoformat(sys.argv[3])))
with open(sys.argv[4], "w", encoding="utf-8") as file:
    file.writelines(text.rstrip().removesuffix(";") + ";\n" for text in said)
"""
"""Writes down every statement the monthly report asks, with its values put in."""


@dataclass
class Line:
    """One line to measure: its words, beside which other line it stands, and how many times as long it may take."""

    name: str
    words: tuple[str, ...]
    beside: str = ""
    most: float = 0.0
    cases: int = 0
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def toshima() -> tuple[str, ...]:
    beside = Path(sys.executable).parent / ("toshima.exe" if os.name == "nt" else "toshima")
    return (str(beside),) if beside.exists() else (sys.executable, "-m", "toshima_cli")


def lines(books: dict[int, Path]) -> list[Line]:
    """What is measured; looks at the large books are measured at the small ones too."""
    typer, models, rows, sql = "import typer", "import typer, sqlmodel", "sqlite-utils rows", "its SQL in sqlite3"
    found = [
        Line(typer, (sys.executable, "-c", typer)),
        Line(models, (sys.executable, "-c", models)),
        Line("--help", (*toshima(), "--help"), typer, 2.0),
        Line("--version", (*toshima(), "--version"), typer, 2.0),
    ]
    many = max(books)
    tab = (ASKED, "bash", "toshima show 2026-", " =:", "9")
    found.append(Line("completion", (*toshima(), *tab), typer, 2.0, many))
    utils = Path(sys.executable).parent / "sqlite-utils"
    program = str(utils) if utils.exists() else shutil.which("sqlite-utils")
    if program:
        table = ("rows", str(books[many]), "case_file", "--limit", "20", "--table")
        found.append(Line(rows, (program, *table), cases=many))
    looks = {
        "caseload": ("caseload", "--limit", "20"),
        "caseload --coordinator k00": ("caseload", "--coordinator", "k00"),
        "status": ("--as", "k00", "status"),
        "show": ("show", CASE),
        "map": ("map", CASE),
        # as many as a terminal shows; into a pipe everybody would be written
        "find": ("find", "髙橋節子", "--limit", "50"),
        "find surname": ("find", "髙橋", "--limit", "50"),
        "find two words": ("find", "たかはし", "節子", "--limit", "50"),
        "gate": ("gate", CASE),
        "agenda": ("agenda", "M2026-0001"),
    }
    for cases in sorted(books, reverse=True):
        for name, words in looks.items():
            found.append(Line(name, (*toshima(), *words), rows if program else "", 1.5, cases))
    shell = shutil.which("sqlite3")
    if shell:
        said = books[many].with_suffix(".sql")
        subprocess.run([sys.executable, "-c", TRACED, str(books[many]), *MONTH, str(said)], check=True)
        found.append(Line(sql, (shell, str(books[many]), f".read '{said}'"), cases=many))
    report = ("report", "monthly", "--month", MONTH[0][:7])
    found.append(Line("report monthly", (*toshima(), *report), sql if shell else "", 1.5, many))
    told = ("progress", CASE, "--method", "phone", "--note", "話を聞いた", "--next", "2026-12-24")
    found.append(Line("progress", (*toshima(), *told), models, 1.6, many))
    return found


def run(line: Line, environment: dict[str, str], *, keep: bool) -> None:
    """One process; its answer must be there and its exit 0. Raises RuntimeError."""
    before = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(line.words, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment)
        megabytes = waited(process)
        seconds = time.perf_counter() - before
        if process.returncode != 0:
            err.seek(0)
            raise RuntimeError(f"{line.name}: {process.returncode}\n{err.read().decode(errors='replace')}")
    if keep:
        line.seconds.append(seconds)
        line.megabytes = max(line.megabytes, megabytes)


def waited(process: "subprocess.Popen[bytes]") -> float:
    """Wait for the end; gives the peak of resident memory in megabytes, 0 where the system does not say."""
    if not hasattr(os, "wait4"):
        process.wait()
        return 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return float(usage.ru_maxrss) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def made(folder: Path, cases: int) -> Path:
    """Books with so many cases and one sitting to come, made by the program, filled by plain SQL."""
    path = folder / f"{cases}.db"
    environment = desk(path)
    for words in (("init",), ("convene", "subcommittee", "--on", "2026-12-17")):
        subprocess.run([*toshima(), *words], env=environment, check=True, capture_output=True)
    fill(path, cases)
    return path


def desk(path: Path) -> dict[str, str]:
    ours = {"TOSHIMA_DB": str(path), "TOSHIMA_TODAY": TODAY, "TOSHIMA_LANG": "ja", "COLUMNS": "100"}
    return {name: value for name, value in os.environ.items() if not name.startswith("TOSHIMA_")} | ours


def measured(books: dict[int, Path], rounds: int, folder: Path) -> list[Line]:
    found = lines(books)
    environments = []
    for number, line in enumerate(found):
        copy = folder / f"copy{number}.db"
        if line.cases and line.words[: len(toshima())] == toshima():
            shutil.copyfile(books[line.cases], copy)
        environments.append(desk(copy))
    for turn in range(rounds + 1):
        for line, environment in zip(found, environments, strict=True):
            run(line, environment, keep=turn > 0)
    return found


def table(found: Sequence[Line]) -> str:
    by_name = {(line.name, line.cases): line for line in reversed(found)}
    small = min((line.cases for line in found if line.cases), default=0)
    rows = [("", "cases", "seconds", "MB", "times", "beside", "at most")]
    for line in found:
        other = next((o for (name, _), o in by_name.items() if name == line.beside), None)
        times = f"{line.median / other.median:.2f}" if other else ""
        rows.append(
            (
                line.name,
                f"{line.cases:,}" if line.cases else "",
                f"{line.median:.3f}",
                f"{line.megabytes:.0f}" if line.megabytes else "",
                times,
                line.beside if other else "",
                f"{line.most:.1f}" if other else "",
            )
        )
        few = by_name.get((line.name, small))
        if few and line.cases > small:
            most = "1.5" if line.name.startswith("find") else "1.3"
            rows.append(("", "", "", "", f"{line.median / few.median:.2f}", f"the same with {small:,} cases", most))
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    left = {0, 5}
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Whole processes, medians, beside what one would use instead.")
    parser.add_argument("--cases", type=int, default=FEW, help="how many cases the books hold (default 1000)")
    parser.add_argument("--rounds", type=int, default=7, help="how many times each line is run (default 7)")
    given = parser.parse_args(argv)
    if given.cases < 1 or given.rounds < 1:
        parser.error("--cases and --rounds are at least 1")
    with tempfile.TemporaryDirectory(prefix="toshima-bench-") as place:
        folder = Path(place)
        books = {cases: made(folder, cases) for cases in {given.cases, min(given.cases, FEW)}}
        found = measured(books, given.rounds, folder)
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    print(f"{given.cases:,} cases, median of {given.rounds} runs\n")
    print(table(found))


if __name__ == "__main__":
    main(sys.argv[1:])
