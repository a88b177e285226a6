"""Referrals that wait, several to one place, and what is declined."""

import pytest

from tests.desk import NearDesk

CASE = "2026-0001"
TO = ("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent")


@pytest.fixture
def consenting(engaging: NearDesk) -> NearDesk:
    engaging.ok("consent", CASE, "B", "--given", "--scope", "plan,sharing", "--method", "oral", "--on", "2026-11-02")
    return engaging


def rules(data: dict[str, list[dict[str, object]]]) -> list[object]:
    return [warning["rule"] for warning in data["warnings"]]


class TestSeveralToOneWindow:
    def test_are_allowed_and_said(self, consenting: NearDesk) -> None:
        assert rules(consenting.json(*TO)) == []
        again = consenting.json(*TO)
        assert (again["referral"], rules(again)) == ("R2026-0002", ["referral.open"])
        other_name = consenting.json(*TO[:3], "p-hikikomori", *TO[4:])
        assert rules(other_name) == ["referral.open"]

    def test_nothing_is_said_of_what_is_closed(self, consenting: NearDesk) -> None:
        consenting.ok(*TO)
        consenting.ok("route", CASE, "--decline", "R2026-0001", "--reason", "満員")
        assert rules(consenting.json(*TO)) == []
        assert rules(consenting.json(*TO[:5], "B", "--ground", "none_shared")) == []


class TestUnanswered:
    def test_it_comes_back_with_its_number_and_days(self, consenting: NearDesk) -> None:
        # dealt with again on the day it was sent, so that nothing else is due
        consenting.ok(*TO, "--on", "2026-11-10", today="2026-11-10")
        row = next(r for r in consenting.json("caseload") if r["case"] == CASE)
        assert (row["next_due_on"], row["overdue"]) == ("2026-11-24", 0)
        hint = next(n for n in consenting.json("show", CASE)["next"] if n["act"] == "refer")
        assert (hint["due_on"], hint["command"]) == ("2026-11-24", f"toshima route {CASE} --accept R2026-0001")
        consenting.lang = "en"
        made = consenting.json("convene", "subcommittee", "--on", "2026-11-24")
        item = next(i for i in made["items"] if i["kind"] == "multilayer_conference")
        assert (item["purpose"], item["part"]) == ("progress", "written")
        assert "R2026-0001 has waited for an answer for 14 days" in item["reason"]

    def test_answered_it_does_not(self, consenting: NearDesk) -> None:
        consenting.ok(*TO, "--on", "2026-11-10", today="2026-11-10")
        consenting.ok("route", CASE, "--accept", "R2026-0001", "--on", "2026-11-23")
        row = next(r for r in consenting.json("caseload") if r["case"] == CASE)
        assert row["next_due_on"] is None
        consenting.lang = "en"
        made = consenting.json("convene", "subcommittee", "--on", "2026-11-24")
        assert "R2026-0001" not in str(made["items"])


class TestMayBeComplex:
    def test_a_second_no_and_a_window_that_says_it_is_not_its_business(self, consenting: NearDesk) -> None:
        consenting.lang = "en"
        before = consenting.json("route", CASE)["why_complex"]
        for number, reason in (("R2026-0001", "満員"), ("R2026-0002", "担当業務以外のため")):
            consenting.ok(*TO)
            consenting.ok("route", CASE, "--decline", number, "--reason", reason)
        found = [why for why in consenting.json("route", CASE)["why_complex"] if why not in before]
        assert len(found) == 2
        assert any("outside its duties" in why for why in found)
        assert any("R2026-0001" in why and "R2026-0002" in why for why in found)


class TestEmergencies:
    """Told to the next sitting that is held, whatever was called off before."""

    EMERGENCY = (
        "route",
        CASE,
        "--to",
        "korei-sogo",
        "--person",
        "C",
        "--ground",
        "emergency",
        "--reason",
        "倒れていた",
    )

    def told(self, desk: NearDesk, meeting: str) -> list[int]:
        items = desk.json("agenda", meeting)["items"]
        return [i["item"] for i in items if i["purpose"] == "emergency_report"]

    def test_over_a_cancelled_sitting_and_several_a_month(self, engaging: NearDesk) -> None:
        engaging.ok(*self.EMERGENCY, "--on", "2026-11-02")
        first = engaging.json("convene", "subcommittee", "--on", "2026-11-05", today="2026-11-03")["meeting"]
        assert self.told(engaging, first)
        engaging.ok("meetings", "--cancel", first)
        second = engaging.json("convene", "subcommittee", "--on", "2026-11-12", today="2026-11-06")["meeting"]
        third = engaging.json("convene", "subcommittee", "--on", "2026-11-19", today="2026-11-06")["meeting"]
        assert self.told(engaging, second)
        assert self.told(engaging, third)  # until one has dealt with it
        engaging.ok("attend", second, "k03")
        engaging.ok("decide", second, str(self.told(engaging, second)[0]), "--outcome", "noted")
        assert self.told(engaging, third) == []
        stakeholder = ("convene", "stakeholder", "--on", "2026-11-26", "--case", CASE)
        assert self.told(engaging, engaging.json(*stakeholder)["meeting"]) == []


class TestEachGroundAsksForItsOwn:
    @pytest.mark.parametrize(
        ("ground", "label", "more", "rule"),
        [
            ("consent", "B", (), None),
            ("consent", "C", (), "share.consent.none"),
            ("none_shared", "C", (), None),
            ("same_office", "C", (), "share.same_office"),
            ("support_conference", "C", (), None),
            ("emergency", "C", (), "share.emergency.reason"),
            ("emergency", "C", ("--reason", "倒れていた"), None),
            ("statutory_report", "C", ("--kind", "elder"), None),
        ],
    )
    def test_and_is_kept(
        self, consenting: NearDesk, ground: str, label: str, more: tuple[str, ...], rule: str | None
    ) -> None:
        words = ("route", CASE, "--to", "korei-sogo", "--person", label, "--ground", ground, *more)
        if rule:
            assert consenting.refused(*words)["rule"] == rule
        else:
            assert consenting.json(*words)["ground"] == ground

    def test_the_nature_of_the_sender_decides_the_article(self, consenting: NearDesk) -> None:
        consenting.ok("staff", "add", "w01", "--name", "林", "--office", "障害福祉課", "--window", "shinshin")
        for who, article in (("c01", "27(1)"), ("w01", "69")):
            consenting.ok("--as", who, *TO)
            shown = consenting.json("show", CASE)["referrals"][-1]
            assert shown["ground"]["article"] == article


class TestWhoIsNotTheOneWhoSat:
    """A support conference opens a body that attended it, and none that only came to bear its name (rule 7)."""

    SHARE = ("route", CASE, "--person", "B", "--ground", "support_conference")

    def test_a_window_somebody_moved_to_since(self, engaging: NearDesk) -> None:
        engaging.ok("staff", "edit", "c01", "--window", "hikikomori", "--reason", "異動")
        error = engaging.refused(*self.SHARE, "--to", "hikikomori")
        assert error["rule"] == "share.support_conference"
        engaging.ok(*self.SHARE, "--to", "csw")

    def test_nor_one_they_are_said_to_have_come_from_afterwards(self, engaging: NearDesk) -> None:
        engaging.ok("staff", "edit", "k03", "--window", "hikikomori", "--reason", "異動")
        engaging.ok("attend", "M2026-0001", "k03")
        assert engaging.refused(*self.SHARE, "--to", "hikikomori")["rule"] == "share.support_conference"

    def test_the_windows_stay_where_the_edit_is_taken_back(self, engaging: NearDesk) -> None:
        engaging.ok("staff", "edit", "c01", "--window", "hikikomori", "--reason", "異動")
        engaging.ok("undo", "--yes")
        engaging.ok(*self.SHARE, "--to", "csw")

    @pytest.mark.parametrize(
        "entered",
        [
            ("z-korei-sogo", "--name", "池のほとりサロン"),
            ("r1", "--name", "高齢者総合相談センター", "--owner", "高齢者福祉課"),
            ("r1", "--name", "高齢者総合相談センター"),
        ],
    )
    def test_a_resource_entered_under_its_name(self, engaging: NearDesk, entered: tuple[str, ...]) -> None:
        engaging.ok("resource", "add", *entered)
        assert engaging.refused(*self.SHARE, "--to", entered[0])["rule"] == "share.support_conference"
        office = ("route", CASE, "--person", "B", "--ground", "same_office", "--to", entered[0])
        assert engaging.refused("--as", "e01", *office)["rule"] == "share.same_office"

    @pytest.mark.parametrize("name", ["高齢者総合相談センター", "高齢者総合相談センター（中央）"])
    def test_a_resource_is_excepted_with_the_place_it_is_named_after(self, engaging: NearDesk, name: str) -> None:
        given = ("--given", "--scope", "plan,sharing", "--method", "oral", "--excluding", "korei-sogo")
        engaging.ok("consent", CASE, "B", *given)
        engaging.ok("resource", "add", "r1", "--name", name)
        refer = ("route", CASE, "--person", "B", "--ground", "consent", "--to", "r1")
        assert engaging.refused(*refer)["rule"] == "share.consent.excluded"


class TestDatedBack:
    def test_what_was_lawful_then_is_recorded_and_what_ended_since_is_said(self, engaging: NearDesk) -> None:
        consent = ("consent", CASE, "A", "--method", "oral", "--scope", "sharing")
        engaging.ok(*consent, "--given", "--on", "2026-11-02")
        engaging.ok(*consent, "--withdrawn", "--on", "2026-11-10")
        line = ("route", CASE, "--to", "hikikomori", "--person", "A", "--ground", "consent")
        made = engaging.json(*line, "--on", "2026-11-05")
        assert [w["rule"] for w in made["warnings"]] == ["share.consent.ended_since"]
        assert engaging.refused(*line, "--on", "2026-11-10")["rule"] == "share.consent.withdrawn"
        engaging.ok(*consent, "--given", "--on", "2026-11-12")
        assert engaging.json(*line, "--on", "2026-11-05")["warnings"][0]["rule"] == "referral.open"
