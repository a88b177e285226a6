"""What kind of household people make up."""

import csv
from pathlib import Path

import pytest

from toshima_cli.domain.household_type import GENERATION, household_type

CODES = Path(__file__).parent.parent.parent / "data" / "codes.csv"


@pytest.mark.parametrize(
    ("relations", "kind"),
    [
        ("", "unknown"),
        ("head", "single"),
        ("child", "single"),
        ("other", "unknown"),
        ("head other", "unknown"),
        ("head spouse", "couple"),
        ("head partner", "couple"),
        ("head sibling", "other"),
        ("head spouse sibling", "other"),
        ("head former_spouse", "other"),
        ("head cohabitant child", "other"),
        ("head relative", "other"),
        ("head child", "single_parent"),
        ("head child child", "single_parent"),
        ("head parent", "single_parent"),
        ("head sibling parent", "single_parent"),
        ("head spouse child", "parents_children"),
        ("head parent parent", "parents_children"),
        ("head spouse parent", "other"),
        ("head sibling child", "other"),
        ("head spouse cohabitant child", "other"),
        ("head spouse partner child", "other"),
        ("head grandchild", "other"),
        ("head grandparent", "other"),
        ("grandparent parent", "single_parent"),
        ("child grandchild", "single_parent"),
        # who lives apart from the family is of no generation above or below it
        ("head former_spouse child", "other"),
        ("head relative child", "other"),
        ("head child parent", "three_generations"),
        ("head child grandchild", "three_generations"),
        ("spouse child", "single_parent"),
        ("grandparent parent head child grandchild", "three_generations"),
    ],
)
def test_the_kind(relations: str, kind: str) -> None:
    assert household_type(relations.split()) == kind
    assert household_type(reversed(relations.split())) == kind


def test_the_kinds_and_relations_are_those_of_the_list() -> None:
    with CODES.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = {row["code"] for row in rows if row["list"] == "household_type"}
    assert kinds == {"unknown", "other", "single", "couple", "single_parent", "parents_children", "three_generations"}
    assert {row["code"] for row in rows if row["list"] == "relation"} - {"other"} == set(GENERATION)
