"""toshima notify"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import Ground, ReportKind
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, flag, opt

HELP = say("The duty to report: one step, never refused, suspicion is enough")
EXAMPLES = (
    "toshima notify 2026-0001 --kind elder --to korei-sogo --person C --reason 頬にあざがあり、介護者が怒鳴る声がする",
    "toshima notify 2026-0001 --kind child --to outside:児童相談所 --needing-protection",
)


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    kind: Annotated[str | None, opt("--kind", "child, elder, disabled", "KIND")] = None,
    to: Annotated[list[str] | None, opt("--to", "A window, or outside:NAME", "WHERE")] = None,
    person: Annotated[list[str] | None, opt("--person", "Whom it is about, where that is known", "LABEL")] = None,
    reason: Annotated[str | None, opt("--reason", "What was seen or heard", "TEXT")] = None,
    needing_protection: Annotated[
        bool, flag("--needing-protection", "A child needing protection, no abuse suspected")
    ] = False,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    what = a.choice("--kind", kind, ReportKind, required=True)
    places = a.places("--to", to or ())
    if not to:
        a.missing("--to")
    labels = a.labels("--person", person)
    why = a.text("--reason", reason)
    day = a.day("--on", on, default=c.today)
    if needing_protection and kind and what is not ReportKind.CHILD:
        a.fault("--needing-protection", say("A child needing protection is reported with --kind child."))
    a.settle()
    from toshima_cli.flow.route import Passing, refer

    passing = Passing(
        to=places,
        ground=Ground.STATUTORY_REPORT,
        on=day,
        labels=labels,
        reason=why,
        report_kind=what,
        needing_protection=needing_protection,
    )
    c.finish(refer(c.store, number, passing))
