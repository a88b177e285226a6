"""Consents that ran out, acting by themselves: what rested on them ends on the day after (rules 2 and 6)."""

from toshima_cli.db import Store, Work
from toshima_cli.domain.verdict import Done, Refusal, Warned, say
from toshima_cli.flow.done import case_of, done


def end(store: Store, number: str, holder: str | None) -> tuple[Warned, ...]:
    """End the versions nobody consents to any more, write anew what the case waits for, and say what ended. `holder`:
    somebody of a restricted case, through whose eyes it is read."""

    def do(w: Work) -> Done | Refusal:
        w.conn.viewer = holder or w.actor
        case = case_of(w, number)
        w.begin("expiry", w.today, case.id)
        return done(w, case, say("A consent ran out in case {case}.", case=number), number, w.today)

    answer = store.work("expiry", do)
    found = answer.warnings if isinstance(answer, Done) else ()
    return tuple(warned for warned in found if warned.rule.startswith("consent."))
