"""What the words of a search mean: a number, a telephone, or the beginning of a name or reading. [ours]

Letters of a search are letters: `%`, `_` and quotes mean nothing else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from toshima_cli.domain.names import fold, phone_key

MOST_WORDS = 3
LAST = "\U0010ffff"
"""No key goes on with this character: from `key` to `key + LAST` stand all that begin with it."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))
_NUMBER = re.compile(r"([MR]?)(2[01]\d\d)-(\d+)(?:/.*)?", re.ASCII)
_PHONE = re.compile(r"[\d()+-]{2,}", re.ASCII)
_KINDS = {"": "case", "M": "meeting", "R": "referral"}


@dataclass(frozen=True, slots=True)
class Sought:
    """`keys` folded, the longest first; `numbers` as (case, meeting or referral, number as it is kept)."""

    keys: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]


def read(words: Iterable[str]) -> Sought:
    """The words of a search, split at blanks. Words of digits are one telephone number."""
    names, digits, numbers = list[str](), list[str](), list[tuple[str, str]]()
    for word in (part for text in words for part in text.split()):
        plain = normalize("NFKC", word).translate(_DASHES).upper()
        number = _NUMBER.fullmatch(plain)
        if number:
            numbers.append((_KINDS[number[1]], f"{number[1]}{number[2]}-{int(number[3]):04d}"))
        elif _PHONE.fullmatch(plain):
            digits.append(phone_key(plain))
        else:
            names.append(fold(word))
    keys = {key for key in (*names, "".join(digits)) if key}
    return Sought(tuple(sorted(keys, key=lambda key: (-len(key), key))), tuple(dict.fromkeys(numbers)))
