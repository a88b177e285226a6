"""From words to a command: Ctrl-C, blanks, the order of what is said first, options in the wrong place."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.commands.conftest import Ran

Trial = Callable[..., Ran]


class TestCtrlC:
    def test_while_the_line_is_parsed(self, trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
        def pressed(*_: Any, **__: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("typer.core.TyperCommand.make_context", pressed)
        ran = trial("trial", "2026-0042")
        assert (ran.code, ran.out) == (130, "")
        assert ran.err == "Stopped.\n"


class TestBlanks:
    @pytest.mark.parametrize("words", [("--note", ""), ("--on", ""), ("--scope", "plan", "--scope", ""), ("-o", "")])
    def test_an_empty_value_is_no_way_to_leave_an_option_out(self, trial: Trial, words: tuple[str, ...]) -> None:
        ran = trial("trial", "2026-0042", "--channel", "self", *words, "-f", "json")
        assert ran.code == 2
        assert [fault["where"] for fault in json.loads(ran.err)["error"]["faults"]] == [words[-2]]

    def test_a_case_too(self, trial: Trial) -> None:
        assert trial("trial", "", "--channel", "self").code == 2


class TestTheOrder:
    @pytest.mark.parametrize("words", [("--bogus",), ("--note", ""), ("one", "two", "three")])
    def test_no_books_come_before_a_line_that_cannot_be_read(self, trial: Trial, words: tuple[str, ...]) -> None:
        assert trial("trial", *words, books=False).code == 5

    def test_an_option_between_a_group_and_its_command(self, trial: Trial) -> None:
        ran = trial("--mask", "trials", "--lang", "en", "add", "k03")
        assert ran.code == 2
        assert "toshima --mask --lang en trials add k03" in ran.err
