"""What stands between a person and a paper, typed: each scenario ends in a look that raises `Shown` where something is
there that must not be, or the other way round. `test_papers_gate.py` lists them with the guard each one is about."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.desk import NearDesk, Typed

CASE, MEETING = "2026-0001", "M2026-0001"
A, B, C, TELLER, RELATION = "梓椿", "楓柊", "菫蓮", "苔雫", "向かいの床屋"
KIN = "実母"
HOUSEHOLD, OF_B, CODE_OF_B = "印世帯", "印B", "ひきこもり・不登校"
BEFORE, SITTING, AFTER = "2026-10-12", "2026-10-20", "2026-10-26"
SHARING = ("--scope", "sharing", "--method", "oral")


class Shown(Exception):
    """What a scenario is about is there and must not be, or the other way round."""


@dataclass
class Desk:
    """`say` types a line as k03; `paper` gives the words of a copy, everything asked about left out but `checked`."""

    near: NearDesk
    folder: Path

    def say(self, *words: str, today: str = "2026-10-05", who: str = "k03", code: int = 0) -> Typed:
        typed = self.near.run("--as", who, *words, today=today)
        assert typed.code == code, f"{words}: {typed.code}\n{typed.out}{typed.err}"
        return typed

    def handed_out(
        self,
        reader: str,
        *,
        today: str = BEFORE,
        meeting: str = MEETING,
        checked: Iterable[str] = (),
        who: str = "k03",
    ) -> tuple[Typed, str]:
        file = self.folder / "paper.md"
        file.unlink(missing_ok=True)
        line = ("--as", who, "agenda", meeting, "--for", reader, "-o", str(file))
        typed = self.near.run(*line, today=today)
        if typed.code == 6:
            asked = set(re.findall(r"--checked (\S+)", typed.err)) - {"TEXTID"}
            answers = [word for one in sorted(asked) for word in ("--checked" if one in checked else "--without", one)]
            typed = self.near.run(*line, *answers, today=today)
        assert typed.code in (0, 3, 4), f"{typed.code}\n{typed.out}{typed.err}"
        assert file.exists() == (typed.code == 0)
        return typed, file.read_text() if typed.code == 0 else ""

    def paper(self, reader: str, **how: Any) -> str:
        return self.handed_out(reader, **how)[1]

    def copies(self, *, today: str = BEFORE, who: str = "k03") -> Any:
        return self.say("agenda", MEETING, "--copies", "-f", "json", today=today, who=who).data


def without(word: str, text: str) -> None:
    if word in text:
        raise Shown(f"{word}\n{text}")


def laid(db: Path) -> Path:
    """A consented to sharing, B and C were not asked; the subcommittee of 20 October expects k03 and e01."""
    near = NearDesk(db, today="2026-10-01")
    near.ok("init")
    near.ok("staff", "add", "k03", "--name", "青木", "--office", "福祉総務課", "--role", "coordinator")
    near.ok("staff", "add", "c01", "--name", "森", "--office", "CSW", "--window", "csw")
    near.ok("staff", "add", "e01", "--name", "原", "--office", "高齢", "--window", "korei-sogo")
    desk = Desk(near, db.parent)
    body = {
        "window": "csw",
        "received_on": "2026-10-05",
        "reporter": {"name": f"蔦森 {TELLER}", "relation": RELATION},
        "people": [
            {"label": "A", "name": f"架田 {A}", "relation": "head", "note": f"{B}のことで悩む"},
            {"label": "B", "name": f"架田 {B}", "relation": "child", "note": OF_B},
            {"label": "C", "name": f"架田 {C}", "relation": "parent"},
        ],
        "concerns": [{"person": "A", "concern": "job"}, {"person": "B", "concern": "withdrawal"}],
        "note": f"{HOUSEHOLD}。{B}が見えない",
    }
    near.ok("--as", "k03", "intake", "--from", str(_written(db.parent / "intake.json", body)), today="2026-10-05")
    desk.say("route", CASE, "--complex", "--coordinator", "k03")
    desk.say("consent", CASE, "A", "--given", *SHARING)
    desk.say("convene", "subcommittee", "--on", SITTING, "--attendee", "k03,e01")
    return db


def _written(file: Path, body: object) -> Path:
    file.write_text(json.dumps(body, ensure_ascii=False))
    return file


def seen_first(desk: Desk, label: str, name: str, *, reader: str = "e01") -> None:
    """So that a scenario does not hold for the want of anything to show."""
    desk.say("consent", CASE, label, "--given", *SHARING)
    assert name in desk.paper(reader, today="2026-10-05")


def consent_withdrawn(desk: Desk) -> None:
    seen_first(desk, "A", A)
    desk.say("consent", CASE, "A", "--withdrawn", *SHARING, today="2026-10-10")
    without(A, desk.paper("e01"))


def consent_run_out_by_the_sitting(desk: Desk) -> None:
    seen_first(desk, "A", A)
    desk.say("consent", CASE, "A", "--given", *SHARING, "--until", "2026-10-19", today="2026-10-10")
    without(A, desk.paper("e01"))


def consent_after_the_sitting(desk: Desk) -> None:
    desk.say("consent", CASE, "B", "--given", *SHARING, today="2026-10-25")
    found = desk.paper("e01", today=AFTER)
    assert A in found
    without(B, found)


def consent_withdrawn_after_the_sitting(desk: Desk) -> None:
    seen_first(desk, "A", A)
    desk.say("attend", MEETING, "k03", "e01", today=SITTING)
    desk.say("decide", MEETING, "1", "--outcome", "continue", today=SITTING)
    assert A in desk.paper("e01", today="2026-10-24")
    desk.say("consent", CASE, "A", "--withdrawn", *SHARING, today="2026-10-25")
    without(A, desk.paper("e01", today=AFTER))


def withdrawn_in_the_case_they_moved_to(desk: Desk) -> None:
    body = {
        "window": "csw",
        "received_on": "2026-10-05",
        "people": [{"label": "A", "name": "水野 千景"}, {"label": "B", "name": "水野 蒼天"}],
        "concerns": [{"person": "A", "concern": "job"}],
    }
    desk.say("intake", "--from", str(_written(desk.folder / "other.json", body)))
    desk.say("route", "2026-0002", "--complex", "--coordinator", "k03")
    for label in "AB":
        desk.say("consent", "2026-0002", label, "--given", *SHARING)
    desk.say("attend", MEETING, "k03", "e01", today=SITTING)
    assert "千景" in desk.paper("e01", today=SITTING)
    desk.say("person", "move", "2026-0002", "A", "--to", CASE, "--reason", "同居", today="2026-10-21")
    desk.say("consent", CASE, "D", "--withdrawn", *SHARING, today="2026-10-22")
    found = desk.paper("e01", today=AFTER)
    assert "蒼天" in found
    without("千景", found)


def excepted_after_the_sitting(desk: Desk) -> None:
    desk.say("attend", MEETING, "k03", "e01", "--secrecy", today=SITTING)
    assert C in desk.paper("e01", today=SITTING)
    desk.say("consent", CASE, "C", "--given", *SHARING, "--excluding", "korei-sogo", today="2026-10-22")
    found = desk.paper("e01", today=AFTER)
    assert B in found
    without(C, found)


def place_of_who_is_not_shown(desk: Desk) -> None:
    desk.say("meetings", "--edit", MEETING, "--place", f"{B}宅")
    desk.say("consent", CASE, "B", "--given", *SHARING)
    assert f"{B}宅" in desk.paper("e01")
    desk.say("consent", CASE, "B", "--given", *SHARING, "--excluding", "korei-sogo", today="2026-10-11")
    without(f"{B}宅", desk.paper("e01"))


def names_of_the_household_left_behind(desk: Desk) -> None:
    desk.say("split", CASE, "C", "--reason", "避難", today="2026-10-07")
    note = ("--method", "visit", "--person", "C", "--note", f"{B}と口論した")
    desk.say("progress", "2026-0002", *note, today="2026-10-07")
    desk.say("consent", "2026-0002", "C", "--given", *SHARING, today="2026-10-07")
    desk.say("agenda", MEETING, "--add", "2026-0002", today="2026-10-07")
    found = desk.paper("k03")
    assert C in found
    without(f"{B}と口論", found)


def consent_to_a_plan_only(desk: Desk) -> None:
    desk.say("consent", CASE, "B", "--given", "--scope", "plan", "--method", "oral")
    without(B, desk.paper("e01"))


def window_excepted(desk: Desk) -> None:
    seen_first(desk, "B", B)
    desk.say("consent", CASE, "B", "--given", *SHARING, "--excluding", "korei-sogo", today="2026-10-10")
    without(B, desk.paper("e01"))


def guest_of_a_window_excepted(desk: Desk) -> None:
    desk.say("attend", MEETING, "--guest", "水野|高齢者総合相談センター", "--expected")
    seen_first(desk, "B", B, reader="水野")
    desk.say("consent", CASE, "B", "--given", *SHARING, "--excluding", "korei-sogo", today="2026-10-10")
    without(B, desk.paper("水野"))


def window_excepted_under_secrecy(desk: Desk) -> None:
    desk.say("attend", MEETING, "e01", "--expected", "--secrecy", today="2026-10-10")
    desk.say("progress", CASE, "--method", "visit", "--person", "C", "--note", f"{B}と会った", today="2026-10-10")
    assert f"{B}と会った" in desk.paper("e01")
    desk.say("consent", CASE, "B", "--given", *SHARING, "--excluding", "korei-sogo", today="2026-10-11")
    found = desk.paper("e01")
    assert C in found
    without(f"{B}と会った", found)


def no_secrecy(desk: Desk) -> None:
    without(C, desk.paper("e01"))
    desk.say("attend", MEETING, "e01", "--expected", "--secrecy", today="2026-10-10")
    assert C in desk.paper("e01")


def secrecy_of_last_fiscal_year(desk: Desk) -> None:
    desk.say("convene", "subcommittee", "--on", "2027-04-15", "--attendee", "e01", today="2027-03-20")
    desk.say("attend", "M2027-0001", "e01", "--expected", "--secrecy", today="2027-03-20")
    without(C, desk.paper("e01", today="2027-04-05", meeting="M2027-0001"))


def secrecy_after_the_sitting(desk: Desk) -> None:
    desk.say("convene", "subcommittee", "--on", "2026-11-10", "--attendee", "e01", today="2026-10-25")
    desk.say("attend", "M2026-0002", "e01", "--expected", "--secrecy", today="2026-10-25")
    without(C, desk.paper("e01", today=AFTER))


def masked_name_in_a_text(desk: Desk) -> None:
    """What A tells says B; nobody let it in."""
    without(B, desk.paper("e01"))


def kin_of_who_is_shown(desk: Desk) -> None:
    """What A tells says C as what C is to A; nobody let it in."""
    desk.say("progress", CASE, "--method", "visit", "--person", "A", "--note", f"印{KIN}に会う")
    without(f"印{KIN}", desk.paper("e01"))


def tied_to_masked(desk: Desk) -> None:
    """A concern of B's without a word beside it, that nobody is asked about."""
    without(CODE_OF_B, desk.paper("e01"))


def tied_to_nobody(desk: Desk) -> None:
    desk.say("consent", CASE, "B", "--given", *SHARING)
    desk.say("progress", CASE, "--method", "visit", "--note", "印世帯")
    without("印世帯", desk.paper("e01"))


def tied_to_masked_too(desk: Desk) -> None:
    both = ("--scope", "plan,sharing", "--method", "oral")
    for label in "AB":
        desk.say("consent", CASE, label, "--given", *both)
    desk.say("plan", CASE, "--goal", "印目標", "--person", "A", "--person", "B", "--action", "A|探す|csw")
    assert "印目標" in desk.paper("e01", today="2026-10-05")
    desk.say("consent", CASE, "B", "--withdrawn", *SHARING, today="2026-10-10")
    without("印目標", desk.paper("e01"))


def looked_at_once(desk: Desk) -> None:
    """Let in while B was shown; B is not any more."""
    desk.say("consent", CASE, "B", "--given", *SHARING)
    assert HOUSEHOLD in desk.paper("e01", today="2026-10-05", checked=[f"{CASE}/note"])
    desk.say("consent", CASE, "B", "--withdrawn", *SHARING, today="2026-10-10")
    without(HOUSEHOLD, desk.paper("e01"))


def looked_at_before_somebody_left(desk: Desk) -> None:
    """Let in while B was shown, though it says C, who is masked; B withdrew and left: it says C still, and those masked
    are the same as then."""
    desk.say("consent", CASE, "B", "--given", *SHARING)
    desk.say("progress", CASE, "--method", "visit", "--note", f"印二人。{B}と{C}")
    assert "印二人" in desk.paper("e01", today="2026-10-05", checked=[f"{CASE}/N1"])
    desk.say("consent", CASE, "B", "--withdrawn", *SHARING, today="2026-10-10")
    desk.say("person", "leave", CASE, "B", "--reason", "moved_out", today="2026-10-10")
    without("印二人", desk.paper("e01"))


def looked_at_before_a_name_was_known(desk: Desk) -> None:
    """Let in while nobody knew who is meant; it is C, who is masked."""
    desk.say("person", "edit", CASE, "C", "--name", "none", "--reason", "取り違え")
    note = desk.say("progress", CASE, "--method", "visit", "--note", f"{C}という人の話", "-f", "json").data["note"]
    assert C in desk.paper("e01", checked=[note])
    desk.say("person", "edit", CASE, "C", "--name", f"架田 {C}", "--reason", "わかった", today=BEFORE)
    without(C, desk.paper("e01"))


def reporter(desk: Desk) -> None:
    desk.say("person", "wish", CASE, "A", "--text", f"印意向 {TELLER}")
    found = desk.paper("e01", checked=[f"{CASE}/A/wish"])
    assert A in found
    without(TELLER, found)


def reporter_of_the_case_they_came_from(desk: Desk) -> None:
    """What was said of C goes along to a case of which nobody told."""
    desk.say("attend", MEETING, "k03", "--expected", "--secrecy")
    desk.say("person", "wish", CASE, "C", "--text", f"印意向 {TELLER}")
    desk.say("split", CASE, "C", "--reason", "避難", today="2026-10-10")
    desk.say("agenda", MEETING, "--add", "2026-0002", today="2026-10-10")
    found = desk.paper("k03")
    assert f"C 架田 {C}" in found
    without(TELLER, found)


def what_the_reporter_is(desk: Desk) -> None:
    desk.say("person", "wish", CASE, "A", "--text", f"{RELATION}が来る")
    without(RELATION, desk.paper("e01"))


def name_of_the_restricted(desk: Desk) -> None:
    desk.say("person", "wish", CASE, "A", "--text", f"{C}に会いたい")
    desk.say("split", CASE, "C", "--reason", "避難", today="2026-10-10")
    found = desk.paper("e01")
    assert A in found
    without(C, found)


def restricted_case(desk: Desk) -> None:
    _restricted_on_the_agenda(desk)
    assert C in desk.paper("k03")
    without(C, desk.paper("e01"))


def split_off_after_the_sitting(desk: Desk) -> None:
    """A sitting before C came under restriction: no copy of it shows C any more, whoever reads and whoever prints."""
    seen_first(desk, "C", C)
    desk.say("split", CASE, "C", "--reason", "避難", today=AFTER)
    without(C, desk.say("agenda", MEETING, "--preview", today=AFTER, who="e01").out)
    without(C, desk.paper("k03", today=AFTER, who="e01"))
    without(C, desk.paper("k03", today=AFTER))


def _restricted_on_the_agenda(desk: Desk) -> None:
    desk.say("attend", MEETING, "k03", "e01", "--expected", "--secrecy")
    desk.say("split", CASE, "C", "--reason", "避難", today="2026-10-10")
    desk.say("agenda", MEETING, "--add", "2026-0002", today="2026-10-10")


def copies_of_a_restricted_case(desk: Desk) -> None:
    """Whoever is not of it learns nothing of its item from the copies that show it."""
    _restricted_on_the_agenda(desk)
    desk.paper("k03")
    mine, theirs = desk.copies()[0]["items"], desk.copies(who="e01")[0]
    assert mine == [1, 2, 3]
    if theirs["items"] == mine or theirs["why"]:
        raise Shown(str(theirs))


def report_by_law(desk: Desk) -> None:
    desk.say("notify", CASE, "--kind", "elder", "--to", "outside:印通報先", "--person", "A")
    without("印通報先", desk.paper("e01"))


def withdrawn_back_to_before_a_decided_item(desk: Desk) -> None:
    """The item keeps whom it showed; a paper of it asks anew."""
    seen_first(desk, "B", B)
    desk.say("attend", MEETING, "k03", "e01", today=SITTING)
    desk.say("decide", MEETING, "1", "--outcome", "continue", today=SITTING)
    desk.say("consent", CASE, "B", "--withdrawn", *SHARING, "--on", "2026-10-18", today="2026-10-22")
    found = desk.paper("e01", today=AFTER)
    assert A in found
    without(B, found)


def copy_that_shows_too_much(desk: Desk) -> None:
    seen_first(desk, "B", B)
    assert desk.copies()[-1]["why"] == []
    desk.say("consent", CASE, "B", "--withdrawn", *SHARING, today="2026-10-10")
    if not desk.copies()[-1]["why"]:
        raise Shown("nobody asks it back")


def not_expected(desk: Desk) -> None:
    typed, found = desk.handed_out("c01")
    without(A, found)
    assert typed.code == 4


def called_off(desk: Desk) -> None:
    desk.say("meetings", "--cancel", MEETING, "--reason", "大雪", today="2026-10-10")
    typed, found = desk.handed_out("e01")
    without(A, found)
    assert typed.code == 3


def typed_words_in_the_list(desk: Desk) -> None:
    """The list is refused for no text, and holds none."""
    for form in ((), ("-f", "json"), ("-f", "md")):
        found = desk.say("agenda", MEETING, *form, today=BEFORE)
        for word in (HOUSEHOLD, OF_B, TELLER):
            without(word, found.out + found.err)
