"""After every command one sentence of what happened, and the next commands, which can be pasted as they stand.

Household A's life and the ten others are lived once more. After each line that did something the two nearest hints are
typed into a copy of the books, with a fitting word for each that stands in capitals: none may be wrong usage (2),
name what is not there (4) or be refused by a rule (3). Where one asks for what only a person knows, it says so (6).
"""

import json
import shlex
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.desk import NearDesk, Typed, copy
from tests.journeys.telling import LIVES, told
from toshima_cli import demo
from toshima_cli.ui.out import HINTS

Line = tuple[str, tuple[str, ...]]


def demonstration_lines() -> Iterator[Line]:
    return ((step.day, step.words) for step in demo.story() if step.line)


def lived(path: Path) -> Iterator[Line]:
    return ((line.day, line.words) for line in told(path))


def filled(words: Sequence[str], desk: NearDesk, day: str) -> Iterator[str]:
    """The words of a hint, with something fitting in the place of those in capitals."""
    later = (date.fromisoformat(day) + timedelta(days=20)).isoformat()
    fits = {
        "DATE": later, "CODE": "k03", "STAFF": "k03", "WINDOW": "korei-sogo", "KIND": "child", "TEXT": "確かめた",
        "NAME": "森", "METHOD": "visit", "WHO": "csw", "REASON": "resolved", "LABEL:CONCERN": "A:job",
    }  # fmt: skip
    if words[0] == "consent":
        fits["METHOD"] = "oral"
    if words[0] == "gap":
        fits["KIND"] = "resource"
    if words[0] == "conference":
        fits |= {"CODE": "yotaikyo", "DATE": day}
    for before, word in zip(("", *words), words, strict=False):
        if before == "--last-contact":
            yield day
        elif word == "ITEM":
            yield undecided(desk, words[1])
        elif word == "CASE":
            yield "2026-0001"
        else:
            yield fits.get(word, word.replace("|DATE|METHOD", f"|{day}|oral"))


def undecided(desk: NearDesk, meeting: str) -> str:
    asked = (
        "SELECT MIN(i.item) FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id"
        " WHERE m.number = ? AND i.id NOT IN (SELECT item_id FROM decision)"
    )
    with closing(sqlite3.connect(desk.db)) as conn:
        return str(conn.execute(asked, (meeting,)).fetchone()[0])


LOOKS = ("show", "status", "caseload", "report", "find", "map", "journal", "gate")


def rooted(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """(the root options, the rest)."""
    return (words[:2], words[2:]) if words[0] == "--as" else ((), words)


def after(desk: NearDesk, line: Line, folder: Path) -> tuple[Typed, Typed, Typed] | None:
    """What the line answers: for people, silenced, and as data; the latter two in copies of the books as they were."""
    day, words = line
    root, own = rooted(words)
    if own[0] in ("init", *LOOKS) or "-f" in own:
        desk.run(*words, today=day)
        return None
    quiet, data = (NearDesk(copy(desk.db, folder / f"{n}.db"), today=day) for n in "ab")
    silenced, as_data = quiet.run(*root, "-q", *own), data.run(*words, "-f", "json")
    return desk.run(*words, today=day), silenced, as_data


def check(desk: NearDesk, line: Line, folder: Path) -> int:
    """Check the hints of one line; how many there were."""
    found = after(desk, line, folder)
    if found is None or found[0].code != 0:
        return 0
    plain, quiet, answer = found
    try:
        data = json.loads(answer.out)["data"]
    except ValueError:
        return 0
    if not isinstance(data, dict) or not isinstance(data.get("next"), list):
        return 0
    where = f"{line[0]} {shlex.join(line[1])}"
    spoken = plain.err.splitlines()
    hints = [text for text in spoken if text.startswith("    toshima ")]
    assert spoken[0].strip(), where
    assert not spoken[0].startswith(" "), where
    assert 1 <= len(hints) <= HINTS == 2, where
    assert spoken[0] not in quiet.err.splitlines(), where
    assert not [text for text in quiet.err.splitlines() if text in hints], where
    assert quiet.err == "" or data["warnings"] or data.get("duty"), where
    assert quiet.out == plain.out, where
    for hint in data["next"][:HINTS]:
        paste(desk, hint["command"], line[0], folder, where)
    return len(hints)


def paste(desk: NearDesk, command: str, day: str, folder: Path, where: str) -> None:
    near = NearDesk(copy(desk.db, folder / "pasted.db"), today=day)
    words = shlex.split(command)[1:]
    root, own = rooted(words)
    if own[0] == "attend":
        with closing(sqlite3.connect(near.db)) as conn:
            (near.today,) = conn.execute("SELECT held_on FROM meeting WHERE number = ?", (own[1],)).fetchone()
    typed = near.run(*root, *filled(own, near, day))
    assert typed.code in (0, 6), f"{where}\n→ {command}\n{typed.code} {typed.err}"


def test_household_a(tmp_path: Path) -> None:
    desk = NearDesk(tmp_path / "books.db")
    assert sum(check(desk, line, tmp_path) for line in demonstration_lines()) > 60


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_the_other_lives(path: Path, template: Path, tmp_path: Path) -> None:
    desk = NearDesk(copy(template, tmp_path / "books.db"))
    assert sum(check(desk, line, tmp_path) for line in lived(path)) > 8
