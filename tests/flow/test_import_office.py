"""Taking an office over: whole or not at all, every faulty line named, and nothing believed that must not be."""

import json
import os
import signal
import sqlite3
import subprocess
import time
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, command, copy
from tests.flow.conftest import CASE
from tests.flow.importing import Change, Records, at, change, faults, file_of, kept
from tests.naughty import naughty

TODAY = "2026-11-24"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = NearDesk(tmp_path_factory.mktemp("empty") / "books.db")
    desk.ok("init")
    return desk.db


@pytest.fixture(scope="session")
def export(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Household A with a plan before its multi-layered conference, and a referral by consent."""
    room = tmp_path_factory.mktemp("export")
    desk = NearDesk(copy(planned, room / "books.db"))
    desk.ok("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent")
    desk.ok("route", CASE, "--accept", "R2026-0001")
    desk.ok("progress", CASE, "--method", "phone", "--note", "電話した")
    desk.ok("undo", "--yes", "--reason", "誤り")
    desk.ok("config", "population.2026", "290000")
    desk.ok("report", "monthly", "--month", "2026-10", "--public", "-f", "json")
    desk.ok("export", "office", "-o", str(room / "office.jsonl"))
    return room / "office.jsonl"


@pytest.fixture
def there(empty: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(empty, tmp_path / "there.db"))


@pytest.fixture
def records(export: Path) -> Records:
    return [json.loads(line) for line in export.read_text(encoding="utf-8").splitlines()]


class TestTakenIn:
    def test_everything_comes_back(self, there: NearDesk, export: Path, tmp_path: Path) -> None:
        answer = there.json("import", "office", str(export))
        assert (answer["cases"], answer["people"]) == (1, 3)
        again = tmp_path / "again.jsonl"
        there.ok("export", "office", "-o", str(again))
        assert again.read_bytes() == export.read_bytes()

    def test_the_journal_is_told_of_each_case_and_has_ids_only(self, there: NearDesk, export: Path) -> None:
        there.ok("import", "office", str(export))
        entries = [e for e in there.json("journal") if e["verb"] == "import office"]
        assert len(entries) == 2
        assert f"case:{CASE}" in entries[1]["about"]
        assert {one.partition(":")[0] for one in entries[1]["about"]} == {"case", "person"}
        assert "report_kind" not in str(entries)
        assert there.json("journal", "--verify")["ok"] is True

    def test_numbers_go_on_where_they_ended(self, there: NearDesk, export: Path) -> None:
        there.ok("import", "office", str(export))
        person = "A|佐藤 花|さとう はな||female|head"
        made = there.json("intake", "--window", "csw", "--channel", "self", "--person", person, "--concern", "A:rent")
        assert made["case"] == "2026-0002"
        note = there.json("progress", CASE, "--method", "phone", "--note", "電話した")
        assert note["note"] == f"{CASE}/N2", "the undone one keeps its number"
        sent = there.json("route", CASE, "--to", "kurashi-shigoto", "--person", "A", "--ground", "consent")
        assert sent["referral"] == "R2026-0002"
        assert there.json("convene", "subcommittee", "--on", "2026-12-17")["meeting"] == "M2026-0003"

    def test_people_are_found(self, there: NearDesk, export: Path) -> None:
        there.ok("import", "office", str(export))
        assert [row["label"] for row in there.json("find", "高橋")] == ["A", "B", "C"]

    def test_life_goes_on_and_an_undo_is_possible(self, there: NearDesk, export: Path) -> None:
        there.ok("import", "office", str(export))
        there.ok("decide", "M2026-0002", "1", "--outcome", "approved", "--on", "2026-11-19")
        assert there.json("show", CASE)["stage"] == "supporting"
        there.ok("undo", "--yes", "--reason", "誤り")
        assert there.json("show", CASE)["stage"] == "planning"

    def test_it_is_said_what_was_believed_and_what_did_not_come(self, there: NearDesk, export: Path) -> None:
        rules = [warning["rule"] for warning in there.json("import", "office", str(export))["warnings"]]
        assert rules == ["import.kept", "import.reporters"]

    def test_every_sign_comes_back_and_none_is_sent_to_a_terminal(
        self, there: NearDesk, engaging: NearDesk, tmp_path: Path
    ) -> None:
        text = "\n".join(one for one in naughty() if one.strip() and "\0" not in one)
        path = tmp_path / "naughty.jsonl"
        for start in range(0, len(text), 15_000):
            engaging.ok("progress", CASE, "--method", "phone", "--note", f"x{text[start : start + 15_000]}x")
        engaging.ok("export", "office", "-o", str(path))
        signs = {one for one in path.read_text(encoding="utf-8") if unicodedata.category(one) in ("Cc", "Cf", "Cs")}
        assert signs <= {"\n", "\t"}
        there.ok("import", "office", str(path))
        with closing(sqlite3.connect(engaging.db)) as old, closing(sqlite3.connect(there.db)) as new:
            notes = [conn.execute("SELECT text FROM note ORDER BY id").fetchall() for conn in (old, new)]
        assert notes[0] == notes[1]

    def test_from_standard_input(self, there: NearDesk, export: Path) -> None:
        typed = there.run("import", "office", "-", stdin=export.read_text(encoding="utf-8"))
        assert typed.code == 0, typed.err


class TestWhatCouldNotHaveBeenTyped:
    """Found when the cases are written anew, and named by case and person."""

    def test_a_family_that_consents_for_an_adult(self, there: NearDesk, records: Records, tmp_path: Path) -> None:
        _, consent = at(records, "consent", member=f"{CASE}/A")
        consent.update(decided_by="parent", by_name="親")
        assert faults(there, file_of(records, tmp_path / "x.jsonl")) == [f"{CASE}/A"]

    def test_a_child_that_decides_alone(self, there: NearDesk, records: Records, tmp_path: Path) -> None:
        _, member = at(records, "member", label="A")
        _, person = at(records, "person", key=member["person"])
        person["birth_date"] = "2020-01-01"
        assert faults(there, file_of(records, tmp_path / "x.jsonl")) == [f"{CASE}/A"]


class TestOnlyIntoNewBooks:
    def test_books_that_hold_something_are_refused(self, there: NearDesk, export: Path) -> None:
        there.ok("import", "office", str(export))
        before = kept(there)
        assert there.refused("import", "office", str(export))["rule"] == "import.not_new"
        assert kept(there) == before

    def test_nor_books_in_which_somebody_was_named(self, there: NearDesk, export: Path) -> None:
        there.ok("staff", "add", "z01", "--name", "林", "--office", "福祉総務課")
        assert there.refused("import", "office", str(export))["rule"] == "import.not_new"

    def test_a_case_alone_is_not_an_office(self, there: NearDesk, engaging: NearDesk, tmp_path: Path) -> None:
        path = tmp_path / "case.jsonl"
        engaging.ok("export", "case", CASE, "-o", str(path))
        assert faults(there, path)[0] == "line 1 kind"


def drop(kind: str, field: str) -> Change:
    def do(records: Records) -> int:
        number, record = at(records, kind)
        del record[field]
        return number

    return do


def head(field: str, value: Any) -> Change:
    def do(records: Records) -> int:
        records[0][field] = value
        return 1

    return do


def within(kind: str, **values: Any) -> Change:
    """The same of its permit."""

    def do(records: Records) -> int:
        number, record = at(records, kind)
        record["permit"].update(values)
        return number

    return do


DEEP: Any = {}
for _ in range(30):
    DEEP = {"x": DEEP}

FAULTY: dict[str, tuple[Change, str]] = {
    "another schema": (head("schema", "toshima.export/2"), "schema"),
    "more in the head": (head("x", 1), ""),
    "unknown type": (change("note", "type", "reporter"), "type"),
    "type that is none": (change("note", "type", ["note"]), "type"),
    "unknown field": (change("note", "secret", 1), "secret"),
    "missing field": (drop("note", "text"), "text"),
    "wrong type": (change("note", "text", 5), "text"),
    "empty": (change("note", "text", None), "text"),
    "a list for a text": (change("note", "text", ["x"]), "text"),
    "a text too long": (change("note", "text", "あ" * 20_001), "text"),
    "a bool for a number": (change("plan", "version", True), "version"),
    "a float": (change("plan", "version", 1.0), ""),
    "a huge number": (change("plan", "version", 10**30), ""),
    "no date": (change("note", "on_date", "2026-02-30"), "on_date"),
    "another form of date": (change("note", "on_date", "20261124"), "on_date"),
    "a day ahead": (change("act", "on_date", "2026-11-25", name="plan"), "on_date"),
    "a fact ahead": (change("consent", "on_date", "2026-11-25"), "on_date"),
    "a moment ahead": (change("act", "recorded_at", "2999-01-01T00:00:00.000000Z"), "recorded_at"),
    "no slug": (change("consent", "decision", "yes"), "decision"),
    "a decision never stored": (change("consent", "decision", "none"), "key"),
    "no scope": (
        lambda r: change("consent", "scope_plan", False)(r) and change("consent", "scope_sharing", False)(r),
        "key",
    ),
    "no code": (change("note", "method", "'; DROP TABLE note; --"), "method"),
    "no key": (change("note", "key", "N1"), "key"),
    "a key of another case": (change("note", "key", "2026-0009/N1"), "key"),
    "a key twice": (change("consent", "key", f"{CASE}/C1", key=f"{CASE}/C2"), "key"),
    "a member nobody knows": (change("consent", "member", f"{CASE}/Z"), "member"),
    "staff nobody knows": (change("assignment", "staff_code", "x99"), "staff_code"),
    "an actor nobody knows": (change("act", "actor", "x99", name="plan"), "actor"),
    "an act out of order": (change("act", "key", 99, name="plan"), "key"),
    "a record under another act": (change("consent", "act", 1), "act"),
    "an act taken back that is none": (change("act", "undoes", [999], name="undo"), "undoes"),
    "an act taken back twice": (change("act", "undoes", [1, 1], name="undo"), "undoes"),
    "an undo of what comes": (change("act", "undoes", [99], name="plan"), "undoes"),
    "a step nowhere": (change("stage_step", "stage", "closed", step="escalate"), "stage"),
    "a label twice": (change("member", "label", "A", label="B"), "key"),
    "withheld and known": (change("member", "withheld", True), "withheld"),
    "nobody and not withheld": (change("member", "person", None), "withheld"),
    "a correction of a row's own number": (change("correction", "field", "id"), "field"),
    "a setting nobody knows": (change("setting", "key", "rule_11", key="return_months"), "key"),
    "a setting that is no number": (change("setting", "value", "many", key="return_months"), "value"),
    "a setting of the rule of consent": (change("setting_change", "setting", "consent_self_from_age"), "setting"),
    "another value of it that does not fit": (change("setting_change", "value", "many"), "value"),
    "a publication that is none": (change("publication", "cells", "[]"), "cells"),
    "a publication below nothing": (change("publication", "cells", '{"cases.opened|2026-10": -1}'), "cells"),
    "a setting beyond its bounds": (change("setting", "value", "0", key="hidden_most"), "value"),
    "who decides for themselves": (change("setting", "value", "0", key="consent_self_from_age"), "value"),
    "a publication of a month that runs": (change("publication", "period", "2026-11"), "period"),
    "a publication of no month": (change("publication", "period", "2026-99"), "period"),
    "a publication of another kind": (change("publication", "report", "annual"), "report"),
    "a publication that hides nothing": (change("publication", "most", 0), "most"),
    "a publication with a small number": (
        change("publication", "cells", '{"cases.opened|2026-10": 1, "cases.opened|to 2026-10": 1}'),
        "cells",
    ),
    "a publication of half a row": (change("publication", "cells", '{"cases.opened|2026-10": 0}'), "cells"),
    "a publication of what is no figure": (
        change("publication", "cells", '{"x|2026-10": 0, "x|to 2026-10": 0}'),
        "cells",
    ),
    "a window without a code": (change("window", "code", "A B"), "code"),
    "nested without end": (change("meeting_item", "reason", DEEP), ""),
    "NUL": (change("note", "text", "a\0b"), ""),
    "half a character": (change("note", "text", "\ud800"), ""),
    "a sentence of theirs": (change("meeting_item", "reason", {"text": "節子さんのこと", "values": {}}), "reason"),
    "a sentence with typed words": (
        change("meeting_item", "reason", {"text": "Plan {plan} waits to be deliberated.", "values": {"plan": "節子"}}),
        "reason",
    ),
    "an entry that does not fit": (change("plan", "people", [{"member": f"{CASE}/A"}]), "people"),
    "an entry twice": (change("consent", "excluding", ["csw", "csw"]), "excluding"),
    "a count that does not fit": (change("end", "records", 1), "records"),
    # what the program itself would have judged
    "secrecy without end": (change("secrecy", "until", "2099-03-31"), "until"),
    "shown without consent": (change("item_member", "masked", False, masked=True), "member"),
    "a plan without consent": (change("consent", "decision", "refused", member=f"{CASE}/A"), "people"),
    "a referral without consent": (
        lambda r: change("referral", "on_date", "2026-11-01")(r) and within("referral", on="2026-11-01")(r),
        "permit",
    ),
    "a referral with a ground of theirs": (change("referral", "ground", "emergency"), "permit"),
    "a permit for another": (
        within("referral", to="csw"),
        "permit",
    ),
    "a permit of nothing": (change("referral", "permit", {}), "permit"),
    "a law that does not exist": (
        lambda r: within("referral", ground={**at(r, "referral")[1]["permit"]["ground"], "text": "社会福祉法"})(r),
        "permit",
    ),
}  # fmt: skip


class TestFaults:
    @pytest.mark.parametrize("name", FAULTY)
    def test_are_named_by_line_and_field(self, name: str, there: NearDesk, records: Records, tmp_path: Path) -> None:
        do, field = FAULTY[name]
        line = do(records)
        found = faults(there, file_of(records, tmp_path / "faulty.jsonl"))
        if name == "a plan without consent":
            assert any(where.endswith(field) for where in found), found
            return
        assert f"line {line} {field}".rstrip() in found, found

    def test_every_one_at_once(self, there: NearDesk, records: Records, tmp_path: Path) -> None:
        lines = [
            change("note", "method", "?!")(records),
            change("consent", "on_date", "x")(records),
            change("secrecy", "until", "2099-03-31")(records),
        ]
        found = faults(there, file_of(records, tmp_path / "faulty.jsonl"))
        assert {f"line {n}" for n in lines} == {" ".join(where.split()[:2]) for where in found}

    def test_what_points_at_a_faulty_line_has_no_fault_of_its_own(
        self, there: NearDesk, records: Records, tmp_path: Path
    ) -> None:
        line = change("case", "opened_on", "x")(records)
        assert faults(there, file_of(records, tmp_path / "faulty.jsonl")) == [f"line {line} opened_on"]

    def test_thousands_are_counted(self, there: NearDesk, records: Records, tmp_path: Path) -> None:
        more = [{"type": "nothing"}] * 5000
        found = faults(there, file_of([*records[:5], *more], tmp_path / "faulty.jsonl"))
        assert len(found) == 201
        assert found[-1] == "…"

    @pytest.mark.parametrize("left", [0, 1, 2, 100, 300])
    def test_a_file_cut_off_is_refused(self, left: int, there: NearDesk, records: Records, tmp_path: Path) -> None:
        assert faults(there, file_of(records[:left], tmp_path / "cut.jsonl"))

    @pytest.mark.parametrize("place", range(5))
    def test_a_line_left_out_is_noticed(self, place: int, there: NearDesk, records: Records, tmp_path: Path) -> None:
        del records[len(records) * (place + 1) // 7]
        assert faults(there, file_of(records, tmp_path / "less.jsonl"))


RAW: dict[str, bytes] = {
    "no JSON": b"{\n",
    "a list": b"[]\n",
    "a text": b'"x"\n',
    "a key twice": b'{"schema":"toshima.export/1","schema":"toshima.export/1","kind":"office"}\n',
    "NaN": b'{"type":"note","text":NaN}\n',
    "nested": b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
    "not UTF-8": "{\"schema\":\"漢字\"}\n".encode("cp932"),
    "UTF-16": "{}\n".encode("utf-16"),
    "bytes of anything": bytes(range(256)) + b"\n",
    "ten megabytes in a line": b'{"x":"' + b"x" * 10_000_000 + b'"}\n',
    "nothing": b"",
    "blank": b"\n\n\n",
}  # fmt: skip


@pytest.mark.parametrize("name", RAW)
def test_what_is_no_export_is_refused(name: str, there: NearDesk, tmp_path: Path) -> None:
    path = tmp_path / "raw.jsonl"
    path.write_bytes(RAW[name])
    assert faults(there, path)


def test_what_is_no_file_is_refused(there: NearDesk, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.jsonl"):
        assert faults(there, path) == ["FILE"]
    assert there.run("import", "office").code == 6
    assert there.run("--db", str(tmp_path / "none.db"), "import", "office", "x").code == 5


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_stopped_by_force_nothing_is_half_saved(sign: int, there: NearDesk, export: Path) -> None:
    """A killed or interrupted import leaves the books as they were, and it can be typed again."""
    before = kept(there)
    fifo = there.db.with_name("pipe.jsonl")
    os.mkfifo(fifo)
    lines = export.read_bytes().splitlines(keepends=True)
    done = subprocess.Popen(
        [*command(), "import", "office", str(fifo)], env=there.environment(), stderr=subprocess.PIPE
    )
    with open(fifo, "wb") as pipe:
        pipe.writelines(lines[: len(lines) - 20])
        pipe.flush()
        time.sleep(1)
        done.send_signal(sign)
        code = done.wait(20)
    assert done.stderr
    done.stderr.close()
    assert code == (130 if sign == signal.SIGINT else -9)
    assert kept(there) == before
    there.ok("import", "office", str(export))
