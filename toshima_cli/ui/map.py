"""The household and who supports it, as branches of plain text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.terms import ReferralStatus
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.ui.names import kin, member, whoever
from toshima_cli.ui.page import Page, Shown, Toned

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


def draw(found: "Map", page: Page, names: Words) -> None:
    data = found.json()
    for person in data["people"]:
        for label, text in ((say("Visit alert"), person["visit_alert"]), (say("Contact rule"), person["contact_rule"])):
            if text:
                page.block(label, say("{label} {text}", label=person["label"], text=text), tone="red")
    first = next((p["name"] for p in data["people"] if p["name"]), None)
    page.line(data["case"], say("Household of {name}", name=first) if first else say("(name unknown)"), found.stage)
    page.tree([*_branches(data, found.mask, names)])


def _branches(data: Json, mask: bool, names: Words) -> Iterator[Branch]:
    here = [p for p in data["people"] if p["left_on"] is None]
    gone = [p for p in data["people"] if p["left_on"] is not None]
    for person in (*here, *gone):
        tone = "dim" if person["left_on"] else ""
        yield 0, [Toned(part, "dim") if tone else part for part in _person(person, mask, names)]
        yield from ((1, _support(s, names)) for s in data["supports"] if s["person"] == person["label"])
    yield 0, [say("The whole household")]
    yield from ((1, _support(s, names)) for s in data["supports"] if s["person"] is None)
    if data["gaps"]:
        yield 0, [say("Lacking")]
        yield from ((1, (gap["gap"], gap["kind"], gap["text"], gap["status"])) for gap in data["gaps"])


def _person(person: Json, mask: bool, names: Words) -> list[Value]:
    if person["withheld"]:
        return [say("{label} (not shown here)", label=person["label"])]
    parts: list[Value] = [member(person["label"], person["name"], mask=mask)]
    if person["age"] is not None:
        parts.append(say("{age} years", age=person["age"]))
    if place := kin(person["relation"], person["sex"], names):
        parts.append(place)
    if person["left_on"]:
        why = names.get("leave_reason", {}).get(person["left_reason"], person["left_reason"])
        parts.append(say("left on {on} ({why})", on=person["left_on"], why=why))
    if person["last_contact_on"]:
        parts.append(say("last contact {on}", on=person["last_contact_on"]))
    return parts


def _support(row: Json, names: Words) -> list[Shown]:
    done = row["status"] in (ReferralStatus.COMPLETED, "completed")
    parts: list[Value] = [whoever(row["who"], names)]
    if row["what"]:
        parts.append(row["what"])
    parts += [_status(row["status"]), say("since {on}", on=row["since"])]
    if row["last_contact_on"]:
        parts.append(say("last contact {on}", on=row["last_contact_on"]))
    return [Toned(part, "dim") if done else part for part in parts]


def _status(status: str) -> Say | ReferralStatus:
    return STANDS[status] if status in STANDS else ReferralStatus(status)
