"""The command as a process of its own that need not begin at nothing: forked from one in which everything is imported.

A terminal is opened for nearly every question there is, and to import what asks and what writes takes half a second
each time. Nothing of ours has run where it is forked from (no language, no books, no test), so it is in the state in
which a command is that has come to the end of its imports. `fresh`: from the very beginning, as the installed command.
"""

import multiprocessing
import os
import pkgutil
import sys
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import questionary

import toshima_cli
from tests.desk import command
from toshima_cli import app

__all__ = ["begin", "questionary"]  # the latter is imported to be there

# Everything: whatever is left out here is imported by every single process instead.
for _found in pkgutil.walk_packages(toshima_cli.__path__, "toshima_cli."):
    if "migrations" not in _found.name and not _found.name.endswith("__main__"):
        import_module(_found.name)

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload([__name__])


def begin(words: tuple[str, ...], tty: int, env: dict[str, str], folder: Path, *, fresh: bool = False) -> BaseProcess:
    """Type `toshima WORDS` at this terminal, in this folder and environment."""
    begun = _FORKED.Process(target=_run, args=(words, Connection(os.dup(tty)), env, folder, fresh), daemon=True)
    begun.start()
    return begun


def _run(words: tuple[str, ...], tty: Connection, env: dict[str, str], folder: Path, fresh: bool) -> None:
    """What the shell and Python do before the program is asked anything."""
    os.login_tty(tty.fileno())
    os.chdir(folder)
    if fresh:
        installed = command()
        os.execve(installed[0], [*installed, *words], env)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["toshima", *words]
    # typeshed calls these final; this process begins with the test's, and has a terminal of its own
    sys.stdin = sys.__stdin__ = os.fdopen(0, closefd=False)  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", closefd=False)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = os.fdopen(2, "w", closefd=False)  # type: ignore[misc]
    app.run()
