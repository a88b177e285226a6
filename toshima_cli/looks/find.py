"""Finding people by name, reading, telephone or number, by the folded keys that are kept for it (rule 21)."""

from collections.abc import Iterator
from typing import Any

from toshima_cli import facts
from toshima_cli.db import queries, viewer
from toshima_cli.domain.find import LAST, Sought
from toshima_cli.domain.initials import initials
from toshima_cli.domain.terms import Stage
from toshima_cli.journal import Subject
from toshima_cli.looks.caseload import EVERY

Row = dict[str, Any]


class Found(list[Row]):
    """The rows, everyone on them, and whether there were more."""

    subjects: tuple[Subject, ...] = ()
    more = False


def find(conn: Any, sought: Sought, most: int | None, *, mask: bool) -> Found:
    """{case, label, name, kana, birth_date, stage, matched}: open cases first, then what was said exactly, then the
    newest. Every word has to be one of the same person's. `matched`: name, kana, phone or number.
    """
    rows = list(_by_number(conn, sought)) if sought.numbers else list(_by_words(conn, sought, most))
    found = Found()
    found.more = most is not None and len(rows) > most
    people: dict[int, dict[str, Any]] = {}
    subjects: list[Subject] = []
    for row in rows[:most]:
        known = people.setdefault(row["case_id"], {})
        if not known:
            known.update({person.label: person for person in facts.people(conn, row["case_id"])})
        person = known[row["label"]]
        subjects += [("case", row["number"]), ("person", str(person.person_id))]
        found.append(
            {
                "case": row["number"],
                "label": row["label"],
                "name": initials(person.name, person.kana) if mask else person.name,
                "kana": None if mask else person.kana,
                "birth_date": person.birth_date,
                "stage": Stage(row["stage"]),
                "matched": row["kind"],
            }
        )
    found.subjects = tuple(subjects)
    return found


def _by_words(conn: Any, sought: Sought, most: int | None) -> Iterator[Row]:
    first, second, third = (*sought.keys, None, None, None)[:3]
    if first is None:
        return
    yield from map(
        dict,
        queries("find").of_words(
            conn,
            low=first,
            high=first + LAST,
            second_low=second,
            second_high=second + LAST if second else None,
            third_low=third,
            third_high=third + LAST if third else None,
            viewer=viewer(conn),
            how_many=EVERY if most is None else most + 1,
        ),
    )


def _by_number(conn: Any, sought: Sought) -> Iterator[Row]:
    """The people of what a number names; of several numbers and words, those who fit all."""
    fitting = {(row["number"], row["label"]) for row in _by_words(conn, sought, None)}
    each = [list(_numbered(conn, kind, number)) for kind, number in sought.numbers]
    others = [{(row["number"], row["label"]) for row in rows} for rows in each]
    for row in each[0]:
        key = (row["number"], row["label"])
        if (not sought.keys or key in fitting) and all(key in other for other in others):
            yield row


def _numbered(conn: Any, kind: str, number: str) -> Iterator[Row]:
    q, me = queries("find"), viewer(conn)
    cases: list[tuple[str, str | None]] = [(number, None)]
    if kind == "referral":
        there = queries("books").referral_exists(conn, number=number, viewer=me)
        found = q.of_referral(conn, number=number, viewer=me) if there else ()
        cases = [(row["number"], row["label"]) for row in found]
    elif kind == "meeting":
        cases = [(row["number"], None) for row in q.of_meeting(conn, number=number, viewer=me)]
    for case, label in cases:
        for row in q.of_case(conn, number=case, viewer=me):
            if label in (None, row["label"]):
                yield {**row, "kind": "number"}
