"""`import cases`: the ledger of an office taken in, all of it or nothing, and every fault named by row and column."""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.desk import EXAMPLES, NearDesk, command, copy
from tests.ui.xlsx_reader import read
from toshima_cli.ledger import FIELDS
from toshima_cli.ui.text import inert
from toshima_cli.ui.xlsx import Row, Sheet, workbook

TODAY = "2026-11-24"
HEAD = "台帳番号,受付日,窓口,氏名,生年月日,困りごと"


@pytest.fixture(scope="module")
def new_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = NearDesk(tmp_path_factory.mktemp("new") / "books.db", today=TODAY)
    desk.ok("init")
    desk.ok("staff", "add", "k03", "--name", "青木", "--office", "福祉総務課", "--role", "coordinator")
    return desk.db


@pytest.fixture
def desk(new_books: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(new_books, tmp_path / "books.db"), today=TODAY)


def ledger(tmp_path: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8", name: str = "ledger.csv") -> str:
    path = tmp_path / name
    path.write_bytes("".join(f"{line}\r\n" for line in (head, *lines)).encode(encoding))
    return str(path)


def faults(desk: NearDesk, *words: str) -> list[tuple[int, str]]:
    error = desk.refused("import", "cases", *words, code=2)
    return [(fault["row"], fault["column"]) for fault in error["faults"]]


def count(desk: NearDesk, table: str) -> int:
    with closing(sqlite3.connect(desk.db)) as conn:
        return int(conn.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


class TestTheExample:
    @pytest.mark.parametrize("name", ["ledger.csv", "ledger.xlsx"])
    def test_is_taken_in(self, desk: NearDesk, name: str) -> None:
        done = desk.json("import", "cases", name, "--mapping", "mapping.toml", "--yes")
        assert (done["taken_in"], done["people"], done["first"], done["last"]) == (3, 4, "2024-04-10", "2025-05-08")
        assert [one["case"] for one in done["cases"]] == ["2024-0001", "2024-0002", "2025-0001"]
        assert [one["row"] for one in done["cases"]] == [2, 4, 5]
        case = desk.json("show", "2024-0001")
        a, b = case["people"]
        assert (a["name"], a["birth_date"], a["relation"], b["birth_date"]) == (
            "髙﨑 美智子", "1968-05-01", "head", "2006-11-02",
        )  # fmt: skip
        assert [(c["person"], c["concern"], c["most_pressing"]) for c in case["concerns"]] == [
            ("A", "care", True), ("A", "job", False), ("B", "withdrawal", False),
        ]  # fmt: skip
        assert (a["consent"], b["consent"]["plan"]) == ({"plan": "given", "sharing": "given"}, "none")
        assert [(p["on"], p["method"], p["person"]) for p in case["progress"]] == [("2024-04-10", "visit", "A")]
        assert desk.json("journal", "--verify")["bad"] is None

    def test_every_case_has_an_act_and_an_entry_of_its_own(self, desk: NearDesk) -> None:
        acts, entries = count(desk, "act"), count(desk, "journal")
        desk.ok("import", "cases", "ledger.csv", "--mapping", "mapping.toml", "--yes")
        assert (count(desk, "act") - acts, count(desk, "journal") - entries) == (3, 3)

    def test_is_the_same_in_either_file(self) -> None:
        assert EXAMPLES.joinpath("ledger.csv").read_bytes().decode("cp932")
        assert list(read(EXAMPLES.joinpath("ledger.xlsx").read_bytes()).sheets) == ["相談台帳"]

    def test_trying_writes_nothing_but_that_it_was_tried(self, desk: NearDesk) -> None:
        before = count(desk, "journal")
        done = desk.json("import", "cases", "ledger.csv", "--mapping", "mapping.toml", "--dry-run")
        assert (done["taken_in"], done["dry_run"], done["cases"][0]["case"]) == (3, True, None)
        assert (count(desk, "case_file"), count(desk, "counter") - 1, count(desk, "journal")) == (0, 0, before + 1)

    def test_without_a_person_it_has_to_be_wanted(self, desk: NearDesk) -> None:
        error = desk.refused("import", "cases", "ledger.csv", "--mapping", "mapping.toml", code=6)
        assert [one["option"] for one in error["missing"]] == ["--yes"]
        assert count(desk, "case_file") == 0


class TestTwice:
    LINES = ("1,2024-05-01,csw,森 一,,介護", "2,2024-05-02,csw,林 二,,介護")

    def test_it_is_noticed(self, desk: NearDesk, tmp_path: Path) -> None:
        desk.ok("import", "cases", ledger(tmp_path, *self.LINES), "--yes")
        error = desk.refused("import", "cases", ledger(tmp_path, *self.LINES, name="other.csv"), "--yes")
        assert error["rule"] == "import.known"
        assert count(desk, "case_file") == 2

    def test_only_what_is_new_can_be_taken_in(self, desk: NearDesk, tmp_path: Path) -> None:
        desk.ok("import", "cases", ledger(tmp_path, *self.LINES), "--yes")
        path = ledger(tmp_path, *self.LINES, "3,2024-05-03,csw,原 三,,介護")
        done = desk.json("import", "cases", path, "--yes", "--known", "skip")
        assert (done["taken_in"], done["skipped"], done["cases"]) == (
            1, 2, [{"row": 4, "ledger": "3", "case": "2024-0003"}],
        )  # fmt: skip
        assert desk.json("import", "cases", path, "--yes", "--known", "again")["taken_in"] == 3

    def test_what_was_taken_back_is_new(self, desk: NearDesk, tmp_path: Path) -> None:
        desk.ok("import", "cases", ledger(tmp_path, *self.LINES), "--yes")
        undone = desk.json("undo", "--yes")
        assert undone["undone"]["act"] == "import"
        assert [case["case"] for case in desk.json("caseload")] == ["2024-0001"]
        assert desk.json("import", "cases", ledger(tmp_path, *self.LINES), "--yes", "--known", "skip")["taken_in"] == 1

    def test_possible_duplicates_are_told_and_stop_nothing(self, desk: NearDesk, tmp_path: Path) -> None:
        desk.ok("intake", "--window", "csw", "--person", "A|森 一|もり はじめ|1950-01-02", "--concern", "A:job")
        done = desk.json("import", "cases", ledger(tmp_path, "1,2024-05-01,csw,森 一,S25.1.2,介護"), "--yes")
        assert [(d["row"], d["case"], d["label"]) for d in done["possible_duplicates"]] == [(2, "2026-0001", "A")]


def test_the_months_whose_reports_count_it_are_named_and_what_of_them_is_published(
    desk: NearDesk, tmp_path: Path
) -> None:
    desk.ok("intake", "--window", "csw", "--person", "A|森 一|||female|", "--concern", "A:job", "--on", "2025-01-10")
    for month in ("2025-02", "2025-04"):
        desk.ok("report", "monthly", "--month", month, "--public", "--yes", "-f", "json")

    def named(*lines: str, more: str = "--yes") -> set[str]:
        told = desk.run("import", "cases", ledger(tmp_path, *lines), more)
        assert told.code == 0
        return set(re.findall(r"20\d\d-\d\d(?!-)", "".join(told.err.split())))

    assert named("1,2026-11-02,csw,林 二,,介護") == set(), "its month is not over"
    old = "2,2025-03-31,csw,原 三,,介護"
    assert named(old, more="--dry-run") == named(old) == {"2025-03", "2026-11", "2025-04"}


class TestFaults:
    def test_every_one_is_named_and_nothing_is_kept(self, desk: NearDesk, tmp_path: Path) -> None:
        head = f"{HEAD},推進員,同意,同意の方法"
        path = ledger(
            tmp_path,
            "1,11/24,csw,A,1968-13-01,就労,,,",
            "1,,csw,B,2030-01-01,介護,,,署名",
            "2,2024-05-01,変な窓口,C,58,介護,k99,given,署名",
            "3,2024-05-01,csw,D,,,,,",
            "4,1999-05-01,csw,D,,介護,,,",
            "3,2024-05-01,csw,E,,介護,,,",
            head=head,
        )
        assert faults(desk, path, "--yes") == [
            (2, "受付日"), (2, "生年月日"), (2, "困りごと"), (3, "同意の方法"), (3, "生年月日"),
            (4, "窓口"), (4, "同意の範囲"), (4, "同意の日"), (4, "推進員"), (5, "困りごと"), (6, "受付日"),
            (7, "台帳番号"),
        ]  # fmt: skip
        assert (count(desk, "case_file"), count(desk, "person")) == (0, 0)

    def test_they_are_written_to_a_file(self, desk: NearDesk, tmp_path: Path) -> None:
        path, out = ledger(tmp_path, "1,2024-05-01,csw,森,=1+1,介護"), tmp_path / "faults.csv"
        assert desk.run("import", "cases", path, "--yes", "-o", str(out)).code == 2
        rows = [*csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))]
        assert [(row["row"], row["column"], row["value"]) for row in rows] == [("2", "生年月日", "'=1+1")]

    def test_masked_they_show_no_value(self, desk: NearDesk, tmp_path: Path) -> None:
        path = ledger(tmp_path, "1,2024-05-01,csw,森 一,1968-13-01,介護")
        typed = desk.run("--mask", "import", "cases", path, "--yes", "-f", "json")
        assert [fault["value"] for fault in json.loads(typed.err)["error"]["faults"]] == [None]

    @pytest.mark.parametrize(
        ("head", "named"),
        [
            ("台帳番号,受付日,窓口,氏名,困りごと,血液型", {"血液型"}),
            ("氏名,困りごと", {"received_on", "window"}),
            ("受付日,窓口,氏名,氏名,困りごと", {"氏名"}),
            ("受付日,窓口,氏名", {"concern"}),
        ],
    )
    def test_columns(self, desk: NearDesk, tmp_path: Path, head: str, named: set[str]) -> None:
        error = desk.refused("import", "cases", ledger(tmp_path, "x", head=head), "--yes", code=2)
        assert {fault["where"] for fault in error["faults"]} == named

    @pytest.mark.parametrize(
        ("mapping", "named"),
        [
            ("x", {"--mapping"}),
            ('colums = "a"\nheader = "1"', {"--mapping colums", "--mapping header"}),
            ('[columns]\n"氏名" = "nmae"\n[values.sexx]\na = "b"', {"--mapping columns 氏名", "--mapping values"}),
            ('[columns]\n"名前" = "name"', {"名前"}),
            (
                '[constants]\nwindow = "kaigoo"\nsex = ""\n[values.sex]\n"F" = ""',
                {"--mapping constants window", "--mapping constants sex"},
            ),
            ('[values.concern]\n"就労" = "job, jobb"\n"介護" = "care"', {"--mapping values concern 就労"}),
            ('[values.consent]\n"済" = "givn"\n"未" = ""', {"--mapping values consent 済"}),
            (
                '[constants]\nreceived_on = "2026-13-01"\nconsent_on = "2031-04-01"',
                {"--mapping constants received_on", "--mapping constants consent_on"},
            ),
            (
                '[values.progress_on]\n"昔" = "1999-01-01"\n[values.birth_date]\n"不明" = "2040-01-01"',
                {"--mapping values progress_on 昔", "--mapping values birth_date 不明"},
            ),
        ],
    )
    def test_the_mapping(self, desk: NearDesk, tmp_path: Path, mapping: str, named: set[str]) -> None:
        (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
        words = (ledger(tmp_path, "1,2024-05-01,csw,森,,介護"), "--mapping", str(tmp_path / "m.toml"), "--yes")
        error = desk.refused("import", "cases", *words, code=2)
        assert {fault["where"] for fault in error["faults"]} == named

    def test_a_file_that_is_not_there(self, desk: NearDesk, tmp_path: Path) -> None:
        for path in ("nowhere.csv", str(tmp_path)):
            assert desk.run("import", "cases", path, "--yes").code == 2
        assert desk.run("import", "cases").code == 6

    def test_a_household_that_does_not_end(self, desk: NearDesk, tmp_path: Path) -> None:
        path = ledger(tmp_path, *["1,2024-05-01,csw,森,,介護"] * 1000, "2,2024-05-01,csw,林,,介護")
        assert faults(desk, path, "--yes")[0] == (2, "台帳番号")


class TestEncodings:
    LINE = "1,2024-05-01,csw,髙﨑 美智子,,介護"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
    def test_are_told_apart(self, desk: NearDesk, tmp_path: Path, encoding: str) -> None:
        desk.ok("import", "cases", ledger(tmp_path, self.LINE, encoding=encoding), "--yes")
        assert desk.json("show", "2024-0001")["people"][0]["name"] == "髙﨑 美智子"

    @pytest.mark.parametrize("line", ["1,2024-05-01,csw,高崎 美智子,,介護", "1,2024-05-01,csw,山,,介護"])
    def test_euc_jp_is_refused(self, desk: NearDesk, tmp_path: Path, line: str) -> None:
        assert desk.run("import", "cases", ledger(tmp_path, line, encoding="euc_jp"), "--yes").code == 2

    def test_nul_is_refused(self, desk: NearDesk, tmp_path: Path) -> None:
        assert desk.run("import", "cases", ledger(tmp_path, "1,2024-05-01,csw,森\0,,介護"), "--yes").code == 2

    def test_unicode_text_of_excel(self, desk: NearDesk, tmp_path: Path) -> None:
        path = ledger(tmp_path, self.LINE.replace(",", "\t"), head=HEAD.replace(",", "\t"), encoding="utf-16")
        assert desk.json("import", "cases", path, "--yes")["taken_in"] == 1


def test_what_was_made_inert_comes_back_unchanged(desk: NearDesk, tmp_path: Path) -> None:
    texts = ["=1+1", "+81", "-x", "@SUM", "\tx", "＝あ", "'quoted", "a\nb", '"q"', " before"]
    rows = [[str(n), "2024-05-01", "csw", text, "介護", text] for n, text in enumerate(texts)]
    head = ["台帳番号", "受付日", "窓口", "氏名", "困りごと", "本人についてのメモ"]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([head, *[[inert(cell) for cell in row] for row in rows]])
    (tmp_path / "a.csv").write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    (tmp_path / "a.xlsx").write_bytes(workbook(Sheet("a", head, [Row(row) for row in rows])))
    for path in ("a.csv", "a.xlsx"):
        found = desk.json("import", "cases", str(tmp_path / path), "--yes", "--known", "again")["cases"]
        people = [desk.json("show", one["case"])["people"][0]["name"] for one in found]
        # in a workbook a TAB is a visible sign already (ui/xlsx.py)
        assert people == [text if path == "a.csv" else text.replace("\t", "␉") for text in texts]


def test_a_row_for_each_household(desk: NearDesk, tmp_path: Path) -> None:
    head = (
        "台帳番号,受付日,窓口,氏名,世帯主との続柄,困りごと,B 氏名,B 世帯主との続柄,B 困りごと,推進員,世帯全体の困りごと"
    )
    path = ledger(tmp_path, "7,2024-05-01,csw,森 一,世帯主,介護,森 二,子,仕事探し,青木,家族との関係について", head=head)
    desk.ok("import", "cases", path, "--yes")
    case = desk.json("show", "2024-0001")
    assert [(p["label"], p["name"], p["relation"]) for p in case["people"]] == [
        ("A", "森 一", "head"), ("B", "森 二", "child"),
    ]  # fmt: skip
    assert {(c["person"], c["concern"]) for c in case["concerns"]} == {("A", "care"), ("B", "job"), (None, "family")}
    assert (case["stage"], case["coordinator"]) == ("complex", "k03")


def test_merged_cells_leave_a_household_together(desk: NearDesk, tmp_path: Path) -> None:
    path = ledger(tmp_path, "7,2024-05-01,csw,森 一,,介護", ",,,森 二,,", "8,2024-05-01,csw,林,,介護")
    assert desk.json("import", "cases", path, "--yes")["people"] == 3


def test_every_case_is_as_a_reception_would_have_left_it(new_books: Path, tmp_path: Path) -> None:
    """The same household typed and imported: the same rows but for the name of the act and the note on the number."""
    form: dict[str, Any] = {
        "window": "csw", "received_on": "2024-05-01", "channel": "family",
        "household": {"address": "架空町1-2-3", "phone": "03-0000-0001"},
        "people": [
            {"label": "A", "name": "髙﨑 一", "kana": "たかさき はじめ", "birth_date": "1950-01-02", "sex": "male"},
            {"label": "B", "name": "髙﨑 花", "wish": "働きたい"},
        ],
        "concerns": [{"person": "A", "concern": "care", "most_pressing": True}, {"person": "B", "concern": "job"}],
        "consents": [{"person": "A", "decision": "given", "scope": ["plan"], "on": "2024-05-02", "method": "oral"}],
    }  # fmt: skip
    typed = NearDesk(copy(new_books, tmp_path / "typed.db"), today=TODAY)
    typed.run("intake", "--from", "-", stdin=json.dumps(form))
    head = "受付日,窓口,来談経路,住所,電話番号,氏名,ふりがな,生年月日,性別,困りごと,本人の意向"
    first = "2024-05-01,csw,家族・親族,架空町1-2-3,03-0000-0001,髙﨑 一,たかさき はじめ,S25.1.2,男,◎介護,"
    path = ledger(
        tmp_path,
        f"{first},given,plan,2024-05-02,口頭",
        ",,,,,髙﨑 花,,,,仕事探し,働きたい,,,,",
        head=f"{head},同意,同意の範囲,同意の日,同意の方法",
    )
    imported = NearDesk(copy(new_books, tmp_path / "imported.db"), today=TODAY)
    imported.ok("import", "cases", path, "--yes")
    assert _rows(imported.db) == _rows(typed.db)


def _rows(db: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of the books, but for the moment of recording and what differs on purpose."""
    with closing(sqlite3.connect(db)) as conn:
        conn.row_factory = sqlite3.Row
        names = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: [dict(row) for row in conn.execute(f'SELECT * FROM "{name}"')] for name in names}
    for row in (row for rows in found.values() for row in rows):
        for moving in ("recorded_at", "hash"):
            row.pop(moving, None)
        for name in ("name", "verb"):
            if row.get(name) in ("intake", "import", "import cases"):
                row[name] = "intake"
    return found


def test_the_template_has_every_field(desk: NearDesk, tmp_path: Path) -> None:
    desk.ok("import", "cases", "--template", "-o", str(tmp_path / "t.xlsx"))
    first, words = read((tmp_path / "t.xlsx").read_bytes()).sheets.values()
    assert len(first) == len(FIELDS)
    assert "仕事探し、就職について" in [cell.value for cell in words.values()]
    for lang in ("ja", "en"):
        heads = desk.ok("import", "cases", "--template", "-f", "csv", TOSHIMA_LANG=lang).out.strip().split(",")
        assert len(heads) == len(FIELDS)
        line = {"受付日": "2024-05-01", "窓口": "csw", "困りごと": "介護"}
        line |= {"Received on": "2024-05-01", "Window": "csw", "Concern": "Nursing care"}
        path = ledger(tmp_path, ",".join(line.get(head, "") for head in heads), head=",".join(heads))
        assert desk.json("import", "cases", path, "--yes")["taken_in"] == 1


def test_the_cases_made_are_written_to_a_file(desk: NearDesk, tmp_path: Path) -> None:
    out = tmp_path / "made.csv"
    desk.ok("import", "cases", "ledger.csv", "--mapping", "mapping.toml", "--yes", "-o", str(out))
    rows = [*csv.DictReader(io.StringIO(out.read_text("utf-8-sig")))]
    assert [(row["row"], row["ledger"], row["case"]) for row in rows[:1]] == [("2", "R6-001", "2024-0001")]


@pytest.mark.parametrize("after", [0.6, 1.2, 2.0, 3.0])
def test_killed_half_way_nothing_of_it_is_there(desk: NearDesk, tmp_path: Path, after: float) -> None:
    lines = [f"{n},2024-05-01,csw,森 {n},,介護" for n in range(3000)]
    path = ledger(tmp_path, *lines)
    running = subprocess.Popen(
        [*command(), "import", "cases", path, "--yes"],
        env=desk.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    running.kill()
    running.wait()
    with closing(sqlite3.connect(desk.db)) as conn:
        cases = conn.execute("SELECT COUNT(*) FROM case_file").fetchone()[0]
        assert cases in (0, 3000)
        assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert desk.json("journal", "--verify")["bad"] is None


def test_who_told_us_is_kept_in_the_words_of_the_ledger(desk: NearDesk, tmp_path: Path) -> None:
    path = ledger(tmp_path, "7,2024-05-01,csw,森 一,,介護,山田,母", head=f"{HEAD},reporter,reporter_relation")
    desk.ok("import", "cases", path, "--yes")
    with closing(sqlite3.connect(desk.db)) as conn:
        assert conn.execute("SELECT name, relation FROM reporter").fetchall() == [("山田", "母")]


def test_a_file_changed_between_checking_and_taking_in(
    desk: NearDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toshima_cli import importing

    path = ledger(tmp_path, "1,2024-05-01,csw,森,,介護", "2,2024-05-01,csw,林,,介護")
    checked = importing.Importing.check

    def meanwhile(self: Any) -> Any:
        found = checked(self)
        shutil.copy(ledger(tmp_path, "1,2024-05-01,csw,森,,介護", "2,2024-05-01,x,林,,介護", name="b.csv"), path)
        return found

    monkeypatch.setattr(importing.Importing, "check", meanwhile)
    assert desk.run("import", "cases", path, "--yes").code == 2
    assert count(desk, "case_file") == 0
