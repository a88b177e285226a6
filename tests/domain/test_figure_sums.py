"""How the figures of the report hang together, as cells. That it holds of the books: `tests/db/test_figure_sums.py`."""

import pytest

from toshima_cli.domain import figure_sums as s
from toshima_cli.domain import figures as f
from toshima_cli.domain.suppression import AtMost, Sum

MONTHS = ["2026-04", "2026-05", "2026-06"]
KEYS = [
    key
    for block in f.BLOCKS
    for figure in block.figures
    for key in ([f"{figure.key}.one", f"{figure.key}.two"] if figure.each else [figure.key])
]
SUMS, BOUNDS = s.holding(KEYS, MONTHS)


def test_every_cell_hangs_together_with_another() -> None:
    said = {cell for each in SUMS for cell in (*each.plus, *each.minus)}
    said |= {cell for bound in BOUNDS for cell in (bound.less, *bound.also, *bound.more)}
    assert said == {s.cell(key, column) for key in KEYS for month in MONTHS for column in (month, s.to(month))}


def test_every_name_is_one_of_the_report() -> None:
    rows = [*s.EQUAL, *s.NEVER_MORE, *(((family,), (whole,)) for family, whole in s.EACH_NEVER_MORE)]
    families = {f"{figure.key}.*" for block in f.BLOCKS for figure in block.figures if figure.each}
    assert {name for less, more in rows for name in (*less, *more)} <= families | set(KEYS)


@pytest.mark.parametrize(
    "each",
    [
        Sum(("contacts.total|2026-05",), ("contacts.by_method.one|2026-05", "contacts.by_method.two|2026-05")),
        Sum(("contacts.total|to 2026-05",), ("contacts.by_method.one|to 2026-05", "contacts.by_method.two|to 2026-05")),
        # events
        Sum(("cases.opened|to 2026-04",), ("cases.opened|2026-04",)),
        Sum(("cases.opened|to 2026-06",), ("cases.opened|to 2026-05", "cases.opened|2026-06")),
        # states: of the year's first day, of the last day
        Sum(("cases.open_start|to 2026-06",), ("cases.open_start|2026-04",)),
        Sum(("watching.open|to 2026-06",), ("watching.open|2026-06",)),
        Sum(("cases.open_end|2026-05",), ("cases.open_start|2026-06",)),
    ],
)
def test_these_are_equal(each: Sum) -> None:
    assert each in SUMS


@pytest.mark.parametrize(
    "bound",
    [
        AtMost(
            "complex.open|2026-05", ("cases.open_end|2026-05",), ("engaging.cases|2026-05", "watching.open|2026-05")
        ),
        AtMost("consultations.by_field.two|to 2026-06", ("consultations.new|to 2026-06",)),
        # counted once in the year
        AtMost("community.people|to 2026-06", ("community.people|to 2026-05", "community.people|2026-06")),
        AtMost("community.people|2026-06", ("community.people|to 2026-06",)),
        AtMost("community.people|to 2026-05", ("community.people|to 2026-06",)),
    ],
)
def test_these_are_never_more(bound: AtMost) -> None:
    assert bound in BOUNDS


def test_a_year_begins_with_what_the_last_one_left() -> None:
    assert s.next_to("2027-03", "2027-04") == Sum(("cases.open_end|2027-03",), ("cases.open_start|2027-04",))


def test_people_counted_once_do_not_add_up() -> None:
    assert not any("community.people|to 2026-06" in (*each.plus, *each.minus) for each in SUMS)
