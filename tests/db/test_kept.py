"""Nothing typed is lost: killed desks, many desks at once, a medium that cannot be written. POSIX only: it forks.

The world: books made by `init`, household A taken in; each desk notes progress through the program's own flow and
says a number only after the flow returned.
"""

import os
import random
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.desk import NearDesk, copy
from toshima_cli.domain.verdict import Done
from toshima_cli.exits import StoreTrouble
from toshima_cli.flow.progress import Told, record
from toshima_cli.opening import open_store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks desks, which this platform cannot")

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("kept") / "books.db"
    desk = NearDesk(db)
    desk.ok("init")
    desk.ok("intake", "--from", "household_a.json")
    # Everything is imported before a desk is forked, so that a desk is killed while writing, not while importing.
    note(copy(db, db.with_name("warm.db")))
    return db


def note(db: Path) -> str:
    store = open_store(str(db), actor="local", today=DAY, replayed=False, now=lambda: "2026-11-24T00:00:00Z")
    try:
        done = record(store, "2026-0001", Told(on=DAY, method="phone", text="様子をうかがった"))
        assert isinstance(done, Done)
        return done.number
    finally:
        store.close()


def numbers(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        halves = conn.execute("SELECT count(*) FROM act WHERE name = 'progress'").fetchone()[0]
        found = [row[0] for row in conn.execute("SELECT number FROM note ORDER BY id")]
        assert (
            len(found) == halves == conn.execute("SELECT count(*) FROM journal WHERE verb = 'progress'").fetchone()[0]
        )
        return found


def killed(db: Path, rounds: int, chance: random.Random) -> None:
    said: list[str] = []
    for _ in range(rounds):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                while True:
                    os.write(write, (note(db) + "\n").encode())
            finally:
                os._exit(1)
        os.close(write)
        time.sleep(chance.uniform(0.01, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(read, "rb") as answers:
            said += [line.decode() for line in answers.read().splitlines()]
    kept = numbers(db)
    assert said, "no desk got as far as an answer: the test would be blind"
    assert set(said) <= set(kept)
    assert kept == [f"2026-0001/N{n}" for n in range(1, len(kept) + 1)]


def test_what_was_acknowledged_survives_kill_9(books: Path, tmp_path: Path) -> None:
    killed(copy(books, tmp_path / "books.db"), 40, random.Random(1))


@pytest.mark.soak
def test_it_survives_a_thousand_kills(books: Path, tmp_path: Path) -> None:
    killed(copy(books, tmp_path / "books.db"), 1000, random.Random(2))


def at_once(db: Path, desks: int, notes: int) -> None:
    children = []
    for _ in range(desks):
        child = os.fork()
        if child == 0:
            try:
                for _ in range(notes):
                    note(db)
                os._exit(0)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * desks
    assert numbers(db) == [f"2026-0001/N{n}" for n in range(1, desks * notes + 1)]
    assert NearDesk(db).json("journal", "--verify")["ok"] is True


def test_many_desks_at_once_lose_nothing(books: Path, tmp_path: Path) -> None:
    at_once(copy(books, tmp_path / "books.db"), desks=8, notes=8)


@pytest.mark.soak
def test_nor_do_they_for_longer(books: Path, tmp_path: Path) -> None:
    at_once(copy(books, tmp_path / "books.db"), desks=8, notes=25)


def fill(db: Path, kept: list[str]) -> None:
    for _ in range(2000):
        kept.append(note(db))


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk, which needs root on Linux"
)
def test_a_full_disk_stops_with_a_sentence_and_keeps_what_was_there(books: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    size = books.stat().st_size + 120_000  # room for some acknowledged saves, and then none
    if os.system(f"mount -t tmpfs -o size={size} tmpfs '{disk}' 2>/dev/null") != 0:
        pytest.skip("this machine does not let us mount a disk")
    try:
        db = copy(books, disk / "books.db")
        kept: list[str] = []
        with pytest.raises(StoreTrouble) as stopped:
            fill(db, kept)
        assert stopped.value.code == 5
        assert "full" in stopped.value.what.text
        assert kept
        moved = tmp_path / "moved.db"
        for name in ("books.db", "books.db-wal"):
            if (disk / name).exists():
                shutil.copy(disk / name, moved.with_name(name.replace("books.db", "moved.db")))
        assert numbers(moved)[: len(kept)] == kept
    finally:
        os.system(f"umount '{disk}'")
