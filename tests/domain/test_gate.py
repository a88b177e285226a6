"""The gate as a question, what a paper shows, and who may have it."""

from dataclasses import replace
from datetime import date
from shlex import quote

import pytest

from tests.domain.world import (
    CLINIC,
    CSW,
    DAY,
    HIKIKOMORI,
    HOUSE,
    OPENED,
    ask,
    case,
    concern,
    lines,
    permitted,
    person,
    referral,
    refused,
    row,
    sitting,
)
from toshima_cli.domain import law
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Consent, Step
from toshima_cli.domain.consent import Permit, held
from toshima_cli.domain.gate import WHY_NOT, At, GateLine, absent, gate
from toshima_cli.domain.referral import Recipient, Sender, duty, threatened
from toshima_cli.domain.roads import YES
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
    assert line.missing == ()


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


def at(*kinds: t.ItemKind, cancelled: bool = False) -> At:
    """A sitting with an item of each kind, numbered from 1."""
    return At("M2026-0001", {kind: (number,) for number, kind in enumerate(kinds, 1)}, cancelled)


def test_at_a_sitting_it_says_in_which_conference_and_item_each_person_is() -> None:
    day = date(2026, 10, 8)
    found = gate(HOUSE, day, at=at(MULTILAYER, SUPPORT))
    # on the day of the sitting (10-08) C had not refused yet, and had not consented either
    assert [(line.label, line.may, line.conference, line.rule, line.items) for line in found] == [
        ("A", True, t.Track.MULTILAYER, "share.consent.given", (1,)),
        ("B", True, t.Track.MULTILAYER, "share.consent.given", (1,)),
        ("C", True, t.Track.SUPPORT, "share.support_conference.item", (2,)),
    ]
    assert found[2].ground == law.ground_json(date(2026, 10, 8))
    assert found[2].facts == (held(HOUSE.people[2], t.Scope.SHARING, date(2026, 10, 8)).why,)
    assert lines(found[2]) == ["toshima agenda M2026-0001"]
    assert dict(found[2].answer.values) == {"conference": t.Track.SUPPORT, "items": (2,)}


@pytest.mark.parametrize(
    ("kinds", "may"),
    [
        ((MULTILAYER,), {"A": True, "C": False}),
        ((SUPPORT,), {"A": True, "C": True}),
        ((MULTILAYER, SUPPORT), {"A": True, "C": True}),
        ((t.ItemKind.RESOURCES,), {"A": False, "C": False}),
        ((), {"A": False, "C": False}),
    ],
)
def test_what_is_not_on_the_agenda_is_not_spoken_of(kinds: tuple[t.ItemKind, ...], may: dict[str, bool]) -> None:
    of = case(HOUSE.people[0], HOUSE.people[2])
    found = by_label(gate(of, DAY, at=at(*kinds)))
    assert {label: line.may for label, line in found.items()} == may
    for line in found.values():
        if not line.may:
            assert (line.rule, line.ground) == ("share.meeting.no_item", None)
            assert len(line.facts) == (2 if MULTILAYER in kinds else 1)  # masked there, or not there at all
            assert lines(line) == [f"toshima convene stakeholder --case 2026-0042 --on {DAY}"]


def test_at_a_sitting_called_off_nobody_is_spoken_of() -> None:
    for line in gate(HOUSE, DAY, at=at(MULTILAYER, SUPPORT, cancelled=True)):
        assert (line.may, line.rule, line.ground, line.items) == (False, "share.meeting.cancelled", None, ())
        assert lines(line) == [f"toshima convene stakeholder --case 2026-0042 --on {DAY}"]


def test_an_item_without_a_number_yet() -> None:
    found = gate(HOUSE, DAY, at=At("M2026-0001", {MULTILAYER: (0,)}))
    assert found[0].items == (0,)
    assert dict(found[0].answer.values)["items"] != (0,)


def test_a_sitting_that_is_over_takes_up_nothing_more() -> None:
    line = gate(HOUSE, DAY, at=at(), today=LATER)[0]
    assert lines(line) == [
        "toshima gate 2026-0042",
        f"toshima convene stakeholder --case 2026-0042 --on {LATER}",
    ]
    ahead = gate(HOUSE, LATER, at=at(), today=DAY)[0]
    assert lines(ahead) == [f"toshima convene stakeholder --case 2026-0042 --on {LATER}"]


def test_a_sitting_before_the_law_is_no_support_conference() -> None:
    of = case(replace(person("A"), joined_on=BEFORE_LAW))
    line = gate(of, BEFORE_LAW, at=at(SUPPORT))[0]
    assert (line.may, line.ground) == (False, None)
    assert dict(line.facts[-1].values) == {"on": date(2021, 4, 1)}


# Every road, over consent, ground, day and recipient

CONSENTS: dict[str, tuple[Consent, ...]] = {
    "given": (row(),),
    "refused": (row(REFUSED),),
    "withdrawn": (row(), row(t.Decision.WITHDRAWN, date(2026, 11, 1), seq=2)),
    "not_possible": (row(t.Decision.NOT_POSSIBLE),),
    "none": (),
    "expired": (row(until=date(2026, 11, 1)),),
    "excluded": (row(excluding=frozenset({"hikikomori"})),),
    "decider": (replace(row(), void_on=date(2026, 11, 1)),),
    "set_aside": (row(by=t.DecidedBy.PARENT),),
}
SUSPECTED = {"set_aside": date(2026, 11, 1)}
ORDER = [G.STATUTORY_REPORT, G.CONSENT, G.SAME_OFFICE, G.SUPPORT_CONFERENCE, G.EMERGENCY, G.NONE_SHARED]
SENDERS = {"elsewhere": CSW, "one_office": Sender("hikikomori", "自立促進担当課", t.Operation.COMMISSIONED)}


@pytest.mark.parametrize("day", [DAY, date(2026, 10, 20), date(2027, 5, 10)])
@pytest.mark.parametrize("sat", [True, False])
@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("to", [HIKIKOMORI, CLINIC], ids=["window", "outside"])
@pytest.mark.parametrize("consent", CONSENTS)
def test_every_road_answers_as_the_act_would(consent: str, to: Recipient, sender: str, sat: bool, day: date) -> None:
    who = replace(person("A", *CONSENTS[consent]), suspected_on=SUSPECTED.get(consent))
    sittings = (sitting(SUPPORT, "A", windows=("hikikomori",)),) if sat else ()
    of = case(who, sittings=sittings)
    line = gate(of, day, to, sender=SENDERS[sender], today=DAY)[0]
    assert [road.kind for road in line.roads] == ORDER
    answers = {kind: ask(of, ("A",), kind, to=to, day=day, sender=SENDERS[sender]) for kind in ORDER}
    assert {road.kind: road.may for road in line.roads} == {
        kind: isinstance(answer, Permit) for kind, answer in answers.items()
    }
    first = next((answers[kind] for kind in YES if isinstance(answers[kind], Permit)), None)
    assert line.may is (first is not None)
    assert all(road.needs and road.article for road in line.roads if not road.may and "excluded" not in road.rule)
    assert all(step.command.startswith("toshima ") for step in line.next)
    assert (f"toshima gate 2026-0042 --to {quote(to.key)}" in lines(line)) is (day != DAY)
    commands = [command for command in lines(line) if command.startswith("toshima route")]
    if isinstance(first, Permit):
        dated = f" --on {day}" if day < DAY else ""
        does = f"toshima route 2026-0042 --to {quote(to.key)} --person A --ground {first.ground} --reason TEXT{dated}"
        assert commands == ([] if day > DAY else [does])
        assert line.ground == first.ground_json()
        assert line.missing == ()
    else:
        assert [command.split("--ground ")[1].split()[0] for command in commands] == ["emergency", "none_shared"]
        assert all((f"--on {day}" in command) is (day < DAY) for command in commands)
        assert line.missing
        assert line.facts
        assert line.rule.rpartition(".")[2] in WHY_NOT


def test_every_answer_in_words_has_its_reason() -> None:
    of = case(person("A", row(excluding=frozenset({"hikikomori"}))), person("B", row(REFUSED)), person("C", row()))
    why = {line.label: dict(line.answer.values) for line in gate(of, DAY, HIKIKOMORI, sender=CSW)}
    assert why["A"] == {"why": WHY_NOT["excluded"]}
    assert why["B"] == {"why": WHY_NOT["refused"]}
    assert why["C"] == {"ground": G.CONSENT}


def test_a_no_is_never_asked_away_but_silence_is() -> None:
    of = case(person("A", row(REFUSED)), person("B"))
    found = by_label(gate(of, DAY, HIKIKOMORI, sender=CSW))
    assert not [line for line in lines(found["A"]) if line.startswith("toshima consent")]
    assert [line for line in lines(found["B"]) if line.startswith("toshima consent")]


def test_a_child_suspected_to_be_harmed_is_not_asked_by_way_of_the_parents() -> None:
    """Where a concern says so: of a report by law the line to paste must not tell."""
    of = case(person("A", born=date(2015, 5, 1)))
    asks = {
        name: next(line for line in lines(gate(asked, DAY)[0]) if line.startswith("toshima consent")).split()
        for name, asked in {
            "nothing": of,
            "noted": replace(of, concerns=(concern("violence", "A"),)),
            "later": replace(of, concerns=(concern("violence", "A", on=date(2027, 1, 5)),)),
            "reported": replace(of, referrals=(referral(ground=G.STATUTORY_REPORT, kind=t.ReportKind.CHILD),)),
        }.items()
    }
    by = {name: words[words.index("--decided-by") + 1] for name, words in asks.items()}
    assert by == {"nothing": "parent", "noted": "minor_guardian", "later": "parent", "reported": "parent"}


def test_who_was_there_is_named_not_coded() -> None:
    of = case(person("A"), sittings=(sitting(SUPPORT, "A", windows=("hikikomori",)),))
    line = gate(of, DAY, HIKIKOMORI, sender=CSW)[0]
    assert dict(line.facts[0].values)["to"] == HIKIKOMORI.name


# The duty to report


@pytest.mark.parametrize(
    ("of", "due"),
    [
        (None, {"A", "B", "C"}),
        ("A", {"A", "C"}),
        ("C", {"C"}),
    ],
)
def test_a_duty_to_report_stands_first(of: str | None, due: set[str]) -> None:
    """C is a child: one to report about, whoever it was noted for."""
    people = (person("A", row()), person("B", row(REFUSED)), person("C", row(REFUSED), born=date(2015, 5, 1)))
    there = case(*people, concerns=(concern("violence", of),))
    for answers in (
        gate(there, DAY, HIKIKOMORI, sender=CSW),
        gate(there, DAY),
        gate(there, DAY, at=at(MULTILAYER, SUPPORT)),
        gate(there, DAY, at=at()),
    ):
        assert {line.label for line in answers if lines(line)[0].startswith("toshima notify")} == due
    towards = by_label(gate(there, DAY, HIKIKOMORI, sender=CSW))
    assert {label for label, line in towards.items() if line.roads[0].due} == due
    assert towards["C"].roads[0].article == "child abuse 6"
    assert not towards["C"].may  # telling the office that takes reports is no yes to this one


def test_a_report_that_was_made_shows_nowhere() -> None:
    made = (referral(ground=G.STATUTORY_REPORT, kind=t.ReportKind.CHILD, label="A"),)
    of = case(person("A", row(REFUSED)), person("B", row()))
    for to in (HIKIKOMORI, None):
        assert gate(replace(of, referrals=made), DAY, to) == gate(of, DAY, to)
    dangerous = replace(of, concerns=(concern("violence", "A"),))
    assert gate(replace(dangerous, referrals=made), DAY, HIKIKOMORI) == gate(dangerous, DAY, HIKIKOMORI)


def test_what_was_noted_for_somebody_withheld_tells_nobody_anything() -> None:
    fled = replace(person("B", left=DAY), hidden=True, withheld=True)
    child = person("C", row(), born=date(2015, 5, 1))
    of = case(person("A", row()), fled, child, concerns=(concern("violence", "B"),))
    day = date(2026, 11, 1)  # she was still there
    assert threatened(of, day) is None
    assert duty(of, day) == ()
    assert threatened(replace(of, people=(of.people[0], replace(fled, withheld=False), child)), day) == frozenset("BC")


# Another day, an end, and who is not there

LATER = date(2026, 12, 1)


def test_of_a_day_that_is_past_nothing_is_asked_or_called_any_more() -> None:
    line = gate(case(person("A")), DAY, today=LATER)[0]
    assert (line.may, lines(line)) == (False, ["toshima gate 2026-0042"])
    yes = gate(case(person("A", row())), DAY, today=LATER)[0]
    assert (yes.may, lines(yes)) == (True, ["toshima gate 2026-0042"])


def test_a_yes_leads_on() -> None:
    assert lines(gate(case(person("A", row())), DAY)[0]) == ["toshima gate 2026-0042 --to WINDOW"]


@pytest.mark.parametrize("stage", [t.Stage.CLOSED, t.Stage.INTERRUPTED])
def test_nothing_goes_on_from_a_case_that_has_ended(stage: t.Stage) -> None:
    steps = (Step(OPENED, 1, t.Act.CONNECT, t.Stage.RECEIVED), Step(date(2026, 11, 1), 2, t.Act.CONCLUDE, stage))
    of = replace(case(person("A", row())), steps=steps)
    line = gate(of, DAY, HIKIKOMORI, sender=CSW)[0]
    assert (line.may, line.rule, line.basis) == (False, "stage.refer", Basis.OURS)
    assert {road.kind: road.may for road in line.roads if road.may} == {G.STATUTORY_REPORT: True}
    assert not [command for command in lines(line) if "none_shared" in command]
    assert [command for command in lines(line) if "--ground emergency" in command]
    assert dict(line.answer.values) == {"why": WHY_NOT["refer"]}
    assert gate(of, date(2026, 10, 31), HIKIKOMORI, sender=CSW)[0].may
    unasked = replace(of, people=(person("A"),))
    for answers in (gate(unasked, DAY), gate(unasked, DAY, at=at())):
        assert lines(answers[0])
        assert not [line for line in lines(answers[0]) if line.split()[1] in ("consent", "convene")]


def test_who_is_not_asked_about_is_said_but_nobody_who_fled() -> None:
    of = case(
        person("A"),
        person("B", left=date(2026, 11, 1)),
        replace(person("C"), joined_on=LATER),
        replace(person("D", left=date(2026, 11, 1)), hidden=True),
        replace(person("E", left=date(2026, 11, 1)), withheld=True),
        replace(person("F", left=date(2026, 11, 1)), same_as="A"),
    )
    assert [dict(said.values) for said in absent(of, DAY)] == [
        {"label": "B", "on": date(2026, 11, 1)},
        {"label": "C", "on": LATER},
    ]


def test_violence_does_not_open_the_gate() -> None:
    of = replace(HOUSE, concerns=(concern("violence", "C"),))
    assert refused(ask(of, ("C",), G.CONSENT)).rule == "share.consent.refused"
