"""The way in and the only way out.

1. umask, streams, root options and their variables (no parser is imported yet).
2. `--version`, the root help and what can stand next (a shell's Tab) are answered at once.
3. The command's module is imported, its line parsed by Typer, its answer written through `ui/out.py`.
4. Whatever stops it is said by `ui/trouble.py`; the exit code is decided here.
"""

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from toshima_cli import context, i18n, settings
from toshima_cli.commands import TABLE, called
from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault, Interrupted, ReaderLeft, Stop
from toshima_cli.ui.paste import standing_before
from toshima_cli.ui.shells import ASKED

# A command lives for a second and imports most of what it makes: looking for garbage meanwhile is a tenth of its time.
# What runs for longer (a report over a million cases, a walk through an agenda) still meets it.
SELDOM = 100_000


def run() -> None:
    """The entry point. Files made by this process are for this user alone, whatever the desk's umask."""
    os.umask(0o077)
    gc.set_threshold(SELDOM)
    try:
        code = main(sys.argv[1:])
    except KeyboardInterrupt:  # before the language is known, or while the last word is said
        code = Interrupted.code
    _let_go()
    # All is written, closed and said; to take a thousand modules apart first would be a seventh of the time of a save.
    os._exit(code)


def main(argv: Sequence[str], terminal: settings.Terminal | None = None) -> int:
    """Run one command line; returns its exit code and never raises. `terminal` stands in for the real one (`demo`)."""
    # closed by whoever started us (`>&-`): said into the void rather than a fault
    sys.stdout, sys.stderr = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()
    context.utf8(sys.stdin, sys.stdout, sys.stderr)
    if argv[:1] == [ASKED]:
        return _complete(argv[1:])
    asked = settings.read(argv, context.environment())
    i18n.set_language(asked.settings.lang)
    with standing_before(asked.before):
        return _ended(asked, argv, terminal or context.terminal())


def _complete(argv: Sequence[str]) -> int:
    """What can stand next on a line that is being typed; whatever is wrong, a shell is told nothing of it."""
    from toshima_cli.completion import answer

    with suppress(OSError):
        sys.stdout.write(answer(argv, context.environment()))
        sys.stdout.flush()
    return 0


def _ended(asked: settings.Asked, argv: Sequence[str], terminal: settings.Terminal) -> int:
    """Answer, and whatever stops it said: the exit code."""
    try:
        try:
            code = _answer(asked, terminal)
            sys.stdout.flush()
            return code
        except KeyboardInterrupt:
            raise Interrupted from None
    except Stop as stop:
        _tell(stop, argv, terminal)
        return stop.code
    except (BrokenPipeError, ReaderLeft):
        _let_go()  # the reader has seen enough
        return 0
    except Exception as error:
        return _fault_of_ours(error, asked.settings.debug, argv, terminal)


def _answer(asked: settings.Asked, terminal: settings.Terminal) -> int:
    if asked.wants == "version" and not asked.faults:
        from toshima_cli import __version__

        sys.stdout.write(f"toshima {__version__}\n")
        return 0
    if asked.faults:
        raise BadInput(asked.faults, do=(_before_command(asked),))
    words = list(asked.rest)
    wants_help = asked.wants == "help"
    if words[:1] == ["help"]:
        words, wants_help = words[1:], True
    if not words:
        if wants_help or not context.has_database(asked.settings):
            from toshima_cli.ui import help

            help.root(TABLE, terminal.columns)
            return 0
        words = ["status"]
    entry = called(words[0])
    if entry is None:
        raise BadInput([Fault(words[0], _no_such_command(words[0]))], do=("toshima --help",))
    from toshima_cli import dispatch

    return dispatch.run(entry, [*words[1:], *(["--help"] if wants_help else [])], asked, terminal)


def _no_such_command(word: str) -> Say:
    import difflib

    near = difflib.get_close_matches(word, [entry.name for entry in TABLE], 3, 0.5)
    if near:
        return say("There is no such command. Did you mean {near}?", near=tuple(near))
    return say("There is no such command.")


def _before_command(asked: settings.Asked) -> str:
    """What to paste where the root options are wrong: `-f` and `-o` belong behind the command."""
    where, rest = asked.faults[-1].where, list(asked.rest)
    if where in ("-f", "-o", "--format", "--force") and len(rest) > 1:
        import shlex

        value = [] if where == "--force" else [rest.pop(0)]
        if rest and called(rest[0]):
            return shlex.join(["toshima", *rest, where, *value])
    return "toshima --help"


def wants_json(argv: Sequence[str]) -> bool:
    """Whether `-f json` was typed, asked of the bare words: it must hold even where the line cannot be parsed."""
    found = False
    words = list(argv)
    for place, word in enumerate(words):
        if word == "--":
            break
        if word in ("-f", "--format"):
            found = words[place + 1 : place + 2] == ["json"]
        elif word.startswith("--format="):
            found = word == "--format=json"
        elif word.startswith("-f") and not word.startswith("--"):
            found = word in ("-fjson", "-f=json")
    return found


def _tell(stop: Stop, argv: Sequence[str], terminal: settings.Terminal) -> None:
    from toshima_cli.ui.trouble import tell

    try:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError:
            pass  # a full disk behind it is what is being told
        tell(stop, sys.stderr, terminal, json=wants_json(argv))
        sys.stderr.flush()
    except BrokenPipeError:
        _let_go()


def _fault_of_ours(error: Exception, debug: bool, argv: Sequence[str], terminal: settings.Terminal) -> int:
    """Exit 1: one line and a log of types, files and line numbers; nothing anybody typed is in either."""
    from toshima_cli import crash

    if debug:
        crash.traceback(error, sys.stderr)
    with suppress(OSError):
        _tell(crash.keep(error), argv, terminal)
    _let_go()
    return 1


def _let_go() -> None:
    """Send what is still in the buffers nowhere, so that the interpreter does not complain while leaving."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            try:
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            except (OSError, ValueError):
                continue
