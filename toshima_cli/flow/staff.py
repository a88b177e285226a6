"""The people who work with the books: who comes, what changes, who leaves, and who takes over their cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toshima_cli.change_tables import CorrectionRow
from toshima_cli.db import LOCAL, Store, Work, queries
from toshima_cli.domain import staff as rules
from toshima_cli.domain.terms import Role
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, all_of, say
from toshima_cli.flow import holders
from toshima_cli.flow.done import case_of, project
from toshima_cli.looks.caseload import EVERY
from toshima_cli.tables import AssignmentRow, StaffRow

_COLLEAGUES = (Next("staff", say("See who works here."), "toshima staff list"),)


def add(store: Store, code: str, name: str, office: str, window: str | None, role: Role) -> Done | Refusal:
    """A new member of staff. A code is never given twice, not even after someone retired."""

    def do(w: Work) -> Done | Refusal:
        w.begin("staff", w.today)
        if queries("books").staff_any(w.conn, number=code) is not None:
            return Refusal(
                rule="staff.code.taken",
                basis=Basis.OURS,
                message=say("The staff code {code} belongs to someone already.", code=code),
                missing=(say("a code nobody has used"),),
            )
        w.about(("staff", code))
        w.add(StaffRow(code=code, name=name, office=office, window_code=window, role=role))
        _kept(w, code, "code", None, code, "")  # what an undo finds
        return Done(
            sentence=say(
                "Staff {code} added: {name}, {office}, {role}.", code=code, name=name, office=office, role=role
            ),
            number=code,
            data={"staff": code, "name": name, "office": office, "window": window, "role": role},
            next=_COLLEAGUES,
        )

    return store.work("staff add", do)


@dataclass(frozen=True, slots=True)
class Edited:
    """What is new about somebody; None stays. `no_window`: they sit at no window any more."""

    name: str | None = None
    office: str | None = None
    window: str | None = None
    no_window: bool = False
    role: Role | None = None


def edit(store: Store, code: str, new: Edited, reason: str | None) -> Done | Refusal:
    """Every field that changes keeps its old value and the reason beside it."""

    def do(w: Work) -> Done | Refusal:
        w.begin("staff", w.today)
        w.about(("staff", code))
        row = w.session.get(StaffRow, code)
        assert row is not None
        wanted = {"name": new.name, "office": new.office, "window_code": new.window, "role": new.role}
        given: dict[str, str | None] = {field: value for field, value in wanted.items() if value is not None}
        if new.no_window:
            given["window_code"] = None
        changed = {field: value for field, value in given.items() if getattr(row, field) != value}
        if not changed:
            return rules.same(code)
        for field, value in changed.items():
            _kept(w, code, field, getattr(row, field), value, reason or "")
            setattr(row, field, value)
        w.session.flush()
        return Done(
            sentence=say("Staff {code}: {name}, {office}.", code=code, name=row.name, office=row.office),
            number=code,
            data={
                "staff": code,
                "name": row.name,
                "office": row.office,
                "window": row.window_code,
                "role": Role(row.role),
            },
            next=_COLLEAGUES,
        )

    return store.work("staff edit", do)


def retire(store: Store, code: str, on: date) -> Done | Refusal:
    """Somebody leaves, once their open cases are with others."""

    def do(w: Work) -> Done | Refusal:
        w.begin("staff", on)
        w.about(("staff", code))
        refused = leaving(w, code)
        if refused:
            return refused
        row = w.session.get(StaffRow, code)
        assert row is not None
        row.retired_on = on
        w.session.flush()
        _kept(w, code, "retired_on", None, on.isoformat(), "")
        return Done(
            sentence=say("Staff {code} retired on {on}.", code=code, on=on),
            number=code,
            data={"staff": code, "retired_on": on},
            next=_COLLEAGUES,
        )

    return store.work("staff retire", do)


def handover(store: Store, giver: str, taker: str, numbers: Sequence[str], on: date) -> Done | Refusal:
    """All open cases of the one go to the other, or those named, in one act: taken back, all go back.

    A case under restriction goes by the hands of its own people only, and its own people it then has: the taker in the
    place of the giver (rule 11).
    """

    def do(w: Work) -> Done | Refusal:
        w.about(("staff", giver), ("staff", taker))
        cases = [case_of(w, number) for number in numbers or _coordinated(w, giver)]
        w.begin("hand_over", on, cases[0].id if len(cases) == 1 else None)
        refused = all_of(rules.may_hand_over(case, giver, on) for case in cases) if cases else rules.no_cases(giver)
        if refused:
            return refused
        for case in cases:
            w.add(AssignmentRow(seq=w.seq, on_date=on, case_id=case.id, staff_code=taker))
        after = [project(w, case.number) for case in cases]
        for case in cases:
            if case.restricted:
                holders.pass_on(w, case.id, giver, taker)
        handed = [case.number for case in cases]
        one = after[0] if len(after) == 1 else None
        return Done(
            sentence=say(
                "Handed over from {giver} to {taker}, cases: {count}.", count=len(handed), giver=giver, taker=taker
            ),
            number=handed[0] if one else taker,
            data={
                "case": one.number if one else None,
                "stage": one.stage_on(date.max) if one else None,
                "from": giver,
                "to": taker,
                "cases": handed,
            },
            next=(Next("caseload", say("See the cases there now."), f"toshima caseload --coordinator {taker}"),),
        )

    return store.work("staff handover", do)


def leaving(w: Work, code: str) -> Refusal | None:
    """Whether nobody works under the code any more without a case being left to nobody."""
    own = queries("staff").their_own(w.conn, staff=code, viewer=w.actor)["cases"]
    return rules.may_retire(code, _coordinated(w, code), others_own=bool(own), local=code == LOCAL)


def _coordinated(w: Work, code: str) -> list[str]:
    """The open cases somebody coordinates, as far as whoever asks may know of them."""
    rows = queries("caseload").of_coordinator(
        w.conn, viewer=w.actor, coordinator=code, window=None, stage=None, due_before=None, how_many=EVERY
    )
    return [str(row["number"]) for row in rows]


def _kept(w: Work, code: str, field: str, old: str | None, new: str | None, reason: str) -> None:
    w.add(
        CorrectionRow(
            seq=w.seq, on_date=w.on, staff_code=code, field=field, old_value=old, new_value=new, reason=reason
        )
    )
