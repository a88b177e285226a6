"""⓪ Outreach: somebody not yet connected, sought out before any consultation."""

from toshima_cli.change_tables import OutreachRow
from toshima_cli.db import Store, Work
from toshima_cli.domain.terms import Act, Origin, Stage
from toshima_cli.domain.verdict import Done, Refusal, say
from toshima_cli.flow import household
from toshima_cli.flow.done import write_step
from toshima_cli.forms import OutreachForm


def begin(store: Store, form: OutreachForm, *, mask: bool = False) -> Done | Refusal:
    """1 who may be on record already · 2 number, household, who told us · 3 why not connected, who seeks them · 4 where
    it may lead."""

    def do(w: Work) -> Done | Refusal:
        on = form.on
        duplicates = household.alike(w, form.people, form.household)
        number, case_id = household.opened(
            w,
            on,
            origin=Origin.OUTREACH,
            stage=Stage.OUTREACH,
            window=form.window,
            channel=form.channel,
            household=form.household,
            note=form.note,
        )
        w.begin("outreach new", on, case_id)
        write_step(w, case_id, Act.CONTACT, on, Stage.OUTREACH)
        w.add(OutreachRow(seq=w.seq, on_date=on, case_id=case_id, why=form.why, programme_code=form.programme))
        household.told_by(w, case_id, form.reporter)
        members = {person.label: household.member(w, case_id, person) for person in form.people}
        household.concerns(w, case_id, form.concerns, members)
        sentence = say("Sought out: case {case} ({people} people).", case=number, people=len(form.people))
        return household.answer(w, number, on, sentence, duplicates, [], mask=mask)

    return store.work("outreach new", do)
