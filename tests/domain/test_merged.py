"""What is read of a case together with the one found to be the same: labels of the kept one, noes but no yes."""

from dataclasses import replace

from tests.domain.household import Life, day
from toshima_cli.domain import terms as t
from toshima_cli.domain.gaps import Gap
from toshima_cli.domain.merged import joined


def test_under_the_labels_of_the_kept_case() -> None:
    other = Life(labels="AB").concern("A", "debt").concern("B", "rent").concern(None, "family").note(day(10, 9))
    other.refer(day(10, 8), label="A").wish("A", day(10, 9))
    other.consent("A", day(10, 8)).consent("A", day(10, 9), t.Decision.WITHDRAWN)
    a, b = other.case.people
    twin = replace(other.case, number="2026-0043", people=(replace(a, person_id=3), replace(b, person_id=9)))
    kept = Life().concern("C", "care").consent("C", day(10, 7)).case
    found = joined(kept, twin)
    assert [(c.label, c.code) for c in found.concerns] == [
        ("C", "care"),
        ("C", "debt"),
        (None, "rent"),
        (None, "family"),
    ]
    assert [r.label for r in found.referrals] == ["C"]
    assert len(found.notes) == 1
    c = found.person("C")
    assert c is not None
    assert [row.decision for row in c.consents] == [t.Decision.GIVEN, t.Decision.WITHDRAWN]
    assert len(c.wishes) == 1
    assert found.people[:2] == kept.people[:2]


def test_of_two_labels_of_one_person_the_one_still_there() -> None:
    kept = Life().leave("A", day(10, 8)).case
    a, b, c = kept.people
    kept = replace(kept, people=(a, replace(b, person_id=1), c))
    twin = replace(Life(labels="A").concern("A", "debt").case, number="2026-0043")
    assert joined(kept, twin).concerns[0].label == "B"


def test_a_gap_of_both_is_one() -> None:
    gap = Gap(id=1, on=day(10, 8), seq=1, kind=t.GapKind.RESOURCE, text="x")
    one = replace(Life().case, gaps=(gap,), unsaid=(("a", None),))
    other = replace(Life().case, number="2026-0043", gaps=(gap, replace(gap, id=2)), unsaid=((None, "b"),))
    found = joined(one, other)
    assert [g.id for g in found.gaps] == [1, 2]
    assert found.unsaid == (("a", None), (None, "b"))
