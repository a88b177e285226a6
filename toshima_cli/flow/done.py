"""What every flow shares: the case it works on, the stage steps, and the derived columns."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.db import Work, queries
from toshima_cli.domain import alerts, stages
from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.due import LAST, last_contact, next_due
from toshima_cli.domain.plan import ended_for
from toshima_cli.domain.terms import ENDED, Act, PlanStatus, Stage
from toshima_cli.domain.verdict import Done, Next, Refusal, Say, Warned, say
from toshima_cli.exits import NotFound
from toshima_cli.tables import CaseRow, PlanStepRow, StageStepRow


def case_of(w: Work, number: str) -> Case:
    """The case as it stands in the books, and the journal told of it. Raises NotFound (exit 4)."""
    found = facts.must(w.conn, number)
    w.about(("case", number))
    w.cases.append(found)
    return found


def person_of(w: Work, case: Case, label: str) -> Person:
    """One member of the household. Raises NotFound (exit 4), naming the labels there are; for whoever is not of the
    case somebody was moved to under restriction, they are not there for any act (rule 11)."""
    found = case.person(label)
    if found is None or found.withheld:
        raise NotFound(
            say("Case {number} has no member {label}.", number=case.number, label=label),
            why=(say("It has: {labels}.", labels=tuple(p.label for p in case.people if not p.withheld)),),
        )
    w.about(("person", str(found.person_id)))
    return found


def return_months(w: Work) -> int:
    """Within how many months an interrupted case is resumed."""
    return int(places.settings(w.conn)["return_months"])


def people_of(w: Work, case: Case, labels: Iterable[str]) -> tuple[Person, ...]:
    return tuple(person_of(w, case, label) for label in labels)


def step(w: Work, case: Case, act: Act, on: date, reason: str | None = None) -> Refusal | None:
    """Ask the stage table as of that day, and write the step. Refusal where the table does not allow the act."""
    stage = stages.may(case, act, on, return_months=return_months(w))
    if isinstance(stage, Refusal):
        return stage
    write_step(w, case.id, act, on, stage, reason)
    return None


def write_step(w: Work, case_id: int, act: Act, on: date, stage: Stage, reason: str | None = None) -> None:
    """Write a step whose stage the caller took from the table (or from its automatic rules)."""
    w.write(StageStepRow, seq=w.seq, on_date=on, case_id=case_id, act=act, stage=stage, reason=reason)


def project(w: Work, number: str) -> Case:
    """Write the derived columns of the case from its facts, and give the case as it now stands."""
    case = facts.must(w.conn, number)
    row = w.session.get(CaseRow, case.id)
    assert row is not None
    stage = case.stage_on(LAST)
    assert stage is not None
    row.stage = stage
    row.coordinator = case.coordinator_on(LAST)
    row.ended_on = max(s.on for s in case.steps if s.stage is stage) if stage in ENDED else None
    contact, due = last_contact(case), next_due(case, w.today, unanswered_days=_unanswered_days(w))
    row.last_contact_on, row.last_contact_method = contact if contact else (None, None)
    row.next_due_on = due.on if due else None
    row.next_due_kind = due.kind if due else None
    row.next_due_what = due.what if due else None
    w.session.flush()
    w.cases.append(case)
    return case


def _unanswered_days(w: Work) -> int:
    return int(places.settings(w.conn)["unanswered_days"])


def end_without_consent(w: Work, number: str) -> tuple[Warned, ...]:
    """Rule 6, for every act and in whatever order they were typed: on the first day nobody of a version consents any
    more, that version ends; and the case goes back to engaging where no other version carries it. Of a version that
    ends again, approved since, the last day is said."""
    case = facts.must(w.conn, number)
    said: dict[tuple[str, str], Warned] = {}
    for day in stages.days_of_consent(case, w.today) if case.plans else ():
        ending, act = stages.without_consent(case, day), stages.automatic(case, day)
        for plan in ending:
            plan_id = int(queries("books").plan_id(w.conn, number=plan.number)["id"])
            w.add(PlanStepRow(seq=w.seq, on_date=day, plan_id=plan_id, status=PlanStatus.ENDED))
            if all(case.left_by(label, day) for label in plan.labels):
                message = say(
                    "Nobody of plan {plan} is left: it ended on {on}. Services already running go on under their own"
                    " contracts.",
                    plan=plan.number,
                    on=day,
                )
                said["person.plan_ended", plan.number] = Warned("person.plan_ended", message)
                continue
            said["consent.plan_ended", plan.number] = Warned(
                "consent.plan_ended",
                say(
                    "Nobody consents to plan {plan} any more: it ended on {on}. Services already running go on"
                    " under their own contracts.",
                    plan=plan.number,
                    on=day,
                ),
            )
        if act is not None:
            write_step(w, case.id, act, day, Stage.ENGAGING)
            said["consent.last_withdrawn", ""] = Warned(
                "consent.last_withdrawn",
                say("From {on} the case is “{stage}” again.", on=day, stage=Stage.ENGAGING),
            )
        if ending or act is not None:
            case = facts.must(w.conn, number)
    return tuple(said.values())


def told(w: Work, person: Person) -> bool:
    """Whether the act is about this person."""
    return ("person", str(person.person_id)) in w.subjects


def settle_other(w: Work, number: str) -> tuple[Warned, ...]:
    """The other case an act touched: what follows there by itself, and its derived columns."""
    warnings = end_without_consent(w, number)
    project(w, number)
    return warnings


def done(
    w: Work,
    before: Case,
    sentence: Say,
    number: str,
    on: date,
    *,
    data: dict[str, Any] | None = None,
    warnings: Iterable[Warned] = (),
    next: Iterable[Next] = (),
) -> Done:
    """The answer of a verb on one case: its stage now, the next acts, and what later acts no longer fit. Visit alerts
    and contact rules of whom it is about stand first (rule 11)."""
    ended = end_without_consent(w, before.number)
    after = project(w, before.number)
    day = max(on, w.today)
    said = ended_for(before, day)
    ended = (*ended, *(warned for warned in ended_for(after, day) if warned not in said))
    stage = after.stage_on(LAST)
    first = tuple(next)
    begun = {_begins(n) for n in first}
    then = stages.next_acts(
        after,
        w.today,
        meeting=stages.next_meeting(after, w.today),
        staff=w.actor,
        unanswered_days=_unanswered_days(w),
        return_months=return_months(w),
    )
    hints = (*first, *(n for n in then if _begins(n) not in begun))
    return Done(
        sentence=sentence,
        number=number,
        data={"case": after.number, "stage": stage, **(data or {})},
        next=hints or (Next("show", say("Look at the case."), f"toshima show {after.number}"),),
        warnings=(
            *alerts.of(p for p in after.people if told(w, p)),
            *warnings,
            *_papers_out(w, after),
            *ended,
            *stages.misfits(after, (on, w.seq)),
        ),
    )


def _papers_out(w: Work, case: Case) -> tuple[Warned, ...]:
    """The copies of papers to be collected by now, where any about the case are out."""
    if queries("papers").any_out(w.conn) is None:
        return ()
    from toshima_cli.looks.papers import out_about  # only where copies are out: it reads whole agendas

    return out_about(w.conn, case.id, actor=w.conn.viewer, today=w.today)


def _begins(step: Next) -> tuple[str, str]:
    """What makes two hints the same one: the act, and the command up to its options."""
    return step.act, step.command.partition(" --")[0]


def vanish(w: Work, case_id: int) -> None:
    """A case whose reception was taken back is in no list any more; its number is not given again."""
    row = w.session.get(CaseRow, case_id)
    assert row is not None
    row.stage, row.ended_on, row.coordinator = Stage.CLOSED, row.opened_on, None
    row.next_due_on = row.next_due_kind = row.next_due_what = None
    w.session.flush()
