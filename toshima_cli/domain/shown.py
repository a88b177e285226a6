"""What may be shown of words that were typed: one place for every screen and every answer (rule 11, `--mask`)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from shlex import quote, split
from typing import TYPE_CHECKING, TypeVar

from toshima_cli.domain.initials import HELD_BACK, without_names
from toshima_cli.domain.names import contains_name
from toshima_cli.domain.terms import ToKind
from toshima_cli.domain.verdict import Done, Next, Refusal, Say, Value, Warned

if TYPE_CHECKING:
    from toshima_cli.domain.case import Case, Person

T = TypeVar("T")
Names = tuple[tuple[str | None, str | None], ...]

_OUTSIDE = f"{ToKind.OUTSIDE}:"


def shown(
    text: str | None, people: "Iterable[Person]", unsaid: Names, *, mask: bool, labels: bool = True
) -> str | Say | None:
    """The text, held back where it names somebody withheld, with `mask` anybody. `unsaid` are the names and readings
    of those withheld from whoever reads (rule 11); `labels`: a label in it says who it is about."""
    people = tuple(people)
    if text is not None and (
        any(contains_name(text, name=name, kana=kana) for name, kana in unsaid)
        or (labels and any(p.withheld and contains_name(text, name=None, kana=None, label=p.label) for p in people))
    ):
        return HELD_BACK
    return without_names(text, people, labels=labels) if mask else text


def answer(value: T, cases: "Sequence[Case]", *, mask: bool) -> T:
    """What an act answers, as whoever asked may read it: every sentence, every line to paste. `cases` are those the act
    was about. What was typed for this act and goes back in its data is the typist's own; with `mask` it names nobody
    there either."""
    reader = Reader(
        tuple(person for case in cases for person in case.people), tuple(n for case in cases for n in case.unsaid), mask
    )
    if isinstance(value, Refusal):
        return replace(
            value,
            message=reader.sentence(value.message),
            facts=tuple(map(reader.sentence, value.facts)),
            missing=tuple(map(reader.sentence, value.missing)),
            next=tuple(map(reader.step, value.next)),
        )
    if isinstance(value, Done):
        return replace(
            value,
            sentence=reader.sentence(value.sentence),
            data={key: reader.data(each) for key, each in value.data.items()} if mask else value.data,
            next=tuple(map(reader.step, value.next)),
            warnings=tuple(Warned(w.rule, reader.sentence(w.message)) for w in value.warnings),
        )
    return value


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads sentences about these people: from them `unsaid` is withheld, `mask` is what they asked for."""

    people: "tuple[Person, ...]"
    unsaid: Names
    mask: bool

    def text(self, typed: str) -> str | Say:
        # a label, a number or a code stands for somebody without a name
        plain = typed.isascii() and " " not in typed
        return shown(typed, self.people, self.unsaid, mask=self.mask, labels=not plain) or typed

    def value(self, value: Value) -> Value:
        if isinstance(value, Say):
            return self.sentence(value)
        if isinstance(value, tuple):
            return tuple(map(self.value, value))
        return self.text(value) if isinstance(value, str) and not isinstance(value, StrEnum) else value

    def sentence(self, said: Say) -> Say:
        return Say(said.text, tuple((name, self.value(value)) for name, value in said.values))

    def step(self, step: Next) -> Next:
        return replace(step, why=self.sentence(step.why), command=self.line(step.command))

    def line(self, command: str) -> str:
        """A line to paste, with NAME in the place of a name."""
        if shown(command, self.people, self.unsaid, mask=self.mask, labels=False) is command:
            return command
        return " ".join(quote(self.word(word)) for word in split(command))

    def word(self, word: str) -> str:
        if shown(word, self.people, self.unsaid, mask=self.mask, labels=False) is word:
            return word
        return f"{_OUTSIDE}NAME" if word.startswith(_OUTSIDE) else "NAME"

    def data(self, value: object) -> object:
        if isinstance(value, Mapping):
            return {key: self.data(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.data(each) for each in value]
        return self.value(value) if isinstance(value, str | Say) else value
