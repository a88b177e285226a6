"""Who may decide for whom, at what age, with whose view."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.domain.world import BOTH, DAY, OPENED, PLAN, SHARING, case, concern, lines, person, referral, row
from toshima_cli.domain import deciders
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Answer, Case, Consent, Person, Referral, Wish
from toshima_cli.domain.consent import (
    Decider,
    Deciders,
    may_record,
)
from toshima_cli.domain.referral import suspected_since
from toshima_cli.domain.verdict import Basis, Refusal, Warned

REFUSED, WITHDRAWN = t.Decision.REFUSED, t.Decision.WITHDRAWN
NOT_POSSIBLE = t.Decision.NOT_POSSIBLE
CHILD = date(2015, 4, 1)  # 11 years old on DAY
TEEN = date(2010, 4, 1)  # 16

TABLE = Deciders(
    (
        Decider(15, None, t.DecidedBy.SELF, False),
        Decider(0, 14, t.DecidedBy.PARENT, True),
        Decider(0, 14, t.DecidedBy.MINOR_GUARDIAN, True),
        Decider(18, None, t.DecidedBy.ADULT_GUARDIAN, False),
        Decider(18, None, t.DecidedBy.CURATOR, False),
    )
)


def record(
    who: Person, proposed: Consent, *, of: Case | None = None, own_view: bool = False, evidence: str | None = None
) -> tuple[Warned, ...] | Refusal:
    found = of or case(who)
    born = {p.label: p.birth_date for p in found.people}
    who = replace(who, suspected_on=suspected_since(found.concerns, found.referrals, born))
    return may_record(found, who, proposed, TABLE, today=DAY, own_view=own_view, evidence=evidence)


def warned(answer: tuple[Warned, ...] | Refusal) -> list[str]:
    assert isinstance(answer, tuple)
    return [w.rule for w in answer]


def rule(answer: tuple[Warned, ...] | Refusal) -> str | None:
    return answer.rule if isinstance(answer, Refusal) else None


BY = t.DecidedBy


@pytest.mark.parametrize(
    ("born", "by", "expected"),
    [
        (date(1968, 5, 1), BY.SELF, None),
        (TEEN, BY.SELF, None),
        (date(2011, 10, 5), BY.SELF, None),  # 15 on the day of deciding
        (date(2011, 10, 6), BY.SELF, "consent.child"),  # 15 a day later
        (None, BY.SELF, None),
        (CHILD, BY.SELF, "consent.child"),
        (CHILD, BY.PARENT, None),
        (CHILD, BY.MINOR_GUARDIAN, None),
        (CHILD, BY.ADULT_GUARDIAN, "consent.decider"),
        (TEEN, BY.PARENT, "consent.decides_self"),
        (TEEN, BY.MINOR_GUARDIAN, "consent.decides_self"),
        (TEEN, BY.CURATOR, "consent.decider"),
        (None, BY.PARENT, "consent.decides_self"),
        (None, BY.ADULT_GUARDIAN, None),
        (date(2008, 10, 5), BY.PARENT, "consent.adult.family"),  # 18 on the day
        (date(2008, 10, 6), BY.PARENT, "consent.decides_self"),
        (date(2008, 10, 5), BY.ADULT_GUARDIAN, None),
        (date(1942, 1, 1), BY.PARENT, "consent.adult.family"),
        (date(1942, 1, 1), BY.MINOR_GUARDIAN, "consent.decides_self"),
        (date(1942, 1, 1), BY.ADULT_GUARDIAN, None),
        (date(1942, 1, 1), BY.CURATOR, None),
    ],
)
def test_who_may_decide_by_age(born: date | None, by: t.DecidedBy, expected: str | None) -> None:
    answer = record(person("B", born=born), row(by=by, by_name="佐藤 花"), own_view=True, evidence="登記事項証明書")
    assert rule(answer) == expected
    if expected is None:
        assert answer == ()
    elif isinstance(answer, Refusal):
        assert answer.basis is Basis.OURS
        assert answer.next


def test_the_next_step_of_a_child_is_who_decides_for_it() -> None:
    answer = record(person("B", born=CHILD), row())
    assert isinstance(answer, Refusal)
    assert lines(answer) == [
        f"toshima consent 2026-0042 B --given --scope plan,sharing --method signature --decided-by {by} --by NAME"
        " --view TEXT"
        for by in ("parent", "minor_guardian")
    ]


def test_the_next_step_of_an_adult_is_to_ask_them() -> None:
    answer = record(person("A"), row(REFUSED, by=BY.PARENT, by_name="佐藤 花", scopes=SHARING))
    assert isinstance(answer, Refusal)
    assert lines(answer)[0] == "toshima consent 2026-0042 A --refused --scope sharing --method signature"


def test_the_setting_moves_the_line() -> None:
    table = Deciders(TABLE.rows, self_from_age=12)
    assert table.row(BY.SELF, 12) is not None
    assert table.row(BY.PARENT, 12) is None
    assert table.row(BY.PARENT, 11) is not None
    assert Deciders((Decider(18, 64, BY.CURATOR, False),)).row(BY.CURATOR, 65) is None
    assert Deciders((Decider(None, 64, BY.CURATOR, False),)).row(BY.CURATOR, 64) is not None
    assert Deciders(()).row(BY.SELF, 40) is None


@pytest.mark.parametrize("name", [None, "", " ー "])
def test_a_representative_is_recorded_by_name(name: str | None) -> None:
    answer = record(person("C", born=date(1942, 1, 1)), row(by=BY.ADULT_GUARDIAN, by_name=name), evidence="x")
    assert rule(answer) == "consent.by_name"


def test_a_childs_own_view_is_needed() -> None:
    by_parent = row(by=BY.PARENT, by_name="佐藤 花")
    assert rule(record(person("B", born=CHILD), by_parent)) == "consent.child.view"
    assert record(person("B", born=CHILD), by_parent, own_view=True) == ()
    told = person("B", born=CHILD, wishes=(Wish(OPENED, 1, "学校に行きたい"),))
    assert record(told, by_parent) == ()
    today = person("B", born=CHILD, wishes=(Wish(DAY, 1, "学校に行きたい"),))
    assert record(today, by_parent) == ()
    later = person("B", born=CHILD, wishes=(Wish(DAY + timedelta(days=1), 1, "学校に行きたい"),))
    assert rule(record(later, by_parent)) == "consent.child.view"


def _report(label: str | None, kind: t.ReportKind, *, on: date = OPENED) -> Referral:
    return referral(label=label, ground=t.Ground.STATUTORY_REPORT, kind=kind, on=on)


def _revoked(found: Referral) -> Referral:
    return replace(found, answers=(Answer(OPENED, 2, t.ReferralStatus.REVOKED),))


CHILD_REPORT = _report("B", t.ReportKind.CHILD)


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"concerns": (concern("violence", "B"),)}, True),
        ({"concerns": (concern("violence"),)}, True),
        # of a grown-up, who may be the parent that suffers it; of whoever may be another child, the same as of B
        ({"concerns": (concern("violence", "A"),)}, False),
        ({"concerns": (concern("violence", "C"),)}, True),
        ({"concerns": (concern("violence", "D"),)}, True),
        ({"concerns": (concern("family", "B"),)}, False),
        ({"referrals": (CHILD_REPORT,)}, True),
        ({"referrals": (_report(None, t.ReportKind.CHILD),)}, True),
        # about another child who lives there, or may be one; about a grown-up it is a slip
        ({"referrals": (_report("C", t.ReportKind.CHILD),)}, True),
        ({"referrals": (_report("D", t.ReportKind.CHILD),)}, True),
        ({"referrals": (_report("A", t.ReportKind.CHILD),)}, False),
        ({"referrals": (_report("B", t.ReportKind.ELDER),)}, False),
        ({"referrals": (referral(label="B", kind=t.ReportKind.CHILD),)}, False),
        ({"referrals": (_report("B", t.ReportKind.CHILD, on=DAY + timedelta(days=1)),)}, False),
        ({"referrals": (_revoked(CHILD_REPORT),)}, False),
        # suspicion noted after the date typed, but known today: dating back is no way round
        ({"concerns": (concern("violence", "B", on=DAY),)}, True),
        # noted on the day decided, and settled since: it stood in the way then
        ({"concerns": (replace(concern("violence", "B"), ended_on=DAY),)}, True),
    ],
)
def test_a_parent_never_consents_for_a_child_they_are_suspected_of_harming(
    facts: dict[str, Any], refused: bool
) -> None:
    child = person("B", born=CHILD)
    of = case(person("A", born=date(1985, 5, 1)), child, person("C", born=CHILD), person("D", born=None), **facts)
    answer = record(child, row(by=BY.PARENT, by_name="佐藤 花"), of=of, own_view=True)
    assert rule(answer) == ("consent.parent.suspected" if refused else None)
    if isinstance(answer, Refusal):
        assert "toshima notify 2026-0042 --kind child --to WINDOW --person B" in lines(answer)
    guardian = row(by=BY.MINOR_GUARDIAN, by_name="佐藤 花")
    assert record(child, guardian, of=of, own_view=True, evidence="審判書") == ()


def test_violence_noted_for_a_grown_up_is_said_when_a_parent_consents() -> None:
    child = person("B", born=CHILD)
    consent = row(by=BY.PARENT, by_name="佐藤 花")
    of = case(person("A", born=date(1985, 5, 1)), child, concerns=(concern("violence", "A"),))
    assert warned(record(child, consent, of=of, own_view=True)) == ["consent.parent.violence"]
    calm = case(person("A", born=date(1985, 5, 1)), child, concerns=(concern("family", "A"),))
    assert record(child, consent, of=calm, own_view=True) == ()


def test_a_parents_no_is_recorded_and_stops_nothing() -> None:
    child = person("B", born=CHILD)
    of = case(child, concerns=(concern("violence", "B"),))
    for decision in (REFUSED, WITHDRAWN):
        answer = record(child, row(decision, by=BY.PARENT, by_name="佐藤 花"), of=of)
        assert "consent.parent.no" in warned(answer)


@pytest.mark.parametrize("born", [CHILD, TEEN, None, date(1942, 1, 1)])
def test_a_persons_own_no_is_never_refused(born: date | None) -> None:
    for decision in (REFUSED, WITHDRAWN):
        assert isinstance(record(person("B", born=born), row(decision)), tuple)


def test_a_withdrawal_of_nothing_is_recorded_with_a_warning() -> None:
    rules = {
        name: warned(record(person("A", *rows), row(WITHDRAWN, DAY, seq=9, scopes=BOTH)))
        for name, rows in {"none": (), "both": (row(),), "plan": (row(scopes=PLAN),)}.items()
    }
    expected = ["consent.nothing_to_withdraw"]
    assert rules == {"none": expected, "both": [], "plan": expected}
    assert record(person("A", row(scopes=PLAN)), row(WITHDRAWN, DAY, seq=9, scopes=PLAN)) == ()


def test_not_possible_asks_why_but_records() -> None:
    answer = record(person("C"), row(NOT_POSSIBLE))
    assert warned(answer) == ["consent.not_possible.why"]
    assert record(person("C"), row(NOT_POSSIBLE, why="主治医の判断")) == ()
    assert record(person("B", born=CHILD), row(NOT_POSSIBLE, why="主治医の判断")) == ()


@pytest.mark.parametrize(
    ("by", "born"),
    [(BY.CURATOR, None), (BY.ADULT_GUARDIAN, date(1942, 1, 1)), (BY.MINOR_GUARDIAN, CHILD)],
)
def test_a_guardians_evidence_is_asked_for(by: t.DecidedBy, born: date | None) -> None:
    answer = record(person("C", born=born), row(by=by, by_name="田中 実"), own_view=True)
    assert warned(answer) == ["consent.evidence"]


def test_a_parents_evidence_is_not_asked_for() -> None:
    assert record(person("C", born=CHILD), row(by=BY.PARENT, by_name="田中 実"), own_view=True) == ()


def test_who_may_not_decide_is_not_asked_for_a_name() -> None:
    answer = record(person("A"), row(by=BY.PARENT))
    assert isinstance(answer, Refusal)
    assert (answer.rule, len(answer.missing)) == ("consent.adult.family", 1)


def test_no_decision_of_tomorrow_and_no_end_before_its_beginning() -> None:
    assert rule(record(person("A"), row(on=DAY + timedelta(days=1)))) == "consent.future"
    assert rule(record(person("A"), row(WITHDRAWN, DAY + timedelta(days=1)))) == "consent.future"
    assert record(person("A"), row(on=DAY)) == ()
    assert rule(record(person("A"), row(until=OPENED - timedelta(days=1)))) == "consent.expiry"
    assert record(person("A"), row(until=OPENED)) == ()


def test_all_reasons_come_at_once() -> None:
    child = person("B", born=CHILD)
    answer = record(child, row(by=BY.PARENT), of=case(child, concerns=(concern("violence"),)))
    assert isinstance(answer, Refusal)
    assert answer.rule == "consent.by_name"
    assert len(answer.missing) == 3


@pytest.mark.parametrize(
    ("by", "born", "typed", "until"),
    [
        (BY.PARENT, date(2014, 3, 1), None, date(2029, 2, 28)),
        (BY.MINOR_GUARDIAN, date(2014, 3, 1), date(2030, 1, 1), date(2029, 2, 28)),
        (BY.PARENT, date(2014, 3, 1), date(2027, 3, 31), date(2027, 3, 31)),
        (BY.PARENT, None, date(2027, 3, 31), date(2027, 3, 31)),
        (BY.SELF, date(2014, 3, 1), None, None),
        (BY.ADULT_GUARDIAN, date(1942, 3, 1), None, None),
        (BY.PARENT, date(1968, 5, 1), None, None),
        (BY.PARENT, date(2011, 11, 24), None, None),
        (BY.PARENT, date(2011, 11, 25), None, DAY),
    ],
)
def test_who_decides_for_a_child_does_so_until_the_child_decides(
    by: t.DecidedBy, born: date | None, typed: date | None, until: date | None
) -> None:
    assert TABLE.until(person("B", born=born), by, DAY, typed) == until


CORRECTED = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("born", "proposed", "void"),
    [
        (date(2006, 5, 1), row(by=BY.PARENT), CORRECTED),
        (TEEN, row(by=BY.MINOR_GUARDIAN), CORRECTED),
        (None, row(by=BY.PARENT), CORRECTED),
        (CHILD, row(), CORRECTED),
        (TEEN, row(by=BY.CURATOR), CORRECTED),
        (CHILD, row(on=DAY), DAY),
        # who decides by the date known now gave it
        (CHILD, row(by=BY.PARENT, until=date(2030, 3, 31)), None),
        (TEEN, row(), None),
        (None, row(), None),
        (None, row(by=BY.CURATOR), None),
        # a parent, who decided for a child that decides for itself sooner than was thought
        (date(2011, 12, 1), row(by=BY.PARENT), date(2026, 12, 1)),
        (date(2011, 11, 1), row(by=BY.PARENT, until=date(2031, 3, 31)), CORRECTED),
        (date(2011, 11, 1), row(by=BY.PARENT, until=date(2026, 10, 31)), None),
        # a no stays one
        (CHILD, row(REFUSED), None),
    ],
)
def test_by_the_birth_date_known_now_another_may_decide(
    born: date | None, proposed: Consent, void: date | None
) -> None:
    known = replace(person("B", proposed, born=born), corrected_on=CORRECTED)
    assert deciders.judged_again([known], TABLE)[0].consents == (replace(proposed, void_on=void),)


def test_nothing_is_judged_again_where_nothing_was_corrected_or_is_known() -> None:
    asked = person("B", row(by=BY.PARENT), born=date(2006, 5, 1))
    withheld = replace(asked, birth_date=None, corrected_on=CORRECTED, withheld=True)
    assert deciders.judged_again((asked, withheld), TABLE) == (asked, withheld)
