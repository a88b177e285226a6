"""The conversation: every question is an option asked for, one at a time, and every answer is in a draft at once.

A script (`toshima_cli/talks/`) is a generator that yields questions and reads the answers so far; it is run anew before
each question, so that going back, correcting in the summary and going on with a draft are one and the same: some
answers are settled, and the first question that is not is asked. What comes out are the options as they would have been
typed, and the command runs with them: nothing is checked or written here that an option would not meet.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from toshima_cli.answers import number
from toshima_cli.domain.verdict import Say, Value, say
from toshima_cli.drafts import Drafting
from toshima_cli.exits import BadInput, Missing, NotFound, Stop
from toshima_cli.i18n import render
from toshima_cli.talk import (
    BACK,
    CLEAR,
    EDITOR,
    Question,
    Script,
    Talk,
    Wrong,
    chosen,
    parted,
    plain,
    signed,
    stands_for,
    value_of,
)
from toshima_cli.talks import GUIDED
from toshima_cli.ui.ask import Choice
from toshima_cli.ui.page import Page
from toshima_cli.ui.trouble import tell

if TYPE_CHECKING:
    from toshima_cli.context import Ctx
    from toshima_cli.params import Param

NUMBERED = {"CASE": "case", "MEETING": "meeting"}

LONG = 20
"""Characters from which on a wrong answer stays on the line to be put right."""


def hold(
    c: "Ctx",
    command: Sequence[str],
    given: Mapping[str, Any],
    call: Callable[..., None],
    missing: Missing | None,
) -> None:
    """Ask for what a command lacks, and run it. `given`: what was typed, by field, as `call` takes it; `missing`: what
    it said it lacks, None where it was not tried yet."""
    name = " ".join(command)
    talk = Talk(c, _options_of(c.params, given))
    script = _script(name)
    if missing is None and not (script.wanted and script.wanted(talk)):
        try:
            call(**given)
        except Missing as found:
            missing = found
        else:
            return
    if missing is not None and name not in GUIDED:
        talk.extra = dict(missing.asks)
    for settled in script.rounds(talk) if script.rounds else ({},):
        turn = Talk(c, {**talk.given, **settled}) if settled else talk
        Conversation(name, turn, script, given, call).hold()
        if script.after:
            script.after(turn)


def _script(name: str) -> Script:
    if name in GUIDED:
        found: Script = import_module(f"toshima_cli.talks.{GUIDED[name]}").SCRIPT
        return found
    return Script(lambda talk: iter(()), title=say("Something is missing yet."))


def _options_of(params: Sequence["Param"], given: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, by the name it was typed under; a number as it is kept, so that 2026-1 finds the people and the
    draft of 2026-0001."""
    typed: dict[str, Any] = {p.names[0]: given.get(p.field) for p in params}
    typed |= {name: number(kind, typed[name]) for name, kind in NUMBERED.items() if isinstance(typed.get(name), str)}
    return {name: value for name, value in typed.items() if value not in (None, False, [])}


class Conversation:
    def __init__(
        self, command: str, talk: Talk, script: Script, given: Mapping[str, Any], call: Callable[..., None]
    ) -> None:
        self._talk, self._script, self._given, self._call = talk, script, given, call
        self._ask, self._draft = talk.c.ask, Drafting(talk, command)
        self._walked: list[Question] = []
        self._again = self._said_no = False

    def hold(self) -> None:
        """Ask, show it whole, run the command; where the command finds something wrong, ask again."""
        try:
            self._begin()
            self._until_done()
        except Stop as stop:
            if isinstance(stop, NotFound):
                self._draft.give_back()
            self._draft.say_kept()
            raise
        finally:
            self._talk.c.desk.close()

    def _begin(self) -> None:
        """What this is about, and what was left lying the last time."""
        page = Page()
        page.line(self._script.title, *([self._script.lead] if self._script.lead else []))
        page.line(
            say("< goes back one question"),
            say("- takes an answer away"),
            say("Ctrl-C stops for now (a draft keeps what was typed)") if self._talk.c.records else say("Ctrl-C stops"),
        )
        page.blank()
        self._ask.tell(page)
        if self._draft.pick_up():
            self._next()
            self._show(say("Typed so far"))

    def _until_done(self) -> None:
        while True:
            question = self._next()
            if question is not None:
                self._put(question)
            elif self._nothing_to_record() or (self._as_it_stands() and self._done()):
                if self._said_no:
                    self._draft.say_kept()
                else:
                    self._draft.forget()
                return

    def _nothing_to_record(self) -> bool:
        return self._script.skips is not None and self._script.skips(self._talk)

    def _done(self) -> bool:
        """Run the command; False where it has something to say about the answers, which are then asked for again."""
        self._talk.c.made = ""
        try:
            self._call(**self._fields())
            self._said_no = not self._talk.c.made  # asked once more by the command itself, and the answer was no
        except BadInput as wrong:
            tell(BadInput(wrong.faults), self._ask.stream, self._ask.terminal, json=False)
            places = {fault.where for fault in wrong.faults}
            wrong_ones = [q for q in self._walked if q.key in places]
            self._reopen(wrong_ones)
            for q in wrong_ones:
                if not _kept_to_be_put_right(q, self._talk.answers.get(q.key, "")):
                    self._talk.answers.pop(q.key, None)
            self._again = True  # where a fault is of no one answer, the summary is where to look for it
            return False
        except Missing as missing:
            asked = {q.key: q for q in self._walked}
            for key, asks in missing.asks:
                if key in asked:
                    self._talk.tell(asks, tone="red")
                    self._talk.required.add(key)
                    self._reopen([asked[key]])
                else:
                    self._talk.extra[key] = asks
            return False
        return True

    # ---------------------------------------------------------------- asking

    def _questions(self) -> Iterator[Question]:
        yield from self._script.questions(self._talk)
        if self._talk.extra:
            from toshima_cli.talks.common import by_name

            yield from (by_name(self._talk, name, asks) for name, asks in self._talk.extra.items())

    def _keys(self) -> list[str]:
        return [q.key for q in self._walked]

    def _next(self) -> Question | None:
        """The first question without an answer; None once all have one, and answers to questions that are not asked any
        more are out."""
        self._walked = []
        for question in self._questions():
            if not self._talk.has(question.key):
                return question
            self._walked.append(question)
        self._talk.settled = [key for key in self._talk.settled if key in self._keys()]
        return None

    def _put(self, q: Question) -> None:
        earlier = self._talk.answers.get(q.key, "")
        half = self._talk.half if not stands_for(q) else None
        typed = half[1] if half and half[0] == q.key else None
        among: tuple[Choice, ...] = ()
        self._talk.tell(*q.says)
        while True:
            raw = self._heard(q, earlier, typed, among)
            raw, sign = parted(raw) if q.lines else (raw, plain(raw))
            if sign == BACK:
                if q.lines and raw:
                    self._talk.answers[q.key] = raw
                self._back(q)
                return
            if q.lines and sign == EDITOR:
                raw, well = self._edited(q, raw or earlier)
                if not well:
                    typed = raw
                    continue
            try:
                value = self._several(q, raw) if q.several else value_of(q, raw, earlier, needed=self._needed(q))
            except Wrong as wrong:
                self._talk.tell(wrong.message, tone="red")
                typed = raw if _kept_to_be_put_right(q, raw) else ""
                among = wrong.among
                continue
            if value is None:
                typed, among = None, ()
                continue
            self._settle(q, value, raw)
            return

    def _heard(self, q: Question, earlier: str, typed: str | None, among: tuple[Choice, ...]) -> str:
        def half(text: str) -> None:
            if plain(text) != BACK:
                self._talk.half = (q.key, text)
                self._draft.keep()

        if q.lines:
            # an answer that was finished is gone on with on a line of its own, where < and e are what they are
            start = typed if typed is not None else f"{earlier}\n" if earlier else ""
            raw = self._ask.lines(q.label, start=start, typed=half)
            return f"{start}\n{BACK}" if start and signed(raw, start) == BACK else raw
        listed = stands_for(q)
        start = typed if typed is not None else "" if listed else earlier
        offered: Value = q.word(earlier) if earlier and listed else q.word(q.default) if q.default else q.hint
        if q.several:
            offered = say("(blank: no more)") if self._picked(q) else offered
        left = tuple(c for c in among or q.choices if not q.several or c.value not in self._picked(q))
        return signed(self._ask.line(q.label, start=start, offered=offered, choices=left, typed=half), start)

    def _needed(self, q: Question) -> bool:
        return q.needed or q.key in self._talk.required

    def _picked(self, q: Question) -> list[str]:
        return [one for one in self._talk.answers.get(q.key, "").split("\n") if one]

    def _several(self, q: Question, raw: str) -> str | None:
        """One more of several; None: go on asking. A blank answer ends it, `-` begins anew."""
        picked = self._picked(q)
        if not raw.strip():
            found = "\n".join(picked) or q.default
            if not found and self._needed(q):
                raise Wrong(say("An answer is needed here."))
            return found
        if plain(raw) == CLEAR:
            picked = []
        else:
            for word in self._words(q, raw):
                one = chosen(q, word)
                picked += [] if one in picked else [one]
                self._echo(q, one, word)
        self._talk.answers[q.key] = "\n".join(picked)
        self._talk.half = None
        self._draft.keep()
        if len(picked) == len(q.choices) and not q.free:
            return "\n".join(picked)
        return None

    def _words(self, q: Question, raw: str) -> list[str]:
        """Several at once, with commas between, where the whole is not the name of one: 仕事探し、就職について."""
        parts = [part for part in normalize("NFKC", raw).replace("、", ",").split(",") if part.strip()]
        return parts if len(parts) > 1 and not any(c.found_by(raw) for c in q.choices) else [raw]

    def _settle(self, q: Question, value: str, raw: str) -> None:
        self._talk.answers[q.key] = value
        self._talk.settled.append(q.key)
        self._talk.half = None
        self._draft.keep()
        if value and not q.several and not q.lines:
            self._echo(q, value, raw)

    def _echo(self, q: Question, value: str, raw: str) -> None:
        """What an answer was taken for, where that is not what was typed."""
        word = q.word(value)
        if raw.strip() and render(word) != raw.strip():
            self._talk.tell(say("→ {answer}", answer=word))

    def _back(self, q: Question) -> None:
        """The question before this one is open again, its answer kept."""
        before = [one.key for one in self._walked if one.key in self._talk.settled]
        if not before:
            self._talk.tell(say("This is the first question."))
            return
        self._talk.settled.remove(before[-1])
        self._talk.half = None

    def _edited(self, q: Question, earlier: str) -> tuple[str, bool]:
        """What the editor saved, and whether it ended well: otherwise that is half typed, and the lines go on here."""
        path = self._talk.c.desk.beside(self._draft.number, re.sub("[^a-z]", "", q.key))
        found, well = self._ask.edit(earlier, path)
        if not well:
            self._talk.half = (q.key, found)
            self._draft.keep()
            editor = self._ask.editor
            why = say("The editor could not be run: {editor}. Write the lines here.", editor=editor)
            if found != earlier:
                why = say("The editor ended with an error: {editor}. What it saved stands here.", editor=editor)
            self._talk.tell(why, tone="red")
        return found, well

    # --------------------------------------------------------------- summary

    def _lines(self) -> list[tuple[str, list[Question]]]:
        """The answered questions, those of one group together, in the order they were asked."""
        groups: dict[str, list[Question]] = {}
        for question in self._walked:
            if not question.quiet:
                groups.setdefault(question.group or question.key, []).append(question)
        return [(name, found) for name, found in groups.items() if any(self._talk.said(q.key) for q in found)]

    def _as_it_stands(self) -> bool:
        """Show everything; True where it is to be recorded so, False where a line is to be asked again."""
        lines = self._lines()
        asked = sum(q.key in self._talk.settled for _, found in lines for q in found)
        if not lines or (asked < 2 and not self._again):
            return True
        self._show(self._script.ready)
        while True:
            raw = plain(self._ask.line(say("Number of a line to correct, or Enter")))
            if not raw:
                return True
            if raw == BACK:
                self._reopen([self._walked[-1]])
                return False
            if raw.isdecimal() and 1 <= int(raw) <= len(lines):
                self._reopen(lines[int(raw) - 1][1])
                return False
            self._talk.tell(say("Give a number from 1 to {most}, or Enter.", most=len(lines)), tone="red")

    def _show(self, title: Say) -> None:
        page = Page()
        page.blank()
        page.line(title)
        page.table(
            [
                (str(number), found[0].title or found[0].label, tuple(self._shown(found)))
                for number, (_, found) in enumerate(self._lines(), 1)
            ],
            indent=2,
        )
        page.blank()
        self._ask.tell(page)

    def _shown(self, found: Sequence[Question]) -> Iterator[Value]:
        for q in found:
            if value := self._talk.said(q.key):
                first = value.split("\n")[0]
                yield (say("{first} …", first=first) if q.lines and "\n" in value else q.word(value))

    def _reopen(self, found: Sequence[Question]) -> None:
        for q in found:
            if q.key in self._talk.given:
                self._talk.answers[q.key] = self._talk.said(q.key)
                del self._talk.given[q.key]
            if q.key in self._talk.settled:
                self._talk.settled.remove(q.key)

    def _fields(self) -> dict[str, Any]:
        """The answers as the command takes them, by field."""
        options = {q.key: self._talk.said(q.key) for q in self._walked if self._talk.said(q.key)}
        made = self._script.options(self._talk) if self._script.options else {}
        return _fields_of(self._talk.c.params, {**self._talk.given, **options, **made}, self._given)


def _kept_to_be_put_right(q: Question, raw: str) -> bool:
    """Whether a wrong answer stays on the line: what took long to type does, the rest is typed again."""
    return q.lines or (len(raw) > LONG and not stands_for(q))


def _fields_of(params: Sequence["Param"], options: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Options as fields of the command's function; what nobody spoke of stays as it was typed."""
    fields = dict(given)
    for param in params:
        for name, value in options.items():
            if "|" in name:  # one of several: the answer is the name of the switch
                if value in param.names:
                    fields[param.field] = True
            elif name in param.names:
                if param.many:
                    fields[param.field] = value if isinstance(value, list) else value.split("\n")
                else:
                    fields[param.field] = value
    return fields
