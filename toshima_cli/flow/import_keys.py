"""What the records of an export are called, and the rows they became among the lines before."""

from typing import Any

from toshima_cli.db import Work, queries
from toshima_cli.domain.verdict import say
from toshima_cli.flow.import_checks import Lost, Wrong


class Keys:
    """`whole`: of an office, into new books; else every key is of the file itself, which says nothing of what is in the
    books already. `base`: the act before the file's first; `waiting`: by type, the key and row of what the next record
    comes with; `given`: numbers of the file that were given here before; `strangers`: codes nobody works under here."""

    def __init__(self, w: Work, *, whole: bool) -> None:
        self.w, self.base = w, w.seq
        self.waiting: dict[str, tuple[str, int]] = {}
        self.given: dict[str, None] = {}
        self.strangers: dict[str, None] = {}
        self._whole, self._own = whole, set[str]()

    def new(self, key: str, ordinal: int, counted: tuple[str, str] | None = None) -> None:
        """A number of the file, `counted` by kind and fiscal year (a gap is by its row). One that was given here before
        stands for something else, whether or not there is anything to see of it: Lost."""
        if not self._whole and key not in self._own:
            last = self._last(counted)
            if last is not None and ordinal <= (last["value"] or 0):
                self.given[key] = None
                raise Lost
            self._own.add(key)

    def _last(self, counted: tuple[str, str] | None) -> Any:
        if counted is None:
            return queries("moving").last_gap(self.w.conn)
        return queries("books").marked(self.w.conn, kind=counted[0], scope=counted[1])

    def colleague(self, where: str, code: str) -> Any:
        """The code of somebody of the staff; who is not known is named once (Wrong, then Lost)."""
        found = self.row("staff", code)
        if found is None and code in self.strangers:
            raise Lost
        if found is None:
            self.strangers[code] = None
            raise Wrong(where, say("There is no member of staff {code}.", code=code))
        return found

    def of_file(self, target: str, key: str) -> Any:
        """The row of a record of the file; None where there is none before this line."""
        ours = self._whole or key.partition("/")[0] in self._own or self.waiting.get(target, ("",))[0] == key
        return self.row(target, key) if ours else None

    def row(self, target: str, key: str) -> Any:
        """The row of a record of this key, whosever it is."""
        q, conn = queries("moving"), self.w.conn
        if self.waiting.get(target, ("", 0))[0] == key:
            return self.waiting[target][1]
        head, _, tail = key.rpartition("/")
        match target:
            case "staff":
                found = queries("books").staff_any(conn, number=key)
                return found and found["code"]
            case "case_file" | "household":
                found = q.case_id(conn, number=key)
                return found and found["id" if target == "case_file" else "household_id"]
            case "member" | "person":
                label, mark, act = tail.partition("~")
                freed = f"{label}~{self.base + int(act)}" if mark else label
                found = q.member_id(conn, number=head, label=freed)
                return found and found["id" if target == "member" else "person_id"]
            case "concern":
                found = q.concern_id(conn, number=head, place=int(tail[1:]) - 1)
            case "merge":
                found = self._merge(head, int(tail[1:]) - 1)
            case "meeting_item" | "paper":
                ask = q.item_id if target == "meeting_item" else q.paper_id
                found = ask(conn, number=head, item=int(tail))
            case "gap":
                found = q.gap_id(conn, gap_id=int(key[1:]))
            case "plan" | "action":
                found = getattr(queries("books"), f"{target}_id")(conn, number=key)
            case _:
                found = getattr(q, f"{target}_id")(conn, number=key)
        return found and found["id"]

    def _merge(self, head: str, place: int) -> Any:
        q, conn = queries("moving"), self.w.conn
        if "/" not in head:
            return q.case_merge_id(conn, number=head, place=place)
        person = self.row("person", head)
        return person and q.person_merge_id(conn, person_id=person, place=place)
