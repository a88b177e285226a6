"""What is lacking: in which order it is dealt with, whom its words may not name, and who takes it up when."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.household import Life, day
from toshima_cli.domain.agenda import gap_items
from toshima_cli.domain.gaps import FOLLOWS, ITEM_KINDS, Gap, GapSitting, GapStep, item_kind, may_move, names_nobody
from toshima_cli.domain.hints import next_acts
from toshima_cli.domain.terms import Body, GapKind, GapStatus, ItemKind, Outcome, Part, Purpose

RAISED = day(11, 2)
GAP = Gap(3, RAISED, 1, GapKind.SYSTEM, "夜の窓口", cases=("2026-0001", "2026-0002"))
FORWARDED = replace(GAP, steps=(GapStep(day(11, 19), 2, GapStatus.FORWARDED),))
ANSWERED = replace(FORWARDED, steps=(*FORWARDED.steps, GapStep(day(12, 17), 3, GapStatus.ANSWERED, "春から開ける")))


def test_where_it_stands_on_a_day() -> None:
    assert [ANSWERED.status_on(d) for d in (day(11, 1), RAISED, day(11, 19), day(12, 17))] == [
        None, GapStatus.RAISED, GapStatus.FORWARDED, GapStatus.ANSWERED,
    ]  # fmt: skip
    assert ANSWERED.answer_on(day(12, 16)) is None
    answer = ANSWERED.answer_on(day(12, 17))
    assert answer is not None
    assert answer.text == "春から開ける"


@pytest.mark.parametrize(
    ("gap", "to", "on", "may"),
    [
        (GAP, GapStatus.FORWARDED, RAISED, True),
        (GAP, GapStatus.ANSWERED, RAISED, True),
        (GAP, GapStatus.FORWARDED, day(11, 1), False),
        (FORWARDED, GapStatus.FORWARDED, day(12, 1), False),
        (FORWARDED, GapStatus.ANSWERED, day(12, 1), True),
        (FORWARDED, GapStatus.ANSWERED, day(11, 10), False),  # it was forwarded after that day
        (FORWARDED, GapStatus.ANSWERED, day(11, 19), True),  # and answered on it
        (ANSWERED, GapStatus.ANSWERED, day(12, 18), False),
        (ANSWERED, GapStatus.FORWARDED, day(12, 18), False),
        (replace(GAP, steps=ANSWERED.steps[1:]), GapStatus.FORWARDED, day(11, 20), True),  # written down later
    ],
)
def test_forwarded_after_raised_answered_after_either(gap: Gap, to: GapStatus, on: date, may: bool) -> None:
    refused = may_move(gap, to, on)
    assert (refused is None) is may
    if refused is not None:
        assert (refused.rule, [n.command for n in refused.next]) == ("gap.order", ["toshima gap list"])


def test_every_status_and_kind_stands_in_the_tables() -> None:
    assert set(FOLLOWS) == set(GapStatus)
    assert set(ITEM_KINDS) == set(GapKind)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("日中の居場所が足りない", False),
        ("髙橋さん宅の近くに居場所がない", True),
        ("高橋家のような世帯の支え", True),
        ("由美子さんが通える場所", True),
        ("たかはしさんが通える場所", True),
        ("Aさんが通える場所", True),
        ("就労継続支援A型の空き", False),
        ("原因のわからない不調を診る所", False),
        ("原さんの通える場所", True),
        ("見まもりの手が足りない", False),
        ("もりさんの見まもり", True),
    ],
)
def test_its_words_name_nobody(text: str, named: bool) -> None:
    people = [
        ("高橋 由美子", "たかはし ゆみこ", "A"),
        ("原 幸", None, None),
        ("森 光", "もり ひかる", None),
        (None, None, "B"),
    ]
    refused = names_nobody(text, people, "toshima gap add …")
    assert (refused is not None) is named
    if refused is not None:
        assert (refused.rule, refused.next[0].command) == ("gap.named", "toshima gap add …")


def taken(gap: Gap, body: Body, on: date) -> list[tuple[ItemKind, Purpose, Part]]:
    return [(item.kind, item.purpose, item.part) for item in gap_items([gap], body, on)]


def test_the_subcommittee_takes_up_what_was_raised() -> None:
    expected = [(ItemKind.RESOURCES, Purpose.GAP, Part.DISCUSSION)]
    assert taken(GAP, Body.SUBCOMMITTEE, RAISED) == expected
    assert taken(GAP, Body.SUBCOMMITTEE, day(11, 1)) == []
    assert taken(GAP, Body.STAKEHOLDER, RAISED) == taken(GAP, Body.COUNCIL, RAISED) == []
    assert taken(FORWARDED, Body.SUBCOMMITTEE, day(11, 19)) == []


@pytest.mark.parametrize("kind", GapKind)
def test_the_council_takes_up_what_was_forwarded_as_what_it_is(kind: GapKind) -> None:
    found = gap_items([replace(FORWARDED, kind=kind)], Body.COUNCIL, day(12, 1))
    assert [item.kind for item in found] == [ITEM_KINDS[kind]]
    assert (found[0].case, found[0].gap, found[0].labels, found[0].masked) == (None, "G3", (), ())
    assert dict(found[0].reason.values) == {"kind": kind, "count": 2, "on": RAISED}
    assert taken(replace(ANSWERED, kind=kind), Body.COUNCIL, day(12, 20)) == []


@pytest.mark.parametrize("outcome", [Outcome.CONTINUE, Outcome.ADVISED, Outcome.NOTED, Outcome.FORWARD_TO_COUNCIL])
def test_what_was_to_be_continued_comes_back_and_nothing_else(outcome: Outcome) -> None:
    met = replace(GAP, sittings=(GapSitting(Body.SUBCOMMITTEE, day(11, 19), outcome),))
    assert bool(taken(met, Body.SUBCOMMITTEE, day(12, 17))) is (outcome is Outcome.CONTINUE)
    assert taken(met, Body.SUBCOMMITTEE, day(11, 19))  # while the sitting is held it stays
    other = replace(met, sittings=(GapSitting(Body.COUNCIL, day(11, 19), outcome),))
    assert taken(other, Body.SUBCOMMITTEE, day(12, 17))


SETTLED = replace(GAP, sittings=(GapSitting(Body.SUBCOMMITTEE, day(11, 5), Outcome.NOTED),))


@pytest.mark.parametrize(
    ("gap", "body", "on", "by_itself", "named"),
    [
        (GAP, Body.SUBCOMMITTEE, RAISED, ItemKind.RESOURCES, ItemKind.RESOURCES),
        (GAP, Body.SUBCOMMITTEE, day(11, 1), None, None),  # nobody had raised it
        (SETTLED, Body.SUBCOMMITTEE, day(11, 19), None, ItemKind.RESOURCES),
        (FORWARDED, Body.SUBCOMMITTEE, day(11, 19), None, ItemKind.RESOURCES),
        (GAP, Body.COUNCIL, RAISED, None, ItemKind.SYSTEM),  # what was not forwarded yet
        (FORWARDED, Body.COUNCIL, day(11, 19), ItemKind.SYSTEM, ItemKind.SYSTEM),
        (ANSWERED, Body.SUBCOMMITTEE, day(12, 16), None, ItemKind.RESOURCES),
        (ANSWERED, Body.SUBCOMMITTEE, day(12, 17), None, None),  # from its answer on
        (ANSWERED, Body.COUNCIL, day(12, 17), None, None),
        (GAP, Body.STAKEHOLDER, RAISED, None, None),  # a case of one household, never what is lacking
        (FORWARDED, Body.STAKEHOLDER, day(11, 19), None, None),
    ],
)
def test_put_on_by_name_it_comes_until_it_is_answered(
    gap: Gap, body: Body, on: date, by_itself: ItemKind | None, named: ItemKind | None
) -> None:
    assert item_kind(gap, body, on) == by_itself
    assert item_kind(gap, body, on, named=True) == named
    for names, kind in (((), by_itself), (("G4",), by_itself), (("G4", "G3"), named)):
        assert [item.kind for item in gap_items([gap], body, on, names)] == ([kind] if kind else [])


def test_the_answer_comes_back_to_the_case_until_somebody_wrote_after_it() -> None:
    line = "toshima gap list --status answered"
    life = Life().note(day(12, 1))
    life.case = replace(life.case, gaps=(replace(ANSWERED, steps=(GapStep(day(12, 17), 99, GapStatus.ANSWERED),)),))
    assert line not in [n.command for n in next_acts(life.case, day(12, 16))]
    assert line in [n.command for n in next_acts(life.case, day(12, 17))]
    life.note(day(12, 18))
    assert line in [n.command for n in next_acts(life.case, day(12, 17))]
    assert line not in [n.command for n in next_acts(life.case, day(12, 18))]
    life.seq = 99
    life.note(day(12, 17))
    assert line not in [n.command for n in next_acts(life.case, day(12, 17))]
    alone = replace(life.case, notes=())
    assert line in [n.command for n in next_acts(alone, day(12, 18))]
