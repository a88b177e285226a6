"""toshima find"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.calendar import BadDate
from toshima_cli.domain.find import MOST_WORDS, Sought, read
from toshima_cli.domain.verdict import say
from toshima_cli.looks.find import find
from toshima_cli.params import arg, opt
from toshima_cli.ui.find import COLUMNS

HELP = say("Find people by name, reading, telephone, address, birth date or number")
EXAMPLES = ("toshima find 髙橋", "toshima find たかはし S43.5.1", "toshima find R2026-0001 -f json")


def run(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, arg("WORDS", "Name, reading, telephone, address, birth date or number; all have to fit")
    ] = None,
    limit: Annotated[str | None, opt("--limit", "At most so many; a table stops at 50", "N")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    typed = [a.text("WORDS", word) or "" for word in words or ()]
    sought = _read(a, typed)
    if not words:
        a.missing("WORDS")
    elif not (sought.keys or sought.numbers or "WORDS" in a.said()):
        a.fault("WORDS", say("There is no letter or digit in it to look for."))
    if len(sought.keys) > MOST_WORDS:
        a.fault("WORDS", say("At most {most} words can be looked for at once.", most=MOST_WORDS))
    most = a.count("--limit", limit)
    a.settle()
    found = c.store.look(
        "find", lambda conn: find(conn, sought, c.out.most(most), mask=c.mask), lambda rows: rows.subjects
    )
    nobody = say("Nobody on record fits. The search looks at names, readings, telephones, addresses and birth dates.")
    c.out.rows(found, COLUMNS, empty=nobody)
    if found.value.more:
        c.out.note(say("There are more: add a word, or --limit."))


def _read(a: Answers, words: list[str]) -> Sought:
    try:
        return read(words)
    except BadDate as bad:
        a.fault("WORDS", bad.message)
        return Sought((), ())
