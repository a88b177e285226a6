"""Books in memory for the tests of the report: `h` for one history written by hand, `books` for many random ones, each
taken back."""

from collections.abc import Iterator

import pytest

from tests.history import History, empty


@pytest.fixture
def h() -> Iterator[History]:
    conn = empty()
    yield History(conn)
    conn.close()


@pytest.fixture(scope="module")
def books() -> Iterator[History]:
    conn = empty()
    yield History(conn)
    conn.close()
