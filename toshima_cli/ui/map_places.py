"""Where everybody of a household stands on the drawing, and the lines between them. Geometry alone, no words.

1. A generation is a row, the oldest on top; a long one goes on in a further line. Who lives together stands inside one
   frame, everybody else to the right of it in the row of their generation.
2. Between the lines lie zones without any text. Every line between people is a net: it leaves its signs upwards or
   downwards, runs level in a zone, in a lane of its own, and from zone to zone in the gutter at the left. So no line
   crosses a text, however many there are.
3. Ties to supports leave a sign to the left, go down into the zone below, and end there: the page leads them on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

from toshima_cli.ui.kinship import MATES, Bond, Family
from toshima_cli.ui.map_boxes import Box

Point = tuple[float, float]

RADIUS = 18.0
TEXT = 116.0
"""The room of the words beside a sign."""

CELL = 2 * RADIUS + 8 + TEXT
GAP = 22.0
STEP = CELL + GAP
LANE = 8.0
WIDE_LANE = 14.0
TITLE = 22.0
"""The room of the frame's own words at its top."""


@dataclass(frozen=True, slots=True)
class Person:
    """A sign and the words beside it. `sex` male, female, or anything else; `age` stands inside the sign."""

    label: str
    box: Box
    sex: str = ""
    age: str = ""
    head: bool = False
    dead: bool = False
    withheld: bool = False

    def reach(self, offset: float) -> float:
        """How far the sign goes up and down from its middle, `offset` beside it."""
        if self.sex == "male":
            return RADIUS
        if self.sex == "female":
            return sqrt(RADIUS**2 - offset**2)
        return RADIUS - abs(offset)

    @property
    def height(self) -> float:
        return max(2 * RADIUS, self.box.height)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through its points; `look` is its class in the picture."""

    look: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """From the sign of a person down into a zone; `points[-1]` is where the page takes it up."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Household:
    """Everybody placed, from (0, 0). `at`: label → the middle of the sign. `frame`: width and height of the line
    round those who live together."""

    width: float
    height: float
    at: Mapping[str, Point]
    frame: Point | None
    strokes: tuple[Stroke, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class _End:
    label: str
    down: bool
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class _Net:
    """`rank`: the smaller, the nearer to the line of people above it."""

    look: str
    rank: int
    ends: tuple[_End, ...]


def placed(family: Family, people: Mapping[str, Person], tied: Sequence[str], inside: int, outside: int) -> Household:
    """`inside`, `outside`: so many people at most stand beside each other within the frame and beyond it."""
    return _Sheet(family, people, tied, inside, outside).household()


def abreast(family: Family) -> tuple[int, int]:
    """The largest number of people of one row within the frame, and beyond it."""
    rows = [row for _, row in family.rows]
    home = max((sum(bool(p["at_home"]) for p in row) for row in rows), default=0)
    away = max((sum(not p["at_home"] for p in row) for row in rows), default=0)
    return home, away


class _Sheet:
    def __init__(
        self, family: Family, people: Mapping[str, Person], tied: Sequence[str], inside: int, outside: int
    ) -> None:
        self.people = people
        self.lines = [line for _, row in family.rows for line in _cut(row, inside, outside)]
        self.line = {label: n for n, line in enumerate(self.lines) for part in line for label in part}
        self.inside = max((len(home) for home, _ in self.lines), default=0)
        self.outside = max((len(away) for _, away in self.lines), default=0)
        self.tied = [label for label in tied if label in self.line]
        self.nets = [*_nets(family), *(_Net("tie", 1, (_End(label, True),)) for label in self.tied)]
        self.gutters = {net: LANE * (n + 1.5) for n, net in enumerate(n for n in self.nets if len(self.zones(n)) > 1)}
        self.lanes: dict[tuple[_Net, int], float] = {}

    def zones(self, net: _Net) -> list[int]:
        return sorted({self.line[end.label] + end.down for end in net.ends})

    def household(self) -> Household:
        gutter = LANE * (len(self.gutters) + 1) if self.gutters else 0.0
        frame_width = gutter + self.inside * STEP + GAP if self.inside else gutter
        away_from = frame_width + 14 if self.inside else gutter
        at: dict[str, Point] = {}
        y = self._zone(0, TITLE if self.inside else 0.0)
        for number, (home, away) in enumerate(self.lines):
            start = gutter + GAP + (self.inside - len(home)) * STEP / 2
            xs = [start + n * STEP for n in range(len(home))] + [away_from + GAP + n * STEP for n in range(len(away))]
            for label, x in zip((*home, *away), xs, strict=True):
                at[label] = (x + RADIUS, y + RADIUS)
            y += max(self.people[label].height for label in (*home, *away))
            y = self._zone(number + 1, y)
        width = away_from + self.outside * STEP + GAP if self.outside else frame_width
        frame = (frame_width, y) if self.inside else None
        strokes = [stroke for net in self.nets if net.look != "tie" for stroke in self._drawn(net, at)]
        return Household(width, y, at, frame, tuple(strokes), tuple(self._ties(at)))

    def _zone(self, number: int, y: float) -> float:
        """Gives every net that runs in the zone a lane; where the next line of people begins."""
        y += 2.0
        for net in sorted((n for n in self.nets if number in self.zones(n)), key=lambda n: n.rank):
            room = WIDE_LANE if net.look == Bond.FORMER else LANE
            self.lanes[net, number] = y + room / 2
            y += room
        return y + 6.0

    def _drawn(self, net: _Net, at: Mapping[str, Point]) -> Iterator[Stroke]:
        zones, gutter = self.zones(net), self.gutters.get(net)
        for zone in zones:
            y = self.lanes[net, zone]
            ends = [end for end in net.ends if self.line[end.label] + end.down == zone]
            xs = [at[end.label][0] + end.offset for end in ends] + ([gutter] if gutter is not None else [])
            for end in ends:
                x, middle = at[end.label][0] + end.offset, at[end.label][1]
                reach = self.people[end.label].reach(end.offset)
                yield Stroke(net.look, ((x, middle + reach if end.down else middle - reach), (x, y)))
            if min(xs) < max(xs):
                yield Stroke(net.look, ((min(xs), y), (max(xs), y)))
            if net.look == Bond.FORMER and zone == zones[0]:
                middle = (min(xs) + max(xs)) / 2
                yield from (Stroke("slash", ((middle + by - 3, y + 6), (middle + by + 3, y - 6))) for by in (-3, 3))
        if gutter is not None:
            yield Stroke(net.look, ((gutter, self.lanes[net, zones[0]]), (gutter, self.lanes[net, zones[-1]])))

    def _ties(self, at: Mapping[str, Point]) -> Iterator[Tie]:
        for net in self.nets:
            if net.look == "tie":
                (end,) = net.ends
                x, y = at[end.label]
                aside = x - RADIUS - GAP / 2
                lane = self.lanes[net, self.line[end.label] + 1]
                yield Tie(end.label, ((x - RADIUS, y), (aside, y), (aside, lane)))


def _cut(row: Sequence[Mapping[str, Any]], inside: int, outside: int) -> Iterator[tuple[list[str], list[str]]]:
    """A row in lines of (labels within the frame, labels beyond it)."""
    home = [p["label"] for p in row if p["at_home"]]
    away = [p["label"] for p in row if not p["at_home"]]
    needed = max(ceil(len(home) / inside) if home else 0, ceil(len(away) / outside) if away else 0)
    for n in range(needed):
        yield home[n * inside : (n + 1) * inside], away[n * outside : (n + 1) * outside]


def _nets(family: Family) -> Iterator[_Net]:
    """What ties people to the head; without a head, nothing."""
    if family.head is None:
        return
    head = str(family.head["label"])
    for place, mate in enumerate(family.bonded(*MATES)):
        ends = (_End(head, True, min(8.0 + 3 * place, 14)), _End(mate["label"], True))
        yield _Net(family.bonds[mate["label"]], 0, ends)
    for bond, rank, of_head, down in (
        (Bond.PARENT, 2, _End(head, False), True),
        (Bond.CHILD, 2, _End(head, True), False),
        (Bond.ANCESTOR, 2, _End(head, False, 9), True),
        (Bond.DESCENDANT, 2, _End(head, True, -9), False),
        (Bond.SIBLING, 3, _End(head, False, -9), False),
    ):
        if others := family.bonded(bond):
            yield _Net(bond, rank, (of_head, *(_End(p["label"], down) for p in others)))
