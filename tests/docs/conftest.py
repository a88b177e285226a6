"""The documents speak both languages in one process; whoever is tested after them finds Japanese again."""

from collections.abc import Iterator

import pytest

from toshima_cli import i18n


@pytest.fixture(autouse=True)
def japanese_afterwards() -> Iterator[None]:
    yield
    i18n.set_language("ja")
