"""An approach begun before its support conference: how to come into contact with people before consent (事後承認)."""

from dataclasses import dataclass
from datetime import date

from toshima_cli.change_tables import ApproachMemberRow
from toshima_cli.db import Store, Work
from toshima_cli.domain import approach as rules
from toshima_cli.domain.terms import Act
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.exits import BadInput, Fault
from toshima_cli.flow.done import case_of, done, people_of, step
from toshima_cli.tables import ApproachRow


@dataclass(frozen=True, slots=True)
class Begun:
    """Who does what, why it could not wait for the conference, and for whom (nobody named: the whole household)."""

    on: date
    text: str
    reason: str
    labels: tuple[str, ...] = ()


def record(store: Store, number: str, begun: Begun) -> Done | Refusal:
    """1 the people are of the household · 2 the stage table · 3 the approach, which a support conference is still to
    decide.

    Raises BadInput (exit 2) for somebody who is not of the household on that day.
    """

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        people = people_of(w, case, begun.labels)
        faults = tuple(rules.faults(case, begun.labels, begun.on))
        if faults:
            raise BadInput(
                Fault("--person", say("{label} is not of the household on {day}.", label=label, day=day))
                for label, day in faults
            )
        w.begin("approach", begun.on, case.id)
        refused = step(w, case, Act.APPROACH, begun.on, begun.reason)
        if refused:
            return refused
        row = ApproachRow(seq=w.seq, on_date=begun.on, case_id=case.id, text=begun.text, afterwards=begun.reason)
        approach_id = w.put(row)
        w.add(*(ApproachMemberRow(approach_id=approach_id, member_id=person.id) for person in people))
        return done(
            w,
            case,
            say("The approach to {case} began on {on}, before its support conference.", case=case.number, on=begun.on),
            case.number,
            begun.on,
            data={"on": begun.on, "people": list(begun.labels)},
            warnings=rules.warnings(case_of(w, number), max(begun.on, w.today)),
        )

    return store.work("approach", do)
