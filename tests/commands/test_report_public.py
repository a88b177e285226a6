"""`report monthly --public`: what is hidden, that it is kept, and that nothing else is ever published of the month."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.db.test_figure_sums import without_a_reason
from tests.desk import NearDesk
from tests.domain.reader import Reader
from tests.history import History, empty
from tests.lives import MONTHS, histories, write
from tests.ui.xlsx_reader import read
from toshima_cli.domain import report as r
from toshima_cli.domain.figure_sums import cell, holding, to
from toshima_cli.looks import public, report


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three households came to csw in April 2026 and seven to kaigo, in May six to csw."""
    path = tmp_path_factory.mktemp("public") / "books.db"
    h = History.new(path)
    for day in range(1, 4):
        h.case(f"2026-04-{day:02}", people="A", concerns="A:job", channel="self")
    for day in range(1, 8):
        case = h.case(f"2026-04-{day:02}", people="A", concerns="A:care", channel="family")
        h.conn.execute("UPDATE case_file SET window_code = 'kaigo' WHERE id = ?", (case,))
    for day in range(1, 7):
        h.case(f"2026-05-{day:02}", people="A", concerns="A:job", channel="self")
    h.insert("staff", code="local", name="local", office="-", role="coordinator")
    h.conn.close()
    return path


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> NearDesk:
    path = tmp_path / "books.db"
    path.write_bytes(template.read_bytes())
    return NearDesk(path, today="2026-06-10")


def publish(desk: NearDesk, month: str, *words: str) -> dict[str, Any]:
    data = desk.json("report", "monthly", "--month", month, "--public", *words)
    return {row["key"]: row for row in data["rows"]}


def acts(desk: NearDesk) -> int:
    with closing(sqlite3.connect(desk.db)) as conn:
        return int(conn.execute("SELECT COUNT(*) FROM publication").fetchone()[0])


class TestWhatIsHidden:
    def test_small_numbers_and_what_would_tell_them(self, desk: NearDesk) -> None:
        rows = publish(desk, "2026-04")
        small = rows["consultations.by_window.csw"]
        assert (small["month"], small["suppressed"]) == (None, True)
        assert rows["consultations.by_window.kaigo"]["month"] is None, "10 − 7 would tell the 3"
        assert rows["consultations.new"]["month"] == 10
        assert rows["consultations.by_window.asisu"]["month"] == 0
        assert "suppressed" not in rows["consultations.new"]

    def test_no_column_and_no_list_beside_it(self, desk: NearDesk) -> None:
        rows = publish(desk, "2026-04")
        assert {key for row in rows.values() for key in row} == {"key", "label", "month", "year_to_date", "suppressed"}
        for words in (("--row", "cases.opened", "--cases"), ("--explain",), ("--manifest",), ("--with-names",)):
            desk.refused("report", "monthly", "--month", "2026-04", "--public", *words, code=2)
        desk.refused("report", "monthly", "--month", "2026-04", "--public", "--all-months", "-o", "x.csv", code=2)
        desk.refused("report", "monthly", "--month", "2026-04", "--kept", code=2)

    def test_the_year_gives_no_earlier_month_away(self, desk: NearDesk) -> None:
        publish(desk, "2026-04")
        rows = publish(desk, "2026-05")
        assert rows["consultations.by_window.csw"] | {"label": ""} == {
            "key": "consultations.by_window.csw",
            "label": "",
            "month": 6,
            "year_to_date": None,
            "suppressed": True,
        }, "9 − 6 would tell the 3 of April"

    def test_how_small_is_a_setting(self, desk: NearDesk) -> None:
        desk.ok("config", "hidden_most", "2")
        assert publish(desk, "2026-04")["consultations.by_window.csw"]["month"] == 3

    @pytest.mark.parametrize("ending", ["md", "html", "xlsx", "csv", "tsv", "jsonl"])
    def test_every_form_has_the_same_places_hidden(self, desk: NearDesk, tmp_path: Path, ending: str) -> None:
        rows = publish(desk, "2026-04", "--all")
        file = tmp_path / f"april.{ending}"
        desk.ok("report", "monthly", "--month", "2026-04", "--public", "--all", "-o", str(file))
        content = file.read_bytes()
        hidden = sum(row[column] is None for row in rows.values() for column in ("month", "year_to_date"))
        if ending == "xlsx":
            book = read(content)
            cells = [value for name in book.sheets for letter in "CD" for value in book.column(name, letter)]
            assert cells.count("X") == hidden
            assert "chart" not in "".join(book.parts)
        elif ending == "jsonl":
            assert sum(json.loads(line)["month"] is None for line in content.decode().splitlines()) > 0
        elif ending in ("csv", "tsv"):
            assert content.decode("utf-8-sig").count("true") == sum("suppressed" in row for row in rows.values())
        else:
            sign = "| X" if ending == "md" else '<td class="figure">X</td>'
            assert content.decode().count(sign) == hidden


class TestItIsKept:
    def test_once_more_the_same_bytes_and_one_publication(self, desk: NearDesk, tmp_path: Path) -> None:
        first, again = tmp_path / "1.html", tmp_path / "2.html"
        line = ("report", "monthly", "--month", "2026-04", "--public")
        desk.ok(*line, "-o", str(first))
        desk.ok(*line, "-o", str(again), today="2026-09-01")
        assert first.read_bytes() == again.read_bytes()
        assert acts(desk) == 1

    def test_another_one_is_refused_and_the_kept_one_printed(self, desk: NearDesk, tmp_path: Path) -> None:
        before = publish(desk, "2026-04")
        h = History.in_file(desk.db)
        h.count = 500
        h.case("2026-04-30", people="A", concerns="A:job", channel="self")
        h.conn.close()
        file = tmp_path / "april.html"
        line = ("report", "monthly", "--month", "2026-04", "--public")
        assert desk.run(*line, "-o", str(file)).code == 3
        assert not file.exists()
        refused = desk.refused(*line, code=3)
        assert refused["rule"] == "publish.different"
        assert "--kept" in str(refused)
        assert publish(desk, "2026-04", "--kept") == before
        assert acts(desk) == 1

    def test_a_changed_setting_makes_no_second_publication(self, desk: NearDesk) -> None:
        before = publish(desk, "2026-04")
        desk.ok("config", "hidden_most", "2")
        assert publish(desk, "2026-04") == before
        assert acts(desk) == 1

    def test_nor_does_what_was_published_of_another_month(self, desk: NearDesk) -> None:
        before = publish(desk, "2026-05")
        publish(desk, "2026-04")
        assert publish(desk, "2026-05") == before
        assert acts(desk) == 2

    def test_a_screen_is_a_look_and_publishes_nothing(self, desk: NearDesk) -> None:
        typed = desk.ok("report", "monthly", "--month", "2026-04", "--public")
        assert "X" in typed.out
        assert acts(desk) == 0
        assert (
            desk.refused("report", "monthly", "--month", "2026-04", "--public", "--kept", code=3)["rule"]
            == "publish.none"
        )

    def test_a_look_beforehand_says_that_it_is_one_and_a_published_month_is_shown_as_it_went_out(
        self, desk: NearDesk
    ) -> None:
        line = ("report", "monthly", "--month", "2026-04", "--public")
        assert "公表前" in desk.ok(*line).out
        publish(desk, "2026-04")
        desk.ok("config", "hidden_most", "2")
        after = desk.ok(*line)
        assert "公表用" in after.out
        assert "公表前" not in after.out
        assert "2026-06-10" in after.err

    def test_nothing_is_published_of_a_time_the_books_do_not_speak_of(self, desk: NearDesk) -> None:
        refused = desk.refused("report", "monthly", "--month", "2025-04", "--public", code=3)
        assert refused["rule"] == "publish.nothing"
        assert acts(desk) == 0

    def test_a_month_that_runs_is_not_published(self, desk: NearDesk) -> None:
        refused = desk.refused("report", "monthly", "--month", "2026-06", "--public", "-f", "json", code=3)
        assert refused["rule"] == "publish.running"
        assert acts(desk) == 0

    def test_it_cannot_be_taken_back(self, desk: NearDesk) -> None:
        publish(desk, "2026-04")
        assert desk.refused("undo", "--yes", code=3)["rule"] == "undo.not_possible"
        assert acts(desk) == 1

    def test_the_books_are_whole_and_the_journal_names_nobody(self, desk: NearDesk) -> None:
        publish(desk, "2026-04")
        with closing(sqlite3.connect(desk.db)) as conn:
            found = conn.execute("SELECT verb, result, about FROM journal WHERE verb = 'publish'").fetchall()
        assert found == [("publish", "done", "")]
        assert desk.json("journal", "--verify")["ok"] is True

    def test_a_code_taken_off_the_list_stays_in_what_was_published(self, desk: NearDesk) -> None:
        publish(desk, "2026-04")
        with closing(sqlite3.connect(desk.db, isolation_level=None)) as conn:
            conn.execute("DELETE FROM \"window\" WHERE code = 'asisu'")
        assert publish(desk, "2026-04", "--kept")["consultations.by_window.asisu"]["month"] == 0


@pytest.fixture(scope="module")
def lived() -> Iterator[History]:
    conn = empty()
    yield History(conn)
    conn.close()


quick = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@quick
@given(histories)
def test_over_random_histories_nothing_hidden_is_told(lived: History, history: list[Any]) -> None:
    """Month after month is published; then a reader of them all tries every number (`domain/reader.py`)."""
    with lived.taken_back():
        write(lived, history)
        # a conclusion without a reason is nothing the program writes: the sums a reader counts on would not hold
        assume(not without_a_reason(lived))
        kept: dict[str, public.Kept] = {}
        for span in MONTHS[1:4]:
            found = public.would_be(lived.conn, span, kept)
            kept[found.month] = public.Kept(span.end, found.month, found.cells(), 4)
        nothing_is_told(lived, kept)


def nothing_is_told(h: History, kept: dict[str, public.Kept]) -> None:
    reports = {span.start.isoformat()[:7]: report.monthly(h.conn, span) for span in MONTHS[1:4]}
    keys = list(dict.fromkeys(line.key for found in reports.values() for line in found.lines))
    columns = [column for name in reports for column in (name, to(name))]
    values = dict.fromkeys((cell(key, column) for key in keys for column in columns), 0)
    for name, found in reports.items():
        for line in found.lines:
            values |= {cell(line.key, name): line.month, cell(line.key, to(name)): line.year_to_date}
    shown = {name: number for one in kept.values() for name, number in one.cells.items()}
    for name, number in shown.items():
        assert number is None or number == values[name]
        assert number is None or not 1 <= number <= 4, "a small one is never shown"
    sums, bounds = holding(keys, list(reports))
    hidden = frozenset(name for name, number in shown.items() if number is None)
    assert Reader(values, sums, bounds, hidden).pinned() == []


def test_the_order_of_publishing_tells_nothing_either(desk: NearDesk) -> None:
    """May before April: what May showed is reckoned with in April."""
    may, april = publish(desk, "2026-05"), publish(desk, "2026-04")
    csw = "consultations.by_window.csw"
    told = [may[csw]["month"], may[csw]["year_to_date"], april[csw]["month"]]
    assert told.count(None) >= 2


def test_what_stands_between_two_fiscal_years_is_hidden_in_both_or_in_neither(lived: History) -> None:
    """Ten are open at the end of March; with three of April they all end in April."""
    march, april = (r.Range(date(2027, month, 1), date(2027, month + 1, 1)) for month in (3, 4))
    end, start = cell("cases.open_end", "2027-03"), cell("cases.open_start", "2027-04")

    def cells(span: r.Range, *before: r.Range) -> dict[str, int | None]:
        kept = {
            found.month: public.Kept(one.end, found.month, found.cells(), 4)
            for one in before
            for found in (public.would_be(lived.conn, one, {}),)
        }
        return public.would_be(lived.conn, span, kept).cells()

    with lived.taken_back():
        for case in [lived.case(on) for on in ["2027-03-10"] * 10 + ["2027-04-10"] * 3]:
            lived.end(case, "2027-04-20")
        assert (cells(march)[end], cells(april)[start]) == (10, None)
        assert cells(april, march)[start] == 10
        assert cells(march, april)[end] is None, "13 that ended less the 10 would tell the 3"
