"""What SQLite says of a file, told apart by its own codes; what it says of our statements is a fault of ours."""

import csv
import io
import sqlite3
from pathlib import Path

import pytest

from tests.db.shipped import rows
from tests.desk import Desk, NearDesk
from toshima_cli.exits import StoreTrouble
from toshima_cli.sqlite_errors import trouble


def failed(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("…")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_BUSY, "written by someone else"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "written by someone else"),
        (sqlite3.SQLITE_LOCKED, "written by someone else"),
        (sqlite3.SQLITE_FULL, "full"),
        (sqlite3.SQLITE_READONLY, "cannot be written"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "cannot be written"),
        (sqlite3.SQLITE_CORRUPT, "cannot be read"),
        (sqlite3.SQLITE_NOTADB, "cannot be read"),
        (sqlite3.SQLITE_IOERR, "cannot be read"),
    ],
)
def test_by_its_code(tmp_path: Path, code: int, said: str) -> None:
    found = trouble(tmp_path / "books.db", failed(code))
    assert isinstance(found, StoreTrouble)
    assert said in found.what.text


def test_a_medium_that_cannot_be_written_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    found = trouble(tmp_path / "books.db", failed(sqlite3.SQLITE_CANTOPEN))
    assert isinstance(found, StoreTrouble)
    assert "cannot be written" in found.what.text


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_ERROR, None])
def test_an_error_of_ours_is_not_blamed_on_the_books(tmp_path: Path, code: int | None) -> None:
    error = failed(code) if code else sqlite3.ProgrammingError("…")
    assert trouble(tmp_path / "books.db", error) is error


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16"])
def test_a_towns_windows_come_as_its_office_saves_them(tmp_path: Path, encoding: str) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows("windows")[0]))
    writer.writeheader()
    writer.writerow({**rows("windows")[0], "name": "髙島町の窓口"})
    (tmp_path / "windows.csv").write_bytes(out.getvalue().encode(encoding))
    desk = NearDesk(tmp_path / "books.db")
    desk.ok("init", "--windows", str(tmp_path / "windows.csv"))
    assert [window["name"] for window in desk.json("windows")] == ["髙島町の窓口"]


@pytest.mark.parametrize("content", [b'code,name\n"csw,x\n', b"code\n", "code,name\nあ\n".encode("euc_jp"), b""])
def test_a_list_that_cannot_be_used_leaves_nothing_behind(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "windows.csv").write_bytes(content)
    desk = Desk(tmp_path / "books.db")
    assert desk.refused("init", "--windows", str(tmp_path / "windows.csv"), code=2)["code"] == 2
    assert [found.name for found in tmp_path.iterdir()] == ["windows.csv"]
