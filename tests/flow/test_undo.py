"""Taking back one's own last step: it is as if it had not been, unless something stands on it."""

import sqlite3
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from tests.desk import NearDesk
from toshima_cli.context import now
from toshima_cli.db import Store
from toshima_cli.domain.verdict import Refusal
from toshima_cli.flow.undo import Ahead, ahead, take_back
from toshima_cli.i18n import render, set_language
from toshima_cli.opening import open_store

CASE = "2026-0001"


def sql(desk: NearDesk, text: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(desk.db)) as conn:
        found = conn.execute(text, values).fetchall()
        conn.commit()
        return found


def seen(desk: NearDesk) -> Any:
    """What the looks say of everything, without the undone notes."""
    cases = desk.json("caseload")
    shown = []
    for number in sorted({row["case"] for row in cases} | {CASE}):
        data = desk.json("show", number)
        data["progress"] = [note for note in data["progress"] if not note["undone"]]
        shown.append(data)
    return cases, shown, desk.json("report", "monthly", "--month", "2026-11", "--all")


def act(desk: NearDesk) -> int:
    """An act on household A of a command that is not built here."""
    columns = "(on_date, recorded_at, actor, name, case_id, replayed)"
    values = "('2026-11-24', '2026-11-24T00:00:00.000000Z', 'local', 'person', 1, 0)"
    sql(desk, f"INSERT INTO act {columns} VALUES {values}")
    return int(sql(desk, "SELECT MAX(seq) FROM act")[0][0])


def opened(desk: NearDesk, who: str) -> Store:
    return open_store(str(desk.db), actor=who, today=date.fromisoformat(desk.today), replayed=True, now=now)


def ahead_of(desk: NearDesk, who: str = "local", reason: str | None = None) -> Ahead | Refusal:
    set_language("en")
    with closing(opened(desk, who)) as store:
        return ahead(store, reason)


TURNS: dict[str, tuple[str, ...]] = {
    "note": ("progress", CASE, "--method", "phone", "--note", "電話", "--next", "2026-12-01", "--found", "C:health"),
    "yes": ("consent", CASE, "A", "--given", "--scope", "plan,sharing", "--method", "oral"),
    "no": ("consent", CASE, "C", "--refused", "--method", "oral"),
    "withdrawn": ("consent", CASE, "A", "--withdrawn", "--method", "oral"),
    "referred": ("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "emergency", "--reason", "危険"),
    "told where": ("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "none_shared"),
    "ended": ("close", CASE, "--reason", "declined", "--tried", "訪問を続けた", "--yes"),
    "interrupted": (
        "close", CASE, "--interrupted", "--last-contact", "2026-10-20", "--tried", "訪問", "--safety", "森", "--yes",
    ),
    "convened": ("convene", "subcommittee", "--on", "2026-12-17"),
    "another": (
        "intake", "--window", "seikatsu", "--channel", "self", "--person", "A|佐藤 花子|はなこ||female|head",
        "--concern", "A:rent",
    ),
}  # fmt: skip


@pytest.mark.parametrize("lived", ["engaging", "planning"])
@pytest.mark.parametrize("turn", TURNS)
def test_it_is_as_if_it_had_not_been(turn: str, lived: str, request: pytest.FixtureRequest) -> None:
    desk: NearDesk = request.getfixturevalue(lived)
    if lived == "planning" and turn == "yes":
        desk.ok("consent", CASE, "A", "--withdrawn", "--method", "oral", "--on", "2026-11-20")
    before = seen(desk)
    desk.ok(*TURNS[turn])
    after = seen(desk)
    assert after != before or turn in ("convened", "no")
    done = desk.json("undo", "--yes", *(("--reason", "別の人だった") if turn in ("no", "withdrawn") else ()))
    assert seen(desk) == before
    assert done["undone"]["act"] == sql(desk, "SELECT name FROM act WHERE seq = ?", done["undone"]["seq"])[0][0]
    assert sql(desk, "PRAGMA foreign_key_check") == []
    assert desk.json("journal", "--verify")["bad"] is None


class TestWhatIsMeant:
    def test_the_answer_names_case_stage_and_act(self, engaging: NearDesk) -> None:
        engaging.ok("close", CASE, "--reason", "declined", "--tried", "訪問を続けた", "--yes")
        data = engaging.json("undo", "--yes", "--reason", "別の世帯だった")
        assert (data["case"], data["stage"]) == (CASE, "engaging")
        assert (data["undone"]["act"], data["undone"]["on"]) == ("close", "2026-11-24")
        assert sql(engaging, "SELECT field, old_value, reason FROM correction WHERE staff_code IS NULL") == [
            ("undone", "close", "別の世帯だった")
        ]

    def test_step_by_step_backwards(self, engaging: NearDesk) -> None:
        acts = [engaging.json("undo", "--yes")["undone"]["act"] for _ in range(5)]
        assert acts == ["decide", "attend", "convene", "route", "intake"]
        assert engaging.json("caseload") == []
        assert engaging.run("show", CASE).code == 4

    def test_only_ones_own(self, engaging: NearDesk) -> None:
        assert engaging.refused("--as", "c01", "undo", "--yes")["rule"] == "undo.nothing"
        engaging.ok("--as", "c01", "progress", CASE, "--method", "phone", "--note", "電話した")
        engaging.ok("--as", "k03", "progress", CASE, "--method", "phone", "--note", "別の電話")
        assert engaging.json("--as", "c01", "undo", "--yes")["undone"]["act"] == "progress"
        assert [n["undone"] for n in engaging.json("show", CASE)["progress"]] == [True, False]

    def test_it_is_asked_first(self, engaging: NearDesk) -> None:
        assert engaging.run("undo").code == 6
        assert "--yes" in engaging.run("undo").err

    def test_looking_at_an_agenda_is_no_step(self, engaging: NearDesk) -> None:
        engaging.ok("convene", "subcommittee", "--on", "2026-12-17")
        engaging.ok("--as", "k03", "consent", CASE, "A", "--given", "--scope", "plan,sharing", "--method", "oral")
        engaging.ok("agenda", "M2026-0002")
        assert engaging.json("undo", "--yes")["undone"]["act"] == "convene"
        left = "SELECT COUNT(*) FROM meeting_item i JOIN act a ON a.seq = i.seq WHERE a.undone_by IS NULL"
        assert sql(engaging, f"{left} AND i.meeting_id = 2") == [(0,)]

    def test_a_number_is_not_given_again(self, engaging: NearDesk) -> None:
        made = engaging.json(*TURNS["another"])["case"]
        engaging.ok("undo", "--yes")
        assert engaging.run("show", made).code == 4
        assert engaging.json("report", "monthly", "--month", "2026-11", "--row", "cases.opened", "--cases") == []
        assert engaging.json(*TURNS["another"])["case"] > made

    def test_what_was_taken_back_may_be_typed_again(self, planning: NearDesk) -> None:
        planning.ok("--as", "k03", "plan", CASE, "--from", "plan_a.json", "--on", "2026-11-23")
        planning.ok("--as", "k03", "undo", "--yes")
        data = planning.json("--as", "k03", "plan", CASE, "--from", "plan_a.json", "--on", "2026-11-23")
        assert data["plan"] == f"{CASE}/P3"
        assert [p["version"] for p in planning.json("show", CASE)["plans"]] == [3, 1]

    def test_a_label_is_free_again_and_the_row_stays(self, engaging: NearDesk) -> None:
        seq = act(engaging)
        sql(engaging, "INSERT INTO person (name, name_key, sex) VALUES ('髙橋 一郎', '高橋一郎', 'male')")
        who = sql(engaging, "SELECT MAX(id) FROM person")[0][0]
        columns = "(seq, on_date, case_id, person_id, label, relation)"
        sql(engaging, f"INSERT INTO member {columns} VALUES (?, '2026-11-24', 1, ?, 'D', 'child')", seq, who)
        sql(engaging, "INSERT INTO search_key (key, kind, person_id) VALUES ('高橋一郎', 'name', ?)", who)
        engaging.ok("undo", "--yes")
        assert [p["label"] for p in engaging.json("show", CASE)["people"]] == ["A", "B", "C"]
        assert engaging.json("find", "一郎") == engaging.json("find", "高橋一郎") == []
        assert sql(engaging, "SELECT label FROM member WHERE person_id = ?", who) == [(f"D~{seq}",)]
        assert sql(engaging, "SELECT key FROM search_key WHERE person_id = ?", who) == []

    def test_a_corrected_name_is_the_one_entered_again(self, engaging: NearDesk) -> None:
        seq = act(engaging)
        columns = "(seq, on_date, person_id, field, old_value, new_value, reason)"
        fixed = f"INSERT INTO correction {columns} VALUES (?, '2026-11-24', 2, ?, ?, ?, '')"
        sql(engaging, fixed, seq, "name", "髙橋 優太", "佐藤 優太")
        sql(engaging, fixed, seq, "birth_date", "2007-08-20", "2006-08-20")
        sql(
            engaging,
            "UPDATE person SET name = '佐藤 優太', name_key = '佐藤優太', birth_date = '2006-08-20' WHERE id = 2",
        )
        engaging.ok("undo", "--yes")
        (row,) = engaging.json("find", "髙橋", "優太")
        assert (row["name"], row["birth_date"]) == ("髙橋 優太", "2007-08-20")
        assert sql(engaging, "SELECT name_key FROM person WHERE id = 2") == [("高橋優太",)]

    def test_a_correction_nobody_can_put_back_is_refused(self, engaging: NearDesk) -> None:
        columns = "(seq, on_date, person_id, field, old_value, new_value, reason)"
        sql(engaging, f"INSERT INTO correction {columns} VALUES (?, '2026-11-24', 2, 'x', 'a', 'b', '')", act(engaging))
        assert engaging.refused("undo", "--yes")["rule"] == "undo.not_possible"

    def test_an_added_colleague_is_gone_and_the_code_stays_given(self, engaging: NearDesk) -> None:
        engaging.ok("staff", "add", "k09", "--name", "林", "--office", "福祉総務課")
        engaging.ok("undo", "--yes")
        assert "k09" not in {row["staff"] for row in engaging.json("staff", "list")}
        assert engaging.refused("staff", "add", "k09", "--name", "林", "--office", "福")["rule"] == "staff.code.taken"


class TestAhead:
    """What is shown before anybody is asked."""

    def test_it_says_what_the_step_recorded_and_keeps_nothing(self, engaging: NearDesk) -> None:
        engaging.ok(*TURNS["note"])
        before, acts = seen(engaging), sql(engaging, "SELECT seq, undone_by FROM act")
        found = ahead_of(engaging)
        assert isinstance(found, Ahead)
        assert (found.step.name, found.step.on.isoformat(), found.warnings) == ("progress", "2026-11-24", ())
        assert found.households == {CASE: "髙橋 由美子"}
        said = [render(line) for line in found.wrote]
        assert said == ["a concern of C", f"{CASE}/N1: a contact with household"]
        assert (seen(engaging), sql(engaging, "SELECT seq, undone_by FROM act")) == (before, acts)
        assert engaging.json("undo", "--yes")["undone"]["act"] == "progress"

    def test_what_was_told_already_is_said_before_too(self, engaging: NearDesk) -> None:
        engaging.ok(*TURNS["referred"])
        found = ahead_of(engaging)
        assert isinstance(found, Ahead)
        assert [warned.rule for warned in found.warnings] == ["undo.shared"]

    def test_a_refusal_is_the_same_before_and_after_the_question(self, engaging: NearDesk) -> None:
        engaging.ok("consent", CASE, "B", "--given", "--scope", "sharing", "--method", "oral")
        engaging.ok("--as", "k03", "route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent")
        found = ahead_of(engaging)
        assert isinstance(found, Refusal)
        assert found.rule == engaging.refused("undo", "--yes")["rule"] == "undo.stands_on_it"

    def test_another_step_in_the_meantime_is_not_taken_back_unseen(self, engaging: NearDesk) -> None:
        engaging.ok(*TURNS["note"])
        found = ahead_of(engaging)
        assert isinstance(found, Ahead)
        engaging.ok(*TURNS["yes"])
        with closing(opened(engaging, "local")) as store:
            refused = take_back(store, None, expected=found.step.seq)
        assert isinstance(refused, Refusal)
        assert refused.rule == "undo.changed"

    def test_nothing_to_take_back(self, engaging: NearDesk) -> None:
        found = ahead_of(engaging, "e01")
        assert isinstance(found, Refusal)
        assert found.rule == "undo.nothing"

    def test_of_a_restricted_case_nothing_is_said_to_others(self, engaging: NearDesk) -> None:
        engaging.ok("--as", "c01", *TURNS["note"])
        engaging.ok("--as", "k03", "split", CASE, "A", "B", "C", "--reason", "避難")
        found = ahead_of(engaging, "c01")
        assert isinstance(found, Refusal)
        assert found.rule == "undo.nothing"

    def test_it_is_a_look_and_is_journaled(self, engaging: NearDesk) -> None:
        engaging.ok(*TURNS["note"])
        ahead_of(engaging)
        last = sql(engaging, "SELECT verb, result, about FROM journal ORDER BY entry DESC LIMIT 1")
        assert last == [("undo", "seen", f"case:{CASE}")]
        assert engaging.json("journal", "--verify")["bad"] is None


class TestWhatStandsOnIt:
    def test_a_decision_on_the_attendance(self, planning: NearDesk) -> None:
        planning.ok("--as", "k03", "decide", "M2026-0002", "1", "--outcome", "approved", "--on", "2026-11-19")
        error = planning.refused("undo", "--yes")
        assert error["rule"] == "undo.stands_on_it"
        assert "toshima --as k03 undo" in planning.run("undo", "--yes").err

    def test_a_plan_on_a_consent(self, engaging: NearDesk) -> None:
        engaging.ok("consent", CASE, "A", "--given", "--scope", "plan,sharing", "--method", "oral")
        engaging.ok("consent", CASE, "B", "--given", "--scope", "plan,sharing", "--method", "oral")
        engaging.ok("--as", "k03", "plan", CASE, "--from", "plan_a.json")
        assert engaging.refused("undo", "--yes")["rule"] == "undo.stands_on_it"
        engaging.ok("--as", "k03", "undo", "--yes")
        engaging.ok("undo", "--yes")

    def test_a_referral_on_a_consent(self, engaging: NearDesk) -> None:
        engaging.ok("consent", CASE, "B", "--given", "--scope", "sharing", "--method", "oral")
        sent = ("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent")
        engaging.ok("--as", "k03", *sent)
        typed = engaging.run("undo", "--yes")
        assert typed.code == 3
        assert f"toshima consent {CASE} B --withdrawn" in typed.err

    def test_what_a_sitting_was_shown_on_a_consent(self, engaging: NearDesk) -> None:
        engaging.ok("--as", "k03", "convene", "subcommittee", "--on", "2026-11-20", today="2026-11-10")
        given = ("consent", CASE, "A", "--given", "--scope", "sharing", "--method", "oral", "--on", "2026-11-18")
        engaging.ok(*given)
        engaging.ok("undo", "--yes")
        engaging.ok(*given)
        engaging.ok("--as", "k03", "attend", "M2026-0002", "k03")
        assert engaging.refused("undo", "--yes")["rule"] == "undo.stands_on_it"

    def test_what_was_passed_on_to_those_who_sat_there(self, engaging: NearDesk) -> None:
        sent = ("route", CASE, "--to", "korei-sogo", "--person", "C", "--ground", "support_conference")
        engaging.ok("--as", "k03", *sent)
        assert engaging.refused("undo", "--yes")["rule"] == "undo.stands_on_it"
        engaging.ok("--as", "k03", "undo", "--yes")
        assert engaging.json("undo", "--yes")["undone"]["act"] == "decide"

    def test_an_answer_on_a_referral(self, engaging: NearDesk) -> None:
        engaging.ok(*TURNS["told where"])
        engaging.ok("--as", "c01", "route", CASE, "--decline", "R2026-0001", "--reason", "定員")
        typed = engaging.run("undo", "--yes")
        assert typed.code == 3
        assert f"toshima route {CASE} --revoke R2026-0001" in typed.err

    def test_a_concern_of_somebody_it_added_and_any_later_act_of_the_case(self, at_reception: NearDesk) -> None:
        at_reception.ok(
            "--as", "k03", "progress", CASE, "--method", "phone", "--note", "電話した", "--on", "2026-10-06"
        )
        assert at_reception.refused("undo", "--yes")["rule"] == "undo.stands_on_it"
        at_reception.ok("--as", "k03", "undo", "--yes")
        assert at_reception.json("undo", "--yes")["undone"]["act"] == "intake"

    def test_later_steps_on_an_escalation(self, at_reception: NearDesk) -> None:
        at_reception.ok("route", CASE, "--complex", "--coordinator", "k03")
        closed = ("close", CASE, "--reason", "declined", "--tried", "訪問を続けた", "--yes")
        at_reception.ok("--as", "k03", *closed)
        assert at_reception.refused("undo", "--yes")["rule"] == "undo.stands_on_it"

    def test_a_note_of_a_colleague_stands_on_nothing(self, engaging: NearDesk) -> None:
        engaging.ok("consent", CASE, "B", "--given", "--scope", "sharing", "--method", "oral")
        engaging.ok("--as", "k03", "progress", CASE, "--method", "phone", "--note", "電話した")
        assert engaging.json("undo", "--yes")["undone"]["act"] == "consent"

    def test_what_was_refused_left_nothing_behind(self, planning: NearDesk) -> None:
        planning.ok("--as", "k03", "decide", "M2026-0002", "1", "--outcome", "approved", "--on", "2026-11-19")
        before = seen(planning)
        planning.refused("undo", "--yes")
        assert seen(planning) == before
        assert sql(planning, "SELECT COUNT(*) FROM act WHERE undone_by IS NOT NULL") == [(0,)]


class TestANo:
    def test_is_taken_back_with_a_reason(self, planning: NearDesk) -> None:
        planning.ok("consent", CASE, "A", "--withdrawn", "--method", "oral")
        error = planning.refused("undo", "--yes")
        assert (error["rule"], planning.json("show", CASE)["people"][0]["consent"]["plan"]) == (
            "undo.reason",
            "withdrawn",
        )
        planning.ok("undo", "--yes", "--reason", "別の人だった")
        assert planning.json("show", CASE)["people"][0]["consent"]["plan"] == "given"


class TestWhatWasTold:
    def test_a_referral_of_the_day_is_a_false_entry_taken_back_and_warned_of(self, engaging: NearDesk) -> None:
        engaging.ok(*TURNS["referred"])
        assert [w["rule"] for w in engaging.json("undo", "--yes")["warnings"]] == ["undo.shared"]
        assert engaging.json("show", CASE)["referrals"] == []

    def test_one_typed_earlier_is_revoked(self, engaging: NearDesk) -> None:
        engaging.ok(*TURNS["referred"])
        sql(
            engaging,
            "UPDATE act SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE seq = (SELECT MAX(seq) FROM act)",
        )
        assert engaging.refused("undo", "--yes")["rule"] == "undo.told"
        assert len(engaging.json("show", CASE)["referrals"]) == 1

    def test_an_address_given_away_told_nothing(self, engaging: NearDesk) -> None:
        engaging.ok(*TURNS["told where"])
        assert engaging.json("undo", "--yes")["warnings"] == []


class TestARestrictedCase:
    def test_is_not_spoken_of_to_others(self, engaging: NearDesk) -> None:
        engaging.ok("--as", "c01", "progress", CASE, "--method", "phone", "--note", "電話した")
        seq = sql(engaging, "SELECT MAX(seq) FROM act")[0][0]
        holder = (
            "INSERT INTO case_holder (seq, on_date, case_id, staff_code, holds) VALUES (?, '2026-11-24', 1, 'k03', 1)"
        )
        sql(engaging, holder, seq)
        typed = engaging.run("--as", "c01", "undo", "--yes", "-f", "json")
        assert typed.code == 3
        assert typed.error["rule"] == "undo.nothing"
        assert CASE not in typed.err
