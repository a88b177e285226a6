"""The output door: which form for whom, what goes to stdout and what beside it."""

import csv
import io
import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from toshima_cli import i18n
from toshima_cli.domain.seen import Reference
from toshima_cli.domain.terms import Stage
from toshima_cli.domain.verdict import Next, Warned, say
from toshima_cli.exits import BadInput
from toshima_cli.settings import Terminal
from toshima_cli.ui.out import FORMATS, Column, Given, Out
from toshima_cli.ui.page import Page, Toned

PERSON = Terminal(stdin=True, stdout=True, stderr=True, columns=80, colour=False)
PIPE = Terminal(columns=60)

ROWS: list[Mapping[str, Any]] = [
    {"case": "2026-0031", "stage": Stage.SUPPORTING, "on": date(2026, 10, 2), "people": ["A", "B"], "overdue": True},
    {"case": "2026-0042", "stage": Stage.PLANNING, "on": None, "people": [], "overdue": False},
]
COLUMNS: list[Column[Mapping[str, Any]]] = [
    Column("case", say("Case"), whole=True),
    Column("stage", say("Stage")),
    Column("on", say("Last contact")),
    Column("people", say("People"), cell=lambda row: tuple(row["people"])),
    Column("overdue", say("Overdue"), cell=lambda row: Toned(say("late"), "red") if row["overdue"] else None),
]
EMPTY = say("No cases.")


class Streams:
    def __init__(self, terminal: Terminal = PIPE, given: Given | None = None, *, quiet: bool = False) -> None:
        self.stdout, self.stderr = io.StringIO(newline=""), io.StringIO(newline="")
        self.out = Out("caseload", terminal, given or Given(), quiet=quiet, stdout=self.stdout, stderr=self.stderr)

    @property
    def answer(self) -> str:
        return self.stdout.getvalue()

    @property
    def said(self) -> str:
        return self.stderr.getvalue()

    def rows(self, rows: Sequence[Mapping[str, Any]] | None = None, **more: Any) -> "Streams":
        self.out.rows(Reference(ROWS if rows is None else rows), COLUMNS, empty=EMPTY, **more)
        return self

    def done(self, **more: Any) -> "Streams":
        self.out.done(say("Taken in {case}.", case="2026-0042"), "2026-0042", {"case": "2026-0042"}, **more)
        return self


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("ja")


# ----------------------------------------------------------------------- lists


def test_a_list_on_a_pipe_is_tsv_with_slugs_and_iso_dates() -> None:
    assert Streams().rows().answer.splitlines() == [
        "case\tstage\ton\tpeople\toverdue",
        "2026-0031\tsupporting\t2026-10-02\tA; B\ttrue",
        "2026-0042\tplanning\t\t\tfalse",
    ]


def test_a_list_for_a_person_is_a_table_in_words() -> None:
    answer = Streams(PERSON).rows(head=say("k03   2 cases")).answer
    lines = answer.splitlines()
    assert lines[0] == "k03   2 cases"
    assert lines[2].split("   ")[0] == "Case"
    assert "being supported" in lines[3]
    assert "A, B" in lines[3]
    assert "late" in lines[3]
    assert "\x1b" not in answer
    assert not any(line != line.rstrip() for line in lines)


def test_colour_only_where_a_person_looks() -> None:
    coloured = Terminal(stdout=True, stderr=True, columns=60, colour=True)
    assert "\x1b[31m" in Streams(coloured).rows().answer
    piped = Terminal(stdout=False, columns=60, colour=True)
    assert "\x1b" not in Streams(piped, Given("table")).rows().answer


def test_a_table_never_cuts_japanese_and_shows_markup_as_typed() -> None:
    text = "介護のことで困っているが[red]誰にも[/b]言えない:smile:\x1b[5m"
    answer = Streams(PERSON).rows([{**ROWS[0], "case": text}]).answer
    assert "…" not in answer
    assert "\x1b" not in answer
    first = "".join(line[:40].split("   ")[0].strip() for line in answer.splitlines()[1:])
    assert first.replace(" ", "") == text.replace("\x1b", "␛")


def test_json_has_every_field_in_order_with_nulls() -> None:
    document = json.loads(Streams(given=Given("json")).rows().answer)
    assert document == {
        "schema": "toshima.caseload/1",
        "data": [
            {"case": "2026-0031", "stage": "supporting", "on": "2026-10-02", "people": ["A", "B"], "overdue": True},
            {"case": "2026-0042", "stage": "planning", "on": None, "people": [], "overdue": False},
        ],
    }
    assert list(document["data"][0]) == list(ROWS[0])


def test_jsonl_is_one_object_a_row() -> None:
    lines = Streams(given=Given("jsonl")).rows().answer.splitlines()
    assert [json.loads(line)["case"] for line in lines] == ["2026-0031", "2026-0042"]


def test_csv_keeps_the_text_and_no_cell_is_a_formula() -> None:
    nasty = '=cmd|"/c calc"!A0,\nzwei\x1b'
    answer = Streams(given=Given("csv")).rows([{**ROWS[0], "case": nasty, "people": ["-1", "+2"], "on": -5}]).answer
    assert not answer.startswith("\ufeff")
    header, row = csv.reader(io.StringIO(answer, newline=""))
    assert header == ["case", "stage", "on", "people", "overdue"]
    assert row == [f"'{nasty}", "supporting", "-5", "'-1; +2", "true"]
    assert answer.endswith("\r\n")


def test_csv_looked_at_on_a_screen_cannot_act() -> None:
    answer = Streams(PERSON, Given("csv")).rows([{**ROWS[0], "case": "a\x1b[2J"}]).answer
    assert "␛[2J" in answer
    assert "\x1b" not in answer
    assert "\r" not in answer


def test_tsv_shows_tabs_newlines_and_controls() -> None:
    answer = Streams(given=Given("tsv")).rows([{**ROWS[0], "case": "\ta\nb\x1b", "people": ["=1"]}]).answer
    assert answer.splitlines()[1].split("\t")[:4] == ["␉a␊b␛", "supporting", "2026-10-02", "'=1"]


def test_what_is_left_out_is_announced_in_every_form() -> None:
    many = [{**ROWS[0], "case": f"2026-{n:04d}"} for n in range(1, 61)]
    table = Streams(PERSON, quiet=True).rows(many)
    assert table.answer.count("2026-00") == 50
    assert "50 of 60" in table.said
    assert Streams().rows(many).answer.count("2026-00") == 60
    assert Streams(PERSON).rows(many, limit=60).said == ""
    for form in FORMATS:
        some = Streams(given=Given(form)).rows(many, limit=2)
        assert some.answer.count("2026-00") == 2
        assert "2 of 60" in some.said
    assert "60 of 99" in Streams().rows(many, total=99).said


def test_an_empty_list_says_so_calmly() -> None:
    assert Streams(PERSON).rows([]).answer == "No cases.\n"
    piped = Streams().rows([])
    assert piped.answer == "case\tstage\ton\tpeople\toverdue\n"
    assert piped.said == "No cases.\n"
    assert json.loads(Streams(given=Given("json")).rows([]).answer)["data"] == []


def test_a_list_in_a_form_of_its_writer_is_as_long_as_asked() -> None:
    def short(rows: Sequence[Mapping[str, Any]]) -> bytes:
        return " ".join(row["case"] for row in rows).encode()

    some = Streams(given=Given("ics", forms=(*FORMATS, "ics"))).rows(limit=1, writers={"ics": short})
    assert some.answer == "2026-0031"
    assert "1 of 2" in some.said
    assert Streams().rows(writers={"ics": short}).answer == Streams().rows().answer


# ------------------------------------------------------------------- one thing


def show(streams: Streams, **more: Any) -> Streams:
    def screen(value: Mapping[str, Any], page: Page) -> None:
        page.line(value["case"], value["stage"])

    streams.out.thing(Reference(ROWS[0]), lambda value: value, screen, **more)
    return streams


def test_one_thing_is_text_on_screen_and_pipe() -> None:
    assert show(Streams(PERSON)).answer == show(Streams()).answer == "2026-0031   being supported\n"


def test_one_thing_as_data() -> None:
    assert json.loads(show(Streams(given=Given("json"))).answer)["data"]["stage"] == "supporting"
    assert show(Streams(given=Given("tsv"))).answer.splitlines()[1].startswith("2026-0031\tsupporting")
    assert json.loads(show(Streams(given=Given("jsonl"))).answer)["case"] == "2026-0031"


def test_rows_of_different_shape_share_a_header() -> None:
    streams = Streams(given=Given("csv"))
    streams.out.thing(Reference(0), lambda _: [{"a": 1}, {"b": {"c": None}}], lambda *_: None)
    assert list(csv.reader(io.StringIO(streams.answer))) == [["a", "b"], ["1", ""], ["", '{"c": null}']]


def test_other_forms_are_written_by_their_writers(tmp_path: Path) -> None:
    def markdown(value: Mapping[str, Any]) -> bytes:
        return f"# {value['case']}\n\x1b".encode()

    forms = (*FORMATS, "md")
    assert show(Streams(given=Given("md", forms=forms)), writers={"md": markdown}).answer == "# 2026-0031\n\x1b"
    assert show(Streams(PERSON, Given("md", forms=forms)), writers={"md": markdown}).answer == "# 2026-0031\n␛"
    path = tmp_path / "agenda.md"
    show(Streams(given=Given(file=str(path), endings=("md",))), writers={"md": markdown})
    assert path.read_bytes() == b"# 2026-0031\n\x1b"


def test_a_file_no_screen_stands_for(tmp_path: Path) -> None:
    path = tmp_path / "mine.ics"
    Streams(given=Given(file=str(path), endings=("ics",))).out.whole(Reference(3), lambda value: b"x\r\n" * value)
    assert path.read_bytes() == b"x\r\n" * 3
    asked = Given("ics", forms=("ics",))
    on_a_pipe, seen = Streams(given=asked), Streams(PERSON, asked)
    for streams in (on_a_pipe, seen):
        streams.out.whole(Reference(0), lambda _: b"x\r\n\x1b")
    assert (on_a_pipe.answer, seen.answer) == ("x\r\n\x1b", "x\n␛")
    with pytest.raises(BadInput):
        Streams(given=Given("ics")).out.whole(Reference(0), lambda _: b"")


# ---------------------------------------------------------------------- verbs

HINTS = (Next("route", say("Refer"), "toshima route 2026-0042", date(2026, 12, 1)), Next("x", say("y"), "toshima z"))
WARNINGS = (Warned("intake.duplicate", say("Perhaps the same person.")),)


def test_a_verb_on_a_pipe_gives_the_number_alone() -> None:
    ran = Streams().done(hints=HINTS, warnings=WARNINGS)
    assert ran.answer == "2026-0042\n"
    for part in ("Taken in 2026-0042.", "Perhaps the same person.", "    toshima route 2026-0042\n", "2026-12-01"):
        assert part in ran.said


def test_a_verb_for_a_person_says_what_happened_then_what_next() -> None:
    ran = Streams(PERSON).done(hints=HINTS, screen=lambda page: page.line("more"))
    assert ran.answer == "Taken in 2026-0042.\n\nmore\n"
    assert ran.said.splitlines()[1:4] == ["Next", "    toshima route 2026-0042", "      Refer   due 2026-12-01"]


def test_quiet_keeps_answer_and_warnings_only() -> None:
    for terminal in (PIPE, PERSON):
        ran = Streams(terminal, quiet=True).done(hints=HINTS, warnings=WARNINGS)
        assert ran.answer == "2026-0042\n"
        assert ran.said == "Warning    Perhaps the same person.\n"


def test_a_verb_as_json_adds_next_and_warnings() -> None:
    document = json.loads(Streams(given=Given("json")).done(hints=HINTS, warnings=WARNINGS).answer)
    assert document["data"] == {
        "case": "2026-0042",
        "next": [
            {"act": "route", "why": "Refer", "due_on": "2026-12-01", "command": "toshima route 2026-0042"},
            {"act": "x", "why": "y", "due_on": None, "command": "toshima z"},
        ],
        "warnings": [{"rule": "intake.duplicate", "message": "Perhaps the same person."}],
    }


# ------------------------------------------------------------------ -f and -o


@pytest.mark.parametrize(
    ("given", "where"),
    [
        (Given("yaml"), "-f"),
        (Given("md"), "-f"),
        (Given(file="x.xlsx", endings=("csv",)), "-o"),
        (Given(file="x", endings=("csv",)), "-o"),
        (Given("json", file="x.csv", endings=("csv", "json")), "-o"),
        (Given(file="nowhere/x.csv", endings=("csv",)), "-o"),
    ],
)
def test_a_form_not_offered_is_refused_before_anything_is_shown(
    given: Given, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    streams = Streams(given=given)
    assert [fault.where for fault in streams.out.faults()] == [where]
    with pytest.raises(BadInput):
        streams.rows()
    assert streams.answer == ""
    assert list(tmp_path.iterdir()) == []


def test_a_csv_file_has_a_bom_is_private_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "事例.csv"
    ran = Streams(given=Given(file=str(path), endings=("csv",))).rows()
    assert ran.answer == ""
    assert str(path) in ran.said
    assert path.read_bytes().startswith(b"\xef\xbb\xbfcase,stage")
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_same_content_is_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a.csv", "b.csv"):
        Streams(given=Given(file=str(tmp_path / name), endings=("csv",))).rows()
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_a_file_without_ending_takes_the_form_named(tmp_path: Path) -> None:
    path = tmp_path / "list"
    Streams(given=Given("json", str(path), endings=("csv",)), quiet=True).rows()
    assert json.loads(path.read_text())["data"][0]["case"] == "2026-0031"
