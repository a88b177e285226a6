"""A plain model of lives, written from the specification alone: what each act does with a case, or why it may not.

Nothing here is imported from the program. `TABLE` is the stage table of domain.md §5 as a person reads it; consent is
one word for each person and scope. The random lives of `test_random_lives.py` are held against it.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

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


NOES = ("refused", "withdrawn", "not_possible")


@dataclass
class Person:
    """`words`: (order, scope, decision), everything this person decided in this case."""

    words: list[tuple[int, str, str]] = field(default_factory=list)
    left: bool = False


@dataclass
class Case:
    """`took_in`: the cases found to be this one, each with the labels its people bear here."""

    number: str
    stage: str
    people: dict[str, Person]
    came_from: str = ""
    watched_from: str = ""
    ended_on: date | None = None
    reason: str = ""
    running: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    took_in: list[tuple["Case", dict[str, str]]] = field(default_factory=list)
    kept_under: str = ""
    before_merge: str = ""
    merged_at: int = 0

    @property
    def there(self) -> list[str]:
        return sorted(label for label, person in self.people.items() if not person.left)

    def word(self, label: str, scope: str) -> str:
        """The last word on a scope. A no of the same person in a case taken in counts here too, a yes does not."""
        words = list(self.people[label].words)
        for other, labels in self.took_in:
            for theirs, ours in labels.items():
                if ours == label:
                    words += [word for word in other.people[theirs].words if word[2] in NOES]
        return max((word for word in words if word[1] == scope), default=(0, scope, "none"))[2]

    def part(self) -> "Case":
        """The case that was taken in, for itself again; each no said since then goes on to be one in both."""
        other, labels = self.took_in.pop()
        for theirs, ours in labels.items():
            both = (other.people[theirs], self.people[ours])
            said = {word for one in both for word in one.words if word[0] > other.merged_at and word[2] in NOES}
            for one in both:
                one.words += sorted(said - set(one.words))
        other.stage, other.kept_under, other.reason = other.before_merge, "", ""
        other.settle_consent()
        return other

    def consenting(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(label for label in labels if not self.people[label].left and self.word(label, "plan") == "given")

    def settle_consent(self) -> None:
        """A version of which nobody consents any more ends; with the last of them a case goes back to engaging."""
        planned = self.running + self.waiting
        if self.stage in ("planning", "supporting") and planned and self.there and not self.consenting(planned):
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
    returned: set[str] = field(default_factory=set)
    steps: list["Office"] = field(default_factory=list)
    order: int = 0

    def copy(self) -> "Office":
        return Office(self.today, deepcopy(self.cases), set(self.returned), order=self.order)

    def remember(self) -> None:
        """Before an act is done, so that undoing it can be held against what was."""
        self.steps.append(self.copy())

    def say(self, case: Case, label: str, scopes: str, decision: str) -> None:
        """A decision of a person, and what follows from it; where the case was taken in, there too."""
        self.order += 1
        case.people[label].words += [(self.order, scope, decision) for scope in scopes.split(",")]
        case.settle_consent()
        if case.kept_under:
            self.cases[case.kept_under].settle_consent()

    def allowed(self, case: Case, act: str) -> str | None:
        """The stage after the act, None where the table does not know it."""
        return TABLE[act].get(case.stage)

    def months_since(self, day: date) -> int:
        months = (self.today.year - day.year) * 12 + self.today.month - day.month
        return months - (1 if self.today.day < day.day else 0)
