"""What two attendees of one sitting get in the ten lives and of household A, kept as papers a coordinator can read.

`papers/NN_name/README.md` says who gets which and why they differ, then tells it as the lives are told: the life is
lived up to the first day of the README, whose lines come after it. What a line writes with `-o` is kept beside it and
compared byte for byte; only the head of the journal, which hashes real moments, is replaced. What changed on purpose
is written anew, and read before it is committed:

    TOSHIMA_WRITE_SNAPSHOTS=1 .venv/bin/python -m pytest tests/journeys/test_papers_of_lives.py
"""

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.desk import NearDesk, copy
from tests.journeys.telling import LIVES, Line, live, told
from toshima_cli.demo import story

FOLDERS = sorted(path.parent for path in (Path(__file__).parent / "papers").glob("*/README.md"))
HOUSEHOLD_A = "00_household_a"

WRITE = os.environ.get("TOSHIMA_WRITE_SNAPSHOTS") == "1"
"""Read while the tests are collected: nobody's office has TOSHIMA_* settings."""

HEAD = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
SIGN = b"0" * 64

LOOKS = {"show", "report", "gate", "find", "caseload", "status", "map", "journal"}
"""What changes nothing in a life, and is checked where the lives are."""

NEVER = ("通告", "通報", "川口", "町会長", "児童相談所")
"""In nobody's paper: a report by law (rule 7) and who told of the case (rule 10)."""


@dataclass(frozen=True)
class Handed:
    """The two papers of one life, in the order they were handed out, with the lines that wrote them."""

    folder: Path
    lines: tuple[Line, Line]
    papers: tuple[bytes, bytes]


def lived(template: Path, folder: Path, until: str, db: Path) -> NearDesk:
    """Books in which the life was lived up to and with that day."""
    if folder.name != HOUSEHOLD_A:
        desk = NearDesk(copy(template, db))
        life = next(path for path in LIVES if path.stem == folder.name)
        live(desk, (line for line in told(life) if line.day <= until and not LOOKS & {*line.words[:3]}))
        return desk
    desk = NearDesk(db)
    for step in story():
        if step.line and step.day <= until:
            assert desk.run(*step.words, today=step.day).code == step.exit, step.line
    return desk


def into(room: Path, line: Line) -> Line:
    """The line with its file in that room."""
    return replace(line, words=tuple(str(room / word) if word == line.writes else word for word in line.words))


def hand_out(template: Path, folder: Path, room: Path, lines: list[Line]) -> Handed:
    """Live up to the README's first day, type its lines, and read what the two that end well wrote."""
    desk = lived(template, folder, lines[0].day, room / "books.db")
    live(desk, (into(room, line) for line in lines))
    first, second = (line for line in lines if line.writes and not line.saying("✗"))
    read = [HEAD.subn(SIGN, (room / str(line.writes)).read_bytes()) for line in (first, second)]
    assert [heads for _, heads in read] == [1, 1]
    return Handed(folder, (first, second), (read[0][0], read[1][0]))


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def handed(request: pytest.FixtureRequest, template: Path, tmp_path_factory: pytest.TempPathFactory) -> Handed:
    folder: Path = request.param
    return hand_out(template, folder, tmp_path_factory.mktemp("papers"), list(told(folder / "README.md")))


def test_every_life_has_its_papers() -> None:
    assert [folder.name for folder in FOLDERS] == [HOUSEHOLD_A, *(path.stem for path in LIVES)]


class TestThePapers:
    def test_are_those_that_were_read(self, handed: Handed) -> None:
        for line, paper in zip(handed.lines, handed.papers, strict=True):
            kept = handed.folder / str(line.writes)
            if WRITE:
                kept.write_bytes(paper)
            assert kept.read_bytes().decode() == paper.decode()
        files = {str(line.writes) for line in handed.lines}
        assert {path.name for path in handed.folder.iterdir()} == {"README.md", *files}

    def test_the_second_keeps_back_what_the_first_shows(self, handed: Handed) -> None:
        shows, keeps_back = (paper.decode() for paper in handed.papers)
        differs = [word for word in handed.lines[1].saying("¬") if word in shows]
        assert differs, "nothing is asked that the first paper could fail"
        assert not [word for word in differs if word in keeps_back]

    def test_neither_tells_of_a_report_or_a_reporter(self, handed: Handed) -> None:
        for paper in handed.papers:
            assert not [word for word in NEVER if word in paper.decode()]


def test_who_is_not_of_a_restricted_case_reads_what_they_would_without_it(template: Path, tmp_path: Path) -> None:
    """Not a number is missing, not a heading is there for nothing: byte for byte the paper of another sitting."""
    folder = next(folder for folder in FOLDERS if folder.name.startswith("03"))
    lines = [without_the_case(line) for line in told(folder / "README.md")]
    paper = hand_out(template, folder, tmp_path, lines).papers[1]
    assert paper == (folder / "c01.md").read_bytes()


def without_the_case(line: Line) -> Line:
    words = " ".join(line.words).replace(" --case 2026-0002", "")
    return replace(line, words=tuple(words.split(" ")), checks=[])
