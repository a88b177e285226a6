"""Bringing books of an earlier version to this one: wholly, or the file stays as it was."""

from collections.abc import Callable
from datetime import date

from toshima_cli import books, reference
from toshima_cli.db import REVISION, Work
from toshima_cli.domain.verdict import Done, Next, Refusal, say
from toshima_cli.exits import StoreTrouble
from toshima_cli.flow import search_keys
from toshima_cli.opening import open_store, revision
from toshima_cli.sqlite_file import there


def upgrade(url: str, *, actor: str, today: date, replayed: bool, now: Callable[[], str]) -> Done:
    """Run the missing revisions, add what the lists lack, and write the keys people are found by.

    Raises StoreTrouble (exit 5): missing, not ours, damaged, or made by a newer version.
    """
    path = there(url)
    found = revision(path)
    if found < REVISION:
        books.bring(path)

    def do(w: Work) -> Done | Refusal:
        w.begin("db upgrade", w.today)
        added = reference.complete(w.session)
        search_keys.of_everybody(w.conn)
        return Done(
            sentence=say("{path} is at revision {to} already.", path=str(path), to=REVISION)
            if found == REVISION
            else say("{path} was brought from revision {found} to {to}.", path=str(path), found=found, to=REVISION),
            number=str(path),
            data={"database": str(path), "from": found, "to": REVISION, "added": added},
            next=(Next("status", say("See today's board."), "toshima status"),),
        )

    store = open_store(str(path), actor=actor, today=today, replayed=replayed, now=now)
    try:
        done = store.work("db upgrade", do)
    finally:
        store.close()
    if isinstance(done, Refusal):
        raise StoreTrouble(done.message)
    return done
