"""Names compared, not rewritten: variants, kana, width; and texts that say who they are about."""

from datetime import date

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
        ("竹內", "竹内"),
        ("彥根", "彦根"),
        ("亞希", "亜希"),
        ("曉美", "暁美"),
        ("薗田", "園田"),
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
    [
        ("山田", "山本"),
        ("坂本", "阪本"),
        ("菊池", "菊地"),
        ("はなこ", "はなえ"),
        ("太郎", "大郎"),
        ("ゆうき", "ゆき"),
        ("さとう", "さど"),
    ],
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


ONE_ADDRESS = [
    "豊島区架空町１丁目２番３号",
    "架空町1-2-3",
    "架空町１−２ー３",
    "東京都豊島区架空町一丁目2番地の3 ハイツ201",
    "〒170-0000　豊島区架空町1-2-3-201",
    "豊島区大字架空町 1丁目 2番 3号",
    "架空町1の2の3 201号室",
    "架空町01-02-03",
]


class TestAddresses:
    @pytest.mark.parametrize("text", ONE_ADDRESS)
    def test_one_however_it_is_written(self, text: str) -> None:
        assert names.address_key(text) == "架空町1-2-3"

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("架空町二十三番地", "架空町23"),
            ("架空町十番", "架空町10"),
            ("架空町十二丁目3", "架空町12-3"),
            ("架空町二三番地", "架空町23"),
            ("架空町一丁目二三番地", "架空町1-23"),
            ("千代田区三番町5-1", "三番町5-1"),
            ("霞が関1-1", "霞け関1-1"),
            ("霞ヶ関1丁目1番", "霞け関1-1"),
            ("架空町1-2 305", "架空町1-2"),
            ("四日市市諏訪町1-5", "市諏訪町1-5"),
            ("路上", ""),
            ("豊島区", ""),
            ("", ""),
        ],
    )
    def test_the_neighbourhood_and_its_numbers(self, text: str, key: str) -> None:
        assert names.address_key(text) == key

    def test_another_house_is_another_address(self) -> None:
        assert names.address_key("架空町1-2-3") != names.address_key("架空町1-2-4")
        assert names.address_key("南架空町1-2-3") != names.address_key("北架空町1-2-3")


class TestSpelled:
    @pytest.mark.parametrize("text", [None, "", " ・ "])
    def test_nothing_to_compare(self, text: str | None) -> None:
        assert names.spelled(text) is None

    def test_whole_and_swapped(self) -> None:
        said = names.spelled("髙橋 由美子")
        assert said is not None
        assert (said.whole, said.swapped, said.parts) == ("高橋由美子", "由美子高橋", ("高橋", "由美子"))

    @pytest.mark.parametrize(
        ("text", "partial"),
        [("佐藤", True), ("佐藤花", False), ("林 健", False), ("さいとう", True), ("さとうはな", False)],
    )
    def test_one_short_word_is_no_name(self, text: str, partial: bool) -> None:
        said = names.spelled(text)
        assert said is not None
        assert said.partial is partial

    def test_what_is_left_to_differ(self) -> None:
        assert names.written("髙橋　ゆみこ") == names.written("髙橋ユミコ") == "髙橋ゆみこ"
        assert names.written("髙橋") != names.written("高橋")


class TestSearchKeys:
    def test_a_name_is_found_whole_swapped_and_in_parts(self) -> None:
        found = names.search_keys("髙橋 由美子", "タカハシ　ユミコ")
        assert found == {
            *(("name", key) for key in ("高橋由美子", "由美子高橋")),
            *(("name_part", key) for key in ("高橋", "由美子")),
            *(("kana", key) for key in ("たかはしゆみこ", "ゆみこたかはし")),
            *(("kana_part", key) for key in ("たかはし", "ゆみこ")),
        }

    def test_a_name_without_a_space_has_no_parts(self) -> None:
        assert names.search_keys("佐藤花子", None) == {("name", "佐藤花子")}

    def test_telephones_are_their_digits(self) -> None:
        assert names.search_keys(None, None, ("０９０－１１１１－２２２２", None, "内線")) == {("phone", "09011112222")}

    def test_addresses_and_the_birth_date(self) -> None:
        found = names.search_keys(None, None, (), ("架空町１丁目２番", None, "路上"), date(1968, 5, 1))
        assert found == {("address", "〒架空町1-2"), ("birth_date", "1968-05-01")}

    def test_nobody_is_found_by_nothing(self) -> None:
        assert names.search_keys(None, "　") == set()
