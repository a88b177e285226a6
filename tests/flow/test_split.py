"""A wife and child who flee (rule 11). B and C are B and her child here; the typist is k03, c01 may see it, and
everybody else at the office, `local` first, must not learn that there is such a case, or where she is."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, Typed, copy
from tests.flow.conftest import CASE

NEW = "2026-0002"
SECRET = "避難先は西池袋"


def as_(who: str, desk: NearDesk, *words: str, code: int = 0, **options: str) -> Typed:
    typed = desk.run("--as", who, *words, **options)
    assert typed.code == code, f"{words}: {typed.code}\n{typed.out}\n{typed.err}"
    return typed


def data(who: str, desk: NearDesk, *words: str) -> Any:
    return as_(who, desk, *words, "-f", "json").data


@pytest.fixture(scope="module")
def flight(engaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """B and C left on 20 November; what they are told and what they want since stands in the new case."""
    engaging = NearDesk(copy(engaged, tmp_path_factory.mktemp("flight") / "books.db"))
    engaging.ok("progress", CASE, "--method", "phone", "--person", "B", "--note", "実家に帰りたい", today="2026-11-10")
    told = ("--note", "優太さんから電話", "--next", "2026-12-24", "--next-what", "優太さんに電話")
    engaging.ok("progress", CASE, "--method", "phone", *told, today="2026-11-11")
    engaging.ok("concern", "add", CASE, "--concern", "B:violence", "--note", "殴られた", today="2026-11-10")
    for label in "BC":
        engaging.ok(
            "consent", CASE, label, "--given", "--scope", "plan,sharing", "--method", "oral", today="2026-11-12"
        )
    engaging.ok("person", "edit", CASE, "B", "--contact-rule", "電話は平日昼", "--reason", "本人", today="2026-11-12")
    as_("k03", engaging, "split", CASE, "B", "C", "--reason", "避難", "--holder", "c01", today="2026-11-20")
    words = ("--contact-rule", SECRET, "--visit-alert", SECRET, "--reason", "本人の希望")
    as_("k03", engaging, "person", "edit", NEW, "B", *words)
    as_(
        "k03", engaging, "progress", NEW, "--method", "visit", "--person", "B", "--note", SECRET, "--next", "2026-11-30"
    )
    return engaging.db


@pytest.fixture
def fled(flight: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(flight, tmp_path / "books.db"))


class TestTheNewCase:
    def test_has_its_people_with_what_goes_along(self, fled: NearDesk) -> None:
        found = data("c01", fled, "show", NEW)
        assert [(p["label"], p["name"], p["relation"]) for p in found["people"]] == [
            ("B", "髙橋 優太", "head"),
            ("C", "髙橋 節子", "grandparent"),
        ]
        assert {(c["person"], c["concern"]) for c in found["concerns"]} == {
            ("B", "withdrawal"),
            ("B", "violence"),
            ("C", "care"),
        }
        assert {p["consent"]["sharing"] for p in found["people"]} == {"none"}
        assert (found["stage"], found["coordinator"], found["restricted"]) == ("engaging", "k03", True)
        assert [(link["case"], link["kind"]) for link in found["linked_cases"]] == [(CASE, "split")]
        assert found["household"] == {"address": None, "phone": None}

    def test_what_is_written_there_shows_in_the_old_case_to_nobody(self, fled: NearDesk) -> None:
        assert SECRET not in as_("k03", fled, "show", CASE, "-f", "json").out
        gone = {p["label"]: p["to_case"] for p in data("k03", fled, "show", CASE)["people"]}
        assert gone == {"A": None, "B": NEW, "C": NEW}

    def test_counts_as_opened_and_its_concerns_only_once(self, fled: NearDesk) -> None:
        rows = {r["key"]: r["month"] for r in fled.json("report", "monthly", "--month", "2026-11", "--all")["rows"]}
        assert (rows["cases.opened"], rows["cases.open_end"]) == (1, 2)
        assert (rows["concerns.violence"], rows["concerns.withdrawal"], rows["consultations.new"]) == (1, 0, 0)

    @pytest.mark.parametrize("stage", ["planning", "supporting"])
    def test_begins_in_complex_where_a_plan_was_made(self, planning: NearDesk, stage: str) -> None:
        if stage == "supporting":
            planning.ok("decide", "M2026-0002", "1", "--outcome", "approved", "--on", "2026-11-19")
        found = planning.json("split", CASE, "B", "--reason", "x", "--coordinator", "k03")
        assert (found["stage"], found["holders"], found["new_case"]) == ("complex", ["k03", "local"], NEW)

    def test_a_new_coordinator_sees_it(self, at_reception: NearDesk) -> None:
        as_("c01", at_reception, "split", CASE, "B", "--reason", "x")
        as_("k03", at_reception, "show", NEW, code=4)
        as_("c01", at_reception, "route", NEW, "--complex", "--coordinator", "k03")
        as_("k03", at_reception, "show", NEW)

    def test_who_joins_them_later_is_hidden_too(self, fled: NearDesk) -> None:
        fled.ok("person", "add", CASE, "--person", "D|髙橋 健")
        as_("e01", fled, "person", "move", CASE, "D", "--to", NEW, code=4)
        as_("k03", fled, "person", "move", CASE, "D", "--to", NEW, "--relation", "child")
        assert {p["label"]: p["name"] for p in data("e01", fled, "show", CASE)["people"]}["D"] is None
        assert {p["name"]: p["relation"] for p in data("k03", fled, "show", NEW)["people"]}["髙橋 健"] == "child"
        label = next(p["label"] for p in data("k03", fled, "show", NEW)["people"] if p["name"] == "髙橋 健")
        as_("k03", fled, "person", "move", NEW, label, "--to", CASE, code=3)

    def test_a_report_made_before_is_told_of_to_its_own_people_only(self, engaging: NearDesk) -> None:
        engaging.ok("--as", "k03", "notify", CASE, "--kind", "child", "--to", "jiso", "--person", "B")
        found = data("k03", engaging, "split", CASE, "B", "--reason", "x")
        assert "R2026-0001" in next(w["message"] for w in found["warnings"] if w["rule"] == "split.reported")
        as_("k03", engaging, "undo", "--yes")
        found = data("c01", engaging, "split", CASE, "B", "--reason", "x")
        assert "split.reported" not in [w["rule"] for w in found["warnings"]]


class TestTheWhole:
    def test_everybody_makes_the_case_itself_restricted(self, engaging: NearDesk) -> None:
        found = data("k03", engaging, "split", CASE, "A", "B", "C", "--reason", "x")
        assert (found["new_case"], found["holders"]) == (None, ["k03"])
        as_("local", engaging, "show", CASE, code=4)
        assert engaging.json("caseload") == []
        assert as_("k03", engaging, "split", CASE, "A", "B", "C", "--reason", "x", "-f", "json", code=3).error[
            "rule"
        ] == ("split.whole")
        as_("k03", engaging, "split", CASE, "A", "B", "C", "--reason", "x", "--holder", "c01")
        as_("c01", engaging, "show", CASE)

    def test_nobody_who_left_and_nobody_unknown(self, engaging: NearDesk) -> None:
        engaging.ok("person", "leave", CASE, "C", "--reason", "other")
        assert engaging.refused("split", CASE, "C", "--reason", "x")["rule"] == "person.not_there"
        engaging.refused("split", CASE, "Z", "--reason", "x", code=4)
        engaging.refused("split", CASE, "--reason", "x", code=6)


LOOKS = (
    ("show", CASE),
    ("route", CASE),
    ("gate", CASE),
    ("gate", CASE, "--on", "2026-11-15"),
    ("gate", CASE, "--to", "hikikomori", "--on", "2026-11-15"),
    ("caseload",),
    ("caseload", "--coordinator", "k03"),
    ("caseload", "--by", "stage"),
    ("plan", CASE, "--list"),
    ("meetings",),
    ("agenda", "M2026-0001"),
    ("agenda", "M2026-0002"),
    ("journal", "--case", CASE),
    ("report", "monthly", "--month", "2026-11", "--row", "cases.opened", "--cases"),
    ("report", "monthly", "--month", "2026-11", "--row", "cases.open_end", "--cases"),
    ("report", "monthly", "--month", "2026-11", "--row", "contacts.total", "--cases"),
    ("report", "monthly", "--month", "2026-11", "--row", "reports_by_law.disabled", "--cases"),
)


@pytest.fixture(scope="module")
def called(flight: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    fled = NearDesk(copy(flight, tmp_path_factory.mktemp("called") / "books.db"))
    fled.ok("convene", "subcommittee", "--on", "2026-12-17")
    as_("k03", fled, "convene", "stakeholder", "--on", "2026-11-23", "--case", NEW)
    words = ("--person", "B", "--ground", "statutory_report", "--kind", "disabled")
    as_("k03", fled, "route", NEW, "--to", "shinshin", *words)
    return fled.db


class TestAnOutsider:
    """Everything they can type, in every form: no number, no name, no word of hers."""

    @pytest.fixture
    def more(self, called: Path, tmp_path: Path) -> NearDesk:
        return NearDesk(copy(called, tmp_path / "books.db"))

    @pytest.mark.parametrize("words", LOOKS, ids=" ".join)
    @pytest.mark.parametrize("form", ["table", "json", "csv"])
    def test_learns_nothing_by_looking(self, more: NearDesk, words: tuple[str, ...], form: str) -> None:
        typed = more.run("--as", "e01", *words, "-f", form)
        said = typed.out + typed.err
        if typed.code == 2:
            assert form == "csv"
        else:
            assert typed.code == 0, said
        assert not re.search(rf"(?<![MR]){NEW}", said)
        for secret in (SECRET, "優太", "節子", "ゆうた", "殴られた", "実家", "避難"):
            assert secret not in said, secret

    @pytest.mark.parametrize(
        "words",
        [
            ("show", NEW),
            ("route", NEW),
            ("route", NEW, "--accept", "R2026-0001"),
            ("route", CASE, "--accept", "R2026-0001"),
            ("gate", NEW),
            ("plan", NEW, "--list"),
            ("journal", "--case", NEW),
            ("journal", "--case", NEW, "--person", "B"),
            ("progress", NEW, "--method", "phone", "--note", "x"),
            ("progress", CASE, "--method", "phone", "--note", "x", "--person", "B"),
            ("consent", NEW, "B", "--refused", "--method", "oral"),
            ("consent", CASE, "B", "--refused", "--method", "oral"),
            ("concern", "add", NEW, "--concern", "B:job"),
            ("concern", "end", CASE, "--concern", "B:violence"),
            ("person", "add", NEW, "--person", "|x"),
            ("person", "add", CASE, "--person", "|", "--same", f"{NEW}/B"),
            ("person", "add", CASE, "--person", "|", "--same", f"{CASE}/B"),
            ("person", "edit", CASE, "B", "--birth", "2007-06-01", "--reason", "x"),
            ("person", "edit", NEW, "B", "--name", "x", "--reason", "x"),
            ("person", "move", CASE, "A", "--to", NEW),
            ("person", "leave", NEW, "B", "--reason", "other"),
            ("person", "wish", CASE, "B", "--text", "x"),
            ("split", CASE, "B", "--reason", "x"),
            ("split", NEW, "B", "--reason", "x"),
            ("merge", CASE, NEW),
            ("merge", NEW, CASE),
            ("merge", f"{CASE}/A", f"{NEW}/B"),
            ("merge", f"{CASE}/A", f"{CASE}/B"),
            ("unmerge", CASE, NEW),
            ("close", CASE, "--reason", "duplicate", "--kept", NEW, "--yes"),
            ("convene", "stakeholder", "--on", "2026-11-26", "--case", NEW),
            ("decide", "M2026-0003", "1", "--outcome", "noted"),
        ],
        ids=" ".join,
    )
    def test_does_nothing_to_her_and_is_told_what_holds_of_any_unknown_number(
        self, more: NearDesk, words: tuple[str, ...]
    ) -> None:
        typed = more.run("--as", "e01", *words, "-f", "json")
        assert typed.code == 4, typed.err
        unknown = more.run("--as", "e01", *(w.replace(NEW, "2026-0099") for w in words), "-f", "json")
        if CASE not in words and not any(w.startswith(f"{CASE}/") for w in words):
            assert unknown.err.replace("2026-0099", NEW) == typed.err

    def test_finds_no_match_at_a_window(self, more: NearDesk) -> None:
        words = ("intake", "--window", "csw", "--channel", "self", "--concern", "A:job")
        person = "A|髙橋 優太|たかはし ゆうた|2007-06-01|male|head"
        assert data("e01", more, *words, "--person", person)["possible_duplicates"] == []
        added = data("e01", more, "person", "add", CASE, "--person", f"|{person[2:]}")
        assert {d["label"] for d in added["possible_duplicates"]} <= {"A"}

    def test_sees_in_the_journal_that_somebody_worked_and_nothing_else(self, more: NearDesk) -> None:
        rows = data("e01", more, "journal")
        hidden = [row for row in rows if row["verb"] is None]
        assert len(hidden) >= 4
        assert {(row["result"], row["rule"], row["on"], *row["about"], *row["fields"]) for row in hidden} == {
            (None, None, None)
        }
        assert not any(row["verb"] in (None, "split") for row in data("e01", more, "journal", "--case", CASE))
        assert any(row["verb"] == "split" for row in data("c01", more, "journal", "--case", CASE))

    def test_a_figure_is_the_same_for_all_and_its_list_names_no_number(self, more: NearDesk) -> None:
        words = ("report", "monthly", "--month", "2026-11")
        assert data("e01", more, *words)["rows"] == data("c01", more, *words)["rows"]
        mine = data("c01", more, *words, "--row", "cases.opened", "--cases")
        theirs = data("e01", more, *words, "--row", "cases.opened", "--cases")
        assert ([u["case"] for u in mine], [u["case"] for u in theirs]) == ([NEW], [None])
        assert len(mine) == len(theirs)

    def test_writes_on_in_the_old_case(self, more: NearDesk) -> None:
        done = data("e01", more, "progress", CASE, "--method", "phone", "--note", "x")
        assert NEW not in json.dumps(done)
        as_("e01", more, "route", CASE, "--to", "csw", "--ground", "none_shared", "--on", "2026-11-15")
        assert data("e01", more, "show", CASE)["referrals"][0]["person"] == "A"


class TestTheSilentDuplicate:
    PERSON = "A|高橋 ゆうた|たかはし ゆうた||male|head"

    def test_is_told_to_the_holders_alone(self, fled: NearDesk) -> None:
        words = ("intake", "--window", "csw", "--channel", "self", "--person", self.PERSON, "--concern", "A:rent")
        assert data("e01", fled, *words)["possible_duplicates"] == []
        told = [w for w in data("c01", fled, "show", NEW)["warnings"] if w["rule"] == "person.possible_duplicate"]
        assert len(told) == 1
        assert "2026-0003" in told[0]["message"]
        assert "2026-0003" in as_("c01", fled, "show", NEW).out

    def test_what_was_there_before_or_is_another_is_not_told(self, at_reception: NearDesk) -> None:
        words = ("intake", "--window", "csw", "--channel", "self", "--concern", "A:rent", "--person")
        at_reception.ok(*words, self.PERSON)
        as_("c01", at_reception, "split", CASE, "B", "--reason", "x")
        at_reception.ok(*words, self.PERSON.replace("||", "|1950-01-01|"))
        at_reception.ok("person", "add", CASE, "--person", "|髙橋 優太|たかはし ゆうた")
        show = ("show", "2026-0003")
        assert [w["rule"] for w in data("c01", at_reception, *show)["warnings"]] == []
        at_reception.ok("person", "edit", "2026-0002", "A", "--kana", "タカハシ ユウタ", "--name", "x", "--reason", "x")
        assert [w["rule"] for w in data("c01", at_reception, *show)["warnings"]] == ["person.possible_duplicate"]

    def test_a_holder_who_types_it_is_told(self, fled: NearDesk) -> None:
        words = ("intake", "--window", "csw", "--channel", "self", "--person", self.PERSON, "--concern", "A:rent")
        assert [(d["case"], d["label"]) for d in data("c01", fled, *words)["possible_duplicates"]] == [(NEW, "B")]


def test_restricted_and_other_cases_are_not_tied(fled: NearDesk) -> None:
    for words in (
        ("merge", CASE, NEW),
        ("merge", f"{CASE}/A", f"{NEW}/B"),
        ("person", "add", CASE, "--person", "|", "--same", f"{NEW}/B"),
    ):
        assert as_("k03", fled, *words, "-f", "json", code=3).error["rule"] == "case.restricted"


def test_her_items_count_for_her_people_only(fled: NearDesk) -> None:
    as_("k03", fled, "convene", "stakeholder", "--on", "2026-11-23", "--case", NEW)
    counts = {who: data(who, fled, "meetings")[0]["items"] for who in ("k03", "e01")}
    assert counts == {"k03": 1, "e01": 0}


class TestTheSittingOfTheirOwn:
    """Called for the restricted case by k03; `local`, who is not of it, holds the pen."""

    @pytest.fixture
    def called(self, fled: NearDesk) -> NearDesk:
        given = ("--given", "--scope", "sharing", "--method", "oral")
        as_("k03", fled, "consent", NEW, "B", *given)
        as_("k03", fled, "convene", "stakeholder", "--case", NEW, "--on", "2026-11-24")
        return fled

    def test_is_kept_as_it_was_held_whoever_notes_the_attendance(self, called: NearDesk) -> None:
        called.ok("attend", "M2026-0002", "k03", "c01", "--secrecy")
        as_("k03", called, "consent", NEW, "C", "--given", "--scope", "sharing", "--method", "oral")
        items = [(i["kind"], i["people"], i["masked"]) for i in data("k03", called, "agenda", "M2026-0002")["items"]]
        assert items == [("multilayer_conference", ["B"], ["C"]), ("support_conference", ["C"], [])]
        assert called.json("agenda", "M2026-0002")["items"] == []
        told = next(e for e in called.json("journal") if e["verb"] == "attend")
        assert told["about"] == ["meeting:M2026-0002"]

    def test_is_not_cancelled_by_who_may_see_nothing_of_it(self, called: NearDesk) -> None:
        assert called.refused("meetings", "--cancel", "M2026-0002")["rule"] == "meeting.cancel"
        called.ok("attend", "M2026-0002", "k03", "--secrecy")
        as_("k03", called, "decide", "M2026-0002", "2", "--outcome", "continue")
        error = called.refused("meetings", "--cancel", "M2026-0002")
        assert (error["rule"], "決定" in json.dumps(error, ensure_ascii=False)) == ("meeting.cancel", False)

    def test_is_cancelled_by_its_own_people(self, called: NearDesk) -> None:
        as_("c01", called, "meetings", "--cancel", "M2026-0002")

    def test_the_offices_own_sitting_is_anybodys_to_cancel(self, called: NearDesk) -> None:
        as_("k03", called, "convene", "subcommittee", "--case", NEW, "--on", "2026-12-17")
        called.ok("meetings", "--cancel", "M2026-0003")


def test_what_was_decided_of_her_counts_and_is_shown_for_her_people_only(fled: NearDesk) -> None:
    as_("k03", fled, "convene", "stakeholder", "--on", "2026-11-23", "--case", NEW)
    sitting = data("k03", fled, "meetings")[0]
    as_("k03", fled, "attend", sitting["meeting"], "k03")
    as_("k03", fled, "decide", sitting["meeting"], "1", "--outcome", "continue")
    decided = {who: data(who, fled, "meetings")[0]["decided"] for who in ("k03", "e01")}
    assert decided == {"k03": 1, "e01": 0}
    shown = {who: len(data(who, fled, "agenda", sitting["meeting"])["items"]) for who in ("k03", "e01")}
    assert shown == {"k03": 1, "e01": 0}
