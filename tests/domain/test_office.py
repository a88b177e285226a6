"""What the office may set: which settings there are, what each takes."""

import pytest

from toshima_cli.domain import office

FIGURES = ("plans.new", "consultations.by_window.csw")


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("interruption_days", "30", "30"),
        ("interruption_days", " ３０ ", "30"),
        ("hidden_most", "99", "99"),
        ("regular_subcommittee", "第3木曜日", "第3木曜日"),
        ("regular_council", "None", "none"),
        ("population.2026", "290,000", "290000"),
        ("target.2026.plans.new", "0", "0"),
        ("target.2027.consultations.by_window.csw", "12", "12"),
    ],
)
def test_what_is_taken(key: str, typed: str, kept: str) -> None:
    assert office.checked(key, typed, FIGURES) == kept


@pytest.mark.parametrize(
    ("key", "typed", "of_key"),
    [
        ("interruption_days", "0", False),
        ("interruption_days", "-3", False),
        ("hidden_most", "100", False),
        ("hidden_most", "four", False),
        ("hidden_most", "٢", False),
        ("regular_subcommittee", "sunday", False),
        ("population.2026", "0", False),
        ("population.26", "290000", True),
        ("target.2026.plans.old", "3", True),
        ("target.2026", "3", True),
        ("consent_self_from_age", "12", True),
        ("anything", "1", True),
    ],
)
def test_what_is_not(key: str, typed: str, of_key: bool) -> None:
    with pytest.raises(office.BadSetting) as caught:
        office.checked(key, typed, FIGURES)
    assert caught.value.key is of_key


def test_the_figure_of_a_target() -> None:
    assert office.figure_of("target.2026.plans.new") == "plans.new"
    assert office.figure_of("population.2026") == ""


def test_what_the_office_added_has_a_name() -> None:
    found = [office.named(key) for key in ("population.2026", "target.2026.plans.new", "hidden_most")]
    assert [name and dict(name.values) for name in found] == [
        {"year": "2026"},
        {"year": "2026", "figure": "plans.new"},
        None,
    ]


def test_inhabitants_and_targets_are_of_a_fiscal_year() -> None:
    settings = {
        "population.2026": "290000",
        "target.2026.plans.new": "30",
        "target.2027.plans.new": "40",
        "hidden_most": "4",
    }
    assert office.population(settings, 2026) == 290000
    assert office.population(settings, 2027) is None
    assert office.targets(settings, 2026) == {"plans.new": 30}
    assert office.targets(settings, 2025) == {}
