"""The standard forms, box by box: intake, assessment, plan and application, progress record, evaluation.

Laid out in outline after the forms of the national manual, and filled from the case. What the books do not know stays
blank, with room to write by hand.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from toshima_cli.domain.case import Person, last_on
from toshima_cli.domain.form import SIGNED, Form
from toshima_cli.domain.held import track
from toshima_cli.domain.paper import Section
from toshima_cli.domain.terms import ItemKind, Scope, Sex
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.ui.agenda import heading, paper_day
from toshima_cli.ui.form import Bar, Grid, Leaf, Part, Ticks, Words, beside, box
from toshima_cli.ui.form_course import evaluation, plan, progress
from toshima_cli.ui.form_parts import DATE, SIGNATURE, coordinator, handled, members, on, person, stacked
from toshima_cli.ui.form_words import Filling, Names
from toshima_cli.ui.names import whoever
from toshima_cli.ui.papers import MARK, spaced

if TYPE_CHECKING:
    from toshima_cli.looks.form import Filled

TITLES: dict[Form, Say] = {
    Form.INTAKE: say("Intake and application form"),
    Form.ASSESSMENT: say("Assessment sheet"),
    Form.PLAN: say("Plan and application for services"),
    Form.PROGRESS: say("Progress record"),
    Form.EVALUATION: say("Evaluation sheet"),
}

FOOT = say("Laid out in outline after the standard forms; this layout is the program's own, not an official form.")

WITH, WITHOUT = say("with the consent of the person"), say("without the consent of the person")


AGREED = say(
    "I have been told what the multi-layered support system is for. I agree that what is written here is shared, as far"
    " as recorded below, with the agencies that take part in supporting me, and that a support plan is made with me. I"
    " may take this back at any time, and may name agencies with whom it is not to be shared."
)

BY_HAND: tuple[Say, ...] = (
    say("Health, disability"),
    say("Income, living costs, debts"),
    say("Work, learning"),
    say("Housing, daily life"),
    say("Family, neighbourhood"),
    say("Strengths and resources"),
    say("Summary of the assessment"),
)
"""What an assessment asks for and the books have no place for."""


def leaves(found: "Filled", names: Names) -> list[Leaf]:
    """The sheets of the form. What staff have to know before a contact stands first: on a leaf of its own where the
    form is one the person signs."""
    f = Filling(found, names, {})
    signed = found.form in SIGNED and not found.printed.secret
    made: list[Leaf] = []
    if signed and (alerts := f.alerts(found.about)):
        title = say("For staff only: not handed to the person")
        made.append(_leaf(f, "0", title, [box(say("Before any contact"), alerts, red=True)]))
    describe = _FORMS[found.form]
    if found.form in (Form.ASSESSMENT, Form.PLAN) and found.about:
        for person in found.about:
            f.lists = {}
            made.append(_of(f, person.label, [person], describe(f, person), signed))
    else:
        people = list(found.people)
        made.append(_of(f, "1", people, describe(f, people[0] if people else _NOBODY), signed))
    return made


_NOBODY = Person(0, 0, "", None, None, None, Sex.UNKNOWN, "other", date.min)
"""Of whom nothing is known: the boxes stay blank."""


def _of(f: Filling, name: str, people: list[Person], parts: Iterator[Part], signed: bool) -> Leaf:
    first = [] if signed else [box(say("Before any contact"), f.alerts(people), red=True)]
    if f.found.case.restricted:
        first.insert(0, box(say("Restricted"), say("Under restriction: seen by its own people only."), red=True))
    return _leaf(f, name, TITLES[f.found.form], [*first, *parts, *_notes(f)])


def _leaf(f: Filling, name: str, title: Value, parts: list[Part]) -> Leaf:
    found = f.found
    variant = WITHOUT if found.printed.secret else WITH
    on = paper_day(f.day)
    head = say("Case {case}   as of {on}   {variant}", case=found.case.number, on=on, variant=variant)
    return Leaf(name, title, MARK, head, tuple(parts), FOOT)


def _notes(f: Filling) -> Iterator[Part]:
    if len(f.found.people) < len(f.found.case.people):
        out = say("What is about people who are not shown is left out, but for what somebody looked at and let in.")
        yield Words(out, small=True)
    for note in f.settled_by_state():
        yield Words(note, small=True)
    yield Words(say("Blank boxes are to be filled in by hand; nothing is guessed."), small=True)


# --------------------------------------------------------------------- intake


def _intake(f: Filling, _: Person) -> Iterator[Part]:
    found, case = f.found, f.found.case
    sought = last_on(case.outreach, f.day)
    yield Bar(say("Reception"))
    yield beside((say("Case"), case.number), (say("Received on"), case.opened_on))
    yield beside((say("Window"), whoever(case.window, f.names)), (say("Coordinator"), coordinator(f)))
    yield _channel(f)
    why = [sought.why] if sought else []
    yield f.ticks(say("Why not connected before"), "why_not_connected", why, per=3)
    yield Bar(say("Household"))
    yield box(say("Address"), f.of_household("address"))
    yield box(say("Telephone"), f.of_household("phone"))
    yield members(f, blank=max(2 - len(found.people), 0))
    apart = [(p, f.of_person(p, "address")) for p in found.people]
    lines = [say("{label} {text}", label=p.label, text=text) for p, text in apart if text]
    yield box(say("Another address"), stacked(lines))
    yield f.ticks(say("Household type"), "household_type")
    yield f.ticks(say("Housing"), "housing")
    yield Bar(say("What the concern is about"))
    yield f.concerns(say("Contents of the consultation"), found.people)
    yield box(say("In detail"), f.lines(found.of(Section.CONCERN), f.concern), room=2)
    situation = [t for t in found.of(Section.SITUATION) if not t.lead]
    yield box(say("Situation"), f.lines(t for t in situation if t.ties), room=2)
    yield box(say("At intake"), f.named(f"{case.number}/note"), room=3)
    yield box(say("The person's own wish"), f.lines(found.of(Section.WISH), on), room=2)
    yield from _without(f) if found.printed.secret else _with(f)


def _channel(f: Filling) -> Ticks:
    """Through whom it came tells who told of it: it is ticked where it was the person, or somebody let it in."""
    text = f.found.named(f"{f.found.case.number}/channel")
    goes = text is not None and f.found.goes(text)
    note = "" if text is None or goes else f.words(text) or ""
    return f.ticks(say("Through whom"), "channel", [f.found.case.channel] if goes else [], per=3, note=note)


def _with(f: Filling) -> Iterator[Part]:
    yield box(say("Consent"), AGREED)
    header = (
        (say("Person"), 5),
        (say("Consent on record"), 9),
        (say("Not shared with"), 3),
        (SIGNATURE, 4),
        (DATE, 3),
    )
    people = f.found.about
    rows = [(f.heading(p), f.consent(p, *Scope), f.not_with(p), None, None) for p in people]
    yield Grid(header, tuple(rows), room=3)


def _without(f: Filling) -> Iterator[Part]:
    secrecy = say("Only for those whose acknowledgement of secrecy is on file; collected after the sitting.")
    yield box(say("For the support conference"), spaced(heading(ItemKind.SUPPORT_CONFERENCE, f.day), secrecy))
    rows = tuple((f.heading(p), f.consent(p, *Scope)) for p in f.found.about)
    yield Grid(((say("Person"), 6), (say("Consent on record"), 18)), rows, blank=not rows)
    yield from handled(f)


# ----------------------------------------------------------------- assessment


def _assessment(f: Filling, p: Person) -> Iterator[Part]:
    found, case = f.found, f.found.case
    yield Bar(say("The person"))
    yield from person(f, p)
    known = found.about != ()
    yield beside((say("Conference"), track(p, f.day) if known else None), (say("Coordinator"), coordinator(f)))
    yield box(say("Consent on record"), f.consent(p, *Scope) if known else None)
    yield f.ticks(say("Work"), "work")
    yield f.ticks(say("Insurance"), "insurance", per=3)
    office = None if found.mask else f.named(f"{case.number}/{p.label}/assistance_office")
    yield beside((say("Public assistance since"), p.assistance_since), (say("Its office"), office))
    yield Bar(say("Concerns and wishes"))
    yield f.concerns(say("Contents of the consultation"), [p])
    yield box(say("In detail"), f.lines(f.own(Section.CONCERN, p), f.concern), room=2)
    yield box(say("Situation"), f.named(f"{case.number}/{p.label}/note"), room=2)
    yield box(say("At intake"), f.named(f"{case.number}/note"), room=2)
    yield box(say("The person's own wish"), f.lines(found.of(Section.WISH, p.label), on), room=3)
    yield Bar(say("Household"))
    yield members(f)
    yield Bar(say("Who supports it"))
    yield _supports(f, p)
    yield from handled(f)
    if found.printed.secret:
        yield box(say("Approach"), f.lines(f.own(Section.APPROACH, p), on), room=2)
    yield Bar(say("Written by hand"))
    yield from (box(label, room=3) for label in BY_HAND)


def _supports(f: Filling, p: Person) -> Grid:
    """The coordinator and the window that received it, where the person was referred to, and what was agreed."""
    case = f.found.case
    rows: list[tuple[Value | None, ...]] = []
    if who := coordinator(f):
        rows.append((who, say("household"), say("coordinator"), None))
    rows.append((whoever(case.window, f.names), say("household"), say("received it"), case.opened_on))
    for text in f.own(Section.REFERRAL, p):
        _number, how, to = text.lead[:3]
        rows.append((to or f.words(text), f.about(text), how, text.on))
    for text in (*f.own(Section.ACTION, p), *f.own(Section.PLAN, p)):
        rows.append((f.who(text), f.about(text), f.words(text), None))
    header = ((say("Done by"), 8), (say("For whom"), 3), (say("What, and how it stands"), 8), (say("Since"), 5))
    return Grid(header, tuple(rows), blank=2)


_FORMS: dict[Form, Callable[[Filling, Person], Iterator[Part]]] = {
    Form.INTAKE: _intake,
    Form.ASSESSMENT: _assessment,
    Form.PLAN: plan,
    Form.PROGRESS: progress,
    Form.EVALUATION: evaluation,
}
