"""The standard forms of the course of support, box by box: plan and application, progress record, evaluation."""

from collections.abc import Iterator

from toshima_cli.domain.calendar import parse_every
from toshima_cli.domain.case import Person, last_on
from toshima_cli.domain.form import ending
from toshima_cli.domain.paper import Section
from toshima_cli.domain.terms import ActionKind, EndReason, Scope, Sex, Stage
from toshima_cli.domain.verdict import Value, say
from toshima_cli.ui.agenda import paper_day
from toshima_cli.ui.form import Bar, Box, Grid, Part, Row, Tick, Ticks, beside, box
from toshima_cli.ui.form_parts import DATE, SIGNATURE, action, coordinator, lead, on, person, stacked
from toshima_cli.ui.form_words import Filling

APPLIED = say(
    "This plan was made together with me, I confirm what it says, and I apply for the support written in it. I may take"
    " back my consent at any time."
)


def plan(f: Filling, p: Person) -> Iterator[Part]:
    found, plan = f.found, f.found.plan
    assert plan is not None, "who may print it has one"
    own = list(found.of(Section.PLAN, p.label))

    def told(field: str) -> Value | None:
        return f.named(f"{plan.number}/{field}")

    yield Bar(say("The plan"))
    yield beside((say("Plan"), plan.number), (say("Version"), str(plan.version)))
    yield beside((say("Drafted on"), plan.on), (say("It is"), plan.status_on(f.day)))
    yield beside((say("Lead agency"), lead(f, f"{plan.number}/lead")), (say("Review on"), plan.review_on))
    yield box(say("Sittings"), _steps(f))
    yield Bar(say("The person"))
    yield from person(f, p)
    yield Bar(say("Wish, needs, goal"))
    yield box(say("The person's own wish"), f.lines(found.of(Section.WISH, p.label), on), room=3)
    yield f.concerns(say("Contents of the consultation"), [p])
    yield box(say("In detail"), f.lines(f.own(Section.CONCERN, p), f.concern))
    yield box(say("Needs"), told("needs"), room=2)
    yield box(say("Goal"), told("goal"), room=2)
    yield box(say("To be reached by"))
    yield Bar(say("Support, and who does what"))
    actions = [t for t in own if t.lead[0] == "action"]
    header = ((say("What"), 8), (say("Done by"), 6), (say("Due"), 5), (say("Done"), 5))
    yield Grid(header, tuple(action(f, t) for t in actions), room=2, blank=2)
    kinds = {a.kind for a in plan.actions if a.label in (None, p.label)}
    yield Ticks(say("Services applied for"), tuple(Tick(k, k in kinds) for k in ActionKind), 3)
    yield box(say("Why existing support cannot meet it"), f.lines(t for t in own if t.lead[0] == "why"))
    yield box(say("To be careful about"), told("care"), room=2)
    yield box(say("Application and consent"), APPLIED)
    yield box(say("Consent on record"), f.consent(p, Scope.PLAN))
    mine = next((c for c in plan.people if c.label == p.label and c.on is not None and c.on <= f.day), None)
    method = f.names["consent_method"].get(mine.method or "", mine.method or "") if mine else None
    yield beside((say("Confirmed on"), mine.on if mine else None), (say("By which way"), method))
    yield Row((Box(SIGNATURE, wide=14, room=3), Box(DATE, wide=10, room=3, label_wide=3)))
    yield Row((Box(say("In their stead"), wide=14, room=2), Box(say("Relation"), wide=10, room=2, label_wide=3)))


def _steps(f: Filling) -> str | None:
    """How the version went: when it was proposed, approved, in which sitting."""
    plan = f.found.plan
    steps = [s for s in plan.steps if s.on <= f.day] if plan else []
    return stacked(
        [
            say("{on} {status} {meeting}", on=paper_day(s.on), status=s.status, meeting=s.meeting or "")
            if s.afterwards is None
            else say("{on} {status}, before a sitting", on=paper_day(s.on), status=s.status)
            for s in sorted(steps, key=lambda s: (s.on, s.seq))
        ]
    )


def progress(f: Filling, _: Person) -> Iterator[Part]:
    case, notes = f.found.case, list(f.found.of(Section.PROGRESS))
    steps = {str(t.lead[1]): t for t in notes if t.lead[0] == "next"}
    f.lists["method"] = say("By which way")
    yield beside((say("Received on"), case.opened_on), (say("Coordinator"), coordinator(f)))
    yield box(say("Household"), stacked([*(f.heading(p) for p in f.found.people), *f.others()]))
    header = (
        (say("Date"), 5),
        (say("By which way"), 2),
        (say("With"), 2),
        (say("What was said and seen"), 10),
        (say("Next step"), 5),
    )
    rows = []
    for text in (t for t in notes if t.lead[0] != "next"):
        step = steps.get(text.id)
        planned = [v for v in (on(step), f.words(step)) if v] if step else []
        how = f.names["method"].get(str(text.lead[0]), str(text.lead[0]))
        rows.append((text.on, how, f.about(text), f.words(text), stacked(planned)))
    yield Grid(header, tuple(rows), room=2, blank=4)


def evaluation(f: Filling, _: Person) -> Iterator[Part]:
    found, case = f.found, f.found.case
    reason, stage = ending(case, f.day), case.stage_on(f.day)
    end = last_on(case.endings, f.day) if reason else None
    watch = last_on(case.watches, f.day)
    reasons = [r for r in EndReason if r is not EndReason.DUPLICATE or r is reason]

    def told(field: str) -> Value | None:
        return f.named(f"{case.number}/end/{field}")

    yield beside((say("Received on"), case.opened_on), (say("Coordinator"), coordinator(f)))
    yield box(say("Household"), stacked([*(f.heading(p) for p in found.people), *f.others()]))
    yield Bar(say("The plan"))
    yield box(say("Goal"), f.named(f"{found.plan.number}/goal") if found.plan else None, room=2)
    actions = [t for t in found.of(Section.PLAN) if t.lead[0] == "action"]
    header = ((say("What"), 8), (say("Done by"), 6), (say("Due"), 5), (say("Done"), 5))
    yield Grid(header, tuple(action(f, t) for t in actions), blank=not actions)
    yield Bar(say("How it ended"))
    goes_on = (Stage.CLOSED, Stage.INTERRUPTED, Stage.WATCHING)
    yield Ticks(say("It is"), tuple(Tick(s, s is stage) for s in goes_on), 3)
    yield Ticks(say("Reason"), tuple(Tick(r, r is reason) for r in reasons), 2)
    ended = end.on if end else None
    yield beside((say("Ended on"), ended), (say("Last contact"), end.last_contact_on if end else None))
    yield box(say("Lead agency"), lead(f, f"{case.number}/end/lead"))
    yield f.ticks(say("Changes"), "change", end.changes if end else (), per=3)
    yield box(say("Evaluation"), told("evaluation"), room=4)
    wish = say("not known") if end and end.wish == Sex.UNKNOWN else told("wish")
    yield box(say("The person's own wish"), wish, room=2)
    yield box(say("Groundwork"), told("groundwork"), room=2)
    yield box(say("What was tried"), told("tried"), room=2)
    yield box(say("Check of safety"), told("safety"), room=2)
    yield Bar(say("Watch"))
    text = next(found.of(Section.WATCH), None)
    yield beside(
        (say("Watcher"), f.who(text) if text else None), (say("Until"), watch.until if text and watch else None)
    )
    yield beside(
        (say("How often"), parse_every(watch.every).as_say() if text and watch else None),
        (say("A call when"), f.words(text)),
    )
    yield box(say("The person's own view"), room=3)
