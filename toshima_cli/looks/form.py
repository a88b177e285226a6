"""A standard form filled from the case: whom it may show, what it says of them, and what has to be looked at first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toshima_cli import facts
from toshima_cli.db import queries
from toshima_cli.domain import form as rules
from toshima_cli.domain import paper
from toshima_cli.domain import shown as texts
from toshima_cli.domain.case import Case, Person, Plan
from toshima_cli.domain.form import Form, Printed
from toshima_cli.domain.paper import Section, Sheet, Text
from toshima_cli.domain.verdict import Refusal, Say, say
from toshima_cli.exits import NotFound
from toshima_cli.journal import Subject
from toshima_cli.looks import elsewhere

National = Mapping[str, Mapping[str, str]]
"""list → code → whether the State asks for it: yes, no, unknown."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form as it was asked for. `secret`: the variant, None what the case decides; `checked`, `without`: texts that
    were looked at, and go in or stay out, by their ids."""

    form: Form
    case: str
    on: date
    people: tuple[str, ...] = ()
    version: int | None = None
    secret: bool | None = None
    checked: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """The form, before anybody draws it. `sheet` holds the people it may show and the words it may say."""

    wanted: Wanted
    case: Case
    day: date
    printed: Printed
    sheet: Sheet
    plan: Plan | None
    national: National
    mask: bool

    @property
    def form(self) -> Form:
        return self.wanted.form

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody it shows."""
        return tuple(seen.person for seen in self.sheet.people)

    @property
    def about(self) -> tuple[Person, ...]:
        """Those it is about: a sheet each, where the form is one of a person."""
        return tuple(p for p in self.people if p.label in self.printed.labels)

    @property
    def handled(self) -> bool:
        """Whether something is being dealt with under the law: no more is said of it, and to a support conference only
        (rule 7)."""
        found = (r for r in self.case.referrals if r.report_kind is not None and r.on <= self.day)
        return self.printed.secret and any(found)

    def goes(self, text: Text) -> bool:
        """Whether the text stands on the form: nobody has to look at it, or somebody did and lets it in."""
        return text.check is None or text.id in self.wanted.checked

    def asks(self) -> tuple[Text, ...]:
        """What somebody has to look at first and has not answered for."""
        answered = {*self.wanted.checked, *self.wanted.without}
        return tuple(text for text in self.sheet.texts if text.check is not None and text.id not in answered)

    def of(self, section: Section, label: str | None = None, *fields: str) -> Iterator[Text]:
        """The texts of a section, of one person with `label`; `fields`: those that say one of these of it."""
        for text in self.sheet.texts:
            own = label is None or label in text.ties
            if text.section is section and own and (not fields or (text.lead[:1] and text.lead[0] in fields)):
                yield text

    def named(self, text_id: str) -> Text | None:
        return next((text for text in self.sheet.texts if text.id == text_id), None)

    def typed(self, text: str | None) -> str | Say | None:
        """Words as they may be printed; with `mask` none that name anybody."""
        return texts.shown(text, self.case.people, (), mask=self.mask)

    def subjects(self) -> list[Subject]:
        """Whom it shows, and what somebody let in."""
        people = [("person", str(p.person_id)) for p in self.people]
        return [("case", self.case.number), *people, *(("text", text_id) for text_id in self.wanted.checked)]


def filled(conn: Any, wanted: Wanted, *, today: date, mask: bool) -> Filled | Refusal:
    """The form of a day; of one before the case was opened, as of its first. Raises NotFound (exit 4) for a text that
    is not asked about."""
    case = facts.must(conn, wanted.case)
    day = max(wanted.on, case.opened_on)
    reached = elsewhere.reached(conn, case.id, case.merged)
    plan = rules.version(case, day, wanted.version)
    if wanted.form is Form.EVALUATION:
        plan = case.plan_in_force(day) or plan
    also = elsewhere.also_as(conn, case, reached[1:]) if today > day else {}
    answer = rules.may_print(
        case,
        wanted.form,
        day,
        max(today, day),
        wanted=wanted.people,
        secret=wanted.secret,
        plan=plan,
        elsewhere=also,
    )
    if isinstance(answer, Refusal):
        return answer
    sheet = _sheet(conn, case, reached, answer, rules.texts(case, wanted.form, answer, day, plan))
    found = Filled(wanted, case, day, answer, sheet, plan, _national(conn), mask)
    asked = {text.id for text in sheet.texts if text.check is not None}
    if unknown := tuple(one for one in (*wanted.checked, *wanted.without) if one not in asked):
        raise NotFound(
            say("These texts are not asked about: {texts}.", texts=unknown),
            do=(f"toshima report form {wanted.form} {wanted.case} -f json",),
        )
    return found


def _sheet(conn: Any, case: Case, reached: list[int], printed: Printed, said: Iterable[Text]) -> Sheet:
    """What a paper would say of these texts, and what the form asks about."""
    tellers = elsewhere.told_by(conn, reached, case.people)
    beside = elsewhere.beside(conn, case, reached[1:])
    sheet = paper.sheet(
        case,
        printed.kind,
        printed.permits,
        printed.masked,
        said,
        reporters=elsewhere.as_said(tellers),
        relations=tuple(relation for _, relation in tellers if relation),
        beside=beside.known,
        unsaid=(*case.unsaid, *beside.withheld, *_hidden(case)),
        withheld=tuple(p.label for p in case.people if p.withheld or p.hidden),
    )
    asked = tuple(rules.settled(text, printed, case) for text in sheet.texts)
    return Sheet(case, sheet.people, sheet.masked, asked, sheet.asked_as)


def _hidden(case: Case) -> Iterator[tuple[str | None, str | None]]:
    """Everybody who left to a case under restriction, by all they are known under: no paper of the household says one,
    whoever prints it (rule 11)."""
    for p in case.people:
        if p.hidden:
            yield from ((p.name, p.kana), *p.other_names)


def _national(conn: Any) -> National:
    found: dict[str, dict[str, str]] = {}
    for row in queries("form").national(conn):
        found.setdefault(row["list"], {})[row["code"]] = row["national"]
    return found
