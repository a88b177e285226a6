"""What the words of a search mean."""

import pytest

from toshima_cli.domain.calendar import BadDate
from toshima_cli.domain.find import Sought, end, going_on, read


@pytest.mark.parametrize(
    ("words", "keys", "numbers"),
    [
        (["髙橋　由美子"], ("由美子", "高橋"), ()),
        (["ﾀｶﾊｼ"], ("たかはし",), ()),
        (["０３－１２３４", "5678"], ("0312345678",), ()),
        (["(03)1234-5678"], ("0312345678",), ()),
        (["2026-42"], (), (("case", "2026-0042"),)),
        (["２０２６－００４２/P1"], (), (("case", "2026-0042"),)),
        (["m2026-3", "R2026-51", "髙橋"], ("高橋",), (("meeting", "M2026-0003"), ("referral", "R2026-0051"))),
        (["%", "_", "'"], ("%", "'", "_"), ()),
        (["・", " "], (), ()),
        (["1234-5678"], ("12345678",), ()),
        (["1968-05-01"], ("1968-05-01",), ()),
        (["S43.5.1", "髙橋"], ("1968-05-01", "高橋"), ()),
        (["昭和４３年５月１日"], ("1968-05-01",), ()),
        (["2007/8/20"], ("2007-08-20",), ()),
        (["豊島区架空町１丁目２番３号"], ("〒架空町1-2-3",), ()),
        (["架空町1ー2"], ("〒架空町1-2",), ()),
        (["架空町"], ("架空町",), ()),
        (["マリア2"], ("〒まりあ2",), ()),
    ],
)
def test_words(words: list[str], keys: tuple[str, ...], numbers: tuple[tuple[str, str], ...]) -> None:
    assert read(words) == Sought(keys, numbers)


def test_a_birth_date_there_never_was() -> None:
    with pytest.raises(BadDate):
        read(["1968-02-30"])


@pytest.mark.parametrize(
    ("key", "begun", "other"),
    [("高橋", "高橋由美子", "高木"), ("〒架空町1-2", "〒架空町1-2-3", "〒架空町1-20"), ("03", "0312", "04")],
)
def test_what_goes_on(key: str, begun: str, other: str) -> None:
    low, high = going_on(key)
    assert low <= begun <= high
    assert not low <= other <= high
    assert not low <= key <= high
    assert key <= begun <= end(key)
