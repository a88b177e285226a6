"""The journal: who did and who saw what, chained by SHA-256, on the raw connection of the act it records.

Ids and field names only: an entry never carries a name, a text or an address. Each hash covers the entry and the hash
before it, so a changed, missing or inserted entry shows. A tail cut off does not show in the chain alone: compare the
head that was printed or noted elsewhere.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

Subject = tuple[str, str]
"""(kind, reference): ("case", "2026-0001"), ("person", "12"), ("meeting", "M2026-0001")."""

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    recorded_at: str
    replayed: bool
    actor: str
    verb: str
    result: str
    rule: str | None
    on_date: str | None
    seq: int | None
    about: tuple[Subject, ...]
    fields: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`entries` checked; `head` the last hash; `bad` the first entry that does not fit, or None."""

    entries: int
    head: str
    bad: int | None


@lru_cache
def _queries() -> Any:
    import aiosql

    return aiosql.from_path(Path(__file__).parent / "queries" / "journal.sql", "sqlite3", mandatory_parameters=False)


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_FIELDS = attrgetter(*(field.name for field in fields(Entry)))


def _hash(before: str, number: int, entry: Entry) -> str:
    text = _JSON.encode((before, number, *_FIELDS(entry)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _about(subjects: Iterable[Subject]) -> str:
    return " ".join(f"{kind}:{ref}" for kind, ref in subjects)


def append(conn: sqlite3.Connection, entry: Entry) -> int:
    """Write one entry at the end of the chain, in the transaction already open. Returns its number."""
    q = _queries()
    last = q.last(conn)
    number, before = (int(last["entry"]) + 1, str(last["hash"])) if last else (1, GENESIS)
    q.append(
        conn,
        entry=number,
        recorded_at=entry.recorded_at,
        replayed=entry.replayed,
        actor=entry.actor,
        verb=entry.verb,
        result=entry.result,
        rule=entry.rule,
        on_date=entry.on_date,
        seq=entry.seq,
        about=_about(entry.about),
        fields=entry.fields,
        hash=_hash(before, number, entry),
    )
    q.append_subjects(conn, [{"kind": kind, "ref": ref, "entry": number} for kind, ref in entry.about])
    return number


def _stored(rows: Iterable[Any]) -> Iterator[tuple[int, Entry, str]]:
    for row in rows:
        about = tuple((pair.partition(":")[0], pair.partition(":")[2]) for pair in row["about"].split(" ") if pair)
        yield (
            int(row["entry"]),
            Entry(
                recorded_at=row["recorded_at"],
                replayed=bool(row["replayed"]),
                actor=row["actor"],
                verb=row["verb"],
                result=row["result"],
                rule=row["rule"],
                on_date=row["on_date"],
                seq=row["seq"],
                about=about,
                fields=row["fields"],
            ),
            row["hash"],
        )


def verify(conn: sqlite3.Connection) -> Verdict:
    """Walk the chain from the first entry; compare the subjects' index too. Reads every entry once."""
    q = _queries()
    before, count = GENESIS, 0
    index: dict[int, set[Subject]] = {}
    for row in q.all_subjects(conn):
        index.setdefault(int(row["entry"]), set()).add((row["kind"], row["ref"]))
    for number, entry, found in _stored(q.all(conn)):
        count += 1
        if number != count or found != _hash(before, number, entry) or index.pop(number, set()) != set(entry.about):
            return Verdict(count, before, number)
        before = found
    return Verdict(count, before, min(index) if index else None)
