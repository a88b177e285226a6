"""Somebody at a real terminal: a pseudo-terminal with a screen behind it, typed into one answer after the other."""

import os
import pty
import re
import select
import struct
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import ioctl

import pyte

from tests.begun import begin
from tests.desk import EXAMPLES, Desk

CTRL_C, CTRL_D, ENTER, UP, DOWN, CTRL_U = "\x03", "\x04", "\r", "\x1b[A", "\x1b[B", "\x15"

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>78]|\x1b\][^\x07]*\x07")


def _squashed(text: str) -> str:
    """Without blanks: a narrow window breaks a line anywhere."""
    return "".join(text.split())


class Terminal:
    """A command running on a terminal of so many columns. `see` waits for words, `answer` types a line."""

    def __init__(
        self, desk: Desk, *words: str, columns: int = 80, rows: int = 40, fresh: bool = False, **env: str
    ) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=2000)
        self._stream = pyte.Stream(self.screen)
        self.raw = ""
        self._read = 0
        self._ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        given = {k: v for k, v in desk.environment().items() if k not in ("CI", "TOSHIMA_NO_INPUT", "COLUMNS")}
        given |= {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", **env}
        self._child = begin(words, theirs, given, EXAMPLES, fresh=fresh)
        os.close(theirs)
        self._bytes = b""

    def see(self, *words: str, seconds: float = 30) -> None:
        """Wait until all of these stand in what was drawn since the last answer."""
        deadline = time.monotonic() + seconds
        while not all(_squashed(word) in _squashed(self.drawn) for word in words):
            if not self._more(deadline):
                raise AssertionError(f"{words} not seen in:\n{self.drawn}\n--- the screen:\n{self.shown}")

    @property
    def drawn(self) -> str:
        """What was drawn since the last answer, escapes left out."""
        return _ESCAPES.sub("", self.raw[self._read :]).replace("\r", "")

    @property
    def shown(self) -> str:
        """The screen as it stands, with what scrolled off it."""
        before = ["".join(line[n].data for n in range(self.screen.columns)) for line in self.screen.history.top]
        return "\n".join(line.rstrip() for line in (*before, *self.screen.display)).rstrip()

    def answer(self, text: str = "", see: str = "") -> None:
        """Type a line, once `see` stands there."""
        if see:
            self.see(see)
        self.press(text + ENTER)

    def press(self, keys: str) -> None:
        time.sleep(0.05)  # a prompt takes the keys a moment after it is drawn
        self._read = len(self.raw)
        os.write(self._ours, keys.encode("utf-8", "surrogateescape"))

    def kill(self) -> None:
        self._child.kill()
        self.end()

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._ours)
        self._code(30)

    def end(self, seconds: float = 30) -> int:
        """Wait for the command to end; its exit code."""
        deadline = time.monotonic() + seconds
        while self._more(deadline):
            pass
        code = self._code(seconds)
        with suppress(OSError):
            os.close(self._ours)
        return code

    def _code(self, seconds: float) -> int:
        self._child.join(seconds)
        assert self._child.exitcode is not None, "it goes on"
        return self._child.exitcode

    def _more(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            return False
        try:
            piece = os.read(self._ours, 65536)
        except OSError:
            return False
        if not piece:
            return False
        self._bytes += piece
        text = self._bytes.decode("utf-8", "ignore")
        self._stream.feed(text[len(self.raw) :])
        self.raw = text
        return True


@contextmanager
def at_terminal(
    desk: Desk, *words: str, columns: int = 80, rows: int = 40, fresh: bool = False, **env: str
) -> Iterator[Terminal]:
    """A terminal that is gone at the end, whatever happened on it."""
    terminal = Terminal(desk, *words, columns=columns, rows=rows, fresh=fresh, **env)
    try:
        yield terminal
    finally:
        terminal._child.kill()
        terminal._child.join(30)
        with suppress(OSError):
            os.close(terminal._ours)
