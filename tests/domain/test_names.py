"""Names compared, not rewritten: variants, kana, width; and texts that say who they are about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toshima_cli.domain import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("山嵜", "山崎"),
        ("渡邉", "渡辺"),
        ("渡邊", "渡辺"),
        ("齋藤", "斎藤"),
        ("齊藤", "斉藤"),
        ("斎藤", "斉藤"),
        ("濵田", "浜田"),
        ("濱田", "浜田"),
        ("德川", "徳川"),
        ("𠮷田", "吉田"),
        ("大澤", "大沢"),
        ("櫻井", "桜井"),
        ("廣瀨", "広瀬"),
        ("小嶋", "小島"),
        ("龍野", "竜野"),
        ("榮", "栄"),
        ("渕上", "淵上"),
        ("霞ヶ関", "霞ケ関"),
        ("葛\U000e0100城", "葛城"),
        ("祐\ufe00子", "祐子"),
        ("神", "神"),
        ("ヤマダ　タロウ", "やまだたろう"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ・タロウ"),
        ("ヴィ", "ゔぃ"),
        ("ハ゛ハ゛", "ばば"),
        ("Ｍａｒｉａ Silva", "maria silva"),
        ("マリア･シルバ", "マリア＝シルバ"),
        ("０３－１２３４－５６７８", "0312345678"),
    ],
)
def test_these_are_one_when_searched(one: str, other: str) -> None:
    assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("山田", "山本"), ("はなこ", "はなえ"), ("太郎", "大郎"), ("ゆうき", "ゆき"), ("さとう", "さど")],
)
def test_these_stay_two(one: str, other: str) -> None:
    assert names.fold(one) != names.fold(other)


@pytest.mark.parametrize("blank", ["", " ", "　・ "])
def test_nothing_folds_to_nothing(blank: str) -> None:
    assert names.fold(blank) == ""


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = names.fold("".join(ch for ch in text if ch < "ɐ" or "ぁ" <= ch <= "鿿"))
    assert names.fold(once) == once


def test_no_character_stands_in_two_groups_of_variants() -> None:
    every = "".join(names._VARIANTS)
    assert len(set(every)) == len(every)


HANAKO = {"name": "豊島 花子", "kana": "としま はなこ", "label": "C"}


@pytest.mark.parametrize(
    "text",
    [
        "豊島花子さんは介護を断っている。",
        "豊島　花子",
        "豐島花子",
        "花子さんの年金",
        "トシマハナコ様",
        "ﾄｼﾏ ﾊﾅｺ",
        "はなこちゃんと呼ばれている",
        "ハナコ",
        "C",
        "Ｃの通院",
        "「C」",
        "Cさんの年金",
        "C さん",
        "世帯員C（共有対象外）",
        "長女とC\n",
        "cさん",
        "A、C",
    ],
)
def test_the_text_says_who_it_is_about(text: str) -> None:
    assert names.contains_name(text, **HANAKO)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "年金だけで暮らしている。",
        "豊島区の窓口",
        "としまの催し",
        "DNAの検査",
        "CSWが訪問",
        "C4のくすり",
        "4Cの教室",
        "C型肝炎",
        "BCG",
        "éCé",
    ],
)
def test_the_text_says_of_nobody(text: str) -> None:
    assert not names.contains_name(text, **HANAKO)


def test_a_word_in_which_the_letter_stands_is_not_the_label() -> None:
    assert not names.contains_name("DNA", name=None, kana=None, label="A")
    assert not names.contains_name("就労継続支援A型", name=None, kana=None, label="A")
    assert names.contains_name("就労継続支援A型を A が見学", name=None, kana=None, label="A")
    assert names.contains_name("AAの母", name=None, kana=None, label="AA")
    assert not names.contains_name("AAの母", name=None, kana=None, label="A")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("お住まいの件", False),
        ("まいさんの通院", True),
        ("マイちゃん", True),
        ("まい君", True),
        ("豊島まい", False),
        ("としままい", True),
        ("真衣", True),
        ("眞衣", True),
    ],
)
def test_a_short_reading_counts_before_an_honorific(text: str, found: bool) -> None:
    assert names.contains_name(text, name="豊島 真衣", kana="トシマ　マイ", label="B") is found


def test_a_reading_of_three_kana_counts_anywhere_and_so_does_a_short_whole_one_before_an_honorific() -> None:
    assert names.contains_name("あかりが話した", name=None, kana="あかり", label="B")
    assert not names.contains_name("あいさつ", name=None, kana="あい", label="B")
    assert names.contains_name("あいさん", name=None, kana="あい", label="B")


@pytest.mark.parametrize(
    ("text", "found"),
    [("マリアさん", True), ("シルバの兄", True), ("まりあしるば", True), ("マリ", False)],
)
def test_any_part_of_a_name_whose_order_is_not_sure(text: str, found: bool) -> None:
    assert names.contains_name(text, name="マリア・シルバ", kana=None, label="B") is found
    assert names.contains_name(text, name="Maria Silva", kana="マリア・シルバ", label="B") is found


def test_the_family_name_alone_is_the_whole_households() -> None:
    assert not names.contains_name("﨑の家", name="﨑 ハナ", kana=None, label="B")
    assert not names.contains_name("𠮷の家", name="𠮷 ハナ", kana=None, label="B")


def test_a_name_without_a_space_has_no_given_name_to_look_for() -> None:
    assert names.contains_name("豊島花子", name="豊島花子", kana=None, label="C")
    assert not names.contains_name("花子", name="豊島花子", kana=None, label="C")


@pytest.mark.parametrize("name", [None, "", " ", "・"])
def test_an_unnamed_person_is_known_by_the_label_only(name: str | None) -> None:
    assert not names.contains_name("年金だけで暮らしている。", name=name, kana=name, label="C")
    assert names.contains_name("Cは年金で暮らしている。", name=name, kana=name, label="C")


def test_without_a_label_only_names_count() -> None:
    assert not names.contains_name("会議室C", name="髙橋 節子", kana="たかはし せつこ")
    assert names.contains_name("会議室C", name="髙橋 節子", kana="たかはし せつこ", label="C")
    assert names.contains_name("節子さん宅", name="髙橋 節子", kana=None)


class TestSearchKeys:
    def test_a_name_is_found_whole_swapped_and_in_parts(self) -> None:
        found = names.search_keys("髙橋 由美子", "タカハシ　ユミコ")
        assert found == {
            *(("name", key) for key in ("高橋由美子", "由美子高橋", "高橋", "由美子")),
            *(("kana", key) for key in ("たかはしゆみこ", "ゆみこたかはし", "たかはし", "ゆみこ")),
        }

    def test_telephones_are_their_digits(self) -> None:
        assert names.search_keys(None, None, ("０９０－１１１１－２２２２", None, "内線")) == {("phone", "09011112222")}

    def test_nobody_is_found_by_nothing(self) -> None:
        assert names.search_keys(None, "　") == set()
