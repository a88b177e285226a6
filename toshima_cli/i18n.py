"""Speaks what the rest of the program means: `render(say("…"))` in the language of the screen.

English stands in the source; Japanese comes from `locale/ja/LC_MESSAGES/toshima.mo`. What has no translation is said
in English, so a missing line never stops anybody.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from toshima_cli.domain.verdict import Say, Value

if TYPE_CHECKING:
    from gettext import NullTranslations

LOCALE = Path(__file__).parent / "locale"

_PLACE = re.compile(r"\{(\w+)\}")
_now = "ja"


def set_language(lang: str) -> None:
    """`ja` or `en`; everything said afterwards is in it."""
    global _now
    _now = lang


def language() -> str:
    return _now


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """What is said inside is said in that language, whatever the screen speaks: a file whose language is its own."""
    before = language()
    set_language(lang)
    try:
        yield
    finally:
        set_language(before)


@lru_cache
def _catalogue(lang: str, folder: Path) -> "NullTranslations":
    import gettext

    return gettext.translation("toshima", folder, [lang], fallback=True)


def render(value: Value) -> str:
    """The words of a value: sentences translated and filled in, closed terms as their word, dates as ISO, several
    values joined as a list is in that language."""
    if isinstance(value, StrEnum):
        return word(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Say):
        values = dict(value.values)
        # one pass over the sentence, so that a brace in somebody's name is only a brace
        return _PLACE.sub(lambda m: render(values[m[1]]) if m[1] in values else m[0], translate(value.text))
    if isinstance(value, bool):
        return translate("yes") if value else translate("no")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return translate(", ").join(render(v) for v in value)
    return str(value)


def translate(text: str) -> str:
    """A text of the source in the language of the screen."""
    if _now == "en" or not text:  # gettext answers "" with the catalogue's own header
        return text
    return _catalogue(_now, LOCALE).gettext(text)


def known(text: str) -> bool:
    """Whether this is a sentence of the program: one that the catalogue knows."""
    return bool(text) and _catalogue("ja", LOCALE).gettext(text) != text


def in_both(sentence: Say) -> tuple[str, str]:
    """A sentence in English and in Japanese, whatever the screen speaks: for words that are recognised, not said."""
    return sentence.text, _catalogue("ja", LOCALE).gettext(sentence.text)


def words_in_both(term: StrEnum) -> tuple[str, str]:
    """The word for a term of a closed list in English and in Japanese."""
    from toshima_cli.words import WORDS

    english = WORDS.get(type(term), {}).get(term.value, term.value)
    return english, _catalogue("ja", LOCALE).pgettext(type(term).__name__, english)


def word(term: StrEnum) -> str:
    """The word for a term of a closed list (`Stage.ENGAGING` → 関わり中（同意前）)."""
    from toshima_cli.words import WORDS

    english = WORDS.get(type(term), {}).get(term.value, term.value)
    if _now == "en":
        return english
    return _catalogue(_now, LOCALE).pgettext(type(term).__name__, english)
