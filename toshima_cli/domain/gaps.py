"""A gap (不足): something that is lacking, which one case or several show; raised, forwarded, answered."""

from dataclasses import dataclass
from datetime import date

from toshima_cli.domain import terms as t
from toshima_cli.domain.dated import last_on


@dataclass(frozen=True, slots=True)
class GapStep:
    on: date
    seq: int
    status: t.GapStatus
    text: str | None = None


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

    @property
    def number(self) -> str:
        return f"G{self.id}"

    def status_on(self, day: date) -> t.GapStatus | None:
        """None before it was raised."""
        if day < self.on:
            return None
        step = last_on(self.steps, day)
        return step.status if step else t.GapStatus.RAISED
