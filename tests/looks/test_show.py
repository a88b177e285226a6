"""One case on one screen, and everything of it in order: what must be there, what must not, and how long it gets."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, copy
from tests.flow.test_merge import TWIN, told_twice, twice
from tests.looks.test_find import sql
from toshima_cli import demo
from toshima_cli.ui.text import width

__all__ = ["told_twice", "twice"]

CASE = "2026-0001"
LINES = 32
"""Of a screen of 80 columns in Japanese, for the household of the demonstration at any time of its life."""


def timeline(desk: NearDesk, *root: str, case: str = CASE, today: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.json(*root, "show", case, "--timeline", today=today)["timeline"]
    return found


def kinds(entries: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [entry for entry in entries if entry["kind"] == kind]


@pytest.fixture
def lived(demonstration: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(demonstration, tmp_path / "books.db"), today="2027-03-19")


class TestTheScreen:
    def test_household_a_fits_on_one_screen_at_any_time_of_its_life(self, tmp_path: Path) -> None:
        desk = NearDesk(tmp_path / "books.db")
        day, longest = "", 0
        for step in demo.story():
            if not step.line:
                continue
            if day and step.day != day and step.day > "2026-10-05":
                for lang, columns in (("ja", "80"), ("ja", "120"), ("en", "80"), ("en", "120")):
                    lines = desk.ok("show", CASE, today=day, TOSHIMA_LANG=lang, COLUMNS=columns).out.splitlines()
                    assert max(map(width, lines)) <= int(columns), (day, lang)
                    assert len(lines) <= LINES + (4 if lang == "en" else 0), (day, lang, columns)
                    longest = max(longest, len(lines))
            assert desk.run(*step.words, today=step.day).code == step.exit
            day = step.day
        assert longest > 20

    def test_consents_say_since_when(self, planning: NearDesk) -> None:
        out = planning.ok("show", CASE, TOSHIMA_LANG="en").out
        assert "A plan, sharing: given 11/02" in out
        assert "C plan, sharing: not obtained 11/02" in out

    def test_who_supports_whom_and_how_long_an_answer_is_awaited(self, planning: NearDesk) -> None:
        sent = ("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent", "--on", "2026-11-17")
        planning.ok(*sent)
        assert "days waited: 7" in planning.ok("show", CASE, TOSHIMA_LANG="en").out
        planning.ok("route", CASE, "--accept", "R2026-0001", "--on", "2026-11-20")
        out = planning.ok("show", CASE, TOSHIMA_LANG="en").out
        assert "days waited" not in out
        assert "accepted (11/20)" in out

    def test_a_late_action_says_so(self, planning: NearDesk) -> None:
        in_time, late = (
            " ".join(planning.ok("show", CASE, today=day, TOSHIMA_LANG="en").out.split())
            for day in ("2026-12-01", "2026-12-03")
        )
        assert "(days overdue: 2)" not in in_time
        assert "(due 12/01) (days overdue: 2)" in late

    def test_what_is_older_is_counted_and_where_it_is_said(self, engaging: NearDesk) -> None:
        assert "--timeline" not in engaging.ok("show", CASE).out
        for n in range(4):
            engaging.ok("progress", CASE, "--method", "phone", "--note", f"電話した{n}", "--on", f"2026-11-1{n}")
        out = engaging.ok("show", CASE, TOSHIMA_LANG="en").out
        assert "entries 2" in out
        assert f"toshima show {CASE} --timeline" in out
        assert ("電話した3" in out, "電話した1" in out) == (True, False)
        assert len(engaging.json("show", CASE)["progress"]) == 4

    def test_what_protects_is_never_cut(self, engaging: NearDesk) -> None:
        long = "留守番電話に残さない。" * 12
        engaging.ok("person", "edit", CASE, "B", "--contact-rule", long, "--visit-alert", long, "--reason", "本人から")
        engaging.ok("concern", "add", CASE, "--concern", "C:violence")
        for more in ((), ("--timeline",)):
            out = "".join(engaging.ok("show", CASE, *more).out.split())
            assert out.count(long) >= 2
            assert out.startswith("【通告・通報】")

    def test_the_address_given_without_anything_shared_says_so(self, engaging: NearDesk) -> None:
        engaging.ok("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "none_shared")
        assert "nothing shared" in engaging.ok("show", CASE, TOSHIMA_LANG="en").out


class TestTheTimeline:
    def test_it_is_there_only_where_it_is_asked_for(self, engaging: NearDesk) -> None:
        plain, whole = engaging.json("show", CASE), engaging.json("show", CASE, "--timeline")
        assert list(whole) == [*plain, "timeline"]
        assert list(whole["timeline"][0]) == ["on", "kind", "person", "text", "by", "undone", "seq"]

    def test_the_whole_life_of_household_a(self, lived: NearDesk) -> None:
        found = timeline(lived)
        assert [e["on"] for e in found] == sorted(e["on"] for e in found)
        assert {e["kind"] for e in found} == {
            "reception", "joined", "concern", "stage", "coordinator", "sitting", "approach", "action", "done",
            "contact", "consent", "referral", "answer", "plan", "confirmation", "watch", "end",
        }  # fmt: skip
        assert found[0]["kind"] == "reception"
        assert [(e["on"], e["person"]) for e in kinds(found, "consent")] == [
            ("2026-10-29", "C"),
            ("2026-11-02", "A"),
            ("2026-11-02", "B"),
        ]
        assert "民生委員に話した" in found[0]["text"]
        assert not any(e["undone"] for e in found)
        assert {e["by"] for e in found} == {"local", None}
        assert kinds(found, "stage")[-1]["on"] == "2027-03-19"

    def test_on_one_day_the_order_of_recording(self, engaging: NearDesk) -> None:
        engaging.ok("progress", CASE, "--method", "phone", "--note", "一", "--on", "2026-11-10")
        engaging.ok("consent", CASE, "A", "--refused", "--method", "oral", "--on", "2026-11-10")
        engaging.ok("progress", CASE, "--method", "phone", "--note", "二", "--on", "2026-11-09")
        assert [e["kind"] for e in timeline(engaging)][-3:] == ["contact", "contact", "consent"]

    def test_what_turned(self, engaging: NearDesk) -> None:
        engaging.ok("person", "add", CASE, "--person", "D|髙橋 一郎|||male|sibling", "--on", "2026-11-01")
        engaging.ok(
            "person", "edit", CASE, "B", "--birth", "2007-08-21", "--reason", "届出で確認", "--on", "2026-11-02"
        )
        engaging.ok("concern", "end", CASE, "--concern", "C:care", "--on", "2026-11-03")
        engaging.ok("person", "leave", CASE, "D", "--reason", "married", "--on", "2026-11-04")
        engaging.ok(
            "gap", "add", "--case", CASE, "--kind", "resource", "--text", "日中の居場所がない", "--on", "2026-11-05"
        )
        found = [(e["on"], e["kind"], e["person"]) for e in timeline(engaging) if e["on"] > "2026-10-31"]
        assert found == [
            ("2026-11-01", "joined", "D"),
            ("2026-11-02", "correction", "B"),
            ("2026-11-03", "concern_end", "C"),
            ("2026-11-04", "left", "D"),
            ("2026-11-05", "gap", None),
        ]
        assert "2007-08-21" in kinds(timeline(engaging), "correction")[0]["text"]

    def test_a_sitting_to_come_is_planned(self, engaging: NearDesk) -> None:
        engaging.ok("convene", "subcommittee", "--on", "2026-12-17")
        (last,) = [e for e in timeline(engaging) if e["on"] > "2026-11-24"]
        assert (last["kind"], last["on"]) == ("sitting", "2026-12-17")
        assert "(planned)" in engaging.ok("show", CASE, "--timeline", TOSHIMA_LANG="en").out

    def test_a_case_that_returned_names_the_other(self, engaging: NearDesk) -> None:
        engaging.ok("close", CASE, "--reason", "declined", "--tried", "訪問を続けた", "--yes", "--on", "2026-11-01")
        other = engaging.json("reopen", CASE, "--on", "2026-11-20")["case"]
        (old,), (new,) = (kinds(timeline(engaging, case=number), "link") for number in (CASE, other))
        assert (other in old["text"], CASE in new["text"]) == (True, True)

    def test_it_is_journaled_like_show(self, engaging: NearDesk) -> None:
        engaging.ok("show", CASE, "--timeline")
        last = sql(engaging, "SELECT verb, about FROM journal ORDER BY entry DESC LIMIT 1")
        assert last == [("show", f"case:{CASE} person:1 person:2 person:3")]

    @pytest.mark.parametrize("columns", ["80", "120"])
    @pytest.mark.parametrize("lang", ["ja", "en"])
    def test_it_fits_the_width(self, lived: NearDesk, lang: str, columns: str) -> None:
        out = lived.ok("show", CASE, "--timeline", TOSHIMA_LANG=lang, COLUMNS=columns).out
        assert max(map(width, out.splitlines())) <= int(columns)


class TestWhatWasTakenBack:
    def test_stays_dim_and_says_so(self, engaging: NearDesk) -> None:
        engaging.ok("consent", CASE, "A", "--given", "--scope", "plan,sharing", "--method", "oral")
        engaging.ok("undo", "--yes")
        engaging.ok("progress", CASE, "--method", "phone", "--note", "電話した")
        engaging.ok("undo", "--yes")
        undone = [e for e in timeline(engaging) if e["undone"]]
        assert [(e["kind"], e["person"], e["by"]) for e in undone] == [
            ("consent", "A", "local"),
            ("contact", None, "local"),
        ]
        out = engaging.ok("show", CASE, "--timeline", TOSHIMA_LANG="en").out
        assert out.count("(undone)") == 2
        assert "(undone) consent given" in out

    def test_a_decision_too(self, planning: NearDesk) -> None:
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved", "--on", "2026-11-19")
        planning.ok("undo", "--yes")
        assert [e["kind"] for e in timeline(planning) if e["undone"]] == ["decide"]


class TestWhatIsNotSaid:
    def test_a_report_by_law_to_others(self, engaging: NearDesk) -> None:
        told = ("notify", CASE, "--kind", "elder", "--to", "korei-sogo", "--person", "C")
        engaging.ok("--as", "e01", *told)
        for who in ("e01", "k03"):
            (report,) = kinds(timeline(engaging, "--as", who), "referral")
            assert (report["person"], report["by"]) == ("C", "e01")
        (report,) = kinds(timeline(engaging, "--as", "c01"), "referral")
        assert (report["person"], report["by"]) == (None, None)
        assert "高齢者総合相談センター" not in report["text"]
        engaging.ok("--as", "e01", "undo", "--yes")
        assert [e["undone"] for e in timeline(engaging, "--as", "e01")].count(True) == 1
        assert not any(e["undone"] for e in timeline(engaging, "--as", "c01"))

    def test_who_left_to_a_case_of_their_own_under_restriction(self, engaging: NearDesk) -> None:
        noted = ("--method", "visit", "--person", "C", "--note", "ひみつ", "--on", "2026-11-01")
        engaging.ok("progress", CASE, *noted)
        engaging.ok("consent", CASE, "C", "--refused", "--method", "oral", "--on", "2026-11-02")
        engaging.ok("progress", CASE, *noted)
        engaging.ok("undo", "--yes")
        engaging.ok("consent", CASE, "C", "--not-possible", "--method", "oral", "--why", "x", "--judged-by", "y",
                    "--review", "2026-12-10", "--on", "2026-11-03")  # fmt: skip
        engaging.ok("undo", "--yes")
        assert len([e for e in timeline(engaging) if e["person"] == "C"]) > 5
        engaging.ok("--as", "k03", "split", CASE, "C", "--reason", "避難", "--on", "2026-11-10")
        found = timeline(engaging, "--as", "c01")
        assert [e for e in found if e["person"] == "C"] == []
        assert [e for e in found if e["kind"] == "link"] == []
        assert not any(e["undone"] for e in found)
        for form in ("table", "json"):
            out = engaging.ok("--as", "c01", "show", CASE, "--timeline", "-f", form).out
            assert "節子" not in out
            assert "ひみつ" not in out
        assert [e for e in timeline(engaging, "--as", "k03") if e["person"] == "C"] != []

    def test_masked_it_names_nobody(self, engaging: NearDesk) -> None:
        engaging.ok("progress", CASE, "--method", "visit", "--note", "節子さんと話した")
        engaging.ok("person", "edit", CASE, "B", "--name", "髙橋 祐太", "--reason", "誤記")
        for form in ("table", "json"):
            out = engaging.ok("--mask", "show", CASE, "--timeline", "-f", form).out
            for word in ("髙橋", "由美子", "優太", "祐太", "節子"):
                assert word not in out, (form, word)

    def test_a_restricted_case_is_not_there(self, engaging: NearDesk) -> None:
        number = engaging.json("--as", "k03", "split", CASE, "C", "--reason", "避難")["case"]
        assert engaging.run("--as", "c01", "show", number, "--timeline").code == 4
        assert timeline(engaging, "--as", "k03", case=number) != []


class TestAMergedCase:
    def test_it_is_read_with_the_other_under_the_labels_of_here(self, twice: NearDesk) -> None:
        twice.ok("merge", CASE, TWIN)
        found = timeline(twice)
        assert [(e["on"], e["person"]) for e in kinds(found, "contact")] == [("2026-11-04", "D")]
        assert [(e["person"], e["by"]) for e in kinds(found, "referral")] == [("E", "local"), ("D", "local")]
        assert [e["person"] for e in kinds(found, "joined")] == ["A", "B", "C", "D", "E"]
        assert TWIN in kinds(found, "link")[0]["text"]
        twice.ok("unmerge", CASE, TWIN)
        found = timeline(twice)
        assert kinds(found, "contact") == kinds(found, "link") == []


def test_every_kind_has_a_word(lived: NearDesk) -> None:
    from toshima_cli.ui.timeline import KINDS

    assert {e["kind"] for e in timeline(lived)} <= KINDS.keys()


def test_the_day_asked_about_is_the_last_one(lived: NearDesk) -> None:
    then = date(2026, 11, 1)
    found = timeline(lived, today=then.isoformat())
    ahead = [e for e in found if e["on"] > then.isoformat()]
    assert {e["kind"] for e in ahead} <= {"sitting"}
