"""⑤ `toshima close`: why it ends, and what that reason asks for; or that contact is lost."""

from collections.abc import Iterator
from typing import Any

from toshima_cli.domain.close import ASKS, NOBODY, QUESTIONS, default_lead
from toshima_cli.domain.terms import EndReason
from toshima_cli.domain.verdict import Value, say
from toshima_cli.talk import Question, Script, Talk
from toshima_cli.talks.common import about, case, code, day, places, terms, text
from toshima_cli.ui.ask import Choice

INTERRUPTED = "interrupted"
HOW = "how"
_LABELS = {
    "--evaluation": say("Evaluation"),
    "--wish": say("Wish of the person"),
    "--groundwork": say("What stands"),
    "--tried": say("What was tried"),
}


def questions(t: Talk) -> Iterator[Question]:
    yield case(t)
    if "--interrupted" not in t.given and "--reason" not in t.given:
        lost = Choice(INTERRUPTED, say("contact is lost: interrupt"), (INTERRUPTED, "ちゅうだん"))
        yield Question(HOW, say("Why it ends"), needed=True, choices=(*terms(EndReason), lost))
    yield day(t, "--on", say("Ends on"), default=t.c.today)
    if "--interrupted" in t.given or t.said(HOW) == INTERRUPTED:
        yield from _interruption(t)
    else:
        yield from _conclusion(t)


def _interruption(t: Talk) -> Iterator[Question]:
    notes = about(t, t.said("CASE")).case.notes
    last = max((note.on for note in notes), default=None)
    yield day(t, "--last-contact", say("Last contact"), needed=True, default=last)
    yield text(t, "--tried", _LABELS["--tried"], lines=True, needed=True)
    yield text(t, "--safety", say("Safety checked by"), hint=say("(who, when, how)"))


def _conclusion(t: Talk) -> Iterator[Question]:
    reason = t.said("--reason") or t.said(HOW)
    asked = ASKS[EndReason(reason)].options if reason in list(EndReason) else ()
    for option in asked:
        match option:
            case "--lead":
                asked_of = about(t, t.said("CASE"))
                yield lead(t, asked_of.text(default_lead(asked_of.case, t.c.today)))
            case "--change":
                yield code(t, option, say("Changes seen"), "change", several=True, needed=True)
            case "--kept":
                yield case(t, option, say("Case that is kept"))
            case _:
                yield text(t, option, _LABELS[option], lines=True, needed=True, says=(QUESTIONS[option],))
    if "--lead" in asked and t.said("--lead") == NOBODY and "--evaluation" not in asked:
        yield text(t, "--evaluation", say("Nobody takes over: why not?"), lines=True, needed=True)


def lead(t: Talk, default: str, key: str = "--lead") -> Question:
    """A window, a programme, or any body in words."""
    nobody: Value = say("nobody")
    choices = (*places(t), Choice(NOBODY, nobody, (NOBODY,)))
    return Question(
        key, say("Lead agency"), lambda raw: raw.strip(), needed=True, choices=choices, free=True, default=default
    )


def options(t: Talk) -> dict[str, Any]:
    how = t.said(HOW)
    if not how:
        return {}
    return {"--interrupted": True} if how == INTERRUPTED else {"--reason": how}


SCRIPT = Script(questions, title=say("The end of a case"), options=options)
