"""Who reads the papers of a sitting, and the copies they were handed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import places
from toshima_cli.db import queries, viewer
from toshima_cli.domain.grounds import Reader
from toshima_cli.looks.agenda import Listed, of_others


@dataclass(frozen=True, slots=True)
class Out:
    """A copy as it was handed out. `shows`: labels by item."""

    id: int
    number: int
    reader: Reader
    handed_on: date
    held_on: date
    digest: str
    returned_on: date | None
    shows: Mapping[int, frozenset[str]]


def readers_of(conn: Any, listed: Listed, today: date) -> list[Reader]:
    """Everybody expected or present, each once, with where they come from and whether they acknowledged secrecy."""
    q = queries("meetings")
    known = places.recipients(conn)
    signed = [
        row
        for row in q.acknowledged(conn, day=min(today, listed.held_on).isoformat())
        if row["until"] >= listed.held_on.isoformat()
    ]
    found: dict[tuple[str | None, str | None, str | None], Reader] = {}
    for party in listed.parties:
        code, office = party["staff_code"], party["office"]
        place = known.get(party["window_code"])
        codes = place.codes if place else frozenset()
        if code is None and office:
            codes = places.recipient(conn, f"{places.OUTSIDE}{office}").codes
        elif place is None and office:
            codes = places.called(known, office)
        secrecy = any(
            row["staff_code"] == code
            if code
            else row["staff_code"] is None and row["guest_name"] == party["name"] and row["office"] == office
            for row in signed
        )
        reader = Reader(
            name=party["name"],
            code=code,
            office=office,
            post=None if code else party["post"],
            windows=codes,
            secrecy=secrecy,
            meeting=listed.meeting,
        )
        found.setdefault(reader.key, reader)
    return list(found.values())


def out_of(conn: Any, listed: Listed, readers: Iterable[Reader]) -> tuple[Out, ...]:
    q = queries("papers")
    shows: dict[int, dict[int, set[str]]] = {}
    for row in q.paper_items(conn, meeting_id=listed.meeting_id, viewer=viewer(conn)):
        shows.setdefault(row["paper_id"], {}).setdefault(row["item"], set())
    for row in q.paper_members(conn, meeting_id=listed.meeting_id, viewer=viewer(conn)):
        shows[row["paper_id"]][row["item"]].add(row["label"])
    hidden = bool(of_others(conn, listed.meeting_id))
    found = []
    for row in q.papers(conn, meeting_id=listed.meeting_id):
        reader = Reader(row["name"], row["staff_code"], row["office"], row["post"], meeting=listed.meeting)
        known = next((r for r in readers if r.key == reader.key), None)
        if row["id"] not in shows or (known is None and hidden):
            continue  # it shows nothing this viewer may know of, or went to somebody they may not (rule 11)
        found.append(
            Out(
                id=row["id"],
                number=row["copy_number"],
                reader=known or reader,
                handed_on=date.fromisoformat(row["on_date"]),
                held_on=date.fromisoformat(row["held_on"]),
                digest=row["digest"],
                returned_on=date.fromisoformat(row["returned_on"]) if row["returned_on"] else None,
                shows={item: frozenset(labels) for item, labels in shows.get(row["id"], {}).items()},
            )
        )
    return tuple(found)
