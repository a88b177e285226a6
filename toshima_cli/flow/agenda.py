"""Keeping an agenda: the items that are new get the next numbers, and keep them."""

import json
from collections.abc import Iterator
from datetime import date

from toshima_cli.db import Store, Work, queries
from toshima_cli.domain.calendar import is_closing_day as closing
from toshima_cli.domain.decide import PLAN_PURPOSES
from toshima_cli.domain.held import held
from toshima_cli.domain.initials import HELD_BACK
from toshima_cli.domain.terms import ItemKind, Scope
from toshima_cli.domain.verdict import Warned, say
from toshima_cli.flow import holders
from toshima_cli.flow.plan import propose
from toshima_cli.looks.agenda import Listed, compute, of_others
from toshima_cli.meeting_tables import ItemMemberRow, MeetingItemRow
from toshima_cli.places import OUTSIDE, called, recipient, recipients
from toshima_cli.saying import to_json


def sync(store: Store, number: str) -> None:
    """Give numbers to the items that have none yet."""

    def do(w: Work) -> Listed:
        w.begin("agenda", w.today)
        return write(w, number)

    store.work("agenda", do)


def write(w: Work, number: str) -> Listed:
    """Store the new items of a sitting under the next numbers, and give the agenda as it then stands."""
    listed = _numbered(w, number)
    w.about(*listed.subjects())
    w.cases.extend(listed.cases.values())
    return listed


def hold(w: Work, number: str) -> Listed:
    """The sitting is held: whom its items show is kept. Those of a restricted case the typist is not of are kept
    through the eyes of somebody of it, and told to nobody (rule 11)."""
    listed = keep(w, write(w, number))
    for case_id in of_others(w.conn, listed.meeting_id):
        try:
            w.conn.viewer = holders.of(w, case_id)[0]
            keep(w, _numbered(w, number))
        finally:
            w.conn.viewer = w.actor
    return listed


def _numbered(w: Work, number: str) -> Listed:
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
                gap_id=int(item.gap.removeprefix("G")) if item.gap else None,
                kind=item.kind,
                purpose=item.purpose,
                part=item.part,
                reason=json.dumps(to_json(item.reason), ensure_ascii=False),
            )
        )
    for item in listed.items:
        # a version drafted once the sitting was held was not before it
        waiting = item.outcome is None and item.sat is None and item.purpose in PLAN_PURPOSES
        if item.case and waiting and item.kind is ItemKind.MULTILAYER_CONFERENCE:
            propose(w, listed.cases[item.case], listed.meeting, listed.meeting_id, listed.held_on)
    return compute(w.conn, number)


def keep(w: Work, listed: Listed, *, only: int | None = None) -> Listed:
    """Keep whom each item (or the one) shows and masks, once: what is recorded later changes nothing of it (rule 6)."""
    for item in listed.items:
        if item.case is None or item.sat is not None or item.outcome is not None or only not in (None, item.item):
            continue
        kept = item_id(w, listed.meeting_id, item.item)
        members = {p.label: p.id for p in listed.cases[item.case].people}
        w.add(
            *(
                ItemMemberRow(seq=w.seq, on_date=w.on, item_id=kept, member_id=members[label], masked=masked)
                for labels, masked in ((item.people, False), (item.masked, True))
                for label in labels
            )
        )
    return compute(w.conn, listed.meeting)


def item_id(w: Work, meeting_id: int, item: int) -> int:
    """The row of a numbered item."""
    return int(queries("meetings").item_id(w.conn, meeting_id=meeting_id, item=item)["id"])


def excepted(w: Work, listed: Listed) -> tuple[Warned, ...]:
    """Who of the sitting belongs to a window that somebody shown there excepted from their consent, or is not of a
    restricted case it deals with."""
    known = recipients(w.conn)
    codes: dict[str, set[str]] = {}
    told = {party["name"] for party in listed.parties}
    for party in queries("meetings").parties(w.conn, meeting_id=listed.meeting_id):
        office = party["office"]
        if not party["staff_code"] and office:
            place_codes = recipient(w.conn, f"{OUTSIDE}{office}").codes
        elif party["window_code"] in known:
            place_codes = known[party["window_code"]].codes
        else:
            place_codes = called(known, office) if office else frozenset()
        for code in place_codes:
            codes.setdefault(code, set()).add(party["name"])
    found = list(_not_of_it(w, listed))
    for item in listed.items:
        if item.case is None or item.kind is not ItemKind.MULTILAYER_CONFERENCE:
            continue
        for person in listed.cases[item.case].people:
            consent = held(person, Scope.SHARING, listed.held_on).consent
            kept_out = codes.keys() & consent.excluding if consent and person.label in item.people else set()
            if kept_out:
                message = say(
                    "Item {item}: {label} does not want it shared with {windows}. Not in the presence of: {names}.",
                    item=item.item,
                    label=person.label,
                    windows=tuple(known[code].name for code in sorted(kept_out)),
                    names=tuple(sorted({n for code in kept_out for n in codes[code] if n in told})) or HELD_BACK,
                )
                found.append(Warned("meeting.excepted", message))
    return tuple(found)


def _not_of_it(w: Work, listed: Listed) -> Iterator[Warned]:
    """Who is to leave before an item about a restricted case: whoever is not of it (rule 11)."""
    for item in listed.items:
        case = listed.cases.get(item.case or "")
        if case is None or not case.restricted:
            continue
        of_it = holders.of(w, case.id)
        others = tuple(dict.fromkeys(p["name"] for p in listed.parties if p["staff_code"] not in of_it))
        if others:
            message = say(
                "Item {item} is for the people of its case only. Not in the presence of: {names}.",
                item=item.item,
                names=others,
            )
            yield Warned("meeting.restricted", message)


def to_collect(w: Work, listed: Listed) -> tuple[Warned, ...]:
    """The copies that show too much since the agenda is another one."""
    if not listed.handed_out:
        return ()
    from toshima_cli.looks import papers  # only where copies are out: it reads whole cases

    return papers.to_collect(papers.papers(w.conn, listed.meeting, actor=w.conn.viewer, today=w.today))


def is_closing_day(w: Work, day: date) -> bool:
    found = queries("meetings").holiday(w.conn, day=day.isoformat())
    return closing(day, frozenset({day}) if found else frozenset())
