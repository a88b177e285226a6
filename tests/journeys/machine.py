"""How random lives are typed, drawn and held against the model; what is lived stands in `test_random_lives.py`."""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.desk import NearDesk, copy
from tests.journeys.model import OPEN, Case, Office, Person

FIRST = date(2026, 10, 1)
JOURNAL = ("journal", "journal_subject")
"""What grows with every look, and with every act that was refused."""


class AtADesk(RuleBasedStateMachine):
    """An office with its model. Every line is typed on the day it is there; at the end everything has to add up."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="lives"))
        self.desk = NearDesk(copy(self.template, self.folder / "books.db"))
        self.office = Office(FIRST)

    # ------------------------------------------------------------ typing

    @property
    def day(self) -> str:
        return self.office.today.isoformat()

    def typed(self, *words: str) -> Any:
        return self.desk.run(*words, "-f", "json", today=self.day)

    def done(self, *words: str) -> Any:
        """Typed and done; what it answered."""
        typed = self.typed(*words)
        assert typed.code == 0, f"{self.day} {words}: {typed.code}\n{typed.out}{typed.err}"
        return typed.data

    def refused(self, *words: str, by: str) -> None:
        """Refused by a rule that begins so, with something lawful to do, and nothing is changed."""
        before = digest(self.desk.db)
        typed = self.typed(*words)
        assert typed.code == 3, f"{self.day} {words}: {typed.code}\n{typed.out}{typed.err}"
        assert typed.error["rule"].startswith(by), f"{words}: {typed.error}"
        assert typed.error["missing"] or typed.error["next"] or typed.error["facts"], typed.error
        assert digest(self.desk.db) == before, f"refused, and yet something was written: {words}"

    def act(self, case: Case, act: str, *words: str, then: Callable[[Case], None] | None = None) -> Any:
        """What the table says of the act in this stage happens: the stage after it, or the refusal by its rule."""
        after = self.office.allowed(case, act)
        if after is None:
            self.refused(*words, by=f"stage.{act}")
            return None
        self.office.remember()
        data = self.done(*words)
        case.stage = after
        if then:
            then(case)
        assert data["stage"] == case.stage, f"{self.day} {words}: {data['stage']}, the model says {case.stage}"
        return data

    # ------------------------------------------------------------- drawing

    @property
    def some(self) -> bool:
        return bool(self.office.cases)

    def case(self, data: st.DataObject) -> Case:
        return self.office.cases[data.draw(st.sampled_from(sorted(self.office.cases)), label="case")]

    def label(self, data: st.DataObject, case: Case) -> str:
        return str(data.draw(st.sampled_from(case.there), label="label"))

    def labels(self, data: st.DataObject, case: Case) -> tuple[str, ...]:
        """Those who consent to a plan, oftener than just anybody."""
        consenting = case.consenting(tuple(case.there))
        asked: bool = data.draw(st.booleans(), label="only who consents")
        if consenting and asked:
            return consenting
        drawn = data.draw(st.lists(st.sampled_from(case.there), min_size=1, max_size=3, unique=True))
        return tuple(sorted(drawn))

    def opened(self, number: str, stage: str, labels: str) -> Case:
        self.office.cases[number] = Case(number, stage, {label: Person() for label in labels})
        return self.office.cases[number]

    def teardown(self) -> None:
        try:
            self._adds_up()
        finally:
            shutil.rmtree(self.folder)

    def _adds_up(self) -> None:
        for number, case in self.office.cases.items():
            assert self.done("show", number)["stage"] == case.stage
        month = self.day[:7]
        rows = self.done("report", "monthly", "--month", month, "--all")["rows"]
        figures = {row["key"]: row["month"] for row in rows}
        assert (
            figures["cases.open_start"] + figures["cases.opened"] + figures["cases.reopened"] - figures["cases.ended"]
            == figures["cases.open_end"]
            == sum(case.stage in OPEN for case in self.office.cases.values())
        )
        for row in rows:
            if row["month"]:
                listed = self.done("report", "monthly", "--month", month, "--row", row["key"], "--cases")
                assert len(listed) == row["month"], row["key"]
        assert self.done("journal", "--verify")["ok"] is True
        with closing(sqlite3.connect(self.desk.db)) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert conn.execute("PRAGMA foreign_key_check").fetchall() == []


def digest(path: Path) -> str:
    """Everything in the books but the journal."""
    with closing(sqlite3.connect(path)) as conn:
        names = [row[0] for row in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        rows = [(name, list(conn.execute(f'SELECT * FROM "{name}"'))) for name in names if name not in JOURNAL]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def lived(machine: type[RuleBasedStateMachine], *, lives: int, steps: int, **given: Any) -> None:
    """Live so many lives of so many steps; `given` are what the class is told (its `template`)."""
    run_state_machine_as_test(
        type("Lived", (machine,), given),
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            print_blob=False,
            # a life that fails is read as it is, by the lines it names: making it shorter takes minutes
            phases=(Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
