"""toshima decide"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import GapKind, Heading, Outcome
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, opt

HELP = say("⑤ Record what a sitting decided on an item")
EXAMPLES = (
    "toshima decide M2026-0001 1 --outcome approach --note CSWと民生委員が一緒に訪問する"
    ' --action "csw|民生委員と訪問|2026-10-22"',
    "toshima decide M2026-0003 1 --outcome approved",
)


def run(
    ctx: typer.Context,
    meeting: Annotated[str | None, arg("MEETING", "Number of the sitting")] = None,
    item: Annotated[str | None, arg("ITEM", "Number of the item")] = None,
    outcome: Annotated[str | None, opt("--outcome", "What was decided", "OUTCOME")] = None,
    note: Annotated[str | None, opt("--note", "In words", "TEXT")] = None,
    action: Annotated[list[str] | None, opt("--action", "Who does what by when", '"WHO|WHAT|DUE"')] = None,
    discussion: Annotated[str | None, opt("--discussion", "What the sitting said", "TEXT")] = None,
    approach: Annotated[str | None, opt("--approach", "Support conference: how to approach", "TEXT")] = None,
    indirect: Annotated[str | None, opt("--indirect", "Support conference: indirect support", "TEXT")] = None,
    household: Annotated[str | None, opt("--household", "Support conference: for the household", "TEXT")] = None,
    groundwork: Annotated[str | None, opt("--groundwork", "What must stand so that support can end", "TEXT")] = None,
    gap: Annotated[
        str | None, opt("--gap", "Something lacking that showed, in words that name nobody", '"KIND|TEXT"')
    ] = None,
    following: Annotated[str | None, opt("--next", "When to look again", "DATE")] = None,
    what_then: Annotated[str | None, opt("--next-what", "What is to be done then", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "Business date, default the day of the sitting", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.meeting(meeting)
    which = a.item(number, item)
    what = a.choice("--outcome", outcome, Outcome, required=True)
    text = a.text("--note", note)
    tasks = []
    for line in action or ():
        who, done, due = (*a.parts("--action", line, 3), None, None)[:3]
        if not who or not done:
            a.fault("--action", say("An action names who and what: WHO|WHAT|DUE."))
        tasks.append((who or "", done or "", a.day("--action", due, future=True)))
    said = {
        Heading.DISCUSSION: a.text("--discussion", discussion),
        Heading.APPROACH: a.text("--approach", approach),
        Heading.INDIRECT: a.text("--indirect", indirect),
        Heading.HOUSEHOLD: a.text("--household", household),
        Heading.GROUNDWORK: a.text("--groundwork", groundwork),
    }
    again, then = a.day("--next", following, future=True), a.text("--next-what", what_then)
    if again and not then:
        a.missing("--next-what")
    if then and not again:
        a.missing("--next")
    lacking = _gap(a, gap)
    typed = a.day("--on", on)
    a.settle()
    from toshima_cli.flow.decide import Decided, Task, record
    from toshima_cli.flow.meeting import day_of

    day = typed or day_of(c.store, number)
    c.finish(
        record(
            c.store,
            number,
            Decided(
                item=which,
                outcome=what,
                on=day,
                note=text,
                tasks=tuple(Task(*task) for task in tasks),
                texts={heading: words for heading, words in said.items() if words},
                gap=lacking,
                next=(again, then) if again and then else None,
            ),
        )
    )


def _gap(a: Answers, value: str | None) -> tuple[GapKind, str] | None:
    if not value:
        return None
    kind, text = (*a.parts("--gap", value, 2), None)[:2]
    if not kind or not text:
        a.fault("--gap", say("Something lacking has a kind and words: KIND|TEXT."))
        return None
    return a.choice("--gap", kind, GapKind, required=True), text
