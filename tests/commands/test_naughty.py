"""The Big List of Naughty Strings through every field a person can type into: kept byte for byte, never drawn raw.

Fields of which one form carries many (of people, their concerns and consents) get every string by itself. Every other
field gets the list in one text under a mark of its own: what is more than plain ASCII whole, of the plain rest (markup,
numbers, words) the next ones. Where only a name fits (200 characters), it is made of as many as fit, each time others.
"""

import csv
import io
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, Typed
from tests.naughty import naughty
from toshima_cli import app, context, dispatch
from toshima_cli.commands import TABLE
from toshima_cli.domain.names import fold
from toshima_cli.domain.terms import LONGEST_TEXT
from toshima_cli.forms import LONGEST_NAME
from toshima_cli.settings import Terminal
from toshima_cli.ui.text import uninert

LIST = naughty()
PLAIN = [text for text in LIST if text.isascii() and text.isprintable()]
ODD = [text for text in LIST if text not in PLAIN]
SHARE = 60
"""So many plain strings stand in one text."""

SHORT = [text.replace("|", "/").replace("｜", "/") for text in LIST if len(text) < 150]
"""What fits into a name; | parts what is typed in one word."""

TODAY = "2026-11-24"

TYPED = ("TEXT", "NAME", "KANA", '"NAME|OFFICE|POST"', '"WHO|WHAT|DUE"', '"LABEL|WHAT|WHO|DUE|KIND|WHY"')
TYPED_TOO = {
    ("plan", "--lead"),
    ("watch", "--by"),
    ("close", "--lead"),
    ("route", "--to"),
    ("notify", "--to"),
    ("outreach new", "--person"),
    ("intake", "--person"),
    ("person add", "--person"),
}
"""Options whose value is free to be words of one's own, beside those whose name for it says so."""

IN_NO_LOOK = {
    "reporter", "reporter-relation",  # nobody is told who told us
    "why complex", "why declined", "why ended", "why moved", "why one", "why not one", "why resumed", "why split",
    "why cancelled", "why changed", "why afterwards", "staff reason", "undo reason", "leave note", "concern note",
    "said discussion", "said approach", "said indirect", "said household", "said groundwork",
    "gap forwarded", "needs", "care", "why not", "g", "o", "p",  # on papers, or on a screen only
    "place", "another place",
}  # fmt: skip
"""Fields that no json gives; the books have them."""


def readable_name(text: str) -> bool:
    return bool(fold(text)) and len(text) <= LONGEST_NAME


def labels() -> Iterator[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from letters
    yield from (first + second for first in letters for second in letters)


def raw(text: str) -> list[str]:
    """What of a text acts on a terminal instead of showing: newlines between lines apart."""
    return [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Cn")]


@dataclass
class Writing:
    """Types lines with naughty strings in them and remembers what went where."""

    desk: NearDesk
    day: str = TODAY
    typed: dict[str, str] = field(default_factory=dict)
    options: set[tuple[str, str]] = field(default_factory=set)
    _next: int = 0

    def text(self, where: str) -> str:
        """Every odd string of the list, and the next plain ones, as one text."""
        start = SHARE * len(self.typed) % len(PLAIN)
        found = f"[{where} {len(self.typed)}]\n" + "\n".join([*ODD, *(PLAIN * 2)[start : start + SHARE]])
        assert len(found) < LONGEST_TEXT
        return self._remember(where, found)

    def name(self, where: str) -> str:
        """A name of at most 200 characters made of the next strings; those too long for a name are passed over."""
        found = f"[{where} {len(self.typed)}]"
        while len(longer := f"{found} {SHORT[self._next % len(SHORT)]}") <= LONGEST_NAME:
            found, self._next = longer, self._next + 1
        return self._remember(where, found.strip())

    def _remember(self, where: str, value: str) -> str:
        self.typed[f"{where} {len(self.typed)}"] = value
        return value

    def do(self, *words: str, day: str | None = None, stdin: Any = None, code: int = 0) -> Typed:
        made = self.desk.run(*words, today=day or self.day, stdin=json.dumps(stdin) if stdin else None)
        assert made.code == code, f"{[w[:60] for w in words]}: {made.code}\n{made.err[:2000]}"
        command = next(
            c
            for c in (" ".join(words[:2]), words[0])
            if any(c == e.name or c in [f"{e.name} {s}" for s in e.subs] for e in TABLE)
        )
        self.options |= {(command, word) for word in words if word.startswith("--")}
        return made


def every_typed_option() -> Iterator[tuple[str, str]]:
    for entry in TABLE:
        module = import_module(entry.module)
        subs = getattr(module, "COMMANDS", None) or {"": module}
        for name, sub in subs.items():
            command = dispatch._command((entry.name, name), sub.run, sub.help if name else module.HELP, (), None, ())
            words = f"{entry.name} {name}".strip()
            for param in command.params:
                if param.metavar in TYPED or (words, param.names[0]) in TYPED_TOO:
                    yield words, param.names[0]


def everything(w: Writing) -> None:
    """The story: every command with a typed field, once at least, in an order the rules allow."""
    do, text = w.do, w.text
    do("init", day="2026-10-05")
    do("staff", "add", "k03", "--name", text("staff name"), "--office", text("staff office"), "--role", "coordinator")
    do("staff", "add", "c01", "--name", "森", "--office", "CSW", "--window", "csw")
    words = ("--name", text("staff name"), "--office", text("staff office"), "--reason", text("staff reason"))
    do("staff", "edit", "c01", *words)
    resource = [word for key in ("name", "owner", "place", "offers") for word in (f"--{key}", text(f"resource {key}"))]
    do("resource", "add", "salon-ike", *resource)
    _seek_and_receive(w)
    _people(w)
    _concerns_and_gaps(w)
    _consents(w)
    _sittings(w)
    _plan_and_after(w)
    do("intake", "--window", "csw", "--person", "A", "--concern", "A:job")
    do("undo", "--reason", text("undo reason"), "--yes")


def _reporter(w: Writing, *more: str) -> list[str]:
    found = [word for key in ("reporter", "reporter-relation", *more) for word in (f"--{key}", w.name(key))]
    return [*found, "--note", w.text("note")]


def _seek_and_receive(w: Writing) -> None:
    """Cases 1 (sought, then received), 2 (received), 3 (interrupted, resumed), 4 (ended, returned as 5)."""
    first = ["--why", "refuses", "--window", "csw", "--channel", "neighbour", "--concern", "A:health"]
    person = ["--person", f"A|{w.name('name')}|{w.name('kana')}"]
    w.do("outreach", "new", *first, *person, *_reporter(w, "phone"), "--address", w.text("address"), day="2026-10-05")
    log = ("--note", w.text("contact"), "--next", "2026-10-20", "--next-what", w.text("next"))
    w.do("outreach", "log", "2026-0001", "--method", "visit", *log, day="2026-10-06")
    w.do("intake", "2026-0001", *_reporter(w), day="2026-10-07")
    for _ in range(3):
        new = ["--window", "csw", "--channel", "family", "--concern", "A:job", "--concern", "B:care"]
        new += ["--person", f"A|{w.name('name')}|{w.name('kana')}|1968-05-01|female|head"]
        new += ["--person", f"B|{w.name('name')}|{w.name('kana')}|1994-05-01|male|child"]
        w.do("intake", *new, *_reporter(w, "phone"), "--address", w.text("address"), day="2026-10-05")
    lost = ("--last-contact", "2026-10-05", "--tried", w.text("tried"), "--safety", w.text("safety"), "--yes")
    w.do("route", "2026-0003", "--complex", "--coordinator", "k03", "--reason", w.text("why complex"), day="2026-10-06")
    w.do("close", "2026-0003", "--interrupted", *lost, day="2026-11-10")
    w.do("resume", "2026-0003", "--reason", w.text("why resumed"), day="2026-11-12")
    w.do(
        "close",
        "2026-0004",
        "--reason",
        "information_only",
        "--evaluation",
        w.text("evaluation"),
        "--yes",
        day="2026-10-06",
    )
    back = ("--channel", "self", "--concern", "A:job")
    w.do("reopen", "2026-0004", *back, *_reporter(w), day="2026-11-12")


def _people(w: Writing) -> None:
    case = "2026-0003"
    w.do("person", "add", case, "--person", f"|{w.name('name')}|{w.name('kana')}", "--person", f"|{w.name('name')}")
    edits = [f"--{key}" for key in ("name", "kana", "phone", "assistance-office")]
    for label in "ABCD":
        long = [word for key in ("address", "contact-rule", "visit-alert") for word in (f"--{key}", w.text(key))]
        short = [word for option in edits for word in (option, w.name(option))]
        w.do(
            "person",
            "edit",
            case,
            label,
            *short,
            *long,
            "--assistance-since",
            "2026-01-10",
            "--reason",
            w.text("why edited"),
        )
    w.do("person", "wish", case, "A", "--text", w.text("wish"))
    w.do("person", "leave", case, "C", "--reason", "other", "--note", w.text("leave note"))
    w.do("person", "move", case, "D", "--to", "2026-0005", "--reason", w.text("why moved"))
    w.do("merge", "2026-0003/B", "2026-0005/B", "--reason", w.text("why one"))
    w.do("unmerge", "2026-0003/B", "2026-0005/B", "--reason", w.text("why not one"))
    w.do("split", "2026-0005", "C", "--reason", w.text("why split"), "--coordinator", "k03")


def _concerns_and_gaps(w: Writing) -> None:
    w.do("concern", "add", "2026-0003", "--concern", "A:debt", "--note", w.text("concern note"))
    w.do("concern", "end", "2026-0003", "--concern", "A:debt", "--reason", w.text("why ended"))
    w.do("gap", "add", "--kind", "resource", "--text", w.text("gap"))
    w.do("gap", "forward", "G1", "--note", w.text("gap forwarded"))
    w.do("gap", "answer", "G1", "--text", w.text("gap answered"))
    w.do("conference", "2026-0003", "--of", "yotaikyo", "--held-on", "2026-11-02", "--not-enough", w.text("not enough"))
    w.do("approach", "2026-0003", "--text", w.text("approach"), "--reason", w.text("why before"))


def _consents(w: Writing) -> None:
    given = ("--given", "--scope", "plan,sharing", "--method", "signature", day := "--on", "2026-10-20")
    w.do("consent", "2026-0002", "A", *given)
    guardian = ("--decided-by", "adult_guardian", "--by", w.name("by"), "--evidence", w.text("evidence"))
    w.do("consent", "2026-0002", "B", *given, *guardian)
    impossible = ("--not-possible", "--why", w.text("why not possible"), "--judged-by", w.name("judged by"))
    w.do("consent", "2026-0003", "B", *impossible, "--method", "oral", "--review", "2026-12-20", day, "2026-11-20")
    w.do("person", "add", "2026-0002", "--person", "C|花||2016-05-01|female|child")
    parent = ("--decided-by", "parent", "--by", w.name("by"), "--view", w.text("view"))
    w.do("consent", "2026-0002", "C", *given[:5], *parent)


def _sittings(w: Writing) -> None:
    case = "2026-0003"
    bodies = [word for _ in range(8) for word in ("--to", f"outside:{w.name('outside')}")]
    w.do("route", case, "--person", "A", *bodies, "--ground", "none_shared", "--reason", w.text("why referred"))
    w.do("route", case, "--decline", "R2026-0001", "--reason", w.text("why declined"))
    w.do("notify", case, "--kind", "elder", "--to", f"outside:{w.name('outside')}", "--reason", w.text("seen"))
    guests = [word for _ in range(8) for word in ("--guest", f"{w.name('g')}|{w.name('o')}|{w.name('p')}")]
    place = ("--place", w.text("place"))
    w.do("convene", "subcommittee", "--on", TODAY, "--case", case, "--attendee", "k03", *guests[:8], *place)
    w.do("attend", "M2026-0001", "k03", "c01", *guests[8:], "--secrecy")
    agreed = [word for _ in range(8) for word in ("--action", f"{w.name('who')}|{w.name('what')}|2026-12-15")]
    w.do("decide", "M2026-0001", "1", "--outcome", "continue", "--note", w.text("decided"), *agreed, *_said(w))
    w.do("convene", "stakeholder", "--on", "2026-12-01", "--case", case, *place)
    w.do("meetings", "--edit", "M2026-0002", "--place", w.text("another place"), "--reason", w.text("why changed"))
    w.do("meetings", "--cancel", "M2026-0002", "--reason", w.text("why cancelled"))


def _said(w: Writing) -> Iterator[str]:
    for heading in ("discussion", "approach", "indirect", "household", "groundwork"):
        yield from (f"--{heading}", w.text(f"said {heading}"))
    yield from ("--next", "2026-12-15", "--next-what", w.text("look again"))


def _plan_and_after(w: Writing) -> None:
    case = "2026-0002"
    w.do("route", case, "--complex", "--coordinator", "k03")
    acts = [f"A|{w.name('what')}|{w.name('who')}|2026-12-15|community|{w.name('why not')}" for _ in range(8)]
    typed = ("--goal", w.text("goal"), "--lead", w.name("lead"), "--needs", w.text("needs"), "--care", w.text("care"))
    plan = ("--person", "A", *typed, *(word for act in acts for word in ("--action", act)))
    w.do("plan", case, *plan, "--approved-afterwards", "--reason", w.text("why afterwards"))
    note = ("--note", w.text("progress"), "--next", "2026-12-20", "--next-what", w.text("next"))
    w.do("progress", case, "--method", "visit", "--person", "A", *note)
    w.do(
        "watch",
        "2026-0003",
        "--by",
        w.text("watcher"),
        "--every",
        "1m",
        "--until",
        "2027-01-29",
        "--sign",
        w.text("sign"),
    )
    whole = [f"--{key}" for key in ("lead", "evaluation", "wish", "groundwork", "tried")]
    ends = [word for option in whole for word in (option, w.text(option))]
    w.do("close", case, "--reason", "moved", *ends, "--change", "none", "--yes")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Writing:
    writing = Writing(NearDesk(tmp_path_factory.mktemp("naughty") / "books.db", today=TODAY))
    everything(writing)
    return writing


def test_no_field_is_left_out(written: Writing) -> None:
    assert set(every_typed_option()) - written.options == set()


def test_every_text_is_in_the_books_as_it_was_typed(written: Writing) -> None:
    kept = _cells(written.desk.db)
    assert {where for where, text in written.typed.items() if text not in kept} == set()


def _cells(db: Path) -> set[str]:
    """Every text of the books."""
    with closing(sqlite3.connect(db)) as books:
        tables = [name for (name,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in books.execute(f'SELECT * FROM "{table}"')]
    return _parted({cell for row in rows for cell in row if isinstance(cell, str)})


def _parted(texts: set[str]) -> set[str]:
    """A note added to another stands there alone too."""
    return texts | {part for text in texts for part in re.split(r"\n(?=\[note \d+\]\n)", text)}


CASES = tuple(f"2026-{number:04}" for number in range(1, 7))
LISTS = (
    "caseload",
    "outreach list",
    "resource list",
    "gap list",
    "staff list --all",
    "plan 2026-0002 --list",
    "meetings",
)
LOOKS = (
    *LISTS,
    *(f"{look} {case}" for case in CASES for look in ("show", "map", "gate", "route")),
    "find A",
    "status",
    "agenda M2026-0001",
    "journal --limit 20",
)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def test_json_gives_every_text_as_it_was_typed(written: Writing) -> None:
    found = _parted({text for look in LOOKS for text in strings(written.desk.json(*look.split()))})
    missing = {where.rpartition(" ")[0] for where, text in written.typed.items() if text not in found}
    assert missing == IN_NO_LOOK


@pytest.mark.parametrize("look", LISTS)
def test_csv_gives_what_json_gives(written: Writing, look: str) -> None:
    rows = written.desk.json(*look.split())
    text = written.desk.ok(*look.split(), "-f", "csv").out
    cells = [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert len(cells) == len(rows)
    assert [{k: uninert(v) for k, v in row.items() if isinstance(rows[n][k], str)} for n, row in enumerate(cells)] == [
        {k: v for k, v in row.items() if k in cells[0] and isinstance(v, str)} for row in rows
    ]


def test_nothing_of_it_reaches_a_terminal_raw(written: Writing) -> None:
    _nothing_raw(written.desk, LOOKS)
    _nothing_raw(written.desk, LISTS, forms=(("-f", "csv"), ("-f", "tsv")))
    _nothing_raw(written.desk, LOOKS, forms=((),), colour=True)


def _nothing_raw(
    desk: NearDesk,
    looks: Iterable[str],
    forms: Sequence[tuple[str, ...]] = ((), ("-f", "json")),
    *,
    colour: bool = False,
) -> None:
    terminal = Terminal(stdout=True, stderr=True, columns=80, colour=colour)
    for look in looks:
        for form in forms:
            out = io.StringIO()
            with redirect_stdout(out), redirect_stderr(out), context.desk(TODAY, TOSHIMA_DB=str(desk.db)):
                code = app.main([*look.split(), *form], terminal=terminal)
            assert code == 0, (look, form)
            shown = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()) if colour else out.getvalue()
            shown = shown if form != ("-f", "tsv") else shown.replace("\t", " ")
            assert raw(shown) == [], (look, form)


def test_a_search_takes_it_literally_and_says_it_harmlessly(desk: NearDesk) -> None:
    desk.ok("intake", "--window", "csw", "--person", "A|翁長 鶴|おなが つる", "--concern", "A:job", "--phone", "03-77")
    terminal = Terminal(stdout=True, stderr=True, columns=80)
    codes = set()
    for text in [*ODD, *PLAIN[::8]]:
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(out), context.desk(TODAY, TOSHIMA_DB=str(desk.db)):
            codes.add(app.main(["find", "--", text], terminal=terminal))
        assert "翁長" not in out.getvalue(), text
        assert raw(out.getvalue()) == [], text
    # nothing found, or nothing in it to look for
    assert codes == {0, 2}
    assert len(desk.json("find", "翁長")) == 1


# ------------------------------------------------- every string by itself


HOUSEHOLD = 30
"""So many people are taken in at once; every text of a household is looked through for every name of it."""

FIELDS = ("name", "kana", "note", "wish", "concern", "by", "evidence")
"""Of one person taken in: what is typed of them, their concern's note, who decided for them and what showed it."""


def household(values: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    people, concerns, consents = [], [], []
    for label, value in zip(labels(), values, strict=False):
        people.append({"label": label, **{key: value[key] for key in ("name", "kana", "note", "wish")}})
        concerns.append({"person": label, "concern": "job", "note": value["concern"]})
        given = {"decision": "given", "scope": ["plan"], "on": "2026-11-24", "method": "oral"}
        decided = {"decided_by": "adult_guardian", "by": value["by"], "evidence": value["evidence"]}
        consents.append({"person": label, **given, **decided})
    form = {"window": "csw", "received_on": "2026-11-24", "people": people, "concerns": concerns, "consents": consents}
    return form


def test_what_cannot_be_kept_is_refused_by_field_and_nothing_of_it_is_kept(desk: NearDesk) -> None:
    form = household([dict.fromkeys(FIELDS, text) for text in LIST])
    made = desk.run("intake", "--from", "-", "-f", "json", stdin=json.dumps(form))
    assert (made.code, made.out) == (2, "")
    wrong = {fault["where"] for fault in made.error["faults"]}
    places = {"concern": "concerns[{}].note", "by": "consents[{}].by", "evidence": "consents[{}].evidence"}
    assert wrong == {
        places.get(key, "people[{}]." + key).format(n)
        for n, text in enumerate(LIST)
        for key in FIELDS
        if not (readable_name(text) if key in ("name", "kana", "by") else text)
    }
    assert all(fault["message"] for fault in made.error["faults"])
    assert desk.json("caseload") == []


@pytest.mark.parametrize("text", ["", " ", "　", "a\0b", "\udce3\udc81", "x" * (LONGEST_TEXT + 1)])
def test_an_option_refuses_what_cannot_be_kept(desk: NearDesk, text: str) -> None:
    made = desk.run("intake", "--window", "csw", "--person", "A", "--concern", "A:job", "--note", text)
    assert (made.code, made.out) == (2, "")
    assert "--note" in made.err
    assert raw(made.err) == []
    assert desk.json("caseload") == []


def test_every_string_by_itself_of_every_person(desk: NearDesk) -> None:
    names = [text for text in LIST if readable_name(text)]
    # each field of a person another string, or what is shown of one would be what another has
    values = [
        {
            key: (names if key in ("name", "kana", "by") else texts)[(n + 7 * shift) % len(names)]
            for shift, key in enumerate(FIELDS)
        }
        for texts in ([text for text in LIST if text],)
        for n in range(len(texts))
    ]
    looks = ["caseload", "find null"]
    for start in range(0, len(values), HOUSEHOLD):
        some = values[start : start + HOUSEHOLD]
        made = desk.run("intake", "--from", "-", "-f", "json", stdin=json.dumps(household(some)))
        found = desk.json("show", made.data["case"])
        assert [(p["name"], p["kana"]) for p in found["people"]] == [(v["name"], v["kana"]) for v in some]
        notes = {concern["person"]: concern["note"] for concern in found["concerns"]}
        assert notes == dict(zip(labels(), (value["concern"] for value in some), strict=False))
        looks += [f"{look} {made.data['case']}" for look in ("show", "map", "gate")]
    kept = _cells(desk.db)
    assert {value for row in values for value in row.values() if value not in kept} == set()
    _nothing_raw(desk, looks)
