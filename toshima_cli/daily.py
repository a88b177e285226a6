"""What the first opening of the books on a business day does by itself: consents that ran out act (rules 2 and 6).

One look at a mark says whether there is anything to do; only then are cases sought, and only where one is found is
anything loaded that writes. Training and replay (`TOSHIMA_TODAY`) have a mark of their own, so that a day that is
played never counts as one that was.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from toshima_cli.db import LOCAL, queries
from toshima_cli.domain.verdict import Warned
from toshima_cli.exits import StoreTrouble
from toshima_cli.opening import open_store

if TYPE_CHECKING:
    from toshima_cli.db import Store

SWEPT = "swept"


def sweep(store: "Store", today: date) -> dict[str, tuple[Warned, ...]]:
    """End what rests on consents that ran out since the last business day, and tell what that did, by case; of a
    restricted case nothing is told. Books that cannot be written stay as they are: whoever looks must see, and every
    act on a case asks again."""
    told: dict[str, tuple[Warned, ...]] = {}
    scope = "replayed" if store.replayed else ""
    day = _number(today)
    try:
        mark = store.reference(lambda conn: queries("books").marked(conn, kind=SWEPT, scope=scope)).value
        if mark is not None and mark["value"] == day:
            return told
        # where the day goes back (a replay), everything is looked at again
        since = _date(mark["value"]) if mark is not None and mark["value"] < day else date.min
        found = store.reference(_ran_out(since, today)).value
        if found:
            from toshima_cli.flow.expiry import end

            mine = open_store(str(store.path), actor=LOCAL, today=today, replayed=store.replayed, now=store.now)
            try:
                for number, holder in found:
                    warnings = end(mine, number, holder)
                    if warnings and holder is None:
                        told[number] = warnings
            finally:
                mine.close()
        store.mark(SWEPT, scope, day)
    except StoreTrouble:
        pass
    return told


def _ran_out(since: date, today: date) -> Callable[[Any], list[tuple[str, str | None]]]:
    days = {"since": since.isoformat(), "today": today.isoformat()}
    return lambda conn: [(row["number"], row["holder"]) for row in queries("books").ran_out(conn, **days)]


def _number(day: date) -> int:
    """20261124: a counter keeps whole numbers."""
    return day.year * 10_000 + day.month * 100 + day.day


def _date(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
