"""Root options and their variables, read by our own small function before any parser is imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import Fault

LANGUAGES = ("ja", "en")

ROOT: dict[str, tuple[str | None, Say]] = {
    "--db": ("PATH", say("The database file (TOSHIMA_DB); otherwise one in your own data folder")),
    "--as": ("STAFF", say("The staff code you work as; otherwise local (TOSHIMA_STAFF)")),
    "--lang": ("ja|en", say("Language of screens and messages (TOSHIMA_LANG)")),
    "--mask": (None, say("Initials instead of names (TOSHIMA_MASK)")),
    "--no-input": (None, say("Never ask; name what is missing and stop (TOSHIMA_NO_INPUT)")),
    "--debug": (None, say("Show the traceback when the program itself fails")),
    "-q": (None, say("No hints and no confirmations, only answers, warnings and errors")),
    "--version": (None, say("The version of the program")),
    "--help": (None, say("This help; after a command, the help of that command")),
}
"""Root option → (what it takes or None for a switch, its help), in the order of the help."""

ALIASES = {"-h": "--help", "--quiet": "-q"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What stands before the command, options winning over variables. `db` None: the platform's own folder."""

    db: str | None = None
    staff: str = "local"
    lang: str = "ja"
    mask: bool = False
    no_input: bool = False
    debug: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the streams are attached to. `columns` counts cells; `ci` is true where a robot types."""

    stdin: bool = False
    stdout: bool = False
    stderr: bool = False
    columns: int = 80
    colour: bool = False
    ci: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The command line cut in two: the root options (`before` as typed) and `rest` from the command on. `wants` is
    answered before any command."""

    settings: Settings
    before: tuple[str, ...]
    rest: tuple[str, ...]
    wants: Literal["", "help", "version"]
    faults: tuple[Fault, ...]


def read(argv: Sequence[str], env: Mapping[str, str]) -> Asked:
    """Read root options up to the first word that is none. Faults are collected, never raised: the language is
    needed to say them."""
    settings, faults = _from_env(env)
    wants: Literal["", "help", "version"] = ""
    rest = list(argv)
    while rest and rest[0].startswith("-") and rest[0] not in ("-", "--"):
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        name = ALIASES.get(name, name)
        takes = ROOT[name][0] if name in ROOT else None
        if name not in ROOT:
            faults.append(Fault(name, _unknown(name)))
            break
        if takes is None:
            if equals:
                faults.append(Fault(name, say("This option takes no value.")))
        elif not equals:
            if not rest:
                faults.append(Fault(name, say("A value has to follow: {takes}.", takes=takes)))
                break
            value = rest.pop(0)
        if name in ("--help", "--version"):
            wants = wants or ("help" if name == "--help" else "version")
        else:
            settings = _set(settings, name, value, name, faults)
    return Asked(settings, tuple(argv[: len(argv) - len(rest)]), tuple(rest), wants, tuple(faults))


def _from_env(env: Mapping[str, str]) -> tuple[Settings, list[Fault]]:
    settings, faults = Settings(), list[Fault]()
    for variable, name in (("TOSHIMA_DB", "--db"), ("TOSHIMA_STAFF", "--as"), ("TOSHIMA_LANG", "--lang")):
        if env.get(variable):
            settings = _set(settings, name, env[variable], variable, faults)
    for variable, name in (("TOSHIMA_MASK", "--mask"), ("TOSHIMA_NO_INPUT", "--no-input")):
        word = env.get(variable, "").strip().lower()
        if word in ("1", "true", "yes", "on"):
            settings = _set(settings, name, "", variable, faults)
        elif word not in ("", "0", "false", "no", "off"):
            faults.append(Fault(variable, say("Only 1 or 0 can stand here.")))
    return settings, faults


def _set(settings: Settings, name: str, value: str, where: str, faults: list[Fault]) -> Settings:
    match name:
        case "--db":
            if not value:
                faults.append(Fault(where, say("An empty path names no database.")))
            return replace(settings, db=value)
        case "--as":
            if not value.strip() or not value.isprintable():
                faults.append(Fault(where, say("This is not a staff code.")))
            return replace(settings, staff=value.strip().lower())
        case "--lang":
            # LANG-like values (ja_JP.UTF-8) are what people have at hand
            lang = value.lower().replace("-", "_").split("_")[0].split(".")[0]
            if lang not in LANGUAGES:
                faults.append(Fault(where, say("Only ja or en can stand here.")))
                return settings
            return replace(settings, lang=lang)
        case "--mask":
            return replace(settings, mask=True)
        case "--no-input":
            return replace(settings, no_input=True)
        case "--debug":
            return replace(settings, debug=True)
        case _:
            return replace(settings, quiet=True)


def _unknown(name: str) -> Say:
    import difflib

    near = difflib.get_close_matches(name, ROOT, 1)
    if near:
        return say("There is no such option before the command. Did you mean {near}?", near=near[0])
    return say("There is no such option before the command.")
