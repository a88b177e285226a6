"""Going on with a case that was watched or interrupted, where it was."""

from datetime import date

from toshima_cli.db import Store, Work
from toshima_cli.domain.returning import came_from
from toshima_cli.domain.terms import Act
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.flow.done import case_of, done, step


def record(store: Store, number: str, on: date, reason: str | None) -> Done | Refusal:
    """Back to the stage the watch or the interruption began in; a plan in force stays in force. Where everybody's
    consent to it ended meanwhile, `done` leads the case to engaging and says so."""

    def do(w: Work) -> Done | Refusal:
        case = case_of(w, number)
        w.begin("resume", on, case.id)
        refused = step(w, case, Act.RESUME, on, reason)
        if refused:
            return refused
        stage = came_from(case, on)
        assert stage is not None
        return done(
            w,
            case,
            say("Case {case} goes on from {on}: {stage}.", case=case.number, on=on, stage=stage),
            case.number,
            on,
            data={"on": on},
        )

    return store.work("resume", do)
