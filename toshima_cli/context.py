"""What a command stands on. The clock, the environment and isatty are read here and nowhere else."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from toshima_cli.domain.verdict import Done, Refusal, Say, Warned, say
from toshima_cli.exits import BadInput, Fault, granted
from toshima_cli.i18n import language
from toshima_cli.settings import Settings, Terminal

if TYPE_CHECKING:
    from toshima_cli.db import Store
    from toshima_cli.desk import Desk
    from toshima_cli.params import Param
    from toshima_cli.ui.ask import Ask
    from toshima_cli.ui.out import Out
    from toshima_cli.ui.page import Page

WITHOUT_BOOKS = ("init", "demo", "db.upgrade", "completion")
"""Commands that open or make books in a way of their own, or have nothing to do with any."""

READING = (
    "outreach.list",
    "minutes",
    "status",
    "caseload",
    "show",
    "map",
    "find",
    "gate",
    "report.monthly",
    "report.annual",
    "report.form",
    "resource.list",
    "gap.list",
    "staff.list",
    "export.case",
    "export.office",
    "export.windows",
    "journal",
    "windows",
    "programmes",
    "bodies",
    "completion",
)
"""Commands whose answers are recorded nowhere: what was typed to them is worth no draft."""

JAPAN = timezone(timedelta(hours=9))
"""Fixed: Japan has had no summer time since 1951, and time zone data is not everywhere."""


def environment() -> Mapping[str, str]:
    return os.environ


def terminal() -> Terminal:
    """What the streams are attached to; `COLUMNS` wins, then the terminal's own width, then 80."""
    env = os.environ
    columns = env.get("COLUMNS", "")
    wide = int(columns) if columns.isascii() and columns.isdigit() and 0 < int(columns) < 10_000 else 0
    stdin, stdout, stderr = (bool(stream) and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    if not wide and stdout:
        try:
            wide = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):
            wide = 80
    return Terminal(
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        columns=wide or 80,
        colour=not env.get("NO_COLOR") and env.get("TERM") != "dumb",
        ci=env.get("CI", "").lower() not in ("", "0", "false"),
    )


def utf8(*streams: TextIO | None) -> None:
    """Redirected streams speak UTF-8 on every platform (a Windows redirect is cp932); no character stops the output."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if stream is None or reconfigure is None:
            continue
        if stream is sys.stdin:
            if not stream.isatty():
                reconfigure(encoding="utf-8", errors="surrogateescape")
        elif stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


@contextmanager
def desk(day: str, **variables: str) -> Iterator[None]:
    """Let it be that day for what is run inside, with these variables (`demo`); all are as they were afterwards."""
    given = {"TOSHIMA_TODAY": day, **variables}
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def now() -> str:
    """The real moment, UTC, microseconds, `2026-11-24T01:02:03.000004Z`: what rows keep as recorded_at."""
    return f"{datetime.now(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def business_date(env: Mapping[str, str]) -> tuple[date, bool]:
    """Japan's date, or TOSHIMA_TODAY and True (training, replay, tests). Raises BadInput."""
    text = env.get("TOSHIMA_TODAY", "")
    if not text:
        return datetime.now(JAPAN).date(), False
    try:
        return datetime.strptime(text, "%Y-%m-%d").date(), True
    except ValueError:
        fault = Fault("TOSHIMA_TODAY", say("Give a date such as 2026-11-24."))
        raise BadInput([fault]) from None


def database(settings: Settings) -> str:
    """Path or URL of the books: `--db`, otherwise `toshima.db` in the platform's folder for user data."""
    if settings.db:
        return settings.db
    import platformdirs

    return str(platformdirs.user_data_path("toshima", appauthor=False) / "toshima.db")


def has_database(settings: Settings) -> bool:
    url = database(settings)
    return url.startswith(("postgresql:", "postgres:")) or Path(url).is_file()


def log_folder() -> Path:
    import platformdirs

    return platformdirs.user_log_path("toshima", appauthor=False)


def desk_file() -> Path:
    """The desk's own file, beside the books it keeps drafts for: in the platform's folder for user data."""
    import platformdirs

    return platformdirs.user_data_path("toshima", appauthor=False) / "desk.db"


def editor() -> str:
    """The command a long text is written with: `VISUAL`, `EDITOR`, otherwise what the platform has."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")


@dataclass
class Ctx:
    """`ctx.obj` of every command. `line`: the words typed, `params`: what the command takes."""

    settings: Settings
    today: date
    replayed: bool
    out: "Out"
    ask: "Ask"
    line: Sequence[str] = ()
    params: "tuple[Param, ...]" = ()
    made: str = ""
    """The number the act made or touched, once it is done."""
    ran_out: "dict[str, tuple[Warned, ...]]" = field(default_factory=dict)
    """What a consent that ran out did by itself when the books were opened, by case; said once, with the answer."""

    @property
    def mask(self) -> bool:
        return self.settings.mask

    @property
    def database(self) -> str:
        return database(self.settings)

    def now(self) -> str:
        return now()

    @cached_property
    def store(self) -> "Store":
        """The books, opened on first use; the first opening of a day has consents that ran out act. Raises StoreTrouble
        (5)."""
        from toshima_cli.daily import sweep
        from toshima_cli.opening import open_store

        store = open_store(
            self.database, actor=self.settings.staff, today=self.today, replayed=self.replayed, now=self.now
        )
        store.mask = self.mask
        self.ran_out.update(sweep(store, self.today))
        return store

    @cached_property
    def desk(self) -> "Desk":
        """What is typed and not in the books yet, for these books and this staff code. Of the address of the books only
        its sum is kept."""
        from hashlib import sha256
        from uuid import uuid4

        from toshima_cli.desk import Desk

        url = self.database
        books = url if url.startswith(("postgresql:", "postgres:")) else str(Path(url).absolute())
        key = sha256(books.encode("utf-8", "surrogateescape")).hexdigest()
        return Desk(desk_file(), key, self.settings.staff, now, uuid4().hex)

    def kept(self) -> "list[dict[str, Any]]":
        """What was typed here and is not in the books yet, the newest first (`Draft.heard`); nothing where the desk's
        file cannot be read."""
        from toshima_cli.desk import Unusable

        try:
            return [draft.heard() for draft in self.desk.drafts()]
        except Unusable:
            return []
        finally:
            self.desk.close()

    @property
    def needs_books(self) -> bool:
        """Whether the command works on books that are there."""
        return self.out.command not in WITHOUT_BOOKS

    @property
    def records(self) -> bool:
        """Whether what is asked for is to be recorded."""
        return self.out.command not in READING

    def open_books(self) -> None:
        """Open them now. Raises StoreTrouble (5)."""
        _ = self.store

    def words(self) -> dict[str, dict[str, str]]:
        """The names of every list that is data, in the language of the screen."""
        return self.store.codes(english=language() == "en")

    def close(self) -> None:
        """Let go of the books, if they were opened: the last desk to leave folds the write-ahead log into the file."""
        if "store" in self.__dict__:
            self.store.close()

    def finish(self, answer: Done | Refusal, screen: "Callable[[Done, Page], None] | None" = None) -> None:
        """Say what an act did; a Refusal is raised as `Refused` (3)."""
        done = granted(answer)
        draw = (lambda page: screen(done, page)) if screen else None
        self.made = done.number
        warnings = (*self.ran_out.pop(str(done.data.get("case")), ()), *done.warnings)
        self.out.done(done.sentence, done.number, done.data, hints=done.next, warnings=warnings, screen=draw)

    def announce(self) -> None:
        """Say what ran out in other cases than the one the command was about."""
        for warnings in self.ran_out.values():
            self.out.warn(*warnings)

    def demo_terminal(self) -> Terminal:
        """As a person sees it, whether or not one is there; nobody is asked anything."""
        return replace(self.out.terminal, stdin=False, stdout=True, colour=self.out.terminal.stdout)

    def asks(self, name: str) -> Say:
        """What an option or argument asks for: its help."""
        found = next((param.help for param in self.params if name in param.names), "")
        return Say(found)
