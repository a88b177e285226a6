"""Consent as typed: who decides, what ends with it, and in whatever order it was written down."""

from pathlib import Path

import pytest

from tests.desk import NearDesk, copy

CASE = "2026-0001"
FAMILY = (
    "intake", "--window", "kosodate-info", "--channel", "self", "--on", "2026-11-02",
    "--person", "A|佐藤 花|さとう はな|1985-05-01|female|head",
    "--person", "B|佐藤 葵|さとう あおい|2014-03-01|female|child",
    "--concern", "A:childcare",
)  # fmt: skip
BY_PARENT = ("--decided-by", "parent", "--by", "佐藤 花", "--view", "いいよ")
SIGNED = ("--method", "signature")
BOTH = ("--scope", "plan,sharing")


def warned(data: dict[str, list[dict[str, str]]]) -> list[str]:
    return [w["rule"] for w in data["warnings"]]


def rules(desk: NearDesk, case: str, on: str) -> dict[str, tuple[bool, str]]:
    return {row["label"]: (row["may"], row["rule"]) for row in desk.json("gate", case, "--on", on)}


@pytest.fixture(scope="module")
def consented(received: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A mother and her daughter of 12; the mother consents for both on 10 November."""
    desk = NearDesk(copy(received, tmp_path_factory.mktemp("consented") / "books.db"))
    case = str(desk.json(*FAMILY)["case"])
    desk.ok("consent", case, "A", "--given", *BOTH, *SIGNED, "--on", "2026-11-10")
    desk.ok("consent", case, "B", "--given", *BOTH, *SIGNED, *BY_PARENT, "--on", "2026-11-10")
    return desk.db, case


@pytest.fixture
def family(consented: tuple[Path, str], tmp_path: Path) -> tuple[NearDesk, str]:
    books, case = consented
    return NearDesk(copy(books, tmp_path / "books.db")), case


class TestAChild:
    def test_a_parents_consent_ends_with_suspicion_and_comes_back_with_none(self, family: tuple[NearDesk, str]) -> None:
        desk, case = family
        report = ("route", case, "--to", "jiso", "--person", "B", "--ground", "statutory_report", "--on", "2026-11-20")
        desk.ok(*report)
        assert rules(desk, case, "2026-11-19")["B"] == (True, "share.consent.given")
        assert rules(desk, case, "2026-11-20")["B"] == (False, "share.consent.set_aside")
        assert rules(desk, case, "2026-11-20")["A"] == (True, "share.consent.given")
        words = ("route", case, "--to", "ssw", "--person", "B", "--ground", "consent")
        assert desk.refused(*words)["rule"] == "share.consent.set_aside"
        again = ("consent", case, "B", "--given", *BOTH, *SIGNED, *BY_PARENT)
        assert desk.refused(*again)["rule"] == "consent.parent.suspected"
        assert desk.refused(*again, "--on", "2026-11-19")["rule"] == "consent.parent.suspected"

    def test_a_parents_consent_runs_until_the_child_decides(self, family: tuple[NearDesk, str]) -> None:
        desk, case = family
        assert rules(desk, case, "2029-02-28")["B"] == (True, "share.consent.given")
        assert rules(desk, case, "2029-03-01")["B"] == (False, "share.consent.expired")

    def test_a_childs_own_yes_in_an_intake_is_left_out_and_said_so(self, at_reception: NearDesk) -> None:
        form = """{"window": "csw", "received_on": "2026-11-02", "channel": "self",
            "people": [{"label": "A", "birth_date": "2014-03-01"}], "concerns": [{"person": "A", "concern": "family"}],
            "consents": [{"person": "A", "decision": "given", "scope": ["plan"], "on": "2026-11-02",
                          "method": "oral", "decided_by": "self"}]}"""
        typed = at_reception.run("intake", "--from", "-", "-f", "json", stdin=form)
        assert typed.code == 0
        assert warned(typed.data) == ["consent.child"]
        assert at_reception.json("show", typed.data["case"])["people"][0]["consent"] == {
            "plan": "none",
            "sharing": "none",
        }


class TestSuspicionGoesWhereTheChildGoes:
    """A mother, her daughter B, the father C; D is B's brother. A parent's consent is refused in every case of B's."""

    NEW = "2026-0003"
    OURS = ("--given", *BOTH, "--method", "oral", *BY_PARENT)
    PASSED_ON = ("--to", "kodomo-katei", "--ground", "consent")

    @pytest.fixture
    def home(self, at_reception: NearDesk) -> tuple[NearDesk, str]:
        people = ("--person", "C|佐藤 健|||male|spouse", "--person", "D|佐藤 空||2012-03-01|male|child")
        return at_reception, str(at_reception.json(*FAMILY, *people)["case"])

    def refused(self, desk: NearDesk, case: str, label: str) -> None:
        assert desk.refused("consent", case, label, *self.OURS)["rule"] == "consent.parent.suspected"
        assert desk.refused("route", case, *self.PASSED_ON, "--person", label)["rule"] == "share.consent.none"

    def test_into_a_case_under_restriction(self, home: tuple[NearDesk, str]) -> None:
        desk, case = home
        desk.ok("concern", "add", case, "--concern", "violence", "--note", "夜に怒鳴り声", "--on", "2026-11-05")
        new = desk.json("split", case, "A", "B", "--reason", "避難", "--on", "2026-11-10")["new_case"]
        self.refused(desk, new, "B")
        shown = desk.json("show", new)
        assert [(c["person"], c["note"]) for c in shown["concerns"] if c["concern"] == "violence"] == [
            (None, "夜に怒鳴り声")
        ]
        assert shown["next"][0]["act"] == "report_by_law"
        desk.ok("person", "move", case, "D", "--to", new, "--relation", "child")
        assert len([c for c in desk.json("show", new)["concerns"] if c["concern"] == "violence"]) == 1
        rows = {r["key"]: r["month"] for r in desk.json("report", "monthly", "--month", "2026-11")["rows"]}
        assert rows["concerns.violence"] == 1

    def test_by_a_report_alone(self, home: tuple[NearDesk, str]) -> None:
        desk, case = home
        desk.ok("notify", case, "--kind", "child", "--to", "jiso", "--person", "B", "--on", "2026-11-05")
        new = desk.json("split", case, "B", "--reason", "避難", "--on", "2026-11-10")["new_case"]
        self.refused(desk, new, "B")

    def test_into_another_household_and_back_again(self, home: tuple[NearDesk, str]) -> None:
        desk, case = home
        other = str(desk.json(*FAMILY[:7], "--person", "A|山田 健", "--concern", "A:job")["case"])
        desk.ok("concern", "add", case, "--concern", "B:violence", "--on", "2026-11-05")
        desk.ok("person", "move", case, "B", "--to", other, "--relation", "child")
        desk.ok("person", "add", other, "--person", "|山田 海||2016-01-01")
        self.refused(desk, other, "B")
        desk.ok("consent", other, "C", *self.OURS)  # who was never there
        third = str(desk.json(*FAMILY[:7], "--person", "A|佐藤 葵", "--concern", "A:job")["case"])
        desk.ok("merge", f"{third}/A", f"{other}/B", "--reason", "本人")
        desk.ok("person", "edit", third, "A", "--birth", "2014-03-01", "--reason", "本人")
        self.refused(desk, third, "A")
        desk.ok("unmerge", f"{third}/A", f"{other}/B")
        desk.ok("consent", third, "A", *self.OURS)

    def test_when_the_household_comes_back(self, home: tuple[NearDesk, str]) -> None:
        desk, case = home
        desk.ok("concern", "add", case, "--concern", "B:violence", "--on", "2026-11-05")
        desk.ok("close", case, "--reason", "information_only", "--yes")
        new = desk.json("reopen", case)["case"]
        self.refused(desk, new, "B")
        self.refused(desk, new, "D")

    def test_a_report_taken_back_counts_no_more(self, home: tuple[NearDesk, str]) -> None:
        desk, case = home
        desk.ok("notify", case, "--kind", "child", "--to", "jiso", "--person", "B", "--on", "2026-11-05")
        desk.ok("split", case, "B", "--reason", "避難", "--on", "2026-11-10")
        desk.ok("route", case, "--revoke", "R2026-0001", "--on", "2026-11-12")
        desk.ok("consent", self.NEW, "B", *self.OURS)

    def test_a_report_about_a_sibling_counts(self, family: tuple[NearDesk, str]) -> None:
        desk, case = family
        desk.ok("person", "add", case, "--person", "D|佐藤 空||2012-03-01|male|child")
        desk.ok("notify", case, "--kind", "child", "--to", "jiso", "--person", "D", "--on", "2026-11-20")
        assert rules(desk, case, "2026-11-20")["B"] == (False, "share.consent.set_aside")

    def test_nothing_of_a_case_under_restriction_shows_where_they_left(self, home: tuple[NearDesk, str]) -> None:
        desk, case = home
        desk.ok("consent", case, "B", *self.OURS, "--on", "2026-11-05")
        desk.ok("consent", case, "D", *self.OURS, "--on", "2026-11-05")
        before = desk.run("--as", "e01", "gate", case, "--on", "2026-11-06", "-f", "json").data
        desk.ok("--as", "k03", "split", case, "B", "--reason", "避難", "--on", "2026-11-10")
        desk.ok("--as", "k03", "concern", "add", self.NEW, "--concern", "B:violence", "--on", "2026-11-10")
        desk.ok("--as", "k03", "notify", self.NEW, "--kind", "child", "--to", "jiso", "--person", "B")
        after = desk.run("--as", "e01", "gate", case, "--on", "2026-11-06", "-f", "json").data
        assert after == [line for line in before if line["label"] != "B"]
        assert rules(desk, case, "2026-11-24")["D"] == (True, "share.consent.given")


class TestACorrectedBirthDate:
    EDIT = ("--reason", "誤記")

    def test_ends_what_was_another_s_to_give_and_asks_again(self, family: tuple[NearDesk, str]) -> None:
        desk, case = family
        passed = ("route", case, "--to", "ssw", "--person", "B", "--ground", "consent")
        desk.ok(*passed, "--on", "2026-11-12")
        edited = desk.json("person", "edit", case, "B", "--birth", "2006-05-01", *self.EDIT, "--on", "2026-11-20")
        assert warned(edited) == ["person.consent_void"] * 2
        assert rules(desk, case, "2026-11-19")["B"] == (True, "share.consent.given")
        assert rules(desk, case, "2026-11-20")["B"] == (False, "share.consent.decider")
        error = desk.refused("route", case, "--to", "kodomo-katei", "--person", "B", "--ground", "consent")
        assert error["rule"] == "share.consent.decider"
        asked = f"toshima consent {case} B --given --scope"
        assert any(n["command"].startswith(asked) and "--decided-by" not in n["command"] for n in error["next"])
        shown = desk.json("show", case)
        assert any(n["command"].startswith(asked) for n in shown["next"])
        assert shown["people"][1]["consent"] == {"plan": "none", "sharing": "none"}
        assert shown["referrals"][0]["ground"]["kind"] == "consent"
        desk.ok("show", case)
        desk.ok("undo", "--yes")
        assert rules(desk, case, "2026-11-24")["B"] == (True, "share.consent.given")

    def test_of_unknown_age_they_decided_themselves(self, family: tuple[NearDesk, str]) -> None:
        desk, case = family
        assert warned(desk.json("person", "edit", case, "A", "--birth", "unknown", *self.EDIT)) == []
        assert rules(desk, case, "2026-11-24")["A"] == (True, "share.consent.given")
        edited = desk.json("person", "edit", case, "A", "--birth", "2015-05-01", *self.EDIT)
        assert warned(edited) == ["person.consent_void"] * 2
        assert rules(desk, case, "2026-11-24")["A"] == (False, "share.consent.decider")
        desk.ok("consent", case, "A", "--given", *BOTH, *SIGNED, *BY_PARENT)
        assert rules(desk, case, "2026-11-24")["A"] == (True, "share.consent.given")

    def test_is_said_of_every_household_of_theirs(self, family: tuple[NearDesk, str]) -> None:
        desk, case = family
        other = str(desk.json(*FAMILY[:7], "--person", "A|佐藤 海", "--concern", "A:job")["case"])
        desk.ok("person", "add", other, "--person", "B|", "--same", f"{case}/B")
        assert warned(desk.json("person", "edit", other, "B", "--birth", "2006-05-01", *self.EDIT)) == [
            "person.consent_void",
            "person.consent_void",
        ]

    def test_known_by_a_merge_too(self, family: tuple[NearDesk, str]) -> None:
        desk, case = family
        other = str(desk.json(*FAMILY[:7], "--person", "A|佐藤 葵", "--concern", "A:job")["case"])
        desk.ok("consent", other, "A", "--given", *BOTH, *SIGNED, "--on", "2026-11-10")
        desk.ok("merge", f"{case}/B", f"{other}/A", "--on", "2026-11-15")
        assert rules(desk, other, "2026-11-14")["A"] == (True, "share.consent.given")
        assert rules(desk, other, "2026-11-15")["A"] == (False, "share.consent.decider")

    def test_ends_the_plan_on_that_day(self, planning: NearDesk) -> None:
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved")
        edited = [planning.json("person", "edit", CASE, label, "--birth", "2015-05-01", *self.EDIT) for label in "AB"][
            1
        ]
        assert warned(edited)[-2:] == ["consent.plan_ended", "consent.last_withdrawn"]
        assert edited["stage"] == "engaging"


class TestAPlanEndsWithConsent:
    def test_on_the_day_of_the_withdrawal_whenever_it_is_typed(self, planning: NearDesk) -> None:
        planning.ok("decide", "M2026-0002", "1", "--outcome", "approved")
        withdrawn = ("--withdrawn", "--method", "phone")
        first = planning.json("consent", CASE, "A", *withdrawn, "--on", "2026-11-22")
        assert warned(first) == ["plan.ended_for"]
        last = planning.json("consent", CASE, "B", *withdrawn, "--on", "2026-11-20")
        assert warned(last) == ["consent.plan_ended", "consent.last_withdrawn"]
        assert last["stage"] == "engaging"
        (plan,) = planning.json("show", CASE)["plans"]
        assert plan["status"] == "ended"

    def test_the_day_after_consent_ran_out(self, planning: NearDesk) -> None:
        for label in "AB":
            planning.ok("consent", CASE, label, "--given", *BOTH, *SIGNED, "--until", "2026-11-22", today="2026-11-16")
        noted = planning.json("progress", CASE, "--method", "phone", "--note", "電話した")
        assert warned(noted) == ["consent.plan_ended", "consent.last_withdrawn"]
        assert noted["stage"] == "engaging"

    def test_who_was_told_by_consent_is_told_of_its_end(self, planning: NearDesk) -> None:
        route = ("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent")
        planning.ok(*route, "--on", "2026-11-18")
        data = planning.json("consent", CASE, "B", "--withdrawn", "--method", "phone", "--on", "2026-11-17")
        assert warned(data)[:2] == ["consent.tell_recipients", "consent.shared_since"]
        (referral,) = planning.json("show", CASE)["referrals"]
        assert referral["ground"]["kind"] == "consent"

    def test_who_was_told_is_told_of_an_exception(self, planning: NearDesk) -> None:
        planning.ok("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent", "--on", "2026-11-18")
        words = ("consent", CASE, "B", "--given", "--scope", "sharing", "--method", "phone")
        assert warned(planning.json(*words, "--excluding", "nyukyo")) == []
        assert warned(planning.json(*words, "--excluding", "hikikomori"))[0] == "consent.tell_recipients"


@pytest.mark.parametrize("words", [("--refused",), ("--given", "--scope", "plan")])
def test_a_window_is_excepted_from_a_consent_to_sharing_only(engaging: NearDesk, words: tuple[str, ...]) -> None:
    error = engaging.refused("consent", CASE, "B", *words, "--method", "oral", "--excluding", "csw", code=2)
    assert [fault["where"] for fault in error["faults"]] == ["--excluding"]


def test_an_adults_family_does_not_decide_and_that_is_said(engaging: NearDesk) -> None:
    by = ("--decided-by", "parent", "--by", "髙橋")
    error = engaging.refused("consent", CASE, "C", "--given", "--scope", "sharing", "--method", "oral", *by)
    assert error["rule"] == "consent.adult.family"
