"""The measurement of names counts what it says; the names here are a handful of our own, not the published ones."""

from contextlib import closing
from random import Random

import pytest

from bench import names
from toshima_cli.sqlite_file import connect

SOURCE = names.Source(
    names.Weighted((("髙橋", "たかはし"), ("佐藤", "さとう"), ("斎藤", "さいとう")), (5.0, 3.0, 2.0)),
    names.Weighted(tuple((f"{a}{b}", f"{x}{y}") for a, x in zip("由美花千恵", "ゆみはちえ", strict=True)
                         for b, y in zip("子代江", "こよえ", strict=True)), (1.0,) * 15),
    {"髙": "高", "斎": "齋齊", "恵": "惠"},
)  # fmt: skip


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[names.Count], list[names.Count], list[names.Count]]:
    everybody = names.people(SOURCE, 60, Random(1))
    path = names.books(tmp_path_factory.mktemp("names") / "books.db", everybody)
    with closing(connect(path)) as conn:
        found = names.measured(conn, SOURCE, everybody, 20, 1)
        again = names.measured(conn, SOURCE, everybody, 20, 1)
    assert found == again
    return found


def test_who_is_told_of_again_as_they_are_is_met(counted: tuple[list[names.Count], ...]) -> None:
    typing, finding, _ = counted
    assert len(typing) == len(names.TELLINGS)
    assert (typing[0].name, typing[0].pairs, typing[0].recall) == ("as it is", 20, 1.0)
    assert finding[0].recall == 1.0
    assert all(0 < (count.recall or 0) <= 1 for count in typing[:4])


def test_what_says_too_little_shows_nobody(counted: tuple[list[names.Count], ...]) -> None:
    assert {count.name: count.shown for count in counted[2] if count.name.endswith("alone")} == {
        "surname alone": 0,
        "birth date alone": 0,
        "telephone and address alone": 0,
    }


def test_the_table() -> None:
    count = names.Count("one way", 4, 3, 6)
    assert (count.recall, count.precision) == (0.75, 0.5)
    lines = list(names.table("told", [count, names.Count("another", 4, 0, 0)]))
    assert lines[2:] == [
        "| one way | 4 | 0.750 | 0.500 |",
        "| another | 4 | 0.000 |  |",
        "| all | 8 | 0.375 | 0.500 |",
    ]


def test_reading_in_half_width() -> None:
    assert names.half_width("たかはし ばぱ") == "ﾀｶﾊｼ ﾊﾞﾊﾟ"


def test_people_are_the_same_for_the_same_seed() -> None:
    assert names.people(SOURCE, 30, Random(3)) == names.people(SOURCE, 30, Random(3))
    assert names.people(SOURCE, 30, Random(3)) != names.people(SOURCE, 30, Random(4))
