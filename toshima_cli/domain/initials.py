"""Initials for `--mask`: enough to tell the people on a screen apart, not enough to name them. [ours]"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from unicodedata import normalize

from toshima_cli.domain.names import contains_name
from toshima_cli.domain.verdict import Say, say

if TYPE_CHECKING:
    from toshima_cli.domain.case import Person

HELD_BACK = say("(held back: it names somebody)")

# The first letter of each kana in the Hepburn spelling.
_ROWS = {
    "A": "あぁ", "I": "いぃ", "U": "うぅ", "E": "えぇ", "O": "おぉを",
    "K": "かきくけこ", "G": "がぎぐげご",
    "S": "さしすせそ", "Z": "ざずぜぞづ", "J": "じぢ",
    "T": "たつてと", "C": "ち", "D": "だでど",
    "N": "なにぬねのん", "H": "はひへほ", "F": "ふ", "B": "ばびぶべぼ", "P": "ぱぴぷぺぽ",
    "M": "まみむめも", "Y": "やゆよ", "R": "らりるれろ", "W": "わゐゑ", "V": "ゔ",
}  # fmt: skip
_LETTER = {kana: letter for letter, row in _ROWS.items() for kana in row}
_KATAKANA = str.maketrans({chr(c): chr(c - 0x60) for c in range(ord("ァ"), ord("ヴ") + 1)})


def initials(name: str | None, kana: str | None) -> str | None:
    """`T.Y.` from the reading, otherwise from a name in Latin letters; None where neither gives a letter: a kanji of
    the name would be more than an initial."""
    for text in (kana, name):
        letters = [_first(part) for part in normalize("NFKC", text or "").replace("・", " ").split()]
        if letters and all(letters):
            return "".join(f"{letter}." for letter in letters)
    return None


def _first(part: str) -> str:
    sign = part[:1].translate(_KATAKANA)
    if sign in _LETTER:
        return _LETTER[sign]
    return sign.upper() if sign.isascii() and sign.isalpha() else ""


def without_names(text: str | None, people: "Iterable[Person]", *, labels: bool = True) -> str | Say | None:
    """A typed text under `--mask`: held back where it says who it is about, with `labels` by a label too. A surname
    says it, though the whole household may bear it (rule 3 looks for one person of it, a mask for any)."""
    if text is None:
        return None
    for p in people:
        label = p.label if labels else None
        borne = ((p.name, p.kana), *p.other_names)
        names = (*borne, *((_surname(name), _surname(kana)) for name, kana in borne))
        if any(contains_name(text, name=name, kana=kana, label=label) for name, kana in names):
            return HELD_BACK
    return text


def _surname(name: str | None) -> str | None:
    return name.split()[0] if name and name.split() else None
