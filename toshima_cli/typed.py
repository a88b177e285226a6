"""People and concerns as they are typed in one word, the same for every command: `"A|NAME|KANA|…"`, `A:job!`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from toshima_cli.answers import Answers
from toshima_cli.domain.calendar import BadDate, parse_birth, told_age
from toshima_cli.domain.verdict import say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.i18n import render

if TYPE_CHECKING:
    from toshima_cli.context import Ctx
    from toshima_cli.forms import Form, JoinForm

F = TypeVar("F", bound="Form")

FIELDS = ("label", "name", "kana", "birth_date", "sex", "relation")
_PARTS = {"birth_date": "BIRTH", "person": "LABEL", "on": "DATE", "why_not_existing": "WHY"}


def person(a: Answers, text: str, today: date | None = None) -> dict[str, str]:
    """The parts of `"LABEL|NAME|KANA|BIRTH|SEX|RELATION"` that are not blank. With `today` BIRTH may be an age, which
    becomes the note."""
    parts = [part.strip() for part in text.replace("｜", "|").split("|")]
    if len(parts) > len(FIELDS):
        a.fault("--person", say("At most six parts: LABEL|NAME|KANA|BIRTH|SEX|RELATION."))
    found = {field: part for field, part in zip(FIELDS, parts, strict=False) if part}
    birth = found.pop("birth_date", None) if today else None
    return {**found, **_age(birth, today)} if birth and today else found


def _age(birth: str, today: date) -> dict[str, str]:
    """The birth date as typed; of an age, what is noted with the person until the date is known: a date made of it
    would look like one that somebody said."""
    try:
        known = parse_birth(birth, today)
    except BadDate:
        return {"birth_date": birth}
    if known is None:
        return {}
    return {"birth_date": birth} if isinstance(known, date) else {"note": render(told_age(known, today))}


def concern(text: str) -> dict[str, Any]:
    """`A:job!`, or `family` alone for a concern of the household."""
    label, colon, code = text.strip().replace("：", ":").rpartition(":")
    pressing = code.endswith(("!", "！"))
    return {
        "person": label if colon and label else None,
        "concern": code.rstrip("!！"),
        "most_pressing": pressing,
    }


def filled(c: "Ctx", a: Answers, form: type[F], raw: Any, options: Mapping[str, str] | None) -> F:
    """The form checked whole. `options`: which option each field was typed as, and what was found wrong or missing
    before is said together with it; None for a file, whose faults are its own."""
    from toshima_cli.forms import Known, fill

    try:
        found = fill(form, raw, Known(c.today, c.words()))
    except BadInput as error:
        if options is None:
            raise
        said = a.said()  # a stand-in for a missing or bad answer is no fault of its own
        for fault in error.faults:
            where = option(fault.where, options)
            if not any(where.startswith(name) for name in said):
                a.fault(where, fault.message)
        a.settle()
        raise
    a.settle()
    return found


def option(where: str, options: Mapping[str, str]) -> str:
    """A place in a form as it was typed: `people[1].birth_date` is `--person #2 BIRTH`."""
    head, *rest = (part for part in re.split(r"[\[\].]+", where) if part)
    name = options.get(where) or options.get(head, f"--{head}")
    parts = [f"#{int(part) + 1}" if part.isdecimal() else _PARTS.get(part, part.upper()) for part in rest]
    return " ".join((name, *parts)) if rest and rest[0].isdecimal() else name


@contextmanager
def in_words_of(options: Mapping[str, str] | None) -> Iterator[None]:
    """What is found wrong with a form, named as it was typed: by option, or (None) by the field of the file."""
    try:
        yield
    except BadInput as error:
        if options is None:
            raise
        raise BadInput([Fault(option(fault.where, options), fault.message) for fault in error.faults]) from error


def members(a: Answers, name: str, text: str) -> tuple[str, str]:
    """`2026-0003/B`: a case that has to be there, and somebody of it."""
    case, slash, label = text.strip().replace("／", "/").rpartition("/")
    if not slash:
        a.fault(name, say("Give case and label: 2026-0003/B."))
        return "", ""
    number = a.case(case, name)
    return number, a.member(number, label, name)


def about(ctx: Any, case: str | None, label: str | None, on: str | None) -> "tuple[Ctx, Answers, str, str, date]":
    """The case, the person and the day, for a command that is about one person."""
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    return c, a, number, a.member(number, label), a.day("--on", on, default=c.today)


def joining(
    c: "Ctx", a: Answers, words: Sequence[str], same: str | None, day: date
) -> "tuple[tuple[JoinForm, ...], tuple[str, str] | None]":
    """Who joins on `day`, and whom they are the same as. Everything wrong or missing is said at once."""
    from toshima_cli.forms import JoinForms

    if not words:
        a.missing("--person")
    raw = [person(a, text) for text in words]
    other = members(a, "--same", same) if same else None
    if same and (len(raw) > 1 or any(set(one) - {"label", "relation"} for one in raw)):
        a.fault("--same", say("With --same name one person, by label and relation at most: the rest is known."))
    form = filled(c, a, JoinForms, {"people": raw}, {"people": "--person"})
    for one in form.people:
        if one.birth_date and one.birth_date > day:
            a.fault("--person", say("The birth date {on} lies after the day they join.", on=one.birth_date))
    a.settle()
    return tuple(form.people), other


EDITED = {
    "name": "--name",
    "kana": "--kana",
    "birth_date": "--birth",
    "sex": "--sex",
    "relation": "--relation",
    "phone": "--phone",
    "address": "--address",
    "contact_rule": "--contact-rule",
    "visit_alert": "--visit-alert",
    "assistance_since": "--assistance-since",
    "assistance_office": "--assistance-office",
}
"""The fields of a person that may be corrected, in the order `person edit` gives them, and their options."""

_TAKEN_AWAY = {"birth_date": ("unknown", "none"), "sex": (), "relation": ()}


def corrections(c: "Ctx", a: Answers, typed: Sequence[str | None]) -> dict[str, Any]:
    """field → new value, None where it is taken away (`none`; a birth date is `unknown`)."""
    from toshima_cli.forms import EditForm

    texts = {
        field: text
        for (field, option), value in zip(EDITED.items(), typed, strict=True)
        if (text := a.text(option, value)) is not None
    }
    if not texts:
        a.missing("|".join(EDITED.values()), say("One of these has to be given."))
    gone = {field for field, text in texts.items() if text.strip().lower() in _TAKEN_AWAY.get(field, ("none",))}
    raw = {field: text.strip() for field, text in texts.items() if field not in gone}
    form = filled(c, a, EditForm, raw, EDITED)
    return {field: None if field in gone else getattr(form, field) for field in texts}


def pair(a: Answers, kept: str | None, other: str | None) -> tuple[tuple[str, str], tuple[str, str]]:
    """Two cases, or two people as CASE/LABEL: ((case, label or ""), …)."""
    first, second = (_one(a, name, word) for name, word in (("KEPT", kept), ("OTHER", other)))
    if kept and other and bool(first[1]) is not bool(second[1]):
        a.fault("OTHER", say("Name two cases, or two people (CASE/LABEL)."))
    return first, second


def _one(a: Answers, name: str, word: str | None) -> tuple[str, str]:
    if word and ("/" in word or "／" in word):
        return members(a, name, word)
    return a.case(word, name), ""


def narrowed(raw: dict[str, Any], labels: tuple[str, ...]) -> dict[str, Any]:
    """The draft of a file for some of its people only, as a refusal proposes it."""

    def kept(rows: Any) -> Any:
        if not isinstance(rows, list):
            return rows
        return [row for row in rows if not isinstance(row, dict) or row.get("person") in labels]

    return {
        **raw,
        "people": list(labels),
        **{key: kept(raw[key]) for key in ("actions", "confirmed") if key in raw},
    }
