"""Ten lives beside household A, each told in a file a coordinator can read (`lives/*.md`), typed line by line."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.desk import NearDesk, copy
from tests.journeys.telling import LIVES, live, told


def test_there_are_ten_lives_or_more() -> None:
    assert len(LIVES) >= 10


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_is_lived_as_it_is_told(path: Path, template: Path, tmp_path: Path) -> None:
    desk = NearDesk(copy(template, tmp_path / "books.db"))
    assert live(desk, told(path)) > 10, "a life in which next to nothing is checked"
    with closing(sqlite3.connect(desk.db)) as conn:
        (last,) = conn.execute("SELECT MAX(on_date) FROM act").fetchone()
    assert desk.json("journal", "--verify", today=last)["ok"] is True
    every_figure_is_its_list(desk, last)
    every_report_is_made(desk, last, tmp_path)


def every_figure_is_its_list(desk: NearDesk, last: str) -> None:
    month = last[:7]
    rows = desk.json("report", "monthly", "--month", month, "--all", today=last)["rows"]
    balance = {row["key"]: row["month"] for row in rows}
    assert (
        balance["cases.open_start"] + balance["cases.opened"] + balance["cases.reopened"] - balance["cases.ended"]
        == balance["cases.open_end"]
    )
    for row in rows:
        if row["month"]:
            listed = desk.json("report", "monthly", "--month", month, "--row", row["key"], "--cases", today=last)
            assert len(listed) == row["month"], row["key"]


def every_report_is_made(desk: NearDesk, last: str, room: Path) -> None:
    """Whatever a life leaves unknown (a birth date, a head, a coordinator, a household taken apart)."""
    for ending in ("xlsx", "html", "md", "csv"):
        for words in (
            ("report", "monthly", "--month", last[:7]),
            ("report", "annual", "--fiscal-year", "this"),
            ("caseload", "--balance"),
        ):
            file = room / f"{words[0]}-{words[1].strip('-')}.{ending}"
            desk.ok(*words, "-o", str(file), today=last)
            assert file.stat().st_size > 100
