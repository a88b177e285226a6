"""The words of minutes: every heading has its own, in both languages."""

from collections.abc import Iterator

import pytest

from toshima_cli import i18n
from toshima_cli.domain.decide import headings
from toshima_cli.domain.terms import Heading, ItemKind
from toshima_cli.i18n import render
from toshima_cli.ui.minutes import HEADINGS
from toshima_cli.ui.papers import ROOMS


@pytest.fixture(autouse=True, params=["ja", "en"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("ja")


def test_every_heading_has_its_words(lang: str) -> None:
    assert list(HEADINGS) == list(Heading)
    said = [render(one) for one in HEADINGS.values()]
    assert len(set(said)) == len(said)
    assert all(one.isascii() is (lang == "en") for one in said)


def test_what_is_written_in_by_hand_is_what_the_minutes_ask_for() -> None:
    """The three headings of a support conference (rule 13) stand on its papers as room to write in."""
    of_its_own = set(headings(ItemKind.SUPPORT_CONFERENCE)) - set(headings(ItemKind.MULTILAYER_CONFERENCE))
    assert list(ROOMS) == [HEADINGS[heading] for heading in Heading if heading in of_its_own]
