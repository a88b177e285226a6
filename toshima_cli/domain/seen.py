"""What may be put on a screen: a look that was journaled, or reference data that is about no person."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Seen(Generic[T_co]):
    """A read of people's data together with its journal entry. Built in `db.py` only."""

    value: T_co
    entry: int


@dataclass(frozen=True, slots=True)
class Reference(Generic[T_co]):
    """Data about windows, programmes, codes: no person in it, so no journal entry. Built in `db.py` only."""

    value: T_co
