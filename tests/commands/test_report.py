"""`toshima report monthly`, typed: its forms, its lists, its journal, its faults."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.desk import ANYWHERE, Typed
from tests.history import History
from tests.naughty import naughty
from tests.ui.xlsx_reader import Book, read
from toshima_cli import app

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One household, received on 5 November, visited twice, once on the 30th."""
    path = tmp_path_factory.mktemp("report") / "books.db"
    h = History.new(path)
    case = h.case("2026-11-05", people="AB", concerns="A:job B:withdrawal", channel="welfare_commissioner")
    h.note(case, "2026-11-06", label="B")
    h.note(case, "2026-11-30", label="A")
    h.item(h.meeting("2026-11-19"), case)
    for code in ("k03", "e01"):
        h.insert("staff", code=code, name="青木", office="福祉総務課", role="coordinator")
    h.conn.close()
    return path


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "books.db"))


@pytest.fixture
def report(db: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Typed]:
    """`report("--month", "2026-11")` types `toshima report monthly …` in English on 10 December 2026."""
    monkeypatch.setenv("TOSHIMA_DB", str(db))
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str, today: str = "2026-12-10", lang: str = "en") -> Typed:
        monkeypatch.setenv("TOSHIMA_TODAY", today)
        monkeypatch.setenv("TOSHIMA_LANG", lang)
        code = app.main(["report", "monthly", *words])
        out, err = capfd.readouterr()
        return Typed(code, out, err)

    return run


def journal(db: Path) -> list[tuple[Any, ...]]:
    conn = History.in_file(db).conn
    rows = [tuple(row) for row in conn.execute("SELECT verb, result, about FROM journal ORDER BY entry")]
    conn.close()
    return rows


class TestTheReport:
    def test_json_is_the_contract(self, report: Callable[..., Typed]) -> None:
        typed = report("--month", "2026-11", "-f", "json")
        document = json.loads(typed.out)
        assert (typed.code, typed.err) == (0, "")
        assert document["schema"] == "toshima.report.monthly/1"
        assert list(document["data"]) == ["month", "rows", "notes"]
        assert document["data"]["month"] == "2026-11"
        assert {tuple(row) for row in document["data"]["rows"]} == {
            ("key", "label", "month", "year_to_date", "last_month", "year_ago")
        }
        rows = {row["key"]: row for row in document["data"]["rows"]}
        assert rows["cases.opened"]["month"] == rows["cases.opened"]["year_to_date"] == 1
        assert rows["contacts.by_method.visit"]["month"] == 2
        assert rows["contacts.by_method.phone"]["month"] == 0
        assert rows["contacts.by_method.visit"]["label"] == "By method: Visit"

    def test_the_names_of_codes_follow_the_language(self, report: Callable[..., Typed]) -> None:
        rows = {row["key"]: row for row in report("--month", "2026-11", "-f", "json", lang="ja").data["rows"]}
        assert "訪問" in rows["contacts.by_method.visit"]["label"]

    @pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
    def test_rows_for_machines_are_all_there(self, report: Callable[..., Typed], form: str) -> None:
        lines = report("--month", "2026-11", "-f", form).out.splitlines()
        keys = len(report("--month", "2026-11", "-f", "json").data["rows"])
        assert len(lines) == keys + (form != "jsonl")
        if form == "csv":
            assert lines[:2] == [
                "key,label,month,year_to_date,last_month,year_ago",
                "cases.open_start,Open at the start,0,0,0,0",
            ]

    def test_a_screen_leaves_out_codes_with_nothing_unless_asked(self, report: Callable[..., Typed]) -> None:
        few, all_ = report("--month", "2026-11").out, report("--month", "2026-11", "--all").out
        assert "Visit" in few
        assert "Telephone" not in few
        assert "Reports by law" not in few
        assert "Gaps answered" in few
        assert "Telephone" in all_
        assert "Reports by law" in all_
        assert "--all" in few
        assert "--all" not in all_

    def test_a_code_counted_earlier_in_the_year_stays(self, report: Callable[..., Typed]) -> None:
        rows = report("--month", "2026-12").out.splitlines()
        assert [line.split() for line in rows if "Visit" in line] == [["Visit", "0", "2", "0", "2"]]

    @pytest.mark.parametrize("columns", ["40", "80", "120"])
    def test_it_fits_the_screen(
        self, report: Callable[..., Typed], columns: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from toshima_cli.ui.text import width

        monkeypatch.setenv("COLUMNS", columns)
        if columns == "40":
            # the narrowest labels, and nothing is cut: the figures may run over
            assert "sharing" in report("--month", "2026-11").out
        else:
            assert max(width(line) for line in report("--month", "2026-11", "--all").out.splitlines()) <= int(columns)

    def test_markdown_is_a_paper(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        typed = report("--month", "2026-11", "-f", "md")
        assert typed.out.startswith("# Monthly report 2026-11\n")
        assert "| Newly opened | events | 1 | 0 | 0 | 1 |" in typed.out.splitlines()
        assert "| 　Visit |  | 2 | 0 | 0 | 2 |" in typed.out.splitlines()
        file = tmp_path / "report.md"
        assert report("--month", "2026-11", "-o", str(file)).code == 0
        assert file.read_text(encoding="utf-8") == typed.out

    def test_a_bar_in_a_name_breaks_no_table(self, report: Callable[..., Typed], db: Path) -> None:
        conn = History.in_file(db).conn
        conn.execute("UPDATE code SET name_en = 'A|B' WHERE list = 'method' AND code = 'visit'")
        conn.close()
        assert "| 　A\\|B |  | 2 | 0 | 0 | 2 |" in report("--month", "2026-11", "-f", "md").out.splitlines()

    def test_a_file_by_its_ending(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        file = tmp_path / "report.csv"
        report("--month", "2026-11", "-o", str(file))
        assert file.read_bytes().startswith(b"\xef\xbb\xbfkey,label,month,year_to_date,last_month,year_ago\r\n")
        assert report("--month", "2026-11", "-o", str(tmp_path / "report.pdf")).code == 2

    def test_a_spreadsheet_is_a_summary_every_figure_and_the_list(
        self, report: Callable[..., Typed], tmp_path: Path, db: Path
    ) -> None:
        book = spreadsheet(report, tmp_path, "--month", "2026-11")
        assert list(book.sheets) == ["Summary", "Figures", "Bars", "List", "charts"]
        blocks = [str(value).split()[0] for value in book.column("Figures", "A") if str(value)[:1].isdigit()]
        assert blocks == [str(number) for number in range(1, 12)], "one below the other"
        cells = book.sheets["Summary"]
        head = ["Key", "Figure", "Counted", "Month", "Last", "Year ago", "To date"]
        assert [cells[f"{letter}2"].value for letter in "ABCDEFG"] == head
        at = book.column("Summary", "A").index("cases.opened") + 1
        row = ["cases.opened", "Newly opened", "events", 1, 0, 0, 1]
        assert [cells[f"{letter}{at}"].value for letter in "ABCDEFG"] == row
        assert "contacts.by_method.visit" in book.column("Figures", "A")
        assert "contacts.by_method.phone" not in book.column("Figures", "A")
        assert 'fitToHeight="0"' not in book.parts["xl/worksheets/sheet1.xml"], "on one page"
        assert journal(db)[-1] == ("report", "seen", "case:2026-0001 meeting:M0004 person:1 person:2")

    def test_its_sheets_hold_every_key_and_the_list_every_unit(
        self, report: Callable[..., Typed], tmp_path: Path
    ) -> None:
        book = spreadsheet(report, tmp_path, "--month", "2026-11", "--all")
        rows = {row["key"]: row for row in report("--month", "2026-11", "-f", "json").data["rows"]}
        assert [value for value in book.column("Figures", "A") if value in rows] == list(rows)
        listed = book.column("List", "C")
        assert {key: listed.count(key) for key in rows} == {key: row["month"] for key, row in rows.items()}

    def test_its_charts_are_its_own_and_read_their_figures_from_cells(
        self, report: Callable[..., Typed], tmp_path: Path
    ) -> None:
        book = spreadsheet(report, tmp_path, "--month", "2026-11")
        drawn = [text for name, text in book.parts.items() if name.startswith("xl/charts/chart")]
        assert len(drawn) == 4, "the course, the stages, by window, by channel; nobody consented yet"
        assert all("'charts'" in text or "charts!" in text for text in drawn)
        assert book.column("charts", "A")[1:14] == [
            *(f"2025-{month:02}" for month in (11, 12)),
            *(f"2026-{month:02}" for month in range(1, 12)),
        ]
        assert book.column("charts", "B")[13] == 1.0

    def test_names_only_where_they_are_asked_for(self, report: Callable[..., Typed], tmp_path: Path, db: Path) -> None:
        conn = History.in_file(db).conn
        conn.execute("UPDATE person SET name = '髙橋 由美子' WHERE id = 1")
        conn.close()
        whole = "".join(spreadsheet(report, tmp_path, "--month", "2026-11").parts.values())
        assert "髙橋" not in whole
        book = spreadsheet(report, tmp_path, "--month", "2026-11", "--with-names")
        assert "髙橋 由美子" in book.column("List", "I")
        assert "person:1" in journal(db)[-1][2]
        words = ("--month", "2026-11", "--row", "cases.opened", "--cases")
        assert report(*words, "--with-names", "-f", "json").data[0]["name"] == "髙橋 由美子"
        assert "name" not in report(*words, "-f", "json").data[0]
        assert report("--month", "2026-11", "--with-names", "-f", "md").code == 2

    def test_it_speaks_the_language_of_the_screen(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        book = spreadsheet(report, tmp_path, "--month", "2026-11", lang="ja")
        assert {"概要", "一覧"} <= set(book.sheets)
        assert "令和8年11月" in str(book.sheets["概要"]["A1"].value)
        assert '<sheet name="charts" sheetId="5" state="hidden"' in book.parts["xl/workbook.xml"]

    def test_a_page_needs_nothing_from_outside(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        file = tmp_path / "report.html"
        assert report("--month", "2026-11", "-o", str(file)).code == 0
        page = file.read_text(encoding="utf-8")
        elements = ElementTree.fromstring(re.sub("<!DOCTYPE html>|<meta[^>]*>|<col [^>]*>|<col>", "", page))
        assert "<script" not in page
        assert set(re.findall(r"https?://[^\"]+", page)) == {"http://www.w3.org/2000/svg"}
        drawn = elements.findall(".//{http://www.w3.org/2000/svg}svg")
        assert len(drawn) == 4
        for chart in drawn:
            told = chart.find("{http://www.w3.org/2000/svg}desc")
            assert chart.attrib["role"] == "img"
            assert told is not None
            assert told.text
        assert all("scope" in head.attrib for head in elements.iter("th"))
        figures = [[cell.text for cell in row.findall("td")] for row in elements.iter("tr")]
        assert ["events", "1", "0", "0", "1"] in figures

    def test_a_list_as_a_spreadsheet(self, report: Callable[..., Typed], tmp_path: Path, db: Path) -> None:
        book = spreadsheet(report, tmp_path, "--month", "2026-11", "--row", "contacts.total", "--cases")
        assert book.column("list", "B")[-2:] == ["2026-0001", "2026-0001"]
        assert book.column("list", "F")[-1] == 46356.0, "a date"
        assert journal(db) == [("report", "seen", "case:2026-0001 person:1 person:2")]
        empty = spreadsheet(report, tmp_path, "--month", "2026-10", "--row", "contacts.total", "--cases")
        assert empty.column("list", "B") == ["Case"]

    def test_a_file_that_is_there_stays(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        file = tmp_path / "month.xlsx"
        file.write_bytes(b"mine")
        assert report("--month", "2026-11", "-o", str(file)).code == 2
        assert file.read_bytes() == b"mine"
        assert report("--month", "2026-11", "-f", "xlsx").code == 2, "no spreadsheet on a screen"

    @pytest.mark.parametrize("form", ["md", "csv", "tsv", "json", "jsonl"])
    def test_a_file_holds_what_a_pipe_would_get(self, report: Callable[..., Typed], tmp_path: Path, form: str) -> None:
        file = tmp_path / f"month.{form}"
        assert report("--month", "2026-11", "-o", str(file)).code == 0
        piped = report("--month", "2026-11", "-f", form).out
        assert file.read_text(encoding="utf-8-sig") == piped.replace("\r\n", "\n")
        assert file.read_bytes().startswith(b"\xef\xbb\xbf") == (form == "csv")

    def test_it_shows_nobody_and_says_so_to_the_journal(self, report: Callable[..., Typed], db: Path) -> None:
        report("--month", "2026-11")
        assert journal(db) == [("report", "seen", "")]


def spreadsheet(report: Callable[..., Typed], folder: Path, *words: str, **more: str) -> Book:
    file = folder / "month.xlsx"
    typed = report(*words, "-o", str(file), "--force", **more)
    assert typed.code == 0, typed.err
    return read(file.read_bytes())


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


class TestTheMonth:
    @pytest.mark.parametrize("typed", ["2026-11", "R8.11", "令和8年11月", "last", None])
    def test_as_people_write_it(self, report: Callable[..., Typed], typed: str | None) -> None:
        words = ["--month", typed] if typed else []
        assert report(*words, "-f", "json").data["month"] == "2026-11"

    def test_last_is_the_month_before_across_the_year(self, report: Callable[..., Typed]) -> None:
        assert report("-f", "json", today="2027-01-01").data["month"] == "2026-12"

    def test_a_month_that_runs_is_given_with_a_word_on_stderr(self, report: Callable[..., Typed]) -> None:
        running = report("--month", "2026-11", "-f", "json", today="2026-11-30")
        over = report("--month", "2026-11", "-f", "json", today="2026-12-01")
        assert running.code == over.code == 0
        assert "2026-11" in running.err
        assert over.err == ""
        assert running.out == over.out

    @pytest.mark.parametrize(
        ("typed", "instead"),
        [("--month 2027-01", "--month this"), ("--month 2026-13", "--month last"), ("--month=soon", "--month=last")],
    )
    def test_no_month_or_not_begun(self, report: Callable[..., Typed], typed: str, instead: str) -> None:
        typed_ = report("--all", *typed.split(), "-f", "json")
        assert (typed_.code, typed_.out) == (2, "")
        assert [fault["where"] for fault in typed_.error["faults"]] == ["--month"]
        assert f"report monthly --all {instead} -f json" in typed_.error["hint"], "the same line, as it works"
        assert report("--all", *instead.split()).code == 0
        assert report(*typed.split(), "--kept", "-f", "json").error["hint"].endswith("--help"), "of another fault too"


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


class TestManyFiles:
    """`--manifest` beside a file, `--all-months` a year of them."""

    def test_a_manifest_is_checked_against_its_file_and_the_journal(
        self, report: Callable[..., Typed], tmp_path: Path, db: Path
    ) -> None:
        from hashlib import sha256

        from toshima_cli.looks import report as looks

        file = tmp_path / "month.xlsx"
        report("--month", "2026-10")
        before = head(db)
        assert report("--month", "2026-11", "--manifest", "-o", str(file)).code == 0
        found = json.loads((tmp_path / "month.xlsx.manifest.json").read_text(encoding="utf-8"))
        assert found["schema"] == "toshima.report.monthly/1"
        data = found["data"]
        assert (data["month"], data["file"], data["bytes"]) == ("2026-11", "month.xlsx", file.stat().st_size)
        assert data["sha256"] == sha256(file.read_bytes()).hexdigest()
        assert data["journal_head"] == before != head(db)
        assert before not in "".join(read(file.read_bytes()).parts.values()), "the head stands in no report"
        rows = {row["key"]: row for row in data["rows"]}
        assert rows.keys() == {row["key"] for row in report("--month", "2026-11", "-f", "json").data["rows"]}
        contacts = rows["contacts.by_method.visit"]
        assert (contacts["query"], contacts["month"]) == ("contacts", 2)
        assert contacts["query_sha256"] == sha256(looks.list_of("contacts").encode()).hexdigest()

    def test_a_manifest_alone_is_of_the_json(self, report: Callable[..., Typed]) -> None:
        from hashlib import sha256

        plain = report("--month", "2026-11", "-f", "json").out
        data = report("--month", "2026-11", "--manifest", "-f", "json").data
        assert data["sha256"] == sha256(plain.encode()).hexdigest()
        assert "consultations" in report("--month", "2026-11", "--manifest").out

    def test_a_file_for_each_month_of_the_year_so_far(
        self, report: Callable[..., Typed], tmp_path: Path, db: Path
    ) -> None:
        typed = report("--month", "2026-11", "--all-months", "--manifest", "-o", str(tmp_path / "year.csv"))
        assert typed.code == 0
        names = {path.name for path in tmp_path.iterdir()} - {db.name, f"{db.name}-wal", f"{db.name}-shm"}
        months = [f"2026-{month:02}" for month in range(4, 12)]
        assert names == {f"year-{m}.csv{tail}" for m in months for tail in ("", ".manifest.json")}
        assert (tmp_path / "year-2026-11.csv").stat().st_mode & 0o777 == 0o600
        alone = tmp_path / "alone.csv"
        report("--month", "2026-11", "-o", str(alone))
        assert (tmp_path / "year-2026-11.csv").read_bytes() == alone.read_bytes()

    def test_none_is_written_where_one_is_there_already(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        there = tmp_path / "year-2026-09.md"
        there.write_bytes(b"mine")
        words = ("--month", "2026-11", "--all-months", "-o", str(tmp_path / "year.md"))
        assert report(*words).code == 2
        assert [path.name for path in tmp_path.glob("*.md")] == [there.name]
        assert there.read_bytes() == b"mine"
        assert report(*words, "--force").code == 0
        assert len(list(tmp_path.glob("*.md"))) == 8

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("--all-months",), 6),
            (("--all-months", "--explain", "-o", "x.md"), 2),
            (("--manifest", "--row", "cases.opened", "--cases"), 2),
        ],
    )
    def test_what_makes_no_file(self, report: Callable[..., Typed], words: tuple[str, ...], code: int) -> None:
        assert report(*words).code == code


class TestWhatHasToBeKnown:
    def test_since_when_the_books_speak_and_who_did_not_sit(self, report: Callable[..., Typed], db: Path) -> None:
        november, october = (report("--month", month, "-f", "json").data["notes"] for month in ("2026-11", "2026-10"))
        assert any("2026-11-05" in note for note in november)
        assert not any("sit" in note for note in november), "the subcommittee sat on the 19th"
        assert len(october) == 1, "nothing is recorded up to its end"
        h = History.in_file(db)
        case = h.conn.execute("SELECT id FROM case_file").fetchone()[0]
        h.plan_step(h.plan(case, "2026-12-01"), "2026-12-02", afterwards="急ぎ")
        h.conn.close()
        december = report("--month", "2026-12", "-f", "json").data["notes"]
        assert any("1" in note and "afterwards" in note for note in december)
        assert any("sit" in note for note in december)

    def test_a_code_of_an_earlier_edition_is_named(self, report: Callable[..., Typed], db: Path) -> None:
        conn = History.in_file(db).conn
        conn.execute("DELETE FROM code WHERE list = 'method' AND code = 'visit'")
        conn.close()
        assert any("visit" in note for note in report("--month", "2026-11", "-f", "json").data["notes"])


def head(db: Path) -> str:
    conn = History.in_file(db).conn
    row = conn.execute("SELECT hash FROM journal ORDER BY entry DESC LIMIT 1").fetchone()
    conn.close()
    return str(row[0]) if row else ""


def test_no_database_is_said_first(report: Callable[..., Typed], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOSHIMA_DB", "/nowhere/books.db")
    assert report("--month", "never").code == 5
    assert report("--row", "cases.opened", "--cases").code == 5


@pytest.mark.parametrize("form", ["json", "md", "table", "csv", "xlsx", "html"])
def test_the_same_bytes_whatever_the_desks_clock_and_locale_and_whoever_asks(
    db: Path, tmp_path: Path, form: str
) -> None:
    found = set()
    for zone, locale, today, staff in (
        ("Asia/Tokyo", "ja_JP.UTF-8", "2026-12-10", "local"),
        ("Pacific/Honolulu", "C", "2027-03-01", "k03"),
        ("Europe/Athens", "tr_TR.UTF-8", "2028-02-29", "e01"),
    ):
        file = tmp_path / f"{staff}.{form}"
        form_ = ("-o", str(file)) if form in ("xlsx", "html") else ("-f", form)
        locale = locale if ANYWHERE else "C.UTF-8"
        done = subprocess.run(
            [sys.executable, "-m", "toshima_cli", "report", "monthly", "--month", "2026-11", *form_],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={
                **os.environ,
                "TOSHIMA_DB": str(db),
                "TOSHIMA_TODAY": today,
                "TOSHIMA_STAFF": staff,
                "TZ": zone,
                "LC_ALL": locale,
                "LANG": locale,
                "PYTHONHASHSEED": str(len(zone)),
            },
        )
        found.add(file.read_bytes() if form in ("xlsx", "html") else done.stdout)
    assert len(found) == 1
    assert found != {b""}


def test_a_read_leaves_the_orm_alone(db: Path) -> None:
    code = (
        "import sys; from toshima_cli import app; "
        "code = app.main(['report', 'monthly', '--month', '2026-11', '-f', 'json']); "
        "sys.exit(code or bool({'sqlmodel', 'sqlalchemy', 'questionary', 'alembic'} & set(sys.modules)))"
    )
    env = {**os.environ, "TOSHIMA_DB": str(db)}
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True).returncode == 0


class TestHostileNames:
    """Whatever windows, people and codes are called: no cell is a formula, no page is broken, nothing is sent."""

    @pytest.fixture
    def hostile(self, db: Path) -> list[str]:
        names = [text for text in naughty() if text.strip() and "\0" not in text][:400]
        h = History.in_file(db)
        h.count = 500
        for number, name in enumerate(names):
            code = f"w{number}"
            h.insert(
                "window",
                position=100 + number,
                code=code,
                name=name,
                department=name,
                operation="direct",
                sites=1,
                site_type="basic",
                subsidised=False,
                coordinator_posted="no",
                fields="other",
                source="x",
                edition="x",
            )
            case = h.case("2026-11-20", people="A", concerns="A:job", channel="self")
            h.conn.execute("UPDATE case_file SET window_code = ? WHERE id = ?", (code, case))
            h.conn.execute("UPDATE person SET name = ? WHERE id = (SELECT MAX(id) FROM person)", (name,))
        h.conn.close()
        return names

    def test_are_inert_everywhere(
        self, report: Callable[..., Typed], hostile: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from toshima_cli.ui.text import visible

        book = spreadsheet(report, tmp_path, "--month", "2026-11", "--with-names")
        named = {str(value) for value in book.column("List", "I")}
        assert len(named & {visible(name.replace("\r\n", "\n"), keep="\n") for name in hostile}) > 300
        file = tmp_path / "report.html"
        assert report("--month", "2026-11", "-o", str(file)).code == 0
        page = file.read_text(encoding="utf-8")
        ElementTree.fromstring(re.sub("<!DOCTYPE html>|<meta[^>]*>|<col [^>]*>|<col>", "", page))
        assert "<script" not in page.lower()
        for form in ("md", "table"):
            out = report("--month", "2026-11", "-f", form).out
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)


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
