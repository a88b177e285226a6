"""Colleagues: who may leave, and whose cases go to whom."""

from datetime import date

import pytest

from tests.domain.household import Life, day
from toshima_cli.domain import staff
from toshima_cli.domain.verdict import Refusal


class TestRetire:
    def test_who_has_no_case_may_leave(self) -> None:
        assert staff.may_retire("k03", (), others_own=False, local=False) is None

    def test_the_desk_without_a_code_stays(self) -> None:
        found = staff.may_retire("local", (), others_own=False, local=True)
        assert found is not None
        assert found.rule == "staff.local"

    def test_open_cases_are_named_and_handed_over(self) -> None:
        found = staff.may_retire("k03", ("2026-0001", "2026-0002"), others_own=False, local=False)
        assert found is not None
        assert dict(found.facts[0].values)["cases"] == ("2026-0001", "2026-0002")
        assert [n.command for n in found.next] == ["toshima staff handover k03 CODE"]

    def test_of_many_the_first_are_named(self) -> None:
        found = staff.may_retire("k03", tuple(f"2026-{n:04}" for n in range(1, 14)), others_own=False, local=False)
        assert found is not None
        named = dict(found.facts[0].values)["cases"]
        assert isinstance(named, tuple)
        assert len(named) == 11

    def test_of_what_others_may_not_know_nothing_is_said(self) -> None:
        found = staff.may_retire("k03", (), others_own=True, local=False)
        assert found is not None
        assert found.facts == ()
        assert [n.command for n in found.next] == ["toshima --as k03 staff handover k03 CODE"]


class TestHandOver:
    def test_whose_it_is_on_that_day(self) -> None:
        case = Life().coordinator(day(10, 6)).case
        assert staff.may_hand_over(case, "k03", day(10, 6)) is None

    @pytest.mark.parametrize(
        ("giver", "on", "rule"),
        [
            ("k05", day(10, 7), "staff.handover.not_theirs"),
            ("k03", day(10, 5), "staff.handover.not_theirs"),
            ("k03", day(9, 1), "stage.before_opened"),
        ],
    )
    def test_nobody_elses(self, giver: str, on: date, rule: str) -> None:
        found = staff.may_hand_over(Life().coordinator(day(10, 6)).case, giver, on)
        assert isinstance(found, Refusal)
        assert found.rule == rule

    def test_the_other_refusals(self) -> None:
        assert staff.no_cases("k03").rule == "staff.handover.nothing"
        assert staff.same("k03").rule == "staff.edit.same"
