"""What stands first on every view of a person (rule 11): a visit alert, a contact rule. One place says them all."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from toshima_cli.domain.verdict import Warned, say

if TYPE_CHECKING:
    from toshima_cli.domain.case import Person

VISIT, CONTACT = "person.visit_alert", "person.contact_rule"


def has_any(person: "Person") -> bool:
    return bool(person.visit_alert or person.contact_rule)


def of(people: "Iterable[Person]") -> tuple[Warned, ...]:
    """The alerts of these people, visits before other contact."""
    found = list(people)
    visits = (
        Warned(VISIT, say("Visit alert, {label}: {text}", label=p.label, text=p.visit_alert))
        for p in found
        if p.visit_alert
    )
    rules = (
        Warned(CONTACT, say("Contact rule, {label}: {text}", label=p.label, text=p.contact_rule))
        for p in found
        if p.contact_rule
    )
    return (*visits, *rules)
