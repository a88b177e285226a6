"""The one prompt door. Asked only where a person can answer; drawn on stderr, so that stdout stays the answer."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO
from unicodedata import normalize

from toshima_cli.domain.names import fold
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.exits import Interrupted, Missing
from toshima_cli.i18n import render
from toshima_cli.settings import Terminal
from toshima_cli.ui.page import Page
from toshima_cli.ui.text import visible, width

YES = ("y", "yes", "はい")
NO = ("n", "no", "いいえ")

LABELS = 18
"""Cells the labels of a conversation share, so that the answers stand below each other."""

NARROW = 60
"""Below so many columns the answer follows its label at once."""

MENU = 8
"""Rows of a list that are seen at once."""


def _forget_typed() -> None:
    """Keys pressed while nothing was asked."""
    try:
        import termios
    except ImportError:  # a platform without it: nothing to forget it by
        return
    with suppress(termios.error, OSError, ValueError):
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. `value` is what an option would carry, `text` what stands on the screen, `also` the other
    words it is found by (slug, reading), `why` what speaks for it."""

    value: str
    text: Value
    also: tuple[str, ...] = ()
    why: Value = ""

    @property
    def word(self) -> str:
        """Its text as one visible line: what is inserted, shown and recognised again."""
        return visible(render(self.text)).strip()

    def found_by(self, typed: str) -> bool:
        key = fold(typed)
        return not key or any(key in fold(word) for word in (self.word, self.value, *self.also))

    def is_(self, typed: str) -> bool:
        key = fold(typed)
        return bool(key) and any(key == fold(word) for word in (self.word, self.value, *self.also))


class Ask:
    def __init__(self, terminal: Terminal, *, no_input: bool, editor: str = "") -> None:
        self.possible = terminal.stdin and terminal.stderr and not (no_input or terminal.ci)
        self.terminal, self.editor = terminal, editor

    @property
    def stream(self) -> TextIO:
        """Where questions and what is said of them are drawn."""
        return sys.stderr

    def confirm(self, question: Say, *, fresh: bool = False) -> bool:
        """y/N, default No. Where nobody can answer: Missing (6), naming `--yes`. Ctrl-C: Interrupted (130). `fresh`:
        what was typed before the question stood there is no answer to it."""
        if not self.possible:
            raise Missing([("--yes", question)])
        if fresh:
            _forget_typed()

        while (said := _said(self._ask(f"{visible(render(question))} (y/N)"))) not in ("", *YES, *NO):
            page = Page()
            page.line(say("Answer y or n."), indent=2)
            self.tell(page)
        return said in YES

    def line(
        self,
        label: Value,
        *,
        start: str = "",
        offered: Value = "",
        choices: Sequence[Choice] = (),
        typed: Callable[[str], None] | None = None,
    ) -> str:
        """One line as typed. `start` stands there to be changed, `offered` is what a blank answer means; `choices` open
        as a list that narrows while one types; `typed` hears of every change. Ctrl-C, Ctrl-D: Interrupted (130)."""
        more: dict[str, Any] = {}
        if offered:
            more["placeholder"] = [("class:placeholder", visible(render(offered)))]
        if choices:
            more |= {"completer": _completer(choices), "complete_while_typing": True}
        return self._ask(self._label(label), default=start, typed=typed, menu=bool(choices), **more)

    def lines(self, label: Value, *, start: str = "", typed: Callable[[str], None] | None = None) -> str:
        """A text of any number of lines; an empty one ends it."""
        from prompt_toolkit.filters import is_done
        from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

        keys = KeyBindings()

        @keys.add("enter", filter=~is_done)
        def _(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            line = _said(buffer.document.current_line)
            behind = _said(buffer.text.removeprefix(start)) == "<" and buffer.text.startswith(start)
            if buffer.document.is_cursor_at_the_end and (behind or line in ("", "<", "e")):
                buffer.validate_and_handle()
            else:
                buffer.newline(copy_margin=False)

        how = say("(an empty line ends it; e opens the editor)")
        message = f"{self._label(label)} {render(how)}\n "
        found = self._ask(message, default=start, typed=typed, multiline=True, key_bindings=keys, instruction="")
        return found.rstrip("\n")

    def edit(self, text: str, path: Path) -> tuple[str, bool]:
        """The text after the person's own editor had it, in a file of this desk (0600), and whether the editor ended
        well; what it saved counts either way. Where this program was killed meanwhile, the file is still there: the
        next editor begins with what is in it, and the text below."""
        well = True
        try:
            left = _read(path) if path.exists() else ""
            start = left if left and text in left else "\n".join(part for part in (left, text) if part)
            path.unlink(missing_ok=True)  # a link is not written through
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(start.encode("utf-8", "surrogateescape"))
            with _ctrl_c():
                try:
                    subprocess.run([*shlex.split(self.editor), str(path)], check=True, stdout=sys.stderr)
                except (OSError, ValueError, subprocess.CalledProcessError):
                    well = False
            found = _read(path)
            path.unlink()
        except OSError:
            return text, False
        return found.rstrip("\n"), well

    def tell(self, page: Page) -> None:
        """What is said between the questions, on stderr."""
        if self.terminal.colour:
            from toshima_cli.ui.table import paint

            paint(page.lines(self.terminal.columns), sys.stderr, self.terminal.columns)
        else:
            sys.stderr.write(page.plain(self.terminal.columns))
        sys.stderr.flush()

    def _label(self, label: Value) -> str:
        word = visible(render(label))
        return word + " " * max(LABELS - width(word), 0) if self.terminal.columns >= NARROW else word

    def _ask(self, message: str, *, typed: Callable[[str], None] | None = None, menu: bool = False, **more: Any) -> str:
        import questionary
        from prompt_toolkit.output import create_output

        more.setdefault("instruction", None)
        more["input_processors"] = [_harmless()]
        prompt = questionary.text(
            message, output=create_output(stdout=sys.stderr), reserve_space_for_menu=MENU if menu else 0, **more
        )
        buffer = prompt.application.current_buffer
        if typed:
            buffer.on_text_changed += lambda changed: typed(changed.text)
        opened = (lambda: buffer.start_completion(select_first=False)) if menu else None
        with _ctrl_c():
            return str(prompt.application.run(pre_run=opened))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="surrogateescape")


@contextmanager
def _ctrl_c() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, EOFError) as error:
        raise Interrupted from error


def _harmless() -> Any:
    """Shows what is typed or pasted as every other text is shown; what is kept stays as it came."""
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
    from prompt_toolkit.layout.utils import explode_text_fragments

    class Harmless(Processor):
        def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
            shown: StyleAndTextTuples = []
            starts, cells, before = list[int](), 0, ""
            for style, char, *_ in explode_text_fragments(transformation_input.fragments):
                # with the character before it: a variation selector stays after the ideograph whose form it chooses
                piece = visible(before + char)[len(visible(before)) :]
                starts.append(cells)
                shown.append((style, piece))
                cells, before = cells + len(piece), char
            starts.append(cells)

            def to_display(place: int) -> int:
                return starts[place] if place < len(starts) else cells + place - len(starts) + 1

            def to_source(place: int) -> int:
                found = [n for n, start in enumerate(starts) if start <= place]
                return found[-1] + (place - cells if place > cells else 0)

            return Transformation(shown, source_to_display=to_display, display_to_source=to_source)

    return Harmless()


def _completer(choices: Sequence[Choice]) -> Any:
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    class Narrowed(Completer):
        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
            for choice in choices:
                if choice.found_by(document.text):
                    # beside the word, not in a column of its own: that would be cut where the words are long
                    why = visible(render(choice.why))
                    shown = f"{choice.word}   {why}" if why else choice.word
                    yield Completion(choice.word, -len(document.text), display=shown)

    return Narrowed()


def _said(answer: str) -> str:
    return normalize("NFKC", answer).strip().lower()
