"""Publishing the figures of a month: the small ones hidden, kept as they went out, never another time otherwise."""

import json

from toshima_cli.db import Store, Work
from toshima_cli.domain import public as p
from toshima_cli.domain import report as r
from toshima_cli.domain.suppression import Pinned
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.looks import public
from toshima_cli.office_tables import PublicationRow


def publish(store: Store, month: r.Range) -> Done | Refusal:
    """1 the month is over, and the books speak of it · 2 what earlier publications allow · 3 it was not published
    otherwise · 4 it is kept.

    It is counted while other desks go on writing; only if one of them published meanwhile, once more while they wait.
    """
    name = month.start.isoformat()[:7]
    if month.end > store.today:
        return store.work("publish", lambda w: _begun(w, p.running(name)))
    before, found = store.figures("report", lambda conn: _counted(conn, month)).value

    def do(w: Work) -> Done | Refusal:
        nonlocal before, found
        w.begin("publish", w.today)
        if public.kept(w.conn) != before:
            before, found = _counted(w.conn, month)
        if isinstance(found, Refusal):
            return found
        kept = before.get(name)
        if kept is not None:
            return p.different(name, kept.on, p.differing(kept.cells, found.cells()))
        cells = json.dumps(found.cells(), ensure_ascii=False, sort_keys=True)
        w.add(PublicationRow(seq=w.seq, on_date=w.on, report=p.MONTHLY, period=name, most=found.most, cells=cells))
        sentence = say("{month} is kept as published. Another publication of it will be refused.", month=name)
        return Done(sentence=sentence, number=name, data={"month": name}, next=())

    return store.work("publish", do)


def _begun(w: Work, refused: Refusal) -> Done | Refusal:
    w.begin("publish", w.today)
    return refused


def _counted(conn: public.Conn, month: r.Range) -> tuple[dict[str, public.Kept], p.Published | Refusal]:
    """What was published before, and what the month would be beside it."""
    before, name = public.kept(conn), month.start.isoformat()[:7]
    if not public.speaks_of(conn, month):
        return before, p.nothing(name)
    try:
        return before, public.would_be(conn, month, before)
    except Pinned as error:
        return before, p.pinned(name, error.cells)
