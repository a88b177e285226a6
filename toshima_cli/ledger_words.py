"""The words of an old ledger as the program's own: slugs for what a list names, ISO dates for days in whatever form.

Nothing is guessed that two readings fit: what is not understood stays as it is written, and the form refuses it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from unicodedata import normalize

from toshima_cli.domain import terms as t
from toshima_cli.domain.calendar import EARLIEST, BadDate, parse_birth, parse_date, told_age
from toshima_cli.domain.names import fold
from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import Fault
from toshima_cli.i18n import words_in_both
from toshima_cli.ledger import DATES, LISTED, SEVERAL, MappingForm
from toshima_cli.unknown import near, unknown

Codes = Mapping[str, Mapping[str, str]]

_CLOSED: dict[str, type[StrEnum]] = {"decision": t.Decision, "scope": t.Scope, "decided_by": t.DecidedBy}

_ALSO: dict[str, dict[str, str]] = {
    "sex": {"女": "female", "男": "male", "f": "female", "m": "male"},
    "relation": {
        **dict.fromkeys(("妻", "夫"), "spouse"),
        **dict.fromkeys(("子", "息子", "娘", "長男", "次男", "二男", "三男", "長女", "次女", "二女", "三女"), "child"),
        **dict.fromkeys(("父", "母"), "parent"),
        **dict.fromkeys(("兄", "姉", "弟", "妹", "兄弟", "姉妹", "兄弟姉妹"), "sibling"),
        **dict.fromkeys(("祖父", "祖母"), "grandparent"),
    },
    "decision": dict.fromkeys(("同意", "同意あり"), "given"),
}
"""Words of ledgers beside the names of the lists. 本人 is nobody's relation to the head, and 無 no decision: a mapping
says what an office means by them."""

_PARTS = re.compile(r"[、,，;；/／\n]+")
_PRESSING = "◎!！"
_TIME = re.compile(r"\s+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_WITHOUT_YEAR = re.compile(r"\d{1,2}[-/月]\d{1,2}日?|today|yesterday|今日|本日|昨日", re.ASCII | re.IGNORECASE)
_LOST_ZERO = re.compile(r"[1-9]\d{8,9}", re.ASCII)


class Words:
    """`slug("sex", "女")`, by field. A name two codes share means neither; what a mapping says of a word goes before
    what the lists say of it."""

    def __init__(self, values: Mapping[str, Mapping[str, str]], *languages: Codes) -> None:
        self._of: dict[str, dict[str, str]] = {}
        self._names = languages[0]
        for field, name in LISTED.items():
            pairs = [*_pairs(name, languages), *_ALSO.get(name, {}).items()]
            listed = _once((fold(said), code) for said, code in pairs)
            own = {fold(said): listed.get(fold(meant), meant) for said, meant in values.get(field, {}).items()}
            self._of[field] = {**listed, **own}
        # a ledger says the same few words on every row
        self.slug = lru_cache(10_000)(self._slug)
        self.several = lru_cache(10_000)(self._several)

    def _slug(self, field: str, text: str) -> str:
        """The code that is meant; the text itself where none is."""
        return self._of[field].get(fold(text), text.strip())

    def _several(self, field: str, text: str) -> tuple[tuple[str, bool], ...]:
        """(code, marked as the most pressing) for each word. Names of lists hold commas themselves: the longest run of
        parts that is a name is taken."""
        known = self._of[field]
        parts = [part for part in _PARTS.split(text) if part.strip()]
        found: list[tuple[str, bool]] = []
        while parts:
            count = next((n for n in range(len(parts), 1, -1) if fold(_unmarked("、".join(parts[:n]))[0]) in known), 1)
            said, pressing = _unmarked("、".join(parts[:count]))
            parts = parts[count:]
            if code := known.get(fold(said), said):
                found.append((code, pressing))
        return tuple(found)

    def unmeant(self, field: str, text: str) -> Iterator[Say]:
        """What of `text`, where a mapping says it is meant, stands in no list."""
        codes = [code for code, _ in self.several(field, text)] if field in SEVERAL else [self.slug(field, text)]
        name = LISTED[field]
        known = {one.value: one for one in _CLOSED[name]} if name in _CLOSED else self._names.get(name, {})
        return (unknown(code, near(code, known), known) for code in codes if code not in known)


def faults(mapping: MappingForm, words: Words, today: date) -> Iterator[Fault]:
    """What a mapping says is meant, and nothing can be: named once, where it stands, not on every row it is met."""
    said = [(f"constants {of}", of, text) for of, text in mapping.constants.items()]
    said += [(f"values {of} {word}", of, text) for of, each in mapping.values.items() for word, text in each.items()]
    for where, of, text in said:
        found: Iterable[Say] = ()
        if not text.strip():
            # of a word of the ledger it says that it means nothing
            found = [say("Nothing stands here; leave it out, or give a value.")] if where.startswith("const") else ()
        elif of in LISTED:
            found = words.unmeant(of, text)
        elif of in DATES:
            found = _no_day(of, text, today)
        yield from (Fault(f"--mapping {where}", message) for message in found)


def _no_day(of: str, text: str, today: date) -> Iterator[Say]:
    found = birth(text, today, today) if of == "birth_date" else day(text, today)
    if isinstance(found, Say):
        yield found
        return
    on = found if isinstance(found, str) else found[0]
    if on and on > today.isoformat():
        yield say("{on} lies in the future.", on=date.fromisoformat(on))
    elif on and of != "birth_date" and on < EARLIEST.isoformat():
        yield say("{on} lies before any record of this office.", on=date.fromisoformat(on))


def _pairs(name: str, languages: Iterable[Codes]) -> Iterable[tuple[str, str]]:
    if name in _CLOSED:
        for term in _CLOSED[name]:
            yield from ((said, term.value) for said in (term.value, *words_in_both(term)))
        return
    for codes in languages:
        for one in (name, f"{name}_short"):
            for code, said in codes.get(one, {}).items():
                yield from ((said, code), (code, code))


def _once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for said, code in pairs:
        found.setdefault(said, set()).add(code)
    # a code wins over a name that is written like it
    return {said: said if said in codes else next(iter(codes)) for said, codes in found.items() if len(codes) == 1}


def _unmarked(word: str) -> tuple[str, bool]:
    bare = word.strip().strip(_PRESSING + " 　")
    return bare, any(mark in word for mark in _PRESSING)


def day(text: str, today: date) -> str | Say:
    """A day as ISO text, or what is wrong with it: 2026-11-24, R8.11.24, 20261124, the serial number of a spreadsheet;
    a time behind it is left out. A day without its year is refused: a ledger is of years past."""
    plain = _TIME.sub("", normalize("NFKC", text).strip())
    if found := _COMPACT.fullmatch(plain):
        plain = "-".join(found.groups())
    elif _SERIAL.fullmatch(plain):
        return (date(1899, 12, 30) + timedelta(days=int(plain))).isoformat()
    elif _WITHOUT_YEAR.fullmatch(plain.replace(" ", "")):
        return say("The year is missing: {given}.", given=text)
    try:
        return parse_date(plain, today).isoformat()
    except BadDate as error:
        return error.message


def birth(text: str, today: date, on: date) -> tuple[str | None, Say | None] | Say:
    """(birth date or None, what is noted of an age), or what is wrong."""
    try:
        known = parse_birth(text, today)
    except BadDate:
        known = on  # a form only `day` knows
    if known is None:
        return None, None
    if isinstance(known, int):
        return None, told_age(known, on)
    if known is not on and not _WITHOUT_YEAR.fullmatch(normalize("NFKC", text).replace(" ", "")):
        return known.isoformat(), None
    found = day(text, today)
    return found if isinstance(found, Say) else (found, None)


def phone(text: str) -> tuple[str, bool]:
    """The telephone number, and whether a 0 was put back that a spreadsheet took from it for a number's. [ours]"""
    plain = normalize("NFKC", text).strip()
    return (f"0{plain}", True) if _LOST_ZERO.fullmatch(plain) else (text, False)
