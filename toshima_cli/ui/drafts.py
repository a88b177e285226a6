"""Drafts as a list: what was typed and is not in the books yet. No name is in it."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from toshima_cli.domain.verdict import say
from toshima_cli.ui.out import Column

_JAPAN = timezone(timedelta(hours=9))


def clock(moment: str) -> str:
    """11/24 10:42, as the clock in Japan showed it."""
    return f"{datetime.fromisoformat(moment).astimezone(_JAPAN):%m/%d %H:%M}"


DRAFTS: tuple[Column[Mapping[str, Any]], ...] = (
    Column("draft", say("Draft"), right=True),
    Column("started_at", say("Begun"), cell=lambda row: clock(row["started_at"]), whole=True),
    Column("command", say("Command"), whole=True),
    Column("case", say("Case"), whole=True),
    Column("window", say("Window")),
    Column("people", say("People so far"), right=True),
)
