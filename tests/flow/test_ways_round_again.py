"""More ways round a restriction (rule 11) and a report by law (rule 7), through what is taken back, corrected, renamed
or looked at on another day. Holder is k03; e01 must not learn of them."""

import pytest

from tests.desk import NearDesk, Typed
from tests.flow.conftest import CASE

NEW = "2026-0002"
D_PERSON = "D|髙橋 花子|たかはし はなこ|2015-05-05|female|child"
GIVEN = ("--given", "--scope", "plan,sharing", "--method", "oral")


def as_(who: str, desk: NearDesk, *words: str, day: str = "2026-11-03", code: int = 0) -> Typed:
    typed = desk.run("--as", who, *words, today=day)
    assert typed.code == code, f"{words}: {typed.code}\n{typed.out}\n{typed.err}"
    return typed


class TestUndo:
    def test_of_somebody_added_is_refused_while_a_case_would_be_left_to_nobody(self, at_reception: NearDesk) -> None:
        words = ("staff", "add", "k09", "--name", "西", "--office", "福祉", "--role", "coordinator")
        as_("local", at_reception, *words, day="2026-11-01")
        as_("k09", at_reception, "split", CASE, "B", "C", "--reason", "避難", day="2026-11-02")
        refused = as_("local", at_reception, "undo", "--yes", "-f", "json", code=3).error
        assert refused["rule"] == "staff.coordinates"
        assert as_("k09", at_reception, "show", NEW, "-f", "json").data["restricted"] is True

    def test_of_somebody_added_who_has_no_case_is_done(self, at_reception: NearDesk) -> None:
        as_("local", at_reception, "staff", "add", "k09", "--name", "西", "--office", "福祉")
        as_("local", at_reception, "undo", "--yes")
        as_("k09", at_reception, "caseload", code=2)

    @pytest.mark.parametrize("what", ["joined", "taken in", "sitting"])
    def test_does_not_tell_what_is_others_own(self, engaging: NearDesk, what: str) -> None:
        if what == "joined":
            as_("e01", engaging, "person", "add", CASE, "--person", D_PERSON, day="2026-10-20")
            as_("k03", engaging, "split", CASE, "D", "--reason", "避難", day="2026-11-02")
        elif what == "taken in":
            people = ("--person", "A|佐藤 一|||male|head", "--person", "B|佐藤 葵|||female|child")
            as_("e01", engaging, "intake", "--window", "csw", *people, "--concern", "A:job", day="2026-10-20")
            as_("k03", engaging, "split", NEW, "B", "--reason", "避難", day="2026-11-02")
        else:
            as_("e01", engaging, "convene", "stakeholder", "--on", "2026-11-03", "--case", CASE, day="2026-11-01")
            as_("k03", engaging, "split", CASE, "A", "B", "C", "--reason", "避難", day="2026-11-02")
            as_("k03", engaging, "attend", "M2026-0002", "k03", "--secrecy")
            as_("k03", engaging, "decide", "M2026-0002", "1", "--outcome", "continue")
        refused = as_("e01", engaging, "undo", "--yes", "-f", "json", code=3)
        assert refused.error["rule"] == "undo.not_possible"
        assert "k03" not in refused.err
        assert "split" not in refused.err

    def test_does_not_tell_whom_a_report_by_law_is_about(self, engaging: NearDesk) -> None:
        as_("e01", engaging, "person", "add", CASE, "--person", D_PERSON, day="2026-10-20")
        words = ("notify", CASE, "--kind", "child", "--to", "jiso", "--person", "D")
        as_("local", engaging, *words, day="2026-10-21")
        assert as_("e01", engaging, "undo", "--yes", "-f", "json", code=3).error["rule"] == "undo.not_possible"

    def test_tells_what_everybody_may_know(self, engaging: NearDesk) -> None:
        as_("e01", engaging, "person", "add", CASE, "--person", D_PERSON, day="2026-10-20")
        as_("k03", engaging, "consent", CASE, "D", "--refused", "--method", "oral", day="2026-10-21")
        refused = as_("e01", engaging, "undo", "--yes", "-f", "json", code=3).error
        assert refused["rule"] == "undo.stands_on_it"
        assert "k03" in "".join(refused["facts"])


def test_the_journal_keeps_to_their_own_people_a_split_that_was_taken_back(engaging: NearDesk) -> None:
    as_("k03", engaging, "split", CASE, "B", "--reason", "避難", day="2026-11-02")
    as_("k03", engaging, "show", NEW, day="2026-11-02")
    as_("k03", engaging, "undo", "--yes", "--reason", "Cも", day="2026-11-02")
    for who, seen in (("k03", True), ("e01", False)):
        entries = as_(who, engaging, "journal", "-f", "json").data
        assert any(f"case:{NEW}" in (entry["about"] or ()) for entry in entries) is seen
        verbs = [entry["verb"] for entry in as_(who, engaging, "journal", "--case", CASE, "-f", "json").data]
        assert ("split" in verbs, "undo" in verbs) == (seen, seen)


class TestTextsSayThemByOtherNames:
    LOOKS = (("show", CASE), ("show", CASE, "--timeline"), ("show", CASE, "-f", "json"))

    def seen(self, desk: NearDesk, who: str, *root: str) -> str:
        return "".join(as_(who, desk, *root, *look).out for look in self.LOOKS)

    @pytest.mark.parametrize("said", ["佑太さんから相談", "小林さんではなく優太さん", "Bさんは避難したい"])
    def test_by_one_borne_before_and_by_the_label(self, engaging: NearDesk, said: str) -> None:
        as_("k03", engaging, "progress", CASE, "--method", "phone", "--note", said, day="2026-10-20")
        for name in ("髙橋 佑太", "小林 優太"):
            as_("k03", engaging, "person", "edit", CASE, "B", "--name", name, "--reason", "x", day="2026-10-21")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", day="2026-11-02")
        assert said not in self.seen(engaging, "e01")

    def test_a_text_that_says_nobody_withheld_is_shown(self, engaging: NearDesk) -> None:
        as_("k03", engaging, "progress", CASE, "--method", "phone", "--note", "Aさんと話した", day="2026-10-20")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", day="2026-11-02")
        assert "Aさんと話した" in self.seen(engaging, "e01")

    def test_by_the_one_on_another_record_of_theirs(self, engaging: NearDesk) -> None:
        people = ("--person", "A|高橋 悠太|||male|head", "--person", "B|佐藤 一|||male|other")
        as_("e01", engaging, "intake", "--window", "csw", *people, "--concern", "A:job", day="2026-10-20")
        as_("e01", engaging, "progress", NEW, "--method", "phone", "--note", "悠太さんは殴られている", day="2026-10-20")
        as_("k03", engaging, "merge", CASE, NEW, day="2026-10-21")
        as_("k03", engaging, "merge", f"{CASE}/B", f"{NEW}/A", day="2026-10-21")
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", day="2026-11-02")
        assert "殴られて" not in self.seen(engaging, "e01")
        assert "殴られて" not in engaging.run("--as", "e01", "show", NEW, "--timeline", "-f", "json").out

    def test_under_a_mask_by_a_surname_borne_before(self, engaging: NearDesk) -> None:
        as_("k03", engaging, "progress", CASE, "--method", "phone", "--note", "木村さんから電話", day="2026-10-20")
        for name in ("木村 由美子", "髙橋 由美子"):
            as_("k03", engaging, "person", "edit", CASE, "A", "--name", name, "--reason", "x", day="2026-10-21")
        assert "木村" not in self.seen(engaging, "k03", "--mask")

    def test_under_a_mask_who_decided_for_them(self, engaging: NearDesk) -> None:
        as_("k03", engaging, "person", "add", CASE, "--person", D_PERSON, day="2026-10-20")
        decided = ("--decided-by", "parent", "--by", "親権 太郎", "--evidence", "親権 太郎の戸籍", "--view", "はい")
        as_("k03", engaging, "consent", CASE, "D", *GIVEN, *decided, day="2026-10-21")
        assert "親権 太郎の戸籍" in self.seen(engaging, "k03")
        assert "親権 太郎" not in self.seen(engaging, "k03", "--mask")


class TestOnAnotherDay:
    def test_a_report_by_law_is_never_refused_for_who_is_withheld(self, engaging: NearDesk) -> None:
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", day="2026-11-02")
        done = as_(
            "e01", engaging, "notify", CASE, "--kind", "child", "--to", "jiso", "--on", "2026-10-25", "-f", "json"
        )
        assert done.data["referrals"]

    def test_what_awaits_an_answer_for_who_left_is_not_on_the_board(self, engaging: NearDesk) -> None:
        to = ("--to", "korei-sogo", "--person", "B", "--ground", "emergency", "--reason", "危険")
        as_("k03", engaging, "route", CASE, *to, day="2026-10-20")
        assert "R2026-0001" in as_("e01", engaging, "status", day="2026-10-31").out
        as_("k03", engaging, "split", CASE, "B", "--reason", "避難", day="2026-11-02")
        assert "R2026-0001" not in as_("e01", engaging, "status", day="2026-10-31").out
