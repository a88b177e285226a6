"""Every key of domain §6, one after the other: what makes it count, and that it counts once and is listed once.

The world: November 2026. Each entry of `HAPPENS` puts into the books what its key counts, that and no more of it.
"""

from collections.abc import Callable

import pytest

from tests.figures import DECEMBER, NOVEMBER, month, units, year
from tests.history import History
from toshima_cli.domain import figures as f
from toshima_cli.domain.terms import EndReason, Field, ReportKind
from toshima_cli.looks import report as looks

DAY = "2026-11-10"


def opened(h: History, on: str = "2026-10-05", stage: str = "received") -> int:
    return h.case(on, people="AB", stage=stage, act="connect")


def sought(h: History) -> int:
    return h.case("2026-10-05", stage="outreach", origin="outreach", act="contact")


def consulted(h: History) -> None:
    h.case(DAY, window="csw", channel="self", concerns="A:care")


def consented(h: History) -> None:
    h.consent(h.case(DAY), "A", DAY)


def sat(kind: str) -> Callable[[History], None]:
    return lambda h: put(h.item(h.meeting(DAY), opened(h), kind))


def held(body: str) -> Callable[[History], None]:
    return lambda h: put(h.meeting(DAY, body))


def put(_: object) -> None:
    """An expression as a statement."""


def approved(h: History, kind: str = "other") -> None:
    case = opened(h)
    plan = h.plan(case, "2026-11-02")
    h.action(case, plan, "2026-11-02", kind)
    h.plan_step(plan, DAY)


def revised(h: History) -> None:
    case = opened(h)
    h.plan_step(h.plan(case, "2026-10-06"), "2026-10-10")
    h.plan(case, DAY, 2)


def overdue(h: History) -> None:
    h.plan_step(h.plan(opened(h), "2026-10-06", review="2026-11-01"), "2026-10-10")


def moved(h: History) -> None:
    case = opened(h)
    h.item(h.meeting("2026-10-15"), case)
    h.item(h.meeting(DAY), case, "multilayer_conference")


def sought_and_consented(h: History) -> None:
    h.consent(sought(h), "A", DAY)


def resumed(h: History) -> None:
    case = opened(h, "2026-09-05")
    h.end(case, "2026-10-05", None)
    h.step(case, DAY, "resume", "received")


def gap(day: str, *statuses: tuple[str, str]) -> Callable[[History], None]:
    return lambda h: put(h.gap(day, opened(h), *statuses))


HAPPENS: dict[str, Callable[[History], None]] = {
    "cases.open_start": lambda h: put(opened(h)),
    "cases.opened": lambda h: put(h.case(DAY, origin="split", act="split")),
    "cases.reopened": resumed,
    "cases.ended": lambda h: put(h.end(opened(h), DAY)),
    "cases.open_end": lambda h: put(opened(h, DAY)),
    "consultations.new": consulted,
    "consultations.with_consent": consented,
    "consultations.without_consent": consulted,
    "consultations.by_channel.self": consulted,
    "consultations.by_window.csw": consulted,
    "consultations.by_field.elderly": consulted,
    "concerns.care": consulted,
    "contacts.total": lambda h: put(h.note(opened(h), DAY)),
    "contacts.by_method.visit": lambda h: put(h.note(opened(h), DAY)),
    "complex.accepted": lambda h: put(h.step(opened(h), DAY, "escalate", "complex")),
    "complex.open": lambda h: put(h.step(opened(h), DAY, "escalate", "complex")),
    "engaging.cases": lambda h: put(h.step(opened(h), DAY, "approach", "engaging")),
    "engaging.over_90_days": lambda h: put(h.step(opened(h, "2026-05-05"), "2026-06-05", "approach", "engaging")),
    "plans.new": lambda h: put(h.plan(opened(h), DAY)),
    "plans.revised": revised,
    "plans.approved": approved,
    "plans.approved_afterwards": lambda h: put(
        h.plan_step(h.plan(opened(h), "2026-11-02"), DAY, afterwards="面接が明日ある")
    ),
    "plans.active": approved,
    "plans.review_overdue": overdue,
    "support_conference.sittings": sat("support_conference"),
    "support_conference.cases": sat("support_conference"),
    "support_conference.items": sat("support_conference"),
    "multilayer_conference.sittings": sat("multilayer_conference"),
    "multilayer_conference.cases": sat("multilayer_conference"),
    "multilayer_conference.items": sat("multilayer_conference"),
    "stakeholder.sittings": held("stakeholder"),
    "subcommittee.sittings": held("subcommittee"),
    "council.sittings": held("council"),
    "transitions.to_multilayer": moved,
    "outreach.people": lambda h: put(h.note(sought(h), DAY, label="A")),
    "outreach.contacts": lambda h: put(h.note(sought(h), DAY)),
    "outreach.consented": sought_and_consented,
    "participation.national.people": lambda h: approved(h, "participation_national"),
    "participation.local.people": lambda h: approved(h, "participation"),
    "community.people": lambda h: approved(h, "community"),
    "referrals.sent": lambda h: put(h.refer(opened(h), DAY)),
    "referrals.accepted": lambda h: put(h.answer(h.refer(opened(h), "2026-10-06"), DAY)),
    "referrals.declined": lambda h: put(h.answer(h.refer(opened(h), "2026-10-06"), DAY, "declined")),
    "referrals.unanswered": lambda h: put(h.refer(opened(h), "2026-11-01")),
    "reports_by_law.child": lambda h: put(h.refer(opened(h), DAY, "statutory_report", "child")),
    "emergencies": lambda h: put(h.refer(opened(h), DAY, "emergency")),
    "ends.concluded": lambda h: put(h.end(opened(h), DAY)),
    "ends.interrupted": lambda h: put(h.end(opened(h), DAY, None)),
    "ends.by_reason.resolved": lambda h: put(h.end(opened(h), DAY)),
    "watching.open": lambda h: put(h.step(opened(h), DAY, "watch", "watching")),
    "changes.safe": lambda h: put(h.end(opened(h), DAY, changes=("safe",))),
    "gaps.raised": gap(DAY),
    "gaps.forwarded": gap("2026-10-20", (DAY, "forwarded")),
    "gaps.answered": gap("2026-10-20", (DAY, "answered")),
}

FAMILIES = {figure.key: figure for block in f.BLOCKS for figure in block.figures if figure.each is not None}
COUNTS = {figure.key: figure.counts for block in f.BLOCKS for figure in block.figures}


def base(key: str) -> str:
    return next((family for family in FAMILIES if key.startswith(f"{family}.")), key)


@pytest.mark.parametrize("key", HAPPENS)
def test_it_counts_once_and_is_listed_once(h: History, key: str) -> None:
    assert month(h, prefix=key) == {}
    HAPPENS[key](h)
    assert month(h, prefix=key) == {key: 1}
    assert len(units(h, key)) == 1
    if COUNTS[base(key)] is not f.STATE:
        assert year(h, DECEMBER, key) == {key: 1}, "and once in the year"
        assert month(h, DECEMBER, key) == {}, "in no other month"


@pytest.mark.parametrize("key", HAPPENS)
def test_undone_it_never_was(h: History, key: str) -> None:
    HAPPENS[key](h)
    for (seq,) in h.conn.execute("SELECT seq FROM act ORDER BY seq").fetchall():
        h.undo(seq)
    assert month(h, prefix=key) == year(h, prefix=key) == {}
    assert units(h, key) == []


def test_none_is_left_out(h: History) -> None:
    known = {base(key) for key in looks.keys(h.conn, NOVEMBER)}
    assert known == {base(key) for key in HAPPENS}


class TestEveryCodeOfAFamily:
    """What was received, noted, reported, ended under a code is under that key, and under no other."""

    @pytest.mark.parametrize("code", EndReason)
    def test_reasons(self, h: History, code: EndReason) -> None:
        h.end(opened(h), DAY, code)
        assert month(h, prefix="ends.") == {"ends.concluded": 1, f"ends.by_reason.{code}": 1}

    @pytest.mark.parametrize("code", ReportKind)
    def test_reports_by_law(self, h: History, code: ReportKind) -> None:
        h.refer(opened(h), DAY, "statutory_report", code)
        assert month(h, prefix="reports") == {f"reports_by_law.{code}": 1}
        assert month(h, prefix="emergencies") == month(h, prefix="referrals") == {}

    def test_concerns_and_their_fields(self, h: History) -> None:
        rows = h.conn.execute("SELECT code, field FROM concern_kind").fetchall()
        assert len(rows) == 16
        assert {row["field"] for row in rows} == set(Field)
        for row in rows:
            with h.taken_back():
                h.case(DAY, concerns=f"A:{row['code']}")
                assert month(h, prefix="concerns.") == {f"concerns.{row['code']}": 1}
                assert month(h, prefix="consultations.by_field") == {f"consultations.by_field.{row['field']}": 1}

    @pytest.mark.parametrize(("list_", "prefix"), [("channel", "consultations.by_channel"), ("method", "contacts.by_")])
    def test_lists(self, h: History, list_: str, prefix: str) -> None:
        rows = h.conn.execute("SELECT code FROM code WHERE list = ?", (list_,)).fetchall()
        assert len(rows) > 5
        for (code,) in rows:
            with h.taken_back():
                case = h.case(DAY, channel=code if list_ == "channel" else "self")
                if list_ == "method":
                    h.note(case, DAY, code)
                assert list(month(h, prefix=prefix).values()) == [1]
                assert next(iter(month(h, prefix=prefix))).endswith(f".{code}")

    def test_changes(self, h: History) -> None:
        codes = [row[0] for row in h.conn.execute("SELECT code FROM code WHERE list = 'change'")]
        h.end(opened(h), DAY, changes=tuple(codes))
        assert month(h, prefix="changes.") == {f"changes.{code}": 1 for code in codes}
        assert "changes.none" in month(h)
