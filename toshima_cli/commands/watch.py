"""toshima watch"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.calendar import BadEvery, parse_every
from toshima_cli.domain.close import watch_missing
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt

HELP = say("⑤ Go over to watching, with a watcher and an end date")
EXAMPLES = (
    "toshima watch 2026-0001 --by 民生委員 --every 1m --until 2027-06-30 --sign 郵便物がたまる",
    "toshima watch 2026-0001 --by csw --every 2w --until R9.6.30 --sign 電話に出ない --on 2027-03-18",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    by: Annotated[str | None, opt("--by", "Who watches", "WHO")] = None,
    every: Annotated[str | None, opt("--every", "How often: 1m, 2w, 10d", "INTERVAL")] = None,
    until: Annotated[str | None, opt("--until", "When the watch ends", "DATE")] = None,
    sign: Annotated[str | None, opt("--sign", "The sign that should bring a call", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "The day it begins, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    watcher, often, mark = a.text("--by", by), a.text("--every", every), a.text("--sign", sign)
    day = a.day("--on", on, default=c.today, future=True)
    last = a.day("--until", until, future=True)
    for name, asks in watch_missing(by=watcher, every=often, until=last, sign=mark):
        a.missing(name, asks)
    if often:
        try:
            often = parse_every(often).slug
        except BadEvery as error:
            a.fault("--every", error.message)
    a.settle()
    from toshima_cli.flow.watch import Watching, record

    c.finish(
        record(
            c.store,
            number,
            Watching(on=day, watcher=watcher or "", every=often or "", until=last or day, sign=mark or ""),
        )
    )
