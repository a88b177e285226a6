"""What repeats the records, written anew for the cases that came in: the last numbers given, what people are found by,
what lists say of a case, and the journal's word of everybody in it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from toshima_cli import places
from toshima_cli.db import Work, queries
from toshima_cli.domain import moved
from toshima_cli.domain.alike import Like
from toshima_cli.domain.case import Case
from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.flow import search_keys
from toshima_cli.flow.alike import same
from toshima_cli.flow.done import project, vanish

AT_ONCE = 2000
"""So many people are written into the search at a time."""

NAMED = 200
"""So many consents with a fault are named."""

Told = Callable[[Say], None]


class Anew:
    """Made before the records come in. `verb`: what the journal calls it. Afterwards: `cases`, so many; `people`, the
    records of everybody in them; as far as whoever takes them in may see it, `seen`, the first case, and `alike`,
    {case, label, reason} of records of other cases that may be the same people."""

    def __init__(self, w: Work, verb: str, told: Told) -> None:
        self.w, self.cases, self.people = w, 0, set[int]()
        self.seen: str | None = None
        self.alike = list[dict[str, Any]]()
        self._verb, self._told = verb, told
        self._case = int(queries("moving").last_case(w.conn)["id"] or 0)
        self._person = self._newest()

    def write(self, last: Mapping[tuple[str, str], int]) -> None:
        """`last`: the last number of each kind in a fiscal year, of undone acts too: none is given twice. Raises
        BadInput (2) for consents these books would never have recorded."""
        for (kind, scope), value in last.items():
            queries("books").mark(self.w.conn, kind=kind, scope=scope, value=value)
        newest = self._newest()
        for first in range(self._person + 1, newest + 1, AT_ONCE):
            until = min(first + AT_ONCE - 1, newest)
            search_keys.of_some(self.w.conn, first, until)
            self._told(say("{count} of {all} people can be found …", count=until, all=newest))
        self._every_case()

    def _newest(self) -> int:
        return int(queries("moving").last_person(self.w.conn)["id"] or 0)

    def _every_case(self) -> None:
        w, faults, deciders = self.w, list[tuple[str, Say]](), places.deciders(self.w.conn)
        try:
            for row in self._each():
                w.conn.viewer = row["holder"] or w.actor
                self._numbers_in(row)
                if row["standing"]:
                    case = project(w, row["number"])
                    faults += moved.unfit(case, deciders)
                    w.cases.clear()
                    w.session.expunge_all()
                    members = [p.person_id for p in case.people]
                    if row["holder"] in (None, w.actor):
                        self.seen = self.seen or case.number
                        self._may_be_here(case)
                else:
                    vanish(w, row["id"])
                    members = [m["person_id"] for m in queries("moving").records_of(w.conn, case_id=row["id"])]
                w.note(self._verb, [("case", row["number"]), *(("person", str(key)) for key in members)])
                self.people.update(members)
                self.cases += 1
                if self.cases % 500 == 0:
                    self._told(say("{count} cases are written anew …", count=self.cases))
        finally:
            w.conn.viewer = w.actor
        if faults:
            raise BadInput([Fault(where, message) for where, message in faults[:NAMED]])

    def _may_be_here(self, case: Case) -> None:
        for p in case.people if self._case else ():
            like = Like(p.name, p.kana, p.birth_date, p.phone or case.phone, p.address or case.address)
            found = same(self.w, like, but=p.person_id) if not p.withheld else ()
            self.alike += (one for one in found if self._was_here(one["case"]))

    def _was_here(self, number: str) -> bool:
        return int(queries("moving").case_id(self.w.conn, number=number)["id"]) <= self._case

    def _each(self) -> Iterator[Mapping[str, Any]]:
        at = self._case
        while (row := next(iter(queries("moving").cases_from(self.w.conn, case_id=at)), None)) is not None:
            yield row
            at = row["id"]

    def _numbers_in(self, case: Mapping[str, Any]) -> None:
        for kind in ("action", "note", "consent"):
            row = getattr(queries("moving"), f"last_{kind}")(self.w.conn, case_id=case["id"])
            if row is not None:
                ordinal = int(row["number"].rpartition("/")[2][1:])
                queries("books").mark(self.w.conn, kind=kind, scope=case["number"], value=ordinal)
