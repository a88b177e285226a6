"""Routing (つなぎ先の候補): which windows fit a concern, and why a case may be complex. Hints with reasons, no gate.

The table is ours (`data/routing.csv`): ages inclusive, its order is the order of suggestion, a concern that nothing
fits goes to the community social worker, and who is of unknown age fits every row. Where somebody receives 生活保護,
the case worker leads, and the window of the case workers stands first (rule 22).
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date

from toshima_cli.domain import calendar
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Concern, Person, last_on
from toshima_cli.domain.names import fold
from toshima_cli.domain.referral import VIOLENCE, duty
from toshima_cli.domain.verdict import Say, say

__all__ = ["FALLBACK", "Known", "RoutingRow", "Suggestion", "duty", "suggest", "why_complex"]

# Whoever fits nowhere is taken in here: the chapter's コミュニティソーシャルワーカー（CSW）.
FALLBACK = "csw"

# The windows of the case workers of 生活保護, in the chapter's order.
CASE_WORKERS = ("seikatsu", "seibu-seikatsu")

# How a window says, in its reason for declining, that this is not its business.
OUT_OF_SCOPE = ("担当業務以外", "担当外", "out of scope")


@dataclass(frozen=True, slots=True)
class RoutingRow:
    """One row of the table: this concern, at these ages (inclusive, None is open), belongs to that window."""

    concern: str
    window: str
    min_age: int | None = None
    max_age: int | None = None
    note: str | None = None

    def fits(self, age: int | None) -> bool:
        if age is None:
            return True
        return (self.min_age is None or age >= self.min_age) and (self.max_age is None or age <= self.max_age)


@dataclass(frozen=True, slots=True)
class Known:
    """The reference data routing looks at: the table in its order, code → name of windows, each concern's field."""

    rows: tuple[RoutingRow, ...]
    windows: Mapping[str, str]
    fields: Mapping[str, t.Field]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A window that fits one concern of one person; `person` None: a concern of the household."""

    window: str
    name: str
    person: str | None
    concern: str
    reasons: tuple[Say, ...]


def suggest(case: Case, day: date, known: Known) -> tuple[Suggestion, ...]:
    """The fitting windows for the open concerns of the day, the most pressing concern first, then the table's order."""
    found = [s for concern in _concerns(case, day) for s in _for_concern(case, concern, day, known)]
    led = list(_led_by_case_worker(case, day, known))
    # The same trouble noted twice for one person is still one suggestion; who leads stands first, for their reason.
    return tuple({(s.window, s.person, s.concern): s for s in (*led, *found, *led)}.values())


def _led_by_case_worker(case: Case, day: date, known: Known) -> Iterator[Suggestion]:
    """For everybody with 生活保護 and a concern, own or the household's: the window of their case worker."""
    for person in case.people_on(day):
        concern = next((c for c in _concerns(case, day) if c.label in (person.label, None)), None)
        since, office = person.assistance_since, person.assistance_office
        if concern is None or not (since or office) or (since is not None and since > day):
            continue
        named = say("{label} receives public assistance: the case worker leads.", label=person.label)
        where = (say("Office: {office}.", office=office),) if office else ()
        for window in _their_windows(office, known):
            yield Suggestion(window, known.windows[window], person.label, concern.code, (named, *where))


def _their_windows(office: str | None, known: Known) -> tuple[str, ...]:
    """The one that bears the office's name, otherwise all of them."""
    there = tuple(code for code in CASE_WORKERS if code in known.windows)
    wanted = fold(office or "")
    return tuple(code for code in there if wanted and fold(known.windows[code]).startswith(wanted)) or there


def _concerns(case: Case, day: date) -> list[Concern]:
    """The open concerns of the household and its open people, the most pressing first."""
    here = {None, *(p.label for p in case.people_on(day))}
    return sorted((c for c in case.concerns_on(day) if c.label in here), key=lambda c: not c.most_pressing)


def _for_concern(case: Case, concern: Concern, day: date, known: Known) -> Iterator[Suggestion]:
    ages = _ages(case, concern, day)
    fitting = _fitting(concern, known, ages)
    for row in fitting or (RoutingRow(concern.code, FALLBACK),):
        if row.window not in known.windows:  # another municipality's list of windows under our table
            continue
        none = (say("No window of the table fits; the community social worker takes in every concern."),)
        reasons = tuple(_reasons(case, concern, row, ages)) if fitting else none
        yield Suggestion(row.window, known.windows[row.window], concern.label, concern.code, reasons)


def _ages(case: Case, concern: Concern, day: date) -> tuple[int | None, ...]:
    """The ages a concern is looked up with: its person's, or every open person's for the household's own."""
    mine = [p for p in case.people_on(day) if concern.label in (None, p.label)]
    return tuple(_age(p, day) for p in mine) or (None,)


def _age(person: Person, day: date) -> int | None:
    return None if person.birth_date is None else calendar.age_on(person.birth_date, day)


def _fitting(concern: Concern, known: Known, ages: tuple[int | None, ...]) -> tuple[RoutingRow, ...]:
    return tuple(r for r in known.rows if r.concern == concern.code and any(r.fits(age) for age in ages))


def _reasons(case: Case, concern: Concern, row: RoutingRow, ages: tuple[int | None, ...]) -> Iterator[Say]:
    if concern.label is None:
        yield say("A concern of the whole household.")
    elif ages[0] is None:
        yield say("The age of {label} is not known; the window can tell whether it fits.", label=concern.label)
    else:
        yield say("{label} is {age} years old.", label=concern.label, age=ages[0])
    if row.note:
        yield say("Our routing table: {note}.", note=row.note)
    if row.window == case.window:
        yield say("This window received the concern itself.")


def why_complex(case: Case, day: date, known: Known) -> tuple[Say, ...]:
    """Why the case may be complex on that day (rule 17); () where nothing speaks for it. Never a gate."""
    concerns = _concerns(case, day)
    people = tuple(p.label for p in case.people_on(day) if any(c.label == p.label for c in concerns))
    fields = _in_order({known.fields.get(c.code, t.Field.OTHER) for c in concerns})
    # A report by law is shown to its own people only, so its answer is no reason given here; nor is anybody withheld.
    withheld = {p.label for p in case.people if p.withheld}
    declined = [
        r
        for r in case.referrals
        if r.label not in withheld
        and r.on <= day
        and r.ground is not t.Ground.STATUTORY_REPORT
        and r.status_on(day) is t.ReferralStatus.DECLINED
    ]
    refused = [r for r in declined if (answer := last_on(r.answers, day)) and _out_of_scope(answer.reason or "")]

    found: list[Say] = []
    if any(c.code == VIOLENCE for c in concerns):
        found.append(say("Violence is noted."))
    if len(fields) >= 2:
        found.append(say("The concerns reach over {n} fields: {fields}.", n=len(fields), fields=fields))
    if len(people) >= 2:
        found.append(say("{n} people of the household have concerns: {people}.", n=len(people), people=people))
    if any(not _fitting(c, known, _ages(case, c, day)) for c in concerns):
        found.append(say("For at least one concern no window of the table fits."))
    for referral in refused:
        found.append(say("{window} says that this is outside its duties.", window=referral.to_name))
    if len(declined) >= 2:
        numbers = tuple(r.number for r in declined)
        found.append(say("{n} referrals were declined: {numbers}.", n=len(declined), numbers=numbers))
    return tuple(found)


def _in_order(fields: Set[t.Field]) -> tuple[t.Field, ...]:
    return tuple(f for f in t.Field if f in fields)


def _out_of_scope(reason: str) -> bool:
    return any(words in reason.casefold() for words in OUT_OF_SCOPE)
