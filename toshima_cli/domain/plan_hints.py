"""What comes next for the plan of a case: draft it, rework it, have it deliberated, start before that, review it."""

from collections.abc import Iterator
from datetime import date
from shlex import quote

from toshima_cli.domain.case import Case, Plan
from toshima_cli.domain.held import labels_holding
from toshima_cli.domain.terms import Act, Outcome, Purpose, Scope
from toshima_cli.domain.verdict import Next, say

_CHANGES = (Outcome.RETURNED, Outcome.APPROVED_WITH_CHANGES)


def of(case: Case, day: date, *, meeting: tuple[str, date] | None) -> Iterator[Next]:
    """The hints about the plan, () where nobody consents to one. `meeting`: (number, day) of the sitting that is to
    deliberate the version that waits."""
    waiting = case.plan_waiting(day)
    if waiting is None:
        yield from _draft(case, day)
        yield from _review(case, day)
        yield from confirm(case, case.plan_in_force(day), day)
        return
    asked = changes_asked(case, waiting, day)
    yield from rework(case, asked) if asked else _deliberate(case, waiting, day, meeting)
    yield Next(
        Act.START,
        say("Where support cannot wait for the sitting, start it and have it approved afterwards."),
        f"toshima plan {case.number} --approved-afterwards --reason TEXT",
    )
    yield from confirm(case, waiting, day)


def changes_asked(case: Case, plan: Plan, day: date) -> str | None:
    """The sitting that had this version before it and asked for changes, up to `day`; None where none did."""
    items = [s for s in case.dealt_with(day) if s.purpose in (Purpose.NEW_PLAN, Purpose.RE_PLAN)]
    last = items[-1] if items else None
    had = last is not None and (plan.on, plan.seq) < (last.held_on, last.decided_seq)
    return last.meeting if last is not None and had and last.outcome in _CHANGES else None


def rework(case: Case, meeting: str) -> Iterator[Next]:
    """In both forms: the stage table lets the one through that fits."""
    why = say("Write the changes {meeting} asked for into a new version.", meeting=meeting)
    yield Next(Act.PLAN, why, f"toshima plan {case.number}")
    yield Next(Act.REVISE, why, f"toshima plan {case.number} --revise")


def _draft(case: Case, day: date) -> Iterator[Next]:
    labels = labels_holding(case, Scope.PLAN, day)
    if labels:
        people = "".join(f" --person {quote(label)}" for label in labels)
        yield Next(
            Act.PLAN,
            say("Draft the support plan for {labels}, who consented.", labels=labels),
            f"toshima plan {case.number}{people}",
        )


def confirm(case: Case, plan: Plan | None, day: date) -> Iterator[Next]:
    """Before a version is handed out its people confirm it themselves; what they said is noted when they did."""
    without = [p.label for p in plan.people if p.on is None and not case.left_by(p.label, day)] if plan else []
    if plan is not None and without:
        said = "".join(f" --confirmed {quote(f'{label}|DATE|METHOD')}" for label in without)
        yield Next(
            Act.CONSENT,
            say("Show plan {plan} to {labels}, and note their confirmation.", plan=plan.number, labels=tuple(without)),
            f"toshima plan {case.number}{said}",
        )


def _deliberate(case: Case, waiting: Plan, day: date, meeting: tuple[str, date] | None) -> Iterator[Next]:
    if meeting is None:
        yield Next(
            Act.CONVENE,
            say("Call the sitting that deliberates plan {plan}.", plan=waiting.number),
            "toshima convene subcommittee --on DATE",
        )
        return
    number, held_on = meeting
    if held_on > day:
        yield Next(
            Act.CONVENE,
            say("Look at the agenda of {meeting}, which deliberates plan {plan}.", plan=waiting.number, meeting=number),
            f"toshima agenda {quote(number)}",
            held_on,
        )
    else:
        yield Next(
            Act.CONVENE,
            say("Record what {meeting} decided about plan {plan}.", plan=waiting.number, meeting=number),
            f"toshima decide {quote(number)} ITEM --outcome approved",
        )


def _review(case: Case, day: date) -> Iterator[Next]:
    plan = case.plan_in_force(day)
    if plan is not None and plan.review_on is not None:
        yield Next(
            Act.REVISE,
            say(
                "Review plan {plan}, as set for {on}, and revise it where needed.", plan=plan.number, on=plan.review_on
            ),
            f"toshima plan {case.number} --revise",
            plan.review_on,
        )
