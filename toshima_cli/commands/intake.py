"""toshima intake"""

from typing import Annotated, Any

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.verdict import Done, say
from toshima_cli.params import opt
from toshima_cli.typed import concern as typed_concern
from toshima_cli.typed import filled
from toshima_cli.typed import person as typed_person
from toshima_cli.ui.page import Page

HELP = say("① Take a whole concern in, whatever window it came to")
EXAMPLES = (
    "toshima intake --from household_a.json",
    'toshima intake --window csw --person "A|髙橋 由美子|たかはし ゆみこ|1968-05-01|female|head" --concern A:job!',
)

OPTIONS = {"people": "--person", "concerns": "--concern", "received_on": "--on", "household": "--address"}


def run(
    ctx: typer.Context,
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
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
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
    raw: Any
    if source is not None:
        for name, value in typed.items():
            if value:
                a.fault(name, say("Everything comes from the file where --from is given."))
        raw = a.json_file("--from", source)
    else:
        raw = _typed(a, c, typed)
    from toshima_cli.flow.intake import record
    from toshima_cli.forms import IntakeForm

    if source is not None:
        a.settle()
    form = filled(c, a, IntakeForm, raw, None if source is not None else OPTIONS)
    answer = record(c.store, form, mask=c.mask)
    if c.out.quiet and isinstance(answer, Done):
        from toshima_cli.ui.fitting import duties

        found: Any = answer.data["duty"]
        c.out.warn(*duties(found))
    c.finish(answer, lambda done, page: _after(c, done, page))


def _typed(a: Answers, c: Ctx, typed: dict[str, Any]) -> dict[str, Any]:
    """The options as the same form the file fills."""
    if not typed["--person"]:
        a.missing("--person")
    if not typed["--concern"]:
        a.missing("--concern")
    household = {"address": a.text("--address", typed["--address"]), "phone": a.text("--phone", typed["--phone"])}
    name, relation = typed["--reporter"], typed["--reporter-relation"]
    return {
        "window": a.code("--window", typed["--window"], "window", required=True),
        "received_on": a.day("--on", typed["--on"], default=c.today).isoformat(),
        "channel": a.code("--channel", typed["--channel"], "channel") or "other",
        "reporter": {"name": name or None, "relation": relation or None} if name or relation else None,
        "household": household,
        "people": [typed_person(a, text) for text in typed["--person"] or ()],
        "concerns": [typed_concern(text) for text in typed["--concern"] or ()],
        "note": a.text("--note", typed["--note"]),
    }


def _after(c: Ctx, done: Done, page: Page) -> None:
    """Duty first, then why it may be complex, then the windows that fit."""
    from toshima_cli.ui.fitting import draw

    names = c.words()
    draw(page, done.data, names["concern"])
