"""Where a concern fits, why a case may be complex, the duty to report, and the answers to a referral."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from tests.domain.household import Life, day
from tests.domain.world import CLINIC, DAY, OPENED, case, concern, person, referral
from toshima_cli.domain import law
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Answer, Case, Referral
from toshima_cli.domain.referral import ANSWERS, Recipient, concerned, may_answer, open_already, report_kinds
from toshima_cli.domain.route import Known, RoutingRow, duty, suggest, why_complex
from toshima_cli.domain.verdict import Basis, Refusal

R, K = t.ReferralStatus, t.ReportKind
CHILD, TEEN = date(2015, 4, 1), date(2007, 4, 1)  # 11 and 19 on DAY

KNOWN = Known(
    rows=(
        RoutingRow("job", "kurashi-shigoto", 18, None, "仕事探し・就労準備"),
        RoutingRow("job", "asisu", 15, 39, "進路・就職・中退後のこと"),
        RoutingRow("job", "elsewhere"),
        RoutingRow("care", "korei-sogo", 65, None),
        RoutingRow("family", "asisu", 0, 39),
        RoutingRow("family", "csw"),
        RoutingRow("violence", "jiso", 0, 17),
    ),
    windows={
        "kurashi-shigoto": "くらし・しごと相談支援センター",
        "asisu": "アシスとしま",
        "korei-sogo": "高齢者総合相談センター",
        "jiso": "児童相談所相談窓口",
        "csw": "コミュニティソーシャルワーカー（CSW）",
    },
    fields={
        "job": t.Field.POVERTY,
        "rent": t.Field.POVERTY,
        "care": t.Field.ELDERLY,
        "family": t.Field.OTHER,
        "violence": t.Field.OTHER,
    },
)


def windows(of: Case) -> list[tuple[str, str | None, str]]:
    return [(s.window, s.person, s.concern) for s in suggest(of, DAY, KNOWN)]


# Suggestions


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(1968, 5, 1), ["kurashi-shigoto"]),
        (TEEN, ["kurashi-shigoto", "asisu"]),
        (date(2008, 11, 24), ["kurashi-shigoto", "asisu"]),  # 18 on the day
        (date(2008, 11, 25), ["asisu"]),
        (date(2011, 11, 24), ["asisu"]),  # 15 on the day
        (date(2011, 11, 25), []),
        (date(1986, 11, 25), ["kurashi-shigoto", "asisu"]),  # 39 still
        (date(1986, 11, 24), ["kurashi-shigoto"]),  # 40 on the day
        (None, ["kurashi-shigoto", "asisu"]),
    ],
)
def test_ages_are_inclusive_and_an_unknown_age_fits_all(born: date | None, expected: list[str]) -> None:
    of = case(person("A", born=born), concerns=(concern("job", "A"),))
    # "elsewhere" is in the table, but not among this town's windows
    assert [s.window for s in suggest(of, DAY, KNOWN)] == expected


def test_what_fits_nowhere_goes_to_the_community_social_worker() -> None:
    of = case(person("A"), concerns=(concern("care", "A"), concern("other", "A")), window="korei-sogo")
    assert windows(of) == [("csw", "A", "care"), ("csw", "A", "other")]
    assert len({s.reasons for s in suggest(of, DAY, KNOWN)}) == 1
    assert suggest(of, DAY, replace(KNOWN, windows={})) == ()


def test_the_most_pressing_first_then_the_order_of_the_table() -> None:
    of = case(
        person("A"),
        person("B", born=TEEN),
        person("C", born=date(1942, 1, 1)),
        concerns=(concern("job", "B"), concern("care", "C"), concern("job", "A", pressing=True)),
    )
    assert windows(of) == [
        ("kurashi-shigoto", "A", "job"),
        ("kurashi-shigoto", "B", "job"),
        ("asisu", "B", "job"),
        ("korei-sogo", "C", "care"),
    ]
    assert [s.name for s in suggest(of, DAY, KNOWN)][2] == "アシスとしま"


def test_a_concern_of_the_household_fits_where_anybody_of_it_fits() -> None:
    of = case(person("A"), person("B", born=TEEN), concerns=(concern("family"),))
    assert windows(of) == [("asisu", None, "family"), ("csw", None, "family")]
    old = case(person("A"), concerns=(concern("family"),))
    assert windows(old) == [("csw", None, "family")]
    empty = case(concerns=(concern("family"),))
    assert windows(empty) == [("asisu", None, "family"), ("csw", None, "family")]


def test_only_open_concerns_of_open_people_and_each_once() -> None:
    of = case(
        person("A"),
        person("B", born=TEEN, left=DAY),
        concerns=(
            concern("job", "A"),
            replace(concern("job", "A"), seq=5),
            concern("job", "B"),
            replace(concern("family", "A"), ended_on=DAY),
            concern("care", "A", on=DAY + timedelta(days=1)),
            concern("job", "C"),
        ),
    )
    later = replace(person("C"), joined_on=DAY + timedelta(days=1))
    assert windows(replace(of, people=(*of.people, later))) == [("kurashi-shigoto", "A", "job")]


def test_the_reasons_say_age_note_and_that_the_window_itself_received_it() -> None:
    def reasons(born: date | None, window: str) -> list[dict[str, object]]:
        of = case(person("A", born=born), concerns=(concern("job", "A"),), window=window)
        return [dict(r.values) for r in suggest(of, DAY, KNOWN)[0].reasons]

    assert reasons(date(1968, 5, 1), "csw") == [{"label": "A", "age": 58}, {"note": "仕事探し・就労準備"}]
    assert reasons(None, "kurashi-shigoto") == [{"label": "A"}, {"note": "仕事探し・就労準備"}, {}]
    household = case(person("A"), concerns=(concern("family"),))
    assert [dict(r.values) for r in suggest(household, DAY, KNOWN)[0].reasons] == [{}, {}]  # csw received it


# Why it may be complex


def hints(of: Case, day: date = DAY) -> list[dict[str, object]]:
    return [dict(s.values) for s in why_complex(of, day, KNOWN)]


def test_one_concern_of_one_person_is_not_complex() -> None:
    assert hints(case(person("A"), concerns=(concern("job", "A"), concern("rent", "A")))) == [{}]  # rent: no row fits
    assert hints(case(person("A"), concerns=(concern("job", "A"),))) == []
    assert hints(case(person("A"))) == []


def test_two_fields_or_two_people() -> None:
    fields = case(person("C", born=date(1942, 1, 1)), concerns=(concern("care", "C"), concern("job", "C")))
    assert hints(fields) == [{"n": 2, "fields": (t.Field.ELDERLY, t.Field.POVERTY)}]
    people = case(person("A"), person("B", born=TEEN), concerns=(concern("job", "A"), concern("job", "B")))
    assert hints(people) == [{"n": 2, "people": ("A", "B")}]
    unknown = case(person("A"), concerns=(concern("job", "A"), concern("pets", "A")))
    assert hints(unknown)[0]["fields"] == (t.Field.POVERTY, t.Field.OTHER)


def test_who_left_counts_no_more() -> None:
    of = case(person("A"), person("B", left=DAY), concerns=(concern("job", "A"), concern("job", "B")))
    assert hints(of) == []
    assert len(hints(of, DAY - timedelta(days=1))) == 1


def test_violence_and_no_fitting_window() -> None:
    assert len(hints(case(person("B", born=CHILD), concerns=(concern("violence", "B"),)))) == 1
    assert len(hints(case(person("A"), concerns=(concern("violence", "A"),)))) == 2


def _declined(number: str, reason: str) -> Referral:
    return replace(referral(number), answers=(Answer(OPENED, 2, R.DECLINED, reason),))


@pytest.mark.parametrize("reason", ["担当業務以外のため", "当課の担当外です", "Out of scope here"])
def test_a_window_that_says_it_is_not_its_business(reason: str) -> None:
    of = case(person("A"), referrals=(_declined("R2026-0001", reason),))
    assert hints(of) == [{"window": "ひきこもり相談窓口"}]


def test_a_second_referral_declined() -> None:
    one, two = _declined("R2026-0001", "定員"), _declined("R2026-0002", "定員")
    assert hints(case(person("A"), referrals=(one,))) == []
    assert hints(case(person("A"), referrals=(one, two))) == [{"n": 2, "numbers": ("R2026-0001", "R2026-0002")}]
    taken_back = replace(two, answers=(*two.answers, Answer(OPENED, 3, R.REVOKED)))
    assert hints(case(person("A"), referrals=(one, taken_back))) == []
    later = replace(two, on=DAY + timedelta(days=1))
    assert hints(case(person("A"), referrals=(one, later))) == []


def test_a_report_by_law_is_never_told_in_a_hint() -> None:
    declined = (_declined("R2026-0001", "担当業務以外"), _declined("R2026-0002", "担当業務以外"))
    reports = tuple(replace(r, ground=t.Ground.STATUTORY_REPORT, report_kind=K.CHILD) for r in declined)
    assert hints(case(person("A"), referrals=reports)) == []


# The duty to report


@pytest.mark.parametrize(
    ("born", "health", "expected"),
    [
        (CHILD, False, (K.CHILD,)),
        (CHILD, True, (K.CHILD,)),
        (date(2008, 11, 25), False, (K.CHILD,)),  # 17
        (date(2008, 11, 24), False, (K.DISABLED,)),  # 18
        (date(1961, 11, 25), True, (K.DISABLED,)),  # 64
        (date(1961, 11, 24), False, (K.ELDER,)),  # 65
        (date(1961, 11, 24), True, (K.ELDER, K.DISABLED)),
        (None, False, (K.CHILD, K.ELDER, K.DISABLED)),
    ],
)
def test_the_duty_follows_the_age(born: date | None, health: bool, expected: tuple[t.ReportKind, ...]) -> None:
    concerns = (concern("violence", "B"), *((concern("health", "B"),) if health else ()), concern("health", "A"))
    found = duty(case(person("A"), person("B", born=born), concerns=concerns), DAY)
    assert found == tuple((kind, law.report_article(kind)) for kind in expected)


def test_violence_in_the_household_may_be_anybodys() -> None:
    of = case(person("B", born=CHILD), person("C", born=date(1942, 1, 1)), concerns=(concern("violence"),))
    assert [kind for kind, _ in duty(of, DAY)] == [K.CHILD, K.ELDER]
    assert [kind for kind, _ in duty(case(concerns=(concern("violence"),)), DAY)] == [*K]


def test_a_child_living_with_violence_is_a_child_to_report_about() -> None:
    of = case(
        person("A"), person("B", born=CHILD), person("C", born=date(1942, 1, 1)), concerns=(concern("violence", "A"),)
    )
    assert {kind for kind, _ in duty(of, DAY)} == {K.CHILD, K.DISABLED}


def test_what_was_reported_of_one_is_still_due_of_another() -> None:
    """A report counts for whom it was about, and for those only who may know of it."""
    one = _declined("R2026-0001", "x")
    report = replace(one, ground=t.Ground.STATUTORY_REPORT, report_kind=K.CHILD, label="B", recorded_by="k03")
    people = (person("A"), person("B", born=CHILD), person("C", born=CHILD))
    noted = (concern("violence", "B"), concern("violence", "C"))
    for label, staff, kinds in (("B", "k03", [K.CHILD]), ("B", "e01", [K.CHILD]), (None, "k03", [])):
        of = case(*people, concerns=noted, referrals=(replace(report, label=label),))
        assert [kind for kind, _ in duty(of, DAY, staff=staff)] == kinds
    alone = case(*people[:2], concerns=noted[:1], referrals=(report,))
    assert [duty(alone, DAY, staff=staff) == () for staff in ("k03", "e01")] == [True, False]


def test_no_violence_no_duty_and_none_before_it_was_noted() -> None:
    of = case(person("A"), concerns=(concern("family", "A"), concern("violence", "A", on=DAY)))
    assert duty(of, DAY - timedelta(days=1)) == ()
    assert duty(of, DAY) != ()


def test_for_nobody_known_every_kind_may_be_due() -> None:
    assert report_kinds(case(person("A")), ("Z",), DAY) == tuple(K)


# The answers to a referral


def at(status: t.ReferralStatus) -> Referral:
    return replace(referral(), answers=() if status is R.SENT else (Answer(OPENED, 2, status),))


@pytest.mark.parametrize(("now", "then"), list(product(R, R)))
def test_answers_follow_the_table_and_nothing_else(now: t.ReferralStatus, then: t.ReferralStatus) -> None:
    allowed = {
        (R.SENT, R.WAITING),
        (R.SENT, R.ACCEPTED),
        (R.SENT, R.DECLINED),
        (R.SENT, R.REVOKED),
        (R.WAITING, R.ACCEPTED),
        (R.WAITING, R.DECLINED),
        (R.WAITING, R.REVOKED),
        (R.ACCEPTED, R.COMPLETED),
        (R.ACCEPTED, R.REVOKED),
    }
    answer = may_answer(case(person("A")), at(now), then, DAY, reason="定員のため")
    assert (answer is None) == ((now, then) in allowed)
    if answer is not None:
        assert (answer.rule, answer.basis) == ("referral.answer", Basis.OURS)
        assert answer.next
        assert answer.missing


def test_every_status_stands_in_the_table() -> None:
    assert set(ANSWERS) == set(R)


def test_the_next_step_is_an_answer_that_fits_or_a_new_referral() -> None:
    waiting = refusal(may_answer(case(), at(R.SENT), R.COMPLETED, DAY))
    assert [n.command for n in waiting.next] == [
        "toshima route 2026-0042 --accept R2026-0001",
        "toshima route 2026-0042 --decline R2026-0001 --reason REASON",
        "toshima route 2026-0042 --revoke R2026-0001",
    ]
    over = refusal(may_answer(case(), at(R.DECLINED), R.ACCEPTED, DAY))
    assert [n.command for n in over.next] == ["toshima route 2026-0042 --to hikikomori"]
    outside = refusal(may_answer(case(), replace(at(R.COMPLETED), to_code=None, to_name=CLINIC.name), R.REVOKED, DAY))
    assert [n.command for n in outside.next] == ["toshima route 2026-0042 --to 'outside:みどり医院'"]


def refusal(answer: Refusal | None) -> Refusal:
    assert answer is not None
    return answer


@pytest.mark.parametrize("reason", [None, "", "  ", "—"])
def test_declining_needs_its_reason(reason: str | None) -> None:
    answer = refusal(may_answer(case(), referral(), R.DECLINED, DAY, reason=reason))
    assert answer.rule == "referral.reason"
    assert answer.next[0].command.endswith("--decline R2026-0001 --reason REASON")


def test_no_answer_before_the_referral() -> None:
    answer = refusal(may_answer(case(), referral(), R.ACCEPTED, OPENED - timedelta(days=1)))
    assert answer.rule == "referral.before_sent"
    assert may_answer(case(), referral(), R.ACCEPTED, OPENED) is None


def test_an_answer_dated_back_is_asked_as_of_its_day() -> None:
    sent = replace(referral(), answers=(Answer(DAY, 2, R.COMPLETED),))
    assert may_answer(case(), sent, R.ACCEPTED, DAY - timedelta(days=1)) is None
    assert refusal(may_answer(case(), sent, R.ACCEPTED, DAY)).rule == "referral.answer"


def test_what_route_takes_for_a_recipient() -> None:
    assert CLINIC.key == "outside:みどり医院"
    assert CLINIC.codes == frozenset()
    assert Recipient(t.ToKind.WINDOW, "a", "x", also=frozenset({"b"})).codes == {"a", "b"}


@pytest.mark.parametrize(
    ("kind", "code", "place"),
    [
        (t.ToKind.WINDOW, "r1", {"r1", "korei-sogo"}),
        (t.ToKind.RESOURCE, "r1", {"r1"}),
        (t.ToKind.RESOURCE, None, set()),
    ],
)
def test_a_resource_opens_nothing_in_the_name_of_another_place(
    kind: t.ToKind, code: str | None, place: set[str]
) -> None:
    assert Recipient(kind, code, "ある場所", also=frozenset({"korei-sogo"})).place == place


@pytest.mark.parametrize(
    ("label", "ground", "answer", "to", "open_"),
    [
        ("A", t.Ground.CONSENT, None, "hikikomori", True),
        ("A", t.Ground.CONSENT, t.ReferralStatus.ACCEPTED, "hikikomori", True),
        ("A", t.Ground.CONSENT, None, "p-hikikomori", True),
        ("A", t.Ground.CONSENT, None, None, False),
        ("B", t.Ground.CONSENT, None, "hikikomori", False),
        ("A", t.Ground.CONSENT, None, "csw", False),
        ("A", t.Ground.CONSENT, t.ReferralStatus.COMPLETED, "hikikomori", False),
        ("A", t.Ground.NONE_SHARED, None, "hikikomori", False),
        ("A", t.Ground.STATUTORY_REPORT, None, "hikikomori", False),
    ],
)
def test_what_is_open_at_the_same_place_already(
    label: str, ground: t.Ground, answer: t.ReferralStatus | None, to: str | None, open_: bool
) -> None:
    life = Life().refer(day(10, 6), ground, label, answer)
    also = frozenset({"hikikomori"}) if to == "p-hikikomori" else frozenset[str]()
    place = Recipient(t.ToKind.WINDOW if to else t.ToKind.OUTSIDE, to, "ある場所", also=also)
    assert (open_already(life.case, "A", place, day(10, 6)) is not None) is open_
    assert open_already(life.case, "A", place, day(10, 5)) is None


def test_outside_it_is_the_name_that_is_the_same() -> None:
    life = Life().refer(day(10, 6))
    life.case = replace(life.case, referrals=(replace(life.case.referrals[0], to_code=None, to_name="甲"),))
    found = [open_already(life.case, "A", Recipient(t.ToKind.OUTSIDE, None, name), day(10, 6)) for name in "甲乙"]
    assert [referral is not None for referral in found] == [True, False]


@pytest.mark.parametrize(
    ("kind", "violence", "births", "expected"),
    [
        (t.ReportKind.ELDER, None, {}, ("C",)),
        (t.ReportKind.DISABLED, None, {}, ("A", "B")),
        (t.ReportKind.DISABLED, "B", {}, ("B",)),
        (t.ReportKind.CHILD, None, {}, ()),
        (t.ReportKind.CHILD, "A", {"B": date(2015, 4, 1)}, ("B",)),
        (t.ReportKind.CHILD, "B", {"A": date(2013, 4, 1), "B": date(2015, 4, 1)}, ("A", "B")),
        (t.ReportKind.ELDER, "A", {"A": None, "C": date(1990, 4, 1)}, ("A",)),
    ],
)
def test_whom_a_report_is_about_where_nobody_was_named(
    kind: t.ReportKind, violence: str | None, births: dict[str, date | None], expected: tuple[str, ...]
) -> None:
    life = Life(births=births)
    if violence:
        life.concern(violence, "violence")
    assert concerned(life.case, kind, day(10, 6)) == expected
    gone = replace(life.case, people=tuple(replace(p, left_on=day(10, 7)) for p in life.case.people))
    assert concerned(gone, kind, day(10, 8)) == expected


def test_violence_that_has_ended_names_nobody() -> None:
    life = Life().concern("B", "violence")
    ended = replace(life.case, concerns=(replace(life.case.concerns[0], ended_on=day(10, 7)),))
    assert concerned(ended, K.DISABLED, day(10, 6)) == ("B",)
    assert concerned(ended, K.DISABLED, day(10, 7)) == ("A", "B")


# 生活保護 (rule 22)

WITH_CASE_WORKERS = replace(
    KNOWN,
    windows={**KNOWN.windows, "seikatsu": "生活福祉課相談窓口", "seibu-seikatsu": "西部生活福祉課相談窓口"},
)


@pytest.mark.parametrize(
    ("since", "office", "expected"),
    [
        (OPENED, "西部生活福祉課", ["seibu-seikatsu"]),
        (None, "生活福祉課", ["seikatsu"]),
        (OPENED, None, ["seikatsu", "seibu-seikatsu"]),
        (None, "ほかの区", ["seikatsu", "seibu-seikatsu"]),
        (DAY + timedelta(days=1), "生活福祉課", []),
        (None, None, []),
    ],
)
def test_with_public_assistance_the_case_worker_leads(
    since: date | None, office: str | None, expected: list[str]
) -> None:
    b = replace(person("B", born=TEEN), assistance_since=since, assistance_office=office)
    of = case(person("A"), b, concerns=(concern("care", "A"), concern("job", "B")))
    found = suggest(of, DAY, WITH_CASE_WORKERS)
    assert [s.window for s in found if "seikatsu" in s.window] == expected
    assert [s.window for s in found[: len(expected)]] == expected
    assert {(s.person, s.concern) for s in found[: len(expected)]} <= {("B", "job")}
    assert "kurashi-shigoto" in [s.window for s in found]
    assert [s for s in suggest(of, DAY, KNOWN) if "seikatsu" in s.window] == []


def test_who_has_no_concern_is_led_nowhere_and_the_reason_of_who_leads_wins() -> None:
    b = replace(person("B", born=TEEN), assistance_since=OPENED, assistance_office="生活福祉課")
    assert suggest(case(b), DAY, WITH_CASE_WORKERS) == ()
    rows = (*WITH_CASE_WORKERS.rows, RoutingRow("rent", "seikatsu"))
    of = case(b, concerns=(concern("rent", "B"),))
    found = suggest(of, DAY, replace(WITH_CASE_WORKERS, rows=rows))
    assert [s.window for s in found] == ["seikatsu"]
    assert len(found[0].reasons) == 2
    household = case(b, concerns=(concern("family", None),))
    assert suggest(household, DAY, WITH_CASE_WORKERS)[0].person == "B"
