"""Consents that ran out, acting by themselves: what rested on them ends on the day after (rules 2 and 6)."""

from toshima_cli.db import Store, Work
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.flow.done import case_of, done


def end(store: Store, number: str, holder: str | None) -> None:
    """End the versions nobody consents to any more, and write anew what the case waits for. `holder`: somebody of a
    restricted case, through whose eyes it is read; nothing of it is shown to anybody."""

    def do(w: Work) -> Done | Refusal:
        w.conn.viewer = holder or w.actor
        case = case_of(w, number)
        w.begin("expiry", w.today, case.id)
        return done(w, case, say("A consent ran out in case {case}.", case=number), number, w.today)

    store.work("expiry", do)
