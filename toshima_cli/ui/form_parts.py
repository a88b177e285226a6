"""Parts several of the standard forms share."""

from collections.abc import Iterator, Sequence

from toshima_cli.domain.case import Person
from toshima_cli.domain.paper import Text
from toshima_cli.domain.verdict import Value, say
from toshima_cli.ui.filled import said
from toshima_cli.ui.form import Grid, Part, beside, box
from toshima_cli.ui.form_words import Filling
from toshima_cli.ui.names import whoever
from toshima_cli.ui.papers import on_paper

SIGNATURE, DATE = say("Signature"), say("Date")


def members(f: Filling, *, blank: int = 0) -> Grid:
    """The household: those shown with what is known of them, the others as labels."""
    header = (
        (say("Reading and name"), 7),
        (say("Relation"), 3),
        (say("Sex"), 2),
        (say("Birth date"), 6),
        (say("Age"), 2),
        (say("Telephone"), 4),
    )
    rows: list[tuple[Value | None, ...]] = [
        (
            stacked([v for v in (f.kana(p), f.heading(p)) if v]),
            f.kin(p),
            f.sex(p),
            f.born(p),
            f.age(p),
            f.of_person(p, "phone"),
        )
        for p in f.found.people
    ]
    return Grid(header, (*rows, *((name, *(None,) * 5) for name in f.others())), room=2, blank=blank)


def person(f: Filling, p: Person) -> Iterator[Part]:
    yield beside((say("Full name"), f.name(p)), (say("Reading"), f.kana(p)))
    yield beside((say("Birth date"), f.born(p)), (say("Age"), f.age(p)))
    yield beside((say("Sex"), f.sex(p)), (say("Relation"), f.kin(p)))
    yield beside((say("Member"), p.label), (say("Telephone"), f.of_person(p, "phone") or f.of_household("phone")))
    yield box(say("Address"), f.of_person(p, "address") or f.of_household("address"))


def handled(f: Filling) -> Iterator[Part]:
    if f.found.handled:
        yield box(say("Under the law"), say("being dealt with under the law"))


def lead(f: Filling, text_id: str) -> Value | None:
    """Who leads: the name behind a code, otherwise as typed."""
    text = f.found.named(text_id)
    code = text.lead[1] if text and len(text.lead) > 1 else None
    return whoever(str(code), f.names) if code else f.words(text)


def action(f: Filling, text: Text) -> tuple[Value | None, ...]:
    _kind, _number, due, done = text.lead
    return (f.words(text), f.who(text), due, done)


def coordinator(f: Filling) -> Value | None:
    who = f.found.case.coordinator_on(f.day)
    return whoever(who, f.names) if who else None


def on(text: Text) -> Value:
    return text.on or ""


def stacked(values: Sequence[Value]) -> str | None:
    return "\n".join(said(on_paper(v)) for v in values) or None
