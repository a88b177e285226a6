"""What held on a day: facts with a business date and the order of recording."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    @property
    def on(self) -> date: ...
    @property
    def seq(self) -> int: ...


D = TypeVar("D", bound=Dated)


def last_on(facts: Iterable[D], day: date) -> D | None:
    """The fact that held on `day`, or None where nothing was recorded up to then.

    One act may write two (a plan drafted and started at once): of those the later in the order given wins.
    """
    held = [f for f in facts if f.on <= day]
    return max(reversed(held), key=lambda f: (f.on, f.seq)) if held else None
