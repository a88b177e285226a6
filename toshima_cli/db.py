"""The two doors to the books: `look()` reads about people and journals the look, `work()` writes and journals the act.

Both are one transaction begun with BEGIN IMMEDIATE: a deferred BEGIN that reads and then writes fails "locked" when
several desks work at once, whatever the timeout. Reads run the `.sql` files of `queries/` on a plain sqlite3
connection; SQLAlchemy is imported by a `Work` only when it adds its first row.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from toshima_cli import journal
from toshima_cli.domain.calendar import fiscal_year
from toshima_cli.domain.seen import Reference, Seen
from toshima_cli.domain.shown import answer
from toshima_cli.domain.verdict import Refusal
from toshima_cli.journal import Subject
from toshima_cli.sqlite_errors import trouble
from toshima_cli.sqlite_file import PATIENCE, connect

if TYPE_CHECKING:
    from sqlmodel import Session

    from toshima_cli.series import Series

T = TypeVar("T")
P = ParamSpec("P")
Row = Mapping[str, Any]

REVISION = "0006"
"""The newest migration; a test compares it with `migrations/versions`."""

LOCAL = "local"
"""The staff code of whoever sits at this desk, until `staff add` names people."""

TELLS_OF_A_REPORT = "report_kind"
"""A column that is filled for reports by law only: its name alone would tell who is reported about (rule 7)."""

AT_HAND = 65_536
"""KiB of the books that many acts keep in memory: with SQLite's own two thousand, pages are read again and again."""

QUERIES = Path(__file__).parent / "queries"


@lru_cache
def queries(name: str) -> Any:
    """The functions of `queries/<name>.sql`, one for each named query."""
    import aiosql

    return aiosql.from_path(QUERIES / f"{name}.sql", "sqlite3", mandatory_parameters=False)


class Held(sqlite3.Connection):
    """A connection whose transaction belongs to the doors: SQLAlchemy, which shares it, may neither end nor undo it.

    (Its first connect and its pool roll back what they find; that would be our BEGIN IMMEDIATE.) `viewer` is who reads.
    """

    viewer = ""

    def commit(self) -> None:
        pass

    def rollback(self) -> None:
        pass


def viewer(conn: Any) -> str:
    """Who reads through this connection, for what is shown to its own people only (rule 11); "" is nobody's own."""
    return getattr(conn, "viewer", "")


@dataclass
class Work:
    """One transaction: facts are read on `conn`, rows added through `session`. `cases`: what answers speak of."""

    conn: Held
    store: "Store"
    subjects: set[Subject]
    fields: set[str]
    begun: tuple[int, date] | None = None
    cases: list[Any] = field(default_factory=list)
    series: "Series | None" = None

    @property
    def seq(self) -> int:
        """The act the rows belong to."""
        return self._begun[0]

    @property
    def on(self) -> date:
        """Its business date."""
        return self._begun[1]

    @property
    def _begun(self) -> tuple[int, date]:
        assert self.begun is not None, "begin() comes first"
        return self.begun

    @property
    def today(self) -> date:
        return self.store.today

    @property
    def actor(self) -> str:
        return self.store.actor

    @cached_property
    def session(self) -> "Session":
        return self.series.session if self.series else session_on(self.conn)

    def begin(self, name: str, on: date, case_id: int | None = None) -> int:
        """Write the act that the following rows belong to. Returns its sequence number."""
        from toshima_cli.tables import ActRow

        seq = self.write(
            ActRow,
            on_date=on,
            recorded_at=self.store.now(),
            actor=self.actor,
            name=name,
            case_id=case_id,
            replayed=self.store.replayed,
        )
        self.begun = seq, on
        return seq

    def add(self, *rows: Any) -> None:
        """Write rows now, so that ids are known and later `.sql` in the same transaction sees them."""
        if self.series:
            for row in rows:
                self.fields.update(self.series.inserts(self.conn, row))
            return
        self.session.add_all(rows)
        self.session.flush()
        for row in rows:
            self.fields.update(
                f"{row.__tablename__}.{name}"
                for name, value in row.__dict__.items()
                if name[0] != "_" and value is not None and name != TELLS_OF_A_REPORT
            )

    def put(self, row: Any) -> int:
        """Write one row and give its id."""
        self.add(row)
        return int(row.id)

    def write(self, kind: Callable[P, Any], *nothing: P.args, **values: P.kwargs) -> int:
        """Write one row of a table with an id (of acts, their number) and give that. In a series no object is made of
        the row: making it costs more than writing it."""
        if self.series:
            key, told = self.series.inserts.write(self.conn, kind, values)
            self.fields.update(told)
            return key
        row = kind(*nothing, **values)
        self.add(row)
        return int(row.__mapper__.primary_key_from_instance(row)[0])

    def about(self, *subjects: Subject) -> None:
        self.subjects.update(subjects)

    def note(self, verb: str, about: Iterable[Subject]) -> None:
        """Tell the journal of a part of what is being done: who is in it is more than one entry holds."""
        journal.append(self.conn, self.store.entry(verb, "done", about, seq=self.seq, on=self.on))

    def next_number(self, kind: str, scope: str) -> int:
        """The next number of a kind within a scope (a fiscal year, a case): gapless, whoever else is writing."""
        return int(queries("books").next_number(self.conn, kind=kind, scope=scope)["value"])

    def number_of_year(self, kind: str, on: date, prefix: str = "") -> tuple[str, int, int]:
        """A number in the fiscal year of the business date: ("M2026-0001", 2026, 1)."""
        year = fiscal_year(on)
        ordinal = self.next_number(kind, str(year))
        return f"{prefix}{year}-{ordinal:04d}", year, ordinal


class Store:
    """Open books. `look()` and `work()` are the only ways in; `reference()` reads what is about no person."""

    def __init__(self, path: Path, conn: Held, actor: str, today: date, replayed: bool, now: Callable[[], str]) -> None:
        self.path, self._conn, self.mask = path, conn, False
        self.actor, self.today, self.replayed, self.now = actor, today, replayed, now

    def close(self) -> None:
        self._conn.close()

    @contextmanager
    def _transaction(self) -> Iterator[Held]:
        conn = self._conn
        try:
            conn.execute("BEGIN IMMEDIATE")
            try:
                yield conn
                conn.execute("COMMIT")
            except BaseException:
                if conn.in_transaction:
                    conn.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise trouble(self.path, error) from error

    @contextmanager
    def in_a_hurry(self) -> Iterator[None]:
        """Books that are busy are waited for no longer than somebody who types would: StoreTrouble after a moment."""
        self._conn.execute("PRAGMA busy_timeout=300")
        try:
            yield
        finally:
            self._conn.execute(f"PRAGMA busy_timeout={PATIENCE}")

    def reference(self, read: Callable[[sqlite3.Connection], T]) -> Reference[T]:
        """Read windows, programmes, codes, settings: nothing about a person, so nothing is journaled."""
        try:
            return Reference(read(self._conn))
        except sqlite3.Error as error:
            raise trouble(self.path, error) from error

    def mark(self, kind: str, scope: str, value: int) -> None:
        """Note how far something about nobody has come (`counter`)."""
        with self._transaction() as conn:
            queries("books").mark(conn, kind=kind, scope=scope, value=value)

    def look(
        self,
        verb: str,
        read: Callable[[sqlite3.Connection], T],
        about: Callable[[T], Iterable[Subject]],
        *,
        on: date | None = None,
    ) -> Seen[T]:
        """Read about people: the query, its journal entry with everyone it showed, and COMMIT; then it may be shown."""
        with self._transaction() as conn:
            value = read(conn)
            entry = journal.append(conn, self.entry(verb, "seen", about(value), on=on))
        return Seen(value, entry)

    @contextmanager
    def long_look(
        self, verb: str, about: Callable[[sqlite3.Connection], Iterable[Iterable[Subject]]]
    ) -> Iterator[Seen[sqlite3.Connection]]:
        """Read for long (an export): everybody it shows is journaled first, an entry for each of the lists `about`
        gives; then the books are read as they stood in that moment, while other desks go on writing."""
        reader = connect(self.path, factory=Held)
        assert isinstance(reader, Held)
        reader.viewer, entry = self._conn.viewer, 0
        try:
            with self._transaction() as conn:
                reader.execute("BEGIN")  # what it reads first, inside our transaction, is what it goes on reading
                for subjects in about(reader):
                    entry = journal.append(conn, self.entry(verb, "seen", subjects))
            yield Seen(reader, entry)
        except sqlite3.Error as error:
            raise trouble(self.path, error) from error
        finally:
            reader.close()

    def figures(self, verb: str, read: Callable[[sqlite3.Connection], T]) -> Seen[T]:
        """Count for long what shows nobody: journaled first, read as the books stood then, while others go on."""
        with self.long_look(verb, lambda conn: [()]) as seen:
            return Seen(read(seen.value), seen.entry)

    def work(self, verb: str, do: Callable[[Work], "T | Refusal"]) -> "T | Refusal":
        """Run one act: facts, rule, write, journal, COMMIT. A Refusal takes back what was written and is journaled."""
        with self._transaction() as conn:
            work = Work(conn, self, set(), set())
            conn.execute("SAVEPOINT act")
            try:
                value = answer(do(work), work.cases, mask=self.mask)
            except Exception as error:
                raise _plain(error) from error
            if isinstance(value, Refusal):
                conn.execute("ROLLBACK TO act")
                on = work.begun[1] if work.begun else None
                entry = self.entry(verb, "refused", work.subjects, rule=value.rule, on=on)
            else:
                entry = self.entry(verb, "done", work.subjects, seq=work.seq, on=work.on, fields=sorted(work.fields))
            conn.execute("RELEASE act")
            journal.append(conn, entry)
        return value

    def works(self, verb: str, do: "Callable[[Series], T | Refusal]", *, keep: bool = True) -> "T | Refusal":
        """Run many acts as one: all of them are kept, each with its entry, or none. After a Refusal, and where `keep`
        is False (a trial), one entry says who was looked at."""
        from toshima_cli.series import Series

        self._conn.execute(f"PRAGMA cache_size=-{AT_HAND}")
        with self._transaction() as conn:
            series = Series(conn, self, verb)
            conn.execute("SAVEPOINT acts")
            try:
                value = do(series)
            except Exception as error:
                raise _plain(error) from error
            refused = value if isinstance(value, Refusal) else None
            if refused or not keep:
                conn.execute("ROLLBACK TO acts")
            conn.execute("RELEASE acts")
            if refused or not keep:
                result, rule = ("refused", refused.rule) if refused else ("seen", None)
                journal.append(conn, self.entry(verb, result, series.about, rule=rule))
        return value

    def entry(
        self,
        verb: str,
        result: str,
        about: Iterable[Subject],
        *,
        rule: str | None = None,
        on: date | None = None,
        seq: int | None = None,
        fields: Iterable[str] = (),
    ) -> journal.Entry:
        return journal.Entry(
            recorded_at=self.now(),
            replayed=self.replayed,
            actor=self.actor,
            verb=verb,
            result=result,
            rule=rule,
            on_date=on.isoformat() if on else None,
            seq=seq,
            about=tuple(sorted(set(about))),
            fields=" ".join(fields),
        )

    def exists(self, kind: str, number: str) -> bool:
        """Whether a case, meeting, referral or member of staff of that number is in the books."""
        return getattr(queries("books"), f"{kind}_exists")(self._conn, number=number, viewer=self.actor) is not None

    def has(self, what: str, **keys: str | int) -> bool:
        """Whether there is such a member of a case, or item of a sitting."""
        return getattr(queries("books"), f"{what}_of")(self._conn, viewer=self.actor, **keys) is not None

    def codes(self, *, english: bool = False) -> dict[str, dict[str, str]]:
        """Every list of slugs with its names: `codes()["channel"]["self"]`. Windows, programmes and colleagues have
        one name in both languages."""
        found: dict[str, dict[str, str]] = {}
        for row in queries("names").names(self._conn):
            found.setdefault(row["list"], {})[row["code"]] = row["name_en" if english else "name"]
        return found


def session_on(conn: Held) -> "Session":
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool
    from sqlmodel import Session

    engine = create_engine("sqlite://", creator=lambda: conn, poolclass=StaticPool, hide_parameters=True)
    return Session(engine, autoflush=False)


def _plain(error: Exception) -> Exception:
    """SQLAlchemy wraps sqlite3's errors and would print the row; give the inner one on."""
    inner = getattr(error, "orig", None)
    return inner if isinstance(inner, sqlite3.Error) else error
