"""What people change about an agenda, and a sitting that is set for another day: it is kept, and the numbers stay."""

from pathlib import Path

import pytest

from tests.desk import NearDesk, copy
from tests.looks.test_find import sql

CASE = "2026-0001"


def items(desk: NearDesk, meeting: str) -> list[tuple[int, str, str]]:
    return [(i["item"], i["kind"], i["part"]) for i in desk.json("agenda", meeting)["items"]]


@pytest.fixture(scope="module")
def convened(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second sitting on 17 December, and a gap; M2026-0003 has the plan, the approach to C and the gap."""
    planning = NearDesk(copy(planned, tmp_path_factory.mktemp("convened") / "books.db"))
    planning.ok(
        "gap", "add", "--kind", "resource", "--text", "日中の居場所が足りない", "--case", CASE, today="2026-11-20"
    )
    planning.ok("decide", "M2026-0002", "1", "--outcome", "approved", today="2026-11-19")
    planning.ok("convene", "subcommittee", "--on", "2026-12-24", "--attendee", "k03,c01", today="2026-11-24")
    return planning.db


@pytest.fixture
def called(convened: Path, tmp_path: Path) -> NearDesk:
    return NearDesk(copy(convened, tmp_path / "books.db"))


class TestLeavingOut:
    def test_is_kept_and_can_be_put_on_again(self, called: NearDesk) -> None:
        before = items(called, "M2026-0003")
        gap = next(number for number, kind, _ in before if kind == "resources")
        data = called.json("agenda", "M2026-0003", "--drop", str(gap))
        assert gap not in [i["item"] for i in data["items"]]
        assert [d["item"] for d in data["dropped"]] == [gap]
        assert items(called, "M2026-0003") == [row for row in before if row[0] != gap]
        row = next(m for m in called.json("meetings") if m["meeting"] == "M2026-0003")
        assert row["items"] == len(before) - 1
        called.ok("agenda", "M2026-0003", "--add", "G1")
        assert items(called, "M2026-0003") == before
        assert called.json("agenda", "M2026-0003")["dropped"] == []

    def test_a_case_left_out_comes_back_by_name(self, called: NearDesk) -> None:
        number = next(i["item"] for i in called.json("agenda", "M2026-0003")["items"] if i["case"] == CASE)
        called.ok("agenda", "M2026-0003", "--drop", str(number))
        assert number not in [i["item"] for i in called.json("agenda", "M2026-0003")["items"]]
        assert not any(
            m["meeting"] == "M2026-0003" and m["item"] == number for m in called.json("show", CASE)["meetings"]
        )
        called.ok("agenda", "M2026-0003", "--add", CASE)
        assert number in [i["item"] for i in called.json("agenda", "M2026-0003")["items"]]

    def test_what_is_not_there_is_not_found(self, called: NearDesk) -> None:
        called.refused("agenda", "M2026-0003", "--drop", "77", code=4)
        called.refused("agenda", "M2026-0003", "--add", "G77", code=4)
        called.refused("agenda", "M2026-0003", "--add", "2026-0077", code=4)

    def test_what_was_decided_stays_where_it_is(self, called: NearDesk) -> None:
        assert called.refused("agenda", "M2026-0002", "--drop", "1")["rule"] == "agenda.decided"
        assert called.refused("agenda", "M2026-0002", "--move", "1:2")["rule"] == "agenda.decided"

    def test_not_once_it_is_cancelled(self, called: NearDesk) -> None:
        called.ok("meetings", "--cancel", "M2026-0003")
        assert called.refused("agenda", "M2026-0003", "--drop", "1")["rule"] == "agenda.cancelled"

    def test_is_taken_back(self, called: NearDesk) -> None:
        before = items(called, "M2026-0003")
        called.ok("agenda", "M2026-0003", "--drop", str(before[0][0]))
        called.ok("undo", "--yes")
        assert items(called, "M2026-0003") == before


class TestMoving:
    def test_to_a_place_and_to_a_part(self, called: NearDesk) -> None:
        before = items(called, "M2026-0003")
        last = before[-1][0]
        called.ok("agenda", "M2026-0003", "--move", f"{last}:1")
        assert [row[0] for row in items(called, "M2026-0003")] == [last, *(row[0] for row in before[:-1])]
        called.ok("agenda", "M2026-0003", "--move", f"{last}:written")
        assert next(row for row in items(called, "M2026-0003") if row[0] == last)[2] == "written"

    @pytest.mark.parametrize("where", ["1", "1:", "1:nowhere", ":2", "x:1", "1:0"])
    def test_says_what_cannot_be_used(self, called: NearDesk, where: str) -> None:
        called.refused("agenda", "M2026-0003", "--move", where, code=2)

    def test_one_thing_at_a_time(self, called: NearDesk) -> None:
        for more in (("--preview",), ("--copies",), ("--for", "k03"), ("--collected", "1")):
            called.refused("agenda", "M2026-0003", "--drop", "1", *more, code=2)


class TestPuttingOn:
    def test_what_this_body_cannot_take_up_is_refused(self, called: NearDesk) -> None:
        called.ok("convene", "council", "--on", "2027-02-04", today="2026-11-24")
        error = called.refused("agenda", "M2026-0004", "--add", CASE)
        assert error["rule"] == "agenda.nothing"
        assert called.json("agenda", "M2026-0004")["items"] == []
        # raised, and not forwarded: the council takes it up where somebody wants it to
        called.ok("agenda", "M2026-0004", "--add", "G1")
        assert [i["gap"] for i in called.json("agenda", "M2026-0004")["items"]] == ["G1"]
        called.ok("gap", "answer", "G1", "--text", "開く", "--on", "2026-11-24")
        assert called.refused("agenda", "M2026-0003", "--add", "G1")["rule"] == "agenda.nothing"


class TestAnotherDay:
    def test_the_agenda_is_that_of_the_new_day(self, called: NearDesk) -> None:
        called.ok("consent", CASE, "B", "--withdrawn", "--method", "oral", "--on", "2026-11-24")
        data = called.json(
            "meetings", "--move", "M2026-0003", "--to", "2027-01-21", "--reason", "年末のため", today="2026-11-24"
        )
        assert (data["held_on"], data["was_on"]) == ("2027-01-21", "2026-12-24")
        assert next(m for m in called.json("meetings") if m["meeting"] == "M2026-0003")["held_on"] == "2027-01-21"
        called.ok("undo", "--yes")
        assert called.json("agenda", "M2026-0003")["held_on"] == "2026-12-24"

    def test_twice_and_back_again(self, called: NearDesk) -> None:
        for day in ("2027-01-07", "2027-01-14"):
            called.ok("meetings", "--move", "M2026-0003", "--to", day, "--reason", "都合")
        called.ok("undo", "--yes")
        assert called.json("agenda", "M2026-0003")["held_on"] == "2027-01-07"
        called.ok("undo", "--yes")
        assert called.json("agenda", "M2026-0003")["held_on"] == "2026-12-24"

    def test_says_a_closing_day_and_what_else_is_called(self, called: NearDesk) -> None:
        done = called.json("meetings", "--move", "M2026-0003", "--to", "2027-01-10", "--reason", "都合")
        assert [w["rule"] for w in done["warnings"]] == ["meeting.closing_day"]
        called.ok("convene", "subcommittee", "--on", "2027-02-18", today="2026-11-24")
        done = called.json("meetings", "--move", "M2026-0003", "--to", "2027-02-18", "--reason", "都合")
        assert [w["rule"] for w in done["warnings"]] == ["meeting.same_day"]

    @pytest.mark.parametrize(
        ("meeting", "to", "fact"), [("M2026-0002", "2026-12-01", "held"), ("M2026-0003", "2026-12-24", "same day")]
    )
    def test_not_once_it_was_held_nor_to_its_own_day(self, called: NearDesk, meeting: str, to: str, fact: str) -> None:
        assert called.refused("meetings", "--move", meeting, "--to", to, "--reason", fact)["rule"] == "meeting.move"

    def test_needs_a_day_and_a_reason(self, called: NearDesk) -> None:
        called.refused("meetings", "--move", "M2026-0003", code=6)
        called.refused("meetings", "--to", "2027-01-21", code=2)
        called.refused("meetings", "--move", "M2026-0003", "--cancel", "M2026-0003", code=2)
        called.ok("meetings", "--cancel", "M2026-0003")
        error = called.refused("meetings", "--move", "M2026-0003", "--to", "2027-01-21", "--reason", "x")
        assert error["rule"] == "meeting.move"


class TestAnotherPlace:
    def test_is_said_anew_and_what_was_said_is_kept(self, called: NearDesk) -> None:
        words = ("--place", "第二会議室", "--held-as", "online", "--chair", "k03")
        data = called.json("meetings", "--edit", "M2026-0003", *words)
        assert (data["held_as"], data["chair"]) == ("online", "青木")
        assert "第二会議室" in called.ok("agenda", "M2026-0003").out
        # whoever leads it is expected there
        copies = called.json("agenda", "M2026-0003", "--preview")["copies"]
        assert "k03" in [copy["reader"] for copy in copies]
        called.ok("meetings", "--edit", "M2026-0003", "--place", "大会議室", "--reason", "人数が増えたため")
        rows = sql(
            called, "SELECT field, old_value, new_value, reason FROM correction WHERE meeting_id = 3 ORDER BY id"
        )
        assert rows == [
            ("place", None, "第二会議室", ""),
            ("held_as", "in_person", "online", ""),
            ("chair", None, "k03", ""),
            ("place", "第二会議室", "大会議室", "人数が増えたため"),
        ]
        called.ok("undo", "--yes")
        assert "第二会議室" in called.ok("agenda", "M2026-0003").out
        called.ok("undo", "--yes")
        again = called.json("agenda", "M2026-0003")
        assert (again["held_as"], again["chair"]) == ("in_person", None)
        assert "会議室" not in called.ok("agenda", "M2026-0003").out

    def test_nothing_new_and_what_is_over(self, called: NearDesk) -> None:
        called.ok("meetings", "--edit", "M2026-0002", "--place", "第一会議室")
        for words in (("--place", "第一会議室"), ("--chair", "k03")):
            assert called.refused("meetings", "--edit", "M2026-0002", *words)["rule"] == "meeting.edit"
        called.ok("meetings", "--cancel", "M2026-0003", "--reason", "都合")
        assert called.refused("meetings", "--edit", "M2026-0003", "--place", "x")["rule"] == "meeting.edit"

    def test_what_is_typed_is_looked_at(self, called: NearDesk) -> None:
        called.refused("meetings", "--edit", "M2026-0003", code=2)
        called.refused("meetings", "--place", "x", code=2)
        both = ("--edit", "M2026-0003", "--place", "x", "--cancel", "M2026-0003")
        for words in (both, ("--cancel", "M2026-0003", "--place", "x"), ("--edit", "M2026-0003", "--to", "2027-01-01")):
            called.refused("meetings", *words, code=2)
        called.refused("meetings", "--edit", "M2026-0003", "--chair", "nobody", code=2)
        called.refused("meetings", "--edit", "M2026-0009", "--place", "x", code=4)


def test_papers_that_went_out_stay_out_whatever_is_taken_back(called: NearDesk, tmp_path: Path) -> None:
    called.ok("attend", "M2026-0003", "k03", "--expected")
    called.ok("progress", CASE, "--method", "phone", "--person", "A", "--note", "話した", "--on", "2026-11-24")
    line = ("agenda", "M2026-0003", "--for", "k03", "-o", str(tmp_path / "x.md"))
    asked = [one["text"] for one in called.json("agenda", "M2026-0003", "--for", "k03", "--preview")["texts"]]
    called.ok(*line, *(word for text in asked for word in ("--without", text)))
    data = called.json("undo", "--yes")
    assert data["undone"]["act"] == "progress"
    assert [w["rule"] for w in data["warnings"]] == ["undo.papers"]
    # of a step that was done after it nothing is said
    called.ok("progress", CASE, "--method", "phone", "--person", "A", "--note", "また話した", "--on", "2026-11-24")
    assert called.json("undo", "--yes")["warnings"] == []
