"""toshima intake"""

from typing import Annotated

import typer

from toshima_cli import reception
from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, flag, opt
from toshima_cli.typed import in_words_of
from toshima_cli.ui.drafts import DRAFTS

HELP = say("① Take a whole concern in, whatever window it came to")
EXAMPLES = (
    "toshima intake --from household_a.json",
    'toshima intake --window csw --person "A|髙橋 由美子|たかはし ゆみこ|1968-05-01|female|head" --concern A:job!',
    "toshima intake --drafts",
    'toshima intake 2026-0002 --person "A|石井 誠|いしい まこと" --concern A:housing!',
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "A case of outreach that is received now")] = None,
    source: Annotated[str | None, opt("--from", "A JSON file with everything, or - for standard input", "FILE")] = None,
    window: Annotated[str | None, opt("--window", "The window that received it", "WINDOW")] = None,
    on: Annotated[str | None, opt("--on", "The day it was received, default today", "DATE")] = None,
    channel: Annotated[str | None, opt("--channel", "How it came to the window", "CHANNEL")] = None,
    reporter: Annotated[str | None, opt("--reporter", "Who told us, when not the person", "NAME")] = None,
    reporter_relation: Annotated[str | None, opt("--reporter-relation", "Who that is to them", "TEXT")] = None,
    address: Annotated[str | None, opt("--address", "Address of the household", "TEXT")] = None,
    phone: Annotated[str | None, opt("--phone", "Telephone of the household", "TEXT")] = None,
    person: Annotated[
        list[str] | None, opt("--person", "One person of the household", '"LABEL|NAME|KANA|BIRTH|SEX|RELATION"')
    ] = None,
    concern: Annotated[
        list[str] | None, opt("--concern", "One concern; ! marks the most pressing", "LABEL:CONCERN[!]")
    ] = None,
    note: Annotated[str | None, opt("--note", "What else was said", "TEXT")] = None,
    drafts: Annotated[bool, flag("--drafts", "What was typed and not recorded yet, of every command")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    if drafts:
        a.settle()
        c.out.rows(reception.drafts(c), DRAFTS, empty=say("No draft is kept."))
        return
    typed = {
        "--window": window,
        "--on": on,
        "--channel": channel,
        "--reporter": reporter,
        "--reporter-relation": reporter_relation,
        "--address": address,
        "--phone": phone,
        "--person": person,
        "--concern": concern,
        "--note": note,
    }
    number = a.case(case) if case is not None else None
    from toshima_cli.forms import ConnectForm, IntakeForm

    if number is None:
        needed = ("--window", "--person", "--concern")
        form = reception.form(c, a, IntakeForm, source, typed, required=needed)
        from toshima_cli.flow.intake import record

        reception.finish(c, record(c.store, form, mask=c.mask))
        return
    told = reception.form(c, a, ConnectForm, source, typed)
    from toshima_cli.flow.intake import connect

    with in_words_of(None if source else reception.OPTIONS):
        answer = connect(c.store, number, told, from_file=source is not None, mask=c.mask)
    reception.finish(c, answer)
