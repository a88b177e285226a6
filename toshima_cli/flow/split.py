"""Rule 11: people under restriction get a case of their own, which nobody finds who is not of it.

The old case keeps their labels and says no more; the new one alone knows where it came from. What is written about
them later stands on records of their own. Consent does not go along: they are asked anew, alone.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from shlex import quote

from toshima_cli.db import Store, Work, queries
from toshima_cli.domain import people as rules
from toshima_cli.domain import stages
from toshima_cli.domain.alike import alike, like_of
from toshima_cli.domain.case import Case, Concern, Person
from toshima_cli.domain.dated import last_on
from toshima_cli.domain.due import LAST
from toshima_cli.domain.held import holds
from toshima_cli.domain.referral import VIOLENCE
from toshima_cli.domain.returning import goes_on_as
from toshima_cli.domain.terms import Act, Origin, Scope
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, Say, Warned, all_of, say
from toshima_cli.flow import holders, members, search_keys, turns
from toshima_cli.flow.done import case_of, done, people_of, settle_other, write_step
from toshima_cli.tables import AssignmentRow, CaseLinkRow, CaseRow, ConcernRow, HouseholdRow, WishRow


def split(
    store: Store,
    number: str,
    labels: tuple[str, ...],
    on: date,
    reason: str,
    *,
    coordinator: str | None = None,
    also: tuple[str, ...] = (),
) -> Done | Refusal:
    """1 the stage, and that they are there · 2 a number of its own, for its own people · 3 the people, with what goes
    along · 4 out of the old case, without a word of where to.

    Of everybody: the case itself comes under restriction. `also`: who may see it besides the typist and coordinator.
    """

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        people = people_of(w, case, labels)
        w.begin("split", on, case.id)
        stage = stages.may(case, Act.SPLIT, on)
        refused = (
            stage if isinstance(stage, Refusal) else all_of(rules.not_there(case, person, on) for person in people)
        )
        if refused:
            return refused
        who = coordinator or case.coordinator_on(on)
        seen_by = (w.actor, *((who,) if who else ()), *also)
        if {p.label for p in case.people_on(on)} <= set(labels):
            return _whole(w, case, on, seen_by, coordinator)
        new, new_id = _open(w, case, on, reason)
        holders.add(w, new_id, seen_by)
        if who:
            w.add(AssignmentRow(seq=w.seq, on_date=on, case_id=new_id, staff_code=who))
        w.add(CaseLinkRow(seq=w.seq, on_date=on, case_id=new_id, other_id=case.id, kind="split"))
        head = next((p for p in people if p.relation == rules.HEAD), people[0])
        for person in people:
            relation = rules.HEAD if person is head else rules.related(head.relation, person.relation)
            take_along(w, case, person, new_id, person.label, relation, on)
            turns.leave(w, person, rules.OTHER, to=new_id, hidden=True)
        violence_along(w, case, new_id, on)
        hidden = hide_elsewhere(w, case, people, new_id, seen_by)
        warnings = (*rules.left_open(case, labels, on), *rules.no_head(case, labels, on))
        warnings = (*warnings, *rules.reported(case, labels, on, w.actor), *settle_other(w, number))
        made = case_of(w, new)
        minded, reach = _mind(made, on)
        return done(
            w,
            made,
            _apart(labels, new, holders.of(w, new_id)),
            new,
            on,
            data={
                "new_case": new,
                "from_case": case.number,
                "people": list(labels),
                "holders": list(holders.of(w, new_id)),
            },
            warnings=(*warnings, *hidden, *_asked_anew(case, people, on), *minded),
            next=(*reach, *rules.name_head(case, labels, on)),
        )

    return store.work("split", do)


def hide_elsewhere(
    w: Work, case: Case, people: Iterable[Person], to: int, seen_by: Iterable[str]
) -> tuple[Warned, ...]:
    """Where else these people of `case` stand for everybody to see (another household, the case that ended before, one
    found to be the same, its duplicate), they are withheld too; where nobody else is left there, that case comes under
    restriction itself. Otherwise their record would be found there, with the address it is given from now on."""
    people = tuple(people)
    found: dict[tuple[int, str], set[int]] = {}
    for person in people:
        for row in queries("books").elsewhere(w.conn, person_id=person.person_id):
            found.setdefault((row["case_id"], row["number"]), set()).add(row["id"])
    for twin, gone in _duplicates(w, case, people, to):
        found.setdefault((twin.id, twin.number), set()).update(gone)
    warnings: list[Warned] = []
    for (case_id, number), gone in found.items():
        other = case_of(w, number)
        if {row["id"] for row in queries("books").still_there(w.conn, case_id=case_id)} <= gone:
            staff = holders.add(w, case_id, seen_by)
            message = say("Case {case} is under restriction from here on. Seen by: {staff}.", case=number, staff=staff)
            warnings.append(Warned("split.elsewhere", message))
            warnings += hide_elsewhere(w, other, other.people, case_id, seen_by)
            continue
        for member in (p for p in other.people if p.id in gone):
            turns.leave(w, member, rules.OTHER, to=to, hidden=True)
            left = say(
                "{label} has left the household of case {case} ({on}).", label=member.label, case=number, on=w.on
            )
            warnings.append(Warned("split.elsewhere", left))
        warnings += settle_other(w, number)
    return tuple(warnings)


def _duplicates(w: Work, case: Case, people: Iterable[Person], to: int) -> Iterator[tuple[Case, set[int]]]:
    """The cases concluded as duplicates of this one, with who of them looks like one of these people; everybody, where
    the case comes under restriction whole."""
    for row in queries("books").kept_under(w.conn, case_id=case.id):
        twin = case_of(w, row["number"])
        if goes_on_as(twin, LAST) == case.number:
            yield (
                twin,
                {p.id for p in twin.people if to == case.id or any(alike(like_of(p), like_of(one)) for one in people)},
            )


def _apart(labels: tuple[str, ...], number: str, staff: tuple[str, ...]) -> Say:
    sentence = say("In a case of their own from here on ({case}): {labels}.", labels=labels, case=number)
    return say("{sentence} Seen by: {staff}.", sentence=sentence, staff=staff)


def take_along(w: Work, case: Case, person: Person, to: int, label: str, relation: str, on: date) -> None:
    """A record of their own in the case `to`, with their last wish and what troubles them; consents stay behind."""
    record = w.put(members.copy_of(person))
    w.about(("person", str(record)))
    member = members.join(w, to, record, label, relation, note=person.note)
    wish = last_on(person.wishes, on)
    if wish:
        w.add(WishRow(seq=w.seq, on_date=wish.on, member_id=member, text=wish.text))
    w.add(
        *(
            ConcernRow(
                seq=w.seq,
                on_date=c.on,
                case_id=to,
                member_id=member,
                code=c.code,
                most_pressing=c.most_pressing,
                note=c.note,
            )
            for c in case.concerns_on(on)
            if c.label == person.label
        )
    )
    search_keys.of_person(w.conn, record)


def violence_along(w: Work, case: Case, to: int, on: date, there: Iterable[Concern] = ()) -> None:
    """Violence of the whole household is no one label's, and may be theirs: the duty to report goes along, where it is
    not `there` yet."""
    about = {(c.label, c.code) for c in there}
    w.add(
        *(
            ConcernRow(seq=w.seq, on_date=c.on, case_id=to, code=c.code, note=c.note)
            for c in case.concerns_on(on)
            if (c.label, c.code) == (None, VIOLENCE) and (c.label, c.code) not in about
        )
    )


def _open(w: Work, case: Case, on: date, reason: str) -> tuple[str, int]:
    """The new case: the stage goes along as far as it does without a plan; the address does not."""
    number, year, ordinal = w.number_of_year("case", on)
    before = case.stage_on(on)
    assert before is not None  # the stage table was asked
    stage = rules.SPLIT_STAGE.get(before, before)
    case_id = w.put(
        CaseRow(
            number=number,
            fiscal_year=year,
            ordinal=ordinal,
            opened_on=on,
            origin=Origin.SPLIT,
            window_code=case.window,
            channel=case.channel,
            household_id=w.put(HouseholdRow()),
            stage=stage,
        )
    )
    write_step(w, case_id, Act.SPLIT, on, stage, reason)
    return number, case_id


def _whole(w: Work, case: Case, on: date, seen_by: Iterable[str], coordinator: str | None) -> Done | Refusal:
    """Everybody of the case: no new number, the case itself is seen by its own people only from now on."""
    new = holders.add(w, case.id, seen_by)
    if not new and not (coordinator and coordinator != case.coordinator_on(on)):
        return Refusal(
            rule="split.whole",
            basis=Basis.OURS,
            message=say("Case {case} is under restriction already, for the same people.", case=case.number),
            facts=(say("Seen by: {staff}.", staff=holders.of(w, case.id)),),
            missing=(say("Somebody else who may see it (--holder)."),),
            next=(Next("show", say("Look at the case."), f"toshima show {case.number}"),),
        )
    if coordinator:
        w.add(AssignmentRow(seq=w.seq, on_date=on, case_id=case.id, staff_code=coordinator))
    found = holders.of(w, case.id)
    hidden = hide_elsewhere(w, case, case.people, case.id, found)
    return done(
        w,
        case,
        say("Case {case} is under restriction from here on. Seen by: {staff}.", case=case.number, staff=found),
        case.number,
        on,
        data={"new_case": None, "from_case": case.number, "people": [], "holders": list(found)},
        warnings=hidden,
    )


def _mind(case: Case, on: date) -> tuple[tuple[Warned, ...], tuple[Next, ...]]:
    """Nobody yet said how they may be reached."""
    open_to_all = tuple(p.label for p in case.people_on(on) if not p.contact_rule)
    if not open_to_all:
        return (), ()
    line = f"toshima person edit {case.number} {quote(open_to_all[0])} --contact-rule TEXT --reason TEXT"
    message = say("No contact rule is noted yet for: {labels}.", labels=open_to_all)
    note = Next(Act.PERSON, say("Note how they may be reached, and how not."), line)
    return (Warned("split.contact_rule", message),), (note,)


def _asked_anew(case: Case, people: Iterable[Person], on: date) -> tuple[Warned, ...]:
    """Whose consent, given in the old case, does not go along."""
    labels = tuple(p.label for p in people if any(holds(p, scope, on) for scope in Scope))
    if not labels:
        return ()
    message = say("Consent stays with case {case}; ask anew, alone: {labels}.", case=case.number, labels=labels)
    return (Warned("split.consent", message),)
