"""A fault of the program itself: one line for the person, a log without anything personal for whoever repairs it."""

import errno
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import TextIO

from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import Stop


def traceback(error: BaseException, stream: TextIO) -> None:
    """The whole traceback, values included; shown only with `--debug`, on one's own screen."""
    from traceback import format_exception

    from toshima_cli.ui.text import visible

    stream.write(visible("".join(format_exception(error)), keep="\n"))


def keep(error: BaseException) -> Stop:
    """Write the log and return what to say. Types, file names and line numbers only: a message may carry a name."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        # files and books say this themselves: what is left is where our stdout goes
        return Stop(
            say("The answer could not be written out: the disk is full."),
            why=(say("What was recorded before stays recorded."),),
        )
    why: list[Say] = []
    try:
        path = _write(error)
    except OSError:
        why.append(say("No log could be written."))
    else:
        why.append(say("The log names no person: {path}", path=str(path)))
    return Stop(
        say("A fault in the program stopped this command: {what}.", what=_places(error)[-1]),
        why=why,
        do=(say("Send the log to whoever looks after the program. With --debug before the command more is shown."),),
    )


def _places(error: BaseException) -> list[str]:
    """Outermost first: `case.py:33 load`, the last one with the type of the error."""
    places = []
    step: TracebackType | None = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        places.append(f"{os.path.basename(code.co_filename)}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    last = f"{places[-1].rpartition(' ')[0]} " if places else ""
    return [*places, f"{last}{type(error).__name__}"]


def _chain(error: BaseException) -> list[str]:
    lines: list[str] = []
    found: BaseException | None = error
    while found is not None and len(lines) < 1000:
        lines += [*_places(found), ""]
        found = found.__cause__ or found.__context__
    return lines


def _write(error: BaseException) -> Path:
    from toshima_cli import __version__, context

    folder = context.log_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = context.now()
    path = folder / f"fault-{now.replace(':', '').replace('.', '-')}.log"
    text = "\n".join(
        [now, f"toshima {__version__}, Python {sys.version.split()[0]}, {sys.platform}", "", *_chain(error)]
    )
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return path
