"""Reads the lives of `tests/journeys/lives/*.md`: what a coordinator types, day by day, and what she is told.

    ## 2026-10-05 the day everything below is typed on
        $ toshima show 2026-0001
        → people[B].name 高橋 優太     the answer (`-f json`) holds this; `[B]` is the entry that has B somewhere in it
        → count 3                      it is a list of three
        ⚠ close.sitting                among the warnings
        ✗ consent.plan.refused         refused by this rule (exit 3); a number is the exit code
        「関係法令に基づき対応中」        stands on the screen
        ¬「高橋」                       does not

Where the line writes a file (`-o FILE`), the last two are asked of the file.

What stands outside the indented lines is for people.
"""

import json
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.desk import Desk

LIVES = sorted((Path(__file__).parent / "lives").glob("*.md"))
MARKS = "→⚠✗「¬"


@dataclass
class Line:
    """One line typed on a day, and what it is held against."""

    where: str
    day: str
    words: tuple[str, ...]
    checks: list[str] = field(default_factory=list)

    @property
    def on_screen(self) -> bool:
        return any(check[0] in "「¬" for check in self.checks)

    @property
    def writes(self) -> str | None:
        """The file it writes."""
        return self.words[self.words.index("-o") + 1] if "-o" in self.words else None

    def saying(self, mark: str) -> list[str]:
        """What is asked to stand there (「) or not to (¬)."""
        return [check.strip("¬「」") for check in self.checks if check[0] == mark]


def told(path: Path) -> Iterator[Line]:
    day, line = "", None
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        words = text.strip()
        if found := re.match(r"## (\d{4}-\d\d-\d\d)", text):
            day = found[1]
        elif text.startswith("    $ "):
            if line:
                yield line
            assert day, f"{path.name}:{number}: no day yet"
            line = Line(f"{path.name}:{number}", day, tuple(shlex.split(words.removeprefix("$ "))[1:]))
        elif text.startswith("    ") and words:
            assert line, f"{path.name}:{number}: nothing typed yet"
            assert words[0] in MARKS, f"{path.name}:{number}: {words}"
            line.checks.append(words)
    if line:
        yield line


def live(desk: Desk, lines: Iterable[Line]) -> int:
    """Type every line; returns how many things were checked."""
    return sum(_type(desk, line) for line in lines)


def _type(desk: Desk, line: Line) -> int:
    form = () if line.on_screen or line.writes else ("-f", "json")
    typed = desk.run(*line.words, *form, today=line.day)
    said = f"{line.where}: {' '.join(line.words)}\n{typed.code}\n{typed.out}\n{typed.err}"
    refusals = [check[1:].strip() for check in line.checks if check[0] == "✗"]
    if refusals:
        (refusal,) = refusals
        assert typed.out == "", said
        if refusal.isdigit():
            assert typed.code == int(refusal), said
        else:
            assert (typed.code, typed.error["rule"]) == (3, refusal), said
            assert typed.error["next"] or typed.error["missing"], said
        return 1
    assert typed.code == 0, said
    shown = Path(line.writes).read_text(encoding="utf-8") if line.writes else typed.out
    heard = "" if line.writes else typed.err
    for check in line.checks:
        match check[0]:
            case "「":
                assert _within(check[1:-1], shown), f"{check}\n{said}"
            case "¬":
                assert not _within(check[2:-1], shown + heard), f"{check}\n{said}"
            case "⚠":
                assert check[1:].strip() in [w["rule"] for w in typed.data["warnings"]], f"{check}\n{said}"
            case _:
                path, _, wanted = check[1:].strip().partition(" ")
                assert _at(typed.data, path) == _value(wanted.strip()), f"{check}\n{said}"
    return len(line.checks)


def _within(text: str, screen: str) -> bool:
    """Lines of a screen are folded anywhere."""
    return re.sub(r"\s+", "", text) in re.sub(r"\s+", "", screen)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _at(data: Any, path: str) -> Any:
    if path == "count":
        return len(data)
    for name, key in re.findall(r"([^.\[\]]+)|\[([^\]]+)\]", path):
        if name:
            data = len(data) if name == "#" else data[name]
        elif key.isdigit():
            data = data[int(key)]
        else:
            found = [entry for entry in data if key in entry.values()]
            assert len(found) == 1, f"{key} stands in {len(found)} of {data}"
            data = found[0]
    return data
