"""toshima consent"""

from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import DecidedBy, Decision, Scope
from toshima_cli.domain.verdict import say
from toshima_cli.params import arg, flag, opt

HELP = say("Record what a person decided: given, not obtained, withdrawn")
EXAMPLES = (
    "toshima consent 2026-0001 A --given --scope plan,sharing --method signature --on 2026-11-02",
    "toshima consent 2026-0001 C --refused --method oral --on 2026-10-09",
)

FLAGS = {
    "--given": Decision.GIVEN,
    "--refused": Decision.REFUSED,
    "--withdrawn": Decision.WITHDRAWN,
    "--not-possible": Decision.NOT_POSSIBLE,
}


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    label: Annotated[str | None, arg("LABEL", "Label of the person")] = None,
    given: Annotated[bool, flag("--given", "The person consents")] = False,
    refused: Annotated[bool, flag("--refused", "Consent was asked for and not obtained")] = False,
    withdrawn: Annotated[bool, flag("--withdrawn", "The person takes consent back")] = False,
    not_possible: Annotated[bool, flag("--not-possible", "The person cannot decide")] = False,
    on: Annotated[str | None, opt("--on", "The day of the decision, default today", "DATE")] = None,
    scope: Annotated[str | None, opt("--scope", "What it is for: plan, sharing, or both", "SCOPE")] = None,
    excluding: Annotated[list[str] | None, opt("--excluding", "A window nothing may be shared with", "WINDOW")] = None,
    method: Annotated[str | None, opt("--method", "signature, oral, phone or online", "METHOD")] = None,
    decided_by: Annotated[str | None, opt("--decided-by", "Who decided, default self", "WHO")] = None,
    by: Annotated[str | None, opt("--by", "Name of whoever decided for the person", "NAME")] = None,
    evidence: Annotated[str | None, opt("--evidence", "What showed their authority", "TEXT")] = None,
    explained_by: Annotated[str | None, opt("--explained-by", "Who explained it", "STAFF")] = None,
    until: Annotated[str | None, opt("--until", "The last day it holds", "DATE")] = None,
    why: Annotated[str | None, opt("--why", "Why the person cannot decide", "TEXT")] = None,
    judged_by: Annotated[str | None, opt("--judged-by", "Who judged that", "NAME")] = None,
    review: Annotated[str | None, opt("--review", "When it is looked at again", "DATE")] = None,
    view: Annotated[str | None, opt("--view", "The child's own view, in their words", "TEXT")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    who = a.member(number, label)
    day = a.day("--on", on, default=c.today)
    chosen = a.one_of(dict(zip(FLAGS, (given, refused, withdrawn, not_possible), strict=True)))
    decision = FLAGS[chosen] if chosen else Decision.REFUSED
    scopes = a.choices("--scope", scope, Scope)
    if decision is Decision.GIVEN and chosen and not scopes and not scope:
        a.missing("--scope")
    how = a.code("--method", method, "consent_method", required=True)
    decider = a.choice("--decided-by", decided_by, DecidedBy) or DecidedBy.SELF
    excluded = a.codes("--excluding", excluding, "window")
    if excluded and (decision is not Decision.GIVEN or Scope.SHARING not in scopes):
        a.fault("--excluding", say("A window is excepted from consent to sharing: --given --scope sharing."))
    last = a.day("--until", until, future=True)
    again = a.day("--review", review, future=True)
    explained = a.staff("--explained-by", explained_by)
    texts = {
        "by_name": a.text("--by", by),
        "evidence": a.text("--evidence", evidence),
        "why": a.text("--why", why),
        "judged_by": a.text("--judged-by", judged_by),
        "own_view": a.text("--view", view),
    }
    a.settle()
    from toshima_cli.flow.consent import Given, record

    c.finish(
        record(
            c.store,
            number,
            Given(
                label=who,
                decision=decision,
                on=day,
                scopes=frozenset(scopes or Scope),
                method=how,
                decided_by=decider,
                explained_by=explained,
                excluding=excluded,
                expires_on=last,
                review_on=again,
                **texts,
            ),
        )
    )
