"""What held on a date, who may decide, and for whom a plan may be made."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.world import BOTH, DAY, OPENED, PLAN, SHARING, case, concern, person, referral, row
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Answer, Case, Consent, Person, Referral, Wish
from toshima_cli.domain.consent import (
    Decider,
    Deciders,
    held,
    holds,
    holds_towards,
    labels_holding,
    may_plan,
    may_record,
    track,
)
from toshima_cli.domain.verdict import Basis, Refusal, Warned

GIVEN, REFUSED, WITHDRAWN = t.Decision.GIVEN, t.Decision.REFUSED, t.Decision.WITHDRAWN
NOT_POSSIBLE, NONE = t.Decision.NOT_POSSIBLE, t.Decision.NONE
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


def words(found: Refusal) -> list[str]:
    return [step.command for step in found.next]


# What held on a date


def test_nothing_recorded_is_none_and_does_not_hold() -> None:
    found = held(person("A"), t.Scope.PLAN, DAY)
    assert (found.decision, found.consent, found.holds, found.slug) == (NONE, None, False, "none")


@pytest.mark.parametrize(
    ("decision", "slug"),
    [(GIVEN, "given"), (REFUSED, "refused"), (WITHDRAWN, "withdrawn"), (NOT_POSSIBLE, "not_possible")],
)
def test_only_given_holds(decision: t.Decision, slug: str) -> None:
    found = held(person("A", row(decision)), t.Scope.SHARING, DAY)
    assert (found.slug, found.holds) == (slug, decision is GIVEN)


def test_consent_holds_from_its_own_date() -> None:
    a = person("A", row(on=DAY))
    assert not holds(a, t.Scope.PLAN, DAY - timedelta(days=1))
    assert holds(a, t.Scope.PLAN, DAY)


def test_a_withdrawal_ends_consent_on_its_own_date() -> None:
    a = person("A", row(), row(WITHDRAWN, DAY, seq=2))
    assert holds(a, t.Scope.PLAN, DAY - timedelta(days=1))
    assert not holds(a, t.Scope.PLAN, DAY)


def test_an_expiry_holds_through_its_last_day() -> None:
    a = person("A", row(until=DAY))
    assert holds(a, t.Scope.PLAN, DAY)
    after = held(a, t.Scope.PLAN, DAY + timedelta(days=1))
    assert (after.decision, after.holds, after.expired, after.slug) == (GIVEN, False, True, "expired")


def test_of_one_day_the_later_recording_wins_whatever_the_order_of_the_rows() -> None:
    rows = (row(REFUSED, DAY, seq=9), row(GIVEN, DAY, seq=3))
    for given_rows in (rows, rows[::-1]):
        assert held(person("A", *given_rows), t.Scope.PLAN, DAY).decision is REFUSED


def test_a_row_dated_back_is_heard_by_its_date_not_by_its_recording() -> None:
    a = person("A", row(WITHDRAWN, DAY, seq=1), row(GIVEN, OPENED, seq=2))
    assert not holds(a, t.Scope.PLAN, DAY)


def test_a_scope_is_touched_only_by_rows_about_it() -> None:
    a = person("A", row(), row(WITHDRAWN, DAY, seq=2, scopes=SHARING))
    assert holds(a, t.Scope.PLAN, DAY)
    assert not holds(a, t.Scope.SHARING, DAY)


def test_an_excepted_window_is_not_shared_with_until_a_later_consent_drops_the_exception() -> None:
    a = person("A", row(excluding=frozenset({"jiso"})))
    assert not holds_towards(a, "jiso", DAY)
    assert holds_towards(a, "csw", DAY)
    assert holds_towards(a, None, DAY)
    again = person("A", row(excluding=frozenset({"jiso"})), row(on=DAY, seq=2))
    assert holds_towards(again, "jiso", DAY)
    assert not holds_towards(person("A"), "csw", DAY)
    assert not holds_towards(person("A", row(REFUSED)), "csw", DAY)


def test_the_track_follows_sharing_alone() -> None:
    assert track(person("A", row(scopes=SHARING)), DAY) is t.Track.MULTILAYER
    assert track(person("A", row(scopes=PLAN)), DAY) is t.Track.SUPPORT


def test_labels_holding_are_of_open_people_only() -> None:
    found = case(person("A", row()), person("B", row(), left=DAY), person("C"))
    assert labels_holding(found, t.Scope.PLAN, DAY) == ("A",)
    assert labels_holding(found, t.Scope.PLAN, DAY - timedelta(days=1)) == ("A", "B")


def test_what_was_said_names_date_and_method() -> None:
    rows = [
        row(),
        row(REFUSED),
        row(WITHDRAWN),
        row(NOT_POSSIBLE),
        row(by=t.DecidedBy.PARENT),
        row(until=OPENED),
        row(method="fax"),
    ]
    sentences = [held(person("A", r), t.Scope.PLAN, DAY).why for r in rows]
    assert len({s.text for s in sentences}) == 6
    assert all(dict(s.values)["on"] == OPENED and dict(s.values)["label"] == "A" for s in sentences)
    assert dict(sentences[-1].values)["how"] == "fax"


DAYS = [OPENED + timedelta(days=n) for n in range(6)]
HISTORY = st.lists(
    st.tuples(
        st.sampled_from([GIVEN, REFUSED, WITHDRAWN, NOT_POSSIBLE]),
        st.sampled_from(DAYS),
        st.sets(st.sampled_from([*t.Scope]), min_size=1),
        st.none() | st.sampled_from(DAYS),
        st.sets(st.sampled_from(["csw", "jiso"])),
    ),
    max_size=8,
)


def replay(rows: list[Consent], scope: t.Scope, day: date, window: str) -> tuple[bool, bool]:
    """The naive way: live the life day by day, in the order of recording within a day. (holds, holds towards)."""
    state: Consent | None = None
    today = DAYS[0]
    while today <= day:
        for r in rows:
            if r.on == today and scope in r.scopes:
                state = r if r.decision is GIVEN else None
        if state is not None and state.expires_on is not None and today > state.expires_on:
            state = None
        today += timedelta(days=1)
    return state is not None, state is not None and window not in state.excluding


@given(history=HISTORY, order=st.randoms(), day=st.sampled_from(DAYS))
def test_what_held_equals_a_naive_replay(history: list[tuple[Any, ...]], order: Random, day: date) -> None:
    rows = [
        row(decision, on, seq=seq, scopes=frozenset(scopes), until=until, excluding=frozenset(out))
        for seq, (decision, on, scopes, until, out) in enumerate(history)
    ]
    shuffled = list(rows)
    order.shuffle(shuffled)
    a = person("A", *shuffled)
    for scope in t.Scope:
        assert holds(a, scope, day) == replay(rows, scope, day, "")[0]
    for window in ("csw", "jiso"):
        assert holds_towards(a, window, day) == replay(rows, t.Scope.SHARING, day, window)[1]


# For whom a plan may be made


def test_a_plan_for_those_who_consent() -> None:
    found = case(person("A", row()), person("B", row(scopes=PLAN)), person("C", row(REFUSED)))
    assert may_plan(found, ("A", "B"), DAY) is None


@pytest.mark.parametrize(
    ("consents", "slug"),
    [
        ((row(REFUSED),), "refused"),
        ((row(), row(WITHDRAWN, DAY, seq=2)), "withdrawn"),
        ((), "none"),
        ((row(NOT_POSSIBLE),), "not_possible"),
        ((row(until=DAY - timedelta(days=1)),), "expired"),
        ((row(scopes=SHARING),), "none"),
    ],
)
def test_a_plan_is_refused_for_who_does_not_consent(consents: tuple[Consent, ...], slug: str) -> None:
    found = case(person("A", row()), person("B", row()), person("C", *consents))
    answer = may_plan(found, ("A", "B", "C"), DAY, source="my plan.json")
    assert answer is not None
    assert (answer.rule, answer.basis, answer.article) == (f"consent.plan.{slug}", Basis.PLAN, None)
    assert answer.facts[0] == held(found.people[2], t.Scope.PLAN, DAY).why
    assert len(answer.missing) == 1
    expected = [
        "toshima plan 2026-0042 --from 'my plan.json' --person A --person B",
        "toshima convene stakeholder --case 2026-0042 --on 2026-11-24",
    ]
    if slug in ("none", "expired"):  # a no is never asked away
        expected.append("toshima consent 2026-0042 C --given --scope plan --method signature")
    assert words(answer) == expected


def test_every_reason_at_once_and_the_first_one_leads() -> None:
    found = case(person("A", row(REFUSED)), person("B"), person("C", row(WITHDRAWN)))
    answer = may_plan(found, ("B", "A", "C"), DAY)
    assert answer is not None
    assert answer.rule == "consent.plan.none"
    assert len(answer.missing) == 3
    assert not any(line.startswith("toshima plan") for line in words(answer))


def test_a_plan_for_nobody_is_refused() -> None:
    willing = may_plan(case(person("A", row())), (), DAY)
    assert willing is not None
    assert willing.rule == "consent.plan.nobody"
    assert words(willing) == ["toshima plan 2026-0042 --person A"]
    empty = may_plan(case(), (), DAY)
    assert empty is not None
    assert empty.rule == "consent.plan.nobody"
    assert words(empty) == []
    mixed = may_plan(case(person("A", row()), person("B", row(REFUSED))), (), DAY)
    assert mixed is not None
    assert mixed.rule == "consent.plan.nobody"


def test_a_plan_for_who_left_is_refused() -> None:
    answer = may_plan(case(person("A", row(), left=DAY)), ("A",), DAY)
    assert answer is not None
    assert answer.rule == "consent.plan.not_in_case"


def test_before_the_law_had_a_support_conference_none_is_proposed() -> None:
    early = date(2021, 3, 31)
    answer = may_plan(case(replace(person("A"), joined_on=early)), ("A",), early)
    assert answer is not None
    assert answer.rule == "consent.plan.none"
    assert not any("convene" in line for line in words(answer))


# Who may decide


def record(who: Person, proposed: Consent, *, of: Case | None = None, **more: object) -> tuple[Warned, ...] | Refusal:
    return may_record(of or case(who), who, proposed, TABLE, today=DAY, **more)  # type: ignore[arg-type]


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
    assert words(answer) == [
        f"toshima consent 2026-0042 B --given --scope plan,sharing --method signature --decided-by {by} --by NAME"
        " --own-view TEXT"
        for by in ("parent", "minor_guardian")
    ]


def test_the_next_step_of_an_adult_is_to_ask_them() -> None:
    answer = record(person("A"), row(REFUSED, by=BY.PARENT, by_name="佐藤 花", scopes=SHARING))
    assert isinstance(answer, Refusal)
    assert words(answer)[0] == "toshima consent 2026-0042 A --refused --scope sharing --method signature"


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
        ({"concerns": (concern("violence", "A"),)}, False),
        ({"concerns": (concern("family", "B"),)}, False),
        ({"referrals": (CHILD_REPORT,)}, True),
        ({"referrals": (_report(None, t.ReportKind.CHILD),)}, True),
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
    of = case(person("A"), child, **facts)
    answer = record(child, row(by=BY.PARENT, by_name="佐藤 花"), of=of, own_view=True)
    assert rule(answer) == ("consent.parent.suspected" if refused else None)
    if isinstance(answer, Refusal):
        assert "toshima route 2026-0042 --to WINDOW --person B --ground statutory_report" in words(answer)
    assert record(child, row(by=BY.MINOR_GUARDIAN, by_name="佐藤 花"), of=of, own_view=True) == ()


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


def test_not_possible_asks_why_but_records() -> None:
    answer = record(person("C"), row(NOT_POSSIBLE))
    assert warned(answer) == ["consent.not_possible.why"]
    assert record(person("C"), row(NOT_POSSIBLE, why="主治医の判断")) == ()
    assert record(person("B", born=CHILD), row(NOT_POSSIBLE, why="主治医の判断")) == ()


def test_a_guardians_evidence_is_asked_for() -> None:
    answer = record(person("C"), row(by=BY.CURATOR, by_name="田中 実"))
    assert warned(answer) == ["consent.evidence"]


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
