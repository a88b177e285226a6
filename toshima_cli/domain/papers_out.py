"""Copies that are out: what changed since, and which one shows too much by now and is collected."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from toshima_cli.domain.verdict import Say, say

Shows = Mapping[int, frozenset[str]]
"""The labels a copy shows, by the number of the item."""


def too_much(shown: Shows, may: Shows) -> dict[int, frozenset[str]]:
    """Whom a copy shows under which item though its reader may not see them there any more; an item that is gone
    altogether shows too much as far as it showed anybody."""
    found = {item: labels - may.get(item, frozenset()) for item, labels in shown.items()}
    return {item: labels for item, labels in found.items() if labels}


def changes(
    shown: Shows, may: Shows, was_on: date, held_on: date, *, known: Collection[int], name: str
) -> Iterator[Say]:
    """What is another agenda than the one handed out. `known`: the items somebody was handed; one of those that is new
    to this reader (`name`) was on the agenda before, and they may read it by now."""
    if was_on != held_on:
        yield say("The sitting is held on {on} instead of {was}.", on=held_on, was=was_on)
    for item in sorted(set(may) - set(shown)):
        if item in known:
            yield say("Item {item} may now be handed to {name} too.", item=item, name=name)
        else:
            yield say("Item {item} was added.", item=item)
    for item in sorted(set(shown) - set(may)):
        yield say("Item {item} is no longer there.", item=item)
    for item in sorted(set(shown) & set(may)):
        if gone := tuple(sorted(shown[item] - may[item])):
            yield say("Item {item} no longer shows {labels}.", item=item, labels=gone)
        if new := tuple(sorted(may[item] - shown[item])):
            yield say("Item {item} shows {labels} too.", item=item, labels=new)
