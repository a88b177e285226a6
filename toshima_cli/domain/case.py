"""A case as the rules see it: everything known of it, undone steps left out, in frozen dataclasses.

Each fact carries `on`, its business date, and `seq`, the order of recording. "What held on that day?" is then a
question about `(on, seq)`: the last fact with `on <= day`, the later recording winning within one day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from toshima_cli.domain import terms as t
from toshima_cli.domain.dated import last_on as last_on
from toshima_cli.domain.gaps import Gap


@dataclass(frozen=True, slots=True)
class Consent:
    on: date
    seq: int
    decision: t.Decision
    scopes: frozenset[t.Scope]
    method: str
    decided_by: t.DecidedBy
    by_name: str | None = None
    excluding: frozenset[str] = frozenset()
    expires_on: date | None = None
    why: str | None = None
    evidence: str | None = None
    explained_by: str | None = None
    judged_by: str | None = None
    review_on: date | None = None
    void_on: date | None = None  # not relied on since then: by the birth date known from that day on another decides


@dataclass(frozen=True, slots=True)
class Wish:
    on: date
    seq: int
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the case's household (世帯員). `id` is the membership, `person_id` the human being.
    `suspected_on`: since when harm to this person by the family is suspected; a parent's consent holds no longer then.
    `hidden`: they left to a case of their own under restriction; `withheld`: and whoever reads is not of it: the label
    is left, nothing of who they are (rule 11). `same_as`: the label that speaks for both. `assistance_…`: 生活保護.
    """

    id: int
    person_id: int
    label: str
    name: str | None
    kana: str | None
    birth_date: date | None
    sex: str
    relation: str
    joined_on: date
    left_on: date | None = None
    left_reason: str | None = None
    to_case: str | None = None
    hidden: bool = False
    withheld: bool = False
    same_as: str | None = None
    other_names: tuple[tuple[str | None, str | None], ...] = ()  # (name, reading) borne before, or on another record
    note: str | None = None
    phone: str | None = None
    address: str | None = None
    contact_rule: str | None = None
    visit_alert: str | None = None
    assistance_since: date | None = None
    assistance_office: str | None = None
    suspected_on: date | None = None
    corrected_on: date | None = None  # since when the birth date is known to be this one; None: all along
    consents: tuple[Consent, ...] = ()
    wishes: tuple[Wish, ...] = ()


@dataclass(frozen=True, slots=True)
class Concern:
    on: date
    seq: int
    code: str
    label: str | None
    most_pressing: bool = False
    note: str | None = None
    ended_on: date | None = None
    id: int = 0

    def stands_on(self, day: date) -> bool:
        return self.on <= day and (self.ended_on is None or self.ended_on > day)


@dataclass(frozen=True, slots=True)
class Step:
    """A move between stages, or an act that left the stage but counts in its history."""

    on: date
    seq: int
    act: t.Act
    stage: t.Stage
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    on: date
    seq: int
    coordinator: str


@dataclass(frozen=True, slots=True)
class Answer:
    on: date
    seq: int
    status: t.ReferralStatus
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    on: date
    seq: int
    number: str
    label: str | None
    to_kind: t.ToKind
    to_code: str | None
    to_name: str
    ground: t.Ground
    reason: str | None
    from_window: str
    report_kind: t.ReportKind | None = None
    recorded_by: str | None = None
    answers: tuple[Answer, ...] = ()

    def open_to(self, staff: str, coordinator: str | None) -> bool:
        """A report by law is shown to its own people only: who recorded it, and the coordinator (rule 7)."""
        return self.ground is not t.Ground.STATUTORY_REPORT or staff in (self.recorded_by, coordinator)

    def status_on(self, day: date) -> t.ReferralStatus:
        answer = last_on(self.answers, day)
        return answer.status if answer else t.ReferralStatus.SENT


@dataclass(frozen=True, slots=True)
class Note:
    """One entry of the progress record (経過), with the next step it set."""

    on: date
    seq: int
    number: str
    method: str
    text: str
    label: str | None = None
    next_on: date | None = None
    next_what: str | None = None
    programme: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Who does what by when, from a plan version or from a decision."""

    on: date
    seq: int
    number: str
    what: str
    who: str
    label: str | None = None
    due_on: date | None = None
    kind: t.ActionKind = t.ActionKind.OTHER
    why_not_existing: str | None = None
    plan_version: int | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanStep:
    on: date
    seq: int
    status: t.PlanStatus
    meeting: str | None = None
    afterwards: str | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The person's own confirmation of a plan version."""

    label: str
    on: date | None = None
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of the support plan, with the people it was made for."""

    on: date
    seq: int
    number: str
    version: int
    goal: str
    people: tuple[Confirmation, ...]
    review_on: date | None = None
    lead: str | None = None
    needs: str | None = None
    care: str | None = None
    actions: tuple[Action, ...] = ()
    steps: tuple[PlanStep, ...] = ()

    def status_on(self, day: date) -> t.PlanStatus | None:
        """None before the version was drafted."""
        step = last_on(self.steps, day)
        return step.status if step else None

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(p.label for p in self.people)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One dealt-with or waiting item of this case at a meeting."""

    meeting: str
    body: t.Body
    held_on: date
    item: int
    kind: t.ItemKind
    purpose: t.Purpose
    part: t.Part
    outcome: t.Outcome | None = None
    decided_on: date | None = None
    decided_seq: int = 0
    note: str | None = None
    labels: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    windows: frozenset[str] = frozenset()
    cancelled: bool = False
    dropped: bool = False

    @property
    def dealt_with(self) -> bool:
        return self.outcome is not None


@dataclass(frozen=True, slots=True)
class Approach:
    """How to come into contact before consent, decided in a support conference, or begun before it: then with the
    reason in `afterwards`. No label: the whole household."""

    on: date
    seq: int
    meeting: str | None
    text: str | None
    afterwards: str | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    on: date
    seq: int
    watcher: str
    every: str
    until: date
    sign: str


@dataclass(frozen=True, slots=True)
class Ending:
    on: date
    seq: int
    stage: t.Stage
    reason: t.EndReason | None
    lead: str | None = None
    evaluation: str | None = None
    wish: str | None = None
    groundwork: str | None = None
    tried: str | None = None
    last_contact_on: date | None = None
    safety: str | None = None
    kept: str | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Another case this one belongs with. `towards`: this case names the other (a return names the old number)."""

    kind: str
    case: str
    towards: bool = True


@dataclass(frozen=True, slots=True)
class Outreach:
    """Why a household is not connected yet, and the programme that seeks it (⓪)."""

    on: date
    seq: int
    why: str
    programme: str | None = None


@dataclass(frozen=True, slots=True)
class OtherConference:
    """A conference of another law that dealt with the case, and why that was not enough."""

    on: date
    seq: int
    conference: str
    held_on: date
    not_enough: str


@dataclass(frozen=True, slots=True)
class Case:
    id: int
    number: str
    opened_on: date
    origin: t.Origin
    window: str
    channel: str
    address: str | None = None
    phone: str | None = None
    note: str | None = None
    people: tuple[Person, ...] = ()
    concerns: tuple[Concern, ...] = ()
    steps: tuple[Step, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    referrals: tuple[Referral, ...] = ()
    notes: tuple[Note, ...] = ()
    plans: tuple[Plan, ...] = ()
    other_actions: tuple[Action, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    approaches: tuple[Approach, ...] = ()
    watches: tuple[Watch, ...] = ()
    endings: tuple[Ending, ...] = ()
    links: tuple[Link, ...] = ()
    outreach: tuple[Outreach, ...] = ()
    other_conferences: tuple[OtherConference, ...] = ()
    gaps: tuple[Gap, ...] = ()
    restricted: bool = False
    merged: tuple[str, ...] = ()
    unsaid: tuple[tuple[str | None, str | None], ...] = ()
    """(name, reading) of those withheld: a text that says one of them is held back, and they stand nowhere else."""

    def stage_on(self, day: date) -> t.Stage | None:
        """None before the case was opened."""
        return step.stage if (step := last_on(self.steps, day)) else None

    def is_open_on(self, day: date) -> bool:
        stage = self.stage_on(day)
        return stage is not None and stage not in t.ENDED

    def coordinator_on(self, day: date) -> str | None:
        return found.coordinator if (found := last_on(self.assignments, day)) else None

    def people_on(self, day: date) -> tuple[Person, ...]:
        """The open people of that day: joined, and not left."""
        return tuple(p for p in self.people if p.joined_on <= day and (p.left_on is None or p.left_on > day))

    def person(self, label: str) -> Person | None:
        return next((p for p in self.people if p.label == label), None)

    def left_by(self, label: str | None, day: date) -> bool:
        """Whether whoever bears the label has left by that day; nobody's and the household's own has not."""
        return any(p.label == label and p.left_on is not None and p.left_on <= day for p in self.people)

    def concerns_on(self, day: date) -> tuple[Concern, ...]:
        """Those that stand: noted, not ended, and of nobody who left. Of one person the newest mark `most_pressing`
        counts, whatever became of that concern."""
        noted = sorted((c for c in self.concerns if c.on <= day), key=lambda c: (c.on, c.seq))
        newest = {c.label: c.id or c.seq for c in noted if c.most_pressing}
        return tuple(
            c if newest.get(c.label) == (c.id or c.seq) else replace(c, most_pressing=False)
            for c in self.concerns
            if c.stands_on(day) and not self.left_by(c.label, day)
        )

    def dealt_with(self, day: date) -> Iterator[Sitting]:
        """Items decided in sittings up to `day`, oldest first."""
        found = [s for s in self.sittings if s.dealt_with and s.held_on <= day]
        yield from sorted(found, key=lambda s: (s.held_on, s.decided_seq))

    def plan_in_force(self, day: date) -> Plan | None:
        """The approved version of that day; an older one stays in force while a newer is drafted."""
        found = [p for p in self.plans if p.status_on(day) is t.PlanStatus.APPROVED]
        return max(found, key=lambda p: p.version) if found else None

    def plan_waiting(self, day: date) -> Plan | None:
        """The newest draft or proposed version of that day."""
        found = [p for p in self.plans if p.status_on(day) in (t.PlanStatus.DRAFT, t.PlanStatus.PROPOSED)]
        return max(found, key=lambda p: p.version) if found else None

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(a for p in self.plans for a in p.actions) + self.other_actions
