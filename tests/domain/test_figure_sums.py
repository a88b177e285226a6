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


def sums() -> tuple[Sum, ...]:
    return s.holding(KEYS, MONTHS)[0]


def bounds() -> tuple[AtMost, ...]:
    return s.holding(KEYS, MONTHS)[1]


def read(left: tuple[str, ...], sign: str, right: tuple[str, ...]) -> str:
    """Of one column without it: `a + b = c`; of several with it."""
    columns = {cell.partition("|")[2] for cell in (*left, *right)}
    sides = [
        " + ".join(cell.partition("|")[0] if len(columns) == 1 else cell for cell in side) for side in (left, right)
    ]
    return f" {sign} ".join(sides)


def said(column: str | None, key: str = "") -> set[str]:
    """What is said between the cells of one column; or of several columns, of that key."""
    found = [("=", each.plus, each.minus) for each in sums()]
    found += [("<=", (bound.less, *bound.also), bound.more) for bound in bounds()]
    return {
        read(left, sign, right)
        for sign, left, right in found
        if (columns := {cell.partition("|")[2] for cell in (*left, *right)})
        if (columns == {column} if column else len(columns) > 1 and left[0].startswith(f"{key}|"))
    }


def test_every_cell_hangs_together_with_another() -> None:
    said = {cell for each in sums() for cell in (*each.plus, *each.minus)}
    said |= {cell for bound in bounds() for cell in (bound.less, *bound.also, *bound.more)}
    assert said == {s.cell(key, column) for key in KEYS for month in MONTHS for column in (month, s.to(month))}


def test_every_name_is_one_of_the_report() -> None:
    rows = [*s.EQUAL, *s.NEVER_MORE, *(((family,), (whole,)) for family, whole in s.EACH_NEVER_MORE)]
    families = {f"{figure.key}.*" for block in f.BLOCKS for figure in block.figures if figure.each}
    assert {name for less, more in rows for name in (*less, *more)} <= families | set(KEYS)


WITHIN = """
cases.open_start + cases.opened + cases.reopened = cases.ended + cases.open_end
consultations.new = consultations.with_consent + consultations.without_consent
consultations.new = consultations.by_channel.one + consultations.by_channel.two
consultations.new = consultations.by_window.one + consultations.by_window.two
contacts.total = contacts.by_method.one + contacts.by_method.two
cases.ended = ends.concluded + ends.interrupted
ends.concluded = ends.by_reason.one + ends.by_reason.two
complex.open + engaging.cases + watching.open <= cases.open_end
engaging.over_90_days <= engaging.cases
plans.active <= cases.open_end
plans.review_overdue <= plans.active
support_conference.cases <= support_conference.items
support_conference.sittings <= support_conference.items
support_conference.sittings <= stakeholder.sittings + subcommittee.sittings + council.sittings
multilayer_conference.cases <= multilayer_conference.items
multilayer_conference.sittings <= multilayer_conference.items
multilayer_conference.sittings <= stakeholder.sittings + subcommittee.sittings + council.sittings
transitions.to_multilayer <= multilayer_conference.cases
outreach.contacts <= contacts.total
emergencies <= referrals.sent
consultations.by_field.one <= consultations.new
consultations.by_field.two <= consultations.new
"""
"""A line left out here and there would be noticed by nobody but a reader who adds up what is published."""


@pytest.mark.parametrize("column", ["2026-04", "2026-06", "to 2026-04", "to 2026-06"])
def test_within_a_column(column: str) -> None:
    assert said(column) == set(WITHIN.strip().splitlines())


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        (
            "cases.opened",  # an event
            """
            cases.opened|to 2026-04 = cases.opened|2026-04
            cases.opened|to 2026-05 = cases.opened|to 2026-04 + cases.opened|2026-05
            cases.opened|to 2026-06 = cases.opened|to 2026-05 + cases.opened|2026-06
            """,
        ),
        (
            "cases.open_start",  # the state of the year's first day
            """
            cases.open_start|to 2026-04 = cases.open_start|2026-04
            cases.open_start|to 2026-05 = cases.open_start|2026-04
            cases.open_start|to 2026-06 = cases.open_start|2026-04
            """,
        ),
        (
            "cases.open_end",  # of the last day, at which the next month begins
            """
            cases.open_end|to 2026-04 = cases.open_end|2026-04
            cases.open_end|to 2026-05 = cases.open_end|2026-05
            cases.open_end|to 2026-06 = cases.open_end|2026-06
            cases.open_end|2026-04 = cases.open_start|2026-05
            cases.open_end|2026-05 = cases.open_start|2026-06
            """,
        ),
        (
            "community.people",  # counted once in the year
            """
            community.people|to 2026-04 <= community.people|2026-04
            community.people|2026-04 <= community.people|to 2026-04
            community.people|to 2026-05 <= community.people|to 2026-04 + community.people|2026-05
            community.people|2026-05 <= community.people|to 2026-05
            community.people|to 2026-04 <= community.people|to 2026-05
            community.people|to 2026-06 <= community.people|to 2026-05 + community.people|2026-06
            community.people|2026-06 <= community.people|to 2026-06
            community.people|to 2026-05 <= community.people|to 2026-06
            """,
        ),
    ],
)
def test_from_month_to_month(key: str, lines: str) -> None:
    assert said(None, key) == {line.strip() for line in lines.strip().splitlines()}


def test_a_key_of_a_family_is_its_figures() -> None:
    assert s.figure_of("consultations.by_window.csw").key == "consultations.by_window"
    assert s.figure_of("cases.opened").key == "cases.opened"


def test_a_year_begins_with_what_the_last_one_left() -> None:
    assert s.next_to("2027-03", "2027-04") == Sum(("cases.open_end|2027-03",), ("cases.open_start|2027-04",))
