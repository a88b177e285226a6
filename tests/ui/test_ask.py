"""The prompt door: asked only where a person can answer, default No, drawn on stderr."""

import os
import subprocess
import sys
import time

import pytest

from toshima_cli.domain.verdict import say
from toshima_cli.exits import Missing
from toshima_cli.settings import Terminal
from toshima_cli.ui.ask import Ask

SCRIPT = """
import sys
from toshima_cli import context
from toshima_cli.domain.verdict import say
from toshima_cli.exits import Interrupted
from toshima_cli.ui.ask import Ask
try:
    print("answer", Ask(context.terminal(), no_input=False).confirm(say("End case 2026-0042?\\x1b[2J")))
except Interrupted:
    print("answer interrupted")
"""


@pytest.mark.parametrize(
    ("terminal", "no_input"),
    [
        (Terminal(stdin=False, stderr=True), False),
        (Terminal(stdin=True, stderr=False), False),
        (Terminal(stdin=True, stderr=True, ci=True), False),
        (Terminal(stdin=True, stderr=True), True),
    ],
)
def test_where_nobody_can_answer_yes_is_named(terminal: Terminal, no_input: bool) -> None:
    with pytest.raises(Missing) as stop:
        Ask(terminal, no_input=no_input).confirm(say("Really?"))
    assert stop.value.asks == (("--yes", say("Really?")),)


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a Unix thing")
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("\r", "False"),
        ("y\r", "True"),
        ("ｙ\r", "True"),
        ("はい\r", "True"),
        ("n\r", "False"),
        ("perhaps\r\x15y\r", "True"),
        ("\x03", "interrupted"),
        ("\x04", "interrupted"),
    ],
)
def test_on_a_real_terminal(typed: str, answer: str) -> None:
    import pty

    ours, theirs = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k != "CI"} | {"PYTHONPATH": os.getcwd(), "TERM": "xterm"}
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, env=env, close_fds=True
    )
    os.close(theirs)
    drawn = b""
    while b"(y/N)" not in drawn:
        drawn += os.read(ours, 4096)
    time.sleep(0.2)  # the prompt takes the keys a moment after it is drawn
    os.write(ours, typed.encode())
    assert child.stdout is not None
    with child.stdout:
        said = child.stdout.read().decode()
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        drawn += piece
    os.close(ours)
    assert child.wait(timeout=30) == 0
    assert said == f"answer {answer}\n"  # nothing of the prompt on stdout
    assert "␛[2J" in drawn.decode(errors="replace")
