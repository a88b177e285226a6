"""What comes next: the hints, each a line to type, lawful in the stage of that day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.household import OPENED, Life, day, planned
from toshima_cli.domain.case import Case
from toshima_cli.domain.stages import next_acts, next_meeting, reach
from toshima_cli.domain.terms import (
    ENDED,
    Act,
    Body,
    Decision,
    EndReason,
    Ground,
    Outcome,
    PlanStatus,
    Purpose,
    ReferralStatus,
    Scope,
    Stage,
)

S, A = Stage, Act
LATER = day(11, 1)


EXISTING = {
    "init",
    "outreach",
    "intake",
    "concern",
    "approach",
    "resume",
    "reopen",
    "route",
    "notify",
    "gap",
    "consent",
    "gate",
    "convene",
    "meetings",
    "attend",
    "agenda",
    "decide",
    "plan",
    "progress",
    "watch",
    "close",
    "caseload",
    "show",
    "report",
    "journal",
    "staff",
    "windows",
    "programmes",
    "bodies",
}


def lives() -> dict[str, Life]:
    rich = Life(S.COMPLEX).coordinator(OPENED).concern("C", "violence").concern(None, "violence").concern("A", "job")
    rich.refer(day(10, 6)).consent("AB", day(10, 6)).consent("C", day(10, 6), Decision.REFUSED)
    ended = Life(S.SINGLE).note(day(10, 7), next_on=day(10, 9)).end(day(10, 8), EndReason.RESOLVED)
    done = planned().turn(1, PlanStatus.APPROVED, day(10, 8))
    watched = Life(S.SINGLE).watch(day(10, 6), day(12, 1)).step(day(10, 6), A.WATCH, S.WATCHING)
    return {
        **{f"bare {stage}": Life(stage) for stage in Stage},
        "rich": rich,
        "ended": ended,
        "planning": planned(S.PLANNING),
        "supporting": planned(),
        "done": done,
        "watched": watched,
    }


@pytest.mark.parametrize("name", lives())
@pytest.mark.parametrize("meeting", [None, ("M2026-0003", day(12, 17)), ("M2026-0002", day(10, 15))])
def test_every_hint_is_lawful_and_names_a_command_that_exists(name: str, meeting: tuple[str, date] | None) -> None:
    case = lives()[name].case
    stage = case.stage_on(LATER)
    assert stage is not None
    hints = next_acts(case, LATER, meeting=meeting)
    assert hints or stage in ENDED
    for hint in hints:
        words = hint.command.split()
        assert words[0] == "toshima"
        assert words[1] in EXISTING
        assert reach(stage, Act(hint.act), came_from=stage) is not None


def lines(life: Life, on: date = LATER, meeting: tuple[str, date] | None = None) -> list[str]:
    return [hint.command for hint in next_acts(life.case, on, meeting=meeting)]


def test_no_hint_before_the_case_was_opened() -> None:
    assert next_acts(Life().case, day(10, 4)) == ()


def test_after_intake() -> None:
    bare = Life(labels="A").coordinator(OPENED)
    assert "toshima concern add 2026-0042 --concern LABEL:CONCERN" in lines(bare)
    assert "toshima route 2026-0042" not in lines(bare)
    life = bare.concern("A", "job")
    assert lines(life) == [
        "toshima route 2026-0042 --complex --coordinator k03",
        "toshima route 2026-0042",
        "toshima route 2026-0042 --single",
        "toshima consent 2026-0042 A --given --scope plan,sharing --method METHOD",
    ]
    life.refer(day(10, 6))
    assert "toshima route 2026-0042" in lines(life, OPENED)
    assert "toshima route 2026-0042" not in lines(life, day(10, 6))


def test_outreach_leads_to_a_window_or_to_a_conference() -> None:
    assert lines(Life(S.OUTREACH, labels="A")) == [
        "toshima intake 2026-0042",
        "toshima route 2026-0042 --complex --coordinator CODE",
        "toshima convene stakeholder --case 2026-0042 --on 2026-11-01",
        "toshima outreach log 2026-0042 --method visit --note TEXT --next DATE",
    ]
    planned_step = Life(S.OUTREACH, labels="A").note(day(10, 20), next_on=day(11, 5))
    assert "toshima outreach log 2026-0042 --method visit --note TEXT" in lines(planned_step)
    shared = Life(S.OUTREACH, labels="A").consent("A", day(10, 6))
    assert "toshima convene stakeholder --case 2026-0042 --on 2026-11-01" not in lines(shared)


def test_a_child_living_with_violence_comes_first() -> None:
    child = Life(births={"B": date(2016, 5, 1)}).concern("A", "violence")
    first = "toshima notify 2026-0042 --kind child --to WINDOW --person B"
    assert [line for line in lines(child) if "notify" in line] == [first]
    ill = child.concern("A", "health")
    of_a = "toshima notify 2026-0042 --kind disabled --to WINDOW --person A"
    assert [line for line in lines(ill) if "notify" in line] == [first, of_a]
    told = ill.refer(day(10, 8), Ground.STATUTORY_REPORT, "B").case
    named = [n.command for n in next_acts(told, LATER, staff="k03") if n.act == A.REPORT_BY_LAW]
    assert named == [of_a]


def test_violence_comes_first_until_it_is_reported() -> None:
    life = Life().concern("C", "violence")
    first = "toshima notify 2026-0042 --kind elder --to WINDOW --person C"
    assert lines(life.refer(day(10, 7), label="C"))[0] == first
    life.refer(day(11, 2), Ground.STATUTORY_REPORT, "C")
    assert lines(life)[0] == first
    # made by k03: to anybody else the program says nothing of it, not even by saying less
    assert lines(life, day(11, 2))[0] == first
    assert first in [n.command for n in next_acts(life.case, LATER, staff="k03")]
    assert first not in [n.command for n in next_acts(life.case, day(11, 2), staff="k03")]
    household = Life().concern(None, "violence")
    assert lines(household)[0] == "toshima notify 2026-0042 --kind KIND --to WINDOW"
    told = household.refer(day(11, 2), Ground.STATUTORY_REPORT, "A").case
    assert "notify" not in " ".join(n.command for n in next_acts(told, day(11, 2), staff="k03"))
    assert "notify" not in " ".join(lines(Life().concern("A", "job")))


def test_a_label_with_a_blank_stays_one_word() -> None:
    assert lines(Life().concern("C D", "violence"))[0].count("'C D'") == 1


@pytest.mark.parametrize(
    ("ground", "answer", "waits"),
    [
        (Ground.CONSENT, None, True),
        (Ground.SAME_OFFICE, None, True),
        (Ground.SUPPORT_CONFERENCE, None, True),
        (Ground.EMERGENCY, ReferralStatus.WAITING, True),
        (Ground.CONSENT, ReferralStatus.ACCEPTED, False),
        (Ground.NONE_SHARED, None, False),
        (Ground.STATUTORY_REPORT, None, False),
    ],
)
def test_an_answer_is_waited_for(ground: Ground, answer: ReferralStatus | None, waits: bool) -> None:
    life = Life().refer(day(10, 20), ground, answer=answer)
    line = "toshima route 2026-0042 --accept R2026-0002"
    assert (line in lines(life)) is (line in lines(life, day(10, 20))) is waits
    assert line not in lines(life, day(10, 19))
    assert line not in lines(life.leave("A", day(10, 25)))


def test_the_planned_step_is_the_last_notes() -> None:
    life = Life(S.ENGAGING).note(day(10, 20), next_on=day(11, 5))
    (hint,) = (n for n in next_acts(life.case, LATER) if n.act == A.NOTE)
    assert hint.due_on == day(11, 5)
    (late,) = (n for n in next_acts(life.case, day(11, 6)) if n.act == A.NOTE)
    assert (late.due_on, late.why == hint.why) == (day(11, 5), False)
    assert next(n for n in next_acts(life.case, day(11, 5)) if n.act == A.NOTE).why == hint.why
    life.note(day(10, 21))
    (hint,) = (n for n in next_acts(life.case, LATER) if n.act == A.NOTE)
    assert hint.due_on is None
    assert hint.command == "toshima progress 2026-0042 --method visit --note TEXT --next DATE"


def asked(life: Life) -> list[str]:
    return [
        line.removeprefix("toshima consent 2026-0042 ").split(" --method")[0]
        for line in lines(life)
        if " consent " in line
    ]


def test_who_said_no_is_not_asked_again_by_the_program() -> None:
    def answers(stage: Stage) -> Life:
        life = Life(stage).consent("A", day(10, 6), scopes=[Scope.PLAN]).consent("B", day(10, 6), Decision.REFUSED)
        return life.consent("C", day(10, 6), Decision.NOT_POSSIBLE)

    assert asked(answers(S.COMPLEX)) == ["A --given --scope sharing"]
    assert asked(answers(S.ENGAGING)) == ["A --given --scope sharing"]
    assert asked(answers(S.SINGLE)) == []


def test_consent_that_ran_out_is_asked_for_again() -> None:
    life = Life(S.SUPPORTING, labels="A").consent("A", day(10, 6), expires_on=day(10, 31))
    assert asked(life) == ["A --given --scope plan,sharing"]


def test_a_plan_is_drafted_for_those_who_consent() -> None:
    life = Life(S.ENGAGING).consent("AB", day(10, 6))
    assert "toshima plan 2026-0042 --person A --person B" in lines(life)
    assert not [line for line in lines(Life(S.ENGAGING)) if line.startswith("toshima plan")]


def test_the_agencies_are_gathered_while_somebody_is_before_consent() -> None:
    line = "toshima convene stakeholder --case 2026-0042 --on 2026-11-01"
    assert line in lines(Life(S.ENGAGING))
    assert line not in lines(Life(S.ENGAGING).consent("ABC", day(10, 6)))
    assert line in lines(Life(S.COMPLEX).consent("ABC", day(10, 6)))
    assert line not in lines(Life(S.SUPPORTING))
    assert line not in lines(Life(S.ENGAGING).approach(day(10, 8)))
    assert line not in lines(Life(S.ENGAGING).approach(day(10, 8), "AB").consent("C", day(10, 9)))
    assert line in lines(Life(S.ENGAGING).approach(day(10, 8), "AB"))
    assert line in lines(Life(S.ENGAGING).approach(day(11, 2)))


def test_once_the_agencies_met_the_subcommittee_goes_on() -> None:
    gather, decide = (
        "toshima convene stakeholder --case 2026-0042 --on 2026-11-01",
        "toshima convene subcommittee --on DATE",
    )
    life = Life(S.SINGLE).sat(day(10, 6)).step(day(10, 7), A.ESCALATE, S.COMPLEX)
    assert (gather in lines(life), decide in lines(life)) == (True, False)
    life.sat(day(10, 8), body=Body.STAKEHOLDER)
    assert (gather in lines(life), decide in lines(life)) == (False, True)


def test_before_consent_the_contact_comes_before_the_question() -> None:
    found = [line.split()[1] for line in lines(Life(S.ENGAGING).approach(day(10, 8)))]
    assert found[:2] == ["progress", "consent"]
    assert found.count("progress") == 1


def test_a_draft_waits_for_its_sitting() -> None:
    life = planned(S.PLANNING)
    assert "toshima convene subcommittee --on DATE" in lines(life)
    assert "toshima plan 2026-0042 --approved-afterwards --reason TEXT" in lines(life)
    assert "toshima plan 2026-0042 --person A --person B" not in lines(life)
    coming = next_acts(life.case, LATER, meeting=("M2026-0003", day(12, 17)))
    (agenda,) = (n for n in coming if n.command == "toshima agenda M2026-0003")
    assert agenda.due_on == day(12, 17)
    held = lines(life, meeting=("M2026-0003", LATER))
    assert "toshima decide M2026-0003 ITEM --outcome approved" in held
    assert "toshima agenda M2026-0003" not in held


def test_the_review_that_was_set() -> None:
    line = "toshima plan 2026-0042 --revise"
    life = Life(S.SUPPORTING).consent("A", day(10, 6)).running("A", day(10, 7), review_on=day(12, 1))
    (hint,) = (n for n in next_acts(life.case, LATER) if n.command == line)
    assert hint.due_on == day(12, 1)
    assert line not in lines(life.plan("A", day(10, 20)))
    assert line not in lines(planned())


def test_the_end_comes_into_sight_when_all_actions_are_done() -> None:
    close = "toshima close 2026-0042 --reason resolved"
    watch = "toshima watch 2026-0042 --by TEXT --every 1m --until DATE --sign TEXT"

    def supporting(done: date | None) -> Life:
        life = Life(S.SUPPORTING).plan("A", day(10, 7), dues=[(day(12, 1), done)])
        return life.turn(1, PlanStatus.APPROVED, day(10, 7))

    assert {close, watch} <= set(lines(supporting(LATER)))
    before_consent = supporting(LATER).step(day(10, 8), A.LAST_CONSENT_WITHDRAWN, S.ENGAGING)
    for life in (supporting(None), supporting(day(11, 2)), Life(S.SUPPORTING), before_consent):
        assert not {close, watch} & set(lines(life))
    assert close in lines(Life(S.SINGLE))


def test_a_watch_asks_at_its_end() -> None:
    (hint,) = (n for n in next_acts(lives()["watched"].case, LATER) if n.act == A.CONCLUDE)
    assert hint.due_on == day(12, 1)
    resumed = lives()["watched"].step(day(10, 20), A.RESUME, S.SINGLE)
    assert [n.due_on for n in next_acts(resumed.case, LATER) if n.act == A.CONCLUDE] == [None]


def test_a_watch_may_lead_back_to_support_at_any_time() -> None:
    (hint,) = (n for n in next_acts(lives()["watched"].case, LATER) if n.act == A.RESUME)
    assert (hint.command, hint.due_on) == ("toshima resume 2026-0042", day(12, 1))
    assert ("stage", S.SINGLE) in hint.why.values
    assert lines(Life(S.WATCHING))[0] == "toshima resume 2026-0042"  # no watch known: no end to wait for


def test_a_closed_case_may_return_and_nothing_is_planned_in_it() -> None:
    assert lines(lives()["ended"]) == ["toshima reopen 2026-0042"]


def test_an_interrupted_case_is_resumed_in_time_and_returns_later() -> None:
    life = Life(S.ENGAGING).end(day(11, 1), None)
    assert lines(life, day(4, 30, 2027)) == ["toshima resume 2026-0042"]
    assert lines(life, day(5, 1, 2027)) == ["toshima reopen 2026-0042"]
    months = next_acts(life.case, day(12, 1), return_months=1)
    assert [n.command for n in months] == ["toshima reopen 2026-0042"]


def test_who_died_is_not_waited_for_and_who_goes_on_elsewhere_is_found_there() -> None:
    died = Life(S.SINGLE, labels="A").end(day(10, 8), EndReason.DECEASED)
    assert next_acts(died.case, LATER) == ()
    twice = Life(S.SINGLE, labels="A").end(day(10, 8), EndReason.DUPLICATE)
    kept = replace(twice.case.endings[0], kept="2026-0001")
    (hint,) = next_acts(replace(twice.case, endings=(kept,)), LATER)
    assert hint.command == "toshima show 2026-0001"


def test_whether_somebody_can_decide_is_looked_at_again_when_it_was_set() -> None:
    life = Life(S.ENGAGING, labels="A").approach(OPENED)
    life.consent("A", day(10, 6), Decision.NOT_POSSIBLE, review_on=day(11, 20))
    (hint,) = (n for n in next_acts(life.case, LATER) if n.act == A.CONSENT)
    assert hint.due_on == day(11, 20)
    assert hint.command.startswith("toshima consent 2026-0042 A --not-possible")
    life.consent("A", day(10, 7))
    assert not [n for n in next_acts(life.case, LATER) if n.act == A.CONSENT]


def test_an_approach_begun_before_its_conference_still_asks_for_one() -> None:
    line = "toshima convene stakeholder --case 2026-0042 --on 2026-11-01"
    life = Life(S.ENGAGING).approach(day(10, 8), afterwards="…")
    assert line in lines(life)
    assert line not in lines(life.approach(day(10, 9)))


def test_where_a_waiting_plan_is_deliberated() -> None:
    def called(*sittings: tuple[date, Purpose, Outcome | None]) -> Case:
        life = Life(S.PLANNING)
        for held_on, purpose, outcome in sittings:
            life.sat(held_on, outcome, purpose=purpose)
        found = life.case.sittings
        return replace(life.case, sittings=tuple(replace(s, meeting=f"M{n}") for n, s in enumerate(found, start=1)))

    new, again, other = Purpose.NEW_PLAN, Purpose.RE_PLAN, Purpose.PROGRESS
    far, near, past, before = day(12, 17), day(11, 19), day(10, 15), day(9, 17)
    today = day(11, 1)
    assert next_meeting(called(), today) is None
    assert next_meeting(called((far, new, None), (near, again, None), (past, new, None)), today) == ("M2", near)
    assert next_meeting(called((before, new, None), (past, new, None)), today) == ("M2", past)
    assert next_meeting(called((near, other, None), (far, new, Outcome.RETURNED)), today) is None
    assert next_meeting(called((today, new, None)), today) == ("M1", today)
