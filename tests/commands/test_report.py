"""`toshima report monthly`, typed: its forms, its lists, its journal, its faults."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desk import ANYWHERE, Typed
from tests.history import History
from tests.ui.xlsx_reader import Book, read
from toshima_cli import app, books, reference

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One household, received on 5 November, visited twice, once on the 30th."""
    from sqlalchemy import create_engine
    from sqlmodel import Session

    path = tmp_path_factory.mktemp("report") / "books.db"
    books.create(path)
    engine = create_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        reference.load(session)
        session.commit()
    engine.dispose()
    h = History.in_file(path)
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
        assert list(document["data"]) == ["month", "rows"]
        assert document["data"]["month"] == "2026-11"
        assert {tuple(row) for row in document["data"]["rows"]} == {("key", "label", "month", "year_to_date")}
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
            assert lines[:2] == ["key,label,month,year_to_date", "cases.open_start,Open at the start,0,0"]

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
        assert [line.split() for line in rows if "Visit" in line] == [["Visit", "0", "2"]]

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
        assert "| Newly opened | events | 1 | 1 |" in typed.out.splitlines()
        assert "| 　Visit |  | 2 | 2 |" in typed.out.splitlines()
        file = tmp_path / "report.md"
        assert report("--month", "2026-11", "-o", str(file)).code == 0
        assert file.read_text(encoding="utf-8") == typed.out

    def test_a_bar_in_a_name_breaks_no_table(self, report: Callable[..., Typed], db: Path) -> None:
        conn = History.in_file(db).conn
        conn.execute("UPDATE code SET name_en = 'A|B' WHERE list = 'method' AND code = 'visit'")
        conn.close()
        assert "| 　A\\|B |  | 2 | 2 |" in report("--month", "2026-11", "-f", "md").out.splitlines()

    def test_a_file_by_its_ending(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        file = tmp_path / "report.csv"
        report("--month", "2026-11", "-o", str(file))
        assert file.read_bytes().startswith(b"\xef\xbb\xbfkey,label,month,year_to_date\r\n")
        assert report("--month", "2026-11", "-o", str(tmp_path / "report.html")).code == 2

    def test_a_spreadsheet_has_the_same_rows(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        book = spreadsheet(report, tmp_path, "--month", "2026-11")
        cells = book.sheets["summary"]
        assert [cells[f"{letter}2"].value for letter in "ABCDE"] == [
            "Key",
            "Figure",
            "Counted",
            "2026-11",
            "Year to date",
        ]
        keys = book.column("summary", "A")
        at = keys.index("cases.opened") + 1
        assert [cells[f"{letter}{at}"].value for letter in "ABCDE"] == ["cases.opened", "Newly opened", "events", 1, 1]
        assert "contacts.by_method.visit" in keys
        assert "contacts.by_method.phone" not in keys
        assert 'fitToHeight="0"' not in book.parts["xl/worksheets/sheet1.xml"], "on one page"
        everything = spreadsheet(report, tmp_path, "--month", "2026-11", "--all")
        known = {row["key"] for row in report("--month", "2026-11", "-f", "json").data["rows"]}
        assert known <= set(everything.column("summary", "A"))
        assert 'fitToHeight="0"' in everything.parts["xl/worksheets/sheet1.xml"]

    def test_the_sheet_has_one_name_in_either_language(self, report: Callable[..., Typed], tmp_path: Path) -> None:
        book = spreadsheet(report, tmp_path, "--month", "2026-11", lang="ja")
        assert list(book.sheets) == ["summary"]
        assert "令和8年11月" in str(book.sheets["summary"]["A1"].value)

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
        assert ("contacts.by_method.<code>" if form == "md" else "contacts.by_method.visit") in out
        assert "ended_by_reason" in out

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

    @pytest.mark.parametrize("typed", ["2027-01", "2026-13", "soon"])
    def test_no_month_or_not_begun(self, report: Callable[..., Typed], typed: str) -> None:
        typed_ = report("--month", typed, "-f", "json")
        assert (typed_.code, typed_.out) == (2, "")
        assert [fault["where"] for fault in typed_.error["faults"]] == ["--month"]


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
        hidden = {"unit": None, "case": None, "meeting": None, "item": None, "person": None}
        monkeypatch.setenv("TOSHIMA_STAFF", "e01")
        assert report(*words).data == [hidden | {"on": "2026-11-06"}, hidden | {"on": "2026-11-30"}]
        assert "2 of these" in report(*words).err
        assert journal(db) == [("report", "seen", "")] * 2
        rows = {row["key"]: row["month"] for row in report("--month", "2026-11", "-f", "json").data["rows"]}
        assert rows["contacts.total"] == 2
        monkeypatch.setenv("TOSHIMA_STAFF", "k03")
        assert [row["case"] for row in report(*words).data] == ["2026-0001", "2026-0001"]

    def test_a_list_is_no_paper(self, report: Callable[..., Typed]) -> None:
        assert report("--row", "cases.opened", "--cases", "-f", "md").code == 2


def test_no_database_is_said_first(report: Callable[..., Typed], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOSHIMA_DB", "/nowhere/books.db")
    assert report("--month", "never").code == 5
    assert report("--row", "cases.opened", "--cases").code == 5


@pytest.mark.parametrize("form", ["json", "md", "table", "csv", "xlsx"])
def test_the_same_bytes_whatever_the_desks_clock_and_locale_and_whoever_asks(
    db: Path, tmp_path: Path, form: str
) -> None:
    found = set()
    for zone, locale, today, staff in (
        ("Asia/Tokyo", "ja_JP.UTF-8", "2026-12-10", "local"),
        ("Pacific/Honolulu", "C", "2027-03-01", "k03"),
        ("Europe/Athens", "tr_TR.UTF-8", "2028-02-29", "e01"),
    ):
        file = tmp_path / f"{staff}.xlsx"
        form_ = ("-o", str(file)) if form == "xlsx" else ("-f", form)
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
            },
        )
        found.add(file.read_bytes() if form == "xlsx" else done.stdout)
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
