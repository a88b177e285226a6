"""The six grounds of rule 7 as roads: towards one recipient, for one person, what each would need on that day.

They stand in a fixed order: the duty to report, the person's own word, the office, the statutory conference, danger,
and what is always possible. Whether a report by law was made already is never looked at: it is told to its own people
only (rule 7).
"""

from dataclasses import dataclass
from datetime import date

from toshima_cli.domain import grounds, stages, ways
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Person, Sitting
from toshima_cli.domain.consent import Permit, may_share
from toshima_cli.domain.grounds import Json
from toshima_cli.domain.held import held
from toshima_cli.domain.law import report_article
from toshima_cli.domain.referral import Recipient, Sender, report_kinds, threatened
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, say

G = t.Ground

YES = (G.CONSENT, G.SAME_OFFICE, G.SUPPORT_CONFERENCE)
"""The grounds that need no further word, the one to be taken first: where one holds, the answer is yes."""

CALM = (G.CONSENT, G.SUPPORT_CONFERENCE)
"""Those a refusal speaks of. One office is one or is not: nobody can bring it about."""


@dataclass(frozen=True, slots=True)
class Towards:
    """The question: to whom, from whom, on which day, asked on which day."""

    case: Case
    to: Recipient
    sender: Sender
    day: date
    today: date


@dataclass(frozen=True, slots=True)
class Road:
    """One ground. `may`: whether it is open as it stands; with `emergency` never, it needs its reason; with
    `none_shared` what is open is the address, nothing of the person. `due`: a duty to report stands. `ground`: in the
    shape of cli.md, where it is open. `facts` are what an answer by this ground rests on."""

    kind: t.Ground
    may: bool
    rule: str
    basis: Basis
    article: str | None
    ground: Json | None = None
    facts: tuple[Say, ...] = ()
    needs: tuple[Say, ...] = ()
    next: tuple[Next, ...] = ()
    due: bool = False


def roads(q: Towards, person: Person) -> tuple[Road, ...]:
    """Every ground, in the order of this module. Whoever is asked of has to be in the case on the day."""
    shut = stages.refused_for_good(q.case, t.Act.REFER, q.day)
    return (
        _report(q, person.label),
        *(_shut(kind, shut) if shut else _asked(q, person, kind) for kind in YES),
        _emergency(q, person.label),
        _shut(G.NONE_SHARED, shut) if shut else _address(q, person.label),
    )


def of(found: tuple[Road, ...], kind: t.Ground) -> Road:
    return next(road for road in found if road.kind is kind)


def _answer(q: Towards, label: str, kind: t.Ground) -> Permit | Refusal:
    return may_share(q.case, (label,), q.to, kind, q.day, sender=q.sender)


def _past(q: Towards) -> date | None:
    return q.day if q.day < q.today else None


def _shut(kind: t.Ground, shut: Refusal) -> Road:
    """The case has ended: nothing goes on from it until it is opened again."""
    return Road(kind, False, shut.rule, shut.basis, shut.article, facts=shut.facts, needs=shut.missing, next=shut.next)


def _report(q: Towards, label: str) -> Road:
    """Never refused; its kind by age. It goes to the office that takes such reports, whoever was asked about."""
    threat = threatened(q.case, q.day)
    kind = report_kinds(q.case, (label,), q.day)[0]
    return Road(
        G.STATUTORY_REPORT,
        True,
        "share.statutory_report",
        Basis.LAW,
        report_article(kind).code,
        needs=(say("A suspicion is enough; no consent is asked."),),
        next=(ways.report(q.case, label, kind),),
        due=threat is not None and label in threat,
    )


_RULES = {
    G.CONSENT: "share.consent.given",
    G.SAME_OFFICE: "share.same_office.one",
    G.SUPPORT_CONFERENCE: "share.support_conference.attended",
}


def _asked(q: Towards, person: Person, kind: t.Ground) -> Road:
    answer = _answer(q, person.label, kind)
    if isinstance(answer, Refusal):
        return Road(
            kind,
            False,
            answer.rule,
            answer.basis,
            answer.article,
            facts=answer.facts,
            needs=answer.missing,
            next=_towards_it(q, person, kind, answer),
        )
    return Road(
        kind,
        True,
        _RULES[kind],
        answer.basis,
        answer.article,
        ground=answer.ground_json(),
        facts=(*_seen(q, answer), *_office(q, kind)),
        next=_doing(q, person.label, kind),
    )


def _seen(q: Towards, permit: Permit) -> tuple[Say, ...]:
    """What it was decided on, with the recipient by name."""
    return tuple(grounds.sat(fact, q.to.name) if isinstance(fact, Sitting) else fact.why for fact in permit.seen)


def _office(q: Towards, kind: t.Ground) -> tuple[Say, ...]:
    """That it stays within the office, beside what the person said of sharing."""
    return (say("{to} and the sender are one office.", to=q.to.name),) if kind is G.SAME_OFFICE else ()


def _doing(q: Towards, label: str, kind: t.Ground) -> tuple[Next, ...]:
    """The line that passes it on, on the ground found; none for a day to come: it is found on that day."""
    if q.day > q.today:
        return ()
    past = _past(q)
    why = (
        say("Record that the part of {label} was passed on that day, on this ground.", label=label)
        if past
        else say("Pass on the part of {label}, on this ground.", label=label)
    )
    return (ways.pass_on(q.case, q.to, label, kind, why, on=past),)


def _towards_it(q: Towards, person: Person, kind: t.Ground, refusal: Refusal) -> tuple[Next, ...]:
    """What can be done so that the ground comes to hold; nothing for a day that is past, nor against an exception."""
    if _past(q) or refusal.rule.endswith("excluded"):
        return ()
    if kind is G.CONSENT:
        return grounds.asking(q.case, (held(person, t.Scope.SHARING, q.day),))
    return ways.conference_with(q.case, q.to, q.day) if kind is G.SUPPORT_CONFERENCE else ()


def _emergency(q: Towards, label: str) -> Road:
    """Asked without a reason, so that what it needs is named."""
    answer = _answer(q, label, G.EMERGENCY)
    needs = answer.missing if isinstance(answer, Refusal) else ()
    why = say("Only in an emergency: what threatens life, body or property, and why consent is hard to obtain.")
    return Road(
        G.EMERGENCY,
        False,
        "share.emergency.reason",
        Basis.LAW,
        answer.article,
        needs=needs,
        next=(ways.pass_on(q.case, q.to, label, G.EMERGENCY, why, on=_past(q)),),
    )


def _address(q: Towards, label: str) -> Road:
    why = say("Give the address only: nothing about the person moves.")
    step = ways.pass_on(q.case, q.to, label, G.NONE_SHARED, why, reason=False, on=_past(q))
    return Road(G.NONE_SHARED, True, "share.none_shared", Basis.OURS, None, next=(step,))
