"""What a rule or an act answers: sentences as values, refusals as values, and what was done.

A rule never writes prose in one language. It says *what* it means (`say("... {on} ...", on=date)`), the English
sentence being the key of the translation; `i18n.render` turns it into the language of the screen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Union

Value = Union[str, int, date, "Say", tuple["Value", ...]]


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence not yet spoken: the English text with {places}, and what stands in them."""

    text: str
    values: tuple[tuple[str, Value], ...] = ()


def say(text: str, /, **values: Value) -> Say:
    """Build a sentence. The literal text is collected for translation (see `make docs`)."""
    return Say(text, tuple(values.items()))


class Basis(StrEnum):
    """What a rule rests on. `ours` is never shown as official."""

    PLAN = "plan"
    LAW = "law"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Next:
    """A next lawful step: the act, why, by when, and the line to paste."""

    act: str
    why: Say
    command: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done, all reasons at once.

    `rule` is a dotted slug (`consent.plan.refused`), `article` a short code of the statute (`106-6(1)`) or None where
    the rule does not rest on one, `facts` what was looked at, `missing` what would have to hold, `next` lawful ways on.
    """

    rule: str
    basis: Basis
    message: Say
    facts: tuple[Say, ...] = ()
    missing: tuple[Say, ...] = ()
    next: tuple[Next, ...] = ()
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """Something done that someone should look at again; it never stops the work."""

    rule: str
    message: Say


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the sentence, the number made (or touched), what `-f json` gives, what comes next."""

    sentence: Say
    number: str
    data: Mapping[str, object]
    next: tuple[Next, ...] = ()
    warnings: tuple[Warned, ...] = ()


def all_of(refusals: Iterable[Refusal | None]) -> Refusal | None:
    """Join refusals into one that names every fact; the first one's rule leads. None where nothing was refused."""
    found = [r for r in refusals if r is not None]
    if not found:
        return None
    first = found[0]
    return Refusal(
        rule=first.rule,
        basis=first.basis,
        message=first.message,
        facts=tuple(dict.fromkeys(f for r in found for f in r.facts)),
        missing=tuple(dict.fromkeys(m for r in found for m in r.missing)),
        next=tuple(dict.fromkeys(n for r in found for n in r.next)),
        article=first.article,
    )
