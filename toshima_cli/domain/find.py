"""What the words of a search mean: a number, a telephone, an address, a birth date, or the beginning of a name or
reading. [ours]

Letters of a search are letters: `%`, `_` and quotes mean nothing else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from toshima_cli.domain.calendar import parse_date
from toshima_cli.domain.names import ADDRESS, address_key, fold, phone_key

MOST_WORDS = 3
LAST = "\U0010ffff"
"""No key goes on with this character: from `key` to `key + LAST` stand all that begin with it."""
FIRST = "\x01"
"""Nor with one before this."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))
_NUMBER = re.compile(r"([MR]?)(2[01]\d\d)-(\d+)(?:/.*)?", re.ASCII)
_BORN = re.compile(
    r"(?:\d{4}|(?:令和|平成|昭和|大正|明治|[RHSTM])(?:元|\d{1,2}))[-/.年]\d{1,2}[-/.月]\d{1,2}日?", re.ASCII
)
_PHONE = re.compile(r"[\d()+-]{2,}", re.ASCII)
_HOUSE = re.compile(r"[^\d-].*\d.*", re.ASCII)
_KINDS = {"": "case", "M": "meeting", "R": "referral"}


@dataclass(frozen=True, slots=True)
class Sought:
    """`keys` folded, the longest first; `numbers` as (case, meeting or referral, number as it is kept)."""

    keys: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]


def read(words: Iterable[str]) -> Sought:
    """The words of a search, split at blanks. Words of digits are one telephone number.

    Raises BadDate for a birth date there never was.
    """
    names, digits, numbers = list[str](), list[str](), list[tuple[str, str]]()
    for word in (part for text in words for part in text.split()):
        plain = normalize("NFKC", word).translate(_DASHES).upper()
        number = _NUMBER.fullmatch(plain)
        if number:
            numbers.append((_KINDS[number[1]], f"{number[1]}{number[2]}-{int(number[3]):04d}"))
        elif _BORN.fullmatch(plain):
            names.append(parse_date(plain, date.max).isoformat())
        elif _PHONE.fullmatch(plain):
            digits.append(phone_key(plain))
        elif _HOUSE.fullmatch(plain) and (house := address_key(word)):
            names.append(ADDRESS + house)
        else:
            names.append(fold(word))
    keys = {key for key in (*names, "".join(digits)) if key}
    return Sought(tuple(sorted(keys, key=lambda key: (-len(key), key))), tuple(dict.fromkeys(numbers)))


def end(key: str) -> str:
    """The last key that begins with it; of an address a house of the same block (1-2 goes on as 1-2-3, not 1-20)."""
    return f"{key}-{LAST}" if key.startswith(ADDRESS) else key + LAST


def going_on(key: str) -> tuple[str, str]:
    """The first and the last key that says more than `key` does."""
    return key + FIRST, end(key)
