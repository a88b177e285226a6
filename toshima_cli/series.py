"""Many acts in one transaction, for what is handed in by the hundred: `Store.works` opens it, and keeps it or not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from toshima_cli import journal
from toshima_cli.db import Store, Work, session_on
from toshima_cli.inserts import Inserts
from toshima_cli.journal import Subject

if TYPE_CHECKING:
    from sqlmodel import Session

T = TypeVar("T")


@dataclass
class Series:
    """Acts that are kept together or not at all, each with an entry of its own in the journal. `about` is who was
    looked at on the way: what the journal tells of acts that were not kept."""

    conn: Any
    store: Store
    verb: str
    about: set[Subject] = field(default_factory=set)
    inserts: Inserts = field(default_factory=Inserts)

    @cached_property
    def session(self) -> "Session":
        return session_on(self.conn)

    def act(self, do: Callable[[Work], T]) -> T:
        """Run one act, and append its entry."""
        work = Work(self.conn, self.store, set(), set(), series=self)
        value = do(work)
        if "session" in work.__dict__:
            self.session.flush()
            self.session.expunge_all()  # or it would keep every row that ever was
        fields = sorted(work.fields)
        entry = self.store.entry(self.verb, "done", work.subjects, seq=work.seq, on=work.on, fields=fields)
        journal.append(self.conn, entry)
        return value
