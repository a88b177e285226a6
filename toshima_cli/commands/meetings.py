"""toshima meetings"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import HeldAs
from toshima_cli.domain.verdict import say
from toshima_cli.looks.meetings import meetings
from toshima_cli.params import opt
from toshima_cli.ui import ics
from toshima_cli.ui.out import FORMATS as LISTS
from toshima_cli.ui.out import Column

HELP = say("The sittings; cancel, move or change one")
EXAMPLES = (
    "toshima meetings",
    "toshima meetings -o sittings.ics",
    "toshima meetings --cancel M2026-0003 --reason 会場が使えないため",
    "toshima meetings --move M2026-0003 --to 2026-11-26 --reason 進行役の都合",
    "toshima meetings --edit M2026-0003 --place 第二会議室 --chair k01",
)
FORMATS = (*LISTS, "ics")
FILES = ("ics",)


def run(
    ctx: typer.Context,
    cancel: Annotated[str | None, opt("--cancel", "Cancel this sitting", "MEETING")] = None,
    move: Annotated[str | None, opt("--move", "Set this sitting for another day", "MEETING")] = None,
    to: Annotated[str | None, opt("--to", "The new day", "DATE")] = None,
    edit: Annotated[str | None, opt("--edit", "Say anew where, how or by whom it is held", "MEETING")] = None,
    place: Annotated[str | None, opt("--place", "Where", "TEXT")] = None,
    held_as: Annotated[str | None, opt("--held-as", "in_person, online, circulated, phone", "HOW")] = None,
    chair: Annotated[str | None, opt("--chair", "Who leads it", "STAFF")] = None,
    recorder: Annotated[str | None, opt("--recorder", "Who writes it down", "STAFF")] = None,
    reason: Annotated[str | None, opt("--reason", "Why it is cancelled or changed", "TEXT")] = None,
    on: Annotated[str | None, opt("--on", "Business date of the change, default today", "DATE")] = None,
    limit: Annotated[str | None, opt("--limit", "At most so many", "N")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    most = a.count("--limit", limit)
    day = a.day("--on", on, default=c.today)
    why = a.text("--reason", reason)
    new = {
        "place": a.text("--place", place),
        "held_as": a.choice("--held-as", held_as, HeldAs),
        "chair": a.staff("--chair", chair),
        "recorder": a.staff("--recorder", recorder),
    }
    fields = {name: str(value) for name, value in new.items() if value}
    if cancel is None and move is None and edit is None and (reason or on or to or fields):
        # one of three, of which one cannot be taken back by typing on: asked for by name, never guessed at a prompt
        a.fault("--cancel", say("Say which sitting, and what becomes of it: --cancel, --move or --edit MEETING."))
    if sum(one is not None for one in (cancel, move, edit)) > 1 or (fields and (cancel or move)) or (to and edit):
        a.fault("--edit", say("Give only one of these."))
    if (cancel or move or edit) and c.out.form == "ics":
        a.fault("-f", say("A calendar is made of the list; change it first."))
    if move is not None:
        number, then = a.meeting(move, "--move"), a.day("--to", to, required=True, future=True)
        why = a.text("--reason", reason, required=True)
        a.settle()
        from toshima_cli.flow.meeting_changes import move as set_for

        c.finish(set_for(c.store, number, then, why, day))
        return
    if edit is not None:
        number = a.meeting(edit, "--edit")
        if not fields:
            a.fault("--edit", say("Say what is new: --place, --held-as, --chair or --recorder."))
        a.settle()
        from toshima_cli.flow.meeting_changes import edit as changed

        c.finish(changed(c.store, number, fields, why, day))
        return
    if cancel is not None:
        number = a.meeting(cancel, "--cancel")
        a.settle()
        from toshima_cli.flow.meeting_changes import cancel as flow

        c.finish(flow(c.store, number, day, why))
        return
    a.settle()
    found = c.store.reference(meetings)
    c.out.rows(
        found,
        (
            Column("meeting", say("Sitting"), whole=True),
            Column("held_on", say("Held on"), whole=True),
            Column("body", say("Body"), cell=lambda row: row["body"]),
            Column("held_as", say("How"), cell=lambda row: row["held_as"]),
            Column("items", say("Items"), right=True),
            Column("decided", say("Decided"), right=True),
            Column("present", say("Present"), right=True),
            Column(
                "cancelled",
                say("State"),
                cell=lambda row: say("cancelled") if row["cancelled"] else None,
                screen=any(row["cancelled"] for row in found.value),
            ),
        ),
        empty=say("No sitting has been called yet."),
        limit=most,
        writers={"ics": ics.meetings},
    )
