"""toshima convene"""

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from toshima_cli import i18n
from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import Body, HeldAs
from toshima_cli.domain.verdict import Done, say
from toshima_cli.looks.regular import Proposal, proposed
from toshima_cli.looks.summary import of_year
from toshima_cli.params import arg, opt

HELP = say("Call a sitting; its agenda makes itself")
EXAMPLES = (
    "toshima convene stakeholder --on 2026-11-26 --case 2026-0001",
    "toshima convene subcommittee --on 2026-12-17 --attendee k01,k03 --chair k01 --recorder k03 --place 第一会議室",
)


def run(
    ctx: typer.Context,
    body: Annotated[str | None, arg("BODY", "stakeholder, subcommittee or council")] = None,
    on: Annotated[str | None, opt("--on", "The day it is held", "DATE")] = None,
    case: Annotated[list[str] | None, opt("--case", "A case to put on the agenda", "CASE")] = None,
    attendee: Annotated[list[str] | None, opt("--attendee", "Staff expected", "STAFF")] = None,
    guest: Annotated[list[str] | None, opt("--guest", "A guest expected", '"NAME|OFFICE|POST"')] = None,
    held_as: Annotated[str | None, opt("--held-as", "in_person, online, circulated, phone", "HOW")] = None,
    place: Annotated[str | None, opt("--place", "Where", "TEXT")] = None,
    chair: Annotated[str | None, opt("--chair", "Who leads it", "STAFF")] = None,
    recorder: Annotated[str | None, opt("--recorder", "Who writes it down", "STAFF")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    who = a.choice("BODY", body, Body, required=True)
    day = a.day("--on", on, future=True) or _proposed(c, a, who if body else None)
    cases = tuple(a.case(number, "--case") for number in case or ())
    staff = a.codes("--attendee", attendee, "staff")
    guests = a.guests(guest)
    how = a.choice("--held-as", held_as, HeldAs) or HeldAs.IN_PERSON
    where = a.text("--place", place)
    leads, writes = a.staff("--chair", chair), a.staff("--recorder", recorder)
    if body and who is Body.STAKEHOLDER and not cases:
        a.missing("--case", say("Which case is it about?"))
    if body and who is Body.COUNCIL and cases:
        a.fault("--case", say("The council deals with the system itself, never with a named case."))
    a.settle()
    from toshima_cli.flow.meeting import Called, Guest, convene

    done = convene(
        c.store,
        Called(
            body=who,
            held_on=day,
            on=min(c.today, day),
            cases=cases,
            attendees=staff,
            guests=tuple(Guest(*parts) for parts in guests),
            held_as=how,
            place=where,
            chair=leads,
            recorder=writes,
        ),
    )
    if who is Body.COUNCIL and isinstance(done, Done):
        done = _with_summary(c, done, day)
    c.finish(done)


def _proposed(c: Ctx, a: Answers, body: Body | None) -> date:
    """No day was given: it is missing, and the next regular one of the body is proposed."""
    found = c.store.reference(lambda conn: proposed(conn, body, c.today)).value if body else Proposal()
    asks = c.asks("--on")
    if found.day and found.words:
        a.missing("--on", say("{asks}. Proposed: {words}", asks=asks, words=found.words), found.day.isoformat())
    elif found.words:
        a.missing("--on", say("{asks}. {words}", asks=asks, words=found.words))
    else:
        a.missing("--on")
    return c.today


def _with_summary(c: Ctx, done: Done, day: date) -> Done:
    """What `agenda` gives of a sitting of the council: the figures of the year too."""
    english = i18n.language() == "en"
    found = c.store.reference(lambda conn: of_year(conn, day, c.today, english=english)).value
    return replace(done, data={**done.data, "summary": found.rows(), "summary_span": found.span()})
