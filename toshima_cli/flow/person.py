"""People of a case who join, leave, move to another household, say what they want; and what is corrected of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli.db import Store, Work, queries
from toshima_cli.domain import close, stages
from toshima_cli.domain import people as rules
from toshima_cli.domain.alike import Like
from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.held import held
from toshima_cli.domain.initials import initials
from toshima_cli.domain.names import fold
from toshima_cli.domain.terms import Act, EndReason, Scope, Stage
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, Warned, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.flow import alike, holders, members, search_keys, turns
from toshima_cli.flow.done import case_of, done, person_of, settle_other, step
from toshima_cli.flow.split import hide_elsewhere, take_along, violence_along
from toshima_cli.forms import JoinForm
from toshima_cli.tables import EndingRow, MemberRow, PersonRow, WishRow

Same = tuple[str, str]
"""(case, label) of somebody who is the same human being."""


def add(
    store: Store, number: str, people: tuple[JoinForm, ...], on: date, same: Same | None = None, *, mask: bool = False
) -> Done | Refusal:
    """1 the stage, free labels, who is the same as somebody known · 2 the members · 3 who else may be the same.

    Raises BadInput (exit 2) where a label is taken.
    """

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        w.begin("person", on, case.id)
        stage = stages.may(case, Act.PERSON, on)
        if isinstance(stage, Refusal):
            return stage
        known = None
        if same is not None:
            source = case_of(w, same[0])
            twin = person_of(w, source, same[1])
            refused = rules.may_join(case, source, twin, on)
            if refused:
                return refused
            known = members.record_id(w, twin)
        labels = _labels(members.taken(w, case), people)
        duplicates = []
        for form, label in zip(people, labels, strict=True):
            if known is None:
                duplicates += alike.same(w, Like(form.name, form.kana, form.birth_date))
            person_id = known or members.recorded(w, form)
            members.join(w, case.id, person_id, label, form.relation)
            w.about(("person", str(person_id)))
            search_keys.of_person(w.conn, person_id)
        names = {p.label: p for p in case_of(w, number).people if p.label in labels}
        return done(
            w,
            case,
            say("Joined case {case}: {labels}.", case=case.number, labels=labels),
            case.number,
            on,
            data={
                "people": [
                    {"label": label, "name": initials(p.name, p.kana) if mask else p.name} for label, p in names.items()
                ],
                "possible_duplicates": duplicates,
            },
            warnings=alike.warned(duplicates),
            next=(
                Next(
                    Act.CONCERN,
                    say("Note what troubles them, where something does."),
                    f"toshima concern add {case.number} --concern {labels[0]}:CONCERN",
                ),
            ),
        )

    return store.work("person", do)


def _labels(taken: set[str], people: tuple[JoinForm, ...]) -> tuple[str, ...]:
    """The labels typed, and free ones for the rest. Raises BadInput for one that is taken."""
    typed = [form.label for form in people if form.label]
    faults = [
        Fault("--person", say("The label {label} is taken.", label=label))
        for n, label in enumerate(typed)
        if label in taken or label in typed[:n]
    ]
    if faults:
        raise BadInput(faults)
    used = taken | set(typed)
    found = []
    for form in people:
        label = form.label or rules.next_label(used)
        used.add(label)
        found.append(label)
    return tuple(found)


def edit(store: Store, number: str, label: str, given: Mapping[str, Any], on: date, reason: str) -> Done | Refusal:
    """1 the stage · 2 each field that changes, with its old value · 3 the keys they are found by, who else it may be.

    `given`: field → new value, None to take it away.
    """

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        person = person_of(w, case, label)
        w.begin("person", on, case.id)
        stage = stages.may(case, Act.PERSON, on)
        if isinstance(stage, Refusal):
            return stage
        row = w.session.get(PersonRow, person.person_id)
        member = w.session.get(MemberRow, person.id)
        assert row is not None
        assert member is not None
        changed = [
            field
            for field, value in given.items()
            if (
                turns.correct(w, member, field, value, reason, member_id=person.id)
                if field == "relation"
                else turns.correct(w, row, field, value, reason, person_id=person.person_id)
            )
        ]
        if not changed:
            return _nothing_changed(case, label)
        again = _judged_again(w, case, person, on) if "birth_date" in changed else ()
        row.name_key = fold(row.name) if row.name else None
        row.kana_key = fold(row.kana) if row.kana else None
        w.session.flush()
        search_keys.of_person(w.conn, person.person_id)
        told = {"name", "kana", "birth_date", "phone", "address"} & set(changed)
        now = Like(row.name, row.kana, row.birth_date, row.phone, row.address)
        duplicates = alike.same(w, now, but=row.id) if told else []
        return done(
            w,
            case,
            say("{label} of case {case} is corrected; the old value stays on record.", label=label, case=case.number),
            case.number,
            on,
            data={"person": label, "fields": changed, "possible_duplicates": duplicates},
            warnings=(*again, *alike.warned(duplicates)),
        )

    return store.work("person", do)


def _judged_again(w: Work, case: Case, person: Person, on: date) -> tuple[Warned, ...]:
    """Which consents the birth date known now shows to be for another one to give, in every case they stand in that
    everybody sees, and what follows there. `case` as it was before."""
    numbers = {row["number"] for row in queries("books").elsewhere(w.conn, person_id=person.person_id)}
    found: list[Warned] = []
    day = max(on, w.today)
    for number in (case.number, *sorted(numbers - {case.number})):
        for one in case_of(w, number).people_on(day):
            void = (h for scope in Scope if (h := held(one, scope, day)).void)
            if one.person_id == person.person_id:
                found += [Warned("person.consent_void", say("{case}: {text}", case=number, text=h.why)) for h in void]
        if number != case.number:
            found += settle_other(w, number)
    return tuple(found)


def _nothing_changed(case: Case, label: str) -> Refusal:
    return Refusal(
        rule="person.same",
        basis=Basis.OURS,
        message=say("Nothing changes: {label} is recorded like that already.", label=label),
        missing=(say("A value that is another one."),),
        next=(Next("show", say("Look at the case."), f"toshima show {case.number}"),),
    )


@dataclass(frozen=True, slots=True)
class Leaving:
    """`reason` is a code of the list leave_reason; `head` the label of who is head of the household from then on."""

    on: date
    reason: str
    note: str | None = None
    head: str | None = None


def leave(store: Store, number: str, label: str, leaving: Leaving) -> Done | Refusal:
    """1 the stage, and that somebody is left · 2 the departure, the new head · 3 the end of the case, where the last
    one died · 4 what of theirs is still open."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        person = person_of(w, case, label)
        head = person_of(w, case, leaving.head) if leaving.head else None
        w.begin("person", leaving.on, case.id)
        refused = _may_go(case, person, leaving) or (rules.not_there(case, head, leaving.on) if head else None)
        if refused:
            return refused
        last = rules.is_last(case, person, leaving.on)
        warnings = [*rules.left_open(case, (label,), leaving.on)]
        turns.leave(w, person, leaving.reason, note=leaving.note)
        if head:
            warnings += _new_head(w, case, person, head, leaving)
        else:
            warnings += rules.no_head(case, (label,), leaving.on)
        if last:
            ended = _conclude(w, case, leaving.on)
            if isinstance(ended, Refusal):
                return ended
            warnings += ended
        left = {"label": label, "case": case.number}
        sentence = (
            say("{label}, the last of case {case}, died; it is concluded.", **left)
            if last
            else say("Taken down that {label} of case {case} died ({on}).", on=leaving.on, **left)
            if leaving.reason == EndReason.DECEASED
            else say("{label} has left the household of case {case} ({on}).", on=leaving.on, **left)
        )
        return done(
            w,
            case,
            sentence,
            case.number,
            leaving.on,
            data={"person": label, "reason": leaving.reason, "on": leaving.on, "head": leaving.head, "ended": last},
            warnings=warnings,
            next=() if head else rules.name_head(case, (label,), leaving.on),
        )

    return store.work("person", do)


def _new_head(w: Work, case: Case, person: Person, head: Person, leaving: Leaving) -> tuple[Warned, ...]:
    """Who stays is something else to the new head than to the old one."""
    why = leaving.note or leaving.reason
    unknown = []
    staying = (p for p in case.people_on(leaving.on) if p.id not in (person.id, head.id) and not p.hidden)
    for other in staying:
        relation = rules.related(head.relation, other.relation)
        turns.correct_relation(w, other, relation, why)
        if relation == rules.OTHER != other.relation:
            unknown.append(other.label)
    turns.correct_relation(w, head, rules.HEAD, why)
    if not unknown:
        return ()
    message = say("What they are to the new head does not follow from the record: {labels}.", labels=tuple(unknown))
    return (Warned("person.relation", message),)


def _may_go(case: Case, person: Person, leaving: Leaving) -> Refusal | None:
    stage = stages.may(case, Act.PERSON, leaving.on)
    if isinstance(stage, Refusal):
        return stage
    return rules.may_leave(case, person, leaving.on, leaving.reason)


def _conclude(w: Work, case: Case, on: date) -> tuple[Warned, ...] | Refusal:
    """A case ends with its last open person; notes stay possible for the work that is left after a death."""
    refused = step(w, case, Act.CONCLUDE, on, EndReason.DECEASED)
    if refused:
        return refused
    w.add(EndingRow(seq=w.seq, on_date=on, case_id=case.id, stage=Stage.CLOSED, reason=EndReason.DECEASED))
    return close.warnings(case, EndReason.DECEASED, on)


def move(
    store: Store, number: str, label: str, to: str, on: date, reason: str | None, relation: str | None
) -> Done | Refusal:
    """1 both stages, and that somebody is left · 2 out of this household, into that one under its next free label.

    Into a case under restriction only its own people move somebody, and nothing of where to is left here.
    """

    def do(w: Work) -> Done | Refusal:
        case, other = case_of(w, number), case_of(w, to)
        person = person_of(w, case, label)
        w.begin("person", on, case.id)
        for each in (case, other):
            stage = stages.may(each, Act.PERSON, on)
            if isinstance(stage, Refusal):
                return stage
        if case.restricted and not other.restricted:
            return rules.across(other, case)
        hidden = other.restricted
        refused = rules.may_leave(case, person, on, rules.OTHER, to) or rules.may_join(
            other, other if hidden else case, person, on
        )
        if refused:
            return refused
        found = members.free_label(w, other)
        if hidden:
            take_along(w, case, person, other.id, found, relation or rules.OTHER, on)
            violence_along(w, case, other.id, on, other.concerns_on(on))
        else:
            members.join(w, other.id, members.record_id(w, person), found, relation or rules.OTHER)
        turns.leave(w, person, rules.OTHER, note=reason, to=other.id, hidden=hidden)
        apart = hide_elsewhere(w, case, (person,), other.id, holders.of(w, other.id)) if hidden else ()
        warnings = (*rules.left_open(case, (label,), on), *rules.no_head(case, (label,), on))
        troubles = "".join(f" --concern {found}:{c.code}" for c in case.concerns_on(on) if c.label == label)
        line = f"toshima concern add {to}{troubles}"
        warnings = (*warnings, *apart, *settle_other(w, to))
        return done(
            w,
            case,
            say("{label} is now in case {to}, as {found}.", label=label, to=to, found=found),
            f"{to}/{found}",
            on,
            data={"person": label, "to_case": to, "to_label": found},
            warnings=warnings,
            next=(
                *((Next(Act.CONCERN, say("Note there what still stands."), line),) if troubles and not hidden else ()),
                *rules.name_head(case, (label,), on),
            ),
        )

    return store.work("person", do)


def wish(store: Store, number: str, label: str, text: str, on: date) -> Done | Refusal:
    """What a person wants, in their own words, dated."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        person = person_of(w, case, label)
        w.begin("person", on, case.id)
        stage = stages.may(case, Act.WISH, on)
        refused = stage if isinstance(stage, Refusal) else rules.not_there(case, person, on)
        if refused:
            return refused
        w.add(WishRow(seq=w.seq, on_date=on, member_id=person.id, text=text))
        return done(
            w,
            case,
            say("The wish of {label} is noted ({case}, {on}).", label=label, case=case.number, on=on),
            case.number,
            on,
            data={"person": label, "on": on},
        )

    return store.work("person", do)
