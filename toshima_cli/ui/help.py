"""The help, drawn by us: the first line says what it does, then real examples, then what can be typed."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from toshima_cli.commands import PANELS, Entry
from toshima_cli.domain.verdict import Say, say
from toshima_cli.settings import ROOT
from toshima_cli.ui.page import Page

if TYPE_CHECKING:
    from toshima_cli.params import Param, Sub

ROOT_EXAMPLES = ("toshima demo", "toshima caseload --coordinator k03")


def root(table: Sequence[Entry], columns: int) -> None:
    """The root help, from the table of contents alone."""
    page = Page()
    page.line(say("Coordinates the support of households whose troubles cross fields, within consent and secrecy."))
    _examples(page, ROOT_EXAMPLES)
    page.line(say("Usage"))
    page.paste("toshima [ROOT OPTIONS] COMMAND [CASE] [OPTIONS]", indent=2)
    page.blank()
    wide = max((len(entry.name) for entry in table), default=0)
    for panel, title in PANELS.items():
        page.line(title)
        page.table([(f"{e.name:<{wide}}", e.help) for e in table if e.panel == panel], indent=2)
        page.blank()
    page.line(say("Root options, before the command"))
    page.table([(f"{name} {takes or ''}".strip(), help) for name, (takes, help) in ROOT.items()], indent=2)
    page.blank()
    page.line(say("toshima COMMAND --help shows the options of a command."))
    _print(page, columns)


def command(words: Sequence[str], first: Say, examples: Iterable[str], params: "Sequence[Param]", columns: int) -> None:
    """The help of one command; `words` are its name (`staff`, `add`)."""
    page = Page()
    page.line(first)
    _examples(page, examples)
    arguments = [param for param in params if param.positional]
    page.line(say("Usage"))
    usage = [f"[{param.metavar}{' …' if param.many else ''}]" for param in arguments]
    page.paste(" ".join(["toshima", *words, *usage, "[OPTIONS]"]), indent=2)
    page.blank()
    if arguments:
        page.line(say("Arguments"))
        page.table([(param.metavar, Say(param.help)) for param in arguments], indent=2)
        page.blank()
    page.line(say("Options"))
    page.table([(_typed(param), Say(param.help)) for param in params if not param.positional], indent=2)
    _print(page, columns)


def group(name: str, first: Say, subs: "dict[str, Sub]", columns: int) -> None:
    """The help of a group of commands."""
    page = Page()
    page.line(first)
    _examples(page, [sub.examples[0] for sub in subs.values()])
    page.line(say("Commands"))
    page.table([(f"toshima {name} {word}", sub.help) for word, sub in subs.items()], indent=2)
    _print(page, columns)


def _print(page: Page, columns: int) -> None:
    sys.stdout.write(page.plain(columns))


def _examples(page: Page, examples: Iterable[str]) -> None:
    page.blank()
    page.line(say("Examples"))
    for example in examples:
        page.paste(example, indent=2)
    page.blank()


def _typed(param: "Param") -> str:
    many = " …" if param.many else ""
    return ", ".join(param.names) + ("" if param.switch else f" {param.metavar}{many}")
