"""The grounds on which something is passed on (rule 7): what each asks for, and the refusal where it is not there.

Nothing here lets anything pass: `consent.may_share` asks, and builds the `Permit`.
"""

from dataclasses import dataclass
from datetime import date
from shlex import quote
from typing import Any

from toshima_cli.domain import law, ways
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Sitting
from toshima_cli.domain.held import ABOUT, Held, wanted
from toshima_cli.domain.referral import Recipient, Sender, said
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, say

Json = dict[str, Any]


def plain(ground: t.Ground, basis: Basis, article: str | None = None, text: str | None = None) -> Json:
    """A ground without a secrecy of its own, in the shape of cli.md; that of a support conference is the law's."""
    return {
        "kind": ground.value,
        "basis": basis.value,
        "article": article,
        "secrecy": None,
        "penalty": None,
        "penalty_text": None,
        "text": text,
    }


SHARED_BY_CONSENT = plain(t.Ground.CONSENT, Basis.PLAN, text="本人の同意")
"""A multi-layered conference rests on consent (chapter); the law does not mention it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the gate: whose part, to whom, from whom, on which day; `found` is what held on sharing."""

    case: Case
    labels: tuple[str, ...]
    to: Recipient
    sender: Sender
    day: date
    found: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a paper of a sitting is for: a colleague (`code`) or a guest. `windows`: every code the window or office they
    come from is known under; `secrecy`: they acknowledged the duty of secrecy for the day of the sitting."""

    name: str
    code: str | None = None
    office: str | None = None
    post: str | None = None
    windows: frozenset[str] = frozenset()
    secrecy: bool = False
    meeting: str = ""

    @property
    def key(self) -> tuple[str | None, str | None, str | None]:
        """What makes two of them one: the staff code; of a guest, the name and the office."""
        return (self.code, None, None) if self.code else (None, self.name, self.office)


def no_secrecy(case: Case, reader: Reader, day: date) -> Refusal | None:
    """Rule 4: a paper of a support conference goes to whoever acknowledged the secrecy it is held under."""
    statute = law.support_conference_law(day)
    if statute is not None and reader.secrecy:
        return None
    who = quote(reader.code) if reader.code else f"--guest {quote('|'.join((reader.name, reader.office or '')))}"
    return Refusal(
        "paper.secrecy",
        Basis.LAW,
        say("Papers of the support conference do not go to {name}.", name=reader.name),
        facts=(
            say("No acknowledgement of secrecy by {name} covers {day}.", name=reader.name, day=day)
            if statute
            else say("On {day} the law had no support conference.", day=day),
        ),
        missing=(say("An acknowledgement of secrecy by {name} that covers {day}.", name=reader.name, day=day),),
        next=(
            Next(
                "attend",
                say("Record their acknowledgement once they have given it."),
                f"toshima attend {reader.meeting or 'MEETING'} {who} --expected --secrecy",
            ),
        ),
        article=statute.secrecy.code if statute else None,
    )


def not_for_reader(case: Case, h: Held, reader: Reader) -> Refusal | None:
    """Rule 3: shown where sharing holds that day; rule 1: not to a window the person excepted."""
    kept_out = excepts(h, reader)
    if h.holds and not kept_out:
        return None
    fact = (
        say("{label} consented to {what}, but not with {to}.", label=h.label, what=ABOUT[h.scope], to=reader.name)
        if kept_out
        else h.why
    )
    return Refusal(
        f"share.consent.{'excluded' if kept_out else h.slug}",
        Basis.PLAN,
        say("The part of {label} is not shown to {name}.", label=h.label, name=reader.name),
        facts=(fact,),
        missing=(wanted(h),),
        next=(*ways.support_conference(case, (h.label,), h.day), *asking(case, (h,))),
    )


def excepts(h: Held, reader: Reader) -> bool:
    """Whether the person excepted the window or office the reader comes from."""
    return h.consent is not None and h.holds and bool(h.consent.excluding & reader.windows)


def excluded(h: Held, to: Recipient) -> bool:
    """Whether the person excepted this recipient, under any code it has."""
    return h.consent is not None and h.holds and bool(h.consent.excluding & to.codes)


def not_consented(q: Asked) -> Refusal | None:
    """Everyone's consent to sharing has to hold on the day, and none may have excepted the recipient."""
    lacking = tuple(h for h in q.found if not h.holds or excluded(h, q.to))
    if not lacking:
        return None
    first = lacking[0]
    holding = tuple(h.label for h in q.found if h not in lacking)
    without = tuple(h.label for h in lacking)
    return Refusal(
        f"share.consent.{'excluded' if first.holds else first.slug}",
        Basis.LAW,
        say("This cannot be passed on to {to} by consent.", to=q.to.name),
        facts=tuple(_exception(h, q.to) if h.holds else h.why for h in lacking),
        missing=tuple(_without_exception(h, q.to) if h.holds else wanted(h) for h in lacking),
        next=(
            *((ways.with_consent(q.case, q.to, holding),) if holding else ()),
            ways.address_only(q.case, q.to, without),
            *ways.support_conference(q.case, without, q.day),
            *asking(q.case, lacking),
        ),
        article=law.privacy_article(q.sender.operation).code,
    )


def not_one_office(q: Asked) -> Refusal | None:
    """One office: the ward's own section, or the very same place (two bodies commissioned by one section are two,
    ours); and not a window that one of the people excepted."""
    kept_out = tuple(h for h in q.found if excluded(h, q.to))
    ward = q.sender.operation is t.Operation.DIRECT and q.to.operation is t.Operation.DIRECT
    section = ward and q.sender.department is not None and q.to.department == q.sender.department
    place = q.sender.window is not None and q.to.code is not None and q.sender.window in q.to.place
    if (section or place) and not kept_out:
        return None
    labels = q.labels
    return Refusal(
        "share.same_office.excluded" if kept_out else "share.same_office",
        Basis.LAW,
        say("{to} is not of the same office.", to=q.to.name)
        if not kept_out
        else say("This cannot be passed on to {to} within the office.", to=q.to.name),
        facts=(*(_exception(h, q.to) for h in kept_out), _office(q)),
        missing=(say("The same section of the ward, or the same place, and nobody who excepted the window."),),
        next=(ways.look(q.case, q.to), ways.address_only(q.case, q.to, labels)),
        article=law.privacy_article(q.sender.operation).code,
    )


def _office(q: Asked) -> Say:
    unknown = say("not known")
    return say(
        "The sender belongs to {ours} ({run}), the recipient to {theirs} ({theirs_run}).",
        ours=q.sender.department or unknown,
        run=q.sender.operation or unknown,
        theirs=q.to.department or unknown,
        theirs_run=q.to.operation or unknown,
    )


def attended(case: Case, label: str, to: Recipient, day: date) -> Sitting | None:
    """The latest support conference up to the day that dealt with this person's part and that the recipient attended;
    a cancelled sitting, a dropped item, or one from before the law had a support conference counts for nothing."""
    found = [
        s
        for s in case.sittings
        if s.kind is t.ItemKind.SUPPORT_CONFERENCE
        and s.held_on <= day
        and not s.cancelled
        and not s.dropped
        and s.dealt_with
        and label in s.labels
        and _was_there(s, to)
        and law.support_conference_law(s.held_on) is not None
    ]
    return max(found, key=lambda s: (s.held_on, s.meeting, s.item), default=None)


def _was_there(sitting: Sitting, to: Recipient) -> bool:
    """A known place by its codes, a body outside by the very name its people attended under (what merely sounds alike
    keeps an exception, it opens nothing); by its department only where the ward runs it itself: the department's own
    people do not bring a commissioned body with them."""
    if to.name in sitting.windows or (to.code is not None and to.place & sitting.windows):
        return True
    return to.operation is t.Operation.DIRECT and to.department in sitting.windows


def not_attended(q: Asked) -> Refusal | None:
    """Only to a body that attended the support conference on these very people (rule 7, secrecy of the members), and
    that none of those who consent to sharing has excepted (ours)."""
    if kept_out := tuple(h for h in q.found if excluded(h, q.to)):
        return Refusal(
            "share.support_conference.excluded",
            Basis.OURS,
            say("This cannot be passed on to {to} on the ground of the support conference.", to=q.to.name),
            facts=tuple(_exception(h, q.to) for h in kept_out),
            missing=tuple(_without_exception(h, q.to) for h in kept_out),
            next=(ways.address_only(q.case, q.to, q.labels), ways.look(q.case, q.to)),
        )
    absent = tuple(label for label in q.labels if attended(q.case, label, q.to, q.day) is None)
    if not absent:
        return None
    found = law.support_conference_law(q.day)
    return Refusal(
        "share.support_conference",
        Basis.LAW,
        say("{to} did not attend a support conference on the people named.", to=q.to.name),
        facts=(
            say(
                "Up to {day}, no support conference on {labels} that {to} attended.",
                day=q.day,
                labels=absent,
                to=q.to.name,
            ),
        ),
        missing=(say("A support conference on {labels} with {to} present.", labels=absent, to=q.to.name),),
        next=(
            *ways.support_conference(q.case, absent, q.day),
            ways.address_only(q.case, q.to, q.labels),
            ways.look(q.case, q.to),
        ),
        article=found.secrecy.code if found else None,
    )


def not_urgent(q: Asked, reason: str | None) -> Refusal | None:
    """Life, body or property in danger, and consent hard to obtain: said in words."""
    if said(reason):
        return None
    return Refusal(
        "share.emergency.reason",
        Basis.LAW,
        say("Passing on in an emergency needs its reason."),
        facts=tuple(h.why for h in q.found),
        missing=(say("What threatens life, body or property, and why consent is hard to obtain."),),
        next=(ways.with_reason(q.case, q.to, q.labels), ways.address_only(q.case, q.to, q.labels)),
        article=law.privacy_article(q.sender.operation).code,
    )


def strangers(rule: str, labels: tuple[str, ...], case: Case, day: date) -> Refusal:
    """Somebody named is not among the open people of the day, or there is nobody at all (labels is then ())."""
    here = tuple(p.label for p in case.people_on(day)) or say("nobody")
    return Refusal(
        rule,
        Basis.OURS,
        say("Not everyone named belongs to this case on {day}.", day=day),
        facts=(
            *((say("Not in the case: {labels}.", labels=labels),) if labels else ()),
            say("The people in the case on {day}: {labels}.", day=day, labels=here),
        ),
        missing=(say("Labels of people who are in this case."),),
        next=(Next("refer", say("Look who belongs to the case."), f"toshima show {case.number}"),),
    )


def asking(case: Case, lacking: tuple[Held, ...]) -> tuple[Next, ...]:
    """Ask where it is for them to answer yet; a no is never asked away (rule 23)."""
    return tuple(ways.ask(case, h.label, h.scope, h.day) for h in lacking if h.unanswered)


def sat(sitting: Sitting, to: str) -> Say:
    return say(
        "{to} attended the support conference {meeting}, item {item}, on {on}.",
        to=to,
        meeting=sitting.meeting,
        item=sitting.item,
        on=sitting.held_on,
    )


def _exception(h: Held, to: Recipient) -> Say:
    return say("{label} consented to {what}, but not with {to}.", label=h.label, what=ABOUT[h.scope], to=to.name)


def _without_exception(h: Held, to: Recipient) -> Say:
    return say("Consent of {label} that does not except {to}.", label=h.label, to=to.name)
