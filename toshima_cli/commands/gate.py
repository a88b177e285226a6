"""toshima gate"""

import re
from datetime import date
from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.gate import GateLine
from toshima_cli.domain.initials import initials
from toshima_cli.domain.law import cites, support_conference_law
from toshima_cli.domain.terms import Ground
from toshima_cli.domain.verdict import Value, say
from toshima_cli.looks.gate import Asked, ask
from toshima_cli.params import arg, opt
from toshima_cli.ui.names import member
from toshima_cli.ui.page import Page, Toned

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
    c.out.thing(seen, lambda asked: asked.json(), lambda asked, page: _screen(asked, page, mask=c.mask))


def _screen(asked: Asked, page: Page, *, mask: bool) -> None:
    page.line(
        asked.case.number,
        say("as of {day}", day=asked.day),
        say("towards {to}", to=asked.to) if asked.to else None,
    )
    if not asked.lines:
        page.line(say("Nobody belongs to this case on that day."))
    names = {p.label: initials(p.name, p.kana) if mask else p.name for p in asked.case.people}
    for line in asked.lines:
        page.blank()
        page.line(
            member(line.label, names[line.label], mask=mask),
            say("may be shared") if line.may else Toned(say("may not be shared"), "red"),
            line.conference,
            right=line.rule,
        )
        page.block(say("Why"), *line.facts)
        page.block(say("Ground"), *_ground(line, asked.day))
        if line.missing:
            page.block(say("What is missing"), *line.missing)
        for step in line.next:
            page.line(step.why, indent=2)
            page.paste(step.command)


def _ground(line: GateLine, day: date) -> tuple[Value, ...]:
    """The ground in words: of a support conference with its secrecy and the penalty, as the law stood that day."""
    kind = Ground(line.ground["kind"]) if line.ground else None
    statute = support_conference_law(day)
    if kind is Ground.SUPPORT_CONFERENCE and statute is not None:
        return (
            say(
                "Support conference: {article}; secrecy: {secrecy}; breach: {penalty} ({text}).",
                article=statute.paragraph_one.as_say(),
                secrecy=statute.secrecy.as_say(),
                penalty=statute.penalty.as_say(),
                text=statute.penalty_say,
            ),
        )
    if line.ground is None or kind is None:
        return (say("none"),)
    cite = cites().get(line.ground["article"] or "")
    return (say("{ground} ({article})", ground=kind, article=cite.as_say()) if cite else kind,)
