"""Who may see a case under restriction (rule 11)."""

from collections.abc import Iterable

from toshima_cli.change_tables import HolderRow
from toshima_cli.db import Work, queries


def of(w: Work, case_id: int) -> tuple[str, ...]:
    return tuple(row["staff_code"] for row in queries("books").holders(w.conn, case_id=case_id))


def add(w: Work, case_id: int, staff: Iterable[str]) -> tuple[str, ...]:
    """Let these see it too, each once. Returns those who could not before."""
    known = of(w, case_id)
    new = tuple(code for code in dict.fromkeys(staff) if code not in known)
    w.add(*(HolderRow(seq=w.seq, on_date=w.on, case_id=case_id, staff_code=code) for code in new))
    return new


def pass_on(w: Work, case_id: int, giver: str, taker: str) -> None:
    """`taker` sees it from now on, `giver` no longer."""
    held = giver in of(w, case_id)
    add(w, case_id, (taker,))
    if held:
        w.add(HolderRow(seq=w.seq, on_date=w.on, case_id=case_id, staff_code=giver, holds=False))
