"""What an export carries, for whom, and what the journal is told of it (rules 7, 10 and 11)."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, copy
from tests.flow.conftest import CASE
from toshima_cli.looks.export import HELD_BACK

TODAY = "2026-11-24"


def exported(desk: NearDesk, *words: str, who: str = "local", day: str = TODAY) -> list[dict[str, Any]]:
    path = desk.db.with_name("out.jsonl")
    desk.ok("--as", who, "export", *(words or ("office",)), "-o", str(path), "--force", today=day)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def raw(desk: NearDesk, *words: str, who: str = "local") -> str:
    exported(desk, *words, who=who)
    return desk.db.with_name("out.jsonl").read_text(encoding="utf-8")


def of(records: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [record for record in records if record.get("type") == kind]


def journal(desk: NearDesk) -> list[tuple[str, str, set[str]]]:
    with closing(sqlite3.connect(desk.db)) as conn:
        rows = conn.execute("SELECT verb, result, about FROM journal ORDER BY entry").fetchall()
    return [(verb, result, set(about.split())) for verb, result, about in rows]


@pytest.fixture(scope="module")
def flight(engaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """C of household A left to a case of her own, which k03 alone may see; notes name her on both sides."""
    desk = NearDesk(copy(engaged, tmp_path_factory.mktemp("flight") / "books.db"))
    desk.ok("progress", CASE, "--method", "phone", "--person", "A", "--note", "節子さんの食事を用意している")
    desk.ok("progress", CASE, "--method", "phone", "--person", "C", "--note", "腰が痛い")
    desk.ok("progress", CASE, "--method", "phone", "--note", "Cの通院に付き添った")
    desk.ok("person", "wish", CASE, "C", "--text", "家にいたい")
    desk.ok("--as", "k03", "split", CASE, "C", "--reason", "家族から離れる")
    desk.ok("--as", "k03", "person", "edit", "2026-0002", "C", "--phone", "03-1111-2222", "--reason", "転居")
    desk.ok("--as", "k03", "progress", "2026-0002", "--method", "visit", "--note", "新しい住まいで")
    desk.ok("--as", "k03", "convene", "stakeholder", "--case", "2026-0002", "--on", "2026-11-24", "--place", "隠れ家",
            "--guest", "弁護士 甲|法律事務所|弁護士", "--chair", "k03")  # fmt: skip
    desk.ok("--as", "k03", "attend", "M2026-0002", "k03", "--guest", "弁護士 甲|法律事務所|弁護士", "--secrecy")
    return desk.db


@pytest.fixture
def fled(flight: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(flight, tmp_path / "books.db"))


class TestTheFile:
    def test_is_new_whole_and_private(self, engaging: NearDesk, tmp_path: Path) -> None:
        path = tmp_path / "office.jsonl"
        typed = engaging.ok("export", "office", "-o", str(path))
        assert typed.out == ""
        assert path.stat().st_mode & 0o777 == 0o600
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert lines[0] == {"schema": "toshima.export/1", "kind": "office"}
        assert lines[-1] == {"type": "end", "records": len(lines) - 2}
        assert engaging.run("export", "office", "-o", str(path)).code == 2
        assert engaging.run("export", "office", "-o", str(path), "--force").code == 0
        assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []

    def test_says_the_same_in_every_language(self, engaging: NearDesk) -> None:
        japanese = raw(engaging)
        engaging.lang = "en"
        assert raw(engaging) == japanese

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("export", "office"), 6),
            (("export", "case"), 6),
            (("export", "case", "2026-0009", "-o", "x.jsonl"), 4),
            (("export", "office", "-o", "x.json"), 2),
            (("--mask", "export", "office", "-o", "x.jsonl"), 2),
            (("--mask", "export", "case", CASE, "-o", "x.jsonl"), 2),
        ],
    )
    def test_is_not_made_otherwise(self, engaging: NearDesk, words: tuple[str, ...], code: int) -> None:
        before = journal(engaging)
        assert engaging.run(*words).code == code
        assert journal(engaging) == before

    def test_an_error_is_json_where_json_is_asked_for(self, engaging: NearDesk) -> None:
        assert engaging.refused("export", "case", "2026-0009", "-o", "x.jsonl", code=4)["code"] == 4


class TestTheJournal:
    def test_is_told_of_everybody_before_anything_is_written(self, engaging: NearDesk) -> None:
        exported(engaging)
        verb, result, about = journal(engaging)[-1]
        assert (verb, result) == ("export", "seen")
        assert about == {f"case:{CASE}", "person:1", "person:2", "person:3"}

    def test_of_a_case_only_who_is_in_it(self, engaging: NearDesk) -> None:
        engaging.ok("intake", "--window", "csw", "--channel", "self", "--person", "A|佐藤 花|さとう はな||female|head",
                    "--concern", "A:rent")  # fmt: skip
        exported(engaging, "case", "2026-0002")
        assert journal(engaging)[-1][2] == {"case:2026-0002", "person:4"}

    def test_has_an_entry_for_each_lot_of_cases(self, engaging: NearDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("toshima_cli.looks.export.AT_ONCE", 1)
        engaging.ok("intake", "--window", "csw", "--channel", "self", "--person", "A|佐藤 花|さとう はな||female|head",
                    "--concern", "A:rent")  # fmt: skip
        before = len(journal(engaging))
        exported(engaging)
        assert [about for *_, about in journal(engaging)[before:]] == [
            {f"case:{CASE}", "person:1", "person:2", "person:3"},
            {"case:2026-0002", "person:4"},
        ]

    def test_knows_nothing_of_who_is_withheld(self, fled: NearDesk) -> None:
        exported(fled, who="c01")
        assert journal(fled)[-1][2] == {f"case:{CASE}", "person:1", "person:2"}


class TestWhoToldUs:
    def test_is_nowhere(self, engaging: NearDesk) -> None:
        assert "小川" not in raw(engaging)
        assert of(exported(engaging), "reporter") == []

    def test_nor_in_a_text_that_names_them(self, engaging: NearDesk) -> None:
        engaging.ok("progress", CASE, "--method", "phone", "--note", "小川さんが様子を見に行った")
        engaging.ok("progress", CASE, "--method", "phone", "--note", "雨戸が開いていた")
        found = exported(engaging)
        assert [note["text"] for note in of(found, "note")] == [HELD_BACK, "雨戸が開いていた"]
        assert "小川" not in raw(engaging)

    def test_a_surname_the_household_bears_stays_a_name(self, engaging: NearDesk) -> None:
        with closing(sqlite3.connect(engaging.db)) as conn, conn:
            conn.execute("UPDATE reporter SET name = '髙橋 一郎'")
        names = [person["name"] for person in of(exported(engaging), "person")]
        assert names == ["髙橋 由美子", "髙橋 優太", "髙橋 節子"]
        assert "一郎" not in raw(engaging)

    def test_stands_where_they_support_as_on_the_map(self, engaging: NearDesk) -> None:
        engaging.ok(
            "watch", CASE, "--by", "小川 正", "--every", "1m", "--until", "2026-12-20", "--sign", "小川さんから電話"
        )
        (watch,) = of(exported(engaging), "watch")
        assert (watch["watcher"], watch["sign"]) == ("小川 正", HELD_BACK)

    def test_what_is_left_out_is_said(self, engaging: NearDesk) -> None:
        engaging.ok("progress", CASE, "--method", "phone", "--note", "小川さんが様子を見に行った")
        path = engaging.db.with_name("said.jsonl")
        assert engaging.ok("export", "office", "-o", str(path), TOSHIMA_LANG="en").err.splitlines()[-1].startswith("1 ")


class TestUnderRestriction:
    def test_its_own_people_have_everything(self, fled: NearDesk) -> None:
        found = exported(fled, who="k03")
        assert [case["key"] for case in of(found, "case")] == [CASE, "2026-0002"]
        assert {person["name"] for person in of(found, "person")} == {"髙橋 由美子", "髙橋 優太", "髙橋 節子"}
        assert [member["withheld"] for member in of(found, "member")] == [False] * 4
        assert HELD_BACK not in raw(fled, who="k03")

    @pytest.mark.parametrize("who", ["local", "c01", "e01"])
    def test_others_have_a_label(self, fled: NearDesk, who: str) -> None:
        found, text = exported(fled, who=who), raw(fled, who=who)
        assert [case["key"] for case in of(found, "case")] == [CASE]
        label = next(member for member in of(found, "member") if member["label"] == "C")
        assert (label["withheld"], label["person"], label["note"], label["relation"]) == (True, None, None, "other")
        names = ("節子", "せつこ", "1942", '"2026-0002', "03-1111", "隠れ家", "弁護士")
        texts = ("腰が痛い", "家にいたい", "新しい住まい")
        for word in (*names, *texts, "split", "case_holder", "case_link", "departure"):
            assert word not in text, word
        assert [note["text"] for note in of(found, "note")] == [HELD_BACK, HELD_BACK]

    def test_no_number_of_an_act_is_missing(self, fled: NearDesk) -> None:
        acts = of(exported(fled, who="c01"), "act")
        assert [act["key"] for act in acts] == list(range(1, len(acts) + 1))
        assert {record["act"] for record in exported(fled, who="c01") if "act" in record} == {*range(1, len(acts) + 1)}

    def test_a_sitting_about_it_is_a_date_for_others(self, fled: NearDesk) -> None:
        found = exported(fled, who="c01")
        sitting = next(one for one in of(found, "meeting") if one["key"] == "M2026-0002")
        assert (sitting["place"], sitting["chair"], sitting["recorder"]) == (None, None, None)
        assert [one for one in of(found, "party") if one["meeting"] == "M2026-0002"] == []
        assert [one for one in of(found, "meeting_item") if one["meeting"] == "M2026-0002"] == []
        assert {one["guest_name"] for one in of(found, "secrecy")} == {None}
        assert {one["case"] for one in of(found, "meeting_item")} <= {CASE, None}

    def test_it_cannot_be_asked_for(self, fled: NearDesk) -> None:
        assert fled.run("--as", "c01", "export", "case", "2026-0002", "-o", "x.jsonl").code == 4
        assert of(exported(fled, "case", "2026-0002", who="k03"), "case")[0]["key"] == "2026-0002"

    def test_nor_once_it_was_taken_back(self, fled: NearDesk) -> None:
        """What was recorded of a case of somebody's own is their own, undone too."""
        desk = fled
        for _ in range(6):
            desk.run("--as", "k03", "undo", "--yes", "--reason", "誤り")
        with closing(sqlite3.connect(desk.db)) as conn:
            (left,) = conn.execute("SELECT COUNT(*) FROM act WHERE name = 'split' AND undone_by IS NULL").fetchone()
        assert left == 0
        text = raw(desk, who="c01")
        assert re.search("(?<!M)2026-0002|隠れ家|弁護士", text) is None
        assert "節子" in text
        assert "家族から離れる" not in text

    def test_new_books_show_others_what_the_old_ones_did(self, fled: NearDesk, tmp_path: Path) -> None:
        exported(fled, who="c01")
        there = NearDesk(tmp_path / "there.db", today=TODAY)
        there.ok("init")
        there.ok("import", "office", str(fled.db.with_name("out.jsonl")))
        old, new = (desk.json("--as", "c01", "show", CASE) for desk in (fled, there))
        assert [person["withheld"] for person in new["people"]] == [False, False, True]
        for key in ("stage", "concerns", "referrals", "plans", "linked_cases", "ends", "coordinator"):
            assert new[key] == old[key], key
        assert [n["text"] for n in new["progress"]] == [HELD_BACK] * 2
        assert there.json("--as", "k03", "caseload")[0]["case"] == CASE
        assert len(there.json("--as", "k03", "caseload")) == 1


class TestReportsByLaw:
    def test_are_for_their_own_people(self, engaging: NearDesk) -> None:
        engaging.ok("--as", "e01", "notify", CASE, "--kind", "elder", "--to", "korei-sogo", "--person", "C")
        engaging.ok("--as", "e01", "route", CASE, "--accept", "R2026-0001")
        for who, there in (("e01", 1), ("k03", 1), ("c01", 0), ("local", 0)):
            found = exported(engaging, who=who)
            assert len(of(found, "referral")) == len(of(found, "referral_answer")) == there, who
            assert ("statutory_report" in raw(engaging, who=who)) == bool(there), who

    def test_undone_too(self, engaging: NearDesk) -> None:
        engaging.ok("--as", "e01", "notify", CASE, "--kind", "elder", "--to", "korei-sogo", "--person", "C")
        engaging.ok("--as", "e01", "undo", "--yes", "--reason", "虐待ではなかった")
        assert "虐待" not in json.dumps(of(exported(engaging, who="c01"), "correction"), ensure_ascii=False)
        assert "虐待" in json.dumps(of(exported(engaging, who="e01"), "correction"), ensure_ascii=False)


class TestOneCase:
    def test_carries_what_is_its_own(self, engaging: NearDesk) -> None:
        engaging.ok("intake", "--window", "csw", "--channel", "self", "--person", "A|佐藤 花|さとう はな||female|head",
                    "--concern", "A:rent")  # fmt: skip
        engaging.ok("gap", "add", "--kind", "resource", "--text", "日中の居場所", "--case", CASE)
        engaging.ok("gap", "add", "--same-as", "G1", "--case", "2026-0002")
        found = exported(engaging, "case", CASE)
        assert found[0] == {"schema": "toshima.export/1", "kind": "case", "cases": [CASE]}
        assert "2026-0002" not in raw(engaging, "case", CASE)
        assert "佐藤" not in raw(engaging, "case", CASE)
        assert {"party", "secrecy", "staff", "window"} & {one.get("type") for one in found} == set()
        assert {"meeting", "meeting_item", "decision", "gap", "member"} <= {one.get("type") for one in found}
        assert exported(engaging, "case", "2026-0002", CASE)[0]["cases"] == [CASE, "2026-0002"]

    def test_what_was_undone_stays_and_says_so(self, engaging: NearDesk) -> None:
        engaging.ok("progress", CASE, "--method", "phone", "--note", "電話した")
        engaging.ok("undo", "--yes", "--reason", "誤り")
        found = exported(engaging, "case", CASE)
        note = of(found, "note")[0]
        assert of(found, "act")[-1]["undoes"] == [note["act"]]
        assert of(found, "correction")[-1]["reason"] == "誤り"


def test_a_copy_made_by_vacuum_is_exported_at_once(engaging: NearDesk, tmp_path: Path) -> None:
    """Such a copy keeps no write-ahead log until it is opened here."""
    copied = tmp_path / "copied.db"
    with closing(sqlite3.connect(engaging.db)) as conn:
        conn.execute("VACUUM INTO ?", (str(copied),))
    assert of(exported(NearDesk(copied)), "case")
