"""What books that are taken over from elsewhere have to show before they are believed. [ours]

Whatever a person could have typed into these books is taken as it is: consents, attendance, notes. What the program
itself would have judged is held against the rule it would have asked: that somebody was shown in a multi-layered
conference or passed on with consent, how long an acknowledgement of secrecy lasts, where a step leads. A permit is the
record of what was judged then; it is kept as it was and never gives leave again.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from toshima_cli.domain import grounds, law, stage_table
from toshima_cli.domain.calendar import age_on, fiscal_year
from toshima_cli.domain.case import Case
from toshima_cli.domain.consent import may_plan
from toshima_cli.domain.deciders import Deciders
from toshima_cli.domain.held import Held, held, labels_holding
from toshima_cli.domain.stage_table import BACK, NEW, SAME
from toshima_cli.domain.terms import OPEN, Act, Decision, Ground, ItemKind, Operation, ReportKind, Scope, Stage
from toshima_cli.domain.verdict import Basis, Say, say

OPENINGS = frozenset(
    {
        (Act.CONTACT, Stage.OUTREACH),
        (Act.CONNECT, Stage.RECEIVED),
        (Act.RETURN, Stage.RECEIVED),
        *((Act.SPLIT, stage) for stage in OPEN),
    }
)
"""How a case begins."""

STAYING = frozenset({(Act.APPROACH, Stage.PLANNING), (Act.APPROACH, Stage.SUPPORTING)})
"""An approach for some people, while a plan for others is drafted or runs, leaves the stage."""


def leads_to(act: Act) -> frozenset[Stage]:
    """The stages a step of this act can end in, wherever it began."""
    found = {stage for one, stage in OPENINGS | STAYING if one is act}
    for (stage, acted), to in stage_table.TABLE.items():
        if acted is not act:
            continue
        if to is BACK:
            found |= set(OPEN)
        elif to is SAME or to is NEW:
            found.add(stage)
        else:
            found.add(Stage(to))
    return frozenset(found)


def secrecy_ends(on: date) -> date:
    """An acknowledgement lasts the fiscal year it was given in (rule 4)."""
    return date(fiscal_year(on) + 1, 3, 31)


def not_shared(case: Case | None, kind: ItemKind, label: str, day: date) -> Say | None:
    """Why a record that an item showed this person cannot be so: nobody is shown in a multi-layered conference whose
    consent to sharing did not hold on its day, as known then (rule 3)."""
    if kind is not ItemKind.MULTILAYER_CONFERENCE:
        return None
    if case is not None and label in labels_holding(case, Scope.SHARING, day):
        return None
    return say("A multi-layered conference shows {label}, whose consent to sharing did not hold then.", label=label)


def not_planned(case: Case | None, labels: Sequence[str], day: date) -> Say | None:
    """Why a plan cannot have been made: without the consent of each of its people to it, as known then (rule 2)."""
    refused = case is None or may_plan(case, tuple(labels), day)
    return say("A plan is there for people whose consent to it did not hold then.") if refused else None


BY_FACTS = frozenset({Ground.CONSENT, Ground.SUPPORT_CONFERENCE})
"""Grounds that are held against what the books knew; any other is the word of whoever passed it on."""


def permit_fault(permit: Any, number: str, case: Case | None, referral: Mapping[str, Any]) -> Say | None:
    """What does not fit between a referral and what it says it was decided on.

    `referral`: ground (Ground), label (None for the household), report_kind, to, on (date). `case` of that number is as
    known then; it is asked for the grounds of `BY_FACTS` alone.
    """
    ground: Ground = referral["ground"]
    keys = {"case", "labels", "to", "on", "report_kind", "office", "ground", "facts"}
    if not isinstance(permit, dict) or set(permit) != keys:
        return say("This is not what a referral is decided on.")
    said, labels, facts = permit["ground"], permit["labels"], permit["facts"]
    if not isinstance(labels, list) or not isinstance(facts, list) or not all(isinstance(f, dict) for f in facts):
        return say("This is not what a referral is decided on.")
    same = (
        permit["case"] == number
        and permit["on"] == referral["on"].isoformat()
        and permit["to"] == referral["to"]
        and permit["report_kind"] == referral["report_kind"]
        and (referral["label"] is None or referral["label"] in labels)
    )
    if not same:
        return say("It was decided on for another referral.")
    if said not in _grounds(ground, referral["on"]):
        return say("Its ground is none the law or the office knows on that day.")
    if ground is Ground.CONSENT and case is not None:
        return _without_consent(case, labels, permit["to"], referral["on"])
    if ground in BY_FACTS and not (case is not None and any(_dealt_with(case, fact) for fact in facts)):
        return say("No support conference of that number dealt with the case.")
    return None


def _without_consent(case: Case, labels: list[Any], to: str, day: date) -> Say | None:
    found = [held(p, Scope.SHARING, day) for p in case.people if p.label in labels]
    if labels and len(found) == len(labels) and all(_towards(h, to) for h in found):
        return None
    return say("It rests on a consent to sharing that did not hold on that day.")


def _towards(found: Held, to: str) -> bool:
    return found.holds and found.consent is not None and to not in found.consent.excluding


def _dealt_with(case: Case, fact: Mapping[str, Any]) -> bool:
    return any(
        (fact.get("meeting"), fact.get("item")) == (s.meeting, s.item) and s.kind is ItemKind.SUPPORT_CONFERENCE
        for s in case.sittings
    )


def _grounds(ground: Ground, day: date) -> list[Mapping[str, Any] | None]:
    """Every shape a ground had on that day."""
    if ground is Ground.SUPPORT_CONFERENCE:
        return [law.ground_json(day)] if law.support_conference_law(day) else []
    if ground is Ground.NONE_SHARED:
        return [grounds.plain(ground, Basis.OURS)]
    if ground is Ground.STATUTORY_REPORT:
        cites = [law.report_article(kind, protection) for kind in ReportKind for protection in (False, True)]
    else:
        cites = [law.privacy_article(operation) for operation in (Operation.DIRECT, None)]
    return [grounds.plain(ground, Basis.LAW, cite.code, cite.ja) for cite in cites]


def unfit(case: Case, deciders: Deciders) -> list[tuple[str, Say]]:
    """(where, why) for consents these books would never have recorded: given by who may not decide for a person of that
    age. Where the birth date was corrected since, the consent is
    judged by the date known now wherever it is asked (`deciders.judged_again`), and is no fault."""
    found: list[tuple[str, Say]] = []
    for person in case.people:
        if person.withheld or person.corrected_on is not None:
            continue
        for row in person.consents:
            age = None if person.birth_date is None else age_on(person.birth_date, row.on)
            if row.decision is Decision.GIVEN and deciders.row(row.decided_by, age) is None:
                said = say("Who decided may not decide for a person of this age ({on}).", on=row.on)
                found.append((f"{case.number}/{person.label}", said))
    return found
