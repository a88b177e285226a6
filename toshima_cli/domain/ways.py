"""Ways on: the next lawful steps a refusal names, each with a line to paste. The gate and its refusals share them."""

from collections.abc import Iterable
from datetime import date
from shlex import quote

from toshima_cli.domain import calendar, law
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Consent, Person
from toshima_cli.domain.referral import Recipient, suspected_since
from toshima_cli.domain.verdict import Next, Say, say

DECIDES_FROM = 15
"""From this age on people decide themselves, where the office has set no other (`Deciders.self_from_age`)."""


def _people(labels: Iterable[str]) -> str:
    return "".join(f" --person {quote(label)}" for label in labels)


def address_only(case: Case, to: Recipient, labels: Iterable[str]) -> Next:
    """ご案内のみ: lawful for everybody, always."""
    return Next(
        "refer",
        say("Give the address only: nothing about the person moves."),
        f"toshima route {case.number} --to {quote(to.key)}{_people(labels)} --ground {t.Ground.NONE_SHARED}",
    )


def with_consent(case: Case, to: Recipient, labels: tuple[str, ...]) -> Next:
    return Next(
        "refer",
        say("Pass on the part of {labels}, who consented.", labels=labels),
        f"toshima route {case.number} --to {quote(to.key)}{_people(labels)} --ground {t.Ground.CONSENT}",
    )


def pass_on(
    case: Case, to: Recipient, label: str, ground: t.Ground, why: Say, *, reason: bool = True, on: date | None = None
) -> Next:
    """One person's part, on one ground. `on`: a day that is past, for what was passed on then."""
    typed = f"toshima route {case.number} --to {quote(to.key)}{_people((label,))} --ground {ground}"
    return Next("refer", why, f"{typed}{' --reason TEXT' if reason else ''}{f' --on {on}' if on else ''}")


def with_reason(case: Case, to: Recipient, labels: Iterable[str]) -> Next:
    return Next(
        "refer",
        say("Say why it cannot wait."),
        f"toshima route {case.number} --to {quote(to.key)}{_people(labels)} --ground {t.Ground.EMERGENCY}"
        " --reason REASON",
    )


def plan_for(case: Case, labels: tuple[str, ...], source: str | None) -> Next:
    """`source` is the file of `plan --from`, repeated so that the line can be pasted."""
    given = f" --from {quote(source)}" if source else ""
    return Next(
        "plan",
        say("Make the plan for {labels}, who consented.", labels=labels),
        f"toshima plan {case.number}{given}{_people(labels)}",
    )


def support_conference(case: Case, labels: tuple[str, ...], day: date) -> tuple[Next, ...]:
    """The statutory conference, which needs no consent; () for a day on which the law had none."""
    found = law.support_conference_law(day)
    if found is None:
        return ()
    why = say(
        "Discuss how to approach {labels}, indirect support and support for the household in a support conference"
        " ({article}).",
        labels=labels,
        article=found.paragraph_one.as_say(),
    )
    return (Next("convene", why, f"toshima convene stakeholder --case {case.number} --on {day}"),)


def conference_with(case: Case, to: Recipient, day: date) -> tuple[Next, ...]:
    """A support conference the recipient is called to: what is dealt with there may go to them; () before the law."""
    found = law.support_conference_law(day)
    if found is None:
        return ()
    why = say(
        "Hold a support conference with {to} present ({article}): those it deals with may then be spoken of to them.",
        to=to.name,
        article=found.paragraph_one.as_say(),
    )
    return (Next("convene", why, f"toshima convene stakeholder --case {case.number} --on {day}"),)


def ask(case: Case, label: str, scope: t.Scope, day: date) -> Next:
    """Asking is offered where nobody has answered, never where somebody said no (rule 23)."""
    typed = f"toshima consent {case.number} {quote(label)} --given --scope {scope} --method METHOD"
    typed += by_whom(case, label, day)
    return Next("consent", say("Ask {label}, and record the answer.", label=label), typed)


def look(case: Case, to: Recipient) -> Next:
    return Next(
        "refer",
        say("See, person by person, what may go there."),
        f"toshima gate {case.number} --to {quote(to.key)}",
    )


def gate(case: Case, why: Say, to: str | None = None) -> Next:
    """The same question of today; `to` as it is typed."""
    return Next("gate", why, f"toshima gate {case.number}{f' --to {quote(to)}' if to else ''}")


def by_whom(case: Case, label: str, day: date) -> str:
    """What a child's consent is typed with besides; "" for whoever decides themselves."""
    person = case.person(label)
    if person is None or person.birth_date is None or calendar.age_on(person.birth_date, day) >= DECIDES_FROM:
        return ""
    by = t.DecidedBy.MINOR_GUARDIAN if _harm_noted(case, day) else t.DecidedBy.PARENT
    return f" --decided-by {by} --by NAME --view TEXT"


def _harm_noted(case: Case, day: date) -> bool:
    """Whether a concern, which everybody of the case sees, speaks against the parents. A report by law is not looked
    at: a line to paste would tell that it was made (rule 7)."""
    unsaid = {p.label for p in case.people if p.withheld}
    noted = (c for c in case.concerns if c.label not in unsaid)
    since = suspected_since(noted, (), {p.label: p.birth_date for p in case.people})
    return since is not None and since <= day


def decide(case: Case, person: Person, proposed: Consent, by: t.DecidedBy) -> Next:
    """The same decision, by who may take it. A child's representative brings the child's own view along."""
    typed = line(case, person, proposed)
    if by is not t.DecidedBy.SELF:
        typed += f" --decided-by {by} --by NAME"
    if by in (t.DecidedBy.PARENT, t.DecidedBy.MINOR_GUARDIAN):
        typed += " --view TEXT"
    return Next("consent", say("Record the decision of {by}.", by=by), typed)


def line(case: Case, person: Person, proposed: Consent) -> str:
    """The decision as it is typed, without who took it."""
    scopes = ",".join(scope for scope in t.Scope if scope in proposed.scopes)
    typed = f"toshima consent {case.number} {quote(person.label)} --{proposed.decision.replace('_', '-')}"
    return f"{typed} --scope {scopes} --method {quote(proposed.method)}"


def report(case: Case, label: str, kind: t.ReportKind) -> Next:
    """通告・通報: suspicion is enough, no consent is asked."""
    return Next(
        "report_by_law",
        say("Report by law: suspicion is enough, and no consent is asked."),
        f"toshima notify {case.number} --kind {kind} --to WINDOW --person {quote(label)}",
    )
