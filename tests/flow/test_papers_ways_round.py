"""Ways round the papers of a sitting that were found by trying, each closed.

架田 梓椿 (A, consents), 楓柊 (B) and 菫蓮 (C); 蔦森 苔雫 told of them. k03 coordinates, c01 is of the window csw, e01
of korei-sogo, e02 works in an office called like that window. A sitting on 20 October expects k03, e01 and c01.
"""

from pathlib import Path

import pytest

from tests.desk import NearDesk, copy

CASE, HELD = "2026-0001", "M2026-0001"
SHARING = ("--scope", "sharing", "--method", "oral")
NOTE = f"{CASE}/note"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = NearDesk(tmp_path_factory.mktemp("round") / "books.db", today="2026-10-05")
    desk.ok("init")
    desk.ok("staff", "add", "k03", "--name", "青木", "--office", "福祉総務課", "--role", "coordinator")
    desk.ok("staff", "add", "c01", "--name", "森", "--office", "CSW", "--window", "csw")
    desk.ok("staff", "add", "e01", "--name", "原", "--office", "高齢", "--window", "korei-sogo")
    desk.ok("staff", "add", "e02", "--name", "東", "--office", "高齢者総合相談センター", "--role", "window_worker")
    people = ("A|架田 梓椿||1970-01-01", "B|架田 楓柊||2000-01-01", "C|架田 菫蓮||1945-01-01")
    typed = (word for person in people for word in ("--person", person))
    told = ("--reporter", "蔦森 苔雫", "--reporter-relation", "床屋", "--channel", "neighbour")
    note = ("--note", "印世帯。楓柊が見えない")
    desk.ok("--as", "k03", "intake", "--window", "csw", *typed, "--concern", "A:job!", *told, *note)
    desk.ok("--as", "k03", "route", CASE, "--complex", "--coordinator", "k03")
    desk.ok("--as", "k03", "consent", CASE, "A", "--given", *SHARING)
    words = ("--on", "2026-10-20", "--attendee", "k03,e01,c01", "--place", "市民会館")
    desk.ok("--as", "k03", "convene", "subcommittee", *words)
    return desk.db


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(template, tmp_path / "books.db"), today="2026-10-08")


def k03(desk: NearDesk, *words: str, today: str = "2026-10-07") -> None:
    desk.ok("--as", "k03", *words, today=today)


def paper(desk: NearDesk, tmp_path: Path, reader: str, *more: str, who: str = "k03", meeting: str = HELD) -> str:
    file = tmp_path / f"{reader[:3]}-{len(list(tmp_path.iterdir()))}.md"
    more = more or ("--without", NOTE)
    desk.ok("--as", who, "agenda", meeting, "--for", reader, "-o", str(file), *more)
    return file.read_text()


def test_the_place_and_who_comes_from_outside_of_a_sitting_with_a_restricted_case(
    desk: NearDesk, tmp_path: Path
) -> None:
    k03(desk, "attend", HELD, "--guest", "白川|婦人保護施設", "--expected", "--secrecy")
    k03(desk, "attend", HELD, "e01", "--expected", "--secrecy")
    k03(desk, "split", CASE, "C", "--reason", "避難")
    k03(desk, "agenda", HELD, "--add", "2026-0002")
    assert "市民会館" in paper(desk, tmp_path, "k03")
    text = paper(desk, tmp_path, "e01")
    assert [word in text for word in ("市民会館", "白川", "2026-0002", "菫蓮")] == [False] * 4
    k03(desk, "attend", HELD, "k03", "e01", "--guest", "白川|婦人保護施設", today="2026-10-20")
    k03(desk, "decide", HELD, "1", "--outcome", "continue", today="2026-10-20")
    words = ("--as", "k03", "minutes", HELD, "-f", "md")
    assert "白川" in desk.ok(*words, today="2026-10-21").out
    out = desk.ok(*words, "--for", "e01", today="2026-10-21").out
    assert [word in out for word in ("市民会館", "白川", "婦人保護施設")] == [False] * 3


def test_a_place_that_says_somebody_under_restriction(desk: NearDesk, tmp_path: Path) -> None:
    words = ("--on", "2026-10-27", "--attendee", "k03,e01", "--place", "菫蓮さんの新居")
    k03(desk, "convene", "subcommittee", *words)
    k03(desk, "split", CASE, "C", "--reason", "避難")
    assert "菫蓮" not in paper(desk, tmp_path, "e01", meeting="M2026-0002")


def test_a_place_that_says_somebody_masked_by_a_former_name(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "convene", "subcommittee", "--on", "2026-10-27", "--attendee", "k03,e01", "--place", "楓柊宅")
    k03(desk, "person", "edit", CASE, "B", "--name", "架田 紅葉", "--reason", "改名")
    assert "楓柊宅" not in desk.ok("--as", "e01", "agenda", "M2026-0002").out
    assert "楓柊宅" not in paper(desk, tmp_path, "e01", meeting="M2026-0002")


def test_a_gap_that_says_who_told_or_whose_name_was_learned_later(desk: NearDesk, tmp_path: Path) -> None:
    words = ("gap", "add", "--kind", "resource", "--case", CASE, "--text")
    assert desk.refused("--as", "k03", *words, "苔雫さんのような見守りが足りない")["rule"] == "gap.named"
    k03(desk, "person", "edit", CASE, "C", "--name", "none", "--reason", "聞き違い")
    k03(desk, *words, "蓮華さんの行き場が足りない")
    k03(desk, "person", "edit", CASE, "C", "--name", "架田 蓮華", "--reason", "聞いた")
    assert "蓮華さん" not in paper(desk, tmp_path, "e01")
    listed = desk.ok("--as", "e01", "gap", "list").out
    assert [word in listed for word in ("蓮華さん", "G1")] == [False, True]
    # nor does an answer given before the name was known
    k03(desk, "gap", "answer", "G1", "--text", "菊代さんのための場所を探す")
    k03(desk, "person", "edit", CASE, "C", "--name", "架田 菊代", "--reason", "聞き直した")
    assert "菊代さん" not in desk.ok("--as", "e01", "gap", "list", "-f", "json").out
    # and the words of any other are looked at
    k03(desk, *words, "夜の居場所が足りない")
    typed = desk.run("--as", "k03", "agenda", HELD, "--for", "e01", "-o", str(tmp_path / "x.md"), "--without", NOTE)
    assert (typed.code, "--checked G2" in typed.err) == (6, True)


def test_a_text_in_two_items_is_asked_about_with_every_reason(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "attend", HELD, "e01", "--expected", "--secrecy")
    typed = desk.run("--as", "k03", "--lang", "en", "agenda", HELD, "--for", "e01", "-o", str(tmp_path / "x.md"))
    said = " ".join(typed.err.split())
    assert "item 1: it names somebody who is not shown" in said
    assert "item 2: it may tell who told of the case" in said


def test_what_was_said_under_secrecy_is_asked_again_under_consent(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "attend", HELD, "e01", "--expected", "--secrecy")
    k03(desk, "person", "leave", CASE, "C", "--reason", "moved_out")
    assert "印世帯" in paper(desk, tmp_path, "e01", "--checked", NOTE)
    k03(desk, "consent", CASE, "A", "--withdrawn", *SHARING)
    k03(desk, "consent", CASE, "B", "--given", *SHARING)
    typed = desk.run("--as", "k03", "agenda", HELD, "--for", "e01", "-o", str(tmp_path / "x.md"))
    assert (typed.code, f"--checked {NOTE}" in typed.err) == (6, True)


def test_a_colleague_without_a_window_whose_office_is_called_like_one(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "attend", HELD, "e02", "--expected")
    k03(desk, "consent", CASE, "B", "--given", *SHARING, "--excluding", "korei-sogo")
    assert "楓柊" not in paper(desk, tmp_path, "e02")
    assert "楓柊" in paper(desk, tmp_path, "c01")
    # the coordinator's section runs windows, and is none
    assert "楓柊" in paper(desk, tmp_path, "k03")


def test_who_prints_for_a_holder_reads_no_label_held_back_from_them(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "progress", CASE, "--method", "visit", "--note", "Cは避難先を探している")
    k03(desk, "split", CASE, "C", "--reason", "避難")
    words = ("--as", "c01", "agenda", HELD, "--for", "k03", "-o", str(tmp_path / "x.md"))
    typed = desk.run(*words, "--without", NOTE)
    assert (typed.code, "N1" in typed.err) == (0, False)
    assert "避難先" not in (tmp_path / "x.md").read_text()


def test_the_copy_of_a_guest_others_know_nothing_of(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "attend", HELD, "--guest", "白川|婦人保護施設", "--expected")
    k03(desk, "split", CASE, "C", "--reason", "避難")
    k03(desk, "agenda", HELD, "--add", "2026-0002")
    paper(desk, tmp_path, "白川")
    rows = desk.json("--as", "k03", "agenda", HELD, "--copies")
    assert [(row["name"], row["why"]) for row in rows] == [("白川", [])]
    assert desk.json("--as", "c01", "agenda", HELD, "--copies") == []
    done = desk.ok("--as", "c01", "consent", CASE, "A", "--withdrawn", *SHARING)
    assert "白川" not in done.out + done.err


def test_minutes_are_kept_by_who_keeps_them(desk: NearDesk) -> None:
    k03(desk, "consent", CASE, "B", "--given", *SHARING, "--excluding", "korei-sogo")
    k03(desk, "attend", HELD, "k03", today="2026-10-20")
    k03(desk, "decide", HELD, "1", "--outcome", "continue", "--note", "楓柊さんの話", today="2026-10-20")
    k03(desk, "decide", HELD, "2", "--outcome", "approach", "--note", "菫蓮さんに会う", today="2026-10-20")
    assert "菫蓮さんに会う" in desk.ok("--as", "k03", "minutes", HELD, today="2026-10-21").out
    found = desk.json("--as", "e01", "minutes", HELD, "--without", f"{HELD}/1", today="2026-10-21")
    assert (found["items"][0]["people"], found["items"][1]["people"]) == (["A"], [])
    out = desk.ok("--as", "e01", "minutes", HELD, today="2026-10-21").out
    assert [word in out for word in ("楓柊", "菫蓮")] == [False, False]
    assert desk.run("--as", "e02", "minutes", HELD, today="2026-10-21").code == 4


def test_a_sitting_that_moves_behind_the_end_of_a_consent_asks_its_copies_back(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "consent", CASE, "A", "--given", *SHARING, "--until", "2026-10-22")
    paper(desk, tmp_path, "e01")
    words = ("meetings", "--move", HELD, "--to", "2026-10-27", "--reason", "台風")
    done = desk.json("--as", "k03", *words)
    assert "paper.collect" in [w["rule"] for w in done["warnings"]]


def test_an_item_that_is_left_out_asks_its_copies_back(desk: NearDesk, tmp_path: Path) -> None:
    paper(desk, tmp_path, "e01")
    done = desk.json("--as", "k03", "agenda", HELD, "--drop", "1")
    assert "paper.collect" in [w["rule"] for w in done["warnings"]]


def test_minutes_of_two_who_may_know_different_things_stay_their_two_versions(desk: NearDesk) -> None:
    k03(desk, "split", CASE, "C", "--reason", "避難")
    k03(desk, "agenda", HELD, "--add", "2026-0002")
    k03(desk, "attend", HELD, "k03", "c01", today="2026-10-20")
    versions = [
        desk.json("--as", who, "minutes", HELD, today="2026-10-21")["version"] for who in ("k03", "c01", "k03", "c01")
    ]
    assert versions == [1, 2, 1, 2]


def test_the_surname_of_who_told_before_what_they_are(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "progress", CASE, "--method", "phone", "--person", "A", "--note", "蔦森委員から電話。元気そう")
    assert "元気そう" not in paper(desk, tmp_path, "k03")


def test_who_was_split_off_stands_in_no_paper_of_the_household_of_an_earlier_day_either(
    desk: NearDesk, tmp_path: Path
) -> None:
    k03(desk, "consent", CASE, "B", "--given", *SHARING, "--on", "2026-10-05")
    k03(desk, "convene", "subcommittee", "--on", "2026-10-06", "--attendee", "k03")
    assert "楓柊" in paper(desk, tmp_path, "k03", meeting="M2026-0002")
    k03(desk, "split", CASE, "B", "--reason", "避難")
    text = paper(desk, tmp_path, "k03", meeting="M2026-0002")
    assert ("梓椿" in text, "楓柊" in text) == (True, False)


def test_a_hand_out_dated_before_its_reader_acknowledged_secrecy(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "attend", HELD, "e01", "--expected", "--secrecy")
    assert "菫蓮" in paper(desk, tmp_path, "e01")
    assert "菫蓮" not in paper(desk, tmp_path, "e01", "--without", NOTE, "--on", "2026-10-06")


def test_a_copy_whose_reader_is_not_expected_any_more_is_asked_back(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "attend", HELD, "--guest", "白川|保健所", "--expected", "--secrecy")
    paper(desk, tmp_path, "白川")
    desk.ok("--as", "k03", "undo", "--yes")
    rows = desk.json("--as", "k03", "agenda", HELD, "--copies")
    assert [(row["name"], bool(row["why"])) for row in rows] == [("白川", True)]
    found = desk.run("--as", "k03", "agenda", HELD, "--for", "白川", "-o", str(tmp_path / "x.md"), "-f", "md")
    assert (found.code, "--guest '白川' --expected" in found.err) == (4, True)


def test_of_a_held_item_the_others_stay_readable_once_somebody_was_split_off(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "attend", HELD, "k03", "--secrecy", today="2026-10-20")
    desk.today = "2026-10-21"
    assert ["楓柊" in paper(desk, tmp_path, "k03"), "菫蓮" in paper(desk, tmp_path, "k03")] == [True, True]
    k03(desk, "split", CASE, "C", "--reason", "避難", today="2026-10-21")
    text = paper(desk, tmp_path, "k03")
    assert ("楓柊" in text, "菫蓮" in text, "世帯員C（共有対象外）" in text) == (True, False, True)


def test_a_new_copy_after_the_sitting_shows_nobody_who_withdrew_since(desk: NearDesk, tmp_path: Path) -> None:
    k03(desk, "attend", HELD, "k03", "e01", today="2026-10-20")
    k03(desk, "decide", HELD, "1", "--outcome", "continue", "--note", "梓椿と話す", today="2026-10-20")
    line = ("--as", "k03", "agenda", HELD, "--for", "e01", "-o", str(tmp_path / "x.md"), "--without", NOTE)
    desk.ok(*line, today="2026-10-21")
    assert "梓椿" in (tmp_path / "x.md").read_text()
    withdrawn = ("consent", CASE, "A", "--withdrawn", *SHARING, "--on", "2026-10-22")
    typed = desk.run("--as", "k03", *withdrawn, today="2026-10-23")
    assert (typed.code, f"{HELD}の写し1" in typed.err) == (0, True), typed.err  # what is out is asked back
    minutes = ("--as", "k03", "minutes", HELD, "-f", "md")
    assert "梓椿" not in desk.ok(*minutes, "--for", "e01", today="2026-10-23").out
    # the office keeps what its sitting dealt with
    assert "梓椿" in desk.ok(*minutes, today="2026-10-23").out
    # nor does a hand-out that is dated back to before
    for more in ((), ("--on", "2026-10-21")):
        typed = desk.run(*line, "--force", *more, today="2026-10-23")
        assert (typed.code, "撤回" in typed.err) == (3, True), typed.err
