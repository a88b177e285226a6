"""The standard forms: for whom one may be printed, and what of the case it says."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.household import OPENED, Life, day
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Action, Approach, Case, Confirmation, Consent, Ending, Note, Plan
from toshima_cli.domain.consent import Permit, may_sign
from toshima_cli.domain.form import (
    Form,
    Printed,
    ending,
    may_print,
    settled,
    texts,
    there,
    version,
)
from toshima_cli.domain.paper import Check, Section, Text
from toshima_cli.domain.verdict import Basis, Refusal

ON = day(11, 20)
OLD = date(2021, 3, 1)


def life() -> Life:
    """A and B consent on 2 November, C does not; a plan for A and B on the 16th."""
    found = Life(t.Stage.PLANNING).consent("AB", day(11, 2)).consent("C", day(10, 29), t.Decision.REFUSED)
    return found.plan("AB", day(11, 16), lead="csw", dues=[(day(12, 1), None)])


HOUSE = life().case


def ask(
    case: Case = HOUSE,
    form: Form = Form.INTAKE,
    on: date = ON,
    wanted: str = "",
    secret: bool | None = None,
    plan: Plan | None = None,
    printed_on: date | None = None,
) -> Printed | Refusal:
    return may_print(case, form, on, printed_on or on, wanted=tuple(wanted), secret=secret, plan=plan, elsewhere={})


def granted(answer: Printed | Refusal) -> Printed:
    assert isinstance(answer, Printed), answer
    return answer


def refused(answer: Printed | Refusal) -> Refusal:
    assert isinstance(answer, Refusal)
    return answer


class TestWhoStandsOnIt:
    def test_those_who_consent_the_others_as_labels(self) -> None:
        found = granted(ask())
        assert (found.labels, tuple(found.permits), found.masked) == (("A", "B"), ("A", "B"), ("C",))
        assert not found.secret
        assert found.kind is t.ItemKind.MULTILAYER_CONFERENCE

    def test_without_any_consent_everybody_under_the_law_of_the_day(self) -> None:
        found = granted(ask(on=day(10, 20)))
        assert (found.labels, found.masked, found.secret) == (("A", "B", "C"), (), True)
        assert {permit.article for permit in found.permits.values()} == {"106-6(1)"}
        assert granted(ask(secret=True)).labels == ("A", "B", "C")
        assert found.kind is t.ItemKind.SUPPORT_CONFERENCE

    def test_the_person_named_decides_for_a_form_of_one(self) -> None:
        assert granted(ask(form=Form.ASSESSMENT, wanted="A")).secret is False
        alone = granted(ask(form=Form.ASSESSMENT, wanted="C"))
        assert (alone.secret, alone.labels) == (True, ("C",))

    def test_one_of_those_named_does_not_consent(self) -> None:
        no = refused(ask(form=Form.ASSESSMENT, wanted="AC"))
        assert (no.rule, no.basis) == ("share.consent.refused", Basis.PLAN)
        lines = [step.command for step in no.next]
        assert lines[0] == "toshima report form assessment 2026-0042 --person A -o FILE.xlsx"
        assert lines[1] == "toshima report form assessment 2026-0042 --person C --without-consent -o FILE.xlsx"

    def test_with_consent_and_nobody_consents(self) -> None:
        no = refused(ask(on=day(10, 20), secret=False))
        assert no.rule == "share.consent.none"
        assert no.next[0].command == "toshima report form intake 2026-0042 --without-consent -o FILE.xlsx"
        assert any("consent 2026-0042 A" in step.command for step in no.next), "and asking them"

    def test_nobody_at_all(self) -> None:
        nobody = replace(HOUSE, people=())
        assert granted(ask(nobody)).labels == ()
        assert refused(ask(nobody, secret=False)).rule == "form.nobody"

    def test_a_stranger(self) -> None:
        assert refused(ask(wanted="Z")).rule == "form.not_in_case"

    def test_before_there_was_a_support_conference(self) -> None:
        old = Life(on=OLD).case
        no = refused(ask(old, on=OLD))
        assert (no.rule, no.basis) == ("form.no_conference", Basis.LAW)

    def test_who_is_under_restriction_is_on_no_form_of_the_household(self) -> None:
        people = tuple(replace(p, hidden=True, left_on=day(11, 25)) if p.label == "C" else p for p in HOUSE.people)
        house = replace(HOUSE, people=people)
        assert granted(ask(house, secret=True)).masked == ("C",)
        no = refused(ask(house, form=Form.ASSESSMENT, wanted="C", secret=True))
        assert no.rule == "share.not_in_case"

    def test_a_withdrawal_counts_for_what_is_printed_after_it(self) -> None:
        house = life().consent("A", day(12, 1), t.Decision.WITHDRAWN).case
        assert granted(ask(house)).labels == ("A", "B")
        assert granted(ask(house, printed_on=day(12, 2))).labels == ("B",)

    def test_who_left_last_where_nobody_is_left(self) -> None:
        house = life().leave("A", day(11, 3)).leave("B", day(11, 10)).leave("C", day(11, 10)).case
        assert [p.label for p in there(house, ON)] == ["B", "C"]
        assert [p.label for p in there(house, day(11, 5))] == ["B", "C"]
        assert there(replace(house, people=()), ON) == ()


class TestThePlan:
    PLAN = HOUSE.plans[0]

    def test_a_sheet_for_each_who_consents_to_it(self) -> None:
        found = granted(ask(form=Form.PLAN, plan=self.PLAN))
        assert (found.labels, found.masked, found.secret) == (("A", "B"), ("C",), False)
        only = granted(ask(form=Form.PLAN, plan=self.PLAN, wanted="B"))
        assert (only.labels, tuple(only.permits)) == (("B",), ("A", "B"))

    def test_nobody_else(self) -> None:
        no = refused(ask(form=Form.PLAN, plan=self.PLAN, wanted="C"))
        assert (no.rule, no.basis) == ("consent.plan.refused", Basis.PLAN)

    def test_one_who_withdrew_falls_away_and_the_last_one_refuses_it(self) -> None:
        one = life().consent("A", day(11, 18), t.Decision.WITHDRAWN)
        assert granted(ask(one.case, form=Form.PLAN, plan=self.PLAN)).labels == ("B",)
        none = one.consent("B", day(11, 19), t.Decision.WITHDRAWN).case
        assert refused(ask(none, form=Form.PLAN, plan=self.PLAN)).rule == "consent.plan.withdrawn"

    def test_one_who_consents_now_but_is_not_in_the_version(self) -> None:
        house = life().consent("C", day(11, 18)).case
        assert refused(ask(house, form=Form.PLAN, plan=self.PLAN, wanted="C")).rule == "form.plan.not_in_plan"

    def test_without_a_version(self) -> None:
        assert refused(ask(form=Form.PLAN)).rule == "form.plan.none"

    def test_the_permit_says_what_it_saw(self) -> None:
        permit = may_sign(HOUSE, "A", ON, ON)
        assert isinstance(permit, Permit)
        assert (permit.to, permit.basis, permit.ground) == ("A", Basis.PLAN, t.Ground.CONSENT)
        assert permit.to_json()["facts"][0]["scope"] == "plan"
        later = may_sign(life().consent("A", day(12, 1), t.Decision.WITHDRAWN).case, "A", ON, day(12, 2))
        assert isinstance(later, Refusal)

    def test_which_version(self) -> None:
        house = life().plan("A", day(11, 18)).case
        newest, first = version(house, ON, None), version(house, ON, 1)
        assert newest is not None
        assert first is not None
        assert (newest.version, first.version) == (2, 1)
        assert version(house, day(11, 17), 2) is None, "not drafted yet"
        assert version(house, ON, 3) is None


def whole() -> Case:
    """Everything a form can say."""
    found = life().coordinator(OPENED).concern("A", "job", note="夜は働けない").concern(None, "family")
    found = found.wish("A", day(11, 3)).wish("C", day(11, 4)).note(day(11, 5), next_on=day(11, 9)).refer(day(11, 6))
    case = found.action(day(11, 7), None).case
    a, b, c = case.people
    plan = case.plans[0]
    more = Action(ON, 90, "2026-0042/A9", "x", "p-x", "B", why_not_existing="ほかにない")
    shared = Action(ON, 91, "2026-0042/A10", "y", "csw", None, why_not_existing="二人とも")
    return replace(
        case,
        address="架空町1-2-3",
        phone="03-0000-0000",
        note="受付時の話",
        people=(replace(a, address="別の町", phone="1", assistance_office="福祉", visit_alert="二人で"), b, c),
        notes=(*case.notes, Note(day(11, 6), 80, "2026-0042/N80", "visit", "x", "B", next_what="また行く")),
        plans=(replace(plan, actions=(*plan.actions, more, shared), people=(Confirmation("A"), Confirmation("B"))),),
        approaches=(Approach(day(11, 1), 70, "M2026-0001", "一緒に訪問する", labels=("C",)),),
    )


WHOLE = whole()


def ids(form: Form, printed: Printed, case: Case = WHOLE, plan: Plan | None = None) -> set[str]:
    return {text.id.removeprefix("2026-0042/") for text in texts(case, form, printed, ON, plan)}


class TestWhatItSays:
    def test_the_intake(self) -> None:
        found = ids(Form.INTAKE, granted(ask(WHOLE)))
        assert {"channel", "note", "address", "phone", "A/address", "A/phone", "A/assistance_office"} <= found
        assert "A/visit_alert" in found
        assert not any(one.startswith(("N", "P1", "R")) for one in found)
        assert not {"address", "phone"} & ids(Form.INTAKE, granted(ask()), HOUSE), "nothing is known of where they live"

    def test_the_assessment_leaves_the_others_out(self) -> None:
        printed = granted(ask(WHOLE, form=Form.ASSESSMENT, wanted="A"))
        found = ids(Form.ASSESSMENT, printed)
        assert not any(one.startswith(("B/", "C/")) for one in found)
        assert "channel" not in found

    def test_the_assessment_of_a_plan_in_force_says_who_does_what(self) -> None:
        step = replace(WHOLE.plans[0].steps[0], on=day(11, 19), seq=99, status=t.PlanStatus.APPROVED)
        case = replace(WHOLE, plans=(replace(WHOLE.plans[0], steps=(*WHOLE.plans[0].steps, step)),))
        found = ids(Form.ASSESSMENT, granted(ask(case, form=Form.ASSESSMENT)), case)
        assert "A9" in found
        assert "P1/goal" not in found
        assert not any(one.endswith("/why") for one in found)

    def test_the_plan(self) -> None:
        plan = WHOLE.plans[0]
        found = ids(Form.PLAN, granted(ask(WHOLE, form=Form.PLAN, plan=plan)), plan=plan)
        assert {"P1/goal", "P1/lead", "A9", "A9/why", "A10/why"} <= found
        only = ids(Form.PLAN, granted(ask(WHOLE, form=Form.PLAN, plan=plan, wanted="A")), plan=plan)
        assert "A9" not in only
        assert {"A10", "P1/goal"} <= only

    def test_progress_has_every_entry_and_its_next_step(self) -> None:
        printed = granted(ask(WHOLE, form=Form.PROGRESS))
        found = [text for text in texts(WHOLE, Form.PROGRESS, printed, ON, None) if text.section is Section.PROGRESS]
        assert [text.lead[0] for text in found] == ["visit", "next", "visit", "next"]
        many = life()
        for nth in range(1, 20):
            many.note(day(11, nth), f"{nth}")
        printed = granted(ask(many.case, form=Form.PROGRESS))
        assert len(ids(Form.PROGRESS, printed, many.case)) == 19, "not only the newest"

    def test_the_evaluation_is_of_the_end(self) -> None:
        plan = WHOLE.plans[0]
        printed = granted(ask(WHOLE, form=Form.EVALUATION))
        assert not any(one.startswith("end") for one in ids(Form.EVALUATION, printed, plan=plan))
        closed = replace(
            WHOLE,
            steps=(*WHOLE.steps, replace(WHOLE.steps[0], on=ON, seq=95, stage=t.Stage.CLOSED)),
            endings=(Ending(ON, 95, t.Stage.CLOSED, t.EndReason.RESOLVED, lead="地域の会", evaluation="よくなった"),),
        )
        assert {"end", "end/lead", "end/evaluation", "P1/goal"} <= ids(Form.EVALUATION, printed, closed, plan)
        assert "P1/care" not in ids(Form.EVALUATION, printed, closed, plan)
        assert ending(closed, ON) is t.EndReason.RESOLVED
        assert ending(WHOLE, ON) is None
        stopped = replace(closed, endings=(Ending(ON, 95, t.Stage.INTERRUPTED, None, lead="csw"),))
        assert ending(stopped, ON) is t.Stage.INTERRUPTED
        lead = next(x for x in texts(stopped, Form.EVALUATION, printed, ON, None) if x.id.endswith("/end/lead"))
        assert (lead.text, lead.lead) == (None, ("lead", "csw"))

    @pytest.mark.parametrize("form", Form)
    def test_what_stands_first_is_on_every_form(self, form: Form) -> None:
        printed = granted(ask(WHOLE, form=form, plan=WHOLE.plans[0]))
        assert "A/visit_alert" in ids(form, printed, plan=WHOLE.plans[0])


class TestWhatIsAskedAbout:
    PRINTED = granted(ask())
    LOOSE = Text("x", Section.SITUATION, frozenset(), "…", check=Check.TIED_TO_NOBODY)

    def test_tied_to_nobody_is_asked_about_beside_somebody_masked(self) -> None:
        assert settled(self.LOOSE, self.PRINTED, HOUSE).check is Check.TIED_TO_NOBODY
        everybody = granted(ask(secret=True))
        assert settled(self.LOOSE, everybody, HOUSE).check is None
        naming = replace(self.LOOSE, check=Check.NAMES_MASKED)
        assert settled(naming, everybody, HOUSE).check is Check.NAMES_MASKED

    def test_through_whom_it_came_tells_who_told(self) -> None:
        channel = Text("c", Section.SITUATION, frozenset(), lead=("channel", "neighbour"))
        assert settled(channel, self.PRINTED, HOUSE).check is Check.TELLS_OF_REPORTER
        assert settled(channel, self.PRINTED, replace(HOUSE, channel="self")).check is None

    def test_a_concern_of_the_household_may_tell_on_who_is_not_shown(self) -> None:
        concern = Text("k", Section.CONCERN, frozenset(), lead=("violence", False))
        assert settled(concern, self.PRINTED, HOUSE).check is Check.TIED_TO_NOBODY
        assert settled(concern, granted(ask(secret=True)), HOUSE).check is None


def test_a_parents_consent_set_aside_shows_nobody() -> None:
    """What rests on a parent's word alone falls with the suspicion; the child goes to the support conference."""
    child = Life(births={"B": day(6, 1, 2015)}).case
    given = Consent(day(11, 2), 5, t.Decision.GIVEN, frozenset(t.Scope), "oral", t.DecidedBy.PARENT)
    people = tuple(
        replace(p, consents=(given,), suspected_on=day(11, 10)) if p.label == "B" else p for p in child.people
    )
    house = replace(child, people=people)
    assert granted(ask(house, on=day(11, 5))).labels == ("B",)
    assert granted(ask(house)).secret
