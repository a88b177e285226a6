"""Typed texts as a screen may show them: held back where they name somebody withheld, with `mask` anybody."""

from collections.abc import Iterable

from toshima_cli.domain.alerts import HELD_BACK
from toshima_cli.domain.case import Person
from toshima_cli.domain.initials import without_names
from toshima_cli.domain.names import contains_name
from toshima_cli.domain.verdict import Say
from toshima_cli.facts import Names


def shown(text: str | None, people: Iterable[Person], unsaid: Names, *, mask: bool) -> str | Say | None:
    """`unsaid` are the names and readings of those withheld from whoever reads (rule 11)."""
    if text is not None and any(contains_name(text, name=name, kana=kana) for name, kana in unsaid):
        return HELD_BACK
    return without_names(text, people) if mask else text
