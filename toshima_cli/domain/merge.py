"""When two cases, or two records of a person, may be taken as one, and what follows from taking that back (rule 21)."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from shlex import quote

from toshima_cli.domain.alike import alike, like_of
from toshima_cli.domain.case import Case, Consent, Person
from toshima_cli.domain.held import held
from toshima_cli.domain.people import across, apart
from toshima_cli.domain.stages import may
from toshima_cli.domain.terms import Act, Decision, Scope, Stage
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, say


def may_merge(case: Case, twin: Case, day: date, *, seen_by: tuple[Collection[str], Collection[str]]) -> Refusal | None:
    """Two open cases, for the same eyes (`seen_by`: the holders of each, where under restriction), none of which others
    are kept under."""
    if case.number == twin.number:
        return _refused("merge.itself", say("A case is not merged with itself."), case, say("The other number."))
    if case.restricted is not twin.restricted:
        return across(case, twin)
    if set(seen_by[0]) != set(seen_by[1]):
        return _other_eyes(case, twin, seen_by)
    if twin.merged:
        return Refusal(
            rule="merge.chain",
            basis=Basis.OURS,
            message=say("Other cases are kept under {case}; no chain is made of it.", case=twin.number),
            facts=(say("Kept under it: {cases}.", cases=twin.merged),),
            missing=(say("Keep {case}, or take those merges back first.", case=twin.number),),
            next=(
                Next(
                    Act.MERGE,
                    say("Keep the other number."),
                    f"toshima merge {twin.number} {case.number}",
                ),
                *(
                    Next(Act.MERGE, say("Take it back."), f"toshima unmerge {twin.number} {number}")
                    for number in twin.merged
                ),
            ),
        )
    stages = (may(case, Act.MERGE, day), may(twin, Act.MERGE, day))
    return next((stage for stage in stages if isinstance(stage, Refusal)), None)


def may_be_one(
    case: Case, person: Person, theirs: Case, twin: Person, day: date, *, reason: str | None, tied: bool
) -> Refusal | None:
    """`tied`: the other record is the same already, or stands in a merge of its own."""
    stage = may(case, Act.MERGE, day)
    if isinstance(stage, Refusal):
        return stage
    if case.restricted is not theirs.restricted:
        return across(case, theirs)
    for each, one in ((case, person), (theirs, twin)):
        if one.hidden:
            return apart(each, one)
    if tied or person.person_id == twin.person_id:
        missing = say("A record that stands in no merge; toshima unmerge takes one back.")
        return _refused("merge.chain", say("This record is merged already."), case, missing)
    if person.birth_date and twin.birth_date and person.birth_date != twin.birth_date and not reason:
        return Refusal(
            rule="merge.birth_date",
            basis=Basis.OURS,
            message=say("Their birth dates are not the same."),
            facts=(say("{one} and {other}.", one=person.birth_date, other=twin.birth_date),),
            missing=(say("Why they are one person all the same (--reason)."),),
            next=(
                Next(
                    Act.MERGE,
                    say("Say why."),
                    f"toshima merge {case.number}/{person.label} {theirs.number}/{twin.label} --reason TEXT",
                ),
            ),
        )
    return None


def no_merge(kept: str, other: str, there: bool) -> Refusal | None:
    """There has to be something to take back."""
    if there:
        return None
    return Refusal(
        rule="unmerge.none",
        basis=Basis.OURS,
        message=say("{other} is not kept under {kept}.", other=other, kept=kept),
        missing=(say("Two that were merged, the one kept first."),),
        next=(Next("show", say("Look at the case."), f"toshima show {kept.partition('/')[0]}"),),
    )


def before_merge(kept: str, other: str, since: date, day: date) -> Refusal | None:
    """A merge is taken back on its day or later."""
    if day >= since:
        return None
    return Refusal(
        rule="unmerge.before",
        basis=Basis.OURS,
        message=say("On {day} they were not merged yet.", day=day),
        facts=(say("They were merged on {on}.", on=since),),
        missing=(say("A date on or after {on}.", on=since),),
        next=(Next(Act.MERGE, say("Take it back on that day."), f"toshima unmerge {kept} {other} --on {since}"),),
    )


def stage_before(case: Case, when: tuple[date, int]) -> Stage:
    """Where the case stood before the act of that (day, sequence). One act may take two steps: the later one counts."""
    earlier = [step for step in case.steps if (step.on, step.seq) < when]
    return max(reversed(earlier), key=lambda step: (step.on, step.seq)).stage


def alike_in(case: Case, twin: Case, day: date) -> tuple[tuple[Person, Person, Say], ...]:
    """Open people of both who look the same and are not known to be: (here, there, why)."""
    return tuple(
        (mine, theirs, found.because)
        for mine in case.people_on(day)
        for theirs in twin.people_on(day)
        if not (mine.hidden or theirs.hidden)
        if mine.person_id != theirs.person_id and (found := alike(like_of(mine), like_of(theirs))) is not None
    )


def _other_eyes(case: Case, twin: Case, seen_by: tuple[Collection[str], Collection[str]]) -> Refusal:
    """One of two cases under restriction would be opened to whoever is of the other."""
    ways = [
        Next(
            Act.SPLIT,
            say("Where {staff} may see it, say so.", staff=code),
            f"toshima split {each.number} {' '.join(quote(p.label) for p in each.people_on(date.max))}"
            f" --reason TEXT --holder {quote(code)}",
        )
        for each, mine, others in ((case, seen_by[0], seen_by[1]), (twin, seen_by[1], seen_by[0]))
        for code in sorted(set(others) - set(mine))
    ]
    return Refusal(
        rule="merge.holders",
        basis=Basis.OURS,
        message=say("Two cases under restriction that different people see are not made one."),
        facts=tuple(
            say("{case} is seen by: {staff}.", case=each.number, staff=tuple(sorted(who)))
            for each, who in ((case, seen_by[0]), (twin, seen_by[1]))
        ),
        missing=(say("The same people for both."),),
        next=tuple(ways),
    )


def read_together(case: Case, other: Case) -> bool:
    """Whether what is said in the one counts in the other: they are one case, or kept one under the other."""
    return case.number == other.number or other.number in case.merged or case.number in other.merged


def noes_since(person: Person, said: Iterable[Consent], seq: int) -> tuple[Consent, ...]:
    """What was said since the act of that sequence and is not on record of this person: each no; and their own yes
    once more, without the windows that a later one excepts (`merged.joined`), so that none of it is lost."""
    others = {c for c in said if c.seq > seq and c not in person.consents}
    found: list[Consent] = []
    for other in sorted(others, key=lambda c: (c.on, c.seq)):
        if other.decision is not Decision.GIVEN:
            found.append(other)
        elif other.excluding:
            own = held(replace(person, consents=(*person.consents, *found)), Scope.SHARING, other.on).consent
            if own and own.decision is Decision.GIVEN and not other.excluding <= own.excluding:
                scopes, kept_out = frozenset({Scope.SHARING}), own.excluding | other.excluding
                found.append(replace(own, on=other.on, seq=other.seq, scopes=scopes, excluding=kept_out))
    return tuple(found)


def recorded_of(case: Case, label: str) -> bool:
    """Whether anything of the case is tied to this label."""
    labels = {
        *(concern.label for concern in case.concerns),
        *(note.label for note in case.notes),
        *(referral.label for referral in case.referrals),
        *(action.label for action in case.actions),
        *(one for plan in case.plans for one in plan.labels),
        *(one for item in case.sittings for one in item.labels),
    }
    person = case.person(label)
    return label in labels or (person is not None and bool(person.consents or person.wishes))


def _refused(rule: str, message: Say, case: Case, missing: Say) -> Refusal:
    look = Next("show", say("Look at the case."), f"toshima show {case.number}")
    return Refusal(rule=rule, basis=Basis.OURS, message=message, missing=(missing,), next=(look,))
