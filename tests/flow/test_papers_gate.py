"""Every guard between a person and a paper, one by one: what it holds back, and that this is noticed once it is gone.

`GUARDS` is the list: a scenario, typed, whose decisive look raises `Shown`, and how the guard is taken away. The random
papers of `tests/journeys/test_random_papers.py` look for what nobody thought of.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.desk import NearDesk, copy
from tests.flow import paper_scenarios as typed
from tests.flow.paper_scenarios import Desk, Shown
from toshima_cli import places
from toshima_cli.db import queries
from toshima_cli.domain import consent, grounds, held, kinship, paper, papers_out
from toshima_cli.domain.referral import Recipient
from toshima_cli.domain.terms import Decision, Ground, ItemKind, ToKind
from toshima_cli.looks import copies, elsewhere, readers
from toshima_cli.looks import papers as looks
from toshima_cli.looks.agenda import compute

NOWHERE = Recipient(ToKind.OUTSIDE, None, "")


@pytest.fixture(scope="session")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return typed.laid(tmp_path_factory.mktemp("table") / "books.db")


@pytest.fixture
def desk(table: Path, tmp_path: Path) -> Desk:
    return Desk(NearDesk(copy(table, tmp_path / "books.db")), tmp_path)


# ------------------------------------------------------------- without them

Patch = pytest.MonkeyPatch


def everywhere(m: Patch, original: Any, instead: Any) -> None:
    """Under whatever name a module took it in."""
    for name, module in list(sys.modules.items()):
        if name.startswith("toshima_cli"):
            for attribute, value in list(vars(module).items()):
                if value is original:
                    m.setattr(module, attribute, instead)


def held_but(change: Callable[[Any], Any | None]) -> Callable[[Patch], None]:
    """`held` reads rows as `change` leaves them; None: it does not see the row."""
    was = held.held

    def remove(m: Patch) -> None:
        def read(person: Any, scope: Any, day: date) -> Any:
            return was(replace(person, consents=tuple(c for row in person.consents if (c := change(row)))), scope, day)

        everywhere(m, was, read)

    return remove


def held_on_any_day(m: Patch) -> None:
    was = held.held
    everywhere(m, was, lambda person, scope, _: was(person, scope, date(2100, 1, 1)))


def held_of_any_scope(m: Patch) -> None:
    was = held.held
    everywhere(
        m,
        was,
        lambda person, scope, day: was(
            replace(person, consents=tuple(replace(c, scopes=frozenset({scope})) for c in person.consents)), scope, day
        ),
    )


def reader_of_no_window(m: Patch) -> None:
    was = grounds.not_for_reader
    m.setattr(grounds, "not_for_reader", lambda case, h, r: was(case, h, replace(r, windows=frozenset())))


class Asked:
    """Queries of which some are answered otherwise."""

    def __init__(self, found: Any, **instead: Any) -> None:
        self.found, self.instead = found, instead

    def __getattr__(self, name: str) -> Any:
        return self.instead.get(name) or getattr(self.found, name)


def answered(m: Patch, file: str, **instead: Any) -> None:
    """The readers of papers get other answers from some queries of a file."""
    m.setattr(readers, "queries", lambda of: Asked(queries(of), **instead) if of == file else queries(of))


def secrecy_that_never_ends(m: Patch) -> None:
    found = queries("meetings")

    def acknowledged(conn: Any, *, day: str) -> list[dict[str, Any]]:
        return [{**dict(row), "until": "9999-12-31"} for row in found.acknowledged(conn, day=day)]

    m.setattr(
        readers, "queries", lambda of: Asked(found, acknowledged=acknowledged) if of == "meetings" else queries(of)
    )


def secrecy_of_any_day(m: Patch) -> None:
    found = queries("meetings")

    def acknowledged(conn: Any, *, day: str) -> Any:
        return found.acknowledged(conn, day="9999-12-31")

    m.setattr(
        readers, "queries", lambda of: Asked(found, acknowledged=acknowledged) if of == "meetings" else queries(of)
    )


def copies_as_the_holder_sees_them(m: Patch) -> None:
    found = queries("papers")

    def seen(name: str) -> Any:
        return lambda conn, *, meeting_id, viewer: getattr(found, name)(conn, meeting_id=meeting_id, viewer="k03")

    instead = {name: seen(name) for name in ("paper_items", "paper_members")}
    answered(m, "papers", **instead)


def nobody_stands_elsewhere(m: Patch) -> None:
    def nothing(conn: Any, *, case_id: int) -> list[Any]:
        return []

    m.setattr(elsewhere, "queries", lambda of: Asked(queries(of), elsewhere=nothing) if of == "facts" else queries(of))


def nobody_is_hidden(m: Patch) -> None:
    was = consent.may_read

    def read(case: Any, *rest: Any) -> Any:
        return was(replace(case, people=tuple(replace(p, hidden=False) for p in case.people)), *rest)

    everywhere(m, consent.may_read, read)


def not_asked(why: paper.Check) -> Callable[[Patch], None]:
    was = paper.why_checked

    def remove(m: Patch) -> None:
        m.setattr(paper, "why_checked", lambda *a, **k: None if (found := was(*a, **k)) is why else found)

    return remove


def sheet_told(**instead: Any) -> Callable[[Patch], None]:
    was = paper.sheet
    return lambda m: m.setattr(paper, "sheet", lambda *a, **k: was(*a, **{**k, **instead}))


def a_report_like_any_referral(m: Patch) -> None:
    was = paper._referrals

    def told(case: Any, day: date) -> Any:
        return was(replace(case, referrals=tuple(replace(r, ground=Ground.CONSENT) for r in case.referrals)), day)

    m.setattr(paper, "_referrals", told)


def of_the_sitting_only(m: Patch) -> None:
    was = consent.may_read
    everywhere(m, was, lambda case, label, kind, reader, day, *_: was(case, label, kind, reader, day, day))


def of_this_case_only(m: Patch) -> None:
    was = consent.may_read
    everywhere(m, was, lambda *asked: was(*asked[:6]))


def listed_is_permitted(m: Patch) -> None:
    def read(case: Any, label: str, kind: ItemKind, reader: Any, *days: Any) -> Any:
        return consent.may_read(case, label, ItemKind.SUPPORT_CONFERENCE, replace(reader, secrecy=True), *days)

    m.setattr(looks, "may_read", read)


def called_all_the_same(m: Patch) -> None:
    m.setattr("toshima_cli.looks.papers.compute", lambda conn, number: replace(compute(conn, number), cancelled=False))


def anybody_named(m: Patch) -> None:
    was = looks._find
    m.setattr(looks, "_find", lambda known, key: was(known, key) or grounds.Reader(name=key[0] or key[1], code=key[0]))


def everything_listed(m: Patch) -> None:
    """The list as a paper would be: with what was typed."""
    from toshima_cli.looks.agenda import Listed

    was = Listed.json
    m.setattr(Listed, "json", lambda self: {**was(self), "notes": [case.note for case in self.cases.values()]})


@dataclass(frozen=True)
class Guard:
    scenario: Callable[[Desk], None]
    without: Callable[[Patch], None]


GUARDS = {
    "a withdrawal counts": Guard(
        typed.consent_withdrawn, held_but(lambda row: None if row.decision is Decision.WITHDRAWN else row)
    ),
    "consent runs out": Guard(
        typed.consent_run_out_by_the_sitting, held_but(lambda row: replace(row, expires_on=None))
    ),
    "consent counts from its day on": Guard(typed.consent_after_the_sitting, held_on_any_day),
    "a copy handed out afterwards is a new sharing": Guard(
        typed.consent_withdrawn_after_the_sitting, of_the_sitting_only
    ),
    "what they said since in another case counts": Guard(typed.withdrawn_in_the_case_they_moved_to, of_this_case_only),
    "consent to a plan is not one to sharing": Guard(typed.consent_to_a_plan_only, held_of_any_scope),
    "a window is excepted": Guard(typed.window_excepted, reader_of_no_window),
    "a guest comes from a window": Guard(
        typed.guest_of_a_window_excepted, lambda m: everywhere(m, places.recipient, lambda conn, text: NOWHERE)
    ),
    "a window excepted is excepted under secrecy too": Guard(
        typed.window_excepted_under_secrecy, sheet_told(excepted=())
    ),
    "whoever is excepted later is excepted under secrecy too": Guard(
        typed.excepted_after_the_sitting, lambda m: everywhere(m, grounds.excepts, lambda *_: False)
    ),
    "the place says nobody a copy does not show": Guard(
        typed.place_of_who_is_not_shown, lambda m: m.setattr(looks.Told, "_not_on", lambda *_: ())
    ),
    "secrecy is asked for": Guard(typed.no_secrecy, lambda m: m.setattr(grounds, "no_secrecy", lambda *_: None)),
    "secrecy lasts a fiscal year": Guard(typed.secrecy_of_last_fiscal_year, secrecy_that_never_ends),
    "secrecy comes first": Guard(typed.secrecy_after_the_sitting, secrecy_of_any_day),
    "texts are searched for who is masked": Guard(
        typed.masked_name_in_a_text, lambda m: m.setattr(paper, "_says", lambda *_: False)
    ),
    "texts are searched for what the masked are to the shown": Guard(
        typed.kin_of_who_is_shown, lambda m: everywhere(m, kinship.says_kin, lambda *_: False)
    ),
    "texts are tied to people": Guard(typed.tied_to_masked, lambda m: m.setattr(paper, "_goes_with", lambda *_: True)),
    "a text about nobody is asked about": Guard(typed.tied_to_nobody, not_asked(paper.Check.TIED_TO_NOBODY)),
    "a text about somebody masked too is asked about": Guard(
        typed.tied_to_masked_too, not_asked(paper.Check.TIED_TO_MASKED)
    ),
    "texts are searched for the household left behind": Guard(
        typed.names_of_the_household_left_behind, sheet_told(beside=())
    ),
    "what was said holds for those masked then": Guard(
        typed.looked_at_once, lambda m: everywhere(m, copies.text_digest, lambda text, _: text.text or "")
    ),
    "what was said holds for those who were there then": Guard(
        typed.looked_at_before_somebody_left,
        lambda m: m.setattr(paper.Sheet, "unseen", property(lambda s: s.masked)),
    ),
    "what was said holds for what they were called then": Guard(
        typed.looked_at_before_a_name_was_known,
        lambda m: m.setattr(
            paper.Sheet, "unseen", property(lambda s: [p.label for p in s.case.people if p.label not in s.labels])
        ),
    ),
    "who told is held back": Guard(typed.reporter, sheet_told(reporters=())),
    "who told goes along with what was told": Guard(typed.reporter_of_the_case_they_came_from, nobody_stands_elsewhere),
    "what they are is asked about": Guard(typed.what_the_reporter_is, sheet_told(relations=())),
    "names under restriction are held back": Guard(typed.name_of_the_restricted, sheet_told(unsaid=())),
    "each reads with their own eyes": Guard(
        typed.restricted_case,
        lambda m: m.setattr(looks.Told, "_as_read_by", lambda self, _, number: self.listed.cases[number]),
    ),
    "who was split off is in no paper of the household": Guard(typed.split_off_after_the_sitting, nobody_is_hidden),
    "copies tell nothing of a restricted case": Guard(
        typed.copies_of_a_restricted_case, copies_as_the_holder_sees_them
    ),
    "a report by law is no referral": Guard(typed.report_by_law, a_report_like_any_referral),
    "a paper asks anew": Guard(typed.withdrawn_back_to_before_a_decided_item, listed_is_permitted),
    "a copy that shows too much is asked back": Guard(
        typed.copy_that_shows_too_much, lambda m: m.setattr(papers_out, "too_much", lambda *_: {})
    ),
    "papers are for who is expected": Guard(typed.not_expected, anybody_named),
    "a sitting that is called off has none": Guard(typed.called_off, called_all_the_same),
    "the list holds no typed word": Guard(typed.typed_words_in_the_list, everything_listed),
}


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS)
class TestAGuard:
    def test_holds(self, desk: Desk, guard: Guard) -> None:
        guard.scenario(desk)

    @pytest.mark.soak
    def test_is_missed_when_it_is_gone(self, desk: Desk, guard: Guard, monkeypatch: Patch) -> None:
        guard.without(monkeypatch)
        with pytest.raises(Shown):
            guard.scenario(desk)
