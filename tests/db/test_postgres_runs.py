"""The other database is really there: a PostgreSQL with the collation the queries count on."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests.postgres import running_postgres, why_not


def test_it_answers(postgres: str) -> None:
    with psycopg.connect(postgres) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("fixture", ["postgres", "postgres_database"])
def test_text_is_utf8_and_sorts_by_code_point(postgres: str, fixture: str, request: pytest.FixtureRequest) -> None:
    with psycopg.connect(request.getfixturevalue(fixture)) as connection:
        assert connection.execute(
            "SELECT datcollate, datctype, pg_encoding_to_char(encoding) FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone() == ("C", "C", "UTF8")
        rows = connection.execute("SELECT w FROM (VALUES ('髙'), ('あ'), ('b'), ('B'), ('高')) AS t (w) ORDER BY w")
        assert [row[0] for row in rows] == sorted(["髙", "あ", "b", "B", "高"])


def test_a_database_of_ones_own_is_empty_and_keeps_what_is_committed(postgres: str, postgres_database: str) -> None:
    assert postgres_database != postgres
    with psycopg.connect(postgres_database) as connection:
        connection.execute("CREATE TABLE t (v text)")
        connection.execute("INSERT INTO t VALUES ('世帯A')")
    with psycopg.connect(postgres_database) as connection:
        assert connection.execute("SELECT v FROM t").fetchall() == [("世帯A",)]
    with psycopg.connect(postgres) as connection:
        assert connection.execute("SELECT to_regclass('t')").fetchone() == (None,)


def test_nothing_of_it_is_left_when_the_block_ends(postgres: str) -> None:
    with running_postgres() as url, psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_setting('data_directory')").fetchone()
        assert row is not None
        cluster = Path(row[0])
        pid = int((cluster / "postmaster.pid").read_text().splitlines()[0])
        assert cluster.is_dir()
    assert not cluster.parent.exists()
    if os.name == "posix":
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
        assert parse_qs(urlsplit(url).query)["host"] == [str(cluster.parent)]


def test_only_a_platform_without_a_wheel_is_a_reason_to_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Windows")
    monkeypatch.setattr("platform.machine", lambda: "ARM64")
    assert "Windows ARM64" in (why_not() or "")
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert why_not() is None
