"""The gate as it is typed: whom it answers for, what it keeps to itself, and every line it names, pasted."""

import shlex
from datetime import date
from pathlib import Path

import pytest

from tests.desk import NearDesk, copy
from tests.domain.world import DAY, case, person
from tests.journeys.test_hints_pasted import filled
from toshima_cli.looks.gate import Asked
from toshima_cli.ui.gate import draw
from toshima_cli.ui.page import Page
from toshima_cli.ui.text import width

CASE = "2026-0001"
TODAY = "2026-11-24"
SITTING, OVER, CALLED_OFF, NO_ITEM = "M2026-0002", "M2026-0001", "M2026-0003", "M2026-0004"


@pytest.fixture(scope="module")
def books(engaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Consent given but for one window, withdrawn, refused; D a child with violence noted, E not asked, F gone;
    a sitting ahead, one called off, a council. 2026-0002 is a person nobody knows the name of."""
    desk = NearDesk(copy(engaged, tmp_path_factory.mktemp("gate") / "books.db"), today=TODAY)
    for line in (
        f"consent {CASE} A --given --scope sharing --method oral --excluding kaigo --on 2026-11-02",
        f"consent {CASE} B --given --scope sharing --method oral --on 2026-11-02",
        f"consent {CASE} B --withdrawn --method phone --on 2026-11-10",
        f"consent {CASE} C --refused --method oral --on 2026-11-02",
        f"person add {CASE} --person D|||2015-05-01||child --person E --person F --on 2026-11-01",
        f"concern add {CASE} --concern D:violence --on 2026-11-20",
        f"person leave {CASE} F --reason other --on 2026-11-15",
        f"person edit {CASE} C --contact-rule 郵便は不可 --reason x",
        f"convene stakeholder --on 2026-12-08 --case {CASE}",
        f"convene stakeholder --on 2026-12-09 --case {CASE}",
        f"meetings --cancel {CALLED_OFF}",
        "convene council --on 2027-01-21",
        "outreach new --why refuses --window csw --person A --note 窓が閉じたまま",
    ):
        desk.ok(*line.split())
    return desk.db


@pytest.fixture
def desk(books: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(books, tmp_path / "books.db"), today=TODAY)


QUESTIONS = (
    f"{CASE}",
    f"{CASE} --on 2020-01-01",
    f"{CASE} --on 2024-06-01",
    f"{CASE} --on 2026-11-05",
    f"{CASE} --on 2027-05-10",
    f"{CASE} --to kaigo",
    f"{CASE} --to hikikomori --on 2026-11-05",
    f"{CASE} --to csw",
    f"{CASE} --to p-hikikomori --on 2027-05-10",
    f"{CASE} --to outside:学校",
    f"{CASE} --to {OVER}",
    f"{CASE} --to {SITTING}",
    f"{CASE} --to {CALLED_OFF}",
    f"{CASE} --to {NO_ITEM}",
    "2026-0002",
    "2026-0002 --to outside:学校",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_ends_in_0_and_every_line_it_names_can_be_pasted(
    desk: NearDesk, question: str, tmp_path: Path
) -> None:
    for line in desk.json("gate", *question.split()):
        assert line["may"] or line["next"]
        assert line["may"] or (line["rule"] and line["basis"] and line["facts"] and line["missing"])
        for step in [*line["next"], *(step for road in line["roads"] for step in road["next"])]:
            near = NearDesk(copy(desk.db, tmp_path / "pasted.db"), today=TODAY)
            words = shlex.split(step["command"])[1:]
            assert near.run(*filled(words, near, TODAY)).code == 0, step["command"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_eighty_columns(desk: NearDesk, question: str, lang: str) -> None:
    desk.lang = lang
    screen = desk.ok("gate", *question.split(), COLUMNS="80").out.splitlines()
    assert [line for line in screen if width(line) > 80 and not line.lstrip().startswith("toshima ")] == []


def test_of_an_ended_case_what_it_names_can_be_pasted_too(desk: NearDesk, tmp_path: Path) -> None:
    desk.ok("close", CASE, "--reason", "declined", "--tried", "訪問", "--change", "none", "--yes")
    for question in ((CASE,), (CASE, "--to", "hikikomori"), (CASE, "--to", NO_ITEM)):
        for line in desk.json("gate", *question):
            for step in line["next"]:
                near = NearDesk(copy(desk.db, tmp_path / "pasted.db"), today=TODAY)
                words = shlex.split(step["command"])[1:]
                assert near.run(*filled(words, near, TODAY)).code == 0, step["command"]


def test_of_each_person_what_consent_says(desk: NearDesk) -> None:
    found = {line["label"]: (line["may"], line["rule"]) for line in desk.json("gate", CASE, "--to", "kaigo")}
    assert found == {
        "A": (False, "share.consent.excluded"),
        "B": (False, "share.consent.withdrawn"),
        "C": (False, "share.consent.refused"),
        "D": (False, "share.consent.none"),
        "E": (False, "share.consent.none"),
    }
    assert "A" in [line["label"] for line in desk.json("gate", CASE, "--to", "hikikomori") if line["may"]]
    assert {line["rule"] for line in desk.json("gate", CASE, "--to", "csw") if line["label"] != "A"} == {
        "share.same_office.one"
    }


def test_the_household_at_a_glance_comes_first(desk: NearDesk) -> None:
    """Every label once, in order, before anything is said of why; of one person alone no table."""
    assert glance(desk.ok("gate", CASE, "--to", "kaigo").out) == [*"ABCDE"]
    assert glance(desk.ok("gate", "2026-0002").out) == []


def glance(screen: str) -> list[str]:
    rows = screen.split("\n\n")[0].splitlines()
    return [row[2] for row in rows if row[:2] == "  " and row[2] in "ABCDE" and row[3] == " "]


def test_the_day_of_a_sitting_is_its_own_and_that_is_said(desk: NearDesk) -> None:
    asked = desk.run("gate", CASE, "--to", SITTING, "--on", "2026-11-01")
    assert asked.err
    assert "2026-12-08" in asked.out.splitlines()[0]
    assert desk.run("gate", CASE, "--to", SITTING, "--on", "2026-12-08").err == ""
    assert {line["rule"] for line in desk.json("gate", CASE, "--to", CALLED_OFF)} == {"share.meeting.cancelled"}
    items = {line["label"]: line["items"] for line in desk.json("gate", CASE, "--to", SITTING)}
    assert items["A"] != items["B"] == items["C"]


def test_a_past_day_is_answered_by_what_is_known_now(desk: NearDesk) -> None:
    before = desk.json("gate", CASE, "--to", "hikikomori", "--on", "2026-11-12")
    desk.ok("consent", CASE, "C", "--given", "--scope", "sharing", "--method", "oral", "--on", "2026-11-11")
    after = desk.json("gate", CASE, "--to", "hikikomori", "--on", "2026-11-12")
    assert [line["may"] for line in before if line["label"] == "C"] == [False]
    assert [line["may"] for line in after if line["label"] == "C"] == [True]
    assert "F" in [line["label"] for line in after]  # who left on the 15th was still there


def test_the_article_is_that_of_the_day(desk: NearDesk) -> None:
    articles = {
        day: {line["article"] for line in desk.json("gate", CASE, "--on", day) if not line["may"]}
        for day in (TODAY, "2027-05-10")
    }
    assert articles == {TODAY: {"106-6(1)"}, "2027-05-10": {"106-3-2(1)"}}


def test_that_a_report_was_made_is_told_to_its_own_people_only(desk: NearDesk) -> None:
    def seen() -> list[str]:
        forms = ("table", "json")
        questions = ((CASE,), (CASE, "--to", "kodomo-katei"), (CASE, "--to", SITTING))
        return [desk.ok("--as", "e01", "gate", *q, "-f", form).out for q in questions for form in forms]

    before = seen()
    desk.ok("--as", "k03", "notify", CASE, "--kind", "child", "--to", "kodomo-katei", "--person", "D")
    assert seen() == before


def test_initials_for_names(desk: NearDesk) -> None:
    shown = desk.ok("--mask", "gate", CASE, "--to", "outside:髙橋 由美子の学校")
    asked = desk.ok("--mask", "gate", CASE, "--to", "outside:髙橋 由美子の学校", "-f", "json")
    for typed in (shown, asked):
        assert "由美子" not in typed.out


@pytest.mark.parametrize("typed", ["学校", "スクールソーシャルワーカー", "hikikomory"])
def test_a_place_written_otherwise_is_told_how(desk: NearDesk, typed: str) -> None:
    how = {"学校": "outside:学校", "スクールソーシャルワーカー": "ssw", "hikikomory": "hikikomori"}
    assert how[typed] in desk.refused("gate", CASE, "--to", typed, code=2)["message"]


def test_before_the_case_was_opened_nobody_is_answered_for(desk: NearDesk) -> None:
    assert desk.json("gate", CASE, "--on", "2026-10-04") == []
    assert "2026-10-05" in desk.ok("gate", CASE, "--on", "2026-10-04").out


def test_where_nobody_is_left_it_says_who_left() -> None:
    left = case(person("A", left=date(2026, 11, 1)))
    page = Page()
    draw(Asked(left, DAY, DAY, ()), page, mask=False)
    assert "2026-11-01" in page.plain(80)
    assert "toshima show 2026-0042" in page.plain(80)
