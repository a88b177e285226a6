"""toshima gap"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import GapKind, GapStatus
from toshima_cli.domain.verdict import say
from toshima_cli.looks.gaps import listed
from toshima_cli.params import Sub, arg, opt
from toshima_cli.ui.out import Column

HELP = say("What is lacking: raised, forwarded, answered")


def add(
    ctx: typer.Context,
    kind: Annotated[str | None, opt("--kind", "resource, system, training, coordination", "KIND")] = None,
    text: Annotated[str | None, opt("--text", "What is lacking, without a name", "TEXT")] = None,
    case: Annotated[list[str] | None, opt("--case", "A case that shows it", "CASE")] = None,
    same_as: Annotated[str | None, opt("--same-as", "The gap that further cases show", "GAP")] = None,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    cases = tuple(dict.fromkeys(a.case(number, "--case") for number in case or ()))
    day = a.day("--on", on, default=c.today)
    if same_as is not None:
        number = a.gap(same_as, "--same-as")
        for name, value in (("--kind", kind), ("--text", text)):
            if value:
                a.fault(name, say("A further case shows the gap as it stands; its kind and text stay."))
        if not cases:
            a.missing("--case")
        a.settle()
        from toshima_cli.flow.gap import same

        c.finish(same(c.store, number, cases, day))
        return
    what = a.choice("--kind", kind, GapKind, required=True)
    words = a.text("--text", text, required=True)
    a.settle()
    from toshima_cli.flow.gap import Raised
    from toshima_cli.flow.gap import add as flow

    c.finish(flow(c.store, Raised(what, words, day, cases)))


def list_(
    ctx: typer.Context,
    status: Annotated[str | None, opt("--status", "raised, forwarded, answered", "STATUS")] = None,
    limit: Annotated[str | None, opt("--limit", "At most so many", "N")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    which = a.choice("--status", status, GapStatus)
    most = a.count("--limit", limit)
    a.settle()
    found = c.store.look("gap", lambda conn: listed(conn, c.today, which), lambda rows: rows.subjects)
    c.out.rows(
        found,
        (
            Column("gap", say("Gap"), whole=True),
            Column("kind", say("Kind"), cell=lambda row: row["kind"]),
            Column("text", say("What is lacking")),
            Column("status", say("Status"), cell=lambda row: row["status"]),
            Column("raised_on", say("Raised on"), whole=True),
            Column("cases", say("Cases"), cell=lambda row: tuple(row["cases"])),
            Column("answered_on", say("Answered on"), screen=False),
            Column("answer", say("Answer")),
        ),
        empty=say("No gap has been raised yet."),
        limit=most,
    )


def forward(
    ctx: typer.Context,
    gap: Annotated[str | None, arg("GAP", "Number of the gap")] = None,
    note: Annotated[str | None, opt("--note", "What the council should know, without a name", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.gap(gap)
    words = a.text("--note", note)
    day = a.day("--on", on, default=c.today)
    a.settle()
    from toshima_cli.flow.gap import forward as flow

    c.finish(flow(c.store, number, day, words))


def answer(
    ctx: typer.Context,
    gap: Annotated[str | None, arg("GAP", "Number of the gap")] = None,
    text: Annotated[str | None, opt("--text", "What was answered, without a name", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.gap(gap)
    words = a.text("--text", text, required=True)
    day = a.day("--on", on, default=c.today)
    a.settle()
    from toshima_cli.flow.gap import answer as flow

    c.finish(flow(c.store, number, day, words))


COMMANDS = {
    "add": Sub(
        add,
        say("Raise a gap, or name a further case that shows one"),
        (
            "toshima gap add --kind resource --text 日中に過ごせる居場所が足りない --case 2026-0001",
            "toshima gap add --kind training --text 複数の分野にまたがる相談の受け方の研修",
        ),
    ),
    "list": Sub(
        list_,
        say("The gaps with what became of them"),
        ("toshima gap list", "toshima gap list --status forwarded -f json"),
    ),
    "forward": Sub(
        forward,
        say("Forward a gap to the council"),
        ("toshima gap forward G1", "toshima gap forward G1 --note 3つの圏域で同じ声"),
    ),
    "answer": Sub(
        answer,
        say("Write down the answer to a gap"),
        (
            "toshima gap answer G1 --text 区民ひろばの一室を平日の午後に開ける",
            "toshima gap answer G1 --text 来年度の予算で検討する --on yesterday",
        ),
    ),
}
