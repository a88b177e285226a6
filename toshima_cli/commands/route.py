"""toshima route"""

from datetime import date
from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import Ground, ReferralStatus, ReportKind
from toshima_cli.domain.verdict import say
from toshima_cli.looks.route import fitting
from toshima_cli.params import arg, flag, opt
from toshima_cli.ui.fitting import draw

HELP = say("②③ See the fitting windows; refer, settle, or hand to a coordinator")
EXAMPLES = (
    "toshima route 2026-0001",
    "toshima route 2026-0001 --complex --coordinator k03",
    "toshima route 2026-0001 --to hikikomori --person B --ground consent --reason 週1回の面談を希望",
    "toshima route 2026-0001 --accept R2026-0001",
)

ANSWERS = {
    "--accept": ReferralStatus.ACCEPTED,
    "--decline": ReferralStatus.DECLINED,
    "--complete": ReferralStatus.COMPLETED,
    "--revoke": ReferralStatus.REVOKED,
}


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    to: Annotated[list[str] | None, opt("--to", "A window, a programme, a resource, or outside:NAME", "WHERE")] = None,
    person: Annotated[list[str] | None, opt("--person", "Whose part; default everyone's", "LABEL")] = None,
    ground: Annotated[str | None, opt("--ground", "On what ground it is passed on", "GROUND")] = None,
    kind: Annotated[str | None, opt("--kind", "child, elder or disabled, for a report by law", "KIND")] = None,
    reason: Annotated[str | None, opt("--reason", "Why", "TEXT")] = None,
    complex_: Annotated[bool, flag("--complex", "Hand the case to a coordinator")] = False,
    coordinator: Annotated[str | None, opt("--coordinator", "Which coordinator takes it", "STAFF")] = None,
    single: Annotated[bool, flag("--single", "One window supports the case")] = False,
    accept: Annotated[str | None, opt("--accept", "A referral was accepted", "REFERRAL")] = None,
    decline: Annotated[str | None, opt("--decline", "A referral was declined (with --reason)", "REFERRAL")] = None,
    complete: Annotated[str | None, opt("--complete", "A referral is done", "REFERRAL")] = None,
    revoke: Annotated[str | None, opt("--revoke", "A referral is taken back", "REFERRAL")] = None,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    typed = dict(zip(ANSWERS, (accept, decline, complete, revoke), strict=True))
    chosen = a.one_of(
        {"--to": bool(to), "--complex": complex_, "--single": single, **{n: bool(v) for n, v in typed.items()}},
        required=False,
    )
    number = a.case(case)
    day = a.day("--on", on, default=c.today)
    why = a.text("--reason", reason)
    if coordinator and not complex_:
        a.fault("--coordinator", say("A coordinator is named together with --complex."))
    if (ground or kind) and not to:
        a.missing("--to")
    if chosen is None:
        a.settle()
        found = c.store.look(
            "route", lambda conn: fitting(conn, number, day, mask=c.mask), lambda f: f.subjects(), on=day
        )
        names = c.words()["concern"]
        c.out.thing(found, lambda f: f.json(), lambda f, page: draw(page, f.json(), names, reasons=True))
    elif chosen == "--to":
        _refer(c, a, number, to or [], person, ground, kind, why, day)
    elif chosen in ANSWERS:
        referral = a.referral(typed[chosen], chosen)
        if chosen == "--decline" and not (why or "").strip():
            a.missing("--reason")
        a.settle()
        from toshima_cli.flow.route import answer

        c.finish(answer(c.store, referral, ANSWERS[chosen], day, why, number))
    elif chosen == "--complex":
        who = a.staff("--coordinator", coordinator, required=True)
        a.settle()
        from toshima_cli.flow.route import escalate

        c.finish(escalate(c.store, number, who, day, why))
    else:
        a.settle()
        from toshima_cli.flow.route import needs_reason, settle

        if not why and needs_reason(c.store, number, day):
            a.missing("--reason", say("Why is the case supported at one window again?"))
            a.settle()
        c.finish(settle(c.store, number, day, why))


def _refer(
    c: Ctx,
    a: Answers,
    number: str,
    to: list[str],
    person: list[str] | None,
    ground: str | None,
    kind: str | None,
    why: str | None,
    day: date,
) -> None:
    labels = a.labels("--person", person)
    what = a.choice("--ground", ground, Ground, required=True)
    report = a.choice("--kind", kind, ReportKind)
    if report and what is not Ground.STATUTORY_REPORT and ground:
        a.fault("--kind", say("A kind is named for a report by law only (--ground statutory_report)."))
    places = a.places("--to", to)
    a.settle()
    from toshima_cli.flow.route import Passing, refer

    c.finish(
        refer(
            c.store,
            number,
            Passing(to=places, ground=what, on=day, labels=labels, reason=why, report_kind=report),
        )
    )
