"""The gate as a question: what of whom may go where, and in which of the two conferences each person is.

It answers by the same rules that let things pass (`consent.may_share`), and changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from toshima_cli.domain import grounds, law, ways
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.consent import Permit, may_share
from toshima_cli.domain.grounds import Json
from toshima_cli.domain.held import Held, held, track, wanted
from toshima_cli.domain.referral import Recipient, Sender
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, all_of, say


@dataclass(frozen=True, slots=True)
class GateLine:
    """One person's answer. `ground` in the shape of cli.md: on what the part may move, or where it may be spoken of
    when it may not move (the support conference of that day); None where there is neither."""

    label: str
    may: bool
    conference: t.Track
    rule: str
    basis: Basis
    ground: Json | None
    facts: tuple[Say, ...]
    missing: tuple[Say, ...] = ()
    next: tuple[Next, ...] = ()


def gate(
    case: Case,
    day: date,
    to: Recipient | None = None,
    *,
    meeting: str | None = None,
    kinds: frozenset[t.ItemKind] = frozenset(),
    sender: Sender | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
) -> tuple[GateLine, ...]:
    """One line per open person of the day; of a `meeting`, its day, and `kinds` the items this case has there.

    Without a target the question is whether the person's part may be shared at all (the multi-layered conference).
    """
    if to is not None:
        return tuple(_towards(case, p, day, to, sender or Sender()) for p in case.people_on(day))
    if meeting is not None:
        return _at(case, meeting, kinds, day, names)
    return tuple(_anywhere(case, p, day, names) for p in case.people_on(day))


def _anywhere(case: Case, person: Person, day: date, names: Mapping[str, str]) -> GateLine:
    found = held(person, t.Scope.SHARING, day)
    if found.holds:
        return _consented(found, names)
    lacking = (found,)
    statute = law.support_conference_law(day)
    return GateLine(
        found.label,
        False,
        t.Track.SUPPORT,
        f"share.consent.{found.slug}",
        Basis.LAW if statute else Basis.PLAN,
        law.ground_json(day) if statute else None,
        (found.why,),
        (wanted(found),),
        (*ways.support_conference(case, (found.label,), day), *grounds.asking(case, lacking)),
    )


def _consented(found: Held, names: Mapping[str, str]) -> GateLine:
    """Sharing holds: the person belongs to the multi-layered conference, which rests on the chapter, not on the law."""
    kept = tuple(names.get(code, code) for code in sorted(found.consent.excluding)) if found.consent else ()
    but = (say("{label} does not want it shared with: {windows}.", label=found.label, windows=kept),) if kept else ()
    return GateLine(
        found.label,
        True,
        t.Track.MULTILAYER,
        "share.consent.given",
        Basis.PLAN,
        grounds.SHARED_BY_CONSENT,
        (found.why, *but),
    )


def _towards(case: Case, person: Person, day: date, to: Recipient, sender: Sender) -> GateLine:
    """The grounds that need no further word: consent, or a support conference the recipient attended."""
    label, conference = person.label, track(person, day)
    refusals: list[Refusal] = []
    for ground, rule in (
        (t.Ground.CONSENT, "share.consent.given"),
        (t.Ground.SUPPORT_CONFERENCE, "share.support_conference.attended"),
    ):
        answer = may_share(case, (label,), to, ground, day, sender=sender)
        if isinstance(answer, Permit):
            return GateLine(label, True, conference, rule, answer.basis, answer.ground_json(), answer.facts)
        refusals.append(answer)
    why = all_of(refusals) or refusals[0]
    discussed = conference is t.Track.SUPPORT and law.support_conference_law(day) is not None
    return GateLine(
        label,
        False,
        conference,
        why.rule,
        why.basis,
        law.ground_json(day) if discussed else None,
        why.facts,
        why.missing,
        why.next,
    )


def _at(
    case: Case, meeting: str, kinds: frozenset[t.ItemKind], on: date, names: Mapping[str, str]
) -> tuple[GateLine, ...]:
    """In which conference each person is at that sitting, by what is known now of its day. Its members may speak of
    everybody in a support conference; the multi-layered one takes only those whose sharing holds."""
    statute = law.support_conference_law(on)
    lines = []
    for person in case.people_on(on):
        found = held(person, t.Scope.SHARING, on)
        if found.holds and t.ItemKind.MULTILAYER_CONFERENCE in kinds:
            lines.append(_consented(found, names))
        elif statute and t.ItemKind.SUPPORT_CONFERENCE in kinds:
            rule, ground = "share.support_conference.item", law.ground_json(on)
            lines.append(GateLine(found.label, True, t.Track.SUPPORT, rule, Basis.LAW, ground, (found.why,)))
        else:
            lines.append(_not_there(case, found, meeting, on))
    return tuple(lines)


def _not_there(case: Case, found: Held, meeting: str, on: date) -> GateLine:
    return GateLine(
        found.label,
        False,
        t.Track.MULTILAYER if found.holds else t.Track.SUPPORT,
        "share.meeting.no_item",
        Basis.PLAN,
        None,
        (found.why,),
        (
            say(
                "An item of {meeting} in which the part of {label} may be spoken of.",
                meeting=meeting,
                label=found.label,
            ),
        ),
        ways.support_conference(case, (found.label,), on),
    )
