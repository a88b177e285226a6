"""An approach begun before its support conference waits for one that decides it, for each of its people."""

from datetime import date

from tests.domain.household import OPENED, Life, day
from toshima_cli.domain.approach import awaits_conference, decided_for, faults, warnings
from toshima_cli.domain.terms import Decision, Scope, Stage

ON = day(11, 1)


def waiting(life: Life, on: date = ON) -> list[tuple[str, ...]]:
    return [labels for _, labels in awaits_conference(life.case, on)]


def test_it_waits_from_its_own_day_on() -> None:
    life = Life(Stage.ENGAGING).approach(day(10, 10), "C", afterwards="…")
    assert waiting(life, day(10, 9)) == []
    assert waiting(life, day(10, 10)) == [("C",)]
    (warned,) = warnings(life.case, ON)
    assert warned.rule == "approach.afterwards"
    assert dict(warned.message.values) == {"labels": ("C",), "on": day(10, 10)}


def test_one_decided_in_a_conference_waits_for_nothing() -> None:
    life = Life(Stage.ENGAGING).approach(day(10, 10), "C")
    assert waiting(life) == []
    assert decided_for(life.case, ON) == [("C",)]
    assert decided_for(life.case, day(10, 9)) == []


def test_it_waits_for_a_later_decision_about_those_people() -> None:
    life = Life(Stage.ENGAGING).approach(day(10, 9)).approach(day(10, 10), "AC", afterwards="…")
    assert waiting(life) == [("A", "C")]
    life.approach(day(10, 11), "A")
    assert waiting(life) == [("C",)]
    assert (waiting(life, day(10, 10)), waiting(life, day(10, 11))) == ([("A", "C")], [("C",)])
    assert decided_for(life.case, ON) == [(), ("A",)]
    assert waiting(life.approach(day(10, 12))) == []


def test_of_one_day_the_later_recording_decides() -> None:
    before = Life(Stage.ENGAGING).approach(day(10, 10)).approach(day(10, 10), afterwards="…")
    after = Life(Stage.ENGAGING).approach(day(10, 10), afterwards="…").approach(day(10, 10))
    assert (waiting(before), waiting(after)) == ([("A", "B", "C")], [])


def test_nobody_named_means_everybody_who_was_there() -> None:
    life = Life(Stage.ENGAGING, labels="AB").approach(day(10, 10), afterwards="…")
    assert waiting(life) == [("A", "B")]
    assert waiting(life.joined("B", day(10, 11))) == [("A",)]


def test_who_consents_or_leaves_is_waited_for_no_longer() -> None:
    life = Life(Stage.ENGAGING).approach(day(10, 10), afterwards="…")
    life.consent("A", day(10, 20), scopes=[Scope.SHARING]).consent("B", day(10, 20), Decision.REFUSED)
    life.leave("C", day(10, 21))
    assert waiting(life) == [("B",)]
    assert waiting(life, day(10, 19)) == [("A", "B", "C")]


def test_only_people_of_the_household_that_day() -> None:
    life = Life(labels="AB").leave("B", day(10, 20))
    assert list(faults(life.case, "ABZ", ON)) == [("B", ON), ("Z", ON)]
    assert list(faults(life.case, "AB", OPENED)) == []
