"""What who fled left behind ties nobody to them (rule 11): duplicates of their case, their old label, their word on a
plan. Typist and holder is k03; e01 must not learn of them."""

import pytest

from tests.desk import NearDesk
from tests.flow.conftest import CASE
from tests.flow.test_withheld import NEXT, THIRD, another, as_, seen_by


class TestADuplicateOfTheirCase:
    TWIN = "A|髙橋 優太|たかはし ゆうた|2007-08-20|male|head"

    def test_comes_under_restriction_with_the_whole(self, engaging: NearDesk) -> None:
        another(engaging, self.TWIN)
        another(engaging, self.TWIN)
        for number, kept in ((THIRD, NEXT), (NEXT, CASE)):
            as_("k03", engaging, "close", number, "--reason", "duplicate", "--kept", kept, "--yes", today="2026-10-21")
        as_("k03", engaging, "split", CASE, "A", "B", "C", "--reason", "避難", today="2026-11-02")
        for number in (CASE, NEXT, THIRD):
            as_("e01", engaging, "show", number, code=4)
            as_("k03", engaging, "show", number)
        assert "2007-08-20" not in seen_by("e01", engaging)

    def test_holds_back_who_went(self, engaging: NearDesk) -> None:
        words = ("--window", "csw", "--channel", "self", "--person", self.TWIN, "--person", "B|別の 人||1999-01-01")
        as_("c01", engaging, "intake", *words, "--concern", "A:job", today="2026-10-20")
        as_("k03", engaging, "close", NEXT, "--reason", "duplicate", "--kept", CASE, "--yes", today="2026-10-21")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        found = seen_by("e01", engaging, CASE, NEXT)
        assert ("2007-08-20" in found, "別の 人" in found) == (False, True)

    def test_is_left_alone_where_it_was_found_to_be_another(self, engaging: NearDesk) -> None:
        another(engaging, self.TWIN)
        as_("k03", engaging, "merge", CASE, NEXT, today="2026-10-21")
        as_("k03", engaging, "unmerge", CASE, NEXT, today="2026-10-22")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        as_("e01", engaging, "show", NEXT)

    def test_is_not_made_by_the_way(self, engaging: NearDesk) -> None:
        another(engaging, self.TWIN)
        as_("k03", engaging, "split", NEXT, "A", "--reason", "避難", today="2026-11-02")
        for number, kept in ((CASE, NEXT), (NEXT, CASE)):
            closed = ("close", number, "--reason", "duplicate", "--kept", kept, "--yes", "-f", "json")
            assert as_("k03", engaging, *closed, code=3).error["rule"] == "case.restricted"

    def test_whatever_names_it_has_and_its_number_is_told_to_who_may_see_it(self, engaging: NearDesk) -> None:
        another(engaging, "A|山本 和夫||1950-01-01|male|head")
        as_("k03", engaging, "close", NEXT, "--reason", "duplicate", "--kept", CASE, "--yes", today="2026-10-21")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        as_("k03", engaging, "split", CASE, "A", "C", "--reason", "避難", "--on", "2026-11-02", today="2026-11-02")
        assert "山本" not in seen_by("e01", engaging, NEXT)
        kept = [as_("k03", engaging, "show", NEXT, "-f", "json").data["ends"][0]["kept"]]
        as_("k03", engaging, "staff", "add", "k05", "--name", "岡", "--office", "福祉", "--role", "coordinator")
        as_("k03", engaging, "staff", "handover", "k03", "k05", "--yes")
        kept.append(as_("k03", engaging, "show", NEXT, "-f", "json").data["ends"][0]["kept"])
        assert kept == [CASE, None]


class TestWhoWentIsTiedToNothing:
    @pytest.fixture
    def gone(self, engaging: NearDesk) -> NearDesk:
        another(engaging, "A|山本 和夫||1950-01-01|male|head")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", today="2026-11-02")
        return engaging

    @pytest.mark.parametrize(
        "words",
        [
            ("merge", f"{NEXT}/A", f"{CASE}/B"),
            ("merge", f"{CASE}/B", f"{NEXT}/A"),
            ("person", "add", NEXT, "--same", f"{CASE}/B", "--person", "|||||spouse"),
            ("person", "move", CASE, "B", "--to", NEXT, "--on", "2026-10-25"),
        ],
    )
    def test_by_the_label_they_left(self, gone: NearDesk, words: tuple[str, ...]) -> None:
        assert as_("k03", gone, *words, "-f", "json", code=3).error["rule"] == "case.restricted"
        assert "2007-08-20" not in seen_by("e01", gone, CASE, NEXT)

    @pytest.mark.parametrize("who", ["k03", "e01"])
    def test_by_a_return_dated_before_they_went(self, engaging: NearDesk, who: str) -> None:
        as_("k03", engaging, "close", CASE, "--reason", "declined", "--tried", "訪問", "--yes", today="2026-10-20")
        another(engaging, "A|山本 和夫||1950-01-01|male|head")
        joined = ("person", "add", NEXT, "--same", f"{CASE}/B", "--person", "|||||spouse")
        as_("k03", engaging, *joined, today="2026-10-21")
        as_("k03", engaging, "split", NEXT, "B", "--reason", "避難", today="2026-11-02")
        as_(who, engaging, "reopen", CASE, "--channel", "self", "--on", "2026-10-25", today="2026-11-03")
        assert "2007-08-20" not in seen_by("e01", engaging, CASE, NEXT, "2026-0004")
        assert [p["label"] for p in as_(who, engaging, "show", "2026-0004", "-f", "json").data["people"]] == ["A", "C"]


def test_nobody_stands_twice_in_a_household(engaging: NearDesk) -> None:
    another(engaging, "A|山本 和夫||1950-01-01|male|head")
    joined = ("person", "add", NEXT, "--same", f"{CASE}/B", "--person", "|||||grandchild", "--on")
    as_("k03", engaging, *joined, "2026-11-10")
    assert as_("k03", engaging, *joined, "2026-11-01", "-f", "json", code=3).error["rule"] == "person.there"


class TestWhatTheyLeftBehind:
    @pytest.fixture
    def left(self, planning: NearDesk) -> NearDesk:
        planning.ok("plan", CASE, "--confirmed", "B|2026-11-18|oral", today="2026-11-18")
        as_("k03", planning, "split", CASE, "B", "--reason", "避難", today="2026-11-20")
        return planning

    def test_their_word_on_a_plan_is_not_told(self, left: NearDesk) -> None:
        said = {
            who: [one["person"] for one in as_(who, left, "show", CASE, "-f", "json").data["plans"][0]["confirmed"]]
            for who in ("k03", "e01")
        }
        assert said == {"k03": ["A", "B"], "e01": ["A"]}

    def test_their_record_is_not_touched_by_a_departure_dated_back(self, left: NearDesk) -> None:
        gone = ("person", "leave", CASE, "A", "--reason", "other", "--head", "C", "--on", "2026-11-10")
        as_("e01", left, *gone)
        people = {p["label"]: p for p in as_("k03", left, "show", CASE, "-f", "json").data["people"]}
        assert (people["C"]["relation"], people["B"]["relation"], people["B"]["corrections"]) == ("head", "child", [])
