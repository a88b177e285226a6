"""toshima close"""

from datetime import date
from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import EndReason
from toshima_cli.domain.verdict import Say, say
from toshima_cli.params import arg, flag, opt

HELP = say("⑤ Conclude a case, or record that it was interrupted")
EXAMPLES = (
    "toshima close 2026-0001 --reason resolved --lead csw --change work_started --evaluation 生活が安定した"
    " --wish 今の暮らしを続けたい --groundwork 民生委員の見守り",
    "toshima close 2026-0001 --interrupted --last-contact 2026-10-20 --tried 訪問を3回、手紙を2通",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    reason: Annotated[str | None, opt("--reason", "Why it ends", "REASON")] = None,
    lead: Annotated[str | None, opt("--lead", "Who leads from here on; default the plan's", "WHO")] = None,
    change: Annotated[list[str] | None, opt("--change", "A change observed; none is one too", "CODE")] = None,
    evaluation: Annotated[str | None, opt("--evaluation", "How the support is evaluated", "TEXT")] = None,
    wish: Annotated[str | None, opt("--wish", "The wish of the person; unknown is an answer", "TEXT")] = None,
    groundwork: Annotated[str | None, opt("--groundwork", "What stands so that support can end", "TEXT")] = None,
    tried: Annotated[str | None, opt("--tried", "What was tried", "TEXT")] = None,
    interrupted: Annotated[bool, flag("--interrupted", "Contact is lost: interrupt instead of concluding")] = False,
    last_contact: Annotated[str | None, opt("--last-contact", "Day of the last contact", "DATE")] = None,
    safety: Annotated[str | None, opt("--safety", "Who checked that they are safe, when, how", "TEXT")] = None,
    kept: Annotated[str | None, opt("--kept", "The case that is kept, for a duplicate", "CASE")] = None,
    on: Annotated[str | None, opt("--on", "The day it ends, default today", "DATE")] = None,
    yes: Annotated[bool, flag("--yes", "Do not ask whether to end the case")] = False,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    day = a.day("--on", on, default=c.today)
    if interrupted:
        _interrupt(c, a, number, day, last_contact, tried, safety, reason=reason, yes=yes)
        return
    for name, value in (("--last-contact", last_contact), ("--safety", safety)):
        if value:
            a.fault(name, say("This belongs to --interrupted."))
    why = a.choice("--reason", reason, EndReason, required=True)
    other = a.case(kept, "--kept") if kept else None
    changes = a.codes("--change", change, "change")
    texts = {
        "lead": a.text("--lead", lead),
        "evaluation": a.text("--evaluation", evaluation),
        "wish": a.text("--wish", wish),
        "groundwork": a.text("--groundwork", groundwork),
        "tried": a.text("--tried", tried),
    }
    a.settle()
    from toshima_cli.flow.close import Closing, before, conclude

    closing = Closing(on=day, reason=why, kept=other, changes=changes, **texts)
    known = before(c.store, number, closing)
    for name, asks in known.missing:
        a.missing(name, asks)
    if known.instead and not yes and c.ask.possible:
        c.out.warn(*known.warnings)
        c.out.follow(*known.instead)
    if _sure(c, a, say("End case {case}: {reason}?", case=number, reason=why), yes):
        c.finish(conclude(c.store, number, closing))


def _interrupt(
    c: Ctx,
    a: Answers,
    number: str,
    day: date,
    last_contact: str | None,
    tried: str | None,
    safety: str | None,
    *,
    reason: str | None,
    yes: bool,
) -> None:
    if reason:
        a.fault("--reason", say("An interruption has no reason of conclusion; leave one of the two out."))
    last = a.day("--last-contact", last_contact)
    what, checked = a.text("--tried", tried), a.text("--safety", safety)
    a.settle()
    from toshima_cli.flow.close import Interruption, interrupt, lacking_interruption

    for name, asks in lacking_interruption(c.store, number, day, last, what, checked):
        a.missing(name, asks)
    if _sure(c, a, say("Interrupt case {case}?", case=number), yes):
        c.finish(interrupt(c.store, number, Interruption(day, last or day, what or "", checked)))


def _sure(c: Ctx, a: Answers, question: Say, yes: bool) -> bool:
    """Ask before a case ends; everything missing is named first, `--yes` among it where nobody can be asked."""
    if not yes and not c.ask.possible:
        a.missing("--yes")
    a.settle()
    if yes or c.ask.confirm(question):
        return True
    c.out.note(say("Nothing was changed."))
    return False
