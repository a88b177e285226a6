"""Recording what a person decided: given, refused, withdrawn, not possible. History is added to, never rewritten."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from toshima_cli import places
from toshima_cli.db import Store, Work
from toshima_cli.domain import deciders as rules
from toshima_cli.domain import people, stages
from toshima_cli.domain.case import Case, Consent, Person
from toshima_cli.domain.referral import Recipient
from toshima_cli.domain.terms import Act, DecidedBy, Decision, Ground, ItemKind, ReferralStatus, Scope
from toshima_cli.domain.verdict import Done, Refusal, Say, Value, Warned, say
from toshima_cli.flow.done import case_of, done, person_of
from toshima_cli.tables import ConsentExclusionRow, ConsentRow, WishRow

OPEN_REFERRALS = (ReferralStatus.SENT, ReferralStatus.WAITING, ReferralStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed about one decision of one person."""

    label: str
    decision: Decision
    on: date
    scopes: frozenset[Scope]
    method: str
    decided_by: DecidedBy = DecidedBy.SELF
    by_name: str | None = None
    evidence: str | None = None
    explained_by: str | None = None
    excluding: tuple[str, ...] = ()
    expires_on: date | None = None
    why: str | None = None
    judged_by: str | None = None
    review_on: date | None = None
    own_view: str | None = None

    def fact(self, seq: int) -> Consent:
        return Consent(
            on=self.on,
            seq=seq,
            decision=self.decision,
            scopes=self.scopes,
            method=self.method,
            decided_by=self.decided_by,
            by_name=self.by_name,
            excluding=frozenset(self.excluding),
            expires_on=self.expires_on,
            why=self.why,
            evidence=self.evidence,
            explained_by=self.explained_by,
            judged_by=self.judged_by,
            review_on=self.review_on,
        )


def record(store: Store, number: str, given: Given) -> Done | Refusal:
    """1 the case and the person · 2 who may decide · 3 the row · 4 whom to tell.

    A plan nobody consents to any more is ended by `done`.
    """

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        person = person_of(w, case, given.label)
        seq = w.begin("consent", given.on, case.id)
        refused = stages.may(case, Act.CONSENT, given.on)
        if isinstance(refused, Refusal) and not stages.a_no_after_the_end(case, given.decision, given.on):
            return refused
        gone = people.not_there(case, person, given.on) if case.left_by(person.label, given.on) else None
        if gone is not None and given.decision in (Decision.GIVEN, Decision.NOT_POSSIBLE):
            return gone
        made = write(w, case, person, given, seq)
        if isinstance(made, Refusal):
            return made
        consent_number, warnings = made
        warnings = (*warnings, *_tell(case, given, places.recipients(w.conn)))
        return done(
            w,
            case,
            _sentence(case, given),
            consent_number,
            given.on,
            data={
                "consent": consent_number,
                "person": given.label,
                "decision": given.decision,
                "scope": sorted(given.scopes),
                "on": given.on,
            },
            warnings=warnings,
        )

    return store.work("consent", do)


def write(w: Work, case: Case, person: Person, given: Given, seq: int) -> tuple[str, tuple[Warned, ...]] | Refusal:
    """Ask who may decide, and write the decision. Used by `intake` too, so both meet the same rule."""
    deciders = places.deciders(w.conn)
    given = replace(given, expires_on=deciders.until(person, given.decided_by, given.on, given.expires_on))
    answer = rules.may_record(
        case,
        person,
        given.fact(seq),
        deciders,
        today=w.today,
        own_view=bool(given.own_view),
        evidence=given.evidence,
    )
    if isinstance(answer, Refusal):
        return answer
    number = write_row(w, case, person, given.fact(seq))
    if given.own_view:
        w.add(WishRow(seq=seq, on_date=given.on, member_id=person.id, text=given.own_view))
    return number, answer


def write_row(w: Work, case: Case, person: Person, said: Consent) -> str:
    """The row of a decision, by the act of this transaction, with a number of its own."""
    number = f"{case.number}/C{w.next_number('consent', case.number)}"
    row = ConsentRow(
        seq=w.seq,
        on_date=said.on,
        number=number,
        member_id=person.id,
        decision=said.decision,
        scope_plan=Scope.PLAN in said.scopes,
        scope_sharing=Scope.SHARING in said.scopes,
        method=said.method,
        decided_by=said.decided_by,
        by_name=said.by_name,
        evidence=said.evidence,
        explained_by=said.explained_by,
        expires_on=said.expires_on,
        why=said.why,
        judged_by=said.judged_by,
        review_on=said.review_on,
    )
    consent_id = w.put(row)
    w.add(*(ConsentExclusionRow(consent_id=consent_id, window_code=code) for code in sorted(said.excluding)))
    return number


def _tell(case: Case, given: Given, known: Mapping[str, Recipient]) -> tuple[Warned, ...]:
    """Rule 6: who was told by consent is told of its end, or of an exception made for them; what was shared before was
    lawful then, and what was shared since that day is named."""
    if Scope.SHARING not in given.scopes:
        return ()
    ended = given.decision is not Decision.GIVEN
    told = [
        r
        for r in case.referrals
        if r.ground is Ground.CONSENT
        and r.label == given.label
        and r.status_on(date.max) in OPEN_REFERRALS
        and (ended or _codes(known, r.to_code) & set(given.excluding))
    ]
    spoken = [
        s
        for s in case.sittings
        if ended and s.kind is ItemKind.MULTILAYER_CONFERENCE and given.label in s.labels and s.held_on >= given.on
    ]
    after = (*(r.number for r in told if r.on >= given.on), *dict.fromkeys(s.meeting for s in spoken))
    found = []
    if told:
        found.append(
            Warned(
                "consent.tell_recipients",
                say(
                    "Tell those it was passed on to: {recipients}.",
                    recipients=tuple(say("{number} {to}", number=r.number, to=r.to_name) for r in told),
                ),
            )
        )
    if after:
        found.append(
            Warned(
                "consent.shared_since",
                say("Shared since that day, by the consent recorded then: {numbers}.", numbers=after),
            )
        )
    return tuple(found)


def _codes(known: Mapping[str, Recipient], code: str | None) -> frozenset[str]:
    return known[code].codes if code is not None and code in known else frozenset()


def _sentence(case: Case, given: Given) -> Say:
    values: dict[str, Value] = {"label": given.label, "case": case.number, "on": given.on}
    match given.decision:
        case Decision.GIVEN:
            return say("Consent of {label} recorded ({case}, from {on}).", **values)
        case Decision.REFUSED:
            return say("Recorded that {label} did not consent ({case}, {on}).", **values)
        case Decision.WITHDRAWN:
            return say("Withdrawal by {label} recorded ({case}, from {on}).", **values)
        case _:
            return say("Recorded that consent of {label} is not possible ({case}, {on}).", **values)
