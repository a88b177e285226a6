"""Stage × act: the one table from which the check, the hints and the picture come.

Source: the chapter's diagram (⓪–⑥, 終結, 経過観察), completed by ours: `resume`, `interrupt`, `return` and what happens
when the last consent is withdrawn stand in no official paper. Guards that need facts are in `stages.py`, `plan.py`
and `close.py`; this table alone says from which stage an act is thought of at all.
"""

from enum import StrEnum

from toshima_cli.domain.terms import ENDED, OPEN, Act, Stage
from toshima_cli.domain.verdict import Basis


class Move(StrEnum):
    """Where an act leads when it does not lead to a stage of its own."""

    SAME = "same"
    BACK = "back"
    NEW = "new"


SAME, BACK, NEW = Move.SAME, Move.BACK, Move.NEW

# An interrupted case is resumed within this many months and returns as a new one after them (ours, a setting).
RETURN_MONTHS = 6

# In every open stage one may do these, and the stage stays.
EVERYWHERE = (
    Act.NOTE,
    Act.CONTACT,
    Act.CONCERN,
    Act.PERSON,
    Act.WISH,
    Act.CONSENT,
    Act.REFER,
    Act.REPORT_BY_LAW,
    Act.CONVENE,
    Act.GAP,
    Act.SPLIT,
    Act.MERGE,
    Act.HAND_OVER,
)

TABLE: dict[tuple[Stage, Act], Stage | Move] = {
    (Stage.OUTREACH, Act.CONNECT): Stage.RECEIVED,
    (Stage.RECEIVED, Act.SETTLE): Stage.SINGLE,
    (Stage.COMPLEX, Act.SETTLE): Stage.SINGLE,
    (Stage.ENGAGING, Act.SETTLE): Stage.SINGLE,
    (Stage.OUTREACH, Act.ESCALATE): Stage.COMPLEX,
    (Stage.RECEIVED, Act.ESCALATE): Stage.COMPLEX,
    (Stage.SINGLE, Act.ESCALATE): Stage.COMPLEX,
    (Stage.OUTREACH, Act.APPROACH): Stage.ENGAGING,
    (Stage.COMPLEX, Act.APPROACH): Stage.ENGAGING,
    # A further approach for someone else of the household, while contact is already sought.
    (Stage.ENGAGING, Act.APPROACH): SAME,
    # These two only when nobody of the plan consents any more, see `stages.approach_moves`.
    (Stage.PLANNING, Act.APPROACH): Stage.ENGAGING,
    (Stage.SUPPORTING, Act.APPROACH): Stage.ENGAGING,
    (Stage.COMPLEX, Act.PLAN): Stage.PLANNING,
    (Stage.ENGAGING, Act.PLAN): Stage.PLANNING,
    (Stage.PLANNING, Act.PLAN): SAME,
    (Stage.PLANNING, Act.START): Stage.SUPPORTING,
    (Stage.SUPPORTING, Act.REVISE): SAME,
    (Stage.WATCHING, Act.REVISE): SAME,
    (Stage.PLANNING, Act.LAST_CONSENT_WITHDRAWN): Stage.ENGAGING,
    (Stage.SUPPORTING, Act.LAST_CONSENT_WITHDRAWN): Stage.ENGAGING,
    (Stage.SINGLE, Act.WATCH): Stage.WATCHING,
    (Stage.COMPLEX, Act.WATCH): Stage.WATCHING,
    (Stage.ENGAGING, Act.WATCH): Stage.WATCHING,
    (Stage.SUPPORTING, Act.WATCH): Stage.WATCHING,
    (Stage.WATCHING, Act.RESUME): BACK,
    (Stage.INTERRUPTED, Act.RESUME): BACK,
    (Stage.CLOSED, Act.RETURN): NEW,
    (Stage.INTERRUPTED, Act.RETURN): NEW,
    **{(stage, Act.CONCLUDE): Stage.CLOSED for stage in OPEN},
    **{(stage, Act.INTERRUPT): Stage.INTERRUPTED for stage in OPEN},
    **{(stage, act): SAME for stage in OPEN for act in EVERYWHERE},
    # The duty to report ends with no file, and after a death there is work left to write down.
    (Stage.CLOSED, Act.REPORT_BY_LAW): SAME,
    (Stage.INTERRUPTED, Act.REPORT_BY_LAW): SAME,
    (Stage.CLOSED, Act.NOTE): SAME,
}

# Acts the chapter itself shows; every other refusal is ours and must not look official.
IN_THE_CHAPTER = frozenset(
    {
        Act.CONNECT,
        Act.SETTLE,
        Act.ESCALATE,
        Act.APPROACH,
        Act.PLAN,
        Act.START,
        Act.REVISE,
        Act.WATCH,
        Act.CONCLUDE,
    }
)


def basis(act: Act) -> Basis:
    return Basis.PLAN if act in IN_THE_CHAPTER else Basis.OURS


def reach(stage: Stage, act: Act, *, came_from: Stage | None = None) -> Stage | None:
    """The stage after `act`, or None where the table does not know the act in this stage.

    `came_from` is the stage a watch or an interruption began in; without it `resume` leads nowhere. A return leaves
    the old case where it is: the new, linked one begins in `received`.
    """
    to = TABLE.get((stage, act))
    if to is None or to is BACK:
        return None if to is None else came_from
    if to is SAME or to is NEW:
        return stage
    return Stage(to)


def stages_for(act: Act) -> tuple[Stage, ...]:
    """The stages the act is possible in, in the order of the flow."""
    return tuple(stage for stage in Stage if (stage, act) in TABLE)


def picture() -> str:
    """The table as Markdown, one row per act, for docs/flow.md. An empty cell: not in this stage."""
    lines = [
        "| act | " + " | ".join(Stage) + " |",
        "|---" * (len(Stage) + 1) + "|",
    ]
    for act in Act:
        cells = (TABLE.get((stage, act), "") for stage in Stage)
        lines.append(f"| {act} | " + " | ".join(cells) + " |")
    notes = (
        f"`{SAME}`: the stage stays. `{BACK}`: where the case was before the watch or the interruption. "
        f"`{NEW}`: a new, linked case that begins in `{Stage.RECEIVED}`.",
        f"`{Act.APPROACH}` from `{Stage.PLANNING}` or `{Stage.SUPPORTING}` moves the case only when nobody of the plan "
        "consents any more; otherwise it is recorded and the stage stays.",
        f"An interrupted case is resumed within a time (a setting, six months) and returns as a new one after it. "
        f"`{Act.NOTE}` in `{Stage.CLOSED}` is for the work that is left after a death.",
    )
    ended = ", ".join(f"`{stage}`" for stage in Stage if stage in ENDED)
    return "\n".join([*lines, "", *notes, f"Ended: {ended}.", ""])
