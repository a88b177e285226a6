"""What `show` gives as data: the keys of cli.md in their order, and what was added to them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.calendar import age_on
from toshima_cli.domain.case import Action, Consent, Person, Plan, Referral, Sitting, last_on
from toshima_cli.domain.gaps import Gap
from toshima_cli.domain.held import track
from toshima_cli.domain.initials import HELD_BACK, initials
from toshima_cli.domain.names import contains_name
from toshima_cli.domain.terms import Body, Decision, EndReason, Scope, Stage, Track
from toshima_cli.domain.verdict import Say

if TYPE_CHECKING:
    from datetime import date

    from toshima_cli.looks.show import Shown

Json = dict[str, Any]


def whole(seen: "Shown") -> Json:
    """The keys of cli.md in their order; from `household` on they are additions. Of somebody withheld the label is
    all there is (rule 11): what is tied to them is left out."""
    case, day, gone = seen.case, seen.day, seen.withheld
    people = [_person(seen, p) for p in case.people]
    plan = case.plan_in_force(day) or case.plan_waiting(day)
    shared = any(track(p, day) is Track.MULTILAYER for p in case.people_on(day))
    return {
        "case": case.number,
        "stage": seen.stage,
        "track": Track.MULTILAYER if shared else Track.SUPPORT,
        "opened_on": case.opened_on,
        "window": case.window,
        "coordinator": case.coordinator_on(day),
        "lead": seen.text(plan.lead) if plan else None,
        "people": people,
        "concerns": [
            {
                "person": c.label,
                "concern": c.code,
                "most_pressing": c.most_pressing,
                "note": seen.text(c.note),
                "on": c.on,
            }
            for c in case.concerns_on(day)
        ],
        "referrals": [_referral(seen, r) for r in case.referrals if r.label not in gone],
        "meetings": [_meeting(seen, m) for m in sorted(case.sittings, key=_in_order)],
        "plans": [_plan(seen, p) for p in sorted(case.plans, key=lambda p: -p.version)],
        "progress": [_note(seen, n) for n in seen.notes if n["label"] not in gone],
        "warnings": list(seen.warnings()),
        "ends": [
            {
                "stage": e.stage,
                "on": e.on,
                "reason": e.reason,
                "lead": seen.text(e.lead),
                "evaluation": seen.text(e.evaluation),
                "changes": list(e.changes),
                "wish": seen.text(e.wish),
                "groundwork": seen.text(e.groundwork),
                "tried": seen.text(e.tried),
                "last_contact_on": e.last_contact_on,
                "safety": seen.text(e.safety),
                "kept": e.kept,
            }
            for e in case.endings
            # a merge taken back ended nothing
            if e.reason is not EndReason.DUPLICATE or seen.stage is Stage.CLOSED
        ],
        "linked_cases": [{"case": link.case, "kind": link.kind} for link in case.links],
        "next": list(seen.next_acts()),
        "household": {
            "address": None if seen.mask else case.address,
            "phone": None if seen.mask else case.phone,
        },
        "note": seen.text(case.note),
        "outreach": _outreach(seen),
        "duty": [{"kind": kind, "article": cite.code} for kind, cite in seen.duty],
        "watch": _watch(seen),
        "approaches": [
            {
                "on": a.on,
                "meeting": a.meeting,
                "people": list(a.labels),
                "text": seen.text(a.text),
                "afterwards": seen.text(a.afterwards),
            }
            for a in case.approaches
        ],
        "actions": [_action(seen, a) for a in case.other_actions if a.label not in gone],
        "gaps": [_gap(seen, gap) for gap in case.gaps if gap.on <= day],
        "other_conferences": [
            {
                "conference": o.conference,
                "held_on": o.held_on,
                "not_enough": seen.text(o.not_enough),
                "on": o.on,
            }
            for o in case.other_conferences
        ],
        "restricted": case.restricted,
    }


def _outreach(seen: "Shown") -> Json | None:
    """Why the household was not connected, and which programme seeks or sought it."""
    last = last_on(seen.case.outreach, seen.day)
    return {"why": last.why, "programme": last.programme} if last else None


def _person(seen: "Shown", person: Person) -> Json:
    day = seen.day
    consent = {
        h.scope.value: h.decision
        if not person.withheld and (h.holds or h.decision is not Decision.GIVEN)
        else Decision.NONE
        for h in seen.held(person)
    }
    wish = last_on(person.wishes, day)
    left = None if person.withheld or not seen.case.left_by(person.label, day) else person.left_on
    return {
        "label": person.label,
        "name": initials(person.name, person.kana) if seen.mask else person.name,
        "kana": None if seen.mask else person.kana,
        "birth_date": person.birth_date,
        "age": age_on(person.birth_date, day) if person.birth_date else None,
        "sex": person.sex,
        "relation": person.relation,
        "consent": consent,
        "track": Track.SUPPORT if person.withheld else track(person, day),
        "contact_rule": seen.text(person.contact_rule),
        "visit_alert": seen.text(person.visit_alert),
        "note": seen.text(person.note),
        "wish": seen.text(wish.text) if wish else None,
        "consents": [] if person.withheld else [recorded(seen, row) for row in person.consents],
        "withheld": person.withheld,
        "left_on": left,
        "left_reason": person.left_reason if left else None,
        "to_case": person.to_case if left else None,
        "same_as": person.same_as if left else None,
        "phone": None if seen.mask else person.phone,
        "address": None if seen.mask else person.address,
        "assistance_since": person.assistance_since,
        "assistance_office": seen.text(person.assistance_office),
        "corrections": [
            {
                "field": c["field"],
                "old": corrected(seen, c["field"], c["old_value"]),
                "new": corrected(seen, c["field"], c["new_value"]),
                "reason": seen.text(c["reason"]),
                "on": c["on_date"],
            }
            for c in seen.corrections
            if c["label"] == person.label and not person.withheld
        ],
    }


def recorded(seen: "Shown", row: Consent) -> Json:
    """One decision with all that was recorded of it. With `--mask` no text of it says who decided or judged."""

    def text(typed: str | None) -> str | Say | None:
        named = any(typed and who and contains_name(typed, name=who, kana=None) for who in (row.by_name, row.judged_by))
        return HELD_BACK if seen.mask and named else seen.text(typed)

    return {
        "on": row.on,
        "decision": row.decision,
        "scope": [scope for scope in Scope if scope in row.scopes],
        "method": row.method,
        "decided_by": row.decided_by,
        "by": initials(row.by_name, None) if seen.mask else seen.text(row.by_name),
        "evidence": text(row.evidence),
        "explained_by": row.explained_by,
        "excluding": sorted(row.excluding),
        "expires_on": row.expires_on,
        "why": text(row.why),
        "judged_by": initials(row.judged_by, None) if seen.mask else seen.text(row.judged_by),
        "review_on": row.review_on,
    }


def corrected(seen: "Shown", field: str, value: str | None) -> str | Say | None:
    """What a field said before or after, as it may be shown."""
    return None if seen.mask and field in _OF_NAMES else seen.text(value)


def _referral(seen: "Shown", r: Referral) -> Json:
    """A report by law says nothing of itself to others: 「関係法令に基づき対応中」 on the screen, nulls in json."""
    shown = r.open_to(seen.actor, seen.case.coordinator_on(seen.day))
    return {
        "referral": r.number,
        "to": seen.text(r.to_name) if shown else None,
        "person": r.label if shown else None,
        "status": r.status_on(seen.day),
        "ground": seen.grounds[r.number] if shown else None,
        "reason": seen.text(r.reason) if shown else None,
        "on": r.on,
    }


def _meeting(seen: "Shown", sitting: Sitting) -> Json:
    return {
        "meeting": sitting.meeting,
        "item": sitting.item,
        "body": Body(sitting.body),
        "held_on": sitting.held_on,
        "kind": sitting.kind,
        "purpose": sitting.purpose,
        "outcome": sitting.outcome,
        "note": seen.text(sitting.note),
        "people": list(sitting.labels),
        "masked": list(sitting.masked),
    }


def _plan(seen: "Shown", plan: Plan) -> Json:
    return {
        "version": plan.version,
        "status": plan.status_on(seen.day) or plan.steps[0].status,
        "goal": seen.text(plan.goal),
        "review_on": plan.review_on,
        "actions": [_action(seen, a) for a in plan.actions if a.label not in seen.withheld],
        "plan": plan.number,
        "people": list(plan.labels),
        "lead": seen.text(plan.lead),
        "confirmed": [
            {"person": p.label, "on": p.on, "method": p.method} for p in plan.people if p.label not in seen.withheld
        ],
    }


def _action(seen: "Shown", action: Action) -> Json:
    return {
        "action": action.number,
        "person": action.label,
        "what": seen.text(action.what),
        "who": seen.text(action.who),
        "due_on": action.due_on,
        "kind": action.kind,
        "done_on": action.done_on,
    }


def _gap(seen: "Shown", gap: Gap) -> Json:
    answer = gap.answer_on(seen.day)
    return {
        "gap": gap.number,
        "kind": gap.kind,
        "text": seen.gap_text(gap, gap.text),
        "status": gap.status_on(seen.day),
        "answer": seen.gap_text(gap, answer.text) if answer else None,
    }


def _note(seen: "Shown", note: Mapping[str, Any]) -> Json:
    return {
        "note": note["number"],
        "on": note["on_date"],
        "method": note["method"],
        "person": note["label"],
        "text": seen.text(note["text"]),
        "undone": bool(note["undone"]),
        "next_on": note["next_on"],
        "next_what": seen.text(note["next_what"]),
    }


def _watch(seen: "Shown") -> Json | None:
    """The watch that runs: who, how often, until when, and the sign that should bring a call (rule 20)."""
    watch = last_on(seen.case.watches, seen.day)
    if watch is None or seen.stage is not Stage.WATCHING:
        return None
    who, sign = seen.text(watch.watcher), seen.text(watch.sign)
    return {"watcher": who, "every": watch.every, "until": watch.until, "sign": sign}


_OF_NAMES = frozenset({"name", "kana", "phone", "address"})


def _in_order(sitting: Sitting) -> "tuple[date, str, int]":
    return (sitting.held_on, sitting.meeting, sitting.item)
