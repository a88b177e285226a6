"""Concerns and people that change: found later, corrected, joining, moving, leaving; what follows from it."""

from typing import Any

import pytest

from tests.desk import NearDesk
from tests.flow.conftest import CASE

OTHER = "2026-0002"
SECOND = (
    "intake",
    "--window",
    "kodomo-katei",
    "--channel",
    "self",
    "--person",
    "A|鈴木 花|すずき はな|1970-01-01|female|head",
)


def rules(found: Any) -> list[str]:
    return [warning["rule"] for warning in found["warnings"]]


def people(desk: NearDesk, case: str = CASE) -> dict[str, Any]:
    return {p["label"]: p for p in desk.json("show", case)["people"]}


def standing(desk: NearDesk, case: str = CASE) -> set[tuple[str | None, str, bool]]:
    return {(c["person"], c["concern"], c["most_pressing"]) for c in desk.json("show", case)["concerns"]}


@pytest.fixture
def two(at_reception: NearDesk) -> NearDesk:
    at_reception.ok(*SECOND, "--concern", "A:rent")
    return at_reception


class TestConcern:
    def test_a_new_mark_takes_over_and_says_so(self, at_reception: NearDesk) -> None:
        found = at_reception.json(
            "concern", "add", CASE, "--concern", "B:debt!", "--concern", "housing", "--note", "督促"
        )
        assert rules(found) == ["concern.most_pressing"]
        assert {("B", "withdrawal", False), ("B", "debt", True), (None, "housing", False)} <= standing(at_reception)

    def test_once_taken_over_the_mark_does_not_come_back(self, at_reception: NearDesk) -> None:
        at_reception.ok("concern", "add", CASE, "--concern", "B:debt!")
        at_reception.ok("concern", "end", CASE, "--concern", "B:debt", "--reason", "返し終えた")
        assert ("B", "withdrawal", False) in standing(at_reception)
        assert "debt" not in {code for _, code, _ in standing(at_reception)}

    def test_one_that_stands_may_become_the_most_pressing_and_counts_once(self, at_reception: NearDesk) -> None:
        at_reception.ok("concern", "add", CASE, "--concern", "B:debt", today="2026-11-02")
        at_reception.ok("concern", "add", CASE, "--concern", "B:debt!", today="2026-11-03")
        assert [c for c in standing(at_reception) if c[1] == "debt"] == [("B", "debt", True)]
        report = at_reception.json("report", "monthly", "--month", "2026-11", "--all")
        assert {r["key"]: r["month"] for r in report["rows"]}["concerns.debt"] == 1

    def test_twice_is_refused(self, at_reception: NearDesk) -> None:
        assert at_reception.refused("concern", "add", CASE, "--concern", "C:care")["rule"] == "concern.stands"

    def test_two_marks_of_one_person_are_a_fault(self, at_reception: NearDesk) -> None:
        at_reception.refused("concern", "add", CASE, "--concern", "B:debt!", "--concern", "B:food!", code=2)

    def test_one_that_does_not_stand_cannot_end(self, at_reception: NearDesk) -> None:
        error = at_reception.refused("concern", "end", CASE, "--concern", "B:debt")
        assert error["rule"] == "concern.not_standing"
        early = at_reception.refused("concern", "end", CASE, "--concern", "C:care", "--on", "2026-10-01")
        assert early["rule"] == "stage.before_opened"

    def test_of_nobody_and_nothing(self, at_reception: NearDesk) -> None:
        at_reception.refused("concern", "add", CASE, "--concern", "Z:debt", code=4)
        at_reception.refused("concern", "add", CASE, "--concern", "A:nothing", code=2)
        at_reception.refused("concern", "add", CASE, code=6)

    def test_not_in_a_case_that_ended(self, at_reception: NearDesk) -> None:
        at_reception.ok("close", CASE, "--reason", "information_only", "--yes")
        assert at_reception.refused("concern", "add", CASE, "--concern", "A:debt")["rule"] == "stage.concern"


class TestAdd:
    def test_the_next_free_label_and_who_it_may_be(self, at_reception: NearDesk) -> None:
        found = at_reception.json("person", "add", CASE, "--person", "|高橋 節子|タカハシ セツコ", "--person", "F|")
        assert [p["label"] for p in found["people"]] == ["D", "F"]
        assert [(d["case"], d["label"]) for d in found["possible_duplicates"]] == [(CASE, "C")]
        assert rules(found) == ["person.possible_duplicate"]
        assert people(at_reception)["D"]["relation"] == "other"

    def test_a_label_that_is_taken(self, at_reception: NearDesk) -> None:
        at_reception.refused("person", "add", CASE, "--person", "B|髙橋 健", code=2)
        at_reception.refused("person", "add", CASE, "--person", "E", "--person", "E", code=2)

    def test_one_person_in_two_households(self, two: NearDesk) -> None:
        two.ok("person", "add", OTHER, "--person", "||||| child", "--same", f"{CASE}/B")
        assert people(two, OTHER)["B"]["name"] == people(two)["B"]["name"]
        two.ok("person", "edit", CASE, "B", "--phone", "03-0000-0000", "--reason", "聞き取り")
        assert people(two, OTHER)["B"]["phone"] == "03-0000-0000"
        assert two.refused("person", "add", OTHER, "--person", "|", "--same", f"{CASE}/B")["rule"] == "person.there"

    def test_the_same_takes_no_facts_and_one_person(self, two: NearDesk) -> None:
        two.refused("person", "add", OTHER, "--person", "|別の名前", "--same", f"{CASE}/B", code=2)
        two.refused("person", "add", OTHER, "--person", "D", "--person", "E", "--same", f"{CASE}/B", code=2)
        two.refused("person", "add", OTHER, "--person", "D", "--same", f"{CASE}/Z", code=4)
        two.refused("person", "add", OTHER, "--person", "D", "--same", "B", code=2)

    def test_born_after_joining(self, at_reception: NearDesk) -> None:
        words = ("person", "add", CASE, "--person", "|x||2026-10-20", "--on", "2026-10-10")
        at_reception.refused(*words, today="2026-10-25", code=2)

    def test_masked(self, at_reception: NearDesk) -> None:
        found = at_reception.run("--mask", "person", "add", CASE, "--person", "|山田 花|やまだ はな", "-f", "json")
        assert found.data["people"] == [{"label": "D", "name": "Y.H."}]


class TestEdit:
    def test_the_old_value_and_the_reason_stay(self, at_reception: NearDesk) -> None:
        words = ("--birth", "1942-03-04", "--name", "髙橋 せつ子", "--reason", "保険証で確認")
        assert at_reception.json("person", "edit", CASE, "C", *words)["fields"] == ["name", "birth_date"]
        person = people(at_reception)["C"]
        assert (person["name"], person["birth_date"]) == ("髙橋 せつ子", "1942-03-04")
        before = {c["field"]: (c["old"], c["new"], c["reason"]) for c in person["corrections"]}
        assert before["name"] == ("髙橋 節子", "髙橋 せつ子", "保険証で確認")
        assert before["birth_date"][1] == "1942-03-04"

    def test_a_value_can_be_taken_away(self, at_reception: NearDesk) -> None:
        at_reception.ok("person", "edit", CASE, "B", "--phone", "090", "--reason", "x")
        at_reception.ok("person", "edit", CASE, "B", "--phone", "none", "--birth", "unknown", "--reason", "x")
        person = people(at_reception)["B"]
        assert (person["phone"], person["birth_date"], person["age"]) == (None, None, None)

    def test_nothing_changed_nothing_given_no_reason(self, at_reception: NearDesk) -> None:
        same = at_reception.refused("person", "edit", CASE, "B", "--sex", "male", "--reason", "x")
        assert same["rule"] == "person.same"
        at_reception.refused("person", "edit", CASE, "B", "--reason", "x", code=6)
        at_reception.refused("person", "edit", CASE, "B", "--sex", "male", code=6)
        at_reception.refused("person", "edit", CASE, "B", "--sex", "none", "--reason", "x", code=2)
        at_reception.refused("person", "edit", CASE, "B", "--birth", "2027-01-01", "--reason", "x", code=2)

    def test_who_is_found_by_the_new_name(self, two: NearDesk) -> None:
        found = two.json("person", "edit", CASE, "B", "--name", "鈴木 花", "--birth", "unknown", "--reason", "改姓")
        assert [(d["case"], d["label"]) for d in found["possible_duplicates"]] == [(OTHER, "A")]
        words = ("intake", "--window", "csw", "--channel", "self", "--person", "A|鈴木 花", "--concern", "A:job")
        assert {(d["case"], d["label"]) for d in two.json(*words)["possible_duplicates"]} == {(OTHER, "A"), (CASE, "B")}

    def test_masked_corrections_name_nobody(self, at_reception: NearDesk) -> None:
        at_reception.ok("person", "edit", CASE, "C", "--name", "別府 マリ", "--reason", "別府 マリと名乗る")
        shown = at_reception.run("--mask", "show", CASE, "-f", "json").out
        assert "別府" not in shown
        assert "節子" not in shown


class TestAlerts:
    @pytest.fixture
    def alerted(self, engaging: NearDesk) -> NearDesk:
        words = ("--contact-rule", "夫に知らせない", "--visit-alert", "二人で訪問", "--reason", "本人の希望")
        engaging.ok("person", "edit", CASE, "B", *words)
        return engaging

    def test_stand_first_in_the_answers_about_the_person(self, alerted: NearDesk) -> None:
        found = alerted.json("progress", CASE, "--method", "phone", "--person", "B", "--note", "x")
        assert rules(found)[:2] == ["person.visit_alert", "person.contact_rule"]
        assert rules(alerted.json("consent", CASE, "B", "--refused", "--method", "oral"))[0] == "person.visit_alert"
        assert "person.visit_alert" not in rules(
            alerted.json("progress", CASE, "--method", "phone", "--person", "A", "--note", "x")
        )

    def test_stand_on_every_view(self, alerted: NearDesk) -> None:
        assert alerted.json("route", CASE)["alerts"] == [
            {"label": "B", "visit_alert": "二人で訪問", "contact_rule": "夫に知らせない"}
        ]
        assert {line["label"]: line["visit_alert"] for line in alerted.json("gate", CASE)}["B"] == "二人で訪問"
        assert alerted.json("caseload")[0]["alerts"] == ["B"]
        alerted.ok("convene", "stakeholder", "--on", "2026-11-26", "--case", CASE)
        assert {tuple(item["alerts"]) for item in alerted.json("agenda", "M2026-0002")["items"]} == {("B",)}
        for words in (("route", CASE), ("gate", CASE), ("show", CASE)):
            assert "二人で訪問" in alerted.ok(*words).out
        assert "二人で訪問" not in alerted.ok("agenda", "M2026-0002").out

    def test_under_a_mask_their_words_are_held_back(self, alerted: NearDesk) -> None:
        alerted.ok("person", "edit", CASE, "B", "--contact-rule", "髙橋 節子に知らせない", "--reason", "x")
        for words in (
            ("progress", CASE, "--method", "phone", "--person", "B", "--note", "x"),
            ("route", CASE),
            ("gate", CASE),
            ("show", CASE),
            ("caseload",),
        ):
            typed = alerted.run("--mask", *words)
            assert typed.code == 0
            assert "節子" not in typed.out + typed.err

    @pytest.mark.parametrize(
        "words",
        [
            ("route", CASE, "--accept", "R2026-0001"),
            ("consent", CASE, "B", "--withdrawn", "--method", "oral"),
            ("person", "leave", CASE, "B", "--reason", "institution"),
            ("status",),
        ],
        ids=" ".join,
    )
    @pytest.mark.parametrize("form", [(), ("-f", "json")])
    def test_under_a_mask_a_recipient_outside_names_nobody(
        self, engaging: NearDesk, words: tuple[str, ...], form: tuple[str, ...]
    ) -> None:
        engaging.ok("consent", CASE, "B", "--given", "--scope", "sharing", "--method", "oral", today="2026-10-20")
        to = ("--to", "outside:優太親の会", "--person", "B", "--ground", "consent", *form)
        masked = engaging.ok("--mask", "route", CASE, *to, today="2026-10-20")
        answered = engaging.ok("--mask", *words, *form)
        assert "優太" not in masked.out + masked.err + answered.out + answered.err
        assert "R2026-0001" in answered.out + answered.err

    def test_under_a_mask_what_names_nobody_is_said(self, alerted: NearDesk) -> None:
        said = alerted.ok("--mask", "progress", CASE, "--method", "phone", "--person", "B", "--note", "x").err
        assert "二人で訪問" in said
        form = ("--window", "csw", "--channel", "self", "--concern", "A:job", "-f", "json")
        found = alerted.ok("--mask", "intake", *form, "--person", "A|山田 花|やまだ はな")
        assert "山田" not in found.out + found.err


class TestAssistance:
    def test_the_case_worker_leads(self, at_reception: NearDesk) -> None:
        words = ("--assistance-since", "R8.4.1", "--assistance-office", "西部生活福祉課", "--reason", "x")
        at_reception.ok("person", "edit", CASE, "A", *words)
        first = at_reception.json("route", CASE)["suggestions"][0]
        assert (first["window"], first["person"]) == ("seibu-seikatsu", "A")
        at_reception.ok("person", "edit", CASE, "A", "--assistance-office", "none", "--reason", "x")
        both = [s["window"] for s in at_reception.json("route", CASE)["suggestions"][:2]]
        assert both == ["seikatsu", "seibu-seikatsu"]


class TestLeave:
    def test_the_head_leaves_and_another_is_named(self, at_reception: NearDesk) -> None:
        words = ("--reason", "institution", "--note", "入院", "--head", "B", "--on", "2026-11-20")
        found = at_reception.json("person", "leave", CASE, "A", *words)
        assert rules(found) == []
        assert people(at_reception)["B"]["relation"] == "head"
        assert people(at_reception)["B"]["corrections"][0]["field"] == "relation"
        gone = people(at_reception)["A"]
        assert (gone["left_on"], gone["left_reason"]) == ("2026-11-20", "institution")
        assert [p["label"] for p in at_reception.json("caseload")[0]["people"]] == ["B", "C"]
        assert "A" not in {person for person, _, _ in standing(at_reception)}

    def test_who_stays_is_something_else_to_the_new_head(self, at_reception: NearDesk) -> None:
        at_reception.ok("person", "add", CASE, "--person", "D|髙橋 健|||male|partner")
        found = at_reception.json("person", "leave", CASE, "A", "--reason", "deceased", "--head", "B")
        assert {label: p["relation"] for label, p in people(at_reception).items() if label in "BCD"} == {
            "B": "head",
            "C": "grandparent",
            "D": "other",
        }
        assert rules(found) == ["person.relation"]
        at_reception.ok("undo", "--yes")
        assert (people(at_reception)["C"]["relation"], people(at_reception)["D"]["relation"]) == ("parent", "partner")

    def test_without_a_new_head_a_warning(self, at_reception: NearDesk) -> None:
        assert rules(at_reception.json("person", "leave", CASE, "A", "--reason", "other")) == ["person.no_head"]

    def test_nobody_leaves_twice_or_before_joining(self, at_reception: NearDesk) -> None:
        at_reception.ok("person", "leave", CASE, "B", "--reason", "independent")
        assert at_reception.refused("person", "leave", CASE, "B", "--reason", "other")["rule"] == "person.not_there"
        assert at_reception.refused("person", "wish", CASE, "B", "--text", "x")["rule"] == "person.not_there"
        assert at_reception.refused("concern", "add", CASE, "--concern", "B:food")["rule"] == "person.not_there"
        at_reception.refused("person", "leave", CASE, "A", "--reason", "gone", code=2)
        at_reception.refused("person", "leave", CASE, "A", "--reason", "other", "--head", "A", code=2)

    def test_the_last_one_is_concluded_instead(self, at_reception: NearDesk) -> None:
        for label in "BC":
            at_reception.ok("person", "leave", CASE, label, "--reason", "other")
        error = at_reception.refused("person", "leave", CASE, "A", "--reason", "moved_out")
        assert error["rule"] == "person.last"
        assert at_reception.json("show", CASE)["stage"] == "received"

    def test_with_the_death_of_the_last_the_case_ends(self, engaging: NearDesk) -> None:
        for label in "BC":
            engaging.ok("person", "leave", CASE, label, "--reason", "other")
        found = engaging.json("person", "leave", CASE, "A", "--reason", "deceased")
        assert (found["stage"], found["ended"]) == ("closed", True)
        assert "close.report" in rules(found)
        assert engaging.json("show", CASE)["ends"][0]["reason"] == "deceased"
        assert not [n for n in found["next"] if n["act"] == "consent"]
        engaging.ok("progress", CASE, "--method", "other", "--note", "葬儀の手配")
        rows = {r["key"]: r["month"] for r in engaging.json("report", "monthly", "--month", "2026-11", "--all")["rows"]}
        assert rows["ends.by_reason.deceased"] == 1
        assert rows["cases.open_start"] + rows["cases.opened"] + rows["cases.reopened"] - rows["cases.ended"] == 0

    def test_a_plan_of_whom_nobody_is_left_ends(self, planning: NearDesk) -> None:
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved", "--on", "2026-11-19")
        first = planning.json("person", "leave", CASE, "A", "--reason", "deceased", "--head", "B")
        assert "person.open_actions" in rules(first)
        assert "plan.ended_for" in rules(first)
        assert first["stage"] == "supporting"
        second = planning.json("person", "leave", CASE, "B", "--reason", "independent")
        assert "person.plan_ended" in rules(second)
        assert second["stage"] == "engaging"
        assert planning.json("plan", CASE, "--list")[0]["status"] == "ended"
        assert [line["label"] for line in planning.json("gate", CASE)] == ["C"]

    def test_open_referrals_are_named_and_nothing_is_due_of_the_dead(self, planning: NearDesk) -> None:
        planning.ok("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent", "--reason", "x")
        planning.ok("progress", CASE, "--method", "phone", "--person", "B", "--note", "x", "--next", "2026-12-01")
        found = planning.json("person", "leave", CASE, "B", "--reason", "deceased")
        assert {"person.open_referrals", "person.open_actions"} <= set(rules(found))
        assert not [n for n in found["next"] if "--accept" in n["command"] or n["due_on"] == "2026-12-01"]
        assert planning.json("caseload")[0]["next_due_on"] != "2026-12-01"

    def test_typed_late_what_was_planned_since_is_named(self, planning: NearDesk) -> None:
        found = planning.json("person", "leave", CASE, "B", "--reason", "deceased", "--on", "2026-11-10")
        assert "plan.misfit" in rules(found)


class TestMove:
    def test_to_the_household_of_another_case(self, two: NearDesk) -> None:
        found = two.json("person", "move", CASE, "B", "--to", OTHER, "--relation", "child", "--reason", "同居")
        assert found["to_label"] == "B"
        assert people(two, OTHER)["B"]["relation"] == "child"
        assert people(two)["B"]["to_case"] == OTHER
        assert found["next"][0]["command"] == f"toshima concern add {OTHER} --concern B:withdrawal"

    def test_the_last_one_and_the_same_case(self, two: NearDesk) -> None:
        error = two.refused("person", "move", OTHER, "A", "--to", CASE)
        assert error["rule"] == "person.last"
        assert two.refused("person", "move", CASE, "A", "--to", CASE)["rule"] == "person.there"
        two.refused("person", "move", CASE, "A", "--to", "2026-0099", code=4)


def test_a_wish_is_dated(at_reception: NearDesk) -> None:
    at_reception.ok("person", "wish", CASE, "B", "--text", "働きたい", "--on", "2026-11-01")
    at_reception.ok("person", "wish", CASE, "B", "--text", "休みたい")
    assert people(at_reception)["B"]["wish"] == "休みたい"
