"""Taking back one's own last step: nothing is erased, and nothing others built on it is left in the air. [ours]

1. What is taken back is the newest step of the one who asks; what the program recorded by itself is no step.
2. `standing`: later acts stand on it that point at a row of it, that no longer follow without it, or that rest on the
   stage, the sitting or the consent it recorded.
3. A no is taken back only with the reason why it was never said: the yes before it holds again without it.
4. What was told to others cannot be untold: a referral is taken back on the day it was typed, as a false entry; later
   it is revoked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

from toshima_cli.domain.case import Case
from toshima_cli.domain.terms import Act, Ground, Scope
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, Warned, say

_JAPAN = timezone(timedelta(hours=9))

ACTS = {
    "intake": say("reception"),
    "import": say("reception from a ledger"),
    "outreach new": say("outreach"),
    "outreach log": say("contact of outreach"),
    "expiry": say("end of what rested on a consent that ran out"),
    "concern": say("change of concerns"),
    "person": say("change of people"),
    "split": say("split"),
    "merge": say("merge"),
    "unmerge": say("end of a merge"),
    "route": say("referral or hand-over"),
    "notify": say("report by law"),
    "consent": say("consent"),
    "approach": say("approach"),
    "conference": say("conference of another law"),
    "convene": say("call of a sitting"),
    "cancel": say("cancelling of a sitting"),
    "meeting moved": say("new day of a sitting"),
    "meeting changed": say("place of a sitting, how it is held and who leads it"),
    "agenda change": say("change of an agenda"),
    "papers": say("handing out of papers"),
    "collected": say("collecting of papers"),
    "minutes": say("minutes"),
    "attend": say("attendance"),
    "decide": say("decision of a sitting"),
    "plan": say("support plan"),
    "progress": say("progress entry"),
    "watch": say("watch"),
    "resume": say("resumption"),
    "close": say("conclusion"),
    "interrupt": say("interruption"),
    "reopen": say("return as a new case"),
    "resource": say("resource"),
    "gap": say("gap"),
    "staff": say("staff entry"),
    "hand_over": say("hand-over to a colleague"),
    "config": say("setting"),
    "publish": say("publication"),
}
"""What an act is called when it is spoken of; an act not named here goes by its own slug."""

_TURNS = {
    "consent": {
        "consent:given": say("consent given"),
        "consent:refused": say("refusal of consent"),
        "consent:withdrawn": say("withdrawal of consent"),
        "consent:not_possible": say("inability to decide"),
    },
    "route": {
        "referral_answer:accepted": say("acceptance of a referral"),
        "referral_answer:declined": say("decline of a referral"),
        "referral_answer:completed": say("completion of a referral"),
        "referral_answer:revoked": say("revocation of a referral"),
        "assignment:to": say("hand-over to a coordinator"),
    },
}
"""What it is called by what it said, since to take a withdrawal back is to let the consent hold again."""


class Tie(StrEnum):
    """How a later act hangs together with the one to be taken back."""

    ROW = "row"  # a row of it points, over however many others, at a row of that act
    CASE = "case"  # it was recorded in the same case
    SITTING = "sitting"  # it was recorded in the same sitting, or about a case of it
    PERSON = "person"  # it passed on or showed the person whose consent that act recorded


@dataclass(frozen=True, slots=True)
class Step:
    """The act to be taken back. `wrote`: its tables, with marks (`consent:given`); `moved`: it moved the stage."""

    seq: int
    name: str
    on: date
    recorded_at: str
    case: str | None = None
    meeting: str | None = None
    wrote: frozenset[str] = frozenset()
    moved: bool = False
    labels: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """A later act: its sequence, name, day, and who did it."""

    seq: int
    name: str
    on: date
    actor: str


# What an agenda writes by itself: it goes with the case, and nobody built it on the act.
_BY_ITSELF = frozenset({"meeting_item", "plan_step:proposed"})
# What is only done in the stage a case has reached.
_OF_A_STAGE = frozenset(
    {"stage_step", "plan", "plan_step", "approach", "watch", "ending", "decision", "item_member", "merge"}
)
_BY_CONFERENCE, _BY_CONSENT = f"referral:{Ground.SUPPORT_CONFERENCE}", f"referral:{Ground.CONSENT}"
SHOWN = "item_member"
HANDED_OUT = "paper_member"
_DISCLOSED = frozenset(f"referral:{ground}" for ground in Ground if ground is not Ground.NONE_SHARED)


def called(name: str) -> Say:
    return ACTS.get(name, Say(name))


def of_step(step: Step) -> Say:
    """The step by what it said, where that tells more than its act."""
    turns = _TURNS.get(step.name, {})
    return next((said for mark, said in turns.items() if mark in step.wrote), called(step.name))


def weighs(step: Step, tie: Tie, what: str) -> bool:
    """Whether a later row of that table stands on the step."""
    if what in _BY_ITSELF:
        return False
    if tie is Tie.ROW:
        return True
    if tie is Tie.CASE:
        return step.moved and what.partition(":")[0] in _OF_A_STAGE
    if tie is Tie.SITTING:
        held = "party:true" in step.wrote
        return (held and what == "decision") or (what == _BY_CONFERENCE and (held or "decision" in step.wrote))
    return "consent:given" in step.wrote and what in (_BY_CONSENT, SHOWN, HANDED_OUT)


def standing(step: Step, hung: Iterable[tuple[Tie, int, str]], unfit: Iterable[int] = ()) -> frozenset[int]:
    """The later acts, by their sequence, that stand on the step. `unfit`: those that do not follow without it."""
    found = {seq for tie, seq, what in hung if weighs(step, tie, what)} | set(unfit)
    return frozenset(seq for seq in found if seq > step.seq)


def nothing() -> Refusal:
    return Refusal(
        rule="undo.nothing",
        basis=Basis.OURS,
        message=say("There is no step of yours to take back."),
        missing=(say("A step of your own; what others recorded, they take back themselves."),),
        next=(Next("status", say("See today's board."), "toshima status"),),
    )


def not_possible(step: Step) -> Refusal:
    """It left no rows that could be left out, or touched cases that are others' own by now."""
    return Refusal(
        rule="undo.not_possible",
        basis=Basis.OURS,
        message=say("This step cannot be taken back."),
        facts=(_named(step.name, step.on),),
        missing=(say("An entry that puts it right."),),
        next=(Next("status", say("See today's board."), "toshima status"),),
    )


def changed(step: Step) -> Refusal:
    """Another desk recorded something under the same code in the meantime."""
    return Refusal(
        rule="undo.changed",
        basis=Basis.OURS,
        message=say("Your last step is another one by now."),
        facts=(_named(step.name, step.on),),
        next=(Next("undo", say("Look again at what would be taken back."), "toshima undo"),),
    )


def refused(step: Step, others: Iterable[Later]) -> Refusal:
    """Later acts stand on it: they are named, newest first, with who takes them back and the reverse act."""
    later = sorted(others, key=lambda other: -other.seq)
    newest = later[0]
    return Refusal(
        rule="undo.stands_on_it",
        basis=Basis.OURS,
        message=say("This cannot be taken back: something recorded later stands on it."),
        facts=(
            say("To be taken back: {what}.", what=_named(step.name, step.on)),
            *(say("On it stands: {what}, by {who}.", what=_named(o.name, o.on), who=o.actor) for o in later),
        ),
        missing=(say("That what stands on it is taken back first."),),
        next=(
            Next(
                "undo",
                say("{who} takes back what stands on it.", who=newest.actor),
                f"toshima --as {newest.actor} undo",
            ),
            *reverse(step),
        ),
    )


def reverse(step: Step) -> tuple[Next, ...]:
    """The acts that end what the step began, without taking it back."""
    found = [
        Next("refer", say("Revoke the referral."), f"toshima route {step.case} --revoke {number}")
        for number in step.referrals
    ]
    if "consent:given" in step.wrote:
        found += [
            Next("consent", say("Record a withdrawal."), f"toshima consent {step.case} {label} --withdrawn")
            for label in step.labels
        ]
    if "meeting" in step.wrote:
        found.append(Next("convene", say("Cancel the sitting."), f"toshima meetings --cancel {step.meeting}"))
    if not found and step.case:
        found.append(Next("show", say("Look at the case."), f"toshima show {step.case}"))
    return tuple(found)


def may_unsay(step: Step, reason: str | None) -> Refusal | None:
    """Whether a refusal or a withdrawal is taken back with a reason; what a merge taken back wrote down once more (act
    `merge`) stays where it was said."""
    said = {"consent:refused", "consent:withdrawn"} & step.wrote
    if not said or step.name == Act.MERGE or (reason or "").strip():
        return None
    return Refusal(
        rule="undo.reason",
        basis=Basis.OURS,
        message=say("A no is not taken back without a reason: what it ended would hold again."),
        facts=(_named(step.name, step.on), say("Whose answer it was: {labels}.", labels=step.labels)),
        missing=(say("Why it was recorded by mistake."),),
        next=(
            Next("undo", say("Take it back and say why."), "toshima undo --reason TEXT"),
            *(
                Next(
                    "consent",
                    say("Where they think otherwise by now, record the new answer."),
                    f"toshima consent {step.case} {label} --given --scope plan,sharing --method oral",
                )
                for label in step.labels
            ),
        ),
    )


def told(step: Step, now: str) -> Refusal | tuple[Warned, ...]:
    """What was passed on is told, whatever becomes of the entry. `now` is the real moment (UTC, as rows keep it)."""
    if not step.wrote & _DISCLOSED:
        return ()
    if recorded_day(step.recorded_at) == recorded_day(now):
        message = say(
            "What was already passed on stays told. If it went out in truth, keep the referral and revoke it."
        )
        return (Warned("undo.shared", message),)
    return Refusal(
        rule="undo.told",
        basis=Basis.OURS,
        message=say("A referral is taken back only on the day it was typed: later it counts as passed on."),
        facts=(_named(step.name, step.on),),
        missing=(say("A revocation, which stays on record beside it."),),
        next=reverse(step),
    )


def handed_out(meetings: tuple[str, ...]) -> tuple[Warned, ...]:
    """Papers that went out after the step are no step themselves, and stay where they are."""
    if not meetings:
        return ()
    message = say(
        "Papers that you handed out after this step ({meetings}) stay out: agenda {first} --copies says which show too"
        " much, --collected notes those that came back.",
        meetings=meetings,
        first=meetings[0],
    )
    return (Warned("undo.papers", message),)


def recorded_day(moment: str) -> date:
    """The Japanese day of a real moment as rows keep it (`2026-11-24T01:02:03.000004Z`)."""
    found = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%fZ")
    return found.replace(tzinfo=UTC).astimezone(_JAPAN).date()


def _named(name: str, on: date) -> Say:
    return say("{act} of {on}", act=called(name), on=on)


_BESIDE = {
    "member": say("who joined"),
    "departure": say("who left"),
    "correction": say("what was corrected"),
    "case_holder": say("who may see the case"),
    "meeting": say("the sitting and its agenda"),
    "meeting_cancel": say("that the sitting is called off"),
    "party": say("who was there"),
    "agenda_change": say("what was left out or moved on the agenda"),
    "meeting_case": say("what was put on the agenda by name"),
    "paper_return": say("which copies came back"),
    "secrecy": say("the acknowledgement of secrecy"),
    "gap": say("the gap"),
    "gap_step": say("what became of the gap"),
    "resource": say("the resource"),
    "other_conference": say("the conference of another law"),
    "outreach": say("why they are sought"),
    "merge": say("that both are one"),
    "merge_end": say("that both are two again"),
    "plan_confirmation": say("who confirmed the plan"),
    "action_end": say("which steps are done"),
    "concern_end": say("which concerns ended"),
}
"""What a step recorded that bears no sequence in a case, by its table."""


def recorded(step: Step, cases: Iterable[Case]) -> tuple[Say, ...]:
    """What the step recorded, in words without anything typed, as the cases have it before it is taken back."""
    found = [line for case in cases for line in _of_case(case, step.seq)]
    tables = {mark.partition(":")[0] for mark in step.wrote}
    return tuple(dict.fromkeys([*found, *(said for table, said in _BESIDE.items() if table in tables)]))


def _of_case(case: Case, seq: int) -> Iterator[Say]:
    household = say("household")
    for person in case.people:
        for consent in (c for c in person.consents if c.seq == seq):
            scopes = tuple(scope for scope in Scope if scope in consent.scopes)
            yield say(
                "consent of {label}, {scopes}: {decision}", label=person.label, scopes=scopes, decision=consent.decision
            )
        if any(wish.seq == seq for wish in person.wishes):
            yield say("a wish of {label}", label=person.label)
    for concern in (c for c in case.concerns if c.seq == seq):
        yield say("a concern of {label}", label=concern.label or household)
    for referral in case.referrals:
        if referral.seq == seq:
            yield say(
                "{referral}: what was passed on about {label}",
                referral=referral.number,
                label=referral.label or household,
            )
        for given in (a for a in referral.answers if a.seq == seq):
            yield say("{referral}: {status}", referral=referral.number, status=given.status)
    for note in (n for n in case.notes if n.seq == seq):
        yield say("{note}: a contact with {label}", note=note.number, label=note.label or household)
    for plan in case.plans:
        if plan.seq == seq:
            yield say("plan {plan} for {labels}", plan=plan.number, labels=plan.labels)
        for became in (s for s in plan.steps if s.seq == seq):
            yield say("plan {plan}: {status}", plan=plan.number, status=became.status)
    yield from (say("action {action}", action=a.number) for a in case.actions if a.seq == seq)
    for item in (s for s in case.sittings if s.dealt_with and s.decided_seq == seq):
        yield say(
            "item {item} of {meeting}: {outcome}", item=item.item, meeting=item.meeting, outcome=item.outcome or ""
        )
    yield from (say("an approach") for a in case.approaches if a.seq == seq)
    yield from (say("a watch until {until}", until=w.until) for w in case.watches if w.seq == seq)
    yield from (say("the end: {stage}", stage=e.stage) for e in case.endings if e.seq == seq)
    yield from (
        say("{case} goes to {coordinator}", case=case.number, coordinator=a.coordinator)
        for a in case.assignments
        if a.seq == seq
    )
    yield from (
        say("{case} moves to the stage: {stage}", case=case.number, stage=s.stage) for s in case.steps if s.seq == seq
    )
