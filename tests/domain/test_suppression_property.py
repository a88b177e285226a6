"""Nothing hidden can be pinned down, over random tables, asked of a reader who tries every number (`reader.py`).

The suite asks some hundreds of tables, `make soak` more than 20,000. Four ways of doing it wrong are caught by the same
question.
"""

from collections.abc import Callable, Iterator
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.published import Published, Table, any_table, families, grid, year
from tests.domain.reader import Reader
from toshima_cli.domain import suppression, suppression_search
from toshima_cli.domain.suppression import Sum, hidden

MOST = st.sampled_from([2, 3, 4, 4, 4])
TABLES = st.integers(0, 10**9).map(lambda seed: any_table(Random(seed)))
quick = settings(max_examples=200, deadline=None)


def asked(table: Table, found: frozenset[str], most: int = 4, *, knows_small: bool = False) -> Reader:
    return Reader(table.values, table.sums, table.bounds, found, most, knows_small)


def published(table: Table, found: frozenset[str]) -> Published:
    return {cell: None if cell in found else value for cell, value in table.values.items()}


def nothing_is_pinned(table: Table, most: int) -> None:
    found = hidden(table.values, table.sums, table.bounds, most=most)
    assert table.small(most) <= found <= table.not_zero
    assert not asked(table, found, most).pinned()
    # and where it can be done at all, neither for who knows which of them are small
    everything = asked(table, table.not_zero, most, knows_small=True)
    for cell in asked(table, found, most, knows_small=True).pinned():
        assert everything.other(cell) is None, cell


def nothing_is_pinned_all_year(tables: list[Table]) -> None:
    """Month by month, each publication beside all before it."""
    before: Published = {}
    for table in tables:
        found = hidden(table.values, table.sums, table.bounds, published=before)
        assert all((cell in found) is (number is None) for cell, number in before.items())
        assert table.small() <= found
        assert not asked(table, found).pinned()
        before = published(table, found)


@quick
@given(TABLES, MOST)
def test_no_hidden_number_can_be_pinned_down(table: Table, most: int) -> None:
    nothing_is_pinned(table, most)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 4), st.sampled_from([3, 6, 10]))
def test_nor_can_it_from_month_to_month(seed: int, rows: int, size: int) -> None:
    nothing_is_pinned_all_year(year(Random(seed), rows, 4, size))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_nor_where_the_books_of_a_published_month_have_changed(seed: int) -> None:
    """Something of the first month was written down, or taken back, after its publication."""
    rng = Random(seed)
    first, second = year(rng, 3, 2, 8)
    before = published(first, hidden(first.values, first.sums))
    cell = rng.choice([cell for cell, number in before.items() if number is not None] or ["stock|2"])
    late = Table(second.values | {cell: second.values[cell] + rng.choice([1, 2, 5])}, second.sums)
    found = hidden(late.values, late.sums, published=before)
    kept = {name: number for name, number in before.items() if number is not None}
    assert not asked(Table(late.values | kept, late.sums), found).pinned()


def test_the_reader_finds_what_trying_all_tables_finds() -> None:
    """The other side of the tests above is right: against every table there is, of a grid of 2 × 2."""
    for seed in range(40):
        rng = Random(seed)
        table = grid(rng, 2, 2, 5)
        found = frozenset(cell for cell in table.not_zero if rng.random() < 0.6)
        for knows_small in (False, True):
            reader = Reader(table.values, table.sums, (), found, 2, knows_small, further=5)
            assert reader.pinned() == tried(table, found, reader)


def tried(table: Table, found: frozenset[str], reader: Reader) -> list[str]:
    """The cells with one number in all tables of 2 × 2 that the reader could take for the true one."""
    inner = [f"{i}|{j}" for i in range(2) for j in range(2)]
    numbers: dict[str, set[int]] = {cell: set() for cell in found}
    within = {cell: reader.ends(cell) if cell in found else (table.values[cell],) * 2 for cell in table.values}
    for drawn in product(*(range(within[cell][0], within[cell][1] + 1) for cell in inner)):
        values = dict(zip(inner, drawn, strict=True))
        for each in table.sums:
            if each.plus[0] not in values:
                values[each.plus[0]] = sum(values[part] for part in each.minus)
        if all(sum(values[c] for c in s.plus) == sum(values[c] for c in s.minus) for s in table.sums) and all(
            low <= values[cell] <= high for cell, (low, high) in within.items()
        ):
            for cell in found:
                numbers[cell].add(values[cell])
    return [cell for cell in table.values if cell in found and len(numbers[cell]) == 1]


Hides = Callable[[Table, Published], frozenset[str]]


def small_only(table: Table, before: Published) -> frozenset[str]:
    return table.small() - {cell for cell, number in before.items() if number is not None}


def without_bounds(table: Table, before: Published) -> frozenset[str]:
    return hidden(table.values, table.sums, published=before)


def without_what_was_published(table: Table, before: Published) -> frozenset[str]:
    """What is hidden today and was shown before is known."""
    found = hidden(table.values, table.sums, table.bounds)
    return found - {cell for cell, number in before.items() if number is not None}


def without_a_look_at_the_numbers(table: Table, before: Published) -> frozenset[str]:
    """Only the first of its two passes."""
    tables = suppression._Tables.of(table.values, table.sums, table.bounds, 4, before)
    cells = len(tables.names)
    rows = suppression_search.Rows.over(cells, tables.equations)
    blind = suppression._Pattern(rows, ([suppression_search.FREE] * cells,), tables.costs, dict.fromkeys(tables.first))
    blind.protect()
    blind.thin()
    return frozenset(tables.names[cell] for cell in blind.cells)


def caught(hides: Hides) -> int:
    """How many of some publications give a hidden number away."""
    found = 0
    for seed in range(120):
        table = any_table(Random(seed))
        found += bool(asked(table, hides(table, {})).pinned())
    for seed in range(20):
        before: Published = {}
        for table in year(Random(seed), 3, 3, 10):
            done = hides(table, before)
            found += bool(asked(table, done).pinned())
            before = published(table, hidden(table.values, table.sums, published=before))
    return found


def right(table: Table, before: Published) -> frozenset[str]:
    return hidden(table.values, table.sums, table.bounds, published=before)


@pytest.mark.parametrize(
    "hides", [small_only, without_bounds, without_what_was_published, without_a_look_at_the_numbers]
)
def test_doing_it_wrong_is_caught(hides: Hides) -> None:
    assert caught(hides)


def test_doing_it_right_is_not() -> None:
    assert not caught(right)


def ways_to_publish(most: int, up_to: int) -> Iterator[tuple[dict[str, int], frozenset[str], Published]]:
    """Every row of three parts with its total, what is hidden of it, and how it is published."""
    for parts in product(range(up_to + 1), repeat=3):
        values = dict(zip("abc", parts, strict=True)) | {"t": sum(parts)}
        table = Table(values, (Sum(("t",), ("a", "b", "c")),))
        found = hidden(values, table.sums, most=most)
        yield values, found, published(table, found)


def test_who_knows_how_it_is_done_learns_little_more() -> None:
    """A reader who runs this program over every table that could stand behind a publication, and keeps those that are
    published so. Of 1,000 rows of three parts below 10, three are known to such a reader (docs/public.md): none of
    those where it was enough to look where the small numbers stand."""
    alike: dict[tuple[tuple[str, int | None], ...], list[dict[str, int]]] = {}
    every = list(ways_to_publish(4, 13))
    for values, _, shown in every:
        alike.setdefault(tuple(shown.items()), []).append(values)
    known = [
        values
        for values, found, shown in every
        if max(values[part] for part in "abc") < 10
        and any(len({other[cell] for other in alike[tuple(shown.items())]}) == 1 for cell in found)
    ]
    assert len(known) == 3
    for values in known:
        table = Table(values, (Sum(("t",), ("a", "b", "c")),))
        assert without_a_look_at_the_numbers(table, {}) < hidden(values, table.sums)


@pytest.mark.soak
def test_over_very_many_tables() -> None:
    for seed in range(20_000):
        nothing_is_pinned(any_table(Random(seed)), (2, 3, 4, 4, 4)[seed % 5])


@pytest.mark.soak
def test_over_very_many_years() -> None:
    for seed in range(500):
        nothing_is_pinned_all_year(year(Random(seed), 1 + seed % 4, 5, (3, 6, 10)[seed % 3]))


@pytest.mark.soak
def test_over_larger_tables() -> None:
    for seed in range(300):
        nothing_is_pinned(grid(Random(seed), 6, 6, 8) if seed % 2 else families(Random(seed), 14), 4)
