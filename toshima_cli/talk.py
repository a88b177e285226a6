"""What a conversation is made of: questions, the script that yields them, and what was said so far.

`conversation.py` holds it; the scripts are in `talks/`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.ui.ask import Choice
from toshima_cli.ui.page import Page, Toned

if TYPE_CHECKING:
    from toshima_cli.context import Ctx

T = TypeVar("T")

BACK, EDITOR = "<", "e"
CLEAR = "-"
"""Typed instead of an answer it takes the earlier one away."""

MOST_NAMED = 5
"""So many candidates are named where an answer fits several."""


class Wrong(Exception):
    """An answer that cannot be used, with the sentence that says so; `among`: the choices it fits, where several."""

    def __init__(self, message: Say, among: tuple[Choice, ...] = ()) -> None:
        super().__init__(message.text)
        self.message, self.among = message, among


def as_typed(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Question:
    """One answer to ask for.

    `key` is the option it is typed as (`--window`, `CASE`, `--given|--refused`), or a part of one (`person[0].name`).
    `read` turns what was typed into what is kept, or raises Wrong. `choices` to choose from, `several` of them or, if
    `free`, something else; `lines`: a text of several lines. `default`: what a blank means; `hint` stands where nothing
    is typed yet. `group` joins questions to one line of the summary, `title` names it, `shown` is the answer on a
    screen (with `letters` it is still a text that is changed letter by letter), `quiet` keeps it out of the summary,
    `says` is told before it is asked.
    """

    key: str
    label: Value
    read: Callable[[str], str] = as_typed
    needed: bool = False
    choices: tuple[Choice, ...] = ()
    free: bool = False
    several: bool = False
    lines: bool = False
    default: str = ""
    hint: Value = ""
    group: str = ""
    title: Value = ""
    shown: Callable[[str], Value] | None = None
    letters: bool = False
    says: tuple[Value, ...] = ()
    quiet: bool = False

    def word(self, value: str) -> Value:
        """A kept answer as people read it."""
        if self.shown:
            return self.shown(value)
        words = [next((c.text for c in self.choices if c.value == one), one) for one in value.split("\n")]
        return tuple(words) if self.several else words[0] if self.choices else value


@dataclass(frozen=True)
class Script:
    """What one command asks. `title`, `lead`: said first; `ready`: above the summary. `options` makes of the answers
    what the command takes (default: each key is one); `wanted`: asked although nothing is missing; `after` goes on once
    it is done; `rounds` gives what is settled before each of several runs, `skips` says of one that nothing is to be
    recorded."""

    questions: Callable[["Talk"], Iterator[Question]]
    title: Say
    lead: Say | None = None
    ready: Say = field(default_factory=lambda: say("This will be recorded"))
    options: Callable[["Talk"], dict[str, Any]] | None = None
    wanted: Callable[["Talk"], bool] | None = None
    after: Callable[["Talk"], None] | None = None
    rounds: Callable[["Talk"], Iterator[dict[str, Any]]] | None = None
    skips: Callable[["Talk"], bool] | None = None


class Talk:
    """What was said so far, and what a script may look up meanwhile."""

    def __init__(self, c: "Ctx", given: Mapping[str, Any]) -> None:
        self.c = c
        self.given: dict[str, Any] = dict(given)
        self.answers: dict[str, str] = {}
        self.settled: list[str] = []
        self.half: tuple[str, str] | None = None
        """What stands half typed at the question that is open: (key, text)."""
        self.extra: dict[str, Say] = {}
        """What the command said it lacks, beside what its script asks: name → what it asks."""
        self.required: set[str] = set()
        """Keys the command asked for after all."""
        self._known: dict[Any, Any] = {}

    def said(self, key: str) -> str:
        """The answer to a question, of the line or of the conversation; "" where there is none yet."""
        if key in self.given:
            found = self.given[key]
            return "\n".join(found) if isinstance(found, list) else str(found)
        return self.answers.get(key, "") if key in self.settled else ""

    def has(self, key: str) -> bool:
        return key in self.given or key in self.settled

    def memory(self) -> dict[str, Any]:
        """All of it, as a draft keeps it."""
        return {"given": self.given, "answers": self.answers, "settled": self.settled, "half": self.half}

    def recall(self, memory: Mapping[str, Any]) -> None:
        """Go on where a draft stopped; what the line says today counts before it."""
        self.given = {**memory["given"], **self.given}
        self.answers, self.settled = dict(memory["answers"]), list(memory["settled"])
        half = memory["half"]
        self.half = (half[0], half[1]) if half else None

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        return self.c.words()

    def once(self, key: Any, read: Callable[[], T]) -> T:
        """What was read for a question stays known as long as its facts do: a look is journaled once."""
        if key not in self._known:
            self._known[key] = read()
        found: T = self._known[key]
        return found

    def tell(self, *sentences: Value, tone: str = "") -> None:
        page = Page()
        for sentence in sentences:
            page.line(Toned(sentence, "red") if tone else sentence, indent=2)
        self.c.ask.tell(page)


def ask_once(t: Talk, q: Question) -> str:
    """An answer beside the conversation: not kept, and nothing to go back to."""
    among: tuple[Choice, ...] = ()
    while True:
        raw = t.c.ask.line(q.label, offered=q.word(q.default) if q.default else q.hint, choices=among or q.choices)
        try:
            return value_of(q, raw, "", needed=q.needed)
        except Wrong as wrong:
            t.tell(wrong.message, tone="red")
            among = wrong.among


def stands_for(q: Question) -> bool:
    """Whether an answer stands for something else than its own letters."""
    return bool(q.choices or q.default or q.shown) and not q.letters


def value_of(q: Question, raw: str, earlier: str, *, needed: bool) -> str:
    """What is kept of an answer; a blank one means what it was before, or the default. Raises Wrong."""
    if not raw.strip():
        found = earlier if stands_for(q) and earlier else q.default
        if not found and needed:
            raise Wrong(say("An answer is needed here."))
        return found
    if plain(raw) == CLEAR and not (needed and stands_for(q)):
        if needed:
            raise Wrong(say("An answer is needed here."))
        return ""
    return chosen(q, raw) if q.choices else q.read(raw)


def plain(raw: str) -> str:
    return normalize("NFKC", raw).strip().lower()


def signed(raw: str, start: str) -> str:
    """`<` or `-` typed behind what stood there to be changed means what it means on an empty line."""
    rest = raw.removeprefix(start) if start else ""
    return rest if rest != raw and plain(rest) in (BACK, CLEAR) else raw


def parted(raw: str) -> tuple[str, str]:
    """Lines, and the sign a last line of its own is (`<`, `e`), which is none of them."""
    before, _, last = raw.rpartition("\n")
    return (before.rstrip("\n"), plain(last)) if plain(last) in (BACK, EDITOR) else (raw, "")


def chosen(q: Question, raw: str) -> str:
    """The one thing of a list that was meant. Raises Wrong."""
    exact = [c for c in q.choices if c.word == raw.strip()] or [c for c in q.choices if c.is_(raw)]
    found = exact or [c for c in q.choices if c.found_by(raw) and plain(raw)]
    if len(found) == 1:
        return found[0].value
    if not found and q.free:
        return q.read(raw)
    if not found:
        raise Wrong(say("“{answer}” is not in the list. ↓ shows it.", answer=raw.strip()))
    named = tuple(c.text for c in found[:MOST_NAMED])
    raise Wrong(say("Which one: {named}?", named=named), tuple(found))
