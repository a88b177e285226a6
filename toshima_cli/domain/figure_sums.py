"""How the figures of the monthly report hang together: what a reader can add up, over `figures.BLOCKS`.

1. Within a month, and within a year to date: `EQUAL` and `NEVER_MORE`. A name that ends in `.*` stands for every code
   of that family, those of earlier editions among them.
2. From month to month: events of a year are those of its months; what stands at the end of a month stands at the start
   of the next, and is the same whether the month or the year is asked; people and cases counted once are in the year at
   least as many as in each month and before, and at most those of the months together.

A cell is a key and a column: `cell("cases.opened", "2026-11")` of the month, `cell("cases.opened", to("2026-11"))` of
the year to its end.

Two things hold of books this program wrote and of no others: every conclusion has its reason; and the last of 2. unless
records were found to be one, or not to be one, in between. A reader would count on both, so both are said.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from toshima_cli.domain import figures as f
from toshima_cli.domain.suppression import AtMost, Sum

EQUAL: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("cases.open_start", "cases.opened", "cases.reopened"), ("cases.ended", "cases.open_end")),
    (("consultations.new",), ("consultations.with_consent", "consultations.without_consent")),
    (("consultations.new",), ("consultations.by_channel.*",)),
    (("consultations.new",), ("consultations.by_window.*",)),
    (("contacts.total",), ("contacts.by_method.*",)),
    (("cases.ended",), ("ends.concluded", "ends.interrupted")),
    (("ends.concluded",), ("ends.by_reason.*",)),
)

NEVER_MORE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("complex.open", "engaging.cases", "watching.open"), ("cases.open_end",)),
    (("engaging.over_90_days",), ("engaging.cases",)),
    (("plans.active",), ("cases.open_end",)),
    (("plans.review_overdue",), ("plans.active",)),
    (("support_conference.cases",), ("support_conference.items",)),
    (("support_conference.sittings",), ("support_conference.items",)),
    (("support_conference.sittings",), ("stakeholder.sittings", "subcommittee.sittings", "council.sittings")),
    (("multilayer_conference.cases",), ("multilayer_conference.items",)),
    (("multilayer_conference.sittings",), ("multilayer_conference.items",)),
    (("multilayer_conference.sittings",), ("stakeholder.sittings", "subcommittee.sittings", "council.sittings")),
    (("transitions.to_multilayer",), ("multilayer_conference.cases",)),
    (("outreach.contacts",), ("contacts.total",)),
    (("emergencies",), ("referrals.sent",)),
)

EACH_NEVER_MORE = (("consultations.by_field.*", "consultations.new"),)
"""Each code of a family by itself."""


def cell(key: str, column: str) -> str:
    return f"{key}|{column}"


def to(month: str) -> str:
    """The column of the year to the end of that month."""
    return f"to {month}"


def figure_of(key: str) -> f.Figure:
    """The figure a key of the report belongs to, with its family."""
    return next(
        figure
        for block in f.BLOCKS
        for figure in block.figures
        if (key.startswith(f"{figure.key}.") if figure.each else key == figure.key)
    )


def known(key: str) -> bool:
    """Whether the report has such a key, whatever the codes of its lists are."""
    return any(
        key.startswith(f"{figure.key}.") if figure.each else key == figure.key
        for block in f.BLOCKS
        for figure in block.figures
    )


def holding(keys: Sequence[str], months: Sequence[str]) -> tuple[tuple[Sum, ...], tuple[AtMost, ...]]:
    """What holds between the cells of those months, 2026-04 and on, and of the years to their ends.

    `keys`: every key of the report. `months`: in their order from the first of the fiscal year, none left out.
    """
    columns = [column for month in months for column in (month, to(month))]
    sums = [each for column in columns for each in _equal(keys, column)]
    bounds = [each for column in columns for each in _never_more(keys, column)]
    for key in keys:
        counts = figure_of(key).counts
        if counts is f.STATE:
            sums += _standing(key, months)
        elif counts is f.EVENTS:
            sums += _events(key, months)
        else:
            bounds += _distinct(key, months)
    sums += [next_to(month, after) for month, after in pairwise(months)]
    return tuple(sums), tuple(bounds)


def next_to(month: str, after: str) -> Sum:
    """Between two months, the last of a fiscal year and the first of the next too: nothing else goes from year to
    year."""
    return Sum((cell("cases.open_end", month),), (cell("cases.open_start", after),))


def _named(names: Iterable[str], keys: Sequence[str], column: str) -> tuple[str, ...]:
    """The cells of some names, a family's name standing for its codes."""
    return tuple(
        cell(key, column)
        for name in names
        for key in keys
        if (key.startswith(name.removesuffix("*")) if name.endswith(".*") else key == name)
    )


def _equal(keys: Sequence[str], column: str) -> Iterator[Sum]:
    for plus, minus in EQUAL:
        yield Sum(_named(plus, keys, column), _named(minus, keys, column))


def _never_more(keys: Sequence[str], column: str) -> Iterator[AtMost]:
    for less, more in NEVER_MORE:
        first, *also = _named(less, keys, column)
        yield AtMost(first, _named(more, keys, column), tuple(also))
    for family, whole in EACH_NEVER_MORE:
        for each in _named((family,), keys, column):
            yield AtMost(each, (cell(whole, column),))


def _standing(key: str, months: Sequence[str]) -> Iterator[Sum]:
    """A state is asked of a day; the first day of the year is that of its first month."""
    for month in months:
        asked = months[0] if figure_of(key).at_start else month
        yield Sum((cell(key, to(month)),), (cell(key, asked),))


def _events(key: str, months: Sequence[str]) -> Iterator[Sum]:
    yield Sum((cell(key, to(months[0])),), (cell(key, months[0]),))
    for before, month in pairwise(months):
        yield Sum((cell(key, to(month)),), (cell(key, to(before)), cell(key, month)))


def _distinct(key: str, months: Sequence[str]) -> Iterator[AtMost]:
    first = months[0]
    yield AtMost(cell(key, to(first)), (cell(key, first),))
    yield AtMost(cell(key, first), (cell(key, to(first)),))
    for before, month in pairwise(months):
        year = cell(key, to(month))
        yield AtMost(year, (cell(key, to(before)), cell(key, month)))
        yield AtMost(cell(key, month), (year,))
        yield AtMost(cell(key, to(before)), (year,))
