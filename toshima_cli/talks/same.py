"""Somebody known already? Asked while people are told of, before there is a second record of the same person.

Who is on record and may be the one is shown with the reasons; the person at the desk says whether it is them. "The
same" leads, once the concern is taken in, to the two cases or records being taken as one.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from toshima_cli.domain.alike import Like
from toshima_cli.domain.verdict import Done, Refusal, Value, say
from toshima_cli.exits import Interrupted, Refused, Stop, StoreTrouble
from toshima_cli.looks.duplicates import Resembling, resembling
from toshima_cli.talk import Question, Talk, ask_once
from toshima_cli.ui.ask import Choice
from toshima_cli.ui.trouble import tell

OTHER, UNSURE = "other", "unsure"
SAME = ("same", "この方", "おなじ", "同じ")
HOUSEHOLD, PERSON, LATER = "household", "person", "later"


def questions(t: Talk, key: str, **more: Any) -> Iterator[Question]:
    """Whether this is somebody on record; nothing where nobody there is like them."""
    yield from _asked(t, key, f"{key}.same", **more)


def by_place(t: Talk) -> Iterator[Question]:
    """The same once more for the first one, now that telephone and address are known."""
    if t.said("person[0].same") in ("", OTHER, UNSURE):
        yield from _asked(t, "person[0]", "place.same", group="person[0]", title="A")


def _asked(t: Talk, key: str, name: str, **more: Any) -> Iterator[Question]:
    found = _resembling(t, key)
    new = [row for row in found if f"{row['case']}/{row['label']}" not in _shown_before(t, key, name)]
    if not new:
        return
    records = tuple(
        Choice(f"{row['case']}/{row['label']}", _record(row), (row["case"], *SAME), say("the same person"))
        for row in new
    )
    choices = (
        *records,
        Choice(OTHER, say("somebody else"), (OTHER, "べつのかた", "別")),
        Choice(UNSURE, say("not known yet: go on"), (UNSURE, "わからない")),
    )
    says = [say("Perhaps on record already:")]
    says += [say("{record}: {reasons}", record=_record(row), reasons=_reasons(row)) for row in new]
    if found.more:
        says.append(say("and {count} more, see toshima find", count=found.more))
    yield Question(
        name, say("The same person?"), choices=choices, default=UNSURE, says=tuple(says), shown=_said, **more
    )


def _said(value: str) -> Value:
    if value in (OTHER, UNSURE):
        return say("somebody else") if value == OTHER else say("not known yet: go on")
    return say("the same as {record}", record=value)


def _record(row: dict[str, Any]) -> Value:
    return say("{case} {label} {name}", case=row["case"], label=row["label"], name=row["name"] or say("(name unknown)"))


def _reasons(row: dict[str, Any]) -> Value:
    first: Value
    first, *others = row["reasons"]
    for other in others:
        first = say("{sentence} {more}", sentence=first, more=other)
    return first


def _shown_before(t: Talk, key: str, name: str) -> set[str]:
    """Who was shown for the first one when the name was told is not shown again with the address."""
    if name != "place.same":
        return set()
    return {f"{row['case']}/{row['label']}" for row in _resembling(t, key, place=False)}


def _resembling(t: Talk, key: str, *, place: bool = True) -> Resembling:
    """Who is on record and like the one told of. Books that cannot be asked now stop nobody: it is said, and the
    duplicates are told of once the concern is taken in."""
    name, born = t.said(f"{key}.name"), t.said(f"{key}.birth")
    where = place and (t.said("--address") or t.said("--phone"))
    like = Like(
        name=name if name != "?" else None,
        kana=t.said(f"{key}.kana") or None,
        birth_date=date.fromisoformat(born) if "-" in born else None,
        phone=t.said("--phone") or None if where else None,
        address=t.said("--address") or None if where else None,
    )
    if not (like.name or like.kana or like.birth_date):
        return Resembling()
    return t.once(("like", like), lambda: _look(t, like))


def _look(t: Talk, like: Like) -> Resembling:
    but = t.said("CASE") or None
    try:
        with t.c.store.in_a_hurry():
            return t.c.store.look(
                t.c.out.command,
                lambda conn: resembling(conn, like, but=but, mask=t.c.mask),
                lambda found: found.subjects,
            ).value
    except StoreTrouble:
        t.tell(say("The books cannot be asked now who is on record; that is told once this is recorded."), tone="red")
        return Resembling()


def merged(t: Talk) -> None:
    """What "the same person" leads to, now that there is a number: the household, or the one record, taken as one."""
    made = t.c.made
    found: dict[str, list[tuple[str, str]]] = {}
    for label, same in _same(t):
        case, _, other = same.partition("/")
        found.setdefault(case, []).append((other, label))
    for case, pairs in found.items():
        answer = _household_or_person(t, case, made)
        if answer == LATER:
            t.tell(say("Whenever it is sure:"), f"toshima merge {case} {made}")
            continue
        from toshima_cli.flow import merge

        store, day = t.c.store, t.c.today
        try:
            # the people follow by themselves: no line to paste for them
            if answer == PERSON or _finished(t, merge.cases(store, case, made, day, None), hints=False):
                for other, label in pairs:
                    _finished(t, merge.persons(store, (case, other), (made, label), day, None))
        except (
            Stop
        ) as stop:  # such a case is there no more, for whoever types: the concern is in the books all the same
            tell(stop, t.c.ask.stream, t.c.ask.terminal, json=False)
        if answer == HOUSEHOLD:
            return


def _same(t: Talk) -> Iterator[tuple[str, str]]:
    """(label, CASE/LABEL) of everybody said to be on record already."""
    from toshima_cli.talks.household import labels

    for n, label in labels(t):
        for key in (f"person[{n}].same", *(["place.same"] if n == 0 else [])):
            if "/" in t.said(key):
                yield label, t.said(key)
                break


def _household_or_person(t: Talk, case: str, made: str) -> str:
    choices = (
        Choice(HOUSEHOLD, say("one household: take the cases as one"), (HOUSEHOLD,)),
        Choice(PERSON, say("two households: the records of the person as one"), (PERSON,)),
        Choice(LATER, say("later"), (LATER,)),
    )
    label = say("Are {case} and {made} one household?", case=case, made=made)
    try:
        return ask_once(t, Question("", label, choices=choices, default=LATER))
    except Interrupted:  # the concern is in the books; only this is left open
        return LATER


def _finished(t: Talk, done: Done | Refusal, *, hints: bool = True) -> bool:
    """Say what became of it; a refusal ends nothing, since the concern is taken in."""
    if isinstance(done, Refusal):
        tell(Refused(done), t.c.ask.stream, t.c.ask.terminal, json=False)
        return False
    t.c.finish(done if hints else replace(done, next=()))
    return True
