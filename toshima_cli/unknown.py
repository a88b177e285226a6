"""What is said of a word that is in no list, and of a number that is not in the books."""

from collections.abc import Iterable, Mapping, Sequence

from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.exits import NotFound


def near(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words that look like what was typed, best first, three at most; where some begin alike, those only (who
    types `died` means no `married`)."""
    import difflib

    found = difflib.get_close_matches(word, list(known), 3, 0.5)
    begun = [one for one in found if one[:1] == word[:1]]
    return tuple(begun or found)


def unknown(value: str, alike: tuple[str, ...], known: Mapping[str, str]) -> Say:
    if alike:
        return say("{value} is not known here. Did you mean {alike}?", value=value, alike=tuple(alike))
    if len(known) <= 20:
        named = tuple(say("{code} ({name})", code=code, name=name) if name else code for code, name in known.items())
        return say("{value} is not known here. Known are: {known}.", value=value, known=named)
    return say("{value} is not known here.", value=value)


def not_a_place(value: str) -> Say:
    """No window, programme or resource: it may be a body outside, which is written so."""
    return say("{value} is not known here. A body outside is written: outside:{value}", value=value)


def mended(words: Sequence[str], instead: Mapping[str, str]) -> str:
    """The line as typed, to paste, with what could not be used replaced. `instead`: option → what stands for it."""
    import shlex

    line = list(words)
    for number, word in enumerate(line):
        name, equals, _ = word.partition("=")
        if equals and name in instead:
            line[number] = f"{name}={instead[name]}"
        elif number and line[number - 1] in instead:
            line[number] = instead[line[number - 1]]
    return shlex.join(["toshima", *line])


def not_found(missing: Sequence[tuple[str, str]]) -> NotFound:
    sentences = {
        "case": say("There is no case {number}."),
        "meeting": say("There is no sitting {number}."),
        "referral": say("There is no referral {number}."),
        "gap": say("There is no gap {number}."),
    }
    first, *others = (Say(sentences[kind].text, (("number", value),)) for kind, value in missing)
    shapes = {"case": "2026-0042", "meeting": "M2026-0001", "referral": "R2026-0001", "gap": "G3"}
    shape: Value = shapes[missing[0][0]]
    what_to_do = say("Look at the number again; it is written like {shape}.", shape=shape)
    listing = {"meeting": "toshima meetings", "gap": "toshima gap list"}.get(missing[0][0], "toshima caseload")
    return NotFound(first, why=others, do=(what_to_do, listing))
