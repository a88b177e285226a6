"""Who may decide for whom (rule Consent 1): at what age, with whose view, and never a parent under suspicion.

The ages are ours, kept as data (`data/deciders.csv`, the setting `consent_self_from_age`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from toshima_cli.domain import calendar, ways
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Consent, Person
from toshima_cli.domain.held import ABOUT, holds
from toshima_cli.domain.referral import ADULT, VIOLENCE, said
from toshima_cli.domain.verdict import Basis, Next, Refusal, Warned, all_of, say

_BY = t.DecidedBy
_FOR_CHILD = frozenset({_BY.PARENT, _BY.MINOR_GUARDIAN})
_NO = frozenset({t.Decision.REFUSED, t.Decision.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Decider:
    """One row of the table: ages inclusive, None is open."""

    from_age: int | None
    to_age: int | None
    decided_by: t.DecidedBy
    child_view_required: bool


@dataclass(frozen=True, slots=True)
class Deciders:
    """The table. `self_from_age` alone draws the line between a child and who decides themselves; the rows say who
    else is known to decide, and from which age an adult's representatives do."""

    rows: tuple[Decider, ...]
    self_from_age: int = ways.DECIDES_FROM

    def until(self, person: Person, by: t.DecidedBy, on: date, expires_on: date | None) -> date | None:
        """The last day a decision of `on` holds: who decides for a child does so until the child decides for itself.
        For one who decides already, `may_record` refuses it; the date is none of the reasons."""
        if by not in _FOR_CHILD or person.birth_date is None:
            return expires_on
        last = calendar.add_months(person.birth_date, 12 * self.self_from_age) - timedelta(days=1)
        if last < on:
            return expires_on
        return min(last, expires_on) if expires_on else last

    def row(self, by: t.DecidedBy, age: int | None) -> Decider | None:
        """The row that lets `by` decide for a person of that age; None where they may not. Of unknown age one decides
        oneself; an adult's guardian or curator is let through, since a court has looked at the age."""
        decides_self = age is None or age >= self.self_from_age
        for row in self.rows:
            if row.decided_by is not by:
                continue
            if by is _BY.SELF or by in _FOR_CHILD:
                if decides_self == (by is _BY.SELF):
                    return row
            elif age is None or (row.from_age or 0) <= age <= (age if row.to_age is None else row.to_age):
                return row
        return None


def judged_again(people: Iterable[Person], deciders: Deciders) -> tuple[Person, ...]:
    """With what was given before their birth date was corrected as it is relied on since: not where another one
    decides by the date known now, and what was decided for a child not once it decides itself. What was passed on
    before the correction was lawful then. Of who is withheld from the reader the birth date is not known."""
    return tuple(_judged_again(person, deciders) for person in people)


def _judged_again(person: Person, deciders: Deciders) -> Person:
    since = person.corrected_on
    if since is None or person.withheld:
        return person
    return replace(person, consents=tuple(_again(person, row, deciders, since) for row in person.consents))


def _again(person: Person, row: Consent, deciders: Deciders, corrected_on: date) -> Consent:
    if row.decision is not t.Decision.GIVEN:
        return row
    age = None if person.birth_date is None else calendar.age_on(person.birth_date, row.on)
    if deciders.row(row.decided_by, age) is None:
        return replace(row, void_on=max(row.on, corrected_on))
    until = deciders.until(person, row.decided_by, row.on, row.expires_on)
    if until is None or until == row.expires_on:
        return row
    return replace(row, void_on=max(until + timedelta(days=1), corrected_on))


def may_record(
    case: Case,
    person: Person,
    proposed: Consent,
    deciders: Deciders,
    *,
    today: date,
    own_view: bool = False,
    evidence: str | None = None,
) -> tuple[Warned, ...] | Refusal:
    """Whether this decision may be recorded, all reasons at once; what should be looked at afterwards where it may.

    `own_view`: the child's own view comes in the same step. `evidence`: what showed a representative's authority. A
    person's own no is never refused, whatever their age; nor is that somebody cannot decide.
    """
    refusals = [_dates(case, person, proposed, today)]
    own_no = proposed.decided_by is _BY.SELF and proposed.decision in _NO
    if not own_no and proposed.decision is not t.Decision.NOT_POSSIBLE:
        age = None if person.birth_date is None else calendar.age_on(person.birth_date, proposed.on)
        row = deciders.row(proposed.decided_by, age)
        refusals.append(_decider(case, person, proposed, age) if row is None else None)
        refusals.append(_name(case, person, proposed) if row else None)
        if proposed.decision is t.Decision.GIVEN:
            refusals.append(_suspected(case, person, proposed, today))
            view = own_view or any(wish.on <= today for wish in person.wishes)
            refusals.append(_view(case, person, proposed) if row and row.child_view_required and not view else None)
    return all_of(refusals) or tuple(_warnings(case, person, proposed, evidence))


def _warnings(case: Case, person: Person, proposed: Consent, evidence: str | None) -> Iterator[Warned]:
    """A no is recorded even where there was nothing to take back, and stops no more than it can."""
    label, by = person.label, proposed.decided_by
    if proposed.decision is t.Decision.WITHDRAWN:
        idle = tuple(ABOUT[s] for s in t.Scope if s in proposed.scopes and not holds(person, s, proposed.on))
        if idle:
            yield Warned(
                "consent.nothing_to_withdraw",
                say(
                    "No consent of {label} to {what} held before; the withdrawal is recorded all the same.",
                    label=label,
                    what=idle,
                ),
            )
    if proposed.decision in _NO and by in _FOR_CHILD:
        yield Warned(
            "consent.parent.no",
            say(
                "This answer does not stop a support conference, a report by law, or help offered to {label}.",
                label=label,
            ),
        )
    if proposed.decision is t.Decision.GIVEN and by is _BY.PARENT and any(c.code == VIOLENCE for c in case.concerns):
        yield Warned(
            "consent.parent.violence",
            say(
                "Violence is noted in this household: make sure that the parent who decides is not the one {label} "
                "has to be protected from.",
                label=label,
            ),
        )
    if proposed.decision is t.Decision.NOT_POSSIBLE and not said(proposed.why):
        yield Warned(
            "consent.not_possible.why",
            say("Note why {label} cannot decide, who judged it, and when it will be looked at again.", label=label),
        )
    if by in (_BY.ADULT_GUARDIAN, _BY.CURATOR, _BY.MINOR_GUARDIAN) and not said(evidence):
        yield Warned(
            "consent.evidence",
            say("Note what showed the authority of {by} (such as the certificate of registration).", by=by),
        )


def _dates(case: Case, person: Person, proposed: Consent, today: date) -> Refusal | None:
    if proposed.on > today:
        return Refusal(
            "consent.future",
            Basis.OURS,
            say("A decision cannot be dated in the future."),
            facts=(say("Today is {today}, the date given is {on}.", today=today, on=proposed.on),),
            missing=(say("The day on which the person decided."),),
            next=(
                Next("consent", say("Give the day of the decision."), f"{ways.line(case, person, proposed)} --on DATE"),
            ),
        )
    if proposed.expires_on is not None and proposed.expires_on < proposed.on:
        return Refusal(
            "consent.expiry",
            Basis.OURS,
            say("Consent cannot run out before it was given."),
            facts=(say("Given {on}, until {until}.", on=proposed.on, until=proposed.expires_on),),
            missing=(say("A last day on or after {on}.", on=proposed.on),),
            next=(Next("consent", say("Give a later last day."), f"{ways.line(case, person, proposed)} --until DATE"),),
        )
    return None


def _decider(case: Case, person: Person, proposed: Consent, age: int | None) -> Refusal:
    label, by = person.label, proposed.decided_by
    fact = (
        say("The age of {label} is not known.", label=label)
        if age is None
        else say("{label} is {age} years old on {on}.", label=label, age=age, on=proposed.on)
    )
    if by is _BY.SELF:
        return Refusal(
            "consent.child",
            Basis.OURS,
            say("At this age a parent or the guardian decides, and the child's own view is recorded."),
            facts=(fact,),
            missing=(say("The decision of a parent or of the minor's guardian, with their name."),),
            next=(
                ways.decide(case, person, proposed, _BY.PARENT),
                ways.decide(case, person, proposed, _BY.MINOR_GUARDIAN),
            ),
        )
    if by is _BY.PARENT and age is not None and age >= ADULT:
        rule, message = "consent.adult.family", say("An adult's family cannot decide for them.")
    elif by in _FOR_CHILD:
        rule, message = "consent.decides_self", say("At this age, or where it is not known, people decide themselves.")
    else:
        rule, message = "consent.decider", say("{by} cannot decide for a person of this age.", by=by)
    return Refusal(
        rule,
        Basis.OURS,
        message,
        facts=(fact,),
        missing=(say("The decision of {label}.", label=label),),
        next=(ways.decide(case, person, proposed, _BY.SELF), *ways.support_conference(case, (label,), proposed.on)),
    )


def _name(case: Case, person: Person, proposed: Consent) -> Refusal | None:
    if proposed.decided_by is _BY.SELF or said(proposed.by_name):
        return None
    return Refusal(
        "consent.by_name",
        Basis.OURS,
        say("Who decides for somebody else is recorded by name."),
        facts=(say("Decided by {by}, without a name.", by=proposed.decided_by),),
        missing=(say("The name of {by}.", by=proposed.decided_by),),
        next=(ways.decide(case, person, proposed, proposed.decided_by),),
    )


def _suspected(case: Case, child: Person, proposed: Consent, today: date) -> Refusal | None:
    """Suspicion counts on the day decided and today: dating a consent back is not a way round it."""
    if proposed.decided_by is not _BY.PARENT:
        return None
    if child.suspected_on is None or child.suspected_on > max(proposed.on, today):
        return None
    label = child.label
    return Refusal(
        "consent.parent.suspected",
        Basis.OURS,
        say("A parent does not consent for a child they are suspected of harming."),
        facts=(say("Violence is noted for {label} or the household, or a report by law was made.", label=label),),
        missing=(say("The decision of the minor's guardian, or none: the law's ways stay open."),),
        next=(
            ways.report(case, label, t.ReportKind.CHILD),
            *ways.support_conference(case, (label,), today),
            ways.decide(case, child, proposed, _BY.MINOR_GUARDIAN),
        ),
    )


def _view(case: Case, child: Person, proposed: Consent) -> Refusal:
    return Refusal(
        "consent.child.view",
        Basis.OURS,
        say("The child's own view is recorded beside the decision of the parent or guardian."),
        facts=(say("No words of {label} are recorded.", label=child.label),),
        missing=(say("What {label} thinks of it, in their own words.", label=child.label),),
        next=(ways.decide(case, child, proposed, proposed.decided_by),),
    )
