"""The world of the journeys: books made once by `init`, with the staff of the demonstration, copied for every test."""

from pathlib import Path

import pytest

from tests.desk import Desk, NearDesk, copy


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("template") / "books.db"
    desk = NearDesk(db, today="2026-10-01")
    desk.ok("init")
    desk.ok("staff", "add", "k03", "--name", "青木", "--office", "福祉総務課", "--role", "coordinator")
    desk.ok("staff", "add", "c01", "--name", "森", "--office", "CSW", "--window", "csw", "--role", "window_worker")
    desk.ok(
        "staff", "add", "e01", "--name", "原", "--office", "高齢", "--window", "korei-sogo", "--role", "window_worker"
    )
    return db


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Desk:
    return Desk(copy(template, tmp_path / "books.db"))


@pytest.fixture(scope="session")
def engaged(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Household A up to the approach of 15 October: complex, before consent."""
    db = copy(template, tmp_path_factory.mktemp("engaged") / "books.db")
    desk = NearDesk(db)
    desk.ok("intake", "--from", "household_a.json", today="2026-10-05")
    desk.ok("route", "2026-0001", "--complex", "--coordinator", "k03", today="2026-10-06")
    desk.ok("convene", "subcommittee", "--on", "2026-10-15", "--attendee", "k03", today="2026-10-08")
    desk.ok("attend", "M2026-0001", "k03", "c01", "e01", "--secrecy", today="2026-10-15")
    desk.ok("decide", "M2026-0001", "1", "--outcome", "approach", "--note", "訪問する", today="2026-10-15")
    return db


@pytest.fixture
def engaging(engaged: Path, tmp_path: Path) -> Desk:
    return NearDesk(copy(engaged, tmp_path / "books.db"))


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, drafts included."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"
