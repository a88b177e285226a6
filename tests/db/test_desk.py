"""The desk's own file: drafts that survive, belong to one person and one set of books, and never stop anybody."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from toshima_cli.desk import VERSION, Desk, Unusable

NOW = "2026-10-05T01:42:00.000000Z"
SAID = {"given": {}, "answers": {"--window": "csw"}, "settled": ["--window"], "half": None}


def desk(path: Path, *, books: str = "books", staff: str = "k03", writer: str = "one", now: str = NOW) -> Desk:
    return Desk(path, books, staff, lambda: now, writer)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "desk.db"


def test_what_was_said_is_there_again_for_its_books_and_its_person_only(path: Path) -> None:
    one = desk(path)
    assert one.drafts() == []
    assert not path.exists(), "looking makes no file"
    number = one.keep(None, "intake", SAID)
    assert one.keep(number, "intake", {**SAID, "half": ["--on", "10/"]}) == number
    (found,) = desk(path, writer="two").drafts()
    assert (found.number, found.command, found.started_at, found.said["half"]) == (
        number,
        "intake",
        NOW,
        ["--on", "10/"],
    )
    assert desk(path, books="others").drafts() == []
    assert desk(path, staff="k04").drafts() == []


def test_an_editor_writes_in_a_file_of_its_books_its_person_and_its_draft_only(path: Path) -> None:
    mine = desk(path).beside(1, "note")
    others = {
        desk(path, books="others").beside(1, "note"),
        desk(path, staff="k04").beside(1, "note"),
        desk(path).beside(2, "note"),
        desk(path).beside(1, "needs"),
    }
    assert (mine.parent, mine in others, len(others)) == (path.parent, False, 4)
    assert desk(path, writer="two").beside(1, "note") == mine
    # where no draft can be kept, it is of this terminal
    assert desk(path).beside(0, "note") != desk(path, writer="two").beside(0, "note")


def test_the_newest_stands_first(path: Path) -> None:
    numbers = [desk(path, now=f"2026-10-05T0{hour}:00:00.000000Z").keep(None, "intake", SAID) for hour in (3, 1, 2)]
    assert [draft.number for draft in desk(path).drafts()] == [numbers[0], numbers[2], numbers[1]]


def test_a_draft_taken_over_is_left_alone_and_nothing_of_either_terminal_is_lost(path: Path) -> None:
    first, second = desk(path), desk(path, writer="two")
    number = first.keep(None, "intake", SAID)
    second.take(number)
    second.keep(number, "intake", {**SAID, "answers": {"--window": "kaigo"}})
    own = first.keep(number, "intake", {**SAID, "answers": {"--window": "josei"}})
    assert own != number
    assert {d.number: d.said["answers"]["--window"] for d in first.drafts()} == {number: "kaigo", own: "josei"}
    first.forget(number)
    assert {d.number for d in first.drafts()} == {number, own}, "it is the other one's now"
    second.forget(number)
    assert {d.number for d in first.drafts()} == {own}


def test_what_is_forgotten_is_gone_from_the_file(path: Path) -> None:
    one = desk(path)
    one.forget(one.keep(None, "intake", {**SAID, "answers": {"--note": "MARKER-OF-A-PERSON"}}))
    one.close()
    assert all(b"MARKER-OF-A-PERSON" not in file.read_bytes() for file in path.parent.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="the mode of a file is a Unix thing")
def test_file_and_folder_are_for_their_owner_alone_whatever_the_umask(path: Path) -> None:
    old = os.umask(0)
    try:
        one = desk(path)
        one.keep(None, "intake", SAID)
        files = [path.parent, *path.parent.iterdir()]
        assert all(file.stat().st_mode & 0o077 == 0 for file in files), files
    finally:
        os.umask(old)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    path.parent.mkdir()
    path.symlink_to(victim)
    with pytest.raises(Unusable):
        desk(path).keep(None, "intake", SAID)
    assert victim.read_text() == "untouched"


def test_a_file_that_is_not_ours_is_not_touched(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"something else entirely" * 100)
    with pytest.raises(Unusable):
        desk(path).drafts()
    assert path.read_bytes() == b"something else entirely" * 100


def test_a_file_of_a_newer_version_is_left_as_it_is(path: Path) -> None:
    desk(path).keep(None, "intake", SAID)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA user_version={VERSION + 1}")
    with pytest.raises(Unusable):
        desk(path).keep(None, "intake", SAID)


def test_a_draft_nobody_can_read_any_more_is_unusable_and_no_fault(path: Path) -> None:
    desk(path).keep(None, "intake", SAID)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE draft SET said = '{'")
        conn.commit()
    with pytest.raises(Unusable):
        desk(path).drafts()


SCRIPT = """
import os, sys
from pathlib import Path
from toshima_cli.desk import Desk
desk = Desk(Path(sys.argv[1]), "books", "k03", lambda: "2026-10-05T01:42:00.000000Z", str(os.getpid()))
number = None
for n in range(200):
    number = desk.keep(number, "intake", {"given": {}, "answers": {"n": str(n)}, "settled": [], "half": None})
    print(n, flush=True)
"""


def test_what_was_acknowledged_survives_kill_9(path: Path) -> None:
    for stop_at in (0, 1, 57):
        child = subprocess.Popen([sys.executable, "-c", SCRIPT, str(path)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        with child.stdout as lines:
            kept = next(int(line) for line in lines if int(line) == stop_at)
            child.kill()
        child.wait(timeout=30)
        newest = max(desk(path).drafts(), key=lambda draft: draft.number)
        assert int(newest.said["answers"]["n"]) >= kept


def test_many_terminals_at_once(path: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, str(path)], stdout=subprocess.DEVNULL) for _ in range(4)
    ]
    assert [child.wait(timeout=60) for child in children] == [0] * 4
    assert [draft.said["answers"]["n"] for draft in desk(path).drafts()] == ["199"] * 4
