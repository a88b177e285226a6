"""`--mask`: initials, and typed texts that name somebody."""

from dataclasses import replace

import pytest

from tests.domain.world import person
from toshima_cli.domain.initials import initials, without_names
from toshima_cli.domain.verdict import Say


@pytest.mark.parametrize(
    ("name", "kana", "shown"),
    [
        ("髙橋 由美子", "たかはし ゆみこ", "T.Y."),
        ("髙橋 由美子", "タカハシ　ユミコ", "T.Y."),
        ("髙橋 由美子", "ﾀｶﾊｼ ﾕﾐｺ", "T.Y."),
        ("渡辺 ん", "わたなべ んこ", "W.N."),
        ("ファン・ティ・ラン", "ファン・ティ・ラン", "F.T.R."),
        ("Maria Silva", None, "M.S."),
        ("maria", "", "M."),
        ("髙橋 由美子", None, None),
        ("髙橋 由美子", "高橋", None),
        ("髙橋", "たかはし 由美子", None),
        (None, None, None),
        ("", "", None),
    ],
)
def test_initials(name: str | None, kana: str | None, shown: str | None) -> None:
    assert initials(name, kana) == shown


def test_a_text_is_held_back_where_it_names_somebody() -> None:
    people = (replace(person("A"), name="髙橋 由美子", kana="たかはし ゆみこ"),)
    assert without_names(None, people) is None
    assert without_names("日中の居場所を探す", people) == "日中の居場所を探す"
    for text in ("由美子さんは就労を希望", "高橋家の件", "たかはし宅", "Ａさんに電話"):
        assert isinstance(without_names(text, people), Say)
