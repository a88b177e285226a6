"""④ `toshima progress`: how, when, whom, what happened, what was found and done, what comes next."""

from collections.abc import Iterator
from typing import Any

from toshima_cli.domain.verdict import Value, say
from toshima_cli.talk import Question, Script, Talk
from toshima_cli.talks.common import about, case, code, day, listed, people, text
from toshima_cli.ui.ask import Choice

HOUSEHOLD = "household"


def questions(t: Talk) -> Iterator[Question]:
    yield case(t)
    number = t.said("CASE")
    yield code(t, "--method", say("Contact by"), "method", needed=True)
    yield day(t, "--on", say("On"), default=t.c.today)
    yield Question("--person", say("About whom"), choices=people(t, number), hint=say("(Enter: the household)"))
    if "--note-file" not in t.given:
        yield text(t, "--note", say("What happened"), lines=True, needed=True)
    yield from _found(t, number)
    if actions := _open_actions(t, number):
        yield Question("--done", say("Done of the plan"), choices=actions, several=True, hint=say("(Enter: none)"))
    yield day(t, "--next", say("Next step on"), future=True, hint=say("(Enter: none)"))
    if t.said("--next"):
        yield text(t, "--next-what", say("What that is"))


def _found(t: Talk, number: str) -> Iterator[Question]:
    if "--found" in t.given:
        return
    more: dict[str, Any] = {"group": "found", "title": say("Found on the way")}
    concerns = listed(t, "concern")
    yield Question(
        "found",
        say("Found on the way"),
        choices=concerns,
        several=True,
        hint=say("(a new concern; Enter: none)"),
        **more,
    )
    household = Choice(HOUSEHOLD, say("the household"), (HOUSEHOLD,))
    for slug in [one for one in t.said("found").split("\n") if one]:
        word: Value = next((c.text for c in concerns if c.value == slug), slug)
        whose = (*people(t, number), household)
        yield Question(f"found.{slug}", say("Whose: {concern}", concern=word), needed=True, choices=whose, **more)


def _open_actions(t: Talk, number: str) -> tuple[Choice, ...]:
    """The actions of the plan in force, and those a sitting agreed on, that are not done yet."""
    asked = about(t, number)
    found = asked.case
    plan = found.plan_in_force(asked.day)
    actions = (*(plan.actions if plan else ()), *found.other_actions)
    return tuple(
        Choice(a.number, say("{label} {what}", label=a.label or "", what=asked.text(a.what) or a.number), (a.number,))
        for a in actions
        if a.done_on is None and (a.label is None or a.label in asked.names)
    )


def options(t: Talk) -> dict[str, Any]:
    found = []
    for slug in [one for one in t.said("found").split("\n") if one]:
        whose = t.said(f"found.{slug}")
        found.append(slug if whose == HOUSEHOLD else f"{whose}:{slug}")
    return {"--found": found} if found else {}


SCRIPT = Script(questions, title=say("A contact"), options=options)
