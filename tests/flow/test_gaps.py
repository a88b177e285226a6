"""What is lacking, typed: raised, taken up by the sittings, forwarded, answered, and back with the cases."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from tests.desk import NearDesk
from toshima_cli.looks.gaps import answered_for
from toshima_cli.sqlite_file import connect

CASE = "2026-0001"
TEXT = "日中に過ごせる居場所が足りない"


def raised(desk: NearDesk, *more: str, kind: str = "resource", text: str = TEXT) -> dict[str, object]:
    found: dict[str, object] = desk.json("gap", "add", "--kind", kind, "--text", text, *more)
    return found


def other_case(desk: NearDesk) -> str:
    words = ("intake", "--window", "csw", "--channel", "self", "--concern", "A:food")
    case: str = desk.json(*words, "--person", "A|北川 薫|きたがわ かおる|||head")["case"]
    return case


def of_gaps(desk: NearDesk, meeting: str) -> list[dict[str, object]]:
    return [item for item in desk.json("agenda", meeting)["items"] if item["gap"]]


class TestTheWay:
    def test_raised_forwarded_answered_and_back_with_its_cases(self, engaging: NearDesk) -> None:
        other = other_case(engaging)
        assert raised(engaging, "--case", CASE)["gap"] == "G1"
        made = engaging.json("gap", "add", "--same-as", "1", "--case", other)
        assert (made["cases"], made["status"]) == ([CASE, other], "raised")
        assert engaging.json("gap", "forward", "G1", "--note", "ほかの圏域も同じ")["status"] == "forwarded"
        assert engaging.json("gap", "answer", "G1", "--text", "春から開ける")["status"] == "answered"
        row = engaging.json("gap", "list", "--status", "answered")[0]
        assert row == {
            "gap": "G1",
            "kind": "resource",
            "text": TEXT,
            "status": "answered",
            "raised_on": "2026-11-24",
            "cases": [CASE, other],
            "answered_on": "2026-11-24",
            "answer": "春から開ける",
        }
        for case in (CASE, other):
            shown = engaging.json("show", case)
            assert shown["gaps"] == [
                {"gap": "G1", "kind": "resource", "text": TEXT, "status": "answered", "answer": "春から開ける"}
            ]
            assert "toshima gap list --status answered" in [n["command"] for n in shown["next"]]
            assert "春から開ける" in "".join(engaging.ok("show", case).out.split())
        assert engaging.json("gap", "list", "--status", "raised") == []

    @pytest.mark.parametrize(
        ("words", "rule"),
        [
            (("answer", "G1", "--text", "…"), "gap.order"),
            (("forward", "G1"), "gap.order"),
        ],
    )
    def test_an_answer_is_followed_by_nothing(self, engaging: NearDesk, words: tuple[str, ...], rule: str) -> None:
        raised(engaging)
        engaging.ok("gap", "answer", "G1", "--text", "春から開ける")
        assert engaging.refused("gap", *words)["rule"] == rule
        assert engaging.json("gap", "list")[0]["answer"] == "春から開ける"

    def test_twice_by_the_same_case_and_before_it_was_raised(self, engaging: NearDesk) -> None:
        raised(engaging, "--case", CASE)
        same = ("gap", "add", "--same-as", "G1", "--case")
        assert engaging.refused(*same, CASE)["rule"] == "gap.case.known"
        other = other_case(engaging)
        raised(engaging, kind="system", text="夜の窓口")
        assert engaging.refused("gap", "forward", "G2", "--on", "2026-11-20")["rule"] == "gap.order"
        assert engaging.refused("gap", "add", "--same-as", "G2", "--case", CASE, "--on", "2026-11-20")["rule"] == (
            "gap.order"
        )
        assert engaging.json(*same, other)["cases"] == [CASE, other]

    def test_only_an_open_case_shows_one(self, engaging: NearDesk) -> None:
        engaging.ok("close", CASE, "--reason", "deceased", "--yes")
        assert engaging.refused("gap", "add", "--kind", "system", "--text", "…", "--case", CASE)["rule"].startswith(
            "stage."
        )

    def test_what_is_missing_wrong_or_unknown(self, engaging: NearDesk) -> None:
        typed = engaging.refused("gap", "add", code=6)
        assert {"--kind", "--text"} <= set(typed["hint"].split())
        assert engaging.run("gap", "add", "--kind", "money", "--text", "…").code == 2
        assert engaging.run("gap", "forward", "G9").code == 4
        assert engaging.run("gap", "answer", "X", "--text", "…").code == 4
        raised(engaging)
        assert engaging.run("gap", "add", "--same-as", "G1").code == 6
        assert engaging.run("gap", "add", "--same-as", "G1", "--case", CASE, "--text", "…").code == 2


class TestNobodyIsNamed:
    @pytest.mark.parametrize("text", ["髙橋さん宅の近くに居場所がない", "由美子さんが通える場所", "Cさんの通える場所"])
    def test_in_the_words_of_a_gap(self, engaging: NearDesk, text: str) -> None:
        error = engaging.refused("gap", "add", "--kind", "resource", "--text", text, "--case", CASE)
        assert (error["rule"], error["basis"]) == ("gap.named", "plan")
        assert text not in str(error)
        assert engaging.json("gap", "list") == []
        raised(engaging, text=text)  # about no case of ours: nobody is known by it
        assert engaging.refused("gap", "add", "--same-as", "G1", "--case", CASE)["rule"] == "gap.named"

    def test_nor_in_what_is_said_with_it(self, engaging: NearDesk) -> None:
        raised(engaging, "--case", CASE)
        assert engaging.refused("gap", "forward", "G1", "--note", "高橋家のこと")["rule"] == "gap.named"
        assert engaging.refused("gap", "answer", "G1", "--text", "優太さんが使える")["rule"] == "gap.named"
        assert engaging.json("gap", "list")[0]["status"] == "raised"


class TestTheSittings:
    def test_the_subcommittee_forwards_and_the_council_advises(self, engaging: NearDesk) -> None:
        raised(engaging, "--case", CASE, "--on", "2026-11-10", kind="training")
        made = engaging.json("convene", "subcommittee", "--on", "2026-11-19", today="2026-11-16")
        item = next(i for i in made["items"] if i["gap"])
        assert {k: item[k] for k in ("case", "gap", "kind", "purpose", "part", "people", "masked", "ground")} == {
            "case": None,
            "gap": "G1",
            "kind": "resources",
            "purpose": "gap",
            "part": "discussion",
            "people": [],
            "masked": [],
            "ground": None,
        }
        meeting, number = made["meeting"], str(item["item"])
        for paper in (engaging.ok("agenda", meeting).out, engaging.ok("agenda", meeting, "-f", "md").out):
            assert "G1" in paper
            assert TEXT not in paper, "an agenda carries no typed text"
        engaging.ok("attend", meeting, "k03")
        decide = ("decide", meeting, number, "--outcome")
        assert engaging.refused(*decide, "watch")["rule"] == "decide.watch"
        assert engaging.refused(*decide, "continue", "--action", "csw|探す")["rule"] == "decide.action.gap"
        assert engaging.refused(*decide, "forward_to_council", "--note", "高橋家のこと")["rule"] == "gap.named"
        done = engaging.json(*decide, "forward_to_council", "--note", "研修として")
        assert (done["gap"], done["case"], done["next"][0]["command"]) == (
            "G1",
            None,
            "toshima convene council --on DATE",
        )
        assert engaging.json("gap", "list")[0]["status"] == "forwarded"
        assert engaging.refused(*decide, "noted")["rule"] == "decide.twice"
        assert [i["outcome"] for i in of_gaps(engaging, meeting)] == ["forward_to_council"]
        assert engaging.refused("gap", "forward", "G1")["rule"] == "gap.order"

        council = engaging.json("convene", "council", "--on", "2026-11-24")
        assert [(i["kind"], i["gap"], i["case"]) for i in council["items"]] == [("training", "G1", None)]
        assert CASE not in engaging.ok("agenda", council["meeting"]).out
        engaging.ok("attend", council["meeting"], "k03")
        assert engaging.refused("decide", council["meeting"], "1", "--outcome", "forward_to_council")["rule"] == (
            "decide.forward_to_council"
        )
        done = engaging.json(
            "decide", council["meeting"], "1", "--outcome", "advised", "--note", "来年度の研修に入れる"
        )
        assert done["next"][0]["command"] == "toshima gap answer G1 --text TEXT"
        assert engaging.json("convene", "council", "--on", "2026-12-24")["items"] == []

    def test_continued_it_comes_back_and_a_cancelled_sitting_counts_for_nothing(self, engaging: NearDesk) -> None:
        raised(engaging, "--on", "2026-11-02")
        first = engaging.json("convene", "subcommittee", "--on", "2026-11-05", today="2026-11-04")["meeting"]
        engaging.ok("meetings", "--cancel", first)
        second = engaging.json("convene", "subcommittee", "--on", "2026-11-12", today="2026-11-06")
        item = next(i["item"] for i in second["items"] if i["gap"] == "G1")
        engaging.ok("attend", second["meeting"], "k03")
        engaging.ok("decide", second["meeting"], str(item), "--outcome", "continue")
        third = engaging.json("convene", "subcommittee", "--on", "2026-11-19", today="2026-11-16")["meeting"]
        assert [i["gap"] for i in of_gaps(engaging, third)] == ["G1"]
        raised(engaging, "--on", "2026-11-18", kind="system", text="夜の窓口")
        assert [i["gap"] for i in of_gaps(engaging, third)] == ["G1", "G2"]
        engaging.ok("gap", "forward", "G1", "--on", "2026-11-18")
        assert [i["gap"] for i in of_gaps(engaging, third)] == ["G2"]

    def test_what_is_decided_of_one_leaves_the_others_open(self, engaging: NearDesk) -> None:
        for text in ("居場所", "夜の窓口", "送迎"):
            raised(engaging, text=text)
        engaging.ok("gap", "forward", "G1")
        council = engaging.json("convene", "council", "--on", "2026-11-24")["meeting"]
        engaging.ok("attend", council, "k03")
        engaging.ok("decide", council, "1", "--outcome", "noted")
        engaging.ok("gap", "forward", "G2")
        assert [(i["gap"], i["item"]) for i in of_gaps(engaging, council)] == [("G1", 1), ("G2", 2)]

    def test_a_case_that_shows_a_gap_is_led_to_say_it(self, planning: NearDesk) -> None:
        data = planning.json("decide", "M2026-0002", "2", "--outcome", "forward_to_council")
        assert f"toshima gap add --kind KIND --text TEXT --case {CASE}" in [n["command"] for n in data["next"]]


def test_a_restricted_case_stands_in_no_list_of_others(engaging: NearDesk) -> None:
    raised(engaging, "--case", CASE)
    with closing(sqlite3.connect(engaging.db)) as conn:
        seq = conn.execute("SELECT MAX(seq) FROM act").fetchone()[0]
        case = conn.execute("SELECT id FROM case_file WHERE number = ?", (CASE,)).fetchone()[0]
        conn.execute(
            "INSERT INTO case_holder (seq, on_date, case_id, staff_code, holds) VALUES (?, ?, ?, ?, 1)",
            (seq, "2026-11-24", case, "k03"),
        )
        conn.commit()
    assert engaging.json("--as", "k03", "gap", "list")[0]["cases"] == [CASE]
    assert engaging.json("gap", "list")[0]["cases"] == []
    engaging.lang = "en"
    agenda = engaging.json("--as", "k03", "convene", "subcommittee", "--on", "2026-12-17")
    reason = next(i["reason"] for i in agenda["items"] if i["gap"])
    assert "cases that show it: 0" in reason  # kept with the agenda, and read by everybody
    # a name nobody outside may match is no reason to refuse outside
    assert engaging.json("gap", "answer", "G1", "--text", "優太さんが使える")["cases"] == []


def test_answers_come_back_to_the_coordinator_of_the_open_cases(engaging: NearDesk) -> None:
    other = other_case(engaging)
    raised(engaging, "--case", CASE, "--case", other)
    engaging.ok("gap", "answer", "G1", "--text", "春から開ける")

    def answered(staff: str, since: date) -> list[dict[str, object]]:
        with closing(connect(engaging.db)) as conn:
            return answered_for(conn, staff, since)

    expected = [{"gap": "G1", "case": CASE, "answered_on": "2026-11-24"}]
    assert answered("k03", date(2026, 11, 24)) == expected
    assert answered("k03", date(2026, 11, 25)) == answered("e01", date(2026, 11, 1)) == []
    engaging.ok("close", CASE, "--reason", "deceased", "--yes")
    assert answered("k03", date(2026, 11, 24)) == []
