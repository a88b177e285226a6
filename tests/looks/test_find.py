"""`find`: whoever is on record, under whatever spelling, and nobody who is others' own to know of."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.desk import NearDesk
from toshima_cli.db import queries
from toshima_cli.domain.find import read
from toshima_cli.looks import find as looks
from toshima_cli.sqlite_file import connect

CASE = "2026-0001"
KEYS = ("case", "label", "name", "kana", "birth_date", "stage", "matched")


def sql(desk: NearDesk, text: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(desk.db)) as conn:
        found = conn.execute(text, values).fetchall()
        conn.commit()
        return found


def found(desk: NearDesk, *words: str) -> list[tuple[str, str, str]]:
    return [(row["case"], row["label"], row["matched"]) for row in desk.json("find", *words)]


def family(desk: NearDesk, *people: str, on: str = "2026-11-01", phone: str = "03-9999-0000") -> str:
    words = [word for person in people for word in ("--person", person)]
    made = desk.json(
        "intake", "--window", "seikatsu", "--channel", "self", *words, "--concern", "A:rent", "--on", on,
        "--phone", phone,
    )  # fmt: skip
    return str(made["case"])


def restricted(desk: NearDesk, case: str, holder: str) -> None:
    case_id, seq = sql(
        desk, "SELECT c.id, (SELECT MIN(seq) FROM act WHERE case_id = c.id) FROM case_file c WHERE number = ?", case
    )[0]
    holders = "INSERT INTO case_holder (seq, on_date, case_id, staff_code, holds) VALUES (?, '2026-11-01', ?, ?, 1)"
    sql(desk, holders, seq, case_id, holder)


@pytest.fixture
def desk(engaging: NearDesk) -> NearDesk:
    return engaging


class TestSpellings:
    @pytest.mark.parametrize(
        ("words", "labels", "by"),
        [
            (("高橋 由美子",), "A", "name"),
            (("髙橋由美子",), "A", "name"),
            (("由美子", "髙橋"), "A", "name"),
            (("タカハシ", "ゆみこ"), "A", "kana"),
            (("ﾀｶﾊｼﾕﾐ",), "A", "kana"),
            (("由美",), "A", "name"),
            (("髙橋",), "ABC", "name"),
            (("優太", "たかはし"), "B", "name"),
            (("1968-05-01",), "A", "birth_date"),
            (("S43.5.1", "たかはし"), "A", "birth_date"),
            (("1968-05-02",), "", ""),
            ((CASE,), "ABC", "number"),
            (("２０２６－１", "節子"), "C", "number"),
            (("M2026-0001",), "ABC", "number"),
            (("髙橋", "優太", "由美子"), "", ""),
            (("橋",), "", ""),
            (("%",), "", ""),
            (("髙_",), "", ""),
            (("' OR 1=1 --",), "", ""),
            (("2026-0099",), "", ""),
        ],
    )
    def test_all_words_are_one_persons(self, desk: NearDesk, words: tuple[str, ...], labels: str, by: str) -> None:
        assert found(desk, *words) == [(CASE, label, by) for label in labels]

    def test_a_telephone_in_whatever_digits(self, desk: NearDesk) -> None:
        case = family(desk, "A|佐藤 花子|||female|head")
        for words in (("０３－９９９９－００００",), ("03 9999", "0000"), ("0399",)):
            assert found(desk, *words) == [(case, "A", "phone")]

    def test_a_referral_leads_to_whom_it_is_about_and_a_report_by_law_to_the_case(self, desk: NearDesk) -> None:
        desk.ok("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "none_shared")
        desk.ok("route", CASE, "--to", "korei-sogo", "--person", "C", "--ground", "statutory_report")
        assert found(desk, "R2026-0001") == [(CASE, "B", "number")]
        assert [label for _, label, _ in found(desk, "R2026-0002")] == ["A", "B", "C"]


class TestTheList:
    def test_the_keys_of_the_contract(self, desk: NearDesk) -> None:
        (row,) = desk.json("find", "由美子")
        assert tuple(row) == KEYS
        assert (row["name"], row["birth_date"], row["stage"]) == ("髙橋 由美子", "1968-05-01", "engaging")

    def test_open_ones_first_the_newest_first(self, desk: NearDesk) -> None:
        older, newer = (
            family(desk, "A|佐藤 花子|||female|head"),
            family(desk, "A|佐藤 花|||female|head", on="2026-11-02"),
        )
        assert [case for case, _, _ in found(desk, "佐藤")] == [newer, older]
        assert [case for case, _, _ in found(desk, "佐藤", "花")] == [newer, older]
        desk.ok("close", newer, "--reason", "information_only", "--yes")
        assert [case for case, _, _ in found(desk, "佐藤")] == [older, newer]

    def test_what_is_left_out_is_announced(self, desk: NearDesk) -> None:
        typed = desk.ok("find", "髙橋", "--limit", "2", "-f", "json")
        assert len(typed.data) == 2
        assert typed.err
        assert not desk.ok("find", "髙橋", "--limit", "3", "-f", "json").err

    def test_nobody_is_an_answer(self, desk: NearDesk) -> None:
        assert desk.json("find", "存在しない") == []
        assert desk.ok("find", "存在しない", "-f", "table").out.strip()

    def test_what_cannot_be_looked_for(self, desk: NearDesk) -> None:
        assert desk.run("find").code == 6
        assert desk.run("find", "・").code == 2
        assert desk.run("find", "a", "b", "c", "d").code == 2

    def test_everyone_shown_is_in_the_journal_and_nobody_else(self, desk: NearDesk) -> None:
        desk.ok("find", "由美子")
        assert sql(desk, "SELECT verb, about FROM journal ORDER BY entry DESC LIMIT 1") == [
            ("find", f"case:{CASE} person:1")
        ]

    def test_masked_it_names_nobody(self, desk: NearDesk) -> None:
        for form in ("table", "json", "csv"):
            out = desk.ok("--mask", "find", "髙橋", "-f", form).out
            assert "T.Y." in out
            assert "由美子" not in out
            assert "ゆみこ" not in out


class TestWhoIsOthersOwn:
    def test_a_restricted_case_is_its_own_peoples(self, desk: NearDesk) -> None:
        case = family(desk, "A|佐藤 花子|||female|head")
        restricted(desk, case, "k03")
        for words in (("佐藤",), (case,), ("0399990000",)):
            assert found(desk, *words) == []
            assert [row["case"] for row in desk.json("--as", "k03", "find", *words)] == [case]

    def test_who_left_for_one_is_not_found_where_they_were(self, desk: NearDesk) -> None:
        own = family(desk, "A|佐藤 花子|||female|head")
        restricted(desk, own, "k03")
        seq, member = sql(desk, "SELECT seq, id FROM member WHERE label = 'C' AND case_id = 1")[0]
        columns = "(seq, on_date, member_id, reason, to_case_id, hidden)"
        sql(desk, f"INSERT INTO departure {columns} VALUES (?, '2026-11-02', ?, 'x', 2, 1)", seq, member)
        assert found(desk, "節子") == []
        assert [label for _, label, _ in found(desk, CASE)] == ["A", "B"]

    def test_what_was_merged_is_found_once_under_the_kept_one(self, desk: NearDesk) -> None:
        case = family(desk, "A|髙橋 由美子|||female|head", "B|佐藤 花子|||female|other")
        assert [row[0] for row in found(desk, "由美子")] == [case, CASE]
        seq = sql(desk, "SELECT MAX(seq) FROM act")[0][0]
        person = sql(desk, "SELECT person_id FROM member WHERE case_id = 2 AND label = 'A'")[0][0]
        sql(desk, "UPDATE member SET person_id = 1 WHERE case_id = 2 AND label = 'A'")
        sql(desk, "INSERT INTO merge (seq, on_date, case_id, kept_case_id) VALUES (?, '2026-11-02', 2, 1)", seq)
        assert [row[:2] for row in found(desk, "由美子")] == [(CASE, "A")]
        assert [row[:2] for row in found(desk, "花子")] == [(case, "B")]
        assert person != 1

    def test_what_was_undone_is_not_found(self, desk: NearDesk) -> None:
        case = family(desk, "A|佐藤 花子|||female|head")
        desk.ok("undo", "--yes")
        assert found(desk, "佐藤") == []
        assert found(desk, case) == []


class TestTheOrderOfAWord:
    """What was said exactly stands before what only begins with it; open before ended; a household by its labels."""

    def test_exactly_then_what_begins_with_it(self, desk: NearDesk) -> None:
        exact = family(desk, "A|佐 藤次|||male|head")
        begins = family(desk, "A|佐藤 花子|||female|head", "B|佐藤 一郎|||male|child")
        assert [(case, label) for case, label, _ in found(desk, "佐")] == [(exact, "A"), (begins, "A"), (begins, "B")]

    def test_no_more_is_read_than_a_page_needs(self, desk: NearDesk) -> None:
        for n in range(4):
            family(desk, f"A|佐藤 {'花月雪星'[n]}子|||female|head")
        said: list[str] = []
        with closing(connect(desk.db)) as conn, closing(looks._by_words(conn, read(["佐藤"]))) as rows:
            conn.set_trace_callback(said.append)
            assert [next(rows)["label"], next(rows)["label"]] == ["A", "A"]
            assert sum("FROM search_key k" in text for text in said) == 1

    def test_the_rarest_word_is_read_first(self, desk: NearDesk) -> None:
        for n in range(4):
            family(desk, f"A|佐藤 {'花月雪星'[n]}子|||female|head")
        with closing(connect(desk.db)) as conn:
            assert looks._rarest_first(conn, ("佐藤", "花")) == ["花", "佐藤"]
        assert len(found(desk, "佐藤", "花")) == 1


class TestByAddress:
    @pytest.mark.parametrize(
        ("words", "there"),
        [
            (("架空町1-2-3",), True),
            (("豊島区架空町１丁目２番３号",), True),
            (("架空町1-2",), True),
            (("架空町1-2-3", "花子"), True),
            (("架空町1-2-30",), False),
            (("架空町1-2-3", "節子"), False),
            (("架空町",), False),
        ],
    )
    def test_in_whatever_notation(self, desk: NearDesk, words: tuple[str, ...], there: bool) -> None:
        case = family(desk, "A|佐藤 花子|||female|head")
        desk.ok("person", "edit", case, "A", "--address", "豊島区架空町一丁目2番地の3 ハイツ", "--reason", "聞き取り")
        assert {row[0] for row in found(desk, *words)} == ({case} if there else set())


def test_a_birth_date_there_never_was_is_a_fault(desk: NearDesk) -> None:
    assert desk.run("find", "1968-02-30").code == 2


def test_no_search_reads_everybody(desk: NearDesk) -> None:
    words = ("low", "high", "second_low", "second_high", "third_low", "third_high", "viewer", "state", "how_many")
    people = ("name_key", "kana_key", "phone_key", "address_key", "born", "viewer")
    for file, name, names in (
        ("find", "of_word", words),
        ("find", "how_many", words),
        ("books", "same_person", people),
    ):
        text = getattr(queries(file), name).sql
        with closing(sqlite3.connect(desk.db)) as conn:
            plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {text}", dict.fromkeys(names, "a"))]
        assert not [line for line in plan if line.startswith("SCAN") and not line.startswith(("SCAN h ", "SCAN n"))]
        if name == "of_word":
            assert "SEARCH k USING INDEX ix_search_key_newest (key>? AND key<?)" in plan, plan
            # the other words are asked of each person, never the other way round
            assert "SEARCH s USING INDEX ix_search_key_person_id (person_id=?)" in plan, plan
            # in the order of the index: only those of one key and one person are sorted
            assert [line for line in plan if "ORDER BY" in line] == ["USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"], plan
