"""Consents that run out act by themselves, on the first opening of the books on a business day; and all that was
recorded of a consent is shown."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, copy
from toshima_cli import daily
from toshima_cli.db import Store
from toshima_cli.domain.verdict import say
from toshima_cli.exits import StoreTrouble

CASE = "2026-0001"
LAST = ("--scope", "plan,sharing", "--method", "signature", "--until", "2026-11-25")


@pytest.fixture(scope="module")
def dated(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The consents of A and B, with a plan in force, hold until 25 November."""
    planning = NearDesk(copy(planned, tmp_path_factory.mktemp("dated") / "books.db"))
    planning.ok("decide", "M2026-0002", "1", "--outcome", "approved")
    for label in "AB":
        planning.ok("consent", CASE, label, "--given", *LAST)
    return planning.db


@pytest.fixture
def running_out(dated: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(dated, tmp_path / "books.db"))


def rows(desk: NearDesk, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(desk.db)) as conn:
        return list(conn.execute(sql))


def stage(desk: NearDesk, today: str) -> Any:
    (case,) = desk.json("caseload", today=today)
    return case["stage"]


class TestTheFirstOpeningOfADay:
    def test_a_mere_look_finds_the_case_where_it_is(self, running_out: NearDesk) -> None:
        assert stage(running_out, "2026-11-25") == "supporting"
        typed = running_out.run("caseload", today="2026-11-26")
        assert "P1" in typed.err, "it is announced to whoever comes first"
        assert stage(running_out, "2026-11-26") == "engaging"
        assert running_out.json("plan", CASE, "--list", today="2026-11-26")[0]["status"] == "ended"
        assert "P1" not in running_out.run("caseload", today="2026-11-26").err

    def test_it_acts_on_the_day_after_whenever_somebody_looks(self, running_out: NearDesk) -> None:
        assert stage(running_out, "2027-01-12") == "engaging"
        assert rows(running_out, "SELECT on_date FROM stage_step ORDER BY on_date DESC, id DESC LIMIT 1") == [
            ("2026-11-26",)
        ]
        act = "SELECT actor, name, on_date FROM act ORDER BY seq DESC LIMIT 1"
        assert rows(running_out, act) == [("local", "expiry", "2027-01-12")]
        (entry,) = (e for e in running_out.json("journal", today="2027-01-12") if e["verb"] == "expiry")
        assert (entry["result"], entry["actor"]) == ("done", "local")
        assert running_out.run("journal", "--verify", today="2027-01-12").code == 0

    def test_once_a_day_and_only_where_something_ran_out(self, running_out: NearDesk) -> None:
        acts = "SELECT COUNT(*) FROM act"
        before = rows(running_out, acts)
        running_out.ok("caseload", today="2026-11-25")
        assert rows(running_out, acts) == before
        for today in ("2026-11-26", "2026-11-26", "2026-11-27", "2026-11-20"):
            running_out.ok("caseload", today=today)
        assert rows(running_out, acts) == [(before[0][0] + 1,)]
        assert rows(running_out, "SELECT value FROM counter WHERE kind = 'swept'") == [(20261120,)]

    def test_what_still_holds_for_others_goes_on(self, running_out: NearDesk) -> None:
        running_out.ok("consent", CASE, "B", "--given", "--scope", "plan,sharing", "--method", "oral")
        assert stage(running_out, "2026-11-26") == "supporting"
        assert [w["rule"] for w in running_out.json("show", CASE, today="2026-11-26")["warnings"]] == ["plan.ended_for"]

    def test_in_a_watch_the_plan_ends_and_the_stage_stays(self, running_out: NearDesk) -> None:
        running_out.ok("watch", CASE, "--by", "x", "--every", "1m", "--until", "2027-03-31", "--sign", "y")
        assert stage(running_out, "2026-11-26") == "watching"
        assert running_out.json("plan", CASE, "--list", today="2026-11-26")[0]["status"] == "ended"

    def test_a_verb_on_the_case_says_it_with_its_own_answer(self, running_out: NearDesk) -> None:
        words = ("progress", CASE, "--method", "phone", "--note", "電話した")
        data = running_out.json(*words, today="2026-11-26")
        assert [w["rule"] for w in data["warnings"]] == ["consent.plan_ended", "consent.last_withdrawn"]

    def test_of_a_restricted_case_it_acts_and_tells_nobody(self, running_out: NearDesk) -> None:
        with closing(sqlite3.connect(running_out.db)) as conn:
            seq = conn.execute("SELECT MAX(seq) FROM act").fetchone()[0]
            conn.execute(
                "INSERT INTO case_holder (seq, on_date, case_id, staff_code, holds) VALUES (?, ?, 1, 'k03', 1)",
                (seq, "2026-11-24"),
            )
            conn.commit()
        typed = running_out.run("caseload", "-f", "json", today="2026-11-26")
        assert (typed.data, typed.err) == ([], "")
        assert rows(running_out, "SELECT stage FROM case_file") == [("engaging",)]

    def test_books_that_cannot_be_written_are_looked_at_all_the_same(
        self, running_out: NearDesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise StoreTrouble(say("The disk is full."))

        monkeypatch.setattr(Store, "mark", full)
        monkeypatch.setattr(Store, "work", full)
        assert stage(running_out, "2026-11-26") == "supporting"

    def test_a_day_that_is_played_is_no_day_that_was(self, running_out: NearDesk) -> None:
        assert rows(running_out, "SELECT DISTINCT scope FROM counter WHERE kind = 'swept'") == [("replayed",)]

    def test_marks_are_days(self) -> None:
        for day in (20261124, 20270101):
            assert daily._number(daily._date(day)) == day


class TestAllThatWasRecorded:
    def test_of_somebody_who_cannot_decide(self, engaging: NearDesk) -> None:
        engaging.ok(
            "consent", CASE, "C", "--not-possible", "--method", "oral", "--why", "理解が難しい", "--judged-by",
            "主治医", "--review", "2026-12-10", "--explained-by", "c01", "--on", "2026-11-20",
        )  # fmt: skip
        shown = engaging.json("show", CASE)
        assert shown["people"][2]["consents"] == [
            {
                "on": "2026-11-20", "decision": "not_possible", "scope": ["plan", "sharing"], "method": "oral",
                "decided_by": "self", "by": None, "evidence": None, "explained_by": "c01", "excluding": [],
                "expires_on": None, "why": "理解が難しい", "judged_by": "主治医", "review_on": "2026-12-10",
            }
        ]  # fmt: skip
        assert [n["due_on"] for n in shown["next"] if "--not-possible" in n["command"]] == ["2026-12-10"]
        (case,) = engaging.json("caseload")
        assert case["next_due_on"] == "2026-12-10"
        screen = engaging.run("show", CASE, COLUMNS="200").out
        for word in ("理解が難しい", "主治医", "2026-12-10"):
            assert word in screen
        assert "主治医" not in engaging.run("--mask", "show", CASE, "-f", "json").out

    def test_of_a_guardian_and_an_exception(self, engaging: NearDesk) -> None:
        engaging.ok(
            "consent", CASE, "C", "--given", "--scope", "sharing", "--excluding", "csw", "--method", "signature",
            "--decided-by", "adult_guardian", "--by", "司法 花子", "--evidence", "登記事項証明書", "--until",
            "2027-03-31",
        )  # fmt: skip
        (row,) = engaging.json("show", CASE)["people"][2]["consents"]
        assert (row["decided_by"], row["by"], row["evidence"]) == ("adult_guardian", "司法 花子", "登記事項証明書")
        assert (row["excluding"], row["expires_on"]) == (["csw"], "2027-03-31")
        screen = engaging.run("show", CASE, COLUMNS="200").out
        for word in ("司法 花子", "登記事項証明書", "2027-03-31"):
            assert word in screen

    def test_history_is_added_to(self, planning: NearDesk) -> None:
        planning.ok("consent", CASE, "A", "--withdrawn", "--method", "phone")
        rows = planning.json("show", CASE)["people"][0]["consents"]
        assert [row["decision"] for row in rows] == ["given", "withdrawn"]
