"""One case, whole: what `show` gives. The reporter is not part of it (rule 10)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.db import queries
from toshima_cli.domain import approach, close, other_law, stages
from toshima_cli.domain import shown as texts
from toshima_cli.domain.calendar import age_on
from toshima_cli.domain.case import Action, Case, Consent, Person, Plan, Referral, Sitting, last_on
from toshima_cli.domain.gaps import Gap
from toshima_cli.domain.held import Held, held, track
from toshima_cli.domain.initials import initials
from toshima_cli.domain.law import Cite
from toshima_cli.domain.plan import awaits_sitting, ended_for, not_in_force
from toshima_cli.domain.referral import duty
from toshima_cli.domain.terms import Body, Decision, EndReason, Purpose, ReportKind, Scope, Stage, Track
from toshima_cli.domain.verdict import Next, Say, Warned, say
from toshima_cli.journal import Subject
from toshima_cli.looks.duplicates import told_to_holders, warned

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

    def json(self) -> Json:
        """The keys of cli.md in their order; from `household` on they are additions. Of somebody withheld the label is
        all there is (rule 11): what is tied to them is left out."""
        case, day, gone = self.case, self.day, self._withheld
        people = [self._person(p) for p in case.people]
        plan = case.plan_in_force(day) or case.plan_waiting(day)
        shared = any(track(p, day) is Track.MULTILAYER for p in case.people_on(day))
        return {
            "case": case.number,
            "stage": self.stage,
            "track": Track.MULTILAYER if shared else Track.SUPPORT,
            "opened_on": case.opened_on,
            "window": case.window,
            "coordinator": case.coordinator_on(day),
            "lead": self.text(plan.lead) if plan else None,
            "people": people,
            "concerns": [
                {
                    "person": c.label,
                    "concern": c.code,
                    "most_pressing": c.most_pressing,
                    "note": self.text(c.note),
                    "on": c.on,
                }
                for c in case.concerns_on(day)
            ],
            "referrals": [self._referral(r) for r in case.referrals if r.label not in gone],
            "meetings": [self._meeting(s) for s in sorted(case.sittings, key=lambda s: (s.held_on, s.meeting, s.item))],
            "plans": [self._plan(p) for p in sorted(case.plans, key=lambda p: -p.version)],
            "progress": [self._note(n) for n in self.notes if n["label"] not in gone],
            "warnings": list(self.warnings()),
            "ends": [
                {
                    "stage": e.stage,
                    "on": e.on,
                    "reason": e.reason,
                    "lead": self.text(e.lead),
                    "evaluation": self.text(e.evaluation),
                    "changes": list(e.changes),
                    "wish": self.text(e.wish),
                    "groundwork": self.text(e.groundwork),
                    "tried": self.text(e.tried),
                    "last_contact_on": e.last_contact_on,
                    "safety": self.text(e.safety),
                    "kept": e.kept,
                }
                for e in case.endings
                # a merge taken back ended nothing
                if e.reason is not EndReason.DUPLICATE or self.stage is Stage.CLOSED
            ],
            "linked_cases": [{"case": link.case, "kind": link.kind} for link in case.links],
            "next": list(self.next_acts()),
            "household": {
                "address": None if self.mask else case.address,
                "phone": None if self.mask else case.phone,
            },
            "note": self.text(case.note),
            "outreach": self._outreach(),
            "duty": [{"kind": kind, "article": cite.code} for kind, cite in self.duty],
            "watch": self._watch(),
            "approaches": [
                {
                    "on": a.on,
                    "meeting": a.meeting,
                    "people": list(a.labels),
                    "text": self.text(a.text),
                    "afterwards": self.text(a.afterwards),
                }
                for a in case.approaches
            ],
            "actions": [self._action(a) for a in case.other_actions if a.label not in gone],
            "gaps": [self._gap(gap) for gap in case.gaps if gap.on <= day],
            "other_conferences": [
                {
                    "conference": o.conference,
                    "held_on": o.held_on,
                    "not_enough": self.text(o.not_enough),
                    "on": o.on,
                }
                for o in case.other_conferences
            ],
            "restricted": case.restricted,
        }

    def text(self, typed: str | None) -> str | Say | None:
        """A typed text as it may be shown: held back where it names somebody withheld, with `mask` anybody."""
        return texts.shown(typed, self.case.people, self.case.unsaid, mask=self.mask)

    def next_acts(self) -> tuple[Next, ...]:
        return stages.next_acts(
            self.case,
            self.day,
            meeting=self.next_meeting(),
            staff=self.actor,
            unanswered_days=self.unanswered_days,
            return_months=self.return_months,
        )

    def _outreach(self) -> Json | None:
        """Why the household was not connected, and which programme seeks or sought it."""
        last = last_on(self.case.outreach, self.day)
        return {"why": last.why, "programme": last.programme} if last else None

    def next_meeting(self) -> tuple[str, date] | None:
        """Where the waiting plan is to be deliberated: the next sitting called, otherwise the last one that passed
        without a decision on it."""
        about = (Purpose.NEW_PLAN, Purpose.RE_PLAN)
        waiting = [(s.held_on, s.meeting) for s in self.case.sittings if not s.dealt_with and s.purpose in about]
        coming = [pair for pair in waiting if pair[0] >= self.day]
        found = min(coming) if coming else max(waiting, default=None)
        return (found[1], found[0]) if found else None

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

    def _person(self, person: Person) -> Json:
        day = self.day
        consent = {
            h.scope.value: h.decision
            if not person.withheld and (h.holds or h.decision is not Decision.GIVEN)
            else Decision.NONE
            for h in self.held(person)
        }
        wish = last_on(person.wishes, day)
        left = None if person.withheld or not self.case.left_by(person.label, day) else person.left_on
        return {
            "label": person.label,
            "name": initials(person.name, person.kana) if self.mask else person.name,
            "kana": None if self.mask else person.kana,
            "birth_date": person.birth_date,
            "age": age_on(person.birth_date, day) if person.birth_date else None,
            "sex": person.sex,
            "relation": person.relation,
            "consent": consent,
            "track": Track.SUPPORT if person.withheld else track(person, day),
            "contact_rule": self.text(person.contact_rule),
            "visit_alert": self.text(person.visit_alert),
            "note": self.text(person.note),
            "wish": self.text(wish.text) if wish else None,
            "consents": [] if person.withheld else [self.recorded(row) for row in person.consents],
            "withheld": person.withheld,
            "left_on": left,
            "left_reason": person.left_reason if left else None,
            "to_case": person.to_case if left else None,
            "same_as": person.same_as if left else None,
            "phone": None if self.mask else person.phone,
            "address": None if self.mask else person.address,
            "assistance_since": person.assistance_since,
            "assistance_office": self.text(person.assistance_office),
            "corrections": [
                {
                    "field": c["field"],
                    "old": self._corrected(c["field"], c["old_value"]),
                    "new": self._corrected(c["field"], c["new_value"]),
                    "reason": self.text(c["reason"]),
                    "on": c["on_date"],
                }
                for c in self.corrections
                if c["label"] == person.label and not person.withheld
            ],
        }

    def recorded(self, row: Consent) -> Json:
        """One decision with all that was recorded of it."""
        return {
            "on": row.on,
            "decision": row.decision,
            "scope": [scope for scope in Scope if scope in row.scopes],
            "method": row.method,
            "decided_by": row.decided_by,
            "by": initials(row.by_name, None) if self.mask else self.text(row.by_name),
            "evidence": self.text(row.evidence),
            "explained_by": row.explained_by,
            "excluding": sorted(row.excluding),
            "expires_on": row.expires_on,
            "why": self.text(row.why),
            "judged_by": initials(row.judged_by, None) if self.mask else self.text(row.judged_by),
            "review_on": row.review_on,
        }

    def _corrected(self, field: str, value: str | None) -> str | Say | None:
        return None if self.mask and field in _OF_NAMES else self.text(value)

    def _referral(self, r: Referral) -> Json:
        """A report by law says nothing of itself to others: 「関係法令に基づき対応中」 on the screen, nulls in json."""
        shown = r.open_to(self.actor, self.case.coordinator_on(self.day))
        return {
            "referral": r.number,
            "to": self.text(r.to_name) if shown else None,
            "person": r.label if shown else None,
            "status": r.status_on(self.day),
            "ground": self.grounds[r.number] if shown else None,
            "reason": self.text(r.reason) if shown else None,
            "on": r.on,
        }

    def _meeting(self, sitting: Sitting) -> Json:
        return {
            "meeting": sitting.meeting,
            "item": sitting.item,
            "body": Body(sitting.body),
            "held_on": sitting.held_on,
            "kind": sitting.kind,
            "purpose": sitting.purpose,
            "outcome": sitting.outcome,
            "note": self.text(sitting.note),
            "people": list(sitting.labels),
            "masked": list(sitting.masked),
        }

    def _plan(self, plan: Plan) -> Json:
        return {
            "version": plan.version,
            "status": plan.status_on(self.day) or plan.steps[0].status,
            "goal": self.text(plan.goal),
            "review_on": plan.review_on,
            "actions": [self._action(a) for a in plan.actions if a.label not in self._withheld],
            "plan": plan.number,
            "people": list(plan.labels),
            "lead": self.text(plan.lead),
            "confirmed": [
                {"person": p.label, "on": p.on, "method": p.method}
                for p in plan.people
                if p.label not in self._withheld
            ],
        }

    def _action(self, action: Action) -> Json:
        return {
            "action": action.number,
            "person": action.label,
            "what": self.text(action.what),
            "who": self.text(action.who),
            "due_on": action.due_on,
            "kind": action.kind,
            "done_on": action.done_on,
        }

    def _gap(self, gap: Gap) -> Json:
        answer = gap.answer_on(self.day)
        return {
            "gap": gap.number,
            "kind": gap.kind,
            "text": self.text(gap.text),
            "status": gap.status_on(self.day),
            "answer": self.text(answer.text) if answer else None,
        }

    def _note(self, note: Mapping[str, Any]) -> Json:
        return {
            "note": note["number"],
            "on": note["on_date"],
            "method": note["method"],
            "person": note["label"],
            "text": self.text(note["text"]),
            "undone": bool(note["undone"]),
            "next_on": note["next_on"],
            "next_what": self.text(note["next_what"]),
        }

    @property
    def _withheld(self) -> frozenset[str]:
        return frozenset(p.label for p in self.case.people if p.withheld)

    def _watch(self) -> Json | None:
        """The watch that runs: who, how often, until when, and the sign that should bring a call (rule 20)."""
        watch = last_on(self.case.watches, self.day)
        if watch is None or self.stage is not Stage.WATCHING:
            return None
        who, sign = self.text(watch.watcher), self.text(watch.sign)
        return {"watcher": who, "every": watch.every, "until": watch.until, "sign": sign}


_OF_NAMES = frozenset({"name", "kana", "phone", "address"})


def _of_nobody_withheld(conn: Any, case_id: int, notes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The notes of a merged case but those, undone ones too, of who left it to a case under restriction (rule 11)."""
    withheld = {p.label for p in facts.people(conn, case_id) if p.withheld}
    return [note for note in notes if note["label"] not in withheld]


def shown(conn: Any, number: str, today: date, *, actor: str, mask: bool) -> Shown:
    """The case as known today; one opened later (training under another date) as of its first day. What is on record
    of the cases merged into it is shown with it."""
    case = facts.must(conn, number)
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
    return Shown(
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
        grounds={
            r["number"]: json.loads(r["permit"])["ground"]
            for of in (case.id, *others)
            for r in q.permits(conn, case_id=of)
        },
    )
