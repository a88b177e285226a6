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
    """1 the month is over · 2 what earlier publications allow · 3 it was not published otherwise · 4 it is kept.

    Once more the same is no act of its own: `data.published_on` is then the day it was published.
    """
    name = month.start.isoformat()[:7]

    def do(w: Work) -> Done | Refusal:
        w.begin("publish", w.today)
        if month.end > w.today:
            return p.running(name)
        before = public.kept(w.conn)
        try:
            found = public.would_be(w.conn, month, before)
        except Pinned as error:
            return p.pinned(name, error.cells)
        if name in before:
            return p.different(name, before[name].on, p.differing(before[name].cells, found.cells()))
        cells = json.dumps(found.cells(), ensure_ascii=False, sort_keys=True)
        w.add(PublicationRow(seq=w.seq, on_date=w.on, report=p.MONTHLY, period=name, most=found.most, cells=cells))
        sentence = say("{month} is kept as published. Another publication of it will be refused.", month=name)
        return Done(sentence=sentence, number=name, data={"month": name}, next=())

    return store.work("publish", do)
