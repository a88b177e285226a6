"""From 2027-04-01 a support conference takes up what conferences of other laws have not examined enough."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.household import Life, day
from toshima_cli.domain.case import OtherConference
from toshima_cli.domain.other_law import unrecorded, ways
from toshima_cli.domain.terms import ItemKind, Outcome

FROM = date(2027, 4, 1)


def rules(life: Life, only: str | None = None) -> list[str]:
    return [warned.rule for warned in unrecorded(life.case, only=only)]


@pytest.mark.parametrize(
    ("held_on", "outcome", "kind", "warned"),
    [
        (FROM, Outcome.CONTINUE, ItemKind.SUPPORT_CONFERENCE, True),
        (date(2027, 3, 31), Outcome.CONTINUE, ItemKind.SUPPORT_CONFERENCE, False),
        (FROM, None, ItemKind.SUPPORT_CONFERENCE, False),
        (FROM, Outcome.CONTINUE, ItemKind.MULTILAYER_CONFERENCE, False),
    ],
)
def test_a_support_conference_dealt_with_from_that_day_on(
    held_on: date, outcome: Outcome | None, kind: ItemKind, warned: bool
) -> None:
    life = Life().sat(held_on, outcome, kind=kind)
    assert rules(life) == (["conference.other_law"] if warned else [])


def test_a_record_of_an_earlier_conference_is_enough_and_a_later_one_is_not() -> None:
    life = Life().sat(FROM)
    assert ways(life.case, only="M2026-0001")[0].command.startswith("toshima conference 2026-0042 --of ")
    assert rules(life, "M2026-0002") == []
    for held_on, enough in ((date(2027, 4, 2), False), (FROM, True), (day(9, 1), True)):
        record = OtherConference(date(2027, 5, 1), 9, "chiiki-care", held_on, "…")
        found = replace(life.case, other_conferences=(record,))
        assert (unrecorded(found) == ()) is enough
        assert (ways(found, only="M2026-0001") == ()) is enough
