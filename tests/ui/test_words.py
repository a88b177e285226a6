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
from toshima_cli.i18n import article, render
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


@pytest.mark.parametrize(
    ("code", "ja", "en"),
    [
        ("106-6(1)", "第106条の6第1項", "Article 106-6(1)"),
        ("106-3-2", "第106条の3の2", "Article 106-3-2"),
        ("159 item 2", "第159条第2号", "Article 159 item 2"),
        ("the plan", "the plan", "the plan"),
    ],
)
def test_articles_are_printed_as_they_are_read(code: str, ja: str, en: str) -> None:
    assert article(code) == en
    i18n.set_language("ja")
    assert article(code) == ja
