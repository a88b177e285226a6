"""`toshima staff add`: a code, a name, where they sit, what they do."""

from collections.abc import Iterator

from toshima_cli.domain.terms import Role
from toshima_cli.domain.verdict import say
from toshima_cli.talk import Question, Script, Talk
from toshima_cli.talks.common import checked, code, term, text


def questions(t: Talk) -> Iterator[Question]:
    def kept(raw: str) -> str:
        return str(checked(t, lambda a: a.slug("CODE", raw)))

    yield Question("CODE", say("Code"), kept, needed=True, hint=say("(short, such as k03)"))
    yield text(t, "--name", say("Full name"), needed=True)
    yield text(t, "--office", say("Section or body"), needed=True)
    yield code(t, "--window", say("Window"), "window", hint=say("(Enter: none)"))
    default = Role.WINDOW_WORKER if t.said("--window") else Role.COORDINATOR
    yield term("--role", say("Role"), Role, default=default.value)


SCRIPT = Script(questions, title=say("Somebody who works with the program"))
