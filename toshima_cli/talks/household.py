"""The people of a household and their concerns, one after the other: for `intake` and `outreach new`.

Name, reading, birth date, place in the household, concerns; a search before a second record of the same person; a blank
name ends it. The answers become `--person` and `--concern`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from toshima_cli.domain.calendar import BadDate, age_on, parse_birth
from toshima_cli.domain.people import HEAD, next_label
from toshima_cli.domain.terms import Sex
from toshima_cli.domain.verdict import Value, say
from toshima_cli.talk import Question, Talk, Wrong
from toshima_cli.talks import same
from toshima_cli.talks.common import about, listed, part, readings, text
from toshima_cli.ui.ask import Choice
from toshima_cli.ui.names import KIN

MOST = 50
"""People of one household."""

UNNAMED = "?"
"""What stands for the name of somebody who is there and whose name is not known."""

HOUSEHOLD = "household"


def questions(t: Talk) -> Iterator[Question]:
    """Everybody, then what troubles the household as a whole."""
    given = _given_people(t)
    if given:
        for label, name in given.items():
            yield from _concerns(t, f"concerns.{label}", label, name)
        yield from place(t)
    else:
        yield from _everybody(t)
    yield from _of_household(t)


def _everybody(t: Talk) -> Iterator[Question]:
    taken = known(t)
    there = bool(taken)
    if there:
        yield from place(t)
    for n in count():
        label = next_label(taken)
        taken = [*taken, label]
        yield from _person(t, n, label, first=not n and not there)
        if not t.said(f"person[{n}].name") and (n or there):
            if not _later(t, n):
                return
            taken = taken[:-1]  # taken out again; those told of after them stay
        if not n and not there:
            yield from place(t)


def known(t: Talk) -> list[str]:
    """The labels that are taken already: of a case of outreach that is received now."""
    number = t.said("CASE")
    return [p.label for p in about(t, number).case.people] if number else []


def labels(t: Talk) -> Iterator[tuple[int, str]]:
    """(place, label) of everybody named here."""
    taken = known(t)
    first = not taken
    for n in count():
        if t.said(f"person[{n}].name") or (n == 0 and first):
            label = next_label(taken)
            taken = [*taken, label]
            yield n, label
        elif not _later(t, n):
            return


def _later(t: Talk, n: int) -> bool:
    """Whether somebody was told of after that place."""
    return any(t.answers.get(f"person[{later}].name") for later in range(n + 1, n + 1 + MOST))


def _person(t: Talk, n: int, label: str, *, first: bool) -> Iterator[Question]:
    key, group = f"person[{n}]", f"person[{n}]"
    more: dict[str, Any] = {"group": group, "title": label}
    ask: Value = say("Name of the person") if first else say("Someone else of the household")
    hint: Value = say("(Enter where it is not known)") if first else say("(Enter: nobody else; ? name not known)")
    yield part(t, f"{key}.name", ask, "--person", hint=hint, shown=_name, letters=True, **more)
    named = t.said(f"{key}.name")
    if not named and not first:
        return
    if named and named != UNNAMED:
        yield part(t, f"{key}.kana", say("Reading"), "--person", **more)
    yield birth(t, f"{key}.birth", **more)
    yield from same.questions(t, key, **more)
    yield kin(t, f"{key}.kin", head=first, **more)
    relation, _, sex = t.said(f"{key}.kin").partition("/")
    if relation and not sex:
        sexes = tuple(c for c in listed(t, "sex") if c.value != Sex.UNKNOWN)
        yield Question(f"{key}.sex", say("Sex"), choices=sexes, hint=say("(Enter where it is not known)"), **more)
    yield from _concerns(t, f"{key}.concerns", label, named, **more)


def _name(value: str) -> Value:
    return say("(name unknown)") if value == UNNAMED else value


def birth(t: Talk, key: str, **more: Any) -> Question:
    """A birth date, an age, or nothing: kept as ISO, as `58`, or ""."""

    def kept(raw: str) -> str:
        try:
            found = parse_birth(raw, t.c.today)
        except BadDate as wrong:
            raise Wrong(wrong.message) from None
        if isinstance(found, date) and found > t.c.today:
            raise Wrong(say("{on} lies in the future.", on=found))
        return found.isoformat() if isinstance(found, date) else "" if found is None else str(found)

    def shown(value: str) -> Value:
        if "-" not in value:
            return say("{age} years (birth date not known)", age=value) if value else ""
        return say("{on} ({age} years)", on=value, age=age_on(date.fromisoformat(value), t.c.today))

    return Question(
        key, say("Birth date"), kept, hint=say("(S43.5.1, 1968-05-01, an age, or Enter)"), shown=shown, **more
    )


def kin(t: Talk, key: str, *, head: bool, **more: Any) -> Question:
    """The place in the household in the word people use (母, 長男): relation and, where the word tells it, the sex,
    kept as `parent/female`."""
    words = t.words.get("relation", {})
    found: list[Choice] = []
    for slug, name in words.items():
        of_kin = [(sex, word) for (relation, sex), word in KIN.items() if relation == slug]
        found += [Choice(f"{slug}/{sex}", word, (slug, *_read(f"{slug}/{sex}"))) for sex, word in of_kin]
        found.append(Choice(slug, name, (slug, *_read(slug))))
    default = HEAD if head else ""
    if not head and not known(t):
        found = [c for c in found if c.value != HEAD]
    return Question(key, say("Place in the household"), choices=tuple(found), default=default, **more)


def _read(slug: str) -> tuple[str, ...]:
    return readings().get(("kin", slug), ())


def _concerns(t: Talk, key: str, label: str, name: str, **more: Any) -> Iterator[Question]:
    if "--concern" in t.given:
        return
    ask = say("Concerns of {name}", name=name) if name and name != UNNAMED else say("Concerns of {label}", label=label)
    yield Question(
        key,
        ask if not more else say("Concerns"),
        choices=listed(t, "concern"),
        several=True,
        hint=say("(one after the other; Enter: none)"),
        **more,
    )
    codes = [one for one in t.said(key).split("\n") if one]
    if len(codes) > 1:
        choices = tuple(c for code in codes for c in listed(t, "concern") if c.value == code)
        pressing = Question(f"{key}.pressing", say("Most pressing"), choices=choices, default=codes[0], **more)
        yield replace(pressing, shown=lambda v: say("most pressing: {concern}", concern=_concern(t, v)))


def _concern(t: Talk, slug: str) -> str:
    return t.words.get("concern_short", {}).get(slug, slug)


def _of_household(t: Talk) -> Iterator[Question]:
    if "--concern" not in t.given:
        number = t.said("CASE")
        standing = number and about(t, number).case.concerns_on(t.c.today)
        needed = not (standing or "--concern" in options(t))
        yield Question(
            f"concerns.{HOUSEHOLD}",
            say("Of the whole household"),
            choices=listed(t, "concern"),
            several=True,
            needed=needed,
            hint=say("(at least one, also where it is not known whose)") if needed else say("(Enter: none)"),
        )


def place(t: Talk) -> Iterator[Question]:
    """Where they live and how they are reached; a search by both."""
    number = t.said("CASE")
    # what is known stays where nothing else is told
    case = about(t, number).case if number and not t.c.mask else None
    yield text(t, "--address", say("Where they live"), hint=(case.address if case else None) or "")
    yield text(t, "--phone", say("Telephone"), hint=(case.phone if case else None) or "")
    yield from same.by_place(t)


def _given_people(t: Talk) -> dict[str, str]:
    """label → name of the people given on the line."""
    found = {}
    for word in t.given.get("--person", ()):
        label, _, rest = word.replace("｜", "|").partition("|")
        found[label.strip()] = rest.partition("|")[0].strip()
    return found


def options(t: Talk) -> dict[str, Any]:
    """`--person` and `--concern` as they would have been typed."""
    made: dict[str, Any] = {}
    lines, concerns = [], []
    if "--person" in t.given:
        concerns += [one for label in _given_people(t) for one in _typed(t, f"concerns.{label}", label)]
    else:
        for n, label in labels(t):
            key = f"person[{n}]"
            name = t.said(f"{key}.name")
            relation, _, sex = t.said(f"{key}.kin").partition("/")
            lines.append(
                "|".join(
                    (
                        label,
                        "" if name == UNNAMED else name,
                        t.said(f"{key}.kana"),
                        t.said(f"{key}.birth"),
                        sex or t.said(f"{key}.sex"),
                        relation,
                    )
                ).rstrip("|")
            )
            concerns += _typed(t, f"{key}.concerns", label)
    concerns += _typed(t, f"concerns.{HOUSEHOLD}", "")
    if lines:
        made["--person"] = lines
    if concerns:
        made["--concern"] = concerns
    return made


def _typed(t: Talk, key: str, label: str) -> list[str]:
    """`A:job!`."""
    pressing = t.said(f"{key}.pressing")
    codes = [one for one in t.said(key).split("\n") if one]
    head: Mapping[bool, str] = {True: f"{label}:", False: ""}
    return [f"{head[bool(label)]}{code}{'!' if code == pressing else ''}" for code in codes]
