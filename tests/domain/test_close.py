"""The ends: what each reason asks, where it is possible, and what stays to be looked at."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from tests.domain.household import Life, day
from toshima_cli.domain import close
from toshima_cli.domain.close import Given, default_lead, may_conclude, may_interrupt, may_watch, missing, warnings
from toshima_cli.domain.terms import ENDED, Act, EndReason, Outcome, PlanStatus, Purpose, Stage
from toshima_cli.domain.verdict import Refusal

R = EndReason
ON = day(12, 20)
ALL = Given("csw", "…", ("none",), "unknown", "…", "…", "2026-0001")

WHOLE = ["--lead", "--evaluation", "--change", "--wish", "--groundwork"]
ASKED = {
    R.RESOLVED: WHOLE,
    R.LEAD_TAKES_OVER: WHOLE,
    R.OTHER_SYSTEM: ["--lead", "--evaluation"],
    R.INFORMATION_ONLY: [],
    R.OUT_OF_SCOPE: [],
    R.DECLINED: ["--tried"],
    R.MOVED: ["--lead"],
    R.DECEASED: [],
    R.DUPLICATE: ["--kept"],
}
FIELD = {"--change": "changes"}


@pytest.mark.parametrize("reason", R)
def test_a_reason_asks_for_what_it_asks_for_and_no_more(reason: EndReason) -> None:
    assert [option for option, _ in missing(reason, Given())] == ASKED[reason]
    assert missing(reason, ALL) == ()


@pytest.mark.parametrize(("reason", "option"), [(r, o) for r, options in ASKED.items() for o in options])
def test_each_answer_is_looked_at_by_itself(reason: EndReason, option: str) -> None:
    field = FIELD.get(option, option.removeprefix("--"))
    assert field in {f.name for f in fields(Given)}
    blank: dict[str, Any] = {field: () if field == "changes" else " "}
    assert [o for o, _ in missing(reason, replace(ALL, **blank))] == [option]


def test_who_moved_to_nobody_says_why() -> None:
    assert [o for o, _ in missing(R.MOVED, Given(lead="none"))] == ["--evaluation"]
    assert missing(R.MOVED, Given(lead="none", evaluation="…")) == ()
    assert missing(R.MOVED, Given(lead="他市")) == ()
    assert [o for o, _ in missing(R.OTHER_SYSTEM, Given(lead="none"))] == ["--evaluation"]


def test_the_lead_is_the_plans_unless_given() -> None:
    life = Life(Stage.SUPPORTING).running("A", day(11, 5))
    assert default_lead(life.case, ON) is None
    life.plan("A", day(11, 6), lead="csw").turn(2, PlanStatus.APPROVED, day(11, 7))
    assert default_lead(life.case, ON) == "csw"
    assert default_lead(life.case, day(11, 4)) is None


# Where


def rule(answer: Refusal | None) -> str | None:
    return answer.rule if answer else None


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("reason", R)
def test_where_a_reason_is_possible(stage: Stage, reason: EndReason) -> None:
    answer = may_conclude(Life(stage).case, reason, ON, ALL)
    if stage in ENDED:
        assert answer is not None
        assert (answer.rule, len(answer.missing)) == ("stage.conclude", 1)
    elif reason in (R.INFORMATION_ONLY, R.OUT_OF_SCOPE) and stage not in (
        Stage.OUTREACH,
        Stage.RECEIVED,
        Stage.SINGLE,
    ):
        assert rule(answer) == f"close.{reason}"
    else:
        assert answer is None


def test_not_before_the_case_was_opened() -> None:
    answer = may_conclude(Life().case, R.OUT_OF_SCOPE, day(10, 4), ALL)
    assert answer is not None
    assert (answer.rule, len(answer.missing)) == ("stage.before_opened", 1)


def test_a_case_is_not_its_own_duplicate() -> None:
    itself = replace(ALL, kept="2026-0042")
    assert rule(may_conclude(Life().case, R.DUPLICATE, ON, itself)) == "close.duplicate.itself"
    assert may_conclude(Life().case, R.MOVED, ON, itself) is None


# What stays to be looked at


def rules(life: Life, reason: EndReason, on: date = ON) -> list[str]:
    return [w.rule for w in warnings(life.case, reason, on)]


SITTING = {
    R.RESOLVED: ["close.sitting"],
    R.LEAD_TAKES_OVER: ["close.sitting"],
    R.OTHER_SYSTEM: ["close.report"],
    R.DECLINED: ["close.report"],
    R.MOVED: ["close.report"],
    R.DECEASED: ["close.report"],
}


@pytest.mark.parametrize("reason", R)
def test_a_sitting_that_has_not_decided_is_warned_of(reason: EndReason) -> None:
    life = Life(Stage.SUPPORTING)
    assert rules(life, reason) == SITTING.get(reason, [])
    life.sat(day(12, 17), Outcome.CONCLUDE)
    assert rules(life, reason, day(12, 16)) == SITTING.get(reason, [])
    assert rules(life, reason) == []


def test_a_case_of_one_window_needs_no_sitting() -> None:
    life = Life(Stage.SINGLE)
    assert rules(life, R.RESOLVED) == []
    life.step(day(12, 21), Act.ESCALATE, Stage.COMPLEX)
    assert rules(life, R.RESOLVED) == []
    assert rules(life, R.RESOLVED, day(12, 21)) == ["close.sitting"]


@pytest.mark.parametrize(
    ("purpose", "outcome", "decided"),
    [
        (Purpose.CONCLUSION, Outcome.NOTED, True),
        (Purpose.CONCLUSION, Outcome.ADVISED, True),
        (Purpose.CONCLUSION, Outcome.CONTINUE, False),
        (Purpose.CONCLUSION, None, False),
        (Purpose.PROGRESS, Outcome.NOTED, False),
        (Purpose.PROGRESS, Outcome.INTERRUPT, False),
        (Purpose.PROGRESS, Outcome.CONCLUDE, True),
    ],
)
def test_what_counts_as_a_decision_to_end(purpose: Purpose, outcome: Outcome | None, decided: bool) -> None:
    life = Life(Stage.SUPPORTING).sat(day(12, 17), outcome, purpose=purpose)
    assert close.decided_end(life.case, ON) is decided


def test_a_decision_before_the_case_was_resumed_is_about_an_earlier_end() -> None:
    life = Life(Stage.SUPPORTING).sat(day(11, 19), Outcome.INTERRUPT).end(day(11, 20), None)
    assert close.decided_interruption(life.case, ON)
    life.step(day(12, 1), Act.RESUME, Stage.SUPPORTING)
    assert close.decided_interruption(life.case, day(11, 30))
    assert not close.decided_interruption(life.case, day(12, 1))
    assert not close.decided_interruption(life.case, ON)
    assert close.decided_interruption(life.sat(day(12, 1), Outcome.INTERRUPT).case, ON)


def test_before_an_end_in_doubt_a_watch_is_named_where_the_stage_knows_one() -> None:
    for stage, known in ((Stage.ENGAGING, True), (Stage.RECEIVED, False)):
        life = Life(stage).concern("A", "violence")
        found = [n.command.split()[1] for n in close.instead(life.case, R.DECLINED, ON)]
        assert found == (["watch"] if known else [])
        assert close.instead(life.case, R.RESOLVED, ON) == ()
    assert close.instead(Life(Stage.ENGAGING).case, R.DECLINED, ON) == ()


def test_declined_while_safety_is_in_doubt_suggests_a_watch() -> None:
    life = Life(Stage.SINGLE).concern("C", "violence")
    assert rules(life, R.DECLINED) == ["close.safety"]
    assert rules(life, R.MOVED) == []


# Safety


def doubts(life: Life, on: date = ON) -> int:
    return len(close.safety_doubts(life.case, on))


def test_violence_is_noted() -> None:
    assert doubts(Life().concern("C", "violence", day(12, 1))) == 1
    assert doubts(Life().concern("C", "violence", day(12, 21))) == 0
    assert doubts(Life().concern("C", "care")) == 0


@pytest.mark.parametrize("text", ["ｾﾙﾌ・ﾈｸﾞﾚｸﾄの疑い", "セルフネグレクト", "Self-Neglect?", "self neglect"])
def test_self_neglect_has_no_box_so_the_words_count(text: str) -> None:
    assert doubts(Life().concern("A", "other", note=text)) == 1
    assert doubts(Life().describe("A", text)) == 1
    assert doubts(Life().note(ON, text)) == 1
    assert doubts(Life().note(day(12, 21), text)) == 0


def test_other_words_are_no_doubt() -> None:
    assert doubts(Life().note(day(12, 1), "元気").describe("A", "元気").concern("A", "other", note="元気")) == 0


@pytest.mark.parametrize(
    ("birth", "labels", "alone"),
    [
        (date(1961, 12, 20), "A", True),
        (date(1961, 12, 21), "A", False),
        (None, "A", False),
        (date(1940, 1, 1), "AB", False),
    ],
)
def test_an_old_person_alone(birth: date | None, labels: str, alone: bool) -> None:
    assert doubts(Life(labels=labels, births={"A": birth})) == int(alone)


def test_alone_once_the_others_left() -> None:
    life = Life(labels="BC").leave("B", day(12, 1))
    assert doubts(life, day(11, 30)) == 0
    assert doubts(life) == 1


def test_every_doubt_is_a_reason_of_its_own() -> None:
    life = Life(labels="C").concern("C", "violence", note="セルフネグレクト")
    assert doubts(life) == 3


# Interruption


def test_an_interruption_asks_for_a_check_of_safety_where_there_is_a_reason() -> None:
    def lacking(life: Life, **given: Any) -> list[str]:
        answers = {"last_contact": None, "tried": None, "safety": None, **given}
        return [o for o, _ in close.interrupt_missing(life.case, ON, **answers)]

    assert lacking(Life()) == ["--last-contact", "--tried"]
    violent = Life().concern("C", "violence")
    assert lacking(violent) == ["--last-contact", "--tried", "--safety"]
    assert lacking(violent, last_contact=day(11, 1), tried=" ", safety=" ") == ["--tried", "--safety"]
    assert lacking(violent, last_contact=day(11, 1), tried="…", safety="…") == []


def test_where_an_interruption_is_possible() -> None:
    assert may_interrupt(Life().case, ON, ON) is None
    assert rule(may_interrupt(Life().case, ON, day(12, 21))) == "interrupt.last_contact"
    assert rule(may_interrupt(Life(Stage.CLOSED).case, ON, ON)) == "stage.interrupt"


@pytest.mark.parametrize(("last", "days", "short"), [(22, 28, False), (23, 28, True), (23, 27, False)])
def test_a_short_loss_of_contact_warns(last: int, days: int, short: bool) -> None:
    found = close.interrupt_warnings(Life(Stage.SINGLE).case, ON, day(11, last), interruption_days=days)
    assert [w.rule for w in found] == (["interrupt.short"] if short else [])


def test_an_interruption_belongs_to_a_sitting() -> None:
    life = Life(Stage.ENGAGING)
    assert [w.rule for w in close.interrupt_warnings(life.case, ON, day(11, 1), interruption_days=28)] == [
        "interrupt.sitting"
    ]
    life.sat(day(12, 17), Outcome.INTERRUPT)
    assert close.interrupt_warnings(life.case, ON, day(11, 1), interruption_days=28) == ()


def test_the_warning_of_an_interruption_stays_until_a_sitting_decides() -> None:
    life = Life(Stage.ENGAGING).end(day(12, 1), None).sat(day(12, 17), Outcome.INTERRUPT)

    def stays(seen_on: date) -> bool:
        last = day(10, 10)
        return bool(close.interrupt_warnings(life.case, day(12, 1), last, interruption_days=28, seen_on=seen_on))

    assert (stays(day(12, 16)), stays(day(12, 17))) == (True, False)


# Watch


def test_a_watch_names_watcher_interval_end_and_sign() -> None:
    lacking = close.watch_missing(by=None, every=None, until=None, sign=None)
    assert [o for o, _ in lacking] == ["--by", "--every", "--until", "--sign"]
    assert close.watch_missing(by="…", every="1m", until=ON, sign="…") == ()
    assert [o for o, _ in close.watch_missing(by=" ", every="1m", until=ON, sign=" ")] == ["--by", "--sign"]
    assert [o for o, _ in close.watch_missing(by="…", every=" ", until=ON, sign="…")] == ["--every"]


def test_where_a_watch_is_possible() -> None:
    assert may_watch(Life(Stage.SUPPORTING).case, ON, day(12, 21)) is None
    assert rule(may_watch(Life(Stage.SUPPORTING).case, ON, ON)) == "watch.until"
    assert rule(may_watch(Life(Stage.PLANNING).case, ON, day(12, 21))) == "stage.watch"


def test_a_watch_after_a_plan_is_decided_by_a_sitting() -> None:
    assert close.watch_warnings(Life(Stage.SUPPORTING).case, ON) == ()
    life = Life(Stage.SUPPORTING).running("A", day(11, 5))
    assert [w.rule for w in close.watch_warnings(life.case, ON)] == ["watch.sitting"]
    life.sat(day(12, 17), Outcome.WATCH)
    assert close.watch_warnings(life.case, ON) == ()


def test_the_warning_of_a_watch_stays_until_a_sitting_decides_and_looks_at_this_watch_only() -> None:
    life = Life(Stage.SUPPORTING).running("A", day(11, 5)).step(day(12, 1), Act.WATCH, Stage.WATCHING)

    def stays(seen_on: date) -> bool:
        return bool(close.watch_warnings(life.case, day(12, 1), seen_on=seen_on))

    assert stays(ON)
    life.sat(day(12, 17), Outcome.WATCH)
    assert (stays(day(12, 16)), stays(day(12, 17))) == (True, False)
    life.step(day(12, 18), Act.RESUME, Stage.SUPPORTING).step(day(12, 19), Act.WATCH, Stage.WATCHING)
    assert close.watch_warnings(life.case, day(12, 19))
