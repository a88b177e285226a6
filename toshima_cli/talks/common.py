"""The questions many scripts share: a day, a text, one of a list, a case, a member. What may be answered is what the
option takes, read by the same `Answers`."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from toshima_cli.answers import Answers, number
from toshima_cli.domain.calendar import WEEKDAYS
from toshima_cli.domain.find import read
from toshima_cli.domain.terms import ActionKind, Body, Form
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.exits import BadInput
from toshima_cli.i18n import language
from toshima_cli.looks import reference
from toshima_cli.looks.asking import Asked, of_case
from toshima_cli.talk import Question, Talk, Wrong
from toshima_cli.ui.ask import Choice
from toshima_cli.ui.names import member

if TYPE_CHECKING:
    from toshima_cli.looks.find import Found

LABELS = 10
"""Of so many people found by a name, each is named."""


@lru_cache
def readings() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(list, slug) → how it is read, `data/readings.csv`: what a word is found by before it is converted."""
    from toshima_cli.reference import folder

    with (folder() / "readings.csv").open(encoding="utf-8", newline="") as file:
        return {(row["list"], row["code"]): tuple(row["kana"].split()) for row in csv.DictReader(file)}


def listed(t: Talk, name: str, first: Mapping[str, Value] | None = None) -> tuple[Choice, ...]:
    """The slugs of a list that is data; those of `first` (slug → what speaks for it) stand first."""
    first, words = first or {}, t.words.get(name, {})
    there = [slug for slug in first if slug in words]
    return tuple(
        Choice(slug, words[slug], (slug, *readings().get((name, slug), ())), first.get(slug, ""))
        for slug in (*there, *(slug for slug in words if slug not in there))
    )


def programmes(t: Talk) -> tuple[Choice, ...]:
    """The programmes, each with its kind: several go by one name."""
    rows = t.once("programmes", lambda: t.c.store.reference(reference.programmes).value)
    return tuple(
        Choice(
            row["code"],
            say("{name} ({kind})", name=row["name"], kind=ActionKind(row["kind"])),
            (row["code"], row["name"], *readings().get(("programme", row["code"]), ())),
        )
        for row in rows
    )


def places(t: Talk, first: Mapping[str, Value] | None = None) -> tuple[Choice, ...]:
    """Who may do something: windows (`first`: the fitting ones with what speaks for them), programmes, resources."""
    return (*listed(t, "window", first), *programmes(t), *listed(t, "resource"))


def terms(kind: Iterable[StrEnum]) -> tuple[Choice, ...]:
    """The terms of a closed list."""
    return tuple(
        Choice(one.value, one, (one.value, *readings().get((type(one).__name__, one.value), ()))) for one in kind
    )


def checked(t: Talk, ask: Callable[[Answers], Any]) -> Any:
    """What the option would make of an answer. Raises Wrong with the option's own sentence."""
    a = Answers(t.c)
    found = ask(a)
    try:
        a.settle()
    except BadInput as wrong:
        raise Wrong(wrong.faults[0].message) from None
    return found


# --------------------------------------------------------------------- texts


def text(
    t: Talk, key: str, label: Value, *, needed: bool = False, lines: bool = False, hint: Value = "", **more: Any
) -> Question:
    """Some words, as typed."""

    def kept(raw: str) -> str:
        return checked(t, lambda a: a.text(key, raw)) or ""

    return Question(key, label, kept, needed=needed, lines=lines, hint=hint, **more)


def part(t: Talk, key: str, label: Value, option: str, **more: Any) -> Question:
    """Some words that become a part of an option (`"A|NAME|KANA"`), where | stands between the parts."""

    def kept(raw: str) -> str:
        if "|" in raw or "｜" in raw:
            raise Wrong(say("A | cannot be used here."))
        return checked(t, lambda a: a.text(option, raw.strip())) or ""

    return Question(key, label, kept, **more)


# ---------------------------------------------------------------------- days


def day_in_words(value: str) -> Value:
    """2026-10-05（月）."""
    day = date.fromisoformat(value)
    if language() == "ja":
        return f"{value}（{WEEKDAYS[day.weekday()]}）"
    return f"{value} ({('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[day.weekday()]})"


def day(
    t: Talk,
    key: str,
    label: Value,
    *,
    default: date | None = None,
    needed: bool = False,
    future: bool = False,
    hint: Value = "",
    **more: Any,
) -> Question:
    """A business date; `default`: what a blank means."""

    def kept(raw: str) -> str:
        return str(checked(t, lambda a: a.day(key, raw, default=t.c.today, future=future)).isoformat())

    blank = default.isoformat() if default else ""
    return Question(
        key, label, kept, needed=needed, default=blank, hint=hint, shown=lambda v: day_in_words(v) if v else "", **more
    )


# --------------------------------------------------------------------- lists


def code(
    t: Talk, key: str, label: Value, name: str, *, first: Mapping[str, Value] | None = None, **more: Any
) -> Question:
    """One of a list that is data, or several of it."""
    return Question(key, label, choices=listed(t, name, first), **more)


def term(key: str, label: Value, kind: Iterable[StrEnum], **more: Any) -> Question:
    return Question(key, label, choices=terms(kind), **more)


YES, NO = "yes", "no"


def yes_no(key: str, label: Value, **more: Any) -> Question:
    choices = (Choice(YES, say("yes"), ("yes", "y", "はい")), Choice(NO, say("no"), ("no", "n", "いいえ")))
    return Question(key, label, choices=choices, quiet=True, **more)


# ------------------------------------------------------------------- objects


def case(t: Talk, key: str = "CASE", label: Value | None = None, *, needed: bool = True) -> Question:
    """A case by its number, or by a name that one case alone is found by."""

    def kept(raw: str) -> str:
        found = number("case", raw)
        if t.c.store.exists("case", found):
            return found
        return _named(t, raw)

    return Question(
        key,
        label or say("Case"),
        kept,
        needed=needed,
        hint=say("(a number, or a name)"),
        shown=lambda v: _household(t, v),
    )


def _named(t: Talk, raw: str) -> str:
    """The case of whoever is called so. Raises Wrong where there is none, or more than one."""
    sought = read(raw.split())
    if not sought.keys:
        raise Wrong(say("There is no case {number}.", number=raw.strip()))
    from toshima_cli.looks.find import find

    def about(found: "Found") -> Any:
        return found.subjects

    rows = t.c.store.look(t.c.out.command, lambda conn: find(conn, sought, LABELS, mask=t.c.mask), about).value
    cases = list(dict.fromkeys(row["case"] for row in rows))
    if len(cases) == 1:
        return str(cases[0])
    if not cases:
        raise Wrong(say("There is no case of that number, and nobody on record of that name."))
    named = tuple(
        say("{case} {label} {name}", case=row["case"], label=row["label"], name=row["name"] or say("(name unknown)"))
        for row in rows
    )
    raise Wrong(say("Several fit; give the number: {named}", named=named))


def about(t: Talk, number: str) -> Asked:
    """The case a conversation is about: one look, journaled, for all its questions."""
    return t.once(
        ("case", number),
        lambda: (
            t.c.store.look(
                t.c.out.command,
                lambda conn: of_case(conn, number, t.c.today, mask=t.c.mask),
                lambda asked: asked.subjects(),
            ).value
        ),
    )


def _household(t: Talk, number: str) -> Value:
    """2026-0042 髙橋 由美子."""
    found = about(t, number)
    first = next((name for name in found.names.values() if name), None)
    return say("{case} {name}", case=number, name=first or say("(name unknown)"))


def people(t: Talk, number: str) -> tuple[Choice, ...]:
    """Who is of the household, each found by label and name."""
    found = about(t, number)
    return tuple(
        Choice(label, member(label, name, mask=t.c.mask), (label, *([name] if name else []), *_kana(found, label)))
        for label, name in found.names.items()
    )


def _kana(found: Asked, label: str) -> Iterator[str]:
    person = found.case.person(label)
    if person is not None and person.kana:
        yield person.kana


# ------------------------------------------------------------- by their name


def by_name(t: Talk, name: str, asks: Say) -> Question:
    """A question for whatever a command says it lacks: the kind follows from what the option takes."""
    words = name.split("|")
    if len(words) > 1:
        helps = {one: Say(next((p.help for p in t.c.params if one in p.names), one)) for one in words}
        switches = {one for p in t.c.params if p.switch for one in p.names}
        if switches.issuperset(words):
            return Question(name, asks, needed=True, choices=tuple(Choice(w, helps[w], (w,)) for w in words))
        return by_name(t, words[0], helps[words[0]])
    takes = next((p.metavar for p in t.c.params if name in p.names), "")
    many = any(p.many for p in t.c.params if name in p.names)
    if takes == "CASE":
        one = case(t, name, say("Case"))
        return replace(one, several=True, free=True, shown=None) if many else one
    if takes in _TERMS:
        label, kind = _TERMS[takes]
        return term(name, label, kind, needed=True)
    if takes == "DATE":
        return day(t, name, asks, needed=True, future=True)
    if takes in _LISTS:
        return code(t, name, asks, _LISTS[takes], needed=True, several=many)
    if takes == "LABEL" and not many and (number := t.said("CASE")):
        return Question(name, asks, needed=True, choices=people(t, number))
    return text(t, name, asks, needed=True)


_TERMS: dict[str, tuple[Say, type[StrEnum]]] = {"BODY": (say("Body"), Body), "FORM": (say("Which form"), Form)}

_LISTS = {"WINDOW": "window", "STAFF": "staff", "CHANNEL": "channel", "METHOD": "method", "WHY": "why_not_connected"}


def joined(values: Iterable[str]) -> str:
    """`A|NAME|KANA|…` without the blanks at its end."""
    return "|".join(values).rstrip("|")
