"""The picture of a map: nothing overlaps, nothing leaves the page, no line crosses a text, whatever is on the map."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
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
    "window": {"csw": "コミュニティソーシャルワーカー（CSW）", "long": "心身障害者福祉センター、" * 4},
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


def withheld(label: str) -> dict[str, Any]:
    return {**dict.fromkeys(person(label)), "label": label, "withheld": True}


def support(who: str = "csw", label: str | None = None, **given: Any) -> dict[str, Any]:
    found = {"kind": "window", "since": date(2026, 10, 6), "status": "accepted", "last_contact_on": None, "what": None}
    found["done_on"] = None
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
        for (ax, ay), (bx, by) in pairwise(points):
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
    left, top, right, bottom = map(float, root.get("viewBox", "").split())
    page = Rect(left, top, right, bottom)
    texts = [extent(element) for element in root.iter(f"{SVG}text")]
    solid = boxes(root, "support", "ahead", "done", "gap", "alert")
    frames = boxes(root, "frame")
    assert len(frames) <= 1
    every = [*texts, *solid, *signs(root), *frames]
    assert [each for each in every if not each.inside(page)] == []
    assert [pair for pair in combinations(texts, 2) if pair[0].meets(pair[1])] == []
    assert [pair for pair in combinations([*solid, *signs(root)], 2) if pair[0].meets(pair[1])] == []
    for words in texts:
        for each in solid:
            assert words.inside(each) or not words.meets(each), (words, each)
    for frame in frames:
        assert [each for each in (*solid, *signs(root), *texts) if not each.inside(frame) and each.meets(frame)] == []
    for look, line in strokes(root):
        assert line.inside(page)
        assert [words for words in texts if line.meets(words)] == [], (look, line)
        if look != "slash":
            assert [each for each in solid if line.meets(each)] == [], (look, line)
    return root


WORDS = st.one_of(
    st.sampled_from(["", "民生委員と一緒に訪問する", "W" * 200, "あ" * 200, "a b " * 60, "相談センター" * 7, "ﷺ" * 30]),
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
            people.append(withheld(label))
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


def attributes(root: ElementTree.Element) -> set[str]:
    return {name for element in root.iter() for name in element.attrib}


def looks(root: ElementTree.Element, tag: str) -> Counter[str]:
    """How often each sign of that kind is drawn outside the legend."""
    groups = [g for g in root.iter(f"{SVG}g") if g.get("role") or g.find(f"{SVG}polyline") is not None]
    return Counter(e.get("class", "") for g in groups for e in g if e.tag == f"{SVG}{tag}")


def legend(root: ElementTree.Element) -> list[str]:
    _, *samples = (g for g in root.iter(f"{SVG}g") if g.get("aria-hidden"))
    return [e.text or "" for g in samples for e in g if e.tag == f"{SVG}text" and e.get("font-size") == "10.5"]


FAMILY = [
    person("A", "head", age=58),
    person("B", "spouse", sex="male", age=60),
    person("C", "former_spouse", sex="male", at_home=False, left_on=date(2020, 1, 1), left_reason="moved_out"),
    person("D", "partner", sex="other"),
    person("E", "parent", at_home=False, left_on=date(2025, 1, 1), left_reason="deceased", age=79),
    person("F", "child", sex="male", name=None),
    person("G", "grandchild", sex="unknown"),
    person("H", "sibling", at_home=False),
    person("I", "relative"),
    withheld("J"),
]


class TestSigns:
    def test_every_relation_has_its_sign_and_the_rest_stand_beside(self) -> None:
        root = check(drawn(FAMILY))
        lines = looks(root, "polyline")
        assert {look for look in lines if look} == {
            "couple", "former", "partner", "parent", "child", "descendant", "sibling", "slash",
        }  # fmt: skip
        assert lines["slash"] == 2
        # the head, and whom a woman; men; who is of no or another sex, and who is not shown
        assert looks(root, "circle") == {"sign": 5 - 1, "sign thin": 1}
        assert looks(root, "rect")["sign"] == 3
        # two diamonds, the cross through E, the sign of who is not shown
        assert looks(root, "path") == {"sign": 3, "sign withheld": 1}

    def test_the_age_stands_in_the_sign_but_for_the_dead(self) -> None:
        texts = [e.text for e in check(drawn(FAMILY)).iter(f"{SVG}text")]
        assert [texts.count(age) for age in ("58歳", "60", "79", "79歳")] == [0, 1, 0, 1]

    def test_the_legend_names_what_is_drawn_and_no_more(self) -> None:
        assert len(legend(check(drawn([person("A", "head")])))) == 3
        assert len(legend(check(drawn(FAMILY, [support(), support(status="sent")])))) == 16

    def test_without_a_head_nobody_is_tied_to_anybody(self) -> None:
        root = check(drawn([p for p in FAMILY if p["relation"] != "head"]))
        assert looks(root, "polyline") == {}

    def test_a_dead_head_still_holds_the_family_together(self) -> None:
        gone = person("A", "head", at_home=False, left_on=date(2026, 1, 1), left_reason="deceased")
        lines = looks(check(drawn([gone, person("B", "child"), person("C", "child")])), "polyline")
        assert set(lines) == {"child"}

    def test_nobody_is_at_home(self) -> None:
        gone = person("A", "head", at_home=False, left_on=date(2026, 1, 1), left_reason="moved_out")
        assert boxes(check(drawn([gone], [support(), support(label="A")])), "frame") == []

    def test_what_is_ahead_and_what_is_lacking_is_dashed(self) -> None:
        gap = {"gap": "G1", "kind": "resource", "text": "夜の居場所", "status": "raised", "on": date(2026, 11, 1)}
        states = ("accepted", "agreed", "sent", "waiting", "completed")
        root = check(drawn(FAMILY, [support(status=status) for status in states], [gap]))
        found = Counter(box.what for box in boxes(root, "support", "ahead", "done", "gap"))
        assert found == {"support": 1, "ahead": 3, "done": 1, "gap": 1}


class TestTies:
    def test_every_supported_person_has_one_and_the_household_its_own(self) -> None:
        supports = [support(), support(label="A"), support(label="A"), support(label="F")]
        root = check(drawn(FAMILY, supports))
        ends = [line for look, line in strokes(root) if look == "tie"]
        tied = [s for s in signs(root) if any(e.right == s.left and s.top < e.top < s.bottom for e in ends)]
        assert len(tied) == 2
        (frame,) = boxes(root, "frame")
        assert any(abs(line.right - frame.left) < 0.02 for line in ends)

    def test_who_hears_it_is_told_for_whom_it_is(self) -> None:
        root = check(drawn(FAMILY, [support(label="B"), support()]))
        told = [e.text or "" for e in root.iter(f"{SVG}title")]
        assert [t.split("、")[0] for t in told if "CSW" in t] == ["世帯全体", "B B子さん"]


class TestHarmless:
    HOSTILE = (
        "</text><script>alert(1)</script>",
        '" onload="alert(1)',
        "]]>&lt;!--{{ 7*7 }}{% raw %}",
        "a\x1b[31m\x00\x0b\x85\ud800\ufffe",
        "\u202eabc\u2066\u200b\u2028\n\r\n",
    )

    @pytest.mark.parametrize("text", HOSTILE)
    def test_words_stay_words(self, text: str) -> None:
        people = [person("A", "head", name=f"架空 {text.replace(' ', '')}", visit_alert=text, contact_rule=text)]
        gap = {"gap": "G1", "kind": "system", "text": text, "status": "raised", "on": date(2026, 11, 1)}
        plain = check(drawn([person("A", "head", visit_alert="x", contact_rule="x")], [support(what="x")], [gap]))
        root = check(drawn(people, [support(text, what=text), support(text, "A")], [gap]))
        assert {e.tag for e in root.iter()} == {e.tag for e in plain.iter()}
        assert attributes(root) - {"textLength", "lengthAdjust"} <= attributes(plain)
        words = "".join(e.text or "" for e in root.iter() if e.tag != f"{SVG}style").replace("\n", "")
        assert visible(words) == words

    def test_it_asks_for_nothing_from_outside(self) -> None:
        text = drawn(FAMILY, [support()])
        assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
        assert [word for word in ("url(", "href", "@import", "<script", "<image") if word in text] == []

    def test_alerts_stand_before_everything_and_are_heard_whole(self) -> None:
        long = "犬がいる。" * 200
        people = [person("A", "head"), person("B", "child", visit_alert=long, contact_rule="郵便不可")]
        text = drawn(people, [support()])
        root = check(text)
        (alert,) = boxes(root, "alert")
        assert all(alert.bottom < other.top for other in [*signs(root), *boxes(root, "support", "frame")])
        assert text.index("犬がいる") < text.index("郵便不可") < text.index("2026-0001")
        assert any(long in (e.text or "") for e in root.iter(f"{SVG}title"))

    def test_who_is_withheld_is_a_label(self) -> None:
        told = [e.text or "" for e in check(drawn([person("A", "head"), withheld("B")])).iter(f"{SVG}title")]
        assert [t for t in told if t.startswith("B")] == ["B（ここには表示されません）"]

    def test_what_is_read_stands_out_from_the_paper(self) -> None:
        colours = set(re.findall(r"#[0-9a-f]{3}\b", drawn(FAMILY, [support()])))
        assert colours == {"#000", "#555", "#666", "#fff"}
        assert min(contrast(c) for c in colours - {"#fff"}) >= 4.5


def contrast(colour: str) -> float:
    """Of a grey to white, as WCAG 2 counts it."""
    part = int(colour[1] * 2, 16) / 255
    return 1.05 / ((part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4) + 0.05)


class TestPaper:
    @pytest.mark.parametrize(("count", "supports"), [(1, 0), (4, 8), (15, 40)])
    def test_it_is_a4(self, count: int, supports: int) -> None:
        people = [person(chr(65 + n), "child" if n else "head") for n in range(count)]
        root = check(drawn(people, [support("long", people[n % count]["label"]) for n in range(supports)]))
        sides = root.get("width"), root.get("height")
        assert sides in {("297mm", "210mm"), ("210mm", "297mm")}
        *_, width, height = map(float, root.get("viewBox", "").split())
        assert abs(width / height - float(sides[0][:-2]) / float(sides[1][:-2])) < 0.001

    def test_the_letters_of_an_ordinary_household_are_those_of_a_paper(self) -> None:
        people = [person("A", "head"), person("B", "spouse"), person("C", "child"), person("D", "parent")]
        root = check(drawn(people, [support("csw", label) for label in [None, None, *"AABBCD"]]))
        *_, width, _ = map(float, root.get("viewBox", "").split())
        points = 12 * float((root.get("width") or "")[:-2]) / width / 25.4 * 72
        assert points >= 9


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
