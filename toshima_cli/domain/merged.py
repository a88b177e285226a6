"""Two cases of one household (rule 21): what is on record of the one is read with the other, and stays its own.

Nothing is copied and nothing moved, so that taking the merge back loses nothing of what came in between. A person of
both is told by `person_id`. [ours] A yes does not wander: consent given in the other case is asked for again here,
while a no, a withdrawal or an inability counts wherever it was said; so does the no in a yes, a window it excepts.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from toshima_cli.domain.case import Case, Consent, Person
from toshima_cli.domain.terms import Decision


def joined(kept: Case, other: Case) -> Case:
    """`kept` with the people's words, concerns, notes, referrals and gaps of `other`, under the labels of `kept`.

    Plans, sittings, approaches, watches and stages are each case's own.
    """
    here: dict[int, str] = {}
    for person in sorted(kept.people, key=lambda p: p.left_on is not None):  # of two labels the one still there
        here.setdefault(person.person_id, person.label)
    labels = {p.label: here.get(p.person_id) for p in other.people}
    gone = {p.label for p in other.people if p.withheld and p.person_id not in here}  # (rule 11)
    return replace(
        kept,
        people=tuple(
            _with_all(person, other) if here[person.person_id] == person.label else person for person in kept.people
        ),
        concerns=(
            *kept.concerns,
            *(replace(c, label=_label(labels, c.label)) for c in other.concerns if c.label not in gone),
        ),
        notes=(*kept.notes, *(replace(n, label=_label(labels, n.label)) for n in other.notes if n.label not in gone)),
        referrals=(
            *kept.referrals,
            *(replace(r, label=_label(labels, r.label)) for r in other.referrals if r.label not in gone),
        ),
        gaps=tuple({gap.id: gap for gap in (*other.gaps, *kept.gaps)}.values()),
        unsaid=(*kept.unsaid, *other.unsaid),
    )


def _label(labels: dict[str, str | None], label: str | None) -> str | None:
    return labels.get(label) if label is not None else None


def _with_all(person: Person, other: Case) -> Person:
    """With what was said under each label they bore in the other case."""
    for theirs in other.people:
        if theirs.person_id == person.person_id:
            person = with_words_of(person, theirs)
    return person


def with_words_of(person: Person, other: Person) -> Person:
    """A person with the wishes and the noes said under another record of theirs."""
    nos = (consent for consent in other.consents if consent.decision is not Decision.GIVEN)
    return replace(
        person,
        consents=_ordered((*(_excepting(consent, other) for consent in person.consents), *nos)),
        wishes=tuple(sorted((*person.wishes, *other.wishes), key=lambda wish: (wish.on, wish.seq))),
    )


def once(people: tuple[Person, ...], same: Mapping[int, date]) -> tuple[Person, ...]:
    """Two labels of a case found to be one person: from that day on the one whose record is kept, or the first, stands
    for both, with what was wished and declined under the other. `same`: member id → since when another record speaks.
    """
    found: dict[int, Person] = {}
    for person in sorted(people, key=lambda p: p.id in same):
        first = next((p for p in found.values() if p.person_id == person.person_id and p.left_on is None), None)
        if first is not None and person.id in same:
            found[first.id] = with_words_of(first, person)
            since = min(same[person.id], person.left_on or date.max)
            person = replace(person, left_on=since, left_reason=person.left_reason or "other", same_as=first.label)
        found[person.id] = person
    return tuple(found[person.id] for person in people)


def _excepting(consent: Consent, other: Person) -> Consent:
    """A yes, without the windows that a later one under the other record excepts."""
    later = (c.excluding for c in other.consents if (c.on, c.seq) > (consent.on, consent.seq))
    return replace(consent, excluding=consent.excluding.union(*later))


def _ordered(consents: tuple[Consent, ...]) -> tuple[Consent, ...]:
    return tuple(sorted(consents, key=lambda consent: (consent.on, consent.seq)))
