"""One case as a screen: what must not be overlooked first, then who consents to what, then everything else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.calendar import parse_every
from toshima_cli.domain.terms import DecidedBy, Decision, Ground, Origin, PlanStatus, ReferralStatus, Sex, Stage, Track
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.i18n import language
from toshima_cli.ui.fitting import alerts_of, duty_to_report
from toshima_cli.ui.names import KIN, kin, member
from toshima_cli.ui.page import Page, Shown, Toned

if TYPE_CHECKING:
    from toshima_cli.domain.held import Held
    from toshima_cli.looks.show import Shown as Case

Words = Mapping[str, Mapping[str, str]]
Json = Mapping[str, Any]

RECENT = 5
"""Entries of the progress record on the screen; json gives all."""

_STANDING = (PlanStatus.DRAFT, PlanStatus.PROPOSED, PlanStatus.APPROVED)


def draw(case: "Case", page: Page, names: Words) -> None:
    """The whole screen; `names` are the words of the lists in the language of the screen."""
    data = case.json()
    duty_to_report(page, data["duty"])
    if data["restricted"]:
        page.line(Toned(say("Under restriction: seen by its own people only."), "red"))
    there = [p for p in data["people"] if p["left_on"] is None and not p["withheld"]]
    for person in there:
        alerts_of(page, person["label"], person["visit_alert"], person["contact_rule"])
    page.line(*_head(case, data, names))
    persons = {p.label: p for p in case.case.people}
    _block(page, say("Consent"), (line for p in there for line in _consents(case, persons[p["label"]], names)))
    family = (_first(data)["name"] or "").partition(" ")[0]
    _block(page, say("Household"), (_member(p, family, case.mask, names) for p in data["people"]))
    _block(
        page, say("Corrected"), (_correction(p, c, names) for p in data["people"] for c in p["corrections"] if c["old"])
    )
    _block(page, say("Address"), (v for v in data["household"].values() if v))
    _block(page, say("Concerns"), (_concern(c, names) for c in data["concerns"]))
    sought = case.case.origin is Origin.OUTREACH
    _block(page, say("At first") if sought else say("At intake"), [data["note"]] if data["note"] else [])
    _block(page, say("Outreach"), [_outreach(data["outreach"], names)] if data["outreach"] else [])
    _block(page, say("Wishes"), (_of(p["label"], p["wish"]) for p in data["people"] if p["wish"]))
    _block(page, say("Approach"), (_approach(a) for a in data["approaches"]))
    _block(page, say("Referrals"), (_referral(r) for r in data["referrals"]))
    for plan in data["plans"]:
        _block(page, say("Plan {version}", version=plan["version"]), _plan(plan, names))
    _block(page, say("Agreed"), (_action(a, names) for a in data["actions"]))
    _block(page, say("Lacking"), (_gap(g) for g in data["gaps"]))
    _block(page, say("Other conferences"), (_conference(o, names) for o in data["other_conferences"]))
    _block(page, say("Sittings"), (_sitting(m) for m in data["meetings"]))
    _block(page, say("Progress"), _progress(data["progress"], names))
    _block(page, say("Watch"), [_watch(data["watch"])] if data["watch"] else [])
    _block(page, say("Ended"), (line for end in data["ends"] for line in _end(end, names)))
    _block(page, say("Linked"), (_link(link) for link in data["linked_cases"]))
    _block(page, say("Warning"), (w.message for w in data["warnings"]), red=True)
    _block(page, say("Next"), (_next(n.why, n.due_on) for n in data["next"]))


def _first(data: Json) -> Json:
    """Whom the household is called after: the first one still there."""
    people: Sequence[Json] = data["people"]
    return next((p for p in people if p["left_on"] is None and not p["withheld"]), people[0])


def _block(page: Page, label: Value, lines: Iterator[Shown] | Sequence[Shown], *, red: bool = False) -> None:
    found = list(lines)
    if found:
        page.block(label, *found, tone="red" if red else "")


def _head(case: "Case", data: Json, names: Words) -> Iterator[Value]:
    yield data["case"]
    first = _first(data)
    yield say("Household of {name}", name=first["name"]) if first["name"] else say("(name unknown)")
    waiting = any(p["status"] in _STANDING[:2] for p in data["plans"])
    revising = data["stage"] in (Stage.SUPPORTING, Stage.WATCHING) and waiting
    yield say("{stage} (plan under revision)", stage=data["stage"]) if revising else data["stage"]
    tracks: list[Value] = []
    for track in Track:
        joined = "・" if language() == "ja" else "/"
        labels = joined.join(
            p["label"] for p in data["people"] if p["track"] is track and p["left_on"] is None and not p["withheld"]
        )
        if labels:
            tracks.append(say("{labels} {track}", labels=labels, track=track))
    yield tuple(tracks)
    window = names["window"].get(data["window"], data["window"])
    if case.case.origin is Origin.OUTREACH:
        yield say("{on} heard of by {window}", on=data["opened_on"], window=window)
    else:
        yield say("{on} received by {window}", on=data["opened_on"], window=window)
    if data["coordinator"]:
        yield say("coordinator {who}", who=data["coordinator"])


def _consents(case: "Case", person: Any, names: Words) -> Iterator[Shown]:
    """What holds of each scope, and beneath it what else was recorded of the answers it rests on."""
    found = case.held(person)
    yield _consent(found, names)
    if not person.withheld:
        for row in dict.fromkeys(h.consent for h in found if h.consent is not None):
            yield from _recorded(person.label, case.recorded(row))


def _recorded(label: str, row: Json) -> Iterator[Say]:
    """Who decided, who explained, until when, and why somebody could not decide: where there is something to say."""
    facts = (
        (say("decided by"), _decider(row) if row["decided_by"] != DecidedBy.SELF else None),
        (say("shown by"), row["evidence"]),
        (say("explained by"), row["explained_by"]),
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


def _outreach(outreach: Json, names: Words) -> Value:
    why: str = names["why_not_connected"].get(outreach["why"], outreach["why"])
    code = outreach["programme"]
    if code is None:
        return why
    return say("{why} ({programme})", why=why, programme=names["programme"].get(code, code))


def _consent(found: Sequence["Held"], names: Words) -> Value:
    """A: given for plan, sharing (2026-11-02, signature). Scopes decided by one row stand together."""
    groups: dict[Any, list[Held]] = {}
    for held in found:
        groups.setdefault((held.decision, held.slug, held.consent and held.consent.seq), []).append(held)
    return say("{label} {answers}", label=found[0].label, answers=tuple(_answer(g, names) for g in groups.values()))


def _answer(group: Sequence["Held"], names: Words) -> Say:
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
    decision = group[0].decision
    if row.excluding:
        windows = tuple(names["window"].get(code, code) for code in sorted(row.excluding))
        return say(
            "{scopes}: {decision} ({on}, {how}; not with {windows})",
            scopes=scopes,
            decision=decision,
            on=row.on,
            how=how,
            windows=windows,
        )
    return say("{scopes}: {decision} ({on}, {how})", scopes=scopes, decision=decision, on=row.on, how=how)


def _person(person: Json, family: str, mask: bool, names: Words) -> Value:
    """By the given name within the household, by the whole name where the family name is another one."""
    label, name = person["label"], person["name"]
    if not name or mask or name.split()[0] == family:
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
    return say("{line} {note}", line=line, note=person["note"]) if person["note"] else line


def _member(person: Json, family: str, mask: bool, names: Words) -> Shown:
    """Who has left stands dim, with why and where to; of somebody withheld nothing stands but the label."""
    if person["withheld"]:
        return Toned(say("{label} (not shown here)", label=person["label"]), "dim")
    line = _person(person, family, mask, names)
    if person["assistance_since"] or person["assistance_office"]:
        of = tuple(part for part in (person["assistance_since"], person["assistance_office"]) if part)
        line = say("{line}, public assistance ({of})", line=line, of=of)
    if person["left_on"] is None:
        return line
    if person["same_as"]:
        return Toned(say("{line}, the same person as {label}", line=line, label=person["same_as"]), "dim")
    why = names["leave_reason"].get(person["left_reason"], person["left_reason"])
    line = say("{line}, left {on} ({reason})", line=line, on=person["left_on"], reason=why)
    return Toned(say("{line} → {case}", line=line, case=person["to_case"]) if person["to_case"] else line, "dim")


# What may be corrected, in words.
FIELDS = {
    "name": say("name"),
    "kana": say("reading"),
    "birth_date": say("birth date"),
    "sex": say("sex"),
    "relation": say("relation"),
    "phone": say("telephone"),
    "address": say("address"),
    "contact_rule": say("contact rule"),
    "visit_alert": say("visit alert"),
    "assistance_since": say("public assistance since"),
    "assistance_office": say("public assistance, office"),
}


def _correction(person: Json, correction: Json, names: Words) -> Shown:
    old = correction["old"]
    if correction["field"] == "sex":
        old = Sex(old)
    elif correction["field"] == "relation":
        old = names["relation"].get(old, old)
    line = say(
        "{on} {label} {field}: before {old} ({reason})",
        on=correction["on"],
        label=person["label"],
        field=FIELDS[correction["field"]],
        old=old,
        reason=correction["reason"],
    )
    return Toned(line, "dim")


LINKS = {"split": say("split"), "return": say("return as a new case"), "duplicate": say("merge")}
"""Why another case is tied to this one."""


def _link(link: Json) -> Say:
    return say(
        "{case} ({kind})", case=link["case"], kind=LINKS[link["kind"]] if link["kind"] in LINKS else link["kind"]
    )


def _concern(concern: Json, names: Words) -> Value:
    name = names["concern"].get(concern["concern"], concern["concern"])
    mark = "◎" if concern["most_pressing"] else ""
    line = say("{mark}{who} {concern}", mark=mark, who=concern["person"] or say("household"), concern=name)
    return say("{line} {note}", line=line, note=concern["note"]) if concern["note"] else line


def _of(label: str, text: Value) -> Say:
    return say("{label} {text}", label=label, text=text)


def _approach(approach: Json) -> Say:
    people = tuple(approach["people"]) or say("household")
    line = say("{on} {people} {text}", on=approach["on"], people=people, text=approach["text"] or "")
    if approach["afterwards"] is None:
        return line
    return say("{line} (begun before its conference: {reason})", line=line, reason=approach["afterwards"])


def _referral(referral: Json) -> Say:
    if referral["to"] is None:
        return say("{referral} being dealt with under the law ({on})", referral=referral["referral"], on=referral["on"])
    told = referral["ground"] == Ground.NONE_SHARED and referral["status"] is ReferralStatus.SENT
    return say(
        "{referral} {to} {person}: {status} ({on})",
        referral=referral["referral"],
        to=referral["to"],
        person=referral["person"] or say("household"),
        status=Ground.NONE_SHARED if told else referral["status"],
        on=referral["on"],
    )


def _plan(plan: Json, names: Words) -> Iterator[Shown]:
    line = say("{status}: {goal}", status=plan["status"], goal=plan["goal"])
    standing = plan["status"] in _STANDING
    yield line if standing else Toned(line, "dim")
    if not standing:
        return
    facts: list[Value] = [say("for {people}", people=tuple(plan["people"]))]
    if plan["lead"]:
        facts.append(say("lead agency {lead}", lead=whoever(plan["lead"], names)))
    if plan["review_on"]:
        facts.append(say("review {on}", on=plan["review_on"]))
    yield tuple(facts)
    if said := tuple(say("{label} ({on})", label=c["person"], on=c["on"]) for c in plan["confirmed"] if c["on"]):
        yield say("confirmed by {people}", people=said)
    for action in plan["actions"]:
        yield _action(action, names)


def _action(action: Json, names: Words) -> Shown:
    line: Value = say(
        "{action} {person} {who}: {what}",
        action=action["action"].rpartition("/")[2],
        person=action["person"] or say("household"),
        who=whoever(action["who"], names),
        what=action["what"],
    )
    if action["done_on"]:
        return Toned(say("{line} (done {on})", line=line, on=action["done_on"]), "dim")
    return say("{line} (due {on})", line=line, on=action["due_on"]) if action["due_on"] else line


def whoever(who: Value, names: Words) -> Value:
    """The name behind a code of a window, a programme, a resource or a colleague; other words as typed."""
    if not isinstance(who, str):
        return who
    return next(
        (names[kind][who] for kind in ("window", "programme", "resource", "staff") if who in names.get(kind, {})), who
    )


def _sitting(sitting: Json) -> Shown:
    line = say(
        "{on} {body} ({kind}): {purpose}",
        on=sitting["held_on"],
        body=sitting["body"],
        kind=sitting["kind"],
        purpose=sitting["purpose"],
    )
    if sitting["outcome"] is None:
        return line
    line = say("{line} → {outcome}", line=line, outcome=sitting["outcome"])
    return say("{line} {note}", line=line, note=sitting["note"]) if sitting["note"] else line


def _gap(gap: Json) -> Say:
    line = say("{gap} {text} ({status})", gap=gap["gap"], text=gap["text"], status=gap["status"])
    return say("{line} answer: {answer}", line=line, answer=gap["answer"]) if gap["answer"] else line


def _conference(held: Json, names: Words) -> Say:
    return say(
        "{on} {conference}: {not_enough}",
        on=held["held_on"],
        conference=names["conference"].get(held["conference"], held["conference"]),
        not_enough=held["not_enough"],
    )


def _progress(notes: Sequence[Json], names: Words) -> Iterator[Shown]:
    for note in reversed(notes[-RECENT:]):
        line = say(
            "{on} {method} {person}: {text}",
            on=note["on"],
            method=names["method"].get(note["method"], note["method"]),
            person=note["person"] or say("household"),
            text=note["text"],
        )
        yield Toned(say("{line} (undone)", line=line), "dim") if note["undone"] else line
    if len(notes) > RECENT:
        yield Toned(say("and {count} earlier ones; -f json gives all", count=len(notes) - RECENT), "dim")


def _watch(watch: Json) -> Say:
    every = parse_every(watch["every"]).as_say()
    return say("{watcher}, {every}, until {until}. A call when: {sign}", **{**watch, "every": every})


def _end(end: Json, names: Words) -> Iterator[Shown]:
    reason = say(" ({reason})", reason=end["reason"]) if end["reason"] else ""
    yield say("{on} {stage}{reason}", on=end["on"], stage=end["stage"], reason=reason)
    texts = (
        (say("lead agency"), whoever(end["lead"], names) if end["lead"] else None),
        (say("evaluation"), end["evaluation"]),
        (say("changes"), tuple(names["change"].get(code, code) for code in end["changes"])),
        (say("wish"), say("not known") if end["wish"] == Sex.UNKNOWN else end["wish"]),
        (say("groundwork"), end["groundwork"]),
        (say("tried"), end["tried"]),
        (say("last contact"), end["last_contact_on"]),
        (say("safety"), end["safety"]),
        (say("kept"), end["kept"]),
    )
    for what, text in texts:
        if text:
            yield say("{what}: {text}", what=what, text=text)


def _next(why: Value, due_on: Any) -> Value:
    return say("{why} (due {on})", why=why, on=due_on) if due_on else why
