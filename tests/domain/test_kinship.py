"""Words of kinship: whom they mean depends on whose record they stand in."""

from dataclasses import replace
from datetime import date

import pytest

from toshima_cli.domain.case import Person
from toshima_cli.domain.kinship import says_kin
from toshima_cli.domain.terms import Sex


def person(label: str, relation: str, sex: Sex = Sex.UNKNOWN) -> Person:
    return Person(0, 0, label, None, None, None, sex, relation, date(2026, 10, 5))


HEAD = person("A", "head", Sex.FEMALE)
SON = person("B", "child", Sex.MALE)
MOTHER = person("C", "parent", Sex.FEMALE)


@pytest.mark.parametrize(
    ("hidden", "about", "text", "said"),
    [
        (MOTHER, HEAD, "母の介護で退職", True),
        (MOTHER, HEAD, "祖母の介護で退職", False),
        (MOTHER, HEAD, "父の介護で退職", False),
        (replace(MOTHER, sex=Sex.UNKNOWN), HEAD, "父の介護で退職", True),
        (MOTHER, HEAD, "おかあさんと話す", True),
        (MOTHER, HEAD, "両親と暮らす", True),
        (MOTHER, HEAD, "親切な方", False),
        (MOTHER, SON, "母と話す", False),
        (MOTHER, SON, "祖母と話す", True),
        (HEAD, SON, "母と話す", True),
        (HEAD, MOTHER, "娘が来ない", True),
        (HEAD, MOTHER, "世帯主が来ない", False),
        (SON, HEAD, "長男が出てこない", True),
        (SON, HEAD, "様子を見る", False),
        (person("D", "spouse", Sex.MALE), HEAD, "夫は大丈夫", True),
        (person("D", "spouse", Sex.MALE), HEAD, "大丈夫と工夫", False),
        (person("D", "former_spouse", Sex.MALE), HEAD, "元夫から電話", True),
        (person("D", "other"), HEAD, "母、父、妻、子ども", False),
        (MOTHER, person("D", "relative"), "母と話す", False),
        (HEAD, person("D", "other"), "母と話す", False),
    ],
)
def test_a_word_means_who_is_so_to_whom_the_text_is_about(hidden: Person, about: Person, text: str, said: bool) -> None:
    assert says_kin(text, [hidden], [about], {about.label}) is said


def test_a_word_that_fits_somebody_shown_too_is_not_asked_about() -> None:
    daughter, other = person("D", "child", Sex.FEMALE), person("E", "child", Sex.FEMALE)
    assert says_kin("娘が来た", [daughter], [HEAD], ())
    assert not says_kin("娘が来た", [daughter], [HEAD, other], {"A"})
    assert says_kin("娘が来た", [daughter], [HEAD, SON], {"A"})
