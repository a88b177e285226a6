"""The minutes of a sitting: who was there, and for each item what was said, what was decided, who does what.

They are read under the rules of its papers (`looks/papers.py`): the office's own copy shows whom each item showed, the
copy for an attendee what that attendee may see.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli.db import LOCAL, queries
from toshima_cli.domain.case import Case
from toshima_cli.domain.grounds import Reader, excepts
from toshima_cli.domain.held import held
from toshima_cli.domain.paper import Check, Section, Text
from toshima_cli.domain.terms import Heading, Scope
from toshima_cli.looks.agenda import Item, Listed, compute
from toshima_cli.looks.copies import Copy, Papers, sum_of
from toshima_cli.looks.papers import Told, papers
from toshima_cli.looks.readers import readers_of


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    digest: str
    on: date


@dataclass(frozen=True, slots=True)
class Minutes:
    """`papers` holds one copy: the office's own, or an attendee's. `versions` that were written, the newest last."""

    papers: Papers
    versions: tuple[Version, ...]

    @property
    def copy(self) -> Copy:
        return self.papers.copies[0]

    @property
    def digest(self) -> str:
        """Of all the office's own copy says; the same words are the same version."""
        listed = self.papers.listed
        parties = sorted((str(p["name"]), bool(p["present"])) for p in listed.parties)
        outcomes = [(item.item, item.outcome) for item in listed.items]
        return sum_of(repr((self.papers.digest(self.copy), parties, outcomes)))

    @property
    def version(self) -> Version | None:
        """The version that says what the books say now, as far as whoever writes it may know."""
        digest = self.digest
        return next((version for version in reversed(self.versions) if version.digest == digest), None)

    def people(self, *, present: bool) -> Iterator[tuple[Any, ...]]:
        """(name, office) of those who were there, or of those expected who were not, each once."""
        listed = self.papers.listed
        came = {(p["staff_code"], p["name"]) for p in listed.parties if p["present"]}
        seen = set()
        for p in listed.parties:
            key = (p["staff_code"], p["name"])
            outside = self.copy.outsider and p["staff_code"] is None
            if key not in seen and (key in came) is present and not outside:
                seen.add(key)
                reader = Reader(p["name"], p["staff_code"], p["office"])
                yield (self.papers.name(reader, self.copy), *self.papers.where(reader)[:1])


def minutes(
    conn: Any,
    number: str,
    *,
    actor: str,
    reader: tuple[str, ...] = (),
    guest: tuple[tuple[str, str | None], ...] = (),
    today: date,
    mask: bool = False,
) -> Minutes:
    """As they stand now. Without a reader: the office's own copy. Raises NotFound (exit 4)."""
    own = Reader(name="", code=actor, secrecy=True)
    found = papers(
        conn,
        number,
        actor=actor,
        readers=reader,
        guests=guest,
        today=today,
        mask=mask,
        told_of=_Said,
        only=None if reader or guest else own,
    )
    rows = queries("papers").minutes(conn, meeting_id=found.listed.meeting_id)
    versions = tuple(Version(row["version"], row["digest"], date.fromisoformat(row["on_date"])) for row in rows)
    return Minutes(found, versions)


def keeps_them(conn: Any, number: str, actor: str) -> bool:
    """Whether somebody writes the minutes for the office: who called the sitting, a coordinator, the secretariat, or
    whoever works alone; who leads it or writes it down, once they acknowledged secrecy and where nobody excepted where
    they come from. Others read what an attendee may."""
    if actor == LOCAL:
        return True
    row = queries("papers").keeper(conn, number=number, staff=actor)
    if row is None or not row["by_post"]:
        return row is not None
    listed = compute(conn, number)
    reader = next((r for r in readers_of(conn, listed, listed.held_on) if r.code == actor), None)
    people = (p for item in listed.items if item.case for p in listed.cases[item.case].people)
    return (
        reader is not None
        and reader.secrecy
        and not any(excepts(held(p, Scope.SHARING, listed.held_on), reader) for p in people)
    )


class _Said(Told):
    """What was said and decided about each item, tied to those it showed."""

    def __init__(self, conn: Any, listed: Listed, actor: str, *, today: date) -> None:
        super().__init__(conn, listed, actor, today=today)
        q = queries("papers")
        self._texts = list(q.item_texts(conn, meeting_id=listed.meeting_id))
        self._actions = list(q.item_actions(conn, meeting_id=listed.meeting_id))

    def texts(self, item: Item, case: Case, shown: frozenset[str]) -> Iterable[Text]:
        ties = frozenset(item.sat[0] if item.sat else item.people)
        return self._of(item, ties, None)

    def of_gap(self, item: Item) -> tuple[Text, ...]:
        """Tied to nobody: somebody looks at it first, since a gap goes before the council, which meets nobody."""
        return tuple(self._of(item, frozenset(), Check.TIED_TO_NOBODY))

    def _of(self, item: Item, ties: frozenset[str], check: Check | None) -> Iterator[Text]:
        where = f"{self.listed.meeting}/{item.item}"
        for row in self._texts:
            if row["item"] == item.item:
                heading = Heading(row["heading"])
                yield Text(f"{where}/{heading.value}", Section.SAID, ties, row["text"], lead=(heading,), check=check)
        if item.outcome is not None:
            yield Text(
                where, Section.DECISION, ties, item.note, lead=(item.outcome,), check=check if item.note else None
            )
        for row in self._actions:
            if row["item"] == item.item:
                due = date.fromisoformat(row["due_on"]) if row["due_on"] else None
                lead = (row["number"], due)
                yield Text(row["number"], Section.AGREED, ties, row["what"], lead=lead, who=row["who"], check=check)
