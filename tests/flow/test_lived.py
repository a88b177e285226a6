"""What two weeks of cases brought up: acts typed late, second thoughts, and the lines offered on the way."""

from pathlib import Path

import pytest

from tests.desk import NearDesk, copy

CASE = "2026-0001"
SIGNED = ("--given", "--scope", "plan,sharing", "--method", "signature")
ALONE = (
    "intake", "--window", "csw", "--channel", "self", "--on", "2026-09-01",
    "--person", "A|小池 舞|こいけ まい|1985-03-02|female|head",
    "--person", "B|小池 健|こいけ けん|1984-01-02|male|spouse",
    "--concern", "A:job",
)  # fmt: skip
ACTIONS = ("--action", "A|仕事を探す|kurashi-shigoto|2026-10-01", "--action", "B|受診|csw|2026-12-10")


@pytest.fixture(scope="module")
def approved(received: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A and B consent on 1 September; their plan is drafted on the 10th and approved in the sitting of the 17th."""
    at_reception = NearDesk(copy(received, tmp_path_factory.mktemp("approved") / "books.db"))
    case = str(at_reception.json(*ALONE)["case"])
    at_reception.ok("route", case, "--complex", "--coordinator", "k03", "--on", "2026-09-01")
    for label in "AB":
        at_reception.ok("consent", case, label, *SIGNED, "--on", "2026-09-01")
    draft = ("--goal", "暮らしを整える", "--person", "A", "--person", "B", *ACTIONS)
    at_reception.ok("plan", case, *draft, "--review", "2027-01-15", "--on", "2026-09-10")
    meeting = at_reception.json("convene", "subcommittee", "--on", "2026-09-17", "--attendee", "k03")["meeting"]
    at_reception.ok("attend", meeting, "k03")
    items = at_reception.json("agenda", meeting)["items"]
    (item,) = [str(i["item"]) for i in items if i["case"] == case and i["purpose"] == "new_plan"]
    at_reception.ok("decide", meeting, item, "--outcome", "approved")
    return at_reception.db, case


@pytest.fixture
def supported(approved: tuple[Path, str], tmp_path: Path) -> tuple[NearDesk, str]:
    books, case = approved
    return NearDesk(copy(books, tmp_path / "books.db")), case


def withdraw(desk: NearDesk, case: str, label: str, on: str) -> list[str]:
    typed = desk.json("consent", case, label, "--withdrawn", "--method", "oral", "--on", on)
    return [w["rule"] for w in typed["warnings"]]


class TestAWithdrawalOfAnEarlierDay:
    def test_ends_what_a_sitting_approved_meanwhile(self, supported: tuple[NearDesk, str]) -> None:
        desk, case = supported
        withdraw(desk, case, "B", "2026-09-14")
        assert desk.json("show", case)["stage"] == "supporting"
        warnings = withdraw(desk, case, "A", "2026-09-15")
        shown = desk.json("show", case)
        assert (shown["stage"], shown["plans"][0]["status"]) == ("engaging", "ended")
        assert warnings.count("consent.plan_ended") == warnings.count("consent.last_withdrawn") == 1
        assert "plan.misfit" in warnings

    def test_of_the_day_of_the_sitting_came_after_it(self, supported: tuple[NearDesk, str]) -> None:
        desk, case = supported
        warnings = withdraw(desk, case, "B", "2026-09-17")
        assert "plan.misfit" not in warnings
        assert [w["rule"] for w in desk.json("show", case)["warnings"]].count("plan.misfit") == 0


class TestWhatIsSaidOnce:
    def test_for_whom_a_plan_ended(self, supported: tuple[NearDesk, str]) -> None:
        desk, case = supported
        assert "plan.ended_for" in withdraw(desk, case, "B", "2026-10-01")
        noted = desk.json("progress", case, "--method", "visit", "--note", "お会いできた")
        assert "plan.ended_for" not in [w["rule"] for w in noted["warnings"]]
        assert "plan.ended_for" in [w["rule"] for w in desk.json("show", case)["warnings"]]


class TestWhatComesNext:
    def test_what_the_caseload_counts_the_days_of_is_on_the_case(self, supported: tuple[NearDesk, str]) -> None:
        desk, case = supported
        (row,) = [row for row in desk.json("caseload") if row["case"] == case]
        due = [n for n in desk.json("show", case)["next"] if n["due_on"] == row["next_due_on"] == "2026-10-01"]
        assert [n["command"].split(" --done ")[-1] for n in due] == ["A1"]
        desk.ok("progress", case, "--method", "visit", "--note", "済んだ", "--done", "A1")
        (row,) = [row for row in desk.json("caseload") if row["case"] == case]
        assert row["next_due_on"] == "2026-12-10"
        assert row["next_due_on"] in [n["due_on"] for n in desk.json("show", case)["next"]]

    def test_a_case_with_a_coordinator_goes_to_another_by_a_handover(self, supported: tuple[NearDesk, str]) -> None:
        desk, case = supported
        error = desk.refused("route", case, "--complex", "--coordinator", "c01")
        assert error["next"][0]["command"] == f"toshima staff handover k03 CODE --case {case}"

    def test_what_was_merged_leads_to_the_number_that_is_kept(self, supported: tuple[NearDesk, str]) -> None:
        desk, case = supported
        desk.ok("merge", CASE, case)
        assert [n["command"] for n in desk.json("show", case)["next"]] == [f"toshima show {CASE}"]
        error = desk.refused("progress", case, "--method", "phone", "--note", "電話")
        assert [n["command"] for n in error["next"]] == [f"toshima show {CASE}"]

    def test_a_case_that_ended_is_not_ended_for_another_reason(self, at_reception: NearDesk) -> None:
        at_reception.ok("close", CASE, "--reason", "declined", "--tried", "手紙", "--yes")
        error = at_reception.refused("close", CASE, "--reason", "information_only", "--yes")
        assert [n["command"] for n in error["next"]] == [f"toshima reopen {CASE}"]


class TestWhoLeft:
    def test_consents_to_nothing_any_more(self, supported: tuple[NearDesk, str]) -> None:
        desk, case = supported
        desk.ok("person", "leave", case, "B", "--reason", "deceased", "--on", "2026-11-01")
        assert desk.refused("consent", case, "B", *SIGNED)["rule"] == "person.not_there"
        desk.ok("consent", case, "B", *SIGNED, "--on", "2026-10-31")
        assert withdraw(desk, case, "B", "2026-11-02") is not None


def test_a_slip_of_the_pen_is_answered_with_the_word_to_type(at_reception: NearDesk) -> None:
    error = at_reception.refused("gap", "add", "--kind", "resouce", "--text", "居場所", code=2)
    assert "resource" in str(error)


def test_the_end_of_a_watch_is_not_called_by_its_sign(at_reception: NearDesk) -> None:
    """On the board the sign (電話に出ない, two days overdue) would read as if it had been seen."""
    at_reception.ok("route", CASE, "--complex", "--coordinator", "k03", "--on", "2026-10-20")
    every = ("--every", "1m", "--until", "2026-11-20", "--on", "2026-10-20")
    at_reception.ok("watch", CASE, "--by", "民生委員", "--sign", "電話に出ない", *every)
    (row,) = [row for row in at_reception.json("status")["overdue"] if row["case"] == CASE]
    assert "watch_end" in row.values()
    assert "電話に出ない" not in row.values()
