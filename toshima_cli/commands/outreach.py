"""toshima outreach"""

from typing import Annotated

import typer

from toshima_cli import reception
from toshima_cli.answers import Answers
from toshima_cli.contacts import told
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.looks.outreach import listed
from toshima_cli.params import Sub, arg, opt
from toshima_cli.ui import caseload as ui
from toshima_cli.ui.out import ROOMY, Column

HELP = say("⓪ Seek out those who are not connected yet")


def new(
    ctx: typer.Context,
    source: Annotated[str | None, opt("--from", "A JSON file with everything, or - for standard input", "FILE")] = None,
    why: Annotated[str | None, opt("--why", "Why they are not connected yet", "WHY")] = None,
    window: Annotated[str | None, opt("--window", "The window that seeks them", "WINDOW")] = None,
    on: Annotated[str | None, opt("--on", "The day it was heard of, default today", "DATE")] = None,
    programme: Annotated[str | None, opt("--programme", "The outreach programme that seeks them", "CODE")] = None,
    channel: Annotated[str | None, opt("--channel", "How it came to be known", "CHANNEL")] = None,
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
    note: Annotated[str | None, opt("--note", "What was seen", "TEXT")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    typed = {
        "--why": why,
        "--window": window,
        "--programme": programme,
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
    from toshima_cli.forms import OutreachForm

    form = reception.form(c, a, OutreachForm, source, typed, required=("--why", "--window", "--note"))
    from toshima_cli.flow.outreach import begin

    reception.finish(c, begin(c.store, form, mask=c.mask))


def log(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    method: Annotated[str | None, opt("--method", "visit, phone, meeting, office, online …", "METHOD")] = None,
    note: Annotated[str | None, opt("--note", "What happened", "TEXT")] = None,
    note_file: Annotated[str | None, opt("--note-file", "A file with it, or - for standard input", "FILE")] = None,
    person: Annotated[str | None, opt("--person", "Whom it is about", "LABEL")] = None,
    programme: Annotated[str | None, opt("--programme", "The programme, default that of the case", "CODE")] = None,
    on: Annotated[str | None, opt("--on", "The day it happened, default today", "DATE")] = None,
    next_on: Annotated[str | None, opt("--next", "The day of the next step", "DATE")] = None,
    next_what: Annotated[str | None, opt("--next-what", "What the next step is", "TEXT")] = None,
    found: Annotated[
        list[str] | None, opt("--found", "A concern found on the way, of somebody new too", "LABEL:CONCERN")
    ] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    typed = {
        "--method": method,
        "--note": note,
        "--note-file": note_file,
        "--person": person,
        "--programme": programme,
        "--on": on,
        "--next": next_on,
        "--next-what": next_what,
        "--found": found,
    }
    entry = told(a, number, c.today, typed)
    from toshima_cli.flow.progress import log as record

    c.finish(record(c.store, number, entry))


def list_(ctx: typer.Context, limit: Annotated[str | None, opt("--limit", "At most so many", "N")] = None) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    most = a.count("--limit", limit)
    a.settle()
    rows = c.out.most(most)
    found = c.store.look("outreach list", lambda conn: listed(conn, rows, mask=c.mask), lambda s: s.subjects)
    names = c.words()
    roomy = c.out.terminal.columns >= ROOMY
    c.out.rows(
        found,
        (
            Column("case", say("Case"), whole=True),
            Column("opened_on", say("Known since"), whole=True),
            Column("why", say("Not connected because"), cell=lambda row: names["why_not_connected"].get(row["why"])),
            Column(
                "programme", say("Programme"), screen=roomy, cell=lambda row: names["programme"].get(row["programme"])
            ),
            Column("people", say("Household"), cell=lambda row: ui.household(row["people"])),
            Column("contacts", say("Contacts made"), right=True, screen=roomy),
            Column("last_contact_on", say("Last contact"), whole=True),
            Column("next_due_on", say("Next step"), whole=True),
        ),
        empty=say("Nobody is being sought out."),
        limit=most,
        total=found.value.total,
    )


COMMANDS = {
    "new": Sub(
        new,
        say("Note somebody who is not connected yet, by name or without one"),
        (
            "toshima outreach new --why unaware --window csw --programme o-csw --channel neighbour"
            " --reporter 近所の方 --note 雨戸が閉まったままで、夜に明かりがつかない",
            'toshima outreach new --why refuses --window korei-sogo --person "A|||||other" --concern A:care'
            " --note 介護の話を望まれない",
        ),
    ),
    "log": Sub(
        log,
        say("Write down a contact in outreach, and what was found"),
        (
            "toshima outreach log 2026-0002 --method visit --note 玄関先で手紙を受け取られた --next 2026-11-30",
            "toshima outreach log 2026-0002 --method visit --note 息子さんと話せた --found B:withdrawal",
        ),
    ),
    "list": Sub(list_, say("Who is being sought out"), ("toshima outreach list", "toshima outreach list -f json")),
}
