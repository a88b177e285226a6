"""toshima plan"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from toshima_cli.answers import Answers
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import PlanStatus
from toshima_cli.domain.verdict import say
from toshima_cli.looks.plan import plans
from toshima_cli.params import arg, flag, opt
from toshima_cli.typed import filled, in_words_of, narrowed
from toshima_cli.ui.out import Column

_ACTION = '"LABEL|WHAT|WHO|DUE|KIND|WHY"'

HELP = say("③⑥ Draft or revise a support plan")
EXAMPLES = (
    "toshima plan 2026-0001 --from plan.json",
    "toshima plan 2026-0001 --goal 就労と社会参加を目指す --person A"
    ' --action "A|日中にできる仕事を探す|kurashi-shigoto|2026-12-15" --review 2027-01-29',
    'toshima plan 2026-0001 --confirmed "A|2026-11-16|oral"',
    "toshima plan 2026-0001 --list",
)

OPTIONS = {"people": "--person", "actions": "--action", "review_on": "--review"}
"""What each place of a draft is typed as."""


def run(
    ctx: typer.Context,
    case: Annotated[str | None, arg("CASE", "Number of the case")] = None,
    source: Annotated[str | None, opt("--from", "A JSON file with the draft, or -", "FILE")] = None,
    person: Annotated[list[str] | None, opt("--person", "Whom it is for; narrows a file", "LABEL")] = None,
    goal: Annotated[str | None, opt("--goal", "What it aims at", "TEXT")] = None,
    action: Annotated[list[str] | None, opt("--action", "For whom, what, who, by when", _ACTION)] = None,
    lead: Annotated[str | None, opt("--lead", "Lead agency", "WHO")] = None,
    review: Annotated[str | None, opt("--review", "When it is reviewed", "DATE")] = None,
    needs: Annotated[str | None, opt("--needs", "What is difficult, for whom", "TEXT")] = None,
    care: Annotated[str | None, opt("--care", "What to mind", "TEXT")] = None,
    confirmed: Annotated[list[str] | None, opt("--confirmed", "Who confirmed it", '"LABEL|DATE|METHOD"')] = None,
    revise: Annotated[bool, flag("--revise", "The next version, while one is in force")] = False,
    afterwards: Annotated[bool, flag("--approved-afterwards", "Start now, a sitting approves afterwards")] = False,
    reason: Annotated[str | None, opt("--reason", "Why it cannot wait for the sitting", "TEXT")] = None,
    list_: Annotated[bool, flag("--list", "The versions so far")] = False,
    on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
) -> None:
    c: Ctx = ctx.obj
    a = Answers(c)
    number = a.case(case)
    day = a.day("--on", on, default=c.today)
    if list_:
        a.settle()
        _history(c, number)
        return
    why = a.text("--reason", reason, required=afterwards)
    said = {
        "--goal": goal, "--action": action, "--lead": lead, "--review": review, "--needs": needs, "--care": care,
        "--confirmed": confirmed,
    }  # fmt: skip
    labels = a.labels("--person", person)
    others = any((source, revise, labels, *(value for name, value in said.items() if name != "--confirmed")))
    if afterwards and not others and not confirmed:
        a.settle()
        from toshima_cli.flow.plan import start_afterwards

        c.finish(start_afterwards(c.store, number, day, why or ""))
        return
    if confirmed and not others and not afterwards:
        _confirm(c, a, number, day, said)
        return
    if source:
        for name, value in said.items():
            if value:
                a.fault(name, say("Everything comes from the file where --from is given."))
    raw: Any = a.json_file("--from", source) if source else _typed(a, labels, said)
    a.settle()
    from toshima_cli.flow.plan import draft
    from toshima_cli.forms import Known, PlanForm, fill

    if source and labels and isinstance(raw, dict):
        raw = narrowed(raw, labels)
    with in_words_of(None if source else OPTIONS):
        form = fill(PlanForm, raw, Known(c.today, c.words()))
        made = draft(c.store, number, form, day, revise=revise, afterwards=why if afterwards else None, source=source)
    c.finish(made)


def _confirm(c: Ctx, a: Answers, number: str, day: date, said: Mapping[str, Any]) -> None:
    """Nothing but who confirmed: the version stands as it is."""
    from toshima_cli.domain.case import Confirmation
    from toshima_cli.flow.plan import confirm
    from toshima_cli.forms import ConfirmedForms

    rows = _rows(a, "--confirmed", said, ("person", "on", "method"))
    form = filled(c, a, ConfirmedForms, {"confirmed": rows}, OPTIONS)
    c.finish(confirm(c.store, number, tuple(Confirmation(o.person, o.on, o.method) for o in form.confirmed), day))


def _typed(a: Answers, labels: tuple[str, ...], said: Mapping[str, Any]) -> dict[str, Any]:
    for name, there in (("--person", labels), ("--action", said["--action"])):
        if not there:
            a.missing(name)
    return {
        "goal": a.text("--goal", said["--goal"], required=True),
        "people": list(labels),
        "lead": a.text("--lead", said["--lead"]),
        "review_on": a.text("--review", said["--review"]),
        "needs": a.text("--needs", said["--needs"]),
        "care": a.text("--care", said["--care"]),
        "actions": _rows(a, "--action", said, ("person", "what", "who", "due", "kind", "why_not_existing")),
        "confirmed": _rows(a, "--confirmed", said, ("person", "on", "method")),
    }


def _rows(a: Answers, name: str, said: Mapping[str, Any], fields: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {field: part for field, part in zip(fields, a.parts(name, line, len(fields)), strict=False) if part}
        for line in said[name] or ()
    ]


def _history(c: Ctx, number: str) -> None:
    about: list[tuple[str, str]] = []

    def read(conn: Any) -> list[dict[str, Any]]:
        rows, subjects = plans(conn, number, c.today, mask=c.mask)
        about.extend(subjects)
        return rows

    c.out.rows(
        c.store.look("plan", read, lambda _: about),
        (
            Column("plan", say("Plan"), whole=True),
            Column("status", say("Status"), cell=lambda row: PlanStatus(row["status"])),
            Column("drafted_on", say("Drafted")),
            Column("people", say("People"), cell=lambda row: tuple(row["people"])),
            Column("goal", say("Goal")),
            Column("review_on", say("Review")),
        ),
        empty=say("No plan has been drafted yet."),
    )
