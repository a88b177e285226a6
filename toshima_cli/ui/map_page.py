"""A whole map on one page: the household in the middle, its supports at both sides, what is lacking below. Geometry.

A page is A4, lying or standing. What does not fit at one scale is tried at the next: the drawing gets larger, the paper
does not. At every scale the ways to arrange it are tried in a fixed order, so the same map gives the same page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import NamedTuple

from toshima_cli.ui.kinship import Family
from toshima_cli.ui.map_boxes import SIZE, Box
from toshima_cli.ui.map_places import STEP, Household, Person, Point, Stroke, abreast, placed

LONG, SHORT = 297 * 96 / 25.4, 210 * 96 / 25.4
"""The sides of A4 in units of the drawing at scale 1."""

FIRST, GROWS = 0.85, 1.04
"""The scale a page starts with (letters of 10.6 points), and by how much the next one is larger."""

ROW, ROW_AWAY = 2, 1
"""So many people of a generation stand beside each other at least, within the frame and beyond it."""

MARGIN = 34.0
SUPPORT = 214.0
RAIL = 14.0
COLUMN = SUPPORT + RAIL
HEAD = SIZE * 1.3 + 8
LACKING = 262.0
BETWEEN = 8.0
SIDE_LANE = 7.0


@dataclass(frozen=True, slots=True)
class Group:
    """What supports one person, or the household (`label` None): its heading, its boxes and which of them are ahead."""

    label: str | None
    head: Box
    boxes: tuple[Box, ...]
    ahead: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What goes on the page. `top`: what stands above everything, alerts first, for the width there is."""

    top: Callable[[float], Iterable[Box]]
    family: Family
    people: Mapping[str, Person]
    groups: tuple[Group, ...]
    gaps: tuple[Box, ...]
    lacking: Box
    legend: tuple[Box, ...]


class Placed(NamedTuple):
    x: float
    y: float
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """Everything at its place; the household's own places count from `origin`."""

    width: float
    height: float
    lying: bool
    origin: Point
    household: Household
    boxes: tuple[Placed, ...]
    strokes: tuple[Stroke, ...]


class Way(NamedTuple):
    """How a page is arranged: columns of supports at one side or at both, boxes abreast in each."""

    lying: bool
    sides: int
    abreast: int


WAYS = tuple(Way(lying, sides, boxes) for boxes in (1, 2, 3) for lying in (True, False) for sides in (2, 1))


def arranged(content: Content) -> Page:
    """The page with the largest letters that holds everything."""
    tied = tuple(group.label for group in content.groups if group.label is not None)
    home, away = abreast(content.family)

    @cache
    def household(inside: int, outside: int) -> Household:
        return placed(content.family, content.people, tied, inside, outside)

    def lowest(room: float) -> Household | None:
        """Of those that fit into the room, the household that is lowest."""
        fits = [
            found
            for inside in range(min(home, ROW), home + 1)
            for outside in range(min(away, ROW_AWAY), away + 1)
            if (inside + outside) * STEP <= room and (found := household(inside, outside)).width <= room
        ]
        return min(fits, key=lambda found: (found.height, found.width), default=None)

    for step in count():
        scale = FIRST * GROWS**step
        for way in WAYS:
            width, height = (LONG * scale, SHORT * scale) if way.lying else (SHORT * scale, LONG * scale)
            sides = _sides(content.groups, way)
            room = width - 2 * MARGIN - sum(side.width + side.lanes for side in sides)
            found = lowest(room)
            if found and (page := _Sheet(content, width, height, way, sides, found).page()):
                return page
    raise AssertionError  # a page grows until it holds everything


@dataclass(slots=True)
class Side:
    """The groups at one side of the household, and how broad they and the lanes of their ties are."""

    groups: list[Group]
    abreast: int
    height: float = 0.0

    @property
    def width(self) -> float:
        return COLUMN * max((min(self.abreast, len(g.boxes)) for g in self.groups), default=0)

    @property
    def lanes(self) -> float:
        ties = sum(group.label is not None for group in self.groups)
        return SIDE_LANE * ties + 14 if self.groups else 0.0

    def add(self, group: Group) -> None:
        self.groups.append(group)
        self.height += tall(group, self.abreast) + 2 * BETWEEN


def tall(group: Group, abreast: int) -> float:
    return HEAD + max(sum(box.height + BETWEEN for box in column) for column in columns(group.boxes, abreast))


def columns(boxes: Sequence[Box], abreast: int) -> list[Sequence[Box]]:
    """The boxes in as many columns, each begun when the one before has its share."""
    share = -(-len(boxes) // min(abreast, len(boxes)))
    return [boxes[at : at + share] for at in range(0, len(boxes), share)]


def _sides(groups: Sequence[Group], way: Way) -> list[Side]:
    """The household's own group first, at the left, where the frame begins; the others where there is more room."""
    sides = [Side([], way.abreast) for _ in range(way.sides)]
    for group in sorted(groups, key=lambda g: g.label is not None):
        min(sides, key=lambda side: side.height).add(group)
    return sides


class _Sheet:
    def __init__(
        self, content: Content, width: float, height: float, way: Way, sides: list[Side], household: Household
    ) -> None:
        self.content, self.width, self.height, self.way, self.sides = content, width, height, way, sides
        self.household = household
        self.boxes: list[Placed] = []
        self.strokes: list[Stroke] = []

    def page(self) -> Page | None:
        """None where it does not fit."""
        room = self.width - 2 * MARGIN
        y = MARGIN
        for box in self.content.top(room):
            self.boxes.append(Placed(MARGIN, y, box))
            y += box.height + BETWEEN
        y += BETWEEN
        left = MARGIN + self.sides[0].width + self.sides[0].lanes
        right = self.width - MARGIN - sum(side.width + side.lanes for side in self.sides[1:])
        origin = (left + (right - left - self.household.width) / 2, y)
        for side, mirrored in zip(self.sides, (True, False), strict=False):
            self._side(side, mirrored, origin)
        below = y + self.household.height + 2 * BETWEEN
        y += max(self.household.height, *(side.height for side in self.sides)) + 2 * BETWEEN
        # what is lacking stands below the household where there is room beside the supports, otherwise below all
        between = (left + BETWEEN, right - left - 2 * BETWEEN)
        y = max(y, self._lacking(below, *between)) if between[1] >= LACKING else self._lacking(y, MARGIN, room)
        legend = list(_flowing(self.content.legend, room))
        deep = sum(max(box.height for _, box in line) for line in legend)
        if y + deep + MARGIN > self.height:
            return None
        y = self.height - MARGIN - deep
        for line in legend:
            self.boxes += [Placed(MARGIN + x, y, box) for x, box in line]
            y += max(box.height for _, box in line)
        return Page(
            self.width, self.height, self.way.lying, origin, self.household, tuple(self.boxes), tuple(self.strokes)
        )

    def _lacking(self, y: float, x: float, room: float) -> float:
        gaps = self.content.gaps
        if not gaps:
            return y
        self.boxes.append(Placed(x, y, self.content.lacking))
        y += self.content.lacking.height
        each = int((room + BETWEEN) // (LACKING + BETWEEN))
        for at in range(0, len(gaps), each):
            row = gaps[at : at + each]
            self.boxes += [Placed(x + n * (LACKING + BETWEEN), y, box) for n, box in enumerate(row)]
            y += max(box.height for box in row) + BETWEEN
        return y + BETWEEN

    def _side(self, side: Side, mirrored: bool, origin: Point) -> None:
        """Groups from top to bottom in the order in which their ties arrive, so that these do not cross."""
        ties = {tie.label: tie.points for tie in self.household.ties}
        arrives = {label: points[-1][1] for label, points in ties.items()}
        groups = sorted(side.groups, key=lambda g: (g.label is not None, arrives.get(g.label or "", 0.0)))
        inner = MARGIN + side.width if mirrored else self.width - MARGIN - side.width
        outwards = -1 if mirrored else 1
        y, met = origin[1], list[tuple[str, float]]()
        for group in groups:
            bus = y + HEAD - 4
            self._group(group, inner, outwards, y, bus)
            if group.label is None and self.household.frame and mirrored:
                self.strokes.append(Stroke("tie", ((inner + outwards * 5, bus), (origin[0], bus))))
            elif group.label in ties:
                met.append((group.label, bus))
            y += tall(group, side.abreast) + 2 * BETWEEN
        for place, (label, bus) in enumerate(_nested(met, arrives, origin[1])):
            lane = inner - outwards * (7 + SIDE_LANE * place)
            *started, (x, at) = ties[label]
            points = [(origin[0] + px, origin[1] + py) for px, py in (*started, (x, at))]
            self.strokes.append(
                Stroke("tie", (*points, (lane, points[-1][1]), (lane, bus), (inner + outwards * 5, bus)))
            )

    def _group(self, group: Group, inner: float, outwards: int, y: float, bus: float) -> None:
        ahead = iter(group.ahead)
        in_columns = columns(group.boxes, self.sides[0].abreast)
        x = inner + RAIL if outwards > 0 else inner - RAIL - SUPPORT
        self.boxes.append(Placed(x, y, group.head))
        rails = [inner + outwards * (5 + n * COLUMN) for n in range(len(in_columns))]
        if len(rails) > 1:
            self.strokes.append(Stroke("tie", ((rails[0], bus), (rails[-1], bus))))
        for n, (rail, column) in enumerate(zip(rails, in_columns, strict=True)):
            at, middle = y + HEAD, bus
            for box in column:
                left = inner + RAIL + n * COLUMN if outwards > 0 else inner - (n + 1) * COLUMN
                middle = at + box.height / 2
                edge = left if outwards > 0 else left + SUPPORT
                self.boxes.append(Placed(left, at, box))
                self.strokes.append(Stroke("ahead" if next(ahead) else "tie", ((rail, middle), (edge, middle))))
                at += box.height + BETWEEN
            self.strokes.append(Stroke("tie", ((rail, bus), (rail, middle))))


def _nested(met: list[tuple[str, float]], arrives: Mapping[str, float], top: float) -> list[tuple[str, float]]:
    """The order of their lanes, the one nearest to the groups first: of those that go down, which come from above lie
    outside those from below; of those that go up, the other way round."""
    down = [m for m in met if top + arrives[m[0]] <= m[1]]
    up = [m for m in met if m not in down]
    return [*sorted(down, key=lambda m: arrives[m[0]]), *sorted(up, key=lambda m: -arrives[m[0]])]


def _flowing(boxes: Sequence[Box], room: float) -> Iterator[list[tuple[float, Box]]]:
    line: list[tuple[float, Box]] = []
    x = 0.0
    for box in boxes:
        if line and x + box.width > room:
            yield line
            line, x = [], 0.0
        line.append((x, box))
        x += box.width + 12
    if line:
        yield line
