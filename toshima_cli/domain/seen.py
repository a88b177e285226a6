"""What may be put on a screen: a look that was journaled, or reference data that is about no person."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """A read of people's data together with its journal entry. Built in `db.py` only."""

    value: T
    entry: int


@dataclass(frozen=True, slots=True)
class Reference(Generic[T]):
    """Data about windows, programmes, codes: no person in it, so no journal entry. Built in `db.py` only."""

    value: T
