"""Rule 21: two cases of one household, two records of one person, found to be one; and the same taken back.

Nothing moves: the one number is kept, the other is concluded as its duplicate and read with it (`domain/merged.py`), so
that taking it back loses nothing of what came in between.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from toshima_cli.change_tables import DepartureRow, MergeEndRow, MergeRow
from toshima_cli.db import Store, Work, queries
from toshima_cli.domain import merge as rules
from toshima_cli.domain import people
from toshima_cli.domain.case import Case, Consent, Person
from toshima_cli.domain.terms import Act, EndReason, Stage
from toshima_cli.domain.verdict import Done, Next, Refusal, Say, Warned, say
from toshima_cli.flow import consent, holders, members
from toshima_cli.flow.done import case_of, done, person_of, settle_other, step, write_step
from toshima_cli.tables import CaseLinkRow, EndingRow

Who = tuple[str, str]
"""(case, label)."""


def cases(store: Store, kept: str, other: str, on: date, reason: str | None) -> Done | Refusal:
    """1 may these two be one · 2 the other is concluded as the duplicate · 3 its people join the one kept · 4 who of
    both looks the same, for somebody to decide."""

    def do(w: Work) -> Done | Refusal:
        case, twin = case_of(w, kept), case_of(w, other)
        w.begin("merge", on, case.id)
        eyes = holders.of(w, case.id), holders.of(w, twin.id)
        refused = rules.may_merge(case, twin, on, seen_by=eyes) or step(w, twin, Act.CONCLUDE, on, EndReason.DUPLICATE)
        if refused:
            return refused
        w.add(
            EndingRow(
                seq=w.seq,
                on_date=on,
                case_id=twin.id,
                stage=Stage.CLOSED,
                reason=EndReason.DUPLICATE,
                kept_id=case.id,
            ),
            MergeRow(seq=w.seq, on_date=on, case_id=twin.id, kept_case_id=case.id, reason=reason),
            CaseLinkRow(seq=w.seq, on_date=on, case_id=twin.id, other_id=case.id, kind="duplicate"),
        )
        alike = rules.alike_in(case, twin, on)
        joined = _take_in(w, case, twin, on)
        settle_other(w, other)
        return done(
            w,
            case,
            say("Case {other} is kept under {case} from here on.", other=other, case=kept),
            kept,
            on,
            data={
                "merged": other,
                "people": joined,
                "possible_duplicates": [
                    {"label": mine.label, "case": other, "other_label": theirs.label, "reason": why}
                    for mine, theirs, why in alike
                ],
            },
            warnings=[Warned("person.possible_duplicate", _may_be(other, *found)) for found in alike],
            next=[
                Next(
                    Act.MERGE,
                    say("Where they are one person, say so."),
                    f"toshima merge {kept}/{mine.label} {other}/{theirs.label}",
                )
                for mine, theirs, _ in alike
            ],
        )

    return store.work("merge", do)


def _may_be(number: str, mine: Person, theirs: Person, why: Say) -> Say:
    return say(
        "{label} and {other_label} of {case} may be one person: {reason}",
        label=mine.label,
        other_label=theirs.label,
        case=number,
        reason=why,
    )


def _take_in(w: Work, case: Case, twin: Case, on: date) -> list[dict[str, str]]:
    """Its open people who are not in the kept case yet, under the next free labels; one head is enough."""
    here = {p.person_id for p in case.people_on(on)}
    hidden = {row["id"]: row for row in queries("books").hidden_of(w.conn, case_id=twin.id)}
    known = {row["person_id"] for row in queries("books").records(w.conn, case_id=case.id)}
    for row in hidden.values():
        if row["person_id"] not in known:
            _hidden_here_too(w, case, row)
    heads = any(p.relation == people.HEAD for p in case.people_on(on))
    joined = []
    for person in twin.people_on(on):
        w.about(("person", str(person.person_id)))
        if person.person_id in here or person.id in hidden:
            continue
        label = members.free_label(w, case)
        relation = people.OTHER if heads and person.relation == people.HEAD else person.relation
        members.join(w, case.id, members.record_id(w, person), label, relation, note=person.note)
        joined.append({"label": label, "was": person.label})
    return joined


def _hidden_here_too(w: Work, case: Case, row: Any) -> None:
    """Who left the other case under restriction stands in the kept one by a label, withheld there as well (rule 11):
    what is tied to them goes by it."""
    member = members.join(w, case.id, row["person_id"], members.free_label(w, case), people.OTHER)
    w.add(
        DepartureRow(
            seq=w.seq,
            on_date=w.on,
            member_id=member,
            reason=people.OTHER,
            to_case_id=row["to_case_id"],
            hidden=True,
        )
    )


def persons(store: Store, kept: Who, other: Who, on: date, reason: str | None) -> Done | Refusal:
    """1 may these two be one person · 2 the record of the first speaks for both."""

    def do(w: Work) -> Done | Refusal:
        case, theirs = case_of(w, kept[0]), case_of(w, other[0])
        person, twin = person_of(w, case, kept[1]), person_of(w, theirs, other[1])
        w.begin("merge", on, case.id)
        record = members.record_id(w, twin)
        refused = rules.may_be_one(
            case, person, theirs, twin, on, reason=reason, tied=_tied(w, record, person.person_id)
        )
        if refused:
            return refused
        w.add(MergeRow(seq=w.seq, on_date=on, person_id=record, kept_person_id=person.person_id, reason=reason))
        if theirs.number != case.number:
            settle_other(w, theirs.number)
        return done(
            w,
            case,
            say("{kept} and {other} are one person from here on.", kept="/".join(kept), other="/".join(other)),
            "/".join(kept),
            on,
            data={"kept": "/".join(kept), "merged": "/".join(other)},
        )

    return store.work("merge", do)


def _tied(w: Work, record: int, kept: int) -> bool:
    """Whether the record is in a merge already: one record speaks for others, never through a third."""
    return record == kept or bool(list(queries("books").person_merges(w.conn, person_id=record)))


def unmerge_cases(store: Store, kept: str, other: str, on: date, reason: str | None) -> Done | Refusal:
    """1 which merge · 2 it ends, and the other case stands where it stood · 3 who joined by it leaves the kept one
    again, unless something was recorded of them there since."""

    def do(w: Work) -> Done | Refusal:
        twin = case_of(w, other)
        case = case_of(w, kept)
        found = queries("books").case_merge(w.conn, case_id=twin.id)
        w.begin("merge", on, case.id)
        refused = rules.no_merge(kept, other, found is not None and found["number"] == kept) or _too_early(
            kept, other, found, on
        )
        if refused:
            return refused
        w.add(MergeEndRow(seq=w.seq, on_date=on, merge_id=found["id"], reason=reason))
        stage = rules.stage_before(twin, (date.fromisoformat(found["on_date"]), found["seq"]))
        write_step(w, twin.id, Act.MERGE, on, stage, reason)
        before, case = case, case_of(w, kept)  # alone again: what is on record of its own
        stay = _let_go(w, case, found["seq"])
        noes: list[Warned] = []
        for side in (case_of(w, kept), twin):
            for person in side.people_on(on):
                said = [
                    c for p in (*before.people, *twin.people) if p.person_id == person.person_id for c in p.consents
                ]
                noes += _noes_stay(w, side, person, said, found["seq"])
        settle_other(w, other)
        return done(
            w,
            case,
            say("Cases {case} and {other} are two again; {other} is: {stage}.", case=kept, other=other, stage=stage),
            other,
            on,
            data={"unmerged": other, "unmerged_stage": stage, "stay": stay},
            warnings=(*_stay(kept, stay), *noes),
        )

    return store.work("unmerge", do)


def _stay(kept: str, labels: list[str]) -> tuple[Warned, ...]:
    if not labels:
        return ()
    message = say(
        "Something was recorded of {labels} here since; they stay in case {case} too.", labels=tuple(labels), case=kept
    )
    return (Warned("merge.stay", message),)


def _let_go(w: Work, case: Case, seq: int) -> list[str]:
    stay = []
    for row in queries("books").joined_by(w.conn, case_id=case.id, seq=seq):
        person = case.person(row["label"])
        if person is None or person.left_on is not None:
            continue
        if rules.recorded_of(case, person.label):
            stay.append(person.label)
            continue
        w.about(("person", str(person.person_id)))
        w.add(DepartureRow(seq=w.seq, on_date=w.on, member_id=person.id, reason=people.OTHER))
    return stay


def _noes_stay(w: Work, case: Case, person: Person, said: Iterable[Consent], seq: int) -> tuple[Warned, ...]:
    """A no, or an exception, said since the merge of that sequence counted here too, and goes on to: it is written down
    here as well. `said`: all that was said by both."""
    noes = rules.noes_since(person, said, seq)
    for no in noes:
        consent.write_row(w, case, person, no)
    if not noes:
        return ()
    w.about(("person", str(person.person_id)))
    message = say(
        "What {label} said no to since the merge counts on in case {case} ({days}).",
        label=person.label,
        case=case.number,
        days=tuple(c.on for c in noes),
    )
    return (Warned("merge.noes", message),)


def unmerge_persons(store: Store, kept: Who, other: Who, on: date, reason: str | None) -> Done | Refusal:
    """Two records are two people again."""

    def do(w: Work) -> Done | Refusal:
        case, theirs = case_of(w, kept[0]), case_of(w, other[0])
        person, twin = person_of(w, case, kept[1]), person_of(w, theirs, other[1])
        w.begin("merge", on, case.id)
        found = _between(w, members.record_id(w, twin), person)
        names = "/".join(kept), "/".join(other)
        refused = rules.no_merge(*names, found is not None) or _too_early(*names, found, on)
        if refused:
            return refused
        assert found is not None
        w.add(MergeEndRow(seq=w.seq, on_date=on, merge_id=found["id"], reason=reason))
        noes: list[Warned] = []
        if rules.read_together(case, theirs):
            said = (*person.consents, *twin.consents)
            for side, label in ((case, kept[1]), (theirs, other[1])):
                noes += _noes_stay(w, side, person_of(w, case_of(w, side.number), label), said, found["seq"])
        if theirs.number != case.number:
            settle_other(w, theirs.number)
        return done(
            w,
            case,
            say("{kept} and {other} are two people again.", kept=names[0], other=names[1]),
            names[1],
            on,
            data={"kept": names[0], "unmerged": names[1]},
            warnings=noes,
        )

    return store.work("unmerge", do)


def _between(w: Work, record: int, person: Person) -> Any:
    rows = queries("books").person_merges(w.conn, person_id=record)
    return next((r for r in rows if r["person_id"] == record and r["kept_person_id"] == person.person_id), None)


def _too_early(kept: str, other: str, found: Any, on: date) -> Refusal | None:
    since = date.fromisoformat(found["on_date"]) if found is not None else on
    return rules.before_merge(kept, other, since, on)
