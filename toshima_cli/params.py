"""How a command declares what it takes, and how the help and the errors read it back.

    def run(
        ctx: typer.Context,
        case: Annotated[str | None, arg("CASE", "The number of the case")] = None,
        on: Annotated[str | None, opt("--on", "Business date, default today", "DATE")] = None,
        person: Annotated[list[str] | None, opt("--person", "A label", "LABEL")] = None,
        given: Annotated[bool, flag("--given", "The person consents")] = False,
    ) -> None: ...

The parser knows `str`, `list[str]` and `bool` only, and everything is optional to it: `Answers` does the rest, in the
language of the screen. `-f`, `-o` and `--force` are added by `dispatch.py`, the same in every command.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typer

from toshima_cli.domain.verdict import Say


def arg(metavar: str, help: str) -> Any:
    """A positional word; `help` is a text of the source, translated when shown."""
    return typer.Argument(metavar=metavar, help=help, show_default=False)


def opt(names: str, help: str, metavar: str) -> Any:
    """An option with a value; `names` separated by a space (`-f --format`)."""
    return typer.Option(*names.split(), help=help, metavar=metavar, show_default=False)


def flag(names: str, help: str) -> Any:
    return typer.Option(*names.split(), help=help, show_default=False)


@dataclass(frozen=True, slots=True)
class Sub:
    """A command of a group: `COMMANDS = {"add": Sub(add, HELP, EXAMPLES)}`."""

    run: Callable[..., None]
    help: Say
    examples: tuple[str, ...]
    formats: tuple[str, ...] | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Param:
    """What a command takes, as people type it. A positional's only name is its metavar (`CASE`);
    `field` is the name of the function's parameter."""

    field: str
    names: tuple[str, ...]
    metavar: str
    help: str
    positional: bool
    switch: bool
    many: bool


def read(parser: Any) -> tuple[Param, ...]:
    """The parameters of a command Typer built, in their order."""
    found = []
    for param in parser.params:
        positional = param.param_type_name == "argument"
        metavar = param.metavar or param.name.upper()
        found.append(
            Param(
                field=param.name,
                names=(metavar,) if positional else tuple(param.opts),
                metavar=metavar,
                help=param.help or "",
                positional=positional,
                switch=bool(getattr(param, "is_flag", False)),
                many=bool(getattr(param, "multiple", False) or param.nargs == -1),
            )
        )
    return tuple(found)
