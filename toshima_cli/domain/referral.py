"""Referrals (つなぎ): who passes on to whom, how an answer may follow an answer, and the duty to report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from shlex import quote

from toshima_cli.domain import calendar, law
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Concern, Person, Referral
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, say

VIOLENCE = "violence"
HEALTH = "health"

ADULT = 18  # 児童福祉法, 児童虐待防止法: a child is under 18
ELDER = 65  # 高齢者虐待防止法: 65 and over


def said(text: str | None) -> bool:
    """Whether there are words: a space or a dash, ー too, is not a reason."""
    return any(sign.isalnum() and sign not in "ーｰ" for sign in text or "")


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom something goes. `also` holds other codes of the same place: the chapter lists one centre twice."""

    kind: t.ToKind
    code: str | None
    name: str
    department: str | None = None
    operation: t.Operation | None = None
    also: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What `route --to` takes: the code, or `outside:NAME` for a body outside."""
        return self.code if self.code is not None else f"{t.ToKind.OUTSIDE}:{self.name}"

    @property
    def codes(self) -> frozenset[str]:
        return self.also | {self.code} if self.code is not None else self.also

    @property
    def place(self) -> frozenset[str]:
        """The codes under which something may be opened for it. A resource is itself alone: anybody enters one, and
        what merely sounds like a known place keeps an exception and opens nothing."""
        return frozenset({self.code} if self.code else ()) if self.kind is t.ToKind.RESOURCE else self.codes


@dataclass(frozen=True, slots=True)
class Sender:
    """Who passes on: the window of the actor, with its department and how it is run (None: not printed)."""

    window: str | None = None
    department: str | None = None
    operation: t.Operation | None = None


_K = t.ReportKind
_OLD, _GROWN = (_K.ELDER, _K.DISABLED, _K.CHILD), (_K.DISABLED, _K.ELDER, _K.CHILD)
_LIKELY = {
    "parent": _OLD,
    "grandparent": _OLD,
    "head": _GROWN,
    "spouse": _GROWN,
    "partner": _GROWN,
    "former_spouse": _GROWN,
}


def kinds_for(person: Person, concerned: Iterable[str], day: date) -> tuple[t.ReportKind, ...]:
    """Which report by law may be due for this person, on the day, the likeliest first. An unknown age leaves all three
    open; the place in the household says which is likely.

    Under 18 the child's law only (the law on disabled people leaves children at home to it); from 65 the elder's,
    with the disabled's beside it where a concern of health is noted; between them the disabled's, because a
    disability need not be known before one reports (ours: suspicion is enough).
    """
    if person.birth_date is None:
        return _LIKELY.get(person.relation, tuple(t.ReportKind))
    age = calendar.age_on(person.birth_date, day)
    if age < ADULT:
        return (t.ReportKind.CHILD,)
    if age < ELDER:
        return (t.ReportKind.DISABLED,)
    return (t.ReportKind.ELDER, t.ReportKind.DISABLED) if HEALTH in concerned else (t.ReportKind.ELDER,)


def report_kinds(case: Case, labels: Iterable[str], day: date) -> tuple[t.ReportKind, ...]:
    """The kinds for these people, the likeliest first; for nobody known, all of them."""
    wanted = frozenset(labels)
    found = dict.fromkeys(
        kind
        for person in case.people
        if person.label in wanted
        for kind in kinds_for(person, (c.code for c in case.concerns_on(day) if c.label == person.label), day)
    )
    return tuple(found or t.ReportKind)


def concerned(case: Case, kind: t.ReportKind, day: date) -> tuple[str, ...]:
    """Whom a report of that kind is about where nobody was named: those it is the likeliest report for; those it might
    be for, where an age is not known; of several, those for whom violence is noted. () is the household: a report by
    law is never kept waiting for a name. A child living with violence is reported about, whoever it was noted for.
    """
    # of who left too: a report may be about them; who is withheld is reported about from their own case (rule 11)
    harmed = {c.label for c in case.concerns if c.code == VIOLENCE and c.stands_on(day)}
    there = [p.label for p in case.people_on(day) or case.people if not p.withheld]
    kinds = {label: report_kinds(case, (label,), day) for label in there}
    likely = tuple(label for label, found in kinds.items() if found[0] is kind)
    about = likely or tuple(label for label, found in kinds.items() if kind in found)
    named = tuple(label for label in about if label in harmed)
    return named if named and kind is not t.ReportKind.CHILD else about


def reports(case: Case, day: date, staff: str) -> tuple[Referral, ...]:
    """The reports by law made up to that day, as far as `staff` may know of them."""
    who = case.coordinator_on(day)
    return tuple(
        r for r in case.referrals if r.ground is t.Ground.STATUTORY_REPORT and r.on <= day and r.open_to(staff, who)
    )


def minors(case: Case, day: date) -> tuple[str, ...]:
    """The children of the household, as far as their age is known."""
    return tuple(p.label for p in case.people_on(day) if p.birth_date and calendar.age_on(p.birth_date, day) < ADULT)


def threatened(case: Case, day: date) -> frozenset[str] | None:
    """Whom a concern of violence that stands on the day may be about: who it was noted for, everybody where it was
    noted for the household, and every child, whoever it was noted for; None where no such concern stands. What was
    noted for somebody withheld tells nobody anything, for no day (rule 11)."""
    unsaid = {p.label for p in case.people if p.withheld}
    noted = {c.label for c in case.concerns_on(day) if c.code == VIOLENCE} - unsaid
    if not noted:
        return None
    people = {p.label for p in case.people_on(day)} - unsaid
    return frozenset(people if None in noted else {label for label in noted if label} | ({*minors(case, day)} - unsaid))


def duty(case: Case, day: date, *, staff: str = "") -> tuple[tuple[t.ReportKind, law.Cite], ...]:
    """The duties to report that concerns of violence raise (rule 7), shown before anything else; () where none is, and
    none for those `staff` may know were reported about.

    A concern of the whole household may be anybody's, so every open person counts; and a child living with violence is
    a child to report about, whoever it was noted for.
    """
    labels = threatened(case, day)
    if labels is None:
        return ()
    made = reports(case, day, staff)
    without = labels - {report.label for report in made}
    of_nobody_known = {report.report_kind for report in made if report.label is None}
    due = set(() if labels and not without else report_kinds(case, without, day)) - of_nobody_known
    return tuple((kind, law.report_article(kind)) for kind in t.ReportKind if kind in due)


def suspected_since(
    concerns: Iterable[Concern], referrals: Iterable[Referral], born: Mapping[str, date | None]
) -> date | None:
    """Since when harm to the children of a case by the family is suspected; None where nothing speaks for it.

    Violence noted for a child, for the household or for another child of it (whoever is not known to be grown up), or
    a report by law about one of them that was not taken back. Violence noted for a grown-up is another matter: they
    may be the parent who suffers it, and who decides for the child (`deciders` warns). `born`: the birth dates by
    label.
    """
    marks = [(c.label, c.on) for c in concerns if c.code == VIOLENCE]
    marks += [
        (r.label, r.on)
        for r in referrals
        if r.ground is t.Ground.STATUTORY_REPORT
        and r.report_kind is t.ReportKind.CHILD
        and r.status_on(date.max) is not t.ReferralStatus.REVOKED
    ]
    return min((on for label, on in marks if not _grown_up(born.get(label or ""), on)), default=None)


def _grown_up(birth: date | None, day: date) -> bool:
    return birth is not None and calendar.age_on(birth, day) >= ADULT


_R = t.ReferralStatus

# Which answer may follow which (rule 7, completed by ours); an answer that ends a referral is followed by none.
ANSWERS: Mapping[t.ReferralStatus, tuple[t.ReferralStatus, ...]] = {
    _R.SENT: (_R.WAITING, _R.ACCEPTED, _R.DECLINED, _R.REVOKED),
    _R.WAITING: (_R.ACCEPTED, _R.DECLINED, _R.REVOKED),
    _R.ACCEPTED: (_R.COMPLETED, _R.REVOKED),
    _R.DECLINED: (),
    _R.REVOKED: (),
    _R.COMPLETED: (),
}

# Grounds on which somebody is expected to answer: an address given away and a report by law are not awaited.
AWAITED = frozenset({t.Ground.CONSENT, t.Ground.SAME_OFFICE, t.Ground.SUPPORT_CONFERENCE, t.Ground.EMERGENCY})

# A referral counts as unanswered after so many days (ours, the setting `unanswered_days`).
UNANSWERED_DAYS = 14


def awaiting(case: Case, day: date) -> tuple[Referral, ...]:
    """The referrals of the case whose answer is awaited on that day, the longest waiting first; none for who left."""
    found = (
        r
        for r in case.referrals
        if r.on <= day
        and r.ground in AWAITED
        and r.status_on(day) in (_R.SENT, _R.WAITING)
        and not case.left_by(r.label, day)
    )
    return tuple(sorted(found, key=lambda r: (r.on, r.seq, r.number)))


def open_already(case: Case, label: str | None, to: Recipient, day: date) -> Referral | None:
    """The referral of this person to the same place that stands open on that day: awaited, or accepted and not done.

    Reports by law are not looked at: they are their own people's to know of, and may be made again at any time.
    """
    found = (
        r
        for r in case.referrals
        if r.label == label
        and r.on <= day
        and r.ground in AWAITED
        and r.status_on(day) in (_R.SENT, _R.WAITING, _R.ACCEPTED)
        and (r.to_code in to.place if r.to_code is not None else r.to_name == to.name)
    )
    return next(found, None)


# The option of `route` that records each answer; waiting is not typed, it follows from nothing having come.
OPTIONS = {
    _R.ACCEPTED: "--accept {number}",
    _R.DECLINED: "--decline {number} --reason REASON",
    _R.COMPLETED: "--complete {number}",
    _R.REVOKED: "--revoke {number}",
}


def may_answer(
    case: Case, referral: Referral, status: t.ReferralStatus, day: date, *, reason: str | None = None
) -> Refusal | None:
    """Whether this answer may be recorded for the day: after the referral, in the order of the table, with a reason
    where it is declined."""
    if day < referral.on:
        return Refusal(
            "referral.before_sent",
            Basis.OURS,
            say("An answer cannot come before the referral."),
            facts=(say("{number} was sent on {on}.", number=referral.number, on=referral.on),),
            missing=(say("A date on or after {on}.", on=referral.on),),
            next=_answers(case, referral, referral.status_on(referral.on)),
        )
    now = referral.status_on(day)
    if status not in ANSWERS[now]:
        return Refusal(
            "referral.answer",
            Basis.OURS,
            say("{number} cannot be recorded as {status}.", number=referral.number, status=status),
            facts=(say("On {day} its status is {now}.", day=day, now=now),),
            missing=_possible(now),
            next=_answers(case, referral, now),
        )
    if status is _R.DECLINED and not said(reason):
        return Refusal(
            "referral.reason",
            Basis.PLAN,
            say("A referral is declined with a reason."),
            missing=(say("Why it was declined: the case goes on from there."),),
            next=(_answer(case, referral, _R.DECLINED),),
        )
    return None


def _possible(now: t.ReferralStatus) -> tuple[Say, ...]:
    if not ANSWERS[now]:
        return (say("Nothing follows this status; a new referral can be made."),)
    return (say("From there it can become: {possible}.", possible=ANSWERS[now]),)


def _answers(case: Case, referral: Referral, now: t.ReferralStatus) -> tuple[Next, ...]:
    found = tuple(_answer(case, referral, status) for status in ANSWERS[now] if status in OPTIONS)
    return found or (Next("refer", say("Refer anew."), f"toshima route {case.number} --to {quote(_key(referral))}"),)


def _answer(case: Case, referral: Referral, status: t.ReferralStatus) -> Next:
    option = OPTIONS[status].format(number=referral.number)
    return Next("refer", say("Record it as {status}.", status=status), f"toshima route {case.number} {option}")


def _key(referral: Referral) -> str:
    return referral.to_code or f"{t.ToKind.OUTSIDE}:{referral.to_name}"
