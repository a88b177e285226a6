"""Keeping an agenda: the items that are new get the next numbers, and keep them."""

import json
from datetime import date

from toshima_cli.db import Store, Work, queries
from toshima_cli.domain.calendar import is_closing_day as closing
from toshima_cli.domain.decide import PLAN_PURPOSES
from toshima_cli.domain.terms import ItemKind
from toshima_cli.flow.plan import propose
from toshima_cli.looks.agenda import Listed, compute
from toshima_cli.meeting_tables import MeetingItemRow
from toshima_cli.saying import to_json


def sync(store: Store, number: str) -> None:
    """Give numbers to the items that have none yet."""

    def do(w: Work) -> Listed:
        w.begin("agenda", w.today)
        return write(w, number)

    store.work("agenda", do)


def write(w: Work, number: str) -> Listed:
    """Store the new items of a sitting under the next numbers, and give the agenda as it then stands."""
    listed = compute(w.conn, number)
    last = queries("meetings").last_item(w.conn, meeting_id=listed.meeting_id)["item"] or 0
    new = [item for item in listed.items if item.item == 0]
    for n, item in enumerate(new, start=last + 1):
        w.add(
            MeetingItemRow(
                seq=w.seq,
                on_date=w.on,
                meeting_id=listed.meeting_id,
                item=n,
                case_id=listed.cases[item.case].id if item.case else None,
                kind=item.kind,
                purpose=item.purpose,
                part=item.part,
                reason=json.dumps(to_json(item.reason), ensure_ascii=False),
            )
        )
    for item in listed.items:
        waiting = item.outcome is None and item.purpose in PLAN_PURPOSES
        if item.case and waiting and item.kind is ItemKind.MULTILAYER_CONFERENCE:
            propose(w, listed.cases[item.case], listed.meeting_id, listed.held_on)
    listed = compute(w.conn, number)
    w.about(*listed.subjects())
    return listed


def without_secrecy(w: Work, number: str) -> tuple[str, ...]:
    """Those present without an acknowledgement of secrecy that covers the day, where people are discussed under it."""
    listed = compute(w.conn, number)
    if not any(item.kind is ItemKind.SUPPORT_CONFERENCE for item in listed.items):
        return ()
    rows = queries("meetings").without_secrecy(w.conn, meeting_id=listed.meeting_id, held_on=listed.held_on.isoformat())
    return tuple(row["name"] for row in rows)


def is_closing_day(w: Work, day: date) -> bool:
    found = queries("meetings").holiday(w.conn, day=day.isoformat())
    return closing(day, frozenset({day}) if found else frozenset())
