"""The words of papers: none is missing, days stand as papers print them, what stands before a text."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from tests.domain.household import Life, day
from tests.domain.world import permitted
from toshima_cli import i18n
from toshima_cli.domain import terms as t
from toshima_cli.domain.consent import may_read
from toshima_cli.domain.grounds import Reader
from toshima_cli.domain.initials import HELD_BACK
from toshima_cli.domain.paper import Check, Section, Sheet, Text, of_case, sheet
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import render
from toshima_cli.looks.copies import Papers, text_digest
from toshima_cli.ui import papers as ui
from toshima_cli.ui.preview import CHECKS

HELD = date(2026, 11, 19)
OF_MINUTES = {Section.SAID, Section.DECISION, Section.AGREED}
SENT, PROGRESS = t.ReferralStatus.SENT, t.Purpose.PROGRESS
SUPPORT = t.ItemKind.SUPPORT_CONFERENCE
A3 = say("action {action}", action="A3")
WORDS = {
    "concern": {"job": "仕事"},
    "method": {"visit": "訪問"},
    "conference": {"elder_abuse": "高齢者虐待"},
    "window": {"csw": "CSW"},
}


@pytest.fixture(autouse=True)
def _japanese() -> Iterator[None]:
    i18n.set_language("ja")
    yield
    i18n.set_language("ja")


def test_every_section_of_a_paper_and_every_check_has_its_words() -> None:
    assert list(ui.SECTIONS) == [section for section in Section if section not in OF_MINUTES]
    assert list(CHECKS) == list(Check)
    for said in (ui.SECTIONS, CHECKS):
        assert len({each.text for each in said.values()}) == len(said)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_they_are_said_in_both_languages(lang: str) -> None:
    i18n.set_language(lang)
    for one in (*ui.SECTIONS.values(), *CHECKS.values(), *ui.FIELDS.values(), *ui.ROOMS, ui.MARK, ui.LEFT_OUT):
        assert render(one).isascii() is (lang == "en")


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (HELD, "令和8年11月19日（木）", "2026-11-19 (Thu)"),
        (date(2019, 5, 1), "令和元年5月1日（水）", "2019-05-01 (Wed)"),
        (date(2019, 4, 30), "平成31年4月30日（火）", "2019-04-30 (Tue)"),
        ("2026-11-19", "2026-11-19", "2026-11-19"),  # typed so
        (3, "3", "3"),
        (say("{on}", on=HELD), "令和8年11月19日（木）", "2026-11-19 (Thu)"),
        (say("{why}", why=say("{on}", on=HELD)), "令和8年11月19日（木）", "2026-11-19 (Thu)"),
        (say("{days}", days=(HELD,)), "令和8年11月19日（木）", "2026-11-19 (Thu)"),
        (("A", HELD), "A、令和8年11月19日（木）", "A, 2026-11-19 (Thu)"),
    ],
)
def test_days_as_papers_print_them(value: Value, ja: str, en: str) -> None:
    for lang, expected in (("ja", ja), ("en", en)):
        i18n.set_language(lang)
        assert render(ui.on_paper(value)) == expected


@pytest.mark.parametrize(
    ("parts", "said"),
    [((), ""), (("",), ""), (("a",), "a"), (("", "a", ""), "a"), (("a", "", "b", "c"), "a  b  c")],
)
def test_what_is_there_side_by_side(parts: tuple[str, ...], said: str) -> None:
    i18n.set_language("en")
    assert render(ui.spaced(*parts)) == said


class Looked:
    """Papers as far as a text asks them: what was said about texts, and whether names are masked."""

    def __init__(self, checks: dict[tuple[str, str], bool] | None = None, *, mask: bool = False) -> None:
        self.checks, self.mask = checks or {}, mask

    goes = Papers.goes
    words_of = Papers.words_of


def said(text: Text, checks: dict[tuple[str, str], bool] | None = None, *, mask: bool = False) -> str:
    papers = cast(Any, Looked(checks, mask=mask))
    case = Life().case
    return render(ui.said(papers, text, Sheet(case, (), ("C",), (text,)), WORDS))


@pytest.mark.parametrize(
    ("section", "lead", "expected"),
    [
        (Section.ALERT, ("visit_alert",), [ui.FIELDS["visit_alert"]]),
        (Section.CONCERN, ("job", True), ["◎仕事"]),
        (Section.CONCERN, ("job", False), ["仕事"]),
        (Section.CONCERN, ("unknown", False), ["unknown"]),
        (Section.PLAN, ("goal",), [ui.FIELDS["goal"]]),
        (Section.PLAN, ("action", "2026-0042/A3", HELD, None), [A3, say("due {on}", on=HELD)]),
        (Section.PLAN, ("action", "2026-0042/A3", None, HELD), [A3, say("done {on}", on=HELD)]),
        (Section.ACTION, ("2026-0042/A3", HELD), [A3, say("due {on}", on=HELD)]),
        (Section.ACTION, ("2026-0042/A3", None), [A3]),
        (Section.REFERRAL, ("R2026-0001", SENT, "窓口"), [HELD, "R2026-0001", "窓口", SENT]),
        (Section.REFERRAL, ("R2026-0001", SENT, None), [HELD, "R2026-0001", SENT]),
        (Section.EMERGENCY, ("R2026-0001", None), [HELD, "R2026-0001"]),
        (Section.PROGRESS, ("next",), [say("Next: {on}", on=HELD)]),
        (Section.PROGRESS, ("visit",), [HELD, "訪問"]),
        (Section.EARLIER, ("M2026-0001", PROGRESS, t.Outcome.WATCH), [HELD, PROGRESS, t.Outcome.WATCH]),
        (Section.OTHER_LAW, ("elder_abuse", day(10, 1)), [day(10, 1), "高齢者虐待"]),
        (Section.WATCH, ("1m", HELD), [say("until {until}", until=HELD)]),
        (Section.WISH, (), [HELD]),
        (Section.SITUATION, (), [HELD]),
        (Section.APPROACH, (None,), [HELD]),
    ],
)
def test_what_stands_before_the_words(section: Section, lead: tuple[Any, ...], expected: list[Value]) -> None:
    text = Text("x", section, frozenset("A"), "話", HELD, lead, who="csw")
    assert said(text) == render(ui.on_paper(ui.spaced(*expected, "CSW", "話")))


def test_every_text_of_a_case_can_be_said() -> None:
    life = Life(t.Stage.SUPPORTING).concern("A", "job").running("AB", day(10, 7)).refer(day(10, 8)).note(day(10, 9))
    for text in of_case(life.case, SUPPORT, HELD, since=None):
        assert said(text)


def test_the_lead_agency_is_named_by_its_name() -> None:
    assert said(Text("x", Section.PLAN, frozenset("A"), None, lead=("lead", "csw"))).endswith("CSW")
    assert said(Text("x", Section.PLAN, frozenset("A"), "csw", lead=("goal",))).endswith("csw")


@pytest.mark.parametrize("goes", [True, False, None])
def test_a_text_that_was_not_let_in_is_not_said(goes: bool | None) -> None:
    text = Text("x", Section.SITUATION, frozenset(), "家賃の遅れ", who="民生委員", check=Check.TIED_TO_NOBODY)
    unseen = Sheet(Life().case, (), ("C",), ()).unseen
    checks = {} if goes is None else {("x", text_digest(text, unseen)): goes}
    assert said(text, checks) == (render(ui.spaced("民生委員", "家賃の遅れ") if goes else ui.LEFT_OUT))
    # said of other words, or of others masked beside it, it counts for nothing
    again = replace(text, check=Check.NAMES_MASKED)
    for other, hidden in ((replace(text, text="家賃"), unseen), (text, unseen[:1]), (again, unseen)):
        assert said(text, {("x", text_digest(other, hidden)): True}) == render(ui.LEFT_OUT)


def test_what_was_held_back_is_said_to_be() -> None:
    assert said(Text("x", Section.SITUATION, frozenset("A"), held_back=True)) == render(HELD_BACK)


def test_with_a_mask_no_text_says_a_label() -> None:
    text = Text("x", Section.SITUATION, frozenset("A"), "Bさんの通学")
    assert (said(text), said(text, mask=True)) == ("Bさんの通学", render(HELD_BACK))


@pytest.mark.parametrize(
    ("name", "kana", "mask", "expected"),
    [
        ("髙橋 由美子", "たかはし ゆみこ", False, say("{label} {name}", label="A", name="髙橋 由美子")),
        ("髙橋 由美子", "たかはし ゆみこ", True, say("{label} {name}", label="A", name="T.Y.")),
        ("髙橋 由美子", None, True, say("{label} {name}", label="A", name=say("(name not known)"))),
        (None, None, False, say("{label} {name}", label="A", name=say("(name not known)"))),
    ],
)
def test_how_a_person_is_named(name: str | None, kana: str | None, mask: bool, expected: Say) -> None:
    case = Life(labels="A").case
    case = replace(case, people=(replace(case.people[0], name=name, kana=kana),))
    permit = permitted(may_read(case, "A", SUPPORT, Reader("三田 守", secrecy=True), HELD, HELD))
    (seen,) = sheet(case, SUPPORT, {"A": permit}, (), ()).people
    assert ui.name_of(seen, mask=mask) == expected
