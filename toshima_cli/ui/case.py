"""One case on a screen: what must not be overlooked first, then who consents to what, who supports whom, what is
planned and late, the last contacts, what comes next. What is older says how much of it there is (`--timeline`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from toshima_cli.domain.calendar import parse_every
from toshima_cli.domain.case import Referral, last_on
from toshima_cli.domain.referral import awaiting
from toshima_cli.domain.terms import ENDED, Ground, Origin, PlanStatus, ReferralStatus, Sex, Stage, Track
from toshima_cli.domain.verdict import Next, Say, Value, say
from toshima_cli.i18n import language
from toshima_cli.ui import household
from toshima_cli.ui.caseload import short
from toshima_cli.ui.fitting import alerts_of, duty_to_report
from toshima_cli.ui.names import whoever
from toshima_cli.ui.page import Beside, Page, Piece, Short, Shown, Toned
from toshima_cli.ui.paste import pasted

if TYPE_CHECKING:
    from toshima_cli.looks.show import Shown as Case

Words = Mapping[str, Mapping[str, str]]
Json = Mapping[str, Any]

CONTACTS, SITTINGS, REFERRALS, NEXT = 2, 2, 4, 2
"""So many of each on the screen: the last contacts, the last sittings beside those to come, the referrals that ended,
the steps that come
next (what is overdue stands there whatever its place)."""

_STANDING = (PlanStatus.DRAFT, PlanStatus.PROPOSED, PlanStatus.APPROVED)
_RUNNING = (ReferralStatus.SENT, ReferralStatus.WAITING, ReferralStatus.ACCEPTED)


class _Screen:
    """Draws one case, and counts what it leaves out."""

    def __init__(self, case: "Case", page: Page, names: Words) -> None:
        self.case, self.page, self.names = case, page, names
        self.day, self.data = case.day, case.json()
        self.there = [p for p in self.data["people"] if p["left_on"] is None and not p["withheld"]]
        self.more: list[Value] = []

    def block(self, label: Value, lines: Iterable[Piece], *, red: bool = False) -> None:
        found = list(lines)
        if found:
            self.page.block(label, *found, tone="red" if red else "")

    def beside(self, label: Value, parts: Iterable[Shown]) -> None:
        found = tuple(parts)
        self.block(label, [Beside(found)] if found else [])

    def on(self, day: date) -> str:
        return short(day.isoformat(), self.day)

    def left_out(self, what: Say, count: int) -> None:
        if count > 0:
            self.more.append(say("{what} {count}", what=what, count=count))


def draw(case: "Case", page: Page, names: Words) -> None:
    """The whole screen; `names` are the words of the lists in the language of the screen."""
    s = _Screen(case, page, names)
    data = s.data
    duty_to_report(page, data["duty"])
    if data["restricted"]:
        page.line(Toned(say("Under restriction: seen by its own people only."), "red"))
    for person in s.there:
        alerts_of(page, person["label"], person["visit_alert"], person["contact_rule"])
    page.line(*_head(case, data, names))
    s.beside(say("Consent"), household.consents(case, s.there, names))
    s.block(say("Household"), [*household.members(data, case.mask, names), *_address(data)])
    s.block(say("Corrected"), household.corrections(data, names))
    s.beside(say("Concerns"), (_concern(c, names) for c in data["concerns"]))
    _story(s)
    s.block(say("Referrals"), _referrals(s))
    _plans(s)
    s.block(say("Agreed"), _actions(s, data["actions"]))
    s.left_out(say("agreed steps that are done"), sum(bool(a["done_on"]) for a in data["actions"]))
    s.block(say("Lacking"), (_gap(g) for g in data["gaps"]))
    s.block(say("Other conferences"), (Short(_conference(o, names)) for o in data["other_conferences"]))
    s.block(say("Sittings"), _sittings(s))
    s.block(say("Progress"), _progress(s))
    s.block(say("Watch"), [_watch(data["watch"])] if data["watch"] else [])
    s.block(say("Ended"), (line for end in data["ends"] for line in _end(end, names)))
    s.beside(say("Linked"), (_link(link) for link in data["linked_cases"]))
    s.block(say("Warning"), (w.message for w in data["warnings"]), red=True)
    steps = (n for at, n in enumerate(data["next"]) if at < NEXT or (n.due_on and n.due_on < s.day))
    s.block(say("Next"), (_next(n, s) for n in steps))
    if s.more:
        line = pasted(f"toshima show {data['case']} --timeline")
        s.block(say("Older"), [Beside((Toned(tuple(s.more), "dim"), line))])


def _head(case: "Case", data: Json, names: Words) -> Iterator[Value]:
    yield data["case"]
    name = household.first(data)["name"]
    yield say("Household of {name}", name=name) if name else say("(name unknown)")
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


def _address(data: Json) -> list[Piece]:
    parts = tuple(value for value in data["household"].values() if value)
    return [Beside(parts)] if parts else []


def _story(s: _Screen) -> None:
    """How it began, what each wishes, and how they are to be approached."""
    data = s.data
    label = say("At first") if s.case.case.origin is Origin.OUTREACH else say("At intake")
    s.block(label, [Short(data["note"])] if data["note"] else [])
    s.block(say("Outreach"), [_outreach(data["outreach"], s.names)] if data["outreach"] else [])
    s.block(
        say("Wishes"), (Short(say("{label} {text}", label=p["label"], text=p["wish"])) for p in s.there if p["wish"])
    )
    shown = data["approaches"][-1:] if data["stage"] not in (Stage.WATCHING, *ENDED) else []
    s.block(say("Approach"), (Short(_approach(a)) for a in shown))
    s.left_out(say("approaches"), len(data["approaches"]) - len(shown))


LINKS = {"split": say("split"), "return": say("return as a new case"), "duplicate": say("merge")}
"""Why another case is tied to this one."""


def _link(link: Json) -> Say:
    return say(
        "{case} ({kind})", case=link["case"], kind=LINKS[link["kind"]] if link["kind"] in LINKS else link["kind"]
    )


def _outreach(outreach: Json, names: Words) -> Value:
    why: str = names["why_not_connected"].get(outreach["why"], outreach["why"])
    code = outreach["programme"]
    if code is None:
        return why
    return say("{why} ({programme})", why=why, programme=names["programme"].get(code, code))


def _concern(concern: Json, names: Words) -> Value:
    name = names["concern"].get(concern["concern"], concern["concern"])
    mark = "◎" if concern["most_pressing"] else ""
    return say("{mark}{who} {concern}", mark=mark, who=concern["person"] or say("household"), concern=name)


def _approach(approach: Json) -> Say:
    people = tuple(approach["people"]) or say("household")
    line = say("{on} {people} {text}", on=approach["on"], people=people, text=approach["text"] or "")
    if approach["afterwards"] is None:
        return line
    return say("{line} (begun before its conference: {reason})", line=line, reason=approach["afterwards"])


def _referrals(s: _Screen) -> Iterator[Shown]:
    """Who supports whom: those that run, each with its answer or the days it waits, then the last that ended."""
    of = {r.number: r for r in s.case.case.referrals}
    waits = {r.number: (s.day - r.on).days for r in awaiting(s.case.case, s.day)}
    rows: Sequence[Json] = s.data["referrals"]
    running = [r for r in rows if r["status"] in _RUNNING]
    ended = [r for r in rows if r["status"] not in _RUNNING]
    for row in running:
        yield _referral(row, of[row["referral"]], waits.get(row["referral"]), s)
    for row in ended[-REFERRALS:]:
        yield Toned(_referral(row, of[row["referral"]], None, s).value, "dim")
    s.left_out(say("referrals"), len(ended) - REFERRALS)


def _referral(row: Json, referral: Referral, waits: int | None, s: _Screen) -> Toned:
    if row["to"] is None:
        on = s.on(row["on"])
        return Toned(say("{referral} being dealt with under the law ({on})", referral=row["referral"], on=on), "")
    answer = last_on(referral.answers, s.day)
    told = referral.ground is Ground.NONE_SHARED and row["status"] is ReferralStatus.SENT
    line = say(
        "{referral} {to} {person}: {status} ({on})",
        referral=row["referral"],
        to=row["to"],
        person=row["person"] or say("household"),
        status=Ground.NONE_SHARED if told else row["status"],
        on=s.on(answer.on if answer else row["on"]),
    )
    if waits is None:
        return Toned(line, "")
    line = say("{line}, days waited: {days}", line=line, days=waits)
    return Toned(line, "red" if waits >= s.case.unanswered_days else "")


def _plans(s: _Screen) -> None:
    """The version that stands, and the one it is to follow; of the others their number only."""
    standing = [p for p in s.data["plans"] if p["status"] in _STANDING]
    for plan in standing:
        s.block(say("Plan"), _plan(plan, s))
    gone = [p for p in s.data["plans"] if p not in standing]
    if gone and not standing:
        line = say(
            "{version} {status}: {goal}", version=_version(gone[0]), status=gone[0]["status"], goal=gone[0]["goal"]
        )
        s.block(say("Plan"), [Short(Toned(line, "dim"))])
    s.left_out(say("plan versions"), len(gone) - (not standing))


def _version(plan: Json) -> Say:
    return say("version {version}", version=plan["version"])


def _plan(plan: Json, s: _Screen) -> Iterator[Piece]:
    version, people = _version(plan), tuple(plan["people"])
    line = say(
        "{version} {status} ({people}): {goal}",
        version=version,
        status=plan["status"],
        people=people,
        goal=plan["goal"],
    )
    yield Short(line, lines=1 if s.data["stage"] in (Stage.WATCHING, *ENDED) else 2)
    facts: list[Shown] = []
    if plan["lead"]:
        facts.append(say("lead {lead}", lead=whoever(plan["lead"], s.names)))
    if plan["review_on"]:
        review = say("review {on}", on=s.on(plan["review_on"]))
        late = plan["review_on"] < s.day
        facts.append(Toned(_late(review, plan["review_on"], s.day), "red") if late else review)
    said = tuple(say("{label} ({on})", label=c["person"], on=s.on(c["on"])) for c in plan["confirmed"] if c["on"])
    if said and plan["status"] is not PlanStatus.APPROVED:
        facts.append(say("confirmed by {people}", people=said))
    yield Beside(tuple(facts))
    yield from _actions(s, plan["actions"])
    done = tuple(
        say("{action} ({on})", action=_number(a), on=s.on(a["done_on"])) for a in plan["actions"] if a["done_on"]
    )
    if done:
        yield Toned(say("done: {actions}", actions=done), "dim")


def _late(line: Value, due: date, day: date) -> Say:
    return say("{line} (days overdue: {days})", line=line, days=(day - due).days)


def _actions(s: _Screen, actions: Sequence[Json]) -> Iterator[Piece]:
    """What is to be done, with what is late."""
    for action in (a for a in actions if not a["done_on"]):
        line: Value = say(
            "{action} {person} {who}: {what}",
            action=_number(action),
            person=action["person"] or say("household"),
            who=whoever(action["who"], s.names),
            what=action["what"],
        )
        due = action["due_on"]
        if due and due < s.day:
            yield Toned(_late(say("{line} (due {on})", line=line, on=s.on(due)), due, s.day), "red")
        else:
            yield say("{line} (due {on})", line=line, on=s.on(due)) if due else line


def _number(action: Json) -> str:
    number: str = action["action"]
    return number.rpartition("/")[2]


def _sittings(s: _Screen) -> Iterator[Piece]:
    """Those that decided last, and every one to come or not yet decided."""
    rows: Sequence[Json] = s.data["meetings"]
    decided = [m for m in rows if m["outcome"] is not None]
    kept = SITTINGS if len(decided) == len(rows) else 1
    for sitting in decided[-kept:]:
        line = say("{line} → {outcome}", line=_sitting(sitting, s), outcome=sitting["outcome"])
        yield Short(say("{line} {note}", line=line, note=sitting["note"]) if sitting["note"] else line)
    for sitting in (m for m in rows if m["outcome"] is None):
        line = _sitting(sitting, s)
        yield (
            say("{line} (not decided yet)", line=line)
            if sitting["held_on"] < s.day
            else say("{line} (planned)", line=line)
        )
    s.left_out(say("sittings"), len(decided) - kept)


def _sitting(sitting: Json, s: _Screen) -> Say:
    return say(
        "{on} {body} ({kind}): {purpose}",
        on=s.on(sitting["held_on"]),
        body=sitting["body"],
        kind=sitting["kind"],
        purpose=sitting["purpose"],
    )


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


def _progress(s: _Screen) -> Iterator[Piece]:
    """The last contacts, the newest first."""
    notes: Sequence[Json] = s.data["progress"]
    for note in reversed(notes[-CONTACTS:]):
        line = say(
            "{on} {method} {person}: {text}",
            on=short(str(note["on"]), s.day),
            method=s.names["method"].get(note["method"], note["method"]),
            person=note["person"] or say("household"),
            text=note["text"],
        )
        yield Short(Toned(say("(undone) {line}", line=line), "dim") if note["undone"] else line)
    s.left_out(say("entries"), len(notes) - CONTACTS)


def _watch(watch: Json) -> Say:
    every = parse_every(watch["every"]).as_say()
    return say("{watcher}, {every}, until {until}. A call when: {sign}", **{**watch, "every": every})


def _end(end: Json, names: Words) -> Iterator[Piece]:
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
    said = tuple(say("{what}: {text}", what=what, text=text) for what, text in texts if text)
    if said:
        yield Beside(said)


def _next(step: Next, s: _Screen) -> Shown:
    """Its due date where the sentence does not say it; red and in words where it has passed."""
    if not step.due_on:
        return step.why
    late = step.due_on < s.day
    line = step.why
    if not any(value == step.due_on for _, value in line.values):
        line = say("{why} (due {on})", why=line, on=s.on(step.due_on))
        line = _late(line, step.due_on, s.day) if late else line
    return Toned(line, "red" if late else "")
