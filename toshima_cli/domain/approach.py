"""The approach (支援方針): how to come into contact before consent, decided in a support conference.

[ours] It may begin before its conference, with a reason; then it waits for one that decides for those people. Whoever
consents to sharing meanwhile, or leaves, is waited for no longer: a support conference speaks of them no more.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from toshima_cli.domain.case import Approach, Case, Person, last_on
from toshima_cli.domain.held import holds
from toshima_cli.domain.terms import Scope
from toshima_cli.domain.verdict import Say, Warned, say


def decided_for(case: Case, day: date) -> list[tuple[str, ...]]:
    """For whom an approach was decided up to `day`, one entry each; () for the whole household."""
    return [approach.labels for approach in case.approaches if approach.afterwards is None and approach.on <= day]


def faults(case: Case, labels: Iterable[str], day: date) -> Iterator[tuple[str, date]]:
    """Who of those named is not of the household on `day`, as (label, day)."""
    open_people = {person.label for person in case.people_on(day)}
    yield from ((label, day) for label in labels if label not in open_people)


def awaits_conference(case: Case, day: date) -> tuple[tuple[Approach, tuple[str, ...]], ...]:
    """Approaches begun before their conference that nobody has decided up to `day`, each with whom it is still for."""
    found = []
    for begun in case.approaches:
        if begun.afterwards is None or begun.on > day:
            continue
        decided = [a.labels for a in case.approaches if a.afterwards is None and _after(a, begun) and a.on <= day]
        waiting = tuple(
            person.label
            for person in case.people_on(day)
            if (not begun.labels or person.label in begun.labels)
            and person.joined_on <= begun.on
            and not holds(person, Scope.SHARING, day)
            and not any(not labels or person.label in labels for labels in decided)
        )
        if waiting:
            found.append((begun, waiting))
    return tuple(found)


def warnings(case: Case, day: date) -> tuple[Warned, ...]:
    """What stays until a support conference has decided."""
    return tuple(
        Warned(
            "approach.afterwards",
            say(
                "The approach to {labels} began on {on}, before a support conference; none has decided it yet.",
                labels=labels,
                on=begun.on,
            ),
        )
        for begun, labels in awaits_conference(case, day)
    )


def _after(decided: Approach, begun: Approach) -> bool:
    return (decided.on, decided.seq) > (begun.on, begun.seq)


def before_consent(person: Person, day: date, entered: date) -> date:
    """Since when somebody who does not consent on `day` has not: the last day an earlier consent ended, otherwise since
    they were known to the coordinator, who has had the case since `entered`."""
    ends = {c.on for c in person.consents}
    ends |= {c.expires_on + timedelta(days=1) for c in person.consents if c.expires_on}
    ended = (on for on in ends if on <= day and holds(person, Scope.SHARING, on - timedelta(days=1)))
    return max((*(on for on in ended if not holds(person, Scope.SHARING, on)), person.joined_on, entered))


def next_word(case: Case, day: date, on: date) -> Say | None:
    """The next word to somebody before consent, planned for `on`, and how long ago that was; None where the next step
    is about nobody or somebody who consents. (It may be late, a consent never is, rule 23.)"""
    note = last_on(case.notes, day)
    person = case.person(note.label) if note is not None and note.label else None
    if person is None or holds(person, Scope.SHARING, day):
        return None
    label, days = person.label, (day - on).days
    if days:
        return say("The next approach to {label} was due on {on} ({days} days ago).", label=label, on=on, days=days)
    return say("The next approach to {label} is due on {on}.", label=label, on=on)
