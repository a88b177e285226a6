"""A reader of a published table who tries every number: the other side of the tests of what is hidden.

Nothing of the program's own search is used. Hidden cells are numbers between two ends; what is shown, the sums and the
bounds narrow the ends, then one number after the other is tried, all of them if need be (branch and bound).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toshima_cli.domain.suppression import AtMost, Sum

FURTHER = 12
"""How far above the true numbers the reader looks, where a total can be so much more than its parts: further off there
are only more tables."""

Ends = tuple[int, int]


@dataclass
class Reader:
    """Who knows every number but those `hidden`, and of these that they are at least 1.

    `knows_small`: knows besides which of the hidden ones are small, and that the others are not.
    """

    values: Mapping[str, int]
    sums: Iterable[Sum]
    bounds: Iterable[AtMost]
    hidden: frozenset[str]
    most: int = 4
    knows_small: bool = False
    further: int = FURTHER

    def __post_init__(self) -> None:
        self.cells = [cell for cell in self.values if cell in self.hidden]
        self.rows: list[tuple[dict[str, int], int, bool]] = []
        for each in self.sums:
            self._row([*((cell, 1) for cell in each.plus), *((cell, -1) for cell in each.minus)], equal=True)
        for bound in self.bounds:
            less = (bound.less, *bound.also)
            self._row([*((cell, 1) for cell in bound.more), *((cell, -1) for cell in less)], equal=False)
        self.of: dict[str, list[int]] = {cell: [] for cell in self.cells}
        for number, (factors, _, _) in enumerate(self.rows):
            for cell in factors:
                self.of[cell].append(number)

    def _row(self, cells: list[tuple[str, int]], *, equal: bool) -> None:
        """The hidden part of a row makes up for the shown part. A row the true numbers miss is taken as missed."""
        missed = sum(self.values[cell] * factor for cell, factor in cells)
        at_least = min(missed, 0)
        factors: dict[str, int] = {}
        needed = missed if equal else at_least
        for cell, factor in cells:
            if cell in self.hidden:
                factors[cell] = factors.get(cell, 0) + factor
            else:
                needed -= self.values[cell] * factor
        if factors:
            self.rows.append((factors, needed, equal))

    def ends(self, cell: str) -> Ends:
        value = self.values[cell]
        small = 0 < value <= self.most
        if self.knows_small:
            return (1, self.most) if small else (self.most + 1 if value else 0, value + self.further)
        return min(value, 1), value + self.further

    def pinned(self) -> list[str]:
        """The hidden cells of which there is only one number."""
        return [cell for cell in self.cells if not self.other(cell)]

    def other(self, cell: str) -> dict[str, int] | None:
        """A table with another number there, if there is one."""
        value = self.values[cell]
        start = {each: self.ends(each) for each in self.cells}
        low, high = start[cell]
        for ends in ((value + 1, high), (low, value - 1)):
            found = self._tried(start | {cell: ends}, [cell])
            if found is not None:
                return found
        return None

    def _tried(self, ends: dict[str, Ends], touched: list[str]) -> dict[str, int] | None:
        if not self._narrowed(ends, touched):
            return None
        # near the true number first; a cell whose true number is still possible can wait
        undecided = [cell for cell in self.cells if not ends[cell][0] <= self.values[cell] <= ends[cell][1]]
        open_ = [cell for cell in undecided if ends[cell][0] != ends[cell][1]]
        if not open_:
            decided = {cell: min(max(self.values[cell], low), high) for cell, (low, high) in ends.items()}
            if self._holds(decided):
                return decided
            open_ = [cell for cell in self.cells if ends[cell][0] != ends[cell][1]]
            if not open_:
                return None
            broken = [row for row in self.rows if not self._row_holds(row, decided)]
            open_ = [cell for cell in open_ if cell in broken[0][0]] or open_
        cell = min(open_, key=lambda each: ends[each][1] - ends[each][0])
        low, high = ends[cell]
        for number in sorted(range(low, high + 1), key=lambda number: abs(number - self.values[cell])):
            found = self._tried(ends | {cell: (number, number)}, [cell])
            if found is not None:
                return found
        return None

    def _row_holds(self, row: tuple[dict[str, int], int, bool], numbers: Mapping[str, int]) -> bool:
        factors, needed, equal = row
        total = sum(numbers[cell] * factor for cell, factor in factors.items())
        return total == needed if equal else total >= needed

    def _holds(self, numbers: Mapping[str, int]) -> bool:
        return all(self._row_holds(row, numbers) for row in self.rows)

    def _narrowed(self, ends: dict[str, Ends], touched: list[str]) -> bool:
        """Draw the ends in, row by row, until nothing moves; False where a row cannot hold any more."""
        waiting = list(dict.fromkeys(number for cell in touched for number in self.of[cell]))
        if any(low > high for low, high in ends.values()):
            return False
        while waiting:
            factors, needed, equal = self.rows[waiting.pop(0)]
            most = sum(factor * ends[cell][factor > 0] for cell, factor in factors.items())
            least = sum(factor * ends[cell][factor < 0] for cell, factor in factors.items())
            if most < needed or (equal and least > needed):
                return False
            for cell, factor in factors.items():
                low, high = ends[cell]
                over, under = most - needed, needed - least
                if factor > 0:
                    new = (max(low, high - over // factor), min(high, low + under // factor) if equal else high)
                elif factor < 0:
                    new = (max(low, high - under // -factor) if equal else low, min(high, low + over // -factor))
                else:
                    continue
                if new != (low, high):
                    if new[0] > new[1]:
                        return False
                    ends[cell] = new
                    waiting += [number for number in self.of[cell] if number not in waiting]
                    most = sum(factor * ends[cell][factor > 0] for cell, factor in factors.items())
                    least = sum(factor * ends[cell][factor < 0] for cell, factor in factors.items())
        return True
