"""Lines to paste: what was typed before the command stands in them too, or they would go to other books."""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

CARRIED = {"--db": True, "--as": True, "--lang": True, "--mask": False}
"""Root options a pasted line needs as well → whether a value follows."""

_before = ""


@contextmanager
def standing_before(words: Sequence[str]) -> Iterator[None]:
    """While this line is answered, its root options, as typed (`Asked.before`), stand in every line to paste."""
    global _before
    outside, _before = _before, _carried(words)
    try:
        yield
    finally:
        _before = outside


def _carried(words: Sequence[str]) -> str:
    kept, rest = list[str](), list(words)
    while rest:
        word = rest.pop(0)
        name, equals, _ = word.partition("=")
        value = rest[:1] if CARRIED.get(name) and not equals else []
        del rest[: len(value)]
        if name in CARRIED:
            kept += [word, *value]
    return shlex.join(kept)


def pasted(line: str) -> str:
    """The line with them; one that has root options of its own stays."""
    name, _, rest = line.partition(" ")
    if name != "toshima" or not _before or rest.startswith("-"):
        return line
    return " ".join(filter(None, (name, _before, rest)))
