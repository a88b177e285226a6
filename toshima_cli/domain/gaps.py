"""A gap (不足): something that is lacking, which one case or several show; raised, forwarded, answered.

The subcommittee looks at what was raised and may forward it, the council at what was forwarded (rule 12); the council
deals with the system itself and never with a named person, so the words of a gap name nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from toshima_cli.domain import terms as t
from toshima_cli.domain.dated import last_on
from toshima_cli.domain.names import contains_name
from toshima_cli.domain.verdict import Basis, Next, Refusal, say


@dataclass(frozen=True, slots=True)
class GapStep:
    on: date
    seq: int
    status: t.GapStatus
    text: str | None = None


@dataclass(frozen=True, slots=True)
class GapSitting:
    """What a sitting that was not cancelled decided about the gap."""

    body: t.Body
    held_on: date
    outcome: t.Outcome


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is lacking, which one case or several show."""

    id: int
    on: date
    seq: int
    kind: t.GapKind
    text: str
    cases: tuple[str, ...] = ()
    steps: tuple[GapStep, ...] = ()
    sittings: tuple[GapSitting, ...] = ()

    @property
    def number(self) -> str:
        return f"G{self.id}"

    def status_on(self, day: date) -> t.GapStatus | None:
        """None before it was raised."""
        if day < self.on:
            return None
        step = last_on(self.steps, day)
        return step.status if step else t.GapStatus.RAISED

    def answer_on(self, day: date) -> GapStep | None:
        """What the council answered, as known on `day`."""
        step = last_on(self.steps, day)
        return step if step is not None and step.status is t.GapStatus.ANSWERED else None


_S = t.GapStatus

# What may follow what; a gap may be answered where it was raised, and an answer is followed by nothing.
FOLLOWS: Mapping[t.GapStatus, tuple[t.GapStatus, ...]] = {
    _S.RAISED: (_S.FORWARDED, _S.ANSWERED),
    _S.FORWARDED: (_S.ANSWERED,),
    _S.ANSWERED: (),
}

# As what the council deals with a gap.
ITEM_KINDS: Mapping[t.GapKind, t.ItemKind] = {
    t.GapKind.RESOURCE: t.ItemKind.RESOURCES,
    t.GapKind.SYSTEM: t.ItemKind.SYSTEM,
    t.GapKind.TRAINING: t.ItemKind.TRAINING,
    t.GapKind.COORDINATION: t.ItemKind.COORDINATION,
}

# An item decided so is not taken up again by the same body: what it asked for lies elsewhere now.
SETTLES = frozenset({t.Outcome.FORWARD_TO_COUNCIL, t.Outcome.ADVISED, t.Outcome.NOTED})


def may_move(gap: Gap, to: t.GapStatus, day: date) -> Refusal | None:
    """Whether the gap may be forwarded or answered on `day`, which later steps have to follow from too."""
    now = gap.status_on(day)
    later = min((s for s in gap.steps if s.on > day), key=lambda s: (s.on, s.seq), default=None)
    fits = now is not None and to in FOLLOWS[now] and (later is None or later.status in FOLLOWS[to])
    if fits:
        return None
    raised = say("{gap} was raised on {on}.", gap=gap.number, on=gap.on)
    steps = (say("On {on} it was: {status}.", on=s.on, status=s.status) for s in gap.steps)
    return Refusal(
        rule="gap.order",
        basis=Basis.OURS,
        message=say("{gap} cannot be recorded as {status}.", gap=gap.number, status=to),
        facts=(raised, *steps),
        missing=(
            say("A gap is raised, then forwarded where the council has to see it, then answered, in this order."),
        ),
        next=(Next(t.Act.GAP, say("Look at the gaps."), "toshima gap list"),),
    )


Named = tuple[str | None, str | None, str | None]
"""(name, reading, label) of somebody a text may not name."""


def names_nobody(text: str, people: Iterable[Named], again: str) -> Refusal | None:
    """A gap goes before the council, which never meets a named person: its words name nobody of its cases.

    `again` is the line to paste with other words. A surname alone names a household; one of a single letter (原, 森)
    stands in too many other words and counts before an honorific only.
    """
    if not any(_said(text, *person) for person in people):
        return None
    return Refusal(
        rule="gap.named",
        basis=Basis.PLAN,
        message=say("The text of a gap names nobody: it may go before the council."),
        facts=(say("It names somebody of the cases that show it."),),
        missing=(say("The same in words without a name: what is lacking, for whom in general, where."),),
        next=(Next(t.Act.GAP, say("Say it without a name."), again),),
    )


def _said(text: str, name: str | None, kana: str | None, label: str | None) -> bool:
    if contains_name(text, name=name, kana=kana, label=label):
        return True
    surname, reading = ((whole or "").split()[:1] for whole in (name, kana))
    return any(
        contains_name(text, name=None, kana=word)
        if len(word) == 1 or word in reading
        else contains_name(text, name=word, kana=None)
        for word in (*surname, *reading)
    )


def item_kind(gap: Gap, body: t.Body, day: date, *, named: bool = False) -> t.ItemKind | None:
    """As what a sitting of `body` on `day` takes the gap up; None where it need not. `named`: it was put on by name,
    and comes as long as it is not answered.

    The subcommittee looks at what was raised, to forward it or not; the council at what was forwarded. One that was to
    be continued comes back; what the same body settled at an earlier sitting does not.
    """
    waits = {t.Body.SUBCOMMITTEE: _S.RAISED, t.Body.COUNCIL: _S.FORWARDED}.get(body)
    settled = any(s.body is body and s.held_on < day and s.outcome in SETTLES for s in gap.sittings)
    status = gap.status_on(day)
    if waits is None or status is None:
        return None
    if not (FOLLOWS[status] if named else status is waits and not settled):
        return None
    return t.ItemKind.RESOURCES if body is t.Body.SUBCOMMITTEE else ITEM_KINDS[gap.kind]
