"""What a sitting may decide about an item, when, and what follows."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.domain.household import Life, day
from toshima_cli.domain.case import Case
from toshima_cli.domain.decide import (
    Effect,
    due_before,
    effect,
    follow,
    follow_gap,
    gap_already,
    headings,
    may_cancel,
    may_decide,
    may_edit,
    may_head,
    may_hold,
    may_move,
    no_action,
    not_approvable,
    outcomes_for,
)
from toshima_cli.domain.plan import may_approve
from toshima_cli.domain.terms import Act, Body, Decision, Heading, ItemKind, Outcome, PlanStatus, Purpose, Stage
from toshima_cli.domain.verdict import Say

K, P = ItemKind, Purpose
HELD = day(11, 19)

EVERYWHERE = {Outcome.CONTINUE, Outcome.ADVISED, Outcome.NOTED}
OF_A_CASE = EVERYWHERE | {Outcome.WATCH, Outcome.CONCLUDE, Outcome.INTERRUPT}
PLAN = {Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES, Outcome.RETURNED}


@pytest.mark.parametrize(
    ("kind", "purpose", "expected"),
    [
        (K.SUPPORT_CONFERENCE, P.APPROACH, OF_A_CASE | {Outcome.APPROACH, Outcome.MOVE_TO_MULTILAYER}),
        (K.SUPPORT_CONFERENCE, P.NEW_PLAN, OF_A_CASE | {Outcome.APPROACH, Outcome.MOVE_TO_MULTILAYER}),
        (K.MULTILAYER_CONFERENCE, P.NEW_PLAN, OF_A_CASE | PLAN),
        (K.MULTILAYER_CONFERENCE, P.RE_PLAN, OF_A_CASE | PLAN),
        (K.MULTILAYER_CONFERENCE, P.PROGRESS, OF_A_CASE),
        (K.INFORMATION_SHARING, P.EMERGENCY_REPORT, OF_A_CASE),
        (K.RESOURCES, P.GAP, EVERYWHERE),
        (K.COORDINATION, P.GAP, EVERYWHERE),
    ],
)
def test_which_outcome_fits_which_item(kind: ItemKind, purpose: Purpose, expected: set[Outcome]) -> None:
    # a stakeholder meeting drafts (rule 12): whether a plan is adequate is the subcommittee's to say
    drafting = expected - {Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES}
    assert set(outcomes_for(Body.STAKEHOLDER, kind, purpose)) == drafting
    assert set(outcomes_for(Body.COUNCIL, kind, purpose)) == drafting
    assert set(outcomes_for(Body.SUBCOMMITTEE, kind, purpose)) == expected | {Outcome.FORWARD_TO_COUNCIL}
    for outcome in Outcome:
        answer = may_decide("M2026-0001", 2, Body.STAKEHOLDER, kind, purpose, outcome)
        assert (answer is None) is (outcome in drafting)
        if answer is not None:
            assert answer.rule == f"decide.{outcome}"
            assert answer.next[-1].command == "toshima decide M2026-0001 2 --outcome OUTCOME"


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("outcome", Outcome)
def test_what_only_the_subcommittee_approves_is_put_on_its_agenda(body: Body, outcome: Outcome) -> None:
    answer = may_decide("M2026-0001", 2, body, K.RESOURCES, P.GAP, outcome)
    offered = answer is not None and "toshima convene subcommittee --on DATE" in [n.command for n in answer.next]
    approval = outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES)
    assert offered is (approval and body is not Body.SUBCOMMITTEE)


def test_two_outcomes_move_the_case_and_the_others_leave_it() -> None:
    assert effect(Outcome.APPROACH) == Effect(act=Act.APPROACH)
    assert effect(Outcome.APPROVED) == Effect(act=Act.START, plan=PlanStatus.APPROVED)
    assert effect(Outcome.RETURNED) == Effect(plan=PlanStatus.DRAFT)
    for outcome in set(Outcome) - {Outcome.APPROACH, Outcome.APPROVED, Outcome.RETURNED}:
        assert effect(outcome) == Effect()


@pytest.mark.parametrize(
    ("outcome", "stage", "lines"),
    [
        (Outcome.WATCH, Stage.SUPPORTING, ["toshima watch 2026-0042 --by TEXT --every 1m --until DATE --sign TEXT"]),
        (Outcome.WATCH, Stage.PLANNING, []),
        (Outcome.CONCLUDE, Stage.SUPPORTING, ["toshima close 2026-0042 --reason REASON"]),
        (
            Outcome.INTERRUPT,
            Stage.ENGAGING,
            ["toshima close 2026-0042 --interrupted --last-contact DATE --tried TEXT"],
        ),
        (Outcome.RETURNED, Stage.PLANNING, ["toshima plan 2026-0042"]),
        (Outcome.APPROVED_WITH_CHANGES, Stage.SUPPORTING, ["toshima plan 2026-0042 --revise"]),
        (
            Outcome.FORWARD_TO_COUNCIL,
            Stage.SUPPORTING,
            ["toshima gap add --kind KIND --text TEXT --case 2026-0042"],
        ),
        (Outcome.CONTINUE, Stage.SUPPORTING, []),
    ],
)
def test_the_command_an_outcome_relies_on(outcome: Outcome, stage: Stage, lines: list[str]) -> None:
    assert [n.command for n in follow(Life(stage).case, outcome, HELD, "M2026-0002")] == lines


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, None),
        ({"cancelled": True, "decided": 1}, ()),
        ({"decided": 2, "held": 5}, (("count", 2),)),
        ({"held": 5, "others_own": True}, (("count", 5),)),
        ({"others_own": True}, (("staff", "e01"),)),
    ],
)
def test_a_sitting_is_called_off_while_nothing_was_decided(
    facts: dict[str, Any], said: tuple[tuple[str, object], ...] | None
) -> None:
    asked: dict[str, Any] = {"cancelled": False, "decided": 0, "held": 0, "others_own": False, "staff": "e01"}
    found = may_cancel("M2026-0001", **(asked | facts))
    assert (found.facts[0].values if found else None) == said


def test_nothing_follows_before_the_case_was_opened() -> None:
    assert follow(Life().case, Outcome.CONCLUDE, day(10, 4), "M2026-0002") == ()


@pytest.mark.parametrize(
    ("on", "today", "present", "cancelled", "rule"),
    [
        (HELD, HELD, 1, False, None),
        (day(11, 25), day(11, 30), 3, False, None),
        (day(11, 18), HELD, 1, False, "decide.before_sitting"),
        (HELD, day(11, 18), 1, False, "decide.before_sitting"),
        (HELD, HELD, 0, False, "decide.nobody_present"),
        (HELD, HELD, 3, True, "decide.cancelled"),
    ],
)
def test_a_decision_comes_from_a_sitting_that_was_held(
    on: date, today: date, present: int, cancelled: bool, rule: str | None
) -> None:
    answer = may_hold("M2026-0001", HELD, on, today=today, present=present, cancelled=cancelled)
    assert (answer.rule if answer else None) == rule
    assert answer is None or answer.next


@pytest.mark.parametrize(
    ("body", "outcome", "lines"),
    [
        (Body.SUBCOMMITTEE, Outcome.FORWARD_TO_COUNCIL, ["toshima convene council --on DATE"]),
        (Body.SUBCOMMITTEE, Outcome.CONTINUE, []),
        (Body.SUBCOMMITTEE, Outcome.NOTED, []),
        (Body.SUBCOMMITTEE, Outcome.ADVISED, ["toshima gap answer G3 --text TEXT"]),
        (Body.COUNCIL, Outcome.NOTED, ["toshima gap answer G3 --text TEXT"]),
        (Body.COUNCIL, Outcome.CONTINUE, []),
    ],
)
def test_what_goes_on_from_a_decision_about_something_lacking(body: Body, outcome: Outcome, lines: list[str]) -> None:
    assert [n.command for n in follow_gap("G3", body, outcome)] == lines


def test_an_item_about_something_lacking_has_no_action() -> None:
    refused = no_action("M2026-0001", 2, "G3")
    assert refused.rule == "decide.action.gap"
    assert refused.next[0].command == "toshima decide M2026-0001 2 --outcome advised --note TEXT"


@pytest.mark.parametrize("kind", [ItemKind.RESOURCES, ItemKind.SYSTEM, ItemKind.TRAINING, ItemKind.COORDINATION])
def test_what_may_be_decided_about_something_lacking(kind: ItemKind) -> None:
    common = (Outcome.CONTINUE, Outcome.ADVISED, Outcome.NOTED)
    assert outcomes_for(Body.COUNCIL, kind, Purpose.GAP) == common
    forwarded = (Outcome.CONTINUE, Outcome.ADVISED, Outcome.FORWARD_TO_COUNCIL, Outcome.NOTED)
    assert outcomes_for(Body.SUBCOMMITTEE, kind, Purpose.GAP) == forwarded


H = Heading
THREE = (H.APPROACH, H.INDIRECT, H.HOUSEHOLD)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (K.SUPPORT_CONFERENCE, (H.DISCUSSION, *THREE, H.GROUNDWORK)),
        (K.MULTILAYER_CONFERENCE, (H.DISCUSSION, H.GROUNDWORK)),
        (K.INFORMATION_SHARING, (H.DISCUSSION, H.GROUNDWORK)),
        (K.RESOURCES, (H.DISCUSSION,)),
        (K.SYSTEM, (H.DISCUSSION,)),
        (K.TRAINING, (H.DISCUSSION,)),
        (K.COORDINATION, (H.DISCUSSION,)),
    ],
)
def test_under_which_headings_an_item_is_written_down(kind: ItemKind, expected: tuple[Heading, ...]) -> None:
    assert headings(kind) == expected
    assert may_head("M2026-0001", 2, kind, ()) is None
    assert may_head("M2026-0001", 2, kind, expected) is None
    for heading in H:
        answer = may_head("M2026-0001", 2, kind, [heading])
        assert (answer is None) is (heading in expected)


def test_every_heading_an_item_lacks_is_named_at_once() -> None:
    answer = may_head("M2026-0001", 2, K.MULTILAYER_CONFERENCE, [H.DISCUSSION, H.HOUSEHOLD, H.APPROACH])
    assert answer is not None
    assert answer.rule == "decide.heading"
    assert dict(answer.message.values)["headings"] == (H.HOUSEHOLD, H.APPROACH)
    assert dict(answer.facts[0].values)["kind"] == K.MULTILAYER_CONFERENCE
    assert dict(answer.missing[0].values)["headings"] == (H.DISCUSSION, H.GROUNDWORK)
    assert [n.command for n in answer.next] == [
        "toshima decide M2026-0001 2 --outcome OUTCOME --discussion TEXT",
    ]


def test_an_action_due_before_it_was_agreed_is_warned_of_for_each() -> None:
    before = HELD - timedelta(days=1)
    assert due_before(HELD, [None, HELD, HELD + timedelta(days=1)]) == ()
    found = due_before(HELD, [before, HELD, None, day(10, 1)])
    assert [(w.rule, dict(w.message.values)) for w in found] == [
        ("decide.due_before", {"due": before, "on": HELD}),
        ("decide.due_before", {"due": day(10, 1), "on": HELD}),
    ]


def test_what_else_is_lacking_is_raised_for_itself() -> None:
    refused = gap_already("M2026-0001", 2, "G3")
    assert refused.rule == "decide.gap.gap"
    assert dict(refused.message.values) == {"item": 2, "meeting": "M2026-0001", "gap": "G3"}
    assert [n.command for n in refused.next] == ["toshima gap add --kind KIND --text TEXT"]


@pytest.mark.parametrize(
    ("to", "cancelled", "held", "said"),
    [
        (day(11, 26), False, False, None),
        (day(11, 12), False, False, None),
        (HELD, False, False, (("on", HELD),)),
        (day(11, 26), False, True, (("on", HELD),)),
        (day(11, 26), True, False, ()),
        (HELD, True, True, ()),
    ],
)
def test_a_sitting_moves_until_it_was_held(
    to: date, cancelled: bool, held: bool, said: tuple[tuple[str, object], ...] | None
) -> None:
    found = may_move("M2026-0001", HELD, to, cancelled=cancelled, held=held, others_own=False, staff="e02")
    assert (found.facts[0].values if found else None) == said
    if found is not None:
        assert (found.rule, [n.command for n in found.next]) == ("meeting.move", ["toshima agenda M2026-0001"])


SEE = "toshima agenda M2026-0001"


@pytest.mark.parametrize(
    ("leading", "cancelled", "held", "new", "line"),
    [
        ({}, False, False, True, None),
        ({"chair": "k01"}, False, False, True, None),
        ({}, False, True, True, None),
        ({}, True, False, True, SEE),
        ({}, False, False, False, SEE),
        ({"chair": "k01", "recorder": "k 3"}, False, True, True, f"{SEE} --chair k01 --recorder 'k 3'"),
        ({"recorder": "k03"}, False, True, True, f"{SEE} --recorder k03"),
    ],
)
def test_what_was_said_of_a_sitting_is_said_anew(
    leading: dict[str, str], cancelled: bool, held: bool, new: bool, line: str | None
) -> None:
    found = may_edit("M2026-0001", leading, cancelled=cancelled, held=held, new=new, others_own=False, staff="e02")
    if line is None:
        assert found is None
    else:
        assert found is not None
        assert (found.rule, [n.command for n in found.next]) == (
            "meeting.edit",
            [line.replace(SEE + " -", "toshima attend M2026-0001 -")],
        )


def test_a_sitting_that_is_others_own_is_changed_by_its_people_only() -> None:
    moved = may_move("M2026-0001", HELD, date(2026, 12, 1), cancelled=False, held=False, others_own=True, staff="e02")
    edited = may_edit("M2026-0001", {}, cancelled=False, held=False, new=True, others_own=True, staff="e02")
    assert [found and dict(found.facts[0].values) for found in (moved, edited)] == [{"staff": "e02"}] * 2


def test_held_and_set_already_are_told_apart() -> None:
    facts = [
        may_move("M2026-0001", HELD, HELD, cancelled=False, held=held, others_own=True, staff="e02")
        for held in (False, True)
    ]
    assert len({found.facts[0].text for found in facts if found}) == 2


def test_a_plan_no_sitting_approves_as_it_stands_is_told_of_beforehand() -> None:
    drafted = Life(Stage.PLANNING).consent("A", day(11, 2)).consent("B", day(11, 2)).plan("AB", day(11, 5))
    case = drafted.case

    def said(case: Case, *people: str) -> tuple[object, object] | None:
        """Who does not fit, and the line for those who do."""
        found = not_approvable(case, 1, people, HELD)
        if not found:
            return None
        values = dict(found[0].message.values)
        message = values.get("message", found[0].message)
        assert isinstance(message, Say)
        return dict(message.values)["labels"], values.get("line")

    assert said(case, "A", "B") is None
    assert said(replace(case, plans=()), "A") is None
    assert said(case, "A") == (("B",), "toshima plan 2026-0042 --person A")
    assert said(case) == (("A", "B"), None)
    # who is shown and does not consent to a plan
    withdrawn = drafted.consent("B", day(11, 10), Decision.WITHDRAWN).case
    assert said(withdrawn, "A", "B") == (("B",), "toshima plan 2026-0042 --person A")
    # and it says no other than the rule will
    for house in (case, withdrawn):
        assert (may_approve(house, house.plans[0], HELD) is None) is (said(house, "A", "B") is None)
