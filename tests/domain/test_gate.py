"""The gate as a question, what a paper shows, and who may have it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.world import (
    CSW,
    DAY,
    HIKIKOMORI,
    HOUSE,
    ask,
    case,
    concern,
    lines,
    permitted,
    person,
    refused,
    row,
    sitting,
)
from toshima_cli.domain import law
from toshima_cli.domain import terms as t
from toshima_cli.domain.consent import held
from toshima_cli.domain.gate import GateLine, gate
from toshima_cli.domain.verdict import Basis

G = t.Ground
REFUSED = t.Decision.REFUSED
SUPPORT, MULTILAYER = t.ItemKind.SUPPORT_CONFERENCE, t.ItemKind.MULTILAYER_CONFERENCE
BEFORE_LAW = date(2021, 3, 31)


# The question without an act


def by_label(found: tuple[GateLine, ...]) -> dict[str, GateLine]:
    return {line.label: line for line in found}


def test_each_open_person_gets_a_line() -> None:
    found = gate(replace(HOUSE, people=(*HOUSE.people, person("D", left=DAY))), DAY)
    assert [(line.label, line.may, line.conference) for line in found] == [
        ("A", True, t.Track.MULTILAYER),
        ("B", True, t.Track.MULTILAYER),
        ("C", False, t.Track.SUPPORT),
    ]


def test_with_consent_the_ground_is_the_plans() -> None:
    line = gate(case(person("A", row(excluding=frozenset({"josei", "jiso"})))), DAY, names={"jiso": "児童相談所"})[0]
    assert (line.rule, line.basis) == ("share.consent.given", Basis.PLAN)
    assert line.ground is not None
    assert (line.ground["kind"], line.ground["basis"], line.ground["article"]) == ("consent", "plan", None)
    assert dict(line.facts[1].values)["windows"] == ("児童相談所", "josei")
    assert (line.missing, line.next) == ((), ())


def test_without_consent_it_names_the_support_conference_and_what_is_missing() -> None:
    line = by_label(gate(HOUSE, DAY))["C"]
    assert (line.rule, line.basis, line.ground) == ("share.consent.refused", Basis.LAW, law.ground_json(DAY))
    assert line.facts == (held(HOUSE.people[2], t.Scope.SHARING, DAY).why,)
    assert len(line.missing) == 1
    assert lines(line) == ["toshima convene stakeholder --case 2026-0042 --on 2026-11-24"]
    unasked = gate(case(person("A")), DAY)[0]
    assert lines(unasked)[1:] == ["toshima consent 2026-0042 A --given --scope sharing --method METHOD"]


def test_before_the_law_there_is_no_ground_to_name() -> None:
    line = gate(case(replace(person("A"), joined_on=BEFORE_LAW)), BEFORE_LAW)[0]
    assert (line.may, line.ground, line.basis) == (False, None, Basis.PLAN)
    towards = gate(case(replace(person("A"), joined_on=BEFORE_LAW)), BEFORE_LAW, HIKIKOMORI)[0]
    assert (towards.may, towards.ground) == (False, None)


def test_towards_a_window_it_answers_as_the_act_would() -> None:
    of = case(
        person("A", row()),
        person("B", row(excluding=frozenset({"hikikomori"}))),
        person("C"),
        person("D", row(REFUSED)),
        sittings=(sitting(SUPPORT, "C", windows=("hikikomori",)),),
    )
    found = by_label(gate(of, DAY, HIKIKOMORI, sender=CSW))
    assert {label: (line.may, line.conference, line.rule) for label, line in found.items()} == {
        "A": (True, t.Track.MULTILAYER, "share.consent.given"),
        "B": (False, t.Track.MULTILAYER, "share.consent.excluded"),
        "C": (True, t.Track.SUPPORT, "share.support_conference.attended"),
        "D": (False, t.Track.SUPPORT, "share.consent.refused"),
    }
    assert found["A"].ground == permitted(ask(of, ("A",), G.CONSENT)).ground_json()
    assert found["B"].ground is None
    assert found["C"].ground == found["D"].ground == law.ground_json(DAY)
    assert len(found["D"].missing) == 2
    assert "toshima route 2026-0042 --to hikikomori --person D --ground none_shared" in lines(found["D"])


def test_at_a_sitting_it_says_in_which_conference_each_person_is() -> None:
    day = date(2026, 10, 8)
    found = gate(HOUSE, day, meeting="M2026-0001", kinds=frozenset({MULTILAYER, SUPPORT}))
    # on the day of the sitting (10-08) C had not refused yet, and had not consented either
    assert [(line.label, line.may, line.conference, line.rule) for line in found] == [
        ("A", True, t.Track.MULTILAYER, "share.consent.given"),
        ("B", True, t.Track.MULTILAYER, "share.consent.given"),
        ("C", True, t.Track.SUPPORT, "share.support_conference.item"),
    ]
    assert found[2].ground == law.ground_json(date(2026, 10, 8))
    assert found[2].facts == (held(HOUSE.people[2], t.Scope.SHARING, date(2026, 10, 8)).why,)


@pytest.mark.parametrize(
    ("kinds", "may"),
    [
        ({MULTILAYER}, {"A": True, "C": False}),
        ({SUPPORT}, {"A": True, "C": True}),
        ({MULTILAYER, SUPPORT}, {"A": True, "C": True}),
        ({t.ItemKind.RESOURCES}, {"A": False, "C": False}),
        (set(), {"A": False, "C": False}),
    ],
)
def test_what_is_not_on_the_agenda_is_not_spoken_of(kinds: set[t.ItemKind], may: dict[str, bool]) -> None:
    of = case(HOUSE.people[0], HOUSE.people[2])
    found = by_label(gate(of, DAY, meeting="M2026-0001", kinds=frozenset(kinds)))
    assert {label: line.may for label, line in found.items()} == may
    for line in found.values():
        if not line.may:
            assert (line.rule, line.ground) == ("share.meeting.no_item", None)
            assert line.next


def test_a_sitting_before_the_law_is_no_support_conference() -> None:
    of = case(replace(person("A"), joined_on=BEFORE_LAW))
    line = gate(of, BEFORE_LAW, meeting="M2026-0001", kinds=frozenset({SUPPORT}))[0]
    assert (line.may, line.ground) == (False, None)


def test_violence_does_not_open_the_gate() -> None:
    of = replace(HOUSE, concerns=(concern("violence", "C"),))
    assert refused(ask(of, ("C",), G.CONSENT)).rule == "share.consent.refused"
