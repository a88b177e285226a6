"""The life of household A, played from `examples/household_a.sh`: the lines a person would type, each on its day.

1. Every step is a line of that file, run by `app.main` under its own TOSHIMA_TODAY, in a database of its own.
2. Then invented households are taken in, so that a caseload and an agenda have something to show.
3. The end is what an office prints: caseload, agenda, monthly report.
"""

import random
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from toshima_cli import app, context, i18n
from toshima_cli.domain.verdict import Refusal
from toshima_cli.settings import Terminal

LAST_DAY = date(2027, 3, 19)
NEXT_SITTING = date(2027, 4, 15)

FAMILIES = ("佐藤", "鈴木", "田中", "渡邊", "山本", "中村", "小林", "加藤", "吉田", "齋藤", "松本", "井上")
READINGS = (
    "さとう", "すずき", "たなか", "わたなべ", "やまもと", "なかむら",
    "こばやし", "かとう", "よしだ", "さいとう", "まつもと", "いのうえ",
)  # fmt: skip
GIVEN = (
    ("英二", "えいじ", "male"),
    ("和子", "かずこ", "female"),
    ("健", "たけし", "male"),
    ("明美", "あけみ", "female"),
)
TROUBLES = (
    ("care", "health"),
    ("rent", "income", "job"),
    ("withdrawal", "family"),
    ("childcare", "work", "housing"),
    ("debt", "dues"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the story: narration in both languages, or a command with its day and the exit code it ends in."""

    ja: str = ""
    en: str = ""
    day: str = ""
    line: str = ""
    exit: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """The command as a shell cuts it, without the program's name."""
        return tuple(shlex.split(self.line)[1:])


Narrator = Callable[[str], None]


class Broken(Exception):
    """A step did not end as the story says."""


def examples() -> Path:
    """Where the story is: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "examples"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "examples"


def story() -> Iterator[Step]:
    """The steps of `household_a.sh`, in order."""
    ja = ""
    for line in (examples() / "household_a.sh").read_text(encoding="utf-8").splitlines():
        if line.startswith("# ja: "):
            ja = line.removeprefix("# ja: ")
        elif line.startswith("# en: "):
            yield Step(ja=ja, en=line.removeprefix("# en: "))
        elif line.startswith("TOSHIMA_TODAY="):
            command, _, mark = line.removeprefix("TOSHIMA_TODAY=").partition(" # exit ")
            day, _, typed = command.partition(" ")
            yield Step(day=day, line=typed, exit=int(mark or 0))


def play(db: Path, terminal: Terminal, narrate: Narrator, *, households: int, seed: int) -> None:
    """Live the story in a new database at `db`. Raises Broken where a step ends otherwise than it should.

    `narrate` says a line between the commands, which speak for themselves.
    """
    for step in story():
        if step.line:
            _run(db, terminal, narrate, step)
        else:
            narrate(step.ja if i18n.language() == "ja" else step.en)
    if households:
        invent(db, households, seed)
        _run(db, terminal, narrate, _on_the_last_day(f"convene subcommittee --on {NEXT_SITTING} --attendee k03"))
    for words in ("caseload", "agenda", f"report monthly --month {LAST_DAY:%Y-%m}"):
        _run(db, terminal, narrate, _on_the_last_day(words))


def _on_the_last_day(words: str) -> Step:
    return Step(day=LAST_DAY.isoformat(), line=f"toshima {words}")


def _run(db: Path, terminal: Terminal, narrate: Narrator, step: Step) -> None:
    narrate(f"{step.day} $ {step.line}")
    found = [str(examples() / word) if word.endswith(".json") else word for word in step.words]
    language = i18n.language()
    # whoever works here is nobody in the story
    with context.desk(step.day, TOSHIMA_DB=str(db), TOSHIMA_LANG=language, TOSHIMA_STAFF=""):
        ended = app.main(found, terminal=terminal)
    if ended != step.exit:
        raise Broken(f"{step.line}: {ended}")


def invent(db: Path, households: int, seed: int) -> None:
    """Take in synthetic households, each in trouble of its own, and hand those with much of it to the coordinator."""
    from toshima_cli.flow import intake, progress, route
    from toshima_cli.forms import IntakeForm, Known, fill
    from toshima_cli.opening import open_store

    chance = random.Random(seed)
    first = date(2026, 12, 1)
    for _ in range(households):
        day = first + timedelta(days=chance.randrange(80))
        store = open_store(str(db), actor="k03", today=LAST_DAY, replayed=True, now=context.now)
        try:
            form = fill(IntakeForm, _household(chance, day), Known(LAST_DAY, store.codes()))
            made = intake.record(store, form)
            assert not isinstance(made, Refusal)
            if len(form.concerns) > 2:
                route.escalate(store, made.number, "k03", day + timedelta(days=2), None)
            told = progress.Told(
                on=day + timedelta(days=7),
                method=chance.choice(("phone", "visit", "office")),
                text="様子をうかがった",
                next_on=day + timedelta(days=chance.randrange(30, 150)),
                next_what="声かけ",
            )
            progress.record(store, made.number, told)
        finally:
            store.close()


def _household(chance: random.Random, day: date) -> dict[str, object]:
    at = chance.randrange(len(FAMILIES))
    people: list[dict[str, str]] = []
    for label in "AB"[: chance.randrange(1, 3)]:
        given, reading, sex = chance.choice([name for name in GIVEN if name[2] not in {p["sex"] for p in people}])
        people.append(
            {
                "label": label,
                "name": f"{FAMILIES[at]} {given}",
                "kana": f"{READINGS[at]} {reading}",
                "birth_date": (date(1935, 1, 1) + timedelta(days=chance.randrange(25_000))).isoformat(),
                "sex": sex,
                "relation": "head" if label == "A" else "spouse",
            }
        )
    troubles = chance.choice(TROUBLES)
    return {
        "window": chance.choice(("kurashi-shigoto", "korei-sogo", "csw", "kodomo-katei", "seikatsu")),
        "received_on": day.isoformat(),
        "channel": chance.choice(("self", "family", "agency")),
        "people": people,
        "concerns": [{"person": people[n % len(people)]["label"], "concern": code} for n, code in enumerate(troubles)],
    }
