"""Passing on: every ground, every answer, and that nothing passes without one."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.desk import NearDesk

CASE = "2026-0001"


def permits(desk: NearDesk) -> list[dict[str, object]]:
    with closing(sqlite3.connect(desk.db)) as conn:
        return [json.loads(row[0]) for row in conn.execute("SELECT permit FROM referral ORDER BY id")]


def consent(desk: NearDesk, label: str, *more: str) -> None:
    desk.ok("consent", CASE, label, "--given", "--scope", "plan,sharing", "--method", "signature", *more)


class TestGrounds:
    def test_consent_moves_the_part_of_who_consented(self, engaging: NearDesk) -> None:
        consent(engaging, "B")
        data = engaging.json("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent")
        assert data["referrals"] == ["R2026-0001"]
        assert permits(engaging)[0]["facts"] == [
            {
                "fact": "consent",
                "person": "B",
                "scope": "sharing",
                "decision": "given",
                "holds": True,
                "on": "2026-11-24",
                "method": "signature",
                "decided_by": "self",
                "expires_on": None,
                "excluding": [],
            }
        ]

    def test_one_without_consent_stops_them_all(self, engaging: NearDesk) -> None:
        consent(engaging, "B")
        error = engaging.refused("route", CASE, "--to", "hikikomori", "--ground", "consent")
        assert error["rule"] == "share.consent.none"
        assert permits(engaging) == []

    @pytest.mark.parametrize("to", ["hikikomori", "p-hikikomori", "outside:ひきこもり相談窓口"])
    def test_an_exception_holds_under_every_name_of_the_window(self, engaging: NearDesk, to: str) -> None:
        consent(engaging, "B", "--excluding", "hikikomori")
        error = engaging.refused("route", CASE, "--to", to, "--person", "B", "--ground", "consent")
        assert error["rule"] == "share.consent.excluded"

    def test_an_address_moves_nothing_and_needs_nothing(self, engaging: NearDesk) -> None:
        engaging.ok("route", CASE, "--to", "korei-sogo", "--person", "C", "--ground", "none_shared")
        assert permits(engaging)[0]["facts"] == []

    def test_the_same_office_only(self, engaging: NearDesk) -> None:
        words = ("route", CASE, "--person", "C", "--ground", "same_office")
        assert engaging.refused(*words, "--to", "korei-sogo")["rule"] == "share.same_office"

    def test_a_support_conference_opens_the_way_to_who_was_there(self, engaging: NearDesk) -> None:
        words = ("route", CASE, "--person", "C", "--ground", "support_conference")
        assert engaging.json(*words, "--to", "korei-sogo")["referral"] == "R2026-0001"
        for to in ("hikikomori", "outside:高齢者総合相談センター前の不動産屋", "outside:センター", "outside:CSWs"):
            assert engaging.refused(*words, "--to", to)["rule"] == "share.support_conference"
        assert permits(engaging)[0]["ground"] == {
            "kind": "support_conference",
            "basis": "law",
            "article": "106-6",
            "secrecy": "106-6(6)",
            "penalty": "159 item 2",
            "penalty_text": "1年以下の拘禁刑又は100万円以下の罰金",
            "text": "社会福祉法第106条の6第1項",
        }

    def test_a_support_conference_is_no_way_round_an_exception(self, engaging: NearDesk) -> None:
        engaging.ok(
            "consent", CASE, "C", "--given", "--scope", "sharing", "--method", "oral", "--excluding", "korei-sogo"
        )
        words = ("route", CASE, "--to", "korei-sogo", "--person", "C", "--ground", "support_conference")
        assert engaging.refused(*words)["rule"] == "share.support_conference.excluded"
        assert engaging.json("gate", CASE, "--to", "korei-sogo")[2]["may"] is False

    def test_two_bodies_commissioned_by_one_section_are_no_office(self, engaging: NearDesk) -> None:
        engaging.ok("staff", "add", "j01", "--name", "西", "--office", "受託法人", "--window", "kurashi-shigoto")
        words = ("--as", "j01", "route", CASE, "--person", "C", "--ground", "same_office", "--to")
        assert engaging.refused(*words, "hikikomori")["rule"] == "share.same_office"
        engaging.ok(*words, "p-kurashi-shigoto")

    def test_an_emergency_needs_its_reason(self, engaging: NearDesk) -> None:
        words = ("route", CASE, "--to", "outside:消防署", "--person", "C", "--ground", "emergency")
        assert engaging.refused(*words)["rule"] == "share.emergency.reason"
        engaging.ok(*words, "--reason", "倒れていて返事がない")

    def test_an_emergency_is_on_the_next_agenda(self, engaging: NearDesk) -> None:
        engaging.ok(
            "route", CASE, "--to", "outside:消防署", "--person", "C", "--ground", "emergency", "--reason", "倒れていた",
            today="2026-11-10",
        )  # fmt: skip
        made = engaging.json("convene", "subcommittee", "--on", "2026-11-19", today="2026-11-12")
        assert "emergency_report" in [item["purpose"] for item in made["items"]]

    def test_an_emergency_written_down_after_the_report_comes_to_the_next_sitting(self, engaging: NearDesk) -> None:
        words = ("route", CASE, "--to", "outside:消防署", "--ground", "emergency", "--reason", "倒れていた")
        engaging.ok(*words, "--person", "C", "--on", "2026-11-10")
        engaging.ok("convene", "subcommittee", "--on", "2026-11-19")
        engaging.ok("attend", "M2026-0002", "k03")
        (first,) = (i for i in engaging.json("agenda", "M2026-0002")["items"] if i["purpose"] == "emergency_report")
        engaging.ok("decide", "M2026-0002", str(first["item"]), "--outcome", "noted")
        none = engaging.json("convene", "subcommittee", "--on", "2026-12-17")
        assert "emergency_report" not in [item["purpose"] for item in none["items"]]
        engaging.ok(*words, "--person", "B", "--on", "2026-11-12")
        made = engaging.json("convene", "subcommittee", "--on", "2026-12-18")
        assert [i["masked"] for i in made["items"] if i["purpose"] == "emergency_report"] == [["B"]]

    def test_a_report_by_law_is_never_refused_for_its_date(self, engaging: NearDesk) -> None:
        words = ("route", CASE, "--to", "outside:区", "--ground", "statutory_report", "--kind", "elder")
        data = engaging.json(*words, "--on", "2026-10-01")
        assert len(data["referrals"]) == 1  # C, who is 84

    def test_a_report_of_unknown_age_says_under_which_law(self, at_reception: NearDesk) -> None:
        words = ("intake", "--window", "csw", "--channel", "self", "--concern", "A:violence", "--concern", "B:violence")
        case = at_reception.json(*words, "--person", "A||||female|head", "--person", "B||||female|parent")["case"]
        report = ("route", case, "--to", "korei-sogo", "--ground", "statutory_report")
        data = at_reception.json(*report, "--person", "B")
        assert [w["rule"] for w in data["warnings"]] == ["report.kind"]
        assert permits(at_reception)[0]["report_kind"] == "elder"
        assert at_reception.json(*report, "--person", "B", "--kind", "disabled")["warnings"] == []

    def test_a_report_by_law_is_one_step_and_never_on_an_agenda(self, engaging: NearDesk) -> None:
        engaging.ok("route", CASE, "--to", "outside:区", "--person", "C", "--ground", "statutory_report")
        made = engaging.json("convene", "subcommittee", "--on", "2026-11-26")
        assert all("report" not in item["purpose"] for item in made["items"])

    def test_no_ground_no_passing_on(self, engaging: NearDesk) -> None:
        assert engaging.run("route", CASE, "--to", "hikikomori", "--person", "B").code == 6
        assert engaging.run("route", CASE, "--to", "hikikomori", "--ground", "please").code == 2

    def test_yes_is_no_consent(self, engaging: NearDesk) -> None:
        assert engaging.run("route", CASE, "--to", "hikikomori", "--ground", "consent", "--yes").code == 2
        assert permits(engaging) == []


class TestAnswers:
    def test_accepted_then_completed(self, engaging: NearDesk) -> None:
        engaging.ok("route", CASE, "--to", "csw", "--person", "A", "--ground", "none_shared")
        assert engaging.json("route", CASE, "--accept", "R2026-0001")["status"] == "accepted"
        assert engaging.json("route", CASE, "--complete", "R2026-0001")["status"] == "completed"
        assert engaging.refused("route", CASE, "--revoke", "R2026-0001")["rule"] == "referral.answer"

    def test_declined_with_a_reason(self, engaging: NearDesk) -> None:
        engaging.ok("route", CASE, "--to", "csw", "--person", "A", "--ground", "none_shared")
        typed = engaging.run("route", CASE, "--decline", "R2026-0001")
        assert (typed.code, "--reason" in typed.err) == (6, True)
        engaging.ok("route", CASE, "--decline", "R2026-0001", "--reason", "担当業務以外")

    def test_an_unknown_referral(self, engaging: NearDesk) -> None:
        assert engaging.refused("route", CASE, "--accept", "R2026-0009", code=4)["code"] == 4


class TestWhoLooksAfterIt:
    def test_complex_names_a_coordinator(self, at_reception: NearDesk) -> None:
        assert at_reception.run("route", CASE, "--complex").code == 6
        assert at_reception.run("route", CASE, "--complex", "--coordinator", "k77").code == 2
        assert at_reception.json("route", CASE, "--complex", "--coordinator", "k03")["stage"] == "complex"

    def test_settled_at_one_window(self, at_reception: NearDesk) -> None:
        assert at_reception.json("route", CASE, "--single")["stage"] == "single"

    def test_settling_later_says_why(self, engaging: NearDesk) -> None:
        assert engaging.run("route", CASE, "--single").code == 6
        assert engaging.json("route", CASE, "--single", "--reason", "一つの窓口で足りる")["stage"] == "single"

    def test_suggestions_have_reasons(self, at_reception: NearDesk) -> None:
        data = at_reception.json("route", CASE)
        assert data["looks_complex"] is True
        assert {s["window"] for s in data["suggestions"] if s["person"] == "C"} >= {"korei-sogo", "kaigo"}
        assert all(s["reasons"] for s in data["suggestions"])
        assert "korei-sogo" not in at_reception.ok("route", CASE).out  # people read names, not slugs

    def test_only_one_thing_at_a_time(self, at_reception: NearDesk) -> None:
        assert at_reception.run("route", CASE, "--complex", "--single", "--coordinator", "k03").code == 2


class TestAReportByLawIsItsOwnPeoples:
    REPORT = ("route", CASE, "--to", "korei-sogo", "--person", "C", "--ground", "statutory_report", "--reason", "あざ")

    def test_others_see_that_the_law_is_at_work_and_nothing_more(self, engaging: NearDesk) -> None:
        engaging.ok("--as", "c01", *self.REPORT)
        (hidden,) = engaging.json("--as", "e01", "show", CASE)["referrals"]
        assert hidden == {
            "referral": "R2026-0001",
            "to": None,
            "person": None,
            "status": "sent",
            "ground": None,
            "reason": None,
            "on": "2026-11-24",
        }
        screen = engaging.ok("--as", "e01", "show", CASE).out
        assert "関係法令に基づき対応中" in screen
        assert "あざ" not in screen

    def test_nobody_else_answers_it(self, engaging: NearDesk) -> None:
        engaging.ok("--as", "c01", *self.REPORT)
        error = engaging.refused("--as", "e01", "route", CASE, "--accept", "R2026-0001")
        assert error["rule"] == "referral.own_people"
        assert "高齢" not in error["message"]
        engaging.ok("--as", "k03", "route", CASE, "--accept", "R2026-0001")

    def test_the_journal_does_not_tell_it_by_its_fields(self, engaging: NearDesk) -> None:
        engaging.ok("--as", "c01", *self.REPORT)
        engaging.ok("route", CASE, "--to", "csw", "--person", "A", "--ground", "none_shared", "--reason", "x")
        with closing(sqlite3.connect(engaging.db)) as conn:
            rows = conn.execute(
                "SELECT fields FROM journal WHERE verb = 'route' AND result = 'done' ORDER BY entry DESC"
            )
            last, before = rows.fetchall()[:2]
        assert last == before

    @pytest.mark.parametrize("who", ["c01", "k03"])
    def test_who_made_it_and_the_coordinator_see_it(self, engaging: NearDesk, who: str) -> None:
        engaging.ok("--as", "c01", *self.REPORT)
        (shown,) = engaging.json("--as", who, "show", CASE)["referrals"]
        assert (shown["person"], shown["reason"], shown["ground"]["article"]) == ("C", "あざ", "elder abuse 7")


@pytest.mark.parametrize(("office", "article"), [("高齢者福祉課", "69"), ("豊島区民社会福祉協議会", "27(1)")])
def test_somebody_without_a_window_passes_on_for_their_office(engaging: NearDesk, office: str, article: str) -> None:
    engaging.ok("staff", "add", "x01", "--name", "西", "--office", office)
    consent(engaging, "B")
    engaging.ok("--as", "x01", "route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent")
    ground = permits(engaging)[0]["ground"]
    assert isinstance(ground, dict)
    assert ground["article"] == article


@pytest.mark.parametrize(
    "to", ["outside:CSW", "outside:コミュニティソーシャルワーカー", "outside:福祉総務課 CSW担当", "p-csw", "o-csw"]
)
def test_no_spelling_passes_an_exception(engaging: NearDesk, to: str) -> None:
    consent(engaging, "B", "--excluding", "csw")
    error = engaging.refused("route", CASE, "--to", to, "--person", "B", "--ground", "consent")
    assert error["rule"] == "share.consent.excluded"


def test_whom_a_refusal_tells_of_is_in_the_journal(engaging: NearDesk) -> None:
    engaging.refused("--as", "e01", "route", CASE, "--to", "korei-sogo", "--ground", "consent")
    engaging.refused("--as", "e01", "plan", CASE, "--from", "plan_abc.json")
    with closing(sqlite3.connect(engaging.db)) as conn:
        found = conn.execute("SELECT verb, about FROM journal WHERE result = 'refused'").fetchall()
    assert found == [
        ("route", "case:2026-0001 person:1 person:2 person:3"),
        ("plan", "case:2026-0001 person:1 person:2 person:3"),
    ]
