"""Which day a sitting without a date is proposed for. No person is in here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import places
from toshima_cli.db import queries
from toshima_cli.domain.regular import DEFAULTS, SETTINGS, BadRegular, next_regular, parse_regular
from toshima_cli.domain.terms import Body
from toshima_cli.domain.verdict import Say, say


@dataclass(frozen=True, slots=True)
class Proposal:
    """`day` with the words that say which regular day it is. Without a day nothing is proposed, and `words` say what is
    wrong with the setting, None where nothing is."""

    day: date | None = None
    words: Say | None = None


def proposed(conn: Any, body: Body, today: date) -> Proposal:
    """The next regular day of the body from `today` on for which none of its sittings is called yet."""
    key = SETTINGS.get(body)
    if key is None:
        return Proposal()
    try:
        regular = parse_regular(places.settings(conn).get(key, DEFAULTS[key]))
    except BadRegular as error:
        wrong = say("The setting {key} cannot be used: {why}", key=key, why=error.message)
        return Proposal(words=wrong)
    if regular is None:
        return Proposal()
    q = queries("meetings")
    day = next_regular(
        regular,
        today,
        frozenset(date.fromisoformat(row["on_date"]) for row in q.holidays(conn)),
        frozenset(date.fromisoformat(row["held_on"]) for row in q.called(conn, body=body, since=today.isoformat())),
    )
    return Proposal(day, say("{day}  {regular}", day=day, regular=regular.as_say(day)))
