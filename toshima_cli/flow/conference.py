"""Which conference of another law dealt with a case, when, and why that was not enough."""

from dataclasses import dataclass
from datetime import date

from toshima_cli.change_tables import OtherConferenceRow
from toshima_cli.db import Store, Work
from toshima_cli.domain import stages
from toshima_cli.domain.terms import Act
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.flow.done import case_of, done


@dataclass(frozen=True, slots=True)
class Held:
    """`conference`: a code of data/conferences.csv."""

    conference: str
    held_on: date
    not_enough: str
    on: date


def record(store: Store, number: str, held: Held) -> Done | Refusal:
    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        w.begin("conference", held.on, case.id)
        refused = stages.may(case, Act.NOTE, held.on)
        if isinstance(refused, Refusal):
            return refused
        w.add(
            OtherConferenceRow(
                seq=w.seq,
                on_date=held.on,
                case_id=case.id,
                conference_code=held.conference,
                held_on=held.held_on,
                not_enough=held.not_enough,
            )
        )
        return done(
            w,
            case,
            say("Case {case}: the conference of {held_on} is recorded.", case=case.number, held_on=held.held_on),
            case.number,
            held.on,
            data={"conference": held.conference, "held_on": held.held_on},
        )

    return store.work("conference", do)
