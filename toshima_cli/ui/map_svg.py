"""The household and who supports it as one picture on A4, black on white: what the screen says.

The signs are those of genograms in the field: square, circle and diamond, a double outline for the head, a cross
through who died, a line round who lives together, two strokes through a line that was parted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import language
from toshima_cli.ui.filled import filled
from toshima_cli.ui.kinship import MATES, Bond, Family, dead, family, supported
from toshima_cli.ui.map import AHEAD, DONE, household, lacking, last_contact, standing, whereabouts, who
from toshima_cli.ui.map_boxes import Box, Line, Piece, at_most, box, lines_of, told
from toshima_cli.ui.map_page import LACKING, SUPPORT, Content, Group, Page, arranged
from toshima_cli.ui.map_places import RADIUS, TEXT, Person
from toshima_cli.ui.names import member, whoever
from toshima_cli.ui.papers import MARK

if TYPE_CHECKING:
    from toshima_cli.looks.map import Map

Words = Mapping[str, Mapping[str, str]]
Json = Mapping[str, Any]

TITLE = say("The household, and who supports it")
SAMPLE = 38.0
"""The room of a sign of the legend, before its words."""


def picture(found: "Map", names: Words) -> bytes:
    """A whole file without anything from outside."""
    data = found.json()
    kinship = family(data["people"])
    alerts = [*_alerts(data)]
    content = Content(
        lambda room: _top(found, data, alerts, room),
        kinship,
        {p["label"]: _person(p, kinship, found.mask, names) for p in data["people"]},
        tuple(_groups(data, found.mask, names)),
        tuple(_gap(gap) for gap in data["gaps"]),
        box("words", SUPPORT, [Piece(say("Lacking"), bold=True)], pad=2),
        tuple(_legend(data, kinship)),
    )
    summary = (
        *alerts,
        say("{people} people", people=len(data["people"])),
        say("{supports} supports", supports=len(data["supports"])),
        say("{gaps} lacking", gaps=len(data["gaps"])),
    )
    return drawn(content, arranged(content), told(summary)).encode()


def drawn(content: Content, page: Page, summary: str) -> str:
    text = filled(
        "map.svg",
        page=page,
        people=[(person, *page.household.at[label]) for label, person in content.people.items()],
        title=TITLE,
        summary=summary,
        home=say("Live together"),
        language=language(),
        radius=RADIUS,
        n=number,
    )
    # what a template leaves between its parts says nothing
    return "\n".join(line for line in text.split("\n") if line.strip()) + "\n"


def number(value: float) -> str:
    """A length as it is written: two decimals at most, so that every machine writes the same."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


# ------------------------------------------------------------------------ top


def _alerts(data: Json) -> Iterator[Say]:
    """Not alone, not by post …: first on every view of a person (rule 11)."""
    for person in data["people"]:
        for what, text in ((say("Visit alert"), person["visit_alert"]), (say("Contact rule"), person["contact_rule"])):
            if text:
                yield say("{what}: {text}", what=what, text=say("{label} {text}", label=person["label"], text=text))


def _top(found: "Map", data: Json, alerts: list[Say], room: float) -> Iterator[Box]:
    if alerts:
        yield box("alert", room, [Piece(alert, 4, bold=True, size=13) for alert in alerts])
    title = (data["case"], household(data))
    facts = (found.stage, say("as of {day}", day=found.day), MARK)
    yield box("words", room, [Piece(title, bold=True, size=18), Piece(facts)], pad=0)


# ------------------------------------------------------------------ the people


def _person(person: Json, kinship: Family, mask: bool, names: Words) -> Person:
    said = who(person, mask, names)
    crossed = dead(person)
    inside = "" if person["age"] is None or crossed else str(person["age"])
    spoken = [value for value in said[1:] if not (inside and isinstance(value, Say) and value.text == AGE)]
    pieces = [
        Piece(said[0], 2 if not person["withheld"] else 3, bold=True),
        *(Piece(value, 2) for value in spoken),
        *(Piece(value, 3) for value in (*whereabouts(person, names), *last_contact(person))),
    ]
    words = box("person", TEXT, pieces, pad=0)
    uncut = told([*said, *whereabouts(person, names), *last_contact(person)])
    return Person(
        person["label"],
        replace(words, told=uncut),
        person["sex"] or "",
        inside,
        person is kinship.head,
        crossed,
        person["withheld"],
    )


AGE = "{age} years"


# ---------------------------------------------------------------- the supports


def _groups(data: Json, mask: bool, names: Words) -> Iterator[Group]:
    people = {p["label"]: p for p in data["people"]}
    for label, rows in supported(data):
        head: Value = say("The whole household") if label is None else label
        if label in people:
            head = member(people[label]["label"], people[label]["name"], mask=mask)
        yield Group(
            label,
            box("words", SUPPORT, [Piece(head, 1, bold=True)], pad=1),
            tuple(_support(row, head, names) for row in rows),
            tuple(row["status"] in AHEAD for row in rows),
        )


def _support(row: Json, head: Value, names: Words) -> Box:
    look = "ahead" if row["status"] in AHEAD else "done" if row["status"] in DONE else "support"
    pieces = [Piece(whoever(row["who"], names), 2, bold=True)]
    if row["what"]:
        pieces.append(Piece(row["what"], 3))
    pieces.append(Piece(tuple(standing(row)), 4))
    made = box(look, SUPPORT, pieces)
    # who hears it does not see the line to whom it is for
    return replace(made, told=told([head, made.told]))


def _gap(gap: Json) -> Box:
    kind, text, *others = lacking(gap)
    head = say("{number} {kind}", number=gap["gap"], kind=kind)
    return box("gap", LACKING, [Piece(head, 1, bold=True), Piece(text, 5), Piece(tuple(others), 3)])


# ------------------------------------------------------------------ the legend


def _legend(data: Json, kinship: Family) -> Iterator[Box]:
    """What the signs mean that are on the page."""
    for look, meaning in _used(data, kinship):
        (line,) = lines_of(Piece(meaning, 1, size=10.5), 400)
        room = SAMPLE + (line.length or at_most(line.text) * line.size) + 4
        yield Box(f"sample {look}", room, (Line(line.text, line.size, False, line.length),), "", 4)


def _used(data: Json, kinship: Family) -> Iterator[tuple[str, Say]]:
    people = data["people"]
    shown = [p for p in people if not p["withheld"]]
    sexes = {p["sex"] for p in shown}
    statuses = {s["status"] for s in data["supports"]}
    for look, used, meaning in (
        ("male", "male" in sexes, say("male")),
        ("female", "female" in sexes, say("female")),
        ("unknown", bool(sexes - {"male", "female"}), say("sex other or not known")),
        ("withheld", len(shown) < len(people), say("not shown here")),
        ("head", kinship.head is not None, say("head")),
        ("dead", any(map(dead, people)), say("died")),
        ("age", any(p["age"] is not None and not dead(p) for p in people), say("number: age")),
        ("frame", any(p["at_home"] for p in people), say("Live together")),
        (Bond.COUPLE, bool(kinship.bonded(Bond.COUPLE)), say("married")),
        (Bond.PARTNER, bool(kinship.bonded(Bond.PARTNER)), say("partners")),
        (Bond.FORMER, bool(kinship.bonded(Bond.FORMER)), say("separated")),
        (Bond.PARENT, bool(kinship.bonded(Bond.PARENT, Bond.CHILD)), say("parent and child")),
        (Bond.SIBLING, bool(kinship.bonded(Bond.SIBLING)), say("siblings")),
        (Bond.ANCESTOR, bool(kinship.bonded(Bond.ANCESTOR, Bond.DESCENDANT)), say("a generation between")),
        ("support", bool(statuses - {*AHEAD, *DONE}), say("support")),
        ("ahead", bool(statuses & {*AHEAD}), say("agreed, or waiting for an answer")),
        ("done", bool(statuses & {*DONE}), say("completed")),
        ("gap", bool(data["gaps"]), say("Lacking")),
    ):
        if used and (kinship.head is not None or look not in {*MATES, *Bond}):
            yield look, meaning
