"""Keeping the keys people are found by: written with every name and telephone that is entered or corrected."""

from itertools import groupby
from typing import Any

from toshima_cli.db import queries
from toshima_cli.domain.names import search_keys

EVERYBODY = (0, 2**62)


def of_person(conn: Any, person_id: int) -> None:
    """Write the keys of one person anew."""
    _write(conn, person_id, person_id)


def of_everybody(conn: Any) -> None:
    """Write all keys anew (`db upgrade`)."""
    _write(conn, *EVERYBODY)


def _write(conn: Any, first: int, last: int) -> None:
    q = queries("books")
    found = list(q.searchable(conn, first=first, last=last))
    if not found and first == last:
        q.forget_keys(conn, person_id=first)
    for person_id, rows in groupby(found, key=lambda row: int(row["id"])):
        each = list(rows)
        phones = {each[0]["phone"], *(row["household_phone"] for row in each)}
        q.forget_keys(conn, person_id=person_id)
        for kind, key in sorted(search_keys(each[0]["name"], each[0]["kana"], phones)):
            q.write_key(conn, key=key, kind=kind, person_id=person_id)
