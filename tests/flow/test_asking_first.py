"""What is asked before it is done: taking back, and handing over everything."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.desk import NearDesk
from tests.flow.test_undo import CASE, sql
from toshima_cli.domain.verdict import Say
from toshima_cli.ui.ask import Ask

NOTE = ("progress", CASE, "--method", "phone", "--note", "電話した")


def _yes(_: Ask) -> bool:
    return True


def _ignored(_: Ask, __: bool) -> None:
    pass


class Person:
    """Answers at the terminal; `asked` are the values of the questions, `first` is done before the answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answer, self.asked = True, list[dict[str, Any]]()
        self.first: Callable[[], object] = lambda: None
        monkeypatch.setattr(Ask, "possible", property(_yes, _ignored), raising=False)
        monkeypatch.setattr(Ask, "confirm", lambda _, question: self.said(question))

    def said(self, question: Say) -> bool:
        self.asked.append(dict(question.values))
        self.first()
        return self.answer


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return Person(monkeypatch)


def undone(desk: NearDesk) -> int:
    return int(sql(desk, "SELECT COUNT(*) FROM act WHERE undone_by IS NOT NULL")[0][0])


class TestUndo:
    def test_a_yes_takes_it_back(self, engaging: NearDesk, person: Person) -> None:
        engaging.ok(*NOTE)
        shown = engaging.ok("undo").err
        assert len(person.asked) == 1
        assert all(word in shown for word in (CASE, "2026-11-24"))
        assert undone(engaging) == 1
        assert CASE in engaging.ok("undo").err
        assert "M2026-0001" in engaging.ok("undo").err
        assert len(person.asked) == 3

    def test_a_no_changes_nothing(self, engaging: NearDesk, person: Person) -> None:
        engaging.ok(*NOTE)
        person.answer = False
        engaging.ok("undo")
        assert undone(engaging) == 0

    def test_what_was_not_asked_about_is_not_taken_back(self, engaging: NearDesk, person: Person) -> None:
        engaging.ok(*NOTE)
        person.first = lambda: engaging.ok(*NOTE)
        typed = engaging.run("undo", "-f", "json")
        # what would be taken back was shown to the person before, on the same stream
        assert (typed.code, json.loads(typed.err.splitlines()[-1])["error"]["rule"]) == (3, "undo.changed")
        assert undone(engaging) == 0

    def test_nobody_is_asked_about_nothing(self, engaging: NearDesk, person: Person) -> None:
        assert engaging.refused("--as", "e01", "undo")["rule"] == "undo.nothing"
        assert person.asked == []


class TestHandover:
    def test_everything_is_asked_about_and_one_case_is_not(self, engaging: NearDesk, person: Person) -> None:
        person.answer = False
        engaging.ok("staff", "handover", "k03", "e01")
        assert person.asked == [{"giver": "k03", "taker": "e01"}]
        assert engaging.json("show", CASE)["coordinator"] == "k03"
        engaging.ok("staff", "handover", "k03", "e01", "--case", CASE)
        assert len(person.asked) == 1
        person.answer = True
        engaging.ok("staff", "handover", "e01", "k03")
        assert engaging.json("show", CASE)["coordinator"] == "k03"
