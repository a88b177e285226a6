"""Lines to paste: what was typed before the command stands in them too, or they would go to other books."""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

CARRIED = {"--db": True, "--as": True, "--lang": True, "--mask": False}
"""Root options a pasted line needs as well → whether a value follows."""

_before: list[tuple[str, str]] = []
"""(name, as typed) of each."""


@contextmanager
def standing_before(words: Sequence[str]) -> Iterator[None]:
    """While this line is answered, its root options, as typed (`Asked.before`), stand in every line to paste."""
    global _before
    outside, _before = _before, _carried(words)
    try:
        yield
    finally:
        _before = outside


def _carried(words: Sequence[str]) -> list[tuple[str, str]]:
    kept, rest = list[tuple[str, str]](), list(words)
    while rest:
        word = rest.pop(0)
        name, equals, _ = word.partition("=")
        value = rest[:1] if CARRIED.get(name) and not equals else []
        del rest[: len(value)]
        if name in CARRIED:
            kept.append((name, shlex.join([word, *value])))
    return kept


def pasted(line: str) -> str:
    """The line with them; those it has itself are its own."""
    name, _, rest = line.partition(" ")
    if name != "toshima":
        return line
    own = {option for option, _ in _carried(_leading(rest.split()))}
    return " ".join(filter(None, (name, *(typed for option, typed in _before if option not in own), rest)))


def _leading(words: Sequence[str]) -> Sequence[str]:
    """The root options a line begins with, and their values."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if CARRIED.get(words[at]) else 1
    return words[:at]
