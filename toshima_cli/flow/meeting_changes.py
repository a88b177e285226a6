"""What changes about a sitting that was called: it is called off, set for another day, or held elsewhere, otherwise or
by others. What was said before stays in the books."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from toshima_cli.change_tables import CorrectionRow
from toshima_cli.db import Store, Work
from toshima_cli.domain.decide import may_cancel, may_edit, may_move
from toshima_cli.domain.terms import Body, HeldAs
from toshima_cli.domain.verdict import Done, Next, Refusal, Warned, say
from toshima_cli.flow import agenda
from toshima_cli.flow.meeting import expect, meeting_of, of_the_day
from toshima_cli.looks.agenda import CHAIR, RECORDER, compute, of_others
from toshima_cli.meeting_tables import MeetingCancelRow, MeetingRow


def cancel(store: Store, number: str, on: date, reason: str | None) -> Done | Refusal:
    """Cancel a sitting nothing was decided in. Its items are looked for again by the next one."""

    def do(w: Work) -> Done | Refusal:
        found = meeting_of(w, number)
        seq = w.begin("cancel", on)
        refused = may_cancel(
            number,
            cancelled=bool(found["cancelled"]),
            decided=sum(item.outcome is not None for item in compute(w.conn, number).items),
            held=found["present"],
            others_own=_others_own(w, found),
            staff=w.actor,
        )
        if refused:
            return refused
        w.add(MeetingCancelRow(seq=seq, on_date=on, meeting_id=found["id"], reason=reason))
        return Done(
            sentence=say("{number} is cancelled.", number=number),
            number=number,
            data={"meeting": number, "cancelled": True},
            next=(Next("meetings", say("see the sittings"), "toshima meetings"),),
            warnings=agenda.to_collect(w, compute(w.conn, number)),
        )

    return store.work("cancel", do)


def _others_own(w: Work, found: Mapping[str, Any]) -> bool:
    """Whether nothing of the sitting is the typist's to know (rule 11)."""
    return found["body"] == Body.STAKEHOLDER and bool(of_others(w.conn, found["id"]))


def move(store: Store, number: str, to: date, reason: str, on: date) -> Done | Refusal:
    """To another day: the agenda is made anew as of that day, the number stays, and the old day is kept."""

    def do(w: Work) -> Done | Refusal:
        found = meeting_of(w, number)
        w.begin("meeting moved", on)
        was = date.fromisoformat(found["held_on"])
        refused = may_move(
            number,
            was,
            to,
            cancelled=bool(found["cancelled"]),
            held=bool(found["present"] or found["decided"]),
            others_own=_others_own(w, found),
            staff=w.actor,
        )
        if refused:
            return refused
        row = w.session.get(MeetingRow, found["id"])
        assert row is not None
        row.held_on = to
        w.add(
            CorrectionRow(
                seq=w.seq,
                on_date=on,
                meeting_id=found["id"],
                field="held_on",
                old_value=was.isoformat(),
                new_value=to.isoformat(),
                reason=reason,
            )
        )
        listed = agenda.write(w, number)
        return Done(
            sentence=say("{number} is held on {to} instead of {was}.", number=number, to=to, was=was),
            number=number,
            data={**listed.json(), "was_on": was},
            next=(Next("agenda", say("see the agenda as it is for that day"), f"toshima agenda {number}"),),
            warnings=(
                *agenda.excepted(w, listed),
                *agenda.to_collect(w, listed),
                *of_the_day(w, found["body"], number, to),
                *((Warned("meeting.past", say("{on} has passed already.", on=to)),) if to < w.today else ()),
            ),
        )

    return store.work("convene", do)


def edit(store: Store, number: str, fields: dict[str, str], reason: str | None, on: date) -> Done | Refusal:
    """`fields`: what is said anew of `place`, `held_as`, `chair` and `recorder`; who is to lead it or to write it down
    is expected there too."""

    def do(w: Work) -> Done | Refusal:
        found = meeting_of(w, number)
        w.begin("meeting changed", on)
        row = w.session.get(MeetingRow, found["id"])
        assert row is not None
        hidden = bool(of_others(w.conn, found["id"]))
        # what it says of a sitting that deals with others' own cases is not compared with what somebody guesses
        new = {name: value for name, value in fields.items() if hidden or getattr(row, name) != value}
        leading = {post: new[post] for post in (CHAIR, RECORDER) if post in new}
        refused = may_edit(
            number,
            leading,
            cancelled=bool(found["cancelled"]),
            held=bool(found["present"]),
            new=bool(new),
            others_own=_others_own(w, found),
            staff=w.actor,
        )
        if refused:
            return refused
        for name, value in new.items():
            old, said = getattr(row, name), reason or ""
            kept = CorrectionRow(
                seq=w.seq, on_date=on, meeting_id=found["id"], field=name, old_value=old, new_value=value, reason=said
            )
            w.add(kept)
            setattr(row, name, HeldAs(value) if name == "held_as" else value)
        expect(w, found["id"], on, tuple(leading.values()))
        listed = agenda.write(w, number)
        return Done(
            sentence=say("{number}: {what} noted.", number=number, what=tuple(SAID[name] for name in new)),
            number=number,
            data=listed.json(),
            next=(Next("agenda", say("see the agenda"), f"toshima agenda {number}"),),
            warnings=agenda.excepted(w, listed) if leading else (),
        )

    return store.work("convene", do)


SAID = {
    "place": say("the place"),
    "held_as": say("how it is held"),
    CHAIR: say("who leads it"),
    RECORDER: say("who writes it down"),
}
