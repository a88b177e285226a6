"""Going on and coming back: within which time, to which stage, and who."""

from dataclasses import replace

import pytest

from tests.domain.household import Life, day
from toshima_cli.domain.case import Link
from toshima_cli.domain.returning import coming_back, goes_on_as, may_return, resumable, returns_from
from toshima_cli.domain.terms import Act, EndReason, Stage

ON = day(12, 1)


def test_an_interruption_counts_from_its_own_day() -> None:
    life = Life(Stage.ENGAGING).end(day(11, 30), None)
    assert returns_from(life.case, ON, 6) == day(5, 30, 2027)
    assert returns_from(life.case, day(11, 29), 6) is None
    assert resumable(life.case, day(5, 29, 2027), 6)
    assert not resumable(life.case, day(5, 30, 2027), 6)
    assert resumable(life.case, day(5, 30, 2027), 7)


def test_a_watch_may_always_be_left_for_support() -> None:
    life = Life(Stage.SINGLE).step(day(10, 6), Act.WATCH, Stage.WATCHING)
    assert resumable(life.case, day(12, 1, 2028), 6)
    assert returns_from(life.case, ON, 6) is None
    assert not resumable(Life(Stage.SINGLE).case, ON, 6)


def test_who_left_is_not_carried_over() -> None:
    life = Life().leave("B", day(11, 1)).end(day(11, 2), EndReason.RESOLVED)
    assert [p.label for p in coming_back(life.case, ON)] == ["A", "C"]
    assert may_return(life.case, ON) is None


def test_the_last_one_who_died_does_not_return() -> None:
    life = Life(labels="AB").leave("B", day(11, 1)).end(day(11, 2), EndReason.DECEASED)
    assert coming_back(life.case, ON) == ()
    refused = may_return(life.case, ON)
    assert refused is not None
    assert (refused.rule, refused.next[0].command) == ("reopen.nobody", "toshima intake")
    family = Life(labels="AB").end(day(11, 2), EndReason.DECEASED)
    assert [p.label for p in coming_back(family.case, ON)] == ["A", "B"]
    alone = Life(labels="A").end(day(11, 2), EndReason.RESOLVED)
    assert [p.label for p in coming_back(alone.case, ON)] == ["A"]


def test_a_household_that_went_on_under_another_number_is_looked_up_there() -> None:
    life = Life().end(day(11, 2), EndReason.DUPLICATE)
    assert may_return(life.case, ON) is None  # the number was not kept: nothing to point to
    kept = replace(life.case, endings=(replace(life.case.endings[0], kept="2026-0007"),))
    refused = may_return(kept, ON)
    assert refused is not None
    assert (refused.rule, refused.next[0].command) == ("reopen.duplicate", "toshima show 2026-0007")
    resolved = replace(kept, endings=(replace(kept.endings[0], reason=EndReason.RESOLVED),))
    assert (goes_on_as(kept, ON), goes_on_as(resolved, ON)) == ("2026-0007", None)


def test_a_case_open_again_goes_on_under_its_own_number() -> None:
    life = Life().end(day(11, 2), EndReason.DUPLICATE).step(day(11, 9), Act.MERGE, Stage.RECEIVED)
    case = replace(life.case, endings=(replace(life.case.endings[0], kept="2026-0007"),))
    assert (goes_on_as(case, day(11, 8)), goes_on_as(case, day(11, 9))) == ("2026-0007", None)


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        (Link("return", "2026-0050", towards=False), "reopen.twice"),
        (Link("return", "2026-0001", towards=True), None),
        (Link("split", "2026-0050", towards=False), None),
    ],
)
def test_it_returns_once(link: Link, rule: str | None) -> None:
    life = Life().end(day(11, 2), EndReason.MOVED)
    refused = may_return(replace(life.case, links=(link,)), ON)
    assert (refused.rule if refused else None) == rule
