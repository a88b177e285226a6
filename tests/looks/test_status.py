"""Today's board: whose it is, what stands on it, and what it leaves out."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from tests.desk import NearDesk
from tests.looks.test_find import family, restricted, sql
from toshima_cli import i18n
from toshima_cli.domain.terms import Body, Purpose
from toshima_cli.looks.status import Board
from toshima_cli.ui.page import Page
from toshima_cli.ui.status import draw
from toshima_cli.ui.text import width

CASE = "2026-0001"
KEYS = ["day", "staff", "overdue", "waiting", "this_week", "sittings", "watches", "drafts", "duplicates", "gaps"]
KEYS += ["owed", "after_sittings"]


def noted(desk: NearDesk, case: str, then: str, what: str = "声かけ") -> None:
    words = ("progress", case, "--method", "phone", "--note", "電話", "--next", then, "--next-what", what)
    desk.ok(*words, "--on", "2026-11-10")


def cases(rows: list[dict[str, Any]]) -> list[str]:
    return [row["case"] for row in rows]


class TestWhatStandsOnIt:
    def test_the_keys_of_the_contract(self, engaging: NearDesk) -> None:
        data = engaging.json("--as", "k03", "status")
        assert list(data) == KEYS
        assert (data["day"], data["staff"], data["drafts"]) == ("2026-11-24", "k03", [])

    def test_overdue_first_then_this_week(self, engaging: NearDesk) -> None:
        other, third, far = (family(engaging, f"A|佐藤 {n}|||female|head") for n in "一二三")
        noted(engaging, CASE, "2026-11-20")
        noted(engaging, other, "2026-11-12")
        noted(engaging, third, "2026-11-24")
        noted(engaging, far, "2026-12-02")
        data = engaging.json("status")
        assert data["overdue"] == [
            {"case": other, "what": "声かけ", "on": "2026-11-12", "days": 12},
            {"case": CASE, "what": "声かけ", "on": "2026-11-20", "days": 4},
        ]
        assert data["this_week"] == [{"case": third, "what": "声かけ", "on": "2026-11-24"}]
        noted(engaging, far, "2026-12-01")
        assert cases(engaging.json("status")["this_week"]) == [third, far]

    def test_answers_that_are_owed(self, engaging: NearDesk) -> None:
        sent = ("route", CASE, "--to", "hikikomori", "--person", "B", "--on", "2026-11-17")
        engaging.ok(*sent, "--ground", "none_shared")
        engaging.ok(*sent, "--ground", "emergency", "--reason", "危険")
        engaging.ok(*sent[:3], "korei-sogo", "--person", "C", "--ground", "statutory_report")
        (row,) = engaging.json("status")["waiting"]
        assert (row["referral"], row["case"], row["days"]) == ("R2026-0002", CASE, 7)
        assert list(row) == ["referral", "case", "to", "days"]
        engaging.ok("route", CASE, "--accept", "R2026-0002")
        assert engaging.json("status")["waiting"] == []

    def test_a_coordinator_whose_last_case_ended_sees_nobody_elses(self, engaging: NearDesk) -> None:
        noted(engaging, CASE, "2026-11-20")
        engaging.ok("staff", "add", "k09", "--name", "北", "--office", "福祉", "--role", "coordinator")
        assert engaging.json("--as", "k09", "status")["overdue"] == []
        assert cases(engaging.json("--as", "k03", "status")["overdue"]) == [CASE]

    def test_no_answer_is_owed_for_somebody_who_left(self, engaging: NearDesk) -> None:
        sent = ("route", CASE, "--to", "hikikomori", "--person", "B", "--on", "2026-11-17")
        engaging.ok(*sent, "--ground", "emergency", "--reason", "危険")
        engaging.ok("person", "leave", CASE, "B", "--reason", "independent")
        assert engaging.json("status")["waiting"] == []
        assert "R2026-0001" not in str(engaging.json("show", CASE)["next"])

    def test_the_next_sittings_and_how_many_items_are_mine(self, engaging: NearDesk) -> None:
        engaging.ok("convene", "subcommittee", "--on", "2026-12-17")
        other = family(engaging, "A|佐藤 花子|||female|head")
        for day in ("2026-11-30", "2026-12-01"):
            engaging.ok("convene", "stakeholder", "--on", day, "--case", other)
        engaging.ok("meetings", "--cancel", "M2026-0004")
        found = engaging.json("--as", "k03", "status")["sittings"]
        assert [(row["meeting"], row["held_on"], row["items"]) for row in found] == [
            ("M2026-0003", "2026-11-30", 0),
            ("M2026-0002", "2026-12-17", 1),
        ]
        assert found[1]["mine"] == [{"item": 1, "case": CASE, "purpose": "progress"}]
        assert [(row["total"], len(row["mine"])) for row in found] == [(1, 0), (1, 1)]
        theirs = engaging.json("--as", "e01", "status")["sittings"]
        assert [(row["items"], row["total"], row["mine"]) for row in theirs] == [(0, 1, []), (0, 1, [])]

    def test_an_item_of_a_restricted_case_is_not_counted_for_others(self, engaging: NearDesk) -> None:
        other = family(engaging, "A|佐藤 花子|||female|head")
        engaging.ok("convene", "stakeholder", "--on", "2026-11-30", "--case", other)
        restricted(engaging, other, "k03")
        assert [row["total"] for row in engaging.json("status")["sittings"]] == [0]
        assert [row["total"] for row in engaging.json("--as", "k03", "status")["sittings"]] == [1]

    def test_what_the_next_sitting_takes_up_is_said(self, engaging: NearDesk) -> None:
        engaging.ok("convene", "subcommittee", "--on", "2026-12-17")
        assert f"{CASE} 進捗" in engaging.ok("--as", "k03", "status").out
        assert CASE not in engaging.ok("--as", "e01", "status").out

    @pytest.mark.parametrize(
        "lines",
        [
            pytest.param((("route", CASE, "--single", "--reason", "窓口で足りる"),), id="the case is settled"),
            pytest.param(
                (
                    ("convene", "stakeholder", "--on", "2026-11-30", "--case", CASE),
                    ("attend", "M2026-0003", "k03", "--secrecy"),
                    ("decide", "M2026-0003", "1", "--outcome", "continue"),
                ),
                id="another sitting dealt with it",
            ),
            pytest.param(
                (("meetings", "--move", "M2026-0002", "--to", "2026-11-12", "--reason", "都合"),), id="it was moved"
            ),
        ],
    )
    def test_an_item_that_went_from_its_agenda_is_not_said(
        self, engaging: NearDesk, lines: tuple[tuple[str, ...], ...]
    ) -> None:
        # progress is due from 14 November on
        engaging.ok("convene", "subcommittee", "--on", "2026-12-17", today="2026-11-10")
        board = ("--as", "k03", "status")
        assert [s["items"] for s in engaging.json(*board, today="2026-11-10")["sittings"]] == [1]
        for line in lines:
            engaging.ok("--as", "k03", *line, today="2026-11-30")
        assert engaging.json("agenda", "M2026-0002", today="2026-12-01")["items"] == []
        sittings = engaging.json(*board, today="2026-11-10")["sittings"]
        (sitting,) = [s for s in sittings if s["meeting"] == "M2026-0002"]
        assert (sitting["items"], sitting["total"], sitting["mine"]) == (0, 0, [])
        shown = engaging.json("show", CASE, today="2026-11-30")["meetings"]
        assert "M2026-0002" not in [m["meeting"] for m in shown]
        assert "M2026-0002" not in engaging.ok("show", CASE, "--timeline", today="2026-11-30").out

    def test_what_a_sitting_left_undecided_is_said_to_who_called_it_and_whose_case_it_is(
        self, engaging: NearDesk
    ) -> None:
        engaging.ok("--as", "c01", "convene", "subcommittee", "--on", "2026-11-24")
        engaging.ok("--as", "c01", "attend", "M2026-0002", "k03", "--secrecy")
        left = [{"meeting": "M2026-0002", "held_on": "2026-11-24", "attendance": False, "copies": 0, "undecided": 1}]
        for who, found in (("c01", left), ("k03", left), ("e01", [])):
            assert engaging.json("--as", who, "status", today="2026-11-26")["after_sittings"] == found
        out = engaging.ok("--as", "k03", "status", today="2026-11-26", TOSHIMA_LANG="en").out
        assert "items without a decision: 1" in out
        engaging.ok("--as", "k03", "decide", "M2026-0002", "1", "--outcome", "continue", today="2026-11-26")
        assert engaging.json("--as", "k03", "status", today="2026-11-26")["after_sittings"] == []

    def test_watches_that_end_within_a_month_are_named_once(self, engaging: NearDesk) -> None:
        watch = ("watch", CASE, "--by", "森", "--every", "1m", "--sign", "郵便物", "--on", "2026-11-20")
        engaging.ok(*watch, "--until", "2026-12-20")
        noted(engaging, CASE, "2026-11-26")
        assert engaging.json("status")["watches"] == [{"case": CASE, "on": "2026-12-20"}]
        engaging.ok("progress", CASE, "--method", "phone", "--note", "電話")
        engaging.today = "2026-12-15"
        data = engaging.json("status")
        assert data["watches"] == []
        assert cases(data["this_week"]) == [CASE]

    def test_a_calm_day_says_so(self, engaging: NearDesk) -> None:
        lines = engaging.ok("status", TOSHIMA_LANG="en").out.splitlines()
        assert len(lines) == 2

    def test_bare_toshima_is_the_board(self, engaging: NearDesk) -> None:
        assert engaging.ok().out == engaging.ok("status").out


class TestAnswersThatIOwe:
    """C was passed on to korei-sogo, where e01 works."""

    SENT = ("route", CASE, "--to", "korei-sogo", "--person", "C", "--on", "2026-11-17")

    @pytest.fixture
    def sent(self, engaging: NearDesk) -> NearDesk:
        engaging.ok(*self.SENT, "--ground", "emergency", "--reason", "危険")
        return engaging

    def test_they_stand_apart_from_those_i_wait_for(self, sent: NearDesk) -> None:
        mine, theirs = sent.json("--as", "e01", "status"), sent.json("--as", "k03", "status")
        assert mine["owed"] == [
            {"referral": "R2026-0001", "case": CASE, "person": "C", "window": "csw", "on": "2026-11-17", "days": 7}
        ]
        assert (mine["waiting"], theirs["owed"], len(theirs["waiting"])) == ([], [], 1)
        assert "R2026-0001" in sent.ok("--as", "e01", "status").out
        assert sql(sent, "SELECT about FROM journal ORDER BY entry DESC LIMIT 1") == [(f"case:{CASE}",)]

    def test_answered_it_is_owed_no_more(self, sent: NearDesk) -> None:
        sent.ok("--as", "e01", "route", CASE, "--accept", "R2026-0001")
        assert sent.json("--as", "e01", "status")["owed"] == []

    def test_my_own_window_owes_it_once(self, sent: NearDesk) -> None:
        sent.ok("staff", "edit", "k03", "--window", "korei-sogo")
        data = sent.json("--as", "k03", "status")
        assert (len(data["owed"]), data["waiting"]) == (1, [])

    def test_what_awaits_no_answer_is_not_owed(self, engaging: NearDesk) -> None:
        engaging.ok(*self.SENT, "--ground", "none_shared")
        engaging.ok(*self.SENT, "--ground", "statutory_report")
        engaging.ok(*self.SENT, "--ground", "emergency", "--reason", "危険")
        engaging.ok("person", "leave", CASE, "C", "--reason", "institution", "--on", "2026-11-20")
        assert engaging.json("--as", "e01", "status")["owed"] == []

    def test_a_restricted_case_is_not_told_of_to_others(self, sent: NearDesk) -> None:
        restricted(sent, CASE, "k03")
        assert sent.json("--as", "e01", "status")["owed"] == []


class TestTheScreen:
    BOARD = Board(
        day=date(2026, 11, 24),
        staff="k03",
        office="福祉総務課",
        overdue=[{"case": CASE, "what": "review", "on": date(2026, 11, 20), "days": 4}] * 2,
        waiting=[{"referral": "R2026-0002", "case": CASE, "to": "ひきこもり相談窓口", "days": 7}] * 2,
        this_week=[{"case": CASE, "what": "next_step", "on": date(2026, 11, 26)}] * 3,
        sittings=[
            {
                "meeting": "M2026-0004",
                "body": Body.SUBCOMMITTEE,
                "held_on": date(2026, 12, 17),
                "items": 8,
                "total": 11,
                "mine": [{"item": n, "case": f"2026-000{n}", "purpose": Purpose.PROGRESS} for n in range(1, 9)],
            }
        ]
        * 3,
        watches=[{"case": CASE, "on": date(2026, 12, 1)}] * 2,
        drafts=[
            {"draft": 1, "started_at": "2026-11-24T01:42:00Z", "command": "intake", "window": "csw", "people": 2},
            {"draft": 2, "started_at": "2026-11-20T16:05:00", "command": "plan", "window": None, "people": 0},
        ],
        owed=[
            {
                "referral": "R2026-0003",
                "case": CASE,
                "person": "C",
                "window": "csw",
                "on": date(2026, 11, 20),
                "days": 4,
            }
        ],
    )

    @pytest.fixture(autouse=True)
    def language(self) -> Iterator[None]:
        yield
        i18n.set_language("ja")

    @pytest.mark.parametrize("lang", ["ja", "en"])
    @pytest.mark.parametrize("columns", [80, 120])
    def test_an_ordinary_day_fits_on_a_screen(self, columns: int, lang: str) -> None:
        i18n.set_language(lang)
        page = Page()
        draw(self.BOARD, page, {"csw": "コミュニティソーシャルワーカー（CSW）"})
        lines = page.plain(columns).splitlines()
        assert len(lines) <= 26
        assert max(map(width, lines)) <= columns

    def test_drafts_have_their_hour_and_their_line(self) -> None:
        i18n.set_language("en")
        page = Page()
        draw(self.BOARD, page, {})
        out = page.plain(80)
        assert "10:42" in out
        assert "11/20 16:05" in out
        assert "toshima intake --drafts" in map(str.strip, out.splitlines())


class TestWhoseItIs:
    @pytest.fixture
    def town(self, engaging: NearDesk) -> NearDesk:
        """Household A is k03's and came to csw (c01); another came to seikatsu. Both are overdue."""
        noted(engaging, family(engaging, "A|佐藤 花子|||female|head"), "2026-11-12")
        noted(engaging, CASE, "2026-11-20")
        engaging.ok("staff", "add", "s01", "--name", "上田", "--office", "福祉総務課", "--role", "secretariat")
        engaging.ok("staff", "add", "w01", "--name", "林", "--office", "生活福祉課", "--window", "seikatsu")
        return engaging

    @pytest.mark.parametrize(
        ("who", "mine"),
        [
            ("k03", [CASE]),
            ("c01", [CASE]),
            ("w01", ["2026-0002"]),
            ("e01", []),
            ("s01", ["2026-0002", CASE]),
            ("local", ["2026-0002", CASE]),
        ],
    )
    def test_mine(self, town: NearDesk, who: str, mine: list[str]) -> None:
        assert cases(town.json("--as", who, "status")["overdue"]) == mine

    def test_those_of_the_window_beside_those_coordinated(self, town: NearDesk) -> None:
        town.ok("staff", "edit", "k03", "--window", "seikatsu")
        assert cases(town.json("--as", "k03", "status")["overdue"]) == ["2026-0002", CASE]

    def test_a_restricted_case_is_its_own_peoples(self, town: NearDesk) -> None:
        restricted(town, "2026-0002", "k03")
        assert cases(town.json("status")["overdue"]) == [CASE]
        assert cases(town.json("--as", "k03", "status")["overdue"]) == [CASE]

    def test_an_ended_case_owes_nothing(self, town: NearDesk) -> None:
        town.ok("close", CASE, "--reason", "declined", "--tried", "訪問を続けた", "--yes")
        assert cases(town.json("status")["overdue"]) == ["2026-0002"]

    def test_the_cases_it_shows_are_in_the_journal(self, town: NearDesk) -> None:
        town.ok("--as", "k03", "status")
        assert sql(town, "SELECT verb, about FROM journal ORDER BY entry DESC LIMIT 1") == [("status", f"case:{CASE}")]


class TestWhatItLeavesOut:
    def test_masked_it_says_no_name(self, engaging: NearDesk) -> None:
        noted(engaging, CASE, "2026-11-20", "節子さんへ電話")
        assert "節子" in engaging.ok("status").out
        for form in ("table", "json"):
            assert "節子" not in engaging.ok("--mask", "status", "-f", form).out

    def test_a_step_that_may_be_about_somebody_under_restriction_is_a_kind_only(self, engaging: NearDesk) -> None:
        noted(engaging, CASE, "2026-11-20", "節子さんの避難先へ電話")
        restricted(engaging, family(engaging, "A|佐藤 花子|||female|head"), "k03")
        seq, member = sql(engaging, "SELECT seq, id FROM member WHERE label = 'C' AND case_id = 1")[0]
        columns = "(seq, on_date, member_id, reason, to_case_id, hidden)"
        sql(engaging, f"INSERT INTO departure {columns} VALUES (?, '2026-11-02', ?, 'x', 2, 1)", seq, member)
        assert [row["what"] for row in engaging.json("status")["overdue"]] == ["next_step"]
        assert engaging.json("caseload")[0]["case"] == CASE
        assert "避難先" not in engaging.ok("caseload", "-f", "table").out
        assert [row["what"] for row in engaging.json("--as", "k03", "status")["overdue"]] == ["節子さんの避難先へ電話"]

    @pytest.mark.parametrize("columns", ["80", "120"])
    def test_a_full_board_says_how_many_more(self, engaging: NearDesk, columns: str) -> None:
        with closing(sqlite3.connect(engaging.db)) as conn:
            names = [row[1] for row in conn.execute("PRAGMA table_info(case_file)")]
            picked = ", ".join(
                {"id": "100 + x", "number": "'2025-' || (1000 + x)", "ordinal": "1000 + x", "fiscal_year": "2025"}.get(
                    n, n
                )
                for n in names
            )
            conn.execute("UPDATE case_file SET next_due_on = '2026-11-20', next_due_kind = 'review'")
            counted = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 30)"
            conn.execute(f"INSERT INTO case_file {counted} SELECT {picked} FROM case_file, n")
            conn.commit()
        out = engaging.ok("status", COLUMNS=columns, TOSHIMA_LANG="en").out
        assert "and 23 more" in out
        assert max(map(width, out.splitlines())) <= int(columns)
        assert len(engaging.json("status")["overdue"]) == 31
