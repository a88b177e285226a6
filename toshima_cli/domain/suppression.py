"""What a published table hides: small numbers, and whatever would let one of them be computed. [ours]

1. A number from 1 to `most` is small and hidden. Zero is always shown: it says nothing about anybody.
2. A hidden number could be computed from a total and the other parts, from the months of a year, from what was
   published before. So more is hidden, until for **every** hidden cell, the small ones and the others, there is another
   table that differs in it and in which all that a reader can know is as it is: each shown number, each `Sum`, each
   `AtMost`, what was published before, at least 1 wherever something is hidden.
3. Wherever the numbers allow it, that table also keeps every small cell from 1 to `most` and every other hidden cell
   above `most`: even who knows which of the hidden cells are the small ones learns no number. They do not allow it
   where four parts of 1 have a total of 4: who knows that all five are small needs no more to know them.
4. What is hidden beside the small numbers is first chosen without looking at any number: only where the small ones and
   the zeros stand counts, so that the choice gives nothing away. Only then it is looked whether a number stands at its
   limit (two hidden parts of a shown total of 2 can only be 1 and 1), and more is hidden for it.

`docs/public.md` says the same to an office, and against whom it does not help.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from toshima_cli.domain.suppression_search import FREE, Change, Limits, Row, Rows, another

MOST = 4
"""The largest number that is small, where nothing else is set."""

DETAIL, TOTAL = 60, 60
"""What it costs to hide a cell, and how much more for each sum it is the total of. [ours]"""

TRIES, TRIES_AT_LAST, TRIES_THIN = 2_000, 20_000, 200
"""How many tables are looked at for one cell; how many before it is given up; how many in order to show one again."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The cells of `plus` add up to what those of `minus` add up to. A total stands alone on its side.

    The year to date is best given by the one before it and the month, as a balance is, not by all its months: the same
    is said with fewer cells, and far more is found in the same time.
    """

    plus: tuple[str, ...]
    minus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtMost:
    """`less`, with `also` where there are such, is never more than the cells of `more` together (sittings and the items
    dealt with in them, a year and its months, cases in three stages and all that are open)."""

    less: str
    more: tuple[str, ...]
    also: tuple[str, ...] = ()


class Pinned(Exception):
    """`cells` cannot be hidden: what was published before gives them away, whatever else is hidden now.

    Whoever decides that such a cell is given up names its number in `published`.
    """

    def __init__(self, cells: tuple[str, ...]) -> None:
        super().__init__(*cells)
        self.cells = cells


def hidden(
    values: Mapping[str, int],
    sums: Iterable[Sum],
    bounds: Iterable[AtMost] = (),
    *,
    most: int = MOST,
    published: Mapping[str, int | None] | None = None,
) -> frozenset[str]:
    """The cells to hide, those hidden before among them.

    `values`: every cell that a sum or bound names, of this publication and of earlier ones, never below 0. A cell that
    is printed nowhere but could be computed from what is belongs here too: it is treated as if it were printed.
    `published`: cells of earlier publications as they went out, the number, or None where it was hidden. They stay as
    they are; of a shown one the published number counts, whatever `values` says today. Where the numbers therefore miss
    a sum, the reader is taken to know by how much.

    The same arguments give the same cells; where it does not matter which, what stands last in a sum is hidden first.
    Raises `Pinned`, and KeyError where a sum or a bound names a cell that has no value.
    """
    return _Tables.of(values, tuple(sums), tuple(bounds), most, published or {}).hide()


@dataclass(slots=True)
class _Tables:
    """Cells by their place in `names`. `costs`: None of what cannot be hidden any more and of zeros. `first`: what is
    hidden to begin with. `strict`, `loose`: the limits of 3. and of 2. above."""

    names: tuple[str, ...]
    costs: list[int | None]
    first: list[int]
    strict: list[Limits]
    loose: list[Limits]
    equations: list[Row]
    bounds: list[Row]

    @classmethod
    def of(
        cls,
        values: Mapping[str, int],
        sums: tuple[Sum, ...],
        bounds: tuple[AtMost, ...],
        most: int,
        published: Mapping[str, int | None],
    ) -> "_Tables":
        now = dict(values) | {name: number for name, number in published.items() if number is not None}
        weights = dict.fromkeys(now, DETAIL)
        for each in sums:
            for total, parts in ((each.plus, each.minus), (each.minus, each.plus)):
                if len(total) == 1 < len(parts):
                    weights[total[0]] += TOTAL
        made = cls(tuple(now), [], [], [], [], [], [])
        for place, (name, value) in enumerate(now.items()):
            small = 0 < value <= most
            if published.get(name, 0) is None or (small and name not in published):
                made.first.append(place)
                made.costs.append(0)
            else:
                made.costs.append(None if name in published or not value else weights[name])
            made.loose.append((value - min(value, 1), None))
            made.strict.append((value - 1, most - value) if small else (value - min(value, most + 1), None))
        places = {name: place for place, name in enumerate(now)}
        for each in sums:
            made.equations.append(made.row(places, each.plus, each.minus))
        for bound in bounds:
            less = (bound.less, *bound.also)
            room = sum(now[name] for name in bound.more) - sum(now[name] for name in less)
            made.bounds.append(made.row(places, bound.more, less, max(room, 0)))
        return made

    def row(
        self, places: Mapping[str, int], plus: tuple[str, ...], minus: tuple[str, ...], room: int | None = None
    ) -> Row:
        """Of the cells that can be hidden."""
        factors: dict[int, int] = {}
        for names, factor in ((plus, 1), (minus, -1)):
            for name in names:
                factors[places[name]] = factors.get(places[name], 0) + factor
        kept = ((cell, factor) for cell, factor in factors.items() if factor and self.costs[cell] is not None)
        return Row(tuple(kept), room)

    def hide(self) -> frozenset[str]:
        cells = len(self.names)
        blind = _Pattern(Rows.over(cells, self.equations), ([FREE] * cells,), self.costs, dict.fromkeys(self.first))
        blind.protect()
        blind.thin()
        rows = Rows.over(cells, [*self.equations, *self.bounds])
        seeing = _Pattern(rows, (self.strict, self.loose), blind.costs, blind.cells)
        lost = seeing.protect()
        if lost:
            raise Pinned(tuple(self.names[cell] for cell in lost))
        seeing.thin()
        return frozenset(self.names[cell] for cell in seeing.cells)


@dataclass(slots=True)
class _Pattern:
    """Hidden cells, and for each a change that gives it another value and leaves all that is shown as it is.

    `limits`: those a cell has to keep if it can be done, then those it has to keep in any case. `witness`: the change,
    with the number of the limits it keeps. `added`: what is hidden for others' sake, with what it cost. `failed`: what
    cannot keep the first limits.
    """

    rows: Rows
    limits: tuple[list[Limits], ...]
    costs: list[int | None]
    cells: dict[int, None]
    witness: dict[int, tuple[int, Change]] = field(default_factory=dict)
    added: dict[int, int] = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)

    def protect(self) -> list[int]:
        """Hide more, until every hidden cell has its change. Gives the cells that have none whatever is hidden."""
        lost = []
        waiting = list(self.cells)
        while waiting:
            known = len(self.cells)
            failed = [cell for cell in waiting if not self._protected(cell, 0)]
            self.failed.update(failed)
            lost += [
                cell for cell in failed if not any(self._protected(cell, level) for level in range(1, len(self.limits)))
            ]
            waiting = list(self.cells)[known:]
        return lost

    def _protected(self, cell: int, level: int) -> bool:
        """Whether there is a change within those limits, more being hidden for it where it has to be."""
        if cell in self.witness:
            return True
        limits = self.limits[level]
        found = another(self.rows, cell, self.costs, limits, tries=TRIES)
        if found is None:
            # what is cheap is no longer asked; what cannot be moved stands in no row
            flat = [0] * len(self.costs)
            tries = TRIES if level + 1 < len(self.limits) else TRIES_AT_LAST
            found = another(self.rows, cell, flat, limits, tries=tries, far=MOST)
        if found is None:
            return False
        for moved in found:
            if moved not in self.cells:
                self.cells[moved] = None
                self.added[moved], self.costs[moved] = self.costs[moved] or 0, 0
            # of the others it is looked first whether they can keep the first limits
            if not level or moved in self.failed:
                self.witness.setdefault(moved, (level, found))
        return True

    def thin(self) -> None:
        """Show again what was hidden on the way and turns out not to be needed, the dearest first."""
        left: list[int | None] = [0 if cell in self.cells else None for cell in range(len(self.costs))]
        for cell in sorted(self.added, key=lambda cell: -self.added[cell]):
            left[cell] = None
            again: dict[int, tuple[int, Change]] = {}
            for other, (level, change) in self.witness.items():
                if cell not in change or other == cell or other in again:
                    continue
                found = another(self.rows, other, left, self.limits[level], tries=TRIES_THIN)
                if found is None:
                    left[cell] = 0
                    break
                again |= {moved: (level, found) for moved in found if self.witness[moved][0] >= level}
            else:
                self.witness |= again
                del self.witness[cell], self.cells[cell]
                self.costs[cell] = self.added[cell]
