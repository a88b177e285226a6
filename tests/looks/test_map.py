"""The household and who supports it: what stands on it, for whom, at two widths."""

import os
import stat
from pathlib import Path
from unicodedata import east_asian_width
from xml.etree import ElementTree

import pytest

from tests.desk import NearDesk
from tests.looks.test_find import family, restricted, sql
from toshima_cli.ui.text import width

CASE = "2026-0001"


def supports(desk: NearDesk, *words: str) -> list[tuple[str, str, str | None, str]]:
    return [(s["who"], s["kind"], s["person"], s["status"]) for s in desk.json(*words, "map", CASE)["supports"]]


def gone(desk: NearDesk, label: str, reason: str, *, on: str = "2026-11-02", to: int | None = None) -> None:
    seq, member = sql(desk, "SELECT seq, id FROM member WHERE label = ? AND case_id = 1", label)[0]
    columns = "(seq, on_date, member_id, reason, to_case_id, hidden)"
    sql(desk, f"INSERT INTO departure {columns} VALUES (?, ?, ?, ?, ?, ?)", seq, on, member, reason, to, to is not None)


class TestWhoIsThere:
    def test_the_keys(self, engaging: NearDesk) -> None:
        data = engaging.json("map", CASE)
        assert list(data) == ["case", "people", "supports", "gaps"]
        assert list(data["supports"][0])[:6] == ["who", "kind", "person", "since", "status", "last_contact_on"]
        assert [(p["label"], p["age"], p["relation"]) for p in data["people"]] == [
            ("A", 58, "head"),
            ("B", 19, "child"),
            ("C", 84, "parent"),
        ]

    def test_who_left_and_who_died(self, engaging: NearDesk) -> None:
        gone(engaging, "B", "moved_out")
        gone(engaging, "C", "deceased", on="2026-01-10")
        people = {p["label"]: p for p in engaging.json("map", CASE)["people"]}
        assert (people["A"]["left_on"], people["B"]["left_reason"]) == (None, "moved_out")
        assert (people["C"]["left_on"], people["C"]["age"]) == ("2026-01-10", 83)
        lines = [line for line in engaging.ok("map", CASE).out.splitlines() if line.startswith("|-- ")]
        assert [line[4] for line in lines[:3]] == ["A", "B", "C"]

    def test_alerts_stand_first(self, engaging: NearDesk) -> None:
        sql(engaging, "UPDATE person SET visit_alert = '一人で訪問しない', contact_rule = '郵便不可' WHERE id = 2")
        out = engaging.ok("map", CASE).out
        assert out.index("一人で訪問しない") < out.index("郵便不可") < out.index(CASE)

    def test_an_alert_that_names_who_told_is_there_without_its_words(self, engaging: NearDesk) -> None:
        (name,) = sql(engaging, "SELECT name FROM reporter WHERE case_id = 1")[0]
        sql(engaging, f"UPDATE person SET visit_alert = '{name}さんと行く', contact_rule = '郵便不可' WHERE id = 2")
        out = engaging.ok("map", CASE).out
        assert [word in out for word in (name, "訪問の注意", "郵便不可")] == [False, True, True]
        assert f"{name}さんと行く" in engaging.ok("show", CASE).out

    def test_the_last_contact_is_with_whom_it_was(self, engaging: NearDesk) -> None:
        engaging.ok("progress", CASE, "--method", "visit", "--person", "B", "--note", "面談", "--on", "2026-11-10")
        engaging.ok("progress", CASE, "--method", "visit", "--note", "訪問", "--on", "2026-11-12")
        data = engaging.json("map", CASE)
        assert [p["last_contact_on"] for p in data["people"]] == [None, "2026-11-10", None]
        assert data["supports"][0]["last_contact_on"] == "2026-11-12"

    def test_who_lives_together(self, engaging: NearDesk) -> None:
        sql(engaging, "UPDATE household SET address = '架空町1-2-3'")
        sql(engaging, "UPDATE person SET address = '架空町一丁目2番3号' WHERE id = 2")
        sql(engaging, "UPDATE person SET address = '架空町9-9-9' WHERE id = 3")
        assert [p["at_home"] for p in engaging.json("map", CASE)["people"]] == [True, True, False]
        gone(engaging, "B", "moved_out")
        assert [p["at_home"] for p in engaging.json("map", CASE)["people"]] == [True, False, False]
        sql(engaging, "UPDATE household SET address = NULL")
        assert [p["at_home"] for p in engaging.json("map", CASE)["people"]] == [True, False, True]

    def test_generations_stand_under_each_other(self, engaging: NearDesk) -> None:
        out = engaging.ok("map", CASE, TOSHIMA_LANG="en", COLUMNS="80").out
        lines = [line[18:] for line in out.splitlines()]
        signs = [line.split("   ")[0] for line in lines if line.startswith(("(", "|"))]
        assert signs == ["(C) 節子", "|", "((A)) 由美子", "|--- [B] 優太"]
        gone(engaging, "C", "deceased", on="2026-01-10")
        assert "(C x)" in engaging.ok("map", CASE).out
        sql(engaging, "UPDATE member SET relation = 'other' WHERE label = 'A'")
        assert {"(A)", "[B]"} <= set(engaging.ok("map", CASE).out.split())

    def test_the_signs_are_one_cell_wide_on_every_terminal(self, engaging: NearDesk) -> None:
        out = engaging.ok("map", CASE).out
        assert {c for c in out if east_asian_width(c) == "A"} == set()


class TestWhoSupports:
    def test_coordinator_and_window_stand_for_the_household(self, engaging: NearDesk) -> None:
        assert supports(engaging) == [
            ("k03", "coordinator", None, "assigned"),
            ("csw", "window", None, "received"),
        ]

    def test_where_somebody_was_passed_on_to_until_it_is_turned_away(self, engaging: NearDesk) -> None:
        sent = ("route", CASE, "--person", "B", "--on", "2026-11-17", "--to", "hikikomori", "--ground")
        engaging.ok(*sent, "emergency", "--reason", "危険")
        engaging.ok(*sent, "none_shared")
        rows = supports(engaging)[2:]
        assert [row[1:] for row in rows] == [("window", "B", "sent")]
        engaging.ok("route", CASE, "--accept", "R2026-0002")
        engaging.ok("route", CASE, "--decline", "R2026-0001", "--reason", "定員")
        assert [row[1:] for row in supports(engaging)[2:]] == [("window", "B", "accepted")]

    def test_a_report_by_law_is_its_own_peoples(self, engaging: NearDesk) -> None:
        engaging.ok("route", CASE, "--to", "korei-sogo", "--person", "C", "--ground", "statutory_report")
        assert len(supports(engaging)) == len(supports(engaging, "--as", "k03")) == 3
        assert len(supports(engaging, "--as", "e01")) == 2
        assert "高齢者総合相談センター" not in engaging.ok("--as", "e01", "map", CASE).out

    def test_what_the_plan_agreed_and_what_is_done(self, planning: NearDesk) -> None:
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved", "--on", "2026-11-19")
        (number, label), *_ = sql(
            planning, "SELECT x.number, m.label FROM action x JOIN member m ON m.id = x.member_id ORDER BY x.id"
        )
        assert {status for _, _, _, status in supports(planning)[2:]} == {"agreed"}
        planning.ok("progress", CASE, "--method", "phone", "--note", "終わった", "--done", number)
        assert [row[2:] for row in supports(planning) if row[3] == "completed"] == [(label, "completed")]
        assert planning.ok("map", CASE).out

    def test_a_watcher_outreach_and_what_is_lacking(self, engaging: NearDesk) -> None:
        seq = sql(engaging, "SELECT MAX(seq) FROM act")[0][0]
        fact = "VALUES (?, '2026-11-01',"
        sql(
            engaging,
            f"INSERT INTO outreach (seq, on_date, case_id, why, programme_code) {fact} 1, 'refuses', 'o-csw')",
            seq,
        )
        sql(engaging, f"INSERT INTO gap (seq, on_date, case_id, kind, text) {fact} 1, 'resource', '夜の居場所')", seq)
        sql(engaging, f"INSERT INTO gap (seq, on_date, case_id, kind, text) {fact} 1, 'system', '節子さんの件')", seq)
        sql(engaging, f"INSERT INTO gap_step (seq, on_date, gap_id, status) {fact} 2, 'answered')", seq)
        engaging.ok("watch", CASE, "--by", "森", "--every", "1m", "--until", "2027-01-20", "--sign", "郵便物")
        assert {("o-csw", "programme", None, "outreach"), ("森", "watcher", None, "watching")} <= set(
            supports(engaging)
        )
        gaps = engaging.json("map", CASE)["gaps"]
        assert [(gap["gap"], gap["kind"], gap["status"]) for gap in gaps] == [("G1", "resource", "raised")]
        assert "夜の居場所" in engaging.ok("map", CASE).out


class TestWhatItLeavesOut:
    def test_somebody_under_restriction_is_a_label(self, engaging: NearDesk) -> None:
        engaging.ok("route", CASE, "--to", "korei-sogo", "--person", "C", "--ground", "emergency", "--reason", "危険")
        engaging.ok("progress", CASE, "--method", "visit", "--person", "C", "--note", "面談")
        restricted(engaging, family(engaging, "A|佐藤 花子|||female|head"), "k03")
        gone(engaging, "C", "other", to=2)
        data = engaging.json("map", CASE)
        person = data["people"][2]
        assert (person.pop("label"), person.pop("withheld")) == ("C", True)
        assert set(person.values()) == {None}
        assert "C" not in {s["person"] for s in data["supports"]}
        assert data["supports"][0]["last_contact_on"] is None
        out = engaging.ok("map", CASE).out
        assert "節子" not in out
        assert "母" not in out
        assert "節子" in engaging.ok("--as", "k03", "map", CASE).out

    def test_a_restricted_case_is_not_found(self, engaging: NearDesk) -> None:
        restricted(engaging, CASE, "k03")
        assert engaging.run("map", CASE).code == 4
        engaging.ok("--as", "k03", "map", CASE)

    def test_masked_it_names_nobody(self, engaging: NearDesk) -> None:
        engaging.ok("watch", CASE, "--by", "節子さんの妹", "--every", "1m", "--until", "2027-01-20", "--sign", "郵便物")
        for form in ("table", "json"):
            out = engaging.ok("--mask", "map", CASE, "-f", form).out
            assert "T.Y." in out
            assert "節子" not in out

    def test_the_look_is_journaled(self, engaging: NearDesk) -> None:
        engaging.ok("map", CASE)
        assert sql(engaging, "SELECT verb, about FROM journal ORDER BY entry DESC LIMIT 1") == [
            ("map", f"case:{CASE} person:1 person:2 person:3")
        ]


class TestAsAPicture:
    def test_it_is_one_file_for_its_writer_alone(self, engaging: NearDesk, tmp_path: Path) -> None:
        file = tmp_path / "map.svg"
        typed = engaging.ok("map", CASE, "-o", str(file))
        assert typed.out == ""
        root = ElementTree.fromstring(file.read_bytes())
        assert root.tag.endswith("svg")
        assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_a_file_that_exists_is_left_alone(self, engaging: NearDesk, tmp_path: Path) -> None:
        file = tmp_path / "map.svg"
        file.write_text("kept", encoding="utf-8")
        assert engaging.run("map", CASE, "-o", str(file)).code == 2
        assert file.read_text(encoding="utf-8") == "kept"
        engaging.ok("map", CASE, "-o", str(file), "--force")
        assert file.read_bytes().startswith(b"<?xml")

    @pytest.mark.parametrize("words", [("-o", "map.png"), ("-f", "svg"), ("-o", "map.svg", "-f", "json")])
    def test_what_is_not_offered(self, engaging: NearDesk, words: tuple[str, ...]) -> None:
        assert engaging.run("map", CASE, *words).code == 2

    def test_the_look_is_journaled_like_the_screen(self, engaging: NearDesk, tmp_path: Path) -> None:
        engaging.ok("map", CASE, "-o", str(tmp_path / "map.svg"))
        assert sql(engaging, "SELECT verb, about FROM journal ORDER BY entry DESC LIMIT 1") == [
            ("map", f"case:{CASE} person:1 person:2 person:3")
        ]

    def test_the_same_map_gives_the_same_bytes(self, engaging: NearDesk, tmp_path: Path) -> None:
        for name in ("one.svg", "two.svg"):
            engaging.ok("map", CASE, "-o", str(tmp_path / name), COLUMNS="40" if name == "one.svg" else "200")
        assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()

    def test_masked_it_names_nobody(self, engaging: NearDesk, tmp_path: Path) -> None:
        engaging.ok("watch", CASE, "--by", "節子さんの妹", "--every", "1m", "--until", "2027-01-20", "--sign", "郵便物")
        text = picture(engaging, tmp_path, "--mask")
        assert [word in text for word in ("T.Y.", "節子", "髙橋", "由美子")] == [True, False, False, False]

    def test_who_is_withheld_is_a_label(self, engaging: NearDesk, tmp_path: Path) -> None:
        restricted(engaging, family(engaging, "A|佐藤 花子|||female|head"), "k03")
        gone(engaging, "C", "other", to=2)
        for words in (["svg"], ["svg", "--as", "k03"]):
            text = picture(engaging, tmp_path, *words[1:])
            assert [word in text for word in ("節子", "母", ">84<")] == [False] * 3, "whoever draws it"

    def test_a_report_by_law_is_its_own_peoples(self, engaging: NearDesk, tmp_path: Path) -> None:
        engaging.ok("route", CASE, "--to", "korei-sogo", "--person", "C", "--ground", "statutory_report")
        assert "高齢者総合相談センター" in picture(engaging, tmp_path, "--as", "k03")
        assert "高齢者総合相談センター" not in picture(engaging, tmp_path, "--as", "e01")

    def test_who_told_is_not_said(self, engaging: NearDesk, tmp_path: Path) -> None:
        (name,) = sql(engaging, "SELECT name FROM reporter WHERE case_id = 1")[0]
        sql(engaging, f"UPDATE person SET visit_alert = '{name}さんと行く', contact_rule = '郵便不可' WHERE id = 2")
        text = picture(engaging, tmp_path)
        assert [word in text for word in (name, "訪問の注意", "郵便不可")] == [False, True, True]


def picture(desk: NearDesk, folder: Path, *root: str) -> str:
    file = folder / "map.svg"
    desk.ok(*root, "map", CASE, "-o", str(file), "--force")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", ["80", "120"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_it_fits_the_screen(planning: NearDesk, columns: str, lang: str) -> None:
    planning.ok("decide", "M2026-0002", "1", "--outcome", "approved", "--on", "2026-11-19")
    out = planning.ok("map", CASE, COLUMNS=columns, TOSHIMA_LANG=lang).out
    assert max(map(width, out.splitlines())) <= int(columns)
    assert "\x1b" not in out


def test_no_picture_of_the_household_shows_who_left_in_hiding(engaging: NearDesk, tmp_path: Path) -> None:
    """Whoever draws it, since a picture is passed on (rule 11); on the screen their own people see them."""
    engaging.ok("staff", "add", "k09", "--name", "岸", "--office", "福祉総務課", "--role", "coordinator")
    engaging.ok("--as", "k03", "split", CASE, "C", "--reason", "避難")
    file = tmp_path / "map.svg"
    engaging.ok("--as", "k03", "map", CASE, "-o", str(file))
    assert "節子" not in file.read_text(encoding="utf-8")
    assert "節子" in engaging.ok("--as", "k03", "map", CASE).out
    assert "節子" not in engaging.ok("--as", "k09", "map", CASE).out
