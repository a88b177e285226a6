"""⓪ Outreach as typed: people without a name, each contact, what is found at a visit, and the way to a window."""

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.desk import NearDesk

NEW = ("outreach", "new", "--why", "unaware", "--window", "csw")
CASE = "2026-0002"


@pytest.fixture
def desk(at_reception: NearDesk) -> NearDesk:
    """A household nobody has spoken to, reported by a neighbour on 2 November, sought by the social workers."""
    at_reception.ok(
        *NEW, "--programme", "o-csw", "--channel", "neighbour", "--reporter", "鈴木 一郎",
        "--reporter-relation", "隣人", "--address", "南池袋9-9-9", "--note", "雨戸が閉まったまま", today="2026-11-02",
    )  # fmt: skip
    return at_reception


def log(desk: NearDesk, *words: str, today: str = "2026-11-10") -> Any:
    return desk.json("outreach", "log", CASE, "--method", "visit", "--note", "話した", *words, today=today)


class TestNew:
    def test_one_unnamed_person_is_enough(self, at_reception: NearDesk) -> None:
        data = at_reception.json(*NEW, "--note", "夜に明かりがつかない")
        assert (data["case"], data["stage"]) == (CASE, "outreach")
        assert data["people"] == [{"label": "A", "name": None}]
        assert {"looks_complex", "why_complex", "suggestions", "duty", "possible_duplicates"} <= set(data)
        assert data["next"][0]["command"] == f"toshima intake {CASE}"

    def test_everything_missing_is_named_at_once(self, at_reception: NearDesk) -> None:
        typed = at_reception.run("outreach", "new", "-f", "json")
        assert typed.code == 6
        assert {m["option"] for m in typed.error["missing"]} == {"--why", "--window", "--note"}

    @pytest.mark.parametrize(
        ("words", "where"),
        [
            (("--programme", "p-csw"), "--programme"),
            (("--why", "lazy"), "--why"),
            (("--concern", "B:care"), "--concern #1 LABEL"),
            (("--on", "2026-12-01"), "--on"),
        ],
    )
    def test_what_cannot_be_used(self, at_reception: NearDesk, words: tuple[str, str], where: str) -> None:
        error = at_reception.refused(*NEW, "--note", "x", *words, code=2)
        assert {fault["where"] for fault in error["faults"]} == {where}

    def test_from_a_file(self, at_reception: NearDesk) -> None:
        form = {
            "why": "refuses", "window": "korei-sogo", "on": "2026-11-20", "note": "訪問を望まれない",
            "people": [{"label": "A", "kana": "たかはし せつこ"}, {"label": "B"}],
            "concerns": [{"person": "A", "concern": "violence"}],
        }  # fmt: skip
        typed = at_reception.run("outreach", "new", "--from", "-", "-f", "json", stdin=json.dumps(form))
        assert typed.code == 0, typed.err
        assert [duty["kind"] for duty in typed.data["duty"]]
        assert typed.data["possible_duplicates"][0]["case"] == "2026-0001"
        del form["note"]
        lacking = at_reception.run("outreach", "new", "--from", "-", "-f", "json", stdin=json.dumps(form))
        assert (lacking.code, lacking.error["faults"][0]["where"]) == (2, "note")
        assert at_reception.run("outreach", "new", "--from", "-", "--why", "other", stdin="{}").code == 2

    def test_who_told_us_is_shown_nowhere(self, desk: NearDesk) -> None:
        for line in (("show", CASE), ("outreach", "list"), ("caseload",), ("journal",)):
            for form in ("table", "json"):
                typed = desk.run(*line, "-f", form)
                assert "鈴木" not in typed.out
                assert "隣人" not in typed.out

    def test_it_is_shown_with_why_and_who_seeks(self, desk: NearDesk) -> None:
        shown = desk.json("show", CASE)
        assert shown["outreach"] == {"why": "unaware", "programme": "o-csw"}
        assert shown["household"]["address"] == "南池袋9-9-9"


class TestLog:
    def test_a_contact_is_made_under_the_programme_of_the_case(self, desk: NearDesk) -> None:
        data = log(desk, "--next", "2026-11-20")
        assert (data["note"], data["programme"], data["stage"]) == (f"{CASE}/N1", "o-csw", "outreach")
        assert log(desk, "--programme", "o-minsei")["programme"] == "o-minsei"
        assert desk.refused("outreach", "log", CASE, "--method", "visit", "--note", "x", "--programme", "c-csw", code=2)

    def test_a_case_of_no_programme_has_none(self, at_reception: NearDesk) -> None:
        data = at_reception.json("outreach", "log", "2026-0001", "--method", "phone", "--note", "x")
        assert data["programme"] is None

    def test_another_person_and_another_trouble_are_found(self, desk: NearDesk) -> None:
        data = log(desk, "--found", "B:withdrawal", "--found", "C:care", "--found", "A:debt", "--found", "family")
        assert data["people_found"] == ["B", "C"]
        assert data["found"][0] == {"person": "B", "concern": "withdrawal"}
        assert data["found"][3] == {"person": None, "concern": "family"}
        assert data["next"][0]["command"].startswith(f"toshima person edit {CASE} B --name")
        shown = desk.json("show", CASE)
        assert [(p["label"], p["name"], p["relation"]) for p in shown["people"]][1] == ("B", None, "other")
        assert [(c["person"], c["concern"]) for c in shown["concerns"]][:2] == [("B", "withdrawal"), ("C", "care")]

    @pytest.mark.parametrize("label", ["C", "Z", "AA"])
    def test_a_label_that_is_not_the_next_one_is_nobody(self, desk: NearDesk, label: str) -> None:
        for command in (("outreach", "log"), ("progress",)):
            words = (*command, CASE, "--method", "visit", "--note", "x", "--found", f"{label}:care")
            assert desk.refused(*words, code=4)

    def test_progress_finds_people_too(self, at_reception: NearDesk) -> None:
        data = at_reception.json("progress", "2026-0001", "--method", "visit", "--note", "x", "--found", "D:rent")
        assert data["people_found"] == ["D"]
        assert data["programme"] is None
        marked = at_reception.json("progress", "2026-0001", "--method", "visit", "--note", "x", "--programme", "o-csw")
        assert (marked["programme"], marked["people_found"], marked["found"]) == ("o-csw", [], [])

    def test_nothing_is_found_in_a_case_that_ended(self, at_reception: NearDesk) -> None:
        at_reception.ok("close", "2026-0001", "--reason", "deceased", "--yes")
        words = ("progress", "2026-0001", "--method", "visit", "--note", "片付け")
        at_reception.ok(*words)
        assert at_reception.refused(*words, "--found", "A:rent")["rule"] == "stage.concern"
        assert at_reception.refused(*words, "--programme", "o-csw")["rule"] == "stage.contact"
        assert at_reception.refused("outreach", "log", *words[1:])["rule"] == "stage.contact"


class TestList:
    def test_who_is_sought_what_is_due_first(self, desk: NearDesk) -> None:
        desk.ok(*NEW, "--note", "x", "--person", "A|本間 梅", today="2026-11-03")
        desk.ok(*NEW, "--note", "x", today="2026-11-04")
        desk.ok("intake", "2026-0004", "--concern", "A:food", today="2026-11-05")
        log(desk)
        log(desk, "--next", "2026-11-30", "--found", "B:care")
        rows = desk.json("outreach", "list")
        assert [row["case"] for row in rows] == [CASE, "2026-0003"]
        assert rows[0] == {
            "case": CASE, "opened_on": "2026-11-02", "why": "unaware", "programme": "o-csw",
            "people": [{"label": "A", "name": None}, {"label": "B", "name": None}],
            "contacts": 2, "last_contact_on": "2026-11-10", "next_due_on": "2026-11-30",
        }  # fmt: skip
        assert len(desk.json("outreach", "list", "--limit", "1")) == 1
        assert "本間" not in desk.ok("--mask", "outreach", "list").out
        entries = desk.json("journal", "--case", "2026-0003")
        assert [entry["verb"] for entry in entries].count("outreach list") >= 2

    def test_a_restricted_case_is_its_own_peoples(self, desk: NearDesk) -> None:
        with closing(sqlite3.connect(desk.db)) as conn:
            seq = conn.execute("SELECT MAX(seq) FROM act").fetchone()[0]
            conn.execute(
                "INSERT INTO case_holder (seq, on_date, case_id, staff_code, holds) VALUES (?, ?, 2, 'k03', 1)",
                (seq, "2026-11-24"),
            )
            conn.commit()
        typed = desk.run("outreach", "list")
        assert (CASE in typed.out, CASE in typed.err) == (False, False)
        assert desk.refused("intake", CASE, "--concern", "A:food", code=4)
        assert desk.refused("outreach", "log", CASE, "--method", "visit", "--note", "x", code=4)
        assert [row["case"] for row in desk.json("--as", "k03", "outreach", "list")] == [CASE]

    def test_nobody(self, at_reception: NearDesk) -> None:
        assert at_reception.json("outreach", "list") == []


class TestIntake:
    """⓪ → ①: what outreach knows is completed, not typed again."""

    def test_who_is_known_is_completed_and_others_join(self, desk: NearDesk) -> None:
        log(desk, "--found", "B:withdrawal")
        data = desk.json(
            "intake", CASE, "--person", "A|石井 誠|いしい まこと|1960-02-03|male|head", "--person", "C|石井 花",
            "--concern", "A:housing!", "--concern", "B:withdrawal", "--window", "kurashi-shigoto", "--channel",
            "outreach", "--note", "窓口まで一緒に来た",
        )  # fmt: skip
        assert (data["case"], data["stage"]) == (CASE, "received")
        assert data["people"][:2] == [{"label": "A", "name": "石井 誠"}, {"label": "B", "name": None}]
        shown = desk.json("show", CASE)
        assert (shown["window"], shown["household"]["address"]) == ("kurashi-shigoto", "南池袋9-9-9")
        assert shown["note"] == "雨戸が閉まったまま\n窓口まで一緒に来た"
        assert shown["people"][0]["relation"] == "head"
        assert [(c["person"], c["concern"]) for c in shown["concerns"]] == [("B", "withdrawal"), ("A", "housing")]
        (found,) = [case for case in desk.json("caseload") if case["case"] == CASE]
        assert found["window"] == "kurashi-shigoto"

    def test_defaults_are_the_cases_own(self, desk: NearDesk) -> None:
        desk.ok("intake", CASE, "--concern", "A:food")
        shown = desk.json("show", CASE)
        assert (shown["window"], shown["stage"], shown["people"][0]["name"]) == ("csw", "received", None)

    def test_a_different_value_is_a_correction_that_keeps_the_old(self, desk: NearDesk) -> None:
        desk.ok(*NEW, "--note", "x", "--person", "A|石井 誠|||male|head", today="2026-11-03")
        desk.ok("intake", "2026-0003", "--person", "A|石井 実||1961-01-01", "--concern", "A:food")
        rows = _rows(desk, "SELECT field, old_value, new_value, reason FROM correction WHERE person_id > 0 ORDER BY 1")
        assert rows == [("birth_date", None, "1961-01-01", "intake"), ("name", "石井 誠", "石井 実", "intake")]
        person = desk.json("show", "2026-0003")["people"][0]
        assert (person["name"], person["sex"], person["relation"]) == ("石井 実", "male", "head")
        assert _rows(desk, "SELECT COUNT(*) FROM search_key k JOIN person p ON p.id = k.person_id"
                     " WHERE p.name = '石井 実' AND k.kind = 'name'")[0][0] >= 1  # fmt: skip

    def test_a_trouble_told_with_more_takes_the_place_of_the_first_word(self, desk: NearDesk) -> None:
        log(desk, "--found", "A:food")
        desk.ok("intake", CASE, "--concern", "A:food!")
        (concern,) = desk.json("show", CASE)["concerns"]
        assert concern["most_pressing"] is True

    def test_at_least_one_concern(self, desk: NearDesk) -> None:
        typed = desk.run("intake", CASE, "-f", "json")
        assert (typed.code, [m["option"] for m in typed.error["missing"]]) == (6, ["--concern"])
        filed = desk.run("intake", CASE, "--from", "-", "-f", "json", stdin='{"received_on": "2026-11-20"}')
        assert (filed.code, filed.error["faults"][0]["where"]) == (2, "concerns")

    def test_a_label_that_fits_nobody(self, desk: NearDesk) -> None:
        typed = desk.run("intake", CASE, "--concern", "B:food", "-f", "json")
        assert (typed.code, typed.error["faults"][0]["where"]) == (2, "--concern #1 LABEL")
        form = {"received_on": "2026-11-20", "concerns": [{"person": "B", "concern": "food"}],
                "consents": [{"person": "C", "decision": "given", "scope": ["plan"], "on": "2026-11-20",
                              "method": "oral"}]}  # fmt: skip
        filed = desk.run("intake", CASE, "--from", "-", "-f", "json", stdin=json.dumps(form))
        assert [f["where"] for f in filed.error["faults"]] == ["concerns[0].person", "consents[0].person"]

    def test_a_file_with_consents(self, desk: NearDesk) -> None:
        form = {"received_on": "2026-11-20", "concerns": [{"person": "A", "concern": "food"}],
                "people": [{"label": "A", "birth_date": "1960-01-01", "wish": "放っておいてほしい"}],
                "consents": [{"person": "A", "decision": "given", "scope": ["sharing"], "on": "2026-11-20",
                              "method": "oral"}]}  # fmt: skip
        typed = desk.run("intake", CASE, "--from", "-", "-f", "json", stdin=json.dumps(form))
        assert typed.code == 0, typed.err
        person = desk.json("show", CASE)["people"][0]
        assert (person["consent"]["sharing"], person["wish"]) == ("given", "放っておいてほしい")

    def test_only_from_outreach(self, desk: NearDesk) -> None:
        error = desk.refused("intake", "2026-0001", "--concern", "A:food")
        assert error["rule"] == "stage.connect"
        assert error["next"][0]["command"].startswith("toshima progress 2026-0001")
        assert desk.refused("intake", "2026-0009", "--concern", "A:food", code=4)
        assert (
            desk.refused("intake", CASE, "--concern", "A:food", "--on", "2026-11-01")["rule"] == "stage.before_opened"
        )

    def test_the_month_counts_it(self, desk: NearDesk) -> None:
        log(desk, "--found", "B:withdrawal")
        desk.ok("intake", CASE, "--concern", "A:food", today="2026-11-12")
        desk.ok("progress", CASE, "--method", "visit", "--note", "x", today="2026-11-13")
        log(desk, "--person", "B", today="2026-11-14")
        rows = {row["key"]: row["month"] for row in desk.json("report", "monthly", "--month", "2026-11")["rows"]}
        assert (rows["cases.opened"], rows["consultations.new"]) == (1, 1)
        assert (rows["outreach.contacts"], rows["outreach.people"], rows["contacts.total"]) == (2, 2, 3)


def _rows(desk: NearDesk, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(desk.db)) as conn:
        return list(conn.execute(sql))
