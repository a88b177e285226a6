"""What is held against the rules when books are taken over (domain/moved.py)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.domain.world import CLINIC, CSW, DAY, HIKIKOMORI, OPENED, case, permitted, person, row, sitting
from toshima_cli.domain import moved
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Person
from toshima_cli.domain.consent import may_share
from toshima_cli.domain.deciders import Decider, Deciders
from toshima_cli.domain.terms import OPEN, Act, Ground, ItemKind, Stage

CONSENTED = case(person("A", row()), person("C", row(t.Decision.REFUSED)))


class TestSteps:
    def test_lead_where_the_table_has_them_lead(self) -> None:
        assert moved.leads_to(Act.ESCALATE) == {Stage.COMPLEX}
        assert moved.leads_to(Act.CONCLUDE) == {Stage.CLOSED}
        assert moved.leads_to(Act.RESUME) == set(OPEN)
        assert moved.leads_to(Act.CONNECT) == {Stage.RECEIVED}
        assert moved.leads_to(Act.CONTACT) == set(OPEN)
        assert Stage.SUPPORTING in moved.leads_to(Act.APPROACH)
        assert Stage.RECEIVED in moved.leads_to(Act.RETURN)
        assert Stage.RECEIVED not in moved.leads_to(Act.START)

    @pytest.mark.parametrize("act", list(Act))
    def test_each_leads_somewhere(self, act: Act) -> None:
        assert moved.leads_to(act)


@pytest.mark.parametrize(
    ("on", "ends"), [(date(2026, 4, 1), date(2027, 3, 31)), (date(2026, 3, 31), date(2026, 3, 31))]
)
def test_secrecy_lasts_its_fiscal_year(on: date, ends: date) -> None:
    assert moved.secrecy_ends(on) == ends


class TestShown:
    def test_with_consent_only(self) -> None:
        assert moved.not_shared(CONSENTED, ItemKind.MULTILAYER_CONFERENCE, "A", DAY) is None
        assert moved.not_shared(CONSENTED, ItemKind.MULTILAYER_CONFERENCE, "C", DAY) is not None
        assert moved.not_shared(None, ItemKind.MULTILAYER_CONFERENCE, "A", DAY) is not None

    def test_a_support_conference_needs_none(self) -> None:
        assert moved.not_shared(CONSENTED, ItemKind.SUPPORT_CONFERENCE, "C", DAY) is None


def test_a_plan_is_for_those_who_consent() -> None:
    assert moved.not_planned(CONSENTED, ["A"], DAY) is None
    assert moved.not_planned(CONSENTED, ["A", "C"], DAY) is not None
    assert moved.not_planned(CONSENTED, [], DAY) is not None
    assert moved.not_planned(None, ["A"], DAY) is not None


def sent(ground: Ground, label: str | None = "A", to: str = "hikikomori", **more: Any) -> dict[str, Any]:
    return {"ground": ground, "label": label, "report_kind": None, "to": to, "on": DAY, **more}


def given(found: Case, ground: Ground, **more: Any) -> dict[str, Any]:
    """The permit as `route` stores it."""
    permit = may_share(found, ("A",), HIKIKOMORI, ground, DAY, sender=CSW, **more)
    return dict(permitted(permit).to_json())


class TestPermits:
    def test_by_consent(self) -> None:
        permit = given(CONSENTED, Ground.CONSENT)
        number = CONSENTED.number
        assert moved.permit_fault(permit, number, CONSENTED, sent(Ground.CONSENT)) is None
        refused = case(person("A", row(t.Decision.REFUSED)))
        excepted = case(person("A", row(excluding=frozenset({"hikikomori"}))))
        for other in (refused, excepted, case(person("B", row())), None):
            assert moved.permit_fault(permit, number, other, sent(Ground.CONSENT)) is not None
        nobody = {**permit, "labels": []}
        assert moved.permit_fault(nobody, number, CONSENTED, sent(Ground.CONSENT, None)) is not None

    @pytest.mark.parametrize(
        ("ground", "more"),
        [
            (Ground.NONE_SHARED, {}),
            (Ground.EMERGENCY, {"reason": "倒れていた"}),
            (Ground.STATUTORY_REPORT, {"report_kind": t.ReportKind.ELDER}),
        ],
    )
    def test_by_the_word_of_who_passed_it_on(self, ground: Ground, more: dict[str, Any]) -> None:
        permit = given(CONSENTED, ground, **more)
        kind = "elder" if ground is Ground.STATUTORY_REPORT else None
        assert moved.permit_fault(permit, CONSENTED.number, None, sent(ground, report_kind=kind)) is None

    def test_by_a_support_conference_that_dealt_with_the_case(self) -> None:
        fact = {"fact": "sitting", "meeting": "M2026-0001", "item": 1, "held_on": "2026-10-15"}
        met = case(person("A"), sittings=(sitting(),))
        meant = met.sittings[0]
        fact |= {"meeting": meant.meeting, "item": meant.item}
        permit = {
            "case": met.number, "labels": ["A"], "to": "hikikomori", "on": DAY.isoformat(), "report_kind": None,
            "office": None, "ground": dict(moved._grounds(Ground.SUPPORT_CONFERENCE, DAY)[0] or {}), "facts": [fact],
        }  # fmt: skip
        assert moved.permit_fault(permit, met.number, met, sent(Ground.SUPPORT_CONFERENCE)) is None
        for facts, there in (([], met), ([{**fact, "item": 99}], met), ([fact], case(person("A"))), ([fact], None)):
            wrong = moved.permit_fault({**permit, "facts": facts}, met.number, there, sent(Ground.SUPPORT_CONFERENCE))
            assert wrong is not None

    def test_before_the_law_there_was_no_support_conference(self) -> None:
        assert moved._grounds(Ground.SUPPORT_CONFERENCE, date(2021, 3, 31)) == []

    @pytest.mark.parametrize(
        "change",
        [
            {"case": "2026-0099"},
            {"labels": ["B"]},
            {"to": "csw"},
            {"on": OPENED.isoformat()},
            {"report_kind": "elder"},
            {"ground": None},
            {"ground": {"kind": "consent"}},
            {"labels": "A"},
            {"facts": {}},
            {"facts": ["x"]},
            {"more": 1},
        ],
    )
    def test_of_something_else_is_a_fault(self, change: dict[str, Any]) -> None:
        permit = given(CONSENTED, Ground.CONSENT) | change
        assert moved.permit_fault(permit, CONSENTED.number, CONSENTED, sent(Ground.CONSENT)) is not None

    @pytest.mark.parametrize("permit", [None, [], "x", {}, {"case": 1}])
    def test_that_is_none_is_a_fault(self, permit: Any) -> None:
        assert moved.permit_fault(permit, CONSENTED.number, CONSENTED, sent(Ground.CONSENT)) is not None

    def test_a_body_outside_goes_by_its_name(self) -> None:
        permit = permitted(may_share(CONSENTED, ("A",), CLINIC, Ground.CONSENT, DAY, sender=CSW)).to_json()
        referral = sent(Ground.CONSENT, to="みどり医院")
        assert moved.permit_fault(dict(permit), CONSENTED.number, CONSENTED, referral) is None


class TestConsentsThatCouldNotHaveBeenTyped:
    DECIDERS = Deciders((Decider(None, None, t.DecidedBy.SELF, False), Decider(None, 17, t.DecidedBy.PARENT, True)))

    def unfit(self, *people: Person) -> list[str]:
        return [where for where, _ in moved.unfit(case(*people), self.DECIDERS)]

    def test_a_family_for_an_adult_and_a_child_alone(self) -> None:
        number = case().number
        assert self.unfit(person("A", row(by=t.DecidedBy.PARENT))) == [f"{number}/A"]
        assert self.unfit(person("B", row(), born=date(2020, 1, 1))) == [f"{number}/B"]

    def test_what_fits_what_is_no_yes_and_what_was_corrected_since(self) -> None:
        child = person("B", row(by=t.DecidedBy.PARENT), born=date(2020, 1, 1))
        corrected = replace(person("A", row(by=t.DecidedBy.PARENT)), corrected_on=DAY)
        withheld = replace(person("D", row(by=t.DecidedBy.PARENT)), withheld=True)
        assert self.unfit(person("C", row(), born=None), child, corrected, withheld) == []
        assert self.unfit(person("A", row(t.Decision.REFUSED, by=t.DecidedBy.PARENT))) == []
