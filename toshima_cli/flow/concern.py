"""Concerns found later, and concerns that are none any more. Nothing noted is taken away; an end stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from toshima_cli.change_tables import ConcernEndRow
from toshima_cli.db import Store, Work
from toshima_cli.domain import people as rules
from toshima_cli.domain import stages
from toshima_cli.domain.case import Case, Concern, Person
from toshima_cli.domain.terms import Act
from toshima_cli.domain.verdict import Done, Refusal, Say, Warned, all_of, say
from toshima_cli.flow.done import case_of, done, person_of
from toshima_cli.tables import ConcernRow


@dataclass(frozen=True, slots=True)
class Named:
    """One concern as typed: of a person, or of the household (`label` None)."""

    label: str | None
    code: str
    most_pressing: bool = False

    def json(self) -> dict[str, object]:
        return {"person": self.label, "concern": self.code, "most_pressing": self.most_pressing}


def add(
    store: Store, number: str, concerns: tuple[Named, ...], on: date, note: str | None, names: Mapping[str, str]
) -> Done | Refusal:
    """`names`: what the concerns are called on the screen.

    1 the stage, who is there, what stands already · 2 the concerns · 3 whose most pressing one is another now.
    """

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        people = _people(w, case, concerns)
        w.begin("concern", on, case.id)
        refused = _may(case, people, on) or all_of(
            rules.concern_stands(case, c.label, c.code, on, names) for c in concerns if not c.most_pressing
        )
        if refused:
            return refused
        before = {c.label: c for c in case.concerns_on(on) if c.most_pressing}
        for c in concerns:
            for same in _standing(case, c, on):  # it stood already and is the most pressing from here on
                w.add(ConcernEndRow(seq=w.seq, on_date=on, concern_id=same.id))
            w.add(
                ConcernRow(
                    seq=w.seq,
                    on_date=on,
                    case_id=case.id,
                    member_id=people[c.label].id if c.label else None,
                    code=c.code,
                    most_pressing=c.most_pressing,
                    note=note,
                )
            )
        return done(
            w,
            case,
            say("Noted in case {case}: {concerns}.", case=case.number, concerns=_words(concerns, names)),
            case.number,
            on,
            data={"concerns": [c.json() for c in concerns]},
            warnings=[
                Warned(
                    "concern.most_pressing",
                    say(
                        "The most pressing is now {new}; {old} stands on, without the mark.",
                        new=rules.concern_word(c.label, c.code, names),
                        old=rules.concern_word(c.label, before[c.label].code, names),
                    ),
                )
                for c in concerns
                if c.most_pressing and c.label in before and before[c.label].code != c.code
            ],
        )

    return store.work("concern", do)


def end(
    store: Store, number: str, concerns: tuple[Named, ...], on: date, reason: str | None, names: Mapping[str, str]
) -> Done | Refusal:
    """1 the stage, and that each stands on that day · 2 its end."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        _people(w, case, concerns)
        w.begin("concern", on, case.id)
        refused = _may(case, {}, on) or all_of(rules.concern_gone(case, c.label, c.code, on, names) for c in concerns)
        if refused:
            return refused
        ended = [same for c in concerns for same in _standing(case, c, on)]
        w.add(*(ConcernEndRow(seq=w.seq, on_date=on, concern_id=c.id, reason=reason) for c in ended))
        return done(
            w,
            case,
            say("No concern of case {case} any more: {concerns}.", case=case.number, concerns=_words(concerns, names)),
            case.number,
            on,
            data={"concerns": [c.json() for c in concerns], "reason": reason},
        )

    return store.work("concern", do)


def _people(w: Work, case: Case, concerns: tuple[Named, ...]) -> dict[str, Person]:
    return {c.label: person_of(w, case, c.label) for c in concerns if c.label}


def _may(case: Case, people: dict[str, Person], on: date) -> Refusal | None:
    stage = stages.may(case, Act.CONCERN, on)
    if isinstance(stage, Refusal):
        return stage
    return all_of(rules.not_there(case, person, on) for person in people.values())


def _standing(case: Case, named: Named, on: date) -> list[Concern]:
    return [c for c in case.concerns_on(on) if (c.label, c.code) == (named.label, named.code)]


def _words(concerns: tuple[Named, ...], names: Mapping[str, str]) -> tuple[Say, ...]:
    return tuple(rules.concern_word(c.label, c.code, names) for c in concerns)
