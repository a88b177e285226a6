"""How far something long has come, on stderr where a person is there to read it, nothing anywhere else: a bar where it
is known how much there is, otherwise one line that is written over."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TextIO, TypeVar

from toshima_cli.domain.verdict import Say, say
from toshima_cli.i18n import render
from toshima_cli.settings import Terminal
from toshima_cli.ui.text import visible

T = TypeVar("T")

EVERY = 5000
"""So many steps go by between two words about them."""


class Progress:
    def __init__(self, stream: TextIO, *, shown: bool) -> None:
        self._stream, self._shown, self._wide = stream, shown, 0

    def said(self, sentence: Say) -> None:
        """Write over what was said before."""
        if self._shown:
            text = visible(render(sentence))
            self._stream.write("\r" + text + " " * max(0, self._wide - len(text)))
            self._stream.flush()
            self._wide = len(text)

    def over(self, items: Iterable[T], sentence: Callable[[int], Say]) -> Iterator[T]:
        """The items, with a word every so many; the line is gone at the end, whatever ended it."""
        try:
            for number, item in enumerate(items, start=1):
                if number % EVERY == 0:
                    self.said(sentence(number))
                yield item
        finally:
            self.clear()

    def clear(self) -> None:
        if self._wide:
            self._stream.write("\r" + " " * (2 * self._wide) + "\r")
            self._stream.flush()
            self._wide = 0


SELDOM = 100
"""So many steps are told to the bar at once: drawing takes time from the work."""


@contextmanager
def bar(terminal: Terminal, what: Say, total: int | None, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Gives what to call at every step. `total` None: nobody knows how many there will be, and they are counted."""
    if not terminal.stderr or quiet:
        yield lambda: None
        return
    if total is None:
        line, seen = Progress(sys.stderr, shown=True), count(1)

        def told() -> None:
            number = next(seen)
            if number % SELDOM == 0:
                line.said(say("{what}: {count}", what=what, count=number))

        try:
            yield told
        finally:
            line.clear()
        return
    from rich import progress
    from rich.console import Console

    console = Console(
        stderr=True, markup=False, emoji=False, highlight=False, no_color=not terminal.colour, width=terminal.columns
    )
    columns = (
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
    )
    done = 0
    with progress.Progress(*columns, console=console, transient=True) as drawn:
        task = drawn.add_task(render(what), total=total)

        def step() -> None:
            nonlocal done
            done += 1
            if done % SELDOM == 0:
                drawn.update(task, completed=done)

        yield step
