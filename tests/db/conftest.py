"""Books in memory for the tests of the report: one history each, written by hand."""

from collections.abc import Iterator

import pytest

from tests.history import History, empty


@pytest.fixture
def h() -> Iterator[History]:
    conn = empty()
    yield History(conn)
    conn.close()
