"""Reads what was typed: everything wrong and everything missing is collected, then `settle()` says it all at once.

The order is the contract's: 5 the books cannot be opened, 4 a number is not in them, 2 something cannot be used, 6 an
answer is missing. Before `settle()` a bad or missing answer is a stand-in; nothing may be done with it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload
from unicodedata import normalize

from toshima_cli.domain.terms import LONGEST_TEXT
from toshima_cli.domain.verdict import Say, say
from toshima_cli.exits import BadInput, Fault, Missing, NotFound
from toshima_cli.ui.text import readable
from toshima_cli.unknown import mended, near, not_a_place, not_found, unknown

if TYPE_CHECKING:
    from toshima_cli.context import Ctx

E = TypeVar("E", bound=StrEnum)

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))
_NUMBER = re.compile(r"([MR]?)(\d{4})-(\d+)", re.ASCII)
_HYPHENED = frozenset({"window", "programme", "outreach_programme", "place", "resource", "staff", "conference"})
_KINDS = {"case": "", "meeting": "M", "referral": "R"}


def number(kind: str, text: str) -> str:
    """`2026-42`, `２０２６－００４２`, `m2026-3` as they are kept: `2026-0042`, `M2026-0003`. Other text as it is."""
    plain = normalize("NFKC", text).translate(_DASHES).strip().upper()
    if kind == "gap":
        return f"G{int(plain)}" if re.fullmatch(r"\d{1,12}", plain, re.ASCII) else plain
    found = _NUMBER.fullmatch(plain)
    if not found or found[1] not in ("", _KINDS[kind]):
        return plain
    return f"{_KINDS[kind]}{found[2]}-{int(found[3]):04d}"


class Answers:
    """Names are options (`--on`) or the metavar of an argument (`CASE`); what each asks is the help it declares."""

    def __init__(self, ctx: "Ctx") -> None:
        self._ctx = ctx
        self._faults: list[Fault] = []
        self._missing: list[tuple[str, Say]] = []
        self._proposed: dict[str, str] = {}
        self._instead: dict[str, str] = {}
        self._objects: list[tuple[str, str]] = []
        self._members: list[tuple[str, str]] = []
        self._items: list[tuple[str, int]] = []
        self._codes: list[tuple[str, str, str]] = []
        self._offices: list[str] = []

    # ------------------------------------------------------- what goes wrong

    def fault(self, where: str, message: Say, instead: str = "") -> None:
        """Something that cannot be used; `instead` stands for it in the line to paste."""
        self._faults.append(Fault(where, message))
        if instead:
            self._instead[where] = instead

    def missing(self, name: str, asks: Say | None = None, proposed: str = "") -> None:
        """An answer that is needed; `asks` defaults to the option's help. What is `proposed` stands in the line to
        paste."""
        self._missing.append((name, asks or self._ctx.asks(name)))
        if proposed:
            self._proposed[name] = proposed

    def said(self) -> frozenset[str]:
        """The options something was already found wrong with, or missing."""
        return frozenset({fault.where for fault in self._faults} | {name for name, _ in self._missing})

    def settle(self) -> None:
        """Raise what was collected, 5, 4, 2, 6 in that order."""
        if self._ctx.needs_books:
            self._check_objects()
            self._check_codes()
        faults = [*self._faults, *self._ctx.out.faults()]
        if faults:
            well = {fault.where for fault in faults} <= set(self._instead)
            raise BadInput(faults, do=(mended(self._ctx.line, self._instead) if well else self._help(),))
        if self._missing:
            raise Missing(self._missing, do=(self._completed(),))

    def _check_objects(self) -> None:
        there = self._ctx.store
        missing = [(kind, value) for kind, value in self._objects if not there.exists(kind, value)]
        if missing:
            raise not_found(missing)
        for case, label in self._members:
            if case and label and not there.has("member", number=case, label=label):
                raise NotFound(
                    say("Case {number} has no member {label}.", number=case, label=label), do=(f"toshima show {case}",)
                )
        for meeting, item in self._items:
            if meeting and not there.has("item", number=meeting, item=item):
                raise NotFound(
                    say("{meeting} has no item {item}.", meeting=meeting, item=item), do=(f"toshima agenda {meeting}",)
                )

    def _check_codes(self) -> None:
        if not self._codes and not self._offices:
            return
        lists = self._ctx.words()
        places = ("window", "programme", "resource")
        if any(office in lists.get(one, {}) for office in self._offices for one in places):
            self.fault("--guest", say("Write the name of the guest's office, not a code."))
        for where, value, list_name in self._codes:
            of = ("window", "programme", "resource") if list_name == "place" else (list_name,)
            known = {code: name for one in of for code, name in lists.get(one, {}).items()}
            if value not in known:
                said = tuple(code for code, name in known.items() if _code(name, list_name) == value)
                alike = said or near(value, known) or tuple(code for code, name in known.items() if value in name)[:3]
                outside = list_name == "place" and not alike
                self.fault(where, not_a_place(value) if outside else unknown(value, alike, known))

    def _help(self) -> str:
        words = self._ctx.out.command.split(".")
        return " ".join(["toshima", *words, "--help"])

    def _completed(self) -> str:
        """The line as typed with the missing answers named, or proposed, at its end."""
        import shlex

        line = ["toshima", *map(shlex.quote, self._ctx.line)]
        for name, _ in self._missing:
            if "|" in name:
                # never a line that would run as it is: which of them is the person's choice
                line.append("[" + name.replace("|", " ") + "]")
                continue
            metavar = next((p.metavar for p in self._ctx.params if name in p.names and not p.switch), "")
            metavar = self._proposed.get(name, metavar)
            line += [name] if name == metavar or not metavar else [name, metavar]
        return " ".join(line)

    # ---------------------------------------------------------------- objects

    def case(self, value: str | None, name: str = "CASE") -> str:
        """A case number, normalised, that has to be in the books (otherwise 4)."""
        return self._object("case", name, value)

    def meeting(self, value: str | None, name: str = "MEETING") -> str:
        return self._object("meeting", name, value)

    def gap(self, value: str | None, name: str = "GAP") -> str:
        return self._object("gap", name, value)

    def referral(self, value: str | None, name: str) -> str:
        return self._object("referral", name, value)

    def _object(self, kind: str, name: str, value: str | None) -> str:
        text = self.text(name, value, required=True)
        if not text:
            return ""
        found = number(kind, text)
        self._objects.append((kind, found))
        return found

    def member(self, case: str, value: str | None, name: str = "LABEL") -> str:
        """The label of somebody who has to be in that case (otherwise 4)."""
        found = self.label(value, name)
        self._members.append((case, found))
        return found

    def item(self, meeting: str, value: str | None, name: str = "ITEM") -> int:
        """The number of an item that has to be on that agenda (otherwise 4)."""
        found = self.count(name, value, most=9999)
        if value is None:
            self.missing(name)
        elif found is not None:
            self._items.append((meeting, found))
        return found or 0

    def label(self, value: str | None, name: str = "LABEL") -> str:
        """A person's label as it is kept (`ａ` → `A`)."""
        return normalize("NFKC", self.text(name, value, required=True) or "").strip().upper()

    def labels(self, name: str, values: Sequence[str] | None) -> tuple[str, ...]:
        """Labels given one by one or with commas, each once."""
        words = [w for value in values or () for w in _split(self.text(name, value) or "")]
        return tuple(dict.fromkeys(w.upper() for w in words))

    def words(self, name: str, values: Sequence[str] | None) -> tuple[str, ...]:
        """Words given one by one or with commas, each once."""
        return tuple(dict.fromkeys(w for value in values or () for w in _split(self.text(name, value) or "")))

    # ------------------------------------------------------------------ codes

    @overload
    def code(self, name: str, value: str | None, list_name: str, *, required: Literal[True]) -> str: ...
    @overload
    def code(self, name: str, value: str | None, list_name: str, *, required: bool = False) -> str | None: ...
    def code(self, name: str, value: str | None, list_name: str, *, required: bool = False) -> str | None:
        """A slug of a list that is data (channel, window, staff …), checked against the books by `settle()`."""
        text = self.text(name, value, required=required)
        if not text:
            return text
        slug = _code(text, list_name)
        self._codes.append((name, slug, list_name))
        return slug

    def codes(self, name: str, values: Sequence[str] | None, list_name: str) -> tuple[str, ...]:
        """Several, given one by one or with commas, each once."""
        words = [w for value in values or () for w in _split(self.text(name, value) or "")]
        return tuple(dict.fromkeys(self.code(name, word, list_name, required=True) for word in words))

    @overload
    def staff(self, name: str, value: str | None, *, required: Literal[True]) -> str: ...
    @overload
    def staff(self, name: str, value: str | None, *, required: bool = False) -> str | None: ...
    def staff(self, name: str, value: str | None, *, required: bool = False) -> str | None:
        return self.code(name, value, "staff", required=required)

    @overload
    def choice(self, name: str, value: str | None, kind: type[E], *, required: Literal[True]) -> E: ...
    @overload
    def choice(self, name: str, value: str | None, kind: type[E], *, required: bool = False) -> E | None: ...
    def choice(self, name: str, value: str | None, kind: type[E], *, required: bool = False) -> E | None:
        """One term of a closed list."""
        text = self.text(name, value)
        if not text and required:
            possible = tuple(say("{code} ({name})", code=term.value, name=term) for term in kind)
            self.missing(name, say("{asks}: {possible}", asks=self._ctx.asks(name), possible=possible))
        if text:
            slug = _code(text, "")
            if slug in list(kind):
                return kind(slug)
            slugs = {term.value: term for term in kind}
            self.fault(name, unknown(text, near(slug, slugs), slugs))
        return next(iter(kind)) if required else None

    def choices(self, name: str, value: str | Sequence[str] | None, kind: type[E]) -> tuple[E, ...]:
        """Terms with commas between (`plan,sharing`), or one by one; each once."""
        values = [value] if isinstance(value, str) else value or ()
        words = [w for v in values for w in _split(self.text(name, v) or "")]
        return tuple(dict.fromkeys(self.choice(name, word, kind, required=True) for word in words))

    def one_of(self, flags: Mapping[str, bool], *, required: bool = True) -> str | None:
        """The one switch that is on (`--given`); several are a fault, none is missing."""
        on = [name for name, is_on in flags.items() if is_on]
        if len(on) > 1:
            self.fault(" ".join(on), say("Give only one of these."))
        elif not on and required:
            self.missing("|".join(flags), say("One of these has to be chosen."))
        return on[0] if len(on) == 1 else None

    # ------------------------------------------------------------------ dates

    @overload
    def day(self, name: str, value: str | None, *, default: date, future: bool = False) -> date: ...
    @overload
    def day(self, name: str, value: str | None, *, required: Literal[True], future: bool = False) -> date: ...
    @overload
    def day(self, name: str, value: str | None, *, future: bool = False) -> date | None: ...
    def day(
        self,
        name: str,
        value: str | None,
        *,
        default: date | None = None,
        required: bool = False,
        future: bool = False,
    ) -> date | None:
        """A business date (`2026-11-24`, `R8.11.24`, `11/24`, `today` …); a future one only where `future`."""
        today = self._ctx.today
        text = self.text(name, value, required=required and default is None)
        if not text:
            return default or (today if required else None)
        from toshima_cli.domain.calendar import EARLIEST, BadDate, parse_date

        try:
            day = parse_date(text, today)
        except BadDate as error:
            self.fault(name, error.message)
            return default or today
        if day < EARLIEST:
            self.fault(name, say("This date lies before any record of this office: {day}.", day=day))
        if day > today and not future:
            self.fault(name, say("This date lies ahead: {day}. Today is {today}.", day=day, today=today))
        return day

    # ------------------------------------------------------------------ texts

    @overload
    def text(self, name: str, value: str | None, *, required: Literal[True], whole: bool = False) -> str: ...
    @overload
    def text(self, name: str, value: str | None, *, required: bool = False, whole: bool = False) -> str | None: ...
    def text(self, name: str, value: str | None, *, required: bool = False, whole: bool = False) -> str | None:
        """A text as typed. Blank counts as not given; undecodable characters and NUL are refused, and what
        is longer than a text may be (`whole`: a file that is read further)."""
        if value is None or not value.strip():
            if required:
                self.missing(name)
            return "" if required else None
        if not readable(value):
            self.fault(name, say("The characters could not be read."))
            return "" if required else None
        if len(value) > LONGEST_TEXT and not whole:
            self.fault(name, say("The text is too long: at most {longest} characters.", longest=LONGEST_TEXT))
            return "" if required else None
        return value

    def places(self, name: str, values: Sequence[str]) -> tuple[str, ...]:
        """Codes of windows, programmes or resources, or `outside:NAME` for a body outside, each once."""
        found: list[str] = []
        for value in values:
            text = (self.text(name, value) or "").strip().replace("：", ":")
            head, colon, rest = text.partition(":")
            if colon and head.lower() == "outside":
                if not rest.strip():
                    self.fault(name, say("Name the body outside: outside:NAME."))
                found.append(f"outside:{rest.strip()}")
            elif text:
                found += self.codes(name, [text], "place")
        return tuple(dict.fromkeys(found))

    def parts(self, name: str, value: str, most: int) -> tuple[str | None, ...]:
        """`NAME|OFFICE|POST`: the parts of one answer, blanks as None, `most` of them at the most."""
        found = (self.text(name, value) or "").replace("｜", "|").split("|")
        if len(found) > most:
            self.fault(name, say("At most {most} parts fit here, separated by |.", most=most))
        return tuple(part.strip() or None for part in found[:most])

    def guests(self, values: Sequence[str] | None) -> tuple[tuple[str, str | None, str | None], ...]:
        """`--guest "NAME|OFFICE|POST"`, once for each: (name, office, post)."""
        found = []
        for value in values or ():
            name, office, post = (*self.parts("--guest", value, 3), None, None)[:3]
            if not name:
                self.fault("--guest", say("A guest has a name: NAME|OFFICE|POST."))
            if office:
                self._offices.append(office)
            found.append((name or "", office, post))
        return tuple(found)

    def slug(self, name: str, value: str | None) -> str:
        """A new code: small letters, digits and hyphens."""
        text = normalize("NFKC", self.text(name, value, required=True)).strip().lower()
        if text and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", text):
            self.fault(name, say("A code is written in small letters, digits and hyphens."))
        return text

    @overload
    def file_text(self, name: str, value: str | None, *, required: Literal[True]) -> str: ...
    @overload
    def file_text(self, name: str, value: str | None, *, required: bool = False, whole: bool = False) -> str | None: ...
    def file_text(self, name: str, value: str | None, *, required: bool = False, whole: bool = False) -> str | None:
        """The text of the file named (`-`: standard input)."""
        from toshima_cli.ui.files import read_text

        path = self.text(name, value, required=required)
        if not path:
            return path
        found = read_text(path)
        if isinstance(found, Say):
            self.fault(name, found)
            return ""
        return self.text(name, found, required=required, whole=whole)

    def json_file(self, name: str, value: str | None) -> Any:
        """The JSON of the file named, None where none was named or it is no JSON (then a fault)."""
        text = self.file_text(name, value, whole=True)
        if text is None or not text:
            if value and not any(fault.where == name for fault in self._faults):
                self.fault(name, say("The file is empty."))
            return None
        from toshima_cli.ui.files import parse_json

        found, message = parse_json(text)
        if message:
            self.fault(name, message)
        return found

    def count(self, name: str, value: str | None, *, least: int = 1, most: int = 1_000_000_000) -> int | None:
        """A whole number within bounds."""
        text = self.text(name, value)
        if text is None:
            return None
        plain = normalize("NFKC", text).strip()
        if re.fullmatch(r"-?\d{1,12}", plain, re.ASCII) and least <= int(plain) <= most:
            return int(plain)
        self.fault(name, say("Give a whole number from {least} to {most}.", least=least, most=most))
        return None


def _split(text: str) -> list[str]:
    return [w for w in (word.strip() for word in re.split("[,、，]", normalize("NFKC", text))) if w]


def _code(text: str, list_name: str) -> str:
    """As the list writes it: half width, small letters; the codes an office makes with `-`, other slugs with `_`."""
    plain = normalize("NFKC", text).strip().lower()
    return plain if list_name in _HYPHENED else plain.replace("-", "_")
