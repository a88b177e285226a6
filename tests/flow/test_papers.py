"""Papers: what each attendee gets and what not, numbered, looked at first where a text asks for it, and collected."""

import re
from pathlib import Path
from shlex import split

import pytest

from tests.desk import NearDesk
from tests.looks.test_find import sql
from toshima_cli.db import Store
from toshima_cli.flow import papers as flow

CASE = "2026-0001"
HELD = "M2026-0002"
TEXTS = ("--checked", f"{CASE}/note,{CASE}/concern/4,{CASE}/A/note", "--without", f"{CASE}/P1/care")


def paper(
    desk: NearDesk, tmp_path: Path, reader: str, *more: str, meeting: str = HELD, today: str = "2026-11-19"
) -> str:
    file = tmp_path / f"{reader.partition('|')[0]}{len(list(tmp_path.iterdir()))}.md"
    desk.ok("agenda", meeting, "--for", reader, "-o", str(file), *(more or TEXTS), today=today)
    return file.read_text()


def pages(
    desk: NearDesk, reader: str, meeting: str = HELD, today: str = "2026-11-19"
) -> dict[int, tuple[list[str], list[str], str | None]]:
    """Item → (shown, masked, rule) of one attendee, beforehand."""
    found = desk.json("agenda", meeting, "--for", reader, today=today)["copies"][0]["items"]
    return {p["item"]: ([one["label"] for one in p["people"]], p["masked"], p["rule"]) for p in found}


class TestWhoSeesWhat:
    def test_with_consent_those_who_consent_without_it_whoever_acknowledged_secrecy(self, planning: NearDesk) -> None:
        assert pages(planning, "k03") == {1: (["A", "B"], ["C"], None), 2: (["C"], [], None)}
        planning.ok(
            "staff", "add", "s02", "--name", "西", "--office", "教育センター", "--window", "ssw", today="2026-11-19"
        )
        planning.ok("attend", HELD, "s02", "--expected", today="2026-11-19")
        assert pages(planning, "s02") == {1: (["A", "B"], ["C"], None), 2: ([], [], "paper.secrecy")}

    def test_a_window_somebody_excepted_gets_them_masked(self, planning: NearDesk) -> None:
        words = ("--given", "--scope", "sharing", "--method", "oral", "--excluding", "csw")
        planning.ok("consent", CASE, "B", *words, today="2026-11-18")
        assert pages(planning, "c01")[1] == (["A"], ["B", "C"], None)
        assert pages(planning, "k03")[1] == (["A", "B"], ["C"], None)

    def test_where_everybody_excepted_the_window_the_item_is_not_handed_out(
        self, planning: NearDesk, tmp_path: Path
    ) -> None:
        for label in "AB":
            words = ("--given", "--scope", "sharing", "--method", "oral", "--excluding", "csw")
            planning.ok("consent", CASE, label, *words, today="2026-11-18")
        assert pages(planning, "c01")[1] == ([], [], "share.consent.excluded")
        text = paper(planning, tmp_path, "c01", "--without", f"{CASE}/note")
        assert "由美子" not in text
        assert "優太" not in text

    def test_an_acknowledgement_counts_from_its_day_and_for_its_year(self, planning: NearDesk) -> None:
        made = planning.json(
            "convene", "stakeholder", "--on", "2027-04-08", "--case", CASE, "--attendee", "k03", today="2026-11-24"
        )
        # k03 acknowledged it in October, for the fiscal year that ends in March
        assert [rule for *_, rule in pages(planning, "k03", made["meeting"], "2026-11-24").values()] == [
            None,
            "paper.secrecy",
        ]

    def test_before_the_law_had_one_there_is_no_paper_of_it(self, planning: NearDesk) -> None:
        planning.ok("intake", "--window", "csw", "--on", "2021-02-01", "--person", "A|昔 一郎", "--concern", "A:job")
        made = planning.json("convene", "stakeholder", "--on", "2021-03-01", "--case", "2020-0001", "--attendee", "k03")
        planning.ok("attend", made["meeting"], "k03", "--secrecy")
        assert pages(planning, "k03", made["meeting"], "2026-11-24") == {}

    def test_who_is_called_in_part_is_named_whole(self, planning: NearDesk, tmp_path: Path) -> None:
        planning.ok("attend", HELD, "--guest", "大野 恵|駅前クリニック", "--expected", today="2026-11-18")
        typed = planning.run("agenda", HELD, "--for", "大野", "-o", str(tmp_path / "x.md"), today="2026-11-18")
        assert typed.code == 4
        assert f"toshima agenda {HELD} --for '大野 恵|駅前クリニック'" in " ".join(typed.err.split())

    def test_only_for_who_is_expected_or_was_there(self, planning: NearDesk) -> None:
        planning.refused("agenda", HELD, "--for", "e01", code=4)
        planning.refused("agenda", HELD, "--for", "知らない方", code=4)

    def test_a_guest_is_told_apart_by_name_and_office(self, planning: NearDesk) -> None:
        for office in ("東病院", "西病院"):
            planning.ok("attend", HELD, "--guest", f"田村|{office}", "--expected", today="2026-11-18")
        planning.ok("attend", HELD, "--guest", "田村|東病院", "--expected", "--secrecy", today="2026-11-18")
        assert pages(planning, "田村|東病院")[2] == (["C"], [], None)
        assert pages(planning, "田村|西病院")[2] == ([], [], "paper.secrecy")

    def test_an_acknowledgement_of_the_day_of_handing_out_or_before(self, planning: NearDesk) -> None:
        planning.ok("attend", HELD, "--guest", "小川|民生委員・児童委員", "--expected", today="2026-11-16")
        assert pages(planning, "小川", today="2026-11-16")[2][2] == "paper.secrecy"
        planning.ok("attend", HELD, "--guest", "小川|民生委員・児童委員", "--expected", "--secrecy", today="2026-11-17")
        assert pages(planning, "小川", today="2026-11-17")[2][2] is None
        # asked as of the day before, it was not on file yet
        assert pages(planning, "小川", today="2026-11-16")[2][2] == "paper.secrecy"


class TestTexts:
    def test_have_to_be_looked_at_one_by_one(self, planning: NearDesk, tmp_path: Path) -> None:
        words = ("agenda", HELD, "--for", "k03", "-o", str(tmp_path / "p.md"))
        typed = planning.run(*words, today="2026-11-19")
        assert typed.code == 6
        named = set(re.findall(r"--checked (\S+)", typed.err))
        assert {f"{CASE}/note", f"{CASE}/concern/4", f"{CASE}/A/note", f"{CASE}/P1/care"} <= named
        assert list(tmp_path.glob("*.md")) == []
        assert planning.json("agenda", HELD, "--copies", today="2026-11-19") == []
        # one left is one too many
        assert planning.run(*words, "--checked", f"{CASE}/note", today="2026-11-19").code == 6
        assert list(tmp_path.glob("*.md")) == []

    def test_that_all_of_them_stay_out_can_be_pasted(self, planning: NearDesk, tmp_path: Path) -> None:
        planning.ok("attend", HELD, "--guest", "大野 恵|駅前クリニック", "--expected", today="2026-11-18")
        file = tmp_path / "p.md"
        line = ("agenda", HELD, "--for", "大野 恵", "-o", str(file))
        typed = planning.run(*line, today="2026-11-19", COLUMNS="1000")
        assert (typed.code, file.exists()) == (6, False)
        (paste,) = (line.strip() for line in typed.err.splitlines() if line.strip().startswith("toshima "))
        planning.ok(*split(paste)[1:], today="2026-11-19")
        assert "（確認のうえ、掲載を見合わせました）" in file.read_text()

    def test_what_was_left_out_says_so_and_what_was_looked_at_stands_there(
        self, planning: NearDesk, tmp_path: Path
    ) -> None:
        text = paper(planning, tmp_path, "k03")
        assert "郵便物がたまり" in text
        assert "（確認のうえ、掲載を見合わせました）" in text
        assert "節子さんの同意は得られていない" not in text

    def test_what_was_said_once_is_not_asked_again_until_somebody_more_is_masked(
        self, planning: NearDesk, tmp_path: Path
    ) -> None:
        paper(planning, tmp_path, "k03")
        paper(planning, tmp_path, "c01", "--on", "2026-11-19")
        planning.ok("consent", CASE, "B", "--withdrawn", "--method", "oral", "--on", "2026-11-18", today="2026-11-19")
        typed = planning.run("agenda", HELD, "--for", "k03", "-o", str(tmp_path / "again.md"), today="2026-11-19")
        assert typed.code == 6
        assert f"{CASE}/note" in typed.err

    def test_an_id_that_is_not_asked_about_is_not_found(self, planning: NearDesk, tmp_path: Path) -> None:
        words = ("agenda", HELD, "--for", "k03", "-o", str(tmp_path / "p.md"), "--checked")
        assert planning.run(*words, "2026-0001/X9", today="2026-11-19").code == 4
        planning.refused("agenda", HELD, "--checked", f"{CASE}/note", code=2)

    def test_the_reporter_stands_in_no_paper(self, planning: NearDesk, tmp_path: Path) -> None:
        planning.ok(
            "progress", CASE, "--method", "visit", "--person", "A", "--note", "小川 正さんと訪ねた", today="2026-11-17"
        )
        planning.ok("progress", CASE, "--method", "phone", "--person", "A", "--note", "体調がよい", today="2026-11-18")
        text = paper(planning, tmp_path, "k03")
        assert "小川" not in text
        assert "（氏名を含むため表示していません）" in text
        assert "体調がよい" in text

    def test_a_report_by_law_stands_in_none(self, planning: NearDesk, tmp_path: Path) -> None:
        planning.ok("notify", CASE, "--kind", "elder", "--to", "korei-sogo", "--person", "C", today="2026-11-17")
        text = paper(planning, tmp_path, "k03")
        assert "通報" not in text
        assert not re.search(r"R2026-\d+", text)

    def test_notes_of_those_masked_are_left_out(self, planning: NearDesk, tmp_path: Path) -> None:
        planning.ok(
            "progress", CASE, "--method", "visit", "--person", "C", "--note", "薬を飲み忘れている", today="2026-11-17"
        )
        planning.ok(
            "progress", CASE, "--method", "visit", "--person", "B", "--note", "履歴書を書いた", today="2026-11-17"
        )
        whole = paper(planning, tmp_path, "k03")
        with_consent, _, without = whole.partition("支援会議（社会福祉法")
        assert ("履歴書を書いた" in with_consent, "薬を飲み忘れている" in with_consent) == (True, False)
        assert ("履歴書を書いた" in without, "薬を飲み忘れている" in without) == (False, True)


class TestCopies:
    def test_are_numbered_and_the_same_again_is_the_same_number(self, planning: NearDesk, tmp_path: Path) -> None:
        assert "第1号" in paper(planning, tmp_path, "k03")
        assert "第2号" in paper(planning, tmp_path, "c01", "--on", "2026-11-19")
        assert "第1号" in paper(planning, tmp_path, "k03", "--on", "2026-11-19")
        rows = planning.json("agenda", HELD, "--copies", today="2026-11-19")
        assert [(r["copy"], r["reader"], r["items"], r["collected_on"]) for r in rows] == [
            (1, "k03", [1, 2], None),
            (2, "c01", [1, 2], None),
        ]

    def test_what_changed_is_a_new_copy_and_the_old_one_is_asked_back(self, planning: NearDesk, tmp_path: Path) -> None:
        paper(planning, tmp_path, "k03")
        done = planning.json(
            "consent", CASE, "B", "--withdrawn", "--method", "oral", "--on", "2026-11-18", today="2026-11-19"
        )
        assert "paper.collect" in [w["rule"] for w in done["warnings"]]
        row = planning.json("agenda", HELD, "--copies", today="2026-11-19")[0]
        assert row["why"]
        typed = planning.ok("agenda", HELD, today="2026-11-19")
        said = "".join(typed.err.split())
        assert "M2026-0002の写し1には" in said
        assert "回収してください" in said
        once_more = (f"{CASE}/note", f"{CASE}/concern/4", f"{CASE}/A/note", f"{CASE}/P1/goal", f"{CASE}/P1/needs")
        text = paper(planning, tmp_path, "k03", "--checked", ",".join(once_more), "--without", f"{CASE}/P1/care")
        assert "第2号" in text
        assert "優太" not in text.partition("支援会議（社会福祉法")[0]
        planning.ok("agenda", HELD, "--collected", "1", today="2026-11-19")
        assert "写し1" not in planning.ok("agenda", HELD, today="2026-11-19").err

    def test_an_additional_note_asks_nothing_back(self, planning: NearDesk, tmp_path: Path) -> None:
        paper(planning, tmp_path, "k03")
        done = planning.json(
            "progress", CASE, "--method", "visit", "--person", "A", "--note", "会えた", today="2026-11-19"
        )
        assert done["warnings"] == []

    def test_come_back_once_and_after_they_went_out(self, planning: NearDesk, tmp_path: Path) -> None:
        paper(planning, tmp_path, "k03")
        planning.refused("agenda", HELD, "--collected", "9", today="2026-11-19", code=4)
        error = planning.refused("agenda", HELD, "--collected", "1", "--on", "2026-11-18", today="2026-11-19")
        assert error["rule"] == "paper.not_out"
        done = planning.json("agenda", HELD, "--collected", "1", today="2026-11-20")
        assert (done["collected"], done["left"]) == ([1], [])
        assert planning.refused("agenda", HELD, "--collected", "1", today="2026-11-20")["rule"] == "paper.back"
        planning.ok("undo", "--yes", today="2026-11-20")
        assert planning.json("agenda", HELD, "--copies", today="2026-11-20")[0]["collected_on"] is None

    def test_come_back_one_by_one_from_one_to_another_or_all(self, planning: NearDesk, tmp_path: Path) -> None:
        for reader in ("k03", "c01", "e01"):
            planning.ok("attend", HELD, reader, "--expected", "--secrecy", today="2026-11-18")
            paper(planning, tmp_path, reader)
        done = planning.json("agenda", HELD, "--collected", "1-2,2,１", today="2026-11-20")
        assert (done["collected"], done["left"]) == ([1, 2], [3])
        together = ("--collected", "all", "--preview"), ("--collected", "all", "--for", "k03")
        assert [planning.run("agenda", HELD, *words, today="2026-11-20").code for words in together] == [2, 2]
        done = planning.json("agenda", HELD, "--collected", "ALL", today="2026-11-20")
        assert (done["collected"], done["left"]) == ([3], [])
        rows = sql(planning, "SELECT COUNT(*) FROM paper_return")
        assert rows == [(3,)]
        assert planning.refused("agenda", HELD, "--collected", "all", today="2026-11-20")["rule"] == "paper.none_out"
        for wrong in ("x", "1-", "3-x", "-2", "5-3"):
            assert planning.run("agenda", HELD, f"--collected={wrong}", today="2026-11-20").code == 2

    def test_the_list_says_why_one_is_to_be_collected(self, planning: NearDesk, tmp_path: Path) -> None:
        paper(planning, tmp_path, "k03", today="2026-11-17")
        planning.ok("consent", CASE, "B", "--withdrawn", "--method", "oral", today="2026-11-18")
        (row,) = planning.json("agenda", HELD, "--copies", today="2026-11-18")
        assert len(row["why"]) == 1
        assert "2026-11-18" in row["why"][0]
        planning.ok("agenda", HELD, "--drop", "1", today="2026-11-18")
        (row,) = planning.json("agenda", HELD, "--copies", today="2026-11-18")
        assert row["why"] == ["議題1：Aさん", "議題1：Bさん"]

    def test_a_plan_that_can_be_approved_no_more_is_said_beforehand(self, planning: NearDesk) -> None:
        assert "2026-0001/P1" not in planning.ok("agenda", HELD, today="2026-11-17").err
        planning.ok("consent", CASE, "B", "--withdrawn", "--scope", "sharing", "--method", "oral", today="2026-11-17")
        typed = planning.ok("agenda", HELD, today="2026-11-17", TOSHIMA_LANG="en")
        said = " ".join(typed.err.split())
        assert "plan 2026-0001/P1 cannot be approved as it stands: B not shown here" in said
        assert f"toshima plan {CASE} --person A" in said

    def test_who_may_read_more_by_now_is_told_from_an_item_that_is_new(
        self, planning: NearDesk, tmp_path: Path
    ) -> None:
        planning.ok("attend", HELD, "--guest", "白川|病院", "--expected", today="2026-11-16")
        for reader in ("k03", "白川"):
            paper(planning, tmp_path, reader, today="2026-11-17")
        planning.ok("attend", HELD, "--guest", "白川|病院", "--expected", "--secrecy", today="2026-11-18")
        typed = planning.ok("agenda", HELD, today="2026-11-18", TOSHIMA_LANG="en")
        assert "Item 2 may now be handed to 白川 too." in " ".join(typed.err.split())

    def test_that_are_not_back_stand_on_the_board_of_who_gave_them(self, planning: NearDesk, tmp_path: Path) -> None:
        paper(planning, tmp_path, "k03")
        board = planning.json("status", today="2026-11-20")["after_sittings"]
        assert board == [{"meeting": HELD, "held_on": "2026-11-19", "attendance": False, "copies": 1, "undecided": 2}]
        planning.ok("agenda", HELD, "--collected", "1", today="2026-11-20")
        assert [row["copies"] for row in planning.json("status", today="2026-11-20")["after_sittings"]] == [0]

    def test_what_another_desk_changed_in_between_is_not_printed_under_the_number(
        self, planning: NearDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        was = flow.hand_out

        def hand_out(store: Store, number: str, wanted: flow.Wanted) -> object:
            done = was(store, number, wanted)
            sql(planning, "UPDATE person SET name = '髙橋 由美' WHERE id = 1")
            return done

        monkeypatch.setattr(flow, "hand_out", hand_out)
        file = tmp_path / "x.md"
        line = ("agenda", HELD, "--for", "k03", "-o", str(file))
        typed = planning.run(*line, *TEXTS, today="2026-11-19", TOSHIMA_LANG="en")
        assert (typed.code, file.exists()) == (2, False)
        assert "Type the line again" in typed.err
        monkeypatch.undo()
        planning.ok(*line, *TEXTS, today="2026-11-19")
        assert "髙橋 由美" in file.read_text()

    def test_the_preview_names_the_line_that_hands_them_out(self, planning: NearDesk) -> None:
        typed = planning.ok("agenda", HELD, "--preview", today="2026-11-19")
        assert f"toshima agenda {HELD} -o {HELD}.html" in typed.err
        typed = planning.ok("agenda", HELD, "--for", "c01", today="2026-11-19")
        assert f"toshima agenda {HELD} --for c01 -o {HELD}.html" in typed.err

    def test_handing_out_is_in_the_journal_with_whom_it_showed(self, planning: NearDesk, tmp_path: Path) -> None:
        paper(planning, tmp_path, "c01")
        entry = next(
            e for e in planning.json("journal", today="2026-11-19") if e["verb"] == "papers" and e["result"] == "done"
        )
        assert {f"meeting:{HELD}", f"case:{CASE}", "staff:c01"} <= set(entry["about"])

    def test_a_consent_papers_rest_on_is_not_taken_back(self, planning: NearDesk, tmp_path: Path) -> None:
        words = ("--given", "--scope", "plan,sharing", "--method", "oral")
        planning.ok("consent", CASE, "B", *words, today="2026-11-18")
        paper(planning, tmp_path, "k03")
        assert planning.refused("undo", "--yes", today="2026-11-19")["rule"] == "undo.stands_on_it"

    def test_none_of_a_sitting_that_is_cancelled_or_has_nobody_or_nothing(
        self, planning: NearDesk, tmp_path: Path
    ) -> None:
        planning.ok("convene", "subcommittee", "--on", "2026-12-17", today="2026-11-24")
        words = ("-o", str(tmp_path / "p.md"))
        typed = planning.run("agenda", "M2026-0003", *words)
        assert (typed.code, "paper.nobody_expected" in typed.err) == (3, True)
        planning.ok("meetings", "--cancel", "M2026-0003")
        typed = planning.run("agenda", "M2026-0003", *words)
        assert (typed.code, "paper.cancelled" in typed.err) == (3, True)
        planning.ok("convene", "council", "--on", "2026-12-18", "--attendee", "k03", today="2026-11-24")
        typed = planning.run("agenda", "M2026-0004", *words)
        assert (typed.code, "paper.empty" in typed.err) == (3, True)
        assert list(tmp_path.glob("p.*")) == []


class TestForms:
    def test_one_file_for_everybody_begins_with_the_list_to_collect(self, planning: NearDesk, tmp_path: Path) -> None:
        for ending in ("html", "xlsx", "md"):
            planning.ok("agenda", HELD, "-o", str(tmp_path / f"all.{ending}"), *TEXTS, today="2026-11-19")
        text = (tmp_path / "all.md").read_text()
        assert text.index("配布・回収一覧") < text.index("第1号") < text.index("第2号")
        page = (tmp_path / "all.html").read_text()
        assert page.count('class="paper"') == 3
        assert page.count("【取扱注意】非公開") == 3
        assert (tmp_path / "all.html").stat().st_mode & 0o777 == 0o600
        assert "http" not in page

    def test_nothing_is_written_over_and_nothing_handed_out_then(self, planning: NearDesk, tmp_path: Path) -> None:
        (tmp_path / "p.md").write_text("mine")
        planning.run("agenda", HELD, "--for", "k03", "-o", str(tmp_path / "p.md"), *TEXTS, today="2026-11-19")
        assert (tmp_path / "p.md").read_text() == "mine"
        assert planning.json("agenda", HELD, "--copies", today="2026-11-19") == []

    def test_the_list_carries_no_typed_text_in_any_form(self, planning: NearDesk) -> None:
        for form in ("table", "json", "md", "ics"):
            out = planning.ok("agenda", HELD, "-f", form, today="2026-11-19").out
            assert "郵便物" not in out
            assert "節子さんの同意" not in out
