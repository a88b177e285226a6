"""Finding people by what is known of them, by the folded keys that are kept for it (rule 21)."""

from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from toshima_cli.db import queries, viewer
from toshima_cli.domain.find import Sought, end, going_on
from toshima_cli.domain.initials import initials
from toshima_cli.domain.terms import Stage
from toshima_cli.journal import Subject

Row = dict[str, Any]
WORTH_COUNTING = 5_000
"""Of several words the rarest is read first; words with more keys than this are all alike."""


class Found(list[Row]):
    """The rows, everyone on them, and whether there were more."""

    subjects: tuple[Subject, ...] = ()
    more = False


def find(conn: Any, sought: Sought, most: int | None, *, mask: bool) -> Found:
    """{case, label, name, kana, birth_date, stage, matched}: open cases first, then what was said exactly (the newest
    record first) before what only begins with it (in the order of the names). Every word has to be one of the same
    person's. `matched`: name, kana, phone, address, birth_date or number.
    """
    with closing(_by_number(conn, sought) if sought.numbers else _by_words(conn, sought)) as rows:
        page = list(rows if most is None else islice(rows, most + 1))
    found = Found()
    found.more = most is not None and len(page) > most
    subjects: list[Subject] = []
    for row in page[:most]:
        subjects += [("case", row["number"]), ("person", str(row["person_id"]))]
        found.append(
            {
                "case": row["number"],
                "label": row["label"],
                "name": initials(row["name"], row["kana"]) if mask else row["name"],
                "kana": None if mask else row["kana"],
                "birth_date": date.fromisoformat(row["birth_date"]) if row["birth_date"] else None,
                "stage": Stage(row["stage"]),
                "matched": row["kind"].removesuffix("_part"),
            }
        )
    found.subjects = tuple(subjects)
    return found


def _by_words(conn: Any, sought: Sought) -> Generator[Row, None, None]:
    """One by one, so that of a common surname no more is read than a page: a member once, under the first key met, and
    a household that stands together in the order of its labels."""
    if not sought.keys:
        return
    q, me = queries("find"), viewer(conn)
    first, *more = _rarest_first(conn, sought.keys)
    second, third = (*more, None, None)[:2]
    others = {
        "second_low": second,
        "second_high": end(second) if second else None,
        "third_low": third,
        "third_high": end(third) if third else None,
    }
    met = set()
    for state in ("open", "ended"):
        for low, high in ((first, first), going_on(first)):
            with closing(q.of_word(conn, low=low, high=high, state=state, viewer=me, **others)) as rows:
                for _, household in groupby(rows, key=itemgetter("number")):
                    for row in sorted(household, key=lambda row: (len(row["label"]), row["label"])):
                        if row["member_id"] not in met:
                            met.add(row["member_id"])
                            yield dict(row)


def _rarest_first(conn: Any, keys: tuple[str, ...]) -> list[str]:
    """The word under which the fewest keys stand, then the longest: of 佐藤 and 文左衛門 the second is read, each of
    whom is asked for the first."""
    if len(keys) == 1:
        return list(keys)
    count = queries("find").how_many
    return sorted(keys, key=lambda key: count(conn, low=key, high=end(key), how_many=WORTH_COUNTING)["keys"])


def _by_number(conn: Any, sought: Sought) -> Generator[Row, None, None]:
    """The people of what a number names; of several numbers and words, those who fit all."""
    fitting = {row["member_id"] for row in _by_words(conn, sought)}
    each = [list(_numbered(conn, kind, number)) for kind, number in sought.numbers]
    others = [{row["member_id"] for row in rows} for rows in each]
    for row in each[0]:
        key = row["member_id"]
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
