"""Rows of `queries/facts.sql` → the frozen `Case` the rules judge. The only loader, for all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from toshima_cli.db import queries, viewer
from toshima_cli.domain import case as c
from toshima_cli.domain import terms as t
from toshima_cli.domain.deciders import judged_again
from toshima_cli.domain.gaps import Gap, GapSitting, GapStep
from toshima_cli.domain.merged import joined, once
from toshima_cli.domain.referral import suspected_since
from toshima_cli.domain.shown import Names
from toshima_cli.domain.verdict import say
from toshima_cli.exits import NotFound
from toshima_cli.places import deciders

Row = Mapping[str, Any]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _grouped(rows: Iterable[Row], key: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def load(conn: Any, number: str) -> c.Case | None:
    """Everything known of one case, undone steps left out, with what is on record of the cases found to be the same
    one; None where there is no such number, or none for this reader (a restricted case, rule 11)."""
    case = _alone(conn, number)
    if case is None:
        return None
    for other in case.merged:
        found = _alone(conn, other)
        case = joined(case, found) if found else case
    ours = suspected_since(case.concerns, case.referrals, {p.label: p.birth_date for p in case.people})
    theirs = _suspected_elsewhere(queries("facts"), conn, case)
    people = (replace(p, suspected_on=min(filter(None, (ours, theirs.get(p.id))), default=None)) for p in case.people)
    return replace(case, people=tuple(people))


def _suspected_elsewhere(q: Any, conn: Any, case: c.Case) -> dict[int, date | None]:
    """Since when harm to a member was suspected in another case of theirs, one under restriction too: the day alone
    leaves this function. For who is withheld from the reader nothing is asked elsewhere (rule 11)."""
    ways, todo = {}, [case.id]
    for at in todo:  # grows
        ways[at] = _grouped(q.elsewhere(conn, case_id=at), "member_id")
        todo += {r["case_id"] for rows in ways[at].values() for r in rows} - set(todo)
    known = {at: _suspected_in(q, conn, at) for at in todo[1:]}
    found: dict[int, date | None] = {}
    for person in case.people:
        reached = [] if person.withheld else [(person.id, case.id)]
        for member, at in reached:  # grows
            reached += {(r["other_id"], r["case_id"]) for r in ways[at][member]} - set(reached)
        found[person.id] = min((day for _, at in reached if (day := known.get(at))), default=None)
    return found


def _suspected_in(q: Any, conn: Any, case_id: int) -> date | None:
    born = {r["label"]: _day_or_none(r["birth_date"]) for r in q.people(conn, case_id=case_id, viewer="")}
    return suspected_since(_concerns(q, conn, case_id), _referrals(q, conn, case_id), born)


def _alone(conn: Any, number: str) -> c.Case | None:
    """The case as its own number has it."""
    q = queries("facts")
    head = q.case(conn, number=number, viewer=viewer(conn))
    if head is None:
        return None
    case_id = head["id"]
    members, unsaid = _members(q, conn, case_id)
    begun = _grouped(q.approach_members(conn, case_id=case_id), "approach_id")
    plans, others = _plans(q, conn, case_id)
    sittings = _sittings(q, conn, case_id)
    return c.Case(
        id=case_id,
        number=head["number"],
        opened_on=_day(head["opened_on"]),
        origin=t.Origin(head["origin"]),
        window=head["window_code"],
        channel=head["channel"],
        address=head["address"],
        phone=head["phone"],
        note=head["note"],
        people=members,
        unsaid=unsaid,
        concerns=_concerns(q, conn, case_id),
        steps=tuple(
            c.Step(_day(r["on_date"]), r["seq"], t.Act(r["act"]), t.Stage(r["stage"]), r["reason"])
            for r in q.steps(conn, case_id=case_id)
        ),
        assignments=tuple(
            c.Assignment(_day(r["on_date"]), r["seq"], r["staff_code"]) for r in q.assignments(conn, case_id=case_id)
        ),
        referrals=_referrals(q, conn, case_id),
        notes=tuple(
            c.Note(
                on=_day(r["on_date"]),
                seq=r["seq"],
                number=r["number"],
                method=r["method"],
                text=r["text"],
                label=r["label"],
                next_on=_day_or_none(r["next_on"]),
                next_what=r["next_what"],
                programme=r["programme_code"],
            )
            for r in q.notes(conn, case_id=case_id)
        ),
        plans=plans,
        other_actions=others,
        sittings=tuple(sittings.values()),
        approaches=tuple(
            c.Approach(
                on=_day(r["on_date"]),
                seq=r["seq"],
                meeting=r["meeting"],
                text=r["text"],
                afterwards=r["afterwards"],
                labels=sittings[r["item_id"]].labels
                if r["item_id"] in sittings
                else tuple(m["label"] for m in begun[r["id"]]),
            )
            for r in q.approaches(conn, case_id=case_id)
        ),
        watches=tuple(
            c.Watch(_day(r["on_date"]), r["seq"], r["watcher"], r["every"], _day(r["until"]), r["sign"])
            for r in q.watches(conn, case_id=case_id)
        ),
        endings=_endings(q, conn, case_id),
        links=tuple(
            c.Link(r["kind"], r["number"], r["direction"] == "to")
            for r in q.links(conn, case_id=case_id, viewer=viewer(conn))
        ),
        outreach=tuple(
            c.Outreach(_day(r["on_date"]), r["seq"], r["why"], r["programme_code"])
            for r in q.outreach(conn, case_id=case_id)
        ),
        other_conferences=tuple(
            c.OtherConference(_day(r["on_date"]), r["seq"], r["conference_code"], _day(r["held_on"]), r["not_enough"])
            for r in q.other_conferences(conn, case_id=case_id)
        ),
        gaps=gaps(q.gaps(conn, case_id=case_id), q.gap_steps(conn, case_id=case_id)),
        restricted=bool(head["restricted"]),
        merged=tuple(r["number"] for r in q.merged_into(conn, case_id=case_id)),
    )


def must(conn: Any, number: str) -> c.Case:
    """The same, of a case that is there: raises NotFound (exit 4) for any other number."""
    if (found := load(conn, number)) is None:
        raise NotFound(say("There is no case {number}.", number=number))
    return found


def people(conn: Any, case_id: int) -> tuple[c.Person, ...]:
    """The members of one case with their consents and wishes; a list of cases needs no more of each."""
    return _members(queries("facts"), conn, case_id)[0]


def _members(q: Any, conn: Any, case_id: int) -> tuple[tuple[c.Person, ...], Names]:
    """The members, and the bare names of those withheld, to find the texts that say them."""
    excluded = _grouped(q.consent_exclusions(conn, case_id=case_id), "consent_id")
    consents = _grouped(q.consents(conn, case_id=case_id), "member_id")
    wishes = _grouped(q.wishes(conn, case_id=case_id), "member_id")
    rows = list(q.people(conn, case_id=case_id, viewer=viewer(conn)))
    others = _grouped(q.other_names(conn, case_id=case_id), "member_id")
    found = tuple(
        c.Person(
            id=r["id"],
            person_id=r["person_id"],
            label=r["label"],
            relation="other" if r["withheld"] else r["relation"],
            joined_on=_day(r["joined_on"]),
            left_on=_day_or_none(r["left_on"]),
            left_reason=r["left_reason"],
            to_case=None if r["withheld"] else r["to_case"],
            hidden=bool(r["hidden"]),
            withheld=bool(r["withheld"]),
            consents=tuple(_consent(row, excluded[row["id"]]) for row in consents[r["id"]]),
            **(
                _NOTHING
                if r["withheld"]
                else {
                    **{field: r[field] for field in _AS_KEPT},
                    "other_names": tuple((n["name"], n["kana"]) for n in others[r["id"]]),
                    "birth_date": _day_or_none(r["birth_date"]),
                    "corrected_on": _day_or_none(r["corrected_on"]),
                    "assistance_since": _day_or_none(r["assistance_since"]),
                    "wishes": tuple(c.Wish(_day(w["on_date"]), w["seq"], w["text"]) for w in wishes[r["id"]]),
                }
            ),
        )
        for r in rows
    )
    if any(p.corrected_on for p in found):
        found = judged_again(found, deciders(conn))
    same = {r["id"]: _day(r["same_since"]) for r in rows if r["same_since"]}
    unsaid = (n for r in rows if r["withheld"] for n in (r, *others[r["id"]]))
    return once(found, same), tuple((n["name"], n["kana"]) for n in unsaid)


_AS_KEPT = ("name", "kana", "sex", "note", "phone", "address", "contact_rule", "visit_alert", "assistance_office")
_NOTHING: dict[str, Any] = {"name": None, "kana": None, "birth_date": None, "sex": "unknown"}


def gaps(
    rows: Iterable[Row], steps: Iterable[Row], cases: Iterable[Row] = (), sittings: Iterable[Row] = ()
) -> tuple[Gap, ...]:
    """Gaps with their steps; `cases` {gap_id, number} names the cases that show each, `sittings` what was decided."""
    moved, shown, sat = _grouped(steps, "gap_id"), _grouped(cases, "gap_id"), _grouped(sittings, "gap_id")
    return tuple(
        Gap(
            id=r["id"],
            on=_day(r["on_date"]),
            seq=r["seq"],
            kind=t.GapKind(r["kind"]),
            text=r["text"],
            cases=tuple(row["number"] for row in shown[r["id"]]),
            steps=tuple(
                GapStep(_day(s["on_date"]), s["seq"], t.GapStatus(s["status"]), s["text"]) for s in moved[r["id"]]
            ),
            sittings=tuple(
                GapSitting(t.Body(s["body"]), _day(s["held_on"]), t.Outcome(s["outcome"])) for s in sat[r["id"]]
            ),
        )
        for r in rows
    )


def _consent(row: Row, excluded: list[Row]) -> c.Consent:
    scopes = {t.Scope.PLAN: row["scope_plan"], t.Scope.SHARING: row["scope_sharing"]}
    return c.Consent(
        on=_day(row["on_date"]),
        seq=row["seq"],
        decision=t.Decision(row["decision"]),
        scopes=frozenset(scope for scope, touched in scopes.items() if touched),
        method=row["method"],
        decided_by=t.DecidedBy(row["decided_by"]),
        by_name=row["by_name"],
        excluding=frozenset(e["window_code"] for e in excluded),
        expires_on=_day_or_none(row["expires_on"]),
        why=row["why"],
        evidence=row["evidence"],
        explained_by=row["explained_by"],
        judged_by=row["judged_by"],
        review_on=_day_or_none(row["review_on"]),
    )


def _concerns(q: Any, conn: Any, case_id: int) -> tuple[c.Concern, ...]:
    return tuple(
        c.Concern(
            on=_day(r["on_date"]),
            seq=r["seq"],
            code=r["code"],
            label=r["label"],
            most_pressing=bool(r["most_pressing"]),
            note=r["note"],
            ended_on=_day_or_none(r["ended_on"]),
            id=r["id"],
        )
        for r in q.concerns(conn, case_id=case_id)
    )


def _referrals(q: Any, conn: Any, case_id: int) -> tuple[c.Referral, ...]:
    answers = _grouped(q.referral_answers(conn, case_id=case_id), "referral_id")
    return tuple(
        c.Referral(
            on=_day(r["on_date"]),
            seq=r["seq"],
            number=r["number"],
            label=r["label"],
            to_kind=t.ToKind(r["to_kind"]),
            to_code=r["to_code"],
            to_name=r["to_name"],
            ground=t.Ground(r["ground"]),
            reason=r["reason"],
            from_window=r["from_window"],
            report_kind=t.ReportKind(r["report_kind"]) if r["report_kind"] else None,
            recorded_by=r["actor"],
            answers=tuple(
                c.Answer(_day(a["on_date"]), a["seq"], t.ReferralStatus(a["status"]), a["reason"])
                for a in answers[r["id"]]
            ),
        )
        for r in q.referrals(conn, case_id=case_id)
    )


def _plans(q: Any, conn: Any, case_id: int) -> tuple[tuple[c.Plan, ...], tuple[c.Action, ...]]:
    plans = list(q.plans(conn, case_id=case_id))
    versions = {p["id"]: p["version"] for p in plans}
    done = {r["action_id"]: _day(r["on_date"]) for r in q.action_ends(conn, case_id=case_id)}
    actions: dict[int | None, list[c.Action]] = defaultdict(list)
    for r in q.actions(conn, case_id=case_id):
        actions[r["plan_id"]].append(
            c.Action(
                on=_day(r["on_date"]),
                seq=r["seq"],
                number=r["number"],
                what=r["what"],
                who=r["who"],
                label=r["label"],
                due_on=_day_or_none(r["due_on"]),
                kind=t.ActionKind(r["kind"]),
                why_not_existing=r["why_not_existing"],
                plan_version=versions.get(r["plan_id"]),
                done_on=done.get(r["id"]),
            )
        )
    members = _grouped(q.plan_members(conn, case_id=case_id), "plan_id")
    steps = _grouped(q.plan_steps(conn, case_id=case_id), "plan_id")
    return (
        tuple(
            c.Plan(
                on=_day(p["on_date"]),
                seq=p["seq"],
                number=p["number"],
                version=p["version"],
                goal=p["goal"],
                people=tuple(
                    c.Confirmation(m["label"], _day_or_none(m["confirmed_on"]), m["confirmed_method"])
                    for m in members[p["id"]]
                ),
                review_on=_day_or_none(p["review_on"]),
                lead=p["lead"],
                needs=p["needs"],
                care=p["care"],
                actions=tuple(actions[p["id"]]),
                steps=tuple(
                    c.PlanStep(_day(s["on_date"]), s["seq"], t.PlanStatus(s["status"]), s["meeting"], s["afterwards"])
                    for s in steps[p["id"]]
                ),
            )
            for p in plans
        ),
        tuple(actions[None]),
    )


def _sittings(q: Any, conn: Any, case_id: int) -> dict[int, c.Sitting]:
    members = _grouped(q.sitting_members(conn, case_id=case_id), "item_id")
    decisions = {r["item_id"]: r for r in q.sitting_decisions(conn, case_id=case_id)}
    windows = _grouped(q.sitting_windows(conn, case_id=case_id), "meeting_id")
    found = {}
    for r in q.sittings(conn, case_id=case_id):
        decision = decisions.get(r["id"])
        found[r["id"]] = c.Sitting(
            meeting=r["meeting"],
            body=t.Body(r["body"]),
            held_on=_day(r["held_on"]),
            item=r["item"],
            kind=t.ItemKind(r["kind"]),
            purpose=t.Purpose(r["purpose"]),
            part=t.Part(r["part"]),
            outcome=t.Outcome(decision["outcome"]) if decision else None,
            decided_on=_day(decision["on_date"]) if decision else None,
            decided_seq=decision["seq"] if decision else 0,
            note=decision["note"] if decision else None,
            labels=tuple(m["label"] for m in members[r["id"]] if not m["masked"]),
            masked=tuple(m["label"] for m in members[r["id"]] if m["masked"]),
            windows=frozenset(w["window_code"] for w in windows[r["meeting_id"]]),
        )
    return found


def _endings(q: Any, conn: Any, case_id: int) -> tuple[c.Ending, ...]:
    changes = _grouped(q.ending_changes(conn, case_id=case_id), "ending_id")
    return tuple(
        c.Ending(
            on=_day(r["on_date"]),
            seq=r["seq"],
            stage=t.Stage(r["stage"]),
            reason=t.EndReason(r["reason"]) if r["reason"] else None,
            lead=r["lead"],
            evaluation=r["evaluation"],
            wish=r["wish"],
            groundwork=r["groundwork"],
            tried=r["tried"],
            last_contact_on=_day_or_none(r["last_contact_on"]),
            safety=r["safety"],
            kept=r["kept"],
            changes=tuple(x["code"] for x in changes[r["id"]]),
        )
        for r in q.endings(conn, case_id=case_id, viewer=viewer(conn))
    )
