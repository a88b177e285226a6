"""Sittings whole: who leads them, which one of the year they are, how they are held, whose secrecy counts how long."""

import pytest

from tests.desk import NearDesk

CASE = "2026-0001"


def called(desk: NearDesk, on: str, *more: str, body: str = "subcommittee", today: str | None = None) -> str:
    named = ("--case", CASE) if body == "stakeholder" else ()
    meeting: str = desk.json("convene", body, "--on", on, *named, *more, today=today)["meeting"]
    return meeting


class TestWhoLeads:
    def test_chair_recorder_and_place_are_printed(self, engaging: NearDesk) -> None:
        meeting = called(engaging, "2026-12-17", "--chair", "k03", "--recorder", "c01", "--place", "第一会議室")
        data = engaging.json("agenda", meeting)
        assert (data["chair"], data["recorder"]) == ("青木", "森")
        for paper in (engaging.ok("agenda", meeting).out, engaging.ok("agenda", meeting, "-f", "md").out):
            assert [word in paper for word in ("青木", "森", "第一会議室")] == [True, True, True]

    def test_who_it_was_on_the_day_takes_their_place(self, engaging: NearDesk) -> None:
        meeting = called(engaging, "2026-11-20", "--chair", "k03", "--recorder", "c01", today="2026-11-19")
        made = engaging.json("attend", meeting, "c01", "--chair", "e01", "--secrecy")
        assert (made["present"], made["without_secrecy"]) == (["c01", "e01"], [])
        data = engaging.json("agenda", meeting)
        assert (data["chair"], data["recorder"]) == ("原", "森")
        row = next(r for r in engaging.json("meetings") if r["meeting"] == meeting)
        assert row["present"] == 2
        assert engaging.run("convene", "subcommittee", "--on", "2026-12-17", "--chair", "nobody").code == 2

    def test_under_a_mask_neither_place_nor_guest_names_anybody(self, engaging: NearDesk) -> None:
        words = ("--place", "髙橋様宅", "--guest", "髙橋 由美子|本人", "--guest", "小川 正|病院")
        meeting = called(engaging, "2026-11-20", *words, body="stakeholder", today="2026-11-19")
        engaging.ok("attend", meeting, "k03", "--guest", "髙橋 由美子|本人", today="2026-11-20")
        for form in ((), ("-f", "md")):
            found = engaging.ok("--mask", "agenda", meeting, *form, today="2026-11-20")
            assert [word in found.out + found.err for word in ("髙橋", "由美子")] == [False, False]
        paper = engaging.ok("--mask", "agenda", meeting, "-f", "md").out
        assert ("小川 正" in paper, "病院" in paper, "本人" in paper) == (True, True, True)
        assert "由美子" in engaging.ok("agenda", meeting, "-f", "md").out


class TestTheNumberOfTheYear:
    def test_counts_its_body_and_leaves_out_what_was_cancelled(self, engaging: NearDesk) -> None:
        # one subcommittee was held on 15 October
        nth = {on: called(engaging, on, today="2026-11-01") for on in ("2026-11-05", "2026-11-12", "2026-11-19")}
        other = called(engaging, "2026-11-10", body="stakeholder", today="2026-11-01")
        assert [engaging.json("agenda", m)["nth"] for m in (*nth.values(), other)] == [2, 3, 4, 1]
        engaging.ok("meetings", "--cancel", nth["2026-11-12"])
        assert [engaging.json("agenda", m)["nth"] for m in nth.values()] == [2, None, 3]
        assert engaging.json("agenda", called(engaging, "2027-04-08"))["nth"] == 1
        assert engaging.json("agenda", called(engaging, "2027-03-31"))["nth"] == 4
        engaging.lang = "en"
        assert "No. 3 of the year" in engaging.ok("agenda", nth["2026-11-19"]).out
        assert "of the year" not in engaging.ok("agenda", nth["2026-11-12"], "-f", "md").out


class TestHowItIsHeld:
    @pytest.mark.parametrize("how", ["in_person", "online", "circulated", "phone"])
    def test_is_kept(self, engaging: NearDesk, how: str) -> None:
        meeting = called(engaging, "2026-11-20", "--held-as", how, today="2026-11-19")
        assert engaging.json("agenda", meeting)["held_as"] == how
        row = next(r for r in engaging.json("meetings") if r["meeting"] == meeting)
        assert row["held_as"] == how

    def test_of_circulated_papers_those_count_who_answered(self, engaging: NearDesk) -> None:
        meeting = called(engaging, "2026-11-20", "--held-as", "circulated", "--attendee", "k03,c01", today="2026-11-19")
        assert engaging.refused("decide", meeting, "1", "--outcome", "noted")["rule"] == "decide.nobody_present"
        engaging.lang = "en"
        assert "answers" in engaging.ok("attend", meeting, "k03").err
        engaging.ok("decide", meeting, "1", "--outcome", "noted")


class TestSecrecy:
    """Acknowledged on 15 October 2026 by k03, c01 and e01, each for themselves, until 31 March."""

    def without(self, desk: NearDesk, on: str, *who: str, today: str | None = None) -> list[str]:
        meeting = called(desk, on, body="stakeholder", today=on)
        found: list[str] = desk.json("attend", meeting, *who, today=today or on)["without_secrecy"]
        return found

    @pytest.mark.parametrize(("on", "names"), [("2027-03-31", []), ("2027-04-01", ["森"])])
    def test_counts_until_the_end_of_the_fiscal_year(self, engaging: NearDesk, on: str, names: list[str]) -> None:
        assert self.without(engaging, on, "c01") == names

    def test_is_each_persons_own(self, engaging: NearDesk) -> None:
        engaging.ok("staff", "add", "w01", "--name", "林", "--office", "障害福祉課")
        assert self.without(engaging, "2026-11-20", "c01", "w01") == ["林"]

    def test_of_a_guest_goes_by_name_and_office(self, engaging: NearDesk) -> None:
        first = called(engaging, "2026-11-05", body="stakeholder", today="2026-11-04")
        engaging.ok("attend", first, "--guest", "小川 正|民生委員・児童委員|委員", "--secrecy", today="2026-11-05")
        for guest, names in (
            ("小川 正|民生委員・児童委員|会長", []),
            ("小川 正|ある病院|医師", ["小川 正"]),
            ("小川 正", ["小川 正"]),
        ):
            assert self.without(engaging, "2026-11-20", "--guest", guest) == names

    def test_an_acknowledgement_given_later_opens_nothing_before_it(self, engaging: NearDesk) -> None:
        engaging.ok("staff", "add", "w01", "--name", "林", "--office", "障害福祉課")
        early, late = (called(engaging, on, body="stakeholder", today=on) for on in ("2026-11-05", "2026-11-12"))
        assert engaging.json("attend", early, "w01")["without_secrecy"] == ["林"]
        engaging.ok("attend", late, "w01", "--secrecy")
        assert "林" in engaging.ok("agenda", early).err
        assert "林" not in engaging.ok("agenda", late).err


class TestSeveralAMonth:
    def test_what_one_dealt_with_is_not_asked_again_and_what_was_cancelled_is(self, engaging: NearDesk) -> None:
        words = ("intake", "--window", "csw", "--channel", "self", "--concern", "A:food")
        case = engaging.json(*words, "--person", "A||||female|head", "--on", "2026-11-02")["case"]
        engaging.ok("route", case, "--complex", "--coordinator", "k03", "--on", "2026-11-02")
        first, second, third = (
            called(engaging, on, today="2026-11-03") for on in ("2026-11-05", "2026-11-12", "2026-11-19")
        )

        def items(meeting: str) -> list[int]:
            return [i["item"] for i in engaging.json("agenda", meeting)["items"] if i["case"] == case]

        assert len(items(first)) == len(items(second)) == len(items(third)) == 1
        engaging.ok("meetings", "--cancel", first)
        engaging.ok("attend", second, "k03")
        engaging.ok("decide", second, str(items(second)[0]), "--outcome", "approach", "--note", "訪問する")
        assert items(third) == []
        assert len(items(second)) == 1


class TestTheCouncil:
    def test_has_what_was_forwarded_and_never_a_case(self, engaging: NearDesk) -> None:
        for kind, text in (
            ("system", "夜の窓口"),
            ("training", "研修"),
            ("coordination", "連絡の決まり"),
            ("resource", "居場所"),
        ):
            engaging.ok("gap", "add", "--kind", kind, "--text", text, "--case", CASE)
        engaging.ok("gap", "add", "--kind", "system", "--text", "まだ部会が見ていない")
        for number in ("G1", "G2", "G3", "G4"):
            engaging.ok("gap", "forward", number)
        made = engaging.json("convene", "council", "--on", "2026-12-24")
        assert [(i["kind"], i["gap"]) for i in made["items"]] == [
            ("resources", "G4"), ("system", "G1"), ("training", "G2"), ("coordination", "G3"),
        ]  # fmt: skip
        assert {i["case"] for i in made["items"]} == {None}
        assert {tuple(i["people"]) for i in made["items"]} == {()}
        for form in ("table", "md", "json"):
            assert CASE not in engaging.ok("agenda", made["meeting"], "-f", form).out


def test_two_values_for_one_option_are_told_to_repeat_it(engaging: NearDesk) -> None:
    typed = engaging.run("convene", "stakeholder", "--on", "2026-11-24", "--attendee", "k01", "k02")
    assert (typed.code, "--attendee" in typed.err) == (2, True)
    typed = engaging.run("show", CASE, "x")
    assert (typed.code, "--" in typed.err.replace("--help", "")) == (2, False)
