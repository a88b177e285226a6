"""Colleagues: what is known of them changes, they leave, and others take over their cases."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.desk import NearDesk

CASE = "2026-0001"


def sql(desk: NearDesk, text: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(desk.db)) as conn:
        found = conn.execute(text, values).fetchall()
        conn.commit()
        return found


def restricted(desk: NearDesk, holder: str, case_id: int = 1) -> None:
    seq = sql(desk, "SELECT MIN(seq) FROM act WHERE case_id = ?", case_id)[0][0]
    holders = "INSERT INTO case_holder (seq, on_date, case_id, staff_code, holds) VALUES (?, '2026-10-05', ?, ?, 1)"
    sql(desk, holders, seq, case_id, holder)


def colleague(desk: NearDesk, code: str, *words: str) -> Any:
    return next(row for row in desk.json("staff", "list", *words) if row["staff"] == code)


@pytest.fixture
def desk(engaging: NearDesk) -> NearDesk:
    engaging.ok("staff", "add", "k05", "--name", "林", "--office", "福祉総務課")
    return engaging


class TestEdit:
    def test_the_old_value_and_the_reason_stay(self, desk: NearDesk) -> None:
        desk.ok("staff", "edit", "c01", "--office", "西部", "--window", "none", "--reason", "異動")
        row = colleague(desk, "c01")
        assert (row["office"], row["window"], row["name"]) == ("西部", None, "森")
        assert sql(
            desk,
            "SELECT field, old_value, new_value, reason FROM correction WHERE staff_code = 'c01' AND field <> 'code'",
        ) == [("office", "CSW", "西部", "異動"), ("window_code", "csw", None, "異動")]

    def test_taken_back_it_is_as_before(self, desk: NearDesk) -> None:
        before = colleague(desk, "c01")
        desk.ok("staff", "edit", "c01", "--office", "西部", "--role", "secretariat", "--window", "none")
        desk.ok("undo", "--yes")
        assert colleague(desk, "c01") == before

    def test_the_newest_that_stands_wins(self, desk: NearDesk) -> None:
        desk.ok("--as", "k05", "staff", "edit", "c01", "--office", "西部")
        desk.ok("staff", "edit", "c01", "--office", "東部")
        desk.ok("--as", "k05", "undo", "--yes")
        assert colleague(desk, "c01")["office"] == "東部"
        desk.ok("undo", "--yes")
        assert colleague(desk, "c01")["office"] == "CSW"

    def test_what_is_wrong_with_it(self, desk: NearDesk) -> None:
        assert desk.run("staff", "edit", "k99", "--name", "x").code == 4
        assert desk.run("staff", "edit", "c01").code == 6
        assert desk.run("staff", "edit", "c01", "--window", "nowhere").code == 2
        assert desk.refused("staff", "edit", "c01", "--name", "森")["rule"] == "staff.edit.same"


class TestRetire:
    def test_not_while_open_cases_are_with_them(self, desk: NearDesk) -> None:
        typed = desk.run("staff", "retire", "k03")
        assert typed.code == 3
        assert CASE in typed.err
        assert "toshima staff handover k03 CODE" in typed.err

    def test_after_the_handover_they_are_in_no_list_but_the_whole_one(self, desk: NearDesk) -> None:
        desk.ok("staff", "handover", "k03", "k05", "--yes")
        desk.ok("staff", "retire", "k03", "--on", "2026-11-20")
        assert "k03" not in {row["staff"] for row in desk.json("staff", "list")}
        assert colleague(desk, "k03", "--all")["retired_on"] == "2026-11-20"
        typed = desk.run("--as", "k03", "caseload")
        assert (typed.code, "2026-11-20" in typed.err) == (2, True)
        desk.ok("undo", "--yes")
        assert colleague(desk, "k03")["retired_on"] is None

    def test_the_desk_without_a_code_stays(self, desk: NearDesk) -> None:
        assert desk.refused("staff", "retire", "local")["rule"] == "staff.local"

    def test_what_they_alone_see_they_hand_over_and_nobody_learns_of_it(self, desk: NearDesk) -> None:
        restricted(desk, "k03")
        typed = desk.run("staff", "retire", "k03")
        assert typed.code == 3
        assert CASE not in typed.err
        assert "toshima --as k03 staff handover k03 CODE" in typed.err


class TestHandover:
    def test_every_open_case_goes_in_one_act_and_comes_back_in_one(self, desk: NearDesk) -> None:
        other = desk.json(
            "intake", "--window", "seikatsu", "--channel", "self", "--person", "A|佐藤 花子|||female|head",
            "--concern", "A:rent", "--on", "2026-11-01",
        )["case"]  # fmt: skip
        desk.ok("route", other, "--complex", "--coordinator", "k03", "--on", "2026-11-02")
        data = desk.json("staff", "handover", "k03", "k05", "--yes")
        assert data["cases"] == [CASE, other]
        assert {row["coordinator"] for row in desk.json("caseload")} == {"k05"}
        undone = desk.json("undo", "--yes")
        assert (undone["undone"]["act"], undone["case"]) == ("hand_over", None)
        assert {row["coordinator"] for row in desk.json("caseload")} == {"k03"}

    def test_one_of_them_from_a_day_on(self, desk: NearDesk) -> None:
        data = desk.json("staff", "handover", "k03", "k05", "--case", CASE, "--on", "2026-11-02")
        assert (data["case"], data["stage"], data["from"], data["to"]) == (CASE, "engaging", "k03", "k05")
        assert desk.json("show", CASE)["coordinator"] == "k05"
        assert desk.json("undo", "--yes")["case"] == CASE

    def test_all_of_them_is_asked_first(self, desk: NearDesk) -> None:
        assert desk.run("staff", "handover", "k03", "k05").code == 6

    def test_what_is_wrong_with_it(self, desk: NearDesk) -> None:
        assert desk.run("staff", "handover", "k03", "k99", "--yes").code == 4
        assert desk.run("staff", "handover", "k03", "k03", "--yes").code == 2
        assert desk.run("staff", "handover", "k03", "k05", "--case", "2026-0099").code == 4
        assert desk.refused("staff", "handover", "k05", "k03", "--yes")["rule"] == "staff.handover.nothing"
        not_theirs = ("staff", "handover", "k05", "k03", "--case", CASE)
        assert desk.refused(*not_theirs)["rule"] == "staff.handover.not_theirs"
        desk.ok("close", CASE, "--reason", "declined", "--tried", "訪問を続けた", "--yes")
        assert desk.refused("staff", "handover", "k03", "k05", "--case", CASE)["rule"] == "stage.hand_over"

    def test_a_restricted_case_goes_by_its_own_hands_and_is_then_the_takers(self, desk: NearDesk) -> None:
        restricted(desk, "k03")
        assert desk.run("staff", "handover", "k03", "k05", "--case", CASE).code == 4
        assert desk.refused("staff", "handover", "k03", "k05", "--yes")["rule"] == "staff.handover.nothing"
        desk.ok("--as", "k03", "staff", "handover", "k03", "k05", "--yes")
        assert desk.run("--as", "k03", "show", CASE).code == 4
        assert desk.json("--as", "k05", "show", CASE)["coordinator"] == "k05"
        assert desk.run("show", CASE).code == 4
        assert desk.refused("--as", "k03", "undo", "--yes")["rule"] == "undo.nothing"
