"""An approach begun before its support conference waits for one that decides it, for each of its people."""

from dataclasses import replace
from datetime import date

from tests.domain.household import OPENED, Life, day
from toshima_cli.domain.approach import awaits_conference, before_consent, decided_for, faults, next_word, warnings
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


def noted(label: str | None) -> Life:
    """A note about somebody that set the next word for 9 October."""
    life = Life(Stage.ENGAGING).note(day(10, 6), next_on=day(10, 9))
    life.case = replace(life.case, notes=tuple(replace(note, label=label) for note in life.case.notes))
    return life


def test_how_long_ago_the_next_word_to_somebody_before_consent_was_planned() -> None:
    life = noted("C")
    for on, values in (
        (day(10, 21), {"label": "C", "on": day(10, 9), "days": 12}),
        (day(10, 9), {"label": "C", "on": day(10, 9)}),
    ):
        found = next_word(life.case, on, day(10, 9))
        assert found is not None
        assert dict(found.values) == values
    assert next_word(Life(Stage.ENGAGING).case, ON, day(10, 9)) is None
    assert next_word(noted(None).case, ON, day(10, 9)) is None
    life.consent("C", day(10, 20), Decision.GIVEN, [Scope.SHARING])
    assert next_word(life.case, ON, day(10, 9)) is None


def test_since_when_somebody_is_before_consent() -> None:
    def since(life: Life, entered: date = OPENED) -> date:
        person = life.case.person("C")
        assert person is not None
        return before_consent(person, ON, entered)

    life = Life(Stage.ENGAGING)
    assert since(life) == OPENED
    assert since(life, day(10, 6)) == day(10, 6)
    # never asked, or a no after a no, is no new beginning
    life.consent("C", day(10, 7), Decision.REFUSED, [Scope.SHARING]).consent(
        "C", day(10, 8), Decision.REFUSED, [Scope.SHARING]
    )
    assert since(life) == OPENED
    life.consent("C", day(10, 10), Decision.GIVEN, [Scope.SHARING]).consent(
        "C", day(10, 12), Decision.WITHDRAWN, [Scope.SHARING]
    )
    assert since(life) == day(10, 12)
    life.consent("C", day(10, 20), Decision.GIVEN, [Scope.SHARING], expires_on=day(10, 25))
    assert since(life) == day(10, 26)
