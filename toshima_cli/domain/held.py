"""What held on a date: the last row (date, then order of recording) that touches a scope decides, for any date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Consent, Person, last_on
from toshima_cli.domain.verdict import Say, Warned, say

# What a scope is about, as words inside a sentence.
ABOUT = {
    t.Scope.PLAN: say("making a support plan"),
    t.Scope.SHARING: say("sharing their information"),
}

# How consent was expressed (cli.md fixes the four); another municipality's own code is printed as it is.
METHODS = {
    "signature": say("signature"),
    "oral": say("by word of mouth"),
    "phone": say("by phone"),
    "online": say("online"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """What held for one person and one scope on `day`. `why` is the fact in words, for screens and refusals."""

    label: str
    scope: t.Scope
    day: date
    decision: t.Decision
    consent: Consent | None
    holds: bool
    why: Say
    suspected: bool = False
    void: bool = False

    @property
    def expired(self) -> bool:
        return self.decision is t.Decision.GIVEN and not self.holds and not self.suspected and not self.void

    @property
    def unanswered(self) -> bool:
        """Whether to ask: nobody answered yet, the answer ran out, or was not theirs to give. A no is never asked away
        (rule 23)."""
        return self.decision is t.Decision.NONE or self.expired or self.void

    @property
    def slug(self) -> str:
        """The last word of a rule: given, refused, withdrawn, not_possible, none, expired, set_aside, decider."""
        if self.suspected:
            return "set_aside"
        if self.void:
            return "decider"
        return "expired" if self.expired else self.decision.value


def held(person: Person, scope: t.Scope, day: date) -> Held:
    """What held on `day`: a withdrawal ends consent on its own date, an expiry at the end of its date (ours), and a
    parent's consent ends on the day harm to the child is suspected, any on the day their birth date shows that it was
    another's to give."""
    row = last_on((c for c in person.consents if scope in c.scopes), day)
    if row is None:
        why = say(
            "No answer of {label} about {what} is recorded up to {day}.", label=person.label, what=ABOUT[scope], day=day
        )
        return Held(person.label, scope, day, t.Decision.NONE, None, False, why)
    since = person.suspected_on if row.decided_by is t.DecidedBy.PARENT else None
    if row.decision is t.Decision.GIVEN and since is not None and since <= day:
        why = say(
            # says no more than rule 7 lets others know: a report by law may be all the suspicion there is
            "A parent consented to {what} for {label} ({on}); this is not relied on (being dealt with under the law).",
            what=ABOUT[scope],
            label=person.label,
            on=row.on,
        )
        return Held(person.label, scope, day, row.decision, row, False, why, suspected=True)
    if row.decision is t.Decision.GIVEN and row.void_on is not None and row.void_on <= day:
        why = say(
            "The consent of {label} to {what} ({on}) is not relied on: by the birth date known now it is not for {who}"
            " to decide.",
            label=person.label,
            what=ABOUT[scope],
            on=row.on,
            who=row.decided_by,
        )
        return Held(person.label, scope, day, row.decision, row, False, why, void=True)
    expired = row.expires_on is not None and row.expires_on < day
    holds = row.decision is t.Decision.GIVEN and not expired
    return Held(person.label, scope, day, row.decision, row, holds, _fact(person.label, scope, row, expired))


def _fact(label: str, scope: t.Scope, row: Consent, expired: bool) -> Say:
    what = ABOUT[scope]
    how = METHODS.get(row.method, row.method)
    if row.decision is t.Decision.REFUSED:
        return say("{label} did not consent to {what} ({on}, {how}).", label=label, what=what, on=row.on, how=how)
    if row.decision is t.Decision.WITHDRAWN:
        return say("{label} withdrew consent to {what} ({on}, {how}).", label=label, what=what, on=row.on, how=how)
    if row.decision is t.Decision.NOT_POSSIBLE:
        return say("{label} could not decide about {what} ({on}).", label=label, what=what, on=row.on)
    if expired and row.expires_on is not None:
        return say(
            "The consent of {label} to {what} ran until {until} (given {on}, {how}).",
            label=label,
            what=what,
            until=row.expires_on,
            on=row.on,
            how=how,
        )
    if row.decided_by is not t.DecidedBy.SELF:
        return say(
            "{who} consented to {what} for {label} ({on}, {how}).",
            who=row.decided_by,
            what=what,
            label=label,
            on=row.on,
            how=how,
        )
    return say("{label} consented to {what} ({on}, {how}).", label=label, what=what, on=row.on, how=how)


def holds(person: Person, scope: t.Scope, day: date) -> bool:
    return held(person, scope, day).holds


def holds_towards(person: Person, window_code: str | None, day: date) -> bool:
    """Whether consent to sharing holds on `day` for this window; False where the person excepted it by name."""
    found = held(person, t.Scope.SHARING, day)
    return found.consent is not None and found.holds and window_code not in found.consent.excluding


def track(person: Person, day: date) -> t.Track:
    """The conference a person is in: the multi-layered one while their sharing holds (chapter, rule 3)."""
    return t.Track.MULTILAYER if holds(person, t.Scope.SHARING, day) else t.Track.SUPPORT


def labels_holding(case: Case, scope: t.Scope, day: date) -> tuple[str, ...]:
    """The open people of that day whose consent to `scope` holds."""
    return tuple(p.label for p in case.people_on(day) if holds(p, scope, day))


def reviews(case: Case, day: date) -> tuple[tuple[str, date], ...]:
    """(label, day set) of those who could not decide and are looked at again; the last answer counts, each day once."""
    found: list[tuple[str, date]] = []
    for person in case.people_on(day):
        for scope in t.Scope:
            row = held(person, scope, day).consent
            if row is not None and row.decision is t.Decision.NOT_POSSIBLE and row.review_on is not None:
                found.append((person.label, row.review_on))
    return tuple(dict.fromkeys(found))


def ended_since(case: Case, labels: Iterable[str | None], on: date, today: date) -> tuple[Warned, ...]:
    """Whose consent to sharing held on the day something was passed on, and holds no more when it is written down: what
    was shared was lawful then (rule 24), and somebody should look at it."""
    people = (p for p in case.people if p.label in frozenset(labels) and on < today)
    return tuple(
        Warned("share.consent.ended_since", held(p, t.Scope.SHARING, today).why)
        for p in people
        if holds(p, t.Scope.SHARING, on) and not holds(p, t.Scope.SHARING, today)
    )


def wanted(found: Held) -> Say:
    """What would have to hold, for a refusal."""
    return say(
        "Consent of {label} to {what}, holding on {day}.", label=found.label, what=ABOUT[found.scope], day=found.day
    )
