"""Calendars of the books: the days of my own cases, the sittings, one agenda; and who and what never gets into one."""

import re
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.desk import NearDesk, copy
from tests.looks.test_find import family, restricted, sql
from tests.looks.test_status import noted

CASE = "2026-0001"
WORDS = ("いずみ会館", "佐々木 一郎", "声かけを続ける", "認知症のため", "田村 医師", "健康診断の紙", "郵便物がたまる")
"""What is typed in `busy` and belongs in no calendar: a place, a guest, a step, why, who judged, a reason, a sign."""

TYPED = """
SELECT name FROM person UNION SELECT kana FROM person UNION SELECT address FROM household UNION
SELECT text FROM note UNION SELECT next_what FROM note UNION SELECT what FROM action UNION SELECT goal FROM plan
UNION SELECT needs FROM plan UNION SELECT care FROM plan UNION SELECT place FROM meeting
UNION SELECT guest_name FROM party UNION SELECT sign FROM watch UNION SELECT watcher FROM watch
UNION SELECT why FROM consent UNION SELECT judged_by FROM consent UNION SELECT name FROM staff WHERE code <> 'local'
"""


@pytest.fixture(scope="module")
def promised(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan is in force, and whatever can be promised was."""
    planning = NearDesk(copy(planned, tmp_path_factory.mktemp("promised") / "books.db"))
    place, where, guest, step, why, judge, reason, sign = ("--place", *WORDS)
    planning.ok("decide", "M2026-0002", "1", "--outcome", "approved", today="2026-11-19")
    until = ("--given", "--scope", "plan,sharing", "--method", "signature", "--until", "2027-03-31")
    planning.ok("consent", CASE, "B", *until)
    asked = ("--not-possible", "--method", "oral", "--why", why, "--judged-by", judge, "--review", "2027-01-12")
    planning.ok("consent", CASE, "C", *asked)
    planning.ok("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "emergency", "--reason", reason)
    planning.ok("convene", "subcommittee", "--on", "2026-12-17", place, where, "--guest", f"{guest}|町会|会長")
    noted(planning, CASE, "2026-11-20", step)
    other = family(planning, "A|佐藤 花子|さとう はなこ||female|head")
    kept = ("watch", other, "--by", "森下 民生委員", "--every", "1m", "--until", "2027-02-20", "--sign", sign)
    planning.ok("route", other, "--single", "--on", "2026-11-02")
    planning.ok(*kept, "--on", "2026-11-20")
    return planning.db


@pytest.fixture
def busy(promised: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(promised, tmp_path / "books.db"))


def events(typed: str) -> dict[str, Any]:
    """uid → event."""
    found = icalendar.Calendar.from_ical(typed)
    return {str(event["uid"]).removesuffix("@toshima"): event for event in found.walk("VEVENT")}


def days(desk: NearDesk, *words: str) -> dict[str, str]:
    """uid → day, of `status` as a calendar."""
    return {uid: event["dtstart"].dt.isoformat() for uid, event in events(desk.ok(*words, "-f", "ics").out).items()}


class TestMine:
    def test_every_day_of_my_cases_and_the_sittings_to_come(self, busy: NearDesk) -> None:
        assert days(busy, "--as", "local", "status") == {
            f"{CASE}-next-step": "2026-11-20",
            f"{CASE}-A1": "2026-12-15",
            f"{CASE}-A2": "2026-12-01",
            f"{CASE}-R2026-0001": "2026-12-08",
            "M2026-0003": "2026-12-17",
            "2026-0002-watch-look": "2026-12-20",
            f"{CASE}-consent-review-2027-01-12": "2027-01-12",
            f"{CASE}-review": "2027-01-29",
            "2026-0002-watch-end": "2027-02-20",
            f"{CASE}-consent-end-2027-03-31": "2027-03-31",
        }

    def test_whose_cases_is_what_the_board_says(self, busy: NearDesk) -> None:
        mine = days(busy, "--as", "k03", "status")
        assert {uid.rpartition("-A")[0] for uid in mine if "-A" in uid} == {CASE}
        assert not [uid for uid in mine if uid.startswith("2026-0002")]
        assert days(busy, "--as", "e01", "status") == {"M2026-0003": "2026-12-17"}

    def test_the_items_of_a_sitting_are_counted(self, busy: NearDesk) -> None:
        found = events(busy.ok("--as", "k03", "status", "-f", "ics").out)
        (there,) = (row for row in busy.json("meetings") if row["meeting"] == "M2026-0003")
        assert re.findall(r"\d+", found["M2026-0003"]["description"]) == [str(there["items"])]
        assert there["items"] > 0

    def test_the_same_file_twice_and_the_look_is_journaled(self, busy: NearDesk, tmp_path: Path) -> None:
        for name in ("a.ics", "b.ics"):
            busy.ok("status", "-o", str(tmp_path / name))
        first = (tmp_path / "a.ics").read_bytes()
        assert first == (tmp_path / "b.ics").read_bytes()
        assert sql(busy, "SELECT about FROM journal ORDER BY entry DESC LIMIT 1") == [(f"case:{CASE} case:2026-0002",)]

    def test_a_restricted_case_is_its_own_peoples(self, busy: NearDesk) -> None:
        restricted(busy, CASE, "k03")
        assert [uid for uid in days(busy, "status") if CASE in uid] == []
        assert CASE not in sql(busy, "SELECT about FROM journal ORDER BY entry DESC LIMIT 1")[0][0]
        assert f"{CASE}-review" in days(busy, "--as", "k03", "status")


class TestSittings:
    def test_all_that_were_not_cancelled(self, busy: NearDesk, tmp_path: Path) -> None:
        busy.ok("convene", "subcommittee", "--on", "2027-01-21")
        busy.ok("meetings", "--cancel", "M2026-0004")
        busy.ok("meetings", "-o", str(tmp_path / "sittings.ics"))
        assert list(events((tmp_path / "sittings.ics").read_text(encoding="utf-8"))) == [
            "M2026-0001",
            "M2026-0002",
            "M2026-0003",
        ]

    def test_so_many_as_were_asked_for(self, busy: NearDesk) -> None:
        assert list(events(busy.ok("meetings", "-f", "ics", "--limit", "1").out)) == ["M2026-0003"]

    def test_nothing_is_cancelled_where_a_calendar_was_asked_for(self, busy: NearDesk) -> None:
        assert busy.run("meetings", "--cancel", "M2026-0003", "-f", "ics").code == 2
        assert "M2026-0003" in events(busy.ok("meetings", "-f", "ics").out)


class TestAgenda:
    def test_number_case_kind_and_purpose_of_every_item(self, busy: NearDesk) -> None:
        event = events(busy.ok("agenda", "M2026-0003", "-f", "ics", TOSHIMA_LANG="en").out)["M2026-0003"]
        items = busy.json("agenda", "M2026-0003")["items"]
        lines = str(event["description"]).split("\n")
        assert len(items) > 1
        assert [line.split(" ")[:2] for line in lines] == [[f"{item['item']}.", item["case"]] for item in items]
        assert event["class"] == "PRIVATE"

    def test_a_cancelled_sitting_says_so(self, busy: NearDesk) -> None:
        busy.ok("meetings", "--cancel", "M2026-0003")
        assert events(busy.ok("agenda", "M2026-0003", "-f", "ics").out)["M2026-0003"]["status"] == "CANCELLED"

    def test_an_item_of_a_restricted_case_is_its_own_peoples(self, busy: NearDesk) -> None:
        restricted(busy, CASE, "k03")
        assert CASE not in busy.ok("agenda", "M2026-0003", "-f", "ics").out


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("line", ["status", "meetings", "agenda M2026-0003", "agenda M2026-0002"])
def test_nobody_is_named_nor_labelled_and_no_typed_text_is_in_it(busy: NearDesk, line: str, lang: str) -> None:
    typed = busy.ok(*line.split(), "-f", "ics", TOSHIMA_LANG=lang).out
    whole = typed.replace("\r\n ", "")
    known = {text for (text,) in sql(busy, TYPED) if text} | set(WORDS)
    assert {"髙橋 由美子", "声かけを続ける", "いずみ会館"} <= known
    pieces = {piece for text in known for piece in (text, *text.split()) if len(piece) > 1}
    assert {piece for piece in pieces if piece in whole} == set()
    read = " ".join(
        str(event.get(field, "")) for event in events(typed).values() for field in ("summary", "description")
    )
    assert re.findall(r"(?<![A-Za-z0-9])[A-C](?![A-Za-z0-9])", read.replace(" a consent", "")) == []
