"""toshima person"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import Sub, arg, opt
from toshima_cli.typed import about, corrections, joining

HELP = say("People who join, leave or move; what is corrected of them; their wishes")

Case = Annotated[str | None, arg("CASE", "Number of the case")]
Label = Annotated[str | None, arg("LABEL", "The person's label")]
On = Annotated[str | None, opt("--on", "Business date, default today", "DATE")]
Reason = Annotated[str | None, opt("--reason", "Why", "TEXT")]
Relation = Annotated[str | None, opt("--relation", "head, spouse, child, parent …", "RELATION")]
Joining = Annotated[
    list[str] | None, opt("--person", "Who joins; no label: the next free one", '"LABEL|NAME|KANA|BIRTH|SEX|RELATION"')
]


def add(
    ctx: typer.Context,
    case: Case = None,
    people: Joining = None,
    same: Annotated[str | None, opt("--same", "The same human being as in that case", "CASE/LABEL")] = None,
    on: On = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number, day = a.case(case), a.day("--on", on, default=c.today)
    who, other = joining(c, a, people or [], same, day)
    from toshima_cli.flow.person import add

    c.finish(add(c.store, number, who, day, other, mask=c.mask))


def edit(
    ctx: typer.Context,
    case: Case = None,
    label: Label = None,
    name: Annotated[str | None, opt("--name", "Name; none takes it away, as with the others", "NAME")] = None,
    kana: Annotated[str | None, opt("--kana", "Reading of the name", "KANA")] = None,
    birth: Annotated[str | None, opt("--birth", "Birth date, or unknown", "DATE")] = None,
    sex: Annotated[str | None, opt("--sex", "female, male, other, unknown", "SEX")] = None,
    relation: Relation = None,
    phone: Annotated[str | None, opt("--phone", "Telephone of their own", "TEXT")] = None,
    address: Annotated[str | None, opt("--address", "Address of their own", "TEXT")] = None,
    rule: Annotated[str | None, opt("--contact-rule", "How they may be reached, and how not", "TEXT")] = None,
    alert: Annotated[str | None, opt("--visit-alert", "What to mind at a visit", "TEXT")] = None,
    since: Annotated[str | None, opt("--assistance-since", "Public assistance since when", "DATE")] = None,
    office: Annotated[str | None, opt("--assistance-office", "Which office grants it", "TEXT")] = None,
    reason: Reason = None,
    on: On = None,
) -> None:
    c, a, number, who, day = about(ctx, case, label, on)
    typed = (name, kana, birth, sex, relation, phone, address, rule, alert, since, office)
    why = a.text("--reason", reason, required=True)
    from toshima_cli.flow.person import edit

    c.finish(edit(c.store, number, who, corrections(c, a, typed), day, why))


def move(
    ctx: typer.Context,
    case: Case = None,
    label: Label = None,
    to: Annotated[str | None, opt("--to", "The case of the other household", "CASE")] = None,
    relation: Relation = None,
    reason: Reason = None,
    on: On = None,
) -> None:
    c, a, number, who, day = about(ctx, case, label, on)
    other = a.case(to, "--to")
    kin, why = a.code("--relation", relation, "relation"), a.text("--reason", reason)
    a.settle()
    from toshima_cli.flow.person import move

    c.finish(move(c.store, number, who, other, day, why, kin))


def leave(
    ctx: typer.Context,
    case: Case = None,
    label: Label = None,
    reason: Annotated[str | None, opt("--reason", "moved_out, married, institution, deceased …", "REASON")] = None,
    note: Annotated[str | None, opt("--note", "What else is known", "TEXT")] = None,
    head: Annotated[str | None, opt("--head", "Who is head of the household from then on", "LABEL")] = None,
    on: On = None,
) -> None:
    c, a, number, who, day = about(ctx, case, label, on)
    why, text = a.code("--reason", reason, "leave_reason", required=True), a.text("--note", note)
    next_head = a.member(number, head, "--head") if head else None
    if next_head and next_head == who:
        a.fault("--head", say("The head has to be somebody who stays."))
    a.settle()
    from toshima_cli.flow.person import Leaving, leave

    c.finish(leave(c.store, number, who, Leaving(day, why, text, next_head)))


def wish(
    ctx: typer.Context,
    case: Case = None,
    label: Label = None,
    text: Annotated[str | None, opt("--text", "In their own words", "TEXT")] = None,
    on: On = None,
) -> None:
    c, a, number, who, day = about(ctx, case, label, on)
    said = a.text("--text", text, required=True)
    a.settle()
    from toshima_cli.flow.person import wish

    c.finish(wish(c.store, number, who, said, day))


COMMANDS = {
    "add": Sub(
        add,
        say("Somebody joins the household, or was found"),
        ("toshima person add 2026-0001 --person D", 'toshima person add 2026-0001 --person "|髙橋 健"'),
    ),
    "edit": Sub(
        edit,
        say("Correct or complete; the old value stays on record"),
        (
            "toshima person edit 2026-0001 C --birth 1942-03-04 --reason 保険証で確認",
            "toshima person edit 2026-0001 B --contact-rule 留守電不可 --reason 本人の希望",
        ),
    ),
    "move": Sub(
        move,
        say("To the household of another case"),
        ("toshima person move 2026-0001 B --to 2026-0002", "toshima person move 2026-0001 C --to 2026-0002"),
    ),
    "leave": Sub(
        leave,
        say("Somebody leaves the household, or died"),
        ("toshima person leave 2026-0001 C --reason other", "toshima person leave 2026-0001 A --reason other --head B"),
    ),
    "wish": Sub(
        wish,
        say("Note what somebody wants"),
        ("toshima person wish 2026-0001 B --text 昼の居場所", "toshima person wish 2026-0001 C --text 家がよい"),
    ),
}
