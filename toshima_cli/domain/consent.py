"""Consent: what held on a date, and the one place that lets something about a person pass on.

1. `held` (written in `held.py`) reads one person's rows: the last one that touches the scope decides.
2. `may_plan` asks it for the people of a plan; `may_share` asks it, or another lawful ground, for what is passed on.
3. `may_share` answers with a `Permit`, built here and nowhere else; whoever discloses something has to hold one.

Each ground's own conditions stand in `grounds.py`, who may decide for whom in `deciders.py`, the question without an
act in `gate.py`.
"""

from dataclasses import InitVar, dataclass, replace
from datetime import date

from toshima_cli.domain import grounds, law, ways
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Person, Sitting
from toshima_cli.domain.deciders import Decider, Deciders, may_record
from toshima_cli.domain.grounds import Json
from toshima_cli.domain.held import Held, held, holds, holds_towards, labels_holding, track, wanted
from toshima_cli.domain.referral import Recipient, Sender, report_kinds
from toshima_cli.domain.verdict import Basis, Refusal, Say, say

__all__ = [
    "Decider",
    "Deciders",
    "Held",
    "Permit",
    "held",
    "holds",
    "holds_towards",
    "labels_holding",
    "may_plan",
    "may_read",
    "may_record",
    "may_share",
    "may_sign",
    "track",
]


def may_plan(case: Case, labels: tuple[str, ...], day: date, *, source: str | None = None) -> Refusal | None:
    """Whether a plan may be made for these people on the day: each one's consent to `plan` holds (chapter, rule 2).

    `source` is the file typed after `--from`, so that the line to paste is complete. Nobody named is refused too: a
    plan for no one would otherwise pass every test.
    """
    people = {p.label: p for p in case.people_on(day)}
    if strangers := tuple(label for label in labels if label not in people):
        return grounds.strangers("consent.plan.not_in_case", strangers, case, day)
    found = [held(people[label], t.Scope.PLAN, day) for label in labels or people]
    lacking = tuple(h for h in found if not h.holds)
    if labels and not lacking:
        return None
    holding = tuple(h.label for h in found if h.holds)
    without = tuple(h.label for h in lacking)
    return Refusal(
        f"consent.plan.{lacking[0].slug if labels else 'nobody'}",
        Basis.PLAN,
        say("The support plan cannot be made."),
        facts=(
            *(h.why for h in lacking),
            say("A plan is made for the people who consent to it (the ward's plan, flow of the two conferences)."),
        ),
        missing=tuple(wanted(h) for h in lacking) if labels else (say("At least one person of the plan."),),
        next=(
            *((ways.plan_for(case, holding, source),) if holding else ()),
            *(ways.support_conference(case, without, day) if without else ()),
            *grounds.asking(case, lacking),
        ),
    )


# Known to this module alone, so that a Permit made elsewhere fails, whatever the type checker was told.
_SEAL = object()


@dataclass(frozen=True)
class Permit:
    """The leave to pass something on, with what it was decided on. Only `may_share`, `may_read` and
    `may_sign` make one.

    `labels` are the people whose part moves (with `none_shared`: whom the address is for; () the household), `to` is
    the recipient's code or name, `text` the Japanese cite or None, `seen` the facts as of `on`: a withdrawal dated
    back later never makes this passing on unlawful (rule 24). `office` is the department of `same_office`.
    """

    case: str
    labels: tuple[str, ...]
    ground: t.Ground
    to: str
    on: date
    basis: Basis
    article: str | None
    text: str | None
    seen: tuple[Held | Sitting, ...]
    office: str | None
    report_kind: t.ReportKind | None
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("a Permit is made by may_share, may_read and may_sign only")

    @property
    def facts(self) -> tuple[Say, ...]:
        return tuple(fact.why if isinstance(fact, Held) else grounds.sat(fact, self.to) for fact in self.seen)

    def ground_json(self) -> Json:
        """The ground in the shape of cli.md; for a support conference with its secrecy and penalty of that day."""
        if self.ground is t.Ground.SUPPORT_CONFERENCE:
            return law.ground_json(self.on)
        return grounds.plain(self.ground, self.basis, self.article, self.text)

    def to_json(self) -> Json:
        """What is stored with the referral: slugs, labels, numbers and dates, no typed text but a body's own name."""
        return {
            "case": self.case,
            "labels": list(self.labels),
            "to": self.to,
            "on": self.on.isoformat(),
            "report_kind": self.report_kind.value if self.report_kind else None,
            "office": self.office,
            "ground": self.ground_json(),
            "facts": [_sitting_json(fact) if isinstance(fact, Sitting) else _held_json(fact) for fact in self.seen],
        }


def _sitting_json(fact: Sitting) -> Json:
    return {"fact": "sitting", "meeting": fact.meeting, "item": fact.item, "held_on": fact.held_on.isoformat()}


def _held_json(fact: Held) -> Json:
    row = fact.consent
    return {
        "fact": "consent",
        "person": fact.label,
        "scope": fact.scope.value,
        "decision": fact.decision.value,
        "holds": fact.holds,
        "on": row.on.isoformat() if row else None,
        "method": row.method if row else None,
        "decided_by": row.decided_by.value if row else None,
        "expires_on": row.expires_on.isoformat() if row and row.expires_on else None,
        "excluding": sorted(row.excluding) if row else [],
    }


def may_share(
    case: Case,
    labels: tuple[str, ...],
    to: Recipient,
    ground: t.Ground,
    day: date,
    *,
    sender: Sender,
    reason: str | None = None,
    report_kind: t.ReportKind | None = None,
    needing_protection: bool = False,
) -> Permit | Refusal:
    """Whether the part of these people may go to the recipient on that ground, on that day (rule 7).

    () for `labels` is the household: every open person, so that naming nobody is never a way around anybody's no. A
    report by law is never refused, whatever stands in the books; nor is an address that carries no data. The stage of
    the case is asked elsewhere (`stages.may`).
    """
    labels = tuple(dict.fromkeys(labels))

    def permit(
        basis: Basis,
        cite: law.Cite | None,
        seen: tuple[Held | Sitting, ...] = (),
        office: str | None = None,
        kind: t.ReportKind | None = None,
    ) -> Permit:
        article, text = (cite.code, cite.ja) if cite else (None, None)
        name = to.code or to.name
        return Permit(case.number, labels, ground, name, day, basis, article, text, seen, office, kind, seal=_SEAL)

    if ground is t.Ground.STATUTORY_REPORT:
        kind = report_kind or report_kinds(case, labels or _open(case, day), day)[0]
        return permit(Basis.LAW, law.report_article(kind, needing_protection), kind=kind)
    if ground is t.Ground.NONE_SHARED:
        return permit(Basis.OURS, None)

    labels = labels or _open(case, day)
    # Somebody who has left the household may still be in danger: an emergency asks for nobody's staying.
    people = case.people if ground is t.Ground.EMERGENCY else case.people_on(day)
    found = tuple(held(p, t.Scope.SHARING, day) for p in people if p.label in labels)
    strangers = tuple(label for label in labels if label not in {h.label for h in found})
    if strangers or not labels:
        return grounds.strangers("share.not_in_case", strangers, case, day)

    asked = grounds.Asked(case, labels, to, sender, day, found)
    cite = law.privacy_article(sender.operation)
    if ground is t.Ground.CONSENT:
        return grounds.not_consented(asked) or permit(Basis.LAW, cite, found)
    if ground is t.Ground.SAME_OFFICE:
        return grounds.not_one_office(asked) or permit(Basis.LAW, cite, found, office=to.department)
    if ground is t.Ground.EMERGENCY:
        return grounds.not_urgent(asked, reason) or permit(Basis.LAW, cite, found)
    met = tuple(s for label in labels if (s := grounds.attended(case, label, to, day)))
    conference = law.support_conference_law(day)
    return grounds.not_attended(asked) or permit(
        Basis.LAW, conference.paragraph_one if conference else None, tuple(dict.fromkeys(met))
    )


def may_read(
    case: Case,
    label: str,
    kind: t.ItemKind,
    reader: grounds.Reader,
    day: date,
    handed_on: date,
    elsewhere: tuple[Person, ...] = (),
) -> Permit | Refusal:
    """Whether a paper of a sitting held on `day` may show this person to its reader (rules 3 and 4).

    Under a support conference to whoever acknowledged secrecy; under every other item where the person's sharing holds
    that day. Where the reader comes from a window they excepted, under neither (ours). A copy handed out after the
    sitting is a new sharing: consent has to hold on that day too (rule 6), in every case they stand in by then
    (`elsewhere`, the same human being there). Who left to a case of their own under restriction stands in no paper of
    the household, of whatever day and whoever reads (rule 11).
    """
    person = case.person(label)
    if person is None or person.withheld or person.hidden:
        return grounds.strangers("share.not_in_case", (), case, day)
    found = [held(person, t.Scope.SHARING, on) for on in sorted({day, max(day, handed_on)})]
    if handed_on > day:
        there = (held(replace(other, label=label), t.Scope.SHARING, handed_on) for other in elsewhere)
        found += (h for h in there if h.consent is not None and h.consent.on >= day)

    def permit(ground: t.Ground, basis: Basis, cite: law.Cite | None, text: str | None) -> Permit:
        article, said = (cite.code, cite.ja) if cite else (None, text)
        to = reader.code or reader.name
        return Permit(case.number, (label,), ground, to, day, basis, article, said, (found[0],), None, None, seal=_SEAL)

    if kind is t.ItemKind.SUPPORT_CONFERENCE:
        statute = law.support_conference_law(day)
        kept_out = (grounds.not_for_reader(case, h, reader) for h in found if grounds.excepts(h, reader))
        refused = grounds.no_secrecy(case, reader, day) or next(kept_out, None)
        return refused or permit(
            t.Ground.SUPPORT_CONFERENCE, Basis.LAW, statute.paragraph_one if statute else None, None
        )
    refused = next((no for h in found if (no := grounds.not_for_reader(case, h, reader))), None)
    return refused or permit(t.Ground.CONSENT, Basis.PLAN, None, grounds.SHARED_BY_CONSENT["text"])


def may_sign(case: Case, label: str, day: date, printed_on: date) -> Permit | Refusal:
    """Whether a sheet of the support plan may be made for this person to sign (rule 2): their consent to `plan` holds
    on its day, and on the day it is printed too, since a withdrawal acts from its date on (rule 6)."""
    days = sorted({day, max(day, printed_on)})
    refused = next((no for on in days if (no := may_plan(case, (label,), on))), None)
    if refused is not None:
        return refused
    seen = tuple(held(p, t.Scope.PLAN, day) for p in case.people_on(day) if p.label == label)
    text = grounds.SHARED_BY_CONSENT["text"]
    return Permit(
        case.number, (label,), t.Ground.CONSENT, label, day, Basis.PLAN, None, text, seen, None, None, seal=_SEAL
    )


def _open(case: Case, day: date) -> tuple[str, ...]:
    return tuple(p.label for p in case.people_on(day))
