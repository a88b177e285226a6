"""A household to try the rules on: A, B (19) and C (84), taken in on 2026-10-05 at the CSW, as in the chapter.

`Life` writes one fact after the other, each with the next sequence, and `life.case` is the case they make.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from toshima_cli.domain import terms as t
from toshima_cli.domain.case import (
    Action,
    Answer,
    Approach,
    Assignment,
    Case,
    Concern,
    Confirmation,
    Consent,
    Ending,
    Note,
    Person,
    Plan,
    PlanStep,
    Referral,
    Sitting,
    Step,
    Watch,
    Wish,
)

OPENED = date(2026, 10, 5)
BIRTHS = {"A": date(1968, 5, 1), "B": date(2007, 6, 1), "C": date(1942, 3, 3)}
BOTH = (t.Scope.PLAN, t.Scope.SHARING)


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


class Life:
    def __init__(
        self,
        stage: t.Stage = t.Stage.RECEIVED,
        labels: str = "ABC",
        *,
        on: date = OPENED,
        births: dict[str, date | None] | None = None,
    ) -> None:
        """A case that stands in `stage` from its first day on; `births` replaces the dates of birth."""
        self.seq = 0
        known: dict[str, date | None] = {**BIRTHS, **(births or {})}
        people = tuple(
            Person(
                id=at,
                person_id=at,
                label=label,
                name=None,
                kana=None,
                birth_date=known.get(label),
                sex="unknown",
                relation="other",
                joined_on=on,
            )
            for at, label in enumerate(labels, 1)
        )
        self.case = Case(
            id=1,
            number="2026-0042",
            opened_on=on,
            origin=t.Origin.INTAKE,
            window="csw",
            channel="welfare_commissioner",
            people=people,
        )
        self.step(on, t.Act.CONNECT, stage)

    def next(self) -> int:
        self.seq += 1
        return self.seq

    def step(self, on: date, act: t.Act, stage: t.Stage, seq: int | None = None) -> "Life":
        step = Step(on, seq or self.next(), act, stage)
        self.case = replace(self.case, steps=(*self.case.steps, step))
        return self

    def coordinator(self, on: date, code: str = "k03") -> "Life":
        self.case = replace(self.case, assignments=(*self.case.assignments, Assignment(on, self.next(), code)))
        return self

    def consent(
        self,
        labels: Iterable[str],
        on: date,
        decision: t.Decision = t.Decision.GIVEN,
        scopes: Iterable[t.Scope] = BOTH,
        *,
        expires_on: date | None = None,
        review_on: date | None = None,
    ) -> "Life":
        for label in labels:
            row = Consent(
                on,
                self.next(),
                decision,
                frozenset(scopes),
                "oral",
                t.DecidedBy.SELF,
                expires_on=expires_on,
                review_on=review_on,
            )
            self._person(label, _decided(row))
        return self

    def wish(self, label: str, on: date) -> "Life":
        wish = Wish(on, self.next(), "…")
        return self._person(label, lambda p: replace(p, wishes=(*p.wishes, wish)))

    def leave(self, label: str, on: date) -> "Life":
        return self._person(label, lambda p: replace(p, left_on=on))

    def joined(self, label: str, on: date) -> "Life":
        return self._person(label, lambda p: replace(p, joined_on=on))

    def describe(self, label: str, note: str) -> "Life":
        return self._person(label, lambda p: replace(p, note=note))

    def _person(self, label: str, change: Callable[[Person], Person]) -> "Life":
        people = tuple(change(p) if p.label == label else p for p in self.case.people)
        self.case = replace(self.case, people=people)
        return self

    def concern(self, label: str | None, code: str, on: date = OPENED, note: str | None = None) -> "Life":
        concern = Concern(on, self.next(), code, label, note=note)
        self.case = replace(self.case, concerns=(*self.case.concerns, concern))
        return self

    def note(self, on: date, text: str = "…", next_on: date | None = None, *, programme: str | None = None) -> "Life":
        seq = self.next()
        note = Note(on, seq, f"2026-0042/N{seq}", "visit", text, next_on=next_on, programme=programme)
        self.case = replace(self.case, notes=(*self.case.notes, note))
        return self

    def refer(
        self,
        on: date,
        ground: t.Ground = t.Ground.CONSENT,
        label: str | None = "A",
        answer: t.ReferralStatus | None = None,
    ) -> "Life":
        seq = self.next()
        answers = (Answer(on, self.next(), answer),) if answer else ()
        referral = Referral(
            on,
            seq,
            f"R2026-{seq:04}",
            label,
            t.ToKind.WINDOW,
            "hikikomori",
            "窓口",
            ground,
            None,
            "csw",
            recorded_by="k03",
            answers=answers,
        )
        self.case = replace(self.case, referrals=(*self.case.referrals, referral))
        return self

    def action(self, on: date, due_on: date | None, done_on: date | None = None) -> "Life":
        seq = self.next()
        action = Action(on, seq, f"2026-0042/A{seq}", "…", "csw", due_on=due_on, done_on=done_on)
        self.case = replace(self.case, other_actions=(*self.case.other_actions, action))
        return self

    def plan(
        self,
        labels: str,
        on: date,
        *,
        review_on: date | None = None,
        lead: str | None = None,
        dues: Iterable[tuple[date | None, date | None]] = (),
    ) -> "Life":
        """A draft; `dues` are the (due, done) of its actions."""
        version = len(self.case.plans) + 1
        seq = self.next()
        actions = tuple(
            Action(on, seq, f"2026-0042/A{version}{at}", "…", "csw", labels[0], due_on=due, done_on=done)
            for at, (due, done) in enumerate(dues)
        )
        plan = Plan(
            on,
            seq,
            f"2026-0042/P{version}",
            version,
            "…",
            tuple(Confirmation(label) for label in labels),
            review_on,
            lead,
            actions=actions,
            steps=(PlanStep(on, seq, t.PlanStatus.DRAFT),),
        )
        self.case = replace(self.case, plans=(*self.case.plans, plan))
        return self

    def turn(
        self, version: int, status: t.PlanStatus, on: date, *, meeting: str | None = None, afterwards: str | None = None
    ) -> "Life":
        step = PlanStep(on, self.next(), status, meeting, afterwards)
        plans = tuple(replace(p, steps=(*p.steps, step)) if p.version == version else p for p in self.case.plans)
        self.case = replace(self.case, plans=plans)
        return self

    def running(self, labels: str, on: date, *, version: int = 1, review_on: date | None = None) -> "Life":
        """A version drafted and approved by a sitting on one day."""
        self.plan(labels, on, review_on=review_on)
        return self.turn(version, t.PlanStatus.APPROVED, on, meeting="M2026-0001")

    def sat(
        self,
        held_on: date,
        outcome: t.Outcome | None = t.Outcome.CONTINUE,
        *,
        body: t.Body = t.Body.SUBCOMMITTEE,
        purpose: t.Purpose = t.Purpose.PROGRESS,
        kind: t.ItemKind = t.ItemKind.SUPPORT_CONFERENCE,
    ) -> "Life":
        item = Sitting("M2026-0001", body, held_on, 1, kind, purpose, t.Part.DISCUSSION, outcome, held_on, self.next())
        self.case = replace(self.case, sittings=(*self.case.sittings, item))
        return self

    def approach(self, on: date, labels: str = "", *, afterwards: str | None = None) -> "Life":
        """Decided in a conference; with `afterwards` begun before one."""
        approach = Approach(on, self.next(), None, "…", afterwards, labels=tuple(labels))
        self.case = replace(self.case, approaches=(*self.case.approaches, approach))
        return self

    def watch(self, on: date, until: date) -> "Life":
        watch = Watch(on, self.next(), "民生委員", "1m", until, "…")
        self.case = replace(self.case, watches=(*self.case.watches, watch))
        return self

    def end(self, on: date, reason: t.EndReason | None) -> "Life":
        """Concluded for `reason`; interrupted where it is None."""
        act, stage = (t.Act.CONCLUDE, t.Stage.CLOSED) if reason else (t.Act.INTERRUPT, t.Stage.INTERRUPTED)
        ending = Ending(on, self.next(), stage, reason)
        self.case = replace(self.case, endings=(*self.case.endings, ending))
        return self.step(on, act, stage)


def _decided(row: Consent) -> Callable[[Person], Person]:
    return lambda person: replace(person, consents=(*person.consents, row))


def planned(stage: t.Stage = t.Stage.SUPPORTING) -> Life:
    """A plan for A and B runs or waits; C is before consent."""
    life = Life(stage).consent("AB", day(10, 6))
    return life.running("AB", day(10, 7)) if stage is t.Stage.SUPPORTING else life.plan("AB", day(10, 7))
