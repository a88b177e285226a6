"""③⑥ `toshima plan`: for whom, what it aims at, who does what by when, who leads, when it is looked at again."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from toshima_cli.domain.held import labels_holding
from toshima_cli.domain.terms import Scope
from toshima_cli.domain.verdict import Value, say
from toshima_cli.looks.route import of_case
from toshima_cli.talk import Question, Script, Talk
from toshima_cli.talks.common import YES, about, case, code, day, joined, part, people, places, text, yes_no
from toshima_cli.ui.ask import Choice


def questions(t: Talk) -> Iterator[Question]:
    yield case(t)
    number = t.said("CASE")
    found = about(t, number)
    old = found.case.plan_in_force(t.c.today)
    if old is not None and "--revise" not in t.given:
        yield yes_no("--revise", say("Next version, after {plan}?", plan=old.number), default=YES)
    consenting = "\n".join(labels_holding(found.case, Scope.PLAN, t.c.today))
    there = _people(t, number)
    yield Question("--person", say("For whom"), needed=True, several=True, choices=there, default=consenting)
    yield text(t, "--goal", say("Goal"), lines=True, needed=True, default=found.text(old.goal) if old else "")
    if "--action" not in t.given:
        yield from _actions(t, number)
    yield _who(t, "--lead", say("Lead agency"), number, hint=say("(Enter where it is not settled)"))
    yield day(t, "--review", say("Looked at again on"), future=True)
    yield text(t, "--needs", say("What is difficult"), lines=True)
    yield text(t, "--care", say("What to mind"), lines=True)
    if "--confirmed" not in t.given:
        yield from _confirmed(t, number)
    if "--approved-afterwards" in t.given:
        yield text(t, "--reason", say("Why it cannot wait"), lines=True, needed=True)


def _people(t: Talk, number: str) -> tuple[Choice, ...]:
    """The household, who consents to a plan first and said so: the rule itself is the plan's."""
    consenting = labels_holding(about(t, number).case, Scope.PLAN, t.c.today)
    choices = people(t, number)
    first = tuple(Choice(c.value, c.text, c.also, say("consents to a plan")) for c in choices if c.value in consenting)
    return (
        *first,
        *(Choice(c.value, c.text, c.also, say("no consent yet")) for c in choices if c.value not in consenting),
    )


def _chosen(t: Talk) -> list[str]:
    return [label for label in t.said("--person").replace(",", "\n").split("\n") if label]


def _actions(t: Talk, number: str) -> Iterator[Question]:
    for n in count():
        key = f"action[{n}]"
        more: dict[str, Any] = {"group": key, "title": say("Action {number}", number=n + 1)}
        hint: Value = say("(Enter: no more)") if n else ""
        ask: Value = say("What is done") if n == 0 else say("And what else")
        yield part(t, f"{key}.what", ask, "--action", needed=n == 0, hint=hint, **more)
        if not t.said(f"{key}.what"):
            return
        if len(_chosen(t)) > 1:
            choices = tuple(c for c in people(t, number) if c.value in _chosen(t))
            yield Question(f"{key}.person", say("For whom"), needed=True, choices=choices, **more)
        yield _who(t, f"{key}.who", say("Who does it"), number, needed=True, **more)
        yield day(t, f"{key}.due", say("By when"), future=True, **more)
        who = t.said(f"{key}.who")
        if who and not any(who in t.words.get(name, {}) for name in ("window", "programme", "resource")):
            hint = say("(why nothing existing fits; Enter to leave it out)")
            yield part(t, f"{key}.why", say("Why that one"), "--action", hint=hint, **more)


def _who(t: Talk, key: str, label: Value, number: str, **more: Any) -> Question:
    """A window, the fitting ones with their reason first; a programme, a resource; or any words."""

    def kept(raw: str) -> str:
        return part(t, key, label, "--action").read(raw)

    return Question(key, label, kept, choices=places(t, _fitting(t, number)), free=True, **more)


def _fitting(t: Talk, number: str) -> Mapping[str, Value]:
    """window → the concern it fits, for those who are of the plan."""
    found = about(t, number).case
    fitting = t.once(
        ("fitting", number), lambda: t.c.store.reference(lambda conn: of_case(conn, found, t.c.today)).value
    )
    short = t.words.get("concern_short", {})
    of_plan = (*_chosen(t), None)
    why: dict[str, Value] = {}
    for s in fitting.suggestions:
        if s.person in of_plan and s.window not in why:
            why[s.window] = say("fits: {concern}", concern=short.get(s.concern, s.concern))
    return why


def _confirmed(t: Talk, number: str) -> Iterator[Question]:
    choices = tuple(c for c in people(t, number) if c.value in _chosen(t))
    hint = say("(who has seen and confirmed the draft; Enter: nobody yet)")
    yield Question("confirmed", say("Confirmed by"), choices=choices, several=True, hint=hint)
    for label in [one for one in t.said("confirmed").split("\n") if one]:
        more: dict[str, Any] = {"group": f"confirmed.{label}", "title": say("Confirmed by {label}", label=label)}
        yield day(t, f"confirmed.{label}.on", say("{label} confirmed on", label=label), default=t.c.today, **more)
        yield code(t, f"confirmed.{label}.method", say("Confirmed how"), "consent_method", needed=True, **more)


def options(t: Talk) -> dict[str, Any]:
    made: dict[str, Any] = {}
    people_of = _chosen(t)
    actions = []
    for n in count():
        key = f"action[{n}]"
        if not t.said(f"{key}.what"):
            break
        whom = t.said(f"{key}.person") or (people_of[0] if people_of else "")
        parts = (whom, *(t.said(f"{key}.{name}") for name in ("what", "who", "due")), "", t.said(f"{key}.why"))
        actions.append(joined(parts))
    if actions:
        made["--action"] = actions
    confirmed = [one for one in t.said("confirmed").split("\n") if one]
    if confirmed:
        made["--confirmed"] = [
            joined((label, t.said(f"confirmed.{label}.on"), t.said(f"confirmed.{label}.method"))) for label in confirmed
        ]
    made["--revise"] = t.said("--revise") in (YES, "True")
    return made


SCRIPT = Script(questions, title=say("A support plan"), options=options)
