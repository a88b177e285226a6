"""Watching: an outcome beside conclusion. Open, light support, with a watcher, an end date and the sign that calls."""

from dataclasses import dataclass
from datetime import date

from toshima_cli.db import Store, Work
from toshima_cli.domain import close as rules
from toshima_cli.domain.terms import Act
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.flow.done import case_of, done, step
from toshima_cli.tables import WatchRow


@dataclass(frozen=True, slots=True)
class Watching:
    on: date
    watcher: str
    every: str
    until: date
    sign: str


def record(store: Store, number: str, watching: Watching) -> Done | Refusal:
    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        seq = w.begin("watch", watching.on, case.id)
        refused = rules.may_watch(case, watching.on, watching.until) or step(w, case, Act.WATCH, watching.on)
        if refused:
            return refused
        w.add(
            WatchRow(
                seq=seq,
                on_date=watching.on,
                case_id=case.id,
                watcher=watching.watcher,
                every=watching.every,
                until=watching.until,
                sign=watching.sign,
            )
        )
        return done(
            w,
            case,
            say(
                "Case {case} is watched from {on} to {until} by {watcher}.",
                case=case.number,
                on=watching.on,
                until=watching.until,
                watcher=watching.watcher,
            ),
            case.number,
            watching.on,
            data={"until": watching.until, "every": watching.every},
            warnings=rules.watch_warnings(case, watching.on),
        )

    return store.work("watch", do)
