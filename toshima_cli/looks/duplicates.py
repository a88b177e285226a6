"""Who may be the same person as somebody told of, before they are saved; and rule 11: who may be the same as somebody
of a restricted case is told to its holders, never to the typist."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from toshima_cli import facts
from toshima_cli.db import queries, viewer
from toshima_cli.domain.alike import Like, Likeness, alike, like_of
from toshima_cli.domain.initials import initials
from toshima_cli.domain.names import ADDRESS, address_key, phone_key, spelled
from toshima_cli.domain.terms import Stage
from toshima_cli.domain.verdict import Warned, say
from toshima_cli.journal import Subject

MOST = 5
Row = dict[str, Any]


class Resembling(list[Row]):
    """The rows, everyone on them, and how many more people there were."""

    subjects: tuple[Subject, ...] = ()
    more = 0


def resembling(conn: Any, like: Like, *, but: str | None = None, mask: bool) -> Resembling:
    """{case, label, name, kana, birth_date, stage, ended, reasons}: people on record who may be this one, as far as
    whoever reads may know of them. `reasons` is a tuple of sentences.

    The strongest reason first, then open cases, then the newest. Everybody once, under the first of their cases.
    `but`: the case being written in.
    """
    each: dict[int, tuple[Likeness, Row]] = {}
    for found, row in likenesses(conn, like, viewer(conn), mask=mask):
        known = each.get(row["person_id"])
        if row["number"] != but and (known is None or found.rank < known[0].rank):
            each[row["person_id"]] = (found, row)
    # the query gave open cases first, the newest first: a stable sort keeps that
    ordered = sorted(each.values(), key=lambda one: one[0].rank)
    told = Resembling(
        {
            "case": row["number"],
            "label": row["label"],
            "name": initials(row["name"], row["kana"]) if mask else row["name"],
            "kana": None if mask else row["kana"],
            "birth_date": date.fromisoformat(row["birth_date"]) if row["birth_date"] else None,
            "stage": Stage(row["stage"]),
            "ended": row["ended_on"] is not None,
            "reasons": found.reasons,
        }
        for found, row in ordered[:MOST]
    )
    told.more = len(ordered[MOST:])
    told.subjects = tuple(
        subject for _, row in ordered[:MOST] for subject in (("case", row["number"]), ("person", str(row["person_id"])))
    )
    return told


def likenesses(conn: Any, like: Like, who: str, *, mask: bool = False) -> Iterator[tuple[Likeness, Row]]:
    """Each membership that may be of the same person, with why: open cases first, the newest first. `who` reads."""
    name, kana = (said and not said.partial and said.whole for said in (spelled(like.name), spelled(like.kana)))
    address = address_key(like.address or "")
    rows = queries("books").same_person(
        conn,
        name_key=name or None,
        kana_key=kana or None,
        phone_key=phone_key(like.phone or "") or None,
        address_key=ADDRESS + address if address else None,
        born=like.birth_date.isoformat() if like.birth_date else None,
        viewer=who,
    )
    for row in rows:
        found = [alike(like, theirs, mask=mask) for theirs in _as_told(row)]
        best = min((one for one in found if one is not None), key=lambda one: one.rank, default=None)
        if best is not None:
            yield best, dict(row)


def _as_told(row: Row) -> Iterator[Like]:
    """What a record says of somebody: with their own telephone and address, and with their household's."""
    born = date.fromisoformat(row["birth_date"]) if row["birth_date"] else None
    for phone in {row["phone"] or row["household_phone"], row["household_phone"]}:
        for address in {row["address"] or row["household_address"], row["household_address"]}:
            yield Like(row["name"], row["kana"], born, phone, address)


def told_to_holders(conn: Any, viewer: str) -> list[Row]:
    """{case, label, other_case, other_label, reason, on}: records of other cases, entered or corrected since the case
    was restricted, that may be one of its open people. `on` is the day the other joined there."""
    q = queries("books")
    found = []
    for held in q.held_cases(conn, viewer=viewer):
        for person in facts.people(conn, held["id"]):
            if person.left_on is not None:
                continue
            for likeness, row in likenesses(conn, like_of(person), viewer):
                elsewhere = row["case_id"] not in (held["id"], held["from_id"])
                if not elsewhere or row["told_by"] <= held["since"]:
                    continue
                found.append(
                    {
                        "case": held["number"],
                        "label": person.label,
                        "other_case": row["number"],
                        "other_label": row["label"],
                        "reason": likeness.because,
                        "on": date.fromisoformat(row["on_date"]),
                    }
                )
    return found


def warned(found: list[Row]) -> tuple[Warned, ...]:
    """The same as warnings of the restricted case."""
    return tuple(
        Warned(
            "person.possible_duplicate",
            say("{label} may have been recorded as {other_label} of {other_case} on {on}: {reason}", **told),
        )
        for told in found
    )
