"""Who may be the same person, while they are told of: everybody once, the strongest reason first, nobody of others'."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from tests.desk import NearDesk
from tests.looks.test_find import family, restricted, sql
from toshima_cli.domain.alike import Like
from toshima_cli.looks.duplicates import MOST, Resembling, resembling
from toshima_cli.opening import open_store

CASE = "2026-0001"
BORN = date(1968, 5, 1)
YUMIKO = Like("高橋 由美子", "タカハシ ユミコ", BORN)


def shown(desk: NearDesk, like: Like, *, but: str | None = None, mask: bool = False, who: str = "local") -> Resembling:
    store = open_store(str(desk.db), actor=who, today=BORN, replayed=False, now=lambda: "2026-11-24T00:00:00Z")
    try:
        return store.look(
            "find", lambda conn: resembling(conn, like, but=but, mask=mask), lambda found: found.subjects
        ).value
    finally:
        store.close()


def named(desk: NearDesk, like: Like, **how: str) -> list[tuple[str, str]]:
    return [(row["case"], row["label"]) for row in shown(desk, like, **how)]  # type: ignore[arg-type]


@pytest.fixture
def desk(engaging: NearDesk) -> NearDesk:
    return engaging


class TestWhoIsShown:
    @pytest.mark.parametrize(
        "like",
        [
            YUMIKO,
            Like("由美子 髙橋"),
            Like("由美子髙橋"),
            Like(kana="ﾀｶﾊｼﾕﾐｺ"),
            Like("佐藤 由美子", None, BORN),
            Like("高橋 弓子", None, BORN),
        ],
    )
    def test_however_she_is_told_of(self, desk: NearDesk, like: Like) -> None:
        assert named(desk, like) == [(CASE, "A")]

    @pytest.mark.parametrize(
        "like",
        [
            Like(),
            Like("高橋"),
            Like(kana="たかはし"),
            Like(birth_date=BORN),
            Like("高橋 由美子", None, date(1990, 2, 3)),
        ],
    )
    def test_too_little_to_say_so(self, desk: NearDesk, like: Like) -> None:
        assert named(desk, like) == []

    def test_the_row(self, desk: NearDesk) -> None:
        found = shown(desk, YUMIKO)
        (row,) = found
        assert tuple(row) == ("case", "label", "name", "kana", "birth_date", "stage", "ended", "reasons")
        assert (row["name"], row["birth_date"], row["ended"]) == ("髙橋 由美子", BORN, False)
        assert [reason.text for reason in row["reasons"]] == [
            "The same: {what}.",
            "The name is written with other characters: {characters}.",
        ]
        assert dict(row["reasons"][1].values)["characters"] == ("高/髙",)
        assert found.subjects == (("case", CASE), ("person", "1"))
        assert found.more == 0

    def test_masked_it_names_nobody(self, desk: NearDesk) -> None:
        (row,) = shown(desk, YUMIKO, mask=True)
        assert (row["name"], row["kana"]) == ("T.Y.", None)
        assert "髙" not in repr(row)

    def test_by_telephone_or_address_with_the_given_name(self, desk: NearDesk) -> None:
        case = family(desk, "A|佐藤 花子|||female|head", "B|佐藤 一郎|||male|child")
        assert named(desk, Like("花子", phone="03(9999)0000")) == [(case, "A")]
        assert named(desk, Like(phone="03-9999-0000")) == []
        desk.ok("person", "edit", case, "B", "--address", "架空町１丁目２番３号", "--phone", "090-1", "--reason", "x")
        assert named(desk, Like("一郎", address="豊島区架空町1-2-3")) == [(case, "B")]
        # their household's telephone is theirs too, beside their own
        assert named(desk, Like("一郎", phone="0399990000")) == [(case, "B")]
        assert named(desk, Like("一郎", phone="0901")) == [(case, "B")]

    def test_the_case_being_written_in_is_left_out(self, desk: NearDesk) -> None:
        assert named(desk, YUMIKO, but=CASE) == []


class TestTheOrder:
    def test_the_strongest_first_then_open_ones_then_the_newest(self, desk: NearDesk) -> None:
        ended = family(desk, "A|髙橋 由美子|たかはし ゆみこ||female|head", on="2026-11-02")
        desk.ok("close", ended, "--reason", "information_only", "--yes")
        older = family(desk, "A|髙橋 由美子|たかはし ゆみこ||female|head")
        newer = family(desk, "A|髙橋 由美子|たかはし ゆみこ||female|head", on="2026-11-02")
        weaker = family(desk, "A|髙橋 由美子|||female|head", on="2026-11-03")
        assert [case for case, _ in named(desk, YUMIKO)] == [CASE, newer, older, ended, weaker]

    def test_no_more_than_a_handful(self, desk: NearDesk) -> None:
        for _ in range(MOST + 2):
            family(desk, "A|髙橋 由美子|||female|head")
        found = shown(desk, YUMIKO)
        assert (len(found), found.more) == (MOST, 3)
        assert len(found.subjects) == 2 * MOST


class TestWhoIsOthersOwn:
    def test_a_restricted_case_is_its_own_peoples(self, desk: NearDesk) -> None:
        case = family(desk, "A|佐藤 花子|さとう はなこ|1960-05-01|female|head")
        restricted(desk, case, "k03")
        hanako = Like("佐藤 花子", "さとう はなこ", date(1960, 5, 1), "0399990000")
        assert named(desk, hanako) == []
        assert named(desk, hanako, who="k03") == [(case, "A")]

    def test_who_left_for_one_is_matched_by_nobody_where_they_were(self, desk: NearDesk) -> None:
        own = family(desk, "A|佐藤 花子|||female|head")
        restricted(desk, own, "k03")
        seq, member = sql(desk, "SELECT seq, id FROM member WHERE label = 'A' AND case_id = 1")[0]
        columns = "(seq, on_date, member_id, reason, to_case_id, hidden)"
        sql(desk, f"INSERT INTO departure {columns} VALUES (?, '2026-11-02', ?, 'x', 2, 1)", seq, member)
        assert named(desk, YUMIKO) == []

    def test_what_was_undone_is_not_on_record(self, desk: NearDesk) -> None:
        family(desk, "A|佐藤 花子|||female|head")
        desk.ok("undo", "--yes")
        assert named(desk, Like("佐藤 花子")) == []

    def test_two_records_found_to_be_one_person_are_shown_once_as_the_kept_one(self, desk: NearDesk) -> None:
        family(desk, "A|髙橋 由美子|||female|head")
        assert len(named(desk, YUMIKO)) == 2
        with closing(sqlite3.connect(desk.db)) as conn:
            (seq,) = conn.execute("SELECT MAX(seq) FROM act").fetchone()
            (other,) = conn.execute("SELECT person_id FROM member WHERE case_id = 2").fetchone()
            conn.execute(
                "INSERT INTO merge (seq, on_date, person_id, kept_person_id) VALUES (?, '2026-11-02', ?, 1)",
                (seq, other),
            )
            conn.commit()
        found = shown(desk, YUMIKO)
        assert len(found) == 1
        assert found.subjects[1] == ("person", "1")
        words = (
            "--window",
            "seikatsu",
            "--channel",
            "self",
            "--person",
            "A|高橋 由美子|||female|head",
            "--concern",
            "A:rent",
        )
        assert len(desk.json("intake", *words)["possible_duplicates"]) == 1


def test_the_same_is_said_before_and_after_saving(desk: NearDesk) -> None:
    words = "A|由美子|||female|head"
    case = family(desk, "A|佐藤 由美子|||female|head")
    after = desk.json(
        "intake", "--window", "seikatsu", "--channel", "self", "--person", words, "--concern", "A:rent",
        "--phone", "03 9999 0000",
    )["possible_duplicates"]  # fmt: skip
    before = named(desk, Like("由美子", phone="03 9999 0000"), but="2026-0003")
    assert [(row["case"], row["label"]) for row in after] == before == [(case, "A")]
