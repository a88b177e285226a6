"""Whatever was lived before, and whatever was typed: an act and its undo leave every look as it was."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import NearDesk, copy
from tests.flow.test_undo import CASE, ahead_of, seen, sql
from toshima_cli.flow.undo import Ahead

WHO = ("local", "k03", "c01")
LINES: tuple[tuple[str, ...], ...] = (
    ("progress", CASE, "--method", "phone", "--note", "電話", "--next", "2026-12-01"),
    ("progress", CASE, "--method", "visit", "--person", "C", "--note", "訪問", "--found", "C:health"),
    *(
        ("consent", CASE, label, *decided, "--method", "oral")
        for label in "ABC"
        for decided in (("--given", "--scope", "plan,sharing"), ("--refused",), ("--withdrawn",))
    ),
    ("route", CASE, "--to", "hikikomori", "--person", "B", "--ground", "consent"),
    ("route", CASE, "--to", "korei-sogo", "--person", "C", "--ground", "statutory_report"),
    ("route", CASE, "--accept", "R2026-0001"),
    ("route", CASE, "--decline", "R2026-0002", "--reason", "定員"),
    ("route", CASE, "--single", "--reason", "落ち着いた"),
    ("route", CASE, "--complex", "--coordinator", "k03"),
    ("plan", CASE, "--from", "plan_a.json"),
    ("plan", CASE, "--approved-afterwards", "--reason", "急を要した"),
    ("convene", "subcommittee", "--on", "2026-11-20"),
    ("attend", "M2026-0002", "k03", "c01", "--secrecy"),
    ("decide", "M2026-0002", "1", "--outcome", "approved"),
    ("decide", "M2026-0002", "1", "--outcome", "continue"),
    ("decide", "M2026-0002", "2", "--outcome", "approach"),
    ("watch", CASE, "--by", "森", "--every", "1m", "--until", "2026-12-20", "--sign", "郵便物"),
    ("close", CASE, "--reason", "declined", "--tried", "訪問", "--yes"),
    ("close", CASE, "--interrupted", "--last-contact", "2026-10-20", "--tried", "訪問", "--safety", "森", "--yes"),
    ("staff", "handover", "k03", "e01", "--yes"),
    (
        "intake",
        "--window",
        "csw",
        "--channel",
        "self",
        "--person",
        "A|佐藤 花|はな||female|head",
        "--concern",
        "A:rent",
    ),
)
DAYS = ("2026-11-05", "2026-11-18", "2026-11-20", "2026-11-24")

lives = st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(DAYS), st.sampled_from(WHO)), min_size=3, max_size=6)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lived=lives)
def test_an_act_and_its_undo_leave_everything_as_it_was(
    engaged: Path, lived: list[tuple[tuple[str, ...], str, str]]
) -> None:
    with TemporaryDirectory() as folder:
        desk = NearDesk(copy(engaged, Path(folder) / "books.db"))
        for line, on, who in lived:
            dated = ("--on", on) if line[0] != "convene" else ()
            before = seen(desk)
            typed = desk.run("--as", who, *line, *dated)
            assert typed.code != 1, typed.err
            if typed.code != 0:
                assert seen(desk) == before
                continue
            assert isinstance(ahead_of(desk, who, "誤り"), Ahead)
            desk.ok("--as", who, "undo", "--yes", "--reason", "誤り")
            assert seen(desk) == before, (line, on, who)
            again = desk.run("--as", who, *line, *dated)
            assert again.code == 0 or "R2026" in str(line), (line, again.err)  # a referral has a number of its own
        assert sql(desk, "PRAGMA foreign_key_check") == []
        assert desk.json("journal", "--verify")["bad"] is None
