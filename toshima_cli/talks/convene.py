"""`toshima convene`: which body, when (its regular day is proposed), about whom, who is expected."""

from collections.abc import Iterator
from dataclasses import replace

from toshima_cli.answers import Answers
from toshima_cli.domain.terms import Body
from toshima_cli.domain.verdict import say
from toshima_cli.looks.regular import Proposal, proposed
from toshima_cli.talk import Question, Script, Talk
from toshima_cli.talks.common import by_name, code, day, day_in_words, term


def questions(t: Talk) -> Iterator[Question]:
    yield term("BODY", say("Body"), Body, needed=True)
    body = Answers(t.c).choice("BODY", t.said("BODY"), Body)
    yield _held_on(t, body)
    if body is Body.STAKEHOLDER:
        yield by_name(t, "--case", say("Case"))
    yield code(t, "--attendee", say("Staff expected"), "staff", several=True, hint=say("(Enter: none)"))


def _held_on(t: Talk, body: Body | None) -> Question:
    def read() -> Proposal:
        return t.c.store.reference(lambda conn: proposed(conn, body, t.c.today)).value if body else Proposal()

    found = t.once(("regular", body), read)
    says = (found.words,) if found.words and not found.day else ()
    asked = day(t, "--on", say("Held on"), default=found.day, needed=True, future=True, says=says)
    if found.day is None or found.words is None:
        return asked
    regular, words = found.day.isoformat(), found.words
    return replace(asked, shown=lambda value: words if value == regular else day_in_words(value))


SCRIPT = Script(questions, title=say("A sitting is called"))
