"""Random tables for the tests of what is hidden: numbers, the sums that hold between them, and some bounds."""

from dataclasses import dataclass
from random import Random

from toshima_cli.domain.suppression import AtMost, Sum

Published = dict[str, int | None]


@dataclass(frozen=True)
class Table:
    values: dict[str, int]
    sums: tuple[Sum, ...]
    bounds: tuple[AtMost, ...] = ()

    @property
    def cells(self) -> list[str]:
        return list(self.values)

    def small(self, most: int = 4) -> frozenset[str]:
        return frozenset(cell for cell, value in self.values.items() if 0 < value <= most)

    @property
    def not_zero(self) -> frozenset[str]:
        return frozenset(cell for cell, value in self.values.items() if value)


def _count(rng: Random, size: float) -> int:
    """0 often, a small number often, now and then a large one."""
    return sum(rng.random() < size / 10 for _ in range(10))


def grid(rng: Random, rows: int, columns: int, size: float) -> Table:
    """`rows` × `columns` with totals: "0|0" … "0|T", "T|0" … "T|T"."""
    values: dict[str, int] = {}
    for i in range(rows):
        likely = rng.random() ** 2 * size
        values |= {f"{i}|{j}": _count(rng, likely) for j in range(columns)}
    sums = []
    for i in range(rows):
        parts = tuple(f"{i}|{j}" for j in range(columns))
        values[f"{i}|T"] = sum(values[part] for part in parts)
        sums.append(Sum((f"{i}|T",), parts))
    for j in [*range(columns), "T"]:
        parts = tuple(f"{i}|{j}" for i in range(rows))
        values[f"T|{j}"] = sum(values[part] for part in parts)
        sums.append(Sum((f"T|{j}",), parts))
    sums.append(Sum(("T|T",), tuple(f"T|{j}" for j in range(columns))))
    return Table(values, tuple(sums))


def families(rng: Random, size: float) -> Table:
    """One total by two crossing families, and parted in two besides, as the receptions are by channel and by window."""
    count = _count(rng, size) + _count(rng, size)
    values = {"new": count}
    sums = []
    for family, codes in (("channel", 4), ("window", 5), ("consent", 2)):
        weights = [rng.random() ** 2 for _ in range(codes)]
        drawn = rng.choices(range(codes), weights, k=count)
        values |= {f"{family}.{code}": drawn.count(code) for code in range(codes)}
        sums.append(Sum(("new",), tuple(f"{family}.{code}" for code in range(codes))))
    return Table(values, tuple(sums))


def bounded(rng: Random, table: Table) -> Table:
    """With bounds that hold, most of them so that they bite."""
    found = []
    for _ in range(30):
        less, also, *more = rng.sample(table.cells, rng.randint(3, 4))
        together = (also,) if rng.random() < 0.3 else ()
        room = sum(table.values[cell] for cell in more) - sum(table.values[cell] for cell in (less, *together))
        if 0 <= room <= 1 and table.values[less]:
            found.append(AtMost(less, tuple(more), together))
    return Table(table.values, table.sums, tuple(found[:4]))


def any_table(rng: Random) -> Table:
    size = rng.choice([3, 6, 10, 14])
    table = families(rng, size) if rng.random() < 0.3 else grid(rng, rng.randint(1, 3), rng.randint(2, 4), size)
    return bounded(rng, table) if rng.random() < 0.5 else table


def year(rng: Random, rows: int, months: int, size: float) -> list[Table]:
    """What was published by the end of each month: `rows` and their total, each month and the year to date, and the
    balance of what stands at the ends."""
    likely = [rng.random() ** 2 * size for _ in range(rows)]
    values: dict[str, int] = {"stock|0": rng.randint(0, 12)}
    sums: list[Sum] = []
    published = []
    for month in range(1, months + 1):
        values |= {f"{i}|{month}": _count(rng, likely[i]) for i in range(rows)}
        values[f"T|{month}"] = sum(values[f"{i}|{month}"] for i in range(rows))
        values[f"ended|{month}"] = rng.randint(0, min(6, values[f"stock|{month - 1}"] + values[f"T|{month}"]))
        values[f"stock|{month}"] = values[f"stock|{month - 1}"] + values[f"T|{month}"] - values[f"ended|{month}"]
        sums.append(Sum((f"stock|{month - 1}", f"T|{month}"), (f"ended|{month}", f"stock|{month}")))
        for i in [*range(rows), "T"]:
            before = (f"{i}|to {month - 1}",) if month > 1 else ()
            values[f"{i}|to {month}"] = sum(values[cell] for cell in (*before, f"{i}|{month}"))
            sums.append(Sum((f"{i}|to {month}",), (*before, f"{i}|{month}")))
        for column in (str(month), f"to {month}"):
            sums.append(Sum((f"T|{column}",), tuple(f"{i}|{column}" for i in range(rows))))
        published.append(Table(dict(values), tuple(sums)))
    return published
