"""The world of the flows: household A engaged on 15 October 2026 (A, B, C; nobody asked yet), typed in this process."""

from pathlib import Path

import pytest

from tests.desk import NearDesk, copy

CASE = "2026-0001"


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office and its people, no case yet."""
    db = tmp_path_factory.mktemp("staffed") / "books.db"
    desk = NearDesk(db, today="2026-10-05")
    desk.ok("init")
    desk.ok("staff", "add", "k03", "--name", "青木", "--office", "福祉総務課", "--role", "coordinator")
    desk.ok("staff", "add", "c01", "--name", "森", "--office", "CSW", "--window", "csw")
    desk.ok("staff", "add", "e01", "--name", "原", "--office", "高齢", "--window", "korei-sogo")
    return db


@pytest.fixture(scope="session")
def received(staffed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = copy(staffed, tmp_path_factory.mktemp("received") / "books.db")
    NearDesk(db, today="2026-10-05").ok("intake", "--from", "household_a.json")
    return db


@pytest.fixture(scope="session")
def engaged(received: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = copy(received, tmp_path_factory.mktemp("engaged") / "books.db")
    desk = NearDesk(db)
    desk.ok("route", CASE, "--complex", "--coordinator", "k03", today="2026-10-06")
    desk.ok("convene", "subcommittee", "--on", "2026-10-15", "--attendee", "k03", today="2026-10-08")
    desk.ok("attend", "M2026-0001", "k03", "c01", "e01", "--secrecy", today="2026-10-15")
    desk.ok("decide", "M2026-0001", "1", "--outcome", "approach", "--note", "訪問する", today="2026-10-15")
    return db


@pytest.fixture(scope="session")
def planned(engaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A and B consented on 2 November, C refused; a draft of 16 November for A and B waits for 19 November."""
    db = copy(engaged, tmp_path_factory.mktemp("planned") / "books.db")
    desk = NearDesk(db)
    for label in "AB":
        desk.ok(
            "consent", CASE, label, "--given", "--scope", "plan,sharing", "--method", "signature", today="2026-11-02"
        )
    desk.ok("consent", CASE, "C", "--refused", "--method", "oral", today="2026-11-02")
    desk.ok("plan", CASE, "--from", "plan_a.json", today="2026-11-16")
    desk.ok("convene", "subcommittee", "--on", "2026-11-19", today="2026-11-16")
    desk.ok("attend", "M2026-0002", "k03", "c01", today="2026-11-19")
    return db


def _desk(template: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(template, tmp_path / f"{template.parent.name}.db"))


@pytest.fixture
def at_reception(received: Path, tmp_path: Path) -> NearDesk:
    return _desk(received, tmp_path)


@pytest.fixture
def engaging(engaged: Path, tmp_path: Path) -> NearDesk:
    return _desk(engaged, tmp_path)


@pytest.fixture
def planning(planned: Path, tmp_path: Path) -> NearDesk:
    return _desk(planned, tmp_path)
