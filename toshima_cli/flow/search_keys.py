"""Keeping the keys people are found by: written with whatever is entered or corrected of who somebody is."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from toshima_cli.db import queries
from toshima_cli.domain.names import search_keys

EVERYBODY = (0, 2**62)


def of_person(conn: Any, person_id: int) -> None:
    """Write the keys of one person anew."""
    _write(conn, person_id, person_id)


def of_newcomers(conn: Any, first: int, last: int) -> None:
    """Write the keys of records just made, from one to another: nobody was found by anything yet."""
    q = queries("books")
    q.write_keys(conn, [key for _, keys in _keys(q.searchable(conn, first=first, last=last)) for key in keys])


def of_some(conn: Any, first: int, last: int) -> None:
    """Write the keys of the records from one to another anew."""
    _write(conn, first, last)


def of_everybody(conn: Any) -> None:
    """Write all keys anew (`db upgrade`)."""
    _write(conn, *EVERYBODY)


def _write(conn: Any, first: int, last: int) -> None:
    q = queries("books")
    found = list(q.searchable(conn, first=first, last=last))
    if not found and first == last:
        q.forget_keys(conn, person_id=first)
    for person_id, keys in _keys(found):
        q.forget_keys(conn, person_id=person_id)
        q.write_keys(conn, keys)


def _keys(found: Iterable[Any]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Of each of them the rows of their keys."""
    for person_id, rows in groupby(found, key=lambda row: int(row["id"])):
        each = list(rows)
        one = each[0]
        phones = {one["phone"], *(row["household_phone"] for row in each)}
        addresses = {one["address"], *(row["household_address"] for row in each)}
        born = date.fromisoformat(one["birth_date"]) if one["birth_date"] else None
        keys = sorted(search_keys(one["name"], one["kana"], phones, addresses, born))
        yield person_id, [{"key": key, "kind": kind, "person_id": person_id} for kind, key in keys]
