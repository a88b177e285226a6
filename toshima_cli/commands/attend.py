"""toshima attend"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, flag, opt

HELP = say("Record who attended, and their secrecy acknowledgement")
EXAMPLES = (
    "toshima attend M2026-0001 k01 k03 --secrecy",
    'toshima attend M2026-0001 --guest "小川|民生委員・児童委員|委員" --expected --secrecy',
)


def run(
    ctx: typer.Context,
    meeting: Annotated[str | None, arg("MEETING", "Number of the sitting")] = None,
    staff: Annotated[list[str] | None, arg("STAFF", "Staff codes")] = None,
    guest: Annotated[list[str] | None, opt("--guest", "A guest who was there", '"NAME|OFFICE|POST"')] = None,
    secrecy: Annotated[bool, flag("--secrecy", "They acknowledged the duty of secrecy (this fiscal year)")] = False,
    expected: Annotated[bool, flag("--expected", "They are to come (before the day)")] = False,
    chair: Annotated[str | None, opt("--chair", "Who led it", "STAFF")] = None,
    recorder: Annotated[str | None, opt("--recorder", "Who wrote it down", "STAFF")] = None,
    on: Annotated[str | None, opt("--on", "Business date, default the day of the sitting", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.meeting(meeting)
    codes = a.codes("STAFF", staff, "staff")
    guests = a.guests(guest)
    leads, writes = a.staff("--chair", chair), a.staff("--recorder", recorder)
    if not codes and not guests and not leads and not writes:
        there, to_come = say("Who was there? Staff codes, or --guest."), say("Who is to come? Staff codes, or --guest.")
        a.missing("STAFF", to_come if expected else there)
    if expected and (leads or writes):
        a.fault("--expected", say("Who is to lead and who is to write it down: meetings --edit."))
    typed = a.day("--on", on)
    a.settle()
    from toshima_cli.flow.meeting import Guest, attend, day_of

    day = typed or day_of(c.store, number)
    came = tuple(Guest(*parts) for parts in guests)
    c.finish(
        attend(
            c.store,
            number,
            min(day, c.today) if expected else day,
            codes,
            came,
            secrecy=secrecy,
            expected=expected,
            chair=leads,
            recorder=writes,
        )
    )
