"""What one copy of the papers of a sitting says about a case, for its reader, and what has to be looked at first.

1. Nobody is shown without a `Permit` of `consent.may_read`; the others are labels without a name.
2. A text is tied to the people it is about. Tied to nobody shown, it is left out, and every such copy says so.
3. Tied to nobody, or partly to somebody masked, or saying somebody masked by name or as kin: it goes into the part that
   rests on consent only once a person looked at it (rule 3). Under a support conference all may be discussed (rule 4).
4. A text that names the reporter stands in no paper (rule 10), one that says what they are to the household is looked
   at first. A report by law stands in none (rule 7), nor does anything of who is under restriction (rule 11).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from toshima_cli.domain import terms as t
from toshima_cli.domain.approach import awaits_conference
from toshima_cli.domain.case import Case, Person, Plan, last_on
from toshima_cli.domain.consent import Permit
from toshima_cli.domain.kinship import says_kin
from toshima_cli.domain.names import contains_name, fold
from toshima_cli.domain.planned import planned_on
from toshima_cli.domain.verdict import Basis, Next, Refusal, say

NOTES, WISHES = 6, 3
"""So many entries of the progress record, and wishes of a person, stand in a paper, the newest. [ours]"""

Lead = str | int | date | bool | None
"""A number, a slug or a term of a list, a day, a mark."""

Names = tuple[tuple[str | None, str | None], ...]
Ties = frozenset[str]


class Section(StrEnum):
    """Under what a text stands on a paper, in the order of the paper; the last three on minutes."""

    ALERT = "alert"
    SITUATION = "situation"
    WISH = "wish"
    CONCERN = "concern"
    EMERGENCY = "emergency"
    PLAN = "plan"
    ACTION = "action"
    REFERRAL = "referral"
    APPROACH = "approach"
    PROGRESS = "progress"
    EARLIER = "earlier"
    OTHER_LAW = "other_law"
    WATCH = "watch"
    END = "end"
    SAID = "said"
    DECISION = "decision"
    AGREED = "agreed"


class Check(StrEnum):
    """Why somebody has to look at a text first."""

    TIED_TO_NOBODY = "tied_to_nobody"
    TIED_TO_MASKED = "tied_to_masked"
    NAMES_MASKED = "names_masked"
    SAYS_KIN = "says_kin"
    TELLS_OF_REPORTER = "tells_of_reporter"


@dataclass(frozen=True, slots=True)
class Text:
    """Something typed. `id` names it on the command line, `ties` are the labels it is about (none: the household),
    `lead` what stands before it in words of lists (a concern, a method, an outcome), `who` a second thing typed: who
    does it."""

    id: str
    section: Section
    ties: Ties
    text: str | None = None
    on: date | None = None
    lead: tuple[Lead, ...] = ()
    who: str | None = None
    check: Check | None = None
    held_back: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A person as a copy shows them, on the ground of its permit."""

    person: Person
    permit: Permit


@dataclass(frozen=True, slots=True)
class Sheet:
    """One item of one copy; `masked` are labels."""

    case: Case
    people: tuple[Shown, ...]
    masked: tuple[str, ...]
    texts: tuple[Text, ...]
    asked_as: tuple[str, ...] = ()
    """What else makes a question about a text another one: the conference it is asked for, where its reader comes from
    if somebody excepted that, and who of another household is known by which name."""

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(seen.person.label for seen in self.people)

    @property
    def unseen(self) -> tuple[str, ...]:
        """Everybody of the case the copy does not show, those who left too, by all they are known under: what was said
        about a text is asked anew once these are others, or a name is learned."""
        hidden = (p for p in self.case.people if p.label not in self.labels)
        return (*(" ".join(filter(None, (p.label, p.name, p.kana))) for p in hidden), *self.asked_as)

    def fields(self, label: str) -> tuple[Section, ...]:
        """What of this person the copy shows, for whoever looks before it is handed out."""
        return tuple(dict.fromkeys(text.section for text in self.texts if label in text.ties))


def sheet(
    case: Case,
    kind: t.ItemKind,
    permits: Mapping[str, Permit],
    masked: tuple[str, ...],
    texts: Iterable[Text],
    *,
    reporters: Names = (),
    relations: tuple[str, ...] = (),
    excepted: tuple[str, ...] = (),
    windows: frozenset[str] = frozenset(),
    beside: Names = (),
    unsaid: Names = (),
    withheld: tuple[str, ...] = (),
) -> Sheet:
    """The copy's part about one item. `permits` by label: whom its reader may see; `texts`: all there is to be said;
    `unsaid`: names of those nobody outside may read of, `withheld` the labels they left; `reporters`, `relations`: who
    told of the case, and what they are to it; `excepted`: who does not want it shared with where the reader comes from
    (`windows`), which texts are looked at for under a support conference too (ours); `beside`: people of other
    households those of the case belong or belonged to."""
    shown = frozenset(permits)
    secret = kind is t.ItemKind.SUPPORT_CONFERENCE
    hidden = tuple(p for p in case.people if p.label not in shown and (not secret or p.label in excepted))
    found = []
    silent = {*withheld, *(p.label for p in case.people if p.withheld)}
    seen = tuple(p for p in case.people if p.label in shown)
    told = case.channel != "self" or bool(reporters or relations)
    for given in texts:
        alone = given.section is Section.EMERGENCY and given.ties and not given.ties & shown
        text = _of_nobody_shown(given) if alone else given
        if not _goes_with(text, shown):
            continue
        if _names(text, (*reporters, *unsaid)) or _labels(text, silent):
            found.append(replace(text, text=None, who=None, held_back=True))
        else:
            check = why_checked(text, hidden, shown, relations, secret=secret)
            if not secret and _names(text, beside):
                check = Check.NAMES_MASKED
            if check is None and says_kin(_typed(text), hidden, seen, text.ties):
                check = Check.SAYS_KIN
            if check is None and told and text.id == f"{case.number}/note":
                check = Check.TELLS_OF_REPORTER  # what was said when the case came often tells who said it
            found.append(replace(text, check=check))
    people = tuple(Shown(p, permits[p.label]) for p in seen)
    others = tuple(" ".join(filter(None, names)) for names in beside)
    return Sheet(case, people, masked, tuple(found), (kind.value, *sorted(windows if excepted else ()), *others))


def _of_nobody_shown(text: Text) -> Text:
    """That something was passed on in an emergency, and when; not to whom, why, nor of whom."""
    return replace(text, ties=Ties(), text=None, who=None, lead=text.lead[:1])


def _goes_with(text: Text, shown: Ties) -> bool:
    """Of nobody shown nothing stands there; where only some are, nothing but words somebody can look at, and what is
    said in words of lists of all of them: where a plan is led from and looked at again, what was decided."""
    of_all = text.section is Section.EARLIER or text.lead[:1] in (("lead",), ("review",), ("version",))
    if of_all and text.ties & shown:
        return True
    return not text.ties or text.ties <= shown or bool(text.text and text.ties & shown)


def why_checked(
    text: Text, hidden: Iterable[Person], shown: Ties, relations: Iterable[str], *, secret: bool
) -> Check | None:
    """Rule 3: why a person has to look at the text before it goes into a paper; None where it may go as it is."""
    typed = _typed(text)
    if not typed:
        return None
    if any(_says(typed, p) for p in hidden):
        return Check.NAMES_MASKED
    if any(len(fold(word)) > 1 and fold(word) in fold(typed) for word in relations):
        return Check.TELLS_OF_REPORTER
    if secret:
        return None
    if not text.ties:
        return Check.TIED_TO_NOBODY
    return None if text.ties <= shown else Check.TIED_TO_MASKED


def _typed(text: Text) -> str:
    return " ".join(filter(None, (text.text, text.who)))


def _says(text: str, person: Person) -> bool:
    borne = ((person.name, person.kana), *person.other_names)
    return any(contains_name(text, name=name, kana=kana, label=person.label) for name, kana in borne)


def _labels(text: Text, labels: Iterable[str]) -> bool:
    """Whether the text says the label of somebody withheld: it says who it is about (rule 11)."""
    return any(contains_name(_typed(text), name=None, kana=None, label=label) for label in labels)


def says_anyone(text: str, names: Names) -> bool:
    """Whether a text says one of these people by name or reading."""
    return any(contains_name(text, name=name, kana=kana) for name, kana in names)


def _names(text: Text, names: Names) -> bool:
    return says_anyone(_typed(text), names)


def of_case(case: Case, kind: t.ItemKind, day: date, *, since: date | None) -> Iterator[Text]:
    """Everything a paper of the item could say, as known of the day, in the order of a paper."""
    if kind is t.ItemKind.INFORMATION_SHARING:
        yield from _emergencies(case, day)
        return
    yield from _alerts(case)
    yield from _situation(case, day)
    yield from _wishes(case, day)
    yield from _concerns(case, day)
    if kind is t.ItemKind.MULTILAYER_CONFERENCE:
        yield from _plans(case, day)
    yield from _actions(case, day)
    yield from _referrals(case, day)
    if kind is t.ItemKind.SUPPORT_CONFERENCE:
        yield from _approaches(case, day)
        yield from _other_law(case, day)
    yield from _progress(case, day, since)
    yield from _earlier(case, kind, day)
    yield from _watch(case, day)
    yield from _end(case, day)


def _tied(label: str | None) -> Ties:
    return frozenset({label}) if label else frozenset()


def _alerts(case: Case) -> Iterator[Text]:
    """What stands first on every view of a person (rule 11)."""
    for p in case.people:
        for field, text in (("visit_alert", p.visit_alert), ("contact_rule", p.contact_rule)):
            if text:
                yield Text(f"{case.number}/{p.label}/{field}", Section.ALERT, _tied(p.label), text, lead=(field,))


def _situation(case: Case, day: date) -> Iterator[Text]:
    for p in case.people_on(day):
        if p.note:
            yield Text(f"{case.number}/{p.label}/note", Section.SITUATION, _tied(p.label), p.note)
    if case.note:
        yield Text(f"{case.number}/note", Section.SITUATION, frozenset(), case.note, case.opened_on)


def _wishes(case: Case, day: date) -> Iterator[Text]:
    for p in case.people_on(day):
        said = sorted((w for w in p.wishes if w.on <= day), key=lambda w: (w.on, w.seq))
        for wish in said[-WISHES:]:
            yield Text(f"{case.number}/{p.label}/wish/{wish.seq}", Section.WISH, _tied(p.label), wish.text, wish.on)


def _concerns(case: Case, day: date) -> Iterator[Text]:
    for c in case.concerns_on(day):
        lead = (c.code, c.most_pressing)
        yield Text(f"{case.number}/concern/{c.id}", Section.CONCERN, _tied(c.label), c.note, c.on, lead)


def _plans(case: Case, day: date) -> Iterator[Text]:
    """The version that waits, otherwise the one in force."""
    plan = case.plan_waiting(day) or case.plan_in_force(day)
    if plan is not None:
        yield from of_plan(plan, day)


def of_plan(plan: Plan, day: date) -> Iterator[Text]:
    """What a version says, as known of the day: its texts are tied to its people."""
    ties = frozenset(plan.labels)
    yield Text(plan.number, Section.PLAN, ties, lead=("version", plan.version, plan.status_on(day)))
    for field, text in (("goal", plan.goal), ("needs", plan.needs), ("care", plan.care)):
        if text:
            yield Text(f"{plan.number}/{field}", Section.PLAN, ties, text, lead=(field,))
    if plan.lead:
        code = plan.lead if plan.lead.isascii() and " " not in plan.lead else None
        yield Text(f"{plan.number}/lead", Section.PLAN, ties, None if code else plan.lead, lead=("lead", code))
    if plan.review_on:
        yield Text(f"{plan.number}/review", Section.PLAN, ties, lead=("review", plan.review_on))
    for c in plan.people:
        if c.on is not None and c.on <= day:
            yield Text(f"{plan.number}/{c.label}", Section.PLAN, _tied(c.label), lead=("confirmed", c.on))
    for a in plan.actions:
        done = a.done_on if a.done_on and a.done_on <= day else None
        lead = ("action", a.number, a.due_on, done)
        yield Text(a.number, Section.PLAN, _tied(a.label) or ties, a.what, lead=lead, who=a.who)


def _actions(case: Case, day: date) -> Iterator[Text]:
    """What sittings agreed beside the plan and is not done."""
    for a in case.other_actions:
        if a.on < day and (a.done_on is None or a.done_on > day):
            yield Text(a.number, Section.ACTION, _tied(a.label), a.what, a.on, (a.number, a.due_on), a.who)


def _referrals(case: Case, day: date) -> Iterator[Text]:
    """Where they were referred to and how it stands; the reasons stay with the two who wrote to each other."""
    for r in case.referrals:
        if r.on > day or r.ground is t.Ground.STATUTORY_REPORT:
            continue
        ties = _tied(r.label) or frozenset(p.label for p in case.people_on(r.on))
        outside = r.to_kind in (t.ToKind.OUTSIDE, t.ToKind.RESOURCE)
        how = r.ground if r.ground is t.Ground.NONE_SHARED else r.status_on(day)
        lead = (r.number, how, None if outside else r.to_name)
        yield Text(r.number, Section.REFERRAL, ties, r.to_name if outside else None, r.on, lead)


def _emergencies(case: Case, day: date) -> Iterator[Text]:
    for r in case.referrals:
        if r.ground is t.Ground.EMERGENCY and r.on <= day:
            lead = (r.number, r.to_name if r.to_kind not in (t.ToKind.OUTSIDE, t.ToKind.RESOURCE) else None)
            ties = _tied(r.label) or frozenset(p.label for p in case.people_on(r.on))
            yield Text(r.number, Section.EMERGENCY, ties, r.reason, r.on, lead)


def _approaches(case: Case, day: date) -> Iterator[Text]:
    waiting = {a.seq for a, _ in awaits_conference(case, day)}
    for a in case.approaches:
        if (a.on < day and a.afterwards is None) or a.seq in waiting:
            where = a.meeting or f"{case.number}/approach/{a.seq}"
            yield Text(where, Section.APPROACH, frozenset(a.labels), a.text, a.on, (a.meeting,))


def _other_law(case: Case, day: date) -> Iterator[Text]:
    """Which conference of another law dealt with it, and why that was not enough."""
    for c in case.other_conferences:
        if c.on <= day:
            lead = (c.conference, c.held_on)
            yield Text(f"{case.number}/conference/{c.seq}", Section.OTHER_LAW, frozenset(), c.not_enough, c.on, lead)


def _progress(case: Case, day: date, since: date | None) -> Iterator[Text]:
    """Since the last sitting that dealt with the case, the newest; and the next step."""
    notes = (n for n in case.notes if n.on <= day and (since is None or n.on > since))
    for n in sorted(notes, key=lambda n: (n.on, n.seq))[-NOTES:]:
        yield Text(n.number, Section.PROGRESS, _tied(n.label), n.text, n.on, (n.method,))
    newest = last_on(case.notes, day)
    on = planned_on(case, day)
    if newest is not None and on is not None:
        yield Text(f"{newest.number}/next", Section.PROGRESS, _tied(newest.label), newest.next_what, on, ("next",))


def _earlier(case: Case, kind: t.ItemKind, day: date) -> Iterator[Text]:
    """What earlier sittings decided on this side, tied to those it showed; an approach stands above."""
    for s in case.dealt_with(day):
        if s.kind is kind and s.held_on < day and s.outcome is not t.Outcome.APPROACH:
            lead = (s.meeting, s.purpose, s.outcome)
            yield Text(f"{s.meeting}/{s.item}", Section.EARLIER, frozenset(s.labels), s.note, s.held_on, lead)


def _watch(case: Case, day: date) -> Iterator[Text]:
    watch = last_on(case.watches, day)
    if watch is not None and case.stage_on(day) is t.Stage.WATCHING:
        lead = (watch.every, watch.until)
        yield Text(
            f"{case.number}/watch/{watch.seq}", Section.WATCH, frozenset(), watch.sign, watch.on, lead, watch.watcher
        )


def _end(case: Case, day: date) -> Iterator[Text]:
    """What a sitting that hears of an end decides on: why, what was tried, whether somebody saw to their safety."""
    end = last_on(case.endings, day)
    if end is None or case.stage_on(day) not in t.ENDED:
        return
    at = f"{case.number}/end"
    yield Text(at, Section.END, frozenset(), on=end.on, lead=("reason", end.reason or t.Stage.INTERRUPTED))
    if end.last_contact_on:
        yield Text(f"{at}/last_contact", Section.END, frozenset(), lead=("last_contact", end.last_contact_on))
    for field in ("tried", "safety", "evaluation", "wish", "groundwork"):
        if typed := getattr(end, field):
            yield Text(f"{at}/{field}", Section.END, frozenset(), typed, lead=(field,))


def nobody_to_show(case: Case, day: date) -> Refusal:
    """The item shows nobody any more: everybody's consent is gone, or they left."""
    return Refusal(
        "paper.nobody",
        Basis.PLAN,
        say("There is nobody in {case} whose part this paper may show.", case=case.number),
        facts=(say("On {day} nobody's consent to sharing holds there.", day=day),),
        missing=(say("Somebody whose consent to sharing holds."),),
        next=(Next(t.Act.CONVENE, say("Look at the case."), f"toshima show {case.number}"),),
    )
