"""docs/cli.md: the help of every command, as it is shown, in the order of the table; and what each takes, for Tab."""

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from importlib import import_module

from toshima_cli import app, dispatch
from toshima_cli.commands import PANELS, TABLE, Entry
from toshima_cli.i18n import render, set_language
from toshima_cli.params import Param
from toshima_cli.settings import Terminal

COLUMNS = 100

HEAD = """\
# The command line

Made by `make docs`: what stands here is what `--help` shows (in Japanese without `--lang en`). Root options stand
before the command; `-f`, `-o` and `--force` behind it. Exit codes: 0 done, 1 fault of ours, 2 usage or bad input,
3 refused by a rule, 4 not found, 5 database, 6 an answer is needed and may not be asked, 130 interrupted.
"""


def reference() -> str:
    """The whole document."""
    set_language("en")
    parts = [HEAD, _shown("toshima")]
    for panel, title in PANELS.items():
        parts.append(f"## {render(title)}\n")
        for entry in TABLE:
            if entry.panel == panel:
                parts.append(f"### {entry.name}\n")
                parts.extend(_shown(*words) for words in _lines(entry.name, entry.subs))
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def declared() -> str:
    """`toshima_cli/declared.tsv`: what each command takes, as Typer has it."""
    rows = list[str]()
    for entry in TABLE:
        for words in _lines(entry.name, entry.subs):
            if bool(entry.subs) == (len(words) == 3):
                command = _command(entry, words[1:])
                rows += [_declared(" ".join(words[1:]), param, command.forms) for param in command.params]
    return "\n".join(rows) + "\n"


def _command(entry: Entry, words: tuple[str, ...]) -> dispatch._Command:
    """A command as it is built when its line is typed."""
    module = import_module(entry.module)
    if not entry.subs:
        forms, files = getattr(module, "FORMATS", None), getattr(module, "FILES", ())
        return dispatch._command(words, module.run, module.HELP, module.EXAMPLES, forms, files)
    sub = module.COMMANDS[words[1]]
    return dispatch._command(words, sub.run, sub.help, sub.examples, sub.formats, sub.files)


def _declared(command: str, param: Param, forms: tuple[str, ...]) -> str:
    sort = "word" if param.positional else "switch" if param.switch else "value"
    metavar = "|".join(forms) if param.field == "out_form" else "" if param.switch else param.metavar
    many = "many" if param.many else "one"
    return "\t".join((command, " ".join(param.names), metavar, sort, many, param.help))


def _lines(name: str, subs: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield ("toshima", name)
    for sub in subs:
        yield ("toshima", name, sub)


def _shown(*words: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        code = app.main(["--lang", "en", *words[1:], "--help"], terminal=Terminal(columns=COLUMNS))
    assert code == 0, words
    text = "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines())
    return f"```text\n$ {' '.join(words)} --help\n{text}\n```\n"
