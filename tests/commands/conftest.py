"""A desk for the kernel: two commands that exist in the tests only, and books that know one case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from toshima_cli import app, commands, context
from toshima_cli.domain.verdict import say
from toshima_cli.exits import StoreTrouble

TRIALS = (
    commands.Entry("trial", "flow", say("Trial of everything"), "tests.commands.trial"),
    commands.Entry("trials", "office", say("Trials"), "tests.commands.trials", ("add",)),
)


class Books:
    def exists(self, kind: str, number: str) -> bool:
        return (kind, number) == ("case", "2026-0042")

    def codes(self, *, english: bool = False) -> dict[str, dict[str, str]]:
        return {
            "staff": {"k03": "青木"},
            "window": {"kurashi-shigoto": "くらし・しごと相談支援センター"},
            "programme": {"p-ibasho": "居場所"},
            "channel": {"self": "本人", "family": "家族", "welfare_commissioner": "民生委員・児童委員"},
        }


@dataclass
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run one line in English with the trial commands; `books=False`: there is no database."""
    monkeypatch.setattr(commands, "TABLE", TRIALS)
    monkeypatch.setattr(app, "TABLE", TRIALS)
    monkeypatch.setenv("TOSHIMA_TODAY", "2026-11-24")
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str, books: bool = True, lang: str = "en") -> Ran:
        def store(self: Any) -> Books:
            if not books:
                raise StoreTrouble(say("There is no database yet."), do=("toshima init",))
            return Books()

        monkeypatch.setattr(context.Ctx, "store", property(store))
        monkeypatch.setenv("TOSHIMA_LANG", lang)
        code = app.main(list(words))
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run
