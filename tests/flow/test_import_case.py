"""A case and back: under its own numbers, about itself alone, and nothing of it believed that must not be."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, copy
from tests.flow.conftest import CASE
from tests.flow.importing import Records, at, change, faults, file_of, kept
from tests.terminal import at_terminal

OTHER = "2026-0002"
PERSON = "A|佐藤 花|さとう はな||female|head"


def out(desk: NearDesk, *words: str, who: str = "local") -> Path:
    path = desk.db.with_name(f"{desk.db.stem}.{len([*desk.db.parent.iterdir()])}.jsonl")
    desk.ok("--as", who, "export", "case", *words, "-o", str(path))
    return path


@pytest.fixture(scope="module")
def export(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Household A with a plan before its multi-layered conference, a referral by consent and a step taken back."""
    desk = NearDesk(copy(planned, tmp_path_factory.mktemp("export") / "books.db"))
    desk.ok("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent")
    desk.ok("progress", CASE, "--method", "phone", "--note", "電話した")
    desk.ok("undo", "--yes", "--reason", "誤り")
    desk.ok("gap", "add", "--kind", "resource", "--text", "日中の居場所", "--case", CASE)
    return out(desk, CASE)


@pytest.fixture
def there(staffed: Path, tmp_path: Path) -> NearDesk:
    """Books of the same people, nothing in them."""
    return NearDesk(copy(staffed, tmp_path / "there.db"))


@pytest.fixture
def records(export: Path) -> Records:
    return [json.loads(line) for line in export.read_text(encoding="utf-8").splitlines()]


def take_in(desk: NearDesk, path: Path) -> Any:
    return desk.json("import", "case", str(path), "--yes")


def with_a_case_of_last_year(desk: NearDesk) -> NearDesk:
    desk.ok("intake", "--window", "csw", "--channel", "self", "--person", PERSON, "--concern", "A:rent",
            "--on", "2025-06-01")  # fmt: skip
    return desk


class TestTakenIn:
    def test_it_comes_back(self, there: NearDesk, export: Path) -> None:
        answer = take_in(there, export)
        assert (answer["cases"], answer["people"], answer["possible_duplicates"]) == (1, 3, [])
        assert [one["rule"] for one in answer["warnings"]] == ["import.kept", "import.alone"]
        assert out(there, CASE).read_bytes() == export.read_bytes()
        assert there.json("journal", "--verify")["ok"] is True

    def test_beside_cases_of_other_numbers(self, there: NearDesk, export: Path) -> None:
        with_a_case_of_last_year(there)
        before = out(there, "2025-0001").read_bytes()
        take_in(there, export)
        assert out(there, CASE).read_bytes() == export.read_bytes()
        assert out(there, "2025-0001").read_bytes() == before
        assert [row["label"] for row in there.json("find", "高橋")] == ["A", "B", "C"]

    def test_numbers_go_on_where_they_ended(self, there: NearDesk, export: Path) -> None:
        take_in(there, export)
        made = there.json("intake", "--window", "csw", "--channel", "self", "--person", PERSON, "--concern", "A:rent")
        assert made["case"] == OTHER
        assert there.json("progress", CASE, "--method", "phone", "--note", "電話した")["note"] == f"{CASE}/N2"
        assert there.json("gap", "add", "--kind", "resource", "--text", "夜の居場所", "--case", CASE)["gap"] == "G2"

    def test_the_journal_is_told_of_everybody_in_it(self, there: NearDesk, export: Path) -> None:
        take_in(there, export)
        entry = [one for one in there.json("journal") if one["verb"] == "import case"][-1]
        assert {one.partition(":")[0] for one in entry["about"]} == {"case", "person"}
        assert f"case:{CASE}" in entry["about"]
        assert len(entry["about"]) == 4

    def test_life_goes_on(self, there: NearDesk, export: Path) -> None:
        take_in(there, export)
        there.ok("attend", "M2026-0002", "k03", "--secrecy", "--on", "2026-11-19")
        there.ok("decide", "M2026-0002", "1", "--outcome", "approved", "--on", "2026-11-19")
        assert there.json("show", CASE)["stage"] == "supporting"

    def test_it_is_no_step_to_be_taken_back(self, there: NearDesk, export: Path) -> None:
        """Whoever took it in takes back their own last step, as before."""
        with_a_case_of_last_year(there)
        there.ok("--as", "c01", "progress", "2025-0001", "--method", "phone", "--note", "電話した")
        there.ok("--as", "c01", "import", "case", str(export), "--yes")
        there.ok("--as", "c01", "undo", "--yes", "--reason", "誤り")
        assert there.json("show", "2025-0001")["progress"][-1]["undone"] is True
        assert len(there.json("show", CASE)["people"]) == 3

    def test_who_may_be_here_already_is_said(self, there: NearDesk, export: Path) -> None:
        twin = "A|髙橋 優太|たかはし ゆうた|2007-08-20|male|head"
        there.ok("intake", "--window", "csw", "--channel", "self", "--person", twin, "--concern", "A:job",
                 "--on", "2026-03-01")  # fmt: skip
        answer = take_in(there, export)
        assert [(one["case"], one["label"]) for one in answer["possible_duplicates"]] == [("2025-0001", "A")]
        assert "person.possible_duplicate" in [one["rule"] for one in answer["warnings"]]

    def test_from_standard_input(self, there: NearDesk, export: Path) -> None:
        typed = there.run("import", "case", "-", "--yes", stdin=export.read_text(encoding="utf-8"))
        assert typed.code == 0, typed.err


class TestAsked:
    def test_nobody_there_to_ask(self, there: NearDesk, export: Path) -> None:
        before = kept(there)
        error = there.refused("import", "case", str(export), code=6)
        assert [one["option"] for one in error["missing"]] == ["--yes"]
        assert kept(there) == before

    @pytest.mark.parametrize(("answer", "there_is"), [("y", 1), ("n", 0)])
    def test_at_a_terminal(self, there: NearDesk, export: Path, answer: str, there_is: int) -> None:
        with at_terminal(there, "import", "case", str(export)) as typing:
            typing.answer(answer, see="取り込みますか")
            assert typing.end() == 0
        assert len(there.json("caseload")) == there_is

    def test_about_nothing_where_the_file_cannot_be_read(self, there: NearDesk) -> None:
        with at_terminal(there, "import", "case", "nothing.jsonl") as typing:
            assert typing.end() == 2
            assert "取り込みますか" not in typing.shown
            assert "nothing.jsonl" in typing.shown


class TestNumbersGiven:
    def test_nothing_is_taken_in_twice(self, there: NearDesk, export: Path) -> None:
        take_in(there, export)
        before = kept(there)
        error = there.refused("import", "case", str(export), "--yes", code=3)
        assert error["rule"] == "import.given"
        assert f"{CASE}, M2026-0001" in error["facts"][0].replace("、", ", ")
        assert kept(there) == before

    def test_of_what_is_not_there_any_more_too(self, there: NearDesk, export: Path) -> None:
        """Nobody learns whether a number stands for a case, was taken back, or is somebody's own."""
        there.ok("intake", "--window", "csw", "--channel", "self", "--person", PERSON, "--concern", "A:rent")
        there.ok("undo", "--yes", "--reason", "誤り")
        assert there.refused("import", "case", str(export), "--yes", code=3)["rule"] == "import.given"

    def test_whatever_else_is_wrong_with_it(self, there: NearDesk, records: Records, tmp_path: Path) -> None:
        path = file_of(records, tmp_path / "again.jsonl")
        take_in(there, path)
        change("act", "on_date", "2999-01-01")(records)
        assert there.refused("import", "case", str(file_of(records, path)), "--yes", code=3)["rule"] == "import.given"

    def test_a_sitting_that_is_here_already(self, there: NearDesk, export: Path) -> None:
        with_a_case_of_last_year(there)
        there.ok("convene", "subcommittee", "--on", "2026-11-26")
        assert "M2026-0001" in there.refused("import", "case", str(export), "--yes", code=3)["facts"][0]

    def test_a_gap_that_is_here_already(self, there: NearDesk, export: Path) -> None:
        with_a_case_of_last_year(there)
        there.ok("gap", "add", "--kind", "resource", "--text", "夜の居場所", "--case", "2025-0001")
        assert "G1" in there.refused("import", "case", str(export), "--yes", code=3)["facts"][0]


def inserted(kind: str, **fields: Any) -> Callable[[Records], int]:
    """A record of that kind more, behind the first of its kind; gives its line."""

    def do(records: Records) -> int:
        line, record = at(records, kind)
        records.insert(line, {**record, **fields})
        records[-1]["records"] += 1
        return line + 1

    return do


OF_THE_BOOKS: dict[str, tuple[Callable[[Records], int], str]] = {
    "a note in a case that is here": (change("note", "case", "2025-0001"), "case"),
    "a consent of somebody who is here": (change("consent", "member", "2025-0001/A"), "member"),
    "a person of another case": (change("member", "person", "2025-0001/A"), "person"),
    "a household that is here": (change("case", "household", "2025-0001"), "household"),
    "a concern in a case that is here": (change("concern", "case", "2025-0001"), "case"),
    "a step of a case that is here": (change("stage_step", "case", "2025-0001"), "case"),
    "a sitting that is here": (change("meeting_item", "meeting", "M2025-0001"), "meeting"),
    "an act about a case that is here": (change("act", "case", "2025-0001"), "case of an act"),
    "a colleague's entry": (change("correction", "staff_code", "k03"), "staff_code"),
    "an act that is here": (change("act", "undoes", [99]), "undoes"),
    "a colleague nobody knows": (change("act", "actor", "k99"), "actor"),
    "the office's settings": (
        inserted("correction", type="setting_change", setting="return_months", value="9"),
        "type",
    ),
    "an acknowledgement of secrecy": (inserted("correction", type="secrecy"), "type"),
    "a list": (inserted("correction", type="staff"), "type"),
}


class TestOnlyAboutItself:
    @pytest.mark.parametrize("name", OF_THE_BOOKS)
    def test_nothing_of_the_books_is_touched(
        self, name: str, there: NearDesk, records: Records, tmp_path: Path
    ) -> None:
        with_a_case_of_last_year(there)
        there.ok("convene", "subcommittee", "--on", "2025-07-01")
        do, field = OF_THE_BOOKS[name]
        line = do(records)
        found = faults(there, file_of(records, tmp_path / "faulty.jsonl"), "case")
        # an act that opens no case in the file is noticed where the next one begins
        assert found[0] == (f"line {line} {field}".rstrip() if field != "case of an act" else "line 16 case")

    def test_who_is_not_known_is_named_once(self, there: NearDesk, records: Records, tmp_path: Path) -> None:
        for record in records:
            if record.get("type") == "act":
                record["actor"] = "k99"
        path = file_of(records, tmp_path / "faulty.jsonl")
        found = faults(there, path, "case")
        assert found == [f"line {at(records, 'act')[0]} actor"]
        assert "toshima staff add k99 --name" in there.run("import", "case", str(path), "--yes").err

    def test_what_the_program_judges_is_judged_again(self, there: NearDesk, records: Records, tmp_path: Path) -> None:
        line = change("item_member", "masked", False, masked=True)(records)
        assert f"line {line} member" in faults(there, file_of(records, tmp_path / "faulty.jsonl"), "case")


HEADS: dict[str, Any] = {
    "none announced": {"schema": "toshima.export/1", "kind": "case"},
    "no list": {"schema": "toshima.export/1", "kind": "case", "cases": CASE},
    "an empty list": {"schema": "toshima.export/1", "kind": "case", "cases": []},
    "twice": {"schema": "toshima.export/1", "kind": "case", "cases": [CASE, CASE]},
    "no number": {"schema": "toshima.export/1", "kind": "case", "cases": ["高橋"]},
    "another one": {"schema": "toshima.export/1", "kind": "case", "cases": [OTHER]},
    "one more": {"schema": "toshima.export/1", "kind": "case", "cases": [CASE, OTHER]},
    "an office": {"schema": "toshima.export/1", "kind": "office"},
    "more said": {"schema": "toshima.export/1", "kind": "case", "cases": [CASE], "by": "k03"},
}


class TestTheHead:
    @pytest.mark.parametrize("name", HEADS)
    def test_says_which_cases_there_are(self, name: str, there: NearDesk, records: Records, tmp_path: Path) -> None:
        records[0] = HEADS[name]
        assert faults(there, file_of(records, tmp_path / "faulty.jsonl"), "case")

    def test_an_office_does_not_come_in_as_a_case(self, there: NearDesk, planned: Path, tmp_path: Path) -> None:
        whole = tmp_path / "office.jsonl"
        NearDesk(planned).ok("export", "office", "-o", str(whole))
        assert faults(there, whole, "case") == ["line 1 kind"]

    @pytest.mark.parametrize("left", [0, 1, 2, 40])
    def test_a_file_cut_off_is_refused(self, left: int, there: NearDesk, records: Records, tmp_path: Path) -> None:
        assert faults(there, file_of(records[:left], tmp_path / "cut.jsonl"), "case")


class TestUnderRestriction:
    """C of household A left to a case of her own that k03 alone may see."""

    @pytest.fixture
    def fled(self, engaging: NearDesk) -> NearDesk:
        engaging.ok("progress", CASE, "--method", "phone", "--note", "節子さんの食事を用意している")
        engaging.ok("--as", "k03", "split", CASE, "C", "--reason", "家族から離れる")
        return engaging

    def test_a_case_alone_says_nothing_of_who_left_to_it(self, fled: NearDesk, there: NearDesk) -> None:
        """Not even to whoever may see both: in other books nobody would know that it is to be withheld."""
        path = out(fled, CASE, who="k03")
        text = path.read_text(encoding="utf-8")
        for word in ("節子", "せつこ", "1942", '"2026-0002', "case_holder", "case_link", "departure"):
            assert word not in text, word
        take_in(there, path)
        assert out(there, CASE, who="k03").read_text(encoding="utf-8") == text

    def test_its_own_case_is_for_its_own_people_there_too(self, fled: NearDesk, there: NearDesk) -> None:
        path = out(fled, OTHER, who="k03")
        typed = there.ok("import", "case", str(path), "--yes")
        assert f"toshima show {OTHER}" not in typed.out + typed.err, "it would not be found"
        assert there.run("show", OTHER).code == 4
        assert there.json("caseload") == []
        assert there.json("find", "髙橋") == []
        assert out(there, OTHER, who="k03").read_bytes() == path.read_bytes()

    def test_both_in_one_file(self, fled: NearDesk, there: NearDesk) -> None:
        path = out(fled, CASE, OTHER, who="k03")
        take_in(there, path)
        assert out(there, CASE, OTHER, who="k03").read_bytes() == path.read_bytes()
        others, own = (out(there, CASE, who=who).read_text(encoding="utf-8") for who in ("local", "k03"))
        assert "節子" not in others
        assert others == own

    def test_nobody_is_found_by_a_file_that_looks_like_them(
        self, fled: NearDesk, there: NearDesk, tmp_path: Path
    ) -> None:
        """Who left to a case of her own is not told to somebody who makes a case of her name and takes it in."""
        with_a_case_of_last_year(there)
        path = out(there, "2025-0001")
        bait = (
            path.read_text(encoding="utf-8").replace("佐藤 花", "髙橋 節子").replace("さとう はな", "たかはし せつこ")
        )
        path.write_text(bait.replace('"birth_date":null', '"birth_date":"1942-02-11"'), encoding="utf-8")
        assert take_in(fled, path)["possible_duplicates"] == []
        assert [one["case"] for one in fled.json("find", "髙橋 節子")] == ["2025-0001"]

    def test_whoever_takes_it_in_is_not_told_who_is_alike(self, fled: NearDesk, there: NearDesk) -> None:
        twin = "A|髙橋 節子|たかはし せつこ|1942-02-11|female|head"
        there.ok("intake", "--window", "csw", "--channel", "self", "--person", twin, "--concern", "A:care",
                 "--on", "2026-03-01")  # fmt: skip
        assert take_in(there, out(fled, OTHER, who="k03"))["possible_duplicates"] == []


def test_what_was_found_to_be_the_case_comes_with_it(engaging: NearDesk, there: NearDesk) -> None:
    """What was said there counts for it; what belongs with it otherwise is named on the screen and not in the file."""
    person = "A|髙橋 由美子|たかはし ゆみこ|1968-05-01|female|head"
    engaging.ok("intake", "--window", "csw", "--channel", "self", "--person", person, "--concern", "A:rent")
    engaging.ok("consent", OTHER, "A", "--given", "--scope", "plan,sharing", "--method", "oral", "--evidence", "c01")
    engaging.ok("merge", CASE, OTHER, "--reason", "同じ世帯")
    path = out(engaging, CASE)
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[0])["cases"] == [CASE, OTHER]
    take_in(there, path)
    assert out(there, CASE).read_bytes() == path.read_bytes()
    alone = engaging.db.with_name("alone.jsonl")
    said = engaging.ok("export", "case", OTHER, "-o", str(alone))
    assert CASE in said.err
    assert CASE not in alone.read_text(encoding="utf-8")


def test_a_line_is_named_in_the_language_of_the_screen(there: NearDesk, records: Records, tmp_path: Path) -> None:
    line = change("note", "on_date", "x")(records)
    path = file_of(records, tmp_path / "faulty.jsonl")
    assert f"{line}行目 on_date" in there.run("import", "case", str(path), "--yes").err
    there.lang = "en"
    assert f"line {line} on_date" in there.run("import", "case", str(path), "--yes").err


def test_rows_are_as_they_were_after_a_fault(there: NearDesk, records: Records, tmp_path: Path) -> None:
    change("end", "records", 1)(records)
    with closing(sqlite3.connect(there.db)) as conn:
        before = conn.execute("SELECT COUNT(*) FROM journal WHERE result = 'done'").fetchone()
    faults(there, file_of(records, tmp_path / "faulty.jsonl"), "case")
    with closing(sqlite3.connect(there.db)) as conn:
        assert conn.execute("SELECT COUNT(*) FROM journal WHERE result = 'done'").fetchone() == before
