"""Every guided command on a real terminal, and what every other one asks for where something is missing."""

import os
import re
from pathlib import Path

import pytest

from tests.desk import Desk, NearDesk, copy
from tests.naughty import naughty
from tests.terminal import CTRL_C, at_terminal
from toshima_cli.domain.terms import LONGEST_TEXT
from toshima_cli.ui.text import readable, visible

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a Unix thing"),
    pytest.mark.usefixtures("data_folder"),
]

CASE = "2026-0001"
SUMMARY = "直すところがあれば番号を"


@pytest.fixture(scope="module")
def taken_in(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Household A received, with a coordinator, on the agenda of 15 October, where three are present."""
    desk = NearDesk(copy(template, tmp_path_factory.mktemp("taken_in") / "books.db"))
    desk.ok("intake", "--from", "household_a.json", today="2026-10-05")
    desk.ok("route", CASE, "--complex", "--coordinator", "k03", today="2026-10-06")
    desk.ok("convene", "subcommittee", "--on", "2026-10-15", "--attendee", "k03", today="2026-10-08")
    desk.ok("attend", "M2026-0001", "k03", "c01", "e01", "--secrecy", today="2026-10-15")
    return desk.db


@pytest.fixture
def desk(taken_in: Path, tmp_path: Path) -> Desk:
    return NearDesk(copy(taken_in, tmp_path / "books.db"), today="2026-10-16")


def talked(desk: Desk, *words: str, answers: tuple[tuple[str, str], ...], code: int = 0) -> str:
    """Type the answers, each where its question stands; what was on the screen in the end."""
    with at_terminal(desk, *words) as terminal:
        for see, text in answers:
            terminal.answer(text, see=see)
        assert terminal.end() == code, terminal.shown
        return terminal.shown


def test_outreach_new(desk: Desk) -> None:
    talked(
        desk,
        *("outreach", "new"),
        answers=(
            ("窓口", "CSW"),
            ("把握した日", "10/12"),
            ("つながらない理由", "のぞまない"),
            ("事業", ""),
            ("相談経路", "近隣"),
            ("知らせてくれた方", "隣の方"),
            ("ご本人との関係", ""),
            ("把握した様子", "新聞がたまっている。"),
            ("", ""),
            ("ご本人のお名前", ""),
            ("生年月日", "80歳くらい"),
            ("日付として読めません", "80"),
            ("続柄", ""),
            ("性別", "男"),
            ("困りごと", "けんこう"),
            ("ほかになければ", ""),
            ("住所", ""),
            ("電話番号", ""),
            ("同じ世帯の方", ""),
            ("世帯全体", ""),
            (SUMMARY, ""),
        ),
    )
    data = desk.json("show", "2026-0002")
    assert (data["stage"], data["window"], data["opened_on"]) == ("outreach", "csw", "2026-10-12")
    assert (data["people"][0]["name"], data["people"][0]["sex"]) == (None, "male")
    assert data["outreach"]["why"] == "refuses"
    assert data["note"] == "新聞がたまっている。"


def test_intake_of_a_case_of_outreach_asks_for_what_is_not_known(desk: Desk) -> None:
    made = ("--why", "refuses", "--window", "csw", "--note", "新聞がたまっている", "--concern", "A:health")
    desk.ok("outreach", "new", *made, today="2026-10-12")
    talked(
        desk,
        *("intake", "2026-0002"),
        answers=(
            ("窓口", ""),
            ("受付日", ""),
            ("相談経路", "本人"),
            ("住所", "東池袋9-9-9"),
            ("電話番号", ""),
            ("同じ世帯の方", "妹尾 光"),
            ("ふりがな", "せのお ひかる"),
            ("生年月日", ""),
            ("続柄", "きょうだい"),
            ("性別", ""),
            ("困りごと", ""),
            ("同じ世帯の方", ""),
            ("世帯全体", ""),
            ("ご相談の内容", ""),
            (SUMMARY, ""),
        ),
    )
    data = desk.json("show", "2026-0002")
    assert data["stage"] == "received"
    assert [(p["label"], p["name"]) for p in data["people"]] == [("A", None), ("B", "妹尾 光")]


def test_consent_found_by_a_name(desk: Desk) -> None:
    shown = talked(
        desk,
        "consent",
        answers=(
            ("事例", "たかはし"),
            ("世帯員", "優太"),
            ("判断", "得られ"),
            ("判断した日", "10/9"),
            ("確認の方法", "口頭"),
            ("判断した方", ""),
            (SUMMARY, "3"),
            ("判断", "あり"),
            ("同意の範囲", "両方"),
            ("共有しない窓口", "せいかつふくしかそうだん"),
            ("どれでしょうか", "生活福祉課相談窓口"),
            ("ほかになければ", ""),
            (SUMMARY, ""),
        ),
    )
    assert "2026-0001/C1" in shown or "同意" in shown
    (given,) = desk.json("show", CASE)["people"][1]["consents"]
    assert (given["decision"], given["scope"], given["on"]) == ("given", ["plan", "sharing"], "2026-10-09")
    assert (given["method"], given["excluding"]) == ("oral", ["seikatsu"])


def test_what_a_rule_refuses_is_refused_as_ever_and_the_draft_is_kept(desk: Desk) -> None:
    with at_terminal(desk, "plan", CASE) as terminal:
        for see, text in (
            ("対象の方", "C"),
            ("ほかになければ", ""),
            ("目標", "家計を立て直す"),
            ("", ""),
            ("取組", "通所"),
            ("担当", "kaigo"),
            ("期限", ""),
            ("ほかの取組", ""),
            ("主担当機関", ""),
            ("モニタリングの日", ""),
            ("困難になっていること", ""),
            ("支援にあたっての留意点", ""),
            ("本人の確認", ""),
            (SUMMARY, ""),
        ):
            terminal.answer(text, see=see)
        assert terminal.end() == 3
        assert "支援プランは作成できません" in terminal.shown
        assert "下書きに残しました" in terminal.shown
    (draft,) = desk.json("intake", "--drafts")
    assert (draft["command"], draft["case"]) == ("plan", CASE)
    with at_terminal(desk, "plan", "２０２６－１") as terminal:
        terminal.see("下書きがあります", CASE)
        terminal.press(CTRL_C)
        assert terminal.end() == 130


def test_plan_with_two_actions(desk: Desk) -> None:
    for label in "AB":
        desk.ok("consent", CASE, label, "--given", "--scope", "plan,sharing", "--method", "signature")
    desk.ok("decide", "M2026-0001", "1", "--outcome", "approach", today="2026-10-16")
    shown = talked(
        desk,
        *("plan", CASE),
        answers=(
            ("対象の方", ""),  # those who consent to a plan
            ("目標", "就労と社会参加"),
            ("", "を目指す"),
            ("", ""),
            ("取組", "日中にできる仕事|を"),
            ("使えません", "日中にできる仕事を探す"),
            ("対象の方", "由美子"),
            ("担当", "kurashi-shigoto"),
            ("期限", "12/15"),
            ("ほかの取組", "近所を散歩する"),
            ("対象の方", "優太"),
            ("担当", "町会の方"),
            ("期限", ""),
            ("選んだ理由", "顔なじみのため"),
            ("ほかの取組", ""),
            ("主担当機関", "csw"),
            ("モニタリングの日", "R9.1.29"),
            ("困難になっていること", ""),
            ("支援にあたっての留意点", ""),
            ("本人の確認", "由美子"),
            ("ほかになければ", ""),
            ("確認した日", ""),
            ("確認の方法", "署名"),
            (SUMMARY, ""),
        ),
    )
    assert "くらし・しごと" in shown
    (plan,) = desk.json("show", CASE)["plans"]
    assert (plan["goal"], plan["people"], plan["review_on"]) == ("就労と社会参加\nを目指す", ["A", "B"], "2027-01-29")
    assert [(a["person"], a["what"], a["who"], a["due_on"]) for a in plan["actions"]] == [
        ("A", "日中にできる仕事を探す", "kurashi-shigoto", "2026-12-15"),
        ("B", "近所を散歩する", "町会の方", None),
    ]
    assert (plan["lead"], plan["confirmed"][0]) == ("csw", {"person": "A", "on": "2026-10-16", "method": "signature"})


def test_progress_with_a_concern_found(desk: Desk) -> None:
    talked(
        desk,
        *("progress", CASE),
        answers=(
            ("方法", "ほうもん"),
            ("日付", ""),
            ("どなたのことか", "節子"),
            ("経過の内容", "玄関先で10分ほど話せた。"),
            ("", ""),
            ("新たにわかったこと", "家賃"),
            ("ほかになければ", ""),
            ("どなたのことか", "世帯全体"),
            ("次の対応の日", "11/30"),
            ("次の対応の内容", "電話する"),
            (SUMMARY, ""),
        ),
    )
    data = desk.json("show", CASE)
    (note,) = data["progress"]
    assert (note["method"], note["person"], note["text"]) == ("visit", "C", "玄関先で10分ほど話せた。")
    assert (note["next_on"], note["next_what"]) == ("2026-11-30", "電話する")
    assert (None, "rent") in [(c["person"], c["concern"]) for c in data["concerns"]]


def test_decide_walks_the_agenda_item_by_item(desk: Desk) -> None:
    desk.ok("intake", "--window", "csw", "--person", "A|井上 誠", "--concern", "A:rent", today="2026-10-16")
    desk.ok("route", "2026-0002", "--complex", "--coordinator", "k03", today="2026-10-16")
    desk.ok("convene", "subcommittee", "--on", "2026-10-22", "--attendee", "k03", today="2026-10-16")
    desk.today = "2026-10-22"
    desk.ok("attend", "M2026-0002", "k03", "--secrecy")
    shown = talked(
        desk,
        "decide",
        answers=(
            ("会議", "M2026-0002"),
            ("決定", ""),  # the first item is left open
            ("決定", "あぷろーち"),
            ("決定の内容", "訪問する"),
            ("", ""),
            ("アプローチ方法", "手紙から"),
            ("", ""),
            ("間接的な支援", ""),
            ("世帯としての支援", ""),
            ("協議の内容", ""),
            ("取組", "民生委員と訪問"),
            ("担当", "csw"),
            ("期限", "10/30"),
            ("ほかの取組", ""),
            (SUMMARY, ""),
        ),
    )
    assert "M2026-0002" in shown
    assert "まだ決定していない議題" in shown
    items = desk.json("agenda", "M2026-0002")["items"]
    assert [item["outcome"] for item in items] == [None, "approach"]
    (action,) = desk.json("show", items[1]["case"])["actions"]
    assert (action["who"], action["what"], action["due_on"]) == ("csw", "民生委員と訪問", "2026-10-30")


@pytest.mark.parametrize("sure", [True, False])
def test_close_asks_what_the_reason_asks_for(desk: Desk, sure: bool) -> None:
    shown = talked(
        desk,
        *("close", CASE),
        answers=(
            ("終結の理由", "きぼうしない"),
            ("終わりの日", ""),
            ("これまでの働きかけ", "訪問を3回、手紙を2通"),
            ("", ""),
            (SUMMARY, ""),
            ("(y/N)", "y" if sure else ""),
        ),
    )
    data = desk.json("show", CASE)
    assert data["stage"] == ("closed" if sure else "complex")
    assert [e["tried"] for e in data["ends"]] == (["訪問を3回、手紙を2通"] if sure else [])
    assert ("何も変更していません" in shown) is not sure


def test_close_by_interruption(desk: Desk) -> None:
    desk.ok("progress", CASE, "--method", "visit", "--note", "会えた", today="2026-10-16")
    desk.today = "2026-12-01"
    talked(
        desk,
        *("close", CASE),
        answers=(
            ("終結の理由", "中断"),
            ("終わりの日", ""),
            ("最終接触", ""),
            ("これまでの働きかけ", "訪問を3回"),
            ("", ""),
            ("安否の確認", "民生委員が11月28日に確認"),
            (SUMMARY, ""),
            ("(y/N)", "y"),
        ),
    )
    data = desk.json("show", CASE)
    assert (data["stage"], data["ends"][0]["last_contact_on"]) == ("interrupted", "2026-10-16")


def test_staff_add(desk: Desk) -> None:
    talked(
        desk,
        *("staff", "add"),
        answers=(
            ("コード", "K 9"),
            ("英小文字", "k09"),
            ("氏名", "上田"),
            ("所属", "子育て支援課"),
            ("窓口", "kodomo-katei"),
            ("役割", ""),
            (SUMMARY, ""),
        ),
    )
    (row,) = [row for row in desk.json("staff", "list") if row["staff"] == "k09"]
    assert (row["name"], row["window"], row["role"]) == ("上田", "kodomo-katei", "window_worker")


def test_init_asks_whose_windows(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "new.db")
    talked(
        desk,
        "init",
        answers=(
            ("窓口の一覧", "nowhere.csv"),
            ("ファイルがありません", ""),
        ),
    )
    assert desk.json("windows", "csw")
    with at_terminal(desk, "init") as terminal:  # twice is the same as once, and asks nothing
        assert terminal.end() == 0


def test_any_other_command_asks_for_what_it_lacks_and_no_more(desk: Desk) -> None:
    answers = (
        ("誰が見守りますか", "民生委員"),
        ("どのくらいの間隔で", "ときどき"),
        ("いつまで", "2027-03-31"),
        ("どのような様子", "灯りがつかない"),
        (SUMMARY, ""),
        ("間隔として読めません", "月１回"),
        (SUMMARY, ""),
    )
    desk.ok("decide", "M2026-0001", "1", "--outcome", "approach", today="2026-10-16")
    talked(desk, *("watch", CASE), answers=answers)
    assert desk.json("show", CASE)["watch"]["every"] == "1m"
    talked(desk, *("route", CASE, "--to", "kaigo", "--person", "C"), answers=(("根拠", "none_shared"),))


SAME = (
    ("窓口", "korei-sogo"),
    ("受付日", ""),
    ("相談経路", "本人"),
    ("ご本人のお名前", "高橋節子"),
    ("ふりがな", "ﾀｶﾊｼｾﾂｺ"),
    ("生年月日", ""),
)
REST = (
    ("続柄", ""),
    ("性別", ""),
    ("困りごと", "かいご"),
    ("ほかになければ", ""),
    ("住所", ""),
    ("電話番号", ""),
    ("同じ世帯の方", ""),
    ("世帯全体", ""),
    ("ご相談の内容", ""),
    (SUMMARY, ""),
)


@pytest.mark.parametrize(
    ("household", "people"), [("household", ["A", "B", "C", "D"]), ("person", ["A", "B", "C"]), ("", ["A", "B", "C"])]
)
def test_somebody_known_is_shown_with_the_reasons_and_leads_into_a_merge(
    desk: Desk, household: str, people: list[str]
) -> None:
    shown = talked(
        desk,
        "intake",
        answers=(*SAME, ("この方ですか", "同じ"), *REST, ("2026-0001と2026-0002は", household)),
    )
    assert "同じ方かもしれない記録があります" in shown
    assert "2026-0001 C 髙橋 節子" in shown
    data = desk.json("show", CASE)
    assert [p["label"] for p in data["people"]] == people
    ended = desk.json("show", "2026-0002")["stage"] == "closed"
    assert ended is (household == "household")
    merged = [row["label"] for row in desk.json("find", "たかはしせつこ") if row["case"] == CASE]
    assert merged == ["C"]
    if not household:
        assert "toshima merge 2026-0001 2026-0002" in shown
    # what follows by itself is no line to paste
    assert "merge 2026-0001/" not in shown
    assert "、。" not in shown
    kinds = [entry["kind"] for entry in desk.json("show", CASE, "--timeline")["timeline"]]
    assert ("same" in kinds, "left" in kinds) == (household == "household", False)


def test_somebody_else_is_taken_in_as_somebody_else(desk: Desk) -> None:
    shown = talked(desk, "intake", answers=(*SAME, ("この方ですか", "別の方"), *REST))
    assert "同じ世帯ですか" not in shown
    assert [row["case"] for row in desk.json("find", "たかはしせつこ")] == ["2026-0002", "2026-0001"]


def test_nobody_of_a_restricted_case_is_shown_to_others(desk: Desk) -> None:
    desk.ok("--as", "k03", "split", CASE, "C", "--reason", "避難")
    shown = talked(desk, "--as", "e01", "intake", answers=(*SAME[:-1], SAME[-1], ("続柄", ""), *REST[1:]))
    assert "同じ方" not in shown
    assert "節子" in shown


def test_what_was_typed_of_a_case_that_is_others_own_by_now_is_given_back(desk: Desk) -> None:
    with at_terminal(desk, "--as", "e01", "progress") as terminal:
        for see, text in (("事例", CASE), ("方法", "visit"), ("日付", ""), ("どなた", ""), ("経過の内容", "長い記録")):
            terminal.answer(text, see=see)
        terminal.answer("")
        terminal.see("新たに")
        terminal.press(CTRL_C)
        assert terminal.end() == 130
    desk.ok("--as", "k03", "split", CASE, "A", "B", "C", "--reason", "避難")
    with at_terminal(desk, "--as", "e01", "progress") as terminal:
        terminal.answer("", see="下書き")
        assert terminal.end() == 4
        assert "書き写してください" in terminal.shown
        assert "長い記録" in terminal.shown
        assert "由美子" not in terminal.shown


def test_a_desk_without_room_for_drafts_says_so_once_and_goes_on(desk: Desk, data_folder: Path) -> None:
    data_folder.parent.mkdir(exist_ok=True)
    data_folder.write_text("a file where a folder should be")
    answers = (
        ("方法", "visit"),
        ("日付", ""),
        ("どなた", ""),
        ("経過の内容", "会えた"),
        ("", ""),
        ("新たに", ""),
        ("次の", ""),
    )
    shown = talked(desk, *("progress", CASE), answers=(*answers, (SUMMARY, "")))
    assert shown.count("下書きを残せません") == 1
    assert len(desk.json("show", CASE)["progress"]) == 1


def test_the_same_in_english(desk: Desk) -> None:
    desk.lang = "en"
    shown = talked(
        desk,
        *("progress", CASE),
        answers=(
            ("Contact by", "phone"),
            ("On", "today"),
            ("About whom", "C"),
            ("What happened", "She was at home."),
            ("", ""),
            ("Found on the way", ""),
            ("Next step on", ""),
            ("Number of a line", ""),
        ),
    )
    assert "2026-10-16 (Fri)" in shown
    assert desk.json("show", CASE)["progress"][0]["method"] == "phone"


def test_the_naughty_strings_pasted_into_a_prompt_are_kept_as_they_are_and_shown_as_signs(desk: Desk) -> None:
    """One paste of all that is more than plain letters. A key (ESC) and another system's line break are no text."""
    strings = [s for s in naughty() if readable(s) and s.strip() and not {"\x1b", "\r"} & set(s)]
    text = "\n".join(s for s in strings if not s.isascii() or visible(s) != s)
    assert len(text) < LONGEST_TEXT
    with at_terminal(desk, "progress", CASE, "--method", "visit", rows=200) as terminal:
        for see, answer in (("日付", ""), ("どなたのことか", "")):
            terminal.answer(answer, see=see)
        terminal.see("経過の内容")
        drawn = len(terminal.raw)
        terminal.press(f"\x1b[200~{text}\x1b[201~")
        terminal.answer("")
        terminal.answer("", see="")
        for see in ("新たにわかったこと", "次の対応の日", SUMMARY):
            terminal.answer("", see=see)
        assert terminal.end() == 0
        shown = terminal.raw[drawn:]
    (note,) = desk.json("show", CASE)["progress"]
    assert note["text"].split("\n") == text.split("\n")
    raw = {c for c in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>78]", "", shown) if visible(c) != c} - set(
        "\r\n\b"
    )  # which draw
    assert "␈" in shown
    selectors = {c for c in raw if "\ufe00" <= c <= "\ufe0f"}  # after an ideograph they choose its form
    assert raw - selectors == set()
