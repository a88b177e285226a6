"""Everything of one case in the order of the business date, then of recording: what `show --timeline` adds.

It is held to what `show` shows: of somebody withheld there is nothing (rule 11), a report by law says of itself to its
own people only (rule 7), every typed text passes `Shown.text`. What was taken back stays, and says that it was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from toshima_cli.db import queries
from toshima_cli.domain import undo
from toshima_cli.domain.calendar import parse_every
from toshima_cli.domain.case import Action, Consent, Plan, Referral, Sitting
from toshima_cli.domain.fields import FIELDS, in_words
from toshima_cli.domain.initials import initials
from toshima_cli.domain.terms import DecidedBy, EndReason, Origin, Scope, Stage
from toshima_cli.domain.verdict import Value, say
from toshima_cli.looks import show_json

if TYPE_CHECKING:
    from toshima_cli.looks.show import Shown

Names = Mapping[str, Mapping[str, str]]

SITTING = "sitting"
"""The one kind that may lie ahead."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: its kind as a slug, whom it is about (a label, None: the household), in words what it
    was, and who recorded it, where that is told. `seq` None: dated by what stands elsewhere."""

    on: date
    kind: str
    person: str | None
    text: Value
    seq: int | None = None
    by: str | None = None
    undone: bool = False

    def json(self) -> dict[str, Any]:
        return {
            "on": self.on,
            "kind": self.kind,
            "person": self.person,
            "text": self.text,
            "by": self.by,
            "undone": self.undone,
            "seq": self.seq,
        }


@dataclass(frozen=True, slots=True)
class Turns:
    """What the books say of days and recorders beside the case itself. `turns`: (turn, what) → (day, seq, text)."""

    turns: Mapping[tuple[str, str], tuple[date, int, str | None]]
    recorders: Mapping[int, str]
    undone: tuple[Mapping[str, Any], ...]
    about: Mapping[int, frozenset[str]]


def turns(conn: Any, cases: tuple[int, ...]) -> Turns:
    """Of the case and those merged into it, by their ids, the case itself first."""
    q = queries("show")
    found: dict[tuple[str, str], tuple[date, int, str | None]] = {}
    recorders, about = dict[int, str](), dict[int, frozenset[str]]()
    for case_id in cases:
        for row in q.turns(conn, case_id=case_id):
            found.setdefault((row["turn"], row["what"]), (date.fromisoformat(row["on_date"]), row["seq"], row["text"]))
        recorders |= {row["seq"]: row["actor"] for row in q.recorders(conn, case_id=case_id)}
    # what was taken back of a case merged into this one stays with its own number: its labels are not those of here
    undone = list(q.undone(conn, case_id=cases[0]))
    for row in q.undone_people(conn, case_id=cases[0]):
        label = row["label"].partition("~")[0]
        about[row["seq"]] = about.get(row["seq"], frozenset()) | {label}
    return Turns(found, recorders, tuple(undone), about)


def of(seen: "Shown", found: Turns, names: Names) -> tuple[Entry, ...]:
    """The entries in order, up to the day of the look; sittings called for later too. `names`: the words of the lists,
    in the language of whoever reads."""
    entries = [entry for entry in _Writer(seen, found, names).all() if entry.on <= seen.day or entry.kind == SITTING]
    # of one act, what it wrote stands before the stage that it led to
    return tuple(sorted(entries, key=lambda entry: (entry.on, entry.seq or 0, entry.kind == "stage")))


@dataclass
class _Writer:
    seen: "Shown"
    found: Turns
    names: Names
    gone: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.gone = self.seen.withheld

    def all(self) -> Iterator[Entry]:
        for entry in (
            *self._course(),
            *self._people(),
            *self._words(),
            *self._referrals(),
            *self._plans(),
            *self._sittings(),
            *self._rest(),
        ):
            if entry.person not in self.gone:
                yield entry
        yield from self._undone()

    def entry(self, on: date, seq: int | None, kind: str, text: Value | None, person: str | None = None) -> Entry:
        return Entry(on, kind, person, "" if text is None else text, seq, self.found.recorders.get(seq or 0))

    def turn(self, turn: str, what: object) -> tuple[date | None, int | None, str | None]:
        return self.found.turns.get((turn, str(what)), (None, None, None))

    def text(self, typed: str | None) -> Value:
        return self.seen.text(typed) or ""

    def word(self, kind: str, code: str) -> str:
        return self.names.get(kind, {}).get(code, code)

    def whoever(self, who: str) -> Value:
        known = (
            self.names[kind][who]
            for kind in ("window", "programme", "resource", "staff")
            if who in self.names.get(kind, {})
        )
        return next(known, None) or self.text(who)

    def _course(self) -> Iterator[Entry]:
        """How it came and went through the stages, and who was responsible."""
        case, seen = self.seen.case, self.seen
        ordered = sorted(case.steps, key=lambda step: (step.on, step.seq))
        window, channel = self.word("window", case.window), self.word("channel", case.channel)
        came = (
            say("heard of by {window} ({channel})", window=window, channel=channel)
            if case.origin is Origin.OUTREACH
            else say("received by {window} ({channel})", window=window, channel=channel)
        )
        yield self.entry(case.opened_on, ordered[0].seq, "reception", _with(came, self.text(case.note)))
        for step in ordered[1:]:
            moved = say("{act}: {stage}", act=step.act, stage=step.stage)
            yield self.entry(step.on, step.seq, "stage", _with(moved, self.text(step.reason)))
        for assigned in case.assignments:
            who = say("coordinator {who}", who=assigned.coordinator)
            yield self.entry(assigned.on, assigned.seq, "coordinator", who)
        for sought in case.outreach:
            why = self.word("why_not_connected", sought.why)
            programme = self.word("programme", sought.programme) if sought.programme else ""
            yield self.entry(sought.on, sought.seq, "outreach", _with(why, programme))
        for end in case.endings:
            if end.reason is EndReason.DUPLICATE and seen.stage is not Stage.CLOSED:
                continue  # a merge taken back ended nothing
            line: Value = say("{stage} ({reason})", stage=end.stage, reason=end.reason) if end.reason else end.stage
            parts = (end.evaluation, end.wish, end.groundwork, end.tried, end.safety)
            yield self.entry(end.on, end.seq, "end", _with(line, *(self.text(part) for part in parts)))
        for link in case.links:
            on, seq, _ = self.turn("linked", f"{link.kind} {link.case}")
            if on is not None:
                yield self.entry(
                    on, seq, "link", say("{case} ({kind})", case=link.case, kind=LINKS.get(link.kind, link.kind))
                )

    def _people(self) -> Iterator[Entry]:
        """Who joined and left, and what was corrected of them."""
        mask = self.seen.mask
        for person in (p for p in self.seen.case.people if not p.withheld):
            _, seq, _ = self.turn("joined", person.id)
            name = initials(person.name, person.kana) if mask else person.name
            relation = self.word("relation", person.relation)
            line = _with(
                name or say("(name unknown)"), relation if person.relation != "other" else "", self.text(person.note)
            )
            yield self.entry(person.joined_on, seq, "joined", line, person.label)
            if person.left_on is None:
                continue
            _, seq, why = self.turn("left", person.id)
            reason: Value = self.word("leave_reason", person.left_reason) if person.left_reason else ""
            if person.same_as:
                reason = say("the same person as {label}", label=person.same_as)
            line = _with(reason, self.text(why), say("→ {case}", case=person.to_case) if person.to_case else "")
            yield self.entry(person.left_on, seq, "same" if person.same_as else "left", line, person.label)
        for row in self.seen.corrections:
            if row["field"] not in FIELDS:
                continue
            old, new = (
                in_words(row["field"], show_json.corrected(self.seen, row["field"], row[key]), self.names["relation"])
                for key in ("old_value", "new_value")
            )
            line = say("{field}: {old} → {new}", field=FIELDS[row["field"]], old=old or "", new=new or "")
            on = date.fromisoformat(row["on_date"])
            yield self.entry(on, row["seq"], "correction", _with(line, self.text(row["reason"])), row["label"])

    def _words(self) -> Iterator[Entry]:
        """What troubles them, what they wish, what they consent to."""
        case = self.seen.case
        for concern in case.concerns:
            name = self.word("concern", concern.code)
            line: Value = say("{concern} (most pressing)", concern=name) if concern.most_pressing else name
            yield self.entry(concern.on, concern.seq, "concern", _with(line, self.text(concern.note)), concern.label)
            if concern.ended_on is not None:
                _, seq, why = self.turn("ended", concern.id)
                yield self.entry(concern.ended_on, seq, "concern_end", _with(name, self.text(why)), concern.label)
        for person in case.people:
            for wish in person.wishes:
                yield self.entry(wish.on, wish.seq, "wish", self.text(wish.text), person.label)
            for consent in person.consents:
                yield self.entry(consent.on, consent.seq, "consent", self._consent(consent), person.label)

    def _consent(self, consent: Consent) -> Value:
        row = self.seen.recorded(consent)
        decider: Value = say("{who} {name}", who=row["decided_by"], name=row["by"]) if row["by"] else row["decided_by"]
        windows = tuple(self.word("window", code) for code in row["excluding"])
        facts = (
            (say("decided by"), None if consent.decided_by is DecidedBy.SELF else decider),
            (say("without"), windows),
            (say("shown by"), row["evidence"]),
            (say("explained by"), row["explained_by"]),
            (say("holds until"), row["expires_on"]),
            (say("reason"), row["why"]),
            (say("judged by"), row["judged_by"]),
            (say("looked at again on"), row["review_on"]),
        )
        line = say(
            "{scopes}: {decision} ({how})",
            scopes=tuple(scope for scope in Scope if scope in consent.scopes),
            decision=consent.decision,
            how=self.word("consent_method", consent.method),
        )
        return _with(line, *(say("{what}: {text}", what=what, text=text) for what, text in facts if text))

    def _referrals(self) -> Iterator[Entry]:
        seen = self.seen
        for r in seen.case.referrals:
            if not r.open_to(seen.actor, seen.case.coordinator_on(seen.day)):
                if r.label not in self.gone:
                    line = say("{referral} being dealt with under the law", referral=r.number)
                    yield Entry(r.on, "referral", None, line, r.seq)
                continue
            yield self.entry(r.on, r.seq, "referral", self._referral(r), r.label)
            for answer in r.answers:
                line = say("{referral}: {status}", referral=r.number, status=answer.status)
                yield self.entry(answer.on, answer.seq, "answer", _with(line, self.text(answer.reason)), r.label)

    def _referral(self, r: Referral) -> Value:
        line = say("{referral} → {to} ({ground})", referral=r.number, to=self.text(r.to_name), ground=r.ground)
        return _with(line, self.text(r.reason))

    def _plans(self) -> Iterator[Entry]:
        """The versions, what became of them, who confirmed them, and who does what."""
        for plan in self.seen.case.plans:
            yield from self._plan(plan)
        for action in self.seen.case.actions:
            number = action.number.rpartition("/")[2]
            line: Value = say(
                "{action} {who}: {what}", action=number, who=self.whoever(action.who), what=self.text(action.what)
            )
            if action.due_on:
                line = say("{line} (due {on})", line=line, on=action.due_on)
            yield self.entry(action.on, action.seq, "action", line, action.label)
            if action.done_on:
                yield self._done(action, number)

    def _done(self, action: Action, number: str) -> Entry:
        _, seq, _ = self.turn("done", action.number)
        assert action.done_on is not None
        return self.entry(action.done_on, seq, "done", _with(number, self.text(action.what)), action.label)

    def _plan(self, plan: Plan) -> Iterator[Entry]:
        for step in plan.steps:
            line: Value = say("{plan} {status}", plan=plan.number, status=step.status)
            first = step is plan.steps[0]
            parts = (say("for {people}", people=plan.labels), self.text(plan.goal)) if first else ()
            yield self.entry(
                step.on, step.seq, "plan", _with(line, *parts, step.meeting or "", self.text(step.afterwards))
            )
        for confirmed in plan.people:
            if confirmed.on is not None:
                line = say("{plan} confirmed", plan=plan.number)
                how = self.word("consent_method", confirmed.method) if confirmed.method else ""
                yield self.entry(confirmed.on, None, "confirmation", _with(line, how), confirmed.label)

    def _sittings(self) -> Iterator[Entry]:
        for sitting in self.seen.case.sittings:
            yield self.entry(sitting.held_on, sitting.decided_seq or None, SITTING, self._sitting(sitting))
        for begun in self.seen.case.approaches:
            people = begun.labels or say("household")
            line: Value = say("{people}: {text}", people=people, text=self.text(begun.text))
            if begun.afterwards is not None:
                line = say(
                    "{line} (begun before its conference: {reason})", line=line, reason=self.text(begun.afterwards)
                )
            yield self.entry(begun.on, begun.seq, "approach", line)
        for held in self.seen.case.other_conferences:
            name = self.word("conference", held.conference)
            yield self.entry(held.held_on, held.seq, "conference", _with(name, self.text(held.not_enough)))

    def _sitting(self, sitting: Sitting) -> Value:
        line = say(
            "{meeting} {body} ({kind}): {purpose}",
            meeting=sitting.meeting,
            body=sitting.body,
            kind=sitting.kind,
            purpose=sitting.purpose,
        )
        if sitting.outcome is None:
            ahead = sitting.held_on >= self.seen.day
            return say("{line} (planned)", line=line) if ahead else say("{line} (not decided yet)", line=line)
        return _with(say("{line} → {outcome}", line=line, outcome=sitting.outcome), self.text(sitting.note))

    def _rest(self) -> Iterator[Entry]:
        """Contacts, undone ones too, watches and gaps."""
        for note in self.seen.notes:
            if note["label"] not in self.gone:
                yield self._contact(note)
        for watch in self.seen.case.watches:
            every = parse_every(watch.every).as_say()
            who, sign = self.text(watch.watcher), self.text(watch.sign)
            line = say(
                "{watcher}, {every}, until {until}. A call when: {sign}",
                watcher=who,
                every=every,
                until=watch.until,
                sign=sign,
            )
            yield self.entry(watch.on, watch.seq, "watch", line)
        for gap in self.seen.case.gaps:
            yield self.entry(
                gap.on,
                gap.seq,
                "gap",
                say("{gap} {text}", gap=gap.number, text=self.seen.gap_text(gap, gap.text) or ""),
            )
            for step in gap.steps:
                line = say("{gap} {status}", gap=gap.number, status=step.status)
                yield self.entry(step.on, step.seq, "gap", _with(line, self.seen.gap_text(gap, step.text) or ""))

    def _contact(self, note: Mapping[str, Any]) -> Entry:
        line: Value = say("{method}: {text}", method=self.word("method", note["method"]), text=self.text(note["text"]))
        if note["next_on"]:
            what = self.text(note["next_what"]) if note["next_what"] else ""
            line = _with(line, say("next {on} {what}", on=note["next_on"], what=what))
        by = note["actor"]
        return Entry(
            date.fromisoformat(note["on_date"]), "contact", note["label"], line, note["seq"], by, bool(note["undone"])
        )

    def _undone(self) -> Iterator[Entry]:
        """What was taken back, by what it said. Of what told of somebody withheld, or of a report by law to others than
        its own people, there is nothing."""
        seen = self.seen
        for row in self.found.undone:
            about = self.found.about.get(row["seq"], frozenset[str]())
            if about & self.gone or (
                row["by_law"] and seen.actor not in (row["actor"], seen.case.coordinator_on(seen.day))
            ):
                continue
            turned = {f"{name}:{row[name]}" for name in ("consent", "referral_answer") if row[name]}
            turned |= {"assignment:to"} if row["assignment"] else set()
            on = date.fromisoformat(row["on_date"])
            step = undo.Step(row["seq"], row["name"], on, "", wrote=frozenset(turned))
            person = next(iter(about)) if len(about) == 1 else None
            yield Entry(on, row["name"].replace(" ", "_"), person, undo.of_step(step), row["seq"], row["actor"], True)


LINKS = {"split": say("split"), "return": say("return as a new case"), "duplicate": say("merge")}
"""Why another case is tied to this one."""


def _with(line: Value, *parts: Value) -> Value:
    """The line and what is said beside it."""
    for part in parts:
        if part != "":
            line = say("{line} {note}", line=line, note=part)
    return line
