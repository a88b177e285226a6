"""`report monthly`, one figure at a time: how it is counted, what it counts, what a list may tell."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.months import journal, spreadsheet
from tests.desk import Typed
from tests.history import History
from tests.ui.xlsx_reader import read

ROOT = Path(__file__).parent.parent.parent


class TestHowItIsCounted:
    def test_every_key_with_its_words(self, report: Callable[..., Typed], db: Path) -> None:
        typed = report("--explain", "-f", "json")
        assert json.loads(typed.out)["schema"] == "toshima.report.monthly/1"
        assert {tuple(row) for row in typed.data} == {("key", "label", "counts", "how", "query")}
        assert [row["key"] for row in typed.data] == [row["key"] for row in report("-f", "json").data["rows"]]
        assert {row["counts"] for row in typed.data} == {"distinct", "events", "state"}
        assert all(row["how"] for row in typed.data)
        assert journal(db) == [("report", "seen", "")], "the report; that it is explained shows nobody"

    def test_one_of_them(self, report: Callable[..., Typed]) -> None:
        (row,) = report("--explain", "--row", "engaging.over_90_days", "-f", "json").data
        assert row["query"] == "open_cases"
        assert "90" in row["how"]
        screen = report("--explain", "--row", "contacts.by_method.visit").out
        assert "contacts.by_method.visit" in screen
        assert "contacts.by_method.<code>" in report("--explain").out
        assert "contacts.by_method.visit" not in report("--explain").out

    @pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "md"])
    def test_in_every_form(self, report: Callable[..., Typed], form: str) -> None:
        out = report("--explain", "-f", form).out
        assert ("contacts.by\\_method.\\<code\\>" if form == "md" else "contacts.by_method.visit") in out
        assert ("ended\\_by\\_reason" if form == "md" else "ended_by_reason") in out

    def test_as_a_page(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        file = tmp_path / "how.html"
        assert report("--explain", "-o", str(file)).code == 0
        assert "<td>ended_by_reason</td>" in file.read_text(encoding="utf-8")

    def test_as_a_spreadsheet(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        book = spreadsheet(report, tmp_path, "--explain")
        assert "plans.revised" in book.column("explain", "A")
        assert "plans_made" in book.column("explain", "E")

    @pytest.mark.parametrize(
        ("words", "where"),
        [
            (("--explain", "--row", "cases.open"), ["--row"]),
            (("--explain", "--row", "cases.opened", "--cases"), ["--explain"]),
            (("--explain", "--month", "soon", "--row", "x", "--cases"), ["--month", "--explain", "--row"]),
        ],
    )
    def test_what_cannot_be_explained(
        self, report: Callable[..., Typed], words: tuple[str, ...], where: list[str]
    ) -> None:
        typed = report(*words, "-f", "json")
        assert (typed.code, typed.out) == (2, "")
        assert [fault["where"] for fault in typed.error["faults"]] == where


class TestTheCasesOfARow:
    def test_one_for_each_counted_unit(self, report: Callable[..., Typed], db: Path) -> None:
        typed = report("--month", "2026-11", "--row", "contacts.by_method.visit", "--cases", "-f", "json")
        assert typed.data == [
            {"unit": "N2", "case": "2026-0001", "meeting": None, "item": None, "person": "B", "on": "2026-11-06"},
            {"unit": "N3", "case": "2026-0001", "meeting": None, "item": None, "person": "A", "on": "2026-11-30"},
        ]
        assert json.loads(typed.out)["schema"] == "toshima.report.monthly/1"
        assert journal(db) == [("report", "seen", "case:2026-0001 person:1 person:2")]

    def test_a_sitting_and_its_item(self, report: Callable[..., Typed], db: Path) -> None:
        typed = report("--month", "2026-11", "--row", "support_conference.items", "--cases", "-f", "tsv")
        assert typed.out == ("unit\tcase\tmeeting\titem\tperson\ton\nM0004/1\t2026-0001\tM0004\t1\t\t2026-11-19\n")
        assert journal(db) == [("report", "seen", "case:2026-0001 meeting:M0004")]

    def test_nothing_counted_is_said(self, report: Callable[..., Typed]) -> None:
        typed = report("--month", "2026-10", "--row", "cases.opened", "--cases", "-f", "json")
        assert (typed.code, typed.data) == (0, [])
        assert report("--month", "2026-10", "--row", "cases.opened", "--cases", "-f", "tsv").err != ""

    def test_a_code_of_an_earlier_edition(self, report: Callable[..., Typed], db: Path) -> None:
        conn = History.in_file(db).conn
        conn.execute("DELETE FROM code WHERE list = 'method' AND code = 'visit'")
        conn.close()
        assert len(report("--row", "contacts.by_method.visit", "--cases", "-f", "json").data) == 2

    @pytest.mark.parametrize(
        ("words", "code", "where"),
        [
            (("--cases",), 6, None),
            (("--row", "cases.opened"), 2, "--row"),
            (("--row", "cases.open", "--cases"), 2, "--row"),
            (("--row", "concerns.unknown", "--cases"), 2, "--row"),
            (("--row", "consultations.by_window", "--cases"), 2, "--row"),
        ],
    )
    def test_what_cannot_be_listed(
        self, report: Callable[..., Typed], db: Path, words: tuple[str, ...], code: int, where: str | None
    ) -> None:
        typed = report("--month", "2026-11", *words, "-f", "json")
        assert (typed.code, typed.out) == (code, "")
        assert [fault["where"] for fault in typed.error.get("faults", [])] == ([where] if where else [])
        assert journal(db) == []

    @pytest.mark.parametrize("also", ["--cases", "--explain"])
    def test_a_key_that_is_none_names_those_like_it(self, report: Callable[..., Typed], also: str) -> None:
        typed = report("--month", "2026-11", "--row", "case.opened", also, "-f", "json")
        assert typed.code == 2
        assert "cases.opened" in typed.error["faults"][0]["message"]

    def test_names_of_codes_are_in_the_language_of_the_screen(self, report: Callable[..., Typed]) -> None:
        words = ("--month", "2026-11", "--row", "contacts.by_method.visit", "--cases", "-f", "table")
        assert "Visit" in report(*words).out
        assert "訪問" in report(*words, lang="ja").out

    def test_a_restricted_case_is_counted_and_not_named_to_others(
        self, report: Callable[..., Typed], db: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        h = History.in_file(db)
        h.hold(h.conn.execute("SELECT id FROM case_file").fetchone()[0], "k03", "2026-11-05")
        h.conn.close()
        words = ("--month", "2026-11", "--row", "contacts.total", "--cases", "-f", "json")
        hidden = {"unit": None, "case": None, "meeting": None, "item": None, "person": None, "on": None}
        monkeypatch.setenv("TOSHIMA_STAFF", "e01")
        assert report(*words).data == [hidden, hidden], "neither who nor when"
        sittings = ("--month", "2026-11", "--row", "support_conference.sittings", "--cases", "-f", "json")
        assert report(*sittings).data == [hidden], "the only item of that kind is about the case"
        body = ("--month", "2026-11", "--row", "subcommittee.sittings", "--cases", "-f", "json")
        assert [row["meeting"] for row in report(*body).data] == ["M0004"], "that it sat is no secret"
        assert "2 of these" in report(*words).err
        assert journal(db)[0] == ("report", "seen", "")
        rows = {row["key"]: row["month"] for row in report("--month", "2026-11", "-f", "json").data["rows"]}
        assert rows["contacts.total"] == 2
        monkeypatch.setenv("TOSHIMA_STAFF", "k03")
        assert [row["case"] for row in report(*words).data] == ["2026-0001", "2026-0001"]

    @pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "md", "html", "xlsx"])
    def test_in_every_form(self, report: Callable[..., Typed], tmp_path: Path, form: str) -> None:
        file = tmp_path / f"cases.{form}"
        assert report("--row", "cases.opened", "--cases", "-o", str(file)).code == 0
        held = file.read_bytes()
        said = "".join(read(held).parts.values()) if form == "xlsx" else held.decode("utf-8-sig")
        assert "2026-0001" in said


class TestWhatAListMayTell:
    def test_a_household_somebody_left_in_hiding_tells_nothing_of_them(
        self, report: Callable[..., Typed], db: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its field and its consent may be theirs alone."""
        h = History.in_file(db)
        h.count = 500
        case = h.conn.execute("SELECT id FROM case_file").fetchone()[0]
        own = h.case("2026-11-20", people="A", concerns="A:violence", origin="split", act="split")
        h.hold(own, "k03", "2026-11-20")
        h.leave(case, "A", "2026-11-20", to=own, hidden=True)
        h.conn.close()
        for key in ("consultations.new", "consultations.by_field.poverty"):
            words = ("--month", "2026-11", "--row", key, "--cases", "-f", "json")
            monkeypatch.setenv("TOSHIMA_STAFF", "e01")
            assert [row["case"] for row in report(*words).data] == [None], key
            monkeypatch.setenv("TOSHIMA_STAFF", "k03")
            assert [row["case"] for row in report(*words).data] == ["2026-0001"], key

    def test_markdown_of_a_name_is_text(self, report: Callable[..., Typed], db: Path) -> None:
        conn = History.in_file(db).conn
        conn.execute("UPDATE code SET name_en = '<b>*x*' WHERE list = 'method' AND code = 'visit'")
        conn.close()
        assert "\\<b\\>\\*x\\*" in report("--month", "2026-11", "-f", "md").out
