"""Copies that are out: which show too much by now, and what is another agenda than the one they say."""

from collections.abc import Collection
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.household import day
from toshima_cli.domain.papers_out import Shows, changes, too_much
from toshima_cli.domain.verdict import Value

HELD, LATER = day(11, 19), day(11, 26)
SHOWS = st.dictionaries(st.integers(1, 4), st.frozensets(st.sampled_from("ABC")))


def shows(**items: str) -> dict[int, frozenset[str]]:
    """`i1="AB"`: item 1 shows A and B."""
    return {int(item[1:]): frozenset(labels) for item, labels in items.items()}


@pytest.mark.parametrize(
    ("shown", "may", "much"),
    [
        (shows(i1="AB"), shows(i1="AB"), {}),
        (shows(i1="AB"), shows(i1="ABC"), {}),
        (shows(i1="AB"), shows(i1="A"), shows(i1="B")),
        (shows(i1="AB", i2="C"), shows(i1="B", i2="C"), shows(i1="A")),
        (shows(i1="AB", i2="C"), shows(i1="AB"), shows(i2="C")),  # the item is gone
        (shows(i1="AB"), shows(i1="B", i2="A"), shows(i1="A")),  # what may be read elsewhere may not here
        (shows(i1=""), {}, {}),  # a gap shows nobody
        ({}, shows(i1="A"), {}),
    ],
)
def test_whom_a_copy_shows_too_much(shown: Shows, may: Shows, much: Shows) -> None:
    assert too_much(shown, may) == much


def said(shown: Shows, may: Shows, held_on: date = HELD, known: Collection[int] = ()) -> list[dict[str, Value]]:
    return [dict(one.values) for one in changes(shown, may, HELD, held_on, known=known, name="森")]


@pytest.mark.parametrize(
    ("shown", "may", "values"),
    [
        (shows(i1="AB"), shows(i1="AB"), []),
        (shows(i1="A"), shows(i1="A", i3="B", i2=""), [{"item": 2}, {"item": 3}]),
        (shows(i1="A", i3="B", i2=""), shows(i1="A"), [{"item": 2}, {"item": 3}]),
        (shows(i1="ABC"), shows(i1="B"), [{"item": 1, "labels": ("A", "C")}]),
        (shows(i1="B"), shows(i1="BCA"), [{"item": 1, "labels": ("A", "C")}]),
        (shows(i1="A"), shows(i1="B"), [{"item": 1, "labels": ("A",)}, {"item": 1, "labels": ("B",)}]),
    ],
)
def test_what_is_another_agenda(shown: Shows, may: Shows, values: list[dict[str, Value]]) -> None:
    assert said(shown, may) == values
    assert said(shown, may, LATER) == [{"on": LATER, "was": HELD}, *values]


def test_more_and_less_are_said_in_other_words() -> None:
    sentences = [
        next(changes(shown, may, HELD, held_on, known=known, name="森")).text
        for shown, may, held_on, known in (
            ({}, {}, LATER, ()),
            ({}, shows(i1=""), HELD, ()),
            ({}, shows(i1=""), HELD, (1,)),
            (shows(i1=""), {}, HELD, ()),
            (shows(i1="A"), shows(i1=""), HELD, ()),
            (shows(i1=""), shows(i1="A"), HELD, ()),
        )
    ]
    assert len(set(sentences)) == 6


def test_what_others_were_handed_before_is_not_new() -> None:
    found = said({}, shows(i1="A", i2="B"), known=(2, 5))
    assert found == [{"item": 1}, {"item": 2, "name": "森"}]


@given(SHOWS, SHOWS)
def test_nothing_is_said_of_the_same_agenda_and_whatever_is_too_much_is_said(shown: Shows, may: Shows) -> None:
    assert (said(shown, may) == []) is (shown == may)
    much = too_much(shown, may)
    assert set(much) <= {one["item"] for one in said(shown, may)}
    for item, labels in shown.items():
        gone = much.get(item, frozenset())
        assert gone == {label for label in labels if label not in may.get(item, "")}
