"""A real shell on a terminal of its own, to press Tab in."""

import os
import re
import select
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, command

SILENT = 60
"""Seconds after which a shell that says nothing is given up."""

START = {
    "bash": ("--norc", "--noprofile", "-i"),
    "zsh": ("-f", "-i"),
    "fish": ("--no-config", "-i"),
}
READY = {
    "bash": 'args() { printf "<%s>" "$@"; echo "<end>"; }; eval "$(toshima completion bash)"',
    "zsh": 'args() { printf "<%s>" "$@"; echo "<end>"; }; autoload -Uz compinit; compinit -u -D; '
    'eval "$(toshima completion zsh)"',
    "fish": 'function args; printf "<%s>" $argv; echo "<end>"; end; toshima completion fish | source',
}

_SEQUENCE = re.compile(r"\x1b\[[0-9;?=>]*[a-zA-Z]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b.")


class Shell:
    """`tab("toshima show 2026-", "2026-0001")` types it, presses Tab, waits until that stands there, and gives the
    words the shell would then run."""

    def __init__(self, name: str, desk: Desk, folder: Path) -> None:
        if sys.platform == "win32":
            pytest.skip("there are no pseudo-terminals of this kind here")
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"{name} is not installed here")
        import pty

        program = folder / "toshima"
        program.write_text(f'#!/bin/sh\nexec {shlex.join(command())} "$@"\n')
        program.chmod(0o755)
        path = f"{folder}{os.pathsep}{os.environ['PATH']}"
        env = {**desk.environment(), "PATH": path, "HOME": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
        self._name, (self._near, far) = name, pty.openpty()
        # the terminal it opens first in a session of its own is the one it is controlled by
        run = f'exec "$0" "$@" <{os.ttyname(far)} >{os.ttyname(far)} 2>&1'
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", run, found, *START[name]], env=env, cwd=folder, start_new_session=True
        )
        self._far = far  # held until the end: a terminal nobody has open is gone, and the shell opens it only now
        try:
            self.type(f"{READY[name]}; echo rea''dy\r")
            self.until("ready\r\n")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._near)
        os.close(self._far)

    def tab(self, line: str, completed: str, *, times: int = 1) -> list[str]:
        self.type(line + "\t" * times)
        self.until(completed)
        self.type("\x01args \x05\r")
        said = self.until("<end>")
        return re.findall(r"<([^<>]*)>", said[said.rindex("<toshima>") :])[:-1]

    def type(self, text: str) -> None:
        os.write(self._near, text.encode())

    def until(self, wanted: str) -> str:
        said = b""
        while wanted not in (shown := _SEQUENCE.sub("", said.decode(errors="replace"))):
            ready, _, _ = select.select([self._near], [], [], SILENT)
            try:
                found = os.read(self._near, 65536) if ready else b""
            except OSError:  # it has ended
                found = b""
            if not found:
                pytest.fail(f"{self._name} never said {wanted!r}:\n{shown}")
            said += found
            if b"\x1b[c" in found or b"\x1b[0c" in found:
                os.write(self._near, b"\x1b[?1;2c")  # fish asks what kind of terminal this is
        return shown
