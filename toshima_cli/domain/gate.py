"""The gate as a question: what of whom may go where, and in which of the two conferences each person is.

It answers by the same rules that let things pass (`consent.may_share`, `stages.may`), and changes nothing. A question
about a day that is past is answered by what is known now of that day, and leads on to the same question of today.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from toshima_cli.domain import grounds, law, roads, stages, ways
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.grounds import Json
from toshima_cli.domain.held import Held, held, track, wanted
from toshima_cli.domain.referral import Recipient, Sender, report_kinds, threatened
from toshima_cli.domain.roads import Road, Towards
from toshima_cli.domain.verdict import Basis, Next, Say, say

WHY_NOT = {
    "refused": say("consent was not given"),
    "withdrawn": say("consent was withdrawn"),
    "not_possible": say("they could not decide"),
    "none": say("no answer is recorded"),
    "expired": say("the consent has run out"),
    "set_aside": say("the parent's consent is not relied on"),
    "decider": say("it was not for that person to decide"),
    "excluded": say("they excepted this place"),
    "refer": say("the case has ended"),
    "no_item": say("no item for them"),
    "cancelled": say("the sitting was cancelled"),
}
"""The last word of a rule → why not, in a word or two."""


@dataclass(frozen=True, slots=True)
class GateLine:
    """One person's answer. `ground` in the shape of cli.md: on what the part may move, or where it may be spoken of
    when it may not move (the support conference of that day); None where there is neither.

    `answer` is yes or no with its reason in a word; `article` the code of the statute a refusal rests on; `items` the
    numbers of the items they may be spoken of in (0: not numbered yet); `roads` all grounds towards a recipient.
    """

    label: str
    may: bool
    conference: t.Track
    rule: str
    basis: Basis
    ground: Json | None
    facts: tuple[Say, ...]
    missing: tuple[Say, ...] = ()
    next: tuple[Next, ...] = ()
    article: str | None = None
    items: tuple[int, ...] = ()
    roads: tuple[Road, ...] = ()

    @property
    def answer(self) -> Say:
        if not self.may:
            return say("No ({why})", why=WHY_NOT[self.rule.rpartition(".")[2]])
        if self.items:
            return say("Yes ({conference}, item {items})", conference=self.conference, items=_numbers(self.items))
        return say("Yes ({ground})", ground=t.Ground(self.ground["kind"] if self.ground else t.Ground.CONSENT))


def _numbers(items: tuple[int, ...]) -> tuple[int | Say, ...]:
    return tuple(item or say("not numbered yet") for item in items)


@dataclass(frozen=True, slots=True)
class At:
    """A sitting asked about: the numbers of the case's items by kind, 0 for one not numbered yet."""

    meeting: str
    items: Mapping[t.ItemKind, tuple[int, ...]] = field(default_factory=dict)
    cancelled: bool = False


def gate(
    case: Case,
    day: date,
    to: Recipient | None = None,
    *,
    at: At | None = None,
    sender: Sender | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
    today: date | None = None,
) -> tuple[GateLine, ...]:
    """One line per open person of the day, which is the sitting's where one is asked about (`at`).

    Without a target the question is whether the person's part may be shared at all (the multi-layered conference).
    `today` is when it is asked; default the day itself. `names` are those of the windows that somebody excepted.
    """
    now = today or day
    people = case.people_on(day)
    if to is not None:
        asked = Towards(case, to, sender or Sender(), day, now)
        return tuple(_towards(asked, p) for p in people)
    if at is not None:
        return tuple(_at(case, p, at, day, now, names) for p in people)
    return tuple(_anywhere(case, p, day, now, names) for p in people)


def absent(case: Case, day: date) -> tuple[Say, ...]:
    """Those of the case who are not asked about: they came later, or had left. Who left under restriction is said
    nowhere (rule 11), and one label that speaks for another is enough."""
    told = (p for p in case.people if not (p.hidden or p.withheld or p.same_as))
    return tuple(
        say("{label} is in this case only since {on}.", label=p.label, on=p.joined_on)
        if p.joined_on > day
        else say("{label} left this case on {on} and is not asked about.", label=p.label, on=p.left_on or day)
        for p in told
        if p not in case.people_on(day)
    )


def _today(case: Case, day: date, now: date, to: str | None = None) -> tuple[Next, ...]:
    """Of another day nothing is done today: how it stands today is asked first."""
    return () if day == now else (ways.gate(case, say("Ask how it stands today."), to),)


def _due(case: Case, label: str, day: date) -> tuple[Next, ...]:
    """The duty to report, before anything else, where a concern of violence may be about them (rule 7)."""
    threat = threatened(case, day)
    if threat is None or label not in threat:
        return ()
    return (ways.report(case, label, report_kinds(case, (label,), day)[0]),)


def _anywhere(case: Case, person: Person, day: date, now: date, names: Mapping[str, str]) -> GateLine:
    found = held(person, t.Scope.SHARING, day)
    elsewhere = (*_due(case, person.label, day), *_today(case, day, now))
    if found.holds:
        onward = ways.gate(case, say("Ask whether it may go to a certain place."), "WINDOW")
        return _consented(found, names, next=elsewhere or (onward,))
    statute = law.support_conference_law(day)
    lacking = tuple(h for p in case.people_on(day) if not p.withheld and not (h := held(p, t.Scope.SHARING, day)).holds)
    ended = stages.refused_for_good(case, t.Act.REFER, day)
    ahead = (
        ()
        if day < now
        else ended.next
        if ended
        else (
            *ways.support_conference(case, tuple(h.label for h in lacking), day),
            *grounds.asking(case, (found,)),
        )
    )
    return GateLine(
        found.label,
        False,
        t.Track.SUPPORT,
        f"share.consent.{found.slug}",
        Basis.LAW if statute else Basis.PLAN,
        law.ground_json(day) if statute else None,
        (found.why, *_before_the_law(day)),
        (wanted(found),),
        (*elsewhere, *ahead),
        article=statute.paragraph_one.code if statute else None,
    )


def _before_the_law(day: date) -> tuple[Say, ...]:
    if law.support_conference_law(day) is not None:
        return ()
    return (say("On that day the law had no support conference (it begins on {on}).", on=law.PERIODS[-1].since),)


def _consented(
    found: Held, names: Mapping[str, str], *, next: tuple[Next, ...], items: tuple[int, ...] = ()
) -> GateLine:
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
        next=next,
        items=items,
    )


def _towards(q: Towards, person: Person) -> GateLine:
    found = roads.roads(q, person)
    elsewhere = (*_due(q.case, person.label, q.day), *_today(q.case, q.day, q.today, q.to.key))
    conference = track(person, q.day)
    for kind in roads.YES:
        road = roads.of(found, kind)
        if road.may:
            return GateLine(
                person.label,
                True,
                conference,
                road.rule,
                road.basis,
                road.ground,
                road.facts,
                next=(*elsewhere, *road.next),
                article=road.article,
                roads=found,
            )
    asked = tuple(roads.of(found, kind) for kind in roads.CALM)
    discussed = conference is t.Track.SUPPORT and law.support_conference_law(q.day) is not None
    onward = (step for road in found if road.kind is not t.Ground.STATUTORY_REPORT for step in road.next)
    return GateLine(
        person.label,
        False,
        conference,
        asked[0].rule,
        asked[0].basis,
        law.ground_json(q.day) if discussed else None,
        (*dict.fromkeys(fact for road in asked for fact in road.facts), *_before_the_law(q.day)),
        tuple(dict.fromkeys(need for road in asked for need in road.needs)),
        (*elsewhere, *dict.fromkeys(onward)),
        article=asked[0].article,
        roads=found,
    )


def _at(case: Case, person: Person, at: At, on: date, now: date, names: Mapping[str, str]) -> GateLine:
    """In which conference the person is at that sitting, by what is known now of its day. Its members may speak of
    everybody in a support conference; the multi-layered one takes only those whose sharing holds."""
    found = held(person, t.Scope.SHARING, on)
    statute = law.support_conference_law(on)
    look = (
        *_due(case, person.label, on),
        Next("agenda", say("Look at the items, and who is expected."), f"toshima agenda {at.meeting}"),
    )
    multilayer = () if at.cancelled else at.items.get(t.ItemKind.MULTILAYER_CONFERENCE, ())
    support = () if at.cancelled else at.items.get(t.ItemKind.SUPPORT_CONFERENCE, ())
    if found.holds and multilayer:
        return _consented(found, names, next=look, items=multilayer)
    if statute and support:
        return GateLine(
            found.label,
            True,
            t.Track.SUPPORT,
            "share.support_conference.item",
            Basis.LAW,
            law.ground_json(on),
            (found.why,),
            next=look,
            article=statute.paragraph_one.code,
            items=support,
        )
    return _not_there(case, found, at, on, now, masked=bool(multilayer))


def _not_there(case: Case, found: Held, at: At, on: date, now: date, *, masked: bool) -> GateLine:
    """`masked`: the case has a multi-layered item there, in which this person stands as somebody not shared."""
    label = found.label
    wanted_there = say(
        "An item of {meeting} in which the part of {label} may be spoken of.", meeting=at.meeting, label=label
    )
    shown = say("There {label} stands only as a member whose part is not shared.", label=label)
    called_off = say("{meeting} was cancelled.", meeting=at.meeting)
    return GateLine(
        label,
        False,
        t.Track.MULTILAYER if found.holds else t.Track.SUPPORT,
        "share.meeting.cancelled" if at.cancelled else "share.meeting.no_item",
        Basis.PLAN,
        None,
        (*((called_off,) if at.cancelled else ()), *((shown,) if masked else ()), found.why, *_before_the_law(on)),
        (say("A sitting that takes place."),) if at.cancelled else (wanted_there,),
        (*_due(case, label, on), *(_today(case, on, now) if on < now else ()), *_another(case, max(on, now))),
    )


def _another(case: Case, day: date) -> tuple[Next, ...]:
    """A sitting that is over, or called off, takes up nothing more."""
    if ended := stages.refused_for_good(case, t.Act.REFER, day):
        return ended.next
    why = say("Call a sitting that takes the case up.")
    return (Next("convene", why, f"toshima convene stakeholder --case {case.number} --on {day}"),)
