"""What was typed, read: numbers, slugs, dates, texts, files."""

from datetime import date
from pathlib import Path

import pytest

from tests.commands.conftest import Books
from toshima_cli.answers import Answers, number
from toshima_cli.context import Ctx
from toshima_cli.domain.terms import DecidedBy, Decision, Scope
from toshima_cli.domain.verdict import say
from toshima_cli.exits import BadInput, Missing, NotFound, Stop
from toshima_cli.params import Param
from toshima_cli.settings import Settings, Terminal
from toshima_cli.ui.ask import Ask
from toshima_cli.ui.out import Given, Out
from toshima_cli.unknown import near


@pytest.fixture
def ctx() -> Ctx:
    terminal = Terminal()
    made = Ctx(
        Settings(),
        date(2026, 11, 24),
        True,
        Out("trial", terminal, Given()),
        Ask(terminal, no_input=False),
        line=("trial",),
        params=(Param("x", ("--on",), "DATE", "Business date", positional=False, switch=False, many=False),),
    )
    made.__dict__["store"] = Books()
    return made


def faults(answers: Answers) -> list[str]:
    with pytest.raises(BadInput) as stop:
        answers.settle()
    return [fault.where for fault in stop.value.faults]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("case", "2026-0042", "2026-0042"),
        ("case", " 2026-42 ", "2026-0042"),
        ("case", "２０２６－００４２", "2026-0042"),
        ("case", "2026ー0042", "2026-0042"),
        ("case", "2026−10042", "2026-10042"),
        ("case", "M2026-1", "M2026-1"),
        ("meeting", "2026-1", "M2026-0001"),
        ("meeting", "ｍ2026-1", "M2026-0001"),
        ("referral", "r2026-0007", "R2026-0007"),
        ("referral", "M2026-0007", "M2026-0007"),
        ("case", "髙橋", "髙橋"),
    ],
)
def test_numbers_are_read_as_people_type_them(kind: str, typed: str, kept: str) -> None:
    assert number(kind, typed) == kept


def test_an_object_not_in_the_books_is_4_and_all_are_named(ctx: Ctx) -> None:
    answers = Answers(ctx)
    assert answers.case("2026-42") == "2026-0042"
    answers.settle()
    answers.case("2026-43")
    answers.meeting("2026-1")
    answers.referral("2026-1", "--accept")
    with pytest.raises(NotFound) as stop:
        answers.settle()
    said = (stop.value.what, *stop.value.why)
    assert [dict(one.values)["number"] for one in said] == ["2026-0043", "M2026-0001", "R2026-0001"]


def test_no_books_are_needed_where_none_are_asked_for(ctx: Ctx) -> None:
    del ctx.__dict__["store"]
    ctx.out.command = "init"
    Answers(ctx).settle()
    assert "store" not in ctx.__dict__


def test_labels_are_kept_as_capital_letters(ctx: Ctx) -> None:
    answers = Answers(ctx)
    assert answers.label("ａ") == "A"
    assert answers.labels("--person", ["a、B", "b"]) == ("A", "B")
    answers.settle()


def test_a_term_of_a_closed_list(ctx: Ctx) -> None:
    answers = Answers(ctx)
    assert answers.choice("--decision", "Not-Possible", Decision) is Decision.NOT_POSSIBLE
    assert answers.choice("--by", None, DecidedBy) is None
    assert answers.choices("--scope", ["plan,sharing", "plan"], Scope) == (Scope.PLAN, Scope.SHARING)
    assert answers.choices("--scope", "plan、sharing", Scope) == (Scope.PLAN, Scope.SHARING)
    assert answers.choices("--scope", None, Scope) == ()
    answers.settle()
    answers.choice("--by", "sefl", DecidedBy, required=True)
    assert faults(answers) == ["--by"]


def test_a_code_is_checked_against_the_books(ctx: Ctx) -> None:
    answers = Answers(ctx)
    assert answers.code("--channel", "Welfare-Commissioner", "channel") == "welfare_commissioner"
    assert answers.codes("--channel", ["self,family", "self"], "channel") == ("self", "family")
    assert answers.staff("--by", "Ｋ03") == "k03"
    answers.settle()
    answers.code("--window", "csw", "window")
    answers.staff("--as", "k04")
    answers.code("--channel", "friend", "channel")
    assert faults(answers) == ["--window", "--as", "--channel"]


def test_the_name_of_a_code_leads_to_it(ctx: Ctx) -> None:
    answers = Answers(ctx)
    answers.code("--channel", "民生", "channel")
    with pytest.raises(BadInput) as stop:
        answers.settle()
    assert dict(stop.value.faults[0].message.values)["alike"] == ("welfare_commissioner",)
    assert near("famly", ["self", "family"]) == ("family",)


def test_places_parts_and_new_codes(ctx: Ctx) -> None:
    answers = Answers(ctx)
    asked = ["Kurashi-Shigoto", "p-ibasho", "outside：まちの会", "p-ibasho"]
    assert answers.places("--to", asked) == ("kurashi-shigoto", "p-ibasho", "outside:まちの会")
    assert answers.parts("--guest", "青木｜福祉総務課|", 3) == ("青木", "福祉総務課", None)
    assert answers.slug("CODE", "k03") == "k03"
    answers.settle()
    answers.places("--to", ["csw", "outside: "])
    answers.parts("--guest", "a|b|c|d", 3)
    answers.slug("CODE", "k 03")
    assert sorted(faults(answers)) == ["--guest", "--to", "--to", "CODE"]


def test_days(ctx: Ctx) -> None:
    answers = Answers(ctx)
    assert answers.day("--on", None, default=ctx.today) == ctx.today
    assert answers.day("--until", None) is None
    assert answers.day("--on", "R8.11.1", default=ctx.today) == date(2026, 11, 1)
    assert answers.day("--on", "2026-11-24", default=date(2026, 1, 1)) == ctx.today
    assert answers.day("--due", "2027-01-10", future=True) == date(2027, 1, 10)
    answers.settle()
    answers.day("--on", "2026-11-25", default=ctx.today)
    answers.day("--from", "2026-02-30", default=ctx.today)
    assert faults(answers) == ["--on", "--from"]


def test_missing_answers_ask_what_their_option_says(ctx: Ctx) -> None:
    answers = Answers(ctx)
    answers.day("--on", None, required=True, future=True)
    answers.text("--note", "  ", required=True)
    answers.missing("--lead", say("Who leads?"))
    with pytest.raises(Missing) as stop:
        answers.settle()
    assert [name for name, _ in stop.value.asks] == ["--on", "--note", "--lead"]
    assert stop.value.asks[0][1] == say("Business date")
    assert stop.value.do == ("toshima trial --on DATE --note --lead",)


def test_the_line_to_complete_never_chooses_for_the_person(ctx: Ctx) -> None:
    answers = Answers(ctx)
    assert answers.one_of({"--given": False, "--refused": False}) is None
    with pytest.raises(Missing) as stop:
        answers.settle()
    assert "|" not in str(stop.value.do[0])
    assert Answers(ctx).one_of({"--given": False}, required=False) is None


@pytest.mark.parametrize("text", ["\udc82", "a\0b"])
def test_characters_that_could_not_be_read_are_refused(ctx: Ctx, text: str) -> None:
    answers = Answers(ctx)
    answers.text("--note", text)
    answers.case(text)
    assert faults(answers) == ["--note", "CASE"]


def test_texts_are_kept_as_typed(ctx: Ctx) -> None:
    for text in (" 髙\U000e0100橋\n", "[red]", "=1+1", "‮abc"):
        assert Answers(ctx).text("--note", text, required=True) == text


def test_counts(ctx: Ctx) -> None:
    answers = Answers(ctx)
    assert answers.count("--limit", "５０") == 50
    assert answers.count("--limit", None) is None
    answers.settle()
    for text in ("0", "-1", "x", "1.5", "9" * 5000):
        answers.count(text[:3], text)
    assert faults(answers) == ["0", "-1", "x", "1.5", "999"]


def test_files_given(ctx: Ctx, tmp_path: Path) -> None:
    note, form, empty, broken = (tmp_path / name for name in ("n.txt", "f.json", "e.json", "b.json"))
    note.write_bytes("髙橋\r\n山".encode("cp932"))
    form.write_bytes('\ufeff{"a": [1]}'.encode())
    empty.touch()
    broken.write_text('{"a": 1,')
    answers = Answers(ctx)
    assert answers.file_text("--note-file", str(note)) == "髙橋\n山"
    assert answers.json_file("--from", str(form)) == {"a": [1]}
    assert answers.json_file("--from", None) is None
    answers.settle()
    for name, path in (("empty", empty), ("broken", broken), ("none", tmp_path / "none"), ("folder", tmp_path)):
        assert answers.json_file(name, str(path)) is None
    assert faults(answers) == ["empty", "broken", "none", "folder"]


def test_what_is_wrong_with_the_output_is_said_with_the_rest(ctx: Ctx) -> None:
    ctx.out.given = Given(form="yaml")
    answers = Answers(ctx)
    answers.fault("people[0].name", say("?"))
    assert faults(answers) == ["people[0].name", "-f"]


def test_exit_codes_are_the_contract_s() -> None:
    codes = {kind.__name__: kind.code for kind in Stop.__subclasses__()}
    assert codes == {"BadInput": 2, "Refused": 3, "NotFound": 4, "StoreTrouble": 5, "Missing": 6, "Interrupted": 130}
