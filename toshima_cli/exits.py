"""Every way a command can stop, with its exit code. `ui/trouble.py` says them; `app.py` is the only one to exit.

0 done · 1 fault of ours · 2 usage or bad input · 3 refused by a rule · 4 not found · 5 database · 6 an answer is
needed and may not be asked · 130 interrupted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from toshima_cli.domain.verdict import Refusal, Say, say

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input. `where` is an option or a field (`people[0].birth_date`), `line` where in a file
    it stands."""

    where: str
    message: Say
    line: int | None = None


class Stop(Exception):
    """A command that ends early: what happened, why, and what to do (a sentence, or a line to paste as plain str)."""

    code = 1

    def __init__(self, what: Say, why: Sequence[Say] = (), do: Sequence[Say | str] = ()) -> None:
        super().__init__(what.text)
        self.what, self.why, self.do = what, tuple(why), tuple(do)


class BadInput(Stop):
    """Usage or bad input (2), with every fault at once."""

    code = 2

    def __init__(self, faults: Iterable[Fault], do: Sequence[Say | str] = (), what: Say | None = None) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__(what or say("Something typed or given cannot be used. Nothing was changed."), (), do)


class BadRows(BadInput):
    """A sheet with faults (2): `rows` has all, {row, column, value, message}; `cut` where there were too many to look
    for more."""

    def __init__(
        self, rows: Sequence[Mapping[str, object]], faults: Iterable[Fault], *, cut: bool, do: Sequence[Say | str]
    ) -> None:
        self.rows = tuple(rows)
        what = say("Faults in the ledger: {count}. Nothing was changed.", count=len(self.rows))
        if cut:
            what = say("Faults in the ledger: {count} and more; from there on it was not read.", count=len(self.rows))
        super().__init__(faults, do, what)


class Refused(Stop):
    """Refused by a rule (3); carries the rule's own verdict."""

    code = 3

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.message, refusal.facts, tuple(n.command for n in refusal.next))


class NotFound(Stop):
    """A number or name typed as the object is not in the books (4)."""

    code = 4


class StoreTrouble(Stop):
    """The database is missing, locked, damaged, full, or made by another version (5)."""

    code = 5


class Missing(Stop):
    """Answers are needed and nobody may be asked (6): all of them at once, each with what it asks."""

    code = 6

    def __init__(self, asks: Sequence[tuple[str, Say]], do: Sequence[Say | str] = ()) -> None:
        self.asks = tuple(dict(asks).items())
        super().__init__(say("Answers are missing, and they cannot be asked for here."), (), do)


class Interrupted(Stop):
    """Ctrl-C, or the terminal went away (130)."""

    code = 130

    def __init__(self) -> None:
        super().__init__(say("Stopped."))


class ReaderLeft(Exception):
    """Whoever read our stdout has seen enough (`| head`): nothing to say, exit 0."""


def granted(answer: T | Refusal) -> T:
    """What a flow returned, unless it was a refusal: that is raised as `Refused` (3)."""
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return answer
