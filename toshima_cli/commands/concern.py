"""toshima concern"""

from typing import TYPE_CHECKING, Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import Sub, arg, opt
from toshima_cli.typed import concern as typed

if TYPE_CHECKING:
    from toshima_cli.flow.concern import Named

HELP = say("Note a concern found later, or that one is none any more")


def add(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    concern: Annotated[
        list[str] | None, opt("--concern", "One concern; ! marks the most pressing", "LABEL:CONCERN[!]")
    ] = None,
    note: Annotated[str | None, opt("--note", "What was said about it", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "Since when, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    concerns = _named(a, number, concern)
    pressing = [named.label for named in concerns if named.most_pressing]
    if len(pressing) > len(set(pressing)):
        a.fault("--concern", say("Only one concern of a person is the most pressing."))
    text = a.text("--note", note)
    day = a.day("--on", on, default=c.today)
    a.settle()
    from toshima_cli.flow.concern import add

    c.finish(add(c.store, number, concerns, day, text, c.words()["concern"]))


def end(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    concern: Annotated[list[str] | None, opt("--concern", "Which one", "LABEL:CONCERN")] = None,
    reason: Annotated[str | None, opt("--reason", "Why it is none any more", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "The day it was none any more, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    concerns = _named(a, number, concern)
    why = a.text("--reason", reason)
    day = a.day("--on", on, default=c.today)
    a.settle()
    from toshima_cli.flow.concern import end

    c.finish(end(c.store, number, concerns, day, why, c.words()["concern"]))


def _named(a: Answers, number: str, words: list[str] | None) -> "tuple[Named, ...]":
    from toshima_cli.flow.concern import Named

    if not words:
        a.missing("--concern")
    found = [typed(word) for word in words or ()]
    return tuple(
        dict.fromkeys(
            Named(
                a.member(number, one["person"], "--concern") if one["person"] else None,
                a.code("--concern", one["concern"], "concern", required=True),
                one["most_pressing"],
            )
            for one in found
        )
    )


COMMANDS = {
    "add": Sub(
        add,
        say("Note one found later"),
        (
            "toshima concern add 2026-0001 --concern B:debt --note 督促状が届いている",
            "toshima concern add 2026-0001 --concern A:health! --concern housing",
        ),
    ),
    "end": Sub(
        end,
        say("It is none any more"),
        (
            "toshima concern end 2026-0001 --concern A:job --reason 就職が決まった",
            "toshima concern end 2026-0001 --concern A:job --on yesterday",
        ),
    ),
}
