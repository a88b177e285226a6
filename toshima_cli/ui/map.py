"""The household as generations, and who supports whom, as plain text. Every sign is ASCII: one cell wide anywhere."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.terms import GapKind, GapStatus, ReferralStatus
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.ui.fitting import alerts_of
from toshima_cli.ui.kinship import CALLED, Bond, Family, dead, family, supported
from toshima_cli.ui.names import kin, member, whoever
from toshima_cli.ui.page import Beside, Page, Shown, Toned

if TYPE_CHECKING:
    from toshima_cli.looks.map import Map

Words = Mapping[str, Mapping[str, str]]
Json = Mapping[str, Any]
Branch = tuple[int, Sequence[Shown]]

STANDS = {
    "assigned": say("coordinates"),
    "received": say("received them"),
    "outreach": say("seeks them"),
    "watching": say("watches"),
    "agreed": say("agreed"),
}
"""What a support is doing, where it is no status of a referral."""

AHEAD = ("agreed", ReferralStatus.SENT, ReferralStatus.WAITING)
"""What is agreed or asked for, and not known to have begun."""

DONE = ("completed", ReferralStatus.COMPLETED)

SEXES = {"male": ("[", "]"), "female": ("(", ")")}
UNKNOWN = ("<", ">")
STEMS = {
    Bond.COUPLE: "|=== ",
    Bond.PARTNER: "|~~~ ",
    Bond.FORMER: "|=/= ",
    Bond.SIBLING: "|... ",
    Bond.CHILD: "|--- ",
}
"""How somebody hangs on the line that goes down from the head."""

BETWEEN = {
    Bond.COUPLE: say("married"),
    Bond.PARTNER: say("partners"),
    Bond.FORMER: say("separated"),
    Bond.SIBLING: say("siblings"),
    Bond.CHILD: say("child"),
}


def draw(found: "Map", page: Page, names: Words) -> None:
    data = found.json()
    for person in data["people"]:
        alerts_of(page, person["label"], person["visit_alert"], person["contact_rule"])
    page.line(data["case"], household(data), found.stage, say("as of {day}", day=found.day))
    kinship = family(data["people"])
    for generation, row in kinship.rows:
        page.block(CALLED[generation], *_row(generation, row, kinship, found.mask, names))
    if home := tuple(p["label"] for p in data["people"] if p["at_home"]):
        page.block(say("Live together"), home)
    page.block(say("Signs"), Beside(tuple(_signs(kinship))))
    page.line(say("Who supports whom"))
    page.tree([*_branches(data, found.mask, names)])


def household(data: Json) -> Say:
    first = next((p["name"] for p in data["people"] if p["name"]), None)
    return say("Household of {name}", name=first) if first else say("(name unknown)")


# ------------------------------------------------------------------ who is who


def _row(
    generation: int | None, row: Sequence[Json], kinship: Family, mask: bool, names: Words
) -> Iterator[Toned | Beside]:
    below = kinship.head is not None and generation is not None and generation >= 0
    for person in row:
        bond = kinship.bonds.get(person["label"])
        # without a head nobody hangs on a line
        stem = STEMS.get(bond, "") if bond and below else ""
        parts = [*who(person, mask, names, sign=stem + sign(person, kinship)), *whereabouts(person, names)]
        yield Beside(tuple(Toned(part, "dim") if person["left_on"] else part for part in parts))
    if kinship.head is not None and generation == -1:
        yield Toned("|", "")


def sign(person: Json, kinship: Family) -> str:
    """`((A))`: a woman, and head; `[B x]`: a man who died."""
    left, right = SEXES.get(person["sex"], UNKNOWN)
    times = 2 if person is kinship.head else 1
    return f"{left * times}{person['label']}{' x' if dead(person) else ''}{right * times}"


def _signs(kinship: Family) -> Iterator[Value]:
    """What the signs mean that are on the screen."""
    people = [p for _, row in kinship.rows for p in row if not p["withheld"]]
    for mark, sex, meaning in (
        ("[ ]", "male", say("male")),
        ("( )", "female", say("female")),
        ("< >", None, say("sex other or not known")),
    ):
        if any(p["sex"] == sex if sex else p["sex"] not in SEXES for p in people):
            yield say("{sign} {meaning}", sign=mark, meaning=meaning)
    if kinship.head is not None:
        left, right = SEXES.get(kinship.head["sex"], UNKNOWN)
        yield say("{sign} {meaning}", sign=f"{left * 2} {right * 2}", meaning=say("head"))
        for bond, stem in STEMS.items():
            if kinship.bonded(bond):
                yield say("{sign} {meaning}", sign=stem[1:].strip(), meaning=BETWEEN[bond])
    if any(map(dead, people)):
        yield say("{sign} {meaning}", sign="x", meaning=say("died"))


def who(person: Json, mask: bool, names: Words, *, sign: str = "") -> list[Value]:
    """Name (behind the label, or the sign that holds it), age, place in the household; of who is withheld the label,
    and that is all."""
    if person["withheld"]:
        return [say("{label} (not shown here)", label=person["label"])]
    parts: list[Value] = [member(sign or person["label"], person["name"], mask=mask)]
    if person["age"] is not None:
        parts.append(say("{age} years", age=person["age"]))
    if place := kin(person["relation"], person["sex"], names):
        parts.append(place)
    return parts


def whereabouts(person: Json, names: Words) -> list[Value]:
    """That they have left or live elsewhere; nothing of who is at home."""
    if person["left_on"]:
        why = names.get("leave_reason", {}).get(person["left_reason"], person["left_reason"])
        return [say("left on {on} ({why})", on=person["left_on"], why=why)]
    return [say("lives elsewhere")] if person["at_home"] is False else []


def last_contact(row: Json) -> list[Value]:
    return [say("last contact {on}", on=row["last_contact_on"])] if row["last_contact_on"] else []


# ------------------------------------------------------------ who supports whom


def _branches(data: Json, mask: bool, names: Words) -> Iterator[Branch]:
    here = [p for p in data["people"] if p["left_on"] is None]
    gone = [p for p in data["people"] if p["left_on"] is not None]
    groups = dict(supported(data))
    for person in (*here, *gone):
        parts = [who(person, mask, names)[0], *last_contact(person)]
        yield 0, [Toned(part, "dim") if person["left_on"] else part for part in parts]
        yield from ((1, _support(s, names)) for s in groups.pop(person["label"], ()))
    yield 0, [say("The whole household")]
    yield from ((1, _support(s, names)) for s in groups.pop(None, ()))
    if data["gaps"]:
        yield 0, [say("Lacking")]
        yield from ((1, [gap["gap"], *lacking(gap)]) for gap in data["gaps"])


def _support(row: Json, names: Words) -> list[Shown]:
    parts = [whoever(row["who"], names), *([row["what"]] if row["what"] else []), *standing(row)]
    return [Toned(part, "dim") if row["status"] in DONE else part for part in parts]


def standing(row: Json) -> list[Value]:
    """What a support is doing, since when, and the last contact."""
    if row["done_on"]:
        return [say("completed {on}", on=row["done_on"]), *last_contact(row)]
    return [_status(row["status"]), say("since {on}", on=row["since"]), *last_contact(row)]


def _status(status: str) -> Say | ReferralStatus:
    return STANDS[status] if status in STANDS else ReferralStatus(status)


def lacking(gap: Json) -> tuple[Value, Value, Value, Value]:
    return GapKind(gap["kind"]), gap["text"], GapStatus(gap["status"]), say("since {on}", on=gap["on"])
