"""② ③ Passing on: to a coordinator, to one window, or to whoever can help. Every referral carries its Permit."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import facts, places
from toshima_cli.db import Store, Work, queries
from toshima_cli.domain import stages
from toshima_cli.domain.case import Case, Referral
from toshima_cli.domain.consent import Permit, may_share
from toshima_cli.domain.held import ended_since
from toshima_cli.domain.referral import AWAITED, Recipient, concerned, may_answer, open_already, report_kinds
from toshima_cli.domain.terms import Act, Ground, ReferralStatus, ReportKind
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, Warned, all_of, say
from toshima_cli.exits import NotFound
from toshima_cli.flow import holders
from toshima_cli.flow.done import case_of, done, people_of, step
from toshima_cli.tables import AssignmentRow, ReferralAnswerRow, ReferralRow
from toshima_cli.unknown import not_found


@dataclass(frozen=True, slots=True)
class Passing:
    """What is passed on, on what ground, to whom: codes of windows, programmes or resources, or `outside:NAME`.

    `labels` empty: every open person of the case; of a report by law whose kind is named, those that kind is about, or
    the household. `needing_protection`: 要保護児童 where abuse is not suspected.
    """

    to: tuple[str, ...]
    ground: Ground
    on: date
    labels: tuple[str, ...] = ()
    reason: str | None = None
    report_kind: ReportKind | None = None
    needing_protection: bool = False


def refer(store: Store, number: str, passing: Passing) -> Done | Refusal:
    """1 does the stage allow it · 2 a Permit for every person and recipient, or none at all · 3 the referrals."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        by_law = passing.ground is Ground.STATUTORY_REPORT
        labels = _labels(case, passing)
        people_of(w, case, filter(None, labels))
        w.begin("route", passing.on, case.id)
        refused = None if by_law else stages.may(case, Act.REFER, passing.on)
        danger = passing.ground is Ground.EMERGENCY and stages.ended(case, passing.on)
        if isinstance(refused, Refusal) and not danger:
            return refused
        sender = places.sender(w.conn, w.actor, case)
        recipients = [places.recipient(w.conn, code) for code in passing.to]
        asked = [
            (
                label,
                to,
                may_share(
                    case,
                    (label,) if label is not None else (),
                    to,
                    passing.ground,
                    passing.on,
                    sender=sender,
                    reason=passing.reason,
                    report_kind=passing.report_kind,
                    needing_protection=passing.needing_protection,
                ),
            )
            for to in recipients
            for label in labels
        ]
        lacking = all_of(answer for _, _, answer in asked if isinstance(answer, Refusal))
        if lacking:
            return lacking
        numbers = [
            _write(w, case, label, to, permit, passing, sender.window or case.window)
            for label, to, permit in asked
            if isinstance(permit, Permit)
        ]
        return done(
            w,
            case,
            say(
                "Passed on: {numbers} → {to} ({ground}).",
                numbers=tuple(numbers),
                to=tuple(to.name for to in recipients),
                ground=passing.ground,
            ),
            numbers[0],
            passing.on,
            data={"referral": numbers[0], "referrals": numbers, "ground": passing.ground},
            warnings=(
                *_kinds(case, labels, passing, [permit for _, _, permit in asked if isinstance(permit, Permit)]),
                *_open_already(case, passing, [(label, to) for label, to, _ in asked]),
                *(ended_since(case, labels, passing.on, w.today) if passing.ground is Ground.CONSENT else ()),
            ),
        )

    # a report by law too: a verb of its own would tell in the journal who is reported about (rule 7)
    return store.work("route", do)


def _labels(case: Case, passing: Passing) -> tuple[str | None, ...]:
    """Whose part is passed on; (None,) is the household, in a report by law that is about nobody known. Who left to a
    case of their own under restriction is passed on from there alone (rule 11)."""
    if passing.labels:
        return passing.labels
    there = tuple(p.label for p in case.people_on(passing.on) if not p.withheld)
    if passing.ground is not Ground.STATUTORY_REPORT:
        return there
    if passing.report_kind is not None:
        return concerned(case, passing.report_kind, passing.on) or (None,)
    # made before the case was opened, or after everybody left
    return there or tuple(p.label for p in case.people if not p.withheld) or (None,)


def _open_already(case: Case, passing: Passing, asked: list[tuple[str | None, Recipient]]) -> tuple[Warned, ...]:
    """Several referrals to one place are no mistake; that one is open already is worth a look."""
    found = []
    for label, to in asked:
        before = open_already(case, label, to, passing.on) if passing.ground in AWAITED else None
        if before is not None:
            message = say(
                "{label}: {referral} to {to} is open already.",
                label=label or say("household"),
                referral=before.number,
                to=to.name,
            )
            found.append(Warned("referral.open", message))
    return tuple(found)


def _kinds(case: Case, labels: tuple[str | None, ...], passing: Passing, permits: list[Permit]) -> tuple[Warned, ...]:
    """Which law a report was recorded under, where another may be meant and none was named."""
    if passing.report_kind or passing.ground is not Ground.STATUTORY_REPORT:
        return ()
    kinds = tuple(dict.fromkeys(permit.report_kind for permit in permits if permit.report_kind))
    if all(len(report_kinds(case, (label,), passing.on)) == 1 for label in labels if label is not None):
        return ()
    message = say("Recorded as a report about: {kinds}. Where another is meant, name it with --kind.", kinds=kinds)
    return (Warned("report.kind", message),)


def _write(w: Work, case: Case, label: str | None, to: Recipient, permit: Permit, passing: Passing, window: str) -> str:
    """Disclosing: only with a Permit, and the facts it saw are kept with the referral."""
    number, _, _ = w.number_of_year("referral", passing.on, "R")
    member = next((p for p in case.people if p.label == label), None)
    w.about(("referral", number), *((("person", str(member.person_id)),) if member else ()))
    w.add(
        ReferralRow(
            seq=w.seq,
            on_date=passing.on,
            number=number,
            case_id=case.id,
            member_id=member.id if member else None,
            to_kind=to.kind,
            to_code=to.code,
            to_name=to.name,
            ground=permit.ground,
            report_kind=permit.report_kind,
            reason=passing.reason,
            from_window=window,
            permit=json.dumps(permit.to_json(), ensure_ascii=False),
        )
    )
    return number


def answer(
    store: Store, number: str, status: ReferralStatus, on: date, reason: str | None, case_number: str | None = None
) -> Done | Refusal:
    """Record what became of a referral: accepted, declined with its reason, completed, revoked."""

    def do(w: Work) -> Done | Refusal:
        row = queries("books").referral_case(w.conn, number=number, viewer=w.actor)
        case = case_of(w, case_number or row["case_number"]) if row else None
        # one made in a case that was found to be the same household is answered here too
        if row is None or case is None or row["case_number"] not in (case.number, *case.merged):
            raise NotFound(say("There is no referral {number} in this case.", number=number))
        referral = next((r for r in case.referrals if r.number == number), None)
        person = case.person(referral.label) if referral and referral.label else None
        if referral is None or (person is not None and person.withheld):
            raise not_found([("referral", number)])
        w.about(("referral", number))
        w.begin("route", on, case.id)
        refused = _own(case, referral, w.actor, on) or may_answer(case, referral, status, on, reason=reason)
        if refused:
            return refused
        w.add(ReferralAnswerRow(seq=w.seq, on_date=on, referral_id=row["id"], status=status, reason=reason))
        return done(
            w,
            case,
            say("{number} to {to}: {status}.", number=number, to=referral.to_name, status=status),
            number,
            on,
            data={"referral": number, "status": status},
        )

    return store.work("route", do)


def _own(case: Case, referral: Referral, actor: str, on: date) -> Refusal | None:
    """A report by law is its own people's (rule 7): nobody else answers it, or learns of it by trying."""
    if referral.open_to(actor, case.coordinator_on(on)):
        return None
    return Refusal(
        rule="referral.own_people",
        basis=Basis.OURS,
        message=say("{number} is being dealt with under the law, by those who made it.", number=referral.number),
        facts=(say("Recorded by somebody else, and you are not the coordinator of the case."),),
        missing=(say("An answer typed by one of them (--as)."),),
        next=(Next("show", say("Look at the case."), f"toshima show {case.number}"),),
    )


def escalate(store: Store, number: str, coordinator: str, on: date, reason: str | None) -> Done | Refusal:
    """② The case goes to a coordinator; the window that received it stays on."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        w.begin("route", on, case.id)
        refused = hand_over(w, case, coordinator, on, reason)
        if refused:
            return refused
        return done(
            w,
            case,
            say(
                "Case {case} goes to coordinator {staff}. The window that received it stays on.",
                case=case.number,
                staff=coordinator,
            ),
            case.number,
            on,
            data={"coordinator": coordinator},
        )

    return store.work("route", do)


def hand_over(w: Work, case: Case, coordinator: str, on: date, reason: str | None = None) -> Refusal | None:
    """Ask the stage table and write who coordinates the case, by the act of this transaction."""
    refused = step(w, case, Act.ESCALATE, on, reason)
    if refused:
        return refused
    w.add(AssignmentRow(seq=w.seq, on_date=on, case_id=case.id, staff_code=coordinator))
    if case.restricted:
        holders.add(w, case.id, (coordinator,))
    w.about(("staff", coordinator))
    return None


def needs_reason(store: Store, number: str, on: date) -> bool:
    """Whether settling it has to say why: from everywhere but the first reception."""

    def read(conn: Any) -> Case | None:
        return facts.load(conn, number)

    seen = store.look("route", read, lambda _: [("case", number)], on=on)
    stage = seen.value.stage_on(on) if seen.value else None
    return stage is not None and bool(stages.asks(stage, Act.SETTLE))


def settle(store: Store, number: str, on: date, reason: str | None) -> Done | Refusal:
    """The case is supported at its window alone."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        w.begin("route", on, case.id)
        refused = step(w, case, Act.SETTLE, on, reason)
        if refused:
            return refused
        return done(w, case, say("Case {case} is supported at its window.", case=case.number), case.number, on)

    return store.work("route", do)
