"""The gate is sacred: nothing is passed on without a ground, and a report by law is never refused."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from shlex import quote

import pytest

from tests.domain.world import (
    CLINIC,
    CSW,
    DAY,
    HIKIKOMORI,
    HOUSE,
    JOSEI,
    KOSODATE,
    OPENED,
    PLAN,
    ask,
    case,
    lines,
    permitted,
    person,
    refused,
    row,
    sitting,
)
from toshima_cli.domain import law
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case, Consent, Sitting
from toshima_cli.domain.consent import Permit, held
from toshima_cli.domain.referral import Recipient, Sender
from toshima_cli.domain.verdict import Basis, Refusal

G = t.Ground
REFUSED, WITHDRAWN = t.Decision.REFUSED, t.Decision.WITHDRAWN
SUPPORT, MULTILAYER = t.ItemKind.SUPPORT_CONFERENCE, t.ItemKind.MULTILAYER_CONFERENCE
BEFORE_LAW = date(2021, 3, 31)


# By consent


def test_with_everybodys_consent_it_passes_and_the_permit_keeps_what_it_saw() -> None:
    permit = permitted(ask(HOUSE, ("A", "B", "A"), G.CONSENT, sender=KOSODATE))
    assert (permit.case, permit.labels, permit.to, permit.on) == ("2026-0042", ("A", "B"), "hikikomori", DAY)
    cite = law.privacy_article(t.Operation.DIRECT)
    assert (permit.basis, permit.article, permit.text) == (Basis.LAW, cite.code, cite.ja)
    assert permit.facts == tuple(held(p, t.Scope.SHARING, DAY).why for p in HOUSE.people[:2])
    kept = json.loads(json.dumps(permit.to_json()))
    assert kept == {
        "case": "2026-0042",
        "labels": ["A", "B"],
        "to": "hikikomori",
        "on": "2026-11-24",
        "report_kind": None,
        "office": None,
        "ground": {
            "kind": "consent",
            "basis": "law",
            "article": cite.code,
            "secrecy": None,
            "penalty": None,
            "penalty_text": None,
            "text": cite.ja,
        },
        "facts": [
            {
                "fact": "consent",
                "person": label,
                "scope": "sharing",
                "decision": "given",
                "holds": True,
                "on": "2026-10-05",
                "method": "signature",
                "decided_by": "self",
                "expires_on": None,
                "excluding": [],
            }
            for label in ("A", "B")
        ],
    }


def test_the_privacy_article_follows_how_the_sender_is_run() -> None:
    by_ward = permitted(ask(HOUSE, ("A",), G.CONSENT, sender=KOSODATE))
    by_contract = permitted(ask(HOUSE, ("A",), G.CONSENT, sender=CSW))
    assert by_ward.article != by_contract.article


@pytest.mark.parametrize(
    ("consents", "slug"),
    [
        ((row(REFUSED),), "refused"),
        ((row(), row(WITHDRAWN, DAY, seq=2)), "withdrawn"),
        ((), "none"),
        ((row(t.Decision.NOT_POSSIBLE),), "not_possible"),
        ((row(until=DAY - timedelta(days=1)),), "expired"),
        ((row(scopes=PLAN),), "none"),
        ((row(excluding=frozenset({"hikikomori"})),), "excluded"),
    ],
)
def test_one_persons_no_holds_back_the_whole(consents: tuple[Consent, ...], slug: str) -> None:
    answer = refused(ask(case(person("A", row()), person("C", *consents)), ("A", "C"), G.CONSENT))
    assert answer.rule == f"share.consent.{slug}"
    assert (answer.basis, answer.article) == (Basis.LAW, law.privacy_article(CSW.operation).code)
    assert len(answer.facts) == len(answer.missing) == 1
    expected = [
        "toshima route 2026-0042 --to hikikomori --person A --ground consent",
        "toshima route 2026-0042 --to hikikomori --person C --ground none_shared",
        "toshima convene stakeholder --case 2026-0042 --on 2026-11-24",
    ]
    if slug in ("none", "expired"):
        expected.append("toshima consent 2026-0042 C --given --scope sharing --method METHOD")
    assert lines(answer) == expected


def test_every_no_is_named_at_once_and_the_first_leads() -> None:
    answer = refused(ask(case(person("A"), person("B", row(REFUSED))), ("A", "B"), G.CONSENT, to=CLINIC))
    assert answer.rule == "share.consent.none"
    assert len(answer.facts) == 2
    assert (
        lines(answer)[0]
        == "toshima route 2026-0042 --to 'outside:みどり医院' --person A --person B --ground none_shared"
    )


def test_an_exception_holds_for_every_code_of_the_place() -> None:
    of = case(person("A", row(excluding=frozenset({"kodomo-katei"}))))
    to = Recipient(
        t.ToKind.WINDOW, "kodomo-katei-center", "子ども家庭支援センター相談窓口", also=frozenset({"kodomo-katei"})
    )
    assert refused(ask(of, ("A",), G.CONSENT, to=to)).rule == "share.consent.excluded"
    named = replace(CLINIC, also=frozenset({"kodomo-katei"}))
    assert refused(ask(of, ("A",), G.CONSENT, to=named)).rule == "share.consent.excluded"
    assert permitted(ask(of, ("A",), G.CONSENT, to=CLINIC)).to == "みどり医院"
    kept = permitted(ask(of, ("A",), G.CONSENT)).to_json()["facts"]
    assert kept[0]["excluding"] == ["kodomo-katei"]


def test_naming_nobody_means_everybody() -> None:
    assert refused(ask(HOUSE, (), G.CONSENT)).rule == "share.consent.refused"
    willing = case(person("A", row()), person("B", row()))
    assert permitted(ask(willing, (), G.CONSENT)).labels == ("A", "B")


@pytest.mark.parametrize("ground", [G.CONSENT, G.SAME_OFFICE, G.SUPPORT_CONFERENCE, G.EMERGENCY])
def test_nobody_at_all_and_strangers_never_pass(ground: t.Ground) -> None:
    nobody = refused(ask(case(), (), ground, reason="火事"))
    assert (nobody.rule, len(nobody.facts)) == ("share.not_in_case", 1)
    stranger = refused(ask(HOUSE, ("A", "Z"), ground, reason="火事"))
    assert (stranger.rule, len(stranger.facts)) == ("share.not_in_case", 2)
    assert lines(stranger) == ["toshima show 2026-0042"]


def test_who_left_is_a_stranger_except_in_an_emergency() -> None:
    of = case(person("A", row(), left=DAY), person("B", row()))
    assert refused(ask(of, ("A",), G.CONSENT)).rule == "share.not_in_case"
    assert permitted(ask(of, ("A",), G.EMERGENCY, reason="行方がわからない")).labels == ("A",)


# Nothing moves; a report by law


def test_an_address_is_always_given() -> None:
    for of, labels in ((HOUSE, ("C",)), (case(), ()), (HOUSE, ("Z",))):
        permit = permitted(ask(of, labels, G.NONE_SHARED))
        assert (permit.labels, permit.basis, permit.article, permit.facts) == (labels, Basis.OURS, None, ())
        assert permit.ground_json()["article"] is None


NO = row(REFUSED, excluding=frozenset({"hikikomori"}))


@pytest.mark.parametrize("kind", [*t.ReportKind])
@pytest.mark.parametrize("of", [HOUSE, case(), case(person("A", NO)), case(person("A", left=OPENED))])
@pytest.mark.parametrize("labels", [(), ("A",), ("Z",)])
def test_a_report_by_law_is_never_refused(kind: t.ReportKind, of: Case, labels: tuple[str, ...]) -> None:
    for day, sender, to in product((BEFORE_LAW, DAY), (CSW, Sender()), (HIKIKOMORI, CLINIC)):
        permit = permitted(ask(of, labels, G.STATUTORY_REPORT, kind=kind, day=day, sender=sender, to=to))
        assert (permit.report_kind, permit.basis) == (kind, Basis.LAW)
        assert permit.article == law.report_article(kind).code
        assert permit.to_json()["report_kind"] == kind.value


@pytest.mark.parametrize(
    ("born", "kind"),
    [
        (date(2015, 4, 1), t.ReportKind.CHILD),
        (date(1942, 1, 1), t.ReportKind.ELDER),
        (date(1990, 1, 1), t.ReportKind.DISABLED),
    ],
)
def test_an_unnamed_kind_is_the_one_of_the_age(born: date, kind: t.ReportKind) -> None:
    of = case(person("A", born=born))
    assert permitted(ask(of, ("A",), G.STATUTORY_REPORT)).report_kind is kind
    assert permitted(ask(of, (), G.STATUTORY_REPORT)).report_kind is kind


# Within the office


def test_within_one_office() -> None:
    permit = permitted(ask(HOUSE, ("C",), G.SAME_OFFICE, to=JOSEI, sender=KOSODATE))
    assert (permit.article, permit.office) == (law.privacy_article(t.Operation.DIRECT).code, "子育て支援課")
    assert permit.to_json()["office"] == "子育て支援課"


@pytest.mark.parametrize(
    ("sender", "to"),
    [
        (CSW, JOSEI),
        (Sender("x", None, t.Operation.DIRECT), replace(JOSEI, department=None)),
        (KOSODATE, replace(JOSEI, operation=t.Operation.COMMISSIONED)),
        (replace(KOSODATE, operation=t.Operation.COMMISSIONED), JOSEI),
        (replace(KOSODATE, operation=None), replace(JOSEI, operation=None)),
        (KOSODATE, CLINIC),
    ],
)
def test_another_office_is_refused(sender: Sender, to: Recipient) -> None:
    answer = refused(ask(HOUSE, ("A",), G.SAME_OFFICE, to=to, sender=sender))
    assert (answer.rule, answer.basis) == ("share.same_office", Basis.LAW)
    assert answer.article == law.privacy_article(sender.operation).code
    assert lines(answer)[0] == f"toshima gate 2026-0042 --to {quote(to.key)}"


def test_a_window_that_was_excepted_is_not_told_within_the_office() -> None:
    of = case(person("A", row(excluding=frozenset({"josei"}))), person("B", row()))
    answer = refused(ask(of, ("A", "B"), G.SAME_OFFICE, to=JOSEI, sender=KOSODATE))
    assert (answer.rule, len(answer.facts)) == ("share.same_office.excluded", 2)
    assert permitted(ask(of, ("B",), G.SAME_OFFICE, to=JOSEI, sender=KOSODATE)).labels == ("B",)


def test_an_exception_lasts_as_long_as_the_consent_it_belongs_to() -> None:
    consent = row(excluding=frozenset({"josei"}), until=DAY)
    of = case(person("A", consent), sittings=(sitting(SUPPORT, "A", windows=("josei",)),))
    after = DAY + timedelta(days=1)
    for ground in (G.SAME_OFFICE, G.SUPPORT_CONFERENCE):
        assert refused(ask(of, ("A",), ground, to=JOSEI, sender=KOSODATE)).rule == f"share.{ground}.excluded"
        assert permitted(ask(of, ("A",), ground, to=JOSEI, sender=KOSODATE, day=after)).ground is ground


# By a support conference


def conference(*sittings: Sitting) -> Case:
    return replace(HOUSE, sittings=sittings)


MET = sitting(SUPPORT, "B", "C", windows=("csw", "hikikomori"))


def test_to_a_body_that_attended_the_item() -> None:
    permit = permitted(ask(conference(MET), ("C",), G.SUPPORT_CONFERENCE))
    assert permit.article == "106-6(1)"
    assert permit.ground_json() == law.ground_json(DAY)
    assert len(permit.facts) == 1
    assert permit.to_json()["facts"] == [
        {"fact": "sitting", "meeting": "M2026-0001", "item": 1, "held_on": "2026-10-08"}
    ]


@pytest.mark.parametrize(
    "met",
    [
        sitting(SUPPORT, "C", windows=("csw",)),  # the recipient was not there
        sitting(SUPPORT, "B", windows=("hikikomori",)),  # another person's part
        sitting(MULTILAYER, "C", windows=("hikikomori",)),
        replace(MET, cancelled=True),
        replace(MET, dropped=True),
        replace(MET, outcome=None),  # put off: nobody dealt with it
        replace(MET, held_on=DAY + timedelta(days=1)),
        replace(MET, held_on=BEFORE_LAW),
        replace(MET, labels=("B",), masked=("C",)),
        sitting(SUPPORT, "C", windows=("自立促進担当課",)),  # a department does not bring its contractor
    ],
)
def test_not_to_anybody_else(met: Sitting) -> None:
    answer = refused(ask(conference(met), ("C",), G.SUPPORT_CONFERENCE))
    statute = law.support_conference_law(DAY)
    assert statute is not None
    assert (answer.rule, answer.basis, answer.article) == (
        "share.support_conference",
        Basis.LAW,
        statute.secrecy.code,
    )
    assert lines(answer) == [
        "toshima convene stakeholder --case 2026-0042 --on 2026-11-24",
        "toshima route 2026-0042 --to hikikomori --person C --ground none_shared",
        "toshima gate 2026-0042 --to hikikomori",
    ]


def test_a_body_that_was_excepted_is_told_nothing_from_the_conference() -> None:
    of = case(
        person("A", row(excluding=frozenset({"hikikomori"}))),
        person("B", row()),
        sittings=(MET, replace(MET, labels=("A",), item=2)),
    )
    answer = refused(ask(of, ("A", "B"), G.SUPPORT_CONFERENCE))
    assert (answer.rule, answer.basis, len(answer.facts)) == ("share.support_conference.excluded", Basis.OURS, 1)
    assert permitted(ask(of, ("B",), G.SUPPORT_CONFERENCE)).labels == ("B",)


def test_the_day_of_the_sitting_counts() -> None:
    of = conference(MET)
    assert isinstance(ask(of, ("C",), G.SUPPORT_CONFERENCE, day=MET.held_on), Permit)
    assert isinstance(ask(of, ("C",), G.SUPPORT_CONFERENCE, day=MET.held_on - timedelta(days=1)), Refusal)


def test_everybody_named_must_have_been_dealt_with() -> None:
    answer = refused(ask(conference(MET), ("A", "C"), G.SUPPORT_CONFERENCE))
    assert dict(answer.missing[0].values)["labels"] == ("A",)
    other = replace(MET, labels=("A",), item=2)
    permit = permitted(ask(conference(MET, other), ("A", "B", "C"), G.SUPPORT_CONFERENCE))
    assert [f["item"] for f in permit.to_json()["facts"]] == [2, 1]


def test_the_latest_sitting_is_the_one_kept() -> None:
    later = replace(MET, meeting="M2026-0002", held_on=date(2026, 11, 5))
    permit = permitted(ask(conference(later, MET), ("C",), G.SUPPORT_CONFERENCE))
    assert [f["meeting"] for f in permit.to_json()["facts"]] == ["M2026-0002"]


@pytest.mark.parametrize(
    ("to", "there"),
    [
        (CLINIC, "みどり医院"),
        (JOSEI, "子育て支援課"),
        (JOSEI, "女性相談窓口"),
        (replace(HIKIKOMORI, code="p-hikikomori", also=frozenset({"hikikomori"})), "hikikomori"),
    ],
)
def test_a_body_is_known_by_code_name_or_its_own_department(to: Recipient, there: str) -> None:
    met = sitting(SUPPORT, "C", windows=(there,))
    assert permitted(ask(conference(met), ("C",), G.SUPPORT_CONFERENCE, to=to)).to == (to.code or to.name)


def test_before_the_law_there_is_no_such_ground() -> None:
    of = case(replace(person("C"), joined_on=BEFORE_LAW), sittings=(replace(MET, held_on=BEFORE_LAW),))
    answer = refused(ask(of, ("C",), G.SUPPORT_CONFERENCE, day=BEFORE_LAW))
    assert answer.article is None
    assert not any("convene" in line for line in lines(answer))


# In an emergency


@pytest.mark.parametrize("reason", [None, "", " \t", "—", "\u200b", "ー"])
def test_an_emergency_needs_words(reason: str | None) -> None:
    answer = refused(ask(HOUSE, ("C",), G.EMERGENCY, reason=reason))
    assert (answer.rule, answer.article) == ("share.emergency.reason", law.privacy_article(CSW.operation).code)
    assert lines(answer)[0].endswith("--person C --ground emergency --reason REASON")


def test_with_its_reason_it_passes_against_a_no() -> None:
    permit = permitted(ask(HOUSE, ("C",), G.EMERGENCY, reason="倒れている"))
    assert permit.facts == (held(HOUSE.people[2], t.Scope.SHARING, DAY).why,)
    assert "倒れている" not in json.dumps(permit.to_json(), ensure_ascii=False)


# Nothing without a ground


def test_a_permit_is_made_by_the_gate_only() -> None:
    permit = permitted(ask(HOUSE, ("A",), G.CONSENT))
    with pytest.raises(TypeError):
        Permit("2026-0042", ("C",), G.CONSENT, "csw", DAY, Basis.LAW, None, None, (), None, None, seal=object())
    with pytest.raises((TypeError, ValueError)):
        replace(permit, labels=("C",))  # type: ignore[call-arg]  # what the type checker refuses fails too
