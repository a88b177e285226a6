"""The end of a case: a conclusion, which asks for what its reason asks for and no more; or an interruption."""

from dataclasses import dataclass
from datetime import date

from toshima_cli import facts, places
from toshima_cli.db import Store, Work
from toshima_cli.domain import close as rules
from toshima_cli.domain.case import Case
from toshima_cli.domain.people import across
from toshima_cli.domain.terms import Act, EndReason, Stage
from toshima_cli.domain.verdict import Done, Next, Refusal, Say, Warned, say
from toshima_cli.exits import Missing, NotFound
from toshima_cli.flow.done import case_of, done, step
from toshima_cli.tables import CaseLinkRow, EndingChangeRow, EndingRow


@dataclass(frozen=True, slots=True)
class Closing:
    on: date
    reason: EndReason
    lead: str | None = None
    evaluation: str | None = None
    wish: str | None = None
    groundwork: str | None = None
    tried: str | None = None
    kept: str | None = None
    changes: tuple[str, ...] = ()


def conclude(store: Store, number: str, closing: Closing) -> Done | Refusal:
    """1 what the reason asks for · 2 may this case end for it · 3 the ending · 4 what a sitting still owes it.

    Raises Missing (exit 6) with every answer the reason asks for.
    """

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        seq = w.begin("close", closing.on, case.id)
        given = _given(case, closing)
        lacking = rules.missing(closing.reason, given)
        if lacking:
            raise Missing(lacking)
        kept = _kept(w, case.number, closing.kept)
        refused = (
            rules.may_conclude(case, closing.reason, closing.on, given)
            or (across(case, kept) if kept and kept.restricted is not case.restricted else None)
            or step(w, case, Act.CONCLUDE, closing.on, closing.reason)
        )
        if refused:
            return refused
        ending_id = w.put(
            EndingRow(
                seq=seq,
                on_date=closing.on,
                case_id=case.id,
                stage=Stage.CLOSED,
                reason=closing.reason,
                lead=given.lead,
                evaluation=closing.evaluation,
                wish=closing.wish,
                groundwork=closing.groundwork,
                tried=closing.tried,
                kept_id=kept.id if kept else None,
            )
        )
        w.add(*(EndingChangeRow(ending_id=ending_id, code=code) for code in dict.fromkeys(closing.changes)))
        if kept is not None:
            w.add(CaseLinkRow(seq=seq, on_date=closing.on, case_id=case.id, other_id=kept.id, kind="duplicate"))
        return done(
            w,
            case,
            say("Case {case} is concluded: {reason}.", case=case.number, reason=closing.reason),
            case.number,
            closing.on,
            data={"reason": closing.reason},
            warnings=rules.warnings(case, closing.reason, closing.on),
        )

    return store.work("close", do)


@dataclass(frozen=True, slots=True)
class Interruption:
    """Contact is lost: when it was last, what was tried, who checked that the person is safe."""

    on: date
    last_contact_on: date
    tried: str
    safety: str | None = None


def interrupt(store: Store, number: str, lost: Interruption) -> Done | Refusal:
    """1 may it be interrupted · 2 the ending · 3 how short the loss of contact is, what a sitting still owes it."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        seq = w.begin("interrupt", lost.on, case.id)
        refused = rules.may_interrupt(case, lost.on, lost.last_contact_on) or step(w, case, Act.INTERRUPT, lost.on)
        if refused:
            return refused
        w.add(
            EndingRow(
                seq=seq,
                on_date=lost.on,
                case_id=case.id,
                stage=Stage.INTERRUPTED,
                tried=lost.tried,
                last_contact_on=lost.last_contact_on,
                safety=lost.safety,
            )
        )
        days = int(places.settings(w.conn)["interruption_days"])
        return done(
            w,
            case,
            say("Case {case} is interrupted from {on} on.", case=case.number, on=lost.on),
            case.number,
            lost.on,
            data={"last_contact_on": lost.last_contact_on},
            warnings=rules.interrupt_warnings(case, lost.on, lost.last_contact_on, interruption_days=days),
        )

    return store.work("interrupt", do)


def lacking_interruption(
    store: Store, number: str, on: date, last_contact: date | None, tried: str | None, safety: str | None
) -> tuple[tuple[str, Say], ...]:
    """What an interruption still asks for; a check of safety only where there is a reason for it."""
    seen = store.look("close", lambda conn: facts.load(conn, number), lambda _: [("case", number)], on=on)
    if seen.value is None:
        return ()
    return rules.interrupt_missing(seen.value, on, last_contact=last_contact, tried=tried, safety=safety)


@dataclass(frozen=True, slots=True)
class Before:
    """What is said before anybody is asked whether to end the case: the options the reason still asks for, what should
    be looked at, and what may be better."""

    missing: tuple[tuple[str, Say], ...] = ()
    warnings: tuple[Warned, ...] = ()
    instead: tuple[Next, ...] = ()


def before(store: Store, number: str, closing: Closing) -> Before:
    seen = store.look("close", lambda conn: facts.load(conn, number), lambda _: [("case", number)], on=closing.on)
    case = seen.value
    if case is None:
        return Before()
    instead = rules.instead(case, closing.reason, closing.on)
    return Before(
        rules.missing(closing.reason, _given(case, closing)),
        rules.warnings(case, closing.reason, closing.on) if instead else (),
        instead,
    )


def _given(case: Case, closing: Closing) -> rules.Given:
    """What was typed; the lead agency is the plan's where none was named. Who moved away is handed over to another."""
    default = None if closing.reason is EndReason.MOVED else rules.default_lead(case, closing.on)
    return rules.Given(
        lead=closing.lead or default,
        evaluation=closing.evaluation,
        changes=closing.changes,
        wish=closing.wish,
        groundwork=closing.groundwork,
        tried=closing.tried,
        kept=closing.kept,
    )


def _kept(w: Work, number: str, kept: str | None) -> Case | None:
    """The case a duplicate is kept under. Raises NotFound (exit 4)."""
    if kept in (None, number):
        return None
    found = facts.load(w.conn, kept)
    if found is None:
        raise NotFound(say("There is no other case {number}.", number=kept))
    w.about(("case", kept))
    return found
