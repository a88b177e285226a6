"""Speaking: sentences, closed terms, dates, in the language of the screen."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toshima_cli import i18n
from toshima_cli.domain import terms, verdict
from toshima_cli.domain.terms import Stage
from toshima_cli.domain.verdict import Say, say
from toshima_cli.i18n import render
from toshima_cli.words import WORDS


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("ja")


def test_every_term_of_every_closed_list_has_its_word() -> None:
    lists = [
        kind
        for module in (terms, verdict)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    ]
    assert set(WORDS) == set(lists)
    for kind in lists:
        assert list(WORDS[kind]) == [term.value for term in kind]


def test_values_are_spoken() -> None:
    sentence = say(
        "{who} since {on}: {stage}, {n} of {all}",
        who="A",
        on=date(2026, 10, 5),
        stage=Stage.ENGAGING,
        n=1,
        all=("a", "b"),
    )
    assert render(sentence) == "A since 2026-10-05: engaging, before consent, 1 of a, b"
    assert render(say("{inner}!", inner=say("{x}", x=3))) == "3!"
    assert render(True) == "yes"
    assert render("") == render(say("")) == ""


def test_a_brace_is_only_a_brace() -> None:
    assert render(say("{a} {b} {missing} { } {", a="{b}", b="{a}")) == "{b} {a} {missing} { } {"


@given(st.text(), st.text())
def test_no_text_stops_the_speaking(text: str, value: str) -> None:
    for lang in ("ja", "en"):
        i18n.set_language(lang)
        render(Say(text, (("a", value),)))
    i18n.set_language("en")
