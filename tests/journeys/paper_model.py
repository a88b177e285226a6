"""A plain model of who may read what of whom, written from domain.md §5 (rules 1–7, 10, 11) alone.

Nothing here is imported from the program. Whoever is written down has names and words of their own that stand nowhere
else, so that a paper can be searched for them. The random papers of `test_random_papers.py` are held against it.
"""

from dataclasses import dataclass, field
from datetime import date

GIVEN = "梓椿楓柊菫蓮葵萩榊樟桐橘柚杏栞茜蕗芹蕨椋"
TELLERS = "苔雫霞霰虹蛍鷺鶫鴇鵯"
SOUNDS = "ぬむへゆろみけせ"
RELATION = "向かいの床屋"
"""What whoever told is to the household; no other text says it by chance."""

HOLDER = "k03"
"""The only one who is of the cases under restriction."""


@dataclass(frozen=True)
class Word:
    """One decision about sharing."""

    on: date
    order: int
    given: bool
    excluding: frozenset[str] = frozenset()
    until: date | None = None


@dataclass(eq=False)
class Person:
    """`marks`: the words of texts tied to this person alone. `apart`: under restriction, in a case of their own."""

    given: str
    kana: str
    joined: date
    left: date | None = None
    apart: bool = False
    words: list[Word] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, str]:
        return self.given, self.kana

    def there(self, day: date) -> bool:
        return self.joined <= day and (self.left is None or day < self.left)

    def holding(self, day: date) -> Word | None:
        """The consent to sharing that holds on the day: the last word up to it, where it is a yes that still runs."""
        last = max((w for w in self.words if w.on <= day), key=lambda w: (w.on, w.order), default=None)
        return last if last and last.given and (last.until is None or day <= last.until) else None

    def excepts(self, window: str | None, day: date) -> bool:
        word = self.holding(day)
        return word is not None and window in word.excluding

    def shared_with(self, window: str | None, day: date) -> bool:
        word = self.holding(day)
        return word is not None and window not in word.excluding


@dataclass(eq=False)
class Case:
    """`teller`: the name of whoever told of it. `household`: mark → the labels a text is about, () for nobody's.
    `came_from`: the household left behind; what goes along and speaks of it is looked at like what says somebody
    masked."""

    number: str
    opened: date
    teller: str
    people: dict[str, Person]
    restricted: bool = False
    came_from: "Case | None" = None
    household: dict[str, frozenset[str]] = field(default_factory=dict)

    def open_on(self, day: date) -> list[str]:
        return [label for label, p in self.people.items() if p.there(day) and (self.restricted or not p.apart)]

    def behind(self) -> list[Person]:
        return list(self.came_from.people.values()) if self.came_from else []

    def next_label(self) -> str:
        return next(label for label in "ABCDEF" if label not in self.people)


@dataclass(frozen=True)
class Reader:
    """`words`: how they are typed after `attend`; `shown`: how a copy names them; `window`: where they come from."""

    key: str
    words: tuple[str, ...]
    shown: str
    window: str | None


READERS = (
    Reader("k03", ("k03",), "青木", None),
    Reader("c01", ("c01",), "森", "csw"),
    Reader("e01", ("e01",), "原", "korei-sogo"),
    Reader("小川", ("--guest", "小川|民生委員・児童委員|委員"), "小川", None),
    Reader("水野", ("--guest", "水野|高齢者総合相談センター"), "水野", "korei-sogo"),
    Reader("流", ("--guest", "流"), "流", None),
)


def fiscal_year(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


@dataclass(eq=False)
class Copy:
    """A copy handed out: the labels it showed by item."""

    reader: Reader
    shows: dict[int, set[str]]
    back: bool = False


@dataclass(eq=False)
class Sitting:
    """`yes`: (mark, those of its case not shown) that somebody looked at and let into the papers of this sitting."""

    number: str
    on: date
    expected: list[Reader] = field(default_factory=list)
    cancelled: bool = False
    held: bool = False
    yes: set[tuple[str, frozenset[str]]] = field(default_factory=set)
    copies: list[Copy] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return not self.held and not self.cancelled


@dataclass
class Office:
    """`signed`: the days on which a reader acknowledged secrecy. `by_law`: the words of reports by law."""

    today: date
    cases: dict[str, Case] = field(default_factory=dict)
    sittings: dict[str, Sitting] = field(default_factory=dict)
    signed: dict[str, list[date]] = field(default_factory=dict)
    by_law: list[str] = field(default_factory=list)
    made: int = 0

    def next_number(self) -> int:
        self.made += 1
        return self.made

    def mark(self) -> str:
        return f"しるし{self.next_number():04d}"

    def person(self, joined: date) -> Person:
        n = self.next_number()
        kana = "".join(SOUNDS[n // 8**k % 8] for k in range(4))
        return Person(GIVEN[n // 20 % 20] + GIVEN[n % 20], kana, joined)

    def teller(self) -> str:
        n = self.next_number()
        return TELLERS[n // 10 % 10] + TELLERS[n % 10]

    # ------------------------------------------------------------ the rules

    def secrecy(self, reader: Reader, sitting: Sitting) -> bool:
        """Rule 4: acknowledged up to now and up to the sitting, in its fiscal year."""
        return any(
            day <= min(self.today, sitting.on) and fiscal_year(day) == fiscal_year(sitting.on)
            for day in self.signed.get(reader.key, ())
        )

    def of_it(self, case: Case, *who: str) -> bool:
        """Rule 11: whoever hands out and whoever reads are both of a case under restriction."""
        return not case.restricted or set(who) == {HOLDER}

    def shown(self, case: Case, sitting: Sitting, reader: Reader, typist: str) -> frozenset[str]:
        """Rule 3: whom a part that rests on consent may show."""
        if not self.of_it(case, typist, reader.key):
            return frozenset()
        return frozenset(
            label for label in case.open_on(sitting.on) if self.consents(case.people[label], sitting, reader)
        )

    def consents(self, person: Person, sitting: Sitting, reader: Reader) -> bool:
        """On the day of the sitting, and where a copy is handed out after it, on that day too (rule 6)."""
        return all(person.shared_with(reader.window, day) for day in (sitting.on, max(sitting.on, self.today)))

    def excepts(self, person: Person, sitting: Sitting, reader: Reader) -> bool:
        """Where the reader comes from a window they excepted, secrecy opens nothing either."""
        return any(person.excepts(reader.window, day) for day in (sitting.on, max(sitting.on, self.today)))

    def masked(self, case: Case, shown: frozenset[str]) -> frozenset[str]:
        return frozenset(case.people) - shown

    def never(self, *who: str) -> list[str]:
        """Rule 11: what somebody who is not of the cases under restriction may see nowhere."""
        if set(who) == {HOLDER}:
            return []
        hidden = [c for c in self.cases.values() if c.restricted]
        apart = [p for c in self.cases.values() for p in c.people.values() if p.apart]
        return [
            *(c.number for c in hidden),
            *(mark for c in hidden for mark in c.household),
            *(token for p in apart for token in (*p.names, *p.marks)),
        ]

    def tellers(self) -> list[str]:
        """Rule 10, and what may give them away."""
        return [RELATION, *(case.teller for case in self.cases.values())]

    def under_consent(self, case: Case, sitting: Sitting, reader: Reader, typist: str) -> set[str]:
        """The words a part that rests on consent may hold."""
        shown = self.shown(case, sitting, reader, typist)
        allowed = {token for label in shown for p in (case.people[label],) for token in (*p.names, *p.marks)}
        masked = self.masked(case, shown)
        for mark, ties in case.household.items():
            if (ties and ties <= shown) or any(m == mark and out >= masked for m, out in sitting.yes):
                allowed.add(mark)
        return allowed

    def in_a_report(self, case: Case, sitting: Sitting, reader: Reader, typist: str) -> set[str]:
        """The words of an emergency told of at the next sitting: by consent too, of who has left since as well."""
        if not self.of_it(case, typist, reader.key):
            return set()
        people = (
            p for p in case.people.values() if self.consents(p, sitting, reader) and (case.restricted or not p.apart)
        )
        return {token for p in people for token in (*p.names, *p.marks)}

    def under_secrecy(self, case: Case, sitting: Sitting, reader: Reader, typist: str) -> set[str]:
        """The words of the part of a support conference: everybody's, for whoever is bound to secrecy."""
        if not self.secrecy(reader, sitting) or not self.of_it(case, typist, reader.key):
            return set()
        people = (
            p
            for p in case.people.values()
            if (not p.apart or {typist, reader.key} == {HOLDER}) and not self.excepts(p, sitting, reader)
        )
        left_behind = (name for p in case.behind() for name in p.names)
        return {*case.household, *left_behind, *(token for p in people for token in (*p.names, *p.marks))}

    def every_word(self) -> set[str]:
        """Whatever says or is tied to somebody."""
        people = [p for c in self.cases.values() for p in c.people.values()]
        return {
            *(token for p in people for token in (*p.names, *p.marks)),
            *(mark for c in self.cases.values() for mark in c.household),
            *self.by_law,
            *self.tellers(),
        }
