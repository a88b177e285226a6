"""What other cases know of the people of a case: who told of them, whom they live with, what they said there since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from toshima_cli import facts
from toshima_cli.db import queries, viewer
from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.names import fold
from toshima_cli.domain.paper import Names


def reached(conn: Any, case_id: int, merged: Iterable[str] = ()) -> list[int]:
    """The case, and every other its people stand or stood in, by their ids; `merged`: numbers found to be this case."""
    ids = [case_id]
    for other in merged:
        row = queries("books").case_exists(conn, number=other, viewer=viewer(conn))
        ids += [row["id"]] if row else []
    for at in ids:  # grows
        ids += sorted({row["case_id"] for row in queries("facts").elsewhere(conn, case_id=at)} - set(ids))
    return ids


def told_by(conn: Any, ids: Iterable[int], members: Iterable[Person] = ()) -> tuple[tuple[str | None, str | None], ...]:
    """(name, relation) of those who told of these cases, but for who is a member of the household."""
    own = {person.name for person in members if person.name}
    rows = [row for at in ids for row in queries("facts").reporters(conn, case_id=at)]
    return tuple((row["name"], row["relation"]) for row in rows if row["name"] not in own)


def as_said(tellers: Iterable[tuple[str | None, str | None]]) -> Names:
    """What a text may not say of those who told: the name, and the surname alone."""
    return tuple(pair for name, _ in tellers if name for pair in ((name, None), (None, name.split()[0])))


def names_in(conn: Any, case_id: int) -> Names:
    """Everybody of a case, those withheld too, by every name and reading they bear or bore."""
    q = queries("facts")
    rows = [*q.people(conn, case_id=case_id, viewer=viewer(conn)), *q.other_names(conn, case_id=case_id)]
    return tuple(dict.fromkeys((row["name"], row["kana"]) for row in rows if row["name"] or row["kana"]))


@dataclass(frozen=True, slots=True)
class Beside:
    """Everybody of the other households of a case's people: `known` to whoever looks, and `withheld` from them, so that
    a text that says these is held back and nobody is asked about it (rule 11)."""

    known: Names = ()
    withheld: Names = ()

    def seen_by_both(self, other: "Beside") -> "Beside":
        """As whoever hands something out and whoever reads it may know together."""
        withheld = tuple(dict.fromkeys((*self.withheld, *other.withheld)))
        return Beside(tuple(names for names in self.known if names not in withheld), withheld)


def beside(conn: Any, case: Case, ids: Iterable[int]) -> Beside:
    """Who is of these other cases and not of this one."""
    own = {fold(name) for p in case.people for name, _ in ((p.name, p.kana), *p.other_names) if name}
    known, withheld = dict[tuple[str | None, str | None], None](), dict[tuple[str | None, str | None], None]()
    q = queries("facts")
    for at in ids:
        holders = {row["staff_code"] for row in queries("books").holders(conn, case_id=at)}
        others_own = bool(holders) and viewer(conn) not in holders
        rows = list(q.people(conn, case_id=at, viewer=viewer(conn)))
        hidden = {row["id"] for row in rows if others_own or row["withheld"]}
        borne = [(row["id"], row["name"], row["kana"]) for row in rows]
        borne += [(row["member_id"], row["name"], row["kana"]) for row in q.other_names(conn, case_id=at)]
        for member, name, kana in borne:
            if (name or kana) and fold(name or "") not in own:
                (withheld if member in hidden else known)[name, kana] = None
    return Beside(tuple(known), tuple(withheld)).seen_by_both(Beside())


def also_as(conn: Any, case: Case, ids: Iterable[int]) -> dict[str, tuple[Person, ...]]:
    """Label → the same human being as a member of these other cases, with what they decided there."""
    q = queries("facts")
    ways: dict[int, set[tuple[int, int]]] = {}
    for at in (case.id, *ids):
        for row in q.elsewhere(conn, case_id=at):
            ways.setdefault(row["member_id"], set()).add((row["other_id"], row["case_id"]))
    found = {}
    for person in case.people:
        members = [(person.id, case.id)]
        for member, _ in members:  # grows
            members += sorted(ways.get(member, set()) - set(members))
        others = (p for member, at in members[1:] for p in facts.people(conn, at) if p.id == member)
        found[person.label] = tuple(others)
    return found
