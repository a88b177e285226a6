"""A case opened twice by two windows: taken as one, read as one, taken back without losing anything."""

from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, copy
from tests.flow.conftest import CASE

TWIN = "2026-0002"


def rules(found: Any) -> list[str]:
    return [warning["rule"] for warning in found["warnings"]]


def labels(desk: NearDesk, case: str = CASE, *, left: bool = False) -> dict[str, str]:
    people = desk.json("show", case)["people"]
    return {p["label"]: p["name"] for p in people if left or p["left_on"] is None}


def consent(desk: NearDesk, case: str) -> dict[str, tuple[str, str]]:
    """Plan and sharing of who is there."""
    people = desk.json("show", case)["people"]
    return {p["label"]: (p["consent"]["plan"], p["consent"]["sharing"]) for p in people if p["left_on"] is None}


def balance(desk: NearDesk, month: str = "2026-11") -> dict[str, int]:
    found = {r["key"]: r["month"] for r in desk.json("report", "monthly", "--month", month, "--all")["rows"]}
    rows = {key.removeprefix("cases."): value for key, value in found.items() if key.startswith("cases.")}
    assert rows["open_start"] + rows["opened"] + rows["reopened"] - rows["ended"] == rows["open_end"]
    return rows


@pytest.fixture(scope="module")
def told_twice(received: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """B's mother came to another window with D, who lives there too: the second case has A (= A) and B (D)."""
    at_reception = NearDesk(copy(received, tmp_path_factory.mktemp("twice") / "books.db"))
    at_reception.ok(
        "intake", "--window", "kosodate-info", "--channel", "self", "--person",
        "A|高橋 由美子|タカハシ ユミコ|1968-05-01|female|head", "--person", "B|髙橋 健|たかはし けん||male|sibling",
        "--concern", "B:debt", "--concern", "A:health", today="2026-11-02",
    )  # fmt: skip
    words = ("--to", "kurashi-shigoto", "--person", "B", "--ground", "none_shared")
    at_reception.ok("route", TWIN, *words, today="2026-11-03")
    at_reception.ok(
        "route", TWIN, "--to", "csw", "--person", "A", "--ground", "emergency", "--reason", "x", today="2026-11-03"
    )
    at_reception.ok("progress", TWIN, "--method", "phone", "--person", "A", "--note", "眠れない", today="2026-11-04")
    at_reception.ok("consent", TWIN, "A", "--refused", "--method", "oral", today="2026-11-04")
    return at_reception.db


@pytest.fixture
def twice(told_twice: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(told_twice, tmp_path / "books.db"))


class TestCases:
    def test_the_first_is_kept_and_the_other_concluded(self, twice: NearDesk) -> None:
        found = twice.json("merge", CASE, TWIN, "--reason", "同じ世帯")
        assert found["people"] == [{"label": "D", "was": "A"}, {"label": "E", "was": "B"}]
        assert [(d["label"], d["case"], d["other_label"]) for d in found["possible_duplicates"]] == [("A", TWIN, "A")]
        assert found["next"][0]["command"] == f"toshima merge {CASE}/A {TWIN}/A"
        shown = twice.json("show", TWIN)
        assert (shown["stage"], shown["ends"][0]["reason"], shown["ends"][0]["kept"]) == ("closed", "duplicate", CASE)
        assert balance(twice) == {"open_start": 1, "opened": 1, "reopened": 0, "ended": 1, "open_end": 1}

    def test_is_read_with_what_the_other_has(self, twice: NearDesk) -> None:
        twice.ok("merge", CASE, TWIN)
        shown = twice.json("show", CASE)
        assert ("D", "眠れない") in {(n["person"], n["text"]) for n in shown["progress"]}
        assert {("E", "debt"), ("D", "health"), ("A", "job")} <= {
            (c["person"], c["concern"]) for c in shown["concerns"]
        }
        assert [r["referral"] for r in shown["referrals"]] == ["R2026-0001", "R2026-0002"]
        assert all(r["ground"] for r in shown["referrals"])
        assert [(link["case"], link["kind"]) for link in shown["linked_cases"]] == [(TWIN, "duplicate")]
        assert "眠れない" in twice.ok("show", CASE).out

    def test_a_referral_of_the_other_is_answered_here(self, twice: NearDesk) -> None:
        twice.ok("merge", CASE, TWIN)
        twice.ok("route", CASE, "--accept", "R2026-0002")
        statuses = {r["referral"]: r["status"] for r in twice.json("show", CASE)["referrals"]}
        assert statuses["R2026-0002"] == "accepted"
        twice.refused("route", TWIN, "--accept", "R2026-0099", code=4)

    def test_taken_back_everything_stands_where_it_stood(self, twice: NearDesk) -> None:
        twice.ok("merge", CASE, TWIN, "--on", "2026-11-10")
        twice.ok("progress", CASE, "--method", "phone", "--person", "E", "--note", "その間に", today="2026-11-15")
        found = twice.json("unmerge", CASE, TWIN, "--reason", "別の世帯")
        assert (found["stay"], found["unmerged_stage"], rules(found)) == (["E"], "received", ["merge.stay"])
        assert set(labels(twice)) == {"A", "B", "C", "E"}
        assert set(labels(twice, TWIN)) == {"A", "B"}
        shown = twice.json("show", TWIN)
        assert (shown["stage"], shown["warnings"], shown["linked_cases"]) == ("received", [], [])
        assert [n["text"] for n in twice.json("show", CASE)["progress"]] == ["その間に"]
        assert balance(twice) == {"open_start": 1, "opened": 1, "reopened": 1, "ended": 1, "open_end": 2}
        again = twice.json("merge", CASE, TWIN)
        assert [p["label"] for p in again["people"]] == ["F"]

    def test_a_no_said_meanwhile_stays_one_in_both(self, twice: NearDesk) -> None:
        given = ("--given", "--scope", "plan,sharing", "--method", "oral")
        passed = ("route", TWIN, "--to", "kaigo", "--person", "A", "--ground", "consent")
        for case in (CASE, TWIN):
            twice.ok("consent", case, "A", *given, "--on", "2026-11-07")
            twice.ok("consent", case, "B", *given, "--on", "2026-11-07")
        twice.ok("merge", f"{CASE}/A", f"{TWIN}/A", "--on", "2026-11-08")
        twice.ok("merge", CASE, TWIN, "--on", "2026-11-08")
        twice.ok("consent", CASE, "A", "--withdrawn", "--method", "oral", "--on", "2026-11-10")
        twice.ok("consent", CASE, "D", *given, "--excluding", "kaigo", "--on", "2026-11-10")
        twice.ok("consent", TWIN, "B", "--withdrawn", "--scope", "plan", "--method", "oral", "--on", "2026-11-11")
        found = twice.json("unmerge", CASE, TWIN, "--on", "2026-11-15")
        assert rules(found).count("merge.noes") == 3
        assert twice.refused(*passed)["rule"] == "share.consent.withdrawn"
        assert consent(twice, TWIN) == {"A": ("withdrawn", "withdrawn"), "B": ("withdrawn", "given")}
        assert consent(twice, CASE)["D"] == ("withdrawn", "given")
        assert twice.refused(*passed[:5], "B", *passed[6:])["rule"] == "share.consent.excluded"
        twice.ok("route", TWIN, "--to", "csw", "--person", "B", "--ground", "consent")
        twice.ok("undo", "--yes")
        twice.ok("undo", "--yes")
        twice.ok("unmerge", CASE, TWIN, "--on", "2026-11-10")
        twice.ok("consent", CASE, "A", *given)
        assert consent(twice, CASE)["A"] == ("given", "given")
        assert consent(twice, TWIN)["A"] == ("withdrawn", "withdrawn")

    def test_a_no_said_before_stays_where_it_was(self, twice: NearDesk) -> None:
        twice.ok("merge", f"{CASE}/A", f"{TWIN}/A")
        twice.ok("merge", CASE, TWIN)
        found = twice.json("unmerge", CASE, TWIN)
        assert "merge.noes" not in rules(found)
        assert consent(twice, CASE)["A"] == ("none", "none")

    def test_no_chain_no_cycle_no_end(self, twice: NearDesk) -> None:
        twice.ok("intake", "--window", "csw", "--channel", "self", "--person", "A|山田 花", "--concern", "A:job")
        assert twice.refused("merge", CASE, CASE)["rule"] == "merge.itself"
        twice.ok("merge", CASE, TWIN)
        assert twice.refused("merge", "2026-0003", CASE)["rule"] == "merge.chain"
        assert twice.refused("merge", TWIN, CASE)["rule"] == "merge.chain"
        assert twice.refused("merge", "2026-0003", TWIN)["rule"] == "stage.merge"
        assert twice.refused("merge", TWIN, "2026-0003")["rule"] == "stage.merge"
        assert twice.refused("unmerge", TWIN, CASE)["rule"] == "unmerge.none"
        assert twice.refused("unmerge", CASE, TWIN, "--on", "2026-11-01")["rule"] == "unmerge.before"
        twice.refused("merge", CASE, "2026-0099", code=4)
        twice.refused("merge", CASE, code=6)
        twice.refused("merge", CASE, f"{TWIN}/A", code=2)


class TestPersons:
    def test_a_no_said_while_they_were_one_stays_one_of_both(self, twice: NearDesk) -> None:
        given = ("--given", "--scope", "plan,sharing", "--method", "oral")
        twice.ok("consent", TWIN, "A", *given, "--on", "2026-11-07")
        twice.ok("merge", CASE, TWIN, "--on", "2026-11-08")
        twice.ok("merge", f"{CASE}/A", f"{TWIN}/A", "--on", "2026-11-08")
        twice.ok("consent", CASE, "A", "--withdrawn", "--method", "oral", "--on", "2026-11-10")
        found = twice.json("unmerge", f"{CASE}/A", f"{TWIN}/A", "--on", "2026-11-12")
        assert rules(found) == ["merge.noes"]
        assert (consent(twice, CASE)["A"], consent(twice, CASE)["D"]) == (("withdrawn",) * 2, ("withdrawn",) * 2)
        twice.ok("unmerge", CASE, TWIN, "--on", "2026-11-12")
        assert consent(twice, TWIN)["A"] == ("withdrawn", "withdrawn")

    def test_a_no_in_a_case_of_its_own_does_not_wander(self, twice: NearDesk) -> None:
        twice.ok("merge", f"{CASE}/A", f"{TWIN}/A", "--on", "2026-11-08")
        twice.ok("consent", TWIN, "A", "--withdrawn", "--method", "oral", "--on", "2026-11-10")
        assert rules(twice.json("unmerge", f"{CASE}/A", f"{TWIN}/A", "--on", "2026-11-12")) == []
        assert consent(twice, CASE)["A"] == ("none", "none")

    def test_one_after_the_cases_were_merged(self, twice: NearDesk) -> None:
        twice.ok("merge", CASE, TWIN)
        twice.ok("merge", f"{CASE}/A", f"{TWIN}/A")
        assert set(labels(twice)) == {"A", "B", "C", "E"}
        shown = twice.json("show", CASE)
        assert ("A", "眠れない") in {(n["person"], n["text"]) for n in shown["progress"]}
        assert {p["label"]: p["consent"]["sharing"] for p in shown["people"]}["A"] == "refused"
        twice.ok("unmerge", f"{CASE}/A", f"{TWIN}/A")
        assert set(labels(twice)) == {"A", "B", "C", "D", "E"}
        assert {p["label"]: p["consent"]["sharing"] for p in twice.json("show", CASE)["people"]}["A"] == "none"

    def test_one_before_joins_nobody_twice(self, twice: NearDesk) -> None:
        twice.ok("merge", f"{CASE}/A", f"{TWIN}/A")
        assert labels(twice, TWIN)["A"] == "髙橋 由美子"
        assert twice.json("merge", CASE, TWIN)["people"] == [{"label": "D", "was": "B"}]

    def test_birth_dates_that_differ_ask_why(self, twice: NearDesk) -> None:
        twice.ok("person", "edit", TWIN, "A", "--birth", "1986-05-01", "--reason", "x")
        assert twice.refused("merge", f"{CASE}/A", f"{TWIN}/A")["rule"] == "merge.birth_date"
        twice.ok("merge", f"{CASE}/A", f"{TWIN}/A", "--reason", "生年の書き違い")

    def test_no_chain(self, twice: NearDesk) -> None:
        twice.ok("merge", f"{CASE}/A", f"{TWIN}/A")
        assert twice.refused("merge", f"{CASE}/A", f"{TWIN}/A")["rule"] == "merge.chain"
        assert twice.refused("merge", f"{CASE}/B", f"{CASE}/A", "--reason", "x")["rule"] == "merge.chain"
        assert twice.refused("merge", f"{CASE}/B", f"{CASE}/B")["rule"] == "merge.chain"
        assert twice.refused("unmerge", f"{CASE}/B", f"{TWIN}/A")["rule"] == "unmerge.none"
        assert twice.refused("unmerge", f"{CASE}/A", f"{TWIN}/A", "--on", "2026-11-05")["rule"] == "unmerge.before"

    def test_corrections_of_the_kept_record_show_in_both(self, twice: NearDesk) -> None:
        twice.ok("merge", f"{CASE}/A", f"{TWIN}/A")
        twice.ok("person", "edit", CASE, "A", "--phone", "03", "--reason", "x")
        person = twice.json("show", TWIN)["people"][0]
        assert (person["phone"], [c["field"] for c in person["corrections"]]) == ("03", ["phone"])
