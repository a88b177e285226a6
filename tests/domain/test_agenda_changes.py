"""What people change about an agenda: what is off it, what moved, when nothing may be changed any more."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.world import DAY
from toshima_cli.domain.agenda_changes import Change, arranged, left_out, may_change, nothing_there, parts, stands
from toshima_cli.domain.case import Sitting
from toshima_cli.domain.terms import AgendaChange, Body, ItemKind, Outcome, Part, Purpose
from toshima_cli.domain.verdict import Basis

DROP, ADD, MOVE = AgendaChange.DROP, AgendaChange.ADD, AgendaChange.MOVE
MEETING = "M2026-0001"


def to(item: int, place: int) -> Change:
    return Change(item, MOVE, place=place)


def into(item: int, part: Part) -> Change:
    return Change(item, MOVE, part=part)


@pytest.mark.parametrize(
    ("changes", "off"),
    [
        ([], set()),
        ([Change(1, DROP)], {1}),
        ([Change(1, DROP), Change(2, DROP)], {1, 2}),
        ([Change(1, DROP), Change(1, ADD)], set()),
        ([Change(1, ADD), Change(1, DROP)], {1}),
        ([Change(1, DROP), Change(1, ADD), Change(1, DROP)], {1}),
        ([Change(1, DROP), into(1, Part.WRITTEN)], {1}),  # a move puts nothing on again
        ([Change(1, ADD), to(1, 2)], set()),
    ],
)
def test_the_last_word_on_an_item_counts(changes: list[Change], off: set[int]) -> None:
    assert left_out(changes) == off


def test_the_part_an_item_was_moved_to_last() -> None:
    moved = [into(1, Part.WRITTEN), into(2, Part.WRITTEN), into(1, Part.DISCUSSION), to(3, 1), Change(2, DROP)]
    assert parts(moved) == {1: Part.DISCUSSION, 2: Part.WRITTEN}


PROGRESS = (ItemKind.SUPPORT_CONFERENCE, Purpose.PROGRESS)


@pytest.mark.parametrize(
    ("more", "wanted", "there"),
    [
        ({}, {PROGRESS}, True),
        ({}, set(), False),
        ({}, {(ItemKind.MULTILAYER_CONFERENCE, Purpose.PROGRESS), (ItemKind.SUPPORT_CONFERENCE, Purpose.WATCH)}, False),
        ({"outcome": Outcome.CONTINUE}, set(), True),
        ({"labels": ("A",)}, set(), True),
        ({"masked": ("B",)}, set(), True),
    ],
)
def test_an_item_stands_while_its_case_wants_it_or_the_sitting_had_it(
    more: dict[str, Any], wanted: set[tuple[ItemKind, Purpose]], there: bool
) -> None:
    sitting = Sitting(MEETING, Body.SUBCOMMITTEE, DAY, 1, *PROGRESS, Part.WRITTEN, **more)
    assert stands(sitting, wanted) is there


@pytest.mark.parametrize(
    ("changes", "order"),
    [
        ([], "123"),
        ([to(3, 1)], "312"),
        ([to(1, 3)], "231"),
        ([to(1, 99)], "231"),
        ([to(2, 2)], "123"),
        ([to(3, 1), to(2, 1)], "231"),  # one after the other
        ([to(3, 1), to(3, 3)], "123"),
        ([to(9, 1)], "123"),  # it is off the agenda
        ([into(3, Part.WRITTEN), Change(3, DROP), Change(3, ADD)], "123"),
    ],
)
def test_each_item_at_the_place_it_was_given(changes: list[Change], order: str) -> None:
    assert "".join(arranged("123", int, changes)) == order


@given(
    st.lists(st.integers(1, 6), unique=True),
    st.lists(st.builds(to, st.integers(1, 8), st.integers(1, 8)), max_size=6),
)
def test_no_item_is_lost_and_the_last_moved_stands_where_it_was_put(items: list[int], changes: list[Change]) -> None:
    found = arranged(items, lambda item: item, changes)
    assert sorted(found) == sorted(items)
    there = [change for change in changes if change.item in items]
    if there:
        last = there[-1]
        assert found.index(last.item) == min(last.place or 0, len(items)) - 1
        others = [item for item in arranged(items, lambda item: item, there[:-1]) if item != last.item]
        assert [item for item in found if item != last.item] == others


@pytest.mark.parametrize(
    ("cancelled", "decided", "items", "rule"),
    [
        (False, {}, [1, 2], None),
        (False, {3: Outcome.NOTED}, [1, 2], None),
        (False, {2: Outcome.NOTED}, [1, 2], "agenda.decided"),
        (True, {}, [1], "agenda.cancelled"),
        (True, {1: Outcome.NOTED}, [1], "agenda.cancelled"),
        (True, {}, [], "agenda.cancelled"),
        (False, {1: Outcome.NOTED}, [], None),
    ],
)
def test_when_items_may_be_changed(
    cancelled: bool, decided: dict[int, Outcome], items: list[int], rule: str | None
) -> None:
    refused = may_change(MEETING, cancelled=cancelled, decided=decided, items=items)
    assert (refused.rule if refused else None) == rule
    if refused is not None:
        assert refused.basis is Basis.OURS
        assert [n.command for n in refused.next] == [f"toshima agenda {MEETING}"]


def test_which_item_is_decided_and_how_is_said() -> None:
    refused = may_change(MEETING, cancelled=False, decided={2: Outcome.WATCH}, items=[1, 2])
    assert refused is not None
    assert dict(refused.facts[0].values) == {"item": 2, "meeting": MEETING, "outcome": Outcome.WATCH}


def test_what_makes_no_item_is_refused_by_name() -> None:
    refused = nothing_there(MEETING, Body.COUNCIL, "G3")
    assert (refused.rule, refused.basis) == ("agenda.nothing", Basis.PLAN)
    assert dict(refused.message.values) == {"number": "G3", "meeting": MEETING}
    assert dict(refused.facts[0].values) == {"body": Body.COUNCIL}
    assert [n.command for n in refused.next] == ["toshima meetings", f"toshima agenda {MEETING}"]


def test_a_line_to_paste_is_quoted() -> None:
    refused = may_change("x; y", cancelled=True, decided={}, items=[])
    assert refused is not None
    assert (
        refused.next[0].command == nothing_there("x; y", Body.COUNCIL, "G3").next[1].command == "toshima agenda 'x; y'"
    )
