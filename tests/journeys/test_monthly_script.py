"""`examples/monthly.sh`, as a scheduler runs it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "examples" / "monthly.sh"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a script of the Unix shell")


@pytest.fixture
def told(demonstration: Path, tmp_path: Path) -> Path:
    """The demonstration, whose people have names."""
    return Path(shutil.copy(demonstration, tmp_path / "books.db"))


def run(
    books: Path, folder: Path | None, tmp_path: Path, today: str = "2026-12-01"
) -> subprocess.CompletedProcess[str]:
    beside = tmp_path / "bin"
    beside.mkdir(exist_ok=True)
    program = beside / "toshima"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m toshima_cli "$@"\n')
    program.chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{beside}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "TOSHIMA_DB": str(books),
        "TOSHIMA_TODAY": today,
        "TOSHIMA_LANG": "ja",
    }
    words = ["sh", str(SCRIPT), *([str(folder)] if folder else [])]
    return subprocess.run(words, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def test_it_makes_last_month_once_and_says_nothing(told: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    done = run(told, folder, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(path.name for path in folder.iterdir()) == ["2026-11.xlsx", "2026-11.xlsx.manifest.json"]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    manifest = json.loads((folder / "2026-11.xlsx.manifest.json").read_text(encoding="utf-8"))
    assert manifest["data"]["month"] == "2026-11"
    before = (folder / "2026-11.xlsx").read_bytes()
    again = run(told, folder, tmp_path, today="2026-12-02")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert (folder / "2026-11.xlsx").read_bytes() == before
    run(told, folder, tmp_path, today="2027-01-04")
    assert (folder / "2026-12.xlsx").exists()


def test_the_exit_codes_are_handed_on(told: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    missing = run(tmp_path / "none.db", folder, tmp_path)
    assert missing.returncode == 5
    assert missing.stderr
    assert list(folder.iterdir()) == []
    assert run(told, None, tmp_path).returncode == 2
    assert run(told, tmp_path / "nowhere", tmp_path).returncode == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_said(told: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir(mode=0o500)
    assert run(told, folder, tmp_path).returncode == 2
