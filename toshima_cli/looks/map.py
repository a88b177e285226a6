"""The household and who supports it, as of a day. Who told of it is no part of it, nor an alert that names them
(rule 10); who supports the household stands there, though they told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from toshima_cli import facts
from toshima_cli.domain import shown as texts
from toshima_cli.domain.calendar import age_on
from toshima_cli.domain.case import Case, Note, Person, last_on
from toshima_cli.domain.gaps import Gap
from toshima_cli.domain.initials import initials
from toshima_cli.domain.names import address_key
from toshima_cli.domain.planned import standing_actions
from toshima_cli.domain.terms import GapStatus as Status
from toshima_cli.domain.terms import Ground, ReferralStatus, Stage
from toshima_cli.journal import Subject
from toshima_cli.looks import elsewhere, gaps

Json = dict[str, Any]

DECEASED = "deceased"
_RUNNING = (ReferralStatus.SENT, ReferralStatus.WAITING, ReferralStatus.ACCEPTED, ReferralStatus.COMPLETED)


@dataclass(frozen=True, slots=True)
class Map:
    case: Case
    day: date
    mask: bool
    actor: str
    reporters: texts.Names = ()
    """What is not said of who told of the case, by name and surname."""
    gaps_unsaid: Mapping[str, texts.Names] = field(default_factory=dict)
    """Gap → the people of the other cases that show it."""

    def subjects(self) -> list[Subject]:
        return [("case", self.case.number), *(("person", str(p.person_id)) for p in self.case.people if not p.withheld)]

    @property
    def stage(self) -> Stage:
        return self.case.stage_on(self.day) or self.case.steps[0].stage

    def json(self) -> Json:
        """`people` {label, name, age, sex, relation, since, left_on, left_reason, withheld, contact_rule, visit_alert,
        last_contact_on, at_home}, `at_home` whether they live with the household; `supports` {who, kind, person, since,
        status, last_contact_on, what, done_on}, `person` null for the household; `gaps` {gap, kind, text, status, on}
        not answered yet."""
        return {
            "case": self.case.number,
            "people": [self._person(p) for p in self.case.people if p.joined_on <= self.day],
            "supports": [*self._household(), *self._referrals(), *self._agreed()],
            "gaps": [
                {
                    "gap": g.number,
                    "kind": g.kind,
                    "text": texts.shown(g.text, self.case.people, self._unsaid_in(g), mask=self.mask),
                    "status": g.status_on(self.day),
                    "on": g.on,
                }
                for g in self.case.gaps
                if g.status_on(self.day) not in (None, Status.ANSWERED)
            ],
        }

    def text(self, typed: str | None) -> Any:
        return texts.shown(typed, self.case.people, self.case.unsaid, mask=self.mask)

    def _unsaid_in(self, gap: Gap) -> texts.Names:
        return (*self.case.unsaid, *self.reporters, *self.gaps_unsaid.get(gap.number, ()))

    def _untold(self, typed: str | None) -> Any:
        """That there is a word to heed stays, where its words name who told; they stand in the case."""
        return texts.shown(typed, self.case.people, (*self.case.unsaid, *self.reporters), mask=self.mask)

    def _person(self, person: Person) -> Json:
        """Of somebody withheld the label, and that is all."""
        if person.withheld:
            blank = dict.fromkeys(("name", "age", "sex", "relation", "since", "left_on", "left_reason"))
            return {"label": person.label, **blank, "withheld": True, **_NO_WORD, "at_home": None}
        left = person.left_on if person.left_on and person.left_on <= self.day else None
        until = left if left and person.left_reason == DECEASED else self.day
        return {
            "label": person.label,
            "name": initials(person.name, person.kana) if self.mask else person.name,
            "age": age_on(person.birth_date, until) if person.birth_date else None,
            "sex": person.sex,
            "relation": person.relation,
            "since": person.joined_on,
            "left_on": left,
            "left_reason": person.left_reason if left else None,
            "withheld": False,
            "contact_rule": self._untold(person.contact_rule),
            "visit_alert": self._untold(person.visit_alert),
            "last_contact_on": self._contact(person.label),
            "at_home": left is None and not self._elsewhere(person),
        }

    def _elsewhere(self, person: Person) -> bool:
        """Whether an address of their own is on record that is not the household's. What cannot be compared, an address
        of the household or a number in one of them lacking, parts nobody. [ours]"""
        own, home = address_key(person.address or ""), address_key(self.case.address or "")
        return bool(own and home and own != home)

    @property
    def _withheld(self) -> frozenset[str | None]:
        return frozenset(p.label for p in self.case.people if p.withheld)

    def _notes(self) -> list[Note]:
        return [note for note in self.case.notes if note.label not in self._withheld]

    def _contact(self, label: str | None = None, programme: str | None = None) -> date | None:
        """The last contact noted with that person, under that programme, or with anybody of the household."""
        found = last_on(
            (n for n in self._notes() if label in (None, n.label) and programme in (None, n.programme)), self.day
        )
        return found.on if found else None

    def _household(self) -> Iterator[Json]:
        """Who looks after the household as a whole: coordinator, the window that received it, outreach, a watcher."""
        case, day = self.case, self.day
        assigned = last_on(case.assignments, day)
        if assigned:
            yield self._row(assigned.coordinator, "coordinator", None, assigned.on, "assigned", self._contact())
        yield self._row(case.window, "window", None, case.opened_on, "received", None)
        sought = last_on(case.outreach, day)
        if sought and sought.programme:
            contact = self._contact(programme=sought.programme)
            yield self._row(sought.programme, "programme", None, sought.on, "outreach", contact)
        watch = last_on(case.watches, day)
        if watch and self.stage is Stage.WATCHING:
            yield self._row(self.text(watch.watcher), "watcher", None, watch.on, "watching", self._contact())

    def _referrals(self) -> Iterator[Json]:
        """Where somebody was passed on to and not turned away. A report by law is its own people's to see (rule 7), and
        an address given away supports nobody before it is taken up."""
        coordinator = self.case.coordinator_on(self.day)
        for r in self.case.referrals:
            status = r.status_on(self.day)
            taken_up = status in (ReferralStatus.ACCEPTED, ReferralStatus.COMPLETED)
            if r.on > self.day or status not in _RUNNING or r.label in self._withheld:
                continue
            if not r.open_to(self.actor, coordinator) or (r.ground is Ground.NONE_SHARED and not taken_up):
                continue
            answer = last_on(r.answers, self.day)
            contact = self._contact(programme=r.to_code) if r.to_code else None
            who = self.text(r.to_name)
            row = self._row(who, r.to_kind, r.label, answer.on if answer else r.on, status, contact)
            done_on = answer.on if answer and status is ReferralStatus.COMPLETED else None
            yield {**row, "done_on": done_on}

    def _agreed(self) -> Iterator[Json]:
        """What the plan in force and the sittings agreed: who does what."""
        for a in (*standing_actions(self.case, self.day), *self.case.other_actions):
            if a.on > self.day or a.label in self._withheld:
                continue
            done = a.done_on is not None and a.done_on <= self.day
            row = self._row(self.text(a.who), a.kind, a.label, a.on, "completed" if done else "agreed", None)
            yield {**row, "what": self._untold(a.what), "done_on": a.done_on if done else None}

    @staticmethod
    def _row(who: Any, kind: str, person: str | None, since: date, status: str, contact: date | None) -> Json:
        return {
            "who": who,
            "kind": kind,
            "person": person,
            "since": since,
            "status": status,
            "last_contact_on": contact,
            "what": None,
            "done_on": None,
        }


_NO_WORD: Json = {"contact_rule": None, "visit_alert": None, "last_contact_on": None}


def drawn(conn: Any, number: str, today: date, *, actor: str, mask: bool, paper: bool) -> Map:
    """The case as known today; one opened later (training under another date) as of its first day. On `paper`, which is
    passed on, nobody stands who left to a case under restriction, whoever draws it (rule 11)."""
    case = facts.must(conn, number)
    if paper:
        case = _without_hidden(case)
    tellers = elsewhere.told_by(conn, elsewhere.reached(conn, case.id, case.merged), case.people)
    reporters = elsewhere.as_said(tellers)
    gaps_unsaid = {gap.number: gaps.named(conn, gap, but=case.id) for gap in case.gaps}
    return Map(case, max(today, case.opened_on), mask, actor, reporters, gaps_unsaid)


def _without_hidden(case: Case) -> Case:
    """With a label alone for who left in hiding, and no text that names them."""
    hidden = [p for p in case.people if p.hidden]
    named = tuple(name for p in hidden for name in ((p.name, p.kana), *p.other_names))
    people = tuple(replace(p, withheld=True) if p.hidden else p for p in case.people)
    return replace(case, people=people, unsaid=(*case.unsaid, *named))
