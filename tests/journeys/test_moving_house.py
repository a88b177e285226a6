"""An office is exported, taken in by new books and exported again: the same bytes, and every look says the same. So is
each case by itself, and all of them in one file.

Household A and the ten lives, each as its coordinator lived it. The first is typed as its own processes, as at a desk.
"""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, NearDesk, copy
from tests.journeys.telling import LIVES, live, told
from toshima_cli.demo import story
from toshima_cli.looks.export import HELD_BACK

LAST_DAY = "2027-03-19"


@pytest.fixture(scope="session")
def household_a(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = NearDesk(tmp_path_factory.mktemp("household") / "books.db")
    for step in story():
        if step.line:
            desk.run(*step.words, today=step.day)
    return desk.db


def last_day(db: Path) -> str:
    """A day on which everything has happened."""
    with closing(sqlite3.connect(db)) as conn:
        days = [conn.execute(f"SELECT MAX({c}) FROM {t}").fetchone()[0] for t, c in (("act", "on_date"),)]
    return str(max(day for day in days if day))


def everybody(db: Path) -> str:
    """Somebody who may see everything of this life: restricted cases (rule 11), reports by law (rule 7)."""
    with closing(sqlite3.connect(db)) as conn:
        rows = conn.execute(
            "SELECT staff_code FROM case_holder UNION ALL"
            " SELECT a.actor FROM referral r JOIN act a ON a.seq = r.seq WHERE r.ground = 'statutory_report'"
        ).fetchall()
    found = {row[0] for row in rows}
    assert len(found) <= 1 or "k03" in found, found
    return "k03" if len(found) > 1 else str(next(iter(found), "local"))


def moved(desk: Desk, room: Path, day: str, who: str = "local") -> tuple[Desk, Path, Path]:
    """The office taken over into new books; gives the desk there, and the two exports."""
    first, second = room / "first.jsonl", room / "second.jsonl"
    desk.ok("--as", who, "export", "office", "-o", str(first), today=day)
    there = type(desk)(room / "new.db", today=day)
    there.ok("init", today=day)
    there.ok("import", "office", str(first), today=day)
    there.ok("--as", who, "export", "office", "-o", str(second), today=day)
    return there, first, second


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def looks(desk: Desk, who: str, day: str) -> dict[str, Any]:
    """What coordinators look at, in both books alike; a text that was not written out is nowhere."""
    with closing(sqlite3.connect(desk.db)) as conn:
        every = [row[0] for row in conn.execute("SELECT number FROM case_file ORDER BY id")]
    numbers = [number for number in every if desk.run("--as", who, "show", number, today=day).code == 0]
    assert numbers
    found: dict[str, Any] = {"caseload": desk.json("--as", who, "caseload", today=day)}
    for number in numbers:
        found[number] = desk.json("--as", who, "show", number, "--timeline", today=day)
    for month in {min(month, day[:7]) for month in (day[:7], "2026-11", "2026-12")}:
        found[month] = desk.json("report", "monthly", "--month", month, "--all", today=day)
    found["meetings"] = desk.json("--as", who, "meetings", today=day)
    found["gaps"] = desk.json("--as", who, "gap", "list", today=day)
    found["staff"] = desk.json("staff", "list", "--all", today=day)
    return found


def test_household_a_moves_house(household_a: Path, tmp_path: Path) -> None:
    desk = Desk(copy(household_a, tmp_path / "books.db"), today=LAST_DAY)
    there, first, second = moved(desk, tmp_path, LAST_DAY)
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_mode & 0o777 == 0o600
    assert differing(looks(desk, "local", LAST_DAY), looks(there, "local", LAST_DAY)) == []
    assert there.json("journal", "--verify", today=LAST_DAY)["ok"] is True
    assert there.json("find", "髙橋", today=LAST_DAY) == desk.json("find", "髙橋", today=LAST_DAY)


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_a_life_moves_house(path: Path, template: Path, tmp_path: Path) -> None:
    desk = NearDesk(copy(template, tmp_path / "books.db"))
    live(desk, told(path))
    day, who = last_day(desk.db), everybody(desk.db)
    there, first, second = moved(desk, tmp_path, day, who)
    assert first.read_bytes() == second.read_bytes()
    before, after = looks(desk, who, day), looks(there, who, day)
    assert differing(before, after) == []
    numbers = [number for number in before if re.fullmatch(r"\d{4}-\d{4,}", number)]
    for asked in [*([number] for number in numbers if len(numbers) > 1), numbers]:
        there = NearDesk(copy(template, tmp_path / f"{'+'.join(asked)}.db"))
        first, second = alone(desk, there, asked, day, who)
        assert first.read_bytes() == second.read_bytes(), asked
    for number in numbers:
        after = there.json("--as", who, "show", number, "--timeline", today=day)
        assert differing(without_places(desk, before[number]), without_places(desk, after)) == []


def without_places(desk: NearDesk, look: Any) -> Any:
    """As it reads where the office's places outside are not known by name."""
    text = json.dumps(look, ensure_ascii=False)
    for place in desk.json("resource", "list"):
        for end in ('"', "\u3000"):
            text = text.replace(place["name"] + end, place["resource"] + end)
    return json.loads(text)


def alone(desk: NearDesk, there: NearDesk, numbers: list[str], day: str, who: str) -> tuple[Path, Path]:
    """Cases taken into books of the same people; gives the two exports."""
    first, second = there.db.with_suffix(".first.jsonl"), there.db.with_suffix(".second.jsonl")
    desk.ok("--as", who, "export", "case", *numbers, "-o", str(first), today=day)
    there.ok("import", "case", str(first), "--yes", today=day)
    there.ok("--as", who, "export", "case", *numbers, "-o", str(second), today=day)
    return first, second


def differing(before: Any, after: Any, at: str = "") -> list[tuple[str, Any, Any]]:
    """Where two looks say different things; a text that was not written out says so in the new books."""
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        # the sequence of acts is that of these very books
        keys = [key for key in before if key != "seq"]
        return [found for key in keys for found in differing(before[key], after[key], f"{at}.{key}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [f for n, (b, a) in enumerate(zip(before, after, strict=True)) for f in differing(b, a, f"{at}[{n}]")]
    return [] if before == after or after == HELD_BACK else [(at, before, after)]
