"""Whom a paper of a sitting may show to whom: by consent, or under the secrecy of a support conference."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.world import BOTH, DAY, HOUSE, OPENED, PLAN, SHARING, case, lines, permitted, person, refused, row
from toshima_cli.domain import law
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Consent
from toshima_cli.domain.consent import Permit, held, may_read
from toshima_cli.domain.grounds import SHARED_BY_CONSENT, Reader, no_secrecy, not_for_reader
from toshima_cli.domain.verdict import Basis, Refusal

SUPPORT = t.ItemKind.SUPPORT_CONFERENCE
BY_CONSENT = (t.ItemKind.MULTILAYER_CONFERENCE, t.ItemKind.INFORMATION_SHARING)
BEFORE_LAW = date(2021, 3, 31)
WINDOWS = frozenset({"hikikomori", "o-hikikomori"})

COLLEAGUE = Reader("佐藤 健", "k03", windows=WINDOWS)
GUEST = Reader("三田 守", office="架空第三地区民児協", post="民生委員")
SWORN = replace(COLLEAGUE, secrecy=True)


@pytest.mark.parametrize(
    ("rows", "slug"),
    [
        ((row(),), None),
        ((row(scopes=SHARING),), None),
        ((row(excluding=frozenset({"josei"})),), None),
        ((row(until=DAY),), None),
        ((row(scopes=PLAN),), "none"),
        ((), "none"),
        ((row(on=DAY + timedelta(days=1)),), "none"),
        ((row(t.Decision.REFUSED),), "refused"),
        ((row(), row(t.Decision.WITHDRAWN, DAY, seq=2)), "withdrawn"),
        ((row(t.Decision.NOT_POSSIBLE),), "not_possible"),
        ((row(until=DAY - timedelta(days=1)),), "expired"),
        ((row(excluding=frozenset({"o-hikikomori"})),), "excluded"),
        ((row(t.Decision.REFUSED, excluding=frozenset({"o-hikikomori"})),), "refused"),
        ((row(until=DAY - timedelta(days=1), excluding=WINDOWS),), "expired"),
    ],
)
@pytest.mark.parametrize("kind", BY_CONSENT)
def test_shown_where_sharing_holds_and_the_window_is_not_excepted(
    kind: t.ItemKind, rows: tuple[Consent, ...], slug: str | None
) -> None:
    house = case(person("A", *rows))
    answer = may_read(house, "A", kind, COLLEAGUE, DAY, DAY)
    if slug is None:
        permit = permitted(answer)
        assert (permit.ground, permit.basis) == (t.Ground.CONSENT, Basis.PLAN)
        assert permit.facts == (held(house.people[0], t.Scope.SHARING, DAY).why,)
        assert permit.ground_json() == SHARED_BY_CONSENT
    else:
        assert (refused(answer).rule, refused(answer).basis) == (f"share.consent.{slug}", Basis.PLAN)
    # the duty of secrecy opens nothing that rests on consent, and consent no support conference
    assert isinstance(may_read(house, "A", kind, SWORN, DAY, DAY), Permit) is (slug is None)
    assert refused(may_read(house, "A", SUPPORT, COLLEAGUE, DAY, DAY)).rule == "paper.secrecy"
    # but for who is excepted
    assert isinstance(may_read(house, "A", SUPPORT, SWORN, DAY, DAY), Permit) is (slug != "excluded")


def test_the_permit_keeps_whom_it_shows_to_whom_on_which_day() -> None:
    permit = permitted(may_read(HOUSE, "B", t.ItemKind.MULTILAYER_CONFERENCE, COLLEAGUE, DAY, DAY))
    assert (permit.case, permit.labels, permit.to, permit.on) == ("2026-0042", ("B",), "k03", DAY)
    assert (permit.article, permit.text, permit.office, permit.report_kind) == (None, "本人の同意", None, None)
    assert permitted(may_read(HOUSE, "B", SUPPORT, replace(GUEST, secrecy=True), DAY, DAY)).to == "三田 守"


@pytest.mark.parametrize("day", [date(2021, 4, 1), DAY, date(2027, 3, 31), date(2027, 4, 1)])
def test_a_support_conference_shows_everybody_to_whoever_keeps_it_secret(day: date) -> None:
    found = law.support_conference_law(day)
    assert found is not None
    people = case(person("A", row()), person("C", row(t.Decision.REFUSED)), person("D"))
    for label in "ACD":
        permit = permitted(may_read(people, label, SUPPORT, SWORN, day, day))
        assert (permit.ground, permit.basis) == (t.Ground.SUPPORT_CONFERENCE, Basis.LAW)
        assert (permit.article, permit.text) == (found.paragraph_one.code, found.paragraph_one.ja)
        assert permit.ground_json() == law.ground_json(day)
    answer = refused(may_read(people, "C", SUPPORT, COLLEAGUE, day, day))
    assert (answer.rule, answer.basis, answer.article) == ("paper.secrecy", Basis.LAW, found.secrecy.code)
    assert dict(answer.missing[0].values) == {"name": "佐藤 健", "day": day}


def test_before_the_law_had_it_nobody_reads_under_it() -> None:
    for reader in (COLLEAGUE, SWORN):
        answer = refused(may_read(HOUSE, "C", SUPPORT, reader, BEFORE_LAW, BEFORE_LAW))
        assert (answer.rule, answer.article) == ("paper.secrecy", None)
        assert dict(answer.facts[0].values) == {"day": BEFORE_LAW}


@pytest.mark.parametrize("kind", [SUPPORT, *BY_CONSENT])
def test_nobody_outside_the_case_and_nobody_withheld_is_shown(kind: t.ItemKind) -> None:
    # their holder too reads of them in their own case alone
    b, c = replace(person("B", row()), withheld=True), replace(person("C", row()), hidden=True)
    for label in ("B", "C", "Z"):
        assert (
            refused(may_read(case(person("A", row()), b, c), label, kind, SWORN, DAY, DAY)).rule == "share.not_in_case"
        )


@pytest.mark.parametrize(
    ("reader", "line"),
    [
        (COLLEAGUE, "toshima attend MEETING k03 --expected --secrecy"),
        (replace(COLLEAGUE, meeting="M2026-0001"), "toshima attend M2026-0001 k03 --expected --secrecy"),
        (
            replace(GUEST, meeting="M2026-0001"),
            "toshima attend M2026-0001 --guest '三田 守|架空第三地区民児協' --expected --secrecy",
        ),
        (Reader("三田"), "toshima attend MEETING --guest '三田|' --expected --secrecy"),
    ],
)
def test_who_has_not_acknowledged_secrecy_does_so_first(reader: Reader, line: str) -> None:
    answer = no_secrecy(HOUSE, reader, DAY)
    assert answer is not None
    assert lines(answer) == [line]
    assert no_secrecy(HOUSE, replace(reader, secrecy=True), DAY) is None


def test_who_has_not_answered_is_asked_and_a_no_is_not_asked_away() -> None:
    house = case(person("A"), person("B", row(t.Decision.REFUSED)), person("C", row(excluding=WINDOWS)))
    conference = f"toshima convene stakeholder --case 2026-0042 --on {DAY}"
    found = {p.label: not_for_reader(house, held(p, t.Scope.SHARING, DAY), COLLEAGUE) for p in house.people}
    said = {label: lines(answer) for label, answer in found.items() if answer}
    assert said == {
        "A": [conference, "toshima consent 2026-0042 A --given --scope sharing --method METHOD"],
        "B": [conference],
        "C": [conference],
    }
    facts = {label: answer.facts[0] for label, answer in found.items() if answer}
    assert facts["B"] == held(house.people[1], t.Scope.SHARING, DAY).why
    assert dict(facts["C"].values)["to"] == "佐藤 健"


@pytest.mark.parametrize(
    ("reader", "key"),
    [
        (COLLEAGUE, ("k03", None, None)),
        (replace(COLLEAGUE, name="佐藤", office="福祉総務課"), ("k03", None, None)),
        (GUEST, (None, "三田 守", "架空第三地区民児協")),
        (replace(GUEST, post=None, secrecy=True), (None, "三田 守", "架空第三地区民児協")),
        (Reader("三田 守"), (None, "三田 守", None)),
    ],
)
def test_what_makes_two_readers_one(reader: Reader, key: tuple[str | None, ...]) -> None:
    assert reader.key == key


DAYS = st.sampled_from([OPENED + timedelta(days=n) for n in range(4)])
ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from([d for d in t.Decision if d is not t.Decision.NONE]),
        DAYS,
        seq=st.integers(1, 9),
        scopes=st.sampled_from([SHARING, PLAN, BOTH]),
        excluding=st.frozensets(st.sampled_from(["hikikomori", "josei"])),
        until=st.none() | DAYS,
    ),
    max_size=4,
    unique_by=lambda r: r.seq,
)


def test_a_copy_handed_out_after_the_sitting_is_a_new_sharing() -> None:
    later = DAY + timedelta(days=3)
    house = case(person("A", row(), row(t.Decision.WITHDRAWN, later, seq=2)))
    kind = t.ItemKind.MULTILAYER_CONFERENCE
    permit = permitted(may_read(house, "A", kind, COLLEAGUE, DAY, later - timedelta(days=1)))
    assert permit.facts == (held(house.people[0], t.Scope.SHARING, DAY).why,)
    assert refused(may_read(house, "A", kind, COLLEAGUE, DAY, later)).rule == "share.consent.withdrawn"
    # what is known of the day of the sitting decides before it
    assert refused(may_read(house, "A", kind, COLLEAGUE, later, DAY)).rule == "share.consent.withdrawn"
    assert isinstance(may_read(house, "A", SUPPORT, SWORN, DAY, later), Permit)


def test_what_they_said_in_another_case_since_the_sitting_counts() -> None:
    kind, later = t.ItemKind.MULTILAYER_CONFERENCE, DAY + timedelta(days=3)

    def read(*rows: Consent, handed_on: date = later, kind: t.ItemKind = kind) -> Permit | Refusal:
        there = (person("D", *rows), person("E"))
        return may_read(case(person("A", row())), "A", kind, SWORN, DAY, handed_on, there)

    no = row(t.Decision.WITHDRAWN, later, seq=9)
    answer = refused(read(row(), no))
    assert (answer.rule, dict(answer.message.values)["label"]) == ("share.consent.withdrawn", "A")
    assert refused(read(row(on=DAY, excluding=WINDOWS))).rule == "share.consent.excluded"
    assert refused(read(row(on=DAY, excluding=WINDOWS), kind=SUPPORT)).rule == "share.consent.excluded"
    # what was said there before the sitting was said of another case, and a yes there opens nothing here
    earlier = row(t.Decision.REFUSED, DAY - timedelta(days=1))
    assert isinstance(read(earlier), Permit)
    assert isinstance(read(), Permit)
    assert isinstance(read(row(on=later)), Permit)
    assert isinstance(read(row(), no, handed_on=DAY), Permit)
    assert isinstance(read(row(), no, kind=SUPPORT), Permit)


@given(
    ROWS, st.sampled_from(t.ItemKind), st.frozensets(st.sampled_from(["hikikomori", "csw"])), st.booleans(), DAYS, DAYS
)
def test_said_once_more_naively(
    rows: list[Consent], kind: t.ItemKind, windows: frozenset[str], secrecy: bool, day: date, handed_on: date
) -> None:
    def shared(day: date) -> bool:
        said = sorted((r for r in rows if t.Scope.SHARING in r.scopes and r.on <= day), key=lambda r: (r.on, r.seq))
        last = said[-1] if said else None
        return (
            last is not None
            and last.decision is t.Decision.GIVEN
            and (last.expires_on is None or last.expires_on >= day)
            and not last.excluding & windows
        )

    reader = Reader("佐藤 健", "k03", windows=windows, secrecy=secrecy)
    answer = may_read(case(person("A", *rows)), "A", kind, reader, day, handed_on)
    by_consent = shared(day) and (handed_on <= day or shared(handed_on))
    said = [held(person("A", *rows), t.Scope.SHARING, on) for on in {day, max(day, handed_on)}]
    by_secrecy = secrecy and not any(h.holds and h.consent and h.consent.excluding & windows for h in said)
    assert isinstance(answer, Permit) is (by_secrecy if kind is SUPPORT else by_consent)
