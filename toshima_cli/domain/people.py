"""The people of a case as they change (rules 11, 21, 22): labels, who is there, who may leave, join, be found the same.

A case ends with its last open person; a departure is never refused because something of theirs is still open: that
is named, for somebody to look after.
"""

from collections.abc import Collection, Mapping
from datetime import date
from itertools import count, islice
from shlex import quote

from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.referral import AWAITED
from toshima_cli.domain.terms import Act, EndReason, Ground, ReferralStatus, Stage
from toshima_cli.domain.verdict import Basis, Next, Refusal, Say, Warned, say

HEAD = "head"
DECEASED = "deceased"
OTHER = "other"

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OPEN = (ReferralStatus.SENT, ReferralStatus.WAITING, ReferralStatus.ACCEPTED)

# What a household's own case begins in when it is split off: a plan and its sittings stay with the old one (ours).
SPLIT_STAGE = dict.fromkeys((Stage.PLANNING, Stage.SUPPORTING, Stage.WATCHING), Stage.COMPLEX)


def next_label(taken: Collection[str]) -> str:
    """The next free label: A … Z, AA, AB …; a label once given is not given to somebody else."""
    return next(label for label in map(_label, count()) if label not in taken)


def _label(number: int) -> str:
    first, last = divmod(number, len(_LETTERS))
    return (_LETTERS[first - 1] if first else "") + _LETTERS[last]


def not_there(case: Case, person: Person, day: date) -> Refusal | None:
    """Whether the person belongs to the household on `day`: joined by then, and not left."""
    if person in case.people_on(day):
        return None
    when = (
        say("{label} joined on {on}.", label=person.label, on=person.joined_on)
        if person.joined_on > day
        else say("{label} left on {on}.", label=person.label, on=person.left_on or day)
    )
    return Refusal(
        rule="person.not_there",
        basis=Basis.OURS,
        message=say("{label} does not belong to case {case} on {day}.", label=person.label, case=case.number, day=day),
        facts=(when,),
        missing=(say("A day on which {label} belongs to it.", label=person.label),),
        next=(Next("show", say("Look at the case."), f"toshima show {case.number}"),),
    )


def is_last(case: Case, person: Person, day: date) -> bool:
    """Whether nobody is left, or joins later, once the person has gone."""
    return all(p is person or (p.left_on is not None and p.left_on <= day) for p in case.people)


def may_leave(case: Case, person: Person, day: date, reason: str, to: str | None = None) -> Refusal | None:
    """Whether the person may leave this way: there at all, and not the last one unless by death."""
    refused = not_there(case, person, day)
    if refused is not None or not is_last(case, person, day) or reason == DECEASED:
        return refused
    on = f" --on {day}"
    ways = [
        Next(Act.CONCLUDE, say("Conclude it: they moved away."), f"{_close(case, EndReason.MOVED)} --lead WHO{on}"),
        Next(Act.CONCLUDE, say("Conclude it for another reason."), f"{_close(case, EndReason.RESOLVED)}{on}"),
        Next(Act.CONCLUDE, say("Conclude it: support is not wished."), f"{_close(case, EndReason.DECLINED)}{on}"),
    ]
    if to is not None:
        ways.insert(0, Next(Act.MERGE, say("Both are one household: merge."), f"toshima merge {to} {case.number}"))
    return Refusal(
        rule="person.last",
        basis=Basis.OURS,
        message=say("A case ends with its last open person; conclude it instead."),
        facts=(say("Nobody else belongs to case {case} on {day}.", case=case.number, day=day),),
        missing=(say("The answers its conclusion asks for."),),
        next=tuple(ways),
    )


def _close(case: Case, reason: EndReason) -> str:
    return f"toshima close {case.number} --reason {reason}"


def may_join(case: Case, source: Case, person: Person, day: date) -> Refusal | None:
    """Whether the same human being may be noted in this case too (one person in two households)."""
    if source.restricted is not case.restricted:
        return across(case, source)
    if person.hidden:
        return apart(source, person)
    there = (p for p in case.people if p.person_id == person.person_id and not case.left_by(p.label, day))
    here = next(there, None)
    if here is None:
        return None
    return Refusal(
        rule="person.there",
        basis=Basis.OURS,
        message=say("This person belongs to case {case} already.", case=case.number),
        facts=(say("There the label is {label}, since {on}.", label=here.label, on=here.joined_on),),
        next=(Next("show", say("Look at the case."), f"toshima show {case.number}"),),
    )


def across(case: Case, other: Case) -> Refusal:
    """A restricted case is tied to nothing that others see (rule 11)."""
    restricted = case if case.restricted else other
    return Refusal(
        rule="case.restricted",
        basis=Basis.OURS,
        message=say("A case under restriction is not tied to one that is not."),
        facts=(say("Under restriction: {case}.", case=restricted.number),),
        missing=(say("Two cases with the same protection."),),
        next=(Next("show", say("Look at the case."), f"toshima show {restricted.number}"),),
    )


def apart(case: Case, person: Person) -> Refusal:
    """Who is in a case of their own under restriction is tied to nothing by the label they left (rule 11)."""
    return Refusal(
        rule="case.restricted",
        basis=Basis.OURS,
        message=say("Somebody who is in a case under restriction is not tied to another one."),
        facts=(
            say(
                "{label} of case {case} is in case {other} by now.",
                label=person.label,
                case=case.number,
                other=person.to_case or "",
            ),
        ),
        missing=(say("Two cases with the same protection."),),
        next=(Next("show", say("Look at the case."), f"toshima show {person.to_case}"),),
    )


_TO_A_NEW_HEAD = {
    "spouse": {"child": "child", "grandchild": "grandchild", "parent": "relative", "sibling": "relative"},
    "child": {"child": "sibling", "spouse": "parent", "parent": "grandparent", "sibling": "relative"},
    "parent": {"child": "grandchild", "sibling": "child", "spouse": "relative", "relative": "relative"},
    "sibling": {"sibling": "sibling", "parent": "parent", "grandparent": "grandparent", "child": "relative"},
    "grandchild": {"spouse": "grandparent"},
}
"""The new head's relation to the old one → somebody else's to the old → that to the new, where it follows for sure."""


def related(new_head: str, relation: str) -> str:
    """What somebody is to the new head, who was `new_head` to the old one: `other` where nobody can tell."""
    if new_head == HEAD or relation in (HEAD, "cohabitant"):
        return relation
    return _TO_A_NEW_HEAD.get(new_head, {}).get(relation, OTHER)


def no_head(case: Case, gone: Collection[str], day: date) -> tuple[Warned, ...]:
    """The head is among those who go, and people stay without one."""
    left = [p for p in case.people_on(day) if p.label not in gone]
    heads = {p.label for p in case.people if p.relation == HEAD}
    if not left or not heads & set(gone) or any(p.relation == HEAD for p in left):
        return ()
    return (Warned("person.no_head", say("The household has no head any more.")),)


def name_head(case: Case, gone: Collection[str], day: date) -> tuple[Next, ...]:
    """Who of those left is head from now on."""
    if not no_head(case, gone, day):
        return ()
    left = (p.label for p in case.people_on(day) if p.label not in gone and not p.hidden)
    why = say("Note who is head of the household now.")
    line = f"toshima person edit {case.number} {{}} --relation {HEAD} --reason TEXT"
    return tuple(Next(Act.PERSON, why, line.format(quote(label))) for label in islice(left, 1))


def left_open(case: Case, labels: Collection[str], day: date) -> tuple[Warned, ...]:
    """What of theirs is still open: referrals that run, actions not done. An address given away awaits nothing, and a
    report by law says nothing of itself."""
    referrals = tuple(
        say("{number} {to}", number=r.number, to=r.to_name)
        for r in case.referrals
        if r.label in labels and r.ground in AWAITED and r.status_on(day) in _OPEN
    )
    actions = tuple(a.number for a in case.actions if a.label in labels and a.done_on is None)
    found = []
    if referrals:
        message = say("Referrals of theirs are still open: {referrals}.", referrals=referrals)
        found.append(Warned("person.open_referrals", message))
    if actions:
        message = say("Actions for them are not done: {actions}.", actions=actions)
        found.append(Warned("person.open_actions", message))
    return tuple(found)


def reported(case: Case, labels: Collection[str], day: date, staff: str) -> tuple[Warned, ...]:
    """Reports by law about who goes into a case of their own stay in the old one; told to who may know of them."""
    referrals = tuple(
        r.number
        for r in case.referrals
        if r.label in labels
        and r.ground is Ground.STATUTORY_REPORT
        and r.on <= day
        and r.open_to(staff, case.coordinator_on(day))
    )
    if not referrals:
        return ()
    message = say(
        "Reported by law already, on record in case {case}: {referrals}.", case=case.number, referrals=referrals
    )
    return (Warned("split.reported", message),)


def standing(case: Case, label: str | None, code: str, day: date) -> bool:
    return any(c.label == label and c.code == code for c in case.concerns_on(day))


def concern_stands(
    case: Case, label: str | None, code: str, day: date, names: Mapping[str, str] | None = None
) -> Refusal | None:
    """A concern noted already is not noted twice. `names`: the words of the list in the language of the screen."""
    if not standing(case, label, code, day):
        return None
    return Refusal(
        rule="concern.stands",
        basis=Basis.OURS,
        message=say("This concern stands already: {concern}.", concern=concern_word(label, code, names)),
        facts=(_standing(case, day, names),),
        missing=(say("Another concern, or ! behind it to make it the most pressing."),),
        next=(Next("show", say("Look at the case."), f"toshima show {case.number}"),),
    )


def concern_gone(
    case: Case, label: str | None, code: str, day: date, names: Mapping[str, str] | None = None
) -> Refusal | None:
    """A concern that does not stand on that day cannot end on it."""
    if standing(case, label, code, day):
        return None
    return Refusal(
        rule="concern.not_standing",
        basis=Basis.OURS,
        message=say(
            "This concern does not stand on {day}: {concern}.", day=day, concern=concern_word(label, code, names)
        ),
        facts=(_standing(case, day, names),),
        missing=(say("One of those that stand."),),
        next=tuple(
            Next(
                Act.CONCERN,
                say("End this one."),
                f"toshima concern end {case.number} --concern {quote(_named(c.label, c.code))}",
            )
            for c in case.concerns_on(day)
        ),
    )


def concern_word(label: str | None, code: str, names: Mapping[str, str] | None) -> Say:
    """Whose concern it is, and its name rather than its code."""
    return say("{who}: {concern}", who=label or say("household"), concern=(names or {}).get(code, code))


def _named(label: str | None, code: str) -> str:
    return f"{label}:{code}" if label else code


def _standing(case: Case, day: date, names: Mapping[str, str] | None) -> Say:
    standing = tuple(concern_word(c.label, c.code, names) for c in case.concerns_on(day))
    return say("Standing on {day}: {concerns}.", day=day, concerns=standing or say("nothing"))
