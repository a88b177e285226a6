"""The words a standard form is filled with, taken from the case: of a person, of a text, of a list to tick."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from toshima_cli.domain.calendar import age_on
from toshima_cli.domain.case import Person
from toshima_cli.domain.held import Held, held
from toshima_cli.domain.initials import HELD_BACK, initials
from toshima_cli.domain.paper import Section, Text
from toshima_cli.domain.terms import Scope, Sex
from toshima_cli.domain.verdict import Say, Value, Warned, say
from toshima_cli.ui.filled import said
from toshima_cli.ui.form import Tick, Ticks
from toshima_cli.ui.names import kin, masked, whoever
from toshima_cli.ui.page import Page
from toshima_cli.ui.papers import FIELDS, LEFT_OUT, on_paper, spaced
from toshima_cli.ui.preview import CHECKS

if TYPE_CHECKING:
    from toshima_cli.looks.form import Filled

Names = Mapping[str, Mapping[str, str]]

ASKED_BY_STATE = "※"
HOUSEHOLD = say("household")
NOT_YET = say("(to be looked at first)")


def why(text: Text) -> Say:
    """Why somebody has to look at a text before it stands on a form."""
    assert text.check is not None
    return CHECKS[text.check]


def ask(found: "Filled", text: Text, names: Names, page: Page) -> None:
    """A text before somebody says whether it goes into the form."""
    page.blank()
    page.line(text.id, why(text))
    page.line(worded(found, text, names), indent=2)
    if found.sheet.masked:
        page.line(say("Not shown in this form: {who}", who=tuple(map(masked, found.sheet.masked))), indent=2)


def worded(found: "Filled", text: Text, names: Names) -> str | Say | None:
    """The words somebody has to look at."""
    typed = " ".join(filter(None, (text.who, text.text)))
    if text.lead[:1] == ("channel",):
        typed = names["channel"].get(str(text.lead[1]), str(text.lead[1]))
    return found.typed(typed)


def excepted(found: "Filled", names: Names) -> Iterator[Warned]:
    """Whoever hands the form on has to know who does not want it to go where; its readers do not."""
    f = Filling(found, names, {})
    for person in found.people:
        if windows := f.not_with(person):
            message = say("{label} does not want it shared with: {windows}.", label=person.label, windows=windows)
            yield Warned("form.excepted", message)


@dataclass(slots=True)
class Filling:
    """A form being filled; `lists` are the lists it printed, for the note about what the State asks for."""

    found: "Filled"
    names: Names
    lists: dict[str, Value]

    @property
    def day(self) -> date:
        return self.found.day

    # ------------------------------------------------------------------ texts

    def words(self, text: Text | None) -> Value | None:
        """What was typed, or the sign that it was held back or left out."""
        if text is None:
            return None
        if text.held_back:
            return HELD_BACK
        if not self.found.goes(text):
            return LEFT_OUT if text.id in self.found.wanted.without else NOT_YET
        return self.found.typed(text.text)

    def who(self, text: Text) -> Value:
        """The second thing typed: who does it."""
        silent = text.held_back or not self.found.goes(text)
        return "" if silent else whoever(self.found.typed(text.who) or "", self.names)

    def own(self, section: Section, person: Person) -> Iterator[Text]:
        """What is about this person, or about the household; of the others nothing stands on a sheet of theirs."""
        return (text for text in self.found.of(section) if not text.ties or person.label in text.ties)

    def named(self, text_id: str) -> Value | None:
        return self.words(self.found.named(text_id))

    def lines(self, texts: Iterable[Text], lead: "Callable[[Text], Value] | None" = None) -> str | None:
        """A line for each text that says something, with whom it is about before it."""
        found = []
        for text in texts:
            told = self.words(text)
            if told:
                found.append(said(on_paper(spaced(self.about(text), lead(text) if lead else "", told))))
        return "\n".join(found) or None

    def about(self, text: Text) -> Value:
        labels = tuple(sorted(text.ties & set(self.found.sheet.labels)))
        return labels if text.ties else HOUSEHOLD

    def alerts(self, people: Iterable[Person]) -> str | None:
        """What stands first on every view of these people."""
        labels = {p.label for p in people}
        own = (text for text in self.found.of(Section.ALERT) if text.ties & labels)
        return self.lines(own, lambda text: FIELDS[str(text.lead[0])])

    # ----------------------------------------------------------------- people

    def name(self, person: Person) -> Value | None:
        return initials(person.name, person.kana) if self.found.mask else person.name

    def kana(self, person: Person) -> Value | None:
        return None if self.found.mask else person.kana

    def born(self, person: Person) -> date | None:
        """The day of birth; not under a mask, which it would lift."""
        return None if self.found.mask else person.birth_date

    def age(self, person: Person) -> Value | None:
        return say("{age} years old", age=age_on(person.birth_date, self.day)) if person.birth_date else None

    def kin(self, person: Person) -> Value:
        return kin(person.relation, person.sex, self.names)

    def sex(self, person: Person) -> Value | None:
        return None if person.sex == Sex.UNKNOWN else self.names["sex"].get(person.sex, person.sex)

    def of_person(self, person: Person, field: str) -> Value | None:
        """A box of a person: where they live, how they are reached."""
        if self.found.mask:
            return None
        return self.named(f"{self.found.case.number}/{person.label}/{field}")

    def of_household(self, field: str) -> Value | None:
        return None if self.found.mask else self.named(f"{self.found.case.number}/{field}")

    def others(self) -> tuple[Value, ...]:
        return tuple(map(masked, self.found.sheet.masked))

    def heading(self, person: Person) -> Value:
        return say("{label} {name}", label=person.label, name=self.name(person) or "")

    # ---------------------------------------------------------------- consent

    def held(self, person: Person, scope: Scope) -> Held:
        return held(person, scope, self.day)

    def consent(self, person: Person, *scopes: Scope) -> str | None:
        """What each said, in words. That a parent's consent is not relied on tells of a report by law (rule 7)."""
        facts = (self.held(person, scope) for scope in scopes)
        return "\n".join(dict.fromkeys(said(on_paper(h.why)) for h in facts if not h.suspected)) or None

    def not_with(self, person: Person) -> Value | None:
        """The windows they excepted."""
        row = self.held(person, Scope.SHARING).consent
        codes = sorted(row.excluding) if row else []
        return tuple(self.names["window"].get(code, code) for code in codes) or None

    # ------------------------------------------------------------------ lists

    def ticks(self, label: Value, of: str, on: Iterable[str] = (), *, per: int = 4, note: Value = "") -> Ticks:
        """A list of the books with what is known ticked; a code that is in no list any more is not left out."""
        self.lists[of] = label
        ticked, known = set(on), self.names.get(of, {})
        asked = self.found.national.get(of, {})
        marks = {code: ASKED_BY_STATE if asked.get(code) == "yes" else "" for code in known}
        ticks = tuple(Tick(name, code in ticked, marks[code]) for code, name in known.items())
        extra = tuple(Tick(code, True) for code in sorted(ticked - set(known)))
        return Ticks(label, (*ticks, *extra), per, note)

    def concerns(self, label: Value, people: Iterable[Person]) -> Ticks:
        """The sixteen boxes of the national form in their order, each with whose it is; ◎ for the most pressing."""
        shown = {p.label for p in people}
        whose: dict[str, list[Value]] = {}
        for text in self.found.of(Section.CONCERN):
            if (text.ties and not text.ties & shown) or (not text.ties and not self.found.goes(text)):
                continue
            who = self.about(text) if text.ties else HOUSEHOLD
            pressing = say("◎{who}", who=who) if text.lead[1] else who
            whose.setdefault(str(text.lead[0]), []).append(pressing)
        ticks = tuple(
            Tick(name, code in whose, say(" ({who})", who=tuple(whose[code])) if code in whose else "")
            for code, name in self.names["concern"].items()
        )
        return Ticks(label, ticks, 2, say("◎ the most pressing"))

    def concern(self, text: Text) -> Value:
        return self.names["concern"].get(str(text.lead[0]), str(text.lead[0]))

    def settled_by_state(self) -> Iterator[Value]:
        """What the State asks for, and for which lists that is not settled."""
        asked = {of: set(self.found.national.get(of, {}).values()) for of in self.lists}
        if any("yes" in values for values in asked.values()):
            yield say("{mark} The State may ask for it.", mark=ASKED_BY_STATE)
        unknown = tuple(label for of, label in self.lists.items() if "unknown" in asked[of])
        if unknown:
            yield say("It is not settled whether the State asks for: {lists}.", lists=unknown)
