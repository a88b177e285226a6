"""toshima gate"""

import re
from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.law import support_conference_law
from toshima_cli.domain.terms import Track
from toshima_cli.domain.verdict import say
from toshima_cli.looks.gate import Asked, ask
from toshima_cli.params import arg, opt
from toshima_cli.ui.page import Page

HELP = say("Ask who may be spoken of, where, and on what ground")
EXAMPLES = (
    "toshima gate 2026-0001",
    "toshima gate 2026-0001 --to hikikomori --on 2026-11-05",
    "toshima gate 2026-0001 --to M2026-0003",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    on: Annotated[str | None, opt("--on", "As of which day, default today", "DATE")] = None,
    to: Annotated[str | None, opt("--to", "A window, a programme, outside:NAME, or a sitting", "WHERE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    day = a.day("--on", on, default=c.today, future=True)
    sitting = a.meeting(to, "--to") if to and re.fullmatch(r"\s*[MmＭｍ][\d０-９].*", to) else None
    place = a.places("--to", [to])[0] if to and not sitting else None
    a.settle()
    seen = c.store.look(
        "gate",
        lambda conn: ask(conn, c.store.actor, number, day, to=place, meeting=sitting),
        lambda asked: asked.subjects(),
        on=day,
    )
    c.out.thing(seen, lambda asked: asked.json(), _screen)


def _screen(asked: Asked, page: Page) -> None:
    page.line(asked.case.number, say("as of {day}", day=asked.day))
    for line in asked.lines:
        page.blank()
        page.line(
            line.label,
            say("may be shared") if line.may else say("may not be shared"),
            line.conference,
            right=line.rule,
        )
        page.block(say("Why"), *line.facts)
        if line.conference is Track.SUPPORT and (found := support_conference_law(asked.day)):
            page.block(
                say("Support conference"),
                say(
                    "{article}; secrecy: {secrecy}; breach: {penalty} ({text}).",
                    article=found.paragraph_one.as_say(),
                    secrecy=found.secrecy.as_say(),
                    penalty=found.penalty.as_say(),
                    text=found.penalty_say,
                ),
            )
        if line.missing:
            page.block(say("What is missing"), *line.missing)
        for step in line.next:
            page.line(step.why, indent=2)
            page.paste(step.command)
