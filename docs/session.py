"""Console blocks of a document, typed for real: what follows a `$` line is what the program answers.

    ```console
    $ export TOSHIMA_DB=tour.db TOSHIMA_LANG=en
    $ TOSHIMA_TODAY=2026-10-05 toshima init
    ```

1. The blocks of one document are one session, in a folder of its own with what `examples/` holds.
2. `export` and variables before a command act as in a shell; `echo $?` gives the last exit code. Nothing else is known,
   so that no document can run anything but the program.
3. The answer is what a terminal of 80 columns would show, without colour.
"""

import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from toshima_cli import app, demo
from toshima_cli.settings import Terminal

SCREEN = Terminal(stdin=False, stdout=True, stderr=True, columns=80, colour=False)
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Session:
    """Somebody typing in `folder`: variables exported so far, the last exit code."""

    folder: Path
    exported: dict[str, str] = field(default_factory=dict)
    code: int = 0

    def type(self, line: str, screen: Terminal = SCREEN) -> str:
        """What the line answers. Raises ValueError for what is neither `toshima` nor one of the few words known."""
        if line == "echo $?":
            return f"{self.code}\n"
        words = shlex.split(line)
        if words[:1] == ["export"]:
            self.exported |= dict(word.split("=", 1) for word in words[1:])
            return ""
        given = {}
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0], re.DOTALL):
            name, _, value = words.pop(0).partition("=")
            given[name] = value
        if words[:1] != ["toshima"]:
            raise ValueError(f"only toshima is run here: {line}")
        out = StringIO()
        with _as(self.exported | given), chdir(self.folder), redirect_stdout(out), redirect_stderr(out):
            self.code = app.main(words[1:], terminal=screen)
        return out.getvalue()


@contextmanager
def at_a_desk(**variables: str) -> Iterator[Session]:
    """A session in a temporary folder with the examples, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="toshima-docs-") as folder:
        shutil.copytree(demo.examples(), folder, dirs_exist_ok=True)
        yield Session(Path(folder), variables)


@contextmanager
def _as(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def answered(text: str) -> str:
    """The document with every answer as it is today."""
    with at_a_desk() as typing:
        return _BLOCK.sub(lambda block: f"```console\n{_answers(block[1], typing)}```", text)


def lines(text: str) -> list[str]:
    """Every line typed in the console blocks of a document."""
    return [line.removeprefix("$ ") for block in _BLOCK.findall(text) for line in _typed(block)]


def _answers(block: str, typing: Session) -> str:
    shown = []
    for line in _typed(block):
        answer = typing.type(line.removeprefix("$ "))
        shown += [line, *(part.rstrip() for part in answer.splitlines())]
    return "".join(f"{part}\n" for part in shown)


def _typed(block: str) -> list[str]:
    return [line for line in block.splitlines() if line.startswith("$ ")]
