"""What held on a date, and for whom a plan may be made."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.world import DAY, OPENED, PLAN, SHARING, case, lines, person, row
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Consent
from toshima_cli.domain.consent import (
    held,
    holds,
    holds_towards,
    labels_holding,
    may_plan,
    track,
)
from toshima_cli.domain.held import ended_since
from toshima_cli.domain.verdict import Basis

GIVEN, REFUSED, WITHDRAWN = t.Decision.GIVEN, t.Decision.REFUSED, t.Decision.WITHDRAWN
NOT_POSSIBLE, NONE = t.Decision.NOT_POSSIBLE, t.Decision.NONE


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
        expected.append("toshima consent 2026-0042 C --given --scope plan --method METHOD")
    assert lines(answer) == expected


def test_every_reason_at_once_and_the_first_one_leads() -> None:
    found = case(person("A", row(REFUSED)), person("B"), person("C", row(WITHDRAWN)))
    answer = may_plan(found, ("B", "A", "C"), DAY)
    assert answer is not None
    assert answer.rule == "consent.plan.none"
    assert len(answer.missing) == 3
    assert not any(line.startswith("toshima plan") for line in lines(answer))


def test_a_plan_for_nobody_is_refused() -> None:
    willing = may_plan(case(person("A", row())), (), DAY)
    assert willing is not None
    assert willing.rule == "consent.plan.nobody"
    assert lines(willing) == ["toshima plan 2026-0042 --person A"]
    empty = may_plan(case(), (), DAY)
    assert empty is not None
    assert empty.rule == "consent.plan.nobody"
    assert lines(empty) == []
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
    assert not any("convene" in line for line in lines(answer))


def test_consent_that_held_when_passed_on_and_ended_since_is_said() -> None:
    given, gone = row(), row(WITHDRAWN, DAY, seq=2)
    of = case(person("A", given, gone), person("B", given), person("C", row(REFUSED)), person("D", given, gone))
    before = DAY - timedelta(days=1)
    assert [dict(w.message.values)["label"] for w in ended_since(of, ("A", "B", "C", None), before, DAY)] == ["A"]
    assert ended_since(of, ("A",), DAY, DAY) == ()


# A parent's consent and suspicion


def test_a_parents_consent_ends_on_the_day_harm_to_the_child_is_suspected() -> None:
    parents = row(by=t.DecidedBy.PARENT, by_name="佐藤 花")
    child = replace(person("B", parents), suspected_on=DAY)
    before, after = held(child, t.Scope.SHARING, DAY - timedelta(days=1)), held(child, t.Scope.SHARING, DAY)
    assert (before.holds, before.suspected, before.slug) == (True, False, "given")
    assert (after.holds, after.suspected, after.expired, after.slug) == (False, True, False, "set_aside")
    assert track(child, DAY) is t.Track.SUPPORT


@pytest.mark.parametrize(
    "consent",
    [
        row(),
        row(by=t.DecidedBy.MINOR_GUARDIAN, by_name="佐藤 花"),
    ],
)
def test_suspicion_ends_nobody_elses_consent(consent: Consent) -> None:
    assert holds(replace(person("B", consent), suspected_on=OPENED), t.Scope.SHARING, DAY)


def test_a_parents_no_stays_a_no_under_suspicion() -> None:
    no = row(REFUSED, by=t.DecidedBy.PARENT, by_name="佐藤 花")
    assert held(replace(person("B", no), suspected_on=OPENED), t.Scope.SHARING, DAY).slug == "refused"


def test_what_was_another_s_to_give_ends_on_the_day_that_is_known_and_is_asked_again() -> None:
    child = person("B", replace(row(by=t.DecidedBy.PARENT, by_name="佐藤 花"), void_on=DAY))
    before, after = held(child, t.Scope.SHARING, DAY - timedelta(days=1)), held(child, t.Scope.SHARING, DAY)
    assert (before.holds, before.void, before.unanswered, before.slug) == (True, False, False, "given")
    assert (after.holds, after.void, after.expired, after.slug) == (False, True, False, "decider")
    answer = may_plan(case(child), ("B",), DAY)
    assert answer is not None
    assert (answer.rule, answer.facts[0]) == ("consent.plan.decider", held(child, t.Scope.PLAN, DAY).why)
    assert any(line.startswith("toshima consent 2026-0042 B --given --scope plan") for line in lines(answer))
    both = held(replace(child, suspected_on=DAY), t.Scope.SHARING, DAY)
    assert (both.slug, both.unanswered) == ("set_aside", False)


def test_of_a_child_a_parent_is_asked() -> None:
    child = case(person("A", born=date(2014, 3, 1)))
    refused = may_plan(child, ("A",), DAY)
    assert refused is not None
    assert lines(refused)[-1].endswith("--method METHOD --decided-by parent --by NAME --view TEXT")
    grown = may_plan(case(person("A")), ("A",), DAY)
    assert grown is not None
    assert lines(grown)[-1].endswith("--method METHOD")
