"""⑤ `toshima decide`: the agenda item by item, from the first that nobody decided yet."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from toshima_cli.answers import number
from toshima_cli.domain.decide import headings, outcomes_for
from toshima_cli.domain.terms import Heading, Outcome, Part
from toshima_cli.domain.verdict import Value, say
from toshima_cli.looks.agenda import Item, Listed, compute
from toshima_cli.looks.meetings import meetings
from toshima_cli.talk import Question, Script, Talk, Wrong, ask_once
from toshima_cli.talks.common import day, joined, listed, part, places, terms, text
from toshima_cli.ui.ask import Choice

SAID = {
    Heading.DISCUSSION: say("What the sitting said"),
    Heading.APPROACH: say("How to approach"),
    Heading.INDIRECT: say("Indirect support"),
    Heading.HOUSEHOLD: say("Support for the household"),
    Heading.GROUNDWORK: say("Groundwork"),
}


def questions(t: Talk) -> Iterator[Question]:
    listing = _agenda(t, t.said("MEETING"))
    item = next((one for one in listing.items if str(one.item) == t.said("ITEM").strip()), None)
    fitting = tuple(Outcome) if item is None else outcomes_for(listing.body, item.kind, item.purpose)
    hint = say("(Enter leaves this item open)")
    yield Question("--outcome", say("The outcome"), choices=terms(fitting), hint=hint)
    if not t.said("--outcome"):
        return
    yield text(t, "--note", say("In words"), lines=True)
    for heading in _headings(t, item) if item is not None and item.part is Part.DISCUSSION else ():
        yield text(t, f"--{heading.value}", SAID[heading], lines=True)
    if "--action" not in t.given:
        yield from _tasks(t)


def _headings(t: Talk, item: Item) -> tuple[Heading, ...]:
    """What is asked for at a prompt: the three of a support conference, what was said, and the groundwork where it goes
    on from here or comes to an end."""
    lasting = t.said("--outcome") in LASTING
    found = (*(h for h in headings(item.kind) if h is not Heading.DISCUSSION), Heading.DISCUSSION)
    return tuple(heading for heading in found if heading is not Heading.GROUNDWORK or lasting)


LASTING = frozenset({Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES, Outcome.WATCH, Outcome.CONCLUDE})


def _tasks(t: Talk) -> Iterator[Question]:
    for n in count():
        key = f"task[{n}]"
        more: dict[str, Any] = {"group": key, "title": say("Action {number}", number=n + 1)}
        ask: Value = say("And what else") if n else say("Who does what: what")
        yield part(t, f"{key}.what", ask, "--action", hint=say("(Enter: nothing)"), **more)
        if not t.said(f"{key}.what"):
            return
        choices = (*places(t), *listed(t, "staff"))
        yield Question(
            f"{key}.who", say("Who does it"), lambda raw: raw.strip(), needed=True, choices=choices, free=True, **more
        )
        yield day(t, f"{key}.due", say("By when"), future=True, **more)


def options(t: Talk) -> dict[str, Any]:
    tasks = []
    for n in count():
        key = f"task[{n}]"
        if not t.said(f"{key}.what"):
            break
        tasks.append(joined(t.said(f"{key}.{name}") for name in ("who", "what", "due")))
    return {"--action": tasks} if tasks else {}


def _agenda(t: Talk, number: str) -> Listed:
    return t.once(
        ("agenda", number),
        lambda: t.c.store.look("decide", lambda conn: compute(conn, number), lambda found: found.subjects()).value,
    )


def rounds(t: Talk) -> Iterator[dict[str, Any]]:
    """Each item that waits for a decision, as it stands when its turn comes: a decision may change the next one."""
    meeting = t.said("MEETING") or _meeting(t)
    if "ITEM" in t.given:
        yield {"MEETING": meeting}
        return
    asked: set[int] = set()
    while item := _open(t, meeting, asked):
        asked.add(item.item)
        t.tell("", _in_words(item))
        yield {"MEETING": meeting, "ITEM": str(item.item)}
    left = tuple(str(one.item) for one in _items(t, meeting) if one.item in asked and one.outcome is None)
    if left:
        t.c.out.note(say("Left open in {meeting}: items {items}.", meeting=meeting, items=left))
    elif not asked:
        t.c.out.note(say("Every item of {meeting} is decided.", meeting=meeting))


def _items(t: Talk, number: str) -> tuple[Item, ...]:
    look = t.c.store.look("decide", lambda conn: compute(conn, number), lambda found: found.subjects())
    return look.value.items


def _open(t: Talk, number: str, asked: set[int]) -> Item | None:
    found = _items(t, number)
    return next((one for one in found if one.item and one.outcome is None and one.item not in asked), None)


def _in_words(item: Item) -> Value:
    return say(
        "{item}  {case}  {purpose}  {people}  {reason}",
        item=item.item,
        case=item.case or item.gap or "",
        purpose=item.purpose,
        people=tuple(item.people),
        reason=item.reason,
    )


def _meeting(t: Talk) -> str:
    """Which sitting: those that were held and have an item nobody decided."""
    rows = t.c.store.reference(meetings).value
    choices = tuple(
        Choice(
            row["meeting"], say("{meeting} {body} {on}", meeting=row["meeting"], body=row["body"], on=row["held_on"])
        )
        for row in rows
        if not row["cancelled"] and row["decided"] < row["items"] and row["held_on"] <= t.c.today.isoformat()
    )

    def kept(raw: str) -> str:
        found = number("meeting", raw)
        if not t.c.store.exists("meeting", found):
            raise Wrong(say("There is no sitting {number}.", number=raw.strip()))
        return found

    default = choices[0].value if choices else ""
    q = Question("MEETING", say("Sitting"), kept, needed=True, choices=choices, free=True, default=default)
    return ask_once(t, q)


SCRIPT = Script(
    questions,
    title=say("What the sitting decided"),
    options=options,
    rounds=rounds,
    skips=lambda t: not t.said("--outcome"),
)
