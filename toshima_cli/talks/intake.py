"""① `toshima intake`: window, date, channel, then the people with the search, what troubles them, what was said."""

from collections.abc import Iterator
from typing import Any

from toshima_cli.domain.verdict import say
from toshima_cli.talk import Question, Script, Talk
from toshima_cli.talks import household, same
from toshima_cli.talks.common import code, day, text

SELF = "self"


def questions(t: Talk) -> Iterator[Question]:
    yield from reception(t)
    yield from household.questions(t)
    yield text(t, "--note", say("What was said"), lines=True)


def reception(t: Talk) -> Iterator[Question]:
    """Where, when and through whom it came."""
    own = own_window(t)
    first = {own: say("your window")} if own else None
    yield code(t, "--window", say("Window"), "window", needed=True, default=own, first=first)
    yield day(t, "--on", say("Received on"), default=t.c.today)
    yield from through(t)


def through(t: Talk) -> Iterator[Question]:
    yield code(t, "--channel", say("Came through"), "channel", hint=say("(Enter where it is not known)"))
    if t.said("--channel") not in ("", SELF):
        hint = say("(Enter where it is not known)")
        yield text(t, "--reporter", say("Who told us"), hint=hint)
        if t.said("--reporter"):
            yield text(t, "--reporter-relation", say("Relation to them"), hint=hint)


def own_window(t: Talk) -> str:
    """The window of the one who types; of a case of outreach, the one that seeks them."""
    from toshima_cli.looks.staff import staff

    number = t.said("CASE")
    if number:
        from toshima_cli.talks.common import about

        return about(t, number).case.window
    me = t.c.settings.staff
    rows = t.once("staff", lambda: t.c.store.reference(staff).value)
    return next((row["window"] or "" for row in rows if row["staff"] == me), "")


def options(t: Talk) -> dict[str, Any]:
    return household.options(t)


def wanted(t: Talk) -> bool:
    """A household that outreach knows is asked for as any other, though nothing may be missing."""
    return set(t.given) == {"CASE"}


SCRIPT = Script(
    questions,
    title=say("Taking a concern in"),
    lead=say("Whatever window it came to, the whole concern is received first."),
    ready=say("This is how it will be received"),
    options=options,
    wanted=wanted,
    after=same.merged,
)
