"""⓪ `toshima outreach new`: why they are not connected, who seeks them, who told us, what was seen."""

from collections.abc import Iterator

from toshima_cli.domain.verdict import say
from toshima_cli.talk import Question, Script, Talk
from toshima_cli.talks import household, intake, same
from toshima_cli.talks.common import code, day, text


def questions(t: Talk) -> Iterator[Question]:
    own = intake.own_window(t)
    first = {own: say("your window")} if own else None
    yield code(t, "--window", say("Window"), "window", needed=True, default=own, first=first)
    yield day(t, "--on", say("Heard of on"), default=t.c.today)
    yield code(t, "--why", say("Why not connected"), "why_not_connected", needed=True)
    yield code(t, "--programme", say("Programme"), "outreach_programme", hint=say("(Enter: none)"))
    yield from intake.through(t)
    yield text(t, "--note", say("What was seen"), lines=True, needed=True)
    yield from household.questions(t)


SCRIPT = Script(
    questions,
    title=say("Seeking somebody out who is not connected yet"),
    options=household.options,
    after=same.merged,
)
