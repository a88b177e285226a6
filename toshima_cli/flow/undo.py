"""Taking back one's own last step by a reverse entry: nothing is erased, every reader leaves the undone act out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from toshima_cli import change_tables as changes
from toshima_cli import facts, written
from toshima_cli.db import Store, Work, queries
from toshima_cli.domain import stages
from toshima_cli.domain import undo as rules
from toshima_cli.domain.case import Case
from toshima_cli.domain.due import LAST
from toshima_cli.domain.initials import initials
from toshima_cli.domain.names import fold
from toshima_cli.domain.shown import answer
from toshima_cli.domain.terms import Ground
from toshima_cli.domain.undo import Later, Step, Tie
from toshima_cli.domain.verdict import Done, Next, Refusal, Say, Warned, say
from toshima_cli.flow import search_keys
from toshima_cli.flow.done import done, end_without_consent, project, vanish
from toshima_cli.flow.staff import leaving
from toshima_cli.meeting_tables import MeetingRow
from toshima_cli.tables import ActRow, CaseRow, HouseholdRow, MemberRow, PersonRow, ReferralRow, StaffRow

ALL = 2**62


@dataclass(frozen=True, slots=True)
class Ahead:
    """What would be taken back, before anybody is asked: the step, what it recorded in words, the first name of each
    household it was about, and what has to be said beside it. Nothing later stands on it."""

    step: Step
    wrote: tuple[Say, ...]
    households: Mapping[str, str | None]
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A step that may be taken back, marked as undone. `before`, `after`: the cases it touched, with and without it."""

    step: Step
    wrote: written.Ids
    before: dict[str, Case]
    after: dict[str, Case | None]
    told: tuple[Warned, ...]


def ahead(store: Store, reason: str | None = None) -> Ahead | Refusal:
    """What `take_back` would answer now: tried in the same transaction that looks, and nothing of it kept."""
    touched: list[str] = []

    def read(conn: Any) -> Ahead | Refusal:
        w = Work(conn, store, set(), set())
        conn.execute("SAVEPOINT ahead")
        try:
            step = _last(conn, store.actor)
            w.begin("undo", w.today)
            found = _judge(w, step, reason)
        finally:
            conn.execute("ROLLBACK TO ahead")
            conn.execute("RELEASE ahead")
        touched.extend(ref for kind, ref in w.subjects if kind == "case")
        if isinstance(found, Refusal):
            return answer(found, w.cases, mask=store.mask)
        return Ahead(
            found.step,
            rules.recorded(found.step, found.before.values()),
            {number: _household(case, store.mask) for number, case in found.before.items()},
            found.told,
        )

    return store.look("undo", read, lambda _: [("case", number) for number in touched]).value


def _household(case: Case, mask: bool) -> str | None:
    first = next((p for p in case.people if not p.withheld), None)
    if first is None:
        return None
    return initials(first.name, first.kana) if mask else first.name


def _last(conn: Any, actor: str) -> Step | None:
    row = queries("undo").last_of(conn, actor=actor, viewer=actor, before=ALL)
    if row is None or (row["case_id"] is not None and row["case_number"] is None):
        return None  # of a case that is others' own by now there is nothing to say
    return Step(
        seq=row["seq"],
        name=row["name"],
        on=date.fromisoformat(row["on_date"]),
        recorded_at=row["recorded_at"],
        case=row["case_number"],
        meeting=row["meeting_number"],
        wrote=frozenset(f"{r['name']}:{r['turn']}" for r in queries("undo").turns(conn, seq=row["seq"])),
    )


def take_back(store: Store, reason: str | None = None, *, expected: int | None = None) -> Done | Refusal:
    """1 the newest own step · 2 a no has its reason · 3 what stands on it · 4 what was told · 5 mark it, and put right
    what repeats the facts.

    `expected`: the sequence of the step that was asked about.
    """

    def do(w: Work) -> Done | Refusal:
        step = _last(w.conn, w.actor)
        w.begin("undo", w.today)
        if step is not None and expected not in (None, step.seq):
            return rules.changed(step)
        found = _judge(w, step, reason)
        if isinstance(found, Refusal):
            return found
        step, wrote = found.step, found.wrote
        _restore(w, wrote)
        written.set_aside(w.session, wrote, step.seq)
        _agendas(w, step, wrote)
        if reason:
            w.add(
                changes.CorrectionRow(
                    seq=w.seq, on_date=w.on, field="undone", old_value=step.name, new_value=None, reason=reason
                )
            )
        return _answer(w, step, found.before, found.after, found.told)

    return store.work("undo", do)


def _judge(w: Work, step: Step | None, reason: str | None) -> _Judged | Refusal:
    """Whether it may be taken back; the act is marked as undone, so that the books say what follows without it."""
    if step is None:
        return rules.nothing()
    wrote = written.of(w.session, step.seq)
    numbers = _numbers(w, written.above(w.session, wrote, "case_file"))
    before = {number: case for number in numbers if (case := facts.load(w.conn, number))}
    hidden = len(before) < len(numbers) and {"assignment", "case_holder"} & wrote.keys()
    if not wrote or hidden or not _can_be_put_back(w, wrote):
        return rules.not_possible(step)
    w.about(*(("case", number) for number in before))
    step = _facts(w, step, wrote, before)
    refused = rules.may_unsay(step, reason) or _retires(w, wrote)
    if refused:
        return refused
    _mark(w, step)
    after = {number: facts.load(w.conn, number) for number in before}
    others = _standing(w, step, wrote, before, after)
    if others:
        known = tuple(later for later in others if _may_know(w, later, before))
        return rules.refused(step, known) if known else rules.not_possible(step)
    told = rules.told(step, w.store.now())
    if isinstance(told, Refusal):
        return told
    out = tuple(row["number"] for row in queries("undo").handed_out(w.conn, actor=w.actor, seq=step.seq))
    return _Judged(step, wrote, before, after, (*told, *rules.handed_out(out)))


def _retires(w: Work, wrote: written.Ids) -> Refusal | None:
    """With the entry of somebody who was added nobody works under their code: their cases have to be with others."""
    rows = (w.session.get(changes.CorrectionRow, key) for key in wrote.get("correction", ()))
    codes = (row.staff_code for row in rows if row is not None and row.field == "code")
    return next((refused for code in codes if code and (refused := leaving(w, code))), None)


def _numbers(w: Work, ids: set[int]) -> list[str]:
    return sorted(row.number for key in ids if (row := w.session.get(CaseRow, key)))


def _facts(w: Work, step: Step, wrote: written.Ids, before: dict[str, Case]) -> Step:
    """The step with what it wrote, as the rules look at it."""
    cases = before.values()
    return replace(
        step,
        case=step.case or (next(iter(before)) if len(before) == 1 else None),
        wrote=step.wrote | written.marks(w.session, wrote),
        moved=any(_moved(case, step.seq) for case in cases),
        labels=tuple(p.label for case in cases for p in case.people if any(c.seq == step.seq for c in p.consents)),
        referrals=tuple(r.number for case in cases for r in case.referrals if r.seq == step.seq),
    )


def _moved(case: Case, seq: int) -> bool:
    """Whether the act led the case from one stage to another."""
    ordered = sorted(case.steps, key=lambda s: (s.on, s.seq))
    pairs = zip([None, *(s.stage for s in ordered)], ordered, strict=False)
    return any(s.seq == seq and s.stage is not stage for stage, s in pairs)


def _mark(w: Work, step: Step) -> None:
    """The reverse entry: the act is undone by this one, which belongs to the same case."""
    row, own = w.session.get(ActRow, step.seq), w.session.get(ActRow, w.seq)
    assert row is not None
    assert own is not None
    row.undone_by, own.case_id = w.seq, row.case_id
    w.fields.add("act.undone_by")
    w.session.flush()


def _standing(
    w: Work, step: Step, wrote: written.Ids, before: dict[str, Case], after: dict[str, Case | None]
) -> tuple[Later, ...]:
    members = {
        p.id for case in before.values() for p in case.people for consent in p.consents if consent.seq == step.seq
    }
    sittings = written.above(w.session, wrote, "meeting") if {"party", "decision"} & wrote.keys() else set()
    cases = {case.id for case in before.values()}
    hung = {
        Tie.ROW: written.below(w.session, wrote, step.seq),
        Tie.CASE: written.below(w.session, {"case_file": cases}, step.seq),
        Tie.SITTING: written.below(w.session, {"meeting": sittings}, step.seq)
        | written.below(w.session, {"case_file": written.discussed(w.session, sittings)}, step.seq),
        Tie.PERSON: written.below(w.session, {"member": members}, step.seq)
        | {(seq, rules.SHOWN) for seq in written.spoken_of(w.session, members, step.seq)},
    }
    unfit = {
        seq
        for number, case in after.items()
        if case is not None
        for seq in stages.unfit(case) - stages.unfit(before[number])
    }
    found = rules.standing(step, ((tie, seq, what) for tie, rows in hung.items() for seq, what in rows), unfit)
    rows = queries("undo").acts(w.conn, first=min(found), last=max(found)) if found else ()
    return tuple(
        Later(row["seq"], row["name"], date.fromisoformat(row["on_date"]), row["actor"])
        for row in rows
        if row["seq"] in found
    )


def _may_know(w: Work, later: Later, before: dict[str, Case]) -> bool:
    """Not an act on a case that is others' own (rule 11), nor a report by law of others: with the act it stands on it
    would tell whom it is about (rule 7)."""
    rows = written.of(w.session, later.seq)
    numbers = _numbers(w, written.above(w.session, rows, "case_file"))
    cases = [case for number in numbers if (case := before.get(number) or facts.load(w.conn, number))]
    if len(cases) < len(numbers):
        return False
    theirs = w.actor in {later.actor, *(case.coordinator_on(LAST) for case in cases)}
    reports = (w.session.get(ReferralRow, key) for key in rows.get("referral", ()))
    return theirs or not any(row is not None and row.ground is Ground.STATUTORY_REPORT for row in reports)


def _restore(w: Work, wrote: written.Ids) -> None:
    """Fields the step corrected say again what they said; a person's keys are written anew."""
    people = set(wrote.get("person", ())) | written.above(w.session, wrote, "person")
    for key in sorted(wrote.get("correction", ())):
        correction = w.session.get(changes.CorrectionRow, key)
        assert correction is not None
        _put_back(w, correction)
        if correction.household_id is not None:
            found = queries("undo").people_of_household(w.conn, household_id=correction.household_id)
            people |= {row["person_id"] for row in found}
    for person_id in sorted(people):
        w.about(("person", str(person_id)))
        search_keys.of_person(w.conn, person_id)


def _put_back(w: Work, correction: changes.CorrectionRow) -> None:
    """The newest correction that still stands wins, otherwise what the field said before it was ever corrected."""
    about = {name: getattr(correction, name) for name in _CORRECTED}
    row = _corrected(w, correction)
    if correction.field == "code":  # somebody who was added: the code stays given, nobody works under it
        row.retired_on = w.on
        w.session.flush()
        return
    newest = queries("undo").newest_correction(w.conn, field=correction.field, **about)
    first = queries("undo").first_correction(w.conn, field=correction.field, **about)
    value: Any = newest["new_value"] if newest else first["old_value"]
    dated = written.column(row, correction.field).type.python_type is date
    setattr(row, correction.field, date.fromisoformat(value) if value and dated else value)
    if isinstance(row, PersonRow) and correction.field in ("name", "kana"):
        setattr(row, f"{correction.field}_key", fold(value) if value else None)
    w.session.flush()


_CORRECTED: dict[str, Any] = {
    "person_id": PersonRow,
    "member_id": MemberRow,
    "household_id": HouseholdRow,
    "staff_code": StaffRow,
    "meeting_id": MeetingRow,
}


def _corrected(w: Work, correction: changes.CorrectionRow) -> Any:
    """The row a correction is about, None where it has no field of that name."""
    for name, kind in _CORRECTED.items():
        key = getattr(correction, name)
        if key is not None:
            row = w.session.get(kind, key)
            return row if hasattr(row, correction.field) else None
    return None


def _can_be_put_back(w: Work, wrote: written.Ids) -> bool:
    """What was published is out; a correction has to know what stood there before."""
    if "publication" in wrote:
        return False
    rows = (w.session.get(changes.CorrectionRow, key) for key in wrote.get("correction", ()))
    return all(row is not None and _corrected(w, row) is not None for row in rows)


def _agendas(w: Work, step: Step, wrote: written.Ids) -> None:
    """With a sitting go the numbers its agenda gave when somebody looked at it."""
    if "meeting" not in wrote:
        return
    looked = {seq for seq, what in written.below(w.session, {"meeting": wrote["meeting"]}, step.seq)}
    for seq in looked:
        act = w.session.get(ActRow, seq)
        if act is not None and act.name == "agenda":
            act.undone_by = w.seq
    w.session.flush()


def _answer(
    w: Work, step: Step, before: dict[str, Case], after: dict[str, Case | None], warnings: tuple[Warned, ...]
) -> Done:
    undone = {"undone": {"act": step.name, "on": step.on, "seq": step.seq}}
    what, on = rules.of_step(step), step.on
    number = step.case or step.meeting or str(step.seq)
    sentence = say("Taken back: {what} of {on} ({number}).", what=what, on=on, number=number)
    for case_number, case in after.items():
        if case is None:
            vanish(w, before[case_number].id)
        elif case_number != step.case:
            warnings = (*warnings, *end_without_consent(w, case_number))
            project(w, case_number)
    found = after.get(step.case) if step.case else None
    if found is None:
        board = Next("status", say("See today's board."), "toshima status")
        return Done(sentence, number, {"case": step.case, "stage": None, **undone}, (board,), warnings)
    return done(w, found, sentence, number, w.on, data=undone, warnings=warnings)
