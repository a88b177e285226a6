"""What a sitting of the council sees of the year: the report's own figures, of the year it looks at, and nobody."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, copy
from toshima_cli.domain.figures import BLOCKS, Counts
from toshima_cli.domain.report import Line
from toshima_cli.domain.verdict import say
from toshima_cli.looks import report, summary
from toshima_cli.ui.text import width

KEYS = {figure.key: figure for block in BLOCKS for figure in block.figures}


@pytest.fixture
def desk(demonstration: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(demonstration, tmp_path / "books.db"), today="2027-03-31")


@pytest.fixture
def empty(tmp_path: Path) -> NearDesk:
    desk = NearDesk(tmp_path / "books.db", today="2026-11-24")
    desk.ok("init")
    return desk


def council(desk: NearDesk, on: str, today: str | None = None) -> dict[str, Any]:
    """The agenda of a council called for a day."""
    number = desk.json("convene", "council", "--on", on, today=today)["meeting"]
    found: dict[str, Any] = desk.json("agenda", number, today=today)
    return found


def figures(agenda: dict[str, Any]) -> dict[str, int]:
    return {row["key"]: row["year"] for row in agenda["summary"]}


@pytest.mark.parametrize(
    ("held_on", "today", "first", "last"),
    [
        ("2026-11-26", "2026-11-26", "2026-04-01", "2026-11-26"),
        ("2026-11-26", "2026-11-20", "2026-04-01", "2026-11-20"),  # nothing is counted beyond today
        ("2026-11-26", "2028-01-10", "2026-04-01", "2026-11-26"),  # nor beyond the sitting
        ("2027-03-25", "2027-03-25", "2026-04-01", "2027-03-25"),
        ("2027-04-01", "2027-04-01", "2026-04-01", "2027-03-31"),
        ("2027-05-20", "2027-05-20", "2026-04-01", "2027-03-31"),
        ("2027-06-30", "2027-06-30", "2026-04-01", "2027-03-31"),
        ("2027-07-01", "2027-07-01", "2027-04-01", "2027-07-01"),
        ("2027-05-20", "2027-02-01", "2026-04-01", "2027-02-01"),
        ("2027-07-15", "2027-05-01", "2027-04-01", "2027-05-01"),
        ("2027-07-15", "2027-03-01", "2026-04-01", "2027-03-01"),  # its year has not begun
    ],
)
def test_the_days_counted(held_on: str, today: str, first: str, last: str) -> None:
    found = summary.span(date.fromisoformat(held_on), date.fromisoformat(today))
    assert [day.isoformat() for day in found] == [first, last]


@pytest.mark.parametrize(
    ("on", "month"), [("2027-03-31", "2027-03"), ("2026-12-31", "2026-12"), ("2026-10-31", "2026-10")]
)
def test_the_figures_are_those_of_the_report(desk: NearDesk, on: str, month: str) -> None:
    rows = desk.json("report", "monthly", "--month", month)["rows"]
    year = {row["key"]: row["year_to_date"] for row in rows}
    agenda = council(desk, on)
    assert agenda["summary_span"] == {"start": "2026-04-01", "end": on}
    found = figures(agenda)
    assert found == {key: year[key] for key in found}
    assert sum(found.values()) > 5, "nothing was counted: the test would be blind"
    named = {key for key in summary.ALWAYS if KEYS[key].each is None}
    fields = {key for key in year if key.startswith("consultations.by_field.")}
    some = {key for key in year if year[key] and key.startswith(("concerns.", "ends.by_reason."))}
    assert set(found) == named | fields | some
    labels = {row["key"]: row["label"] for row in rows}
    assert [row["label"] for row in agenda["summary"]] == [labels[key] for key in found]


def test_the_concerns_stand_most_frequent_first(desk: NearDesk) -> None:
    found = [number for key, number in figures(council(desk, "2027-03-31")).items() if key.startswith("concerns.")]
    assert len(set(found)) > 1
    assert found == sorted(found, reverse=True)


def test_of_a_long_list_the_first_ten() -> None:
    def line(key: str, year: int, family: str | None = None) -> Line:
        heading = say(family) if family else None
        return Line(key, say("x"), Counts.EVENTS, 0, year, family=heading, name=family)

    numbers = [0, 1, 5, 2, 2, 0, 7, 1, 3, 1, 1, 1, 1]
    lines = [
        line("consultations.new", 0),
        *(line(f"concerns.c{place}", number, "concerns") for place, number in enumerate(numbers)),
        line("ends.concluded", 1),
        line("ends.by_reason.moved", 0, "by reason"),
        line("ends.by_reason.resolved", 1, "by reason"),
    ]
    assert [(found.key, found.year_to_date) for found in summary._shown(lines)] == [
        ("consultations.new", 0),
        *(("concerns.c6", 7), ("concerns.c2", 5), ("concerns.c8", 3), ("concerns.c3", 2), ("concerns.c4", 2)),
        *(("concerns.c1", 1), ("concerns.c7", 1), ("concerns.c9", 1), ("concerns.c10", 1), ("concerns.c11", 1)),
        ("ends.concluded", 1),
        ("ends.by_reason.resolved", 1),
    ]


def test_every_key_is_one_of_the_report() -> None:
    assert {*summary.ALWAYS, *summary.WHERE_ANY} <= set(KEYS)
    assert set(summary.MOST_FREQUENT) <= set(summary.WHERE_ANY)
    assert all(KEYS[key].each for key in summary.WHERE_ANY)


def test_in_may_the_whole_year_before_is_looked_at(desk: NearDesk) -> None:
    whole = figures(council(desk, "2027-03-31", today="2027-05-20"))
    new = ("--window", "csw", "--person", "A|井上 誠", "--concern", "A:rent")
    desk.ok("intake", *new, today="2027-04-12")
    agenda = council(desk, "2027-05-20", today="2027-05-20")
    assert agenda["summary_span"] == {"start": "2026-04-01", "end": "2027-03-31"}
    assert figures(agenda) == whole
    july = figures(council(desk, "2027-07-15", today="2027-07-15"))
    assert july["consultations.new"] == 1


def test_an_empty_year_is_calm(empty: NearDesk) -> None:
    agenda = council(empty, "2026-11-24")
    assert set(figures(agenda).values()) == {0}
    assert len(agenda["summary"]) == len(summary.ALWAYS) - 1 + 5  # a family of five fields among them
    typed = empty.ok("agenda", agenda["meeting"])
    assert typed.err == ""


def test_restricted_cases_are_counted_whoever_asks(desk: NearDesk) -> None:
    desk.ok("--as", "k03", "split", "2026-0003", "A", "--reason", "避難")
    assert "2026-0006" not in [row["case"] for row in desk.json("--as", "e01", "caseload")]
    number = council(desk, "2027-03-31")["meeting"]
    mine, others = (desk.json("--as", who, "agenda", number) for who in ("k03", "e01"))
    assert mine["summary"] == others["summary"]
    desk.ok("--as", "k03", "close", "2026-0006", "--reason", "declined", "--tried", "訪問", "--yes")
    after = figures(desk.json("--as", "e01", "agenda", number))
    assert after["ends.concluded"] == figures(mine)["ends.concluded"] + 1


def test_nobody_is_in_it_and_nobody_journaled(desk: NearDesk) -> None:
    number = council(desk, "2027-03-31")["meeting"]
    shown = desk.ok("agenda", number, "-f", "md").out + desk.ok("agenda", number).out
    assert desk.json("journal")[0]["about"] == [f"meeting:{number}"]
    names = {person["name"] for person in desk.json("show", "2026-0001")["people"]}
    assert "髙橋 由美子" in names
    assert not any(word in shown for name in names for word in (name, name.split()[1], "2026-0001"))


@pytest.mark.parametrize("meeting", ["M2026-0001", "M2026-0002"])
def test_other_bodies_have_none_and_nothing_is_counted_for_them(
    desk: NearDesk, meeting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "lines", None)
    agenda = desk.json("agenda", meeting)
    assert (agenda["summary"], agenda["summary_span"]) == (None, None)


def test_convening_gives_what_the_agenda_gives(desk: NearDesk) -> None:
    made = desk.json("convene", "council", "--on", "2027-03-31")
    agenda = desk.json("agenda", made["meeting"])
    assert {key: made[key] for key in agenda} == agenda
    assert desk.json("convene", "subcommittee", "--on", "2027-03-31")["summary"] is None


def test_it_stands_under_the_items_on_a_screen_and_on_paper(desk: NearDesk) -> None:
    number = council(desk, "2027-03-31")["meeting"]
    desk.lang = "en"
    rows = figures(desk.json("agenda", number))
    paper = desk.ok("agenda", number, "-f", "md").out
    numbers = [line.rpartition("| ")[2].rstrip(" |") for line in paper.splitlines() if line.startswith("|")]
    assert [int(cell) for cell in numbers if cell.isdecimal()] == list(rows.values())
    assert "2026-04-01" in paper
    for columns in ("40", "80"):
        shown = desk.ok("agenda", number, COLUMNS=columns).out
        assert max(map(width, shown.splitlines())) <= int(columns)
        first = [line.split()[0] for line in shown.splitlines() if line.startswith("  ") and line.strip()]
        assert [int(word) for word in first if word.isdecimal()] == list(rows.values())
    desk.lang = "ja"
    assert "令和8年4月1日" in desk.ok("agenda", number, "-f", "md").out
