"""Every example of every help, typed where it belongs in the life of household A, does what it says (exit 0).

The story of `examples/household_a.sh` is played once; before each of the lines in `MOMENTS` the books are set aside.
`WHERE` says at which moment a command's examples are typed; what stands there for one example wins.
"""

import io
import shlex
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from docs.session import Session, at_a_desk
from toshima_cli import demo
from toshima_cli.commands import TABLE

ROOT = Path(__file__).parent.parent.parent

# A moment → the line of the story it stands before.
MOMENTS = {
    "opened": "staff add k03",
    "ready": "intake",
    "received": "route 2026-0001 --complex",
    "called": "attend M2026-0001",
    "met": "decide M2026-0001",
    "consented": "route 2026-0001 --to kurashi-shigoto",
    "referred": "route 2026-0001 --accept R2026-0001",
    "to plan": "plan 2026-0001 --from plan_abc.json",
    "planned": "convene subcommittee --on 2026-11-19",
    "sitting": "attend M2026-0003",
    "attended": "decide M2026-0003 1",
    "supporting": "progress 2026-0001 --method accompany",
    "watch decided": "watch",
    "end decided": "close",
}

# A moment beside the story: at that one, somebody else is sought out. One after it: the story is told.
SOUGHT = "toshima outreach new --why unaware --window csw --note 雨戸が閉まったまま"
BESIDE = {"sought": "consented"}
AFTER = "told"

WHERE = {
    "outreach": "sought",
    "intake": "ready",
    "toshima intake 2026-0002": "sought",
    "approach": "called",
    "resume": "end decided",
    "reopen": "told",
    "concern": "consented",
    "person": "consented",
    "split": "consented",
    "merge": "consented",
    "unmerge": "consented",
    "route": "consented",
    "notify": "consented",
    "conference": "consented",
    "consent": "consented",
    "convene": "consented",
    "attend": "called",
    "decide": "met",
    "plan": "to plan",
    "progress": "consented",
    "watch": "watch decided",
    "close": "end decided",
    "gate": "sitting",
    "agenda": "sitting",
    "meetings": "sitting",
    "staff": "opened",
    "toshima export case 2026-0001 2026-0002": "sought",
    "toshima route 2026-0001 --complex": "received",
    "toshima route 2026-0001 --accept": "referred",
    "toshima decide M2026-0003": "attended",
    "toshima close 2026-0001 --interrupted": "supporting",
    "toshima plan 2026-0001 --list": "planned",
    'toshima plan 2026-0001 --confirmed "A|2026-11-16|oral"': "planned",
    "toshima report form": "supporting",
    "toshima staff retire": "supporting",
    "toshima staff handover": "supporting",
    "toshima staff edit": "supporting",
}
ELSEWHERE = "end decided"

# What a terminal would ask, or what stands on standard input.
ALSO = {"close": " --yes", "toshima undo": " --yes", "toshima --db new.db import case 2026-0001.jsonl": " --yes"}

# What is typed before an example, since the story has one household only.
_SECOND = 'toshima intake --window kodomo-katei --channel self --person "A|髙橋 由美子" --concern A:family'
BEFORE = {
    "toshima person move": (_SECOND,),
    "toshima merge": (_SECOND,),
    "toshima unmerge 2026-0001 ": (_SECOND, "toshima merge 2026-0001 2026-0002"),
    "toshima --db new.db import office": ("toshima export office -o office.jsonl", "toshima --db new.db init"),
    "toshima --db new.db import case": (
        "toshima export case 2026-0001 -o 2026-0001.jsonl",
        "toshima --db new.db init",
        *(f"toshima --db new.db staff add {code} --name 職員 --office 福祉総務課" for code in ("k03", "c01", "e01")),
    ),
    "toshima unmerge 2026-0001/A": (_SECOND, "toshima merge 2026-0001/A 2026-0002/A"),
}

EXAMPLES = [
    (entry.name, example)
    for entry in TABLE
    for example in (
        getattr(import_module(entry.module), "EXAMPLES", None)
        or [example for sub in import_module(entry.module).COMMANDS.values() for example in sub.examples]
    )
]


REFUSED = [pair for pair in EXAMPLES if "export case" in pair[1] or "export office" in pair[1]]
"""What is not made with `--mask`, and says so: `tests/looks/test_export.py`."""


@dataclass(frozen=True)
class Moment:
    """The books as they were, and the day the story had reached."""

    books: Path
    day: str


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Moment]:
    folder, found = tmp_path_factory.mktemp("moments"), dict[str, Moment]()
    last = ""
    with at_a_desk(TOSHIMA_DB="town.db", TOSHIMA_LANG="en", TOSHIMA_NO_INPUT="1") as typing:
        for step in demo.story():
            line = shlex.join(step.words)
            for name, before in MOMENTS.items():
                if step.words and name not in found and line.startswith(before):
                    kept = shutil.copy(typing.folder / "town.db", folder / f"{len(found)}.db")
                    found[name] = Moment(Path(kept), step.day)
            if step.words:
                typing.type(f"TOSHIMA_TODAY={step.day} toshima {line}")
                assert typing.code == step.exit, line
            if step.words[:3] == ("staff", "add", "e01"):
                typing.type(f"TOSHIMA_TODAY={step.day} toshima staff add k01 --name 上田 --office 福祉総務課")
                typing.type(f"TOSHIMA_TODAY={step.day} toshima gap add --kind resource --text 夜に相談できる窓口")
            last = step.day
        found[AFTER] = Moment(Path(shutil.copy(typing.folder / "town.db", folder / "told.db")), last)
    for name, at in BESIDE.items():
        found[name] = Moment(Path(shutil.copy(found[at].books, folder / f"{name}.db")), found[at].day)
        beside = Session(folder, {"TOSHIMA_DB": str(found[name].books), "TOSHIMA_NO_INPUT": "1"})
        beside.type(f"TOSHIMA_TODAY={found[name].day} {SOUGHT}")
    assert set(found) == {*MOMENTS, *BESIDE, AFTER}
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Session:
    """A folder with the files the examples name."""
    shutil.copytree(demo.examples(), tmp_path, dirs_exist_ok=True)
    shutil.copy(tmp_path / "plan_a.json", tmp_path / "plan.json")
    shutil.copy(ROOT / "data" / "windows.csv", tmp_path / "windows.csv")
    return Session(tmp_path, {"TOSHIMA_DB": "desk.db", "TOSHIMA_LANG": "en", "TOSHIMA_NO_INPUT": "1"})


def typed(
    command: str,
    example: str,
    desk: Session,
    moments: dict[str, Moment],
    monkeypatch: pytest.MonkeyPatch,
    *,
    masked: bool = False,
    also: str = "",
) -> str:
    """What the example answers in the books of its moment."""
    where = next((moment for line, moment in WHERE.items() if example.startswith(line)), WHERE.get(command, ELSEWHERE))
    moment = moments[where]
    if command == "demo":
        del desk.exported["TOSHIMA_DB"]
        monkeypatch.setattr("tempfile.tempdir", str(desk.folder))
    else:
        shutil.copy(moment.books, desk.folder / "desk.db")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("電話で話した".encode())))
    for line in (line for start, lines in BEFORE.items() if example.startswith(start) for line in lines):
        desk.type(f"TOSHIMA_TODAY={moment.day} {line}")
    line = f"{example}{ALSO.get(command, ALSO.get(example, ''))}{also}"
    if masked:
        line = line.replace("toshima", "toshima --mask", 1)
    return desk.type(f"TOSHIMA_TODAY={moment.day} {line}")


@pytest.mark.parametrize(("command", "example"), EXAMPLES)
def test_example(
    command: str, example: str, desk: Session, moments: dict[str, Moment], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = typed(command, example, desk, moments, monkeypatch)
    assert desk.code == 0, screen


@pytest.mark.parametrize("also", ["", " -f json"], ids=["screen", "json"])
@pytest.mark.parametrize(
    ("command", "example"), [pair for pair in EXAMPLES if pair[0] != "demo" and pair not in REFUSED]
)
def test_masked_it_names_nobody(
    command: str, example: str, also: str, desk: Session, moments: dict[str, Moment], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No name, reading, address or telephone of anybody in the books, but what was typed in the very line.

    The demonstration tells an invented story in words of its own.
    """
    if "-f " in example or "-o " in example:
        also = ""
    screen = typed(command, example, desk, moments, monkeypatch, masked=True, also=also)
    assert desk.code == 0, screen
    found = [word for word in names(desk.folder / "desk.db") if word in screen and word not in example]
    assert found == []


def names(books: Path) -> set[str]:
    """What says who somebody is: every name and reading, whole and in its parts, every address and telephone."""
    with closing(sqlite3.connect(books)) as conn:
        people = conn.execute("SELECT name, kana, phone, address FROM person").fetchall()
        homes = conn.execute("SELECT address, phone FROM household").fetchall()
    words = {word for row in (*people, *homes) for word in row if word}
    return words | {part for word in words for part in word.split() if len(part) > 1}


def test_no_moment_is_named_in_vain() -> None:
    names = {entry.name for entry in TABLE}
    assert [key for key in WHERE if key not in names and not any(line.startswith(key) for _, line in EXAMPLES)] == []
    assert set(WHERE.values()) | {ELSEWHERE} | set(BESIDE.values()) == {*MOMENTS, *BESIDE, AFTER}


def test_every_command_has_two_at_least() -> None:
    assert {entry.name: sum(name == entry.name for name, _ in EXAMPLES) >= 2 for entry in TABLE} == {
        entry.name: True for entry in TABLE
    }
