"""Windows, programmes and settings of the reference data, as the rules ask for them. No person is in here."""

from collections.abc import Mapping
from typing import Any

from toshima_cli.db import queries
from toshima_cli.domain.case import Case
from toshima_cli.domain.deciders import Decider, Deciders
from toshima_cli.domain.names import fold
from toshima_cli.domain.referral import Recipient, Sender
from toshima_cli.domain.route import Known, RoutingRow
from toshima_cli.domain.terms import DecidedBy, Field, Operation, ToKind

OUTSIDE = "outside:"


def recipients(conn: Any) -> dict[str, Recipient]:
    """Every window and programme by its code. Those of one name and department are one place under several codes, so
    that an exception made for one of them holds for all."""
    q = queries("places")
    rows = [(ToKind.WINDOW, row) for row in q.windows(conn)] + [(ToKind.PROGRAMME, row) for row in q.programmes(conn)]
    places: dict[tuple[str, str], set[str]] = {}
    for _, row in rows:
        places.setdefault((_place(row["name"]), row["department"]), set()).add(row["code"])
    return {
        row["code"]: Recipient(
            kind=kind,
            code=row["code"],
            name=row["name"],
            department=row["department"],
            operation=Operation(row["operation"]) if row["operation"] else None,
            also=frozenset(places[_place(row["name"]), row["department"]] - {row["code"]}),
        )
        for kind, row in rows
    }


def _place(name: str) -> str:
    """The name without what the chapter adds in brackets, folded."""
    return fold(name.partition("（")[0])


def recipient(conn: Any, text: str) -> Recipient:
    """Who `--to` means: the code of a window or programme (a known one), or `outside:NAME`.

    A name outside that is also a window's or programme's counts under their codes: no exception is passed by that way.
    """
    known = recipients(conn)
    if not text.startswith(OUTSIDE):
        return known[text]
    name = text.removeprefix(OUTSIDE)
    same = frozenset(code for code, place in known.items() if _place(place.name) == _place(name) or code == name)
    return Recipient(kind=ToKind.OUTSIDE, code=None, name=name, also=same)


def sender(conn: Any, actor: str, case: Case) -> Sender:
    """Who passes on: the window of the one who types, otherwise the window that received the case."""
    q = queries("places")
    row = q.staff_window(conn, staff=actor) or q.window(conn, code=case.window)
    return Sender(row["code"], row["department"], Operation(row["operation"])) if row else Sender(case.window)


def settings(conn: Any) -> Mapping[str, str]:
    """The office's own figures (days, ages): `data/settings.csv`."""
    return {row["key"]: row["value"] for row in queries("places").settings(conn)}


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
