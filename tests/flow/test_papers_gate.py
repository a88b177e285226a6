"""Every guard between a person and a paper, one by one: what it holds back, and that this is noticed once it is gone.

`GUARDS` is the list: a scenario, typed, whose decisive look raises `Shown`, and how the guard is taken away. The random
papers of `tests/journeys/test_random_papers.py` look for what nobody thought of.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, Typed, copy
from toshima_cli import places
from toshima_cli.db import queries
from toshima_cli.domain import consent, grounds, held, paper, papers_out
from toshima_cli.domain.referral import Recipient
from toshima_cli.domain.terms import Decision, Ground, ItemKind, ToKind
from toshima_cli.looks import copies, elsewhere, readers
from toshima_cli.looks import papers as looks
from toshima_cli.looks.agenda import compute

NOWHERE = Recipient(ToKind.OUTSIDE, None, "")
CASE, MEETING = "2026-0001", "M2026-0001"
A, B, C, TELLER, RELATION = "梓椿", "楓柊", "菫蓮", "苔雫", "向かいの床屋"
HOUSEHOLD, OF_B, CODE_OF_B = "印世帯", "印B", "ひきこもり・不登校"
BEFORE, SITTING, AFTER = "2026-10-12", "2026-10-20", "2026-10-26"
SHARING = ("--scope", "sharing", "--method", "oral")


class Shown(Exception):
    """What a scenario is about is there and must not be, or the other way round."""


# ------------------------------------------------------------------- typing


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


@pytest.fixture(scope="session")
def table(received: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A consented to sharing, B and C were not asked; the subcommittee of 20 October expects k03 and e01."""
    db = tmp_path_factory.mktemp("table") / "books.db"
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


@pytest.fixture
def desk(table: Path, tmp_path: Path) -> Desk:
    return Desk(NearDesk(copy(table, tmp_path / "books.db")), tmp_path)


# ---------------------------------------------------------------- scenarios


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


# ------------------------------------------------------------- without them

Patch = pytest.MonkeyPatch


def everywhere(m: Patch, original: Any, instead: Any) -> None:
    """Under whatever name a module took it in."""
    for name, module in list(sys.modules.items()):
        if name.startswith("toshima_cli"):
            for attribute, value in list(vars(module).items()):
                if value is original:
                    m.setattr(module, attribute, instead)


def held_but(change: Callable[[Any], Any | None]) -> Callable[[Patch], None]:
    """`held` reads rows as `change` leaves them; None: it does not see the row."""
    was = held.held

    def remove(m: Patch) -> None:
        def read(person: Any, scope: Any, day: date) -> Any:
            return was(replace(person, consents=tuple(c for row in person.consents if (c := change(row)))), scope, day)

        everywhere(m, was, read)

    return remove


def held_on_any_day(m: Patch) -> None:
    was = held.held
    everywhere(m, was, lambda person, scope, _: was(person, scope, date(2100, 1, 1)))


def held_of_any_scope(m: Patch) -> None:
    was = held.held
    everywhere(
        m,
        was,
        lambda person, scope, day: was(
            replace(person, consents=tuple(replace(c, scopes=frozenset({scope})) for c in person.consents)), scope, day
        ),
    )


def reader_of_no_window(m: Patch) -> None:
    was = grounds.not_for_reader
    m.setattr(grounds, "not_for_reader", lambda case, h, r: was(case, h, replace(r, windows=frozenset())))


class Asked:
    """Queries of which some are answered otherwise."""

    def __init__(self, found: Any, **instead: Any) -> None:
        self.found, self.instead = found, instead

    def __getattr__(self, name: str) -> Any:
        return self.instead.get(name) or getattr(self.found, name)


def answered(m: Patch, file: str, **instead: Any) -> None:
    """The readers of papers get other answers from some queries of a file."""
    m.setattr(readers, "queries", lambda of: Asked(queries(of), **instead) if of == file else queries(of))


def secrecy_that_never_ends(m: Patch) -> None:
    found = queries("meetings")

    def acknowledged(conn: Any, *, day: str) -> list[dict[str, Any]]:
        return [{**dict(row), "until": "9999-12-31"} for row in found.acknowledged(conn, day=day)]

    m.setattr(
        readers, "queries", lambda of: Asked(found, acknowledged=acknowledged) if of == "meetings" else queries(of)
    )


def secrecy_of_any_day(m: Patch) -> None:
    found = queries("meetings")

    def acknowledged(conn: Any, *, day: str) -> Any:
        return found.acknowledged(conn, day="9999-12-31")

    m.setattr(
        readers, "queries", lambda of: Asked(found, acknowledged=acknowledged) if of == "meetings" else queries(of)
    )


def copies_as_the_holder_sees_them(m: Patch) -> None:
    found = queries("papers")

    def seen(name: str) -> Any:
        return lambda conn, *, meeting_id, viewer: getattr(found, name)(conn, meeting_id=meeting_id, viewer="k03")

    instead = {name: seen(name) for name in ("paper_items", "paper_members")}
    answered(m, "papers", **instead)


def nobody_stands_elsewhere(m: Patch) -> None:
    def nothing(conn: Any, *, case_id: int) -> list[Any]:
        return []

    m.setattr(elsewhere, "queries", lambda of: Asked(queries(of), elsewhere=nothing) if of == "facts" else queries(of))


def nobody_is_hidden(m: Patch) -> None:
    was = consent.may_read

    def read(case: Any, *rest: Any) -> Any:
        return was(replace(case, people=tuple(replace(p, hidden=False) for p in case.people)), *rest)

    everywhere(m, consent.may_read, read)


def not_asked(why: paper.Check) -> Callable[[Patch], None]:
    was = paper.why_checked

    def remove(m: Patch) -> None:
        m.setattr(paper, "why_checked", lambda *a, **k: None if (found := was(*a, **k)) is why else found)

    return remove


def sheet_told(**instead: Any) -> Callable[[Patch], None]:
    was = paper.sheet
    return lambda m: m.setattr(paper, "sheet", lambda *a, **k: was(*a, **{**k, **instead}))


def a_report_like_any_referral(m: Patch) -> None:
    was = paper._referrals

    def told(case: Any, day: date) -> Any:
        return was(replace(case, referrals=tuple(replace(r, ground=Ground.CONSENT) for r in case.referrals)), day)

    m.setattr(paper, "_referrals", told)


def of_the_sitting_only(m: Patch) -> None:
    was = consent.may_read
    everywhere(m, was, lambda case, label, kind, reader, day, *_: was(case, label, kind, reader, day, day))


def of_this_case_only(m: Patch) -> None:
    was = consent.may_read
    everywhere(m, was, lambda *asked: was(*asked[:6]))


def listed_is_permitted(m: Patch) -> None:
    def read(case: Any, label: str, kind: ItemKind, reader: Any, *days: Any) -> Any:
        return consent.may_read(case, label, ItemKind.SUPPORT_CONFERENCE, replace(reader, secrecy=True), *days)

    m.setattr(looks, "may_read", read)


def called_all_the_same(m: Patch) -> None:
    m.setattr("toshima_cli.looks.papers.compute", lambda conn, number: replace(compute(conn, number), cancelled=False))


def anybody_named(m: Patch) -> None:
    was = looks._find
    m.setattr(looks, "_find", lambda known, key: was(known, key) or grounds.Reader(name=key[0] or key[1], code=key[0]))


def everything_listed(m: Patch) -> None:
    """The list as a paper would be: with what was typed."""
    from toshima_cli.looks.agenda import Listed

    was = Listed.json
    m.setattr(Listed, "json", lambda self: {**was(self), "notes": [case.note for case in self.cases.values()]})


@dataclass(frozen=True)
class Guard:
    scenario: Callable[[Desk], None]
    without: Callable[[Patch], None]


GUARDS = {
    "a withdrawal counts": Guard(
        consent_withdrawn, held_but(lambda row: None if row.decision is Decision.WITHDRAWN else row)
    ),
    "consent runs out": Guard(consent_run_out_by_the_sitting, held_but(lambda row: replace(row, expires_on=None))),
    "consent counts from its day on": Guard(consent_after_the_sitting, held_on_any_day),
    "a copy handed out afterwards is a new sharing": Guard(consent_withdrawn_after_the_sitting, of_the_sitting_only),
    "what they said since in another case counts": Guard(withdrawn_in_the_case_they_moved_to, of_this_case_only),
    "consent to a plan is not one to sharing": Guard(consent_to_a_plan_only, held_of_any_scope),
    "a window is excepted": Guard(window_excepted, reader_of_no_window),
    "a guest comes from a window": Guard(
        guest_of_a_window_excepted, lambda m: everywhere(m, places.recipient, lambda conn, text: NOWHERE)
    ),
    "a window excepted is excepted under secrecy too": Guard(window_excepted_under_secrecy, sheet_told(excepted=())),
    "whoever is excepted later is excepted under secrecy too": Guard(
        excepted_after_the_sitting, lambda m: everywhere(m, grounds.excepts, lambda *_: False)
    ),
    "the place says nobody a copy does not show": Guard(
        place_of_who_is_not_shown, lambda m: m.setattr(looks.Told, "_not_on", lambda *_: ())
    ),
    "secrecy is asked for": Guard(no_secrecy, lambda m: m.setattr(grounds, "no_secrecy", lambda *_: None)),
    "secrecy lasts a fiscal year": Guard(secrecy_of_last_fiscal_year, secrecy_that_never_ends),
    "secrecy comes first": Guard(secrecy_after_the_sitting, secrecy_of_any_day),
    "texts are searched for who is masked": Guard(
        masked_name_in_a_text, lambda m: m.setattr(paper, "_says", lambda *_: False)
    ),
    "texts are tied to people": Guard(tied_to_masked, lambda m: m.setattr(paper, "_goes_with", lambda *_: True)),
    "a text about nobody is asked about": Guard(tied_to_nobody, not_asked(paper.Check.TIED_TO_NOBODY)),
    "a text about somebody masked too is asked about": Guard(tied_to_masked_too, not_asked(paper.Check.TIED_TO_MASKED)),
    "texts are searched for the household left behind": Guard(
        names_of_the_household_left_behind, sheet_told(beside=())
    ),
    "what was said holds for those masked then": Guard(
        looked_at_once, lambda m: everywhere(m, copies.text_digest, lambda text, _: text.text or "")
    ),
    "what was said holds for those who were there then": Guard(
        looked_at_before_somebody_left, lambda m: m.setattr(paper.Sheet, "unseen", property(lambda s: s.masked))
    ),
    "what was said holds for what they were called then": Guard(
        looked_at_before_a_name_was_known,
        lambda m: m.setattr(
            paper.Sheet, "unseen", property(lambda s: [p.label for p in s.case.people if p.label not in s.labels])
        ),
    ),
    "who told is held back": Guard(reporter, sheet_told(reporters=())),
    "who told goes along with what was told": Guard(reporter_of_the_case_they_came_from, nobody_stands_elsewhere),
    "what they are is asked about": Guard(what_the_reporter_is, sheet_told(relations=())),
    "names under restriction are held back": Guard(name_of_the_restricted, sheet_told(unsaid=())),
    "each reads with their own eyes": Guard(
        restricted_case,
        lambda m: m.setattr(looks.Told, "_as_read_by", lambda self, _, number: self.listed.cases[number]),
    ),
    "who was split off is in no paper of the household": Guard(split_off_after_the_sitting, nobody_is_hidden),
    "copies tell nothing of a restricted case": Guard(copies_of_a_restricted_case, copies_as_the_holder_sees_them),
    "a report by law is no referral": Guard(report_by_law, a_report_like_any_referral),
    "a paper asks anew": Guard(withdrawn_back_to_before_a_decided_item, listed_is_permitted),
    "a copy that shows too much is asked back": Guard(
        copy_that_shows_too_much, lambda m: m.setattr(papers_out, "too_much", lambda *_: {})
    ),
    "papers are for who is expected": Guard(not_expected, anybody_named),
    "a sitting that is called off has none": Guard(called_off, called_all_the_same),
    "the list holds no typed word": Guard(typed_words_in_the_list, everything_listed),
}


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS)
class TestAGuard:
    def test_holds(self, desk: Desk, guard: Guard) -> None:
        guard.scenario(desk)

    @pytest.mark.soak
    def test_is_missed_when_it_is_gone(self, desk: Desk, guard: Guard, monkeypatch: Patch) -> None:
        guard.without(monkeypatch)
        with pytest.raises(Shown):
            guard.scenario(desk)
