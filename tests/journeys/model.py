"""A plain model of lives, written from the specification alone: what each act does with a case, or why it may not.

Nothing here is imported from the program. `TABLE` is the stage table of domain.md §5 as a person reads it; consent is
one word for each person and scope. The random lives of `test_random_lives.py` are held against it.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

OPEN = ("outreach", "received", "single", "complex", "engaging", "planning", "supporting", "watching")
ENDED = ("closed", "interrupted")
RETURN_MONTHS = 6

TABLE: dict[str, dict[str, str]] = {
    "connect": {"outreach": "received"},
    "settle": {"received": "single", "complex": "single", "engaging": "single"},
    "escalate": {"outreach": "complex", "received": "complex", "single": "complex"},
    # while somebody of the plan consents, an approach is recorded and the stage stays
    "approach": {
        "outreach": "engaging",
        "complex": "engaging",
        "engaging": "engaging",
        "planning": "planning",
        "supporting": "supporting",
    },
    "plan": {"complex": "planning", "engaging": "planning", "planning": "planning"},
    "revise": {"supporting": "supporting", "watching": "watching"},
    "watch": dict.fromkeys(("single", "complex", "engaging", "supporting"), "watching"),
    "conclude": dict.fromkeys(OPEN, "closed"),
    "interrupt": dict.fromkeys(OPEN, "interrupted"),
    "note": {stage: stage for stage in OPEN},
    "concern": {stage: stage for stage in OPEN},
    "person": {stage: stage for stage in OPEN},
    "wish": {stage: stage for stage in OPEN},
    "refer": {stage: stage for stage in OPEN},
    "consent": {stage: stage for stage in OPEN},
}

FIRST_TALK_ONLY = ("information_only", "out_of_scope")


@dataclass
class Person:
    """`plan`, `sharing`: the last word on each scope."""

    plan: str = "none"
    sharing: str = "none"


@dataclass
class Case:
    number: str
    stage: str
    people: dict[str, Person]
    came_from: str = ""
    ended_on: date | None = None
    reason: str = ""
    running: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    approved_by_sitting: bool = False
    merged: dict[str, str] = field(default_factory=dict)
    kept_under: str = ""

    def consenting(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(label for label in labels if self.people[label].plan == "given")

    def settle_consent(self) -> None:
        """A version of which nobody consents any more ends; with the last of them a case goes back to engaging."""
        planned = self.running + self.waiting
        if self.stage in ("planning", "supporting") and planned and not self.consenting(planned):
            self.stage = "engaging"
        if not self.consenting(self.running):
            self.running = ()
        if not self.consenting(self.waiting):
            self.waiting = ()

    def next_label(self) -> str:
        return chr(ord("A") + len(self.people))


@dataclass
class Office:
    """Every case, and the day it is."""

    today: date
    cases: dict[str, Case] = field(default_factory=dict)
    steps: list["Office"] = field(default_factory=list)

    def copy(self) -> "Office":
        return Office(self.today, deepcopy(self.cases))

    def remember(self) -> None:
        """Before an act is done, so that undoing it can be held against what was."""
        self.steps.append(self.copy())

    def allowed(self, case: Case, act: str) -> str | None:
        """The stage after the act, None where the table does not know it."""
        return TABLE[act].get(case.stage)

    def months_since(self, day: date) -> int:
        months = (self.today.year - day.year) * 12 + self.today.month - day.month
        return months - (1 if self.today.day < day.day else 0)


def stages(office: Office) -> dict[str, Any]:
    return {number: case.stage for number, case in office.cases.items()}
