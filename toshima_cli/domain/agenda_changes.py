"""What people change about an agenda that made itself, and what is kept of it (rule 14).

An item is left out, put on again, or moved: to the written reports or the discussion, or to a place on the list. It
keeps its number whatever happens, since papers and minutes name it by that.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import TypeVar

from toshima_cli.domain.case import Sitting
from toshima_cli.domain.terms import Act, AgendaChange, Body, ItemKind, Outcome, Part, Purpose
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, say

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in the order they were made. `place` counts from 1; of a move one of `part` and `place` is given."""

    item: int
    change: AgendaChange
    part: Part | None = None
    place: int | None = None


def left_out(changes: Iterable[Change]) -> frozenset[int]:
    """The items that are off the agenda: the last word on each counts."""
    last = {c.item: c.change for c in changes if c.change is not AgendaChange.MOVE}
    return frozenset(item for item, change in last.items() if change is AgendaChange.DROP)


def parts(changes: Iterable[Change]) -> dict[int, Part]:
    """The part each item was moved to, where it was."""
    return {c.item: c.part for c in changes if c.part is not None}


def arranged(items: Sequence[T], number: Callable[[T], int], changes: Iterable[Change]) -> tuple[T, ...]:
    """`items`, which stand in the order the agenda gave them, with each item moved to the place it was given."""
    found = list(items)
    for change in changes:
        at = next((n for n, item in enumerate(found) if number(item) == change.item), None)
        if change.place is not None and at is not None:
            found.insert(change.place - 1, found.pop(at))
    return tuple(found)


def stands(sitting: Sitting, wanted: Collection[tuple[ItemKind, Purpose]]) -> bool:
    """Whether a numbered item is still on its agenda: dealt with, kept with whom it showed when the sitting was held,
    or `wanted` by the case as known now. Otherwise the agenda has corrected itself."""
    held = bool(sitting.labels or sitting.masked)
    return sitting.dealt_with or held or (sitting.kind, sitting.purpose) in wanted


def may_change(meeting: str, *, cancelled: bool, decided: dict[int, Outcome], items: Iterable[int]) -> Refusal | None:
    """Whether items of a sitting may still be left out or moved: not once it is called off, none that was decided.

    `items` are those to be changed, `decided` those the sitting has dealt with.
    """
    if cancelled:
        return _refused(meeting, "agenda.cancelled", say("It is cancelled already."))
    for item in items:
        if item in decided:
            fact = say(
                "Item {item} of {meeting} is decided: {outcome}.", item=item, meeting=meeting, outcome=decided[item]
            )
            return _refused(meeting, "agenda.decided", fact)
    return None


def _refused(meeting: str, rule: str, fact: Say) -> Refusal:
    return Refusal(
        rule=rule,
        basis=Basis.OURS,
        message=say("The agenda of {meeting} cannot be changed so.", meeting=meeting),
        facts=(fact,),
        next=(Next("agenda", say("see the agenda"), f"toshima agenda {quote(meeting)}"),),
    )


def nothing_there(meeting: str, body: Body, number: str) -> Refusal:
    """Put on by name, and yet there is nothing this body could take up: no open people, an answered gap."""
    return Refusal(
        rule="agenda.nothing",
        basis=Basis.PLAN,
        message=say("{number} makes no item for {meeting}.", number=number, meeting=meeting),
        facts=(say("What {body} deals with: what the ward's plan names for it.", body=body),),
        missing=(say("A case that was open on the day of the sitting, or something lacking that was raised by then."),),
        next=(
            Next(Act.CONVENE, say("see the sittings"), "toshima meetings"),
            Next("agenda", say("see the agenda"), f"toshima agenda {quote(meeting)}"),
        ),
    )
