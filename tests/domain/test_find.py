"""What the words of a search mean."""

import pytest

from toshima_cli.domain.find import Sought, read


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
    ],
)
def test_words(words: list[str], keys: tuple[str, ...], numbers: tuple[tuple[str, str], ...]) -> None:
    assert read(words) == Sought(keys, numbers)
