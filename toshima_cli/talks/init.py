"""`toshima init`: where the books will be, and whose windows."""

from collections.abc import Iterator

from toshima_cli.context import has_database
from toshima_cli.domain.verdict import say
from toshima_cli.talk import Question, Script, Talk
from toshima_cli.talks.common import text


def questions(t: Talk) -> Iterator[Question]:
    hint = say("(Enter: those of the plan; or a CSV file of your town)")
    yield text(t, "--windows", say("List of windows"), hint=hint)


def wanted(t: Talk) -> bool:
    """Only where there are no books yet, and nothing was said of them: twice is the same as once."""
    return not t.given and not has_database(t.c.settings)


SCRIPT = Script(questions, title=say("A new database"), wanted=wanted)
