"""Another table that says the same: what a reader of a published table cannot tell from the true one.

A table is cells in rows. A row is an equation (its change is 0) or a bound (its change may not go below `-room`). Of
the true table only the differences matter: `another` looks for whole numbers to add to some cells, the asked one among
them, so that every row holds as before and no cell leaves its limits. What it finds is so; what it does not find may
still be there, if `tries` ran out.

It is a best-first search. A table on the way has rows that do not hold yet; one of them is taken, and every single step
of a cell that brings it nearer to holding is a next table to look at. Where a table is to be found at all, such steps
lead to it, whichever row is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

Change = dict[int, int]
"""Cell → what is added to it, never 0."""

Limits = tuple[int | None, int | None]
"""How far a cell may fall and how far it may rise; None: as far as one likes."""

FREE: Limits = (None, None)

STEP, BROKEN = 4, 60
"""Beside the cost of the cells: for every single step, so that of two tables the nearer one is found, and for every row
that does not hold yet, about what it costs to mend it (`suppression.DETAIL`). [ours, measured]"""


@dataclass(frozen=True, slots=True)
class Row:
    """`cells`: each cell once, with its factor, not 0. `room`: None of an equation, of a bound how far it is from
    biting, never below 0."""

    cells: tuple[tuple[int, int], ...]
    room: int | None = None

    def broken(self, change: int) -> bool:
        return change != 0 if self.room is None else change < -self.room


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows, and for each cell the rows it stands in, with its factor there."""

    rows: tuple[Row, ...]
    of: tuple[tuple[tuple[int, int], ...], ...]

    @classmethod
    def over(cls, cells: int, rows: Sequence[Row]) -> "Rows":
        of: list[list[tuple[int, int]]] = [[] for _ in range(cells)]
        for number, row in enumerate(rows):
            for cell, factor in row.cells:
                of[cell].append((number, factor))
        return cls(tuple(rows), tuple(map(tuple, of)))


@dataclass(slots=True)
class _Looked:
    """One table on the way: what was changed, what that does to the rows, and which of them therefore do not hold."""

    cost: int = 0
    change: Change = field(default_factory=dict)
    sums: Change = field(default_factory=dict)
    broken: frozenset[int] = frozenset()

    def broken_by(self, rows: Rows, cell: int, step: int) -> int:
        """How many rows would not hold after that step."""
        broken = len(self.broken)
        for number, factor in rows.of[cell]:
            now = rows.rows[number].broken(self.sums.get(number, 0) + factor * step)
            broken += now - (number in self.broken)
        return broken

    def moved(self, rows: Rows, cell: int, step: int, cost: int) -> "_Looked":
        sums, broken = dict(self.sums), set(self.broken)
        for number, factor in rows.of[cell]:
            sums[number] = sums.get(number, 0) + factor * step
            (broken.add if rows.rows[number].broken(sums[number]) else broken.discard)(number)
        return _Looked(cost, self.change | {cell: self.change.get(cell, 0) + step}, sums, frozenset(broken))


def another(
    rows: Rows, cell: int, costs: Sequence[int | None], limits: Sequence[Limits], *, tries: int, far: int = 1
) -> Change | None:
    """A cheap change of the table in which `cell` has another value, None where none was found.

    `costs`: what it costs to move a cell at all, None where it cannot be moved. `tries`: how many tables are looked at.
    `far`: how far `cell` itself is moved to begin with, at most; all others go step by step, each always the same way.
    """
    queue: list[tuple[int, int, int, int, _Looked, int, int]] = []
    order = count()
    seen: set[frozenset[tuple[int, int]]] = set()

    def put(before: _Looked, cell: int, step: int) -> None:
        cost = before.cost + STEP + (0 if cell in before.change else costs[cell] or 0)
        broken = before.broken_by(rows, cell, step)
        heappush(queue, (cost + broken * BROKEN, broken, next(order), cost, before, cell, step))

    for size in range(1, far + 1):
        for step in (size, -size):
            if _within(limits[cell], step):
                put(_Looked(), cell, step)
    for _ in range(tries):
        if not queue:
            break
        *_, cost, before, cell, step = heappop(queue)
        looked = before.moved(rows, cell, step, cost)
        known = frozenset(looked.change.items())
        if known in seen:
            continue
        seen.add(known)
        if not looked.broken:
            return looked.change
        for cell, step in _mending(rows, looked, costs, limits):
            put(looked, cell, step)
    return None


def _mending(
    rows: Rows, looked: _Looked, costs: Sequence[int | None], limits: Sequence[Limits]
) -> list[tuple[int, int]]:
    """The single steps, (cell, 1 or -1), that bring a broken row nearer to holding: of the row that has the fewest."""
    found: list[list[tuple[int, int]]] = []
    for number in sorted(looked.broken):
        up = looked.sums[number] < 0
        steps = []
        # what stands last in a row is hidden first
        for cell, factor in reversed(rows.rows[number].cells):
            before = looked.change.get(cell, 0)
            step = 1 if (factor > 0) is up else -1
            if costs[cell] is not None and before * step >= 0 and _within(limits[cell], before + step):
                steps.append((cell, step))
        found.append(steps)
    return min(found, key=len)


def _within(limits: Limits, change: int) -> bool:
    down, up = limits
    return (down is None or change >= -down) and (up is None or change <= up)
