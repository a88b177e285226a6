"""Which records may be of one person: what has to agree for it, and what may not differ. [ours]

The same before a record is saved, after it, and for the holders of a restricted case. Nothing is decided here: people
are shown with the reasons, and whoever takes the call chooses. The figures behind the table are in `docs/search.md`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from toshima_cli.domain.case import Person
from toshima_cli.domain.names import Spelled, address_key, phone_key, spelled, written
from toshima_cli.domain.verdict import Say, say


@dataclass(frozen=True, slots=True)
class Like:
    """Somebody as they are told of, nothing of it sure: exactly as typed. `phone` and `address`: their own or their
    household's."""

    name: str | None = None
    kana: str | None = None
    birth_date: date | None = None
    phone: str | None = None
    address: str | None = None


class Sign(StrEnum):
    """What agrees between two records, or is known to differ."""

    KANA = "kana"
    NAME = "name"
    BORN = "born"
    PHONE = "phone"
    ADDRESS = "address"
    GIVEN = "given"
    SURNAME = "surname"
    BORN_NEARLY = "born_nearly"
    BORN_DIFFERS = "born_differs"
    GIVEN_DIFFERS = "given_differs"

    __hash__ = str.__hash__  # Enum's is written in Python, and asked dozens of times for each record looked at


@dataclass(frozen=True, slots=True)
class Rule:
    """All of `agree` has to agree, nothing of `but` may be so."""

    agree: tuple[Sign, ...]
    but: Sign | None = None

    def fits(self, signs: frozenset[Sign]) -> bool:
        return signs.issuperset(self.agree) and self.but not in signs


RULES = (
    Rule((Sign.KANA, Sign.BORN)),
    Rule((Sign.NAME, Sign.BORN)),
    # a birth date may be misheard; the whole name at the same place is no chance
    Rule((Sign.KANA, Sign.PHONE)),
    Rule((Sign.NAME, Sign.PHONE)),
    Rule((Sign.KANA, Sign.ADDRESS)),
    Rule((Sign.NAME, Sign.ADDRESS)),
    # one part of the date was misheard
    Rule((Sign.KANA, Sign.BORN_NEARLY)),
    Rule((Sign.NAME, Sign.BORN_NEARLY)),
    # who married, or whose surname was not told
    Rule((Sign.GIVEN, Sign.BORN)),
    # a given name that was misread; not twins
    Rule((Sign.PHONE, Sign.BORN), but=Sign.GIVEN_DIFFERS),
    Rule((Sign.ADDRESS, Sign.BORN), but=Sign.GIVEN_DIFFERS),
    Rule((Sign.SURNAME, Sign.BORN), but=Sign.GIVEN_DIFFERS),
    Rule((Sign.GIVEN, Sign.PHONE), but=Sign.BORN_DIFFERS),
    Rule((Sign.GIVEN, Sign.ADDRESS), but=Sign.BORN_DIFFERS),
    Rule((Sign.KANA,), but=Sign.BORN_DIFFERS),
    Rule((Sign.NAME,), but=Sign.BORN_DIFFERS),
)
"""The strongest first. A surname, a telephone, an address or a birth date alone is never enough."""

_WORDS = {
    Sign.KANA: say("reading"),
    Sign.NAME: say("name"),
    Sign.BORN: say("birth date"),
    Sign.PHONE: say("telephone"),
    Sign.ADDRESS: say("address"),
    Sign.GIVEN: say("given name"),
    Sign.SURNAME: say("surname"),
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two records may be one person. `rank`: 0 is the strongest; `reasons` as sentences, what agrees first."""

    rank: int
    reasons: tuple[Say, ...]

    @property
    def because(self) -> Say:
        """The reasons as one text."""
        first, *others = self.reasons
        for other in others:
            first = say("{sentence} {more}", sentence=first, more=other)
        return first


def like_of(person: Person) -> Like:
    """What somebody is compared by, without their household."""
    return Like(person.name, person.kana, person.birth_date, person.phone, person.address)


def alike(one: Like, other: Like, *, mask: bool = False) -> Likeness | None:
    """Why they may be the same person; None where no rule says so. `mask`: no letter of a name in the reasons."""
    signs = _signs(one, other)
    rank = next((rank for rank, rule in enumerate(RULES) if rule.fits(signs)), None)
    return None if rank is None else Likeness(rank, tuple(_reasons(one, other, signs, mask=mask)))


def _signs(one: Like, other: Like) -> frozenset[Sign]:
    found = set(_born(one.birth_date, other.birth_date))
    name, kana = _pair(one.name, other.name), _pair(one.kana, other.kana)
    for whole, pair in ((Sign.NAME, name), (Sign.KANA, kana)):
        if pair is None:
            continue
        if _whole(*pair):
            found.add(whole)
        if _given(*pair):
            found.add(Sign.GIVEN)
        if _surname(*pair):
            found.add(Sign.SURNAME)
    if one.phone and other.phone and _same(phone_key(one.phone), phone_key(other.phone)):
        found.add(Sign.PHONE)
    if one.address and other.address and _same(address_key(one.address), address_key(other.address)):
        found.add(Sign.ADDRESS)
    # only the reading tells: 華子 and 花子 may be one name written down by two people
    spoken = kana is not None and all(len(said.parts) > 1 for said in kana)
    if spoken and found.isdisjoint((Sign.GIVEN, Sign.KANA, Sign.NAME)):
        found.add(Sign.GIVEN_DIFFERS)
    return frozenset(found)


def _born(one: date | None, other: date | None) -> Iterator[Sign]:
    """Nearly: the year, the month or the day is another one, or month and day changed places."""
    if one is None or other is None:
        return
    if one == other:
        yield Sign.BORN
        return
    yield Sign.BORN_DIFFERS
    agreeing = sum((one.year == other.year, one.month == other.month, one.day == other.day))
    if agreeing > 1 or (one.year, one.month, one.day) == (other.year, other.day, other.month):
        yield Sign.BORN_NEARLY


def _pair(one: str | None, other: str | None) -> tuple[Spelled, Spelled] | None:
    mine, theirs = spelled(one), spelled(other)
    return None if mine is None or theirs is None else (mine, theirs)


def _same(one: str, other: str) -> bool:
    return one != "" and one == other


def _whole(one: Spelled, other: Spelled) -> bool:
    """The whole name, in either order; 佐藤 alone is none, on whichever side."""
    if one.whole not in (other.whole, other.swapped) and one.swapped != other.whole:
        return False
    return not (one.partial or other.partial)


def _given(one: Spelled, other: Spelled) -> bool:
    """The last word; where one of them has no space, the other's has to end it. Two single words are no given name."""
    if (len(one.parts) > 1) is (len(other.parts) > 1):
        return len(one.parts) > 1 and one.parts[-1] == other.parts[-1]
    return one.whole.endswith(other.parts[-1]) or other.whole.endswith(one.parts[-1])


def _surname(one: Spelled, other: Spelled) -> bool:
    """The first word; where one of them has no space, the other's has to begin it."""
    if len(one.parts) > 1 and len(other.parts) > 1:
        return one.parts[0] == other.parts[0]
    return one.whole.startswith(other.parts[0]) or other.whole.startswith(one.parts[0])


def _reasons(one: Like, other: Like, signs: frozenset[Sign], *, mask: bool) -> Iterable[Say]:
    whole = signs & {Sign.KANA, Sign.NAME}
    shown = (sign for sign in _WORDS if sign in signs and not (whole and sign in (Sign.GIVEN, Sign.SURNAME)))
    yield say("The same: {what}.", what=tuple(_WORDS[sign] for sign in shown))
    if whole:
        yield from _spelling(one, other, signs, mask=mask)
    elif Sign.GIVEN in signs and Sign.SURNAME not in signs:
        yield say("The surname is another one.")
    if Sign.BORN_DIFFERS in signs:
        yield say("The birth dates differ.")
    elif Sign.BORN not in signs:
        yield say("A birth date is not known.")


def _spelling(one: Like, other: Like, signs: frozenset[Sign], *, mask: bool) -> Iterable[Say]:
    pairs = ((Sign.NAME, one.name, other.name), (Sign.KANA, one.kana, other.kana))
    same = [(mine, theirs) for sign, mine, theirs in pairs if sign in signs and mine and theirs]
    for mine, theirs in same:
        here, there = spelled(mine), spelled(theirs)
        if here and there and here.whole != there.whole:
            yield say("Surname and given name are swapped.")
            return
    for mine, theirs in same:
        drawn = tuple(f"{a}/{b}" for a, b in zip(written(mine), written(theirs), strict=False) if a != b)
        if drawn and mask:
            yield say("The name is written with other characters.")
        elif drawn:
            yield say("The name is written with other characters: {characters}.", characters=drawn)
