"""The standard forms of household A, typed: what stands on them, what on none, and that nothing is typed twice."""

import json
import os
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.desk import NearDesk, command, copy
from tests.ui.xlsx_reader import Book, read

FORMS = ("intake", "assessment", "plan", "progress", "evaluation")
CASE = "2026-0001"
ERA = "ggge"


@pytest.fixture
def desk(demonstration: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(demonstration, tmp_path / "books.db"), today="2027-03-19")


def asked(desk: NearDesk, *words: str, today: str | None = None) -> list[str]:
    """The ids of the texts somebody has to look at."""
    return [text["text"] for text in desk.json("report", "form", *words, today=today)["to_look_at"]]


def printed(desk: NearDesk, to: Path, *words: str, let_in: bool = True, today: str | None = None) -> Book:
    """The form as a file, each text that is asked about let in, or left out."""
    ids = asked(desk, *words, today=today)
    more = [part for one in ids for part in ("--checked" if let_in else "--without", one)]
    desk.ok("report", "form", *words, *more, "-o", str(to), "--force", today=today)
    return read(to.read_bytes())


def every_word(to: Path) -> str:
    """Everything in the file, whatever part of it."""
    with zipfile.ZipFile(to) as file:
        return "\n".join(file.read(name).decode() for name in file.namelist())


def values(book: Book) -> list[object]:
    return [cell.value for sheet in book.sheets.values() for cell in sheet.values()]


def text(book: Book) -> str:
    return "\n".join(map(str, values(book)))


NEW = "2026-0006"
"""The number the next case gets."""


def lived(desk: NearDesk) -> str:
    """A mother and a daughter, of whom the mother consents, with a plan; told of by a neighbour."""
    desk.ok(
        "intake", "--window", "csw", "--on", "2027-03-01", "--channel", "neighbour", "--reporter", "鬼頭 一郎",
        "--reporter-relation", "隣の人", "--person", "A|平 花|たいら はな|1970-01-02|female|head",
        "--person", "B|平 桃|たいら もも|2001-01-02|female|child", "--concern", "A:job!", "--note", "鬼頭さんから電話",
    )  # fmt: skip
    desk.ok("route", NEW, "--complex", "--coordinator", "k03", today="2027-03-02")
    desk.ok("consent", NEW, "A", "--given", "--scope", "plan,sharing", "--method", "oral", today="2027-03-02")
    desk.ok(
        "plan", NEW, "--goal", "朝から出かける", "--person", "A", "--action", "A|鬼頭さんと歩く|csw", today="2027-03-04"
    )
    return NEW


class TestEachForm:
    def test_intake_shows_who_consented_and_the_others_as_labels(self, desk: NearDesk, tmp_path: Path) -> None:
        book = printed(desk, tmp_path / "intake.xlsx", "intake", CASE)
        words = text(book)
        assert "本人同意あり" in words
        assert "A 髙橋 由美子" in words
        assert "世帯員C（共有対象外）" in words
        assert "節子" not in words
        assert "年金で生活" not in words, "what is tied to C is left out"
        ticked = [str(v) for v in values(book) if str(v).startswith("☑")]
        assert ticked == [
            "☑ 民生委員・児童委員",
            "☑ 仕事探し、就職について（◎A）",
            "☑ 家族との関係について（世帯）",
            "☑ ひきこもり・不登校（◎B）",
        ]

    def test_the_sixteen_boxes_stand_in_the_order_of_the_national_form(self, desk: NearDesk, tmp_path: Path) -> None:
        book = printed(desk, tmp_path / "intake.xlsx", "intake", CASE)
        names = [line.split(",")[1] for line in Path("data/concerns.csv").read_text("utf-8").splitlines()[1:]]
        found = [str(v)[2:].partition("（")[0] for v in values(book) if str(v)[:1] in "☐☑"]
        places = [found.index(name) for name in names[:-1]]
        assert places == sorted(places)

    def test_without_consent_it_is_for_the_support_conference(self, desk: NearDesk, tmp_path: Path) -> None:
        words = text(printed(desk, tmp_path / "x.xlsx", "intake", CASE, "--without-consent"))
        assert "本人同意なし" in words
        assert "社会福祉法第106条の6第1項" in words
        assert "C 髙橋 節子" in words
        assert "共有対象外" not in words

    def test_before_any_consent_the_case_decides_so_and_the_law_is_that_of_the_day(
        self, desk: NearDesk, tmp_path: Path
    ) -> None:
        words = text(printed(desk, tmp_path / "x.xlsx", "intake", CASE, "--on", "2026-10-20"))
        assert "本人同意なし" in words
        later = text(printed(desk, tmp_path / "x.xlsx", "intake", CASE, "--without-consent", today="2027-04-02"))
        assert "社会福祉法第106条の3の2第1項" in later

    def test_the_assessment_has_a_sheet_for_each_who_may_be_shown(self, desk: NearDesk, tmp_path: Path) -> None:
        book = printed(desk, tmp_path / "a.xlsx", "assessment", CASE)
        assert list(book.sheets) == ["A", "B"]
        of_a, of_b = (text(Book({"x": book.sheets[label]}, {})) for label in "AB")
        for mine in (
            "母の介護のため退職し、現在は無職",
            "くらし・しごと相談支援センター",
            "日中にできる仕事を一緒に探す",
        ):
            assert mine in of_a
            assert mine not in of_b
        secret = printed(desk, tmp_path / "a.xlsx", "assessment", CASE, "--person", "C")
        assert list(secret.sheets) == ["C"]
        assert "本人同意なし" in text(secret)

    def test_the_plan_is_made_for_those_who_consent_to_it(self, desk: NearDesk, tmp_path: Path) -> None:
        book = printed(desk, tmp_path / "p.xlsx", "plan", CASE)
        assert list(book.sheets) == ["A", "B"]
        of_a = text(Book({"A": book.sheets["A"]}, {}))
        assert "日中にできる仕事を一緒に探す" in of_a
        assert "週1回の面談から始める" not in of_a
        for where in ("目標", "課題", "達成時期", "留意点", "本人の意向", "支援内容と役割分担", "署名"):
            assert where in of_a
        error = desk.refused("report", "form", "plan", CASE, "--person", "C")
        assert error["rule"] == "consent.plan.refused"

    def test_a_text_that_names_somebody_masked_goes_in_only_once_looked_at(
        self, desk: NearDesk, tmp_path: Path
    ) -> None:
        assert f"{CASE}/P1/care" in asked(desk, "plan", CASE)
        words = text(printed(desk, tmp_path / "p.xlsx", "plan", CASE, let_in=False))
        assert "節子さんの同意は" not in words
        assert "（確認のうえ、掲載を見合わせました）" in words

    def test_progress_has_every_entry_in_order_but_what_was_taken_back(self, desk: NearDesk, tmp_path: Path) -> None:
        book = printed(desk, tmp_path / "p.xlsx", "progress", CASE)
        found = [str(v) for v in values(book)]
        mine = ["民生委員と訪問。玄関先で20分ほど話せた", "部屋の前で短く話した。働きたい気持ちはある"]
        assert [v for v in found if v in mine] == mine
        assert "節子さんがデイサービスの見学に行った" not in text(book), "tied to C"
        assert "節子さんがデイサービスの見学に行った" in text(
            printed(desk, tmp_path / "p.xlsx", "progress", CASE, "--without-consent")
        )

    def test_what_was_taken_back_stands_on_none(self, desk: NearDesk, tmp_path: Path) -> None:
        case = lived(desk)
        line = ("progress", case, "--method", "phone", "--person", "A", "--note")
        desk.ok(*line, "ここに残る話")
        desk.ok(*line, "すぐ取り消す話")
        desk.ok("undo", "--yes")
        words = text(printed(desk, tmp_path / "x.xlsx", "progress", case))
        assert "ここに残る話" in words
        assert "すぐ取り消す話" not in words

    def test_evaluation_is_filled_from_the_end(self, desk: NearDesk, tmp_path: Path) -> None:
        words = text(printed(desk, tmp_path / "e.xlsx", "evaluation", CASE))
        for told in ("☑ 終結", "☑ 課題の解消", "☑ 就労を始めた", "就労と面談が続き、家の中の会話が戻った"):
            assert told in words
        before = text(printed(desk, tmp_path / "e.xlsx", "evaluation", CASE, "--on", "2027-03-01"))
        assert "☑ 終結" not in before
        assert "就労と面談が続き" not in before

    @pytest.mark.parametrize("form", FORMS)
    def test_days_are_real_days_shown_in_their_era(self, desk: NearDesk, tmp_path: Path, form: str) -> None:
        book = printed(desk, tmp_path / "x.xlsx", form, CASE)
        days = [c for sheet in book.sheets.values() for c in sheet.values() if c.kind == "n"]
        assert days
        assert ERA in book.parts["xl/styles.xml"]
        assert all(cell.style["numFmtId"] != "0" for cell in days)

    @pytest.mark.parametrize("form", FORMS)
    def test_it_is_laid_out_for_paper(self, desk: NearDesk, tmp_path: Path, form: str) -> None:
        book = printed(desk, tmp_path / "x.xlsx", form, CASE)
        sheet, whole = book.parts["xl/worksheets/sheet1.xml"], book.parts["xl/workbook.xml"]
        assert 'paperSize="9"' in sheet
        assert 'orientation="portrait"' in sheet
        assert 'fitToPage="1"' in sheet
        assert "_xlnm.Print_Area" in whole
        assert "$1:$2" in whole, "the head on every page"
        assert "取扱注意" in text(book)
        assert "公式の様式ではありません" in sheet

    @pytest.mark.parametrize("form", FORMS)
    def test_english_says_the_same(self, desk: NearDesk, tmp_path: Path, form: str) -> None:
        desk.lang = "en"
        book = printed(desk, tmp_path / "x.xlsx", form, CASE)
        assert "[Handle with care] Not public" in text(book)
        assert "Case 2026-0001" in text(book)


class TestOneEntry:
    def test_form_agenda_and_minutes_take_the_same_words(self, desk: NearDesk, tmp_path: Path) -> None:
        """The goal and what is done were typed once, when the plan was drafted; the note when the case came."""
        paper = desk.run(
            "agenda", "M2026-0003", "-f", "md", "--for", "k03",
            *(part for one in _paper_asks(desk) for part in ("--checked", one)), today="2026-11-19",
        )  # fmt: skip
        assert paper.code == 0, paper.err
        plan = text(printed(desk, tmp_path / "p.xlsx", "plan", CASE))
        intake = text(printed(desk, tmp_path / "i.xlsx", "intake", CASE))
        for goal in (
            "本人・家族の意思を尊重しながら、日中の介護の体制を整え、就労と社会参加を目指す",
            "日中にできる仕事を一緒に探す",
        ):
            assert goal in plan
            assert goal in paper.out
        note = "近所の方が心配し、民生委員に話した"
        assert note in intake
        assert note in paper.out

    def test_what_is_entered_once_stands_on_the_form_at_once(self, desk: NearDesk, tmp_path: Path) -> None:
        case = lived(desk)
        desk.ok("person", "wish", case, "A", "--text", "朝の散歩を続けたい")
        for form in ("intake", "assessment", "plan"):
            assert "朝の散歩を続けたい" in text(printed(desk, tmp_path / "x.xlsx", form, case))


def _paper_asks(desk: NearDesk) -> list[str]:
    refused = desk.run("agenda", "M2026-0003", "-f", "md", "--for", "k03", today="2026-11-19")
    assert refused.code == 6
    return [line.split()[1] for line in refused.err.splitlines() if line.strip().startswith("--checked ")]


class TestWhatLeavesTheDesk:
    def test_what_nobody_looked_at_is_left_out_and_that_is_said(self, desk: NearDesk, tmp_path: Path) -> None:
        """In the form where each would stand, and on stderr with the line that lets them in."""
        file = tmp_path / "x.xlsx"
        typed = desk.run("report", "form", "intake", CASE, "-o", str(file))
        assert typed.code == 0
        ids = asked(desk, "intake", CASE)
        assert ids
        assert "--checked TEXTID" in typed.err, "nothing unread can be let in by pasting"
        assert not [one for one in ids if one in typed.err]
        screen = desk.run("report", "form", "intake", CASE)
        assert all(one in screen.out for one in ids)
        assert "近所の方が心配し" in screen.out
        words = {text["text"]: text["words"] for text in desk.json("report", "form", "intake", CASE)["to_look_at"]}
        assert words.keys() == set(ids)
        assert all(words.values())
        assert "近所の方が心配し" not in every_word(file)
        unread = text(read(file.read_bytes()))
        assert unread.count("確認前") >= len(ids) - 1, "the channel says so beside its boxes"
        assert "確認前" not in text(printed(desk, file, "intake", CASE, let_in=False))
        assert "近所の方が心配し" in text(printed(desk, file, "intake", CASE))

    def test_an_answer_about_no_such_text_is_not_found(self, desk: NearDesk, tmp_path: Path) -> None:
        line = ("report", "form", "progress", CASE, "--checked", f"{CASE}/nothing", "-o", str(tmp_path / "x.xlsx"))
        assert desk.run(*line).code == 4

    @pytest.mark.parametrize("form", FORMS)
    def test_who_told_is_on_none_of_them(self, desk: NearDesk, tmp_path: Path, form: str) -> None:
        """Rule 10: neither by name nor, in what was typed later, by surname; in no part of the file."""
        case = lived(desk)
        desk.ok("progress", case, "--method", "phone", "--note", "鬼頭一郎さんがまた心配している", today="2027-03-03")
        desk.ok("person", "edit", case, "A", "--contact-rule", "鬼頭さんには言わない", "--reason", "x")
        desk.ok("close", case, "--reason", "declined", "--tried", "鬼頭さんに頼んだ", "--yes")
        for more in ((), ("--without-consent",)) if form != "plan" else ((),):
            printed(desk, tmp_path / "x.xlsx", form, case, *more)
            assert "鬼頭" not in every_word(tmp_path / "x.xlsx")
            assert "隣の人" not in every_word(tmp_path / "x.xlsx")
            ids = asked(desk, form, case, *more)
            assert (f"{case}/channel" in ids) is (form == "intake")

    def test_the_mask_leaves_initials_and_no_name_in_any_text(self, desk: NearDesk, tmp_path: Path) -> None:
        for form in FORMS:
            ids = asked(desk, form, CASE)
            more = [part for one in ids for part in ("--checked", one)]
            desk.ok("--mask", "report", "form", form, CASE, *more, "-o", str(tmp_path / f"{form}.xlsx"))
            words = every_word(tmp_path / f"{form}.xlsx")
            for name in ("髙橋", "由美子", "優太", "節子", "たかはし", "豊島区", "1968"):
                assert name not in words, (form, name)
            assert "T.Y." in words

    def test_a_withdrawal_takes_the_person_off_every_later_form(self, desk: NearDesk, tmp_path: Path) -> None:
        desk.ok("consent", CASE, "B", "--withdrawn", "--method", "oral", today="2027-03-19")
        words = text(printed(desk, tmp_path / "x.xlsx", "intake", CASE))
        assert "世帯員B（共有対象外）" in words
        assert "優太" not in words
        earlier = text(printed(desk, tmp_path / "x.xlsx", "intake", CASE, "--on", "2027-03-01"))
        assert "優太" not in earlier, "printed today, it is a new sharing"
        assert desk.refused("report", "form", "plan", CASE, "--person", "B")["rule"] == "consent.plan.withdrawn"
        assert list(printed(desk, tmp_path / "x.xlsx", "plan", CASE).sheets) == ["A"]

    def test_whom_it_may_not_go_to_is_said_to_whoever_hands_it_on(self, desk: NearDesk, tmp_path: Path) -> None:
        case = lived(desk)
        desk.ok("consent", case, "A", "--given", "--scope", "sharing", "--excluding", "hikikomori", "--method", "oral")
        ids = ",".join(asked(desk, "intake", case))
        line = ("report", "form", "intake", case, "--checked", ids, "-o", str(tmp_path / "x.xlsx"))
        assert "ひきこもり相談窓口" in desk.ok(*line).err
        secret = printed(desk, tmp_path / "y.xlsx", "intake", case, "--without-consent")
        assert "ひきこもり相談窓口" not in text(secret)

    def test_a_case_under_restriction_says_so_first(self, desk: NearDesk, tmp_path: Path) -> None:
        case = lived(desk)
        made = desk.json("split", case, "B", "--reason", "DV")["case"]
        book = printed(desk, tmp_path / "x.xlsx", "assessment", made)
        assert "限" in str(next(iter(book.sheets.values()))["F3"].value)

    def test_with_consent_is_refused_where_nobody_consents(self, desk: NearDesk) -> None:
        error = desk.refused("report", "form", "intake", CASE, "--with-consent", "--on", "2026-10-20")
        assert error["rule"] == "share.consent.none"
        error = desk.refused("report", "form", "assessment", CASE, "--with-consent", "--person", "A", "--person", "C")
        assert error["rule"] == "share.consent.refused"

    def test_who_is_under_restriction_stands_on_no_form_of_the_household(self, desk: NearDesk, tmp_path: Path) -> None:
        desk.ok(
            "intake", "--window", "csw", "--on", "2027-03-01", "--channel", "self", "--note", "幸さんの話",
            "--person", "A|森田 幸|もりた さち", "--person", "B|森田 剛|もりた ごう", "--concern", "A:violence!",
            "--concern", "B:job", today="2027-03-01",
        )  # fmt: skip
        desk.ok(
            "progress",
            "2026-0006",
            "--method",
            "visit",
            "--person",
            "A",
            "--note",
            "逃げたいと話す",
            today="2027-03-01",
        )
        desk.ok("split", "2026-0006", "A", "--reason", "DV", today="2027-03-02")
        for form in ("intake", "assessment", "progress", "evaluation"):
            for who in ("local", "k03"):
                ids = [t["text"] for t in json.loads(
                    desk.ok("--as", who, "report", "form", form, "2026-0006", "-f", "json", today="2027-03-03").out
                )["data"]["to_look_at"]]  # fmt: skip
                more = [part for one in ids for part in ("--checked", one)]
                to = tmp_path / f"{form}-{who}.xlsx"
                desk.ok("--as", who, "report", "form", form, "2026-0006", *more, "-o", str(to), today="2027-03-03")
                assert "幸" not in every_word(to)
                assert "逃げたい" not in every_word(to)
        assert desk.run("--as", "k03", "report", "form", "intake", "2026-0007", today="2027-03-03").code == 4

    def test_a_report_by_law_is_said_to_a_support_conference_and_no_more_than_that(
        self, desk: NearDesk, tmp_path: Path
    ) -> None:
        case = lived(desk)
        desk.ok("notify", case, "--kind", "disabled", "--to", "shinshin", "--person", "B")
        secret = text(printed(desk, tmp_path / "x.xlsx", "intake", case, "--without-consent"))
        assert "関係法令に基づき対応中" in secret
        assert "心身障害者" not in secret
        for form in ("intake", "assessment"):
            assert "関係法令" not in text(printed(desk, tmp_path / "x.xlsx", form, case))

    def test_what_staff_have_to_know_stands_first_and_not_on_what_the_person_signs(
        self, desk: NearDesk, tmp_path: Path
    ) -> None:
        case = lived(desk)
        desk.ok("person", "edit", case, "A", "--visit-alert", "必ず二人で訪問", "--reason", "x")
        signed = printed(desk, tmp_path / "x.xlsx", "plan", case)
        assert list(signed.sheets) == ["0", "A"]
        assert "必ず二人で訪問" in text(Book({"0": signed.sheets["0"]}, {}))
        assert "必ず二人で訪問" not in text(Book({"A": signed.sheets["A"]}, {}))
        other = printed(desk, tmp_path / "x.xlsx", "assessment", case, "--person", "A")
        assert "必ず二人で訪問" in str(other.sheets["A"]["F3"].value)

    def test_it_is_a_look_and_a_refusal_is_one_too(self, desk: NearDesk, tmp_path: Path) -> None:
        printed(desk, tmp_path / "x.xlsx", "plan", CASE, "--person", "A")
        entries = desk.json("journal", "--limit", "5")
        last = next(e for e in entries if e["verb"] == "form")
        assert last["result"] == "seen"
        assert f"{CASE}/P1/care" in json.dumps(last), "what was let in"
        desk.refused("report", "form", "plan", CASE, "--person", "C")
        refused = next(e for e in desk.json("journal", "--limit", "5") if e["verb"] == "form")
        assert (refused["result"], refused["rule"]) == ("refused", "consent.plan.refused")


class TestBlankWhereUnknown:
    def test_an_empty_household_builds_every_form(self, desk: NearDesk, tmp_path: Path) -> None:
        """No name, no birth date, no head, no coordinator."""
        desk.ok("outreach", "new", "--why", "unaware", "--window", "csw", "--note", "雨戸が閉まったまま")
        for form in ("intake", "assessment", "progress", "evaluation"):
            book = printed(desk, tmp_path / "x.xlsx", form, "2026-0006")
            assert "本人同意なし" in text(book)
        assert desk.refused("report", "form", "plan", "2026-0006")["rule"] == "form.plan.none"
        intake = printed(desk, tmp_path / "x.xlsx", "intake", "2026-0006")
        for label in ("世帯類型", "住まい", "電話番号", "本人の意向", "推進員"):
            assert label in text(intake), "the box is there, and blank"
        assert [v for v in values(intake) if str(v).startswith("☑")] == ["☑ その他", "☑ 困りごとに気づいていない"]


def test_what_the_state_may_ask_for_is_marked_and_the_rest_is_said_to_be_unsettled(
    desk: NearDesk, tmp_path: Path
) -> None:
    before = text(printed(desk, tmp_path / "x.xlsx", "intake", CASE))
    assert "※" not in before
    assert "定まっていないもの：相談経路、つながっていなかった理由、世帯類型、住まい" in before
    with closing(sqlite3.connect(desk.db)) as conn, conn:
        conn.execute("UPDATE code SET national = 'yes' WHERE list = 'housing' AND code = 'owned'")
        conn.execute("UPDATE code SET national = 'no' WHERE list = 'housing' AND code <> 'owned'")
    after = text(printed(desk, tmp_path / "x.xlsx", "intake", CASE))
    assert "☐ 持ち家※" in after
    assert "☐ 公営住宅※" not in after
    assert "定まっていないもの：相談経路、つながっていなかった理由、世帯類型" in after


class TestTheLine:
    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("nothing", CASE), 2),
            (("intake", CASE, "--person", "A"), 2),
            (("intake", CASE, "--version", "1"), 2),
            (("plan", CASE, "--without-consent"), 2),
            (("intake", CASE, "--with-consent", "--without-consent"), 2),
            (("intake", CASE, "--checked", "x", "--without", "x"), 2),
            (("intake", CASE, "-o", "x.csv"), 2),
            (("intake", "2026-0999"), 4),
            (("intake",), 6),
            ((), 6),
            (("plan", CASE, "--version", "9"), 3),
            (("assessment", CASE, "--person", "Z"), 3),
        ],
    )
    def test_what_is_wrong_is_said(self, desk: NearDesk, words: tuple[str, ...], code: int) -> None:
        assert desk.run("report", "form", *words).code == code

    @pytest.mark.parametrize("lang", ["ja", "en"])
    def test_same_entry_same_bytes_wherever_it_is_printed(self, desk: NearDesk, tmp_path: Path, lang: str) -> None:
        made = []
        for zone, locale, seed in (("Asia/Tokyo", "C", "0"), ("America/Los_Angeles", "C.UTF-8", "7")):
            to = tmp_path / f"{seed}.xlsx"
            ids = ",".join(asked(desk, "plan", CASE))
            env = {**desk.environment(), "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "TOSHIMA_LANG": lang}
            line = [*command(), "report", "form", "plan", CASE, "--checked", ids, "-o", str(to)]
            subprocess.run(line, env=env, check=True, capture_output=True)
            made.append(to.read_bytes())
            assert os.stat(to).st_mode & 0o777 == 0o600
        assert made[0] == made[1]

    def test_a_screen_and_json_say_what_will_stand_in_the_boxes(self, desk: NearDesk) -> None:
        data = desk.json("report", "form", "intake", CASE)
        assert list(data) == ["form", "case", "on", "with_consent", "people", "masked", "plan", "to_look_at", "sheets"]
        assert (data["form"], data["people"], data["masked"]) == ("intake", ["A", "B"], ["C"])
        boxes = {box["label"]: box["value"] for box in data["sheets"][0]["boxes"]}
        assert boxes["世帯類型"] is None
        assert "確認前" in boxes["受付時"]
        assert "髙橋 由美子" in desk.ok("report", "form", "intake", CASE).out
