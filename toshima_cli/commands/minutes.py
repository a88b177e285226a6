"""toshima minutes"""

from typing import Annotated

import typer

from toshima_cli import handing
from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt

HELP = say("The minutes of a sitting")
EXAMPLES = ("toshima minutes M2026-0002 -f md", "toshima minutes M2026-0002 -o minutes.html")
FORMATS = ("table", "json", "md")
FILES = ("html", "xlsx", "md", "json")


def run(
    ctx: typer.Context,
    meeting: Annotated[str | None, arg("MEETING", "Number of the sitting")] = None,
    reader: Annotated[
        str | None, opt("--for", "For this attendee only: a staff code, or a guest's name", "STAFF")
    ] = None,
    checked: Annotated[
        list[str] | None, opt("--checked", "This text was looked at and may go into the papers", "TEXTID")
    ] = None,
    without: Annotated[
        list[str] | None, opt("--without", "This text was looked at and stays out of the papers", "TEXTID")
    ] = None,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.meeting(meeting)
    readers = handing.readers(c, a, [reader] if reader else None)
    if len(readers[0]) + len(readers[1]) > 1:
        a.fault("--for", say("One attendee at a time."))
    texts = {"checked": a.words("--checked", checked), "without": a.words("--without", without)}
    day = a.day("--on", on, default=c.today)
    a.settle()
    handing.minutes(c, number, readers, texts, day)
