"""The draft of a conversation: what was said so far, in the desk's own file from the first key on, and taken up again.

What is half typed is in it too: a killed terminal costs the last key at most.
"""

from collections.abc import Mapping

from toshima_cli.desk import Draft, Unusable
from toshima_cli.domain.verdict import Value, say
from toshima_cli.talk import Question, Talk, ask_once
from toshima_cli.ui.ask import Choice
from toshima_cli.ui.drafts import clock
from toshima_cli.ui.paste import pasted


class Drafting:
    """The draft of one conversation; none where nothing is to be recorded. Where no file can be written, that is said
    once, and typing goes on."""

    def __init__(self, talk: Talk, command: str) -> None:
        self._talk, self._command, self._desk = talk, command, talk.c.desk
        self._number: int | None = None
        self._keeps = talk.c.records

    @property
    def number(self) -> int:
        return self._number or 0

    def pick_up(self) -> bool:
        """Offer what was left lying the last time; True where the conversation goes on with it."""
        if not self._keeps:
            return False
        try:
            found = [draft for draft in self._desk.drafts() if self._fits(draft)]
            return bool(found) and self._chosen(found)
        except Unusable:
            self._cannot_keep()
            return False

    def _chosen(self, found: list[Draft]) -> bool:
        words = self._talk.words if self._talk.c.needs_books else {}
        choices = [Choice(str(d.number), say("Go on with {draft}", draft=in_words(d, words))) for d in found]
        choices.append(Choice("new", say("Start anew; the draft stays"), ("new",)))
        if len(found) == 1:
            choices.append(Choice("discard", say("Discard the draft and start anew"), ("discard",)))
        asked = Question("", say("A draft is here"), choices=tuple(choices), default=choices[0].value)
        answer = ask_once(self._talk, asked)
        if answer == "new":
            return False
        draft = found[0] if answer == "discard" else next(d for d in found if str(d.number) == answer)
        self._desk.take(draft.number)
        if answer == "discard":
            self._desk.forget(draft.number)
            return False
        self._number = draft.number
        self._talk.recall(draft.said)
        return True

    def _fits(self, draft: Draft) -> bool:
        """Whether a draft may be what this line begins: of this command, and not of another case or person."""
        if draft.command != self._command:
            return False
        kept = {**draft.said["answers"], **draft.said["given"]}
        objects = [p.names[0] for p in self._talk.c.params if p.positional]
        return all(
            kept.get(name) == value if name in objects else kept.get(name, value) == value
            for name, value in self._talk.given.items()
        )

    def keep(self) -> None:
        """Write down what was said so far."""
        if self._keeps:
            try:
                self._number = self._desk.keep(self._number, self._command, self._talk.memory())
            except Unusable:
                self._cannot_keep()

    def forget(self) -> None:
        """It is in the books now, or nothing was to be recorded."""
        if self._number is not None and self._keeps:
            try:
                self._desk.forget(self._number)
            except Unusable:
                self._cannot_keep()
            self._number = None

    def say_kept(self) -> None:
        if self._number is not None and self._keeps:
            listed = pasted("toshima intake --drafts")
            kept = say("What was typed is kept as a draft; the same command goes on with it ({listed}).", listed=listed)
            self._talk.c.out.note(kept)

    def give_back(self) -> None:
        """What a draft is about is not there for its typist any more: what they typed is still their own."""
        half = dict([self._talk.half]) if self._talk.half else {}
        typed = {key: text for key, text in {**self._talk.answers, **half}.items() if text}
        if typed:
            self._talk.tell(say("What you typed so far, so that you can write it down elsewhere:"))
        for key, text in typed.items():
            self._talk.tell(say("{option}: {text}", option=key, text=text))

    def _cannot_keep(self) -> None:
        self._keeps = False
        self._talk.tell(
            say("No draft can be kept on this machine: what is typed here is lost if it is interrupted."), tone="red"
        )


def in_words(draft: Draft, words: Mapping[str, Mapping[str, str]]) -> Value:
    """11/24 10:42, CSW, people so far: 2."""
    found = draft.heard()
    parts: list[Value] = [clock(draft.started_at)]
    if found["case"]:
        parts.append(found["case"])
    if found["window"]:
        parts.append(words.get("window", {}).get(found["window"], found["window"]))
    if found["people"]:
        parts.append(say("people so far: {count}", count=found["people"]))
    return tuple(parts)
