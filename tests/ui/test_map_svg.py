"""The picture of a map: nothing overlaps, nothing leaves the page, no line crosses a text, whatever is on the map."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple
from unicodedata import east_asian_width
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.naughty import naughty
from toshima_cli.domain.terms import Stage
from toshima_cli.i18n import set_language
from toshima_cli.ui.kinship import BONDS
from toshima_cli.ui.map_svg import picture
from toshima_cli.ui.text import visible, width

SVG = "{http://www.w3.org/2000/svg}"
NAMES: dict[str, dict[str, str]] = {
    "window": {"csw": "コミュニティソーシャルワーカー（CSW）", "long": "心身障害者福祉センター（基幹相談支援センター、障害者虐待防止センター）"},
    "relation": {slug: slug for slug in (*BONDS, "head", "relative", "cohabitant", "other")},
    "leave_reason": {"deceased": "死亡", "moved_out": "転居"},
}  # fmt: skip


@dataclass
class FakeMap:
    data: dict[str, Any]
    day: date = date(2026, 11, 24)
    mask: bool = False
    stage: Stage = Stage.SUPPORTING

    def json(self) -> dict[str, Any]:
        return self.data


class Rect(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float
    what: str = ""

    def meets(self, other: "Rect") -> bool:
        return (
            self.left < other.right - 0.01
            and other.left < self.right - 0.01
            and self.top < other.bottom - 0.01
            and other.top < self.bottom - 0.01
        )

    def inside(self, other: "Rect") -> bool:
        return (
            self.left >= other.left - 0.01
            and self.top >= other.top - 0.01
            and self.right <= other.right + 0.01
            and self.bottom <= other.bottom + 0.01
        )


def person(label: str, relation: str = "other", **given: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("age", "left_on", "left_reason", "contact_rule", "visit_alert", "last_contact_on"))
    found = {"name": f"架空 {label}子", "sex": "female", "since": date(2026, 10, 5), "withheld": False, **blank}
    return {"label": label, "relation": relation, **found, "at_home": True, **given}


def support(who: str = "csw", label: str | None = None, **given: Any) -> dict[str, Any]:
    found = {"kind": "window", "since": date(2026, 10, 6), "status": "accepted", "last_contact_on": None, "what": None}
    return {"who": who, "person": label, **found, **given}


def drawn(people: list[Any], supports: list[Any] | None = None, gaps: list[Any] | None = None, **given: Any) -> str:
    data = {"case": "2026-0001", "people": people, "supports": supports or [], "gaps": gaps or []}
    return picture(FakeMap(data, **given), NAMES).decode()  # type: ignore[arg-type]  # a look's answer, without books


def floats(element: ElementTree.Element, *names: str) -> list[float]:
    return [float(element.get(name, "0")) for name in names]


def broad(text: str) -> float:
    """Widths of letters in units of their size, as the fonts of the picture have them at most."""
    return sum(map(_broad, text))


def _broad(char: str) -> float:
    if not width(char):
        return 0.0
    if char in "ijl|'.,:; ":
        return 0.33
    if char in "MWmw@%":
        return 0.97
    return 1.0 if east_asian_width(char) in "WFA" else 0.41 if char in "tfrI!()[]{}-/`" else 0.63


def extent(element: ElementTree.Element) -> Rect:
    x, y, size = floats(element, "x", "y", "font-size")
    text = element.text or ""
    length = float(element.get("textLength", 0)) or broad(text) * size
    left = x - length / 2 if element.get("text-anchor") == "middle" else x
    return Rect(left, y - 0.88 * size, left + length, y + 0.14 * size, text)


def strokes(root: ElementTree.Element) -> Iterator[tuple[str, Rect]]:
    for line in root.iter(f"{SVG}polyline"):
        points = [tuple(map(float, p.split(","))) for p in line.get("points", "").split()]
        for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
            yield line.get("class", ""), Rect(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def boxes(root: ElementTree.Element, *looks: str) -> list[Rect]:
    found = []
    for rect in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.get(n, "0").rstrip("%")) for n in ("x", "y", "width", "height"))
        if rect.get("class") in looks and w > 30:  # what is smaller is a sample of the legend
            found.append(Rect(x, y, x + w, y + h, rect.get("class", "")))
    return found


def signs(root: ElementTree.Element) -> list[Rect]:
    found = []
    for group in root.iter(f"{SVG}g"):
        if group.get("role") != "graphics-symbol":
            continue
        for element in group:
            if "sign" in (element.get("class") or "").split():
                if element.tag == f"{SVG}rect":
                    x, y, w, h = floats(element, "x", "y", "width", "height")
                    found.append(Rect(x, y, x + w, y + h))
                elif element.tag == f"{SVG}circle":
                    x, y, r = floats(element, "cx", "cy", "r")
                    found.append(Rect(x - r, y - r, x + r, y + r))
                else:
                    spots = [tuple(map(float, p.split())) for p in re.findall(r"[\d.]+ [\d.]+", element.get("d", ""))]
                    xs, ys = zip(*spots, strict=True)
                    found.append(Rect(min(xs), min(ys), max(xs), max(ys)))
                break
    return found


def check(text: str) -> ElementTree.Element:
    """Everything of the picture beside everything else, inside the page."""
    root = ElementTree.fromstring(text)
    page = Rect(*map(float, root.get("viewBox", "").split()))
    texts = [extent(element) for element in root.iter(f"{SVG}text")]
    solid = boxes(root, "support", "ahead", "done", "gap", "alert")
    (frame, *more) = boxes(root, "frame") or [None]
    assert more == []
    every = [*texts, *solid, *signs(root), *([frame] if frame else [])]
    assert [each for each in every if not each.inside(page)] == []
    assert [pair for pair in combinations(texts, 2) if pair[0].meets(pair[1])] == []
    assert [pair for pair in combinations([*solid, *signs(root)], 2) if pair[0].meets(pair[1])] == []
    for words in texts:
        for each in solid:
            assert words.inside(each) or not words.meets(each), (words, each)
    if frame:
        assert [each for each in (*solid, *signs(root), *texts) if not each.inside(frame) and each.meets(frame)] == []
    for look, line in strokes(root):
        assert line.inside(page)
        assert [words for words in texts if line.meets(words)] == [], (look, line)
        if look != "slash":
            assert [each for each in solid if line.meets(each)] == [], (look, line)
    return root


WORDS = st.one_of(
    st.sampled_from(["", "民生委員と一緒に訪問する", "W" * 200, "あ" * 200, "a b " * 60, "高齢者総合相談センター", "ﷺ" * 30]),
    st.text(max_size=200),
    st.sampled_from(naughty()),
)  # fmt: skip
DAYS = st.one_of(st.none(), st.dates(date(2026, 10, 1), date(2026, 11, 20)))


@st.composite
def maps(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 15))
    labels = [chr(ord("A") + n) for n in range(count)]
    people = []
    for n, label in enumerate(labels):
        if draw(st.integers(0, 12)) == 0:
            blank = dict.fromkeys(("name", "age", "sex", "relation", "left_on", "left_reason", "at_home"))
            people.append(person(label, withheld=True, **{**blank, "relation": None}))
            continue
        left = draw(st.one_of(st.none(), DAYS))
        people.append(
            person(
                label,
                "head" if n == 0 and draw(st.booleans()) else draw(st.sampled_from(sorted(NAMES["relation"]))),
                name=draw(st.one_of(st.none(), st.just("髙橋 由美子"), WORDS)),
                age=draw(st.one_of(st.none(), st.integers(0, 120))),
                sex=draw(st.sampled_from(["male", "female", "other", "unknown"])),
                left_on=left,
                left_reason=draw(st.sampled_from(["deceased", "moved_out", "other"])) if left else None,
                at_home=left is None and draw(st.integers(0, 4)) > 0,
                visit_alert=draw(st.one_of(st.none(), st.none(), st.none(), WORDS)),
                contact_rule=draw(st.one_of(st.none(), st.none(), st.none(), WORDS)),
                last_contact_on=draw(DAYS),
            )
        )
    shown = [p["label"] for p in people if not p["withheld"]]
    statuses = ["sent", "waiting", "accepted", "completed", "assigned", "received", "outreach", "watching", "agreed"]
    supports = [
        support(
            draw(st.one_of(st.sampled_from(["csw", "long"]), WORDS)),
            draw(st.sampled_from([None, *shown])),
            status=draw(st.sampled_from(statuses)),
            last_contact_on=draw(DAYS),
            what=draw(st.one_of(st.none(), WORDS)),
        )
        for _ in range(draw(st.one_of(st.integers(0, 12), st.integers(0, 40))))
    ]
    gaps = [
        {"gap": f"G{n}", "kind": "resource", "text": draw(WORDS), "status": "raised", "on": date(2026, 11, 1)}
        for n in range(draw(st.integers(0, 6)))
    ]
    return {"people": people, "supports": supports, "gaps": gaps}


@settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
@given(maps(), st.sampled_from(["ja", "en"]), st.booleans())
def test_nothing_overlaps_or_leaves_the_page(found: dict[str, Any], lang: str, mask: bool) -> None:
    set_language(lang)
    try:
        text = drawn(**found, mask=mask)
        assert text == drawn(**found, mask=mask)
    finally:
        set_language("ja")
    check(text)
