"""Windows, programmes and settings of the reference data, as the rules ask for them. No person is in here."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from toshima_cli.db import LOCAL, queries
from toshima_cli.domain.case import Case
from toshima_cli.domain.deciders import Decider, Deciders
from toshima_cli.domain.names import fold
from toshima_cli.domain.office import FIXED
from toshima_cli.domain.referral import Recipient, Sender
from toshima_cli.domain.route import Known, RoutingRow
from toshima_cli.domain.terms import ActionKind, DecidedBy, Field, Operation, ToKind

OUTSIDE = "outside:"

SHORTEST = 3
"""So many characters have to agree before a name outside is taken for a known place."""


def recipients(conn: Any) -> dict[str, Recipient]:
    """Every window, programme and resource by its code. One place may stand under several codes (`csw`, `p-csw`,
    `o-csw`; or one name in one department): an exception made for one of them holds for all."""
    q = queries("places")
    lists = ((ToKind.WINDOW, q.windows), (ToKind.PROGRAMME, q.programmes), (ToKind.RESOURCE, q.resources))
    rows = [(kind, row) for kind, read in lists for row in read(conn)]
    found = {
        row["code"]: Recipient(
            kind=kind,
            code=row["code"],
            name=row["name"],
            department=row["department"],
            operation=Operation(row["operation"]) if row["operation"] else None,
            also=frozenset(
                other["code"]
                for _, other in rows
                if other["code"] != row["code"]
                and (
                    _slug(other["code"]) == _slug(row["code"])
                    or (other["department"] == row["department"] and _place(other["name"]) == _place(row["name"]))
                )
            ),
        )
        for kind, row in rows
    }
    return {code: _under_its_own_name(place, found) for code, place in found.items()}


def _under_its_own_name(place: Recipient, known: Mapping[str, Recipient]) -> Recipient:
    """A resource entered under the name of a window or programme is that place too, as a name outside would be; so is
    one that belongs to such a place, or to the department that runs it."""
    if place.kind is not ToKind.RESOURCE:
        return place
    named = {
        code
        for code, other in known.items()
        if other.kind is not ToKind.RESOURCE
        and (_called(other, place.name) or _called(other, _place(place.name)) or _owned(other, place.department))
    }
    return replace(place, also=place.also | named | {other for code in named for other in known[code].also})


def _slug(code: str) -> str:
    """The code without the p-, c-, o- of programmes."""
    return code[2:] if code[1:2] == "-" else code


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Names of places are compared each with each other: every one of them is folded once."""
    return fold(text)


@lru_cache(maxsize=4096)
def _place(name: str) -> str:
    """The name without what the chapter adds in brackets, folded."""
    return _folded(normalize("NFKC", name).partition("(")[0])


def _called(place: Recipient, name: str) -> bool:
    """Whether a name outside means this place: its code, its name or a part of it, the department that runs it."""
    said = _folded(name)
    known = [_folded(place.code or ""), _place(place.name), _folded(place.name), _folded(place.department or "")]
    within = [part for part in known if len(part) >= SHORTEST and (part in said or said in part)]
    return bool(said) and (said in known or (len(said) >= SHORTEST and bool(within)))


def _owned(place: Recipient, owner: str | None) -> bool:
    """Whether the owner of a resource is this place, or a department that runs it."""
    departments = map(_folded, (place.department or "").split("、"))
    return bool(_folded(owner or "")) and _folded(owner or "") in (
        *departments,
        _place(place.name),
        _folded(place.name),
    )


def recipient(conn: Any, text: str) -> Recipient:
    """Who `--to` means: the code of a window, programme or resource (a known one), or `outside:NAME`.

    A name outside that sounds like a known place counts under its codes too: rather one refusal too many than an
    exception passed by a spelling.
    """
    known = recipients(conn)
    if not text.startswith(OUTSIDE):
        return known[text]
    name = text.removeprefix(OUTSIDE)
    same = {code for code, place in known.items() if _called(place, name) or _called(place, _place(name))}
    also = frozenset(same | {other for code in same for other in known[code].also})
    return Recipient(kind=ToKind.OUTSIDE, code=None, name=name, also=also)


def called(known: Mapping[str, Recipient], office: str) -> frozenset[str]:
    """The codes of the places an office of our own is called by: its name, not the department that runs several."""
    named = {code for code, place in known.items() if fold(office) in (_place(place.name), fold(place.name), code)}
    return frozenset(named | {other for code in named for other in known[code].also})


def action_kinds(conn: Any) -> dict[str, ActionKind]:
    """What an action is where nothing else was said, by who does it: a programme's own kind; help of the community by
    a resource; a window's business by a window."""
    q = queries("places")
    return {
        **{row["code"]: ActionKind.COMMUNITY for row in q.resources(conn)},
        **{row["code"]: ActionKind.WINDOW for row in q.windows(conn)},
        **{row["code"]: ActionKind(row["kind"]) for row in q.programmes(conn)},
    }


def sender(conn: Any, actor: str, case: Case) -> Sender:
    """Who passes on: the window of the one who types; without one, their office, which is the ward's own where it bears
    the name of a department; for `local`, who has neither, the window that received the case."""
    q = queries("places")
    row = q.staff_window(conn, staff=actor)
    if row is None and actor != LOCAL:
        office = q.staff_office(conn, staff=actor)["office"]
        departments = {place.department for place in recipients(conn).values()}
        return Sender(None, office, Operation.DIRECT if office in departments else None)
    row = row or q.window(conn, code=case.window)
    return Sender(row["code"], row["department"], Operation(row["operation"])) if row else Sender(case.window)


def settings(conn: Any) -> Mapping[str, str]:
    """The office's own figures (days, ages): those of `data/settings.csv`, and what it has set since."""
    shipped = {row["key"]: row["value"] for row in queries("places").settings(conn)}
    changed = {row["key"]: row["value"] for row in queries("places").setting_changes(conn)}
    found = shipped | {
        key: shipped.get(key) if value is None else value for key, value in changed.items() if key not in FIXED
    }
    return {key: value for key, value in found.items() if value is not None}


def agenda_days(conn: Any) -> dict[str, int]:
    """After how many days a case without a sitting, and a referral without an answer, come back to an agenda."""
    found = settings(conn)
    return {
        "progress_days": int(found["progress_interval_days"]),
        "unanswered_days": int(found["unanswered_days"]),
    }


def deciders(conn: Any) -> Deciders:
    """Who may decide for whom, by age: `data/deciders.csv` and the setting `consent_self_from_age`."""
    return Deciders(
        rows=tuple(
            Decider(r["from_age"], r["to_age"], DecidedBy(r["decided_by"]), bool(r["child_view_required"]))
            for r in queries("places").deciders(conn)
        ),
        self_from_age=int(settings(conn)["consent_self_from_age"]),
    )


def routing(conn: Any) -> Known:
    """The routing table with what its hints need: the windows, and the field of each concern."""
    q = queries("places")
    return Known(
        rows=tuple(
            RoutingRow(r["concern"], r["window"], r["min_age"], r["max_age"], r["note"]) for r in q.routing(conn)
        ),
        windows={r["code"]: r["name"] for r in q.windows(conn)},
        fields={r["code"]: Field(r["field"]) for r in q.concern_fields(conn)},
    )
