"""How far something long has come: one line on stderr that is written over, where a person is there to read it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

from toshima_cli.domain.verdict import Say
from toshima_cli.i18n import render
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
