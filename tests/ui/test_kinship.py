"""Who stands where in a household: by what they are to its head, and nothing made up."""

from datetime import date
from typing import Any

from tests.ui.test_map_svg import person, support
from toshima_cli.ui.kinship import Bond, family, supported


def rows(*people: dict[str, Any]) -> list[tuple[int | None, str]]:
    return [(generation, "".join(p["label"] for p in row)) for generation, row in family(people).rows]


def test_generations_the_oldest_first_and_those_beside_last() -> None:
    assert rows(
        person("A", "cohabitant"),
        person("B", "grandchild"),
        person("C", "child"),
        person("D", "head"),
        person("E", "parent"),
        person("F", "grandparent"),
        person("G", "other"),
    ) == [(-2, "F"), (-1, "E"), (0, "D"), (1, "C"), (2, "B"), (None, "AG")]


def test_siblings_stand_before_the_head_and_partners_behind() -> None:
    row = (person("A", "former_spouse"), person("B", "spouse"), person("C", "head"), person("D", "sibling"))
    assert rows(*row) == [(0, "DCBA")]


def test_without_a_head_generations_are_known_all_the_same() -> None:
    found = family([person("A", "child"), person("B", "parent")])
    assert found.head is None
    assert [g for g, _ in found.rows] == [-1, 1]


def test_who_left_before_a_new_head_was_named_was_something_to_the_old_one() -> None:
    old, earlier, later = date(2026, 3, 1), date(2026, 1, 1), date(2026, 9, 1)
    people = [
        person("A", "head", left_on=old, left_reason="deceased"),
        person("B", "head"),
        person("C", "spouse", left_on=earlier, left_reason="moved_out"),
        person("D", "child", left_on=later, left_reason="moved_out"),
    ]
    found = family(people)
    assert found.head is people[1]
    assert rows(*people) == [(0, "B"), (1, "D"), (None, "AC")]
    assert found.bonds == {"D": Bond.CHILD}


def test_of_heads_who_are_gone_the_last_one_counts() -> None:
    people = [person(label, "head", left_on=date(2026, month, 1)) for label, month in (("A", 3), ("B", 5), ("C", 4))]
    assert family(people).head is people[1]


def test_supports_stand_with_whom_they_are_for_and_those_of_the_household_last() -> None:
    data = {
        "people": [person("A"), person("B"), person("C")],
        "supports": [support(), support(label="B"), support(label="Z"), support(label="A"), support(label="B")],
    }
    assert [(label, len(found)) for label, found in supported(data)] == [("A", 1), ("B", 2), ("Z", 1), (None, 1)]
