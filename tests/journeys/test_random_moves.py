"""Whatever was lived, it moves house and back the same: lines as they are typed, and histories no flow would write."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.desk import NearDesk, copy
from tests.domain.world import CSW, HIKIKOMORI, case, permitted, person, row
from tests.flow.test_undo_property import DAYS, LINES, WHO
from tests.history import History
from tests.journeys.test_moving_house import differing, looks
from tests.lives import RICH, histories, write
from toshima_cli.domain.consent import may_share
from toshima_cli.domain.terms import Ground, ReportKind

TODAY = "2026-11-24"
SEEN_BY_ALL = [line for line in LINES if "statutory_report" not in line]
"""A report by law is left out for whoever it is not for: `tests/looks/test_export.py`."""

INTAKE = next(line for line in LINES if line[0] == "intake")

typed = st.lists(
    st.tuples(st.sampled_from(SEEN_BY_ALL), st.sampled_from(DAYS), st.sampled_from(WHO)), min_size=3, max_size=8
)


def there_and_back(desk: NearDesk, room: Path, who: str) -> tuple[NearDesk, Path]:
    first, second = room / "first.jsonl", room / "second.jsonl"
    desk.ok("--as", who, "export", "office", "-o", str(first))
    there = NearDesk(room / "there.db", today=desk.today)
    there.ok("init")
    there.ok("import", "office", str(first))
    there.ok("--as", who, "export", "office", "-o", str(second))
    assert first.read_bytes() == second.read_bytes()
    assert there.json("journal", "--verify")["bad"] is None
    return there, first


# what fails is long enough to read: making it smaller takes minutes of real processes
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lived=typed, undone=st.sets(st.integers(0, 7)))
@example(lived=[(INTAKE, DAYS[0], "local")], undone={0})
def test_what_was_typed_comes_back(
    engaged: Path, lived: list[tuple[tuple[str, ...], str, str]], undone: set[int]
) -> None:
    with TemporaryDirectory() as folder:
        room = Path(folder)
        desk = NearDesk(copy(engaged, room / "books.db"), today=TODAY)
        for nth, (line, on, who) in enumerate(lived):
            dated = ("--on", on) if line[0] != "convene" else ()
            assert desk.run("--as", who, *line, *dated).code != 1
            if nth in undone:
                desk.run("--as", who, "undo", "--yes", "--reason", "誤り")
        there, _ = there_and_back(desk, room, "k03")
        assert differing(looks(desk, "k03", TODAY), looks(there, "k03", TODAY)) == []


def with_consent(history: list[Any]) -> list[Any]:
    """A consents when the case is opened and stays: no plan of the books is made without."""
    return [
        (
            opened,
            origin,
            stage,
            [
                ("consent", opened, "given", (True, True), None),
                *(one for one in made if one[0] != "consent" and one[:3:2] != ("leave", "A")),
            ],
        )
        for opened, origin, stage, made in history
    ]


def made_real(conn: sqlite3.Connection) -> None:
    """What the program would have given: numbers, steps the table knows, permits, sentences."""
    for table, letter, owner in (
        ("consent", "C", "(SELECT c.number FROM member m JOIN case_file c ON c.id = m.case_id WHERE m.id = member_id)"),
        ("note", "N", "(SELECT number FROM case_file WHERE id = case_id)"),
        ("action", "A", "(SELECT number FROM case_file WHERE id = case_id)"),
    ):
        conn.execute(f"UPDATE {table} SET number = {owner} || '/{letter}' || id")
    conn.execute("UPDATE plan SET number = (SELECT number FROM case_file WHERE id = case_id) || '/P' || version")
    conn.execute("UPDATE referral SET number = printf('R2026-%04d', id), to_code = 'hikikomori'")
    conn.execute("UPDATE meeting SET number = printf('M2026-%04d', id)")
    conn.execute(
        "UPDATE stage_step SET act = CASE stage WHEN 'closed' THEN 'conclude' WHEN 'interrupted' THEN 'interrupt'"
        " ELSE 'note' END"
    )
    conn.execute(
        "UPDATE stage_step SET act = 'split', stage = CASE WHEN act = 'note' THEN stage ELSE 'received' END"
        " WHERE id IN (SELECT MIN(id) FROM stage_step GROUP BY case_id)"
    )
    conn.execute("""UPDATE meeting_item SET reason = '{"text": "The case is on the agenda.", "values": {}}'""")
    conn.execute("UPDATE referral SET ground = 'none_shared' WHERE ground = 'consent'")
    world = case(person("A", row()), person("B", row()))
    found = conn.execute(
        "SELECT r.id, c.number, r.ground, r.on_date FROM referral r JOIN case_file c ON c.id = r.case_id"
    ).fetchall()
    for key, number, ground, on in found:
        kind = ReportKind.ELDER if ground == "statutory_report" else None
        answer = may_share(
            world, ("B",), HIKIKOMORI, Ground(ground), date.fromisoformat(on), sender=CSW, reason="x", report_kind=kind
        )
        permit = {**permitted(answer).to_json(), "case": number}
        conn.execute("UPDATE referral SET permit = ? WHERE id = ?", (json.dumps(permit), key))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
@example(history=RICH)
def test_what_could_be_in_the_books_comes_back(history: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        room = Path(folder)
        desk = NearDesk(room / "books.db", today=TODAY)
        desk.ok("init")
        desk.ok("staff", "add", "k03", "--name", "青木", "--office", "福祉総務課", "--role", "coordinator")
        with closing(History.in_file(desk.db).conn) as conn:
            write(History(conn), with_consent(history))
            made_real(conn)
        there_and_back(desk, room, "k03")
