"""Who belongs to a household and what each of them consents to, as it is drawn."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.fields import FIELDS, in_words
from toshima_cli.domain.names import fold
from toshima_cli.domain.terms import DecidedBy, Decision, Sex
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.ui.caseload import short
from toshima_cli.ui.names import KIN, kin, member
from toshima_cli.ui.page import Beside, Piece, Short, Shown, Toned

if TYPE_CHECKING:
    from toshima_cli.domain.held import Held
    from toshima_cli.looks.show import Shown as Case

Words = Mapping[str, Mapping[str, str]]
Json = Mapping[str, Any]

CORRECTED = 2
"""So many corrections on the screen, the latest ones."""


def first(data: Json) -> Json:
    """Whom the household is called after: the first one still there."""
    people: Sequence[Json] = data["people"]
    return next((p for p in people if p["left_on"] is None and not p["withheld"]), people[0])


def consents(case: "Case", there: Sequence[Json], names: Words) -> Iterator[Shown]:
    """What holds of each scope since when, and after it what it hangs on: who decided, until when, why not."""
    persons = {p.label: p for p in case.case.people}
    for person in (persons[p["label"]] for p in there):
        found = case.held(person)
        yield _consent(found, case.day, names)
        for row in dict.fromkeys(h.consent for h in found if h.consent is not None):
            yield from _hangs_on(person.label, case.recorded(row))


def _hangs_on(label: str, row: Json) -> Iterator[Say]:
    facts = (
        (say("decided by"), _decider(row) if row["decided_by"] != DecidedBy.SELF else None),
        (say("shown by"), row["evidence"]),
        (say("holds until"), row["expires_on"] if row["decision"] is Decision.GIVEN else None),
        (say("reason"), row["why"]),
        (say("judged by"), row["judged_by"]),
        (say("looked at again on"), row["review_on"]),
    )
    said = tuple(say("{what}: {text}", what=what, text=text) for what, text in facts if text)
    if said:
        yield say("{label} {text}", label=label, text=said)


def _decider(row: Json) -> Value:
    return say("{who} {name}", who=row["decided_by"], name=row["by"]) if row["by"] else row["decided_by"]


def _consent(found: Sequence["Held"], today: date, names: Words) -> Value:
    """A: given for plan, sharing 11/02 signature. Scopes decided by one row stand together."""
    groups: dict[Any, list[Held]] = {}
    for held in found:
        groups.setdefault((held.decision, held.slug, held.consent and held.consent.seq), []).append(held)
    answers = tuple(_answer(group, today, names) for group in groups.values())
    return say("{label} {answers}", label=found[0].label, answers=answers)


def _answer(group: Sequence["Held"], today: date, names: Words) -> Say:
    scopes, row = tuple(h.scope for h in group), group[0].consent
    if row is None:
        return say("{scopes}: {decision}", scopes=scopes, decision=group[0].decision)
    how = names["consent_method"].get(row.method, row.method)
    if group[0].expired and row.expires_on:
        return say("{scopes}: ran until {until} ({how})", scopes=scopes, until=row.expires_on, how=how)
    if group[0].suspected:
        return say("{scopes}: not relied on (being dealt with under the law)", scopes=scopes)
    if group[0].void:
        return say(
            "{scopes}: not relied on ({on}; by the birth date known now another one decides)", scopes=scopes, on=row.on
        )
    decision, on = group[0].decision, short(row.on.isoformat(), today)
    if row.excluding:
        windows = tuple(names["window"].get(code, code) for code in sorted(row.excluding))
        return say(
            "{scopes}: {decision} ({on}, {how}; not with {windows})",
            scopes=scopes,
            decision=decision,
            on=on,
            how=how,
            windows=windows,
        )
    return say("{scopes}: {decision} {on} {how}", scopes=scopes, decision=decision, on=on, how=how)


def members(data: Json, mask: bool, names: Words) -> Iterator[Piece]:
    """Those who are there, a line each where there is something to tell of somebody; then who has left, dim."""
    family = (first(data)["name"] or "").partition(" ")[0]
    people: Sequence[Json] = data["people"]
    there = [p for p in people if p["left_on"] is None and not p["withheld"]]
    lines = tuple(_person(p, family, mask, names) for p in there)
    yield from map(Short, lines) if any(p["note"] for p in there) else [Beside(lines)] if lines else []
    yield from (_gone(p, family, mask, names) for p in people if p not in there)


def _gone(person: Json, family: str, mask: bool, names: Words) -> Shown:
    """Why they left and where to; of somebody withheld nothing stands but the label."""
    if person["withheld"]:
        return Toned(say("{label} (not shown here)", label=person["label"]), "dim")
    line = _person(person, family, mask, names)
    if person["same_as"]:
        return Toned(say("{line}, the same person as {label}", line=line, label=person["same_as"]), "dim")
    why = names["leave_reason"].get(person["left_reason"], person["left_reason"])
    line = say("{line}, left {on} ({reason})", line=line, on=person["left_on"], reason=why)
    return Toned(say("{line} → {case}", line=line, case=person["to_case"]) if person["to_case"] else line, "dim")


def _person(person: Json, family: str, mask: bool, names: Words) -> Value:
    """By the given name within the household, by the whole name where the family name is another one."""
    label, name = person["label"], person["name"]
    if not name or mask or fold(name.split()[0]) == fold(family):
        who = member(label, name, mask=mask)
    else:
        who = say("{label} {given}", label=label, given=name)
    parts: list[Value] = [place] if (place := kin(person["relation"], person["sex"], names)) else []
    if person["age"] is not None:
        parts.insert(0, say("{age} years", age=person["age"]))
    if (person["relation"], person["sex"]) not in KIN and person["sex"] != Sex.UNKNOWN:
        parts.append(Sex(person["sex"]))
    line = (
        say("{who} ({facts})", who=who, facts=tuple(parts))
        if parts
        else who
        if name
        else say("{label} (name unknown)", label=label)
    )
    if person["assistance_since"] or person["assistance_office"]:
        of = tuple(part for part in (person["assistance_since"], person["assistance_office"]) if part)
        line = say("{line}, public assistance ({of})", line=line, of=of)
    return say("{line} {note}", line=line, note=person["note"]) if person["note"] else line


def corrections(data: Json, names: Words) -> list[Piece]:
    """The latest ones, with what stood there before."""
    found = [(c["on"], p["label"], c) for p in data["people"] for c in p["corrections"] if c["old"]]
    return [Short(Toned(_correction(*row, names), "dim")) for row in sorted(found, key=lambda row: row[0])[-CORRECTED:]]


def _correction(on: Any, label: str, correction: Json, names: Words) -> Say:
    return say(
        "{on} {label} {field}: before {old} ({reason})",
        on=on,
        label=label,
        field=FIELDS[correction["field"]],
        old=in_words(correction["field"], correction["old"], names["relation"]) or "",
        reason=correction["reason"],
    )
