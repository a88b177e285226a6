"""`toshima report monthly`, typed: its forms, its lists, its journal, its faults."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.commands.months import journal, spreadsheet
from tests.desk import ANYWHERE, Typed
from tests.history import History

ROOT = Path(__file__).parent.parent.parent


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

    def test_a_spreadsheet_is_a_summary_a_sheet_for_each_block_and_the_list(
        self, report: Callable[..., Typed], tmp_path: Path, db: Path
    ) -> None:
        book = spreadsheet(report, tmp_path, "--month", "2026-11")
        names = list(book.sheets)
        assert [names[0], *names[-2:]] == ["Summary", "List", "charts"]
        assert [name.split()[0] for name in names[1:-2]] == [str(number) for number in range(1, 12)]
        cells = book.sheets["Summary"]
        head = ["Key", "Figure", "Counted", "Month", "Last", "Year ago", "To date"]
        assert [cells[f"{letter}2"].value for letter in "ABCDEFG"] == head
        at = book.column("Summary", "A").index("cases.opened") + 1
        row = ["cases.opened", "Newly opened", "events", 1, 0, 0, 1]
        assert [cells[f"{letter}{at}"].value for letter in "ABCDEFG"] == row
        contacts = next(name for name in names if "contacts.by_method.visit" in book.column(name, "A"))
        assert "contacts.by_method.phone" not in book.column(contacts, "A")
        assert 'fitToHeight="0"' not in book.parts["xl/worksheets/sheet1.xml"], "on one page"
        assert journal(db)[-1] == ("report", "seen", "case:2026-0001 meeting:M0004 person:1 person:2")

    def test_its_sheets_hold_every_key_and_the_list_every_unit(
        self, report: Callable[..., Typed], tmp_path: Path
    ) -> None:
        book = spreadsheet(report, tmp_path, "--month", "2026-11", "--all")
        rows = {row["key"]: row for row in report("--month", "2026-11", "-f", "json").data["rows"]}
        kept = [value for name in list(book.sheets)[1:-2] for value in book.column(name, "A")]
        assert [value for value in kept if value in rows] == list(rows)
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
        assert '<sheet name="charts" sheetId="14" state="hidden"' in book.parts["xl/workbook.xml"]

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
