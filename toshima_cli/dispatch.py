"""From words to a command: imports its module, lets Typer parse, says Typer's complaints in our own words.

Typer carries its own parser and its messages cannot be translated, so it runs without its standalone mode and only the
names its exceptions carry are used. The options every command has (`-f`, `-o`, `--force`) are added here.
"""

import difflib
import inspect
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer

from toshima_cli import context, params, settings
from toshima_cli.commands import Entry
from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault, Interrupted, Missing, ReaderLeft
from toshima_cli.settings import ALIASES, ROOT, Asked, Terminal
from toshima_cli.talks import ASKED_FIRST
from toshima_cli.ui import help
from toshima_cli.ui.ask import Ask
from toshima_cli.ui.out import FORMATS, Given, Out


@dataclass(frozen=True, slots=True)
class _Command:
    """One runnable command: its words (`staff`, `add`), its help, its parser."""

    words: tuple[str, ...]
    help: Say
    examples: tuple[str, ...]
    parser: Any
    params: tuple[params.Param, ...]
    forms: tuple[str, ...]
    files: tuple[str, ...]


def run(entry: Entry, args: list[str], asked: Asked, terminal: Terminal) -> int:
    """Run `entry` with the words after its name; returns 0 or raises a Stop."""
    module = import_module(entry.module)
    subs: dict[str, params.Sub] | None = getattr(module, "COMMANDS", None)
    if subs is None:
        forms, files = getattr(module, "FORMATS", None), getattr(module, "FILES", ())
        command = _command((entry.name,), module.run, module.HELP, module.EXAMPLES, forms, files)
    else:
        if not args or args[0] in ("--help", "-h"):
            help.group(entry.name, module.HELP, subs, terminal.columns)
            return 0
        between = settings.read(args, {})
        if between.before and not between.faults:
            line = shlex.join(["toshima", *asked.before, *between.before, entry.name, *between.rest])
            raise BadInput([Fault(args[0], say("This option stands before the command."))], do=(line,))
        word = args.pop(0)
        if word not in subs:
            raise BadInput(
                [Fault(f"{entry.name} {word}", say("Known here are: {known}.", known=tuple(subs)))],
                do=(f"toshima {entry.name} --help",),
            )
        sub = subs[word]
        command = _command((entry.name, word), sub.run, sub.help, sub.examples, sub.formats, sub.files)
    if {"--help", "-h"} & set(_cut(command, args)[0]):
        help.command(command.words, command.help, command.examples, command.params, terminal.columns)
        return 0
    return _run(command, args, asked, terminal)


def _run(command: _Command, args: list[str], asked: Asked, terminal: Terminal) -> int:
    today, replayed = context.business_date(context.environment())
    ctx = context.Ctx(
        settings=asked.settings,
        today=today,
        replayed=replayed,
        out=Out(
            ".".join(command.words),
            terminal,
            Given(forms=command.forms, endings=command.files),
            quiet=asked.settings.quiet,
        ),
        ask=Ask(terminal, no_input=asked.settings.no_input, editor=context.editor()),
        line=(*asked.before, *command.words, *args),
        params=command.params,
    )
    try:
        ended = command.parser.main(args=args, prog_name="toshima", standalone_mode=False, obj=ctx)
        if ended:  # Typer answers Ctrl-C while parsing with an exit code of its own, returned here
            raise Interrupted
        ctx.announce()
    except typer.TyperException as error:
        raise _first(ctx, _unparsed(command, args, asked.before, error)) from None
    except typer.Abort:
        raise Interrupted from None
    finally:
        ctx.close()
    return 0


@cache
def _command(
    words: tuple[str, ...],
    function: Callable[..., None],
    help: Say,
    examples: tuple[str, ...],
    forms: tuple[str, ...] | None,
    files: tuple[str, ...],
) -> _Command:
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    # extra words are let through to be named in our own sentence
    app.command(context_settings={"help_option_names": [], "allow_extra_args": True})(
        _wired(words, function, forms, files)
    )
    parser = typer.main.get_command(app)
    return _Command(words, help, examples, parser, params.read(parser), forms or FORMATS, files)


def _one_too_many(typed: Iterable[params.Param], given: Mapping[str, Any]) -> Say:
    """Who gives two values to one option means to give it twice."""
    for param in typed:
        if param.names[0].startswith("-") and isinstance(given.get(param.field), list) and given[param.field]:
            return say("This word is one too many. For several, repeat the option: {option}.", option=param.names[0])
    return say("This word is one too many.")


def _wired(
    words: tuple[str, ...], function: Callable[..., None], forms: tuple[str, ...] | None, files: tuple[str, ...]
) -> Callable[..., None]:
    """The command's function with `-f`, `-o` and `--force` added; they end in `ctx.obj.out`."""
    declared = inspect.signature(function, eval_str=True).parameters
    ours = _OURS if files else _OURS[:1]
    first = next(name for name, p in declared.items() if p.annotation is typer.Context)

    def call(**given: Any) -> None:
        typed = given[first]
        if typed.args:
            why = _one_too_many(typed.obj.params, given)
            extra = tuple(Fault(word, why) for word in typed.args)
            raise _first(typed.obj, BadInput(extra, do=(f"toshima {' '.join(words)} --help",)))
        blank = [param.names[0] for param in typed.obj.params if _blank(given.get(param.field))]
        if blank:
            # an unset variable of a script must not turn into "everybody's" or "today"
            faults = [Fault(name, say("Nothing stands here; leave it out, or give a value.")) for name in blank]
            raise _first(typed.obj, BadInput(faults, do=(f"toshima {' '.join(words)} --help",)))
        left = _left_to_fill(typed.obj, given)
        form, file, force = given.pop("out_form"), given.pop("out_file", None), given.pop("out_force", False)
        typed.obj.out.given = Given(form, file, force, forms or FORMATS, files)
        try:
            _held(typed.obj, words, given, function, left)
        except (KeyboardInterrupt, EOFError):
            raise Interrupted from None
        except BrokenPipeError:
            raise ReaderLeft from None  # of a BrokenPipeError Typer would make exit 1

    named = inspect.Parameter.KEYWORD_ONLY
    signature = [p.replace(kind=named) for p in declared.values()]
    signature += [inspect.Parameter(name, named, annotation=kind, default=start) for name, kind, start in ours]
    call.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]  # what Typer reads
    return call


def _left_to_fill(c: context.Ctx, given: dict[str, Any]) -> list[str]:
    """The options that still say what they take (`--note TEXT`), as a hint is pasted: nothing of it is an answer."""
    found = []
    for param in c.params:
        value, mark = given.get(param.field), param.metavar
        if mark.isalpha() and mark.isupper() and (value == mark or (isinstance(value, list) and mark in value)):
            given[param.field] = None
            found.append(param.names[0])
    return found


def _held(
    c: context.Ctx, words: tuple[str, ...], given: dict[str, Any], function: Callable[..., None], left: Sequence[str]
) -> None:
    """Run the command; what is missing, or was left to fill in, is asked for where a person is there. Most lines are
    whole, and load none of it."""
    if left:
        lacking = Missing([(name, c.asks(name)) for name in left])
        if not c.ask.possible:
            raise lacking
    elif not (c.ask.possible and words in ASKED_FIRST):
        try:
            function(**given)
        except Missing as missing:
            if not c.ask.possible:
                raise
            lacking = missing
        else:
            return
    else:
        lacking = None
    from toshima_cli.conversation import hold

    hold(c, words, given, function, lacking)


def _blank(value: Any) -> bool:
    words = value if isinstance(value, list) else [value]
    return any(isinstance(word, str) and not word.strip() for word in words)


_OURS: tuple[tuple[str, Any, str | bool | None], ...] = (
    (
        "out_form",
        Annotated[str | None, params.opt("-f --format", "table, json, jsonl, csv, tsv or md, where offered", "FORMAT")],
        None,
    ),
    ("out_file", Annotated[str | None, params.opt("-o --output", "Write to a file, by its ending", "FILE")], None),
    ("out_force", Annotated[bool, params.flag("--force", "Write over a file that exists")], False),
)


def _cut(command: _Command, args: Sequence[str]) -> tuple[list[str], list[str]]:
    """Root options typed behind the command, and all other words; an option's value is never taken for an option."""
    own = {name: param.switch for param in command.params if not param.positional for name in param.names}
    moved, kept, words = list[str](), list[str](), list(args)
    while words:
        word = words.pop(0)
        if word == "--":
            kept += [word, *words]
            break
        name, equals, _ = word.partition("=")
        name = ALIASES.get(name, name)
        if name in own:
            kept.append(word)
            if not own[name] and not equals:
                kept += words[:1]
                del words[:1]
        elif name in ROOT:
            moved.append(word)
            if ROOT[name][0] and not equals:
                moved += words[:1]
                del words[:1]
        else:
            kept.append(word)
    return moved, kept


def _first(ctx: context.Ctx, stop: BadInput) -> BadInput:
    """Books that cannot be opened come before a line that cannot be read (5 before 2)."""
    if ctx.needs_books:
        ctx.open_books()
    return stop


def _unparsed(command: _Command, args: Sequence[str], before: Sequence[str], error: typer.TyperException) -> BadInput:
    """Typer's complaint in our words, from the names it carries."""
    help_line = f"toshima {' '.join(command.words)} --help"
    name = getattr(error, "option_name", None)
    if name is None:
        return BadInput([Fault(" ".join(command.words), say("This line cannot be read."))], do=(help_line,))
    if not hasattr(error, "possibilities"):
        param = next((param for param in command.params if name in param.names), None)
        if param is None or param.switch:
            return BadInput([Fault(name, say("This option takes no value."))], do=(help_line,))
        return BadInput([Fault(name, say("A value has to follow: {takes}.", takes=param.metavar))], do=(help_line,))
    if ALIASES.get(name, name) in ROOT:
        moved, kept = _cut(command, args)
        line = shlex.join(["toshima", *before, *moved, *command.words, *kept])
        return BadInput([Fault(name, say("This option stands before the command."))], do=(line,))
    known = [n for param in command.params if not param.positional for n in param.names]
    alike = tuple(difflib.get_close_matches(name, known, 3))
    message = say("There is no such option here.")
    if alike:
        message = say("There is no such option here. Did you mean {near}?", near=alike)
    return BadInput([Fault(name, message)], do=(help_line,))
