"""What can stand next on a line that is being typed, answered before any parser is imported.

1. The script of the shell (`ui/shells.py`) hands the line over; root options are read by the function that always does.
2. What the command takes is known from `declared.py`; the words typed are given to its options and arguments.
3. Where a value stands next, `offered.py` gives those of its kind; otherwise commands and options are offered.

Whatever is wrong, nothing is offered and nothing is said: a Tab must never disturb the line.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from toshima_cli import i18n, settings
from toshima_cli.commands import TABLE, called
from toshima_cli.declared import COMMAS, FILES, FREE, Taken, declared
from toshima_cli.ui import shells
from toshima_cli.ui.shells import Candidate


def answer(argv: Sequence[str], env: Mapping[str, str]) -> str:
    """What the script of a shell reads back; `argv` is what it handed over. Nothing where anything is wrong."""
    try:
        shell, *given = argv
        line = _Line(shells.read(shell, given), env)
        found = line.candidates()
        return shells.answer(shell, line.typing, line.fitting(found), files=line.files)
    except Exception:
        return ""


_SWITCH = (None, None)


@dataclass
class _Line:
    """The line as far as it stands: what was given to the command already, and what is being typed."""

    typing: shells.Typing
    env: Mapping[str, str]
    given: dict[str, list[str]] = field(default_factory=dict)
    files: bool = False
    begun: str = ""
    before: str = ""

    def candidates(self) -> list[Candidate]:
        """Everything that could stand here, fitting or not."""
        words = list(self.typing.words)
        variables = dict(self.env)
        while words and words[0].partition("=")[0].isidentifier() and "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            variables[name] = value
        self.env = variables
        self.begun = self.typing.current
        asked = settings.read(words[1:], variables)
        self.settings = asked.settings
        i18n.set_language(self.settings.lang)
        rest = list(asked.rest)
        if rest[:1] == ["help"]:
            return self._commands() if len(rest) == 1 else self._subs(rest[1]) if len(rest) == 2 else []
        if not rest:
            return self._root(words[1:])
        entry = called(rest[0])
        if entry is None:
            return []
        if entry.subs and len(rest) == 1:
            return [*self._subs(entry.name), *self._options([], [])]
        command, typed = (f"{rest[0]} {rest[1]}", rest[2:]) if entry.subs else (rest[0], rest[1:])
        return self._of_command(command, typed)

    def fitting(self, found: Iterable[Candidate]) -> list[Candidate]:
        """Those that go on from what was typed, with what stands before them in the same word. A code somebody typed
        that is not plain is left out, what it is called loses what no terminal should get."""
        fitting = []
        for each in found:
            value = self.before + each.value
            if value.startswith(self.typing.current) and value.isprintable():
                about = "".join(sign if sign.isprintable() else "�" for sign in each.about)
                fitting.append(Candidate(value, about, each.open))
        return fitting[: shells.MOST]

    # ------------------------------------------------------------ what stands

    def _root(self, words: Sequence[str]) -> list[Candidate]:
        """Before the command: root options, the value of one, commands."""
        pending = ""
        for word in words:
            pending = "" if pending or settings.ROOT.get(word, _SWITCH)[0] is None else word
        if pending:
            return self._of_root(pending, self.begun)
        name, equals, value = self.begun.partition("=")
        if equals:
            self.before = f"{name}="
            return self._of_root(name, value)
        if self.begun.startswith("-"):
            return [Candidate(name, i18n.render(help)) for name, (_, help) in settings.ROOT.items()]
        return self._commands()

    def _of_root(self, name: str, begun: str) -> list[Candidate]:
        takes = settings.ROOT.get(name, _SWITCH)[0]
        return self._values(Taken((name,), takes, False, False, False, ""), "", begun) if takes else []

    def _commands(self) -> list[Candidate]:
        return [Candidate(entry.name, i18n.render(entry.help)) for entry in TABLE]

    def _subs(self, name: str) -> list[Candidate]:
        entry = called(name)
        return [Candidate(sub) for sub in entry.subs] if entry else []

    def _options(self, taken: Sequence[Taken], typed: Iterable[str]) -> list[Candidate]:
        there = set(typed)
        offered = [each for each in taken if not each.word and (each.many or not there & set(each.names))]
        found = [Candidate(each.names[-1], i18n.translate(each.help)) for each in offered]
        return [*found, Candidate("--help", i18n.render(settings.ROOT["--help"][1]))]

    def _of_command(self, command: str, typed: Sequence[str]) -> list[Candidate]:
        taken = [each for name, each in declared() if name == command]
        by_name = {name: each for each in taken if not each.word for name in each.names}
        places = [each for each in taken if each.word]
        pending: Taken | None = None
        plain, words = False, list[str]()
        for word in typed:
            name, equals, value = word.partition("=")
            if pending:
                self.given.setdefault(pending.names[0], []).append(word)
                pending = None
            elif plain or word == "-" or not word.startswith("-"):
                words.append(word)
            elif word == "--":
                plain = True
            elif name in by_name and not by_name[name].switch:
                if equals:
                    self.given.setdefault(by_name[name].names[0], []).append(value)
                else:
                    pending = by_name[name]
        for place, word in enumerate(words):
            if places:
                self.given.setdefault(places[min(place, len(places) - 1)].names[0], []).append(word)
        if pending:
            return self._values(pending, command, self.begun)
        name, equals, value = self.begun.partition("=")
        if equals and not plain and name in by_name and not by_name[name].switch:
            self.before = f"{name}="
            return self._values(by_name[name], command, value)
        if self.begun.startswith("-") and not plain:
            return self._options(taken, (word.partition("=")[0] for word in typed))
        if len(words) < len(places) or (places and places[-1].many):
            return self._values(places[min(len(words), len(places) - 1)], command, self.begun)
        return [] if self.begun or plain else self._options(taken, typed)

    # ----------------------------------------------------------------- values

    def _values(self, taken: Taken, command: str, begun: str) -> list[Candidate]:
        kind = taken.kind(command)
        self.files = kind == FILES
        if kind == FREE or self.files:
            return []
        there: Sequence[str] = ()
        if kind in COMMAS and "," in begun:
            head, _, begun = begun.rpartition(",")
            self.before += f"{head},"
            there = head.split(",")
        from toshima_cli.offered import Desk, offered

        found = offered(kind, begun, self.given, Desk.of(self.settings, self.env))
        return [each for each in found if each.value not in there]
