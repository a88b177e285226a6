"""Two cases read as one: everybody's words together, under the labels of the case that is kept."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.household import Life, day
from tests.domain.world import person, row
from toshima_cli.domain.case import Case, Consent, Person
from toshima_cli.domain.gaps import Gap, GapStep
from toshima_cli.domain.held import held, holds
from toshima_cli.domain.merge import noes_since, read_together
from toshima_cli.domain.merged import joined, once
from toshima_cli.domain.terms import Decision, GapKind, GapStatus, Scope

BOTH = (Scope.PLAN, Scope.SHARING)


def other(life: Life, **people: int) -> Case:
    """The case of `life` with its labels standing for these human beings, its sequences after those of the kept one."""
    members = tuple(replace(p, person_id=people[p.label]) for p in life.case.people)
    return replace(life.case, number="2026-0043", people=members)


@pytest.fixture
def kept() -> Case:
    return Life(labels="AB").concern("A", "care").note(day(10, 6)).case


class TestWhatIsReadTogether:
    def test_is_told_under_the_labels_of_the_kept_case(self, kept: Case) -> None:
        case = joined(kept, other(Life(labels="AB").concern("A", "rent").concern(None, "family"), A=2, B=9))
        assert [(c.label, c.code) for c in case.concerns] == [("A", "care"), ("B", "rent"), (None, "family")]

    def test_of_somebody_not_in_the_kept_case_is_the_household_s(self, kept: Case) -> None:
        case = joined(kept, other(Life(labels="AB").concern("B", "rent"), A=2, B=9))
        assert (case.concerns[-1].label, case.concerns[-1].code) == (None, "rent")

    def test_notes_and_referrals_come_along(self, kept: Case) -> None:
        case = joined(kept, other(Life(labels="A").note(day(10, 7)).refer(day(10, 8)), A=2))
        assert [n.on for n in case.notes] == [day(10, 6), day(10, 7)]
        assert [r.label for r in case.referrals] == ["B"]

    def test_wishes_stand_in_their_order(self, kept: Case) -> None:
        kept = Life(labels="A").wish("A", day(11, 1)).case
        case = joined(kept, other(Life(labels="A").wish("A", day(10, 20)), A=1))
        assert [w.on for w in case.people[0].wishes] == [day(10, 20), day(11, 1)]

    def test_stages_and_plans_stay_each_case_s_own(self, kept: Case) -> None:
        case = joined(kept, other(Life(labels="A").consent("A", day(10, 6)).running("A", day(10, 7)), A=1))
        assert (case.steps, case.plans, case.number) == (kept.steps, (), kept.number)


class TestConsent:
    @pytest.mark.parametrize("decision", [d for d in Decision if d not in (Decision.GIVEN, Decision.NONE)])
    def test_a_no_counts_wherever_it_was_said(self, decision: Decision) -> None:
        kept = Life(labels="A").consent("A", day(10, 6)).case
        life = Life(labels="A")
        life.seq = 100
        case = joined(kept, other(life.consent("A", day(10, 9), decision), A=1))
        found = held(case.people[0], Scope.SHARING, day(10, 9))
        assert (found.decision, found.holds) == (decision, False)
        assert holds(case.people[0], Scope.SHARING, day(10, 8))

    def test_a_yes_does_not_wander(self) -> None:
        kept = Life(labels="A").case
        case = joined(kept, other(Life(labels="A").consent("A", day(10, 6)), A=1))
        assert not any(holds(case.people[0], scope, day(10, 9)) for scope in BOTH)

    def test_a_later_yes_in_the_kept_case_holds(self) -> None:
        life = Life(labels="A")
        life.seq = 100
        kept = life.consent("A", day(10, 12)).case
        case = joined(kept, other(Life(labels="A").consent("A", day(10, 9), Decision.REFUSED), A=1))
        assert holds(case.people[0], Scope.SHARING, day(10, 12))

    @pytest.mark.parametrize(("on", "excepted"), [(day(10, 5), set()), (day(10, 9), {"korei-sogo"})])
    def test_a_window_excepted_later_is_excepted_here_too(self, on: date, excepted: set[str]) -> None:
        kept = Life(labels="A").consent("A", day(10, 6)).case
        twin = other(Life(labels="A").consent("A", on), A=1)
        (row,) = twin.people[0].consents
        said = replace(row, seq=100, excluding=frozenset({"korei-sogo"}))
        twin = replace(twin, people=(replace(twin.people[0], consents=(said,)),))
        found = held(joined(kept, twin).people[0], Scope.SHARING, day(10, 20)).consent
        assert found is not None
        assert found.excluding == excepted

    @pytest.mark.parametrize("label", "AB")
    def test_a_no_under_any_label_of_the_other_case_counts(self, label: str) -> None:
        kept = Life(labels="A").consent("A", day(10, 6)).case
        life = Life(labels="AB")
        life.seq = 100
        twin = other(life.consent(label, day(10, 9), Decision.WITHDRAWN), A=1, B=1)
        assert not holds(joined(kept, twin).people[0], Scope.SHARING, day(10, 9))


def test_two_labels_of_one_person_are_one_from_that_day_on() -> None:
    a, b, c = Life().consent("B", day(10, 6), Decision.REFUSED).case.people
    found = once((a, replace(b, person_id=a.person_id), c), {b.id: day(10, 9)})
    assert [(p.label, p.left_on) for p in found] == [("A", None), ("B", day(10, 9)), ("C", None)]
    assert held(found[0], Scope.SHARING, day(10, 9)).decision is Decision.REFUSED


class TestTakenBack:
    """What was said since the merge (act 5) goes on to count on both sides."""

    KAIGO = frozenset({"kaigo"})

    def since(self, person: Person, *said: Consent) -> list[tuple[int, Decision, frozenset[str]]]:
        return [(c.on.day, c.decision, c.excluding) for c in noes_since(person, said, 5)]

    def test_a_no_of_the_other_since_then(self) -> None:
        before, after = row(Decision.REFUSED, day(10, 6), seq=4), row(Decision.WITHDRAWN, day(10, 9), seq=6)
        assert self.since(person("A"), before, after, after) == [(9, Decision.WITHDRAWN, frozenset())]
        assert self.since(person("A", after), after) == []

    def test_an_exception_narrows_their_own_yes(self) -> None:
        own, later = row(on=day(10, 6)), row(on=day(10, 9), seq=6, excluding=self.KAIGO)
        assert self.since(person("A", own), later) == [(9, Decision.GIVEN, self.KAIGO)]
        assert self.since(person("A", own), replace(later, excluding=frozenset())) == []
        assert self.since(person("A", replace(own, excluding=self.KAIGO)), later) == []
        assert self.since(person("A"), later) == []
        no = row(Decision.WITHDRAWN, day(10, 8), seq=6)
        assert self.since(person("A", own), no, replace(later, seq=7)) == [(8, Decision.WITHDRAWN, frozenset())]

    def test_between_cases_that_are_read_together(self, kept: Case) -> None:
        twin = replace(kept, number="2026-0043")
        over = replace(kept, merged=(twin.number,))
        assert [read_together(*two) for two in ((kept, kept), (over, twin), (twin, over), (kept, twin))] == [
            True,
            True,
            True,
            False,
        ]


class TestOneWithheld:
    def test_is_not_the_household(self, kept: Case) -> None:
        """What is tied to who left under restriction and is not in the kept case is not read there (rule 11)."""
        twin = other(Life(labels="AB").concern("B", "violence").note(day(10, 7)).refer(day(10, 8), label="B"), A=2, B=9)
        twin = replace(twin, notes=tuple(replace(n, label="B") for n in twin.notes))
        twin = replace(twin, people=tuple(replace(p, withheld=p.label == "B") for p in twin.people))
        case = joined(kept, twin)
        assert (case.concerns, case.notes, case.referrals) == (kept.concerns, kept.notes, kept.referrals)

    def test_who_is_of_the_kept_case_is_read_there(self, kept: Case) -> None:
        twin = other(Life(labels="AB").concern("B", "debt"), A=1, B=2)
        twin = replace(twin, people=tuple(replace(p, withheld=p.label == "B") for p in twin.people))
        assert [(c.label, c.code) for c in joined(kept, twin).concerns] == [("A", "care"), ("B", "debt")]

    def test_the_names_of_both_stay_unsaid(self, kept: Case) -> None:
        twin = replace(other(Life(labels="A"), A=9), unsaid=(("佐藤 光", "さとう ひかる"),))
        kept = replace(kept, unsaid=(("田中 実", None),))
        assert joined(kept, twin).unsaid == (("田中 実", None), ("佐藤 光", "さとう ひかる"))


class TestGaps:
    def gap(self, number: int) -> Gap:
        return Gap(number, day(10, 6), 1, GapKind.RESOURCE, "…")

    def test_a_gap_of_both_stands_once(self, kept: Case) -> None:
        kept = replace(kept, gaps=(self.gap(1),))
        case = joined(kept, replace(other(Life(labels="A"), A=1), gaps=(self.gap(1), self.gap(2))))
        assert [g.number for g in case.gaps] == ["G1", "G2"]

    @pytest.mark.parametrize(
        ("on", "status"),
        [(day(10, 5), None), (day(10, 6), GapStatus.RAISED), (day(10, 20), GapStatus.FORWARDED)],
    )
    def test_what_became_of_it_by_a_day(self, on: date, status: GapStatus | None) -> None:
        gap = replace(self.gap(1), steps=(GapStep(day(10, 20), 2, GapStatus.FORWARDED),))
        assert gap.status_on(on) is status


def test_of_two_labels_of_one_person_the_one_still_there() -> None:
    kept = Life().leave("A", day(10, 8)).case
    a, b, c = kept.people
    kept = replace(kept, people=(a, replace(b, person_id=1), c))
    twin = replace(Life(labels="A").concern("A", "debt").wish("A", day(10, 9)).case, number="2026-0043")
    case = joined(kept, twin)
    assert case.concerns[0].label == "B"
    assert [p.label for p in case.people if p.wishes] == ["B"]
