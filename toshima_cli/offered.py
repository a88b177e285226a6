"""The values of each kind that a line being typed can go on with, each with a few words on what it is.

Of people there are labels and initials, never a name, a reading or what somebody wrote; of colleagues code and office.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from toshima_cli import context, i18n
from toshima_cli.domain import terms
from toshima_cli.domain.verdict import Value
from toshima_cli.i18n import render
from toshima_cli.settings import Settings
from toshima_cli.ui.shells import MOST, Candidate

if TYPE_CHECKING:
    from toshima_cli.looks.completion import Offers, Row

Given = Mapping[str, Sequence[str]]
"""What the line gives already, by the first name of the option or the argument."""

NOWHERE = "-"
"""The office of whoever sits at the desk before anybody was named."""

PLACES = ("window", "programme", "resource")


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose books are meant, who asks, and the day."""

    books: Path
    staff: str
    today: str

    @classmethod
    def of(cls, asked: Settings, env: Mapping[str, str]) -> "Desk":
        """A path is taken as the shell will take it. Raises BadInput for a day that is none."""
        path = Template(context.database(asked)).safe_substitute(env)
        today, _ = context.business_date(env)
        return cls(Path(path).expanduser(), asked.staff, today.isoformat())


def offered(kind: str, begun: str, given: Given, desk: Desk) -> list[Candidate]:
    """The candidates of a kind (`declared.METAVARS`), `begun` being what of it was typed, in the order to show them.
    Raises sqlite3.Error or ValueError where the books cannot be read, KeyError for a kind that is none."""
    word, _, rest = kind.partition(" ")
    if word == "words":
        return [Candidate(each) for each in rest.split()]
    if word == "term":
        closed: type[StrEnum] = getattr(terms, rest)
        return [Candidate(term.value, render(term)) for term in closed]
    from toshima_cli.db import LOCAL
    from toshima_cli.looks.completion import opened

    # who asks has to work here, but not to learn who could ask
    with opened(desk.books, LOCAL if kind == "staff" else desk.staff, MOST) as offers:
        if word == "list":
            return _codes(offers, rest)
        return _KINDS[kind](_Asked(offers, begun, given, desk.today))


@dataclass(frozen=True, slots=True)
class _Asked:
    offers: "Offers"
    begun: str
    given: Given
    today: str

    def typed(self, *names: str) -> str | None:
        """What the line gives under the first of these names."""
        return next((self.given[name][-1] for name in names if self.given.get(name)), None)

    @property
    def case(self) -> str:
        return _number(self.typed("CASE", "--case") or "")


def _number(text: str) -> str:
    """`2026-42` as it is kept."""
    year, hyphen, ordinal = text.partition("-")
    return f"{year}-{ordinal:0>4}" if hyphen else text


def _codes(offers: "Offers", *lists: str) -> list[Candidate]:
    english = i18n.language() == "en"
    return [Candidate(code, name) for one in lists for code, name in offers.codes(one, english=english)]


def _about(*values: Value | None) -> str:
    return " ".join(render(value) for value in values if value)


def _open_first(asked: _Asked) -> list[Candidate]:
    found = _cases(asked, ended=False)
    return found if len(found) >= MOST else [*found, *_cases(asked, ended=True)]


def _ended(asked: _Asked) -> list[Candidate]:
    return _cases(asked, ended=True)


def _cases(asked: _Asked, *, ended: bool) -> list[Candidate]:
    found = asked.offers.cases(asked.begun, ended=ended)
    return [Candidate(number, _about(letters, terms.Stage(stage))) for number, letters, stage in found]


def _labels(asked: _Asked) -> list[Candidate]:
    """Of the case typed before, and of whoever the line itself takes in."""
    found = [Candidate(label, letters or "") for label, letters in asked.offers.members(asked.case)]
    there = {each.value for each in found}
    new = [text.partition("|")[0].strip().upper() for text in asked.given.get("--person", ()) if "|" in text]
    return [*found, *(Candidate(label) for label in dict.fromkeys(new) if label and label not in there)]


def _concerns(asked: _Asked) -> list[Candidate]:
    label, colon, _ = asked.begun.partition(":")
    if not colon:
        return [Candidate(f"{each.value}:", each.about, open=True) for each in _labels(asked)]
    return [Candidate(f"{label}:{each.value}", each.about) for each in _codes(asked.offers, "concern")]


def _members(asked: _Asked) -> list[Candidate]:
    """A case, or CASE/LABEL."""
    case, slash, _ = asked.begun.partition("/")
    if not slash:
        return _open_first(asked)
    return [Candidate(f"{case}/{label}", said or "") for label, said in asked.offers.members(_number(case))]


def _referrals(asked: _Asked) -> list[Candidate]:
    return [
        # of a report by law the case is all that is said (rule 7); who a body outside is was typed by hand
        Candidate(row["number"], _about(row["case_number"], None if row["by_law"] else _taker(row)))
        for row in asked.offers.referrals(asked.begun, asked.case or None)
    ]


def _taker(row: "Row") -> Value:
    return str(row["to_code"]) if row["to_code"] else terms.ToKind(row["to_kind"])


def _meetings(asked: _Asked) -> list[Candidate]:
    found = asked.offers.meetings(asked.begun, asked.today)
    return [Candidate(row["number"], _about(row["held_on"], terms.Body(row["body"]))) for row in found]


def _items(asked: _Asked) -> list[Candidate]:
    found = asked.offers.rows("items", number=_number(asked.typed("MEETING") or ""))
    return [Candidate(str(row["item"]), _about(terms.Purpose(row["purpose"]), row["case_number"])) for row in found]


def _actions(asked: _Asked) -> list[Candidate]:
    found = asked.offers.rows("actions", number=asked.case)
    return [Candidate(row["number"], _about(row["label"], row["due_on"])) for row in found]


def _gaps(asked: _Asked) -> list[Candidate]:
    return [Candidate(f"G{row['id']}", _about(terms.GapKind(row["kind"]))) for row in asked.offers.rows("gaps")]


def _staff(asked: _Asked) -> list[Candidate]:
    offices = ((row["code"], row["office"]) for row in asked.offers.rows("colleagues"))
    return [Candidate(code, "" if office == NOWHERE else office) for code, office in offices]


def _places(asked: _Asked) -> list[Candidate]:
    return [*_codes(asked.offers, *PLACES), Candidate("outside:", _about(terms.ToKind.OUTSIDE), open=True)]


def _who(asked: _Asked) -> list[Candidate]:
    return [*_codes(asked.offers, *PLACES), *_staff(asked)]


def _figures(asked: _Asked) -> list[Candidate]:
    from toshima_cli.domain.figures import BLOCKS

    found = list[Candidate]()
    for figure in (figure for block in BLOCKS for figure in block.figures):
        if figure.each is None:
            found.append(Candidate(figure.key, render(figure.label)))
        elif not asked.begun.startswith(f"{figure.key}."):
            found.append(Candidate(f"{figure.key}.", render(figure.label), open=True))
        elif isinstance(figure.each, str):
            found += [Candidate(f"{figure.key}.{e.value}", e.about) for e in _codes(asked.offers, figure.each)]
        else:
            found += [Candidate(f"{figure.key}.{term.value}", render(term)) for term in figure.each]
    return found


_KINDS: dict[str, Callable[[_Asked], list[Candidate]]] = {
    "actions": _actions,
    "cases": _open_first,
    "concerns": _concerns,
    "ended cases": _ended,
    "figures": _figures,
    "gaps": _gaps,
    "items": _items,
    "labels": _labels,
    "meetings": _meetings,
    "members": _members,
    "places": _places,
    "places and sittings": lambda asked: [*_places(asked), *_meetings(asked)],
    "referrals": _referrals,
    "staff": _staff,
    "who": _who,
}
KINDS = frozenset(_KINDS)
