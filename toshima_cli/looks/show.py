"""One case, whole: what `show` gives. The reporter is not part of it (rule 10)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.db import queries
from toshima_cli.domain import approach, close, other_law, stages
from toshima_cli.domain import shown as texts
from toshima_cli.domain.case import Case, Consent, Person, last_on
from toshima_cli.domain.gaps import Gap
from toshima_cli.domain.held import Held, held
from toshima_cli.domain.law import Cite
from toshima_cli.domain.plan import awaits_sitting, ended_for, not_in_force
from toshima_cli.domain.referral import duty
from toshima_cli.domain.terms import ReportKind, Scope, Stage
from toshima_cli.domain.verdict import Next, Say, Warned, say
from toshima_cli.journal import Subject
from toshima_cli.looks import show_json
from toshima_cli.looks import timeline as timelines
from toshima_cli.looks.duplicates import told_to_holders, warned
from toshima_cli.looks.standing import standing

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as of a day, with what only this screen asks the books for. `mask`: initials, and no text with a name."""

    case: Case
    day: date
    mask: bool
    actor: str
    notes: tuple[Mapping[str, Any], ...]
    grounds: Mapping[str, Json]
    corrections: tuple[Mapping[str, Any], ...]
    told: tuple[Warned, ...]
    interruption_days: int
    unanswered_days: int
    return_months: int
    gaps_unsaid: Mapping[str, texts.Names] = field(default_factory=dict)
    """Gap → the people of the other cases that show it."""
    timeline: tuple[timelines.Entry, ...] | None = None
    """Everything in order, where it was asked for."""

    def subjects(self) -> list[Subject]:
        return [("case", self.case.number), *(("person", str(p.person_id)) for p in self.case.people if not p.withheld)]

    @property
    def duty(self) -> tuple[tuple[ReportKind, Cite], ...]:
        """The duties to report that a concern of violence raises: shown before anything else."""
        return duty(self.case, self.day, staff=self.actor)

    @property
    def stage(self) -> Stage:
        return self.case.stage_on(self.day) or self.case.steps[0].stage

    def held(self, person: Person) -> tuple[Held, ...]:
        """What holds of each scope."""
        return tuple(held(person, scope, self.day) for scope in Scope)

    @property
    def withheld(self) -> frozenset[str]:
        """The labels of those of whom nothing else is shown (rule 11)."""
        return frozenset(p.label for p in self.case.people if p.withheld)

    def json(self) -> Json:
        """The keys of cli.md in their order; from `household` on they are additions. Of somebody withheld the label is
        all there is (rule 11): what is tied to them is left out."""
        found = show_json.whole(self)
        return found if self.timeline is None else {**found, "timeline": [entry.json() for entry in self.timeline]}

    def recorded(self, row: Consent) -> Json:
        """One decision with all that was recorded of it."""
        return show_json.recorded(self, row)

    def text(self, typed: str | None) -> str | Say | None:
        """A typed text as it may be shown: held back where it names somebody withheld, with `mask` anybody."""
        return texts.shown(typed, self.case.people, self.case.unsaid, mask=self.mask)

    def gap_text(self, gap: Gap, typed: str | None) -> str | Say | None:
        """Words of a gap, which other cases may show too."""
        unsaid = (*self.case.unsaid, *self.gaps_unsaid.get(gap.number, ()))
        return texts.shown(typed, self.case.people, unsaid, mask=self.mask)

    def next_acts(self) -> tuple[Next, ...]:
        return stages.next_acts(
            self.case,
            self.day,
            meeting=stages.next_meeting(self.case, self.day),
            staff=self.actor,
            unanswered_days=self.unanswered_days,
            return_months=self.return_months,
        )

    def warnings(self) -> tuple[Warned, ...]:
        """What stays to be looked at as the case stands: what no longer fits, and what no sitting has decided."""
        case, day = self.case, self.day
        found = [*self.told, *stages.misfits(case, (date.min, 0))]
        plan = case.plan_in_force(day)
        if plan is not None and awaits_sitting(plan, day):
            message = say("Plan {plan} runs on approval afterwards; no sitting has approved it yet.", plan=plan.number)
            found.append(Warned("plan.afterwards", message))
        found += ended_for(case, day)
        found += not_in_force(case, day)
        found += other_law.unrecorded(case)
        found += approach.warnings(case, day)
        watch = last_on(case.watches, day)
        if self.stage is Stage.WATCHING and watch:
            found += close.watch_warnings(case, watch.on, seen_on=day)
        ending = last_on(case.endings, day)
        if self.stage is Stage.CLOSED and ending and ending.reason:
            found += close.warnings(case, ending.reason, day)
        if self.stage is Stage.INTERRUPTED and ending and ending.last_contact_on:
            found += close.interrupt_warnings(
                case, ending.on, ending.last_contact_on, interruption_days=self.interruption_days, seen_on=day
            )
        return tuple(found)


def _of_nobody_withheld(conn: Any, case_id: int, notes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The notes of a merged case but those, undone ones too, of who left it to a case under restriction (rule 11)."""
    withheld = {p.label for p in facts.people(conn, case_id) if p.withheld}
    return [note for note in notes if note["label"] not in withheld]


def _of_other_cases(conn: Any, case: Case) -> dict[str, texts.Names]:
    from toshima_cli.looks.gaps import named  # most cases show no gap

    return {gap.number: named(conn, gap, but=case.id) for gap in case.gaps}


def shown(
    conn: Any, number: str, today: date, *, actor: str, mask: bool, timeline: timelines.Names | None = None
) -> Shown:
    """The case as known today; one opened later (training under another date) as of its first day. What is on record
    of the cases merged into it is shown with it. `timeline`: the words of the lists, where it is asked for."""
    case = facts.must(conn, number)
    case = replace(case, sittings=standing(conn, case))
    settings = places.settings(conn)
    q = queries("show")
    books = queries("books")
    others = [row["id"] for n in case.merged if (row := books.case_exists(conn, number=n, viewer=actor))]
    joined = {note.number: note.label for note in case.notes}
    notes = [
        *q.notes(conn, case_id=case.id),
        *(
            {**row, "label": joined.get(row["number"])}
            for other in others
            for row in _of_nobody_withheld(conn, other, q.notes(conn, case_id=other))
        ),
    ]
    found = Shown(
        case=case,
        day=max(today, case.opened_on),
        mask=mask,
        actor=actor,
        notes=tuple(sorted(notes, key=lambda note: note["on_date"])),
        interruption_days=int(settings["interruption_days"]),
        unanswered_days=int(settings["unanswered_days"]),
        return_months=int(settings["return_months"]),
        corrections=tuple(q.corrections(conn, case_id=case.id)),
        told=warned([told for told in told_to_holders(conn, actor) if told["case"] == number])
        if case.restricted
        else (),
        gaps_unsaid=_of_other_cases(conn, case) if case.gaps else {},
        grounds={
            r["number"]: json.loads(r["permit"])["ground"]
            for of in (case.id, *others)
            for r in q.permits(conn, case_id=of)
        },
    )
    if timeline is None:
        return found
    return replace(found, timeline=timelines.of(found, timelines.turns(conn, (case.id, *others)), timeline))
