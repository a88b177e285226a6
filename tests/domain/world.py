"""The world of the consent, sharing, gate and route tests: household A on 2026-11-24.

A (58) works no more, B (19) is A's child, C (84) is A's parent. Who consented to what is said by each test.
"""

from datetime import date
from typing import Protocol

from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Concern, Consent, Person, Referral, Sitting, Wish
from toshima_cli.domain.consent import Permit, may_share
from toshima_cli.domain.referral import Recipient, Sender
from toshima_cli.domain.verdict import Next, Refusal

DAY = date(2026, 11, 24)
OPENED = date(2026, 10, 5)

BOTH = frozenset(t.Scope)
PLAN = frozenset({t.Scope.PLAN})
SHARING = frozenset({t.Scope.SHARING})

HIKIKOMORI = Recipient(t.ToKind.WINDOW, "hikikomori", "ひきこもり相談窓口", "自立促進担当課", t.Operation.COMMISSIONED)
JOSEI = Recipient(t.ToKind.WINDOW, "josei", "女性相談窓口", "子育て支援課", t.Operation.DIRECT)
CLINIC = Recipient(t.ToKind.OUTSIDE, None, "みどり医院")

CSW = Sender("csw", "福祉総務課", t.Operation.COMMISSIONED)
KOSODATE = Sender("kosodate-info", "子育て支援課", t.Operation.DIRECT)


class HasNext(Protocol):
    @property
    def next(self) -> tuple[Next, ...]: ...


def row(
    decision: t.Decision = t.Decision.GIVEN,
    on: date = OPENED,
    *,
    seq: int = 1,
    scopes: frozenset[t.Scope] = BOTH,
    by: t.DecidedBy = t.DecidedBy.SELF,
    by_name: str | None = None,
    excluding: frozenset[str] = frozenset(),
    until: date | None = None,
    method: str = "signature",
    why: str | None = None,
) -> Consent:
    return Consent(on, seq, decision, scopes, method, by, by_name, excluding, until, why)


def person(
    label: str,
    *consents: Consent,
    born: date | None = date(1968, 5, 1),
    left: date | None = None,
    wishes: tuple[Wish, ...] = (),
) -> Person:
    return Person(
        id=ord(label),
        person_id=ord(label),
        label=label,
        name=None,
        kana=None,
        birth_date=born,
        sex="unknown",
        relation="other",
        joined_on=OPENED,
        left_on=left,
        consents=consents,
        wishes=wishes,
    )


def case(
    *people: Person,
    concerns: tuple[Concern, ...] = (),
    referrals: tuple[Referral, ...] = (),
    sittings: tuple[Sitting, ...] = (),
    window: str = "csw",
) -> Case:
    return Case(
        id=1,
        number="2026-0042",
        opened_on=OPENED,
        origin=t.Origin.INTAKE,
        window=window,
        channel="self",
        people=people,
        concerns=concerns,
        referrals=referrals,
        sittings=sittings,
    )


def concern(code: str, label: str | None = None, *, pressing: bool = False, on: date = OPENED) -> Concern:
    return Concern(on, 1, code, label, pressing)


def referral(
    number: str = "R2026-0001",
    *,
    label: str | None = "A",
    on: date = OPENED,
    ground: t.Ground = t.Ground.CONSENT,
    kind: t.ReportKind | None = None,
    to: Recipient = HIKIKOMORI,
) -> Referral:
    return Referral(on, 1, number, label, to.kind, to.code, to.name, ground, None, "csw", kind)


def sitting(
    kind: t.ItemKind = t.ItemKind.SUPPORT_CONFERENCE,
    *labels: str,
    on: date = date(2026, 10, 8),
    windows: tuple[str, ...] = ("csw",),
    item: int = 1,
    cancelled: bool = False,
    dropped: bool = False,
) -> Sitting:
    return Sitting(
        meeting="M2026-0001",
        body=t.Body.STAKEHOLDER,
        held_on=on,
        item=item,
        kind=kind,
        purpose=t.Purpose.APPROACH,
        part=t.Part.DISCUSSION,
        outcome=t.Outcome.APPROACH,
        labels=labels,
        windows=frozenset(windows),
        cancelled=cancelled,
        dropped=dropped,
    )


def ask(
    of: Case,
    labels: tuple[str, ...],
    ground: t.Ground,
    *,
    to: Recipient = HIKIKOMORI,
    day: date = DAY,
    sender: Sender = CSW,
    reason: str | None = None,
    kind: t.ReportKind | None = None,
) -> Permit | Refusal:
    return may_share(of, labels, to, ground, day, sender=sender, reason=reason, report_kind=kind)


def permitted(answer: Permit | Refusal) -> Permit:
    assert isinstance(answer, Permit), answer
    return answer


def refused(answer: Permit | Refusal) -> Refusal:
    assert isinstance(answer, Refusal), answer
    return answer


def lines(found: HasNext) -> list[str]:
    """The lines to paste of a refusal or of a line of the gate."""
    return [step.command for step in found.next]


# C refused on 9 October, by word of mouth.
HOUSE = case(
    person("A", row()), person("B", row()), person("C", row(t.Decision.REFUSED, date(2026, 10, 9), method="oral"))
)
