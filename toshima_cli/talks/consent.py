"""`toshima consent`: who, what they decided, for what, how it was said, and who decided it."""

from collections.abc import Iterator
from typing import Any

from toshima_cli.commands.consent import FLAGS
from toshima_cli.domain.calendar import age_on
from toshima_cli.domain.case import Person
from toshima_cli.domain.referral import ADULT
from toshima_cli.domain.terms import DecidedBy, Decision, Scope
from toshima_cli.domain.verdict import say
from toshima_cli.domain.ways import DECIDES_FROM
from toshima_cli.talk import Question, Script, Talk
from toshima_cli.talks.common import about, case, code, day, people, readings, term, text
from toshima_cli.ui.ask import Choice

DECIDED = "|".join(FLAGS)
BOTH = "plan,sharing"


def questions(t: Talk) -> Iterator[Question]:
    yield case(t)
    number = t.said("CASE")
    there = people(t, number)
    alone = there[0].value if len(there) == 1 else ""
    yield Question("LABEL", say("Person"), needed=True, choices=there, default=alone)
    person = about(t, number).case.person(t.said("LABEL").strip().upper())
    decision = given(t)
    if decision is None:
        yield Question(DECIDED, say("Decision"), needed=True, choices=_decisions())
        decision = FLAGS.get(t.said(DECIDED))
    if decision is Decision.GIVEN:
        yield Question("--scope", say("Consent to"), needed=True, choices=_scopes())
    yield day(t, "--on", say("Decided on"), default=t.c.today)
    yield code(t, "--method", say("Said by"), "consent_method", needed=True)
    yield from _decider(t, person)
    if decision is Decision.GIVEN and "sharing" in t.said("--scope"):
        yield code(
            t, "--excluding", say("But not with"), "window", several=True, hint=say("(Enter: no window excepted)")
        )
    if decision is Decision.NOT_POSSIBLE:
        yield text(t, "--why", say("Why not possible"), needed=True)
        yield text(t, "--judged-by", say("Judged by"))
        yield day(t, "--review", say("Look again on"), future=True)


def given(t: Talk) -> Decision | None:
    """The decision where its switch was typed."""
    return next((decision for flag, decision in FLAGS.items() if flag in t.given), None)


def _decisions() -> tuple[Choice, ...]:
    return tuple(
        Choice(flag, decision, (decision.value, *readings().get(("Decision", decision.value), ())))
        for flag, decision in FLAGS.items()
    )


def _scopes() -> tuple[Choice, ...]:
    both = Choice(BOTH, say("plan and sharing"), (BOTH, "both", "両方", "りょうほう"))
    return (both, *(Choice(one.value, say("{scope} only", scope=one), (one.value,)) for one in Scope))


def _decider(t: Talk, person: Person | None) -> Iterator[Question]:
    """The person; of a child somebody else, and the child's own view beside it."""
    age = age_on(person.birth_date, t.c.today) if person and person.birth_date else None
    child = age is not None and age < DECIDES_FROM
    more: dict[str, Any] = {"needed": True} if child else {"default": DecidedBy.SELF.value}
    yield term("--decided-by", say("Decided by"), DecidedBy, **more)
    if t.said("--decided-by") not in ("", DecidedBy.SELF.value):
        yield text(t, "--by", say("Their name"))
        yield text(t, "--evidence", say("Shown by"), hint=say("(what showed their authority)"))
        if age is None or age < ADULT:
            yield text(t, "--view", say("The child's own view"), lines=True)


SCRIPT = Script(questions, title=say("What somebody decided about consent"))
