"""The standard forms of a case: for whom one may be printed, and what of the case it says.

1. A form is a paper that leaves the desk: it shows whom a paper of the same conference would show (`paper.py`), and
   takes its words from the same entries, under the same ids.
2. With the consent of the people (本人同意あり) it shows those whose sharing holds that day and when it is printed;
   the others are labels. Without it (本人同意なし) it is for a support conference, under the secrecy of that day's law.
3. A sheet of the plan is made for people whose consent to `plan` holds (rule 2), whatever else they said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from shlex import quote

from toshima_cli.domain import law, paper, ways
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Person, Plan, last_on
from toshima_cli.domain.consent import Permit, held, may_read, may_sign
from toshima_cli.domain.grounds import Reader, asking, strangers
from toshima_cli.domain.paper import Check, Section, Text
from toshima_cli.domain.terms import Form as Form
from toshima_cli.domain.verdict import Basis, Next, Refusal, all_of, say

PER_PERSON = frozenset({Form.ASSESSMENT, Form.PLAN})
"""Those with a sheet for each person; the others are about the household."""

SIGNED = frozenset({Form.INTAKE, Form.PLAN})
"""Those a person who consents reads and signs: what staff have to know before a contact stands on a leaf of its own."""

_SECTIONS: dict[Form, frozenset[Section]] = {
    Form.INTAKE: frozenset({Section.SITUATION, Section.WISH, Section.CONCERN}),
    Form.ASSESSMENT: frozenset(
        {Section.SITUATION, Section.WISH, Section.CONCERN, Section.REFERRAL, Section.ACTION, Section.APPROACH}
    ),
    Form.PLAN: frozenset({Section.WISH, Section.CONCERN, Section.PLAN}),
    Form.PROGRESS: frozenset({Section.PROGRESS}),
    Form.EVALUATION: frozenset({Section.PLAN, Section.WATCH, Section.END}),
}
"""What of a case each form says, beside what stands first on every view of a person."""


@dataclass(frozen=True, slots=True)
class Printed:
    """For whom a form may be printed: `labels` it is about, `permits` of everybody it may show, `masked` the others of
    the household. `secret`: for a support conference, without consent."""

    labels: tuple[str, ...]
    permits: Mapping[str, Permit]
    masked: tuple[str, ...]
    secret: bool

    @property
    def kind(self) -> t.ItemKind:
        """The conference whose papers show the same people."""
        return t.ItemKind.SUPPORT_CONFERENCE if self.secret else t.ItemKind.MULTILAYER_CONFERENCE


def there(case: Case, day: date) -> tuple[Person, ...]:
    """Who is of the household that day; where the last of them has left, those who left last."""
    found = case.people_on(day)
    gone = [p.left_on for p in case.people if p.left_on is not None and p.left_on <= day]
    return found or tuple(p for p in case.people if gone and p.left_on == max(gone))


def may_print(
    case: Case,
    form: Form,
    day: date,
    printed_on: date,
    *,
    wanted: tuple[str, ...] = (),
    secret: bool | None = None,
    plan: Plan | None = None,
    elsewhere: Mapping[str, tuple[Person, ...]],
) -> Printed | Refusal:
    """Whether a form of `day` may be printed, and of whom. `wanted`: the people named, () everybody it can show;
    `secret`: the variant asked for, None what the case decides; `plan`: the version of the plan; `elsewhere`: the same
    people in their other cases, for a paper printed after its day."""
    people = there(case, day)
    unknown = tuple(label for label in wanted if label not in {p.label for p in people})
    if unknown:
        return strangers("form.not_in_case", unknown, case, day)
    if form is Form.PLAN:
        return _plan(case, day, printed_on, wanted, plan)
    asked = {
        kind: {
            p.label: may_read(case, p.label, kind, _DESK, day, printed_on, elsewhere.get(p.label, ())) for p in people
        }
        for kind in (t.ItemKind.MULTILAYER_CONFERENCE, t.ItemKind.SUPPORT_CONFERENCE)
    }
    shared = _permits(asked[t.ItemKind.MULTILAYER_CONFERENCE])
    if secret is None:
        secret = not any(label in shared for label in wanted or shared)
    if secret and law.support_conference_law(day) is None:
        return _no_conference(case, day)
    answers = asked[t.ItemKind.SUPPORT_CONFERENCE if secret else t.ItemKind.MULTILAYER_CONFERENCE]
    permits = _permits(answers)
    lacking = tuple(label for label in wanted or answers if label not in permits)
    if (lacking and wanted) or not (permits or secret):
        refused = all_of(a for label in lacking if isinstance(a := answers[label], Refusal))
        if secret and refused is not None:
            return replace(refused, message=say("The form without consent cannot be made."))
        return _not_shared(case, form, lacking, tuple(x for x in wanted if x in permits), refused, day)
    masked = tuple(p.label for p in people if p.label not in permits)
    return Printed(tuple(label for label in wanted or permits), permits, masked, secret)


_DESK = Reader(name="", secrecy=True)
"""The office's own desk: whom the form goes on to is judged where it is handed on."""


def _permits(answers: Mapping[str, Permit | Refusal]) -> dict[str, Permit]:
    return {label: answer for label, answer in answers.items() if isinstance(answer, Permit)}


def _plan(case: Case, day: date, printed_on: date, wanted: tuple[str, ...], plan: Plan | None) -> Printed | Refusal:
    if plan is None:
        return Refusal(
            "form.plan.none",
            Basis.OURS,
            say("Case {case} has no such version of a plan on {day}.", case=case.number, day=day),
            missing=(say("A version that was drafted by then."),),
            next=(Next(t.Act.PLAN, say("Draft a version."), f"toshima plan {case.number}"),),
        )
    outside = tuple(label for label in wanted if label not in plan.labels)
    answers = {label: may_sign(case, label, day, printed_on) for label in (*plan.labels, *outside)}
    refused = all_of(a for label in wanted or answers if isinstance(a := answers[label], Refusal))
    permits = {label: p for label, p in _permits(answers).items() if label in plan.labels}
    if refused is not None and (wanted or not permits):
        return replace(refused, message=say("The sheet of the plan cannot be made."))
    if outside:
        return Refusal(
            "form.plan.not_in_plan",
            Basis.PLAN,
            say("The sheet of the plan cannot be made."),
            facts=(say("Plan {plan} is made for: {labels}.", plan=plan.number, labels=plan.labels),),
            missing=(say("A version that is made for {labels}.", labels=outside),),
            next=(Next(t.Act.PLAN, say("Look at the versions."), f"toshima plan {case.number} --list"),),
        )
    masked = tuple(p.label for p in there(case, day) if p.label not in permits)
    return Printed(wanted or tuple(permits), permits, masked, secret=False)


def _no_conference(case: Case, day: date) -> Refusal:
    return Refusal(
        "form.no_conference",
        Basis.LAW,
        say("The form without consent cannot be made."),
        facts=(say("On {day} the law had no support conference.", day=day),),
        missing=(say("A day on which the law has one."),),
        next=(Next("show", say("Look at the case."), f"toshima show {case.number}"),),
    )


def _not_shared(
    case: Case, form: Form, lacking: tuple[str, ...], left: tuple[str, ...], refused: Refusal | None, day: date
) -> Refusal:
    """Who may not be shown with consent, with the lines that make the lawful ones."""
    refused = refused or Refusal("form.nobody", Basis.OURS, say("There is nobody in the case."))
    answers = tuple(held(p, t.Scope.SHARING, day) for p in case.people if p.label in lacking)

    def line(labels: tuple[str, ...], more: str = "") -> str:
        named = "".join(f" --person {quote(label)}" for label in labels) if form in PER_PERSON else ""
        return f"toshima report form {form} {case.number}{named}{more} -o FILE.xlsx"

    secret = Next("report", say("Make the form for the support conference."), line(lacking, " --without-consent"))
    return replace(
        refused,
        message=say("The form with consent cannot be made."),
        next=(
            *((Next("report", say("Make it for those who consent."), line(left)),) if left else ()),
            secret,
            *asking(case, answers),
            *(ways.support_conference(case, lacking, day) if lacking else ()),
        ),
    )


def version(case: Case, day: date, number: int | None) -> Plan | None:
    """The version of the plan that was typed, otherwise the newest one that was drafted by that day."""
    known = [p for p in case.plans if p.status_on(day) is not None and number in (None, p.version)]
    return max(known, key=lambda p: p.version, default=None)


def texts(case: Case, form: Form, printed: Printed, day: date, plan: Plan | None) -> Iterator[Text]:
    """Everything the form could say, under the ids the papers of a sitting know it by; of the people it is about, and
    of the household."""
    about = frozenset(printed.labels)
    for text in _all(case, form, printed, day, plan):
        if form not in PER_PERSON or not text.ties or text.ties & about:
            yield text


def _all(case: Case, form: Form, printed: Printed, day: date, plan: Plan | None) -> Iterator[Text]:
    """`since` of the papers is the day itself: their newest entries give way to all there are."""
    wanted = _SECTIONS[form]
    of_lists = {Section.WISH, Section.PLAN, Section.PROGRESS}
    for text in paper.of_case(case, printed.kind, day, since=day):
        if text.section is Section.ALERT or (text.section in wanted and text.section not in of_lists):
            yield text
    if Section.SITUATION in wanted or form is Form.PLAN:
        yield from _details(case, printed, day)
    if form is Form.INTAKE:
        yield Text(f"{case.number}/channel", Section.SITUATION, frozenset(), lead=("channel", case.channel))
    if Section.WISH in wanted:
        yield from _wishes(case, day)
    if Section.PROGRESS in wanted:
        yield from _notes(case, day)
    if form is Form.EVALUATION:
        yield from _lead(case, day)
    if form is Form.ASSESSMENT:
        plan = case.plan_in_force(day)
    if plan is not None:
        yield from (text for text in _of_plan(plan, day) if form is Form.PLAN or text.lead[0] in _OF_PLAN.get(form, ()))


_OF_PLAN = {Form.ASSESSMENT: ("action",), Form.EVALUATION: ("goal", "action")}
"""What of a plan the forms say that are not its own."""


def _details(case: Case, printed: Printed, day: date) -> Iterator[Text]:
    """What is typed into boxes of the people: each is theirs; where the household lives, of those who are shown."""
    shown = frozenset(printed.permits)
    for field, text in (("address", case.address), ("phone", case.phone)):
        if text:
            yield Text(f"{case.number}/{field}", Section.SITUATION, shown, text, lead=(field,))
    for p in there(case, day):
        fields = (("address", p.address), ("phone", p.phone), ("assistance_office", p.assistance_office))
        for field, text in fields:
            if text:
                yield Text(
                    f"{case.number}/{p.label}/{field}", Section.SITUATION, frozenset({p.label}), text, lead=(field,)
                )


def _wishes(case: Case, day: date) -> Iterator[Text]:
    for p in there(case, day):
        for wish in sorted((w for w in p.wishes if w.on <= day), key=lambda w: (w.on, w.seq)):
            yield Text(
                f"{case.number}/{p.label}/wish/{wish.seq}", Section.WISH, frozenset({p.label}), wish.text, wish.on
            )


def _notes(case: Case, day: date) -> Iterator[Text]:
    """Every entry of the progress record, and under its number the step it set."""
    for n in sorted((n for n in case.notes if n.on <= day), key=lambda n: (n.on, n.seq)):
        ties = frozenset({n.label}) if n.label else frozenset[str]()
        yield Text(n.number, Section.PROGRESS, ties, n.text, n.on, (n.method,))
        if n.next_on is not None or n.next_what:
            yield Text(f"{n.number}/next", Section.PROGRESS, ties, n.next_what, n.next_on, ("next", n.number))


def _lead(case: Case, day: date) -> Iterator[Text]:
    """Who leads after the end, as the plan says it: a code, or words."""
    end = last_on(case.endings, day)
    if end is not None and end.lead and ending(case, day):
        code = end.lead if end.lead.isascii() and " " not in end.lead else None
        typed = None if code else end.lead
        yield Text(f"{case.number}/end/lead", Section.END, frozenset(), typed, lead=("lead", code))


def _of_plan(plan: Plan, day: date) -> Iterator[Text]:
    yield from paper.of_plan(plan, day)
    for action in plan.actions:
        if action.why_not_existing:
            ties = frozenset({action.label} if action.label else plan.labels)
            yield Text(f"{action.number}/why", Section.PLAN, ties, action.why_not_existing, lead=("why", action.number))


def settled(text: Text, printed: Printed, case: Case) -> Text:
    """A text of a paper as the form asks about it. Where everybody of the case is shown, what is tied to nobody in
    particular is about nobody else, and goes as it is; through whom it came, where it was not the person, tells who
    told of it, and is looked at first. [ours]"""
    if text.lead[:1] == ("channel",) and case.channel != "self":
        return replace(text, check=Check.TELLS_OF_REPORTER)
    everybody = {p.label for p in case.people} <= set(printed.permits)
    if text.section is Section.CONCERN and not text.ties and not everybody and not printed.secret:
        # that the household has such a concern may tell on who is not shown, without a word too
        return replace(text, check=text.check or Check.TIED_TO_NOBODY)
    return replace(text, check=None) if everybody and text.check is Check.TIED_TO_NOBODY else text


def ending(case: Case, day: date) -> t.EndReason | t.Stage | None:
    """Why the case had ended by that day: the reason it was concluded for, or that it was interrupted."""
    end = last_on(case.endings, day)
    if end is None or case.stage_on(day) not in t.ENDED:
        return None
    return end.reason or t.Stage.INTERRUPTED
