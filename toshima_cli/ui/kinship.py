"""A household as relations tell it: generations as seen from its head, and what ties people to the head.

Relations are given towards the head alone. Whose child somebody is besides, who is married to whom elsewhere, is not
told by them and not drawn. Whoever no relation places stands beside.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from toshima_cli.domain.people import DECEASED, HEAD
from toshima_cli.domain.verdict import Say, say

Json = Mapping[str, Any]


class Bond(StrEnum):
    """What ties somebody to the head. ANCESTOR and DESCENDANT: a generation lies between, through whom is not told."""

    COUPLE = "couple"
    PARTNER = "partner"
    FORMER = "former"
    SIBLING = "sibling"
    PARENT = "parent"
    CHILD = "child"
    ANCESTOR = "ancestor"
    DESCENDANT = "descendant"


BONDS = {
    "spouse": Bond.COUPLE,
    "partner": Bond.PARTNER,
    "former_spouse": Bond.FORMER,
    "sibling": Bond.SIBLING,
    "parent": Bond.PARENT,
    "child": Bond.CHILD,
    "grandparent": Bond.ANCESTOR,
    "grandchild": Bond.DESCENDANT,
}

GENERATIONS: dict[Bond, int] = {
    Bond.ANCESTOR: -2,
    Bond.PARENT: -1,
    Bond.SIBLING: 0,
    Bond.COUPLE: 0,
    Bond.PARTNER: 0,
    Bond.FORMER: 0,
    Bond.CHILD: 1,
    Bond.DESCENDANT: 2,
}
"""Generations below the head's."""

CALLED: dict[int | None, Say] = {
    -2: say("Grandparents"),
    -1: say("Parents"),
    0: say("Head and peers"),
    1: say("Children"),
    2: say("Grandchildren"),
    None: say("Others"),
}

MATES = (Bond.COUPLE, Bond.PARTNER, Bond.FORMER)


@dataclass(frozen=True, slots=True)
class Family:
    """`rows`: (generation, people of it in the order they are drawn), the oldest first, those beside last (None)."""

    head: Json | None
    rows: tuple[tuple[int | None, tuple[Json, ...]], ...]
    bonds: Mapping[str, Bond]
    """Label → what ties them to the head; of those on record as something to somebody who is head no more, nothing."""

    def bonded(self, *bonds: Bond) -> list[Json]:
        return [p for _, row in self.rows for p in row if self.bonds.get(p["label"]) in bonds]


def family(people: Sequence[Json]) -> Family:
    """`people` as in the JSON of `map`. The head is the one who is there, otherwise the one who was last.

    Who left before a new head was named is on record as what they were to the old one, and stands beside.
    """
    heads = [p for p in people if p["relation"] == HEAD]
    head = max(heads, key=lambda p: (p["left_on"] is None, p["left_on"] or ""), default=None)
    named = max((p["left_on"] for p in heads if p is not head and p["left_on"]), default=None)
    bonds = {
        p["label"]: BONDS[p["relation"]]
        for p in people
        if p["relation"] in BONDS and not (named and p["left_on"] and p["left_on"] <= named)
    }
    rows: dict[int | None, list[Json]] = {}
    for p in people:
        rows.setdefault(_generation(p, head, bonds), []).append(p)
    order = [Bond.SIBLING, None, *MATES]
    if 0 in rows:
        rows[0].sort(key=lambda p: order.index(bonds.get(p["label"])))
    placed = sorted(g for g in rows if g is not None)
    return Family(head, tuple((g, tuple(rows[g])) for g in [*placed, *([None] if None in rows else [])]), bonds)


def _generation(person: Json, head: Json | None, bonds: Mapping[str, Bond]) -> int | None:
    if person is head:
        return 0
    return GENERATIONS[bonds[person["label"]]] if person["label"] in bonds else None


def dead(person: Json) -> bool:
    return bool(person["left_reason"] == DECEASED)


def supported(data: Json) -> Iterator[tuple[str | None, list[Json]]]:
    """(label, what supports them) in the order of the people, the household (None) last; nobody without support."""
    labels = [p["label"] for p in data["people"]]
    labels += [s["person"] for s in data["supports"] if s["person"] is not None]
    for label in (*dict.fromkeys(labels), None):
        if found := [s for s in data["supports"] if s["person"] == label]:
            yield label, found
