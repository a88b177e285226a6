"""`toshima report annual` and `caseload --balance`, typed: what they count, how they look, what they hold back."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.desk import Typed
from tests.history import History
from tests.ui.xlsx_reader import read

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven households received at the window csw, one a month from April 2026 on; each consents after ten days.

    The first, a mother and her child, has a plan, referrals, and ends in October. Two gaps, one answered.
    """
    path = tmp_path_factory.mktemp("annual") / "books.db"
    h = History.new(path)
    for code in ("k03", "k04"):
        h.insert("staff", code=code, name="青木", office="福祉総務課", role="coordinator")
    cases = []
    for month in range(4, 11):
        case = h.case(f"2026-{month:02}-05", people="AB", concerns="A:job B:care", channel="self")
        h.conn.execute("UPDATE member SET relation = CASE label WHEN 'A' THEN 'head' ELSE 'child' END")
        h.consent(case, "A", f"2026-{month:02}-15")
        cases.append(case)
    plan = h.plan(cases[0], "2026-05-01")
    h.plan_step(plan, "2026-05-20")
    asked = h.refer(cases[0], "2026-05-21", label="A")
    h.answer(asked, "2026-05-28", "accepted")
    h.refer(cases[0], "2026-05-21", label="B")
    h.end(cases[0], "2026-10-20")
    h.conn.execute("UPDATE case_file SET stage = 'closed', ended_on = '2026-10-20' WHERE id = ?", (cases[0],))
    gap = h.fact("gap", "2026-06-01", kind="resource", text="日中の居場所が足りない", case_id=cases[0])
    h.fact("gap_step", "2026-09-01", gap_id=gap, status="answered", text="区民ひろばを開ける")
    h.fact("gap", "2026-06-02", kind="training", text="研修が要る", case_id=cases[1])
    h.conn.close()
    return path


@pytest.fixture
def run(typed_at: Callable[..., Typed]) -> Callable[..., Typed]:
    def at(*words: str, today: str = "2027-04-10", lang: str = "en") -> Typed:
        return typed_at(*words, today=today, lang=lang)

    return at


Run = Callable[..., Typed]


def annual(run: Run, *words: str, **more: str) -> Any:
    return run("report", "annual", "--fiscal-year", "2026", *words, "-f", "json", **more).data


class TestTheYear:
    def test_each_month_is_what_the_monthly_report_says(self, run: Run) -> None:
        found = {row["key"]: row for row in annual(run)["rows"]}
        monthly: list[Any] = []
        for number, month in enumerate([f"2026-{m:02}" for m in range(4, 13)] + [f"2027-{m:02}" for m in range(1, 4)]):
            monthly = run("report", "monthly", "--month", month, "-f", "json").data["rows"]
            assert {row["key"]: row["month"] for row in monthly} == {
                key: row["months"][number] for key, row in found.items()
            }, month
        march = {row["key"]: row["year_to_date"] for row in monthly}
        assert march == {key: row["year"] for key, row in found.items()}

    def test_of_a_year_that_runs_the_months_begun(self, run: Run) -> None:
        typed = run("report", "annual", "--fiscal-year", "this", "-f", "json", today="2026-06-15")
        row = next(row for row in typed.data["rows"] if row["key"] == "consultations.new")
        assert row["months"] == [1, 1, 1, *[None] * 9]
        assert "2026" in typed.err
        assert run("report", "annual", "--fiscal-year", "2026", "-f", "json").err == ""

    @pytest.mark.parametrize("typed", ["2026", "R8", "令和8年度", "last", None])
    def test_as_people_write_it(self, run: Run, typed: str | None) -> None:
        words = ("--fiscal-year", typed) if typed else ()
        assert run("report", "annual", *words, "-f", "json").data["fiscal_year"] == 2026

    @pytest.mark.parametrize("typed", ["2028", "1999", "soon", "R99"])
    def test_no_year_or_not_begun(self, run: Run, typed: str) -> None:
        assert run("report", "annual", "--fiscal-year", typed).code == 2

    def test_what_cases_were_about(self, run: Run) -> None:
        assert annual(run)["about"] == [
            {"concern": "job", "field": "poverty", "household_type": "single_parent", "cases": 7},
            {"concern": "care", "field": "elderly", "household_type": "single_parent", "cases": 7},
        ]

    def test_where_they_came_from_and_what_windows_answered(self, run: Run) -> None:
        data = annual(run)
        assert data["came"] == [{"channel": "self", "window": "csw", "cases": 7}]
        places = {place["code"]: place for place in data["places"]}
        asked = next(place for place in data["places"] if place["asked"])
        assert (asked["asked"], asked["accepted"], asked["declined"], asked["waiting"]) == (2, 1, 0, 1)
        assert asked["median_days_to_answer"] is None, "one answer tells of one household"
        assert places["csw"]["received"] == 7
        assert len(data["places"]) >= 19, "every window stands there"

    def test_how_long_it_took(self, run: Run) -> None:
        assert annual(run)["waits"] == [
            {"until": "to_consent", "cases": 7, "median_days": 10},
            {"until": "to_plan", "cases": 1, "median_days": None},
            {"until": "to_end", "cases": 1, "median_days": None},
        ]

    def test_rates_only_where_the_inhabitants_are_known(self, run: Run) -> None:
        rates = {row["key"]: row for row in annual(run)["rates"]}
        assert rates["consultations.new"]["per_100000"] is None
        run("config", "population.2026", "140000")
        rates = {row["key"]: row for row in annual(run)["rates"]}
        assert rates["consultations.new"]["per_100000"] == 5.0
        assert "population.2025" not in str(annual(run))

    def test_targets_are_of_their_year(self, run: Run) -> None:
        assert annual(run)["targets"] == []
        run("config", "target.2026.plans.new", "3")
        run("config", "target.2025.plans.new", "9")
        (target,) = annual(run)["targets"]
        assert (target["key"], target["target"], target["actual"]) == ("plans.new", 3, 1)

    def test_gaps_and_their_answers_without_names(self, run: Run, db: Path) -> None:
        first, second = annual(run)["gaps"]
        assert (first["status"], first["answer"], first["cases"]) == ("answered", "区民ひろばを開ける", 1)
        assert (second["status"], second["answer"]) == ("raised", None)
        conn = History.in_file(db).conn
        conn.execute("UPDATE person SET name = '森 日中', name_key = '森日中' WHERE id = 1")
        conn.close()
        assert "日中" not in annual(run)["gaps"][0]["text"]

    def test_it_shows_nobody_and_says_so_to_the_journal(self, run: Run, db: Path) -> None:
        annual(run)
        conn = History.in_file(db).conn
        assert [tuple(row) for row in conn.execute("SELECT verb, result, about FROM journal")] == [
            ("report", "seen", "")
        ]
        conn.close()


class TestItsForms:
    @pytest.mark.parametrize("lang", ["ja", "en"])
    @pytest.mark.parametrize("columns", ["80", "120"])
    def test_it_fits_the_screen(self, run: Run, monkeypatch: pytest.MonkeyPatch, lang: str, columns: str) -> None:
        from toshima_cli.ui.text import width

        monkeypatch.setenv("COLUMNS", columns)
        for words in (("report", "annual", "--fiscal-year", "2026"), ("caseload", "--balance")):
            lines = run(*words, lang=lang).out.splitlines()
            assert len(lines) > 10
            assert [line for line in lines if width(line) > int(columns)] == []

    def test_a_page_needs_nothing_from_outside(self, run: Run, tmp_path: Path) -> None:
        for words in (("report", "annual", "--fiscal-year", "2026"), ("caseload", "--balance")):
            file = tmp_path / f"{words[0]}.html"
            assert run(*words, "-o", str(file)).code == 0
            page = file.read_text(encoding="utf-8")
            elements = ElementTree.fromstring(re.sub("<!DOCTYPE html>|<meta[^>]*>", "", page))
            assert "<script" not in page
            assert set(re.findall(r"https?://[^\"]+", page)) == {"http://www.w3.org/2000/svg"}
            assert elements.findall(f".//{SVG}svg")
            ids = [element.attrib["id"] for element in elements.iter() if "id" in element.attrib]
            assert [name for name, count in Counter(ids).items() if count > 1] == []

    def test_a_spreadsheet_has_a_sheet_for_each_section(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "year.xlsx"
        assert run("report", "annual", "--fiscal-year", "2026", "-o", str(file)).code == 0
        book = read(file.read_bytes())
        assert list(book.sheets)[-1] == "charts"
        assert len(book.sheets) > 15
        received = next(cells for name, cells in book.sheets.items() if name.startswith("3 "))
        assert received["A3"].value == "Figure"
        assert any(name.startswith("xl/charts/chart") for name in book.parts)

    def test_rows_for_machines(self, run: Run) -> None:
        lines = run("report", "annual", "--fiscal-year", "2026", "-f", "csv").out.splitlines()
        assert (
            lines[0]
            == "key,label," + ",".join([f"2026-{m:02}" for m in range(4, 13)]) + ",2027-01,2027-02,2027-03,year"
        )
        assert "cases.opened,Newly opened,1,1,1,1,1,1,1,0,0,0,0,0,7" in lines

    def test_markdown(self, run: Run) -> None:
        out = run("report", "annual", "--fiscal-year", "2026", "-f", "md").out
        assert out.startswith("# Annual report 2026/27\n")
        assert "| Newly opened | events | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 7 |" in out.splitlines()


class TestTheBalance:
    def test_counts_what_the_caseload_lists(self, run: Run) -> None:
        today = "2026-10-25"
        rows = {(row["by"], row["code"]): row for row in run("caseload", "--balance", "-f", "json", today=today).data}
        listed = run("caseload", "-f", "json", today=today).data
        assert rows["all", None]["open"] == len(listed) == 6
        assert rows["window", "csw"]["open"] == 6
        assert rows["all", None]["overdue"] == sum(row["overdue"] > 0 for row in listed)
        assert rows["all", None]["opened"] == 1
        assert sum(rows["all", None]["stages"].values()) == sum(rows["all", None]["ages"].values()) == 6
        assert rows["all", None]["ages"] == {"to_3_months": 3, "to_6_months": 3, "to_12_months": 0, "longer": 0}

    def test_new_are_those_since_the_first_of_the_month(self, run: Run, db: Path) -> None:
        for day, new in (("2026-10-01", 1), ("2026-09-30", 0)):
            conn = History.in_file(db).conn
            conn.execute("UPDATE case_file SET opened_on = ? WHERE id = 7", (day,))
            conn.close()
            rows = run("caseload", "--balance", "-f", "json", today="2026-10-25").data
            assert {row["opened"] for row in rows if row["by"] == "all"} == {new}

    def test_in_the_order_of_codes_those_without_anybody_last(self, run: Run, db: Path) -> None:
        conn = History.in_file(db).conn
        conn.execute("UPDATE case_file SET coordinator = CASE WHEN id < 4 THEN 'k04' WHEN id < 5 THEN 'k03' END")
        conn.close()
        found = [row["code"] for row in run("caseload", "--balance", "-f", "json").data if row["by"] == "coordinator"]
        assert found == ["k03", "k04", None]

    def test_a_restricted_case_is_not_counted_for_others(
        self, run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        h = History.in_file(db)
        h.hold(2, "k03", "2026-11-01")
        h.conn.close()
        whole = {}
        for staff in ("k03", "k04"):
            monkeypatch.setenv("TOSHIMA_STAFF", staff)
            whole[staff] = next(r for r in run("caseload", "--balance", "-f", "json").data if r["by"] == "all")["open"]
        assert whole == {"k03": 6, "k04": 5}

    @pytest.mark.parametrize("words", [("--by", "stage"), ("--coordinator", "k03"), ("--overdue",), ("--limit", "3")])
    def test_nothing_is_chosen_beside_it(self, run: Run, words: tuple[str, ...]) -> None:
        assert run("caseload", "--balance", *words).code == 2

    def test_a_list_is_no_page(self, run: Run, tmp_path: Path) -> None:
        assert run("caseload", "-o", str(tmp_path / "x.html")).code == 2
        assert run("caseload", "-o", str(tmp_path / "x.xlsx")).code == 0
        assert json.loads(run("caseload", "-f", "json").out)["schema"] == "toshima.caseload/1"
