"""toshima agenda"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.seen import Seen
from toshima_cli.domain.verdict import Warned, say
from toshima_cli.exits import Missing
from toshima_cli.looks.agenda import Listed, compute
from toshima_cli.looks.meetings import nearest
from toshima_cli.params import arg
from toshima_cli.ui.agenda import draw, markdown

HELP = say("The agenda of a sitting")
EXAMPLES = ("toshima agenda", "toshima agenda M2026-0003", "toshima agenda M2026-0003 -o agenda.md")
FORMATS = ("table", "json", "md")
FILES = ("md", "json")


def run(
    ctx: typer.Context,
    meeting: Annotated[str | None, arg("MEETING", "Number of the sitting; default the next one")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    asked = a.meeting(meeting) if meeting is not None else None
    a.settle()
    number = asked or c.store.reference(lambda conn: nearest(conn, c.today.isoformat())).value
    if number is None:
        raise Missing(
            [("MEETING", say("No sitting has been called yet."))], do=("toshima convene subcommittee --on DATE",)
        )
    found = _look(c, number)
    if found.value.unnumbered and not found.value.cancelled:
        from toshima_cli.flow.agenda import sync

        sync(c.store, number)
        found = _look(c, number)
    c.out.thing(
        found,
        lambda listed: listed.json(),
        lambda listed, page: draw(listed, page, mask=c.mask),
        {"md": lambda listed: markdown(listed, mask=c.mask)},
    )
    if names := tuple(found.value.typed(name, mask=c.mask) or "" for name in found.value.without_secrecy):
        message = say("Without an acknowledgement of secrecy, and so without the paper: {names}.", names=names)
        c.out.warn(Warned("secrecy.missing", message))


def _look(c: Ctx, number: str) -> Seen[Listed]:
    return c.store.look("agenda", lambda conn: compute(conn, number), lambda listed: listed.subjects())
