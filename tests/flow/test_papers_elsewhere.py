"""What is known of the people of a case from elsewhere, and ways round it that were found by trying.

The world is that of `test_papers_ways_round.py`: A 梓椿 consents, B 楓柊 and C 菫蓮 do not; 蔦森 苔雫 told of them. A
second household, 水野 千景 and 水野 蒼天, was told of by 榊 浅葱. e02 is of no case.
"""

import json
from pathlib import Path

import pytest

from tests.desk import NearDesk
from tests.flow.test_papers_ways_round import CASE, HELD, NOTE, SHARING, desk, k03, paper, template

__all__ = ["desk", "template"]

OTHER = "2026-0002"
VISIT = ("--method", "visit", "--note")


def household(desk: NearDesk, *, consents: bool = False) -> None:
    people = ("--person", "A|水野 千景||1970-01-01", "--person", "B|水野 蒼天||2000-01-01")
    told = ("--reporter", "榊 浅葱", "--reporter-relation", "大家", "--channel", "neighbour")
    k03(desk, "intake", "--window", "csw", *people, "--concern", "A:job!", *told)
    k03(desk, "route", OTHER, "--complex", "--coordinator", "k03")
    if consents:
        for label in "AB":
            k03(desk, "consent", OTHER, label, "--given", *SHARING)


def everything(desk: NearDesk, who: str, today: str = "2026-10-08") -> str:
    """All that somebody can look at of the first case."""
    lines: tuple[tuple[str, ...], ...] = (
        ("show", CASE), ("show", CASE, "--timeline"), ("show", CASE, "-f", "json"), ("map", CASE), ("gap", "list"),
        ("agenda", HELD, "--preview"), ("agenda", HELD), ("status",),
    )  # fmt: skip
    return "".join(t.out + t.err for line in lines for t in (desk.run("--as", who, *line, today=today),))


class TestNames:
    def test_one_learned_in_the_case_they_went_to_is_withheld_where_they_left(
        self, desk: NearDesk, tmp_path: Path
    ) -> None:
        k03(desk, "person", "edit", CASE, "C", "--name", "none", "--reason", "聞き違い")
        k03(desk, "progress", CASE, "--person", "A", *VISIT, "小雪さんを怖がっている")
        k03(desk, "gap", "add", "--kind", "resource", "--case", CASE, "--text", "小雪さんの居場所が足りない")
        k03(desk, "split", CASE, "C", "--reason", "避難")
        k03(desk, "person", "edit", OTHER, "C", "--name", "架田 小雪", "--reason", "聞いた")
        assert "小雪" not in everything(desk, "e02")
        assert "小雪" not in paper(desk, tmp_path, "c01")
        # nor what is typed afterwards
        k03(desk, "progress", CASE, "--person", "A", *VISIT, "小雪さんに会いたいと話す")
        assert "小雪" not in everything(desk, "e02")

    def test_one_borne_on_the_record_that_was_merged_into_theirs(self, desk: NearDesk, tmp_path: Path) -> None:
        household(desk)
        k03(desk, "merge", f"{CASE}/C", f"{OTHER}/A", "--reason", "聞き取りで確かめた")
        k03(desk, "progress", CASE, "--person", "A", *VISIT, "千景さんは避難を考えている")
        k03(desk, "split", CASE, "C", "--reason", "避難")
        assert "千景" not in everything(desk, "e02")
        text = paper(desk, tmp_path, "c01")
        assert ("千景" in text, "（氏名を含むため表示していません）" in text) == (False, True)

    def test_one_merged_is_asked_about_for_who_is_excepted_under_secrecy(self, desk: NearDesk, tmp_path: Path) -> None:
        household(desk)
        k03(desk, "attend", HELD, "e01", "--expected", "--secrecy")
        k03(desk, "merge", f"{CASE}/A", f"{OTHER}/A")
        k03(desk, "consent", CASE, "A", "--given", *SHARING, "--excluding", "korei-sogo")
        k03(desk, "progress", CASE, "--person", "B", *VISIT, "千景の借金を心配している")
        asked = desk.run("--as", "k03", "agenda", HELD, "--for", "e01", "-o", str(tmp_path / "x.md")).err
        assert "--checked 2026-0001/N1" in asked

    def test_of_another_household_that_is_under_restriction(self, desk: NearDesk, tmp_path: Path) -> None:
        household(desk)
        k03(desk, "person", "move", OTHER, "A", "--to", CASE, "--reason", "同居")
        k03(desk, "progress", CASE, "--person", "A", *VISIT, "蒼天さんと会った")
        # an open household: whoever prints is asked
        asked = ("agenda", HELD, "-o", str(tmp_path / "x.md"), "--without", NOTE, "--for")
        assert f"--checked {CASE}/N1" in desk.run("--as", "c01", *asked, "c01").err
        k03(desk, "split", OTHER, "B", "--reason", "避難")
        k03(desk, "person", "edit", OTHER, "B", "--name", "水野 小雪", "--reason", "聞いた")
        k03(desk, "progress", CASE, "--person", "A", *VISIT, "小雪さんと会った")
        # now nobody outside is told that a text says them, whoever prints and whoever reads
        for who, reader in (("c01", "c01"), ("k03", "c01"), ("c01", "k03")):
            typed = desk.run("--as", who, *asked, reader, "--force")
            assert (typed.code, f"{CASE}/N" in typed.err) == (0, False), typed.err
            text = (tmp_path / "x.md").read_text()
            assert [word in text for word in ("小雪", "蒼天", "（氏名を含むため表示していません）")] == [
                False,
                False,
                True,
            ]
        assert f"--checked {CASE}/N2" in desk.run("--as", "k03", *asked, "k03", "--force").err

    def test_in_a_gap_two_cases_show(self, desk: NearDesk) -> None:
        household(desk)
        words = ("gap", "add", "--kind", "resource", "--case", CASE, "--case", OTHER)
        k03(desk, *words, "--text", "花絵さんの行き場がない")
        k03(desk, "person", "edit", CASE, "C", "--name", "架田 花絵", "--reason", "聞いた")
        for line in (("show", OTHER), ("show", OTHER, "--timeline"), ("show", OTHER, "-f", "json"), ("map", OTHER)):
            out = desk.ok("--as", "k03", *line).out
            assert ("花絵" in out, "G1" in out) == (False, True), line
        # in their own case it may be read
        assert "花絵さんの行き場" in desk.ok("--as", "k03", "show", CASE).out

    def test_of_who_told_of_a_case_that_was_merged(self, desk: NearDesk, tmp_path: Path) -> None:
        household(desk)
        k03(desk, "gap", "add", "--kind", "resource", "--case", CASE, "--text", "浅葱さんのような見守りが要る")
        k03(desk, "person", "edit", CASE, "A", "--visit-alert", "浅葱さんが知らせた", "--reason", "聞いた")
        k03(desk, "merge", CASE, OTHER)
        assert "浅葱" not in desk.ok("--as", "e02", "gap", "list").out
        assert "浅葱" not in desk.ok("--as", "e02", "map", CASE).out
        assert "浅葱" not in paper(desk, tmp_path, "c01")

    @pytest.mark.parametrize("alert", ["蔦森さんが出入りしている", "苔雫さんが出入りしている"])
    def test_of_who_told_on_the_map(self, desk: NearDesk, alert: str) -> None:
        k03(desk, "person", "edit", CASE, "A", "--visit-alert", alert, "--reason", "聞いた")
        k03(desk, "attend", HELD, "k03", "--secrecy", today="2026-10-20")
        action = ("--action", "青木|蔦森 苔雫さんに様子を聞く|2026-11-01")
        k03(desk, "decide", HELD, "1", "--outcome", "continue", *action, today="2026-10-20")
        out = desk.ok("--as", "e02", "map", CASE, today="2026-10-21").out
        assert [word in out for word in ("蔦森", "苔雫", "訪問の注意", "青木")] == [False, False, True, True]


class TestAWordAfterTheSitting:
    @pytest.mark.parametrize("road", ["moved", "merged", "taken in again"])
    def test_said_in_the_case_they_are_in_by_now(self, desk: NearDesk, tmp_path: Path, road: str) -> None:
        household(desk, consents=True)
        k03(desk, "attend", HELD, "k03", "c01", today="2026-10-20")
        line = ("--as", "k03", "agenda", HELD, "--for", "c01", "-o", str(tmp_path / "x.md"), "--without", NOTE)
        desk.ok(*line, today="2026-10-20")
        assert "千景" in (tmp_path / "x.md").read_text()
        where, label = CASE, "D"
        if road == "moved":
            k03(desk, "person", "move", OTHER, "A", "--to", CASE, "--reason", "同居", today="2026-10-21")
        elif road == "merged":
            k03(desk, "merge", CASE, OTHER, today="2026-10-21")
        else:
            ended = ("--reason", "information_only", "--yes")
            k03(desk, "route", OTHER, "--single", "--reason", "窓口で足りる", today="2026-10-21")
            k03(desk, "close", OTHER, *ended, today="2026-10-21")
            where, label = (
                json.loads(desk.ok("--as", "k03", "reopen", OTHER, "-f", "json", today="2026-10-22").out)["data"][
                    "case"
                ],
                "A",
            )
        typed = desk.run("--as", "k03", "consent", where, label, "--withdrawn", *SHARING, today="2026-10-22")
        assert typed.code == 0, typed.err
        assert f"{HELD}の写し1" in typed.err  # what is out is asked back
        desk.run(*line, "--force", today="2026-10-23")
        assert "千景" not in (tmp_path / "x.md").read_text()
        assert (
            "千景" not in desk.run("--as", "k03", "minutes", HELD, "--for", "c01", "-f", "md", today="2026-10-23").out
        )

    def test_an_exception_made_since_holds_under_secrecy_too(self, desk: NearDesk, tmp_path: Path) -> None:
        k03(desk, "progress", CASE, "--person", "B", *VISIT, "梓椿の借金を心配している")
        k03(desk, "attend", HELD, "k03", "e01", "--secrecy", today="2026-10-20")
        line = ("--as", "k03", "agenda", HELD, "--for", "e01", "-o", str(tmp_path / "x.md"), "--without", NOTE)
        desk.ok(*line, today="2026-10-20")
        except_them = ("--given", *SHARING, "--excluding", "korei-sogo", "--on", "2026-10-21")
        k03(desk, "consent", CASE, "A", *except_them, today="2026-10-22")
        typed = desk.run(*line, "--force", today="2026-10-23")
        assert (typed.code, "--checked 2026-0001/N1" in typed.err) == (6, True)
        k03(desk, "consent", CASE, "B", *except_them, today="2026-10-22")
        desk.ok(*line, "--force", today="2026-10-23")
        text = (tmp_path / "x.md").read_text()
        assert ("楓柊" in text, "菫蓮" in text) == (False, True)


class TestThePlace:
    def test_says_nobody_a_copy_does_not_show(self, desk: NearDesk, tmp_path: Path) -> None:
        household(desk)
        for place in ("千景さん宅", "楓柊宅", "蔦森 苔雫さんの床屋"):
            k03(desk, "meetings", "--edit", HELD, "--place", place)
            assert place not in paper(desk, tmp_path, "c01"), place
        k03(desk, "meetings", "--edit", HELD, "--place", "梓椿さん宅")
        assert "梓椿さん宅" in paper(desk, tmp_path, "c01")
        k03(desk, "consent", CASE, "B", "--given", *SHARING)
        k03(desk, "consent", CASE, "A", "--given", *SHARING, "--excluding", "korei-sogo")
        text = paper(desk, tmp_path, "e01")
        assert ("楓柊" in text, "梓椿さん宅" in text) == (True, False)

    def test_of_others_own_sitting_can_neither_be_guessed_nor_changed(self, desk: NearDesk) -> None:
        k03(desk, "split", CASE, "C", "--reason", "避難")
        words = ("--on", "2026-10-27", "--case", OTHER, "--place", "白百合シェルター")
        k03(desk, "convene", "stakeholder", *words)
        for line in (
            ("--edit", "M2026-0002", "--place", "白百合シェルター"),
            ("--edit", "M2026-0002", "--place", "市役所"),
            ("--edit", "M2026-0002", "--chair", "e02"),
            ("--move", "M2026-0002", "--to", "2026-10-28", "--reason", "都合"),
        ):
            error = desk.refused("--as", "e02", "meetings", *line)
            assert "e02" in error["message"] + json.dumps(error, ensure_ascii=False)
        k03(desk, "agenda", HELD, "--add", OTHER)
        said = [
            desk.ok("--as", "e02", "meetings", "--edit", HELD, "--place", place).out for place in ("市民会館", "別館")
        ]
        assert said[0] == said[1]


def test_a_yes_for_one_conference_or_window_answers_for_no_other(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "attend", HELD, "e01", "--expected", "--secrecy")
    k03(desk, "consent", CASE, "A", "--given", *SHARING, "--excluding", "korei-sogo,csw")
    k03(desk, "progress", CASE, "--person", "B", *VISIT, "梓椿の借金を心配している")
    yes = ("--without", NOTE, "--checked", f"{CASE}/N1")
    assert "借金" in paper(desk, tmp_path, "e01", *yes)
    k03(desk, "attend", HELD, "c01", "--expected", "--secrecy")
    asked = ("--as", "k03", "agenda", HELD, "-o", str(tmp_path / "x.md"), "--for")
    assert f"--checked {CASE}/N1" in desk.run(*asked, "c01").err
    k03(desk, "consent", CASE, "A", "--withdrawn", *SHARING)
    for label in "BC":
        k03(desk, "consent", CASE, label, "--given", *SHARING)
    assert f"--checked {CASE}/N1" in desk.run(*asked, "e01").err


def test_nobody_makes_themselves_recorder_to_read_the_minutes_of_the_office(desk: NearDesk) -> None:
    desk.ok("--as", "e02", "meetings", "--edit", HELD, "--recorder", "e02", today="2026-10-07")
    k03(desk, "attend", HELD, "k03", "--secrecy", today="2026-10-20")
    k03(desk, "decide", HELD, "1", "--outcome", "continue", today="2026-10-20")
    read = ("--as", "e02", "minutes", HELD, "-f", "md")
    assert "菫蓮" not in desk.ok(*read, today="2026-10-21").out
    k03(desk, "attend", HELD, "e02", "--secrecy", today="2026-10-20")
    assert "菫蓮" in desk.ok(*read, today="2026-10-21").out


def test_a_sitting_that_is_called_off_asks_its_copies_back(desk: NearDesk, tmp_path: Path) -> None:
    paper(desk, tmp_path, "c01")
    typed = desk.ok("--as", "k03", "meetings", "--cancel", HELD, "--reason", "台風")
    assert f"{HELD}の写し1" in typed.err
    assert desk.json("--as", "k03", "agenda", HELD, "--preview")["copies"] == []


def test_a_copy_of_others_own_sitting_is_none_to_an_outsider(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "split", CASE, "C", "--reason", "避難")
    k03(desk, "convene", "stakeholder", "--on", "2026-10-27", "--case", OTHER, "--attendee", "k03")
    k03(desk, "attend", "M2026-0002", "k03", "--expected", "--secrecy")
    file = ("-o", str(tmp_path / "x.md"))
    k03(desk, "agenda", "M2026-0002", *file)
    outside = ("--as", "e02", "agenda", "M2026-0002", "--collected")
    assert desk.refused(*outside, "all")["rule"] == "paper.none_out"
    assert [desk.run(*outside, copy).code for copy in ("1", "2")] == [4, 4]
    assert desk.json("--as", "k03", "agenda", "M2026-0002", "--collected", "all")["collected"] == [1]
