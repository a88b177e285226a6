"""What stands first on every view of a person (rule 11): a visit alert, a contact rule. One place says them all."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from toshima_cli.domain.verdict import Say, Warned, say

if TYPE_CHECKING:
    # every command starts by way of this module, `--version` too: a case is not loaded for its type alone
    from toshima_cli.domain.case import Person

VISIT, CONTACT = "person.visit_alert", "person.contact_rule"
HELD_BACK = say("(held back: it names somebody)")


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


def without_text(warnings: Iterable[Warned]) -> tuple[Warned, ...]:
    """The same under `--mask`: that there is an alert, and for whom; its words may name somebody."""
    return tuple(replace(w, message=_bare(w.message)) if w.rule in (VISIT, CONTACT) else w for w in warnings)


def _bare(message: Say) -> Say:
    return Say(message.text, tuple((key, HELD_BACK if key == "text" else value) for key, value in message.values))
