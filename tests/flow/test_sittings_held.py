"""A sitting that was held keeps what it had before it, whatever is typed afterwards and in whatever order."""

import pytest

from tests.desk import NearDesk

CASE = "2026-0001"
DAY = "2026-11-19"
WORDS = ("plan", CASE, "--goal", "別の目標", "--person", "A", "--person", "B", "--action", "A|別のこと|shinshin")
GIVEN = ("--given", "--scope", "plan,sharing", "--method", "oral")


def items(desk: NearDesk, meeting: str) -> list[tuple[int, str, list[str], list[str]]]:
    found = desk.json("agenda", meeting)["items"]
    return [(item["item"], item["kind"].split("_")[0], item["people"], item["masked"]) for item in found]


def plans(desk: NearDesk, today: str | None = None) -> list[tuple[int, str]]:
    return [(plan["version"], plan["status"]) for plan in desk.json("plan", CASE, "--list", today=today)]


class TestItems:
    def test_consent_of_the_afternoon_takes_nothing_off_the_agenda(self, planning: NearDesk) -> None:
        planning.ok("consent", CASE, "C", *GIVEN, today=DAY)
        assert items(planning, "M2026-0002") == [(1, "multilayer", ["A", "B"], ["C"]), (2, "support", ["C"], [])]
        planning.ok("decide", "M2026-0002", "2", "--outcome", "continue", today=DAY)
        month = {row["key"]: row["month"] for row in planning.json("report", "monthly", "--month", "2026-11")["rows"]}
        assert month["support_conference.items"] == 1

    def test_withdrawals_of_the_day_make_no_conference_that_never_was(self, planning: NearDesk) -> None:
        planning.ok("staff", "add", "h01", "--name", "平", "--office", "障害", "--window", "shinshin")
        planning.ok("attend", "M2026-0002", "h01", "--secrecy", today=DAY)
        for label in "AB":
            planning.ok("consent", CASE, label, "--withdrawn", "--method", "oral", today=DAY)
        assert items(planning, "M2026-0002") == [(1, "multilayer", [], ["A", "B", "C"]), (2, "support", ["C"], [])]
        planning.ok("decide", "M2026-0002", "2", "--outcome", "continue", today=DAY)
        route = ("route", CASE, "--to", "shinshin", "--person", "A", "--ground", "support_conference")
        assert planning.refused(*route)["rule"] == "share.support_conference"
        planning.ok("decide", "M2026-0002", "1", "--outcome", "continue", today=DAY)

    def test_what_follows_may_be_typed_before_the_decision(self, planning: NearDesk) -> None:
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved", today=DAY)
        planning.ok("convene", "subcommittee", "--on", "2026-12-17", today="2026-12-10")
        planning.ok("attend", "M2026-0003", "k03", today="2026-12-17")
        watch = ("--by", "民生委員", "--every", "1m", "--until", "2027-03-31", "--sign", "郵便物")
        planning.ok("watch", CASE, *watch, today="2026-12-17")
        planning.ok("decide", "M2026-0003", "1", "--outcome", "watch", today="2026-12-17")

    def test_nobody_counts_twice(self, planning: NearDesk) -> None:
        planning.ok("attend", "M2026-0002", "k03", "--guest", "小川|民生委員|委員", today=DAY)
        planning.ok("attend", "M2026-0002", "k03", "--guest", "小川|民生委員|委員", today=DAY)
        assert planning.json("meetings")[0]["present"] == 3


class TestThePlanItHad:
    def test_a_plan_made_after_consent_of_the_day_waits_for_the_next(self, engaging: NearDesk) -> None:
        engaging.ok("convene", "subcommittee", "--on", DAY, today="2026-11-16")
        engaging.ok("attend", "M2026-0002", "k03", today=DAY)
        for label in "AB":
            engaging.ok("consent", CASE, label, *GIVEN, today=DAY)
        engaging.ok(*WORDS, today=DAY)
        assert {kind for _, kind, _, _ in items(engaging, "M2026-0002")} == {"support"}
        assert engaging.refused("decide", "M2026-0002", "1", "--outcome", "approved", today=DAY)["rule"] == (
            "decide.approved"
        )

    @pytest.mark.parametrize("on", ["2026-11-19", "2026-11-25"])
    def test_an_agenda_first_looked_at_after_the_sitting_loses_no_approval(self, engaging: NearDesk, on: str) -> None:
        for label in "AB":
            engaging.ok("consent", CASE, label, *GIVEN, today="2026-11-02")
        engaging.ok("convene", "subcommittee", "--on", DAY, today="2026-11-03")
        engaging.ok(*WORDS, today="2026-11-16")
        engaging.ok("agenda", "M2026-0002", today="2026-11-25")
        engaging.ok("attend", "M2026-0002", "k03", "--on", on, today="2026-11-25")
        (number,) = (item for item, kind, _, _ in items(engaging, "M2026-0002") if kind == "multilayer")
        engaging.ok("decide", "M2026-0002", str(number), "--outcome", "approved", today="2026-11-25")
        assert plans(engaging, "2026-11-30") == [(1, "approved")]

    def test_of_a_cancelled_sitting_the_next_one_has_it(self, planning: NearDesk) -> None:
        planning.ok("convene", "subcommittee", "--on", "2026-11-26", today="2026-11-18")
        planning.ok("attend", "M2026-0003", "k03", today="2026-11-26")
        planning.ok(*WORDS, today="2026-11-26")
        error = planning.refused("decide", "M2026-0003", "1", "--outcome", "approved", today="2026-11-26")
        assert error["rule"] == "plan.after_sitting"

    def test_a_stakeholder_meeting_passes_it_on(self, planning: NearDesk) -> None:
        planning.ok("convene", "stakeholder", "--on", "2026-11-20", "--case", CASE, today="2026-11-20")
        planning.ok("attend", "M2026-0003", "k03", today="2026-11-20")
        planning.ok("decide", "M2026-0003", "1", "--outcome", "continue", today="2026-11-20")
        planning.ok("convene", "subcommittee", "--on", "2026-11-24")
        planning.ok("attend", "M2026-0004", "k03")
        planning.ok("decide", "M2026-0004", "1", "--outcome", "approved")
        assert plans(planning) == [(1, "approved")]

    def test_an_approval_typed_after_a_redraft_is_not_taken_for_another_version(self, planning: NearDesk) -> None:
        planning.ok(*WORDS, today="2026-11-20")
        error = planning.refused("decide", "M2026-0002", "1", "--outcome", "approved")
        assert error["rule"] == "plan.after_sitting"
        assert plans(planning) == [(2, "draft"), (1, "superseded")]

    def test_returned_sends_back_what_it_had_and_nothing_else(self, planning: NearDesk) -> None:
        planning.ok(*WORDS, today="2026-11-20")
        planning.ok("convene", "subcommittee", "--on", "2026-11-26")
        planning.ok("decide", "M2026-0002", "1", "--outcome", "returned", "--on", "2026-11-24")
        assert plans(planning) == [(2, "proposed"), (1, "superseded")]

    def test_returned_takes_back_the_approval_of_support_that_runs_on_a_reason(self, planning: NearDesk) -> None:
        planning.ok("plan", CASE, "--approved-afterwards", "--reason", "急ぐ", today="2026-11-17")
        decided = planning.json("decide", "M2026-0002", "1", "--outcome", "returned", today=DAY)
        assert (plans(planning), decided["stage"]) == ([(1, "draft")], "supporting")
        assert f"toshima plan {CASE} --revise" in [n["command"] for n in decided["next"]]
        shown = planning.json("show", CASE)
        assert [w["rule"] for w in shown["warnings"]] == ["plan.not_in_force"]
        assert f"toshima plan {CASE} --revise" in [n["command"] for n in shown["next"]]

    def test_what_was_returned_is_approved_by_the_next_sitting(self, planning: NearDesk) -> None:
        planning.ok("plan", CASE, "--approved-afterwards", "--reason", "急ぐ", today="2026-11-17")
        planning.ok("decide", "M2026-0002", "1", "--outcome", "returned", today=DAY)
        planning.ok(*WORDS, "--revise", today="2026-11-20")
        planning.ok("convene", "subcommittee", "--on", "2026-11-24")
        planning.ok("attend", "M2026-0003", "k03")
        assert planning.json("decide", "M2026-0003", "1", "--outcome", "approved")["stage"] == "supporting"
        assert plans(planning) == [(2, "approved"), (1, "superseded")]
        assert planning.json("show", CASE)["warnings"] == []

    def test_changes_that_were_asked_for_come_before_the_next_sitting(self, planning: NearDesk) -> None:
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved_with_changes", today=DAY)
        assert f"toshima plan {CASE}" in [n["command"] for n in planning.json("show", CASE)["next"]]
        planning.ok(*WORDS, today="2026-11-20")
        assert f"toshima plan {CASE}" not in [n["command"] for n in planning.json("show", CASE)["next"]]


@pytest.mark.parametrize("raw", ["[]", "3", '"x"', "null", "[{}]", "true"])
@pytest.mark.parametrize("words", [("plan", CASE), ("intake",)])
def test_json_that_is_no_object_is_bad_input(planning: NearDesk, words: tuple[str, ...], raw: str) -> None:
    assert planning.run(*words, "--from", "-", stdin=raw).code == 2


def test_an_interruption_a_sitting_decided_later_is_no_warning_any_more(planning: NearDesk) -> None:
    ended = ("close", CASE, "--interrupted", "--last-contact", "2026-10-20", "--tried", "訪問", "--yes")
    planning.ok(*ended, today="2026-11-20")
    assert [w["rule"] for w in planning.json("show", CASE)["warnings"]] == ["interrupt.sitting"]
    planning.ok("convene", "subcommittee", "--on", "2026-11-24")
    planning.ok("attend", "M2026-0003", "k03")
    for number in ("1", "2"):
        planning.ok("decide", "M2026-0003", number, "--outcome", "interrupt")
    assert planning.json("show", CASE)["warnings"] == []


def test_a_guests_office_is_a_typed_text_too(planning: NearDesk) -> None:
    made = planning.json("convene", "subcommittee", "--on", "2026-11-26", "--guest", "小川|髙橋節子さんの主治医|")
    assert "節子さんの主治医" not in planning.ok("agenda", made["meeting"], "-f", "md").out


def test_an_exception_is_told_under_every_code_and_seen_by_name(planning: NearDesk) -> None:
    planning.ok("route", CASE, "--to", "p-csw", "--person", "A", "--ground", "consent", "--on", "2026-11-17")
    data = planning.json("consent", CASE, "A", *GIVEN, "--excluding", "csw", "--on", "2026-11-18")
    assert "consent.tell_recipients" in [w["rule"] for w in data["warnings"]]
    made = planning.json(
        "convene", "subcommittee", "--on", "2026-11-26", "--guest", "森|コミュニティソーシャルワーカー|"
    )
    assert "meeting.excepted" in [w["rule"] for w in made["warnings"]]


class TestAfterTheEnd:
    """What an ended case still takes: a no, danger, a report by law."""

    @pytest.fixture
    def ended(self, planning: NearDesk) -> NearDesk:
        planning.ok("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent", today="2026-11-17")
        words = ("close", CASE, "--interrupted", "--last-contact", "2026-10-20", "--tried", "訪問", "--yes")
        planning.ok(*words, today="2026-11-20")
        return planning

    def test_a_no_is_recorded_and_who_was_told_is_told(self, ended: NearDesk) -> None:
        words = ("consent", CASE, "B", "--method", "phone")
        assert ended.refused(*words, "--given", "--scope", "sharing")["rule"] == "stage.consent"
        data = ended.json(*words, "--withdrawn")
        assert data["stage"] == "interrupted"
        assert "consent.tell_recipients" in [w["rule"] for w in data["warnings"]]
        assert "stage.misfit" not in [w["rule"] for w in ended.json("show", CASE)["warnings"]]
        assert ended.json("gate", CASE)[1]["may"] is False

    def test_danger_asks_for_no_open_file_and_comes_to_the_next_sitting(self, ended: NearDesk) -> None:
        words = ("route", CASE, "--to", "outside:警察署", "--person", "C", "--reason", "部屋から返事がない")
        assert ended.refused(*words, "--ground", "same_office")["rule"] == "stage.refer"
        ended.ok(*words, "--ground", "emergency")
        assert "stage.misfit" not in [w["rule"] for w in ended.json("show", CASE)["warnings"]]
        made = ended.json("convene", "subcommittee", "--on", "2026-12-17")
        assert "emergency_report" in [item["purpose"] for item in made["items"]]
