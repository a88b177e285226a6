"""A command that exists in the tests only, with one of everything the kernel offers."""

from datetime import date
from typing import Annotated

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.seen import Reference
from toshima_cli.domain.terms import Decision, Scope
from toshima_cli.domain.verdict import Basis, Next, Refusal, Warned, say
from toshima_cli.exits import Refused
from toshima_cli.params import Sub, arg, flag, opt
from toshima_cli.ui.out import Column

HELP = say("Trial of everything")
EXAMPLES = ("toshima trial 2026-0042 --scope plan", "toshima trial 2026-0042 --on today")
FILES = ("csv", "json")


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "The number of the case")] = None,
    on: Annotated[str | None, opt("--on", "Business date", "DATE")] = None,
    scope: Annotated[list[str] | None, opt("--scope", "What for", "SCOPE")] = None,
    channel: Annotated[str | None, opt("--channel", "How it came", "CHANNEL")] = None,
    note: Annotated[str | None, opt("--note", "What was said", "TEXT")] = None,
    given: Annotated[bool, flag("--given", "Consents")] = False,
    refused: Annotated[bool, flag("--refused", "Does not")] = False,
    end: Annotated[str | None, opt("--end", "How the trial ends", "HOW")] = None,
) -> None:
    made: Ctx = ctx.obj
    answers = Answers(made)
    number = answers.case(case)
    day = answers.day("--on", on, default=made.today)
    scopes = answers.choices("--scope", scope, Scope)
    answers.code("--channel", channel, "channel", required=True)
    text = answers.text("--note", note)
    decision = answers.one_of({"--given": given, "--refused": refused})
    answers.settle()
    match end:
        case "refused":
            raise Refused(_refusal(number))
        case "crash":
            raise ZeroDivisionError(f"a name in a message: {text}")
        case "pipe":
            raise BrokenPipeError
        case "ctrl-c":
            raise KeyboardInterrupt
        case "ask":
            made.ask.confirm(say("Really?"))
        case _:
            data = {"case": number, "on": day, "scope": scopes, "decision": decision, "note": text}
            hint = Next("consent", say("Record it"), f"toshima consent {number} A", date(2026, 12, 1))
            warned = Warned("trial.late", say("Late by {days} days.", days=3))
            made.out.done(say("Done {case}.", case=number), number, data, hints=(hint,), warnings=(warned,))


def _refusal(number: str) -> Refusal:
    return Refusal(
        "consent.plan.refused",
        Basis.LAW,
        say("No plan can be made."),
        facts=(say("C said no on {on}.", on=date(2026, 10, 9)),),
        missing=(say("Consent of C."),),
        next=(Next("plan", say("For the others"), f"toshima plan {number} --person A"),),
        article="106-6(1)",
    )


def add(ctx: typer.Context, code: Annotated[str | None, arg("CODE", "The code")] = None) -> None:
    made: Ctx = ctx.obj
    rows = [{"code": code or "none", "decision": Decision.REFUSED}]
    made.out.rows(
        Reference(rows), [Column("code", say("Code")), Column("decision", say("Decision"))], empty=say("Nothing.")
    )


COMMANDS_OF_GROUP = {"add": Sub(add, say("Add one"), ("toshima trials add k03", "toshima trials add k04"))}
