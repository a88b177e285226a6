"""Who may be the same person: what has to agree, and what may not differ."""

from datetime import date

import pytest

from tests.domain.household import Life
from toshima_cli.domain.alike import RULES, Like, Sign, alike, like_of

BORN, OTHER_DAY = date(1968, 5, 1), date(1971, 9, 23)
PHONE, PLACE = "03-9999-0000", "豊島区架空町1丁目2番3号"
YUMIKO = Like("髙橋 由美子", "たかはし ゆみこ", BORN, PHONE, PLACE)


def reasons(one: Like, other: Like, *, mask: bool = False) -> list[str]:
    found = alike(one, other, mask=mask)
    return [] if found is None else [reason.text for reason in found.reasons]


class TestTheTable:
    @pytest.mark.parametrize(
        "other",
        [
            Like(name="高橋由美子"),
            Like(name="由美子 高橋"),
            Like(name="由美子高橋"),
            Like(kana="ﾀｶﾊｼ ﾕﾐｺ"),
            Like("田中 裕子", "たかはし ゆみこ", BORN),
            Like("高橋 由美子", None, OTHER_DAY, phone="０３（９９９９）００００"),
            Like(None, "たかはし ゆみこ", OTHER_DAY, phone=PHONE),
            Like("高橋 由美子", None, OTHER_DAY, address="架空町１－２－３"),
            Like(None, "たかはし ゆみこ", OTHER_DAY, address=PLACE),
            Like("高橋 由美子", None, date(1968, 5, 10)),
            Like("高橋 由美子", None, date(1986, 5, 1)),
            Like("高橋 由美子", None, date(1968, 1, 5)),
            Like(None, "たかはし ゆみこ", date(1968, 6, 1)),
            Like("佐藤 由美子", None, BORN),
            Like("佐藤 裕美子", "さとう ゆみこ", BORN),
            Like("由美子", None, BORN),
            Like("高橋 弓子", None, BORN),
            Like("高橋", None, BORN),
            Like(None, None, BORN, phone=PHONE),
            Like(None, None, BORN, address=PLACE),
            Like("由美子", phone=PHONE),
            Like("佐藤由美子", address=PLACE),
        ],
    )
    def test_perhaps_the_same(self, other: Like) -> None:
        found = alike(YUMIKO, other)
        back = alike(other, YUMIKO)
        assert found is not None
        assert back is not None
        assert found.rank == back.rank

    @pytest.mark.parametrize(
        "other",
        [
            Like(),
            Like(birth_date=BORN),
            Like(phone=PHONE),
            Like(address=PLACE),
            Like(phone=PHONE, address=PLACE),
            Like("高橋"),
            Like(kana="たかはし"),
            Like("高橋", phone=PHONE, address=PLACE),
            Like("佐藤 由美子"),
            Like("高橋 節子", None, OTHER_DAY),
            Like("高橋 由美子", "たかはし ゆみこ", OTHER_DAY),
            Like("佐藤 由美子", None, OTHER_DAY, PHONE, PLACE),
            # twins
            Like("高橋 裕美", "たかはし ひろみ", BORN, PHONE, PLACE),
        ],
    )
    def test_nothing_that_says_so(self, other: Like) -> None:
        assert alike(YUMIKO, other) is None
        assert alike(other, YUMIKO) is None

    def test_two_of_whom_only_the_surname_is_known(self) -> None:
        assert alike(Like("佐藤", phone=PHONE), Like("佐藤", phone=PHONE)) is None
        assert alike(Like("佐藤", None, BORN), Like("佐藤", None, BORN)) is not None

    def test_what_agrees_in_more_is_stronger(self) -> None:
        ranks = [
            found.rank
            for other in (YUMIKO, Like("高橋 由美子", None, BORN), Like("由美子", None, BORN), Like("高橋 由美子"))
            if (found := alike(YUMIKO, other))
        ]
        assert ranks == sorted(set(ranks))
        assert len(ranks) == 4

    def test_no_sign_is_enough_alone_but_a_whole_name(self) -> None:
        assert {rule.agree[0] for rule in RULES if len(rule.agree) == 1} == {Sign.NAME, Sign.KANA}
        assert all(rule.but is Sign.BORN_DIFFERS for rule in RULES if len(rule.agree) == 1)


class TestTheReasons:
    def test_what_agrees_stands_first(self) -> None:
        found = alike(YUMIKO, YUMIKO)
        assert found is not None
        (only,) = found.reasons
        assert found.because is only
        assert [word.text for word in dict(only.values)["what"]] == [  # type: ignore[union-attr]
            "reading", "name", "birth date", "telephone", "address",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("other", "sentence"),
        [
            (Like("由美子 髙橋", None, BORN), "Surname and given name are swapped."),
            (Like("高橋 由美子", None, BORN), "The name is written with other characters: {characters}."),
            (Like("佐藤 由美子", None, BORN), "The surname is another one."),
            (Like("髙橋 由美子", None, date(1968, 5, 2)), "The birth dates differ."),
            (Like("髙橋 由美子"), "A birth date is not known."),
        ],
    )
    def test_what_differs_is_said_too(self, other: Like, sentence: str) -> None:
        assert reasons(YUMIKO, other)[1:] == [sentence]

    def test_as_one_text(self) -> None:
        found = alike(YUMIKO, Like("高橋 由美子"))
        assert found is not None
        assert len(found.reasons) == 3
        assert found.because.text == "{sentence} {more}"

    def test_masked_no_letter_of_a_name(self) -> None:
        assert reasons(YUMIKO, Like("高橋 由美子", None, BORN), mask=True)[1:] == [
            "The name is written with other characters."
        ]

    def test_a_given_name_that_was_misread_is_no_other_surname(self) -> None:
        assert reasons(YUMIKO, Like("高橋 弓子", None, BORN)) == ["The same: {what}."]
        assert reasons(YUMIKO, Like(None, None, BORN, PHONE)) == ["The same: {what}."]


def test_a_member_is_compared_by_what_their_record_says() -> None:
    person = Life().case.people[0]
    assert like_of(person) == Like(person.name, person.kana, person.birth_date, person.phone, person.address)
