"""A desk for the kernel: two commands that exist in the tests only, and books that know one case; a month to report."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, Typed, copy
from tests.history import History
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


# ----------------------------------------------------------- the monthly report


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One household, received on 5 November, visited twice, once on the 30th."""
    path = tmp_path_factory.mktemp("report") / "books.db"
    h = History.new(path)
    case = h.case("2026-11-05", people="AB", concerns="A:job B:withdrawal", channel="welfare_commissioner")
    h.note(case, "2026-11-06", label="B")
    h.note(case, "2026-11-30", label="A")
    h.item(h.meeting("2026-11-19"), case)
    for code in ("k03", "e01"):
        h.insert("staff", code=code, name="青木", office="福祉総務課", role="coordinator")
    h.conn.close()
    return path


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "books.db"))


@pytest.fixture
def typed_at(db: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Typed]:
    """`typed_at("caseload", today="2026-12-10")` types a line at `db`, in English where no language is said."""
    monkeypatch.setenv("TOSHIMA_DB", str(db))
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str, today: str, lang: str = "en") -> Typed:
        monkeypatch.setenv("TOSHIMA_TODAY", today)
        monkeypatch.setenv("TOSHIMA_LANG", lang)
        code = app.main([*words])
        out, err = capfd.readouterr()
        return Typed(code, out, err)

    return run


@pytest.fixture
def report(typed_at: Callable[..., Typed]) -> Callable[..., Typed]:
    """`report("--month", "2026-11")` types `toshima report monthly …` in English on 10 December 2026."""

    def run(*words: str, today: str = "2026-12-10", lang: str = "en") -> Typed:
        return typed_at("report", "monthly", *words, today=today, lang=lang)

    return run


@pytest.fixture(scope="session")
def new_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = NearDesk(tmp_path_factory.mktemp("new") / "books.db")
    desk.ok("init")
    return desk.db


@pytest.fixture
def desk(new_books: Path, tmp_path: Path) -> NearDesk:
    """Somebody at new books."""
    return NearDesk(copy(new_books, tmp_path / "books.db"))
