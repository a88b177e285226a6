"""How the caseload is spread over coordinators and windows: open, new, overdue, by stage and by age. In the order of
their codes: it is for seeing who needs relief, and ranks nobody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from toshima_cli.db import queries, viewer
from toshima_cli.domain.calendar import add_months
from toshima_cli.domain.terms import ENDED, Stage

AGES = ("to_3_months", "to_6_months", "to_12_months", "longer")
"""How long a case has been open."""


@dataclass
class Load:
    """The cases of one coordinator or window; `code` None: of nobody yet."""

    code: str | None
    open: int = 0
    opened: int = 0
    overdue: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    ages: Counter[str] = field(default_factory=Counter)

    def add(self, row: Any) -> None:
        self.open += row["cases"]
        self.opened += row["opened"]
        self.overdue += row["overdue"]
        self.stages[row["stage"]] += row["cases"]
        self.ages[row["age"]] += row["cases"]


@dataclass(frozen=True, slots=True)
class Balance:
    today: date
    coordinators: tuple[Load, ...]
    windows: tuple[Load, ...]
    whole: Load

    def rows(self) -> list[dict[str, Any]]:
        """{by, code, open, opened, overdue, stages, ages}: the coordinators, the windows, then all together; `stages`
        and `ages` count by slug."""
        found = [("coordinator", load) for load in self.coordinators]
        found += [("window", load) for load in self.windows]
        return [self._row(by, load) for by, load in (*found, ("all", self.whole))]

    @staticmethod
    def _row(by: str, load: Load) -> dict[str, Any]:
        return {
            "by": by,
            "code": load.code,
            "open": load.open,
            "opened": load.opened,
            "overdue": load.overdue,
            "stages": {stage.value: load.stages[stage.value] for stage in Stage if stage not in ENDED},
            "ages": {age: load.ages[age] for age in AGES},
        }


def balance(conn: Any, today: date) -> Balance:
    """As of `today`; no person is in it."""
    rows = list(
        queries("caseload").balance(
            conn,
            viewer=viewer(conn),
            today=today.isoformat(),
            since=today.replace(day=1).isoformat(),
            months_3=add_months(today, -3).isoformat(),
            months_6=add_months(today, -6).isoformat(),
            months_12=add_months(today, -12).isoformat(),
        )
    )
    whole = Load(None)
    for row in rows:
        whole.add(row)
    return Balance(today, _each(rows, "coordinator"), _each(rows, "window_code"), whole)


def _each(rows: Iterable[Any], column: str) -> tuple[Load, ...]:
    found: dict[str | None, Load] = {}
    for row in rows:
        found.setdefault(row[column], Load(row[column])).add(row)
    return tuple(found[code] for code in sorted(found, key=lambda code: (code is None, code or "")))
